"""Lines of purchases that are no plain sale: refunds typed as such, and what was cancelled."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import COLUMNS
from xlcrm.commands.source import Source
from xlcrm.scoring.purchases import read_lines
from xlcrm.texts import Text

_BACK = (
    r"\s*((avoirs?|remboursements?|notes? de cr[ée]dit|credit (note|memo)s?|refunds?)( clients?)?|"
    r"retours?( (marchandise|produit)s?)?)\s*"
)
_NUMBERED = r"(facture|commande|n[°º])"
_REFUND = re.compile(  # "Retour client : très satisfait" and "Avoir 20 ans" are none
    rf"{_BACK}($|[-–:(/,#]|\d\S*\s*($|€|eur|[-–:(/,]|du\b|sur\b)|sur\b|partiel|total|{_NUMBERED})"
    rf"|\s*retours? clients?\W*($|\d|{_NUMBERED})",
    re.IGNORECASE,
)
_REFUND_SOLD = re.compile(  # of a product: "Retour - Roman" is a title
    rf"{_BACK}( clients?)?\W*(partiel|total)?\W*($|(sur )?(la )?({_NUMBERED}|\S*\d\S*\s*$))",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"\s*(annul[ée]+s?|annulation|cancell?ed|void(ed)?|rembours[ée]+s?|refunded|[ée]chou[ée]+s?|"
    r"failed|devis|quote|estimate|pro[ -]?forma|brouillon|draft)\s*",
    re.IGNORECASE,
)
_CREDIT_NUMBER = re.compile(r"\s*AV(OIR)?[-_ /.]?\d", re.IGNORECASE)
_INVOICE_NUMBER = re.compile(r"\s*F", re.IGNORECASE)
_NUMBER_IN_TEXT = re.compile(r"[\w./-]*\d[\w./-]*")
_KINDS = ("kind", "legal_form", "comment")  # "Type", "Statut"; further, columns xlcrm knows not
_DEDUCTED = Text(
    fr="Avoir au montant positif : déduit des achats.",
    en="Refund with a positive amount: deducted from the purchases.",
)
_LEFT = Text(fr="« {value} » : ligne laissée de côté.", en='"{value}": line left out.')


def settle_kinds(source: Source) -> None:
    """Take out what was cancelled, and make refunds negative, each with its anomaly.

    A refund finds its order by the number that it names.
    """
    own = [c for c in source.frame.columns if c in _KINDS or c not in COLUMNS]
    void = _said(source, own, _VOID.fullmatch)
    for at, text in void.items():
        source.note(at, "", text, _LEFT.format(value=text.strip()))
    source.drop(void)
    sheet = {at: name for at, name in enumerate(source.sheets) if _REFUND.match(name)}
    said = _said(source, ["product"], _REFUND_SOLD.match)
    said |= _said(source, [*own, "order_id"], _REFUND.match)
    back = sheet | _credit_numbers(source) | said
    if back:
        _deduct(source, back)


def _said(source: Source, columns: list[str], test: Any) -> dict[int, str]:
    """The lines that have a text which passes a test, and the text."""
    found: dict[int, str] = {}
    for column in columns:
        if column in source.frame:
            values = source.frame[column]
            texts = {v for v in values.unique() if isinstance(v, str) and test(v)}
            if texts:
                found |= {at: v for at, v in enumerate(values) if v in texts}
    return found


def _credit_numbers(source: Source) -> dict[int, str]:
    """The lines numbered AV-12 where the most are F-12, as French invoices are."""
    if "order_id" not in source.frame:
        return {}
    texts = [cells.to_label(v) or "" for v in source.frame["order_id"]]
    found = {at: text for at, text in enumerate(texts) if _CREDIT_NUMBER.match(text)}
    first = Counter(bool(_INVOICE_NUMBER.match(text)) for text in texts if text)
    return found if first[True] > first[False] else {}


def _deduct(source: Source, back: dict[int, str]) -> None:
    _, amounts, _ = read_lines(source.frame)
    signed = source.frame["amount"].tolist()
    orders = {cells.to_label(v) for v in source.frame.get("order_id", ())} - {None}
    named: list[Any] = source.frame.get("refund_of", pd.Series([None] * len(signed))).tolist()
    for at, text in back.items():
        if amounts[at] > 0:
            source.note(at, "amount", signed[at], _DEDUCTED)
            signed[at] = -float(amounts[at])
        if cells.is_blank(named[at]):
            numbers = [n for n in _NUMBER_IN_TEXT.findall(text) if n in orders]
            named[at] = next((n for n in numbers if n != text.strip()), None)
    source.frame["amount"] = pd.Series(signed, dtype=object)
    if not all(map(cells.is_blank, named)):
        source.frame["refund_of"] = pd.Series(named, dtype=object)
