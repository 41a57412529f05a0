"""规则册: the schedule in force on a day, every value with its clause or reading, for a doctor of the CDC to sign.

The law is Chinese and so is its book, whatever language a screen has: its words stand here as they are.
"""
