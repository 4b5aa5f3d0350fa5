"""The workbooks that are handed out, built from code; importing this fills the catalogue."""

from xlcrm.templates import dashboard as dashboard
from xlcrm.templates import marketing as marketing
from xlcrm.templates import prospecting as prospecting
from xlcrm.templates import treasury as treasury
from xlcrm.templates.sample import base as base
