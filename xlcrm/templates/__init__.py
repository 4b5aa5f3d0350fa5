"""The workbooks that are handed out, built from code; importing this fills the catalogue."""

from xlcrm.templates import break_even as break_even
from xlcrm.templates import customer_risk as customer_risk
from xlcrm.templates import dashboard as dashboard
from xlcrm.templates import financing_plan as financing_plan
from xlcrm.templates import loans as loans
from xlcrm.templates import marketing as marketing
from xlcrm.templates import placements as placements
from xlcrm.templates import prospecting as prospecting
from xlcrm.templates import short_credit as short_credit
from xlcrm.templates import treasury as treasury
from xlcrm.templates import working_capital as working_capital
from xlcrm.templates.sample import base as base
