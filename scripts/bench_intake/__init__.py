"""Measures what comes in: codes in pictures, lists of children, dates while they are typed. See scripts/bench-intake."""
