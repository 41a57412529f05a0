"""Sheets 表册: the register of a class, the feedback of a health center, the summary of a school, township or district.

Each sheet has one pure builder that makes a table of plain values; the PDF and the workbook draw that table.
"""
