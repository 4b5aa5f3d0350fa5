"""« Pourquoi ? »: one sentence about a cell, for whatever spreadsheet program asks.

It knows four places: a cell with a function of ours, a line of the Journal or the Anomalies, a
result sheet (its own reason column, then what the Journal says of the source row), and the user's
own sheets (what the Journal and the Anomalies say of that row).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xlcrm import cells
from xlcrm.books.addresses import column_letters, column_number
from xlcrm.books.book import Book, Grid
from xlcrm.books.look import LEGEND
from xlcrm.calling import call
from xlcrm.catalogue import FUNCTIONS, FunctionEntry
from xlcrm.columns import fold, recognise
from xlcrm.commands.headers import find_header
from xlcrm.commands.tables import ROW, SOURCE
from xlcrm.errors import RequestError, XlcrmError
from xlcrm.texts import LANGUAGES, Lang, Text

# The labels of columns that explain their row, without accents.
_REASONS = (
    *("pourquoi", "why", "raison", "reason", "motif", "explication", "explanation"),
    *("signification", "meaning", "lecture", "reading", "ce qui", "what "),
)
_RULES = ("regle", "rule", "ce qui ne va pas", "what is wrong")
_MOST_SENTENCES = 4
_ERRORS: dict[str, Text] = {
    "#N/A": Text(
        fr="une recherche n'a rien trouvé : la valeur cherchée manque dans la liste.",
        en="a search found nothing: the value is not in the list.",
    ),
    "#VALUE!": Text(
        fr="un argument n'est pas du genre attendu, par exemple un texte à la place d'un nombre.",
        en="an argument is not of the kind expected, such as a text in place of a number.",
    ),
    "#REF!": Text(
        fr="la formule vise une cellule ou une feuille qui a été supprimée.",
        en="the formula points at a cell or a sheet that was deleted.",
    ),
    "#DIV/0!": Text(
        fr="la formule divise par zéro ou par une cellule vide.",
        en="the formula divides by zero or by a blank cell.",
    ),
    "#NUM!": Text(
        fr="le calcul n'a pas de solution avec ces nombres.",
        en="the calculation has no solution with these numbers.",
    ),
    "#NAME?": Text(
        fr="le nom de la fonction est inconnu ici : xlcrm n'est pas chargé, ou le nom est mal "
        "écrit. Lancez Diagnostic.",
        en="the name of the function is unknown here: xlcrm is not loaded, or the name is "
        "misspelt. Run Check-up.",
    ),
    "#SPILL!": Text(
        fr="le résultat a plusieurs cellules et il n'y a pas la place : videz les cellules "
        "autour de la formule.",
        en="the result takes several cells and there is no room: empty the cells around it.",
    ),
}
_OTHER_NAMES = {
    "#VALEUR!": "#VALUE!",
    "#NOMBRE!": "#NUM!",
    "#NOM?": "#NAME?",
    "#PROPAGATION!": "#SPILL!",
    "#NA": "#N/A",
    "Err:502": "#VALUE!",
    "Err:504": "#VALUE!",
    "Err:508": "#NAME?",
    "Err:519": "#VALUE!",
}
_REFERENCE = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!:\s]+))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell that somebody asks about; rows and columns from 1."""

    book: Book
    sheet: str
    row: int
    column: int
    lang: Lang

    def value(self) -> Any:
        return _value(self.book.read(self.sheet), self.row, self.column)


def explain(
    book: Book, sheet: str, row: int, column: int, formula: str | None = None, lang: Lang = "fr"
) -> str:
    """Why a cell shows what it shows, in a sentence or two; row and column from 1.

    `formula` is what stands in the cell, in English notation, where the program can tell.
    """
    place = Place(book, sheet, row, column, lang)
    sentences = dict.fromkeys(_stopped(text) for text in _sentences(place, formula))
    return " ".join(list(sentences)[:_MOST_SENTENCES]) if sentences else _nothing(place)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _sentences(place: Place, formula: str | None) -> Iterator[str]:
    told = _about_function(place, formula) if formula else None
    if told:
        yield told
        return
    value = place.value()
    if isinstance(value, str) and value in cells.ERROR_VALUES:
        meaning = _ERRORS.get(_OTHER_NAMES.get(value, value))
        if meaning is not None:
            yield f"{value} : {meaning.in_(place.lang)}"
            return
    roles = {name: role for role, name in place.book.made().items()}
    role = roles.get(place.sheet)
    if role in ("journal", "anomalies"):
        yield from _about_line(place)
    elif role is not None:
        yield from _about_result(place)
    else:
        yield from _about_source(place, place.sheet, place.row, _label(place))


def _about_function(place: Place, formula: str) -> str | None:
    """What a function of ours in the cell says: its refusal, its issue, or what it is for."""
    name, parts = _call_of(formula)
    entry = _entry(name)
    if entry is None:
        return None
    arguments = _arguments(place, parts)
    name = entry.en if place.lang == "en" else entry.fr
    if arguments is not None:
        try:
            call(entry, arguments, place.lang)
            issue = _issue(entry, arguments, place.lang)
        except XlcrmError as error:
            text = error.in_(place.lang)
            return text if text.startswith(name) else f"{name} : {text}"
        if issue:
            return f"{name} : {issue}"
        if arguments and all(cells.is_blank(a) for a in arguments):
            blank = Text(fr="la cellule lue est vide.", en="the cell it reads is blank.")
            return f"{name} : {blank.in_(place.lang)}"
    return f"{name} : {entry.summary.in_(place.lang)}"


def _call_of(formula: str) -> tuple[str, list[str]]:
    """The name and the arguments of a formula that is one call; else no name.

    >>> _call_of("='xlcrm.xlam'!CRM_ROI(SUM(A1,A2), B1)")
    ('CRM_ROI', ['SUM(A1,A2)', 'B1'])
    >>> _call_of("=CRM_ROI(A1)+CRM_ROI(A2)")
    ('', [])
    """
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token, TokenizerError

    try:
        tokens = [t for t in Tokenizer(formula).items if t.type != Token.WSPACE]
    except TokenizerError:
        return "", []
    if not tokens or tokens[0].type != Token.FUNC:
        return "", []
    parts, depth = [""], 0
    for token in tokens[1:]:
        if depth < 0:  # something stands behind the call
            return "", []
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        if token.type == Token.SEP and depth == 0:
            parts.append("")
        elif depth >= 0:
            parts[-1] += token.value
    return tokens[0].value[:-1].rpartition("!")[2], parts if parts != [""] else []


def _entry(name: str) -> FunctionEntry | None:
    wanted = name.upper()
    return next((e for e in FUNCTIONS.values() if wanted in (e.en, e.fr)), None)


def _issue(entry: FunctionEntry, arguments: Sequence[Any], lang: Lang) -> str | None:
    """What the twin of a function that tells issues says of the same arguments."""
    stems = [e for e in FUNCTIONS.values() if e.en.endswith(("_ISSUE", "_WHY"))]
    twins = [e for e in stems if entry.en.startswith(e.en.rpartition("_")[0])]
    for twin in sorted(twins, key=lambda e: -len(e.en)):
        if sum(p.required for p in twin.params) <= len(arguments):
            told = call(twin, arguments[: len(twin.params)], lang)
            return told if isinstance(told, str) else None
    return None


def _arguments(place: Place, parts: Sequence[str]) -> list[Any] | None:
    """The values of the arguments of a formula; None where one is more than a reference."""
    values = []
    for part in parts:
        read = _argument(place, part)
        if read is None:
            return None
        values.append(read[0])
    return values


def _argument(place: Place, text: str) -> tuple[Any] | None:
    if not text:
        return (None,)
    if text.startswith('"') and text.endswith('"'):
        return (text[1:-1].replace('""', '"'),)
    if text.upper() in ("TRUE", "FALSE"):
        return (text.upper() == "TRUE",)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?%?", text):
        return (cells.to_number(text),)
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    sheet = (match[1] or "").replace("''", "'") or match[2] or place.sheet
    try:
        grid = place.book.read(sheet)
    except RequestError:
        return None
    top, left = int(match[4]), column_number(match[3].upper())
    if not match[5]:
        return (_value(grid, top, left),)
    bottom, right = int(match[6]), column_number(match[5].upper())
    return ([[_value(grid, r, c) for c in range(left, right + 1)] for r in range(top, bottom + 1)],)


def _value(grid: Grid, row: int, column: int) -> Any:
    r, c = row - grid.top, column - grid.left
    if 0 <= r < len(grid.rows) and 0 <= c < len(grid.rows[r]):
        return grid.rows[r][c]
    return None


def _about_line(place: Place) -> Iterator[str]:
    """A line of the Journal or the Anomalies, as a sentence."""
    line = _record(place.book.read(place.sheet), place.row)
    if line is not None:
        yield _told(line, place.lang)


def _about_result(place: Place) -> Iterator[str]:
    """A row of a result: its own reason, then what was corrected on the way."""
    record = _record(place.book.read(place.sheet), place.row)
    if record is None:
        return
    own = [
        f"{label} : {cells.to_text(value)}"
        for label, value in record.items()
        if not cells.is_blank(value) and fold(label).startswith(_REASONS)
    ]
    yield from own
    source, row = _of(record, SOURCE), _of(record, ROW)
    if source is not None and isinstance(row, (int, float)):
        yield from _about_source(place, str(source), int(row), _label(place), only=bool(own))


def _about_source(
    place: Place, sheet: str, row: int, label: str | None, only: bool = False
) -> Iterator[str]:
    """What the Journal and the Anomalies say of a row: of the column, else (not `only`) of all."""
    lines = [line for line in _trail(place.book) if _is_about(line, sheet, row)]
    in_column = [line for line in lines if label and _same(label, _of(line, _COLUMN))]
    for line in in_column or ([] if only else lines):
        yield _told(line, place.lang)


def _same(label: str, other: Any) -> bool:
    """Two labels of one column: a result may call "Téléphone" what the sheet calls "Tél."."""
    key = recognise(label)
    return fold(label) == fold(str(other)) or (key is not None and key == recognise(other))


def _trail(book: Book) -> Iterator[dict[str, Any]]:
    made = book.made()
    for role in ("journal", "anomalies"):
        if role in made:
            grid = book.read(made[role])
            for position in range(len(grid.rows)):
                record = _record(grid, grid.top + position)
                if record is not None:
                    yield record


def _is_about(line: dict[str, Any], sheet: str, row: int) -> bool:
    number = _of(line, ROW)
    return _of(line, SOURCE) == sheet and isinstance(number, (int, float)) and int(number) == row


_COLUMN = Text(fr="Colonne", en="Column")
_BEFORE, _AFTER = Text(fr="Avant", en="Before"), Text(fr="Après", en="After")
_VALUE = Text(fr="Valeur", en="Value")


def _told(line: dict[str, Any], lang: Lang) -> str:
    """A line of the Journal or the Anomalies as a sentence."""
    reason = next((v for k, v in line.items() if fold(k).startswith(_RULES)), None)
    before, after = _of(line, _BEFORE), _of(line, _AFTER)
    if before is None and after is None:
        before = _of(line, _VALUE)
        text = Text(fr="{column} « {before} » : {reason}", en='{column} "{before}": {reason}')
    elif cells.is_blank(after):
        text = Text(
            fr="{column} : « {before} » a été vidé ({reason}).",
            en='{column}: "{before}" was emptied ({reason}).',
        )
    else:
        text = Text(
            fr="{column} : « {before} » est devenu « {after} » ({reason}).",
            en='{column}: "{before}" became "{after}" ({reason}).',
        )
    return text.format(
        column=_of(line, _COLUMN) or "",
        before=cells.to_text(before) or "",
        after=cells.to_text(after) or "",
        reason=str(reason or "").rstrip("."),
    ).in_(lang)


def _of(record: dict[str, Any], label: Text) -> Any:
    """The value under a label, in either language."""
    names = {fold(label.in_(lang)) for lang in LANGUAGES}
    return next((v for k, v in record.items() if fold(k) in names), None)


def _record(grid: Grid, row: int) -> dict[str, Any] | None:
    """The row of a table by label; None for a row that is a title, a header or blank."""
    position = row - grid.top
    header = _header(grid, position)
    if header is None or header >= position or not any(_filled(grid.rows[position])):
        return None
    return {
        str(label): value
        for label, value in zip(grid.rows[header], grid.rows[position], strict=False)
        if label is not None
    }


def _header(grid: Grid, position: int) -> int | None:
    """The header of the table around a row of a sheet of ours: its row with the most labels."""
    if not 0 <= position < len(grid.rows):
        return None
    top = position
    while top > 0 and any(_filled(grid.rows[top - 1])):
        top -= 1
    candidates = [r for r in range(top, position + 1) if not _is_legend(grid.rows[r])]
    return max(candidates, key=lambda r: (_texts(grid.rows[r]), -r), default=None)


def _is_legend(row: Sequence[Any]) -> bool:
    known = {text.in_(lang) for text in LEGEND.values() for lang in LANGUAGES}
    return all(value in known for value in row if value is not None)


def _texts(row: Sequence[Any]) -> int:
    return sum(isinstance(value, str) and bool(value.strip()) for value in row)


def _filled(row: Sequence[Any]) -> list[bool]:
    return [not cells.is_blank(value) for value in row]


def _label(place: Place) -> str | None:
    """The label of the asked cell's column."""
    grid = place.book.read(place.sheet)
    if place.sheet in place.book.made().values():
        header = _header(grid, place.row - grid.top)
        value = _value(grid, grid.top + header, place.column) if header is not None else None
        return str(value) if value is not None else None
    try:
        labels = find_header(grid).labels
    except XlcrmError:
        return None
    position = place.column - grid.left
    return labels[position] if 0 <= position < len(labels) else None


def _nothing(place: Place) -> str:
    return (
        Text(
            fr="Rien à expliquer en {cell} : xlcrm n'y a rien calculé ni corrigé. Choisissez une "
            "cellule d'une feuille de résultat, du Journal, ou une formule CRM_.",
            en="Nothing to explain in {cell}: xlcrm computed or corrected nothing there. Choose a "
            "cell of a result sheet, of the Journal, or a CRM_ formula.",
        )
        .format(cell=f"{column_letters(place.column)}{place.row}")
        .in_(place.lang)
    )
