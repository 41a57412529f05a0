"""Counting 统计: every figure of a campaign, in one place: results, baselines, doses, indicators.

`baseline.py` and `indicators.py` are pure; `queries.py` fetches for whole groups at once. Sheets and boards show what
stands here and count nothing themselves.
"""
