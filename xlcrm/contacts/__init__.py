"""Contacts: clean and qualify people and companies."""

from xlcrm.contacts import approach as approach
from xlcrm.contacts import cleaning as cleaning
from xlcrm.contacts import completeness as completeness
from xlcrm.contacts import holidays as holidays
