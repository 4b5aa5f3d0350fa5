"""Quality of a base: completeness, invalid values, letters that would come back."""

import pandas as pd
import pytest

from xlcrm.contacts.completeness import completeness
from xlcrm.contacts.quality import assess, default_weights
from xlcrm.errors import ArgumentError

NOTHING = pd.DataFrame({"row": [], "column": [], "value": [], "problem": []})


def base(**columns):
    return pd.DataFrame(columns, dtype=object)


def test_weighted_share_of_each_contact():
    frame = base(last_name=["Petit", "Roux", None], email=["a@free.fr", None, None])
    found = assess(frame, {"last_name": 3, "email": 1}, issues=NOTHING)
    assert found.contacts["completeness"].tolist() == [1.0, 0.75, 0.0]
    assert found.contacts["missing"].tolist() == [[], ["email"], ["last_name", "email"]]
    assert found.completeness == pytest.approx(1.75 / 3)


def test_a_person_and_a_company_are_asked_other_things():
    frame = base(
        first_name=["Anne", None],
        last_name=["Petit", None],
        company=[None, "Dupont SA"],
        siret=[None, None],
    )
    weights = {"first_name": 1, "last_name": 1, "company": 1, "siret": 1}
    found = assess(frame, weights, issues=NOTHING)
    assert found.contacts["missing"].tolist() == [[], ["siret"]]
    asked = found.columns.set_index("column")["asked"]
    assert asked.to_dict() == {"first_name": 1, "last_name": 1, "company": 1, "siret": 1}


def test_who_works_at_a_company_is_asked_for_both():
    frame = base(
        first_name=["Anne", "Luc", None],
        last_name=["Petit", "Roux", None],
        company=["Dupont SA", None, "Martin SARL"],
        siret=[None, None, "73282932000074"],
    )
    weights = {"first_name": 1, "company": 1, "siret": 1}
    found = assess(frame, weights, issues=NOTHING)
    assert found.contacts["missing"].tolist() == [["siret"], [], []]
    columns = found.columns.set_index("column")
    assert columns["asked"].to_dict() == {"first_name": 2, "company": 2, "siret": 2}
    assert columns["filled"].to_dict() == {"first_name": 2, "company": 2, "siret": 1}


def test_a_column_that_nobody_is_asked_for_has_no_share():
    found = assess(base(last_name=["Petit"]), {"last_name": 1, "siret": 1}, issues=NOTHING)
    shares = found.columns.set_index("column")["share"]
    assert shares["last_name"] == 1.0
    assert pd.isna(shares["siret"])


def test_one_phone_is_enough():
    frame = base(phone=["0199001234", None, None], mobile=[None, "0699001234", None])
    found = assess(frame, {"phone": 1}, issues=NOTHING)
    assert found.contacts["completeness"].tolist() == [1.0, 1.0, 0.0]


def test_a_core_column_is_asked_even_when_the_base_has_none():
    found = assess(base(last_name=["Petit"], first_name=["Anne"]), issues=NOTHING)
    missing = ["email", "phone", "address", "postcode", "town"]
    assert found.contacts["missing"].tolist() == [missing]
    present = found.columns.set_index("column")["present"]
    assert (present["last_name"], present["email"], present["birth_date"]) == (True, False, False)


def test_a_weight_of_zero_is_not_asked():
    weights = dict.fromkeys(default_weights(), 0.0) | {"last_name": 1.0}
    found = assess(base(last_name=["Petit"]), weights, issues=NOTHING)
    assert found.completeness == 1.0
    assert found.contacts["missing"].tolist() == [[]]


def test_letters_that_would_come_back():
    frame = base(
        last_name=["Petit", None, "Roux", "Blanc", "Noir", "Vert", "Rose"],
        address=["12 rue de la Gare", "1 rue X", "2 rue X", "rue de la Gare", "Le Moulin"]
        + [None, "3 rue X"],
        postcode=["44000", "44000", None, "44000", "44000", None, "44000"],
        town=["Nantes", "Nantes", "Nantes", "Nantes", "Nantes", None, None],
    )
    found = assess(frame, issues=NOTHING)
    told = dict(zip(found.undeliverable["row"], found.undeliverable["problem"], strict=True))
    assert {row: text.fr for row, text in told.items()} == {
        1: "destinataire absent",
        2: "code postal absent",
        3: "numéro absent dans la voie",
        6: "ville absente",
    }
    assert found.letters == 6
    assert found.undeliverable_share == pytest.approx(4 / 6)
    assert found.contacts["undeliverable"].tolist() == [0, 1, 1, 1, 0, 0, 1]
    assert found.contacts["reachable"].tolist() == [1, 1, 0, 1, 1, 0, 0]


def test_values_that_cleaning_flagged():
    frame = base(email=["a@free", "b@free.fr"], postcode=["99999", "44000"])
    found = assess(frame)
    flagged = found.invalid[["row", "column", "value"]].to_numpy().tolist()
    assert [0, "email", "a@free"] in flagged
    assert all(row == 0 for row, _, _ in flagged)
    assert "email" in found.contacts["invalid"][0]
    assert found.contacts["reachable"].tolist() == [0, 1]


def test_surplus_rows_of_groups():
    frame = base(last_name=list("abcde"))
    groups = pd.Series([1, 1, 1, None, None], dtype="Int64")
    assert assess(frame, groups=groups, issues=NOTHING).duplicates == 2
    assert assess(frame, issues=NOTHING).duplicates is None


def test_index_and_table_stay():
    frame = base(last_name=["a", "b"]).set_axis(["x", "x"])
    before = frame.copy()
    assert assess(frame, issues=NOTHING).contacts.index.tolist() == ["x", "x"]
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("frame", [pd.DataFrame(), base(colour=[]), base(colour=["red"])])
def test_nothing_to_assess(frame):
    found = assess(frame)
    assert (found.letters, found.undeliverable_share) == (0, 0.0)
    assert found.contacts["completeness"].tolist() == [0.0] * len(frame)


def test_completeness_of_a_row():
    assert completeness([["Petit", None, "NC", 44000.0]]) == [[0.5]]
    assert completeness([["Petit", ""], [0, "#N/A"]], [3, 1]) == [[0.75], [0.75]]
    for weights in ([1], [0, 0], [-1, 2]):
        with pytest.raises(ArgumentError, match="Il faut un poids"):
            completeness([["a", "b"]], weights)
