"""The printed papers: one module, one template and one style sheet a sheet. Plain data in, PDF out."""
