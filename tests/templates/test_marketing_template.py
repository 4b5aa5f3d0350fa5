"""The marketing budget: its formulas against the model, its sentences, its two copies."""

from __future__ import annotations

import zipfile
from dataclasses import replace
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
from marketing_plans import LISTS, disagreements, random_plan

from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.catalogue import find_template
from xlcrm.templates.marketing.build import write_budget
from xlcrm.templates.marketing.cash import EXPORT
from xlcrm.templates.marketing.example import example_lists, example_plan
from xlcrm.templates.marketing.inputs import Lists, cells_of, default_lists, lists_of, plan_of
from xlcrm.templates.marketing.offers import example_offers, offer_scores

ENTRY = find_template("budget-marketing")


def example(path, lang="fr", mode="plain"):
    more = example_offers(lang)
    return write_budget(path, lang, example_plan(lang), example_lists(lang), mode, more=more)


@pytest.mark.parametrize("seed", range(6))
def test_formulas_agree_with_the_model_to_the_cent(seed, tmp_path):
    """tests/benchmarks/marketing_agreement.py does the same on 500 plans."""
    plan = random_plan(1000 + seed)
    desk = write_budget(tmp_path / "budget.xlsx", "fr" if seed % 2 else "en", plan, LISTS)
    values = recalculate_ironcalc(tmp_path / "budget.xlsx")
    assert values.errors() == []
    assert disagreements(plan, desk, values) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_by_both_engines(lang, tmp_path):
    path = tmp_path / "example.xlsx"
    desk = example(path, lang)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert values[desk.book.names[desk.book.t(desk_check())]] == "OK"
    plan = example_plan(lang)
    assert disagreements(plan, desk, values) == []
    if has_libreoffice():
        assert differences(values, recalculate_libreoffice(path)) == []


def desk_check():
    from xlcrm.templates.marketing.desk import OVERALL

    return OVERALL


def test_figures_of_the_example_worked_by_hand(tmp_path):
    path = tmp_path / "example.xlsx"
    desk = example(path)
    values = recalculate_ironcalc(path)
    # MK01: 6 800 + 96 h x 28 = 9 488 ; net of 1 500: 7 988 ; half in January, half in February.
    assert values[desk.col("total").at(0)] == 9488
    assert values[desk.col("net").at(0)] == 7988
    # Actual 7 240 + 104 x 28 = 10 152 against 9 488: + 664, 6.9983 %, above 5 %, below 10 %.
    assert values[desk.col("variance").at(0)] == 664
    assert values[desk.col("variance_rate").at(0)] == 0.069983
    assert values[desk.col("status").at(0)] == "À surveiller"
    # 3 400 a month with 20 % VAT, paid a month later; nothing else is paid at once in January
    # but the text messages: 45 + 20 %.
    paid = values[desk.rows["gross"]]
    assert paid[0] == 54
    assert paid[1] == 3400 * 1.2 + 420 * 1.2 + 54
    # CSR: MK04 4 080 + MK07 5 440 + MK12 2 940 of 51 970.
    assert values[desk["csr"]] == pytest.approx(12460 / 51970)
    assert values[desk["plan.break_even"]] == 2164
    # The ROI before any cut is that of the plan: both net of what partners pay.
    assert round(values[desk["plan.roi"]], 3) == 0.019
    assert values[desk["whatif.roi"]] == values[desk["plan.roi"]]
    assert values["Synthèse", "F6"] == "Écart au prévu des mêmes éléments"


@pytest.mark.parametrize("variant", ["empty", "example", "exercise"])
def test_whitelisted_functions_and_the_same_bytes(variant, tmp_path):
    path = tmp_path / "budget.xlsx"
    ENTRY.build(path, "fr", False, variant)
    assert foreign_functions(path) == []
    assert recalculate_ironcalc(path).errors() == []
    again = BytesIO()
    ENTRY.build(again, "fr", False, variant)
    assert again.getvalue() == path.read_bytes()


def test_an_empty_budget_is_all_right(tmp_path):
    path = tmp_path / "empty.xlsx"
    desk = write_budget(path, "fr", MarketingPlan(date(2027, 1, 1)), default_lists("fr"))
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert values[desk.book.names["Controle_marketing"]] == "OK"


FAULTS = {
    "Action sans nom.": {"name": ""},
    "Début absent ou illisible : le coût est compté, mais sans mois.": {"start": None},
    "L'action finit avant de commencer : son coût est compté, mais sans mois.": {
        "end": date(2027, 1, 1)
    },
    "Valeur négative : elle compte pour 0.": {"hours": -5.0},
    "Taux de TVA supérieur à 100 % : taper 20 % ou 0,2.": {"vat_rate": 20.0},
    "Délai de plus de 4 mois : celui des paramètres est utilisé.": {"delay": 9},
    "Canal inconnu : l'ajouter aux paramètres.": {"channel": "Pigeon voyageur"},
    "Thème inconnu : l'ajouter aux paramètres.": {"theme": "Magie"},
    "Deux actions portent ce nom.": {"name": "Autre action"},
    "Deux actions portent ce code.": {"code": "B2"},
    "Une partie de l'action tombe hors des douze mois.": {"end": date(2028, 2, 1)},
    "Objectif nul : l'atteinte ne se calcule pas.": {"target": 0.0},
    "Les partenaires paient plus que le coût.": {"partner": 99999.0},
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_bad_input_is_told_and_the_rest_is_computed(sentence, tmp_path):
    good = Action(
        name="Salon", code="A1", theme="Conquête", channel="Salon", start=date(2027, 3, 1),
        end=date(2027, 4, 30), external=1000, hours=10, hourly=30,
    )  # fmt: skip
    other = replace(good, name="Autre action", code="B2", end=None)
    plan = MarketingPlan(date(2027, 1, 1), (replace(good, **FAULTS[sentence]), other))
    path = tmp_path / "faulty.xlsx"
    desk = write_budget(path, "fr", plan, LISTS)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert values[desk.col("message").at(0)] == sentence
    assert values[desk.book.names["Controle_marketing"]].startswith("1 ")
    assert disagreements(plan, desk, values) == []


def test_a_text_in_a_number_cell_counts_as_0(tmp_path):
    path = tmp_path / "text.xlsx"
    desk = write_budget(path, "fr", MarketingPlan(date(2027, 1, 1), (Action("A"),)), LISTS)
    typed = {
        desk.book.inputs["action.start.1"].ref: "2027-02-01",
        desk.book.inputs["action.external.1"].ref: "mille",
        desk.book.inputs["action.actual.1"].ref: "beaucoup",
        desk.book.inputs["action.contacts.1"].ref: "plein",
        desk.book.inputs["vat_rate"].ref: "vingt",
        desk.book.inputs["hourly"].ref: "cher",
        desk.book.inputs["cut.2"].ref: "tout",
        desk.book.inputs["start"].ref: "janvier",
    }
    values = recalculate_ironcalc(path, typed)
    assert values.errors() == []
    told = [v for v in values[desk.col("message")] if v]
    assert told == ["Un texte se trouve à la place d'un nombre : il compte pour 0."]
    assert values[desk.book.names["Controle_marketing"]].startswith("6 ")


def test_cells_come_back_as_the_plan():
    plan = example_plan("fr")
    cells = cells_of(plan, example_lists("fr"))
    assert plan_of(cells, len(plan.actions)) == plan
    assert lists_of(cells) == example_lists("fr")
    bare = MarketingPlan(date(2027, 1, 1), (Action(), Action()), cuts=(0.0, 0.0, 0.0))
    assert plan_of({}, 2) == bare


def test_a_longer_list_makes_a_longer_table(tmp_path):
    actions = tuple(Action(f"Action {n}", start=date(2027, 2, 1), external=10) for n in range(60))
    plan = MarketingPlan(date(2027, 1, 1), actions)
    desk = write_budget(tmp_path / "long.xlsx", "fr", plan, Lists())
    values = recalculate_ironcalc(tmp_path / "long.xlsx")
    assert values[desk["sum.total"]] == 600
    assert desk.count == 65


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_student_finds_no_answer_in_the_file(lang, tmp_path):
    path = tmp_path / "student.xlsx"
    desk = example(path, lang, "student")
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    given = set(desk.book.given.values())
    right = [v for a in desk.book.answers for v in a.values if isinstance(v, float)]
    secret = [v for v in right if v % 1 or (v > 500 and v not in given)]
    assert len(secret) > 60
    assert answers_found(path, secret, values) == []
    with zipfile.ZipFile(path) as archive:
        names = archive.read("xl/workbook.xml").decode()
    assert "Synthèse" not in names
    assert "Workings" not in names


def test_the_teacher_has_every_answer(tmp_path):
    path = tmp_path / "teacher.xlsx"
    desk = example(path, "fr", "teacher")
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert len(desk.book.answers) == 24
    for answer in desk.book.answers:
        shown = values[answer.ref]
        shown = shown if isinstance(shown, list) else [shown]
        for got, right in zip(shown, answer.values, strict=True):
            if isinstance(right, str):
                assert got == desk.book.t(answer.choices[right])
            else:
                assert got == pytest.approx(right, abs=1e-9)


def test_payments_have_a_name_that_the_treasury_budget_finds(tmp_path):
    path = tmp_path / "example.xlsx"
    desk = example(path, "en")
    ref = desk.book.names[EXPORT]
    assert (ref.last_row - ref.row, ref.last_col - ref.col) == (3, 16)
    values = recalculate_ironcalc(path)
    assert values[ref.sheet, "B6"] == "Marketing cash"
    assert values[desk.rows["gross"]] == values[ref][18:34]


@pytest.mark.parametrize(
    ("change", "sentence", "scores"),
    [
        ({}, "OK", [7.25, 7.1, 7.45, None]),
        (
            {"offer.weight.1": 0.5},
            "Les poids ne font pas 100 % : les notes pondérées sont ramenées à leur somme.",
            [8.65 / 1.2, 8.9 / 1.2, 8.45 / 1.2, None],
        ),
        ({"offer.note1.2": 14}, "Une note sort de l'échelle.", [8.45, 7.1, 7.45, None]),
        (
            {"offer.note2.3": None},
            "Il manque une note : l'offre n'est pas notée.",
            [7.25, None, 7.45, None],
        ),
        ({"offer.weight.6": -0.1}, "Un poids est négatif.", [None] * 4),
    ],
)
def test_comparing_offers(change, sentence, scores, tmp_path):
    path = tmp_path / "offers.xlsx"
    given = example_offers("fr") | change
    plan, lists = MarketingPlan(date(2027, 1, 1)), default_lists("fr")
    desk = write_budget(path, "fr", plan, lists, more=given)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert sentence in values.sheets["Choix d'offres"].values()
    shown = [None if v in (None, "") else v for v in values[desk.rows["offers"]]]
    assert shown == [None if s is None else pytest.approx(s) for s in scores]
    assert offer_scores(given) == [None if s is None else pytest.approx(s) for s in scores]


def test_a_budget_without_actuals_has_no_variance(tmp_path):
    action = Action("Salon", code="A1", start=date(2027, 3, 1), external=1000)
    path = tmp_path / "plan.xlsx"
    desk = write_budget(path, "fr", MarketingPlan(date(2027, 1, 1), (action,)), LISTS)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    blank = ("", None)
    assert values[desk["tracking.7"]] in blank
    assert values[desk["tracking.rate"]] in blank
    assert values[desk["tracking.status"]] in blank
    assert values["Synthèse", "G6"] in blank


def test_an_actual_without_an_action_is_told(tmp_path):
    path = tmp_path / "plan.xlsx"
    desk = write_budget(path, "fr", MarketingPlan(date(2027, 1, 1)), LISTS)
    typed = {desk.book.inputs["action.actual.9"].ref: 500}
    values = recalculate_ironcalc(path, typed)
    assert values[desk.col("message").at(8)] == "Action sans nom."
    assert values[desk.book.names["Controle_marketing"]].startswith("1 ")
