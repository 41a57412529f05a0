"""Organisations on their area tree, the two lines of supervision, and the classes of schools."""
