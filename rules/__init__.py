"""The law: judges a child's doses. Knows nothing of people, pages or databases."""
