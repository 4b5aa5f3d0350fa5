"""Merging: which value survives, where it came from, and how to undo it."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlcrm.contacts.merge import default_rules, merge_groups, unmerge
from xlcrm.contacts.survivors import STRATEGIES, read_merge_rules, rule_rows
from xlcrm.errors import ArgumentError


def merged(columns, rules=None, **options):
    """The one row that all rows of a table become."""
    frame = pd.DataFrame(columns, dtype=object)
    return merge_groups(frame, [1] * len(frame), rules, **options)


def survivor(columns, rules=None, **options):
    return merged(columns, rules, **options).frame.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("column", "values", "kept"),
    [
        ("first_name", ["A.", "Anne"], "Anne"),
        ("first_name", ["Julirtte", "Juliette", "Juliette"], "Juliette"),
        ("last_name", ["PETIT", "Petit-Durand"], "Petit-Durand"),
        ("civility", ["Mme", "M.", "Mme"], "Mme"),
        ("siret", [None, "73282932000074"], "73282932000074"),
        ("consent_email", [True, None], True),
        ("consent_email", [True, False, True], False),
        ("consent_phone", ["oui", "non"], "non"),
        ("opposition", [None, False, True], True),
        ("opposition", [None, "STOP 12/03/2025"], "STOP 12/03/2025"),
        ("opposition", [False, None], False),
        ("created", [date(2025, 5, 1), date(2023, 2, 1)], date(2023, 2, 1)),
        ("last_contact", [date(2025, 5, 1), date(2023, 2, 1)], date(2025, 5, 1)),
        ("frequency", [3, 2], 5),
        ("recency", [14, 3], 3),
        ("source", ["salon", "site web", "Salon"], "salon ; site web"),
        ("customer_id", ["C12", "W7"], "C12"),
        ("colour", [None, "red"], "red"),
    ],
)
def test_default_of_each_column(column, values, kept):
    assert survivor({column: values})[column] == kept


def test_the_latest_row_gives_the_way_to_reach():
    columns = {
        "email": ["old@free.fr", "new@free.fr"],
        "last_contact": [date(2021, 1, 1), date(2026, 1, 1)],
    }
    row = survivor(columns)
    assert row["email"] == "new@free.fr"
    assert row["others"] == "E-mail : old@free.fr"
    assert survivor(columns, lang="en")["others"] == "E-mail: old@free.fr"


def test_an_address_is_never_mixed_from_two():
    row = survivor(
        {
            "address": ["3 rue du Port", "12 rue de la Gare"],
            "address_more": ["Bât. B", None],
            "postcode": [None, "44000"],
            "town": ["Brest", "Nantes"],
        }
    )
    assert [row[c] for c in ("address", "address_more", "postcode", "town")] == [
        "3 rue du Port",
        "Bât. B",
        None,
        "Brest",
    ]


def test_an_address_is_completed_by_one_that_agrees():
    row = survivor(
        {
            "address": ["3 rue du Port", None],
            "postcode": [None, "29200"],
            "town": ["Brest", "BREST"],
        }
    )
    assert (row["address"], row["postcode"], row["town"]) == ("3 rue du Port", "29200", "Brest")


def test_the_proof_follows_the_consent_that_is_kept():
    row = survivor(
        {
            "consent_email": [True, False],
            "consent_date": [date(2026, 1, 1), date(2024, 1, 1)],
            "consent_source": ["salon", "courrier de refus"],
        }
    )
    assert row["consent_email"] is False
    assert (row["consent_date"], row["consent_source"]) == (date(2024, 1, 1), "courrier de refus")


def test_a_basket_is_weighted_by_the_purchases():
    row = survivor({"frequency": [3, 1], "basket": [40.0, 80.0]})
    assert (row["frequency"], row["basket"]) == (4, 50.0)


def test_provenance_names_the_row_and_the_other_values():
    result = merged({"email": ["a@free.fr", None, "b@free.fr"], "town": [None, "Nantes", "NANTES"]})
    assert result.provenance.drop(columns="row").to_numpy().tolist() == [
        ["email", "a@free.fr", 0, "recent", ["b@free.fr"]],
        ["town", "Nantes", 1, "address", []],
    ]


def test_a_choice_of_the_user_wins():
    frame = pd.DataFrame({"email": ["a@free.fr", "b@free.fr"]})
    result = merge_groups(frame, ["g", "g"], chosen={("g", "email"): 1})
    assert result.frame["email"].tolist() == ["b@free.fr"]
    assert result.provenance["strategy"].tolist() == ["chosen"]


def test_order_and_index_are_those_of_the_first_rows():
    frame = pd.DataFrame({"town": list("abcde")}, index=list("vwxyz"))
    result = merge_groups(frame, [None, 1, 2, 1, None])
    assert result.frame.index.tolist() == ["v", "w", "x", "z"]
    assert result.frame["merged_from"].tolist() == [1, 2, 1, 1]
    assert result.archive["position"].tolist() == [1, 3]
    assert result.archive["merged_into"].tolist() == [1, 1]


def test_one_merge_can_be_undone_alone():
    frame = pd.DataFrame({"town": list("abcde")})
    result = merge_groups(frame, [1, 2, 1, 2, None])
    assert unmerge(result, rows=[0])["town"].tolist() == ["a", "b", "c", "e"]
    assert unmerge(result, rows=[1])["town"].tolist() == ["a", "b", "d", "e"]


def test_wrong_requests_are_named():
    frame = pd.DataFrame({"town": ["a", "b"]})
    with pytest.raises(ArgumentError, match="1 ligne, la base 2"):
        merge_groups(frame, [1])
    with pytest.raises(ArgumentError, match="règle de fusion inconnue « best »"):
        merge_groups(frame, [1, 1], {"town": "best"})


def test_rules_as_a_sheet_and_back():
    for lang in ("fr", "en"):
        assert read_merge_rules(rule_rows(lang)) == default_rules()
    assert read_merge_rules([["Couleur", "la première"], [None, None]])["Couleur"] == "first"
    with pytest.raises(ArgumentError, match="« E-mail » : valeur à retenir inconnue « la bonne »"):
        read_merge_rules([["E-mail", "la bonne"]])


def test_every_default_strategy_exists():
    assert set(default_rules().values()) <= set(STRATEGIES)


cell = st.one_of(st.none(), st.text(max_size=6), st.integers(-5, 5), st.booleans(), st.dates())
typed = st.sampled_from(
    [
        ("phone", ["0199001234", None, "0199005678", "", "x"], object),
        ("frequency", [1, 2, 3, 4, 5], "int64"),
        ("basket", [1.5, None, 3.0, 0.0, 2.5], "float64"),
        ("opposition", [True, False, True, False, False], "bool"),
        (
            "created",
            ["2020-01-01", None, "2021-05-05", "2022-01-01", "2020-02-02"],
            "datetime64[ns]",
        ),
        ("kind", ["a", "b", "a", None, "b"], "category"),
        ("age", [1, None, 3, 4, 5], "Int64"),
        ("big", [2**60 + 1, 2**60 + 3, 5, 6, 7], "int64"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(typed, min_size=1, max_size=5, unique_by=lambda c: c[0]),
    st.lists(cell, min_size=5, max_size=5),
    st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=5, max_size=5),
    st.sampled_from([list(range(5)), list("abcde"), [7, 7, 8, 9, 9]]),
)
def test_merging_then_unmerging_gives_the_base_back(columns, cells, groups, index):
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=dtype) for name, values, dtype in columns}
        | {"comment": pd.Series(cells, dtype=object)}
    ).set_axis(index)
    before = frame.copy(deep=True)
    result = merge_groups(frame, groups)
    pd.testing.assert_frame_equal(unmerge(result), before)
    pd.testing.assert_frame_equal(frame, before)
    alone = groups.count(None)
    assert len(result.frame) == alone + len(set(groups) - {None})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
def test_no_refusal_is_ever_lost(flags):
    row = survivor({"consent_email": flags, "opposition": flags, "last_name": ["x"] * len(flags)})
    assert (row["consent_email"] is False) == (False in flags)
    assert (row["opposition"] is True) == (True in flags)


def test_of_two_spellings_the_usual_one_survives():
    frame = pd.DataFrame({"last_name": ["Picadr", "Picard", "Picard"]})
    assert merge_groups(frame, [1, 1, None]).frame["last_name"].tolist() == ["Picard", "Picard"]


def test_the_full_name_follows_the_names_that_survive():
    row = survivor(
        {
            "first_name": ["Jenane", "Jeanne", "Jeanne"],
            "last_name": ["Petit"] * 3,
            "full_name": ["Jenane Petit", None, "PETIT Jeanne"],
        }
    )
    assert row["full_name"] == "PETIT Jeanne"


def test_the_phone_is_not_the_mobile_again():
    row = survivor({"phone": ["06 12 34 56 99", "02 40 11 22 99"], "mobile": [None, "0612345699"]})
    assert (row["phone"], row["mobile"]) == ("02 40 11 22 99", "0612345699")


def test_what_the_kept_value_says_is_no_other_value():
    columns = {
        "consent_email": ["Oui", 1.0, "X"],
        "phone": ["02 40 11 22 99; 06 12 34 56 99", "06 12 34 56 99", None],
    }
    assert merged(columns).provenance["others"].tolist() == [[], []]


def test_the_latest_sign_of_life_of_a_group_is_its_last_contact():
    base = pd.DataFrame(
        {
            "email": ["a@free.fr", "a@free.fr", "b@free.fr"],
            "created": [date(2021, 11, 2), date(2026, 4, 10), date(2020, 1, 1)],
        }
    )
    merged = merge_groups(base, [1, 1, 2])
    assert merged.frame["created"].tolist() == [date(2021, 11, 2), date(2020, 1, 1)]
    assert merged.frame["last_contact"].tolist() == [date(2026, 4, 10), None]
    told = merged.provenance.query("column == 'last_contact'").iloc[0]
    assert (told["value"], told["source"]) == (date(2026, 4, 10), 1)
    assert unmerge(merged).equals(base)


def test_a_last_contact_that_is_as_late_stays_as_it_is():
    days = [date(2026, 4, 10), None]
    base = pd.DataFrame({"email": ["a@free.fr"] * 2, "last_contact": days, "created": days[::-1]})
    merged = merge_groups(base, [1, 1])
    assert merged.frame["last_contact"].tolist() == [date(2026, 4, 10)]
