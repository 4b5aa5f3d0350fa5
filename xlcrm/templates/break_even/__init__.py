"""The workbook on break-even: threshold, dead point, seasonal sales, simulations."""

from xlcrm.templates.break_even import book as book
