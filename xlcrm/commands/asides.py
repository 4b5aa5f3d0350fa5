"""Lines of a sheet that are beside its data: totals, remarks, page numbers, repeated headers."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.catalogue import Kind
from xlcrm.columns import COLUMNS, fold, recognise
from xlcrm.texts import Text

_TOTALS = {"total", "totaux", "total general", "sous total", "grand total", "totals"}
_TOTAL_BEGINS = {"tota", "sous", "gran", "sub-", "subt"}
_TOTAL_LINE = re.compile(r"(sous |grand |sub ?)?(totals?|totaux)\b")
_PAGE = re.compile(r"page \d+( (sur|de|of))?( \d+)?")
_COUNTED = re.compile(r"[:\d]")
_MOST_REMARKS = 5
_TOTAL = Text(fr="Ligne de total : laissée de côté.", en="Total line: left out.")
_REMARK = Text(
    fr="Remarque sous le tableau : laissée de côté.", en="Remark below the table: left out."
)
_PAGE_NUMBER = Text(fr="Numéro de page : laissé de côté.", en="Page number: left out.")
_HEADER = Text(fr="En-tête répété : laissé de côté.", en="Repeated header: left out.")

_TITLE = Text(fr="Titre de section : laissé de côté.", en="Title of a section: left out.")
# "Clients de Nantes", "Secteur Nord": what titles inside a list begin with.
_GROUPS = frozenset(
    ("clients", "prospects", "fournisseurs", "contacts", "customers", "suppliers", "liste")
)
# Companies are called Région Bretagne and Associations réunies; persons are not.
_GROUPS_OF_PERSONS = _GROUPS | frozenset(
    ("adherents", "adherentes", "membres", "partenaires", "particuliers", "professionnels")
    + ("entreprises", "associations", "anciens", "nouveaux", "stagiaires", "eleves", "benevoles")
    + ("secteur", "region", "departement", "categorie", "section", "members", "partners")
)
_PERSON = frozenset({"last_name", "first_name", "full_name"})
_NAMES = _PERSON | {"company", "email", "address", "full_address"}
_LABELS_OF_ONE = ("phone", "mobile", "postcode", "siren", "siret")
_MANY_DIGITS = 6  # a phone, a customer number

Asides = dict[int, tuple[Any, Text]]


def asides(
    frame: pd.DataFrame,
    rows: list[int],
    labels: dict[str, str],
    wide: frozenset[int] = frozenset(),
) -> Asides:
    """The lines that are no contact and no purchase: position -> (what it says, what it is).

    `rows` are their row numbers in the sheet, `labels` the label of each column there; `wide`
    the rows of cells merged across columns.
    """
    headers: Asides = dict.fromkeys(_headers(frame, labels), (None, _HEADER))
    totals: Asides = dict.fromkeys(_totals(frame), ("Total", _TOTAL))
    return headers | _lone(frame, rows, wide) | totals


def _headers(frame: pd.DataFrame, labels: dict[str, str]) -> list[int]:
    """The header again, at the top of a printed page; or below itself in another language."""
    again = pd.Series(True, index=frame.index)
    for column in frame.columns:
        again &= frame[column].isna() | (frame[column] == labels[column])
        if not again.any():
            break
    found = [p for p in again.to_numpy().nonzero()[0].tolist() if len(_filled(frame, p)) > 1]
    first = _filled(frame, 0) if len(frame) else {}
    if len(first) > 1 and all(recognise(value) == key for key, value in first.items()):
        found.append(0)
    return found


def _lone(frame: pd.DataFrame, rows: list[int], wide: frozenset[int]) -> Asides:
    """Lines with a single cell: page numbers, titles, totals anywhere; remarks below the table."""
    found: Asides = {}
    if len(frame.columns) < 3:
        return found
    alone = (frame.notna().sum(axis=1) == 1).to_numpy().nonzero()[0].tolist()
    for position in alone:
        for column, value in _filled(frame, position).items():
            folded = fold(value) if isinstance(value, str) else ""
            if _PAGE.fullmatch(folded):
                found[position] = value, _PAGE_NUMBER
            elif _TOTAL_LINE.match(folded) and _COUNTED.search(value):  # not Total Énergies
                found[position] = value, _TOTAL
            elif folded and (rows[position] in wide or _is_title(frame, position, column, folded)):
                found[position] = value, _TITLE
    if len(alone) <= max(_MOST_REMARKS, len(frame) // 20):  # else it is what the base looks like
        for position in _remarks(frame, rows, alone):
            found.setdefault(position, (_only(frame, position), _REMARK))
    return found


def _is_title(frame: pd.DataFrame, position: int, column: str, folded: str) -> bool:
    """Whether a lone text heads the lines below: Clients de Nantes, A, Nantes, 44 - Loire."""
    text = str(frame.at[position, column]).strip()
    if "@" in text or position + 1 >= len(frame) or len(_filled(frame, position + 1)) < 2:
        return False
    digits = sum(map(str.isdigit, text))
    groups = _GROUPS if column == "company" else _GROUPS_OF_PERSONS
    below = [fold(v) for v in _filled(frame, position + 1).values() if isinstance(v, str)]
    return (
        len(folded) == 1
        or text.endswith(":")
        or (folded.split()[0] in groups and (" " in folded or folded.endswith("s")))
        or folded in below
        or (column in _PERSON and 0 < digits < _MANY_DIGITS)
        or (not digits and column not in _NAMES and _is_of_codes(frame[column]))
    )


def _is_of_codes(values: pd.Series) -> bool:
    """Whether most values of a column have a digit: "GROUPE ADULTES" is no licence number."""
    texts = [text for value in values.head(200) if (text := cells.to_label(value))]
    return sum(any(map(str.isdigit, text)) for text in texts) > len(texts) / 2


def _remarks(frame: pd.DataFrame, rows: list[int], alone: list[int]) -> list[int]:
    """The last lines, from the first that stands apart or reads as a remark."""
    first = len(frame)
    while first - 1 in alone:
        first -= 1
    for position in range(max(first, len(frame) - _MOST_REMARKS, 1), len(frame)):
        apart = rows[position] > rows[position - 1] + 1
        if apart or _is_remark(frame, position):
            return list(range(position, len(frame)))
    return []


def _is_remark(frame: pd.DataFrame, position: int) -> bool:
    """Whether a line says "Nombre de clients : 2", "Édité le 12/03/2026" in the first column."""
    value: Any = frame.iat[position, 0]
    is_text = isinstance(value, str) and "@" not in value and value.strip()[:1].isalpha()
    return is_text and bool(_COUNTED.search(value))


def _only(frame: pd.DataFrame, position: int) -> Any:
    return next(iter(_filled(frame, position).values()), "")


def _totals(frame: pd.DataFrame) -> list[int]:
    """The lines of totals: at the end by their word; between others only beside mere figures.

    A company called Total has an address, a phone or an e-mail, and stays.
    """
    found = set()
    for column in frame.columns[:3]:
        for position, value in enumerate(frame[column]):
            if isinstance(value, str) and value[:4].casefold() in _TOTAL_BEGINS:
                if not _TOTAL_LINE.match(fold(value)):
                    continue
                others = {k: v for k, v in _filled(frame, position).items() if k != column}
                if others and all(_is_figure(k, v) for k, v in others.items()):
                    found.add(position)
    tail = frame.tail(3)
    for position, row in enumerate(tail.itertuples(index=False), len(frame) - len(tail)):
        says_total = any(isinstance(v, str) and fold(v) in _TOTALS for v in row)
        if says_total and not _reaches_someone(frame, position):
            found.add(position)
    return sorted(found)


def _reaches_someone(frame: pd.DataFrame, position: int) -> bool:
    """A company or a person called Total has an e-mail, a phone, a postcode, a SIRET."""
    filled = _filled(frame, position)
    if "@" in str(filled.get("email", "")):
        return True
    labels = (cells.to_label(filled.get(key)) or "" for key in _LABELS_OF_ONE)
    return any(sum(map(str.isdigit, label)) >= 5 for label in labels)


def _is_figure(column: str, value: Any) -> bool:
    if column in COLUMNS:
        return COLUMNS[column].kind in (Kind.NUMBER, Kind.INTEGER)
    return isinstance(value, (int, float))


def _filled(frame: pd.DataFrame, position: int) -> dict[str, Any]:
    row = frame.iloc[position]
    return {str(column): value for column, value in row.items() if not cells.is_blank(value)}
