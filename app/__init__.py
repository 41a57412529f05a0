"""People, records and pages: asks `rules`, keeps the answer, shows it through `forms`."""
