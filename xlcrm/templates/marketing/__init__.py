"""The workbook of the marketing and customer-relation budget."""

from xlcrm.templates.marketing import build as build
