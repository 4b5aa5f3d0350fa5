"""Grids of a page: rows of inputs and formulas under a header, and rows of one value a year.

In a grid's formula `[nominal]` is the cell of the same row, `[nominal^]` the one above and
`[nominal:]` the whole column; any other key is a cell of the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlcrm.templates import style
from xlcrm.templates.builder import Words
from xlcrm.templates.form import LABEL, REQUIRED, Asked, Page, Rule, faults_of
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.texts import Text

_CHECK_HEAD = Text("Contrôle", "Check")


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a grid: an input, or a formula for each row."""

    key: str
    label: Words
    kind: CellKind = "amount"
    formula: str = ""
    rule: Rule = REQUIRED
    asked: Asked | None = None
    total: bool = False
    plain: bool = False  # kept in a student's copy: it gives nothing away
    role: CellRole = "formula"


def write_grid(
    page: Page,
    key: str,
    columns: Sequence[Col],
    rows: int,
    *,
    what: Words,
    faults: Sequence[tuple[str, Words]] = (),
    least_rows: int = 0,
    totals: Words = "",
    when: str | None = None,
) -> dict[str, Ref]:
    """Write a grid; its cells are known as `key.column`, its inputs as `key.column.1`, `.2`…

    A row without entries is sound and computes nothing; `faults` are further (condition,
    sentence) for a row; at least `least_rows` must be filled in. `when` is the condition of the
    formulas where there are no inputs. Gives the columns by name.
    """
    sheet, kit = page.sheet, page.kit
    sheet.header(page.at, LABEL, [Text("N°", "No."), *(column.label for column in columns)])
    top = page.at + 1
    refs = {
        column.key: Ref(sheet.name, top, LABEL + 1 + c, top + rows - 1, LABEL + 1 + c)
        for c, column in enumerate(columns)
    }
    kit.cells |= {f"{key}.{name}": ref for name, ref in refs.items()}
    kit.cells[f"{key}.check"] = Ref(sheet.name, top, page.check, top + rows - 1, page.check)
    inputs = [column for column in columns if not column.formula]
    for r in range(rows):
        sheet.value(top + r, LABEL, r + 1, "formula", "integer", align="center")
        for column in inputs:
            at = (top + r, refs[column.key].col)
            page.input(*at, f"{key}.{column.key}.{r + 1}", column.kind, column.rule)
    if inputs:
        _row_checks(page, inputs, refs, faults, what)
        _whole_check(page, refs, least_rows, what)
        when = f'{column_letter(page.check)}{{r}}="OK"'
    below = top + rows + bool(totals)
    for column in columns:
        if column.formula:
            formula = kit.resolve(column.formula, sheet.name, refs)
            page.put(
                top, refs[column.key].col, f"{key}.{column.key}", formula, column.kind,
                column.role, count=rows, down=True, asked=column.asked, plain=column.plain,
                verdict=(below, refs[column.key].col), when=when,
            )  # fmt: skip
    page.at = top + rows
    if totals:
        _totals(page, key, columns, refs, totals)
    if kit.student and any(column.asked for column in columns):
        sheet.label(below, LABEL, "", "label")
        page.at = below + 1
    return refs


def _row_checks(
    page: Page,
    inputs: Sequence[Col],
    refs: Mapping[str, Ref],
    faults: Sequence[tuple[str, Words]],
    what: Words,
) -> None:
    sheet, book = page.sheet, page.book
    first = next(iter(refs.values()))
    sheet.header(first.row - 1, page.check, [_CHECK_HEAD])
    for row in range(first.row, first.last_row + 1):
        cells = [(f"{refs[c.key].column}{row + 1}", c) for c in inputs]
        wrong = [fault for cell, c in cells for fault in faults_of(cell, c.kind, c.rule, book)]
        for condition, message in faults:
            clean = page.kit.resolve(condition, sheet.name, refs)
            clean = clean.replace("{r}", str(row + 1)).replace("{u}", str(row))
            wrong.append((f"IFERROR({clean},TRUE)", message))
        formula = '"OK"'
        for condition, message in reversed(wrong):
            formula = f"IF({condition},{book.q(message)},{formula})"
        # A choice alone is no entry: lists may come with their usual choice already made.
        typed = "0+" + "+".join(f'({cell}<>"")' for cell, c in cells if not c.rule.choices)
        at = sheet.formula(
            row, page.check, f'=IF({typed}=0,"",{formula})', "general", "label",
            font_size=9, font_color=style.GOOD_TEXT, indent=1,
        )  # fmt: skip
        sheet.highlight(at, f'=AND({at.a1}<>"",{at.a1}<>"OK")')


def _whole_check(page: Page, refs: Mapping[str, Ref], least_rows: int, what: Words) -> None:
    first = next(iter(refs.values()))
    column = Ref(page.sheet.name, first.row, page.check, first.last_row, page.check)
    words = page.book.t(what)
    bad = f'SUMPRODUCT(({column.fixed}<>"")*({column.fixed}<>"OK"))'
    faults: list[tuple[str, Words]] = [
        (
            f"{bad}>0",
            Text(
                "{what} : une ligne est à revoir (colonne Contrôle).",
                "{what}: a row is to be reviewed (column Check).",
            ).format(what=words),
        )
    ]
    if least_rows:
        faults.append(
            (
                f'COUNTIF({column.fixed},"OK")<{least_rows}',
                Text(
                    "{what} : remplir au moins {n} ligne(s).",
                    "{what}: fill in at least {n} row(s).",
                ).format(what=words, n=least_rows),
            )
        )
    page.say(first.last_row + 1, faults, f"{words} ({page.sheet.name})")


def _totals(
    page: Page, key: str, columns: Sequence[Col], refs: Mapping[str, Ref], label: Words
) -> None:
    sheet = page.sheet
    sheet.label(page.at, LABEL, label, "total")
    for column in columns:
        at = refs[column.key]
        if not column.total:
            sheet.value(page.at, at.col, None, "total", "general")
            continue
        plain = column.plain or not column.formula
        page.put(
            page.at, at.col, f"{key}.{column.key}.total", f"ROUND(SUM({at.a1}),2)",
            column.kind, "total", plain=plain, when="",
        )  # fmt: skip
    page.at += 1


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
) -> Ref:
    """A row of inputs, `key.1`, `key.2`…; the check of the row stands in the check column."""
    sheet, row = page.sheet, page.at
    sheet.label(row, LABEL, label)
    for k in range(count):
        page.input(row, first_col + k, f"{key}.{k + 1}", kind, rule)
    ref = Ref(sheet.name, row, first_col, row, first_col + count - 1)
    page.kit.cells[key] = ref
    cells = ref.cells()
    faults: list[tuple[str, Words]] = []
    for pieces in zip(*(faults_of(c.a1, kind, rule, page.book) for c in cells), strict=True):
        conditions = ",".join(condition for condition, _ in pieces)
        faults.append((f"OR({conditions})", pieces[0][1]))
    page.say(row, faults, f"{page.book.t(label)} ({sheet.name}, {ref.a1})")
    first = faults_of(cells[0].a1, kind, rule, page.book)
    sheet.highlight(ref, f"=OR({','.join(condition for condition, _ in first)})")
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
) -> Ref:
    """A computed row: `[key]` of another row of years is its cell in the same column.

    `[key^]` is its cell one column before.
    """
    row = page.at
    page.sheet.label(row, LABEL, label, "strong" if role in ("total", "result") else "label")
    after = first_col + count
    ref = page.put(
        row, first_col, key, by_year(page, formula, first_col, count), kind, role, count=count,
        asked=asked, plain=plain, verdict=(row, after),
    )  # fmt: skip
    if trace and not page.kit.student:
        page.sheet.label(row, after, trace, "trace")
    page.at += 1
    return ref


def by_year(page: Page, formula: str, first_col: int, count: int) -> str:
    """A formula whose keys of rows of years became `{c}` addresses, for `across`."""
    from xlcrm.templates.form import _KEY

    def address(match: object) -> str:
        key, mark = match.groups()  # type: ignore[attr-defined]
        ref = page.kit.cells.get(key)
        along = ref is not None and not ref.single and ref.last_row == ref.row
        if ref is None or not along or ref.col != first_col or mark == ":":
            return f"[{key}]"
        place = "" if ref.sheet == page.sheet.name else ref.on_column.split("{c}")[0]
        return f"{place}{'{p}' if mark == '^' else '{c}'}${ref.row + 1}"

    return _KEY.sub(address, formula)
