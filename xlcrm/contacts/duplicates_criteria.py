"""What is compared, and what each comparison may find."""

from __future__ import annotations

from xlcrm.contacts.duplicates_names import FIRST, LAST

# The findings of each criterion; position 0 is "not compared".
FINDINGS: dict[str, tuple[str, ...]] = {
    "last_name": LAST,
    "first_name": FIRST,
    "order": ("", "swapped"),
    "civility": ("", "different"),
    "birth_date": ("", "same", "close", "different"),
    "email": ("", "same", "shared", "typo", "local", "different"),
    "phone": ("", "same", "shared", "mobile", "typo", "different"),
    "address": ("", "same", "near", "different"),
    "town": ("", "same", "near", "different", "postcode"),
    "company": ("", "same", "near", "different"),
    "company_name": ("", "same", "chain", "typo", "near", "part", "renamed", "different"),
    "legal_form": ("", "different", "property"),
    "company_email": ("", "same", "site", "different"),
    "company_place": ("", "address", "town", "district", "moved", "different"),
    "siret": ("", "same", "siren", "different"),
    "chance": ("", "10000", "1000", "300", "100", "30", "10", "3", "likely"),
}
# Expected coincidences at which the next finding of "chance" begins: 1 in 10,000, 1,000…
CHANCES = (1 / 10_000, 1 / 1_000, 1 / 300, 1 / 100, 1 / 30, 1 / 10, 1 / 3)
# A small base says little about how frequent a name or a town is: these are the least.
LEAST_ROWS = 2000
LEAST_SHARE = {
    **{"last": 0.002, "first": 0.01, "letter": 0.05},
    **{"zip": 0.02, "town": 0.02, "street": 0.005, "dob": 0.0001},
}
PROPERTY_COMPANY = "sci"  # it often bears the name of the firm whose premises it owns
LIKELY_BRANCH = 1 / 30  # companies of one name expected by chance in one town
OTHER_NAME = "100"  # no less by chance, for one first name at one address with two last names
RELATIVES = 0.05  # of the same name and place, for each person of a base
