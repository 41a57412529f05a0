"""The thinking of each line; the facts lie in `rules/data/lines/`.

Every module has the same plan: `GivenRule` (what makes a dose count, by the day it was given), `OwedRule` (what a child
owes, by edition and birth cohort), `judge` (walks the doses) and `forecast` (the steps still wanted).
"""
