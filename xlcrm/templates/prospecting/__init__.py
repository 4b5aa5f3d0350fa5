"""The workbook of the prospecting plan."""

from xlcrm.templates.prospecting import book as book
