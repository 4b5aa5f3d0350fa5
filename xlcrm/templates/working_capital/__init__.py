"""The workbook on working capital: balance sheet, rotations, normative need in days."""

from xlcrm.templates.working_capital import book as book
