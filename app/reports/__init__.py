"""Reports 报告: the list a school gives to a health center within thirty days."""
