"""Merge the rows of each group into one, field by field, so that it can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from xlcrm import cells
from xlcrm.columns import COLUMNS, fold
from xlcrm.contacts.answers import read_answer
from xlcrm.contacts.survivors import (
    CHOOSE,
    OTHER_COLUMNS,
    STRATEGIES,
    Cell,
    Group,
    complete,
    default_rules,
    latest_date,
    same_key,
    value_key,
)
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, listed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["STRATEGIES", "Merged", "default_rules", "merge_groups", "unmerge"]

_SPELT = ("first_name", "last_name", "birth_name", "company")
_CONSENTS = ("consent_phone", "consent_email", "consent_sms", "consent_post")
_REACH = ("phone", "mobile", "email", "address", "postcode", "town", "full_address", "customer_id")


@dataclass(frozen=True, slots=True)
class Merged:
    """A base in which every group became one row, with what is needed to undo it.

    frame: the merged base, in the order of the first row of each group; its index is that of the
    first row of each group. Two columns are added at the end: `others` (the other ways to reach
    the contact that did not survive, as one text) and `merged_from` (number of rows). Before them,
    `last_contact` if there was none and rows were alive later than the dates that survive tell.
    provenance: one row for each filled cell of a merged row: row (position in `frame`), column,
    value, source (position in the base; the first one when a value comes from several), strategy,
    others (the other values, as a list).
    archive: the rows of the base that were merged, as they were, with their index; two columns
    stand in front: merged_into (position in `frame`) and position (in the base).
    """

    frame: pd.DataFrame
    provenance: pd.DataFrame
    archive: pd.DataFrame


def merge_groups(
    frame: pd.DataFrame,
    groups: Sequence[Any] | pd.Series,
    rules: Mapping[str, str] | None = None,
    lang: Lang = "fr",
    chosen: Mapping[tuple[Any, str], int] | None = None,
) -> Merged:
    """One row for each group; the most complete, recent or frequent value survives, by column.

    `groups` gives each row its group; blank is a row alone (as `Duplicates.rows["group"]`).
    `rules` maps a column to a strategy, `*` to that of the columns not named (default_rules()).
    `chosen` maps (group, column) to the position of the row whose value is to survive, whatever
    the rules say. The strictest consent and any opposition win.

    Raises ArgumentError for an unknown strategy, and for groups of another length than the base.

    >>> import pandas as pd
    >>> base = pd.DataFrame({
    ...     "first_name": ["A.", "Anne"], "phone": ["0199001234", None], "opposition": [None, 1]})
    >>> merged = merge_groups(base, [1, 1])
    >>> merged.frame.iloc[0].to_dict()
    {'first_name': 'Anne', 'phone': '0199001234', 'opposition': 1.0,
     'others': None, 'merged_from': 2}
    >>> merged.provenance["source"].tolist()
    [1, 0, 1]
    """
    import pandas as pd

    strategies = _checked(dict(rules) if rules is not None else default_rules())
    members = _members(groups, len(frame))
    columns = [str(name) for name in frame.columns]
    lists = {str(name): _plain_list(frame[name]) for name in frame.columns}
    usual = {c: Counter(map(same_key, frame[c].dropna())) for c in _SPELT if c in columns}
    kept_rows = sorted(rows[0] for rows in members.values())
    place = {row: i for i, row in enumerate(kept_rows)}
    survivors: dict[int, dict[str, Any]] = {}
    history: list[tuple[Any, ...]] = []
    for key, rows in members.items():
        if len(rows) > 1:
            records = [{c: values[row] for c, values in lists.items()} for row in rows]
            group = Group(records, rows, [latest_date(record) for record in records], usual)
            picked = _survivors(group, columns, strategies, _of_group(chosen, key))
            survivors[rows[0]] = {column: cell.value for column, (cell, _, _) in picked.items()}
            survivors[rows[0]]["others"] = _others_text(picked, lang)
            history.extend(
                (place[rows[0]], column, cell.value, cell.row, strategy, others)
                for column, (cell, strategy, others) in picked.items()
                if not cells.is_blank(cell.value)
            )
    into = {row: place[rows[0]] for rows in members.values() if len(rows) > 1 for row in rows}
    moved = sorted(into)
    archive = frame.iloc[moved].copy()
    archive.insert(0, "merged_into", [into[row] for row in moved])
    archive.insert(1, "position", moved)
    names = ["row", "column", "value", "source", "strategy", "others"]
    return Merged(
        frame=_merged_frame(frame, kept_rows, survivors, members),
        provenance=pd.DataFrame(history, columns=names),
        archive=archive,
    )


def unmerge(merged: Merged, rows: Collection[int] | None = None) -> pd.DataFrame:
    """The base as it was before the merge; with `rows` only these rows of `frame` are undone.

    >>> import pandas as pd
    >>> base = pd.DataFrame({"email": ["a@free.fr", "b@free.fr"]})
    >>> unmerge(merge_groups(base, [1, 1])).equals(base)
    True
    """
    import pandas as pd

    archive = merged.archive
    undone = archive if rows is None else archive[archive["merged_into"].isin(list(rows))]
    first_of = archive.groupby("merged_into")["position"].min()
    taken = set(archive["position"])
    size = len(merged.frame) - len(first_of) + len(archive)
    alone = iter(position for position in range(size) if position not in taken)
    merged_rows = set(first_of.index)
    positions = [
        int(first_of[i]) if i in merged_rows else next(alone) for i in range(len(merged.frame))
    ]
    gone = set(undone["merged_into"])
    left = [i for i in range(len(merged.frame)) if i not in gone]
    back = undone.drop(columns=["merged_into", "position"])
    stay = merged.frame[back.columns].iloc[left]
    order = [*(positions[i] for i in left), *undone["position"].tolist()]
    ranks = sorted(range(len(order)), key=order.__getitem__)
    whole = pd.concat([stay.astype(object), back.astype(object)]).iloc[ranks]
    whole.index = stay.index.append(back.index).take(ranks)
    return _as_types(whole, archive)


def _members(groups: Sequence[Any] | pd.Series, size: int) -> dict[Any, list[int]]:
    """The positions of each group; a row alone is a group of its own."""
    values = list(groups)
    if len(values) != size:
        raise ArgumentError(
            fr="Les groupes ont {n} ligne(s), la base {size}.",
            en="The groups have {n} row(s), the base {size}.",
            n=len(values),
            size=size,
        )
    members: dict[Any, list[int]] = {}
    for position, value in enumerate(values):
        blank = value is None or cells.to_text(_plain(value)) is None
        members.setdefault(("alone", position) if blank else ("group", value), []).append(position)
    return members


def _plain_list(column: pd.Series) -> list[Any]:
    """The values of a column as plain Python ones."""
    return [_plain(value) for value in column.astype(object).tolist()]


def _plain(value: Any) -> Any:
    import pandas as pd

    return None if value is pd.NA else value


def _of_group(chosen: Mapping[tuple[Any, str], int] | None, key: Any) -> dict[str, int]:
    return {
        column: position for (group, column), position in (chosen or {}).items() if group == key[1]
    }


def _checked(rules: dict[str, str]) -> dict[str, str]:
    for column, strategy in rules.items():
        if strategy not in STRATEGIES:
            raise ArgumentError(
                fr=f"Colonne « {column} » : règle de fusion inconnue « {strategy} » ; il y a : "
                f"{listed(STRATEGIES, most=20)}.",
                en=f'Column "{column}": unknown merge rule "{strategy}"; there are: '
                f"{listed(STRATEGIES, 'en', most=20)}.",
            )
    return rules


Picked = dict[str, tuple[Cell, str, list[Any]]]


def _survivors(
    group: Group, columns: Sequence[str], rules: Mapping[str, str], chosen: Mapping[str, int]
) -> Picked:
    """By column: the surviving cell, the strategy that chose it, the other distinct values."""
    picked: Picked = {}
    for column in sorted(columns, key=lambda c: (c == "phone", c == "full_name")):
        found = group.filled(column)
        strategy = rules.get(column, rules.get(OTHER_COLUMNS, "recent"))
        if column in chosen:
            row = chosen[column]
            value = group.records[group.positions.index(row)][column]
            picked[column] = (Cell(value, row), "chosen", _others(found, value, strategy))
        elif found:
            cell = _choose(strategy, found, group, column, picked)
            others = [] if strategy == "all" else _others(found, cell.value, strategy)
            picked[column] = (cell, strategy, others)
    kept = {column: picked[column] for column in columns if column in picked}
    if alive := _last_sign(group, kept):
        kept["last_contact"] = alive
    return kept


def _last_sign(group: Group, picked: Picked) -> tuple[Cell, str, list[Any]] | None:
    """The latest date of all rows as the last contact, where no surviving date is as late.

    The earliest creation survives: without this, a contact of today would pass for an old one.
    """
    told = latest_date({column: cell.value for column, (cell, _, _) in picked.items()})
    seen = max((day for day in group.dates if day), default=None)
    if seen is None or told is None or seen <= told:
        return None
    if "last_contact" in picked and picked["last_contact"][1] == "chosen":
        return None
    return Cell(seen, group.positions[group.dates.index(seen)]), "latest", []


def _choose(strategy: str, found: list[Cell], group: Group, column: str, picked: Picked) -> Cell:
    if strategy == "address":
        return _address_cell(group, column)
    if strategy == "consent":
        return _consent_cell(group, column)
    if strategy == "complete":
        return complete(found, group, column)
    if strategy == "names":
        return _names_cell(found, group, picked)
    if column == "phone" and "mobile" in picked:  # the same number twice helps nobody
        mobile = same_key(picked["mobile"][0].value)
        found = [cell for cell in found if same_key(cell.value) != mobile] or found
    return CHOOSE[strategy](found, group)


def _others(found: list[Cell], kept: Any, strategy: str) -> list[Any]:
    """The other distinct values, but for those that the kept one contains."""
    told = value_key(kept, strategy)
    other: dict[frozenset[str], Any] = {}
    for cell in found:
        other.setdefault(value_key(cell.value, strategy), cell.value)
    return [value for key, value in other.items() if not key <= told]


def _names_cell(found: list[Cell], group: Group, picked: Picked) -> Cell:
    """The full name that shares most words with the first and last name that survive."""
    names = [picked[c][0].value for c in ("first_name", "last_name") if c in picked]
    words = {word for name in names for word in fold(cells.to_text(name) or "").split()}

    def rank(cell: Cell) -> tuple[int, Any, int]:
        shared = words & set(fold(cells.to_text(cell.value) or "").split())
        return len(shared), group.date_of(cell.row), -cell.row

    return max(found, key=rank)


def _address_cell(group: Group, column: str) -> Cell:
    """The value of the fullest address; a blank of it is filled only by an address that agrees."""
    best, *_ = order = group.by_address
    for i in order:
        if column in group.addresses[i]:
            return Cell(group.records[i][column], group.positions[i])
    return Cell(None, group.positions[best])


def _consent_cell(group: Group, column: str) -> Cell:
    """The date or proof of the strictest statement: of the latest refusal, else consent."""

    def rank(i: int) -> tuple[int, Any, int]:
        answers = [read_answer(group.records[i].get(c)).value for c in _CONSENTS]
        return max(answers), group.dates[i] or date.min, -i

    best = max(range(len(group.records)), key=rank)
    return Cell(group.records[best][column], group.positions[best])


def _others_text(picked: Picked, lang: Lang) -> str | None:
    """The ways to reach the contact that did not survive: `E-mail : a@b.fr | c@d.fr`."""
    parts = [
        f"{COLUMNS[column].label.in_(lang)}{' : ' if lang == 'fr' else ': '}"
        + " | ".join(cells.to_text(value) or "" for value in picked[column][2])
        for column in _REACH
        if column in picked and picked[column][2]
    ]
    return " ; ".join(parts) or None


def _merged_frame(
    frame: pd.DataFrame,
    kept: list[int],
    survivors: Mapping[int, Mapping[str, Any]],
    members: Mapping[Any, list[int]],
) -> pd.DataFrame:
    import pandas as pd

    whole = frame.iloc[kept]
    sizes = {rows[0]: len(rows) for rows in members.values()}
    columns: dict[Any, Any] = {}
    changed = [i for i, row in enumerate(kept) if row in survivors]
    for name in frame.columns:
        values = whole[name].astype(object).to_numpy(copy=True)
        for i in changed:
            values[i] = survivors[kept[i]].get(str(name))
        columns[name] = pd.Series(values, index=whole.index, dtype=object)
    alive = [survivors.get(row, {}).get("last_contact") for row in kept]
    if "last_contact" not in columns and any(alive):
        columns["last_contact"] = pd.Series(alive, index=whole.index, dtype=object)
    others = [survivors.get(row, {}).get("others") for row in kept]
    columns["others"] = pd.Series(others, index=whole.index, dtype=object)
    columns["merged_from"] = [sizes[row] for row in kept]
    merged = pd.DataFrame(columns, index=whole.index)
    return _as_types(merged, frame)


def _as_types(table: pd.DataFrame, model: pd.DataFrame) -> pd.DataFrame:
    """The columns of a table in the types of another one, where the values allow it."""
    out = table.copy()
    for name in table.columns:
        if name in model.columns and model[name].dtype != object:
            try:
                out[name] = table[name].astype(model[name].dtype)
            except (TypeError, ValueError):  # a merged value of another type: kept as it is
                out[name] = table[name]
    return out
