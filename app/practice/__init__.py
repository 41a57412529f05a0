"""Practice 演练: a data room of its own for each school, with made-up children, left and wiped at any time."""
