"""The engine, and the offices it drives: xlwings' Engine, Apps, App and Books over Calc."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlcrm.books.calc_engine.errors import CalcError, unsupported
from xlcrm.books.calc_engine.link import Link, properties
from xlcrm.books.calc_engine.paths import to_path, to_url
from xlcrm.books.calc_engine.values import clean, prepare

if TYPE_CHECKING:
    from xlcrm.books.calc_engine.book import Book
    from xlcrm.books.calc_engine.ranges import Range

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_CSV = "Text - txt - csv (StarCalc)"
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class Engine:
    """LibreOffice Calc, as xlwings' engines are."""

    name = "calc"
    type = "desktop"
    prepare_xl_data_element = staticmethod(prepare)
    clean_value_data = staticmethod(clean)

    def __init__(self) -> None:
        self.apps = Apps(self)


class Apps(base_classes.Apps):
    """The offices that this Python is connected to."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: dict[int, App] = {}

    def keys(self) -> list[int]:
        return list(self._apps)

    def add(
        self, spec: Any = None, add_book: bool = True, xl: Any = None, visible: bool | None = None
    ) -> App:
        from xlcrm.books.calc_engine.office import start

        office = start(visible=bool(visible))
        app = self.join(office.link, office.pid, office.stop)
        if add_book:
            app.books.add()
        return app

    def join(self, link: Link, pid: int, stop: Callable[[], None] | None = None) -> App:
        """The app of an office that runs; `stop` ends it, where it is ours to end."""
        app = App(self.engine, link, pid, stop)
        self._apps = {pid: app, **self._apps}  # the latest is the active one
        return app

    def bring_forward(self, pid: int) -> None:
        """Make an office the active one."""
        self._apps = {pid: self._apps[pid], **self._apps}

    def forget(self, pid: int) -> None:
        self._apps.pop(pid, None)

    def cleanup(self) -> None:  # type: ignore[override]
        pass  # an office that is gone leaves nothing behind here

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps.values()))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return self._apps[pid]


class App(base_classes.App):
    """One running office."""

    interactive = unsupported("App.interactive")
    enable_events = unsupported("App.enable_events")
    startup_path = unsupported("App.startup_path")
    hwnd = unsupported("App.hwnd")
    cut_copy_mode = unsupported("App.cut_copy_mode")
    display_alerts = True  # nothing here asks the user back

    def __init__(
        self, engine: Engine, link: Link, pid: int, stop: Callable[[], None] | None = None
    ) -> None:
        self._engine = engine
        self.link = link
        self._pid = pid
        self._stop = stop
        self._locked: list[Any] = []  # documents that are not redrawn
        self._manual: list[Any] = []  # documents that are not recalculated
        self._status: tuple[Any, str] | None = None
        self.latest: Any = None  # the document last opened or brought to the front
        self.only: Any = None  # the one document that this app may see

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def api(self) -> Any:
        return self.link.desktop

    xl = api

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def version(self) -> str:
        provider = self.link.service("com.sun.star.configuration.ConfigurationProvider")
        where = properties(self.link, nodepath="/org.openoffice.Setup/Product")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", where
        )
        return str(access.ooSetupVersionAboutBox)

    @property
    def path(self) -> str:
        paths = self.link.service("com.sun.star.util.PathSubstitution")
        return to_path(paths.getSubstituteVariableValue("$(prog)"))

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        from xlcrm.books.calc_engine.book import selection_of

        books = self.books
        return selection_of(books.active) if len(books) else None

    def activate(self, steal_focus: bool = False) -> None:
        self._engine.apps.bring_forward(self._pid)
        if steal_focus and len(self.books):
            self.books.active.frame.ContainerWindow.toFront()

    @property
    def visible(self) -> bool:
        return any(b.frame.ContainerWindow.isVisible() for b in self.books)

    @visible.setter
    def visible(self, visible: bool) -> None:
        # An office without a screen stays as it is: `xw.App()` asks every engine to be visible.
        for book in self.books:
            book.frame.ContainerWindow.setVisible(bool(visible))

    def quit(self) -> None:
        self._engine.apps.forget(self._pid)
        if self._stop:
            self._stop()
        else:
            with suppress(*self.link.errors):
                self.link.desktop.terminate()

    kill = quit

    @property
    def screen_updating(self) -> bool:
        return not self._locked

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value:
            for document in self._locked:
                with suppress(*self.link.errors):  # closed in the meantime
                    document.unlockControllers()
            self._locked = []
        elif not self._locked:
            self._locked = [book.xl for book in self.books]
            for document in self._locked:
                document.lockControllers()

    @property
    def calculation(self) -> str:
        if not len(self.books):
            return "automatic"
        automatic = self.books.active.xl.isAutomaticCalculationEnabled()
        return "automatic" if automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual"):
            raise NotImplementedError(f"App.calculation = {value!r}: Calc has no such mode")
        for book in self.books:
            with suppress(*self.link.errors):
                book.xl.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        for book in self.books:
            book.xl.calculateAll()

    def run(self, macro: str, args: Any) -> Any:
        """Run a Basic or Python macro: its script URL, or `Library.Module.Name` in Basic."""
        url = macro
        if not macro.startswith("vnd.sun.star.script:"):
            url = f"vnd.sun.star.script:{macro}?language=Basic&location=application"
        factory = self.link.service("com.sun.star.script.provider.MasterScriptProviderFactory")
        script = factory.createScriptProvider("").getScript(url)
        return script.invoke(tuple(args), (), ())[0]

    @property
    def status_bar(self) -> str | bool:
        return self._status[1] if self._status else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        if value is False:
            if self._status:
                with suppress(*self.link.errors):
                    self._status[0].end()
            self._status = None
            return
        if self._status is None:
            indicator = self.books.active.controller.StatusIndicator
            indicator.start(str(value), 100)
        else:
            indicator = self._status[0]
            indicator.setText(str(value))
        self._status = (indicator, str(value))

    def show_share(self, share: float) -> None:
        """Move the progress bar behind the text of the status bar; share from 0 to 1."""
        if self._status:
            self._status[0].setValue(round(share * 100))

    def alert(
        self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any
    ) -> str:
        toolkit = self.link.service("com.sun.star.awt.Toolkit")
        box = toolkit.createMessageBox(
            self.books.active.frame.ContainerWindow,
            self.link.enum(
                "com.sun.star.awt.MessageBoxType", "ERRORBOX" if mode == "critical" else "INFOBOX"
            ),
            _BUTTONS[buttons or "ok"],
            title or "",
            prompt or "",
        )
        try:
            return _ANSWERS[box.execute()]
        finally:
            box.dispose()


class Books(base_classes.Books):
    """The spreadsheets that an office has open."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.link.desktop.Components

    def _documents(self) -> list[Any]:
        if self.app.only is not None:
            return [self.app.only]
        found = []
        components = self.app.link.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            supports = getattr(component, "supportsService", None)
            if supports and supports(_SPREADSHEET):
                found.append(component)
        return found[::-1]  # the office gives the latest first

    def __iter__(self) -> Iterator[Book]:
        from xlcrm.books.calc_engine.book import Book

        return iter([Book(self.app, document) for document in self._documents()])

    def __len__(self) -> int:
        return len(self._documents())

    def __call__(self, name_or_index: str | int) -> Book:
        books = list(self)
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(books):
                raise IndexError(name_or_index)
            return books[name_or_index - 1]
        for book in books:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book:
        from xlcrm.books.calc_engine.book import Book

        documents = self._documents()
        if not documents:
            raise CalcError("No spreadsheet is open in this office.")
        if self.app.only is None:
            for wanted in (self.app.link.desktop.CurrentComponent, self.app.latest):
                for document in documents:
                    if wanted is not None and document == wanted:
                        return Book(self.app, document)
        return Book(self.app, documents[-1])

    def add(self) -> Book:
        return self._load("private:factory/scalc", {})

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,
        password: str | None = None,
        write_res_password: Any = None,
        ignore_read_only_recommended: Any = None,
        origin: Any = None,
        delimiter: str | None = None,
        editable: Any = None,
        notify: Any = None,
        converter: Any = None,
        add_to_mru: Any = None,
        local: Any = None,
        corrupt_load: Any = None,
    ) -> Book:
        others = {
            "update_links": update_links,
            "format": format,
            "write_res_password": write_res_password,
            "origin": origin,
            "editable": editable,
            "notify": notify,
            "converter": converter,
            "corrupt_load": corrupt_load,
        }
        for name, value in others.items():
            if value is not None:
                raise NotImplementedError(f"Books.open(): Calc has no '{name}'")
        wanted: dict[str, Any] = {}
        if read_only:
            wanted["ReadOnly"] = True
        if password:
            wanted["Password"] = password
        if delimiter:
            wanted |= {"FilterName": _CSV, "FilterOptions": f"{ord(delimiter)},34,76,1"}
        return self._load(to_url(os.path.realpath(fullname)), wanted)

    def _load(self, url: str, wanted: dict[str, Any]) -> Book:
        from xlcrm.books.calc_engine.book import Book

        given = properties(self.app.link, **wanted)
        try:
            document = self.app.link.desktop.loadComponentFromURL(url, "_blank", 0, given)
        except self.app.link.errors as error:
            raise CalcError(f"LibreOffice cannot open {url}: {error}") from error
        if document is None:
            raise CalcError(f"LibreOffice cannot open {url}.")
        self.app.latest = document
        return Book(self.app, document)
