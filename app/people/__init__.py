"""People: who may sign in, what each role may open, and which children and organisations each one sees."""
