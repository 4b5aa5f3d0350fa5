"""The tasks of menu and toolbar on a document of LibreOffice: those of Excel's ribbon."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import xlwings as xw

from xlcrm.books import calc_engine
from xlcrm.books.calc_engine.app import App
from xlcrm.books.calc_engine.book import Book
from xlcrm.books.calc_engine.pipe import PipeLink
from xlcrm.books.live import LiveBook
from xlcrm.books.results import ResultSheet
from xlcrm.errors import SourceError
from xlcrm.front import ribbon
from xlcrm.texts import Lang

calc_engine.activate()


class CalcApp(App):
    """The office of one task, which sees one document. Nothing is asked: Ctrl-Z undoes it."""

    def __init__(self, link: PipeLink, document: Any) -> None:
        super().__init__(calc_engine.engine.impl, link, os.getppid())
        self.only = document

    def alert(self, *arguments: Any) -> str:
        return "ok"


class CalcBook(LiveBook):
    """The live book, with Calc's progress bar."""

    def write(self, results: Sequence[ResultSheet]) -> list[str]:
        """Refuses first what is protected: Calc's undo would bring the sheet back unprotected."""
        made = self.made()
        for result in results:
            name = made.get(result.role)
            if name and not result.settings and self._book.sheets[name].impl.xl.isProtected():
                raise SourceError(
                    fr="La feuille « {name} » est protégée : ôtez sa protection (menu Outils), "
                    "puis relancez la commande.",
                    en='The sheet "{name}" is protected: take its protection off (menu Tools), '
                    "then run the command again.",
                    name=name,
                )
        return super().write(results)

    def progress(self, share: float, text: str) -> None:
        super().progress(share, text)
        self._book.app.impl.show_share(share)


def run_task(task: str, document: int, exchange: Callable[[Any], str], lang: Lang) -> str:
    """Run what a button asks for, on the document that the office holds under a number.

    Gives the message for the user. Raises XlcrmError with the document as it was.
    """
    link = PipeLink(exchange)
    app = CalcApp(link, link.held(document))
    xl = xw.Book(impl=Book(app, app.only))
    return ribbon.do(task, xl, CalcBook(xl, lang), lang) or ""
