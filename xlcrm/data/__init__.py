"""Facts as tables: one CSV per subject, each headed by its source, licence and date."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table by column; lines that begin with # are remarks.

    >>> read_rows("departments")[0]["department"]
    'Ain'
    """
    text = files("xlcrm.data").joinpath(f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
