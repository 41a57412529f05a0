"""Supervision on the spot 督导: who is late with what, whom to call about it, and visits with what was found."""
