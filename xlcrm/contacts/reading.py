"""What reading one cell of a contact gives: a clean value, or a blank and the reason why."""

from __future__ import annotations

from typing import NamedTuple

from xlcrm.texts import Text


class Reading(NamedTuple):
    """A value in its clean form, and what is wrong with it.

    Neither: the cell is blank or a filler such as "NC". A value and a problem: it is kept, but
    should be checked.
    """

    value: str | None
    problem: Text | None = None


NOTHING = Reading(None)
