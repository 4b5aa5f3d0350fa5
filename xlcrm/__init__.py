"""xlcrm: customer base and budgets, right inside the spreadsheet."""

__version__ = "0.1.0"

from xlcrm import budget as budget
from xlcrm import contacts as contacts
from xlcrm import scoring as scoring
