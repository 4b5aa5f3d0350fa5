"""A small workbook that somebody filled in, read back as the data of its builder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlcrm.books.book import Book, Grid
from xlcrm.catalogue import TEMPLATES, TemplateEntry
from xlcrm.errors import SourceError
from xlcrm.templates.data_sheet import NAME as DATA
from xlcrm.templates.data_sheet import chosen, day_of, read_data_sheet
from xlcrm.templates.form import OVERALL, Kit
from xlcrm.templates.formulas import Ref
from xlcrm.templates.handout import HOME, MARK
from xlcrm.templates.inputs import Choices
from xlcrm.texts import Lang


@dataclass(frozen=True, slots=True)
class FilledHandout:
    """What a small workbook holds: `data` are its inputs by key, as its builder takes them."""

    entry: TemplateEntry
    lang: Lang
    data: dict[str, Any]


def read_handout(book: Book) -> FilledHandout | None:
    """The data of a small workbook: a tool, or a teacher's copy. None for any other workbook.

    Raises SourceError for a student's copy, and where the workbook's own checks do not say OK.
    """
    langs: tuple[Lang, ...] = ("fr", "en")
    for lang in langs:
        if HOME.in_(lang) not in book.sheets():
            continue
        mark = _mark(book.read(HOME.in_(lang)))
        if mark and mark[0] in TEMPLATES:
            return _read(book, TEMPLATES[mark[0]], lang, mark[1])
    return None


def _mark(grid: Grid) -> tuple[str, str] | None:
    """Which template made it, and which copy, from the mark on the home sheet."""
    for line in grid.rows:
        for value in line:
            if isinstance(value, str) and value.startswith(f"{MARK}:") and value.count(":") == 2:
                _, name, mode = value.split(":")
                return name, mode
    return None


def _read(book: Book, entry: TemplateEntry, lang: Lang, mode: str) -> FilledHandout:
    if mode == "student":
        raise SourceError(
            fr=f"{book.name} est une copie d'élève : partez de la copie du formateur.",
            en=f"{book.name} is a student's copy: start from the teacher's copy.",
        )
    made: Kit = entry.build(BytesIO(), lang, mode == "teacher")
    wanted = {place.ref.sheet for place in made.book.inputs.values()} | {DATA.in_(lang)}
    overall = made.book.names[made.book.t(OVERALL)]
    wanted.add(overall.sheet)
    grids = {name: book.read(name) for name in book.sheets() if name in wanted}
    _refuse_unsound(book, overall, grids)
    cells = {
        key: _typed(_at(book, grids, place.ref), place.choices)
        for key, place in made.book.inputs.items()
    }
    if made.book.data:
        given = read_data_sheet(grids[DATA.in_(lang)], book.name).values
        for key, value in given.items():
            cells[key] = _typed(value, made.book.inputs[key].choices)
    return FilledHandout(entry, lang, _gathered(made.given, cells))


def _at(book: Book, grids: Mapping[str, Grid], ref: Ref) -> Any:
    if ref.sheet not in grids:
        raise SourceError(
            fr=f"La feuille « {ref.sheet} » manque dans {book.name} : repartez du modèle.",
            en=f'Sheet "{ref.sheet}" is missing in {book.name}: start from the template again.',
        )
    grid = grids[ref.sheet]
    row, col = ref.row + 1 - grid.top, ref.col + 1 - grid.left
    inside = 0 <= row < len(grid.rows) and 0 <= col < len(grid.rows[row])
    return grid.rows[row][col] if inside else None


def _typed(value: Any, choices: Choices | None) -> Any:
    """A value as the models take it: a choice by its key, a day, a whole number as one."""
    value = chosen(day_of(value), choices)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def _refuse_unsound(book: Book, overall: Ref, grids: Mapping[str, Grid]) -> None:
    state = _at(book, grids, overall)
    if state == "OK":
        return
    if not state:
        raise SourceError(
            fr=f"{book.name} n'a pas été recalculé depuis son dernier changement : ouvrez-le dans "
            "Excel ou LibreOffice, enregistrez-le, puis relancez.",
            en=f"{book.name} was not recalculated since its last change: open it in Excel or "
            "LibreOffice, save it, and run this again.",
        )
    first = _at(book, grids, Ref(overall.sheet, overall.row + 1, overall.col))
    raise SourceError(
        fr=f"Les données de {book.name} sont à revoir. {first}",
        en=f"The data of {book.name} need a look. {first}",
    )


def _gathered(shape: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """Cells by key put together into lists, where the builder has lists."""
    return {
        key: [cells[f"{key}.{k}"] for k in range(1, len(value) + 1)]
        if isinstance(value, (list, tuple))
        else cells[key]
        for key, value in shape.items()
    }
