"""Which of xlwings' object model works on Calc, written into the page of the docs.

    python tests/libreoffice/object_model.py docs/xlwings-on-calc.md

Every class of the engine against the class of xlwings that it implements; what it refuses, and
what it leaves to xlwings, is not available.
"""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from xlcrm.books import calc_engine
from xlcrm.books.calc_engine.errors import UNAVAILABLE

HEAD, FOOT = "| Class | Works | Not available |\n|---|---|---|\n", "\n<!-- end of the table -->"
# What every engine has for itself, and what only xlwings' engines in a browser have.
_INTERNAL = {"xl", "engine", "impl", "parent", "options", "apps", "coords", "raw_value", "json"}
_BROWSER = {"load", "flush", "max_cells_per_read", "max_cells_per_write"}


def engine_classes() -> dict[str, type]:
    """The engine's class for each class of xlwings."""
    found: dict[str, type] = {}
    for module in pkgutil.iter_modules(calc_engine.__path__):
        loaded = importlib.import_module(f"{calc_engine.__name__}.{module.name}")
        for name, made in vars(loaded).items():
            ours = inspect.isclass(made) and made.__module__.startswith(calc_engine.__name__)
            if ours and hasattr(base_classes, name):
                found[name] = made
    return dict(sorted(found.items()))


def members(name: str) -> Iterator[str]:
    """The public members of a class of xlwings that an engine implements."""
    for member in vars(getattr(base_classes, name)):
        hidden = member.startswith(("_", "get_async")) or member in _INTERNAL | _BROWSER
        twin = member.startswith("get_") and "special" not in member and member != "get_address"
        if not hidden and not twin:  # the twins are for the engines in a browser
            yield member


def refusal(made: type, member: str) -> str | None:
    """What the engine says when it refuses a member; None for one that works."""
    where = next(c for c in made.__mro__ if member in vars(c))
    if where.__module__ == base_classes.__name__:
        source = inspect.getsource(inspect.unwrap(_function(vars(where)[member])))
        return "?" if "NotImplementedError" in source else None
    text = _function(vars(where)[member]).__doc__ or ""
    return text if text.endswith(UNAVAILABLE.format("")) else None


def _function(member: Any) -> Any:
    return member.fget if isinstance(member, property) else member


def table() -> str:
    lines = []
    for name, made in engine_classes().items():
        known = sorted(members(name))
        refused = [m for m in known if refusal(made, m)]
        works = [m for m in known if m not in refused]
        columns = (", ".join(f"`{m}`" for m in group) for group in (works, refused))
        lines.append(f"| **{name}** | {' | '.join(columns)} |")
    return HEAD + "\n".join(lines) + FOOT


def with_table(page: str) -> str:
    before, _, rest = page.partition(HEAD)
    return before + table() + rest.partition(FOOT)[2]


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
