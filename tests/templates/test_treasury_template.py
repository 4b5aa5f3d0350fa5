"""The treasury workbook agrees with the model, says what is wrong, and gives no answer away."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from engines import (
    Values,
    answers_found,
    differences,
    foreign_functions,
    recalculate_ironcalc,
    recalculate_libreoffice,
)
from treasury_compare import build_and_compare, disagreements
from treasury_plans import random_plan, random_scenario

from xlcrm.budget.plan import Due, Funding, Line, NewLoan, Opening, Plan
from xlcrm.budget.treasury import treasury_budget
from xlcrm.errors import RequestError
from xlcrm.templates.formulas import Ref
from xlcrm.templates.treasury import VARIANTS, build_treasury
from xlcrm.templates.treasury.draft import Draft
from xlcrm.templates.treasury.examples import marielle, published_exercise
from xlcrm.templates.treasury.plan_reading import plan_of
from xlcrm.templates.treasury.workbook import build_workbook

CASES = Path(__file__).parent.parent / "cases" / "treasury"


def case(number: str) -> dict[str, Any]:
    return json.loads(next(CASES.glob(f"{number}_*.json")).read_text(encoding="utf-8"))


def built(path: Path, plan: Plan, **given: Any) -> tuple[Draft, Values]:
    draft = build_workbook(path, "fr", plan, given=given, width=max(6, plan.months))
    return draft, recalculate_ironcalc(path)


def row(draft: Draft, values: Values, key: str, count: int) -> list[float]:
    return [values[cell] or 0.0 for cell in draft.rows[key].cells()[:count]]


def overall(draft: Draft, values: Values) -> Any:
    return values[draft.book.names["Controle_general"]]


def complaints(draft: Draft, values: Values) -> list[str]:
    return [values[ref] for _, ref in draft.book.checks if values[ref] != "OK"]


@pytest.mark.parametrize("seed", range(20))
def test_formulas_and_model_agree_to_the_cent(seed: int, tmp_path: Path) -> None:
    plan = random_plan(seed)
    scenarios = [random_scenario(seed * 7 + k, plan.months) for k in range(7)]
    found = build_and_compare(tmp_path / "a.xlsx", plan, scenarios, recalculate_ironcalc)
    assert found == []


@pytest.mark.parametrize("seed", range(1000, 1004))
def test_twelve_months_agree_too(seed: int, tmp_path: Path) -> None:
    plan = random_plan(seed, 12)
    scenarios = [random_scenario(seed * 7 + k, plan.months) for k in range(7)]
    found = build_and_compare(tmp_path / "a.xlsx", plan, scenarios, recalculate_ironcalc, 12)
    assert found == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_worked_example_in_libreoffice(lang: Any, tmp_path: Path) -> None:
    example = marielle(lang)
    draft = build_treasury(tmp_path / "a.xlsx", lang, variant="example")
    values = recalculate_libreoffice(tmp_path / "a.xlsx")
    assert disagreements(draft, example.plan, example.scenarios, values) == []
    other = recalculate_ironcalc(tmp_path / "a.xlsx")
    assert differences(values, other) == []


@pytest.mark.libreoffice
def test_random_plans_in_libreoffice(tmp_path: Path) -> None:
    for seed in (101, 102):
        plan = random_plan(seed)
        scenarios = [random_scenario(seed * 7 + k, plan.months) for k in range(7)]
        found = build_and_compare(tmp_path / "a.xlsx", plan, scenarios, recalculate_libreoffice)
        assert found == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("variant", "teacher"),
    [(v.name, False) for v in VARIANTS] + [("case", True), ("exercise", True)],
)
def test_every_variant_is_sound(lang: Any, variant: str, teacher: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    draft = build_treasury(path, lang, teacher, variant)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert foreign_functions(path) == []
    assert complaints(draft, values) == []
    again = BytesIO()
    build_treasury(again, lang, teacher, variant)
    assert path.read_bytes() == again.getvalue()


def test_unknown_variant_names_those_that_exist() -> None:
    with pytest.raises(RequestError, match="il y a : vierge, annee, exemple, cas, exercice"):
        build_treasury(BytesIO(), variant="complet")


def test_published_case_01_in_the_template(tmp_path: Path) -> None:
    wanted = case("01")["expected"]
    draft = build_treasury(tmp_path / "a.xlsx", "fr", True, "exercise")
    values = recalculate_ironcalc(tmp_path / "a.xlsx")
    assert row(draft, values, "vat.collected", 4) == wanted["vat_collected"]
    goods, assets = (row(draft, values, f"vat.{k}", 4) for k in ("deductible", "assets"))
    both = [a + b for a, b in zip(goods, assets, strict=True)]
    assert both == wanted["vat_deductible"]
    assert row(draft, values, "vat.due", 4) == wanted["vat_to_pay"]
    received = row(draft, values, "sales.paid", 4)[1:] + row(draft, values, "sales.left", 4)[3:]
    assert received == list(wanted["sales_cash_in_from_current_and_prev"].values())


def test_published_case_03_in_the_template(tmp_path: Path) -> None:
    given, wanted = case("03")["input"], case("03")["expected"]
    plan = Plan(
        months=3,
        sales=(Line("V", 0.2, shares=(0.3, 0.5, 0.2), amounts=tuple(given["sales_ht"])),),
        purchases=(Line("A", 0.2, shares=(0.4, 0.6), amounts=tuple(given["purchases_ht"])),),
        opening=Opening(
            receivables=Due(120000, tuple(given["opening_receivables"])),
            payables=Due(90000, tuple(given["opening_payables"])),
            equity=30000,
        ),
    )
    draft, values = built(tmp_path / "a.xlsx", plan)
    assert row(draft, values, "cash.receipts", 3) == wanted["cash_in"]
    paid = zip(
        row(draft, values, "purchases.paid", 3), row(draft, values, "out.opening.payables", 3),
        strict=True,
    )  # fmt: skip
    assert [a + b for a, b in paid] == wanted["cash_out_purchases"]
    assert row(draft, values, "sales.left", 3)[2] == wanted["receivables_end"]
    assert row(draft, values, "purchases.left", 3)[2] == wanted["payables_end"]
    assert overall(draft, values) == "OK"


def test_published_case_24_in_the_template(tmp_path: Path) -> None:
    given = case("24")["input"]
    plan = Plan(
        months=1,
        other_receipts=(given["cash_in"],),
        other_payments=(given["cash_out"],),
        opening=Opening(cash=given["opening"], equity=given["opening"]),
    )
    draft, values = built(tmp_path / "a.xlsx", plan)
    assert row(draft, values, "cash.net", 1) == [case("24")["expected"]["closing"]]


def test_published_case_25_in_the_template(tmp_path: Path) -> None:
    given, wanted = case("25")["input"], case("25")["expected"]
    plan = Plan(
        months=2,
        other_receipts=tuple(given["receipts"]),
        # As published for July; 165,525 + 54,000 makes 219,525, not 220,026.
        other_payments=(wanted["payments"][0], given["inventory"][1] + given["sga"][1]),
        opening=Opening(cash=given["opening"], equity=given["opening"]),
        funding=Funding(minimum=14000, partners_most=1e9, partners_rate=0.24),
    )
    draft, values = built(tmp_path / "a.xlsx", plan)
    assert row(draft, values, "cash.partners", 2) == [11526, 1020.52]  # published: 1,021
    assert row(draft, values, "cash.partners_interest", 2) == [0, 230.52]  # published: 231
    assert row(draft, values, "cash.net", 2) == wanted["ending"]


def test_published_case_26_in_the_template(tmp_path: Path) -> None:
    given, wanted = case("26")["input"], case("26")["expected"]
    out = zip(given["inventory"], given["expenses"], given["equipment"], strict=True)
    plan = Plan(
        months=3,
        other_receipts=tuple(given["receipts"]),
        other_payments=tuple(sum(costs) for costs in out),
        opening=Opening(cash=given["opening"], equity=given["opening"]),
        funding=Funding(
            minimum=given["min_cash"], partners_most=1e9, partners_step=given["step"],
            partners_rate=0.12, partners_interest="repaid", partners_repay="month",
            partners_month=3,
        ),
    )  # fmt: skip
    draft, values = built(tmp_path / "a.xlsx", plan)
    assert row(draft, values, "cash.partners", 3) == wanted["borrow"]
    assert row(draft, values, "cash.partners_interest", 3) == wanted["interest"]
    assert row(draft, values, "cash.repaid", 3) == wanted["repay"]
    assert row(draft, values, "cash.net", 3) == wanted["ending"]


BAD = [
    ({"sales.1.share.1": 0.5}, "Les parts ne font pas 100 %."),
    ({"sales.1.rate": 20}, "Taux supérieur à 100 % : taper 20 % ou 0,2, et non 20."),
    ({"sales.1.rate": "vingt"}, "Taux de TVA absent ou illisible."),
    ({"sales.1.amount.2": -500}, "Montant négatif : saisir des montants positifs."),
    ({"sales.1.amount.2": None}, "Il manque un mois : saisir 0 si le montant est nul."),
    (
        {"purchases.2.amount.3": "abc"},
        "Un texte se trouve à la place d'un nombre : il compte pour 0.",
    ),
    ({"wages.1": "abc"}, "Un texte se trouve à la place d'un nombre : il compte pour 0."),
    ({"opening.cash": 9000}, "Le total de l'actif et le total du passif diffèrent."),
    ({"schedule.receivables.2": 1}, "L'échéancier et le bilan d'ouverture diffèrent."),
    ({"opening.vat_credit": 100}, "Le total de l'actif et le total du passif diffèrent."),
    ({"loans.1.count": 0}, "Un emprunt a au moins une mensualité."),
    ({"loans.1.rate": 4.2}, "Taux supérieur à 100 % : taper 5 % ou 0,05, et non 5."),
    ({"loans.1.month": 9}, "Donner le numéro d'un mois du budget."),
    ({"start": None}, "Date absente ou illisible : le budget part de janvier 2027."),
    ({"start": "janvier"}, "Date absente ou illisible : le budget part de janvier 2027."),
    ({"months": 7}, "Saisir un nombre entier de 1 à 6."),
    ({"months": "six"}, "Saisir un nombre."),
    ({"funding.overdraft_rate": 9.6}, "Taux supérieur à 100 % : taper 20 % ou 0,2, et non 20."),
    ({"currencies.1.rate.3": None}, "Cours manquant pour un mois où il y a un montant."),
    (
        {"vat_refunds.2": 5000},
        "Remboursement demandé supérieur au crédit : il est ramené au crédit.",
    ),
    ({"social_delay": 5}, "Saisir un nombre entier de 0 à 3."),
    ({"scenario.2.loan_amount": 500, "scenario.2.loan_count": 0}, "Emprunt sans mensualité."),
    ({"scenario.3.loan_rate": 8}, "Un taux dépasse 100 % : taper 8 %."),
    ({"scenario.3.loss": "x"}, "Un texte est à la place d'un nombre."),
    ({"wages.4": None}, "Il manque un mois : saisir 0 si le montant est nul."),
    ({"social_charges.2": None}, "Il manque un mois : saisir 0 si le montant est nul."),
    (
        {"schedule.payables.later": "abc"},
        "Un texte se trouve à la place d'un nombre : il compte pour 0.",
    ),
    ({"loans.1.fees": -20}, "Montant négatif."),
    ({"closing_stock": -1}, "Stock négatif."),
    ({"scenario.2.loss_month": None}, "Le mois manque : saisir son numéro."),
    ({"scenario.5.loan_month": 0}, "Le mois manque : saisir son numéro."),
    ({"scenario.6.discount_month": None}, "Le mois manque : saisir son numéro."),
    ({"scenario.8.partners_month": None}, "Le mois manque : saisir son numéro."),
    ({"scenario.2.loss_month": 2.5}, "Mois et nombres : saisir un entier."),
    ({"scenario.3.delay": "un peu"}, "Choisir dans la liste."),
    ({"funding.order": "banque"}, "Choisir dans la liste."),
    ({"funding.overdraft_timing": None}, "Choisir dans la liste."),
    ({"sales.2.timing": "abc"}, "TVA exigible : choisir dans la liste."),
    ({"loans.1.mode": "linéaire"}, "Choisir dans la liste."),
    ({"currencies.1.quote": ""}, "Choisir dans la liste."),
    ({"opening.source": "liste"}, "Choisir dans la liste."),
    ({"textbook": "peut-être"}, "Choisir dans la liste."),
    ({"working_days": "x"}, "Jour ouvré : choisir Oui ou Non."),
    (
        {
            "items.1.side": "in",
            "items.1.issued": date(2027, 1, 9),
            "items.1.terms": "90 jours",
            "items.1.amount": 100,
        },
        "Une facture au moins est à revoir.",
    ),
    (
        {
            "items.1.side": "in",
            "items.1.issued": date(2027, 1, 9),
            "items.1.due": date(2027, 1, 2),
            "items.1.amount": 100,
        },
        "Une facture au moins est à revoir.",
    ),
]


@pytest.mark.parametrize(("bad", "sentence"), BAD, ids=lambda v: str(v)[:40])
def test_bad_input_is_named_and_no_cell_shows_an_error(
    bad: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    example = marielle("fr")
    draft = build_workbook(
        tmp_path / "a.xlsx", "fr", example.plan, scenarios=example.scenarios, given=bad
    )
    values = recalculate_ironcalc(tmp_path / "a.xlsx")
    assert values.errors() == []
    assert sentence in complaints(draft, values)
    assert overall(draft, values) != "OK"
    assert sentence in values["Contrôles", "C5"] or len(complaints(draft, values)) > 1


def test_text_everywhere_shows_no_error(tmp_path: Path) -> None:
    example = marielle("fr")
    draft = build_workbook(tmp_path / "a.xlsx", "fr", example.plan, scenarios=example.scenarios)
    given = {key: "abc" for key, place in draft.book.inputs.items() if not place.choices}
    build_workbook(tmp_path / "b.xlsx", "fr", example.plan, given=given)
    assert recalculate_ironcalc(tmp_path / "b.xlsx").errors() == []


def test_due_dates_of_the_list_are_those_of_the_functions(tmp_path: Path) -> None:
    from xlcrm.budget.terms import due_date
    from xlcrm.cells import to_serial
    from xlcrm.templates.treasury.choices import TERMS, TERMS_READ

    issued = [date(2026, 11, 16), date(2027, 1, 31), date(2026, 12, 1)]
    given: dict[str, Any] = {"opening.source": "list", "working_days": "yes"}
    wanted = []
    for k, (day, terms) in enumerate((d, t) for d in issued for t in TERMS):
        given |= {
            f"items.{k + 1}.side": "in",
            f"items.{k + 1}.issued": day,
            f"items.{k + 1}.terms": terms,
            f"items.{k + 1}.amount": 10.0 * (k + 1),
        }
        wanted.append(to_serial(due_date(day, TERMS_READ[terms], "next")))
    draft, values = built(tmp_path / "a.xlsx", Plan(), **given)
    first = draft.book.inputs["items.1.due"].ref
    shown = [values[Ref(first.sheet, first.row + k, first.col + 2)] for k in range(len(wanted))]
    assert shown == wanted
    got = row(draft, values, "opening.receivables", 6)
    later = values[Ref("Ouverture", draft.rows["opening.receivables"].row, draft.total)]
    assert sum(got) + (later or 0) == sum(10.0 * (k + 1) for k in range(len(wanted)))


@pytest.mark.parametrize("terms", ["90 jours", None])
def test_terms_that_are_not_in_the_list_lead_to_no_date(terms: str | None, tmp_path: Path) -> None:
    given = {
        "opening.source": "list",
        "items.1.side": "in",
        "items.1.issued": date(2027, 1, 9),
        "items.1.terms": terms,
        "items.1.amount": 100,
    }
    draft, values = built(tmp_path / "a.xlsx", Plan(), **given)
    due = draft.book.inputs["items.1.due"].ref
    assert values[Ref(due.sheet, due.row, due.col + 2)] in (None, "")
    assert sum(row(draft, values, "opening.receivables", 6)) == 0
    assert plan_of(draft.book.given, 6).opening.receivables.months == (0.0,) * 6


def known_figures(draft: Draft) -> set[float]:
    """What the exercise gives: its data, and their plain sums by month and by row."""
    return {abs(v) for v in draft.book.given.values() if isinstance(v, (int, float))}


@pytest.mark.parametrize("variant", ["case", "exercise"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_student_copy_gives_no_answer_away(variant: str, lang: Any, tmp_path: Path) -> None:
    path = tmp_path / "student.xlsx"
    draft = build_treasury(path, lang, False, variant)
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    answers = {abs(v) for answer in draft.book.answers for v in answer.values if v}
    hidden = [v for v in answers - known_figures(draft) if v != int(v) or v > 999]
    assert len(hidden) > 20
    assert answers_found(path, hidden, values) == []


@pytest.mark.parametrize("variant", ["case", "exercise"])
def test_answers_of_the_model_are_those_of_the_formulas(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "teacher.xlsx"
    draft = build_treasury(path, "fr", True, variant)
    values = recalculate_ironcalc(path)
    for answer in draft.book.answers:
        shown = [values[cell] or 0.0 for cell in answer.ref.cells()]
        assert shown == pytest.approx(list(answer.values), abs=1e-9), answer.label


def test_right_answers_make_every_row_ok(tmp_path: Path) -> None:
    path = tmp_path / "student.xlsx"
    draft = build_treasury(path, "fr", False, "exercise")
    typed = {
        cell: value
        for answer in draft.book.answers
        for cell, value in zip(answer.ref.cells(), answer.values, strict=True)
    }
    values = recalculate_ironcalc(path, typed)
    assert {values[a.verdict] for a in draft.book.answers if a.verdict} == {"OK"}
    points = sum(answer.points for answer in draft.book.answers)
    last = 4 + len(draft.book.answers)
    assert values["Mon score", f"G{last + 2}"] == points


def test_one_answer_does_not_reveal_the_next(tmp_path: Path) -> None:
    """With every answer but one typed in, no cell shows the one that is missing."""
    path = tmp_path / "student.xlsx"
    draft = build_treasury(path, "fr", False, "exercise")
    given = known_figures(draft)
    for left_out in draft.book.answers:
        typed = {
            cell: value
            for answer in draft.book.answers
            if answer is not left_out
            for cell, value in zip(answer.ref.cells(), answer.values, strict=True)
        }
        others = {abs(v) for v in typed.values()}
        secret = {abs(v) for v in left_out.values if v} - others - given
        values = recalculate_ironcalc(path, typed)
        shown = {
            abs(v)
            for name, cells in values.sheets.items()
            for v in cells.values()
            if isinstance(v, float)
        }
        assert not secret & shown, (left_out.label, secret & shown)


def test_teachers_data_sheet_drives_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "teacher.xlsx"
    draft = build_treasury(path, "fr", True, "case")
    assert draft.book.data
    at = next(k for k, r in enumerate(draft.book.data.rows) if r.key == "sales.1.amount.1")
    values = recalculate_ironcalc(path, {Ref("Données", 5 + at, 4): 99000.0})
    assert values[draft.rows["sales.1.gross"].at(0)] == 118800.0


def test_published_exercise_is_the_model() -> None:
    budget = treasury_budget(published_exercise("fr").plan)
    assert budget.balance.cash == [24752.0, -45604.0, -7405.0, 33055.0]


def test_loan_at_no_rate_has_no_error(tmp_path: Path) -> None:
    plan = Plan(months=4, loans=(NewLoan(100, 1, 0.0, 3),))
    draft, values = built(tmp_path / "a.xlsx", plan)
    assert row(draft, values, "loans.1.payment", 4) == [0, 33.33, 33.33, 33.34]
    assert values.errors() == []


def test_repaid_principal_counts_existing_and_new_loans(tmp_path: Path) -> None:
    plan = Plan(months=4, loan_principal=(600,) * 4, loans=(NewLoan(100, 1, 0.0, 3),))
    draft, values = built(tmp_path / "a.xlsx", plan)
    assert row(draft, values, "repaid_principal", 4) == [600, 633.33, 633.33, 633.34]
    label = values[draft.rows["income.other_vat"].sheet, f"B{draft.rows['income.other_vat'].line}"]
    assert label == "TVA récupérée sur décaissements saisis TTC"


@pytest.mark.parametrize(
    ("funding", "words"),
    [
        (Funding(limit=500), ["À découvert (dans le plafond)", "Découvert > plafond", ""]),
        (Funding(), ["Découvert > plafond", "Découvert > plafond", ""]),
        (Funding(limit=500, minimum=50), ["Sous le minimum", "Découvert > plafond", ""]),
    ],
)
def test_an_overdraft_within_its_limit_is_not_under_a_minimum(
    funding: Funding, words: list[str], tmp_path: Path
) -> None:
    plan = Plan(months=3, wages=(400, 300, 0), capital=(0, 0, 2000), funding=funding)
    draft, values = built(tmp_path / "a.xlsx", plan)
    shown = [values[cell] or "" for cell in draft.rows["cash.alert"].cells()[:3]]
    assert shown == words
