"""The workbook on placements: offers compared, savings account, growth over the years."""
