"""Bands, grids and their errors; the oracle is a sheet worked out with LOOKUP and EDATE."""

import csv
import math
from datetime import date

import numpy as np
import pytest

from xlcrm.errors import ArgumentError, RequestError
from xlcrm.scoring.bands import bands
from xlcrm.scoring.grid_reading import read_grids
from xlcrm.scoring.grids import grid_rows, shipped_grid, shipped_grids
from xlcrm.scoring.recency import METHODS, months_since, months_since_all, shift_months

AS_OF = date(2026, 11, 21)
CLASSES = {
    "Très bon": "Très bons clients",
    "Bon": "Bons clients",
    "Tiède": "Clients tièdes",
    "Inactif": "Clients inactifs",
}


@pytest.fixture(scope="module")
def lookup(root):
    path = root / "tests/cases/scoring/rfm_band_grid_lookup.csv"
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_grid_1_agrees_with_the_worked_sheet(lookup):
    grid = shipped_grid("Marielle Nature")
    assert len(lookup) == 206
    for row in lookup:
        months = months_since(date.fromisoformat(row["dernier"]), AS_OF)
        exact = float(row["mois_exact"])
        assert math.floor(months) == math.floor(exact)
        assert (months == int(months)) == (exact == int(exact))
        notes = [
            grid.criteria["recency"].points(months),
            grid.criteria["frequency_year"].points(float(row["freq"])),
            grid.criteria["basket"].points(float(row["panier"])),
        ]
        assert notes == [float(row["R"]), float(row["F"]), float(row["M"])]
        assert grid.class_of(sum(notes)) == CLASSES[row["classe"]]


def test_many_values_at_once_agree_with_one_by_one():
    for grid in shipped_grids().values():
        for part in [*grid.criteria.values(), grid.classes]:
            edges = [b.bound for b in part.rows[1:]]
            values = [v for e in edges for v in (np.nextafter(e, -9e9), e, np.nextafter(e, 9e9))]
            assert part.positions(values).tolist() == [part.position(v) for v in values]
    recency = shipped_grid("Marielle Nature").criteria["recency"]
    assert recency.points_of([1.0, math.inf])[1] == 0
    assert np.isnan(recency.points_of([math.nan])[0])


def test_grid_2_has_no_hole_between_0_and_1_and_its_own_classes():
    grid = shipped_grid("Boissons (professionnels)")
    frequency = grid.criteria["frequency_month"]
    assert [frequency.points(x) for x in (0, 0.1, 1, 2, 2.01)] == [0, 2, 2, 2, 5]
    assert [grid.criteria["recency"].points(x) for x in (2.99, 3, 6, 6.01)] == [5, 2, 2, 0]
    assert [grid.criteria["basket"].points(x) for x in (19.99, 20, 50, 50.01)] == [0, 2, 2, 5]
    assert grid.top == 15
    assert [grid.class_of(s) for s in (15, 12, 7, 0)] == [
        "Très bons clients",
        "Bons clients",
        "Clients tièdes",
        "Clients inactifs",
    ]


def test_labels_say_the_bounds_in_both_languages():
    grid = shipped_grid("Marielle Nature")
    assert grid.criteria["recency"].labels() == [
        "moins de 3 mois",
        "de 3 à 12 mois inclus",
        "plus de 12 mois",
    ]
    assert grid.criteria["basket"].labels("en") == [
        "less than €25",
        "from €25 to €100 inclusive",
        "more than €100",
    ]
    assert bands((None, None, 0), (">", 0, 1), (">=", 2, 2), (">=", 5, 3)).labels() == [
        "jusqu’à 0 inclus",
        "plus de 0 et moins de 2",
        "de 2 à moins de 5",
        "5 ou plus",
    ]


def test_the_editable_sheet_comes_back_as_it_went():
    for lang in ("fr", "en"):
        rows = [row for grid in shipped_grids().values() for row in grid_rows(grid, lang)]
        grids = read_grids([["Grille", "Critère", "", "", "", ""], *rows])
        assert [grid_rows(g, lang) for g in grids] == [
            grid_rows(g, lang) for g in shipped_grids().values()
        ]


def test_a_moved_bound_moves_its_label():
    rows = [[*r[:3], 4 if r[3] == 3 else r[3], *r[4:]] for r in _rows()]
    grid = read_grids(rows)[0]
    assert grid.criteria["recency"].labels()[:2] == ["moins de 4 mois", "de 4 à 12 mois inclus"]


def _rows():
    return grid_rows(shipped_grid("Marielle Nature"))


@pytest.mark.parametrize(
    ("change", "fr"),
    [
        ({2: ("operator", "<")}, "Grille, ligne 5 : opérateur « < » inconnu ; choix : >=, > "),
        ({1: ("operator", None)}, "Grille, ligne 4 : opérateur «  » inconnu"),
        ({2: ("bound", 3)}, "Grille, ligne 5 : Récence (mois) : la borne 3 ne dépasse pas celle "),
        ({2: ("bound", 2.5)}, "les tranches se chevauchent"),
        ({0: ("bound", 0)}, "Grille, ligne 3 : Récence (mois) : aucune tranche en dessous de 0"),
        ({1: ("bound", "trois")}, "Grille, ligne 4 : borne basse : « trois » n'est pas un nombre"),
        ({1: ("points", None)}, "Grille, ligne 4 : pas de points."),
        ({1: ("criterion", None)}, "Grille, ligne 4 : pas de critère."),
        ({10: ("label", None)}, "Grille, ligne 13 : une classe a besoin d'un libellé."),
        ({10: ("label", "Clients inactifs")}, "la classe « Clients inactifs » est déjà définie"),
    ],
)
def test_a_bad_row_is_named_with_what_to_change(change, fr):
    places = {"criterion": 1, "operator": 2, "bound": 3, "points": 4, "label": 5}
    rows = [list(row) for row in _rows()]
    for number, (column, value) in change.items():
        rows[number][places[column]] = value
        if value == 0:
            rows[number][2] = ">="
    with pytest.raises(ArgumentError) as error:
        read_grids(rows, first_row=3)
    assert fr in str(error.value)
    assert error.value.in_("en") != str(error.value)


def test_a_grid_without_a_criterion_cannot_score():
    from xlcrm.scoring.grids import check_rfm

    def without(criterion):
        return read_grids([row for row in _rows() if row[1] != criterion])[0]

    with pytest.raises(ArgumentError, match="il manque Panier moyen"):
        check_rfm(without("Panier moyen (€)"))
    with pytest.raises(ArgumentError, match="il manque Fréquence"):
        check_rfm(without("Fréquence (achats par an)"))
    with pytest.raises(ArgumentError, match="lignes du critère « Classe"):
        check_rfm(without("Classe (total des points)"))
    with pytest.raises(ArgumentError, match="La grille est vide"):
        read_grids([[None] * 6])
    with pytest.raises(RequestError, match="il y a : Marielle Nature, Boissons"):
        shipped_grid("Autre")


def test_what_is_strange_is_said():
    rows = [[*r[:4], 12 if r[3] == 12 else r[4], r[5]] for r in _rows()]
    warnings = [str(w) for w in read_grids(rows)[0].warnings()]
    assert warnings == ["Grille « Marielle Nature », Récence (mois) : les points montent puis "
                        "descendent."]  # fmt: skip
    drinks = grid_rows(shipped_grid("Boissons (professionnels)"))
    classes = [[drinks[0][0], *r[1:]] for r in _rows() if r[1].startswith("Classe")]
    mixed = [r for r in drinks if not r[1].startswith("Classe")] + classes
    assert [str(w) for w in read_grids(mixed)[0].warnings()] == [
        "Grille « Boissons (professionnels) » : personne ne peut atteindre la classe « Bons "
        "clients », le total va jusqu'à 15.",
        "Grille « Boissons (professionnels) » : personne ne peut atteindre la classe « Très bons "
        "clients », le total va jusqu'à 15.",
    ]
    assert [g.warnings() for g in shipped_grids().values()] == [[], []]


@pytest.mark.parametrize(
    ("day", "as_of", "anniversary", "datedif", "calendar"),
    [
        # backward from the as-of date: EDATE(31 March, -1) is 28 February
        (date(2026, 2, 28), date(2026, 3, 31), 1.0, 1.0, 1.0),
        (date(2026, 2, 27), date(2026, 3, 31), 1 + 1 / 28, 1.0, 1.0),
        (date(2026, 1, 31), date(2026, 2, 28), 28 / 31, 0.0, 1.0),
        (date(2025, 11, 21), AS_OF, 12.0, 12.0, 12.0),
        (date(2025, 11, 1), AS_OF, 12 + 20 / 31, 12.0, 12.0),
        (AS_OF, AS_OF, 0.0, 0.0, 0.0),
        (date(2026, 11, 30), AS_OF, -1 + 21 / 30, 0.0, 0.0),
        (date(2026, 12, 21), AS_OF, -1.0, -1.0, -1.0),
    ],
)
def test_months_by_three_methods(day, as_of, anniversary, datedif, calendar):
    assert months_since(day, as_of) == pytest.approx(anniversary, abs=1e-12)
    assert months_since(day, as_of, "DATEDIF") == datedif
    assert months_since(day, as_of, "mois civils") == calendar


def test_months_by_days():
    assert months_since(date(2026, 9, 22), AS_OF, "jours / 30") == 2.0
    assert months_since(date(2026, 9, 22), AS_OF, "days / 30.44") == 60 / 30.44
    with pytest.raises(ArgumentError, match="choix : anniversaires ; DATEDIF"):
        months_since(AS_OF, AS_OF, "lune")


def test_the_band_of_a_date_is_that_of_edate_for_every_day_of_four_years():
    for as_of in (date(2026, 11, 21), date(2026, 3, 31), date(2024, 2, 29), date(2026, 5, 30)):
        limits = [shift_months(as_of, -n) for n in range(49)]
        for back in range(1460):
            day = date.fromordinal(as_of.toordinal() - back)
            months = months_since(day, as_of)
            for n in (1, 3, 6, 12, 24, 36):
                assert (months < n) == (day > limits[n])
                assert (months > n) == (day < limits[n])


def test_many_months_at_once():
    days = np.array(["2026-08-21", "NaT", "2025-11-20"], dtype="datetime64[s]")
    for method in METHODS:
        months = months_since_all(days, AS_OF, method)
        assert months[0] == months_since(date(2026, 8, 21), AS_OF, method)
        assert np.isnan(months[1])
        assert months[2] == months_since(date(2025, 11, 20), AS_OF, method)
