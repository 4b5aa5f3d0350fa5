"""The workbook on short-term credit: discount, overdraft, factoring, late payments."""

from xlcrm.templates.short_credit import book as book
