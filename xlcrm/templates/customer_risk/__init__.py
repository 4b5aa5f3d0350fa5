"""The workbook on customer risk: solvency, credit limits, ageing of receivables."""

from xlcrm.templates.customer_risk import book as book
