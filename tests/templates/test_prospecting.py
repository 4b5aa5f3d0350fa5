"""The prospecting plan: formulas against the model, sentences, copies."""

import random
from datetime import date
from io import BytesIO

import pytest
from engines import (
    answers_found,
    differences,
    foreign_functions,
    has_libreoffice,
    recalculate_ironcalc,
    recalculate_libreoffice,
)

from xlcrm.templates.prospecting.book import build_prospecting_plan
from xlcrm.templates.prospecting.campaign import STATUS
from xlcrm.templates.prospecting.model import EXAMPLE, SEGMENTS


def disagreements(kit, values):
    """Cells that differ from the model: nothing for blank, words by their status."""
    wrong = []
    for key, right in kit.values.items():
        shown = values[kit.cells[key]]
        pairs = zip(shown, right, strict=True) if isinstance(right, list) else [(shown, right)]
        for got, wanted in pairs:
            if isinstance(wanted, str):
                same = got == kit.book.t(STATUS[wanted])
            elif wanted is None:
                same = got in (None, "")
            else:
                same = got not in (None, "") and abs(float(got) - wanted) < 1e-9 * max(1, wanted)
            if not same:
                wrong.append(f"{key}: {got!r}, model {wanted!r}")
    return wrong


def random_data(seed):
    rng = random.Random(seed)
    count = rng.randint(1, SEGMENTS)

    def column(make):
        return [make() if k < count else None for k in range(SEGMENTS)]

    return {
        "start": date(2027, 2, 3),
        "weeks": rng.randint(1, 26),
        "reps": rng.choice([1, 2.5, 4]),
        "hours_week": rng.choice([20, 35, 37.5]),
        "selling_share": rng.choice([0.15, 0.4, 1.0]),
        "hourly": round(rng.uniform(0, 60), 2),
        "call_minutes": rng.choice([0, 7, 12.5]),
        "visit_hours": rng.choice([0.5, 1.25, 2]),
        "travel_hours": rng.choice([None, 0.75]),
        "km": rng.choice([None, 31.7]),
        "km_cost": rng.choice([None, 0.545]),
        "contact_cost": rng.choice([None, 0.335, 1.2]),
        "fixed_cost": rng.choice([None, 1234.56]),
        "targets.segment": column(lambda: f"Segment {rng.random():.6f}"),
        "targets.pool": column(lambda: None),
        "targets.contacts": column(lambda: rng.randint(0, 900)),
        "targets.calls": column(lambda: round(rng.uniform(0, 5), 1)),
        "targets.rdv": column(lambda: round(rng.uniform(0, 1), 3)),
        "targets.visits": column(lambda: round(rng.uniform(0, 2), 2)),
        "targets.sale": column(lambda: round(rng.uniform(0, 1), 3)),
        "targets.basket": column(lambda: round(rng.uniform(0, 3000), 2)),
        "targets.margin": column(lambda: round(rng.uniform(0, 1), 3)),
        "results.contacts": column(lambda: 900),
        "results.rdv": column(lambda: rng.choice([None, 100])),
        "results.visits": column(lambda: rng.choice([None, 3])),
        "results.sales": column(lambda: rng.choice([None, 0])),
        "results.revenue": column(lambda: rng.choice([None, round(rng.uniform(0, 9999), 2)])),
    }


@pytest.mark.parametrize("seed", range(6))
def test_formulas_agree_with_the_model(seed, tmp_path):
    path = tmp_path / "plan.xlsx"
    kit = build_prospecting_plan(path, "fr", variant="empty", data=random_data(seed))
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert disagreements(kit, values) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_by_both_engines(lang, tmp_path):
    path = tmp_path / "plan.xlsx"
    kit = build_prospecting_plan(path, lang)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert disagreements(kit, values) == []
    assert [v for _, ref in kit.book.checks if (v := values[ref]) != "OK"] == []
    if has_libreoffice():
        assert differences(values, recalculate_libreoffice(path)) == []


def test_figures_of_the_example_worked_by_hand(tmp_path):
    path = tmp_path / "plan.xlsx"
    kit = build_prospecting_plan(path, "fr")
    values = recalculate_ironcalc(path)
    # 260 contacts: 572 calls x 8 min + 31.2 visits x 2 h = 138.667 h x 31 = 4 298.67 euros.
    assert values[kit.cells["targets.n_calls"]][0] == 572
    assert values[kit.cells["costs.hours"]][0] == pytest.approx(138 + 2 / 3)
    assert values[kit.cells["costs.labour"]][0] == 4298.67
    # 4.455 sales of works councils, not 4.46: x 2 400 = 10 692 euros; all: 52 739.20, not 52 757.
    assert values[kit.cells["targets.n_sales"]][2] == pytest.approx(4.455)
    assert values[kit.cells["targets.revenue"]][2] == 10692
    assert values[kit.cells["targets.revenue.total"]] == 52739.2
    # capacity 2 x 35 x 14 x 40 % = 392 h.
    assert values[kit.cells["capacity"]] == 392
    assert values[kit.cells["results.status"]][:4] == [
        "Atteint",
        "Alerte",
        "À surveiller",
        "Alerte",
    ]


@pytest.mark.parametrize("variant", ["example", "empty", "exercise"])
def test_whitelisted_functions_and_the_same_bytes(variant, tmp_path):
    path = tmp_path / "plan.xlsx"
    build_prospecting_plan(path, "en", False, variant)
    assert foreign_functions(path) == []
    assert recalculate_ironcalc(path).errors() == []
    again = BytesIO()
    build_prospecting_plan(again, "en", False, variant)
    assert again.getvalue() == path.read_bytes()


def _changed(key, value, at=None):
    if at is None:
        return {key: value}
    return {key: [value if k == at else v for k, v in enumerate(EXAMPLE[key])]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (_changed("weeks", 40), "Au plus 26."),
        (_changed("selling_share", 40), "Au plus 1."),
        (_changed("reps", -1), "Saisir un nombre supérieur à 0."),
        (_changed("hourly", None), "À compléter."),
        (_changed("amber", 0.99), "Le seuil d'alerte dépasse celui de l'objectif atteint."),
        (_changed("targets.contacts", 700, 0), "Plus de contacts visés que de prospects connus."),
        (_changed("results.sales", 90, 1), "Plus de ventes que de rendez-vous."),
    ],
)
def test_bad_input_is_told_without_an_error_value(data, sentence, tmp_path):
    path = tmp_path / "plan.xlsx"
    build_prospecting_plan(path, "fr", data=data)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    shown = {str(v) for cells in values.sheets.values() for v in cells.values()}
    assert sentence in shown


def test_a_plan_too_big_for_the_team_is_an_alert(tmp_path):
    path = tmp_path / "plan.xlsx"
    build_prospecting_plan(path, "fr", data={"weeks": 4})
    shown = {str(v) for v in recalculate_ironcalc(path).sheets["Campagne"].values()}
    assert any(v.startswith("La charge dépasse la capacité") for v in shown)


def test_the_call_list_counts_its_results(tmp_path):
    path = tmp_path / "plan.xlsx"
    data = {
        "calls.name": ["A", "B", "C", "D"],
        "calls.result": ["rdv", "absent", "stop", "todo"],
    }
    padded = {key: value + [None] * 56 for key, value in data.items()}
    kit = build_prospecting_plan(path, "fr", data=padded)
    values = recalculate_ironcalc(path)
    sheet = kit.cells["calls.name"].sheet
    assert [values[sheet, f"{c}8"] for c in "CDEFGHI"] == [1, 1, 0, 1, 0, 0, 1]
    assert values[sheet, "E10"] == pytest.approx(2 / 3)
    assert values[sheet, "H10"] == pytest.approx(1 / 2)


def test_student_and_teacher(tmp_path):
    student, teacher = tmp_path / "student.xlsx", tmp_path / "teacher.xlsx"
    kit = build_prospecting_plan(student, "fr", False, "exercise")
    values = recalculate_ironcalc(student)
    assert values.errors() == []
    secret = [v for a in kit.book.answers for v in a.values if isinstance(v, float) and v % 1]
    assert len(secret) > 25
    assert answers_found(student, secret, values) == []
    kit = build_prospecting_plan(teacher, "fr", True)
    values = recalculate_ironcalc(teacher)
    assert values.errors() == []
    assert disagreements(kit, values) == []
