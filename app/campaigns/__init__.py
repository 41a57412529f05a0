"""Campaigns 查验批次: what is checked when, by which deadlines and under which edition."""
