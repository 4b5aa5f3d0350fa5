"""The workbook on working capital: balance sheet, rotations, normative need in days."""
