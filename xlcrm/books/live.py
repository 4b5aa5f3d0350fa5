"""LiveBook: an open workbook of Excel, or of LibreOffice Calc, through xlwings.

Only xlwings' ordinary objects are used, so that the same code runs on any xlwings engine. An
engine that cannot do something raises NotImplementedError, and the sheet does without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlwings as xw

from xlcrm.books.addresses import sheet_of
from xlcrm.books.book import Grid
from xlcrm.books.drawing import Prepared, draw, empty, name_tables, prepare, reference
from xlcrm.books.layout import ROLE_PREFIX, sheet_name
from xlcrm.books.memory import no_sheet
from xlcrm.books.results import ResultSheet
from xlcrm.books.saving import attach_beside
from xlcrm.errors import SourceError
from xlcrm.texts import Lang

_SHOWN = (True, -1)  # Excel on Windows says -1, and 0 or 2 of a hidden sheet
_ENORMOUS = 1_000_000  # cells of a used range above which its last value is looked for
_MERGES_LOOKED_FOR = 400  # enough for title rows and headers; a sheet of merged data is cut here


class LiveBook:
    """An open workbook. It never saves: that stays with the user."""

    def __init__(self, book: xw.Book, lang: Lang = "fr") -> None:
        self._book = book
        self._called = str(book.name)  # cannot be asked of a workbook that was closed meanwhile
        self._lang = lang  # of the words in the status bar

    @property
    def name(self) -> str:
        return str(self._book.name)

    def sheets(self) -> list[str]:
        others = {*self.made().values(), *self.hidden()}
        return [sheet.name for sheet in self._book.sheets if sheet.name not in others]

    def hidden(self) -> list[str]:
        made = set(self.made().values())
        sheets = [sheet for sheet in self._book.sheets if sheet.name not in made]
        return [sheet.name for sheet in sheets if _is_hidden(sheet)]

    def active(self) -> str | None:
        return str(self._book.sheets.active.name)

    def read(self, sheet: str) -> Grid:
        with self._failing_as_source_error():
            source = self._sheet(sheet)
            area = self._active_table(source) or _filled_part(source.used_range)
            rows = area.options(ndim=2, err_to_str=True).value
            rows = [[_plain(value) for value in row] for row in rows]
            while rows and all(value is None for value in rows[-1]):
                rows.pop()
            return Grid(
                sheet=source.name,
                rows=rows,
                top=area.row,
                left=area.column,
                merged=_merged(area) if rows else [],
                hidden_rows=_hidden_rows(area) if rows else frozenset(),
            )

    def made(self) -> dict[str, str]:
        roles = {}
        for name in self._book.names:
            if name.name.startswith(ROLE_PREFIX) and (sheet := sheet_of(name.refers_to or "")):
                roles[name.name.removeprefix(ROLE_PREFIX)] = sheet
        return roles

    def write(self, results: Sequence[ResultSheet]) -> list[str]:
        made = self.made()
        # Every row is made before the first sheet changes: most failures happen there.
        todo = [prepare(r, self._lang) for r in results if not (r.settings and r.role in made)]
        with quiet(self._book.app), self._failing_as_source_error():
            stood = self._book.sheets.active.name
            self._write_all(todo, made)
            show(self._book.sheets[stood])
        now = self.made()
        return [now[result.role] for result in results]

    def drop(self, roles: Sequence[str] | None = None) -> list[str]:
        made = self.made()
        gone = [role for role in made if roles is None or role in roles]
        with quiet(self._book.app), self._failing_as_source_error():
            self._keep_one_sheet([made[role] for role in gone])
            for role in gone:
                self._book.names[ROLE_PREFIX + role].delete()
                self._book.sheets[made[role]].delete()
        return [made[role] for role in gone]

    def attach(self, name: str, content: bytes) -> str:
        """Beside the workbook; where that has no folder of this machine, among the documents."""
        place = Path(self._book.fullname)
        if not place.is_absolute() or not place.parent.is_dir():
            place = documents_folder() / self.name
        return attach_beside(place, name, content)

    def progress(self, share: float, text: str) -> None:
        _status(self._book.app, f"xlcrm : {text} ({share:.0%})")

    def tell(self, text: str) -> None:
        try:
            self._book.app.alert(text, title="xlcrm")
        except NotImplementedError:
            _status(self._book.app, text)

    def _sheet(self, wanted: str) -> xw.Sheet:
        for sheet in self._book.sheets:
            if sheet.name == wanted:
                return sheet
        raise no_sheet(wanted, self.name, self.sheets())

    def _active_table(self, sheet: xw.Sheet) -> xw.Range | None:
        """The range of the table that the user stands in, on that sheet."""
        if self._book.sheets.active.name != sheet.name:
            return None
        try:
            selection = self._book.selection
            table = selection.table if selection is not None else None
        except NotImplementedError:
            return None
        return table.range if table is not None else None

    def _write_all(self, todo: Sequence[Prepared], made: dict[str, str]) -> None:
        """Write every sheet; where one fails, the workbook becomes what it was.

        A sheet that is there is emptied and filled again, so that formulas and charts of the
        user that point at it go on pointing at it; a copy stands by meanwhile.
        """
        added: list[xw.Sheet] = []
        copies: dict[str, xw.Sheet] = {}
        try:
            for prepared in todo:
                role = prepared.result.role
                if role in made:
                    sheet = self._book.sheets[made[role]]
                    copies[role] = sheet.copy(name=self._free_name("xlcrm"))
                    empty(sheet)
                else:
                    name = self._free_name(prepared.result.name)
                    sheet = self._book.sheets.add(name, after=self._book.sheets[-1])
                    added.append(sheet)
                draw(sheet, prepared)
        except BaseException:
            for sheet in added:
                sheet.delete()
            for role, copy in copies.items():
                self._put_back(role, made[role], copy)
            raise
        for copy in copies.values():
            copy.delete()
        new = iter(added)
        for prepared in todo:
            role = prepared.result.role
            sheet = self._book.sheets[made[role]] if role in made else next(new)
            self._book.names.add(ROLE_PREFIX + role, reference(sheet, sheet.range((1, 1))))
            name_tables(sheet, prepared)

    def _put_back(self, role: str, name: str, copy: xw.Sheet) -> None:
        broken = self._book.sheets[name]
        copy.move(before=broken)
        broken.delete()
        copy.name = name
        self._book.names.add(ROLE_PREFIX + role, reference(copy, copy.range((1, 1))))

    def _free_name(self, wanted: str) -> str:
        return sheet_name(wanted, [sheet.name for sheet in self._book.sheets])

    def _keep_one_sheet(self, going: Sequence[str]) -> None:
        """A workbook cannot be without a sheet."""
        if len(going) == len(self._book.sheets):
            self._book.sheets.add()

    @contextmanager
    def _failing_as_source_error(self) -> Iterator[None]:
        try:
            yield
        except _engine_errors() as error:
            raise refused(self._called, error) from error


def documents_folder() -> Path:
    """A folder of ours among the user's documents, for files that have no better place."""
    documents = Path.home() / "Documents"
    folder = (documents if documents.is_dir() else Path.home()) / "xlcrm"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def quiet(app: xw.App) -> Iterator[None]:
    """Neither redraw nor recalculate while a block runs; restored even when it fails."""
    before: dict[str, Any] = {}
    for setting, value in (("screen_updating", False), ("calculation", "manual")):
        try:
            before[setting] = getattr(app, setting)
            setattr(app, setting, value)
        except NotImplementedError:
            before.pop(setting, None)
    try:
        yield
    finally:
        for setting, value in before.items():
            setattr(app, setting, value)


def show(sheet: xw.Sheet) -> None:
    """Bring a sheet to the front of its workbook; where that cannot be, nothing happens."""
    # Not Sheet.select(), which fails when another Excel is in front.
    with suppress(NotImplementedError, *_engine_errors()):
        sheet.impl.select()


def refused(book: str, error: BaseException) -> SourceError:
    """The sentence for a workbook that refuses to be read or changed, with the program's words."""
    return SourceError(
        fr="Le tableur refuse de lire ou de modifier {book}. Terminez la saisie en cours (touche "
        "Entrée ou Échap), vérifiez que le classeur est encore ouvert et qu'il n'est ni protégé "
        "ni en mode protégé, puis recommencez. Réponse du tableur : {said}",
        en="The spreadsheet refuses to read or change {book}. Finish the cell that is being "
        "edited (Enter or Esc), check that the workbook is still open and neither protected nor "
        "in protected view, then try again. The spreadsheet said: {said}",
        book=book,
        said=_said(error),
    )


def _said(error: BaseException) -> str:
    details = getattr(error, "excepinfo", None)  # a COM error hides its sentence there
    if details and len(details) > 2 and details[2]:
        return str(details[2])
    return str(error)[:200] or type(error).__name__


def _engine_errors() -> tuple[type[BaseException], ...]:
    """What an engine raises when the program refuses: COM on Windows, AppleScript on macOS."""
    kinds: list[type[BaseException]] = [xw.XlwingsError]
    for module, name in (("pywintypes", "com_error"), ("appscript.reference", "CommandError")):
        if found := getattr(sys.modules.get(module), name, None):
            kinds.append(found)
    return tuple(kinds)


def _status(app: xw.App, text: str) -> None:
    with suppress(NotImplementedError):
        app.status_bar = text


def _filled_part(area: xw.Range) -> xw.Range:
    """The used range of a sheet, cut where its values end when formats make it enormous."""
    if len(area) < _ENORMOUS:
        return area
    try:
        visible: Any = area[:, 0].get_special_cells("visible")
        if sum(part.shape[0] for part in visible) < area.shape[0]:
            return area  # Excel's search passes over hidden rows
        row: Any = area.find("*", direction="backward", order="rows")
        column: Any = area.find("*", direction="backward", order="columns")
    except NotImplementedError:
        return area
    if row is None or column is None:
        return area[0, 0]
    return area[: row.row - area.row + 1, : column.column - area.column + 1]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):  # cells in a currency format, on Windows
        return float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value


def _merged(area: xw.Range) -> list[tuple[int, int, int, int]]:
    """The merged ranges, looked for by halves: one call where there is none."""
    found: list[tuple[int, int, int, int]] = []
    try:
        _look_for_merged(area, found)
    except NotImplementedError:
        return []
    return sorted(set(found))


def _look_for_merged(area: xw.Range, found: list[tuple[int, int, int, int]]) -> None:
    if len(found) >= _MERGES_LOOKED_FOR or area.merge_cells is False:
        return
    height, width = area.shape
    whole = area[0, 0].merge_area
    if area.merge_cells and (whole.shape[0] >= height and whole.shape[1] >= width):
        found.append((whole.row, whole.column, *_last(whole)))
    elif height > 1:
        _look_for_merged(area[: height // 2, :], found)
        _look_for_merged(area[height // 2 :, :], found)
    elif width > 1:
        _look_for_merged(area[:, : width // 2], found)
        _look_for_merged(area[:, width // 2 :], found)


def _last(area: xw.Range) -> tuple[int, int]:
    height, width = area.shape
    return area.row + height - 1, area.column + width - 1


def _is_hidden(sheet: xw.Sheet) -> bool:
    try:
        return sheet.visible not in _SHOWN
    except NotImplementedError:
        return False


def _hidden_rows(area: xw.Range) -> frozenset[int]:
    """The rows that a filter or the user hides."""
    try:
        visible: Any = area[:, 0].get_special_cells("visible") if area.shape[0] > 1 else [area]
    except NotImplementedError:
        return frozenset()
    hidden = set(range(area.row, area.row + area.shape[0]))
    for part in visible:
        hidden.difference_update(range(part.row, part.row + part.shape[0]))
    return frozenset(hidden)
