"""The components that LibreOffice calls: functions in cells, menu and toolbar, document events."""

from __future__ import annotations

import json
import threading
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.beans import PropertyValue
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import Locale, XInitialization, XServiceInfo, XServiceName
from com.sun.star.sheet import XAddIn
from com.sun.star.task import XJob
from com.sun.star.uno import Exception as UnoException
from org.xlcrm.calc import XFunctions  # type: ignore[import-not-found]

from . import functions
from .client import NoWorker, Worker
from .commands import Outcome, run
from .excel_names import give_excel_names, relink
from .sentences import sentence

ADDIN = "org.xlcrm.calc.AddIn"
HANDLER = "org.xlcrm.calc.Commands"
EVENTS = "org.xlcrm.calc.Events"
PROTOCOL = "org.xlcrm.calc:"
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_EXCEL_FILES = (".xlsx", ".xlsm")

WORKER = Worker()


class AddIn(unohelper.Base, XFunctions, XAddIn, XServiceName, XServiceInfo):
    """Every function of the catalogue: a method of its name."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._locale = Locale("fr", "FR", "")

    def __getattr__(self, method: str) -> Any:
        if method.startswith("CRM_"):
            return partial(self._compute, method)
        raise AttributeError(method)

    def _compute(self, name: str, *values: Any) -> functions.Rows:
        question = {"do": "call", "name": name, "args": functions.arguments(values)}
        try:
            reply = WORKER.ask_again(question)
        except NoWorker:
            return functions.error("#NAME?")
        return functions.error("#VALUE!") if "error" in reply else functions.result(reply)

    # com.sun.star.sheet.XAddIn: the texts are in CalcAddIns.xcu, in every language

    def getProgrammaticFuntionName(self, name: str) -> str:
        return name

    def getDisplayFunctionName(self, method: str) -> str:
        return method

    def getFunctionDescription(self, method: str) -> str:
        return ""

    def getDisplayArgumentName(self, method: str, position: int) -> str:
        return ""

    def getArgumentDescription(self, method: str, position: int) -> str:
        return ""

    def getProgrammaticCategoryName(self, method: str) -> str:
        return "Add-In"

    def getDisplayCategoryName(self, method: str) -> str:
        return "Add-In"

    def setLocale(self, locale: Any) -> None:
        self._locale = locale

    def getLocale(self) -> Any:
        return self._locale

    def getServiceName(self) -> str:
        return ADDIN

    def getImplementationName(self) -> str:
        return ADDIN

    def supportsService(self, name: str) -> bool:
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (ADDIN,)


class Commands(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XJob, XServiceInfo):
    """What a menu entry, a button of the toolbar or a macro dispatches."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._frame: Any = None

    def initialize(self, arguments: tuple[Any, ...]) -> None:
        if arguments:
            self._frame = arguments[0]

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any | None:
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

    def dispatch(self, url: Any, arguments: tuple[Any, ...]) -> None:
        """A macro waits for the end and sees no message; a person goes on and gets one."""
        task = unquote(url.Path)
        document = self._frame.getController().getModel()
        lang = _language(self._context)
        if any(a.Name == "SynchronMode" and a.Value for a in arguments):
            _do(self._context, document, task, lang)
            return

        def work() -> None:
            outcome = _do(self._context, document, task, lang)
            if outcome.text:
                _tell(self._context, self._frame, outcome)

        threading.Thread(target=work, name="xlcrm", daemon=True).start()

    def execute(self, arguments: tuple[Any, ...]) -> str:
        """For macros: run `Task` on `Document`, or on the active one; what came of it as JSON."""
        given = {a.Name: a.Value for a in arguments}
        lang = _language(self._context)
        document = given.get("Document") or _active_document(self._context)
        if document is None:
            outcome = Outcome(False, sentence("no_sheet", lang))
        else:
            outcome = _do(self._context, document, str(given["Task"]), lang)
        return json.dumps(outcome._asdict(), ensure_ascii=False)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        pass

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        pass

    def getImplementationName(self) -> str:
        return HANDLER

    def supportsService(self, name: str) -> bool:
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return ("com.sun.star.frame.ProtocolHandler", HANDLER)


class Events(unohelper.Base, XJob, XServiceInfo):
    """Names of functions, each time a workbook of Excel is opened or saved."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def execute(self, arguments: tuple[Any, ...]) -> None:
        given = {a.Name: a.Value for a in arguments}
        environment = {a.Name: a.Value for a in given.get("Environment", ())}
        document, event = environment.get("Model"), environment.get("EventName")
        if document is None or not document.supportsService(_SPREADSHEET):
            return
        path = _path(document.URL)
        if not path.lower().endswith(_EXCEL_FILES):
            return
        if event == "OnLoad":
            modified = document.isModified()
            if relink(document) and not modified:
                document.setModified(False)
        else:
            try:
                give_excel_names(path)
            except OSError:  # the office keeps the file for itself: Windows, some networks
                return

    def getImplementationName(self) -> str:
        return EVENTS

    def supportsService(self, name: str) -> bool:
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (EVENTS,)


class _Message(unohelper.Base, XCallback):
    """Shows a message where the office allows windows: in its own thread."""

    def __init__(self, context: Any, frame: Any, outcome: Outcome) -> None:
        self._context, self._frame, self._outcome = context, frame, outcome

    def notify(self, data: Any) -> None:
        kind = "INFOBOX" if self._outcome.done else "WARNINGBOX"
        toolkit = _service(self._context, "com.sun.star.awt.Toolkit")
        box = toolkit.createMessageBox(
            self._frame.getContainerWindow(),
            uno.Enum("com.sun.star.awt.MessageBoxType", kind),
            1,
            "xlcrm",
            self._outcome.text,
        )
        box.execute()
        box.dispose()


def _do(context: Any, document: Any, task: str, lang: str) -> Outcome:
    try:
        if task == "relink":
            return Outcome(True, sentence("linked", lang, n=relink(document)))
        return run(context, WORKER, document, task, lang)
    except Exception as error:  # noqa: BLE001 - a button that says nothing is worse
        reason = str(getattr(error, "Message", "") or error) or type(error).__name__
        return Outcome(False, sentence("unforeseen", lang, reason=reason))


def _tell(context: Any, frame: Any, outcome: Outcome) -> None:
    try:
        later = _service(context, "com.sun.star.awt.AsyncCallback")
        later.addCallback(_Message(context, frame, outcome), None)
    except UnoException:  # the window is gone, and with it the one to tell
        return


def _service(context: Any, name: str) -> Any:
    return context.ServiceManager.createInstanceWithContext(name, context)


def _active_document(context: Any) -> Any:
    current = _service(context, "com.sun.star.frame.Desktop").getCurrentComponent()
    return current if _is_spreadsheet(current) else None


def _is_spreadsheet(component: Any) -> bool:
    supports = getattr(component, "supportsService", None)
    return bool(supports and supports(_SPREADSHEET))


def _language(context: Any) -> str:
    """French, unless the office speaks another language."""
    provider = _service(context, "com.sun.star.configuration.ConfigurationProvider")
    where = PropertyValue("nodepath", 0, "/org.openoffice.Setup/L10N", 0)
    access = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", (where,)
    )
    return "fr" if str(access.ooLocale).startswith("fr") else "en"


def _path(url: str) -> str:
    return url2pathname(urlsplit(url).path) if url.startswith("file:") else ""


def implementations() -> Any:
    """What LibreOffice's loader looks for in a component."""
    helper = unohelper.ImplementationHelper()
    helper.addImplementation(AddIn, ADDIN, (ADDIN,))
    helper.addImplementation(Commands, HANDLER, ("com.sun.star.frame.ProtocolHandler", HANDLER))
    helper.addImplementation(Events, EVENTS, (EVENTS,))
    return helper
