"""Segmentation: criteria as an editable sheet, segments, their figures."""

from datetime import date

import pandas as pd
import pytest

from xlcrm.errors import ArgumentError
from xlcrm.scoring.criteria import criteria_rows, read_criteria, shipped_criteria
from xlcrm.scoring.segments import cross_table, segment_customers

AS_OF = date(2026, 11, 21)
DEPARTMENTS = {"44": "Loire-Atlantique", "75": "Paris", "974": "La Réunion", "01": "Ain"}
REGIONS = {"44": "Pays de la Loire", "75": "Île-de-France", "974": "La Réunion"}


@pytest.fixture
def base():
    return pd.DataFrame(
        {
            "civility": ["Mme", "M.", "Mlle", "monsieur", None, "Mme"],
            "birth_date": ["21/11/2008", "22/11/2008", "01/01/1961", None, "1890-01-01", "x"],
            "postcode": ["44000", "75011", "97400", 1000.0, "44 100", None],
            "sector": ["Commerce", "COMMERCE", "Santé", "commerce", None, "sante"],
            "headcount": [9, 10, "50 à 249 salariés", "moins de 10", None, 5000],
            "rfm_class": pd.Categorical(
                ["Bons", "Bons", "Tièdes", None, "Très bons", "Tièdes"],
                ["Tièdes", "Bons", "Très bons"],
                ordered=True,
            ),
            "sales": [100.0, 50.0, 20.0, 0.0, 300.0, 30.0],
            "orders": [2, 1, 1, 0, 3, 1],
        },
        index=[3, 5, 7, 9, 11, 13],
    )


def _segments(base, criteria=None, **more):
    given = {"departments": DEPARTMENTS, "regions": REGIONS} | more
    return segment_customers(base, criteria or shipped_criteria(), AS_OF, **given)


def test_a_household_has_no_gender():
    typed = ["M. et Mme", "Mme et M.", "M. le Docteur", "Mmes", "MME", "Famille", None]
    found = _segments(pd.DataFrame({"civility": typed}))
    unknown = "Non renseigné"
    assert found.labels["Genre"].tolist() == [
        unknown, unknown, "Hommes", "Femmes", "Femmes", unknown, unknown
    ]  # fmt: skip


def test_each_criterion_cuts_the_base(base):
    found = _segments(base)
    labels = found.labels
    assert labels["Âge"].tolist() == [
        "18 à 24 ans",
        "Moins de 18 ans",
        "65 ans et plus",
        "Non renseigné",
        "Non renseigné",
        "Non renseigné",
    ]
    assert labels["Genre"].tolist() == [
        "Femmes", "Hommes", "Femmes", "Hommes", "Non renseigné", "Femmes"
    ]  # fmt: skip
    assert labels["Département"].tolist() == [
        "Loire-Atlantique", "Paris", "La Réunion", "Ain", "Loire-Atlantique", "Non renseigné"
    ]  # fmt: skip
    assert labels["Région"].tolist()[3] == "Non renseigné"
    assert labels["Secteur d'activité"].tolist() == [
        "COMMERCE", "COMMERCE", "Santé", "COMMERCE", "Non renseigné", "Santé"
    ]  # fmt: skip
    assert labels["Taille d'entreprise"].tolist() == [
        "Moins de 10 salariés",
        "10 à 49 salariés",
        "50 à 249 salariés",
        "Moins de 10 salariés",
        "Non renseigné",
        "5 000 salariés et plus",
    ]
    assert list(labels.index) == list(base.index)
    assert found.unused == []


def test_figures_of_the_segments(base):
    table = _segments(base).tables["Classe RFM"]
    assert table["segment"].tolist() == ["Très bons", "Bons", "Tièdes", "Non renseigné"]
    assert table["customers"].tolist() == [1, 2, 2, 1]
    assert table["share"].tolist() == [1 / 6, 2 / 6, 2 / 6, 1 / 6]
    assert table["sales"].tolist() == [300, 150, 50, 0]
    assert table["sales_share"].tolist() == [0.6, 0.3, 0.1, 0]
    assert table["average_sales"].tolist() == [300, 75, 25, 0]
    assert table["average_basket"].tolist()[:3] == [100, 50, 25]
    assert pd.isna(table["average_basket"].iloc[3])


def test_every_customer_is_in_exactly_one_segment(base):
    for table in _segments(base).tables.values():
        assert table["customers"].sum() == len(base)
        assert table["share"].sum() == pytest.approx(1)
        assert table["sales"].sum() == base["sales"].sum()


def test_what_the_sheet_does_not_hold_is_left_out(base):
    found = segment_customers(base[["civility", "postcode"]], shipped_criteria(), AS_OF)
    assert list(found.tables) == ["Genre"]
    assert [c.column for c in found.unused] == [
        "age",
        "department",
        "region",
        "sector",
        "headcount",
        "rfm_class",
    ]
    assert list(found.tables["Genre"].columns) == ["segment", "customers", "share"]


def test_small_segments_are_gathered(base):
    table = _segments(base, most=1).tables["Département"]
    assert table[["segment", "customers"]].values.tolist() == [
        ["Loire-Atlantique", 2],
        ["Autres", 3],
        ["Non renseigné", 1],
    ]


def test_english_labels(base):
    found = _segments(base, lang="en")
    assert found.labels["Genre"].tolist()[0] == "Women"
    assert found.labels["Âge"].tolist()[0] == "18 to 24"
    assert found.labels["Genre"].tolist()[4] == "Not given"


def test_two_criteria_crossed(base):
    labels = _segments(base).labels
    crossed = cross_table(labels["Genre"], labels["Classe RFM"])
    assert crossed.loc["Femmes", "Tièdes"] == 2
    assert int(crossed.to_numpy().sum()) == 6


def test_the_criteria_sheet_comes_back_as_it_went():
    for lang in ("fr", "en"):
        read = read_criteria(criteria_rows(shipped_criteria(), lang))
        assert criteria_rows(read, lang) == criteria_rows(shipped_criteria(), lang)


def test_a_criterion_of_the_user(base):
    rows = [
        ["Panier", "Comportement", "sales", None, None, None],
        ["Panier", "Comportement", "sales", ">=", 50, None],
        ["Panier", "Comportement", "sales", ">", 100, "gros"],
        ["Nature", None, "civility", "valeurs", None, None],
    ]
    found = _segments(base, read_criteria(rows))
    assert found.labels["Panier"].tolist() == [
        "de 50 à 100 inclus", "de 50 à 100 inclus", "moins de 50", "moins de 50", "gros",
        "moins de 50",
    ]  # fmt: skip
    assert found.tables["Nature"]["segment"].tolist()[0] == "Mme"


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ([None, "Entreprise", "Effectif", None, None, None], "ligne 4 : pas de critère"),
        (["X", "Famille", "Effectif", None, None, None], "famille « Famille » inconnue"),
        (["X", "Entreprise", None, None, None, None], "ligne 4 : pas de colonne"),
        (["X", None, "Effectif", ">=", 10, None], "aucune tranche en dessous de 10"),
        (["X", None, "Effectif", "<", 10, None], "opérateur « < » inconnu"),
    ],
)
def test_a_bad_criterion_is_named(row, part):
    with pytest.raises(ArgumentError) as error:
        read_criteria([row], first_row=4)
    assert part in str(error.value)
