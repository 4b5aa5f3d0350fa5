"""All data of an exercise in one sheet of the teacher's copy.

The yellow cells of the other sheets read from it, so that the teacher sees what a change does;
the command `exercise` reads it back and writes both copies anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xlcrm.books.book import Grid
from xlcrm.errors import SourceError
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import CellKind
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    from xlcrm.templates.builder import TemplateBook, TemplateSheet

NAME = Text("Données", "Data")
_FIRST = 5
_PLACE, _LABEL, _DETAIL, _VALUE, _KEY = 1, 2, 3, 4, 5
_MARK = "xlcrm"
MONTH = Text("mois {n}", "month {n}")


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    ref: Ref
    value: Any
    kind: CellKind
    choices: Mapping[str, Text] | None


@dataclass(slots=True)
class DataSheet:
    """The sheet under construction. `code` says which template, and what variant, it belongs to."""

    book: TemplateBook
    code: str
    rank: Text = MONTH  # of an input among several without a heading
    sheet: TemplateSheet = field(init=False)
    rows: list[_Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sheet = self.book.sheet(
            NAME,
            "input",
            widths=[2, 26, 44, 22, 28, 26],
            title=Text("Données de l'exercice", "Data of the exercise"),
            subtitle=Text(
                "Changer une valeur ici, enregistrer, puis lancer la commande « Sujet et corrigé » "
                ": "
                "les deux copies sont refaites.",
                "Change a value here, save, then run the command “Exercise and solution”: both "
                "copies are made anew.",
            ),
            landscape=False,
            freeze=(_FIRST, 0),
        )

    def add(
        self, key: str, ref: Ref, value: Any, kind: CellKind, choices: Mapping[str, Text] | None
    ) -> Ref:
        """Take in the value of an input cell, and give the cell that now holds it."""
        self.rows.append(_Row(key, ref, value, kind, choices))
        return Ref(self.sheet.name, _FIRST + len(self.rows) - 1, _VALUE)

    def write(self) -> None:
        """Write every row, when all sheets are there to say what it means."""
        sheet = self.sheet
        sheet.label(
            3,
            _LABEL,
            Text("Ne pas changer la dernière colonne.", "Leave the last column as it is."),
            "trace",
        )
        sheet.label(3, _KEY, f"{_MARK}:{self.code}:{self.book.lang}", "trace")
        heads = [Text("Feuille", "Sheet"), Text("Donnée", "Item"), Text("Précision", "Detail")]
        sheet.header(_FIRST - 1, 1, [*heads, Text("Valeur", "Value"), Text("Clé", "Key")])
        for k, row in enumerate(self.rows):
            at = _FIRST + k
            label, detail = self._words(row)
            sheet.value(at, _PLACE, row.ref.sheet, "formula", "general")
            sheet.value(at, _LABEL, label, "formula", "general")
            sheet.value(at, _DETAIL, detail, "formula", "general")
            sheet.value(at, _VALUE, row.value, "input", row.kind)
            sheet.label(at, _KEY, row.key, "trace")
            sheet.validate(Ref(sheet.name, at, _VALUE), row.kind, choices=row.choices)

    def _words(self, row: _Row) -> tuple[str, str]:
        """What a row is about: the label of its line, and its column or month."""
        texts = next(s.texts for s in self.book.sheets if s.name == row.ref.sheet)
        label = texts.get((row.ref.row, 1), ("", "label"))[0]
        stem = row.key
        while not label and "." in stem:
            stem = stem.rsplit(".", 1)[0]
            label = str(self.book.given.get(f"{stem}.label") or "")
        above = ""
        for r in range(row.ref.row - 1, 2, -1):  # up to the heading of the section
            if texts.get((r, 1), ("", ""))[1] == "section":
                break
            words, role = texts.get((r, row.ref.col), ("", ""))
            if role == "header":
                above = words
                break
        last = row.key.rsplit(".", 1)[-1]
        if not label and above and last.isdigit():
            label = self.book.t(Text("Ligne {n}", "Row {n}").format(n=last))
        if not above and last.isdigit():
            return label, self.book.t(self.rank.format(n=last))
        return label, above


@dataclass(frozen=True, slots=True)
class Given:
    """What a data sheet says: its template's code, its language, the values by key."""

    code: str
    lang: Lang
    values: dict[str, Any]


def read_data_sheet(grid: Grid, name: str) -> Given:
    """Read a data sheet back. Raises SourceError if it is none. `name` is the file's, for that."""
    cells = {
        (grid.top + r, grid.left + c): value
        for r, line in enumerate(grid.rows)
        for c, value in enumerate(line)
    }
    mark = str(cells.get((4, _KEY + 1)) or "")
    parts = mark.split(":")
    if len(parts) < 3 or parts[0] != _MARK:
        raise SourceError(
            fr=f"La feuille « {grid.sheet} » ({name}) n'est pas une feuille Données d'xlcrm : "
            "partez de la copie du formateur d'un exercice.",
            en=f'Sheet "{grid.sheet}" ({name}) is no data sheet of xlcrm: start from the '
            "teacher's copy of an exercise.",
        )
    values: dict[str, Any] = {}
    row = _FIRST + 1
    while key := cells.get((row, _KEY + 1)):
        value = cells.get((row, _VALUE + 1))
        values[str(key)] = value.date() if isinstance(value, datetime) else value
        row += 1
    lang: Lang = "en" if parts[-1] == "en" else "fr"
    return Given(":".join(parts[1:-1]), lang, values)


def chosen(value: Any, choices: Mapping[str, Text] | None) -> Any:
    """The key of a choice from its label in either language; any other value as it is.

    >>> chosen("Oui", {"yes": Text("Oui", "Yes"), "no": Text("Non", "No")})
    'yes'
    """
    for key, text in (choices or {}).items():
        if value in (text.fr, text.en):
            return key
    return value


def day_of(value: Any) -> Any:
    """A date out of a date and time; anything else as it is."""
    return value.date() if isinstance(value, datetime) else value
