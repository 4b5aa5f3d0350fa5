"""Reading what was read gives it again, for every noun and for a whole table."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xlcrm.contacts import identifiers
from xlcrm.contacts.addresses import read_address
from xlcrm.contacts.blanks import tidy
from xlcrm.contacts.civility import read_civility
from xlcrm.contacts.cleaning import clean_table
from xlcrm.contacts.companies import read_company
from xlcrm.contacts.countries import read_country
from xlcrm.contacts.emails import read_email
from xlcrm.contacts.names import read_first_name, read_last_name
from xlcrm.contacts.phones import read_phone
from xlcrm.contacts.postcodes import read_postcode
from xlcrm.contacts.towns import read_town

READERS = [
    read_civility,
    read_first_name,
    read_last_name,
    read_phone,
    read_email,
    read_postcode,
    read_town,
    read_address,
    read_company,
    read_country,
    identifiers.read_siren,
    identifiers.read_siret,
    identifiers.read_vat,
    identifiers.read_naf,
    identifiers.read_iban,
]
WORDS = (
    "M. Mme Mlle Dr de la LE d' JEAN Jean-Pierre dupont DUPONT née née ép. née Martin née (née SARL sas "
    "S.A.R.L. et & / ; , . - ' ( ) + +33 (0) 06 0612345678 0033 692123456 12 bis 75001 F-75001 PARIS "
    "St Ste CEDEX 08 rue r. av. BD Gal du 8 mai 1945 XIV @ gmail.com gmial.con test jean (at) <a@b.fr> "
    "NC n/a xxx poste 12 FranÃ§ois Ren‚ é É œ \u00a0 \u200b \n O6 l2 France 1er s/ S/SAONE AIX &amp; 0"
).split(" ")
TYPED = st.one_of(
    st.text(max_size=25),
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=5).map("".join),
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@settings(max_examples=150, deadline=None)
@given(text=TYPED)
@example(text="â¹a")
@example(text="01 99 00 12 34; 112")
@example(text="100000001&112:")
def test_reading_twice_is_reading_once(reader, text):
    value = reader(text).value
    if value is not None:
        assert reader(value).value == value


@settings(max_examples=150, deadline=None)
@given(text=TYPED)
@example(text="\x81\u00c2\x80")
@example(text="\u00ab\u00c2\x95")
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)


CELL = st.one_of(st.none(), TYPED, st.floats(allow_nan=True, width=32), st.integers(0, 10**12))
COLUMNS = (
    "civility first_name last_name full_name company email phone mobile address postcode town "
    "postcode_town full_address country siret birth_date"
).split()


def abroad(postcode, country):
    """A row with these two cells alone."""
    cells = {"postcode": postcode, "country": country}
    return [cells.get(column) for column in COLUMNS]


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(CELL, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=4
    ),
    dropped=st.sets(st.sampled_from(COLUMNS), max_size=10),
)
@example(rows=[abroad("@aA", "B")], dropped=set())  # not a town either
def test_cleaning_twice_is_cleaning_once(rows, dropped):
    frame = pd.DataFrame(rows, columns=COLUMNS, dtype=object).drop(columns=list(dropped))
    once = clean_table(frame).frame
    twice = clean_table(once)
    assert twice.changes.values.tolist() == []
    pd.testing.assert_frame_equal(twice.frame, once)
