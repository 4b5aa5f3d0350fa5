"""Rows of one value a year (or a month, or an offer): inputs and formulas along the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlcrm.templates.builder import Choices, Words
from xlcrm.templates.form import KEY, LABEL, REQUIRED, Asked, Page, Rule, both, faults_of
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import CellKind, CellRole


def write_years(page: Page, first_col: int, labels: Sequence[Words]) -> None:
    """The headings of rows of one value a year (or a month)."""
    page.sheet.header(page.at, LABEL, ["", *[""] * (first_col - LABEL - 1), *labels])
    page.at += 1


def reserve_years(page: Page, keys: Sequence[str], count: int, first_col: int = 2) -> None:
    """Make the next rows of years known before they are written, in this order."""
    for k, key in enumerate(keys):
        row = page.at + k
        page.kit.cells[key] = Ref(page.sheet.name, row, first_col, row, first_col + count - 1)


def year_entries(
    page: Page,
    key: str,
    label: Words,
    count: int,
    kind: CellKind = "amount",
    rule: Rule = REQUIRED,
    *,
    first_col: int = 2,
    used: str = "",
) -> Ref:
    """A row of inputs, `key.1`, `key.2`…; the check of the row stands in the check column.

    `used` is the key of the row that says which columns count: those where it is not blank.
    """
    sheet, row = page.sheet, page.at
    sheet.label(row, LABEL, label)
    for k in range(count):
        page.input(row, first_col + k, f"{key}.{k + 1}", kind, rule)
    ref = Ref(sheet.name, row, first_col, row, first_col + count - 1)
    page.kit.cells[key] = ref
    named = page.kit.cells[used].cells() if used else []

    def wrong(k: int) -> list[tuple[str, Words]]:
        faults = faults_of(ref.at(k).a1, kind, rule, page.book)
        if not used:
            return faults
        return [(f'AND({named[k].a1}<>"",{fault})', words) for fault, words in faults]

    found: list[tuple[str, Words]] = []
    for pieces in zip(*(wrong(k) for k in range(count)), strict=True):
        found.append((f"OR({','.join(condition for condition, _ in pieces)})", pieces[0][1]))
    if found:
        page.say(row, found, f"{page.book.t(label)} ({sheet.name}, {ref.a1})")
        sheet.highlight(ref, f"=OR({','.join(condition for condition, _ in wrong(0))})")
    page.at += 1
    return ref


def year_row(
    page: Page,
    key: str,
    label: Words,
    formula: str,
    count: int,
    kind: CellKind = "amount",
    role: CellRole = "formula",
    *,
    first_col: int = 2,
    asked: Asked | None = None,
    plain: bool = False,
    trace: Words = "",
    used: str = "",
    choices: Choices | None = None,
) -> Ref:
    """A computed row: `[key]` of another row of years is its cell in the same column.

    `[key^]` is its cell one column before. `used` as for `year_entries`.
    """
    row = page.at
    page.sheet.label(row, LABEL, label, "strong" if role in ("total", "result") else "label")
    after = first_col + count
    ref = page.put(
        row, first_col, key, by_year(page, formula, first_col), kind, role, count=count,
        asked=asked, plain=plain, verdict=(row, after), choices=choices,
        when=both(page.sound(), f'{{c}}${page.kit.cells[used].line}<>""') if used else None,
    )  # fmt: skip
    if trace and not page.kit.student:
        page.sheet.label(row, after, trace, "trace")
    page.at += 1
    return ref


def by_year(page: Page, formula: str, first_col: int) -> str:
    """A formula whose keys of rows of years became `{c}` addresses, for `across`."""

    def address(match: re.Match[str]) -> str:
        key, mark = match.groups()
        ref = page.kit.cells.get(key)
        along = ref is not None and not ref.single and ref.last_row == ref.row
        if ref is None or not along or ref.col != first_col or mark == ":":
            return f"[{key}]"
        place = "" if ref.sheet == page.sheet.name else ref.on_column.split("{c}")[0]
        return f"{place}{'{p}' if mark == '^' else '{c}'}${ref.row + 1}"

    return KEY.sub(address, formula)
