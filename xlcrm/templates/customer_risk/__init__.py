"""The workbook on customer risk: solvency, credit limits, ageing of receivables."""
