"""Checks: a child's record judged on one day, kept as it was judged."""
