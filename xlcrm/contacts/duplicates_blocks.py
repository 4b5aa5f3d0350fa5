"""Which rows are worth comparing: those that share a phone, an e-mail, a name and a place…"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xlcrm.contacts.duplicates_keys import SIDE_BY_SIDE
from xlcrm.contacts.phonetics import sound

if TYPE_CHECKING:
    import pandas as pd

# Rows of one block that a row is compared with; they are sorted by name.
WINDOW = 60
_WORDS = 3  # of a company name
NAMES_WINDOW = 20  # where names alone make the block


def candidate_pairs(keys: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of positions to compare, left < right, each once."""
    import pandas as pd

    size = len(keys)
    names = (keys["last"] + " " + keys["first"] + keys["company"]).to_numpy(dtype=str)
    rank = np.unique(names, return_inverse=True)[1]
    found: list[np.ndarray] = []
    for window, columns in _blocks(keys):
        stacked = pd.concat(columns, ignore_index=True)
        codes = pd.factorize(stacked.where(stacked != "", None))[0]
        rows = np.tile(np.arange(size), len(columns))[codes >= 0]
        found.append(_pairs_of(rows, codes[codes >= 0], rank, size, window))
    pairs = np.sort(pd.unique(np.concatenate(found)))
    left, right = pairs // size, pairs % size
    kind = keys["kind"].to_numpy()
    alike = (kind[left] == kind[right]) & (kind[left] != "") & (left != right)
    return left[alike], right[alike]


def _blocks(keys: pd.DataFrame) -> list[tuple[int, list[pd.Series]]]:
    """Each block is a window and columns: rows meet when any of theirs have a value in common."""
    import pandas as pd

    first, last, birth = keys["first"], keys["last"], keys["birth"]
    person = keys["kind"] == "p"
    said_first, said, said_birth = (_said(column) for column in (first, last, birth))
    letter = first.str[:1]
    two = last.str[:1]
    both = _together(letter.where(letter < two, two), letter.where(letter > two, two))
    words = [(name.split() + [""] * _WORDS)[:_WORDS] for name in keys["company"].where(~person, "")]
    named = [pd.Series(column, dtype=object) for column in zip(*words, strict=True)]
    local = keys["mail"].str.split("@").str[0]
    places = [
        [keys["mail"]],
        [local.where(local.str.len() >= 6, "")],
        [keys[f"phone{i}"] for i in range(SIDE_BY_SIDE)],
        [_together(said, keys["town"])],
        [_together(said_first, keys["zip"]), _together(said, keys["zip"])],
        [_together(both, keys["zip"])],
        [_together(both, keys["town"])],
        [_together(both, keys["street"])],
        [_together(keys["number"], keys["street"], keys["zip"])],
        [_together(keys["dob"], letter), _together(keys["dob"], two)],
        [keys["siren"].where(~person, "")],
        [keys["company"].where(~person, "")],
        [keys["site"].where(~person, "")],
        [_together(word, keys["zip"]) for word in named],
        [_together(word, keys["town"]) for word in named],
    ]
    firm = keys["company"].where(~person, "").str[:1].where(~person, "")
    names = [
        [_together(firm, keys["zip"])],
        [_together(firm, keys["town"])],
        [_together(said, letter), _together(said_birth, letter)],
        [_together(said, said_first), _together(said_first, said)],
    ]
    return [(WINDOW, columns) for columns in places] + [(NAMES_WINDOW, c) for c in names]


def _said(column: pd.Series) -> pd.Series:
    return column.map({value: sound(value) if value else "" for value in column.unique()})


def _together(*parts: pd.Series) -> pd.Series:
    """The parts as one key; blank as soon as one is blank."""
    out = parts[0]
    filled = parts[0] != ""
    for part in parts[1:]:
        out = out + "|" + part
        filled &= part != ""
    return out.where(filled, "")


def _pairs_of(
    rows: np.ndarray, codes: np.ndarray, rank: np.ndarray, size: int, window: int
) -> np.ndarray:
    """Pairs of rows of one block, as left * size + right; in a large block, neighbours by name."""
    order = np.lexsort((rows, rank[rows], codes))
    rows, codes = rows[order], codes[order]
    found = [np.zeros(0, np.int64)]
    for step in range(1, min(window, len(rows) - 1) + 1):
        same = codes[step:] == codes[:-step]
        if not same.any():
            break
        a, b = rows[step:][same], rows[:-step][same]
        found.append(np.minimum(a, b) * size + np.maximum(a, b))
    return np.concatenate(found)
