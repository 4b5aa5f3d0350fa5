"""Scores, segments and the value of customers. Importing it fills the catalogue."""

from xlcrm.scoring import customer_value as customer_value
from xlcrm.scoring import dispersion as dispersion
from xlcrm.scoring import forecast as forecast
from xlcrm.scoring import lifetime as lifetime
from xlcrm.scoring import loyalty as loyalty
from xlcrm.scoring import portfolio as portfolio
from xlcrm.scoring import recency as recency
from xlcrm.scoring import returns as returns
from xlcrm.scoring import rfm_cells as rfm_cells
from xlcrm.scoring import satisfaction as satisfaction
from xlcrm.scoring import seasons as seasons
from xlcrm.scoring import variance as variance
from xlcrm.scoring import weighting as weighting
