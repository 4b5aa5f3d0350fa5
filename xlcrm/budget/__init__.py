"""Budgets: treasury, loans, discounting, working capital. Importing it fills the catalogue."""

from xlcrm.budget import ageing as ageing
from xlcrm.budget import breakeven as breakeven
from xlcrm.budget import cash_balance as cash_balance
from xlcrm.budget import cashflows as cashflows
from xlcrm.budget import corporate_tax as corporate_tax
from xlcrm.budget import currency as currency
from xlcrm.budget import customer_risk as customer_risk
from xlcrm.budget import days as days
from xlcrm.budget import dead_points as dead_points
from xlcrm.budget import depreciation as depreciation
from xlcrm.budget import discount_slips as discount_slips
from xlcrm.budget import discounting as discounting
from xlcrm.budget import factoring as factoring
from xlcrm.budget import financing_plan as financing_plan
from xlcrm.budget import leasing as leasing
from xlcrm.budget import loan_costs as loan_costs
from xlcrm.budget import loans as loans
from xlcrm.budget import overdraft as overdraft
from xlcrm.budget import penalties as penalties
from xlcrm.budget import placements as placements
from xlcrm.budget import settlements as settlements
from xlcrm.budget import terms as terms
from xlcrm.budget import working_capital as working_capital
