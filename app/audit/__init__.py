"""The audit trail: who did or read what and when, in a chain that shows what was changed or taken away."""
