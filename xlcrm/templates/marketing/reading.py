"""A marketing workbook that somebody filled in, read back as a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from xlcrm.books.book import Book, Grid
from xlcrm.budget.marketing import MarketingPlan
from xlcrm.errors import SourceError
from xlcrm.templates.data_sheet import chosen, day_of
from xlcrm.templates.marketing.build import write_budget
from xlcrm.templates.marketing.home import CODE, HOME
from xlcrm.templates.marketing.inputs import COUNTS, Lists, lists_of, plan_of
from xlcrm.texts import Lang


@dataclass(frozen=True, slots=True)
class Filled:
    """What a marketing workbook holds: its plan without the empty rows, and its lists."""

    plan: MarketingPlan
    lists: Lists
    lang: Lang
    sheets: list[str]  # the names of its own sheets
    more: dict[str, Any]  # inputs that are no part of the plan


def holds_marketing(book: Book) -> bool:
    """Whether a book is a marketing workbook of xlcrm."""
    return _mark(book) is not None


def read_marketing(book: Book) -> Filled:
    """Read the inputs of a marketing workbook. Raises SourceError where the book is none."""
    found = _mark(book)
    if found is None:
        raise SourceError(
            fr=f"{book.name} n'est pas un budget marketing d'xlcrm (feuille Accueil absente). "
            "Créez-en un : xlcrm template budget-marketing.",
            en=f"{book.name} is no marketing budget of xlcrm (no sheet Home). Make one: xlcrm "
            "template marketing-budget.",
        )
    lang, count, sizes = found
    lists = Lists(**{name: ("",) * size for name, size in sizes.items()})
    made = write_budget(BytesIO(), lang, MarketingPlan(date(2027, 1, 1)), lists, count=count).book
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
        grid = grids.setdefault(name, grids.get(name) or book.read(name))
        cells[key] = chosen(day_of(_cell(grid, place.ref.row, place.ref.col)), place.choices)
    plan = plan_of(cells, count)
    own = [sheet.name for sheet in made.sheets]
    more = {key: value for key, value in cells.items() if key.startswith("offer.")}
    return Filled(_without_blanks(plan), lists_of(cells), lang, own, more)


def _cell(grid: Grid, row: int, col: int) -> Any:
    at, across = row + 1 - grid.top, col + 1 - grid.left
    inside = 0 <= at < len(grid.rows) and 0 <= across < len(grid.rows[at])
    return grid.rows[at][across] if inside else None


def _mark(book: Book) -> tuple[Lang, int, dict[str, int]] | None:
    names = book.sheets()
    languages: tuple[Lang, ...] = ("fr", "en")
    for lang in languages:
        if HOME.in_(lang) not in names:
            continue
        for line in book.read(HOME.in_(lang)).rows:
            for value in line:
                if isinstance(value, str) and value.startswith(f"{CODE}:"):
                    _, _, count, sizes, _ = value.split(":")
                    numbers = [int(size) for size in sizes.split("-")]
                    return lang, int(count), dict(zip(COUNTS, numbers, strict=True))
    return None


def _without_blanks(plan: MarketingPlan) -> MarketingPlan:
    from dataclasses import replace

    empty = plan_of({}, 1).actions[0]
    kept = tuple(action for action in plan.actions if action != empty)
    return replace(plan, actions=kept)
