"""The workbook of the marketing and customer-relation budget."""
