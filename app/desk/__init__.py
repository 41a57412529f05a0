"""The desk 查验台: a scanner gun, a keypad and a queue; one child after the other, saved as the result appears."""
