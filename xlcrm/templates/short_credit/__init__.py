"""The workbook on short-term credit: discount, overdraft, factoring, late payments."""
