"""Find the rows of a base that are one and the same person or company, and say why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlcrm.contacts.duplicates_rules import DEFAULT_RULES, MatchingRules
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What `find_duplicates` found. Rows are positions in the table, from 0.

    pairs: left, right (left < right), score (0-100), verdict ("duplicate", "review" or
    "refused"), reason (a sentence), veto (why a tempting pair was refused, else None); best first.
    rows: one row per row of the table, same index: group (a number from 1 in the order of the
    table; <NA> for a row that is alone), size (rows in its group), score and reason (of the pair
    that holds it in its group; else of its best pair to check), status ("duplicate", "review",
    "unique"), other (position of the row at the other end of that pair).
    notes: what the user should know about the search itself.
    """

    pairs: pd.DataFrame
    rows: pd.DataFrame
    notes: list[Text] = field(default_factory=list)

    @property
    def groups(self) -> list[list[int]]:
        """The positions of each group of two rows or more, in the order of the table."""
        found: dict[int, list[int]] = {}
        for position, group in enumerate(self.rows["group"].tolist()):
            if group is not None and group == group:
                found.setdefault(int(group), []).append(position)
        return [found[number] for number in sorted(found)]


def find_duplicates(
    frame: pd.DataFrame, rules: MatchingRules = DEFAULT_RULES, lang: Lang = "fr"
) -> Duplicates:
    """The duplicates of a base of contacts, with a score from 0 to 100 and a reason for each.

    `frame` has canonical columns (see xlcrm.columns); what is missing is not compared, and an
    empty cell never matches an empty cell.
    """
    raise RuntimeError
