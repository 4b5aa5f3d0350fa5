"""The workbook on investment and financing: a plan over 3 to 5 years, and what it yields."""

from xlcrm.templates.financing_plan import book as book
