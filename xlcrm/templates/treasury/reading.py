"""A treasury workbook that somebody filled in, read back as a plan."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlcrm.books.book import Book, Grid
from xlcrm.budget.plan import Plan
from xlcrm.budget.scenarios import Scenario
from xlcrm.errors import SourceError
from xlcrm.templates.data_sheet import NAME as DATA
from xlcrm.templates.data_sheet import chosen, day_of, read_data_sheet
from xlcrm.templates.treasury import choices
from xlcrm.templates.treasury.home import CODE, HOME
from xlcrm.templates.treasury.plan_reading import plan_of, scenarios_of
from xlcrm.templates.treasury.workbook import build_workbook
from xlcrm.texts import Lang


@dataclass(frozen=True, slots=True)
class Filled:
    """What a treasury workbook holds. `sheets` are the names of its own sheets."""

    plan: Plan
    scenarios: list[Scenario]
    cells: dict[str, Any]
    lang: Lang
    width: int
    sheets: list[str]


def read_treasury(book: Book) -> Filled:
    """Read the inputs of a treasury workbook: a tool, or a teacher's copy by its data sheet.

    Raises SourceError where the book holds none, or only a student's copy.
    """
    names = book.sheets()
    for lang in ("fr", "en"):
        if HOME.in_(lang) in names and (mark := _mark(book.read(HOME.in_(lang)))):
            width, mode = mark
            if mode == "plain":
                return _read_tool(book, lang, width)
            if DATA.in_(lang) in names:
                return _read_data(book, lang, width)
    raise SourceError(
        fr=f"{book.name} n'est pas un budget de trésorerie d'xlcrm, ou n'en est qu'une copie "
        "d'élève. Créez-en un : xlcrm template tresorerie.",
        en=f"{book.name} is no treasury budget of xlcrm, or but a student's copy of one. Make one: "
        "xlcrm template treasury.",
    )


def _mark(grid: Grid) -> tuple[int, str] | None:
    """The number of month columns and the kind of copy, from the mark on the home sheet."""
    for line in grid.rows:
        for value in line:
            if isinstance(value, str) and value.startswith(f"{CODE}:"):
                _, _, width, mode = value.split(":")
                return int(width), mode
    return None


def _read_tool(book: Book, lang: Lang, width: int) -> Filled:
    made = build_workbook(BytesIO(), lang, Plan(), width=width).book
    grids: dict[str, Grid] = {}
    names = book.sheets()
    cells: dict[str, Any] = {}
    for key, place in made.inputs.items():
        name = place.ref.sheet
        if name not in names:
            raise SourceError(
                fr=f"La feuille « {name} » manque dans {book.name} : repartez du modèle.",
                en=f'Sheet "{name}" is missing in {book.name}: start from the template again.',
            )
        if name not in grids:
            grids[name] = book.read(name)
        grid = grids[name]
        row, col = place.ref.row + 1 - grid.top, place.ref.col + 1 - grid.left
        inside = 0 <= row < len(grid.rows) and 0 <= col < len(grid.rows[row])
        value = grid.rows[row][col] if inside else None
        cells[key] = chosen(day_of(value), place.choices)
    own = [sheet.name for sheet in made.sheets]
    plan, scenarios = plan_of(cells, width), scenarios_of(cells)
    return Filled(plan, scenarios, cells, lang, width, own)


def _read_data(book: Book, lang: Lang, width: int) -> Filled:
    given = read_data_sheet(book.read(DATA.in_(lang)), book.name)
    cells = {key: _canonical(key, value) for key, value in given.values.items()}
    return Filled(plan_of(cells, width), [], cells, lang, width, book.sheets())


def _canonical(key: str, value: Any) -> Any:
    """A choice by its key, whichever language its label is in."""
    name = key.rsplit(".", 1)[-1]
    return chosen(day_of(value), choices.CHOICES.get(name))
