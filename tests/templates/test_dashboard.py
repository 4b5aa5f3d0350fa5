"""The dashboard: formulas against the model, sentences, copies."""

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

from xlcrm.templates.dashboard.book import build_dashboard
from xlcrm.templates.dashboard.kpis import STATUS, TREND
from xlcrm.templates.dashboard.model import EXAMPLE, FREE, MONTHS, REASONS, SEGMENTS


def disagreements(kit, values):
    wrong = []
    for key, right in kit.values.items():
        shown = values[kit.cells[key]]
        pairs = zip(shown, right, strict=True) if isinstance(right, list) else [(shown, right)]
        words = TREND if key.endswith("trend") else STATUS
        for got, wanted in pairs:
            if isinstance(wanted, str):
                same = got == kit.book.t(words[wanted])
            elif wanted is None:
                same = got in (None, "")
            else:
                same = got not in (None, "") and abs(float(got) - wanted) < 1e-9 * max(
                    1, abs(wanted)
                )
            if not same:
                wrong.append(f"{key}: {got!r}, model {wanted!r}")
    return wrong


def random_data(seed):
    rng = random.Random(seed)

    def column(size, make, count):
        return [make() if k < count else None for k in range(size)]

    months, segments = rng.randint(0, MONTHS), rng.randint(0, SEGMENTS)
    promoters = column(SEGMENTS, lambda: rng.randint(0, 60), segments)
    answers = column(SEGMENTS, lambda: rng.randint(50, 120), segments)
    return {
        "start": date(2027, rng.randint(1, 12), 15),
        "customers_start": rng.randint(200, 3000),
        "green": 0.9,
        "amber": 0.7,
        "green_points": rng.choice([0, 2]),
        "amber_points": rng.choice([2, 9.5]),
        "sales.target": column(MONTHS, lambda: rng.choice([None, 0, 20000.5]), MONTHS),
        "sales.actual": column(MONTHS, lambda: round(rng.uniform(0, 30000), 2), months),
        "sales.orders": column(MONTHS, lambda: rng.choice([None, 0, 412]), months),
        "sales.new": column(MONTHS, lambda: rng.choice([None, 0, 31]), months),
        "sales.lost": column(MONTHS, lambda: rng.choice([None, 0, 14]), months),
        "sales.spend": column(MONTHS, lambda: rng.choice([None, 1450.55]), months),
        "survey.segment": column(SEGMENTS, lambda: f"S{rng.random()}", segments),
        "survey.promoters": promoters,
        "survey.passives": column(SEGMENTS, lambda: rng.choice([None, 9]), segments),
        "survey.detractors": column(SEGMENTS, lambda: rng.choice([None, 5]), segments),
        "survey.satisfied": column(SEGMENTS, lambda: rng.choice([None, 40]), segments),
        "survey.answers": answers,
        "survey.easy": column(SEGMENTS, lambda: rng.choice([None, 20]), segments),
        "survey.neutral": column(SEGMENTS, lambda: rng.choice([None, 4]), segments),
        "survey.hard": column(SEGMENTS, lambda: rng.choice([None, 7]), segments),
        "reasons.reason": column(REASONS, lambda: f"R{rng.random()}", 3),
        "reasons.count": column(REASONS, lambda: rng.randint(0, 9), 3),
        "auto.target": [rng.choice([None, 50, -20, 7]) for _ in range(8)],
        "auto.previous": [rng.choice([None, 40.5]) for _ in range(8)],
        "free.kpi": column(FREE, lambda: f"K{rng.random()}", 4),
        "free.sense": [rng.choice(["up", "down"]) for _ in range(FREE)],
        "free.target": column(FREE, lambda: rng.choice([None, 28, -3]), 4),
        "free.previous": column(FREE, lambda: rng.choice([None, 24.5]), 4),
        "free.actual": column(FREE, lambda: rng.choice([None, 0, 27.1, -8]), 4),
    }


@pytest.mark.parametrize("seed", range(8))
def test_formulas_agree_with_the_model(seed, tmp_path):
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr", variant="empty", data=random_data(seed))
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert disagreements(kit, values) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_by_both_engines(lang, tmp_path):
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, lang)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert disagreements(kit, values) == []
    assert [v for _, ref in kit.book.checks if (v := values[ref]) != "OK"] == []
    if has_libreoffice():
        assert differences(values, recalculate_libreoffice(path)) == []


def test_figures_of_the_example_worked_by_hand(tmp_path):
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr")
    values = recalculate_ironcalc(path)
    # 114 of 1 240 customers lost in six months: 9.1935 %, retention 90.8065 %.
    assert values[kit.cells["attrition_to_date"]] == 0.091935
    # (169 - 59) / 332 answers x 100 = 33.1 points, not the mean of the four segments (31.8).
    assert values[kit.cells["survey_nps"]] == 33.1
    assert values[kit.cells["auto.todo"]][3] == "Enquête de départ et offre de retour"
    assert values[kit.cells["auto.status"]][:2] == ["Atteint", "Atteint"]
    assert values["Tableau de bord", "B19"] == "5 indicateurs en alerte"


@pytest.mark.parametrize("variant", ["example", "empty", "exercise"])
def test_whitelisted_functions_and_the_same_bytes(variant, tmp_path):
    path = tmp_path / "dashboard.xlsx"
    build_dashboard(path, "fr", False, variant)
    assert foreign_functions(path) == []
    assert recalculate_ironcalc(path).errors() == []
    again = BytesIO()
    build_dashboard(again, "fr", False, variant)
    assert again.getvalue() == path.read_bytes()


def _changed(key, value, at):
    return {key: [value if k == at else v for k, v in enumerate(EXAMPLE[key])]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"customers_start": None}, "À compléter."),
        ({"green": 95}, "Au plus 1."),
        ({"amber": 0.99}, "Le seuil d'alerte dépasse celui de l'objectif atteint."),
        (_changed("sales.actual", None, 1), "Des commandes sans chiffre d'affaires."),
        (_changed("sales.lost", 9000, 2), "Plus de clients perdus que de clients."),
        (_changed("sales.orders", -4, 2), "Un nombre négatif n'a pas de sens ici."),
        (_changed("survey.satisfied", 900, 0), "Plus de satisfaits que de réponses."),
        (_changed("auto.target", 0, 1), "Cible nulle : l'atteinte ne se calcule pas."),
        ({"amber_points": 0.5}, "L'écart d'alerte est plus petit que l'écart admis."),
        (_changed("free.target", 0, 0), "Cible nulle : l'atteinte ne se calcule pas."),
    ],
)
def test_bad_input_is_told_without_an_error_value(data, sentence, tmp_path):
    path = tmp_path / "dashboard.xlsx"
    build_dashboard(path, "fr", data=data)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert sentence in {str(v) for cells in values.sheets.values() for v in cells.values()}


def test_student_and_teacher(tmp_path):
    student, teacher = tmp_path / "student.xlsx", tmp_path / "teacher.xlsx"
    kit = build_dashboard(student, "fr", False, "exercise")
    values = recalculate_ironcalc(student)
    assert values.errors() == []
    lists = [value if isinstance(value, list) else [value] for value in EXAMPLE.values()]
    given = {v for items in lists for v in items if isinstance(v, float | int)}
    right = [v for a in kit.book.answers for v in a.values if isinstance(v, float) and v % 1]
    secret = [v for v in right if v not in given]
    assert len(secret) > 20
    assert answers_found(student, secret, values) == []
    kit = build_dashboard(teacher, "fr", True)
    values = recalculate_ironcalc(teacher)
    assert values.errors() == []
    assert disagreements(kit, values) == []


def test_scores_typed_as_exact_formulas_or_as_whole_points_are_right(tmp_path):
    path = tmp_path / "student.xlsx"
    kit = build_dashboard(path, "fr", False, "exercise")
    asked = {a.label: a for a in kit.book.answers}
    scores = [asked[f"{name} par segment"] for name in ("NPS", "CSAT", "CES")]
    scores.append(asked["NPS de l'ensemble"])
    # (promoters - detractors) / answers: (62 - 6) / 86 = 65.116 %; (71 - 21) / 138…
    nps = [56 / 86, 50 / 138, -5 / 80, 9 / 28]
    csat = [79 / 86, 112 / 138, 51 / 80, 23 / 28]
    ces = [61 / 86, 71 / 138, 17 / 80, 7 / 28]
    exact = [nps, csat, ces, [110 / 332]]
    pairs = zip(scores, exact, strict=True)
    typed = {c: v * 100 for a, row in pairs for c, v in zip(a.ref.cells(), row, strict=True)}
    values = recalculate_ironcalc(path, typed)
    assert [values[a.verdict] for a in scores] == ["OK"] * 4
    for answer in (scores[0], scores[3]):
        typed |= {cell: round(typed[cell]) for cell in answer.ref.cells()}
    values = recalculate_ironcalc(path, typed)
    assert [values[a.verdict] for a in scores] == ["OK"] * 4
    typed |= {cell: value + 1.1 for cell, value in typed.items()}
    values = recalculate_ironcalc(path, typed)
    assert [str(values[a.verdict])[:8] for a in scores] == ["À revoir"] * 4


def test_retention_and_attrition_tell_the_same_story(tmp_path):
    """90.8 % kept of a target of 95, 9.2 % lost of a target of 5: the same 4.2 points."""
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr")
    values = recalculate_ironcalc(path)
    assert values[kit.cells["auto.achieved"]][2:4] == pytest.approx([-4.2, -4.2])
    assert values[kit.cells["auto.status"]][2:4] == ["Alerte", "Alerte"]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"sales.target": [None] * 12}, [None, 148730, None, None]),  # nothing to compare with
        ({"sales.target": [0] * 12}, [None, 148730, None, None]),
        ({}, [149000, 148730, 0.998188, "Atteint"]),
        # Six months of twelve: half of the year's target.
        (_changed("auto.target", 400000, 0), [200000, 148730, 0.74365, "Alerte"]),
    ],
)
def test_the_target_of_sales(data, shown, tmp_path):
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr", data=data)
    values = recalculate_ironcalc(path)
    assert disagreements(kit, values) == []
    assert [values["Tableau de bord", f"{c}6"] or None for c in "CDEF"] == shown


def test_a_status_for_zero_and_for_negative_targets(tmp_path):
    data = {
        **_changed("auto.target", -10, 4),
        "survey.promoters": [10] + [None] * 7,
        "survey.passives": [9] + [None] * 7,
        "survey.detractors": [40] + [None] * 7,
        "sales.lost": [0] * 6 + [None] * 6,
        "free.sense": ["down", "up", "up", "down"] + [None] * 4,
        "free.kpi": ["Pannes", "Résultat", "Solde", "Retards"] + [None] * 4,
        "free.frequency": ["month"] * 4 + [None] * 4,
        "free.target": [5, -10, -10, 0] + [None] * 4,
        "free.actual": [0, -61.2, -4, 2] + [None] * 4,
    }
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr", data=data)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert values[kit.cells["auto.status"]][2:5] == ["Atteint", "Atteint", "Alerte"]
    assert values[kit.cells["free.status"]][:4] == ["Atteint", "Alerte", "Atteint", "Alerte"]
    assert {*values[kit.cells["free.achieved"]]} <= {None, ""}
    assert disagreements(kit, values) == []


def test_each_score_over_its_own_answers(tmp_path):
    """Ten people gave an NPS note, four of them a CSAT note, five an opinion on the effort."""
    data = {
        "survey.segment": ["Boutique"] + [None] * 7,
        **{
            f"survey.{key}": [count] + [None] * 7
            for key, count in (
                ("promoters", 6), ("passives", 2), ("detractors", 2), ("satisfied", 3),
                ("answers", 4), ("easy", 3), ("neutral", 1), ("hard", 1),
            )
        },
    }  # fmt: skip
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr", data=data)
    values = recalculate_ironcalc(path)
    scores = [values[kit.cells[f"survey.{key}"]][0] for key in ("nps", "csat", "ces")]
    assert scores == [40, 75, 40]
    assert [values[kit.cells[f"survey_{key}"]] for key in ("nps", "csat", "ces")] == [40, 75, 40]


def test_a_month_without_its_denominator_does_not_count(tmp_path):
    blank = [None] * (MONTHS - 2)
    data = {
        "sales.actual": [1000, 500, *blank],
        "sales.orders": [20, None, *blank],
        "sales.new": [10, 30, *blank],
        "sales.lost": [0, 0, *blank],
        "sales.spend": [600, None, *blank],
    }
    path = tmp_path / "dashboard.xlsx"
    kit = build_dashboard(path, "fr", data=data)
    values = recalculate_ironcalc(path)
    assert values[kit.cells["basket_to_date"]] == 50
    assert values[kit.cells["cac_to_date"]] == 60
