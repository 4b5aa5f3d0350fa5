"""Contacts: clean and qualify people and companies."""

from xlcrm.contacts import cleaning as cleaning
