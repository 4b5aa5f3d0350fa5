"""Builds the workbooks that are handed out: sheets, inputs, formulas, checks, answers, print.

>>> from io import BytesIO
>>> out = BytesIO()
>>> with TemplateBook(out, "fr", title=Text(fr="Essai", en="Trial")) as book:
...     sheet = book.sheet(Text(fr="Données", en="Data"), "input", widths=[2, 30, 14])
...     _ = sheet.label(4, 1, Text(fr="Taux de TVA", en="VAT rate"))
...     rate = sheet.input(4, 2, "vat", 0.2, "percent", name=Text(fr="TVA_taux", en="VAT_rate"))
...     double = sheet.formula(5, 2, f"=ROUND({rate}*2,2)", "percent")
>>> str(rate), double.a1, book.inputs["vat"].ref.a1
('TVA_taux', 'C6', 'C5')

The same arguments give the same bytes. A value of `given` stands in for the default of the input
of that key, which is how examples, exercises, and sheets that a trainer edited become workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

from xlcrm.errors import RequestError
from xlcrm.templates import style
from xlcrm.templates.data_sheet import DataSheet
from xlcrm.templates.exercise import Answer, write_solution, write_verdicts
from xlcrm.templates.formulas import Ref, quoted
from xlcrm.templates.inputs import YES_NO as YES_NO
from xlcrm.templates.inputs import Choices as Choices
from xlcrm.templates.inputs import Input, Words
from xlcrm.templates.sheet import TemplateSheet
from xlcrm.templates.style import CellKind, CellRole, SheetRole
from xlcrm.texts import Lang, Text, listed

Mode = Literal["plain", "student", "teacher"]

AUTHOR = "xlcrm"
CREATED = datetime(2026, 1, 1)  # fixed, so that a build can be compared byte by byte
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCcLl]\d*")


@dataclass(slots=True)
class TemplateBook:
    """A workbook under construction; use it in a `with`.

    `mode` is "plain" for a working tool, "student" and "teacher" for the two copies of an
    exercise. `given` are values by input key. After building, `inputs`, `answers` and `checks`
    tell where everything stands.
    """

    path: str | Path | IO[bytes]
    lang: Lang
    title: Text
    mode: Mode = "plain"
    given: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""  # the template's name, salts the fingerprints of answers
    sheets: list[TemplateSheet] = field(default_factory=list)
    inputs: dict[str, Input] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    checks: list[tuple[str, Ref]] = field(default_factory=list)
    names: dict[str, Ref] = field(default_factory=dict)
    data: DataSheet | None = None  # the one sheet with all data, in a teacher's copy
    has_status: bool = True  # whether title bands show the overall check
    workbook: Any = None
    _formats: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        import xlsxwriter

        target = self.path if hasattr(self.path, "write") else str(self.path)
        options: dict[str, Any] = {
            "default_format_properties": {"font_name": style.FONT, "font_size": style.SIZE},
            "strings_to_urls": False,
            "in_memory": True,
        }
        self.workbook = xlsxwriter.Workbook(target, options)
        self.workbook.set_properties(
            {"title": self.t(self.title), "author": AUTHOR, "created": CREATED}
        )
        self.workbook.set_size(2400, 1500)
        self.workbook.set_calc_mode("auto")

    def __enter__(self) -> TemplateBook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()

    def t(self, text: Words) -> str:
        """A text in the language of the workbook."""
        return text.in_(self.lang) if isinstance(text, Text) else text

    def q(self, text: Words) -> str:
        """A text in the language of the workbook, as it stands in a formula."""
        return quoted(self.t(text))

    def counted(self, count: str, what: Text) -> str:
        """A formula that tells a number, of 1 or more, and what it is of: `2 alertes`."""
        one, many = (self.q(what.agree({}, number)) for number in (1, 2))
        return f"({count})&IF(({count})>1,{many},{one})"

    def format(
        self, role: CellRole, kind: CellKind = "general", more: Mapping[str, Any] | None = None
    ) -> Any:
        """The xlsxwriter format of a cell, made once."""
        key = (role, kind, tuple(sorted((more or {}).items())))
        if key not in self._formats:
            looks = style.look(role, kind, self.lang, more or {})
            self._formats[key] = self.workbook.add_format(looks)
        return self._formats[key]

    def sheet(
        self,
        name: Text,
        role: SheetRole,
        *,
        widths: Sequence[float],
        title: Words | None = None,
        subtitle: Words = "",
        landscape: bool = True,
        freeze: tuple[int, int] | None = None,
        one_page: bool = False,
    ) -> TemplateSheet:
        """Add a sheet. Rows 0 and 1 are its title band, row 2 is a gap: content starts at row 3.

        `widths` are those of the columns from A, in characters; A is a margin by custom.
        `freeze` is the first (row, column) that scrolls. `one_page` fits it all on one A4.
        """
        sheet = TemplateSheet(self, self.t(name), role, tuple(widths))
        self.sheets.append(sheet)
        sheet.start(self.t(title or name), self.t(subtitle), landscape, freeze, one_page)
        return sheet

    def define(self, name: Words, ref: Ref) -> Ref:
        """Give a cell or a range a name; the result stands in formulas by that name."""
        label = self.t(name)
        if _LOOKS_LIKE_CELL.fullmatch(label) or not re.fullmatch(r"[A-Za-z_]\w*", label):
            raise ValueError(f"{label}: not a defined name")
        if label in self.names:
            raise ValueError(f"{label}: defined twice")
        self.workbook.define_name(label, f"={ref.address}")
        named = Ref(ref.sheet, ref.row, ref.col, ref.last_row, ref.last_col, label)
        self.names[label] = named
        return named

    def chart(self, kind: str, title: Words, subtype: str | None = None) -> Any:
        """An xlsxwriter chart in the common look; add series to it, then TemplateSheet.place."""
        chart = self.workbook.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))
        font = {"name": style.FONT, "size": 9, "color": style.INK}
        chart.set_title(
            {
                "name": self.t(title),
                "name_font": {**font, "size": 12, "bold": True},
                "overlay": False,
            }
        )
        chart.set_legend({"position": "bottom", "font": font})
        if kind not in ("pie", "doughnut"):
            chart.set_x_axis(
                {"num_font": font, "line": {"color": style.LINE}, "label_position": "low"}
            )
            chart.set_y_axis(
                {
                    "num_font": font,
                    "num_format": "#,##0",
                    "line": {"none": True},
                    "major_gridlines": {"visible": True, "line": {"color": style.PALE}},
                }
            )
        chart.set_chartarea({"border": {"color": style.LINE}})
        return chart

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Write what depends on the whole (answers, verdicts, print areas), then the file.

        `last` is called when every sheet is there, for a sheet that lists the others.
        """
        unknown = [key for key in self.given if key not in self.inputs]
        if unknown:
            raise RequestError(
                fr=f"Donnée inconnue dans ce modèle : {listed(unknown)}.",
                en=f"Unknown input in this template: {listed(unknown)}.",
            )
        if self.answers and self.mode == "teacher":
            write_solution(self)
        if self.answers and self.mode == "student":
            write_verdicts(self)
        if last:
            last()
        if self.data:
            self.data.write()
        for sheet in self.sheets:
            sheet.finish()
        self.workbook.close()
