"""The history of the tables: one file a step, each of them forwards and backwards."""
