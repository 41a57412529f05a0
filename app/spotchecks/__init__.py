"""Spot checks 抽查: a sample with a published seed, a tick list, what was found, the error rate with its interval."""
