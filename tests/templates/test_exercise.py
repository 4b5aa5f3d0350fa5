import math
import re
from io import BytesIO
from pathlib import Path

import ironcalc
import pytest
from engines import (
    answers_found,
    foreign_functions,
    recalculate_ironcalc,
    recalculate_libreoffice,
)

from xlcrm.catalogue import TEMPLATES
from xlcrm.cells import to_serial
from xlcrm.errors import RequestError
from xlcrm.templates.builder import Mode, TemplateBook
from xlcrm.templates.exercise import Answer, make_lock, opens
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import number_format
from xlcrm.texts import Text

SALES = [1000.0, 2345.67, 0.1, 12000.0]
TAXED = [1200.0, 2814.8, 0.12, 14400.0]
CHOICES = {"loan": Text(fr="Emprunt", en="Loan"), "overdraft": Text(fr="Découvert", en="Overdraft")}


def text(words: str) -> Text:
    return Text(fr=words, en=words)


def build(target: object, mode: Mode, **given: object) -> TemplateBook:
    with TemplateBook(
        target, "fr", title=text("Essai"), mode=mode, given=given, code="try"
    ) as book:  # type: ignore[arg-type]
        sheet = book.sheet(text("Calcul"), "work", widths=[2, 20, 12, 12, 12, 12, 14])
        rate = sheet.input(3, 2, "rate", 0.2, "percent", name=text("Taux"))
        sales = sheet.inputs(4, 2, "sales", SALES)
        sheet.answer(
            5, 2, f"=ROUND({{c}}{sales.line}*(1+{rate}),2)", TAXED,
            label="TTC", explanation="HT x (1 + taux)", points=4, verdict=(5, 6),
        )  # fmt: skip
        sheet.answer(
            6, 2, "=SUM(C6:F6)", 28414.92, "money",
            label="Total", explanation="Somme", tolerance=1, verdict=(6, 6),
        )  # fmt: skip
        sheet.answer(
            7, 2, '=IF(C7>0,"Emprunt","Découvert")', "loan", "text", choices=CHOICES,
            label="Mode", explanation="Le moins cher", tolerance=0, verdict=(7, 6),
        )  # fmt: skip
        sheet.check(8, 2, "SUM(C6:F6)=C7", text("Total faux"), text("Total"))
        checks = book.sheet(text("Contrôles"), "check", widths=[2, 40, 40])
        checks.check_list(4, 1, text("Etat"))
        sheet.status("Etat")
    return book


def verdicts(path: Path, typed: dict[str, object]) -> list[object]:
    cells = {Ref("Calcul", int(a[1:]) - 1, ord(a[0]) - 65): v for a, v in typed.items()}
    values = recalculate_ironcalc(path, cells)
    return [values["Calcul", f"G{line}"] for line in (6, 7, 8)]


def test_verdicts_are_live(tmp_path: Path) -> None:
    path = tmp_path / "student.xlsx"
    build(path, "student")
    assert verdicts(path, {}) == ["À faire"] * 3
    assert verdicts(path, {"C6": 1200, "D6": 2814.81, "E6": 0.12}) == [
        "À revoir (3/4)", "À faire", "À faire",
    ]  # fmt: skip
    right = {"C6": 1200, "D6": 2814.8, "E6": 0.12, "F6": 14400}
    assert verdicts(path, {**right, "C7": 28415.92, "C8": "Emprunt"}) == ["OK"] * 3
    assert verdicts(path, {**right, "C7": 28415.93, "C8": "Découvert"}) == [
        "OK", "À revoir", "À revoir",
    ]  # fmt: skip
    assert verdicts(path, {"C6": 9e99, "C7": "=1/0", "C8": 12})[1:] == ["À revoir", "À revoir"]


def test_score_counts_points(tmp_path: Path) -> None:
    path = tmp_path / "student.xlsx"
    build(path, "student")
    values = recalculate_ironcalc(path, {Ref("Calcul", 6, 2): 28414.0})
    assert values["Mon score", "G9"] == 1.0


def test_student_copy_holds_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "student.xlsx"
    build(path, "student")
    now = recalculate_ironcalc(path)
    assert answers_found(path, [2814.8, 14400.0, 28414.92], now) == []
    teacher = tmp_path / "teacher.xlsx"
    build(teacher, "teacher")
    found = answers_found(teacher, [2814.8], recalculate_ironcalc(teacher))
    assert found == ["Calcul!D6: 2814.8", "Corrigé!J5: 2814.8"]


def test_teacher_copy_shows_results_and_french_formulas(tmp_path: Path) -> None:
    path = tmp_path / "teacher.xlsx"
    build(path, "teacher")
    values = recalculate_ironcalc(path)
    assert values.errors() == []
    assert values[Ref("Calcul", 5, 2, 5, 5)] == TAXED
    assert values["Corrigé", "E5"] == "=ARRONDI(C5*(1+Taux);2)"
    assert values["Corrigé", "G8"] == 6.0
    assert values["Contrôles", "C5"] == "OK"
    assert foreign_functions(path) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees_on_the_fingerprints(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "student.xlsx"
    build(path, "student")
    book = openpyxl.load_workbook(path)
    for address, value in {"C6": 1200, "D6": 2814.8, "E6": 0.12, "F6": 1, "C7": 28413.92}.items():
        book["Calcul"][address] = value
    book.save(path)
    values = recalculate_libreoffice(path)
    assert [values["Calcul", f"G{line}"] for line in (6, 7, 8)] == [
        "À revoir (3/4)", "OK", "À faire",
    ]  # fmt: skip


def test_lock_opens_within_the_tolerance_only() -> None:
    for value, tolerance in [(0.0, 0.01), (-1500.5, 0.5), (98765432.1, 1.0), (12.0, 0.0)]:
        lock = make_lock(value, "money", tolerance, "x")
        edge = tolerance
        assert [opens(lock, value + d) for d in (-edge - 0.01, -edge, 0, edge, edge + 0.01)] == [
            False, True, True, True, False,
        ]  # fmt: skip


def test_lock_collisions_are_rare() -> None:
    lock = make_lock(31415.92, "money", 0.0, "y")  # four amounts below 900,000 euros open it
    assert sum(opens(lock, cents / 100) for cents in range(3_000_000, 3_200_000)) == 1


def test_builds_are_byte_identical() -> None:
    first, second = BytesIO(), BytesIO()
    build(first, "student")
    build(second, "student")
    assert first.getvalue() == second.getvalue()


def test_unknown_input_names_itself() -> None:
    with pytest.raises(RequestError, match="Donnée inconnue dans ce modèle : taux"):
        build(BytesIO(), "plain", taux=1)


def test_function_that_calc_lacks_is_refused() -> None:
    with TemplateBook(BytesIO(), "fr", title=text("Essai")) as book:
        sheet = book.sheet(text("A"), "work", widths=[2, 10])
        with pytest.raises(ValueError, match=r"A B4: \['XLOOKUP'\]"):
            sheet.formula(3, 1, "=XLOOKUP(1,A1:A2,B1:B2)")


EXERCISES = [name for name, entry in TEMPLATES.items() if entry.has_teacher_copy]


def unrounded(formula: str) -> str:
    """The formula as one who does not round types it: ROUND(x, n) is x."""
    while found := re.search(r"(?<![A-Z])ROUND\(", formula):
        depth, comma = 1, 0
        for end in range(found.end(), len(formula)):
            depth += {"(": 1, ")": -1}.get(formula[end], 0)
            if formula[end] == "," and depth == 1:
                comma = end
            if not depth:
                break
        inner = formula[found.end() : comma]
        formula = f"{formula[: found.start()]}({inner}){formula[end + 1 :]}"
    return formula


def as_shown(answer: Answer, value: float) -> float:
    """The value that a student reads in the cell: rounded to the decimals of its format."""
    shape = number_format(answer.kind, "en").split(";")[0]
    decimals = re.search(r"0\.(0+)", shape)
    digits = (len(decimals[1]) if decimals else 0) + (2 if "%" in shape else 0)
    return math.copysign(math.floor(abs(value) * 10**digits + 0.5) / 10**digits, value)


def refused(answer: Answer, index: int, typed: float) -> bool:
    right = answer.values[index]
    number = to_serial(right) if hasattr(right, "year") else float(right)
    return not opens(make_lock(number, answer.kind, answer.tolerance, "any"), typed)


@pytest.mark.parametrize("name", EXERCISES)
def test_exact_and_shown_values_are_right_answers(name: str, tmp_path: Path, monkeypatch) -> None:
    """Whoever rounds nothing, or types what the solution shows, has all points."""
    books: list[TemplateBook] = []
    close = TemplateBook.close
    monkeypatch.setattr(
        TemplateBook, "close", lambda book, *last: [books.append(book), close(book, *last)]
    )
    path = tmp_path / "teacher.xlsx"
    TEMPLATES[name].build(path, "en", True, "exercise")
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    sheets = {s["name"]: k for k, s in enumerate(model.get_worksheets_properties())}
    aside, asked = 400, []
    for answer in books[0].answers:
        for index, cell in enumerate(answer.ref.cells()):
            sheet = sheets[cell.sheet]
            formula = unrounded(model.get_cell_content(sheet, cell.row + 1, cell.col + 1))
            if not answer.choices:
                model.set_user_input(sheet, cell.row + 1, cell.col + aside, formula)
                asked.append((answer, index, sheet, cell))
    model.evaluate()
    wrong = []
    for answer, index, sheet, cell in asked:
        exact = model.get_cell_value(sheet, cell.row + 1, cell.col + aside)
        known = model.get_cell_value(sheet, cell.row + 1, cell.col + 1)
        for typed in (exact, known, as_shown(answer, float(known)), as_shown(answer, float(exact))):
            if refused(answer, index, float(typed)):
                wrong.append((cell.sheet, cell.a1, answer.label, answer.tolerance, typed))
    assert asked
    assert wrong == []
