"""Small workbooks made of labelled cells: every input and every result has a key.

A formula names other cells by their keys in brackets: `ROUND([amount]*[rate],2)`. Nothing is
computed until what is typed is sound: a wrong or missing entry says so in a sentence beside it,
and the results stay blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlcrm.templates import style
from xlcrm.templates.builder import Choices, TemplateBook, TemplateSheet, Words
from xlcrm.templates.formulas import Ref
from xlcrm.templates.style import CellKind, CellRole, SheetRole
from xlcrm.texts import Text

OVERALL = Text("Controle_general", "Overall_check")  # the defined name of the one check cell
LABEL, VALUE, TRACE, CHECK = 1, 2, 3, 4  # columns of a page of labelled cells
PAGE = (2, 46, 17, 42, 54)  # their widths
_STATE_ROW = 3  # says whether the entries of the page are sound
_STATE_ROOM = 24  # characters of its label
KEY = re.compile(r"\[([a-z_0-9.]+)([\^:]?)\]")
_RATES = ("percent", "rate")
_WHOLE = ("integer", "days", "year")
_MISSING = Text("À compléter.", "To be filled in.")
_NOT_NUMBER = Text("Saisir un nombre, pas un texte.", "Type a number, not a text.")
_NOT_DATE = Text("Saisir une date : jj/mm/aaaa.", "Type a date: dd/mm/yyyy.")
_NOT_LISTED = Text("Choisir dans la liste.", "Choose from the list.")
_NEGATIVE = Text("Un nombre négatif n'a pas de sens ici.", "A negative number makes no sense here.")
_NOT_ABOVE = Text("Saisir un nombre supérieur à 0.", "Type a number above 0.")
_NOT_WHOLE = Text("Saisir un nombre entier.", "Type a whole number.")
_TYPED_AS_20 = Text(
    "Taux trop grand : taper 20 % ou 0,2, et non 20.", "Rate too high: type 20% or 0.2, not 20."
)
_DATES = (32874, 73050)  # 1990 to 2099


@dataclass(frozen=True, slots=True)
class Rule:
    """What an input takes. A rate is below 100 % unless `most` says otherwise."""

    required: bool = True
    least: float | None = 0
    most: float | None = None
    above: bool = False  # more than `least`
    choices: Choices | None = None


REQUIRED = Rule()
OPTIONAL = Rule(required=False)
ABOVE = Rule(above=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a student has to find, why it is so, and what it is worth."""

    label: Text
    explanation: Text
    points: float = 1.0
    tolerance: float = 0.01


def faults_of(cell: str, kind: CellKind, rule: Rule, book: TemplateBook) -> list[tuple[str, Words]]:
    """What can be wrong in an input: (condition, sentence), the gravest first."""
    if rule.choices:
        same = ",".join(f"{cell}={book.q(label)}" for label in rule.choices.values())
        return [(f"NOT(OR({same}))", _NOT_LISTED)]
    faults: list[tuple[str, Words]] = []
    if rule.required:
        faults.append((f'{cell}=""', _MISSING))
    if kind in ("text", "general"):
        return faults
    if kind in ("date", "month"):
        low, high = _DATES
        wrong = f"OR(NOT(ISNUMBER({cell})),N({cell})<{low},N({cell})>{high})"
        return [*faults, (f'AND({cell}<>"",{wrong})', _NOT_DATE)]
    faults.append((f'AND({cell}<>"",NOT(ISNUMBER({cell})))', _NOT_NUMBER))
    if kind in _RATES and rule.most is None:
        faults.append((f"N({cell})>=1", _TYPED_AS_20))
    if rule.least is not None:
        least = f"{rule.least:g}"
        if rule.above:
            wrong = f'AND({cell}<>"",N({cell})<={least})'
            faults.append((wrong, _NOT_ABOVE if not rule.least else _at_least(rule, "> ")))
        else:
            faults.append((f"N({cell})<{least}", _NEGATIVE if not rule.least else _at_least(rule)))
    if rule.most is not None:
        most = Text("Au plus {n}.", "At most {n}.").format(n=f"{rule.most:g}")
        faults.append((f"N({cell})>{rule.most:g}", most))
    if kind in _WHOLE:
        faults.append((f"N({cell})<>INT(N({cell}))", _NOT_WHOLE))
    return faults


def _at_least(rule: Rule, sign: str = "") -> Text:
    return Text("Au moins {n}.", "At least {n}.").format(n=f"{sign}{rule.least:g}")


@dataclass(slots=True)
class Kit:
    """A workbook under construction: what the model computes, and where every key stands.

    `values` and `given` by key: one value for a cell, a list for a row or column of cells (None
    is blank). `given` are the inputs, `values` what the model computes from them.
    """

    book: TemplateBook
    values: Mapping[str, Any]
    given: Mapping[str, Any] = field(default_factory=dict)
    cells: dict[str, Ref] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    words: dict[str, Choices] = field(default_factory=dict)  # of results that are words

    @property
    def student(self) -> bool:
        return self.book.mode == "student"

    def page(
        self,
        name: Text,
        role: SheetRole,
        *,
        title: Words,
        subtitle: Words,
        about: Text,
        widths: Sequence[float] = PAGE,
        check: int = CHECK,
        needs: Sequence[Page] = (),
        landscape: bool = True,
        one_page: bool = True,
        freeze: tuple[int, int] | None = (3, 2),
    ) -> Page:
        """A sheet. `about` is its line in the list of sheets; `needs` are pages of its inputs."""
        sheet = self.book.sheet(
            name, role, widths=widths, title=title, subtitle=subtitle, landscape=landscape,
            one_page=one_page, freeze=freeze,
        )  # fmt: skip
        sheet.paper.spare = check == len(widths) - 1
        sheet.status(self.book.t(OVERALL))
        page = Page(self, sheet, about, check, tuple(needs))
        self.pages.append(page)
        return page

    def resolve(self, formula: str, sheet: str, columns: Mapping[str, Ref] | None = None) -> str:
        """A formula with addresses for its keys; in a grid `{r}` and `{u}` are left for the row."""

        def address(match: re.Match[str]) -> str:
            key, mark = match.groups()
            if columns and key in columns:
                column = columns[key]
                if mark == ":":
                    return column.fixed
                return f"{column.column}{'{u}' if mark == '^' else '{r}'}"
            if key not in self.cells and self.student:
                return "0"  # a working that a student's copy leaves out, of a formula it hides
            ref = self.cells[key]
            return str(ref) if ref.name else ref.fixed if ref.sheet == sheet else ref.address

        return KEY.sub(address, formula)

    def chosen(self, key: str, choices: Choices, word: str) -> str:
        """A condition: the cell of that key holds that choice."""
        return f"[{key}]={self.book.q(choices[word])}"


@dataclass(slots=True)
class Page:
    """A sheet, written from top to bottom; `at` is the next row."""

    kit: Kit
    sheet: TemplateSheet
    about: Text
    check: int
    needs: tuple[Page, ...] = ()
    at: int = 5
    checked: list[Ref] = field(default_factory=list)

    @property
    def book(self) -> TemplateBook:
        return self.kit.book

    @property
    def state(self) -> Ref:
        """The cell that says whether what is typed on this page is sound."""
        col, room = VALUE, self.sheet.widths[LABEL]
        while room < _STATE_ROOM:
            room += self.sheet.widths[col]
            col += 1
        return Ref(self.sheet.name, _STATE_ROW, col)

    def resolve(self, formula: str) -> str:
        return self.kit.resolve(formula.lstrip("="), self.sheet.name)

    def section(self, text: Words) -> None:
        """A heading, after a gap."""
        if self.at > _STATE_ROW + 2:
            self.at += 1
        self.sheet.section(self.at, text)
        self.at += 1

    def note(self, text: Words, last_col: int | None = None) -> None:
        """A remark over the width of the sheet."""
        self.sheet.note(self.at, LABEL, text, last_col)
        self.at += 1

    def entry(
        self,
        key: str,
        label: Words,
        kind: CellKind = "money",
        rule: Rule = REQUIRED,
        *,
        unit: Words = "",
        help: Words = "",
        name: Words = "",
    ) -> Ref:
        """A labelled input; beside it a remark, and the sentence of what is wrong in it."""
        self.sheet.label(self.at, LABEL, label)
        ref = self.input(self.at, VALUE, key, kind, rule, help)
        self.kit.cells[key] = self.book.define(name, ref) if name else ref
        if unit:
            self.sheet.label(self.at, TRACE, unit, "trace")
        faults = faults_of(ref.a1, kind, rule, self.book)
        if faults:
            self.say(self.at, faults, f"{self.book.t(label)} ({self.sheet.name}, {ref.a1})")
            self.sheet.highlight(ref, f"=OR({','.join(condition for condition, _ in faults)})")
        self.at += 1
        return ref

    def input(
        self, row: int, col: int, key: str, kind: CellKind, rule: Rule, help: Words = ""
    ) -> Ref:
        """An input cell alone, validated by its rule."""
        lowest, highest = rule.least, rule.most
        if kind in _RATES and highest is None:
            highest = 0.9999
        if kind in ("date", "month", "text", "general"):
            lowest = highest = None
        return self.sheet.input(
            row, col, key, None, kind,
            choices=rule.choices, minimum=lowest, maximum=highest, help=help,
        )  # fmt: skip

    def say(self, row: int, faults: Sequence[tuple[str, Words]], label: Words) -> Ref:
        """A check in the check column that the results of this page wait for."""
        formula = '"OK"'
        for condition, message in reversed(faults):
            formula = f"IF({condition},{self.book.q(message)},{formula})"
        quiet: dict[str, Any] = {"font_size": 9, "font_color": style.GOOD_TEXT, "indent": 1}
        ref = self.sheet.formula(row, self.check, f"={formula}", "general", "label", **quiet)
        self.sheet.highlight(ref, f'={ref.a1}<>"OK"')
        self.book.checks.append((self.book.t(label), ref))
        self.checked.append(ref)
        return ref

    def verify(self, wrong: str, message: Words, label: Words) -> None:
        """A check of several inputs together: the sentence while the condition `wrong` holds."""
        self.sheet.label(self.at, LABEL, label, "label", italic=True)
        self.say(self.at, [(f"IFERROR({self.resolve(wrong)},TRUE)", message)], label)
        self.at += 1

    def sound(self) -> str:
        """The condition under which results may be computed: all entries concerned are sound."""
        pages = [page for page in (*self.needs, self) if page.checked]
        cells = [p.state.fixed if p is self else p.state.address for p in pages]
        return both(*(f'{cell}="OK"' for cell in cells))

    def result(
        self,
        key: str,
        label: Words,
        formula: str,
        kind: CellKind = "money",
        role: CellRole = "formula",
        *,
        trace: Words = "",
        asked: Asked | None = None,
        plain: bool = False,
        name: Words = "",
        choices: Choices | None = None,
    ) -> Ref:
        """A labelled result, blank while something typed is wrong."""
        self.sheet.label(self.at, LABEL, label, "strong" if role in _STRONG else "label")
        ref = self.put(
            self.at, VALUE, key, formula, kind, role,
            asked=asked, plain=plain, choices=choices, verdict=(self.at, TRACE),
        )  # fmt: skip
        if name:
            ref = self.kit.cells[key] = self.book.define(name, ref)
        if trace and (plain or not self.kit.student):
            self.sheet.label(self.at, TRACE, trace, "trace")
        self.at += 1
        return ref

    def put(
        self,
        row: int,
        col: int,
        key: str,
        formula: str,
        kind: CellKind = "amount",
        role: CellRole = "formula",
        *,
        count: int = 1,
        down: bool = False,
        asked: Asked | None = None,
        plain: bool = False,
        verdict: tuple[int, int] | None = None,
        when: str | None = None,
        choices: Choices | None = None,
    ) -> Ref:
        """One formula in a cell, or in `count` cells across or down, known by `key` afterwards.

        Blank unless the condition `when` holds: by default, that what is typed is sound. In a
        student's copy it is an answer (`asked`), or a blank to work in unless it is `plain`.
        """
        clean = self.resolve(formula)
        condition = self.sound() if when is None else when
        whole = f'=IF({condition},{clean},"")' if condition else f"={clean}"
        last = (row + count - 1, col) if down else (row, col + count - 1)
        sheet = self.sheet
        ref = Ref(sheet.name, row, col, *last) if count > 1 else Ref(sheet.name, row, col)
        self.kit.cells[key] = ref
        if choices:
            self.kit.words[key] = choices
        spread = sheet.down if down else sheet.across
        right = self.kit.values.get(key)
        done = 0
        if asked and self.book.mode != "plain" and right is not None:
            right = [v for v in right if v is not None] if isinstance(right, list) else [right]
            done = len(right)
            exact = choices is not None or kind in (*_WHOLE, "date")
            sheet.answer(
                row, col, whole, right, kind, role,
                label=asked.label, explanation=asked.explanation, points=asked.points,
                tolerance=0 if exact else _tolerance(asked, kind),
                verdict=verdict, down=down, choices=choices, shown=f"={clean}",
            )  # fmt: skip
        for cell in ref.cells()[done:] if done or (self.kit.student and not plain) else ():
            if self.kit.student:
                sheet.value(cell.row, cell.col, None, "formula", kind, locked=False)
            else:
                spread(cell.row, cell.col, 1, whole, kind, role)
        if not done and not (self.kit.student and not plain):
            spread(row, col, count, whole, kind, role)
        return ref

    def finish(self) -> None:
        """After the last entry: the state of the entries, in row 4."""
        if not self.checked:
            return
        sheet = self.sheet
        # 0 first: a lone comparison would stay a truth value, which equals no number.
        count = "0+" + "+".join(f'({ref.a1}<>"OK")' for ref in self.checked)
        told = self.book.counted(count, Text(" saisie(s) à revoir", " entr(y|ies) to review"))
        sheet.label(
            _STATE_ROW, LABEL, Text("Saisie de cette feuille", "Entries of this sheet"), "strong"
        )
        at = self.state
        sheet.formula(
            at.row,
            at.col,
            f'=IF({count}=0,"OK",{told})',
            "general",
            "check",
            align="center",
        )
        sheet.check_look(at)
        sheet.raw.set_row(_STATE_ROW, 18)


_STRONG = ("total", "result")


def _tolerance(asked: Asked, kind: CellKind) -> float:
    """Of a rate, never as much as a whole point."""
    most = {"percent": 0.0005, "rate": 0.0001}.get(kind, asked.tolerance)
    return min(asked.tolerance, most)


def both(*conditions: str) -> str:
    """Conditions joined; none is no condition.

    >>> both("A1>0"), both("A1>0", "B1>0"), both()
    ('A1>0', 'AND(A1>0,B1>0)', '')
    """
    given = [condition for condition in conditions if condition]
    return given[0] if len(given) == 1 else f"AND({','.join(given)})" if given else ""
