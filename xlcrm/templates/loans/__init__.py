"""The workbook on borrowing: a loan and its schedule, offers compared, loan or lease."""

from xlcrm.templates.loans import book as book
