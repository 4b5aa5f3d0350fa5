"""Scores, segments and the value of customers. Importing it fills the catalogue."""

from xlcrm.scoring import recency as recency
from xlcrm.scoring import rfm_cells as rfm_cells
