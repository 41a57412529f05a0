"""Rosters: a school's list of children becomes a proposal, is looked at, and is written whole or not at all."""
