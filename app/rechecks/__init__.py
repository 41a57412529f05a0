"""The second look 复查: children whose record moved on since the check come up; what is left, with reasons."""
