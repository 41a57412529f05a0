"""Families 家长: a notice looked up by its code, and the rehearsal of a check before term begins."""
