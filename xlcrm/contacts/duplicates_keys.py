"""Matching keys: what two rows are compared on, once everything that means nothing is removed.

Accents, case, punctuation, abbreviations, legal forms and dialling prefixes go; a filler such as
"NC" or "test@test" is a blank. A blank is an empty text here, and never equals another blank.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from xlcrm import cells
from xlcrm.contacts import blanks
from xlcrm.contacts.civility import lookup
from xlcrm.contacts.companies import split_legal_form
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError

_BORN = re.compile(r"^(.+?)\s+(nee|ne|born|epouse|ep|epse|veuve|vve)\s+(.+)$")
_LINKS = frozenset("de du des d la le les l et and the of au aux a en sur sous".split())
_BUSINESS = frozenset(
    "sa ste societe ets etablissement etablissements cie compagnie co corp siege "
    "association asso assoc".split()
)
_BRANCH = frozenset("agence succursale magasin boutique siege social france".split())
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"^(\d{1,4})\s*(bis|ter|quater|[a-d])?\b\s*(.*)$")
_REPEATED = frozenset("bis ter quater a b c d".split())
_BUILDINGS = frozenset("residence batiment immeuble appartement escalier etage".split())
_APART = re.compile(r"[/;|\n]|\bou\b|\bet\b|, ")
_SAINTS = {"st": "saint", "ste": "sainte"}
SIDE_BY_SIDE = 3  # phone numbers of one row that are compared

fold = lru_cache(maxsize=65536)(blanks.fold)


@cache
def _written(table: str) -> dict[str, str]:
    """Every way to write a street type or a title -> the whole word, folded."""
    return {
        fold(written): fold(row["word"])
        for row in read_rows(table)
        for written in (row["postal"], *row["others"].split("|"))
        if written
    }


@cache
def _company_words() -> dict[str, str]:
    return {
        written: row["word"]
        for row in read_rows("company_words")
        for written in row["others"].split("|")
        if written
    }


@cache
def _providers() -> frozenset[str]:
    return frozenset(row["domain"] for row in read_rows("email_domains"))


@cache
def _domains() -> dict[str, str]:
    return {
        wrong: row["domain"]
        for row in read_rows("email_domains")
        for wrong in row["misspelt"].split("|")
        if wrong
    }


@cache
def mailboxes(kind: str) -> frozenset[str]:
    """Local parts of no person ("generic") or of no mailbox ("none", "filler")."""
    rows = [row for row in read_rows("mailboxes") if row["kind"] == kind]
    return frozenset(local for row in rows for local in row["local_parts"].split("|"))


def name_key(value: Any) -> str:
    """A first or last name, folded; a filler is blank.

    >>> name_key("LE  GOFF"), name_key("N.C."), name_key("xxx")
    ('le goff', '', '')
    """
    text = cells.to_text(value)
    if not text or blanks.is_filler(text):
        return ""
    text = fold(text)
    return "" if text.replace(" ", "").isdigit() else text


def married(last: str) -> tuple[str, str]:
    """A folded last name apart from the birth name written with it.

    >>> married("dupont nee martin"), married("martin epouse dupont"), married("petit")
    (('dupont', 'martin'), ('dupont', 'martin'), ('petit', ''))
    """
    if not (match := _BORN.match(last)):
        return last, ""
    name, link, other = match.groups()
    return (name, other) if link in ("nee", "ne", "born") else (other, name)


def civility_key(value: Any) -> str:
    """m, f, or blank for a household, a title or nothing.

    >>> civility_key("Mr."), civility_key("Mlle"), civility_key("M. et Mme")
    ('m', 'f', '')
    """
    found = lookup(fold(cells.to_text(value) or ""))
    return {"M.": "m", "Mme": "f"}.get(found[0], "") if found else ""


def email_key(value: Any) -> str:
    """An e-mail in lower case, without `+tag`, a known slip of its domain repaired.

    >>> email_key(" Anne.Petit+pub@GMIAL.com "), email_key("test@test"), email_key("NC")
    ('anne.petit@gmail.com', '', '')
    """
    text = (cells.to_text(value) or "").casefold().replace(" ", "").rstrip(".;,")
    text = text.removeprefix("mailto:")
    local, _, domain = text.partition("@")
    local = local.partition("+")[0]
    domain = _domains().get(domain, domain)
    if not local or "." not in domain or local in mailboxes("none"):
        return ""
    filler = local in mailboxes("filler") and domain.partition(".")[0] in mailboxes("filler")
    return "" if filler else f"{local}@{domain}"


def phone_keys(value: Any) -> tuple[str, ...]:
    """The numbers of a cell, each as its last nine digits; fillers are left out.

    >>> phone_keys("+33 (0)6 12 34 56 99 / 01.99.00.12.12"), phone_keys(612345699.0)
    (('612345699', '199001212'), ('612345699',))
    >>> phone_keys("0606060606")
    ()
    """
    text = cells.to_label(value) or ""
    parts = [text] if sum(map(str.isdigit, text)) <= 13 else _APART.split(text)
    found: dict[str, None] = {}
    for part in parts:
        digits = "".join(_DIGITS.findall(part.replace("(0)", "")))
        if len(digits) >= 6 and not _is_fake_number(digits):
            found[digits[-9:]] = None
    return tuple(found)


def _is_fake_number(digits: str) -> bool:
    tail = digits[-8:]
    return (
        len(set(tail)) <= 1
        or len({tail[i : i + 2] for i in (0, 2, 4, 6)}) == 1
        or (tail in "0123456789012" or tail in "9876543210987")
    )


def postcode_key(value: Any) -> str:
    """A postcode with its leading zero, capitals and digits only.

    >>> postcode_key(1000.0), postcode_key("SW1A 1AA"), postcode_key("F-75001")
    ('01000', 'SW1A1AA', '75001')
    """
    text = re.sub(r"[^A-Z0-9]", "", (cells.to_label(value) or "").upper())
    if text.startswith("F") and text[1:].isdigit():
        text = text[1:]
    if not text.strip("0"):
        return ""
    return text.zfill(5) if text.isdigit() and len(text) == 4 else text


def town_key(value: Any) -> str:
    """A town, folded; CEDEX and the number of a district go, St is Saint.

    >>> town_key("St-Étienne CEDEX 2"), town_key("Paris 15e")
    ('saint etienne', 'paris')
    """
    words = name_key(value).split()
    if "cedex" in words:
        words = words[: words.index("cedex")]
    words = [_SAINTS.get(w, w) for w in words if not w[0].isdigit()]
    return " ".join(w for w in words if w != "arrondissement")


@cache
def street_words() -> frozenset[str]:
    """The street types, as they stand in a street key.

    >>> "avenue" in street_words()
    True
    """
    return frozenset(_written("street_types").values())


def street_key(value: Any) -> tuple[str, str]:
    """The number and the street of an address, abbreviations written out, link words removed.

    >>> street_key("12 bis, Bd. du Gal de Gaulle"), street_key("Le Moulin")
    (('12', 'boulevard general gaulle'), ('', 'moulin'))
    >>> street_key("Apt 4, Rés. Les Pins, 12 rue de la Gare")
    ('12', 'rue gare')
    """
    text = name_key(value)
    number = ""
    if match := _NUMBER.match(_from_number(text)):
        number, text = match[1].lstrip("0"), match[3]
    types, titles = _written("street_types"), _written("street_titles") | _SAINTS
    first, *rest = text.split() or [""]
    words = [types.get(first, first)] + [titles.get(w, w) for w in rest]
    return number, " ".join(w for w in words if w not in _LINKS)


def _from_number(text: str) -> str:
    """A folded address without the flat, floor and building before the number of the street."""
    types, words = _written("street_types"), text.split()
    if words and not words[0].isdigit():
        for i, word in enumerate(words[:-1]):
            after = words[i + 1 + (words[i + 1] in _REPEATED) :]
            kind = types.get(after[0], after[0]) if word.isdigit() and after else ""
            if kind in street_words() and kind not in _BUILDINGS:
                return " ".join(words[i:])
    return text


def company_key(value: Any) -> tuple[str, str]:
    """A company name without its legal form and link words, and the form.

    >>> company_key("S.A.R.L. Boulangerie de l'Étoile"), company_key("Ets. DUPONT & Fils")
    (('boulangerie etoile', 'sarl'), ('dupont fils', ''))
    >>> company_key("Sté TPTS Martin"), company_key("Clinique Ste Anne")
    (('transports martin', ''), ('clinique sainte anne', ''))
    """
    if not name_key(value):
        return "", ""
    name, form = split_legal_form(cells.to_text(value) or "")
    words = fold(name).split()
    whole = _company_words()
    words = words[:1] + ["sainte" if word == "ste" else whole.get(word, word) for word in words[1:]]
    if len(words) > 1:
        words[0] = whole.get(words[0], words[0])
    kept = [word for word in words if word not in _BUSINESS and word not in _LINKS]
    return " ".join(kept or words), form_key(form)


def without_town(company: str, town: str) -> str:
    """A company key without the town that it ends with, where the row is in that town.

    >>> without_town("batipro agence havre", "le havre"), without_town("havre", "le havre")
    ('batipro', 'havre')
    """
    words = company.split()
    place = [word for word in town.split() if word not in _LINKS]
    if place and len(words) > len(place) and words[-len(place) :] == place:
        words = words[: -len(place)]
    while len(words) > 1 and words[-1] in _BRANCH:
        words.pop()
    return " ".join(words)


def form_key(value: Any) -> str:
    """A legal form, folded."""
    return fold(cells.to_text(value) or "")


def site_key(mail: str) -> str:
    """The domain of an e-mail key that is a company's own, not a mail provider's.

    >>> site_key("contact@dupont.fr"), site_key("dupont@orange.fr")
    ('dupont.fr', '')
    """
    site = mail.partition("@")[2]
    return "" if site in _providers() else site


def number_key(value: Any) -> str:
    """The digits of a SIREN or SIRET; blank unless there are 9 or 14 of them.

    >>> number_key("732 829 320 00074"), number_key("NC")
    ('73282932000074', '')
    """
    digits = "".join(_DIGITS.findall(cells.to_label(value) or ""))
    return digits if len(digits) in (9, 14) and digits.strip("0") else ""


def date_key(value: Any) -> str:
    """A date as YYYYMMDD; blank when it is none.

    >>> date_key("3/5/1980"), date_key("?")
    ('19800503', '')
    """
    try:
        day = cells.to_date(value)
    except ArgumentError:
        return ""
    return "" if day is None or day.year <= 1900 else day.strftime("%Y%m%d")
