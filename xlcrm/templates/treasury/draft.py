"""Sheets whose columns are the months: one formula along each row, its trace beside it.

In every such sheet the same month stands in the same column, so that a formula may read another
sheet's row by its own column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlcrm.budget.plan import Plan
from xlcrm.templates.builder import TemplateBook, TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter
from xlcrm.templates.style import CellKind, CellRole, SheetRole
from xlcrm.texts import Text

LABEL, FIRST, MONTH = 1, 2, 3  # columns: label, opening or parameter, first month
HEAD, NUMBER = 3, 4  # rows: the months, their numbers (0 beyond the budget)
OVERALL = Text("Controle_general", "Overall_check")  # the defined name of the one check cell


@dataclass(slots=True)
class Draft:
    """The workbook under construction: where rows and cells are, by key.

    `values` are the rows that the model computed, for the answers of an exercise.
    """

    book: TemplateBook
    plan: Plan
    width: int
    values: Mapping[str, Sequence[float]]
    counts: Mapping[str, int]
    rows: dict[str, Ref] = field(default_factory=dict)
    cells: dict[str, Ref] = field(default_factory=dict)

    def keys(self, name: str) -> list[str]:
        """The keys of the lines (sales, purchases, loans…) that this workbook has room for."""
        return [f"{name}.{k + 1}" for k in range(self.counts[name])]

    def shows(self, name: str) -> bool:
        """Whether a row of the plan has a place: always in a tool, only if used in an exercise."""
        if self.book.mode == "plain":
            return True
        value = getattr(self.plan, name)
        return any(value) if isinstance(value, tuple) else bool(value)

    def cell(self, key: str) -> str:
        """A cell in a formula; 0 where this workbook has no such cell."""
        return f"N({self.cells[key]})" if key in self.cells else "0"

    def month(self, key: str) -> str:
        """A row by the column of the formula that reads it; 0 where there is no such row."""
        return self.rows[key].on_column if key in self.rows else "0"

    @property
    def student(self) -> bool:
        return self.book.mode == "student"

    @property
    def total(self) -> int:
        return MONTH + self.width

    @property
    def trace(self) -> int:
        return MONTH + self.width + 1

    @property
    def last_letter(self) -> str:
        """The letter of the last month's column."""
        return column_letter(MONTH + self.width - 1)

    def month_sheet(
        self,
        name: Text,
        role: SheetRole,
        title: Words,
        subtitle: Words,
        first: Words = "",
        one_page: bool = False,
    ) -> MonthSheet:
        """A sheet with the months across, from row 6 on."""
        widths = [2, 40, 12, *[11.5] * self.width, 12.5, 58]
        sheet = self.book.sheet(
            name, role, widths=widths, title=title, subtitle=subtitle, freeze=(5, 2),
            one_page=one_page,
        )  # fmt: skip
        sheet.paper.spare = True
        made = MonthSheet(self, sheet)
        made.heads(first)
        return made

    def __getitem__(self, key: str) -> Ref:
        return self.cells[key] if key in self.cells else self.rows[key]

    def same(self, key: str) -> str:
        """A row by the column of the formula that reads it."""
        return self.rows[key].on_column

    def last(self, key: str) -> str:
        """The last month of a row."""
        return str(self.rows[key].at(self.width - 1))

    def opening(self, key: str) -> str:
        """What stands in a row before its first month."""
        row = self.rows[key]
        return str(Ref(row.sheet, row.row, FIRST))


@dataclass(frozen=True, slots=True)
class Asked:
    """A row that a student has to find."""

    label: Text
    explanation: Text
    points: float = 1.0


@dataclass(slots=True)
class MonthSheet:
    """Writes a sheet of months from top to bottom; `at` is the next row."""

    draft: Draft
    sheet: TemplateSheet
    at: int = 5

    @property
    def line(self) -> int:
        """The number of the next row, as formulas write it."""
        return self.at + 1

    @property
    def number(self) -> str:
        """The month's number in the formula's own column, 0 beyond the budget."""
        return f"{{c}}${NUMBER + 1}"

    def heads(self, first: Words) -> None:
        draft, sheet, book = self.draft, self.sheet, self.draft.book
        sheet.header(HEAD, LABEL, [Text("En euros", "In euros"), first], 22)
        if "calendar.date" in draft.rows:
            date, number = f"={draft.same('calendar.date')}", f"={draft.same('calendar.number')}"
            sheet.across(HEAD, MONTH, draft.width, date, "month", "header")
            small = {"font_size": 8, "font_color": "#6B7B83", "align": "center"}
            sheet.across(NUMBER, MONTH, draft.width, number, "integer", "label", **small)
            sheet.label(NUMBER, LABEL, Text("Mois n°", "Month no."), "trace")
        heads = [Text("Total", "Total"), Text("Calcul", "Working")]
        if draft.student:
            heads[1] = Text("Vérification", "Check")
        sheet.header(HEAD, draft.total, heads, 22)
        sheet.raw.set_row(NUMBER, 13)
        sheet.status(book.t(OVERALL), draft.trace)

    def section(self, text: Words) -> None:
        if self.at > 5:
            self.at += 1
        self.sheet.section(self.at, text)
        self.at += 1

    def note(self, text: Words) -> None:
        self.sheet.note(self.at, LABEL, text, self.draft.total)
        self.at += 1

    def label(self, text: Words | Ref, role: CellRole = "label", indent: int = 0) -> None:
        """The row's label; a Ref shows what the user typed there."""
        if isinstance(text, Ref):
            formula = f'=IF({text}="","–",{text})'
            self.sheet.formula(self.at, LABEL, formula, "general", role, indent=indent)
        else:
            self.sheet.label(self.at, LABEL, text, role, indent=indent)

    def row(
        self,
        key: str,
        label: Words | Ref,
        formula: str,
        *,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        trace: Words = "",
        total: bool = True,
        opening: str = "",
        opening_kind: CellKind | None = None,
        indent: int = 0,
        asked: Asked | None = None,
        plain: bool = False,
    ) -> Ref:
        """A computed row. In a student's copy it is an answer (`asked`), or a blank to work in.

        `plain` rows only pass on or add up what stands elsewhere: they keep their formula.
        `opening` is the formula of the column before the first month.
        """
        draft, sheet = self.draft, self.sheet
        self.label(label, "strong" if role in ("total", "result") else "label", indent)
        if opening:
            sheet.formula(self.at, FIRST, opening, opening_kind or kind, role)
        hidden = draft.student and not plain
        right = list(draft.values.get(key, []))[: draft.width]
        if asked and any(right) and draft.book.mode != "plain":
            ref = sheet.answer(
                self.at, MONTH, formula, right, kind, role,
                label=asked.label, explanation=asked.explanation, points=asked.points,
                verdict=(self.at, draft.trace),
            )  # fmt: skip
        elif hidden:
            for m in range(draft.width):
                sheet.value(self.at, MONTH + m, None, "formula", kind, locked=False)
            ref = Ref(sheet.name, self.at, MONTH, self.at, MONTH + draft.width - 1)
        else:
            ref = sheet.across(self.at, MONTH, draft.width, formula, kind, role)
        if total and not hidden:
            self._total(kind, "total" if role == "total" else "formula")
        if trace and not hidden:
            sheet.label(self.at, draft.trace, trace, "trace")
        draft.rows[key] = ref
        self.at += 1
        return ref

    def _total(self, kind: CellKind, role: CellRole) -> None:
        months = f"{column_letter(MONTH)}{self.line}:{self.draft.last_letter}{self.line}"
        self.sheet.formula(
            self.at, self.draft.total, f"=ROUND(SUM({months}),2)", kind, role, bold=True
        )

    def inputs(
        self,
        key: str,
        label: Words | Ref,
        *,
        kind: CellKind = "amount",
        negative: bool = False,
        help: Words = "",
        total: bool = True,
        name: Words | None = None,
        gaps: bool = True,
        later: bool = False,
    ) -> Ref:
        """A row of input cells, with the sentence of what is wrong in it beside it.

        `gaps`: a month left out is a fault. `later`: the cell after the months is one of them.
        """
        draft, sheet = self.draft, self.sheet
        self.label(label)
        ref = sheet.inputs(
            self.at, MONTH, key, [None] * draft.width, kind,
            minimum=None if negative else 0, help=help,
        )  # fmt: skip
        self._row_check(ref, name or label, negative, gaps, later)
        if total:
            self._total(kind, "formula")
        draft.rows[key] = ref
        self.at += 1
        return ref

    def _row_check(
        self, ref: Ref, label: Words | Ref, negative: bool, gaps: bool, later: bool
    ) -> None:
        draft, sheet = self.draft, self.sheet
        book = draft.book
        last = draft.total if later else ref.last_col
        ref = Ref(sheet.name, ref.row, ref.col, ref.row, last)
        numbers = f"{column_letter(MONTH)}${NUMBER + 1}:{draft.last_letter}${NUMBER + 1}"
        cells = ref.a1
        filled = f'SUMPRODUCT(({numbers}>0)*({cells}<>""))'
        faults: list[tuple[str, Words]] = [
            (
                f"COUNTA({cells})>COUNT({cells})",
                Text(
                    "Un texte se trouve à la place d'un nombre : il compte pour 0.",
                    "A text stands where a number belongs: it counts as 0.",
                ),
            )
        ]
        if not negative:
            faults.append(
                (
                    f'COUNTIF({cells},"<0")>0',
                    Text(
                        "Montant négatif : saisir des montants positifs.",
                        "Negative amount: enter positive amounts.",
                    ),
                )
            )
        if gaps:
            faults.append(
                (
                    f"AND({filled}>0,{filled}<SUMPRODUCT(({numbers}>0)*1))",
                    Text(
                        "Il manque un mois : saisir 0 si le montant est nul.",
                        "A month is missing: type 0 if there is no amount.",
                    ),
                )
            )
        words = label if not isinstance(label, Ref) else Text("Ligne", "Line")
        place = f"{sheet.name}, {'ligne' if book.lang == 'fr' else 'row'} {self.line}"
        sheet.checks(
            self.at, draft.trace, faults, f"{book.t(words)} ({place})", bold=False, font_size=9
        )
        first = Ref(sheet.name, ref.row, ref.col).a1
        wrong = f"ISTEXT({first})" if negative else f"OR(ISTEXT({first}),N({first})<0)"
        sheet.highlight(ref, f"={wrong}")
