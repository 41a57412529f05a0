"""Oversight: what the bureau and the CDC see of the schools. Counts first; silence before bad figures."""
