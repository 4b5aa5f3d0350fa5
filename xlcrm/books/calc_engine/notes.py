"""Notes on cells: xlwings' Note over Calc's annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.ranges import Range
    from xlcrm.books.calc_engine.sheet import Sheet


class Note(base_classes.Note):
    """The note of a cell."""

    def __init__(self, location: Range) -> None:
        self._location = location

    @property
    def api(self) -> Any:
        return self._location.xl.getCellByPosition(0, 0).getAnnotation()

    @property
    def text(self) -> str:
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def author(self) -> str:
        return str(self.api.getAuthor())

    @property
    def location(self) -> Range:
        return self._location

    def delete(self) -> None:
        notes = self._location.sheet.xl.getAnnotations()
        for position in range(notes.Count):
            at = notes.getByIndex(position).Position
            if (at.Row + 1, at.Column + 1) == (self._location.row, self._location.column):
                notes.removeByIndex(position)
                return


def notes_of(sheet: Sheet) -> list[Note]:
    """The notes of a sheet, in the order in which Calc has them."""
    notes = sheet.xl.getAnnotations()
    places = [notes.getByIndex(position).Position for position in range(notes.Count)]
    return [Note(sheet.range((at.Row + 1, at.Column + 1))) for at in places]


def note_at(area: Range) -> Note | None:
    """The note of the first cell of a range."""
    note = Note(area(1, 1))
    return note if note.text else None


def add_note(area: Range, text: str) -> Note:
    """Put a note on the first cell of a range."""
    address = area.sheet.cell_address(area.row, area.column)
    area.sheet.xl.getAnnotations().insertNew(address, text)
    return Note(area(1, 1))
