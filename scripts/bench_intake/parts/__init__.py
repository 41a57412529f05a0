"""One module a part. Each has `TITLE` and `run(quick) -> str`: it prints its table and gives one line of summary."""
