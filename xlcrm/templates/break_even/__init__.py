"""The workbook on break-even: threshold, dead point, seasonal sales, simulations."""
