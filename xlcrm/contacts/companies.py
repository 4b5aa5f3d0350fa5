"""Company names and legal forms."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from xlcrm.catalogue import Param, function
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.names import capitalise
from xlcrm.contacts.reading import NOTHING, Reading, settle
from xlcrm.data import read_rows
from xlcrm.texts import Text

# Words that are a form only when they stand at one end, and as written here: SE, EI, AG, SL.
_ENDS_ONLY = frozenset({"sa", "se", "ei", "ce", "ag", "kg", "bv", "nv", "sl", "corp", "sem"})
_ENDS_ONLY_KINDS = frozenset({"association", "public"})
_AFTER = frozenset({"de", "da", "la", "et"})  # Marie de Sa is a person
# What tells a company from a person without being a legal form.
_COMPANY_WORDS = frozenset(
    "ets etablissement etablissements ste societe cie compagnie groupe cabinet garage boulangerie "
    "patisserie pharmacie restaurant hotel brasserie cafe boutique magasin institut "
    "coiffure agence atelier ateliers transports transport entreprise editions imprimerie mairie "
    "lycee ecole universite hopital clinique comite syndicat federation association fondation "
    "consulting services immobilier assurances laboratoire laboratoires pepinieres".split()
)
_AND_SONS = re.compile(r"\b(?:et|&) (?:fils|freres|cie|associes)$")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_SEPARATORS = re.compile(r"^[\s,\-–/&]+|[\s,\-–/&(]+$")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Folded way to write it -> (form, kind)."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_rows("legal_forms"):
        for written in (row["form"], row["name"], *filter(None, row["others"].split("|"))):
            found.setdefault(fold(written), (row["form"], row["kind"]))
    return found


@cache
def _form_ends() -> frozenset[str]:
    """The words that a legal form may begin or end with, and so a company name too."""
    return frozenset(end for key in _forms() for end in (key.split()[0], key.split()[-1], key))


@lru_cache(16384)
def split_legal_form(text: str) -> tuple[str, str | None]:
    """A company name without its legal form, and the form.

    >>> split_legal_form("S.A.R.L. Dupont et Fils"), split_legal_form("Sarah Beauté")
    (('Dupont et Fils', 'SARL'), ('Sarah Beauté', None))
    """
    plain = _DOTTED.sub(lambda m: m[0].replace(".", ""), text) if "." in text else text
    words = plain.split()
    if len(words) < 2 or not ({fold(words[0]), fold(words[-1])} & _form_ends()):
        return text, None
    forms = _forms()
    for length in range(min(len(words), 9), 0, -1):
        for start in (0, len(words) - length):
            piece = words[start : start + length]
            form = forms.get(fold(" ".join(piece)))
            before = words[start - 1].lower() if start else ""
            if form and _counts(piece, form[1], len(words)) and before not in _AFTER:
                rest = " ".join(words[:start] + words[start + length :])
                return _SEPARATORS.sub("", rest) or text, form[0]
    return text, None


def _counts(piece: list[str], kind: str, total: int) -> bool:
    """A short form must be in capitals; a word of the name such as Association stays in it."""
    word = piece[0].strip("(),-.")
    if total == len(piece) or kind in _ENDS_ONLY_KINDS:
        return False
    if len(piece) == 1 and word.lower() in _ENDS_ONLY:
        return word.isupper()
    return True


def is_company_name(text: str) -> bool:
    """True for a name with a legal form or a word that only companies bear.

    >>> is_company_name("SARL Dupont"), is_company_name("Boulangerie Petit"), is_company_name("Petit")
    (True, True, False)
    """
    if split_legal_form(text)[1] is not None:
        return True
    folded = fold(text.replace("&", " et "))
    words = folded.split()
    sons = _AND_SONS.search(folded) is not None
    return len(words) > 1 and (sons or not _COMPANY_WORDS.isdisjoint(words))


def read_company(text: str) -> Reading:
    """A company name: spaces, capitals of its legal form, capitals if it was all small."""
    return settle(_read_company, text)


def _read_company(text: str) -> Reading:
    text = tidy(text)
    if not text or is_filler(text) or (not _LETTER.search(text) and not text.isdigit()):
        return NOTHING
    if alone := _forms().get(fold(text)):
        return Reading(alone[0])
    if text.islower():
        text = capitalise(text)
    name, form = split_legal_form(text)
    if form is None:
        return Reading(text)
    plain = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    return Reading(f"{name} {form}" if plain.startswith(name) else f"{form} {name}")


_NAME = Param(
    "company",
    "société",
    Text(fr="Raison sociale telle que saisie.", en="Company name as typed."),
)


@function(
    "CRM_COMPANY",
    "CRM_SOCIETE",
    group="contacts",
    summary=Text(
        fr="Met une raison sociale en forme : espaces, forme juridique en capitales (SARL), "
        "majuscules si tout était en minuscules. Un nom en capitales peut être un sigle : il reste.",
        en="Puts a company name in form: spaces, legal form in capitals (SARL), capitals if all was "
        "small. A name in capitals may be an acronym: it stays.",
    ),
    params=[_NAME],
)
def format_company(company: str | None) -> str | None:
    """A company name in form, with its legal form where it stood; None for a filler.

    >>> format_company("s.a.r.l. dupont et fils"), format_company("IBM  France"), format_company("NC")
    ('SARL Dupont et Fils', 'IBM France', None)
    """
    return read_company(company).value if company else None


@function(
    "CRM_COMPANY_NAME",
    "CRM_SOCIETE_NOM",
    group="contacts",
    summary=Text(
        fr="Donne une raison sociale sans sa forme juridique : « SARL Dupont » donne Dupont.",
        en='Gives a company name without its legal form: "SARL Dupont" gives Dupont.',
    ),
    params=[_NAME],
)
def company_without_form(company: str | None) -> str | None:
    """A company name without its legal form.

    >>> company_without_form("Dupont SAS")
    'Dupont'
    """
    name = read_company(company).value if company else None
    return split_legal_form(name)[0] if name else None


@function(
    "CRM_LEGAL_FORM",
    "CRM_FORME_JURIDIQUE",
    group="contacts",
    summary=Text(
        fr="Donne la forme juridique contenue dans une raison sociale : SARL, SAS, EURL, SCI, SA… "
        "ou vide.",
        en="Gives the legal form within a company name: SARL, SAS, EURL, SCI, SA… or blank.",
    ),
    params=[_NAME],
)
def legal_form_of(company: str | None) -> str | None:
    """The legal form within a company name, in its short form; None without one.

    >>> [legal_form_of(c) for c in ("Dupont S.A.S.", "EURL Petit", "Sa Majesté", "SA Renault")]
    ['SAS', 'EURL', None, 'SA']
    """
    if not company:
        return None
    text = tidy(company)
    return read_legal_form(text).value or split_legal_form(text)[1]


def read_legal_form(text: str) -> Reading:
    """The content of a column of legal forms: its short form, or the text as it is."""
    text = tidy(text)
    if not text or is_filler(text):
        return NOTHING
    form = _forms().get(fold(text)) or _forms().get(fold(text.replace(".", "")))
    return Reading(form[0]) if form else NOTHING
