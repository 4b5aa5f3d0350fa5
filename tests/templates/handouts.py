"""What the tests of the small workbooks share: type data into a built one, read it back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import ironcalc
from engines import ERROR

from xlcrm.cells import to_serial
from xlcrm.templates.form import Kit
from xlcrm.templates.formulas import Ref
from xlcrm.templates.handout import flat
from xlcrm.texts import Text


class Engine:
    """A workbook open in a formula engine; its inputs are typed by key."""

    def __init__(self, path: Path, kit: Kit) -> None:
        self.kit = kit
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        properties = self.model.get_worksheets_properties()
        self.sheets = {sheet["name"]: k for k, sheet in enumerate(properties)}

    def type(self, data: Mapping[str, Any]) -> None:
        """Put values in input cells and recalculate; None empties a cell, a text is as typed."""
        for key, value in flat(data).items():
            place = self.kit.book.inputs[key]
            if place.choices and value in place.choices:
                value = place.choices[value]
            if isinstance(value, Text):
                value = value.in_(self.kit.book.lang)
            if isinstance(value, date):
                value = int(to_serial(value))
            shown = "" if value is None else repr(value) if isinstance(value, float) else str(value)
            at = place.ref
            self.model.set_user_input(self.sheets[at.sheet], at.row + 1, at.col + 1, shown)
        self.model.evaluate()

    def at(self, ref: Ref) -> Any:
        """One value, or a list for a range; a blank is None."""
        found = [
            self.model.get_cell_value(self.sheets[c.sheet], c.row + 1, c.col + 1)
            for c in ref.cells()
        ]
        found = [None if value == "" else value for value in found]
        return found[0] if ref.single else found

    def __getitem__(self, key: str) -> Any:
        return self.at(self.kit.cells[key])

    def wrong_checks(self) -> dict[str, Any]:
        """The checks that do not say OK."""
        checks = {label: self.at(ref) for label, ref in self.kit.book.checks}
        return {label: value for label, value in checks.items() if value != "OK"}

    def errors(self) -> list[str]:
        """Every cell that shows an error value."""
        found = []
        for name, k in self.sheets.items():
            first_row, last_row, first_col, last_col = self.model.get_sheet_dimensions(k)
            for row in range(first_row, last_row + 1):
                for col in range(first_col, last_col + 1):
                    value = self.model.get_cell_value(k, row, col)
                    if isinstance(value, str) and ERROR.fullmatch(value):
                        found.append(f"{name}!{Ref(name, row - 1, col - 1).a1}: {value}")
        return found


def disagreements(kit: Kit, values: Mapping[str, Any], read: Any) -> list[Any]:
    """Where a recalculated workbook differs from the model: amounts at all, rates beyond 1e-9."""
    found: list[Any] = []
    for key, wanted in values.items():
        got = read(kit.cells[key])
        wants = wanted if isinstance(wanted, list) else [wanted]
        gots = got if isinstance(got, list) else [got]
        if len(wants) != len(gots):
            found.append((key, len(wants), len(gots)))
            continue
        for k, (want, have) in enumerate(zip(wants, gots, strict=True)):
            if not _same(kit, key, want, None if have == "" else have):
                found.append((key, k, want, have))
    return found


def _same(kit: Kit, key: str, want: Any, have: Any) -> bool:
    if isinstance(want, date):
        want = int(to_serial(want))
    if isinstance(have, date):
        have = int(to_serial(have))
    if isinstance(want, str) and key in kit.words:
        want = kit.words[key][want]
    if isinstance(want, Text):
        want = want.in_(kit.book.lang)
    if want is None or have is None or isinstance(want, str) or isinstance(have, str):
        return bool(want == have)
    return math.isclose(want, have, rel_tol=1e-9, abs_tol=1e-9)


def given_away(path: Path, kit: Kit) -> list[str]:
    """Answers that a student's copy shows in a cell or in any of its parts.

    Left out: amounts that are data of the exercise, and round ones that may stand anywhere.
    """
    from engines import answers_found, recalculate_ironcalc

    inputs = {
        round(float(v), 6)
        for v in kit.book.given.values()
        if isinstance(v, (int, float)) and not isinstance(v, bool)
    }
    values = [
        float(value)
        for answer in kit.book.answers
        for value in answer.values
        if isinstance(value, (int, float))
        and round(abs(float(value)), 6) not in inputs
        and float(value) != int(value)
    ]
    assert values
    return answers_found(path, values, recalculate_ironcalc(path))
