"""The workbook of the dashboard of customer relations."""

from xlcrm.templates.dashboard import book as book
