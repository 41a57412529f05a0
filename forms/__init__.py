"""The papers, on screen and printed, and the words on them. Never queries."""
