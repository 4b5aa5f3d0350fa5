"""The workbook of the prospecting plan."""
