"""Published exercises and models: each number has its source in tests/cases."""

import csv
import json
import math

import pytest

from xlcrm.calling import call
from xlcrm.catalogue import find_function


def cell(name, *args, lang="fr"):
    """What a cell shows for a formula."""
    return call(find_function(name), args, lang)


def column(values):
    return [[value] for value in values]


@pytest.fixture(scope="module")
def published(root):
    cases = json.loads((root / "tests/cases/scoring/published_fr.json").read_text("utf-8"))
    return {case["id"]: case for case in cases}


@pytest.fixture(scope="module")
def golden(root):
    return json.loads((root / "tests/cases/scoring/golden_clv.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def treasury(root):
    def load(name):
        return json.loads((root / f"tests/cases/treasury/{name}.json").read_text("utf-8"))

    return load


@pytest.fixture(scope="module")
def cdnow(root):
    with (root / "tests/cases/scoring/cdnow.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {key: [float(row[key]) for row in rows] for key in ("x", "t_x", "T", "zbar")}


def test_mayer_9aleb(published):
    # The published sheet rounds a to 314.67 before it computes b: 1031.66 and 3234.35.
    case = published["mayer_9aleb"]
    [[a, b]] = cell("CRM_MAYER", column(case["input"]))
    assert (round(a, 4), round(b, 4)) == (314.6667, 1031.6667)
    rounded = round(a, 2)
    means = sum(case["input"][:3]) / 3
    assert means - rounded * 2 == pytest.approx(case["expected"]["b"], abs=0.005)
    y7 = cell("CRM_PREVISION_MAYER", 7, column(case["input"]))
    assert round(y7, 4) == case["recomputed"]["y7"]


@pytest.mark.parametrize(
    ("name", "points"),
    [("mayer_malin", {3: "y1", 8: "y2"}), ("mayer_laselle", {5: "y5"})],
)
def test_mayer(published, name, points):
    case = published[name]
    [line] = cell("CRM_MAYER", column(case["input"]))
    assert line == pytest.approx([case["expected"]["a"], case["expected"]["b"]], abs=1e-9)
    for rank, key in points.items():
        forecast = cell("CRM_MAYER_FORECAST", rank, [case["input"]])
        assert forecast == pytest.approx(case["expected"][key], abs=1e-9)


def test_mayer_with_an_odd_number(published, treasury):
    # Published with a misprint (y = 1156 x + 40428); the forecast there uses 1556, as here.
    for values, expected in (
        (published["mayer_alioui_odd"]["input"], published["mayer_alioui_odd"]["expected"]),
        (treasury("16_mayer_btsnrc")["input"]["y"], treasury("16_mayer_btsnrc")["expected"]),
    ):
        assert cell("CRM_MAYER", column(values)) == [[1556.0, 40428.0]]
        assert (expected["a"], expected["b"]) == (1556, 40428)
        assert cell("CRM_PREVISION_MAYER", 6, column(values)) == 49764


def test_growth_rates(published):
    case = published["taux_evolution"]
    [rates] = cell("CRM_TAUX_EVOLUTIONS", column(case["input"]))
    assert rates[0] is None
    assert [round(rate * 100, 2) for rate in rates[1:]] == case["expected"]


def test_least_squares_and_the_trap_of_the_forecast_row(published):
    case = published["mco_appli1"]
    [[a, b, _]] = cell("CRM_MOINDRES_CARRES", column(case["input"]))
    assert (round(a, 2), round(b, 4)) == (166.71, 1379)
    # The published 98.07 counts the empty row of year 7 in the sum of squares; a blank does not.
    assert cell("CRM_MOINDRES_CARRES", column([*case["input"], None]))[0][:2] == [a, b]
    products = a * sum((rank - 3.5) ** 2 for rank in range(1, 7))
    wrong = products / sum((rank - 3.5) ** 2 for rank in range(1, 8))
    assert wrong == pytest.approx(case["expected"]["student_a"], abs=1e-6)


def test_least_squares_tsge(treasury):
    case = treasury("14_moindres_carres_TSGE")
    [[a, b, _]] = cell("CRM_LEAST_SQUARES", column(case["input"]["y"]))
    assert (round(a, 6), round(b, 6)) == (case["expected"]["a"], case["expected"]["b"])
    forecast = cell(
        "CRM_PREVISION_MOINDRES_CARRES",
        column(case["input"]["forecast_x"]),
        column(case["input"]["y"]),
    )
    assert [round(v, 6) for [v] in forecast] == case["expected"]["forecast"]


def test_moving_averages_and_seasonal_indices(treasury):
    case = treasury("13_coef_saisonniers_tendance")
    observed = case["input"]["obs"]
    averages = [v for [v] in cell("CRM_MOYENNE_MOBILE", column(observed), 4)]
    assert averages[:2] == averages[-2:] == [None, None]
    shown = [math.floor(v + 0.5) for v in averages[2:-2]]
    assert shown == case["expected"]["mmc"]
    ratios = [y / m for y, m in zip(observed, averages, strict=True) if m]
    assert ratios == pytest.approx(case["expected"]["indices"], abs=0.001)


def test_seasonal_coefficients_of_the_oysters(published):
    # The page says "product = 1" but divides by the mean: the coefficients sum to 4.
    case = published["aunege_huitres"]
    [row] = cell("CRM_MOYENNE_MOBILE", [case["input"]], 4)
    assert row[2:-2] == case["expected"]["mm"]
    [plain] = cell("CRM_COEFFICIENTS_SAISONNIERS", column(case["input"]), 4)
    assert [round(c, 4) for c in plain] == case["recomputed"]["S"]
    assert plain == pytest.approx(case["expected"]["S"], abs=0.0011)
    [normal] = cell("CRM_SEASONAL_COEFFICIENTS", column(case["input"]), 4, "moving averages", True)
    assert [round(c, 3) for c in normal] == case["expected"]["S_centered"]
    assert sum(normal) == pytest.approx(4, abs=1e-12)


def test_seasonal_coefficients_as_r_decomposes(root, golden):
    lines = (root / "tests/cases/scoring/air_passengers.csv").read_text().split()[1:]
    [found] = cell(
        "CRM_SEASONAL_COEFFICIENTS",
        column([float(v) for v in lines]),
        12,
        "moyennes mobiles",
        "OUI",
    )
    assert [round(c, 7) for c in found[:7]] == golden["airpassengers_decompose_mult"]


def test_nps(published):
    assert cell("CRM_NPS_EFFECTIFS", 60, 30, 10) == published["nps2"]["expected"]
    assert cell("CRM_NPS_COUNTS", 20, 50, 30) == published["nps3"]["expected"]
    notes = [10] * 20 + [8] * 50 + [2] * 30
    assert cell("CRM_NPS", column(notes)) == published["nps3"]["expected"]


def test_attrition_is_a_net_change_only_without_new_customers(published):
    given = published["attrition_marly"]["input"]
    lost = given["debut"] - given["fin"]
    attrition = cell("CRM_ATTRITION", given["debut"], lost)
    retention = cell("CRM_RETENTION", given["debut"], given["fin"])
    assert [round(v * 100, 2) for v in (attrition, retention)] == [8.76, 91.24]
    with_new = cell("CRM_RETENTION", given["debut"], given["fin"], 100)
    assert with_new == (2135 - 100) / 2340


def test_value_return_and_share_of_wallet(published):
    assert cell("CRM_VALEUR_CLIENT_SIMPLE", 50, 2, 5) == published["clv_simple"]["expected"]
    assert cell("CRM_ROI", 50000, 20000) * 100 == published["roi"]["expected"]
    assert cell("CRM_TAUX_NOURRITURE", 400, 1000) * 100 == published["sow"]["expected"]


def test_gini(published):
    case = published["gini_10clients"]
    assert round(cell("CRM_GINI", column(case["input"])), 4) == case["recomputed"]


def test_actuarial_value_of_the_definition():
    # r = 80 %, i = 10 %: 2.67 margins, or (1 + i) / (1 + i - r) with the first one at once.
    assert round(cell("CRM_CLV", 1, 0.8, 0.1), 2) == 2.67
    assert cell("CRM_CLV", 1, 0.8, 0.1, None, None, 0) == pytest.approx(1.1 / 0.3)
    long = cell("CRM_VALEUR_CLIENT", 100, 0.8, 0.1, 500)
    assert long == pytest.approx(cell("CRM_VALEUR_CLIENT", 100, 0.8, 0.1), abs=1e-9)


def test_emailing_campaign(treasury):
    case = treasury("18_emailing_vocalisis_NRC2011")
    given, expected = case["input"], case["expected"]
    [[back, sold, overall]] = cell(
        "CRM_ENTONNOIR", column([given["addresses"], given["appointments"], given["sales"]])
    )
    assert (back, sold, overall) == (
        expected["return_rate"],
        expected["conversion_rate"],
        expected["overall"],
    )
    external = given["addresses"] * given["file_unit_cost"] + given["design"] + given["setup"]
    assert external == expected["external_cost"]
    total = external + given["internal_sales_cost"]
    assert cell("CRM_COUT_ACQUISITION", total, given["sales"]) == expected["cac"]


def test_bgnbd_of_the_published_data(golden, cdnow):
    case = golden["bgnbd_cdnow"]
    assert len(cdnow["x"]) == case["n"]
    columns = [column(cdnow[key]) for key in ("x", "t_x", "T")]
    [fitted] = cell("CRM_BGNBD", *columns)
    for value, name in zip(fitted, ("r", "alpha", "a", "b"), strict=True):
        assert value == pytest.approx(case[name], abs=case["tol"])
    given = case["cond_exp"]
    expected = cell("CRM_ACHATS_PREVUS", [fitted], given["t"], given["x"], given["t_x"], given["T"])
    assert expected == pytest.approx(given["value"], abs=given["tol"])
    alive = cell("CRM_PROBA_CLIENT_ACTIF", [fitted], given["x"], given["t_x"], given["T"])
    assert round(alive, 4) == case["p_alive_recomputed(2,30.43,38.86)"]


def test_bgnbd_of_a_new_customer(golden):
    from xlcrm.scoring.lifetime import expected_repeat, purchase_probability

    case = golden["bgnbd_cdnow"]
    # The published expectations need the unrounded parameters of their spreadsheet.
    unrounded = [0.2425945, 4.4136019, 0.7929199, 2.4258881]
    published = dict(case["E_X_t"])
    # Their hypergeometric series stops after 150 terms, which week 78 has not reached.
    assert published.pop("78") == 1.8576
    assert round(_truncated(unrounded, 78, 150), 4) == 1.8576
    assert round(expected_repeat(unrounded, 78), 4) == round(_truncated(unrounded, 78, 900), 4)
    for time, value in published.items():
        assert round(expected_repeat(unrounded, float(time)), 4) == value
    parameters = [0.243, 4.414, 0.793, 2.426]
    probability = purchase_probability(parameters, 39, 0)
    assert probability == pytest.approx(case["P_X39_eq_0"], abs=1e-7)
    rare = purchase_probability(parameters, 2, 10)
    assert rare == pytest.approx(case["P_X2_eq_10"], rel=1e-4)
    total = sum(purchase_probability(parameters, 39, n) for n in range(200))
    assert total == pytest.approx(1, abs=1e-4)


def _truncated(parameters, time, terms):
    r, alpha, a, b = parameters
    z = time / (alpha + time)
    term = total = 1.0
    for j in range(terms):
        term *= (r + j) * (b + j) / ((a + b - 1 + j) * (j + 1)) * z
        total += term
    return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + time)) ** r * total)


def test_gamma_gamma_of_the_published_data(golden, cdnow):
    case = golden["gamma_gamma_cdnow"]
    [fitted] = cell("CRM_GAMMA_GAMMA", column(cdnow["x"]), column(cdnow["zbar"]))
    for value, name in zip(fitted, ("p", "q", "v"), strict=True):
        assert value == pytest.approx(case[name], abs=0.02)
    first = [column(cdnow[key][:10]) for key in ("x", "zbar")]
    baskets = [v for [v] in cell("CRM_PANIER_PREVU", [fitted], *first)]
    assert baskets == pytest.approx(case["cond_avg_first10"], abs=case["tol"])


def test_sbg_of_the_published_subscribers(golden):
    case = golden["sbg"]
    [highend] = cell("CRM_SBG", column(case["highend_S"]))
    assert [round(v, 3) for v in highend] == [case["alpha"], case["beta"]]
    [regular] = cell("CRM_SBG", column(case["regular_S"]))
    assert [round(v, 3) for v in regular] == [case["alpha_r"], case["beta_r"]]
    step = (highend[1] + 0) / sum(highend)
    assert cell("CRM_SBG_SURVIE", [highend], 1) == pytest.approx(step)


def test_break_even_of_the_year(published):
    # The published day 244.5 and 5 September come from 0.67 rounded before x 365.
    iut = published["sr_iut1"]
    sales, margin, fixed = (iut["input"][key] for key in ("CA", "MCV", "CF"))
    assert cell("CRM_SEUIL_RENTABILITE", sales, sales - margin, fixed) == iut["expected"]["SR"]
    days = cell("CRM_POINT_MORT", sales, iut["expected"]["SR"], 365)
    assert days == pytest.approx(iut["recomputed"]["jours"], abs=0.005)
    assert round(0.67 * 365, 2) == pytest.approx(244.55)
    book = published["sr_gualino"]
    sales, variable = book["input"]["CA"], round(book["input"]["CA"] * book["input"]["tCV"], 2)
    margin = sales - variable
    fixed = margin - book["input"]["RE"]
    assert round(margin) == book["expected"]["MCV"]
    assert round(fixed) == book["expected"]["CF"]
    assert int(cell("CRM_BREAK_EVEN", sales, variable, fixed)) == book["expected"]["SR"]


def test_break_even_of_uneven_quarters(published):
    case = published["sr_unit_quarters"]
    sales, rate, fixed = (case["input"][key] for key in ("CA", "tCV", "CF"))
    total = sum(sales)
    threshold = cell("CRM_BREAK_EVEN", total, total * rate, fixed)
    assert threshold == pytest.approx(case["expected"]["SR"], abs=0.01)
    periods = cell("CRM_POINT_MORT_SAISONNIER", column(sales), case["expected"]["SR"])
    # Two quarters and 230 000 / 260 000 of the third: 79.6 of its 90 days, published as 80.
    assert (periods - 2) * 90 == pytest.approx(case["recomputed"]["d"], abs=0.01)


def test_every_published_case_is_in_these_tests(published, root):
    source = (root / "tests/scoring/test_published.py").read_text("utf-8")
    assert [name for name in published if f'"{name}"' not in source] == []
