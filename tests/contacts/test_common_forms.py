"""The common forms of a whole column are read as their readers read each cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlcrm.contacts import common_forms as common
from xlcrm.contacts import identifiers
from xlcrm.contacts.addresses import read_address
from xlcrm.contacts.emails import read_email
from xlcrm.contacts.phones import read_phone
from xlcrm.contacts.reading import Reading
from xlcrm.contacts.towns import read_town, read_town_text

# What stands in a column, and what is found at once in it: the rest is for the reader.
COLUMNS = [
    (
        common.find_phones,
        read_phone,
        {
            "06.39.98.12.34": "06 39 98 12 34",
            "+33 (0)6 39 98 12 34": "06 39 98 12 34",
            "639981234": "06 39 98 12 34",
            "00262692123456": "+262 692 12 34 56",
            "0690 12 34 56": "+590 690 12 34 56",
            "Tél. : 01 99 00 12 34 (bureau)": "01 99 00 12 34",
            "01 99 00 12 34 / 0639981234": "01 99 00 12 34; 06 39 98 12 34",
            "01 99 00 12 34 ou 01.99.00.12.34": "01 99 00 12 34",
            "01 99 00 12 34\n0639981234": None,
            "0606060606": None,
            "06 06 06 06 06 / 0639981234": None,
            "O6 39 98 12 34": None,
            "06 39 98 12": None,
            "+44 20 7946 0958": None,
        },
    ),
    (
        common.find_emails,
        read_email,
        {
            " Jean.DUPONT @Gmail.com;": "jean.dupont@gmail.com",
            "mailto:jean@free.fr": "jean@free.fr",
            "Jean Dupont <jean@free.fr>": "jean@free.fr",
            "jean (at) free.fr": "jean@free.fr",
            "je<an@free.fr": None,
            "jean@gmial.com": None,
            "pasdemail@orange.fr": None,
            "a..b@free.fr": None,
            f"{'a' * 65}@free.fr": None,
            "jean@free,fr": None,
        },
    ),
    (
        common.find_addresses,
        read_address,
        {
            "12, RUE DE L'EGLISE": "12 rue de l'Église",
            "3 rue du Château": "3 rue du Château",
            "12 BIS RUE DE LA PAIX": None,
            "3 rue du ChÃ¢teau": None,
            "12 rue de la Paix\nBât. B": None,
        },
    ),
    (
        common.find_town_texts,
        read_town_text,
        {"NANTES": "NANTES", "44000 nantes": "44000 nantes", "Aucun": None, "Nulle Part": None},
    ),
    (
        common.find_sirets,
        identifiers.read_siret,
        {
            "73282932000074": "73282932000074",
            "73282932000075": None,
            "732 829 320 00074": None,
            "00000000000000": None,
        },
    ),
    (
        common.find_sirens,
        identifiers.read_siren,
        {"732829320": "732829320", "732829321": None, "000000000": None},
    ),
]
PARTS = (
    "06 39 98 12 34|0639981234|01.99.00.12.34|+33|0033|(0)|692123456|639981234|06|12|3639|112| / |; |"
    " ou | - |/|Tél. : |(bureau)|O6|l|jean|.|@|<|>|mailto:|(at)| at |gmail.com|free.fr|test|aaa@aaa.fr|"
    "12, |3 |bis |rue de la |RUE |av. du Gal |Château|l'Église|8 mai 1945|St |NANTES|44000|\u00a0|\n|Â|"
    "â|é|73282932000074|732829320|0000000000|356000000"
).split("|")
TYPED = st.one_of(
    st.none(),
    st.lists(st.sampled_from(PARTS), max_size=6).map("".join),
    st.text(max_size=15),
    st.text("0123456789+. -/", max_size=16),
    st.text("ab.@-_ <>;+", max_size=16),
)


def _right(found, reading):
    """Is what was found at once what the reader gives?"""
    return found is None or reading == Reading(found)


@pytest.mark.parametrize(("find", "reader", "column"), COLUMNS)
def test_the_common_forms_of_a_column(find, reader, column):
    texts = [None, *column, "x" * 2000]
    assert find(texts) == [None, *column.values(), None]
    assert all(_right(found, reader(text)) for text, found in column.items())


@pytest.mark.parametrize(("find", "reader", "column"), COLUMNS)
@settings(max_examples=200, deadline=None)
@given(texts=st.lists(TYPED, min_size=1, max_size=12))
def test_what_is_found_at_once_is_what_the_reader_gives(find, reader, column, texts):
    found = find(texts)
    assert len(found) == len(texts)
    for text, value in zip(texts, found, strict=True):
        assert value is None or reader(text) == Reading(value)


def test_dates_are_found_as_they_are():
    moment = datetime(1980, 5, 17, 10, 30)
    column = [date(1980, 5, 17), moment, "17/05/1980", None]
    assert common.find_dates(column) == [date(1980, 5, 17), None, None, None]


TOWNS = {
    ("NANTES", "44000"): "Nantes",
    ("44100 nantes", "44100"): "Nantes",
    ("st etienne du rouvray", "76800"): "Saint-Étienne-du-Rouvray",
    ("Ste-Maxime", "83120"): "Sainte-Maxime",
    ("L HAY LES ROSES", "94240"): "L'Haÿ-les-Roses",
    ("Nantes", "75001"): None,
    ("Nantes", None): None,
    ("Nantes\nCentre", "44000"): None,
}


def test_towns_of_their_postcodes():
    texts, postcodes = map(list, zip(*TOWNS, strict=True))
    assert common.find_towns(texts, postcodes) == list(TOWNS.values())
    assert all(_right(found, read_town(*typed)) for typed, found in TOWNS.items())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("st saint ste denis nantes - ' 44000 la le".split(" "))).map(
                " ".join
            ),
            st.sampled_from(["44000", "93200", "97400", "", None]),
        ),
        min_size=1,
    )
)
def test_towns_found_at_once_are_what_the_reader_gives(cells):
    found = common.find_towns(*map(list, zip(*cells, strict=True)))
    for (text, postcode), town in zip(cells, found, strict=True):
        assert town is None or read_town(text, postcode) == Reading(town)
