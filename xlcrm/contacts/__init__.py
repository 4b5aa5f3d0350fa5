"""Contacts: clean and qualify people and companies."""

from xlcrm.contacts import addresses as addresses
from xlcrm.contacts import approach as approach
from xlcrm.contacts import civility as civility
from xlcrm.contacts import cleaning as cleaning
from xlcrm.contacts import companies as companies
from xlcrm.contacts import completeness as completeness
from xlcrm.contacts import countries as countries
from xlcrm.contacts import emails as emails
from xlcrm.contacts import full_names as full_names
from xlcrm.contacts import holidays as holidays
from xlcrm.contacts import identifiers as identifiers
from xlcrm.contacts import names as names
from xlcrm.contacts import phones as phones
from xlcrm.contacts import postal_lines as postal_lines
from xlcrm.contacts import postcodes as postcodes
from xlcrm.contacts import similarity as similarity
from xlcrm.contacts import towns as towns
