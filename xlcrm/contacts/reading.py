"""What reading one cell of a contact gives: a clean value, or a blank and the reason why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from xlcrm.cells import LONGEST
from xlcrm.texts import Text


class Reading(NamedTuple):
    """A value in its clean form, and what is wrong with it.

    Neither: the cell is blank or a filler such as "NC". A value and a problem: it is kept, but
    should be checked.
    """

    value: str | None
    problem: Text | None = None


NOTHING = Reading(None)
UNREAD = Reading(
    None,
    Text(
        fr="plus de {most} caractères dans une cellule : non lue",
        en="more than {most} characters in a cell: not read",
    ).format(most=LONGEST),
)
# Reading(*pair), in a third of the time, for the common case of what a base holds by the million.
as_reading: Callable[[tuple[str, None]], Reading] = partial(tuple.__new__, Reading)


def settle(read: Callable[[str], Reading], text: str) -> Reading:
    """Read a text, and what was read again, until it stays: stray signs may hide one another."""
    reading = read(text)
    for _ in range(5):
        if reading.value is None:
            break
        again = read(reading.value)
        if again.value == reading.value:
            break
        reading = Reading(again.value, reading.problem or again.problem)
    return reading
