"""The marketing workbook under construction: its sheets, and where everything stands.

Every sheet that lists the actions has them in the same rows, so that a formula reads another
sheet by its own row number, written `{r}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlcrm.budget.marketing import MarketingPlan
from xlcrm.templates.builder import Choices, TemplateBook, TemplateSheet, Words
from xlcrm.templates.formulas import Ref, column_letter, quoted_sheet
from xlcrm.templates.marketing.inputs import Field, Lists
from xlcrm.templates.style import CellKind, CellRole
from xlcrm.texts import Text

HEAD, FIRST = 4, 5  # rows: headings of a table of actions, first action
OVERALL = Text("Controle_marketing", "Marketing_check")  # the name of the one check cell
NUMBER, NAME = 1, 2  # columns of the number and the name of an action, except on Actions


@dataclass(slots=True)
class Desk:
    """`cells` are single cells, `columns` the columns of the actions, `rows` rows of months."""

    book: TemplateBook
    plan: MarketingPlan
    lists: Lists
    count: int  # rows of actions
    tabs: dict[str, str] = field(default_factory=dict)  # the name of every sheet, written or not
    sheets: dict[str, TemplateSheet] = field(default_factory=dict)
    cells: dict[str, Ref] = field(default_factory=dict)
    columns: dict[str, Ref] = field(default_factory=dict)
    rows: dict[str, Ref] = field(default_factory=dict)

    @property
    def student(self) -> bool:
        return self.book.mode == "student"

    @property
    def last(self) -> int:
        """The row of the last action, from 0."""
        return FIRST + self.count - 1

    @property
    def total(self) -> int:
        """The row of the totals, from 0."""
        return FIRST + self.count

    def __getitem__(self, key: str) -> Ref:
        return self.cells[key]

    def col(self, key: str) -> Ref:
        """The column of a field over all actions."""
        return self.columns[key]

    def here(self, key: str) -> str:
        """A column of the actions, in the row of the formula that reads it."""
        ref = self.columns[key]
        return f"{quoted_sheet(ref.sheet)}${ref.column}{{r}}"

    def calc(
        self,
        sheet: TemplateSheet,
        row: int,
        col: int,
        formula: str,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        **more: Any,
    ) -> Ref:
        """A computed cell; in a student's copy, a blank one to work in."""
        if self.student:
            return sheet.value(row, col, None, "formula", kind, locked=False, **more)
        return sheet.formula(row, col, formula.replace("{r}", str(row + 1)), kind, role, **more)

    def down(
        self,
        sheet: TemplateSheet,
        col: int,
        key: str,
        formula: str,
        kind: CellKind = "amount",
        **more: Any,
    ) -> Ref:
        """One formula down the rows of the actions, known as `key` afterwards."""
        for row in range(FIRST, self.total):
            self.calc(sheet, row, col, formula, kind, **more)
        ref = Ref(sheet.name, FIRST, col, self.last, col)
        self.columns[key] = ref
        return ref

    def fields(self, sheet: TemplateSheet, col: int, fields: Sequence[Field]) -> int:
        """Columns of inputs for the actions, from `col` on; gives the column after them."""
        for offset, item in enumerate(fields):
            at = col + offset
            minimum = 0 if item.kind in ("amount", "number", "integer") else None
            ref = sheet.inputs(
                FIRST, at, f"action.{item.key}", [None] * self.count, item.kind,
                choices=item.choices, minimum=minimum, help=item.help or "", down=True,
            )  # fmt: skip
            if item.listed:
                self.offer(sheet, ref, self.cells[f"list.{item.listed}"])
            self.columns[item.key] = ref
        return col + len(fields)

    def offer(self, sheet: TemplateSheet, ref: Ref, words: Ref) -> None:
        """A drop-down list of the settings; another word is taken too, and told by the checks."""
        sheet.raw.data_validation(
            ref.row, ref.col, ref.last_row, ref.last_col,
            {"validate": "list", "source": f"={words.address}", "error_type": "warning",
             "error_title": "xlcrm",
             "error_message": self.book.t(Text(
                 "Ce mot n'est pas dans la liste des paramètres. Le garder quand même ?",
                 "This word is not in the list of the settings. Keep it all the same?"))},
        )  # fmt: skip

    def names(self, sheet: TemplateSheet) -> None:
        """The number and the name of each action, at the left of a table."""
        sheet.header(HEAD, NUMBER, [Text("N°", "No."), Text("Action", "Action")])
        for i in range(self.count):
            sheet.value(FIRST + i, NUMBER, i + 1, "formula", "integer", align="center")
        name = self.here("name")
        for row in range(FIRST, self.total):
            formula = f'=IF({name}="","",{name})'.replace("{r}", str(row + 1))
            sheet.formula(row, NAME, formula, "general")
        self.fade(sheet, FIRST, self.last, NAME, len(sheet.widths) - 1)

    def fade(self, sheet: TemplateSheet, first: int, last: int, label: int, last_col: int) -> None:
        """The zeros of rows without a label are not shown."""
        look = self.book.workbook.add_format({"font_color": "#FFFFFF"})
        rule = {"type": "formula", "criteria": f'=${column_letter(label)}{first + 1}=""'}
        sheet.raw.conditional_format(first, label + 1, last, last_col, {**rule, "format": look})

    def sum_down(
        self, sheet: TemplateSheet, col: int, kind: CellKind = "amount", role: CellRole = "total"
    ) -> Ref:
        """The sum of a column of actions, to the cent, in the row of the totals."""
        return self.calc(sheet, self.total, col, self.sum_of(col), kind, role)

    def sum_of(self, col: int) -> str:
        letter = column_letter(col)
        return f"=ROUND(SUM({letter}{FIRST + 1}:{letter}{self.total}),2)"

    def positive_sum(self, col: int) -> str:
        """The sum of what is typed in a column; negative values count as 0."""
        letter = column_letter(col)
        return f'=ROUND(SUMIF({letter}{FIRST + 1}:{letter}{self.total},">0"),2)'

    def asked(
        self,
        sheet: TemplateSheet,
        row: int,
        col: int,
        formula: str,
        values: Any,
        kind: CellKind = "amount",
        *,
        label: Words,
        explanation: Words,
        points: float = 1.0,
        tolerance: float = 0.01,
        role: CellRole = "total",
        choices: Choices | None = None,
        verdict: tuple[int, int] | None = None,
    ) -> Ref:
        """A cell or a row that a student has to find."""
        return sheet.answer(
            row, col, formula.replace("{r}", str(row + 1)), values, kind, role, label=label,
            explanation=explanation, points=points, tolerance=tolerance, choices=choices,
            verdict=verdict,
        )  # fmt: skip


def money_used(cell: str) -> str:
    """An amount or a count as the formulas use it: blank, text or negative is 0.

    >>> money_used("C5")
    'MAX(0,N(C5))'
    """
    return f"MAX(0,N({cell}))"


def rate_or(cell: str, default: str) -> str:
    """A rate from 0 to 1, else the default one."""
    return f"IF(ISNUMBER({cell}),IF(AND({cell}>=0,{cell}<=1),{cell},{default}),{default})"


def typed_faults(cells: str) -> list[tuple[str, Words]]:
    """What is wrong in cells of counts and amounts: a text, a negative value."""
    return [
        (
            f"COUNTA({cells})>COUNT({cells})",
            Text(
                "Un texte se trouve à la place d'un nombre : il compte pour 0.",
                "A text stands where a number belongs: it counts as 0.",
            ),
        ),
        (
            f'COUNTIF({cells},"<0")>0',
            Text("Valeur négative : elle compte pour 0.", "Negative value: it counts as 0."),
        ),
    ]


def quotient(above: str, below: str) -> str:
    """A quotient that stays blank without a positive denominator.

    >>> quotient("A1", "B1")
    'IF(N(B1)>0,A1/B1,"")'
    """
    return f'IF(N({below})>0,{above}/{below},"")'
