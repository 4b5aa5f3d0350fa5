"""An xlwings engine that drives LibreOffice Calc.

`activate()` makes it xlwings' engine, so that any xlwings script runs in Calc:

    from xlcrm.books import calc_engine
    calc_engine.activate()

    import xlwings as xw
    with xw.App(visible=False) as app:
        app.books[0].sheets[0]["A1"].value = [[1, 2], [3, 4]]

What Calc, or this engine, does not have raises NotImplementedError with its name; the page
docs/xlwings-on-calc.md lists what works.
"""

from __future__ import annotations

import xlwings as xw

from xlcrm.books.calc_engine.app import App, Engine
from xlcrm.books.calc_engine.errors import CalcError

__all__ = ["App", "CalcError", "Engine", "activate", "engine"]

engine = xw.Engine(impl=Engine())

if engine.name not in [known.name for known in xw.engines]:
    xw.engines.add(engine)


def activate() -> None:
    """Make Calc the program that `xw.App()`, `xw.Book()` and `xw.apps` mean."""
    engine.activate()
