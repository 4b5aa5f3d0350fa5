"""What a column is called and what it holds may differ: columns by their values and neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from xlcrm import cells
from xlcrm.columns import COLUMNS, fold, recognise
from xlcrm.commands.amounts import settle_amount
from xlcrm.contacts.answers import is_opposed, undated_words
from xlcrm.contacts.companies import read_legal_form
from xlcrm.contacts.dates import month_end, read_date

if TYPE_CHECKING:
    from xlcrm.commands.source import Source

REACHED_BY = {"email", "phone", "mobile"}
LIVES_AT = {"address", "full_address", "postcode", "town", "postcode_town"}
_POSTCODE_IN_TEXT = re.compile(r"\b\d{2} ?\d{3}\b")
_ORDER = re.compile(r"#[A-Z]*-?\d+")
_COORDINATES = {"Coordonnées", "COORDONNÉES", "COORDONNEES", "Coordonnees", "Contact details"}
# Beside an amount, the day of a purchase; "Date d'inscription" is that of a customer.
_DAYS_OF_A_LINE = (
    *("date", "timestamp", "submitted at", "submission date", "created at", "jour", "paid at"),
    *("date reglement", "date de reglement", "date paiement", "date de paiement"),
)
_STATUSES = re.compile(
    r"(e ?mail |contact |subscription )?(statut|status|etat)"
    r"( (d |de l )?(e ?mail|contact|client|newsletter|abonnement))?"
)
# What a status says of a person, whatever else the column is for: how it begins.
_SAID_BY_STATUS = {
    "opposition": re.compile(
        r"(desabonnee?s?|desinscrite?s?|unsubscribed?|blacklist(ed|ee?s?)?|blocklisted|opt ?out"
        r"|opposee?s?|stop|liste noire|do not contact|ne (\w+ )?(plus|pas) (etre )?"
        r"(contact|recevoir|sollicit|demarch|relanc)\w*)\b"
    ),
    "deceased": re.compile(r"(decedee?s?|dcd|deceased)\b|dead$"),
    "returned": re.compile(r"(npai|pnd)\b"),
}
MONTHS = frozenset(("mois", "month", "periode", "period", "mois d achat", "mois de vente"))
_YEARS = ("annee", "year", "exercice")
BARE_NUMBERS = frozenset({"n", "no", "num", "numero", "id", "identifiant", "reference", "ref"})


def settle_meanings(source: Source) -> None:
    """Give columns the keys that their values and neighbours tell."""
    frame = source.frame
    if "last_name" in frame and "first_name" not in frame and "full_name" not in frame:
        _rename_if(source, "last_name", "full_name", lambda t: " " in t.strip())
    if "full_name" in frame and "order_id" not in frame:  # of a shop: "Name" is #1001
        _rename_if(source, "full_name", "order_id", lambda t: bool(_ORDER.fullmatch(t)))
        frame = source.frame
    if "full_name" in frame and "customer_id" not in frame:
        _rename_if(source, "full_name", "customer_id", lambda t: " " not in t and _has_digit(t))
    if "phone" not in frame and fold(source.labels.get("customer_id", "")) == "numero":
        _rename_if(source, "customer_id", "phone", _is_phone)
    if "mobile" not in frame and "consent_sms" in frame:
        _rename_if(source, "consent_sms", "mobile", _is_phone)
    if "company" not in frame and "Intitulé" in frame and (REACHED_BY | LIVES_AT) & set(frame):
        _rename_if(source, "Intitulé", "company", bool)
    for label in _COORDINATES & set(frame):
        if "full_address" not in source.frame:
            _rename_if(source, label, "full_address", _reaches)
    frame = source.frame
    if "address" in frame and not {"postcode", "town", "full_address"} & set(frame):
        _rename_if(source, "address", "full_address", _holds_postcode)
    frame = source.frame
    if {"amount", "unit_price"} & set(frame) and "order_date" not in frame:
        named = {fold(source.labels[c].partition("(")[0]): str(c) for c in frame.columns}
        day = next((named[label] for label in _DAYS_OF_A_LINE if label in named), None)
        if day:
            _rename_if(source, day, "order_date", lambda t: True)
        elif month := next((named[label] for label in named if label in MONTHS), None):
            _join_year(source, month, next((named[y] for y in _YEARS if y in named), None))
            _rename_if(source, month, "order_date", _is_dated)
    _read_status(source)
    settle_amount(source)
    _settle_numbers(source)


def _read_status(source: Source) -> None:
    """A column "Statut" that says who unsubscribed, died or moved away says it beside, too."""
    if _STATUSES.fullmatch(fold(source.labels.get("legal_form", ""))):
        _rename_if(source, "legal_form", source.labels["legal_form"], _is_no_legal_form)
    for column in list(source.frame.columns):
        if not _STATUSES.fullmatch(fold(source.labels[column])):
            continue
        texts = [_status(value) for value in source.frame[column]]
        for key, pattern in _SAID_BY_STATUS.items():
            known = source.frame.get(key, [None] * len(texts))
            told = [
                pattern.match(text) is not None and not is_opposed(v)
                for text, v in zip(texts, known, strict=True)
            ]
            if any(told):
                rows = zip(source.frame[column], known, told, strict=True)
                values = [status if heard else v for status, v, heard in rows]
                source.frame[key] = pd.Series(values, dtype=object)
                labels = [source.labels.get(key), source.labels[column]]
                source.labels[key] = " + ".join(filter(None, labels))


def _status(value: Any) -> str:
    return " ".join(undated_words(cells.to_text(value) or ""))


def _is_no_legal_form(text: str) -> bool:
    return read_legal_form(text).value is None


def _settle_numbers(source: Source) -> None:
    """A bare "N°" beside "N° client" or the name of who bought is the number of a purchase."""
    frame, labels = source.frame, source.labels
    if fold(labels.get("customer_id", "")) not in BARE_NUMBERS or not source.has_purchases():
        return
    own_columns = [str(c) for c in frame if c not in COLUMNS]
    client = next((c for c in own_columns if recognise(labels[c]) == "customer_id"), None)
    own = {"amount", "order_date"} <= set(frame) and not frame["customer_id"].duplicated().any()
    named = source.holds_people() and source.holds_purchases()
    if client or (own and named and "order_id" not in frame):
        bare = "order_id" if "order_id" not in frame else labels["customer_id"]
        names = {"customer_id": bare} | ({client: "customer_id"} if client else {})
        source.frame = frame.rename(columns=names)
        source.labels = {names.get(c, c): label for c, label in labels.items()}


def _holds_postcode(text: str) -> bool:
    return bool(_POSTCODE_IN_TEXT.search(text))


def _join_year(source: Source, month: str, year: str | None) -> None:
    """A column "Mois" of mere "janvier" or 1 takes its year from the column beside."""
    if year is None:
        return
    pairs = zip(source.frame[month], source.frame[year], strict=True)
    joined = [f"{cells.to_label(m)} {cells.to_label(y)}" for m, y in pairs]
    if not any(map(_is_dated, filter(None, map(cells.to_text, source.frame[month])))):
        values = [
            j if month_end(j) else m for j, m in zip(joined, source.frame[month], strict=True)
        ]
        source.frame[month] = pd.Series(values, dtype=object)
        source.labels[month] += f" + {source.labels[year]}"


def _is_dated(text: str) -> bool:
    return (month_end(text) or read_date(text).value) is not None


def _reaches(text: str) -> bool:
    return "@" in text or _holds_postcode(text) or sum(map(str.isdigit, text)) > 8


def _is_phone(text: str) -> bool:
    return 8 < sum(map(str.isdigit, text)) < 14 and not any(map(str.isalpha, text))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _rename_if(source: Source, old: str, new: str, test: Any) -> None:
    """Rename a column when most of its (first thousand) values pass a test."""
    values = [t for v in source.frame[old].head(1000) if (t := cells.to_text(v))]
    if values and sum(map(test, values)) > len(values) / 2:
        source.frame = source.frame.rename(columns={old: new})
        source.labels[new] = source.labels.pop(old)
