"""« Pourquoi ? » on the cells of a workbook after a run."""

import pytest

import xlcrm.commands  # noqa: F401  fills the catalogue
from xlcrm.books.memory import MemoryBook
from xlcrm.books.results import Column, ResultSheet, Table
from xlcrm.catalogue import FUNCTIONS, Kind, find_command
from xlcrm.commands.job import run
from xlcrm.front.why import explain

BASE = [
    ["Nom", "Prénom", "Tél.", "E-mail", "CP", "Ville"],
    ["DURAND", "zoe", "06.12.34.56.78", "zoe@gmail.com", 1000, "bourg"],
    ["Petit", "Luc", "061234", "luc@@x", "75001", "Paris"],
    [None, None, None, None, None, None],
]


@pytest.fixture(scope="module")
def cleaned() -> MemoryBook:
    book = MemoryBook({"Base": BASE})
    run(find_command("clean"), book)
    return book


def _row_of(book: MemoryBook, sheet: str, value: str) -> int:
    rows = book.read(sheet).rows
    return next(n for n, row in enumerate(rows, 1) if value in row)


def test_a_corrected_cell_of_the_users_sheet(cleaned: MemoryBook) -> None:
    assert explain(cleaned, "Base", 2, 3) == (
        "Tél. : « 06.12.34.56.78 » est devenu « 06 12 34 56 78 » "
        "(numéro de téléphone mis en forme)."
    )


def test_a_cell_that_could_not_be_used(cleaned: MemoryBook) -> None:
    told = explain(cleaned, "Base", 3, 3)
    assert told.startswith("Tél. : « 061234 » a été vidé (")
    assert told.endswith("Tél. « 061234 » : numéro trop court : il manque des chiffres.")


def test_a_cell_of_the_result_tells_the_source_column(cleaned: MemoryBook) -> None:
    sheet = "Contacts nettoyés"
    row = _row_of(cleaned, sheet, "Durand")
    labels = next(r for r in cleaned.read(sheet).rows if "Téléphone" in r)
    told = explain(cleaned, sheet, row, labels.index("Téléphone") + 1)
    assert told.startswith("Tél. : « 06.12.34.56.78 » est devenu « 06 12 34 56 78 »")
    assert "Ville" not in told


def test_a_line_of_the_journal(cleaned: MemoryBook) -> None:
    sheet = cleaned.made()["journal"]
    row = _row_of(cleaned, sheet, "06.12.34.56.78")
    assert explain(cleaned, sheet, row, 1, lang="en").startswith('Tél.: "06.12.34.56.78" became ')


def test_a_score_tells_its_own_reason() -> None:
    book = MemoryBook({"Base": BASE})
    table = Table(
        [Column("Nom"), Column("Score", "points"), Column("Pourquoi"), Column("Groupe")],
        [["Durand", 9, "récent, fréquent", "A"], ["Petit", 3, None, "C"]],
        marks={(0, 0): "changed", (0, 1): "missing", (0, 2): "doubt", (0, 3): "good"},
    )
    book.write([ResultSheet("Scores", "scores", "Scores", [table], notes=["note"])])
    row = _row_of(book, "Scores", "Durand")
    assert explain(book, "Scores", row, 2) == "Pourquoi : récent, fréquent."
    assert explain(book, "Scores", row + 1, 2).startswith("Rien à expliquer en B")


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("=CRM_PHONE(C3)", "CRM_TELEPHONE : numéro trop court : il manque des chiffres."),
        ("=CRM_TELEPHONE($C$3)", "CRM_TELEPHONE : numéro trop court : il manque des chiffres."),
        ("='C:\\Mes macros\\xlcrm.xlam'!CRM_PHONE(Base!C3)", "CRM_TELEPHONE : numéro trop court"),
        ('=CRM_PHONE("061234")', "CRM_TELEPHONE : numéro trop court : il manque des chiffres."),
        ("=CRM_PHONE(C4)", "CRM_TELEPHONE : la cellule lue est vide."),
        ("=CRM_PHONE()", "CRM_TELEPHONE prend de "),
        ("=CRM_PHONE(Autre!A1)", "CRM_TELEPHONE : "),
        ("=CRM_PHONE(UPPER(C3))", "CRM_TELEPHONE : "),
    ],
)
def test_a_function_tells_what_stops_it(formula: str, told: str) -> None:
    assert explain(MemoryBook({"Base": BASE}), "Base", 2, 9, formula).startswith(told)


def test_a_refused_argument_is_told_with_its_reason() -> None:
    entry = next(
        e for e in FUNCTIONS.values() if len(e.params) == 1 and e.params[0].kind is Kind.NUMBER
    )
    told = explain(MemoryBook({"Base": BASE}), "Base", 2, 9, f'={entry.en}("abc")', "en")
    assert told == f'{entry.en} : Argument "{entry.params[0].name}": "abc" is not a number.'


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("#N/A", "#N/A : une recherche n'a rien trouvé"),
        ("#NOM?", "#NOM? : le nom de la fonction est inconnu ici"),
        ("Err:504", "Err:504 : un argument n'est pas du genre attendu"),
    ],
)
def test_an_error_value_is_explained(value: str, told: str) -> None:
    book = MemoryBook({"S": [["x"], [value]]})
    assert explain(book, "S", 2, 1, "=RECHERCHEV(1)").startswith(told)


def test_nothing_to_explain_is_said() -> None:
    book = MemoryBook({"S": [["x"], ["y"]]})
    assert explain(book, "S", 2, 28) == (
        "Rien à expliquer en AB2 : xlcrm n'y a rien calculé ni corrigé. Choisissez une cellule "
        "d'une feuille de résultat, du Journal, ou une formule CRM_."
    )
    assert explain(book, "S", 900, 1, lang="en").startswith("Nothing to explain in A900")
