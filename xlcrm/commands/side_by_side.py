"""Several contacts on one row: "Contact 1" and "Contact 2" over Nom, Prénom, Tél."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlcrm import cells
from xlcrm.columns import recognise

_NAMES = frozenset({"last_name", "first_name", "full_name"})
_NUMBERED = re.compile(r"(.*\S)\s*\(?([1-9])\)?$")


def further_contacts(
    labels: Sequence[str], above: Sequence[Any], groups: Mapping[int, str]
) -> dict[int, str]:
    """The columns of the second and further contacts of a row, each with what they are called.

    They are told by the groups above, by numbers ("Nom 2"), or by the same labels again. Nothing
    is read as a second contact unless a name and another column come again.

    >>> further_contacts(["Nom", "Tél", "Nom", "Tél"], [], {})
    {2: 'Contact 2', 3: 'Contact 2'}
    """
    keys = [recognise(label) for label in labels]
    for blocks in (_by_group(groups), _by_text(above, len(labels))):
        if found := _repeated(keys, blocks):
            return found
    numbered = [_NUMBERED.match(label) for label in labels]
    plain = [recognise(m[1]) if m else key for m, key in zip(numbered, keys, strict=True)]
    blocks = {i: f"Contact {m[2] if m else 1}" for i, m in enumerate(numbered)}
    return _repeated(plain, blocks) or _repeated(keys, _by_return(keys))


def _by_group(groups: Mapping[int, str]) -> dict[int, str]:
    return {column: group for column, group in groups.items() if group}


def _by_text(above: Sequence[Any], width: int) -> dict[int, str]:
    """A text above that is not merged stands for the columns until the next one."""
    blocks, group = {}, ""
    for column in range(width):
        group = (cells.to_text(above[column]) if column < len(above) else None) or group
        if group:
            blocks[column] = group
    return blocks


def _by_return(keys: Sequence[str | None]) -> dict[int, str]:
    """A new contact begins where the first name column of the row comes again."""
    start = next((key for key in keys if key in _NAMES), None)
    blocks, number = {}, 0
    for column, key in enumerate(keys):
        number += key is not None and key == start
        if number:
            blocks[column] = f"Contact {number}"
    return blocks


def _repeated(keys: Sequence[str | None], blocks: Mapping[int, str]) -> dict[int, str]:
    """The columns of the blocks that have a name and another key of the first one again."""
    held: dict[str, set[str]] = {}
    for column, block in blocks.items():
        if key := keys[column]:
            held.setdefault(block, set()).add(key)
    named = [block for block, there in held.items() if there & _NAMES]
    if len(named) < 2:
        return {}
    first = held[named[0]]
    again = {b for b in named[1:] if held[b] & first & _NAMES and len(held[b] & first) > 1}
    return {
        column: block
        for column, block in blocks.items()
        if block in again and (keys[column] in first or not keys[column])
    }
