"""A registry's export: children and their doses, read from a file, matched, looked at, written as records."""
