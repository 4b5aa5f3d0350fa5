"""Which value survives when several rows become one: one function for each strategy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from xlcrm import cells
from xlcrm.columns import COLUMNS, fold
from xlcrm.contacts.answers import Answer, is_opposed, read_answer
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError
from xlcrm.texts import Text, listed

# How the surviving value is chosen among those of a group; a blank never wins over a value.
STRATEGIES: dict[str, Text] = {
    "complete": Text(
        fr="la plus complète, puis la plus fréquente", en="the most complete, then most frequent"
    ),
    "recent": Text(
        fr="la plus récente, puis la plus fréquente", en="the most recent, then most frequent"
    ),
    "frequent": Text(
        fr="la plus fréquente, puis la plus récente", en="the most frequent, then most recent"
    ),
    "names": Text(
        fr="celle qui reprend le mieux le nom et le prénom retenus",
        en="the one nearest to the first and last name kept",
    ),
    "address": Text(
        fr="l'adresse entière d'une seule fiche, la plus complète",
        en="the whole address of one row, the most complete",
    ),
    "strictest": Text(fr="un refus l'emporte sur un accord", en="a refusal wins over a consent"),
    "consent": Text(
        fr="de la fiche dont l'accord ou le refus est retenu",
        en="from the row whose consent or refusal is kept",
    ),
    "any": Text(fr="oui dès qu'une fiche dit oui", en="yes as soon as one row says yes"),
    "first": Text(fr="la première", en="the first"),
    "earliest": Text(fr="la date la plus ancienne", en="the earliest date"),
    "latest": Text(fr="la date la plus récente", en="the latest date"),
    "least": Text(fr="la plus petite", en="the smallest"),
    "greatest": Text(fr="la plus grande", en="the greatest"),
    "sum": Text(fr="la somme", en="the sum"),
    "average": Text(
        fr="la moyenne pondérée par la fréquence", en="the mean, weighted by the frequency"
    ),
    "all": Text(fr="toutes, l'une après l'autre", en="all of them, one after the other"),
}
HEADER = (Text(fr="Colonne", en="Column"), Text(fr="Valeur retenue", en="Value kept"))
OTHER_COLUMNS = "*"
_OTHERS = Text(fr="(autres colonnes)", en="(other columns)")
_ADDRESS = (
    *("address", "address_more", "full_address"),
    *("postcode", "town", "postcode_town", "country"),
)
_FLAGS = {Answer.YES: True, Answer.NO: False}
_DATED = ("last_contact", "last_purchase", "consent_date", "created")


class Cell(NamedTuple):
    """A filled cell of a group: its value and the position of its row in the base."""

    value: Any
    row: int


@dataclass(frozen=True)
class Group:
    """The rows of one group, as records, with the position and the latest date of each.

    usual: how often each value stands in the whole base, by column, where spelling may be wrong.
    """

    records: Sequence[dict[str, Any]]
    positions: Sequence[int]
    dates: Sequence[date | None]
    usual: Mapping[str, Counter[str]]

    def filled(self, column: str) -> list[Cell]:
        return [
            Cell(record[column], position)
            for record, position in zip(self.records, self.positions, strict=True)
            if not cells.is_blank(record[column])
        ]

    def date_of(self, row: int) -> date:
        return self.dates[self.positions.index(row)] or date.min

    @cached_property
    def addresses(self) -> list[dict[str, str]]:
        """The filled columns of the address of each row, as keys."""
        return [
            {c: same_key(r[c]) for c in _ADDRESS if not cells.is_blank(r.get(c))}
            for r in self.records
        ]

    @cached_property
    def by_address(self) -> list[int]:
        """The record of the fullest, latest address, then those that do not contradict it."""

        def rank(i: int) -> tuple[int, date, int]:
            return len(self.addresses[i]), self.dates[i] or date.min, -i

        best = max(range(len(self.records)), key=rank)
        chosen = self.addresses[best]
        agree = [
            i
            for i, address in enumerate(self.addresses)
            if i != best and all(chosen.get(c, v) == v for c, v in address.items())
        ]
        return [best, *agree]


def default_rules() -> dict[str, str]:
    """The strategy of each canonical column; `*` stands for every other column.

    >>> default_rules()["opposition"], default_rules()["email"]
    ('any', 'recent')
    """
    return dict(_default_rules())


@cache
def _default_rules() -> dict[str, str]:
    return {row["column"]: row["strategy"] for row in read_rows("survivorship")}


def rule_rows(lang: str = "fr") -> list[list[str]]:
    """The default rules as the rows of an editable sheet, under HEADER.

    >>> rule_rows()[0]
    ['Type', 'la plus fréquente, puis la plus récente']
    """
    return [
        [_label(column).in_("en" if lang == "en" else "fr"), STRATEGIES[strategy].in_(lang)]  # type: ignore[arg-type]
        for column, strategy in default_rules().items()
    ]


def read_merge_rules(rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    """The rules that a user edited, from rows of column and strategy (no header).

    A column that is missing keeps its default; one that is not canonical is taken by its label.
    Raises ArgumentError for an unknown strategy.

    >>> read_merge_rules([["E-mail", "la première"]])["email"]
    'first'
    """
    strategies = {fold(t): key for key, text in STRATEGIES.items() for t in (text.fr, text.en, key)}
    columns = {fold(t): key for key in default_rules() for t in (_label(key).fr, _label(key).en)}
    rules = default_rules()
    for row in rows:
        label, wanted = (cells.to_text(value) or "" for value in (*row, None, None)[:2])
        if not label:
            continue
        if fold(wanted) not in strategies:
            raise ArgumentError(
                fr="« {label} » : valeur à retenir inconnue « {wanted} » ; il y a : "
                + listed((t.fr for t in STRATEGIES.values()), most=20)
                + ".",
                en='"{label}": unknown value to keep "{wanted}"; there are: '
                + listed((t.en for t in STRATEGIES.values()), "en", most=20)
                + ".",
                label=label,
                wanted=wanted,
            )
        rules[columns.get(fold(label), label)] = strategies[fold(wanted)]
    return rules


def _label(column: str) -> Text:
    return _OTHERS if column == OTHER_COLUMNS else COLUMNS[column].label


def latest_date(record: dict[str, Any]) -> date | None:
    """The latest date on which a row was alive: contact, purchase, consent, creation."""
    days = [day for column in _DATED if (day := day_of(record.get(column)))]
    return max(days, default=None)


def day_of(value: Any) -> date | None:
    """A date cell, None when it is blank or no date."""
    try:
        return cells.to_date(value)
    except ArgumentError:
        return None


def number_of(value: Any) -> float | None:
    """A number cell, None when it is blank or no number."""
    try:
        return cells.to_number(value)
    except ArgumentError:
        return None


def value_key(value: Any, strategy: str) -> frozenset[str]:
    """What makes two values of a column the same: yes and X are one, the numbers of a cell a set.

    >>> value_key("Oui", "strictest") == value_key(1.0, "strictest")
    True
    >>> sorted(value_key("06 12 34 56 99; 01 99 00 12 12", "recent"))
    ['0199001212', '0612345699']
    """
    if strategy in ("strictest", "any"):
        flag = is_opposed(value) if strategy == "any" else _FLAGS.get(read_answer(value))
        if flag is not None:
            return frozenset([str(flag)])
    parts = (cells.to_text(value) or "").split(";")
    return frozenset(same_key(part) for part in parts if part.strip())


def same_key(value: Any) -> str:
    """What makes two values the same for a reader: letters and digits, no case, no accents."""
    return _letters(cells.to_text(value) or "")


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return fold(text).replace(" ", "") or text


def _counts(found: Sequence[Cell]) -> Counter[str]:
    return Counter(same_key(cell.value) for cell in found)


def complete(found: list[Cell], group: Group, column: str = "") -> Cell:
    """The value with most words longer than an initial, then the most frequent one.

    Of two that are as frequent in the group, the one more usual in the base is no slip; then the
    longest, the most recent.
    """
    counts = _counts(found)
    usual: Counter[str] = group.usual.get(column, Counter())

    def rank(cell: Cell) -> tuple[int, int, int, int, date, int]:
        text, key = cells.to_text(cell.value) or "", same_key(cell.value)
        full = min(sum(len(word) > 1 for word in fold(text).split()), 3)
        day = group.date_of(cell.row)
        return full, counts[key], usual[key], len(text), day, -cell.row

    return max(found, key=rank)


def recent(found: list[Cell], group: Group) -> Cell:
    counts = _counts(found)
    return max(found, key=lambda c: (group.date_of(c.row), counts[same_key(c.value)], -c.row))


def frequent(found: list[Cell], group: Group) -> Cell:
    counts = _counts(found)
    return max(found, key=lambda c: (counts[same_key(c.value)], group.date_of(c.row), -c.row))


def strictest(found: list[Cell], group: Group) -> Cell:
    """A refusal, else what is unclear, else a consent; the latest of them."""

    def rank(cell: Cell) -> tuple[int, date, int]:
        return read_answer(cell.value).value, group.date_of(cell.row), -cell.row

    return max(found, key=rank)


def opposed(found: list[Cell], group: Group) -> Cell:
    return max(found, key=lambda c: (is_opposed(c.value), group.date_of(c.row), -c.row))


def first(found: list[Cell], group: Group) -> Cell:
    return found[0]


def earliest(found: list[Cell], group: Group) -> Cell:
    return min(found, key=lambda c: (day_of(c.value) or date.max, c.row))


def latest(found: list[Cell], group: Group) -> Cell:
    return max(found, key=lambda c: (day_of(c.value) or date.min, -c.row))


def least(found: list[Cell], group: Group) -> Cell:
    return min(found, key=lambda c: (_or(number_of(c.value), float("inf")), c.row))


def greatest(found: list[Cell], group: Group) -> Cell:
    return max(found, key=lambda c: (_or(number_of(c.value), float("-inf")), -c.row))


def _or(number: float | None, other: float) -> float:
    return other if number is None else number


def total(found: list[Cell], group: Group) -> Cell:
    numbers = [number_of(cell.value) for cell in found]
    if None in numbers:
        return recent(found, group)
    summed = sum(n for n in numbers if n is not None)
    return Cell(_like(found[0].value, summed), found[0].row)


def average(found: list[Cell], group: Group) -> Cell:
    """The mean of a basket, each row counting as many times as it bought."""
    numbers = [number_of(cell.value) for cell in found]
    if None in numbers:
        return recent(found, group)
    weights = []
    for cell in found:
        record = group.records[group.positions.index(cell.row)]
        weights.append(number_of(record.get("frequency")) or 0.0)
    if not all(weights):
        weights = [1.0] * len(found)
    parts = [n * w for n, w in zip(numbers, weights, strict=True) if n is not None]
    return Cell(sum(parts) / sum(weights), found[0].row)


def _like(example: Any, number: float) -> Any:
    return int(number) if isinstance(example, int) and float(number).is_integer() else number


def every(found: list[Cell], group: Group) -> Cell:
    distinct: dict[str, str] = {}
    for cell in found:
        distinct.setdefault(same_key(cell.value), cells.to_text(cell.value) or "")
    return found[0] if len(distinct) == 1 else Cell(" ; ".join(distinct.values()), found[0].row)


# "complete", "names", "address" and "consent" look at other columns: see merge.py.
CHOOSE: dict[str, Callable[[list[Cell], Group], Cell]] = {
    "recent": recent,
    "frequent": frequent,
    "strictest": strictest,
    "any": opposed,
    "first": first,
    "earliest": earliest,
    "latest": latest,
    "least": least,
    "greatest": greatest,
    "sum": total,
    "average": average,
    "all": every,
}
