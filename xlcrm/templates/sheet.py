"""One sheet of a template: labels, inputs, formulas, answers, checks, charts, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from xlcrm.templates import style
from xlcrm.templates.exercise import Answer, least_tolerance
from xlcrm.templates.formulas import (
    Ref,
    column_letter,
    in_column,
    in_row,
    quoted,
    unknown_functions,
)
from xlcrm.templates.inputs import Choices, Input, Words, entry_rule
from xlcrm.templates.paper import Paper
from xlcrm.templates.style import CellKind, CellRole, SheetRole
from xlcrm.texts import Text

if TYPE_CHECKING:
    from xlcrm.templates.builder import TemplateBook

_BOLD = 0.9  # of what a line holds in plain letters
_OPEN = {"format_columns": True, "format_rows": True, "autofilter": True}


@dataclass(slots=True)
class TemplateSheet:
    """One sheet of a template. Rows and columns count from 0; every writer gives a Ref."""

    book: TemplateBook
    name: str
    role: SheetRole
    widths: tuple[float, ...]
    raw: Any = None  # the xlsxwriter worksheet, for what is not here
    last_row: int = 2
    last_col: int = 0
    texts: dict[tuple[int, int], tuple[str, CellRole]] = field(default_factory=dict)
    paper: Paper = field(init=False)
    # Last row and column, where not all is printed.
    printed: tuple[int | None, int | None] = (None, None)

    def start(
        self,
        title: str,
        subtitle: str,
        landscape: bool,
        freeze: tuple[int, int] | None,
        one_page: bool,
    ) -> None:
        self.raw = self.book.workbook.add_worksheet(self.name)
        # Every function is checked here and none needs a prefix: looking for those that do takes
        # two thirds of the time of a build.
        self.raw._prepare_formula = _as_written
        self.last_col = len(self.widths) - 1
        self.raw.hide_gridlines(2)
        self.raw.set_tab_color(style.TAB_COLORS[self.role])
        plain = self.book.format("label")
        for col, width in enumerate(self.widths):
            self.raw.set_column(col, col, width, plain)
        self.raw.set_row(0, 30)
        self.raw.set_row(1, 18)
        self.raw.set_row(2, 8)
        for col in range(len(self.widths)):
            self.raw.write_blank(0, col, None, self.book.format("title"))
            self.raw.write_blank(1, col, None, self.book.format("subtitle"))
        self.raw.write_string(0, 1, title, self.book.format("title"))
        if subtitle:
            self.raw.write_string(1, 1, subtitle, self.book.format("subtitle"))
        if freeze:
            self.raw.freeze_panes(*freeze)
            self.raw.repeat_rows(0, freeze[0] - 1)
        rows, columns = freeze or (0, 0)
        self.paper = Paper(self.raw, self.widths, landscape, columns, rows)
        self.paper.set_up(self.book.t(self.book.title), one_page)
        self.raw.protect("", _OPEN)

    def _used(self, row: int, col: int) -> None:
        self.last_row = max(self.last_row, row)
        self.last_col = max(self.last_col, col)

    def label(self, row: int, col: int, text: Words, role: CellRole = "label", **more: Any) -> Ref:
        """A text that stands there."""
        self._used(row, col)
        words = self.book.t(text)
        self.texts[row, col] = (words, role)
        self.raw.write_string(row, col, words, self.book.format(role, "general", more))
        return Ref(self.name, row, col)

    def section(self, row: int, text: Words, first: int = 1, last: int | None = None) -> None:
        """A coloured bar with a heading, over the columns of the sheet."""
        last = len(self.widths) - 1 if last is None else last
        self.raw.set_row(row, 20)
        self.paper.sections.append(row)
        for col in range(first, last + 1):
            self.raw.write_blank(row, col, None, self.book.format("section"))
        self.label(row, first, text, "section")

    def header(
        self, row: int, col: int, texts: Sequence[Words], height: float | None = None
    ) -> None:
        """Column headings; the row grows to show the longest."""
        words = [self.book.t(text) for text in texts]
        needed = [
            style.height_for(word, _BOLD * self.widths[min(col + i, len(self.widths) - 1)])
            for i, word in enumerate(words)
        ]
        self.raw.set_row(row, height or max([18, *needed]))
        for i, word in enumerate(words):
            self.label(row, col + i, word, "header")

    def note(
        self, row: int, col: int, text: Words, last_col: int | None = None, role: CellRole = "note"
    ) -> None:
        """A wrapped text over several columns, in a row high enough to show it whole."""
        last_col = len(self.widths) - 1 if last_col is None else last_col
        words = self.book.t(text)
        width = sum(self.widths[col : last_col + 1])
        self.raw.set_row(row, style.height_for(words, width))
        look = self.book.format(role, "general", {"text_wrap": True})
        if last_col > col:
            self.raw.merge_range(row, col, row, last_col, words, look)
        else:
            self.raw.write_string(row, col, words, look)
        self._used(row, last_col)

    def input(
        self,
        row: int,
        col: int,
        key: str,
        default: Any = None,
        kind: CellKind = "money",
        *,
        choices: Choices | None = None,
        minimum: Any = None,
        maximum: Any = None,
        help: Words = "",
        name: Words = "",
        **more: Any,
    ) -> Ref:
        """A cell for the user: yellow, unlocked, validated. A choice is given by its key."""
        ref = self._input_cell(row, col, key, default, kind, choices, more)
        self.validate(ref, kind, choices=choices, minimum=minimum, maximum=maximum, help=help)
        return self.book.define(name, ref) if name else ref

    def inputs(
        self,
        row: int,
        col: int,
        key: str,
        defaults: Sequence[Any],
        kind: CellKind = "amount",
        *,
        choices: Choices | None = None,
        minimum: Any = None,
        maximum: Any = None,
        help: Words = "",
        down: bool = False,
    ) -> Ref:
        """A row (or a column) of input cells; their keys are `key.1`, `key.2`…"""
        count = len(defaults)
        for i, default in enumerate(defaults):
            at = (row + i, col) if down else (row, col + i)
            self._input_cell(*at, f"{key}.{i + 1}", default, kind, choices, {})
        last = (row + count - 1, col) if down else (row, col + count - 1)
        ref = Ref(self.name, row, col, *last) if count > 1 else Ref(self.name, row, col)
        self.validate(ref, kind, choices=choices, minimum=minimum, maximum=maximum, help=help)
        return ref

    def _input_cell(
        self,
        row: int,
        col: int,
        key: str,
        default: Any,
        kind: CellKind,
        choices: Choices | None,
        more: Mapping[str, Any],
    ) -> Ref:
        if key in self.book.inputs:
            raise ValueError(f"{key}: input declared twice")
        ref = Ref(self.name, row, col)
        self.book.inputs[key] = Input(key, ref, kind, choices)
        value = self.book.given.get(key, default)
        if choices and value in choices:
            value = self.book.t(choices[value])
        if self.book.mode == "student":
            more = {**more, "locked": True}  # the data of the exercise
        if self.book.data and value not in (None, ""):
            link = self.book.data.add(key, ref, value, kind, choices)
            more = {**more, "locked": True}
            return self.formula(row, col, f"={link}", kind, "input", **more)
        self.value(row, col, value, "input", kind, **more)
        return ref

    def value(
        self,
        row: int,
        col: int,
        value: Any,
        role: CellRole = "formula",
        kind: CellKind = "amount",
        **more: Any,
    ) -> Ref:
        """A constant: number, text, date, yes/no or nothing."""
        self._used(row, col)
        look = self.book.format(role, kind, more)
        if value is None or value == "":
            self.raw.write_blank(row, col, None, look)
        elif isinstance(value, bool):
            self.raw.write_boolean(row, col, value, look)
        elif isinstance(value, Text):
            self.raw.write_string(row, col, self.book.t(value), look)
        elif isinstance(value, str):
            self.raw.write_string(row, col, value, look)
        elif isinstance(value, date):
            self.raw.write_datetime(row, col, value, look)
        else:
            self.raw.write_number(row, col, float(value), look)
        return Ref(self.name, row, col)

    def validate(
        self,
        ref: Ref,
        kind: CellKind,
        *,
        choices: Choices | None = None,
        minimum: Any = None,
        maximum: Any = None,
        help: Words = "",
    ) -> None:
        """What an input cell takes, with a sentence when it is something else."""
        rule = entry_rule(self.book.lang, kind, choices, minimum, maximum, self.book.t(help))
        if not rule:
            return
        last = ref.cells()[-1]
        self.raw.data_validation(ref.row, ref.col, last.row, last.col, rule)

    def formula(
        self,
        row: int,
        col: int,
        formula: str,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        *,
        name: Words = "",
        **more: Any,
    ) -> Ref:
        """A live formula, in English with commas. Refused where some program lacks a function."""
        self._refuse_unknown(row, col, formula)
        self._put(row, col, formula, self.book.format(role, kind, more))
        ref = Ref(self.name, row, col)
        return self.book.define(name, ref) if name else ref

    def _refuse_unknown(self, row: int, col: int, formula: str) -> None:
        unknown = unknown_functions(formula)
        if unknown:
            raise ValueError(f"{self.name} {column_letter(col)}{row + 1}: {unknown}")

    def _put(self, row: int, col: int, formula: str, look: Any) -> None:
        self._used(row, col)
        # No cached value: LibreOffice then calculates on loading, and no file holds a stale zero.
        self.raw.write_formula(row, col, formula, look, "")

    def across(
        self,
        row: int,
        col: int,
        count: int,
        formula: str,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        **more: Any,
    ) -> Ref:
        """One formula along a row: `{c}` is the column's letter, `{p}` and `{n}` its neighbours'.

        `{i}` is the position from 1.
        """
        self._refuse_unknown(row, col, formula)
        look = self.book.format(role, kind, more)
        for i in range(count):
            self._put(row, col + i, in_column(formula, col + i, i), look)
        return (
            Ref(self.name, row, col, row, col + count - 1)
            if count > 1
            else Ref(self.name, row, col)
        )

    def down(
        self,
        row: int,
        col: int,
        count: int,
        formula: str,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        **more: Any,
    ) -> Ref:
        """One formula down a column: `{r}` is the row's number, `{u}` and `{d}` its neighbours'.

        `{i}` is the position from 1.
        """
        self._refuse_unknown(row, col, formula)
        look = self.book.format(role, kind, more)
        for i in range(count):
            self._put(row + i, col, in_row(formula, row + i, i), look)
        return (
            Ref(self.name, row, col, row + count - 1, col)
            if count > 1
            else Ref(self.name, row, col)
        )

    def answer(
        self,
        row: int,
        col: int,
        formula: str,
        values: Sequence[Any] | Any,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        *,
        label: Words,
        explanation: Words,
        points: float = 1,
        tolerance: float = 0.01,
        verdict: tuple[int, int] | None = None,
        choices: Choices | None = None,
        down: bool = False,
        shown: str = "",
    ) -> Ref:
        """A cell, or a row of cells as many as `values`, that a student has to fill in.

        In a plain workbook and in the teacher's copy it holds `formula` (as for `across`, or for
        `down` where the cells stand in a column); in the student's copy it is blank and unlocked,
        and the cell at `verdict` says À faire, OK or À revoir. `values` are the right ones:
        numbers, or a key of `choices`. They are written nowhere; only their fingerprints are (see
        xlcrm.templates.exercise). `shown` is the formula that explains, where it is simpler.
        """
        right = list(values) if isinstance(values, (list, tuple)) else [values]
        count = len(right)
        last = (row + count - 1, col) if down else (row, col + count - 1)
        ref = Ref(self.name, row, col, *last) if count > 1 else Ref(self.name, row, col)
        spread = self.down if down else self.across
        if self.book.mode == "plain":
            return spread(row, col, count, formula, kind, role)
        first = in_row(shown or formula, row, 0) if down else in_column(shown or formula, col, 0)
        answer = Answer(
            key=f"{len(self.book.answers) + 1}",
            ref=ref,
            label=self.book.t(label),
            explanation=self.book.t(explanation),
            formula=first,
            values=tuple(right),
            kind=kind,
            points=points,
            tolerance=tolerance if choices else max(tolerance, least_tolerance(kind)),
            verdict=Ref(self.name, *verdict) if verdict else None,
            choices=choices,
        )
        self.book.answers.append(answer)
        if self.book.mode == "teacher":
            return spread(row, col, count, formula, kind, "answer", locked=True)
        for cell in ref.cells():
            self.value(cell.row, cell.col, None, "answer", kind)
        self.validate(ref, kind, choices=choices)
        if verdict:
            self.verdict_look(Ref(self.name, *verdict))
            self._used(*verdict)
        return ref

    def check(self, row: int, col: int, ok: str, message: Words, label: Words, **more: Any) -> Ref:
        """A cell that says OK while the condition `ok` holds, else the sentence `message`."""
        return self.checks(row, col, [(f"NOT({ok})", message)], label, **more)

    def checks(
        self, row: int, col: int, faults: Sequence[tuple[str, Words]], label: Words, **more: Any
    ) -> Ref:
        """A cell that says OK, or the sentence of the first fault that is there.

        `faults` are (condition in formula language, sentence). Every check is counted by
        `status_formula`, and listed by `check_list`.
        """
        formula = '"OK"'
        for condition, message in reversed(faults):
            formula = f"IF({condition},{self.book.q(message)},{formula})"
        ref = self.formula(row, col, f"={formula}", "general", "check", **more)
        self.check_look(ref)
        self.book.checks.append((self.book.t(label), ref))
        return ref

    def check_list(self, row: int, col: int, name: Words) -> Ref:
        """Every check so far, one a row (what, result), under one cell that says OK for all.

        That cell gets the name `name`; below it stands the first check that fails; the list
        starts three rows below.
        """
        listing = list(self.book.checks)
        first, last = row + 3, row + 2 + len(listing)
        results = Ref(self.name, first, col + 1, last, col + 1)
        flags = Ref(self.name, first, col + 2, last, col + 2)
        labels = Ref(self.name, first, col, last, col)
        bad = f"SUM({flags.fixed})"
        told = self.book.counted(bad, Text(" point(s) à revoir", " point(s) to review"))
        verdict = f'=IF({bad}=0,"OK",{told})'
        top = self.formula(row, col + 1, verdict, "general", "check", name=name, font_size=12)
        self.check_look(top)
        self.label(
            row, col, Text(fr="Contrôle général", en="Overall check"), "strong", font_size=12
        )
        self.label(row + 1, col, Text(fr="Premier point à revoir", en="First point to review"))
        at = f"MATCH(1,{flags.fixed},0)"
        words = f'INDEX({labels.fixed},{at})&" : "&INDEX({results.fixed},{at})'
        self.formula(row + 1, col + 1, f'=IFERROR({words},"–")', "general", "note", text_wrap=True)
        self.raw.set_row(row + 1, 30)
        for i, (label, ref) in enumerate(listing):
            self.label(first + i, col, label, "label", border=1, border_color=style.LINE)
            result = self.formula(first + i, col + 1, f"={ref}", "general", "check", bold=False)
            self.check_look(result)
            flag = f'=IF(ISERROR({result.a1}),1,IF({result.a1}="OK",0,1))'
            self.formula(first + i, col + 2, flag, "integer", "trace", font_color="#FFFFFF")
        return top

    def status(self, name: str, col: int | None = None) -> None:
        """The overall check, at the right of the title band."""
        if not self.book.has_status:
            return
        col = len(self.widths) - 1 if col is None else col
        words = self.book.q(Text(fr="Contrôles : ", en="Checks: "))
        self.formula(1, col, f"={words}&{name}", "general", "subtitle", align="right", bold=True)

    def check_look(self, ref: Ref) -> None:
        """Green for OK, red for anything else."""
        self._equal_look(ref, "OK", "==", style.GOOD_FILL, style.GOOD_TEXT)
        self._equal_look(ref, "OK", "!=", style.BAD_FILL, style.BAD_TEXT)

    def verdict_look(self, ref: Ref, blank: bool = False) -> None:
        """Green for OK, grey for À faire (or plain for a blank), red for anything else."""
        todo = self.book.t(Text(fr="À faire", en="To do"))
        self._equal_look(ref, "OK", "==", style.GOOD_FILL, style.GOOD_TEXT)
        if blank:
            self._equal_look(ref, "", "==", "#FFFFFF", style.INK)
        else:
            self._equal_look(ref, todo, "==", style.TODO_FILL, style.TODO_TEXT)
        self._equal_look(ref, "OK", "!=", style.BAD_FILL, style.BAD_TEXT)

    def _equal_look(self, ref: Ref, word: str, criteria: str, fill: str, color: str) -> None:
        look = {"bg_color": fill, "font_color": color}
        key = ("if", fill, color)
        formats = self.book._formats
        formats[key] = formats.get(key) or self.book.workbook.add_format(look)
        last = ref.cells()[-1]
        rule: dict[str, Any] = {"type": "cell", "criteria": criteria, "value": quoted(word)}
        rule |= {"format": formats[key], "stop_if_true": True}
        self.raw.conditional_format(ref.row, ref.col, last.row, last.col, rule)

    def highlight(self, ref: Ref, condition: str, *, good: bool = False) -> None:
        """Red (or green) cells where a formula over the first cell of `ref` holds."""
        fill, color = (
            (style.GOOD_FILL, style.GOOD_TEXT) if good else (style.BAD_FILL, style.BAD_TEXT)
        )
        key = ("if", fill, color)
        formats = self.book._formats
        look = {"bg_color": fill, "font_color": color}
        formats[key] = formats.get(key) or self.book.workbook.add_format(look)
        last = ref.cells()[-1]
        rule = {"type": "formula", "criteria": condition, "format": formats[key]}
        self.raw.conditional_format(ref.row, ref.col, last.row, last.col, rule)

    def place(self, row: int, col: int, chart: Any, width: int, height: int) -> None:
        """Put a chart with its upper left corner on a cell; sizes in pixels."""
        chart.set_size({"width": width, "height": height})
        self.raw.insert_chart(row, col, chart, {"object_position": 2})
        self._used(row + height // 20, col)

    def finish(self) -> None:
        if not self.raw.hidden:
            row, col = self.printed
            self.paper.finish(row or self.last_row, col or self.last_col)


def _as_written(formula: str, *_: Any) -> str:
    return formula.removeprefix("=")
