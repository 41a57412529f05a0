"""The health center's desk: who is missing what, and entering the doses that were just given."""
