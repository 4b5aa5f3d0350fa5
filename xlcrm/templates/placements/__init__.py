"""The workbook on placements: offers compared, savings account, growth over the years."""

from xlcrm.templates.placements import book as book
