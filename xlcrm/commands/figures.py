"""Figures that a text file holds: columns of texts that all read as numbers become numbers."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.catalogue import Kind
from xlcrm.columns import COLUMNS, fold
from xlcrm.contacts.blanks import is_filler

_SPACE = "[ \u00a0\u202f\u2009']"
# A leading zero, other than that of 0,5, makes a code of it.
_PATTERNS = {
    decimal: re.compile(
        rf"[+-]?(?:0|[1-9]\d*|[1-9]\d{{0,2}}(?:(?:{_SPACE}|{re.escape(group)})\d{{3}})+)"
        rf"(?:{re.escape(decimal)}\d+)?(?:{_SPACE}?(?:€|EUR))?"
    )
    for decimal, group in ((",", "."), (".", ","))
}
_DIGITS = re.compile(r"\d+")
_NOT_IN_NUMBER = re.compile(r"[^\d+-]")
_LONGEST = 8  # digits alone beyond this are a phone, a SIREN, an article number
# Words of a header over numbers that are names.
_CODES = frozenset(
    "code codes ref reference references n no nr num numero number id ids identifiant cp zip tel "
    "phone siren siret ean gtin isbn sku compte account carte card dossier contrat contract "
    "matricule badge cle key lot serie serial insee dept departement department fax".split()
)


def read_figures(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its columns of figures as numbers, where every filled cell reads as one.

    A column stays as it is if it is a label (postcode, phone, code), holds a leading zero, or
    could be read with either decimal sign (1,234). Digits alone are figures only in a table of
    mere texts: a workbook says itself what is a number. A filler such as NC stays.
    """
    texts = {c for c in frame.columns if pd.api.types.infer_dtype(frame[c]) == "string"}
    untyped = all(c in texts or not _filled(frame[c]) for c in frame.columns)
    read = {c: values for c in texts if (values := _figures(c, frame[c], untyped)) is not None}
    return frame.assign(**read) if read else frame


def _filled(column: pd.Series) -> bool:
    return not all(cells.is_blank(value) for value in column.unique())


def _figures(name: str, column: pd.Series, untyped: bool) -> pd.Series | None:
    known = COLUMNS.get(name)
    if known is not None and known.kind not in (Kind.NUMBER, Kind.INTEGER):
        return None
    if known is None and _CODES & set(fold(name).split()):
        return None
    filled = [v for v in column.unique() if not cells.is_blank(v)]
    written = {v: v.strip() for v in filled if any(map(str.isdigit, v)) or not is_filler(v)}
    fitting = [d for d, form in _PATTERNS.items() if all(map(form.fullmatch, written.values()))]
    marked = any("," in text or "." in text for text in written.values())
    if not written or len(fitting) != 2 - marked:
        return None
    bare = [text for text in written.values() if _DIGITS.fullmatch(text)]
    if any(len(text) > _LONGEST for text in bare):
        return None
    if known is None and not untyped and len(bare) == len(written):
        return None
    numbers = {value: _number(text, fitting[0]) for value, text in written.items()}
    return pd.Series([numbers.get(v, v) for v in column], column.index, dtype=object)


def _number(text: str, decimal: str) -> Any:
    whole, _, part = text.removesuffix("EUR").partition(decimal)
    return float(f"{_NOT_IN_NUMBER.sub('', whole)}.{_NOT_IN_NUMBER.sub('', part)}")
