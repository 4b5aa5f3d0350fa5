"""Find the header of a sheet as people type them: titles above, merged groups, two rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from xlcrm import cells
from xlcrm.books.book import Grid
from xlcrm.columns import fold, recognise
from xlcrm.commands.side_by_side import further_contacts
from xlcrm.errors import SourceError

FIRST_ROWS = 30  # rows of title, logo and remarks that may stand above the header
_DEEPEST_HEADER = 1000  # where a header of several known labels is still looked for
# What stands in the first row of data and may be taken for a label ("M." is the basket of RFM).
_CIVILITIES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms"}
_PHONES = ("phone", "mobile")
_OF_A_CONTACT = frozenset({"civility", "first_name", "last_name"})
_CHANNELS = ("", "_phone", "_email", "_sms", "_post")
# A person may have refused in one of several columns: none of them is passed over.
SAY_NO = frozenset(
    {"deceased", "returned"}
    | {f"{what}{c}" for what in ("opposition", "consent") for c in _CHANNELS}
)
_LONG_NUMBER = re.compile(r"\d[\d .]{4,}")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the data of a sheet start, and what its columns are called.

    `position` is the index in `grid.rows` of the last header row; `labels` the text of each
    column (unique, never empty for a column that holds data); `keys` its canonical key or None.
    `beside` names the further contacts that stand on the same row, whose columns have no key.
    """

    position: int
    labels: list[str]
    keys: list[str | None]
    beside: list[str] = field(default_factory=list)


def find_header(grid: Grid, book: str = "") -> Header:
    """The header of a sheet.

    It is the row among the first thirty with the most labels that xlcrm knows, or further down
    where none of these has two; a merged cell above gives its label to the columns it spans
    ("Accord" over "Tél." is the phone consent).
    Raises SourceError for an empty sheet, one with only a title, or one without a header.
    """
    rows = grid.rows
    filled = [i for i, row in enumerate(rows) if any(not cells.is_blank(v) for v in row)]
    if not filled:
        raise _problem(grid, book, "est vide", "is empty")
    scores = {i: _known(rows[i]) for i in filled[:FIRST_ROWS]}
    if max(scores.values()) < 2:
        deeper = {i: _known(rows[i]) for i in filled[FIRST_ROWS:_DEEPEST_HEADER]}
        scores |= {i: score for i, score in deeper.items() if score > 1}
    best = max(scores, key=lambda i: (scores[i], -i))
    if scores[best] == 0:
        best = _first_full_text_row(grid, filled, book)
    elif scores[best] == 1 and (_is_row_of_data(rows[best]) or _is_of_pairs(grid, best)):
        raise _no_header(grid, book)
    if best == filled[-1]:
        raise _problem(
            grid,
            book,
            "n'a qu'un titre ou une ligne d'en-tête, sans données dessous",
            "has only a title or a header row, without data below",
        )
    return _read_header(grid, best)


def _known(row: list[Any]) -> int:
    """How many different columns a row names; a row with a number or a date is no header."""
    if any(not isinstance(v, str) and not cells.is_blank(v) for v in row):
        return 0
    known = len({key for v in row if (key := recognise(v))})
    return 0 if known < 3 and _holds_data(row) else known


def _holds_data(row: list[Any]) -> bool:
    """Whether a row of texts is about one contact: an e-mail, a long number, a civility."""
    texts = [v for v in row if isinstance(v, str)]
    return any(
        "@" in text or _LONG_NUMBER.search(text) or fold(text) in _CIVILITIES for text in texts
    )


def _width(row: list[Any]) -> int:
    return sum(not cells.is_blank(v) for v in row)


def _all_text(row: list[Any]) -> bool:
    return all(isinstance(v, str) for v in row if not cells.is_blank(v))


def _is_row_of_data(row: list[Any]) -> bool:
    return _width(row) > 2 and not _all_text(row)


def _is_of_pairs(grid: Grid, best: int) -> bool:
    """Whether most columns have no label: "Société | Dupont" is a line of a form, no header."""
    below = grid.rows[best + 1 : best + 50]
    filled = {i for row in below for i, v in enumerate(row) if not cells.is_blank(v)}
    bare = [i for i in filled if cells.is_blank(_at(grid.rows[best], i))]
    return len(bare) > max(2, _width(grid.rows[best]))


def _first_full_text_row(grid: Grid, filled: list[int], book: str) -> int:
    """A sheet whose labels xlcrm does not know still has a header if a row names each column."""
    width = max(_width(grid.rows[i]) for i in filled)
    for i in filled[:FIRST_ROWS]:
        row = grid.rows[i]
        texts = [cells.to_text(v) or "" for v in row if not cells.is_blank(v)]
        looks_like_data = _holds_data(row) or any(c.isdigit() for t in texts for c in t)
        if _width(row) >= max(1, width - 1) and _all_text(row) and not looks_like_data:
            return i
    if width == 1 and len(filled) == 1:
        raise _problem(grid, book, "n'a qu'un titre, sans données", "has only a title, no data")
    raise _no_header(grid, book)


def _read_header(grid: Grid, best: int) -> Header:
    row = grid.rows[best]
    above = _group_labels(grid, best)
    width = max(len(r) for r in grid.rows)
    texts = [" ".join((cells.to_text(_at(row, c)) or "").split()) for c in range(width)]
    others = further_contacts(texts, grid.rows[best - 1] if best else [], above)
    labels: list[str] = []
    keys: list[str | None] = []
    for column, label in enumerate(texts):
        group = above.get(column, "")
        key = (recognise(f"{group} {label}") if group and label else None) or recognise(
            label or group
        )
        if column in others:
            key, label = None, f"{others[column]} – {label}"
        labels.append(_unique(label or group or _letters(grid.left + column), labels))
        keys.append(key)
    return Header(best, labels, _settled(labels, keys), list(dict.fromkeys(others.values())))


def _settled(labels: list[str], keys: list[str | None]) -> list[str | None]:
    """One column for each key: of "Tel 2" and "Portable" the latter is the mobile.

    Several columns may say no: those of consent and opposition keep their key.
    """
    kept: dict[str, int] = {}
    for column, key in enumerate(keys):
        if key and (key not in kept or _rank(key, labels[column]) < _rank(key, labels[kept[key]])):
            kept[key] = column
    out = [k if k and (kept[k] == i or k in SAY_NO) else None for i, k in enumerate(keys)]
    for column, key in enumerate(keys):
        free = next((k for k in _PHONES if k not in out), None)
        if key in _PHONES and out[column] is None and free:
            out[column] = free  # a second phone is the mobile
    return out


def _rank(key: str, label: str) -> tuple[bool, bool]:
    """Which of two columns is the less likely one for a key.

    "Tél 2", and the name of a company beside that of the contact there.
    """
    folded = fold(label)
    beside = key in _OF_A_CONTACT and "contact" not in folded.split()
    return folded[-2:] in (" 2", " 3", " 4"), beside


def _group_labels(grid: Grid, best: int) -> dict[int, str]:
    """The labels of the row above, spread over the columns that they are merged across."""
    if best == 0:
        return {}
    above = grid.rows[best - 1]
    spans: dict[int, str] = {}
    sheet_row = grid.top + best - 1
    for first_row, first, last_row, last in grid.merged:
        start = first - grid.left
        text = cells.to_text(_at(above, start)) if first_row <= sheet_row <= last_row else None
        if not text and first_row < sheet_row <= last_row:
            text = cells.to_text(_at(grid.rows[first_row - grid.top], start))
        whole_title = last - first + 1 >= max(len(r) for r in grid.rows)
        if text and not whole_title:
            spans.update(dict.fromkeys(range(start, last - grid.left + 1), text))
    for column, value in enumerate(above):
        if column not in spans and cells.is_blank(_at(grid.rows[best], column)):
            spans[column] = cells.to_text(value) or ""
    return spans


def _at(row: list[Any], column: int) -> Any:
    return row[column] if 0 <= column < len(row) else None


def _unique(label: str, taken: list[str]) -> str:
    if label not in taken:
        return label
    number = 2
    while f"{label} ({number})" in taken:
        number += 1
    return f"{label} ({number})"


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _no_header(grid: Grid, book: str) -> SourceError:
    return _problem(
        grid,
        book,
        "n'a pas de ligne d'en-tête : ajoutez au-dessus des données une ligne avec le nom de "
        "chaque colonne (Nom, Prénom, E-mail, Téléphone, CP, Ville…)",
        "has no header row: add a row above the data with the name of each column "
        "(Last name, First name, E-mail, Phone, Postcode, Town…)",
    )


def _problem(grid: Grid, book: str, fr: str, en: str) -> SourceError:
    where = f" ({book})" if book else ""
    return SourceError(
        fr=f"La feuille « {grid.sheet} »{where} {fr}.",
        en=f'Sheet "{grid.sheet}"{where} {en}.',
    )
