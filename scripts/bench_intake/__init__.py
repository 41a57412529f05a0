"""Measures what comes in: codes in pictures, lists of children, dates being typed. See scripts/bench-intake."""
