"""FileBook: a workbook or a text table on disk, without a spreadsheet program."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from xlcrm.books.book import Grid
from xlcrm.books.careful import read_carefully
from xlcrm.books.delimited import read_delimited
from xlcrm.books.fresh import fresh_workbook
from xlcrm.books.graft import put_sheets, remove_sheets, replaceable
from xlcrm.books.html_tables import read_html
from xlcrm.books.layout import Layout, lay_out, sheet_name
from xlcrm.books.markup import Malformed
from xlcrm.books.memory import no_sheet
from xlcrm.books.opening import (
    Format,
    as_written,
    check_parts,
    check_there,
    damaged,
    locked,
    recognise,
)
from xlcrm.books.package import Package
from xlcrm.books.results import ResultSheet
from xlcrm.books.saving import attach_beside, choose_output, replacing
from xlcrm.books.sheets import Details, crop, grid, read_details, table_at, verify
from xlcrm.books.workbook import Workbook
from xlcrm.errors import SourceError
from xlcrm.texts import Lang, Text

_CORE = "docProps/core.xml"
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384

_UNSIGNED = Text(
    fr="Le classeur porte une signature numérique : elle ne vaut plus pour {name}, qui a d'autres "
    "feuilles. Signez-le à nouveau s'il doit l'être.",
    en="The workbook bears a digital signature, which no longer holds for {name}: that has other "
    "sheets. Sign it again if it must be signed.",
)

_UNCALCULATED = Text(
    fr="{name} a des formules qui n'ont jamais été calculées : elles sont lues comme vides. "
    "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le, puis relancez.",
    en="{name} has formulas that were never calculated: they are read as blank. Open it in Excel "
    "or LibreOffice, save it, then run again.",
)


class FileBook:
    """A file that commands read from; result sheets go to a copy of it, the output.

    The file itself changes only where it is named as its own output.
    """

    def __init__(self, path: Path, kind: Format, output: Path, lang: Lang = "fr") -> None:
        self.output = output
        self.lang = lang
        self.told: list[str] = []
        self.on_progress: Callable[[float, str], None] | None = None
        self.on_message: Callable[[str], None] | None = None
        self._source = path
        self._take(path, kind)

    @classmethod
    def open(
        cls,
        path: str | Path,
        output: str | Path | None = None,
        lang: Lang = "fr",
        force: bool = False,
    ) -> FileBook:
        """Open a file. Without an output, results go to `<name>-xlcrm.xlsx` beside it.

        Raises SourceError for a file that cannot be read, or an output of another kind or that
        somebody may have worked in; with `force`, the latter is replaced.
        """
        path = as_written(Path(path))
        kind = recognise(path)
        ending = ".xlsm" if kind is Format.OOXML and _has_macros(path) else ".xlsx"
        wanted = Path(output) if output else None
        return cls(path, kind, choose_output(path, wanted, ending, force), lang)

    @property
    def name(self) -> str:
        return self._source.name

    def sheets(self) -> list[str]:
        """The worksheets that a user sees, without those of xlcrm and without hidden ones."""
        return [name for name, is_hidden in self._tabs() if not is_hidden]

    def hidden(self) -> list[str]:
        return [name for name, is_hidden in self._tabs() if is_hidden]

    def active(self) -> str | None:
        names = self.sheets()
        if self._kind is not Format.OOXML:
            return names[0] if len(names) == 1 else None
        with self._opened() as book:
            return book.active if book.active in names else None

    def read(self, sheet: str) -> Grid:
        if self._kind is not Format.OOXML:
            if sheet not in self._plain_sheets():
                raise no_sheet(sheet, self.name, self.sheets())
            return self._plain_sheets()[sheet]
        with self._opened() as book:
            found = {s.name: s for s in book.sheets() if s.kind == "worksheet"}.get(sheet)
            if found is None:
                raise no_sheet(sheet, self.name, [*self.sheets(), *self.made().values()])
            details = read_details(book.package, found.part, sheet)
            if details.uncalculated and not _is_ours(book.package):  # commands read its inputs
                self._say_once(_UNCALCULATED.format(name=self.name))
            whole = self._grid(book, sheet, details)
            if book.active == sheet and (
                area := table_at(book.package, found.part, details.active_cell)
            ):
                return crop(whole, area)
            return whole

    def made(self) -> dict[str, str]:
        if self._kind is not Format.OOXML:
            return {}
        with self._opened() as book:
            return {role: sheet.name for role, sheet in replaceable(book).items()}

    def write(self, results: Sequence[ResultSheet]) -> list[str]:
        layouts = [lay_out(result, self.lang) for result in results]
        for layout in layouts:
            _check_size(layout)
        with self._changing() as book:
            known = {role: sheet.name for role, sheet in replaceable(book).items()}
            taken = [sheet.name for sheet in book.sheets()]
            todo = [x for x in layouts if not (x.result.settings and x.result.role in known)]
            for layout in layouts:
                if layout.result.role not in known:
                    known[layout.result.role] = sheet_name(layout.result.name, taken)
                    taken.append(known[layout.result.role])
            if todo:
                put_sheets(book, [(known[layout.result.role], layout) for layout in todo])
        return [known[result.role] for result in results]

    def drop(self, roles: Sequence[str] | None = None) -> list[str]:
        gone = [name for role, name in self.made().items() if roles is None or role in roles]
        if not gone:
            return []
        with self._changing() as book:
            kept = [s for s in book.sheets() if s.name not in gone and s.state == "visible"]
            if not kept:
                raise SourceError(
                    fr=f"{self.name} n'aurait plus de feuille visible. Ajoutez ou affichez une "
                    "feuille, enregistrez, puis relancez.",
                    en=f"{self.name} would be left without a visible sheet. Add or unhide one, "
                    "save, then try again.",
                )
            remove_sheets(book, [sheet for sheet in book.sheets() if sheet.name in gone])
        return gone

    def attach(self, name: str, content: bytes) -> str:
        return attach_beside(self.output, name, content)

    def progress(self, share: float, text: str) -> None:
        if self.on_progress:
            self.on_progress(share, text)

    def tell(self, text: str) -> None:
        self.told.append(text)
        if self.on_message:
            self.on_message(text)

    def _tabs(self) -> list[tuple[str, bool]]:
        """The worksheets that xlcrm did not make, and whether each is hidden."""
        if self._kind is not Format.OOXML:
            return [(name, name in self._plain_hidden) for name in self._plain_sheets()]
        with self._opened() as book:
            made = {sheet.name for sheet in replaceable(book).values()}
            sheets = [s for s in book.sheets() if s.kind == "worksheet" and s.name not in made]
            return [(sheet.name, sheet.state != "visible") for sheet in sheets]

    def _say_once(self, text: Text) -> None:
        if text.in_(self.lang) not in self.told:
            self.tell(text.in_(self.lang))

    def _take(self, path: Path, kind: Format) -> None:
        """Go on with this file: the source first, the output once something is written."""
        self._path = path
        self._kind = kind
        self._state = _state(path)
        self._workbook: CalamineWorkbook | None = None
        self._plain: dict[str, Grid] | None = None
        self._plain_hidden: set[str] = set()

    @contextmanager
    def _opened(self) -> Iterator[Workbook]:
        with _as_sentences(self._path), zipfile.ZipFile(self._path) as archive:
            check_parts(archive, self._path)
            yield Workbook(Package(archive, self._path.name))

    def _grid(self, book: Workbook, sheet: str, details: Details) -> Grid:
        try:
            return grid(self._calamine(book).get_sheet_by_name(sheet), details)
        except PasswordError:
            raise
        except CalamineError:
            return read_carefully(self._path, sheet, details)

    def _calamine(self, book: Workbook) -> CalamineWorkbook:
        if self._workbook is None:
            if texts := book.package.target(book.part, "sharedStrings"):
                verify(book.package, texts)
            self._workbook = _calamine(self._path)
        return self._workbook

    def _plain_sheets(self) -> dict[str, Grid]:
        """The sheets of a file that is no .xlsx."""
        if self._plain is None:
            with _as_sentences(self._path):
                self._plain, self._plain_hidden = _read_plain(self._path, self._kind)
        return self._plain

    @contextmanager
    def _changing(self) -> Iterator[Workbook]:
        """The workbook to change; saved as the output when the block ends well."""
        if _state(self._path) != self._state:
            raise SourceError(
                fr=f"{self._path.name} a changé pendant le travail : quelqu'un l'a enregistré. "
                "Relancez la commande.",
                en=f"{self._path.name} has changed meanwhile: someone has saved it. "
                "Run the command again.",
            )
        source: Path | io.BytesIO = self._path
        if self._kind is not Format.OOXML:
            grids = [self._that_fits(grid) for grid in self._plain_sheets().values()]
            as_text = self._kind is not Format.VALUES
            source = io.BytesIO(fresh_workbook(grids, as_text, self._plain_hidden))
        with _as_sentences(self._path), zipfile.ZipFile(source) as archive:
            book = Workbook(Package(archive, self._path.name))
            _check_changeable(book)
            yield book
            with replacing(self.output) as stream:
                book.package.save(stream)
                archive.close()  # Windows replaces no file that is open
            if any(part.startswith("_xmlsignatures/") for part in book.package.parts()):
                self._say_once(_UNSIGNED.format(name=self.output.name))
        self._take(self.output, Format.OOXML)

    def _that_fits(self, whole: Grid) -> Grid:
        """The data of a source for the output, or where they are when no sheet can hold them."""
        if len(whole.rows) <= _MOST_ROWS:
            return whole
        where = Text(
            fr="Les {count} lignes de {name} ne tiennent pas dans une feuille ; elles restent "
            "dans ce fichier.",
            en="The {count} rows of {name} do not fit into a sheet; they stay in that file.",
        ).format(count=len(whole.rows), name=self.name)
        self.tell(where.in_(self.lang))
        return Grid(whole.sheet, [[where.in_(self.lang)]])


def _read_plain(path: Path, kind: Format) -> tuple[dict[str, Grid], set[str]]:
    """The sheets by name, and the names of the hidden ones."""
    if kind is Format.VALUES:
        with _without_panic(), _calamine(path) as workbook:
            plain: dict[str, Grid] = {}
            hidden: set[str] = set()
            for found in workbook.sheets_metadata:
                if found.typ != SheetTypeEnum.WorkSheet:
                    continue
                name = sheet_name(found.name, plain)  # LibreOffice allows names that Excel does not
                plain[name] = grid(workbook.get_sheet_by_name(found.name), Details())
                plain[name].sheet = name
                if found.visible != SheetVisibleEnum.Visible:
                    hidden.add(name)
            return plain, hidden
    name = sheet_name(path.stem, [])
    rows = read_html(path) if kind is Format.HTML else read_delimited(path)
    return {name: Grid(name, rows)}, set()


def _calamine(path: Path) -> CalamineWorkbook:
    """The fast reader, which goes by the ending when it is given a path."""
    return CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


@contextmanager
def _without_panic() -> Iterator[None]:
    """Keep off the terminal what calamine prints itself when a broken .xls stops it."""
    try:
        terminal = os.dup(2)
    except OSError:  # a window has none
        yield
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def _has_macros(path: Path) -> bool:
    with _as_sentences(path), zipfile.ZipFile(path) as archive:
        package = Package(archive, path.name)
        return "macroenabled" in package.content_type(Workbook(package).part).casefold()


def _check_changeable(book: Workbook) -> None:
    name = book.package.name
    if book.structure_locked:
        raise SourceError(
            fr=f"La structure de {name} est protégée : aucune feuille ne peut y être ajoutée. "
            "Dans Excel, Révision > Protéger le classeur, levez la protection, enregistrez.",
            en=f"The structure of {name} is protected: no sheet can be added. In Excel, Review > "
            "Protect Workbook, lift the protection, save.",
        )
    if book.package.target(book.part, "revisionHeaders"):
        raise SourceError(
            fr=f"{name} est partagé à l'ancienne manière (suivi des modifications). Dans Excel, "
            "Révision > Annuler le partage du classeur, enregistrez, puis relancez.",
            en=f"{name} is shared in the old way (tracked changes). In Excel, Review > Unshare "
            "Workbook, save, then try again.",
        )


def _is_ours(package: Package) -> bool:
    """True for a workbook that xlcrm wrote as a whole: a template, filled in or not."""
    return _CORE in package.parts() and b"<dc:creator>xlcrm</dc:creator>" in package.read(_CORE)


def _check_size(layout: Layout) -> None:
    if layout.height <= _MOST_ROWS and layout.width <= _MOST_COLUMNS:
        return
    name = layout.result.name
    raise SourceError(
        fr=f"La feuille « {name} » aurait {layout.height} lignes et {layout.width} colonnes ; un "
        "tableur s'arrête à 1 048 576 lignes et 16 384 colonnes. Partagez la base en plusieurs "
        "fichiers, par exemple par région.",
        en=f'Sheet "{name}" would have {layout.height} rows and {layout.width} columns; a '
        "spreadsheet ends at 1,048,576 rows and 16,384 columns. Split the base into several "
        "files, for instance by region.",
    )


def _state(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return stat.st_size, stat.st_mtime_ns


@contextmanager
def _as_sentences(path: Path) -> Iterator[None]:
    """What the readers raise on a broken file, as one sentence for the user."""
    try:
        yield
    except SourceError:
        raise
    except PasswordError as error:
        raise locked(path) from error
    except (
        CalamineError,
        Malformed,
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        struct.error,
    ) as error:
        check_there(path)
        raise damaged(path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of calamine, on some broken .xls
            raise
        raise damaged(path) from error
