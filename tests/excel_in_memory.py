"""An xlwings engine over plain Python objects: xlwings' own code runs on it without Excel.

It keeps to what Excel does where that matters to the live book: a text that looks like a number,
a date or a formula is read as one unless an apostrophe stands before it, names follow a renamed
sheet, the last sheet cannot go. It counts the reads and writes of values.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import xlwings as xw
from xlwings import Engine, base_classes

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Refused(xw.XlwingsError):
    """What Excel answers when it will not."""


class _Bag:
    """Settings of a font, chart part and so on, kept as they are set."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)


class EngineImpl:
    name, type = "memory", "desktop"

    @property
    def apps(self) -> Any:
        raise NotImplementedError

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return "" if value is None or value != value else value

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):  # type: ignore[no-untyped-def]
        def clean(value: Any) -> Any:
            if value is None:
                return empty_as
            if isinstance(value, Error):
                return str(value) if err_to_str else None
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]


class Error(str):
    """A failed formula."""


class App(base_classes.App):
    engine = EngineImpl()
    pid = 1
    # Plain attributes in place of the properties of the base class.
    screen_updating: Any = True
    calculation: Any = "automatic"
    status_bar: Any = False
    display_alerts: Any = True

    def __init__(self) -> None:
        self.alerts: list[str] = []
        self.answer = "ok"  # what the user clicks
        self.opened: list[str] = []
        self.statuses: list[str] = []
        self.selected: Range | None = None
        self.active_book: BookImpl | None = None

    api = property(lambda self: self)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "status_bar" and value:
            self.statuses.append(value)
        super().__setattr__(name, value)

    @property
    def selection(self) -> Range | None:
        return self.selected

    def alert(self, prompt, title, buttons, mode, callback):  # type: ignore[no-untyped-def]
        self.alerts.append(prompt)
        return self.answer

    @property
    def books(self) -> Books:
        return Books(self)


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self._app = app

    app = property(lambda self: self._app)

    def _all(self) -> list[BookImpl]:
        return [self._app.active_book] if self._app.active_book is not None else []

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Any:
        return iter(self._all())

    def __call__(self, key: Any) -> BookImpl:
        for open_book in self._all():
            if open_book.name == key:
                return open_book
        raise KeyError(key)

    def open(self, fullname, *more):  # type: ignore[no-untyped-def]
        self._app.opened.append(fullname)
        return self._app.active_book


class Names(base_classes.Names):
    def __init__(self, book: BookImpl) -> None:
        self.book = book

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(n, Name(self.book, n)) for n in self.book.defined]

    def __call__(self, key: Any) -> Name:
        if key not in self.book.defined:
            raise KeyError(key)
        return Name(self.book, key)

    def contains(self, key: str) -> bool:
        return key in self.book.defined

    def add(self, name: str, refers_to: str) -> Name:
        if not re.fullmatch(r"[A-Za-z_\\][\w.]*", name) or _ADDRESS.fullmatch(name.upper()):
            raise Refused(f"{name} is no name")
        sheet, _, area = refers_to.lstrip("=").rpartition("!")
        title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        self.book.defined[name] = (self.book.sheet(title), area)
        return Name(self.book, name)


class Name(base_classes.Name):
    def __init__(self, book: BookImpl, name: str) -> None:
        self.book, self._name = book, name

    name = property(lambda self: self._name)
    api = property(lambda self: self)

    @property
    def refers_to(self) -> str:
        sheet, area = self.book.defined[self._name]
        if sheet not in self.book.sheet_list:
            return "=#REF!#REF!"
        plain = re.fullmatch(r"[A-Za-z_]\w*", sheet.title)
        quoted = sheet.title if plain else "'" + sheet.title.replace("'", "''") + "'"
        return f"={quoted}!{area}"

    @property
    def refers_to_range(self) -> Range:
        sheet, area = self.book.defined[self._name]
        return sheet.range(area)

    def delete(self) -> None:
        del self.book.defined[self._name]


class BookImpl(base_classes.Book):
    def __init__(self, name: str = "Classeur1", sheets: tuple[str, ...] = ("Feuil1",)) -> None:
        self._name = name
        self._app = App()
        self._app.active_book = self
        self.sheet_list = [SheetImpl(self, title) for title in sheets]
        self.active_sheet = self.sheet_list[0]
        self.defined: dict[str, tuple[SheetImpl, str]] = {}
        self.protected = False  # the structure: no sheet can come or go
        self.reads = self.writes = 0
        self.refuse_after: int | None = None  # writes of values that still succeed

    name = property(lambda self: self._name)
    app = property(lambda self: self._app)
    api = property(lambda self: self)
    names = property(lambda self: Names(self))
    fullname = property(lambda self: self._name)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    def sheet(self, title: str) -> SheetImpl:
        for sheet in self.sheet_list:
            if sheet.title.casefold() == title.casefold():
                return sheet
        raise KeyError(title)

    def activate(self) -> None:
        self._app.active_book = self


class Sheets(base_classes.Sheets):
    def __init__(self, book: BookImpl) -> None:
        self.book = book

    @property
    def active(self) -> SheetImpl:
        return self.book.active_sheet

    def __call__(self, key: Any) -> SheetImpl:
        return self.book.sheet_list[key - 1] if isinstance(key, int) else self.book.sheet(key)

    def __len__(self) -> int:
        return len(self.book.sheet_list)

    def __iter__(self) -> Any:
        return iter(list(self.book.sheet_list))

    def add(self, before=None, after=None, name=None):  # type: ignore[no-untyped-def]
        if self.book.protected:
            raise Refused("The workbook is protected.")
        sheet = SheetImpl(self.book, "?")
        if before is not None or after is not None:
            place = self.book.sheet_list.index(before or after) + (after is not None)
        else:
            place = self.book.sheet_list.index(self.book.active_sheet)
        self.book.sheet_list.insert(place, sheet)
        self.book.active_sheet = sheet
        if name is not None:
            sheet.name = name
        return sheet


class SheetImpl(base_classes.Sheet):
    visible: Any = True

    def __init__(self, book: BookImpl, title: str) -> None:
        self._book, self.title = book, title
        self.cells_: dict[tuple[int, int], Any] = {}
        self.formats: dict[tuple[int, int], dict[str, Any]] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden: set[int] = set()
        self.table_list: list[TableImpl] = []
        self.chart_list: list[ChartImpl] = []
        self.widths: dict[int, float] = {}
        self.frozen: str | None = None
        self.used: tuple[int, int] | None = None  # last row and column once formatted

    api = property(lambda self: self)
    book = property(lambda self: self._book)
    tables = property(lambda self: self)

    @property
    def index(self) -> int:
        return self._book.sheet_list.index(self) + 1

    @property
    def name(self) -> str:
        return self.title

    @name.setter
    def name(self, value: str) -> None:
        others = {s.title.casefold() for s in self._book.sheet_list if s is not self}
        if value.casefold() in others or len(value) > 31 or re.search(r"[\[\]:*?/\\]", value):
            raise Refused(f"{value} is no sheet name")
        self.title = value

    def range(self, one: Any, two: Any = None) -> Range:
        if isinstance(one, str):
            return Range(self, [_area(part) for part in one.split(",")])
        if isinstance(one, Range):
            one = (one.row, one.column)
            two = two or one
        if isinstance(two, Range):
            two = (two.row + two.shape[0] - 1, two.column + two.shape[1] - 1)
        if len(one) == 4:
            return Range(self, [(one[0], one[1], one[0] + one[2] - 1, one[1] + one[3] - 1)])
        return Range(self, [(*one, *(two or one))])

    @property
    def cells(self) -> Range:
        return Range(self, [(1, 1, _LAST_ROW, _LAST_COLUMN)])

    @property
    def used_range(self) -> Range:
        if not self.cells_:
            return self.range((1, 1))
        rows, columns = zip(*self.cells_, strict=True)
        last = (max(rows), max(columns))
        if self.used:
            last = (max(last[0], self.used[0]), max(last[1], self.used[1]))
        return self.range((min(rows), min(columns)), last)

    def select(self) -> None:
        self._book.active_sheet = self

    def delete(self) -> None:
        if self._book.protected or len(self._book.sheet_list) == 1:
            raise Refused("The sheet cannot be deleted.")
        place = self._book.sheet_list.index(self)
        self._book.sheet_list.remove(self)
        if self._book.active_sheet is self:
            rest = self._book.sheet_list
            self._book.active_sheet = rest[min(place, len(rest) - 1)]

    def clear(self) -> None:
        self.cells_, self.formats = {}, {}

    def copy(self, before: SheetImpl | None = None, after: SheetImpl | None = None) -> None:
        """As Excel: the copy takes values and formats, and names of the sheet stay behind."""
        made = self._book.sheets.add(before, after, None)
        made.title = f"{self.title[:25]} (copy)"
        made.cells_ = dict(self.cells_)
        made.formats = {place: dict(look) for place, look in self.formats.items()}
        made.chart_list = list(self.chart_list)

    def move(self, before: SheetImpl | None = None, after: SheetImpl | None = None) -> None:
        self._book.sheet_list.remove(self)
        place = self._book.sheet_list.index(before or after) + (after is not None)  # type: ignore[arg-type]
        self._book.sheet_list.insert(place, self)

    @property
    def charts(self) -> Charts:
        return Charts(self)

    @property
    def freeze_panes(self) -> Any:
        return _Bag(
            freeze_at=lambda address: setattr(self, "frozen", address),
            unfreeze=lambda: setattr(self, "frozen", None),
        )


class TableImpl(base_classes.Table):
    def __init__(self, area: Range) -> None:
        self._area = area

    range = property(lambda self: self._area)


class Charts(base_classes.Charts):
    def __init__(self, sheet: SheetImpl) -> None:
        self.sheet = sheet

    def __len__(self) -> int:
        return len(self.sheet.chart_list)

    def __iter__(self) -> Any:
        return iter(list(self.sheet.chart_list))

    def add(self, left, top, width, height, **more):  # type: ignore[no-untyped-def]
        chart = ChartImpl(self.sheet, left, top)
        self.sheet.chart_list.append(chart)
        return chart


class ChartImpl(base_classes.Chart):
    chart_type: Any = None
    title: Any = None
    left: Any = 0
    top: Any = 0

    def __init__(self, sheet: SheetImpl, left: float, top: float) -> None:
        self.sheet = sheet
        self.left, self.top = left, top
        self.source: str | None = None
        self.axis: dict[str, Any] = {}

    def set_source_data(self, rng, plot_by=None):  # type: ignore[no-untyped-def]
        self.source = rng.address

    def delete(self) -> None:
        self.sheet.chart_list.remove(self)

    @property
    def value_axis(self) -> Any:
        return _Bag(set=lambda **changes: self.axis.update(changes))

    @property
    def series(self) -> Any:
        raise NotImplementedError


class Range(base_classes.Range):
    def __init__(self, sheet: SheetImpl, areas: list[tuple[int, int, int, int]]) -> None:
        self._sheet, self.areas = sheet, areas
        self.area = areas[0]
        self.options: dict[str, Any] = {}

    api = property(lambda self: self)
    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self.area[0])
    column = property(lambda self: self.area[1])
    max_cells_per_read = max_cells_per_write = None

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.area
        return bottom - top + 1, right - left + 1

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self._sheet.title, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __bool__(self) -> bool:
        return True

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self._sheet.range((self.row + row - 1, self.column + column - 1))

    @property
    def address(self) -> str:
        return ",".join(_address(area) for area in self.areas)

    def get_address(self, row_absolute, col_absolute, external):  # type: ignore[no-untyped-def]
        return self.address

    @property
    def raw_value(self) -> Any:
        self._sheet._book.reads += 1
        top, left, bottom, right = self.area
        cells = self._sheet.cells_
        rows = [[cells.get((r, c)) for c in range(left, right + 1)] for r in range(top, bottom + 1)]
        return rows[0][0] if self.shape == (1, 1) else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        book = self._sheet._book
        book.writes += 1
        if book.refuse_after is not None and book.writes > book.refuse_after:
            raise Refused("The cell is protected.")
        height, width = self.shape
        if not isinstance(data, (list, tuple)):
            data = [[data] * width] * height
        for r, row in enumerate(data):
            for c, value in enumerate(row):
                self._put(self.row + r, self.column + c, value)

    def _put(self, row: int, column: int, value: Any) -> None:
        read = _typed(value)
        if read is None:
            self._sheet.cells_.pop((row, column), None)
        else:
            self._sheet.cells_[row, column] = read

    def _set(self, key: str, value: Any) -> None:
        for top, left, bottom, right in self.areas:
            for r in range(top, bottom + 1):
                for c in range(left, right + 1):
                    self._sheet.formats.setdefault((r, c), {})[key] = value

    def _get(self, key: str) -> Any:
        return self._sheet.formats.get((self.row, self.column), {}).get(key)

    number_format = property(
        lambda self: self._get("number_format") or "General",
        lambda self, value: self._set("number_format", value),
    )
    color: Any = property(
        lambda self: self._get("color"), lambda self, value: self._set("color", value)
    )
    wrap_text = property(
        lambda self: self._get("wrap_text"), lambda self, value: self._set("wrap_text", value)
    )
    vertical_alignment = property(
        lambda self: self._get("valign"), lambda self, value: self._set("valign", value)
    )
    left = property(lambda self: (self.column - 1) * 64.0)
    top = property(lambda self: (self.row - 1) * 15.0)

    @property
    def font(self) -> _Font:
        return _Font(self)

    @property
    def formula(self) -> Any:
        return self._get("formula") or ""

    @formula.setter
    def formula(self, value: str) -> None:
        self._set("formula", value)

    @property
    def column_width(self) -> float:
        return self._sheet.widths.get(self.column, 8.43)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._sheet.widths[self.column] = value

    note: Any = None

    def add_note(self, text: str) -> Any:
        self._set("note", text)
        return _Bag()

    @property
    def data_validation(self) -> Any:
        return _Bag(set_list=lambda source, shown: self._set("choices", source))

    @property
    def conditional_formats(self) -> Any:
        def keep(kind: str) -> Any:
            return lambda spec: self._set("rule", kind)

        return _Bag(
            add_data_bar=keep("bar"), add_color_scale=keep("scale"), add_icon_set=keep("icons")
        )

    @property
    def table(self) -> TableImpl | None:
        for table in self._sheet.table_list:
            top, left, bottom, right = table._area.area
            if top <= self.row <= bottom and left <= self.column <= right:
                return table
        return None

    @property
    def merge_area(self) -> Range:
        for area in self._sheet.merges:
            if area[0] <= self.row <= area[2] and area[1] <= self.column <= area[3]:
                return Range(self._sheet, [area])
        return self

    @property
    def merge_cells(self) -> bool | None:
        top, left, bottom, right = self.area
        touched = [
            m
            for m in self._sheet.merges
            if m[0] <= bottom and m[2] >= top and m[1] <= right and m[3] >= left
        ]
        if not touched:
            return False
        m = touched[0]
        inside = m[0] <= top and m[1] <= left and m[2] >= bottom and m[3] >= right
        return True if inside else None

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Any:
        assert (text, direction) == ("*", "backward"), "only the search of the last value"
        places = list(self._sheet.cells_)
        last = max(places, key=lambda p: p if order == "rows" else p[::-1], default=None)
        return self._sheet.range(last) if last else None

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        parts: list[Range] = []
        top, left, bottom, right = self.area
        start = None
        for row in range(top, bottom + 2):
            shown = row <= bottom and row not in self._sheet.hidden
            if shown and start is None:
                start = row
            elif not shown and start is not None:
                parts.append(Range(self._sheet, [(start, left, row - 1, right)]))
                start = None
        return parts


class _Font:
    def __init__(self, area: Range) -> None:
        object.__setattr__(self, "area", area)

    def __setattr__(self, name: str, value: Any) -> None:
        self.area._set(f"font_{name}", value)


def _typed(value: Any) -> Any:
    """What Excel makes of a value that is put into a cell of the General format."""
    if not isinstance(value, str):
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if value == "":
        return None
    if value[0] == "'":
        return value[1:]
    if value[0] in "=+-@":
        return Error("#NAME?") if not re.fullmatch(r"[+-]\d+([.,]\d+)?", value) else float(value)
    if value.casefold() in ("true", "false", "vrai", "faux"):
        return value.casefold() in ("true", "vrai")
    if value.startswith("#"):
        return Error(value)
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", value):
        return dt.datetime(int(match[3] or 2026), int(match[2]), int(match[1]))
    if re.fullmatch(r"[\d  ]*\d([.,]\d+)?\s?[€%]?", value):
        return float(re.sub(r"[^\d.,]", "", value).replace(",", "."))
    return value


def _area(text: str) -> tuple[int, int, int, int]:
    first, _, last = text.partition(":")
    (one, two), (three, four) = _cell(first), _cell(last or first)
    return one, two, three, four


def _cell(text: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise Refused(f"{text} is no address")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _address(area: tuple[int, int, int, int]) -> str:
    def cell(row: int, column: int) -> str:
        letters = ""
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"${letters}${row}"

    first, last = cell(area[0], area[1]), cell(area[2], area[3])
    return first if first == last else f"{first}:{last}"


def book(name: str = "Classeur1", **sheets: list[list[Any]]) -> xw.Book:
    """A workbook with those sheets, their values from A1; `Feuil1` when none is given."""
    impl = BookImpl(name, tuple(sheets) or ("Feuil1",))
    for title, rows in sheets.items():
        sheet = impl.sheet(title)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
                    value = dt.datetime(value.year, value.month, value.day)
                if value is not None:
                    number = isinstance(value, int) and not isinstance(value, bool)
                    sheet.cells_[r, c] = float(value) if number else value
    return xw.Book(impl=impl)


ENGINE = Engine(impl=EngineImpl())
