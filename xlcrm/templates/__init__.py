"""The workbooks that are handed out, built from code; importing this fills the catalogue."""

from xlcrm.templates import treasury as treasury
from xlcrm.templates.marketing import build as marketing_budget
from xlcrm.templates.prospecting import book as prospecting_plan
from xlcrm.templates.sample import base as base
