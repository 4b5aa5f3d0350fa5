"""xlcrm: customer base and budgets, right inside the spreadsheet."""

__version__ = "0.1.0"

from xlcrm import contacts as contacts
