"""The formulas of scoring and marketing as cells call them: shapes, blanks, wrong arguments."""

import itertools
import re

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, find_function
from xlcrm.errors import ArgumentError
from xlcrm.scoring.grids import grid_rows, shipped_grid

GRID = grid_rows(shipped_grid("Marielle Nature"))


def cell(name, *args, lang="fr"):
    return call(find_function(name), args, lang)


def column(values):
    return [[value] for value in values]


def test_rfm_by_column_with_the_grid_as_a_range():
    recency, frequency, basket = (
        column([2, 3, 13, None]),
        column([5, 4, 0, 0]),
        column([112.4, 100, 150, None]),
    )
    measures = (recency, frequency, basket)
    assert cell("CRM_SCORE_RFM", *measures, GRID) == column([50, 25, 20, 0])
    assert cell("CRM_NOTES_RFM", *measures) == [[10, 20, 20], [5, 10, 10], [0, 0, 20], [0, 0, 0]]
    assert cell("CRM_CLASSE_RFM", *measures) == column(
        ["Très bons clients", "Bons clients", "Clients tièdes", "Clients inactifs"]
    )
    assert cell("CRM_RFM_CLASS", 3, 4, 100, [["Marielle Nature"]], lang="en") == "Good customers"
    assert cell("CRM_RFM_CLASS", 1, 3, 60, "Drinks (trade)", lang="en") == "Very good customers"
    assert cell("CRM_RFM_SCORE", 2, None, 100) is None
    assert cell("CRM_RFM_WHY", None, 0, None, lang="en").endswith("Total 0: Inactive customers.")


def test_the_sentence_of_a_cell_is_that_of_the_table():
    import pandas as pd

    from xlcrm.scoring.rfm import score_measures

    measures = [(2.5, 5.0, 112.4), (12.03, 1.5, 1234.56), (0.4, 0.0, 25.0), (12.0, 4.0, 100.0)]
    frame = pd.DataFrame(measures, columns=["recency", "frequency", "basket"])
    for lang in ("fr", "en"):
        table = score_measures(frame, shipped_grid("Marielle Nature"), lang, why=True)
        for row, sentence in zip(measures, table["why"], strict=True):
            assert cell("CRM_EXPLICATION_RFM", *row, lang=lang) == sentence


@pytest.mark.parametrize(
    ("bands", "found"),
    [
        ([[None, 0], [25, 10], [100, 20]], [0, 10, 20]),
        ([["Borne", "Points"], [None, 0], [25, 10], [100, 20]], [0, 10, 20]),
        ([["", "", 0], [">=", 25, 10], [">", 100, 20]], [0, 10, 10]),
        ([["", "-∞", 0, "bas"], ["≥", 25, 10, "moyen"], [">", 100, 20, "haut"]], [0, 10, 10]),
    ],
)
def test_bands_given_in_two_three_or_four_columns(bands, found):
    assert cell("CRM_TRANCHE", column([24.99, 25, 100]), bands) == column(found)


def test_band_of_a_criterion_and_its_label():
    assert cell("CRM_BAND", 12, GRID, "récence") == 5
    assert cell("CRM_BAND", 12, GRID, "R", "libellé") == "de 3 à 12 mois inclus"
    assert cell("CRM_BAND", 40, GRID, "classe") == "Bons clients"
    assert cell("CRM_BAND", 2, "Boissons (professionnels)", "fréquence") == 2
    assert cell("CRM_BAND", column([None]), GRID, "panier") == [[None]]
    wide = [[None, 0], [5, 1]]
    assert cell("CRM_BAND", 7, wide, None, "label", lang="en") == "5 or more"


@pytest.mark.parametrize(
    ("args", "part"),
    [
        ((12, [[0, 10], [3, 5]]), "aucune tranche en dessous de 0"),
        ((12, [[None, 10], [3, 5], [3, 2]]), "les tranches se chevauchent"),
        ((12, [[None, None, 10], ["=", 3, 5]]), "opérateur « = » inconnu"),
        ((12, GRID), "pas de critère"),
        ((12, GRID, "âge"), "pas de critère « âge » ; il y a : Récence (mois)"),
        ((12, "Grille perdue"), "Pas de grille « Grille perdue »"),
        (("douze", GRID, "récence"), "Argument « valeur »"),
        ((12, [[None, None]]), "vide"),
    ],
)
def test_wrong_bands_are_an_error_of_the_argument(args, part):
    with pytest.raises(ArgumentError) as error:
        cell("CRM_TRANCHE", *args)
    assert part in str(error.value)


def test_months_since_of_a_column():
    assert cell("CRM_MOIS_DEPUIS", column(["21/08/2026", None, 46347]), "2026-11-21") == column(
        [3, None, 0]
    )
    with pytest.raises(ArgumentError, match="choix"):
        cell("CRM_MOIS_DEPUIS", "21/08/2026", "2026-11-21", "lunaison")


def test_abc_of_a_column_and_a_threshold_reached_exactly():
    amounts = column([80, 15, 5])
    assert cell("CRM_CLASSE_ABC", amounts) == column(["A", "B", "C"])
    tenths = column([0.1] * 10)
    assert cell("CRM_ABC_CLASS", tenths) == column(["A"] * 8 + ["B", "C"])
    assert cell("CRM_ABC_CLASS", column([0, -5, None]), lang="en") == column(
        ["No revenue", "No revenue", None]
    )
    with pytest.raises(ArgumentError, match="0 < A < B <= 1"):
        cell("CRM_ABC_CLASS", amounts, 0.95, 0.8)


def test_concentration():
    assert cell("CRM_GINI", column([5, 5, 5, 5])) == pytest.approx(0)
    assert cell("CRM_GINI", column([0, 0, 0, 10])) == pytest.approx(0.75)
    assert cell("CRM_GINI", column([5])) is None
    assert cell("CRM_GINI", column([5, -1])) is None
    points = cell("CRM_LORENZ", column([1, 2, 2, 5]))
    areas = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in itertools.pairwise(points))
    assert 1 - 2 * areas == pytest.approx(cell("CRM_GINI", column([1, 2, 2, 5])))


def test_quantile_points_like_percentile_inc():
    import numpy as np

    values = [12, 7, 3, 41, 5, 5, 18, 22, 9, 30, 2]
    limits = np.percentile(values, [20, 40, 60, 80])
    expected = [1 + int((v > limits).sum()) for v in values]
    assert cell("CRM_NOTE_QUANTILE", column(values)) == column(expected)
    turned = cell("CRM_QUANTILE_POINTS", column(values), 5, "OUI")
    assert turned == column([6 - note for note in expected])


BLANK_WITHOUT_DENOMINATOR = {
    "CRM_RETENTION": (0, 10),
    "CRM_ATTRITION": (None, 10),
    "CRM_TAUX_NOURRITURE": (10, 0),
    "CRM_PANIER_MOYEN": (10, 0),
    "CRM_TRANSFORMATION": (0, 10),
    "CRM_CPL": (10, 0),
    "CRM_CPA": (10, None),
    "CRM_CAC": (10, 0),
    "CRM_ROI": (10, 0),
    "CRM_ROMI": (10, None),
    "CRM_ROAS": (10, 0),
    "CRM_SEUIL_CAMPAGNE": (10, 0),
    "CRM_TAUX_SEUIL_CAMPAGNE": (10, 5, 0),
    "CRM_NPS_EFFECTIFS": (0, 0, 0),
    "CRM_ECART_TAUX": (0, 10),
    "CRM_TAUX_EVOLUTION": (0, 10),
}


@pytest.mark.parametrize(
    ("name", "args", "said"),
    [
        ("CRM_CSAT", ([[10, 9, 8, 3]],), "Une note vaut 10, au-dessus de 5"),
        ("CRM_CES", ([[10, 9, 2]], "haut"), "Une note vaut 10, au-dessus de 7"),
        ("CRM_SCORE_RFM", (-2, 5, 112), "Récence négative (-2)"),
        ("CRM_EXPLICATION_RFM", (-2, 5, 112), "Récence négative (-2)"),
        ("CRM_CLASSE_RFM", (2, -1, 112), "La fréquence (-1)"),
    ],
)
def test_what_cannot_be_is_refused_rather_than_noted(name, args, said):
    with pytest.raises(ArgumentError, match=re.escape(said)):
        cell(name, *args)


@pytest.mark.parametrize("name", BLANK_WITHOUT_DENOMINATOR)
def test_blank_rather_than_wrong(name):
    assert cell(name, *BLANK_WITHOUT_DENOMINATOR[name]) is None


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("CRM_NPS", ([[None, "NSP"]],)),
        ("CRM_CSAT", ([[None, 0, 6]], 5)),
        ("CRM_CES", ([[None]], "haut")),
        ("CRM_ECART_TYPE", ([[5]], "échantillon")),
        ("CRM_COEFFICIENT_VARIATION", ([[-5, 5]], "population")),
        ("CRM_CORRELATION", ([[1, 2, 3]], [[5, 5, 5]])),
        ("CRM_CORRELATION", ([[1, 2]], [[5, 6]])),
        ("CRM_TAUX_EVOLUTION_MOYEN", ([[0, 5]],)),
    ],
)
def test_blank_for_too_little(name, args):
    assert cell(name, *args) is None


def test_every_help_says_what_is_divided_by_what():
    rates = [find_function(name) for name in BLANK_WITHOUT_DENOMINATOR]
    for entry in rates:
        for text in (entry.summary.fr, entry.summary.en):
            assert "/" in text, entry.en


def test_notes_outside_the_scale_do_not_count_and_are_told():
    notes = column([10, 9, 3, 11, -1, "bof", None])
    assert cell("CRM_NPS", notes) == pytest.approx(100 / 3)
    assert cell("CRM_ALERTE_NOTES", notes) == (
        "3 notes ne comptent pas (échelle 0 à 10) : 11, -1, bof."
    )
    assert cell("CRM_NOTES_ISSUE", column([1, 5]), 1, 5) is None


def test_csat_and_ces_scales():
    assert cell("CRM_CSAT", [[1, 2, 3, 4, 5]]) == 0.4
    assert cell("CRM_CSAT", [[1, 2, 3, 4, 5]], 5, 5) == 0.2
    assert cell("CRM_CSAT", [[0, 8, 9, 10]], 10, 9, 0) == 0.5
    with pytest.raises(ArgumentError, match="n'est pas dans l'échelle 1 à 5"):
        cell("CRM_CSAT", [[1]], 5, 6)
    assert cell("CRM_CES", [[1, 2, 6]], "bas", "écart") == pytest.approx(100 / 3)
    with pytest.raises(ArgumentError, match="choix : haut, bas"):
        cell("CRM_CES", [[1]], "moyen")
    with pytest.raises(ArgumentError, match="note haute ou basse"):
        cell("CRM_CES", [[1]], None)


def test_variance_and_its_status():
    planned, actual = (
        column([1000, 1000, 1000, 1000, 0, 0, 1000]),
        column([1050, 1050.01, 1100, 1100.01, 10, 0, None]),
    )
    assert cell("CRM_ECART_STATUT", planned, actual) == column(
        ["Conforme", "À surveiller", "À surveiller", "Alerte", "Alerte", "Conforme", None]
    )
    assert cell("CRM_VARIANCE_STATUS", 1000, 800, "produit", lang="en") == "Alert"
    assert cell("CRM_ECART", 1000, 800) == -200
    with pytest.raises(ArgumentError, match=r"seuil orange \(0,2\)"):
        cell("CRM_ECART_STATUT", 1, 1, None, 0.2, 0.1)
    with pytest.raises(ArgumentError, match="5 veut dire 500 % ; tapez 5 % ou 0,05"):
        cell("CRM_ECART_STATUT", 1000, 1090, "charge", 5, 10)


@pytest.mark.parametrize("name", ["CRM_ECART_TYPE", "CRM_COEFFICIENT_VARIATION"])
def test_the_choices_of_each_language(name):
    with pytest.raises(ArgumentError) as refused:
        cell(name, [[1, 2]], "tout")
    assert refused.value.in_("fr").endswith("choix : population, échantillon.")
    assert refused.value.in_("en").endswith("choices: population, sample.")


def test_a_choice_is_listed_once():
    with pytest.raises(ArgumentError) as refused:
        cell("CRM_MOIS_DEPUIS", "21/08/2026", "2026-11-21", "lunaison")
    assert refused.value.in_("fr").endswith(
        "choix : anniversaires ; DATEDIF ; mois civils ; jours / 30 ; jours / 30,44."
    )
    assert refused.value.in_("en").endswith(
        "choices: anniversary, DATEDIF, calendar, days / 30, days / 30.44."
    )


def test_weighted_grid_of_three_offers():
    notes = [[8, 6, None], [5, 9, 7], [7, 7, 7]]
    assert cell("CRM_NOTE_PONDEREE", notes, column([0.5, 0.3, 0.2])) == [
        [pytest.approx(6.9), pytest.approx(7.1), None]
    ]
    assert cell("CRM_WEIGHTED_SCORE", [[8, 5, 7]], [[1, 0, 1]]) == [[7.5]]
    assert cell("CRM_ALERTE_PONDERATION", notes, column([0.5, 0.3, 0.2])) == "1 note absente."
    assert cell("CRM_WEIGHTED_ISSUE", [[8], [5]], column([60, 40]), 10, 100) is None
    with pytest.raises(ArgumentError, match="3 critères notés pour 2 poids"):
        cell("CRM_WEIGHTED_SCORE", notes, column([1, 2]))
    with pytest.raises(ArgumentError, match="négatif"):
        cell("CRM_WEIGHTED_SCORE", [[8], [5]], column([1, -1]))


def test_spread_like_a_spreadsheet():
    values = column([3, 5, 8, 10, 4])
    assert cell("CRM_SIGMA", values, "population") == pytest.approx(2.6076809621)
    assert cell("CRM_ECART_TYPE", values, "échantillon") == pytest.approx(2.9154759474)
    assert cell("CRM_VARIATION_COEFFICIENT", values, "sample") == pytest.approx(0.4859126579)


def test_outliers_are_shown_by_either_method():
    values = column([10, 12, 11, 13, 12, 11, 90, -40])
    marks = column([None] * 6 + ["Trop haut", "Trop bas"])
    assert cell("CRM_VALEUR_ABERRANTE", values) == marks
    assert cell("CRM_OUTLIER", values, "z", lang="en") == column(
        [None] * 6 + ["Too high", "Too low"]
    )


def test_seasons_need_two_cycles():
    with pytest.raises(ArgumentError, match="deux cycles complets de 4 périodes"):
        cell("CRM_COEFFICIENTS_SAISONNIERS", column([1, 2, 3, 4, 5, 6, 7]), 4)
    flat = cell("CRM_SEASONAL_COEFFICIENTS", column([10, 20] * 3), 2, "tendance", "oui")
    assert sum(flat[0]) == pytest.approx(2)


def test_lifetime_value_refuses_what_has_no_sum():
    with pytest.raises(ArgumentError, match="somme est infinie"):
        cell("CRM_CLV", 100, 1, 0)
    assert cell("CRM_CLV", 100, 1, 0, 3) == 300
    with pytest.raises(ArgumentError, match="tapez 80 % ou 0,8"):
        cell("CRM_CLV", 100, 80, 0.1)
    with pytest.raises(ArgumentError, match="en 0 ou en 1"):
        cell("CRM_CLV", 100, 0.8, 0.1, 5, 0, 2)


def test_lifetime_models_say_what_they_need():
    with pytest.raises(ArgumentError, match="au moins 10 clients"):
        cell("CRM_BGNBD", [[1, 2]], [[1, 2]], [[3, 3]])
    with pytest.raises(ArgumentError, match="même longueur : 2, 1, 2"):
        cell("CRM_BGNBD", [[1, 2]], [[1]], [[3, 3]])
    with pytest.raises(ArgumentError, match="récence <= ancienneté"):
        cell("CRM_BGNBD", [[1] * 10], [[5] * 10], [[3] * 10])
    with pytest.raises(ArgumentError, match="4 cellules de CRM_BGNBD"):
        cell("CRM_PROBA_CLIENT_ACTIF", [[1, 2]], 1, 1, 2)
    with pytest.raises(ArgumentError, match="ne remontent jamais"):
        cell("CRM_SBG", column([100, 90, 95]))
    assert cell("CRM_STILL_CUSTOMER", [[0.2, 4, 0.8, 2.4]], column([0, None]), 0, 30) == column(
        [1, None]
    )


def test_scoring_functions_are_in_the_catalogue_with_help_of_255_characters():
    ours = [e for e in FUNCTIONS.values() if e.func.__module__.startswith("xlcrm.scoring")]
    assert len(ours) >= 50
    for entry in ours:
        for text in [entry.summary, *(p.help for p in entry.params)]:
            assert 0 < len(text.fr) <= 255
            assert 0 < len(text.en) <= 255


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        ("CRM_VALEUR_CLIENT", (100, 0.8, 10), "10 veut dire 1000 % ; tapez 10 % ou 0,1"),
        ("CRM_VALEUR_CLIENT", (100, 0.8, 0.1, 0.5), "0,5 ; il faut un nombre d'années entier"),
        ("CRM_VALEUR_CLIENT", (100, 0.8, 0.1, 2.9), "2,9 ; il faut un nombre d'années entier"),
        ("CRM_VALEUR_CLIENT", (100, 0.8, 0.1, -3), "-3 ; il faut un nombre d'années entier"),
        ("CRM_VALEUR_CLIENT_SIMPLE", (50, 2, 5, 30), "tapez 30 % ou 0,3"),
        ("CRM_VALEUR_CLIENT_SIMPLE", (50, 2, -5), "-5 ; il faut un nombre d'années, 0 ou plus"),
    ],
)
def test_lifetime_values_that_cannot_be_meant(name, args, words):
    with pytest.raises(ArgumentError, match=words):
        cell(name, *args)


def test_the_end_of_a_month_counted_backward():
    for as_of in ("28/05/2026", "29/05/2026", "30/05/2026", "31/05/2026"):
        assert cell("CRM_MOIS_DEPUIS", "28/02/2026", as_of) == 3
    assert round(cell("CRM_MOIS_DEPUIS", "31/08/2026", "30/11/2026"), 2) == 2.97
