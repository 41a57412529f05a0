"""Notices 通知: what a family takes home, and what becomes of the doses on it."""
