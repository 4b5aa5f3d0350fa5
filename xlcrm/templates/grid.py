"""Grids of a page: rows of inputs and formulas under a header.

In a grid's formula `[nominal]` is the cell of the same row, `[nominal^]` the one above and
`[nominal:]` the whole column; any other key is a cell of the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlcrm.templates import style
from xlcrm.templates.builder import Words
from xlcrm.templates.form import LABEL, REQUIRED, Asked, Page, Rule, both, faults_of
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.texts import Text

_CHECK_HEAD = Text("Contrôle", "Check")
_ROW_ABOVE = Text("Corriger d'abord la ligne au-dessus.", "First correct the row above.")
_ABOVE = Text("Corriger d'abord les données au-dessus.", "First correct the data above.")


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
    chained: bool = False,
) -> dict[str, Ref]:
    """Write a grid; its cells are known as `key.column`, its inputs as `key.column.1`, `.2`…

    A row without entries is sound and computes nothing; `faults` are further (condition,
    sentence) for a row; at least `least_rows` must be filled in. `when` is the condition of the
    formulas where there are no inputs. In a `chained` grid each row rests on the one above.
    Gives the columns by name.
    """
    sheet, kit = page.sheet, page.kit
    heads: list[Words] = [Text("N°", "No."), *(column.label for column in columns)]
    sheet.header(page.at, LABEL, heads, _head_height(page, heads))
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
        if chained:
            above = f"{column_letter(page.check)}{{u}}"
            faults = [(f'AND($B{{r}}>1,{above}<>"OK")', _ROW_ABOVE), *faults]
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


def _head_height(page: Page, heads: Sequence[Words]) -> float:
    widths = page.sheet.widths[LABEL:]
    words = [page.book.t(head) for head in heads]
    lines = [
        style.lines_needed(word, width * 0.88) for word, width in zip(words, widths, strict=False)
    ]
    return 8 + 14 * max(lines)


def _row_checks(
    page: Page,
    inputs: Sequence[Col],
    refs: Mapping[str, Ref],
    faults: Sequence[tuple[str, Words]],
    what: Words,
) -> None:
    sheet, book = page.sheet, page.book
    first = next(iter(refs.values()))
    above = _head_of_checks(page, first.row - 1)
    for row in range(first.row, first.last_row + 1):
        cells = [(f"{refs[c.key].column}{row + 1}", c) for c in inputs]
        wrong = list(above)
        wrong += [fault for cell, c in cells for fault in faults_of(cell, c.kind, c.rule, book)]
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


def _head_of_checks(page: Page, row: int) -> list[tuple[str, Words]]:
    """The heading of the checks, which tells whether the rows may rely on what is typed above."""
    sheet, words = page.sheet, page.book.q(_CHECK_HEAD)
    states = [other.state.address for other in page.needs if other.checked]
    waits = [f'{place}="OK"' for place in (*states, *(ref.fixed for ref in page.checked))]
    if not waits:
        sheet.label(row, page.check, _CHECK_HEAD, "header")
        return []
    sheet.formula(row, page.check, f'=IF({both(*waits)},{words},"–")', "general", "header")
    head = f"${column_letter(page.check)}${row + 1}"
    return [(f"{head}<>{words}", _ABOVE)]


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
        whole = f"SUM({at.a1})"  # euros to the cent; a count that is expected stays exact
        page.put(
            page.at, at.col, f"{key}.{column.key}.total",
            whole if column.kind == "number" else f"ROUND({whole},2)",
            column.kind, "total", plain=plain, when="",
        )  # fmt: skip
    page.at += 1
