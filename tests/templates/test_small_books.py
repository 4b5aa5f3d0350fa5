"""The seven small workbooks: formulas against models, bad input, copies, two engines, bytes."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from engines import (
    differences,
    foreign_functions,
    recalculate_ironcalc,
    recalculate_libreoffice,
)
from handouts import Engine, disagreements, given_away
from small_books import BOOKS, SmallBook

from xlcrm.catalogue import TEMPLATES
from xlcrm.errors import RequestError

QUICK = 6  # random scenarios of each workbook; tests/benchmarks/small_books_scenarios.py runs more
ALL = pytest.mark.parametrize("book", BOOKS.values(), ids=list(BOOKS))
_CUT = ("lines.", "growth.")  # tables that an exercise cuts to its own length
_OPEN: dict[str, Engine] = {}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A workbook of the worked example, open in the engine; built once."""

    def open_book(book: SmallBook) -> Engine:
        if book.name not in _OPEN:
            path = tmp_path_factory.mktemp(book.name) / "book.xlsx"
            _OPEN[book.name] = Engine(path, book.build(path, "fr"))
        return _OPEN[book.name]

    yield open_book
    _OPEN.clear()


@ALL
def test_random_data_equal_the_model_to_the_cent(book: SmallBook, opened):
    engine = opened(book)
    for seed in range(QUICK):
        data = book.random(seed)
        engine.type(data)
        wrong = disagreements(engine.kit, book.compute(data), engine.at)
        assert (seed, wrong, engine.wrong_checks()) == (seed, [], {})
    assert engine.errors() == []


@ALL
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_in_both_languages(tmp_path: Path, book: SmallBook, lang):
    path = tmp_path / "book.xlsx"
    kit = book.build(path, lang)
    values = recalculate_ironcalc(path)
    assert disagreements(kit, book.compute(book.model.EXAMPLE), values.__getitem__) == []
    assert values.errors() == []
    assert foreign_functions(path) == []
    name = "Controle_general" if lang == "fr" else "Overall_check"
    assert values[kit.book.names[name]] == "OK"


@ALL
@pytest.mark.libreoffice
def test_libreoffice_agrees(tmp_path: Path, book: SmallBook):
    path = tmp_path / "book.xlsx"
    kit = book.build(path, "fr")
    values = recalculate_libreoffice(path)
    assert disagreements(kit, book.compute(book.model.EXAMPLE), values.__getitem__) == []
    assert differences(recalculate_ironcalc(path), values) == []


@ALL
def test_an_empty_workbook_asks_and_shows_no_error(tmp_path: Path, book: SmallBook):
    path = tmp_path / "empty.xlsx"
    engine = Engine(path, book.build(path, "fr", variant="empty"))
    engine.model.evaluate()
    assert engine.errors() == []
    assert "À compléter." in engine.wrong_checks().values()


@ALL
def test_each_entry_left_out_or_wrong_shows_no_error(book: SmallBook, opened):
    """Every input in turn: empty, a text, a negative, a rate typed as 20, a huge number."""
    engine = opened(book)
    engine.type(book.model.EXAMPLE)
    keys = list(engine.kit.book.inputs)
    for k, key in enumerate(keys):
        if k % 3 != len(book.name) % 3 and "." in key:
            continue  # a third of the cells of grids
        for wrong in (None, "vingt", -5, 20):
            engine.type({key: wrong})
            assert (key, wrong, engine.errors()) == (key, wrong, [])
        place = engine.kit.book.inputs[key]
        engine.type({key: engine.kit.book.given.get(key)})
        assert place.key == key
    assert engine.wrong_checks() == {}


@ALL
def test_the_student_finds_what_the_teacher_knows(tmp_path: Path, book: SmallBook):
    student, teacher = tmp_path / "s.xlsx", tmp_path / "t.xlsx"
    kit = book.build(student, "fr", variant="exercise")
    assert given_away(student, kit) == []
    known = book.build(teacher, "fr", teacher=True)
    values = recalculate_ironcalc(teacher)
    assert values.errors() == []
    exact = book.compute(book.model.EXERCISE)
    exact = {k: v for k, v in exact.items() if not k.startswith(_CUT)}
    assert disagreements(known, exact, values.__getitem__) == []
    typed: dict[Any, Any] = {}
    for mine, right in zip(kit.book.answers, known.book.answers, strict=True):
        found = values[right.ref]
        found = found if isinstance(found, list) else [found]
        typed |= dict(zip(mine.ref.cells(), found, strict=True))
    done = recalculate_ironcalc(student, typed)
    assert [done[a.verdict] for a in kit.book.answers] == ["OK"] * len(kit.book.answers)
    blank = recalculate_ironcalc(student)
    assert {blank[a.verdict] for a in kit.book.answers} == {"À faire"}
    assert blank[kit.book.names["Controle_general"]] == "OK"
    assert blank.errors() == []


@ALL
def test_a_wrong_answer_is_to_review(tmp_path: Path, book: SmallBook):
    path = tmp_path / "s.xlsx"
    kit = book.build(path, "en", variant="exercise")
    number = next(a for a in kit.book.answers if a.kind in ("amount", "money") and not a.choices)
    values = recalculate_ironcalc(path, {number.ref: number.values[0] + 1000})
    assert str(values[number.verdict]).startswith("Review")


@ALL
@pytest.mark.parametrize(
    ("variant", "teacher"), [("example", False), ("exercise", False), ("exercise", True)]
)
def test_the_same_bytes_every_time(tmp_path: Path, book: SmallBook, variant, teacher):
    builds = [tmp_path / f"{k}.xlsx" for k in range(2)]
    for path in builds:
        book.build(path, "en", teacher, variant)
    assert builds[0].read_bytes() == builds[1].read_bytes()


@ALL
def test_data_of_a_trainer(tmp_path: Path, book: SmallBook):
    """Other data for the same exercise give both copies; an unknown key is told."""
    data = book.random(3)
    path = tmp_path / "t.xlsx"
    kit = book.build(path, "fr", teacher=True, data=data)
    values = recalculate_ironcalc(path)
    exact = {k: v for k, v in book.compute(data).items() if not k.startswith(_CUT)}
    assert disagreements(kit, exact, values.__getitem__) == []
    with pytest.raises(RequestError, match="Donnée inconnue"):
        book.build(tmp_path / "u.xlsx", "fr", data={"nowhere": 1})


def test_all_are_in_the_catalogue():
    names = {entry.build: entry for entry in TEMPLATES.values()}
    for book in BOOKS.values():
        entry = names[book.build]
        assert entry.group == "budgets"
        assert entry.has_teacher_copy
        assert [v.name for v in entry.variants] == ["example", "empty", "exercise"]


def test_a_project_yields_the_same_alone_or_within_a_business(opened):
    """The activity before the project must count neither in its flows nor in its NPV."""
    book = BOOKS["financing_plan"]
    engine = opened(book)
    alone = {"sales": [120000.0] * 5, "variable": [0.5] * 5, "fixed": [20000.0] * 5,
             "need_days": 36, "sales_before": None, "ebitda_before": [None] * 5}  # fmt: skip
    within = {"sales": [360000.0] * 5, "fixed": [80000.0] * 5, "sales_before": 240000.0,
              "ebitda_before": [60000.0] * 5}  # fmt: skip
    found = []
    for typed in (alone, alone | within):
        engine.type(book.model.EXAMPLE | typed)
        found.append([engine[key] for key in ("yield.flow", "npv", "irr", "payback")])
    assert found[0] == found[1]
    assert found[0][0][:2] == [-112000.0, 33650.0]  # 40 000 less 25 % of (40 000 - 14 600)
    engine.type(
        book.model.EXAMPLE | alone | within | {"ebitda_before": [60000.0, 50000.0] * 2 + [0]}
    )
    assert engine["yield.flow"][1:3] == [33650.0, 32150.0]  # 24 650, and 7 500 of 10 000
    engine.type(book.model.EXAMPLE)
    assert (engine["npv"], engine["irr"]) == (8191.46, 0.101574)


def test_date_of_the_dead_point_has_the_base_of_its_days(opened):
    """60 % of a year: the 219th day of the calendar, or 7 months of 30 days and 6 days."""
    book = BOOKS["break_even"]
    engine = opened(book)
    rest = [None] * 10
    half = {"sales": 360000, "costs.label": ["A", "B", *rest],
            "costs.amount": [60000, 180000, *rest], "costs.variable": [1, 0, *rest]}  # fmt: skip
    found = []
    for days in (365, 360, 300):
        engine.type(book.model.EXERCISE | half | {"days": days, "start": date(2026, 1, 1)})
        found.append((engine["dead_point"], engine["dead_date"]))
    assert found == [
        (219.0, 46241.0),  # 7 August
        (216.0, 46240.0),
        (180.0, 46240.0),
    ]


RATE = "Taux trop grand : taper 20 % ou 0,2, et non 20."
ROW = "une ligne est à revoir (colonne Contrôle)."
PAST = date(2020, 1, 1)
BAD = [
    ("credit", "discount_rate", 8.5, "Taux d'escompte", RATE),
    ("credit", "bills.due.1", PAST, "Effets", ROW),
    ("credit", "bills.nominal.2", -100, "Effets", ROW),
    ("credit", "scale.day.3", date(2026, 12, 1), "Mouvements", ROW),
    ("credit", "start_date", date(2027, 1, 2), "Début de la période et", "après la première"),
    ("credit", "rates.start.1", date(2027, 6, 1), "Taux (Pénalités)", ROW),
    ("credit", "need_days", 0, "Durée (jours)", "Au moins 1."),
    ("placements", "offers.months.1", None, "Durée (mois)", "À compléter."),
    ("placements", "offers.rate.2", 3, "Taux annuel (Offres", RATE),
    ("placements", "operations.day.1", PAST, "Opérations", ROW),
    ("break_even", "sales", -1, "Chiffre d'affaires HT", "Saisir un nombre supérieur à 0."),
    ("break_even", "months.sales.4", None, "Ventes des mois", ROW),
    ("break_even", "months.sales.4", 99, "Ventes de l'année", "La somme des mois diffère"),
    ("break_even", "costs.variable.1", 50, "Charges (Seuil)", ROW),
    ("break_even", "days", 400, "Jours d'activité", "Au plus 366."),
    ("working_capital", "sheet.cash.2", 1, "Équilibre du bilan, Année N", "n'est pas équilibré"),
    ("working_capital", "flows.sales.1", 0, "Chiffre d'affaires HT (Ro", "supérieur à 0."),
    ("working_capital", "items.time.2", "trente", "Postes", ROW),
    ("financing_plan", "horizon", 7, "Durée du plan", "Au plus 5."),
    ("financing_plan", "loans.years.1", 0, "Emprunts", ROW),
    ("financing_plan", "sales.3", None, "Chiffre d'affaires de chaque année", "Il manque"),
    ("financing_plan", "sales.1", 300000, "Activité totale", "est inférieur à celui d'avant"),
    ("financing_plan", "ebitda_before.2", None, "Excédent brut sans", "Saisir aussi"),
    ("financing_plan", "tax_rate", 25, "Taux d'impôt", RATE),
    ("customer_risk", "invoices.customer.1", "Inconnu", "Factures (Factures)", ROW),
    ("customer_risk", "customers.name.2", "Bio Sud", "Clients (Clients)", ROW),
    ("customer_risk", "bounds.2", 10, "Ordre des bornes", "Les bornes doivent croître"),
    ("customer_risk", "firms.total.1", 1, "Équilibre des bilans", "ne font pas le total"),
    ("customer_risk", "reference.gearing", None, "Références", "Une référence manque"),
]


@pytest.mark.parametrize(("name", "key", "typed", "label", "sentence"), BAD)
def test_bad_input_is_told_in_a_sentence(opened, name, key, typed, label, sentence):
    book = BOOKS[name]
    engine = opened(book)
    engine.type(book.model.EXAMPLE)
    engine.type({key: typed})
    said = [text for place, text in engine.wrong_checks().items() if place.startswith(label)]
    assert [text for text in said if sentence in text]
    assert engine.errors() == []
    engine.type(book.model.EXAMPLE)
    assert engine.wrong_checks() == {}


def test_the_solution_tells_ratios_and_tolerances_as_one_writes_them(tmp_path: Path):
    path = tmp_path / "risk.xlsx"
    BOOKS["customer_risk"].build(path, "fr", teacher=True)
    told = recalculate_ironcalc(path).sheets["Corrigé"].values()
    assert "(stocks + créances + disponibilités) / dettes à court terme" in told
    assert "dettes financières / CAF" in told
    path = tmp_path / "even.xlsx"
    BOOKS["break_even"].build(path, "fr", teacher=True)
    sheet = openpyxl.load_workbook(path)["Corrigé"]
    shapes = [row[7].number_format for row in sheet.iter_rows(min_row=5) if row[7].value == 0]
    assert [shape for shape in shapes if '"jour"' in shape] == ['[<2]0\\ "jour";0\\ "jours"'] * 2
