"""Find the rows of a base that are one and the same person or company, and say why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xlcrm.contacts.duplicates_rules import DEFAULT_RULES, MatchingRules
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd

    from xlcrm.contacts.duplicates_compare import Findings


_HELD = Text(
    fr="proche d'une autre fiche encore, que celle-ci exclut",
    en="near to yet another row, which this one rules out",
)
_PAIR_COLUMNS = ("left", "right", "score", "verdict", "reason", "veto")


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What `find_duplicates` found. Rows are positions in the table, from 0.

    pairs: left, right (left < right), score (0-100), verdict ("duplicate", "review" or
    "refused"), reason (a sentence), veto (why a tempting pair was refused or is left to a person,
    else None); best first.
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
        for position, group in enumerate(self.rows["group"].fillna(0).tolist()):
            if group:
                found.setdefault(group, []).append(position)
        return [found[number] for number in sorted(found)]


def find_duplicates(
    frame: pd.DataFrame, rules: MatchingRules = DEFAULT_RULES, lang: Lang = "fr"
) -> Duplicates:
    """The duplicates of a base of contacts, with a score from 0 to 100 and a reason for each.

    `frame` has canonical columns (see xlcrm.columns); what is missing is not compared, and an
    empty cell never matches an empty cell.

    >>> import pandas as pd
    >>> base = pd.DataFrame({
    ...     "first_name": ["Anne", "Paul", "A."], "last_name": ["Petit", "Petit", "PETIT"],
    ...     "email": ["anne.petit@free.fr", "anne.petit@free.fr", "Anne.Petit@free.fr"],
    ...     "postcode": ["44000", "44000", "44000"]})
    >>> found = find_duplicates(base)
    >>> found.groups
    [[0, 2]]
    >>> found.rows["reason"][2]
    'même e-mail, même nom, initiale du prénom, même code postal, hasard : moins de 1 sur 30'
    """
    from xlcrm.contacts.duplicates_rows import keys_of

    if frame.empty:
        return Duplicates(_no_pairs(), _rows(frame, _no_pairs(), np.arange(len(frame))))
    keys = keys_of(frame).reset_index(drop=True)
    twins = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    originals, counts = np.unique(twins, return_index=True, return_counts=True)[1:]
    distinct = keys.iloc[originals].reset_index(drop=True)
    pairs, groups = _match(distinct, np.flatnonzero(counts > 1), rules, lang)
    pairs, groups = _with_twins(pairs, groups, twins, originals, rules.duplicate)
    pairs["verdict"] = _verdicts(pairs, groups, rules)
    held = (pairs["verdict"] == "review") & (pairs["score"] >= rules.duplicate)
    pairs.loc[held, "veto"] = _HELD.in_(lang)
    pairs["veto"] = pairs["veto"].astype(object).where(pairs["veto"].notna(), None)
    pairs = pairs.sort_values(["score", "left", "right"], ascending=[False, True, True])
    return Duplicates(
        pairs[list(_PAIR_COLUMNS)].reset_index(drop=True), _rows(frame, pairs, groups)
    )


def _no_pairs() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({column: [] for column in _PAIR_COLUMNS})


def _match(
    keys: pd.DataFrame, twinned: np.ndarray, rules: MatchingRules, lang: Lang
) -> tuple[pd.DataFrame, np.ndarray]:
    """The pairs worth telling and the group of each row, among rows that are all distinct.

    A row of which the base holds an exact copy (`twinned`) is also compared with itself.
    """
    import pandas as pd

    from xlcrm.contacts.clusters import build_groups
    from xlcrm.contacts.duplicates_blocks import candidate_pairs
    from xlcrm.contacts.duplicates_compare import COMPOUND, Comparer
    from xlcrm.contacts.duplicates_reasons import refusals, sentences
    from xlcrm.contacts.duplicates_scores import Scoring

    comparer, scoring = Comparer(keys), Scoring.of(rules)
    left, right = (np.concatenate([side, twinned]) for side in candidate_pairs(keys))
    found = comparer.quick(left, right)
    for compare in (comparer.rest, comparer.emails):
        hopeful = scoring.may_reach(found, rules.review)
        hopeful &= scoring.tempting(found) | ~scoring.refused(found)
        left, right, found = left[hopeful], right[hopeful], _only(found, hopeful)
        found = compare(left, right, found)
    totals, refused = scoring.total(found), scoring.refused(found)
    scores = np.clip(totals, 0, 100)

    def refuse(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        found = comparer.quick(a, b)
        found["first_name"][found["first_name"] == COMPOUND] = 0  # a third row may tell
        return scoring.refused(found)

    sure = (scores >= rules.duplicate) & ~refused
    groups = build_groups(len(keys), left[sure], right[sure], totals[sure], refuse)
    told = scores >= np.where(refused, rules.duplicate, rules.review)
    found = _only(found, told)
    pairs = {"left": left[told], "right": right[told], "score": scores[told]}
    pairs["reason"] = sentences(found, rules, lang)
    pairs["veto"] = refusals(found, rules, lang)
    return pd.DataFrame(pairs), groups


def _only(found: Findings, rows: np.ndarray) -> Findings:
    return {criterion: levels[rows] for criterion, levels in found.items()}


def _with_twins(
    pairs: pd.DataFrame,
    groups: np.ndarray,
    twins: np.ndarray,
    originals: np.ndarray,
    threshold: float,
) -> tuple[pd.DataFrame, np.ndarray]:
    """Pairs and groups of all the rows, from those of the distinct ones."""
    import pandas as pd

    copies = np.setdiff1d(np.arange(len(twins)), originals)
    own = pairs["left"] == pairs["right"]
    with_itself = pairs[own].set_index("left")
    copied = copies[np.isin(twins[copies], with_itself.index)]
    again = with_itself.loc[twins[copied]].assign(left=originals[twins[copied]], right=copied)
    pairs = pairs[~own].assign(
        left=originals[pairs["left"][~own]], right=originals[pairs["right"][~own]]
    )
    pairs = pd.concat([pairs, again], ignore_index=True)
    swapped = pairs["left"] > pairs["right"]
    pairs.loc[swapped, ["left", "right"]] = pairs.loc[swapped, ["right", "left"]].to_numpy()
    groups = groups[twins]
    sure = with_itself.index[with_itself["score"] >= threshold]
    unsure = copies[~np.isin(twins[copies], sure)]
    groups[unsure] = len(originals) + np.arange(len(unsure))
    return pairs, groups


def _verdicts(pairs: pd.DataFrame, groups: np.ndarray, rules: MatchingRules) -> np.ndarray:
    together = groups[pairs["left"].to_numpy()] == groups[pairs["right"].to_numpy()]
    sure = together & (pairs["score"].to_numpy() >= rules.duplicate)
    return np.where(pairs["veto"].notna(), "refused", np.where(sure, "duplicate", "review"))


def _rows(frame: pd.DataFrame, pairs: pd.DataFrame, groups: np.ndarray) -> pd.DataFrame:
    """What each row is: in a group, to check, or unique; `pairs` are sorted, best first."""
    import pandas as pd

    size = len(frame)
    first_seen: dict[int, int] = {}
    members = np.bincount(groups, minlength=size)
    numbers: list[int | None] = []
    for group in groups.tolist():
        if members[group] < 2:
            numbers.append(None)
        else:
            numbers.append(first_seen.setdefault(group, len(first_seen) + 1))
    sides = [
        pairs.assign(row=pairs[one], other=pairs[two])
        for one, two in (("left", "right"), ("right", "left"))
    ]
    told = pd.concat(sides, ignore_index=True)
    told = told[told["verdict"] != "refused"]
    told = told.sort_values(["verdict", "score", "other"], ascending=[True, False, True])
    best = told.drop_duplicates("row").set_index("row").reindex(range(size))
    reasons = best["reason"].astype(object).where(best["reason"].notna(), None).tolist()
    status = np.where(members[groups] > 1, "duplicate", "review")
    status = np.where((members[groups] < 2) & best["verdict"].isna(), "unique", status)
    return pd.DataFrame(
        {
            "group": pd.array(numbers, dtype="Int64"),
            "size": members[groups],
            "score": best["score"].to_numpy(),
            "reason": pd.Series(reasons, index=frame.index, dtype=object),
            "status": status,
            "other": best["other"].astype("Int64").array,
        },
        index=frame.index,
    )
