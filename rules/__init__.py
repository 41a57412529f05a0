"""The law: judges a child's doses. Knows nothing of people, pages or databases.

child = contract.read({...})          # the contract's input
assessment = assess(child)            # every line, verdict, result
contract.write(assessment, child_id)  # the contract's output
"""

from rules.assessing import assess
from rules.compiling import national

__all__ = ["assess", "national"]
