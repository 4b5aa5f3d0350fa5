"""How complete and how usable a base of contacts is, and what to complete first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from xlcrm.cells import is_blank, to_text
from xlcrm.contacts.answers import is_opposed
from xlcrm.contacts.blanks import fold
from xlcrm.contacts.cleaning import clean_table
from xlcrm.data import read_rows
from xlcrm.texts import Text

if TYPE_CHECKING:
    import pandas as pd

# What a call centre asks of its base, and what La Poste calls a well kept file.
NPAI_LIMIT = 0.05
NPAI_IDEAL = 0.02
_STREET_ONLY = re.compile(r"(rue|r|avenue|av|ave|boulevard|bd|bld|impasse|imp|allee|all)\b\D*$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that a contact should have: its weight, who is asked, what will do as well."""

    column: str
    weight: float
    asked_of: str
    core: bool
    or_else: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What `assess` found. Positions count from 0; shares are between 0 and 1.

    columns: one row per assessed column: column (canonical key), weight, asked (rows concerned),
    filled (count), share (of those asked, None where nobody is), invalid (count), present (False:
    the base has no such column).
    contacts: one row per row of the base, same index: completeness (weighted share), missing (a
    list of canonical keys, the heaviest first), invalid (list of keys), reachable (number of
    channels with a usable address), undeliverable (True: a letter would probably come back).
    invalid: row, column, value, problem (a Text): every value that cannot be used.
    undeliverable: row, problem (a Text): why a letter would probably come back.
    completeness: the mean of the contacts. letters: rows with a street, to which one would write;
    undeliverable_share: those of them whose letter would probably come back. It is a proxy of
    NPAI/PND: what is written can be checked, not who has moved. duplicates: rows beyond the
    first of each group of certain duplicates, when `groups` was given.
    """

    columns: pd.DataFrame
    contacts: pd.DataFrame
    invalid: pd.DataFrame
    undeliverable: pd.DataFrame
    completeness: float
    letters: int
    undeliverable_share: float
    duplicates: int | None


def default_weights() -> dict[str, float]:
    """The weight of each column that a contact should have.

    >>> default_weights()["email"]
    3.0
    """
    return {asked.column: asked.weight for asked in _defaults()}


def assess(
    frame: pd.DataFrame,
    weights: Mapping[str, float] | None = None,
    groups: pd.Series | None = None,
    issues: pd.DataFrame | None = None,
) -> Quality:
    """The quality of a base: completeness by column and by contact, invalid values, NPAI proxy.

    `weights` maps a canonical column to its weight (default_weights()); a column of weight 0 is
    not asked for. A private person is not asked for a SIRET, nor a company without a name for a
    first name; who works at a company is asked for both. `issues` are
    those of clean_table (row, column, value, problem); without them the table is checked here.

    >>> import pandas as pd
    >>> base = pd.DataFrame({"last_name": ["Petit", "Roux"], "email": ["a@free.fr", None]})
    >>> found = assess(base, {"last_name": 1, "email": 1})
    >>> found.completeness, found.contacts["missing"].tolist()
    (0.75, [[], ['email']])
    """
    import pandas as pd

    issues = clean_table(frame).issues if issues is None else issues
    base = _Base.of(frame, issues)
    columns, completeness, missing = _completeness(base, _asked(weights))
    returned = _undeliverable(base)
    contacts = pd.DataFrame(
        {
            "completeness": completeness,
            "missing": missing,
            "invalid": base.invalid_columns(),
            "reachable": _reachable(base),
            "undeliverable": np.isin(np.arange(base.size), returned["row"].to_numpy(dtype=int)),
        },
        index=frame.index,
    )
    letters = int(base.letters().sum())
    return Quality(
        columns=columns,
        contacts=contacts,
        invalid=issues.reset_index(drop=True),
        undeliverable=returned,
        completeness=float(completeness.mean()) if base.size else 0.0,
        letters=letters,
        undeliverable_share=len(returned) / letters if letters else 0.0,
        duplicates=None if groups is None else _surplus(groups),
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """A base seen by what is filled and what is flagged, column by column."""

    size: int
    filled: Mapping[str, np.ndarray]
    flagged: Mapping[str, np.ndarray]
    frame: pd.DataFrame
    issues: pd.DataFrame

    @classmethod
    def of(cls, frame: pd.DataFrame, issues: pd.DataFrame) -> _Base:
        size = len(frame)
        filled = {str(name): _filled(frame[name]) for name in frame.columns}
        flagged = {}
        for column, rows in issues.groupby("column")["row"]:
            flagged[str(column)] = np.isin(np.arange(size), rows.to_numpy(dtype=int))
        return cls(size, filled, flagged, frame, issues)

    def has(self, *columns: str) -> np.ndarray:
        """Rows in which one of the columns is filled."""
        out = np.zeros(self.size, bool)
        for column in columns:
            if column in self.filled:
                out |= self.filled[column]
        return out

    def usable(self, *columns: str) -> np.ndarray:
        """Rows in which one of the columns is filled with a value that nothing is wrong with."""
        out = np.zeros(self.size, bool)
        for column in columns:
            if column in self.filled:
                out |= self.filled[column] & ~self.flags(column)
        return out

    def flags(self, column: str) -> np.ndarray:
        return self.flagged.get(column, np.zeros(self.size, bool))

    def of_company(self) -> np.ndarray:
        """Companies, and the people met there."""
        return self.has("company", "siret", "siren")

    def is_person(self) -> np.ndarray:
        return ~self.of_company() | self.has("last_name", "first_name")

    def letters(self) -> np.ndarray:
        """Rows with a street, to which one would write."""
        return self.has("address", "full_address")

    def invalid_columns(self) -> list[list[str]]:
        out: list[list[str]] = [[] for _ in range(self.size)]
        pairs = zip(self.issues["row"].tolist(), self.issues["column"].tolist(), strict=True)
        for row, column in pairs:
            if column not in out[int(row)]:
                out[int(row)].append(column)
        return out


def _completeness(
    base: _Base, asked: Sequence[Asked]
) -> tuple[pd.DataFrame, np.ndarray, list[list[str]]]:
    """The columns assessed; by row the weighted share filled, and what is missing."""
    import pandas as pd

    groups = {"person": base.is_person(), "company": base.of_company()}
    lines = []
    missing: list[list[str]] = [[] for _ in range(base.size)]
    got, due = np.zeros(base.size), np.zeros(base.size)
    for a in sorted(asked, key=lambda a: -a.weight):
        present = any(c in base.filled for c in (a.column, *a.or_else))
        of = groups.get(a.asked_of, np.ones(base.size, bool))
        has = base.has(a.column, *a.or_else) & of
        share = float(has.sum() / of.sum()) if of.any() else None
        invalid = int(base.flags(a.column).sum())
        counts = (int(of.sum()), int(has.sum()), share, invalid, present)
        lines.append((a.column, a.weight, *counts))
        if a.weight and (present or a.core):
            got += a.weight * has
            due += a.weight * of
            for row in np.flatnonzero(of & ~has).tolist():
                missing[row].append(a.column)
    names = ["column", "weight", "asked", "filled", "share", "invalid", "present"]
    shares = np.divide(got, due, out=np.ones(base.size), where=due > 0)
    return pd.DataFrame(lines, columns=names), shares, missing


def _asked(weights: Mapping[str, float] | None) -> list[Asked]:
    """The default columns with the weights given; a column without default is asked of all."""
    if weights is None:
        return list(_defaults())
    known = {asked.column: asked for asked in _defaults()}
    return [
        replace(known.get(column, Asked(column, 0.0, "both", True, ())), weight=float(weight))
        for column, weight in weights.items()
    ]


@cache
def _defaults() -> tuple[Asked, ...]:
    return tuple(
        Asked(
            row["column"],
            float(row["weight"]),
            row["asked_of"],
            row["core"] == "yes",
            tuple(row["or_else"].split()),
        )
        for row in read_rows("completeness")
    )


def _filled(column: pd.Series) -> np.ndarray:
    import pandas as pd

    codes, values = pd.factorize(column)
    known = np.array([not is_blank(value) for value in values] + [False])
    return np.asarray(known[codes])


def _reachable(base: _Base) -> np.ndarray:
    """The number of channels open: phone, e-mail, post."""
    post = base.usable("address") & base.usable("postcode") & base.usable("town")
    channels = (base.usable("phone", "mobile"), base.usable("email"), post)
    return np.sum(
        [post | base.usable("full_address") if c is post else c for c in channels], axis=0
    )


# What makes a letter come back, in the order in which it is told.
_RETURNED: tuple[tuple[Text, Callable[[_Base], np.ndarray]], ...] = (
    (
        Text(fr="déjà revenu (noté NPAI/PND)", en="came back before (marked undeliverable)"),
        lambda base: _marked(base, "returned"),
    ),
    (Text(fr="personne décédée", en="deceased person"), lambda base: _marked(base, "deceased")),
    (
        Text(fr="destinataire absent", en="no recipient"),
        lambda base: ~base.has("last_name", "full_name", "company"),
    ),
    (
        Text(fr="code postal absent", en="no postcode"),
        lambda base: ~base.has("postcode", "postcode_town", "full_address"),
    ),
    (
        Text(fr="ville absente", en="no town"),
        lambda base: ~base.has("town", "postcode_town", "full_address"),
    ),
    (
        Text(fr="code postal douteux", en="doubtful postcode"),
        lambda base: base.flags("postcode"),
    ),
    (Text(fr="ville douteuse", en="doubtful town"), lambda base: base.flags("town")),
    (
        Text(fr="adresse douteuse", en="doubtful address"),
        lambda base: base.flags("address") | base.flags("full_address"),
    ),
    (
        Text(fr="numéro absent dans la voie", en="no number in the street"),
        lambda base: _without_number(base),
    ),
)


def _marked(base: _Base, column: str) -> np.ndarray:
    if column not in base.filled:
        return np.zeros(base.size, bool)
    return np.array([is_opposed(value) for value in base.frame[column]], bool)


def _without_number(base: _Base) -> np.ndarray:
    """Rows whose address is a street without any number; a hamlet or a PO box needs none."""
    if "address" not in base.filled:
        return np.zeros(base.size, bool)
    texts = base.frame["address"].map(to_text, na_action="ignore")
    return np.array(
        [bool(_STREET_ONLY.match(fold(t))) if isinstance(t, str) else False for t in texts]
    )


def _undeliverable(base: _Base) -> pd.DataFrame:
    """The first reason for which the letter to each row would probably come back."""
    import pandas as pd

    problems: dict[int, Text] = {}
    letters = base.letters()
    for text, holds in _RETURNED:
        for row in np.flatnonzero(letters & holds(base)).tolist():
            problems.setdefault(row, text)
    rows = sorted(problems)
    return pd.DataFrame(
        {"row": np.array(rows, int), "problem": np.array([problems[r] for r in rows], object)}
    )


def _surplus(groups: pd.Series) -> int:
    filled = groups.dropna()
    return int(len(filled) - filled.nunique())
