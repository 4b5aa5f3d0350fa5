"""Who is who: contacts and purchase lines known by number, else by e-mail, else by name."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.source import Source, contacts
from xlcrm.contacts.companies import split_legal_form
from xlcrm.errors import RequestError, SourceError
from xlcrm.texts import Text

_LITTLE = frozenset("m mr mme mlle monsieur madame mademoiselle mrs ms miss et and".split())
_NAMES = ("last_name", "first_name", "full_name", "company")
_NUMBER_FIRST = re.compile(r"(\S*\d\S*) *[-–:/] ")
SAME_NUMBER = Text(
    fr="Même n° client que la ligne {row} (« {sheet} ») : les achats sont attribués à ce contact-là.",
    en='Same customer ID as row {row} ("{sheet}"): the purchases are those of that contact.',
)


def numbers_of(value: Any) -> list[str]:
    """The customer numbers of a cell; a merged contact has several (`MN-00012; W10023`).

    >>> numbers_of("MN-00012; W10023"), numbers_of(7.0), numbers_of(None)
    (['MN-00012', 'W10023'], ['7'], [])
    """
    return [n.strip() for n in (cells.to_label(value) or "").split(";") if n.strip()]


def loosened(number: str) -> str:
    """A number as it comes out of a sheet that lost its zeros or capitals: `00123` is 123.

    >>> loosened(" C-9"), loosened("00123")
    ('c-9', '123')
    """
    text = number.strip().casefold()
    return text.lstrip("0") or text if text.isdigit() else text


def _email(value: Any) -> str:
    text = (cells.to_text(value) or "").casefold()
    return text if "@" in text else ""


def _name(*parts: Any) -> str:
    words = fold(" ".join(filter(None, map(cells.to_text, parts)))).split()
    return " ".join(sorted(word for word in words if word not in _LITTLE))


def _column(frame: pd.DataFrame, key: str) -> list[Any]:
    return frame[key].tolist() if key in frame else [None] * len(frame)


def _emails(frame: pd.DataFrame) -> list[str]:
    return [_email(value) for value in _column(frame, "email")]


def _names(frame: pd.DataFrame) -> list[list[str]]:
    """The names each row goes by: the person's, the company's, and without its legal form."""
    rows = zip(*(_column(frame, key) for key in _NAMES), strict=True)
    found = []
    for last, first, *others in rows:
        texts = [text for value in others if (text := cells.to_text(value))]
        names = [_name(last, first) if last else "", *map(_name, texts)]
        names += [_name(split_legal_form(text)[0]) for text in texts]
        found.append([name for name in names if name])
    return found


def _numbers_in_names(frame: pd.DataFrame) -> list[str]:
    """The number that begins a name: "CL001 - Dupont"."""
    texts = [cells.to_text(value) or "" for value in _column(frame, "full_name")]
    return [found[1] if (found := _NUMBER_FIRST.match(text)) else "" for text in texts]


class Known:
    """The rows of a table of contacts, to be found by what another table says of them."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.numbers: dict[str, int] = {}
        self.same: dict[int, int] = {}  # a row -> the earlier one with the same number
        loose: dict[str, set[int]] = {}
        numbered = [numbers_of(value) for value in _column(frame, "customer_id")]
        for at, numbers in enumerate(numbered):
            for number in numbers:
                first = self.numbers.setdefault(number, at)
                if first != at:
                    self.same.setdefault(at, self.same.get(first, first))
                loose.setdefault(loosened(number), set()).add(first)
        # where two contacts would share a number without its zeros, neither has it
        self.loose = {n: min(rows) for n, rows in loose.items() if len(rows) == 1}
        self.numbered = [bool(numbers) for numbers in numbered]
        self._frame = frame

    @cached_property  # the names of a large base take seconds, and are seldom looked for
    def names(self) -> dict[str, int]:
        return _once(_names(self._frame))

    @cached_property
    def emails(self) -> dict[str, int]:
        return _once([[v] for v in _emails(self._frame)])

    def find(self, frame: pd.DataFrame, *, strictly: bool = False) -> list[int | None]:
        """The row that each row of a table is about; None for one that is not known.

        A row with a number that is not known may only be a contact without one; strictly, so may
        a row without a number, for a namesake is another contact.
        """
        labels = _column(frame, "customer_id")
        by_label = {label: self._numbered(label) for label in set(labels)}
        found = [by_label[label] for label in labels]
        missing = [at for at, place in enumerate(found) if place is None]
        part = frame.iloc[missing]
        said = zip(missing, _emails(part), _names(part), _numbers_in_names(part), strict=True)
        for at, email, names, number in said:
            tried = [self.emails.get(email) if email else None, self._numbered(number)]
            tried += [self.names.get(name) for name in names]
            free = [t for t in tried if t is not None]
            if strictly or not cells.is_blank(labels[at]):
                free = [t for t in free if not self.numbered[t]]
            found[at] = free[0] if free else None
        return found

    def knowable(self, frame: pd.DataFrame) -> set[int]:
        """The rows that a table would name if it had something of them.

        Where most of its rows have a number, a contact without one may be there by a number.
        """
        found = {at for at, numbered in enumerate(self.numbered) if numbered}
        labels = _column(frame, "customer_id")
        if 2 * sum(map(cells.is_blank, labels)) <= len(labels):
            return found | {place for place in self.find(frame) if place is not None}
        found = found if any(map(numbers_of, set(labels))) else set()
        if any(map(_email, set(_column(frame, "email")))):
            found |= set(self.emails.values())
        if any(not cells.is_blank(v) for key in _NAMES for v in set(_column(frame, key))):
            found |= set(self.names.values())
        return found

    def _numbered(self, label: Any) -> int | None:
        for number in numbers_of(label):
            place = self.numbers.get(number, self.loose.get(loosened(number)))
            if place is not None:
                return place
        return None


def _once(keys: list[list[str]]) -> dict[str, int]:
    """Where each key stands, without those of several rows."""
    found: dict[str, set[int]] = {}
    for at, of_row in enumerate(keys):
        for key in filter(None, of_row):
            found.setdefault(key, set()).add(at)
    return {key: rows.pop() for key, rows in found.items() if len(rows) == 1}


def buyers(source: Source) -> list[str | None]:
    """Who bought on each line: number, else e-mail, else name, as one key; None for nobody."""
    frame = source.frame
    labels = _column(frame, "customer_id")
    keys = {v: "; ".join(map(loosened, numbers_of(v))) or None for v in set(labels)}
    found = [keys[label] for label in labels]
    missing = [at for at, key in enumerate(found) if key is None]
    part = frame.iloc[missing]
    for at, email, names in zip(missing, _emails(part), _names(part), strict=True):
        found[at] = email or next(iter(names), None)
    return found


def base_of(job: Job) -> Source | None:
    """The contacts that the purchases belong to, if the workbook has them."""
    asked, said = job.sheet, job.said()
    job.sheet = None
    try:
        base = contacts(job, "merged", "clean", "single_view")
    except (RequestError, SourceError):
        return None
    finally:
        job.sheet = asked
    if base.holds_contacts():
        return base
    job.unsay(said)
    return None


def note_same_numbers(job: Job, base: Source, known: Known) -> None:
    """Tell of each contact whose number an earlier one has already."""
    label = base.label("customer_id", job.lang)
    for at, first in known.same.items():
        problem = SAME_NUMBER.format(**base.place(first))
        value = base.frame["customer_id"].iloc[at]
        job.anomalies.append(Anomaly(base.sheets[at], base.rows[at], label, value, problem))
