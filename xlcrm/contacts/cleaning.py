"""Clean a table of contacts: every column by the rules of its noun, in one pass by column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlcrm.cells import to_label
from xlcrm.contacts.reading import NOTHING, Reading
from xlcrm.texts import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned table, what was changed and what could not be used.

    frame: the table, same index and order, canonical columns as objects with None for a blank.
    changes: row (position from 0), column (canonical key), before, after, rule (a key of RULES).
    issues: row, column, value (as given), problem (a Text).
    """

    frame: pd.DataFrame
    changes: pd.DataFrame
    issues: pd.DataFrame


# Why a value changed, by the id that stands in `Cleaned.changes`.
RULES: dict[str, Text] = {
    "blank": Text(fr="valeur de remplissage vidée", en="filler emptied"),
    "unusable": Text(fr="valeur inutilisable vidée", en="unusable value emptied"),
    "phone": Text(fr="numéro mis en forme", en="phone number formatted"),
}


def _read_any(text: str) -> Reading:
    return Reading(" ".join(text.split()))


_READERS: dict[str, Callable[[str], Reading]] = {
    key: _read_any for key in ("civility", "first_name", "last_name", "email", "phone")
}


def clean_table(frame: pd.DataFrame, *, country: str = "FR") -> Cleaned:
    """Clean the canonical columns of a table of contacts; the other columns stay as they are."""
    import numpy as np
    import pandas as pd

    out: dict[Any, pd.Series[Any]] = {}
    changes, issues = [], []
    for key in frame.columns:
        reader = _READERS.get(key)
        if reader is None:
            out[key] = frame[key]
            continue
        codes, uniques = pd.factorize(frame[key].to_numpy(dtype=object), use_na_sentinel=False)
        labels = [to_label(value) for value in uniques]
        readings = [NOTHING if text is None else reader(text) for text in labels]
        values = np.array([reading.value for reading in readings], dtype=object)
        changed = np.array(
            [reading.value != text for reading, text in zip(readings, labels, strict=True)], bool
        )
        problems = np.array([reading.problem for reading in readings], dtype=object)
        after = values[codes]
        out[key] = pd.Series(after, index=frame.index, dtype=object)
        rows = np.flatnonzero(changed[codes])
        before = np.array(uniques, dtype=object)[codes]
        changes.append(
            pd.DataFrame(
                {
                    "row": rows,
                    "column": key,
                    "before": before[rows],
                    "after": after[rows],
                    "rule": "phone",
                }
            )
        )
        rows = np.flatnonzero((problems != None)[codes])  # noqa: E711
        issues.append(
            pd.DataFrame(
                {
                    "row": rows,
                    "column": key,
                    "value": before[rows],
                    "problem": problems[codes][rows],
                }
            )
        )
    empty = pd.DataFrame({"row": np.array([], int), "column": [], "before": [], "after": []})
    return Cleaned(
        pd.DataFrame(out, index=frame.index),
        pd.concat(changes, ignore_index=True) if changes else empty.assign(rule=[]),
        pd.concat(issues, ignore_index=True)
        if issues
        else pd.DataFrame({"row": [], "column": [], "value": [], "problem": []}),
    )
