"""Civility: M. or Mme, told apart from households and from titles such as Dr."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from xlcrm.catalogue import Param, function
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.first_names import gender_of
from xlcrm.contacts.reading import NOTHING, Reading
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

HOUSEHOLD = Text(
    fr="foyer et non une personne : séparer les conjoints ou écrire au foyer",
    en="a household, not one person: separate the partners or write to the household",
)
TITLE = Text(
    fr="« {value} » est un titre, pas une civilité : M. ou Mme reste à préciser",
    en='"{value}" is a title, not a civility: M. or Mme remains to be told',
)
UNREADABLE = Text(
    fr="civilité illisible : M. ou Mme attendu",
    en="unreadable civility: M. or Mme expected",
)
_UNDECIDED = re.compile(r"[/|]| ou ", re.IGNORECASE)


# Written out, these are a civility wherever they stand; M. only before a name.
_ANYWHERE = frozenset({"mme", "mlle", "melle", "madame", "monsieur", "mademoiselle", "mr", "mrs"})
_NOT_BEFORE_A_NAME = frozenset(
    "f h homme femme fille garcon man woman male female sir masculin feminin masc fem general "
    "colonel capitaine abbe pere soeur doc mad col gal lt cdt pre mm e".split()
)


@cache
def _written() -> dict[str, tuple[str, str]]:
    return {
        written: (row["value"], row["kind"])
        for row in read_rows("civilities")
        for written in row["written"].split("|")
    }


def lookup(words: str) -> tuple[str, str] | None:
    """(value, kind) of folded words that are a civility, a household or a title; else None."""
    return _written().get(words)


@lru_cache(4096)
def read_civility(text: str) -> Reading:
    """M., Mme or a household, with the problem if there is one."""
    text = tidy(text)
    words = fold(text)
    if not words or words.isdigit() or is_filler(text):
        return NOTHING
    found = lookup(words)
    if found is None:
        return _read_parts(words)
    value, kind = found
    if kind == "household":
        # "M./Mme" on a form is a choice that nobody made.
        return Reading(None, UNREADABLE) if _UNDECIDED.search(text) else Reading(value, HOUSEHOLD)
    if kind == "title":
        return Reading(None, TITLE.format(value=value))
    return Reading(value)


def _read_parts(words: str) -> Reading:
    """Several words such as "Mme le Docteur": the civility among them."""
    found = [lookup(w) for w in words.split() if w not in ("le", "la", "et")]
    civilities = {f[0] for f in found if f and f[1] == "civility"}
    if len(civilities) == 1 and all(found):
        return Reading(civilities.pop())
    titles = [f[0] for f in found if f and f[1] == "title"]
    if titles and all(found):
        return Reading(None, TITLE.format(value=" ".join(titles)))
    return Reading(None, UNREADABLE)


def read_title(text: str) -> str | None:
    """The title in a civility or before a name: Dr, Me, Pr; None without one."""
    for word in fold(text).split()[:4]:
        found = lookup(word)
        if found is None:
            if word not in ("le", "la"):
                return None
        elif found[1] == "title":
            return found[0]
    return None


def take_civility(text: str) -> tuple[str | None, str | None, str]:
    """(civility, title, rest) of a name that may begin with a civility or bear it inside.

    >>> take_civility("Dr Mme Anne Petit"), take_civility("Petit, Mme Anne"), take_civility("Petit M.")
    (('Mme', 'Dr', 'Anne Petit'), ('Mme', None, 'Petit, Anne'), (None, None, 'Petit M.'))
    """
    civility = title = None
    words = text.split()
    while words:
        value, kind, taken = _leading(words)
        if not taken or taken == len(words):
            break
        if kind == "title":
            title = title or value
        else:
            civility = civility or value
        words = words[taken:]
    if civility is None:
        for i, word in enumerate(words):
            found = lookup(fold(word)) if fold(word) in _ANYWHERE or word == "(M.)" else None
            if found and len(words) > 1:
                civility = found[0]
                words = words[:i] + words[i + 1 :]
                break
    return civility, title, " ".join(words)


def _leading(words: list[str]) -> tuple[str | None, str | None, int]:
    for length in (3, 2, 1):
        key = fold(" ".join(words[:length]))
        found = lookup(key)
        usable = key not in _NOT_BEFORE_A_NAME or words[0].lower() == "mad."
        if found and usable and (length < 2 or len(words) > length):
            return found[0], found[1], length
    if words[0] in ("le", "la", "&") and len(words) > 2:
        return None, "title", 1
    return None, None, 0


_CIVILITY = Param(
    "civility",
    "civilité",
    Text(
        fr="Civilité telle qu'elle a été saisie : Mr, MME, Monsieur, Mlle…",
        en="Civility as typed: Mr, MME, Monsieur, Mlle…",
    ),
)


@function(
    "CRM_CIVILITY",
    "CRM_CIVILITE",
    group="contacts",
    summary=Text(
        fr="Met une civilité en forme : M. ou Mme (Mlle devient Mme). « M. et Mme » reste un foyer. "
        "Un titre (Dr, Me, Pr) n'est pas une civilité : la cellule reste vide.",
        en="Puts a civility in form: M. or Mme (Mlle becomes Mme). « M. et Mme » stays a household. "
        "A title (Dr, Me, Pr) is no civility: the cell stays blank.",
    ),
    params=[_CIVILITY],
)
def format_civility(civility: str | None) -> str | None:
    """M. or Mme; "M. et Mme" for a household; None for blank, a title or the unreadable.

    >>> [format_civility(c) for c in ("MR", "mme.", "Mlle", "Monsieur et Madame", "Dr")]
    ['M.', 'Mme', 'Mme', 'M. et Mme', None]
    """
    return read_civility(civility).value if civility else None


@function(
    "CRM_CIVILITY_ISSUE",
    "CRM_CIVILITE_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans une civilité (foyer, titre, illisible). Vide si tout va bien.",
        en="Says what is wrong with a civility (household, title, unreadable). Blank if all is well.",
    ),
    params=[_CIVILITY],
)
def civility_issue(civility: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a civility, in one sentence; None if nothing is.

    >>> civility_issue("Dr")
    '« Dr » est un titre, pas une civilité : M. ou Mme reste à préciser'
    """
    problem = read_civility(civility).problem if civility else None
    return problem.in_(lang) if problem else None


@function(
    "CRM_CIVILITY_SUGGESTION",
    "CRM_CIVILITE_SUGGESTION",
    group="contacts",
    summary=Text(
        fr="Propose M. ou Mme d'après un prénom. Vide pour un prénom mixte (Camille, Dominique) ou "
        "inconnu. Une proposition, à vérifier : jamais appliquée d'elle-même.",
        en="Suggests M. or Mme from a first name. Blank for a name of both genders (Camille, "
        "Dominique) or unknown. Only a suggestion, to be checked: never applied by itself.",
    ),
    params=[
        Param("first_name", "prénom", Text(fr="Prénom de la personne.", en="The first name.")),
    ],
)
def suggest_civility(first_name: str | None) -> str | None:
    """M. or Mme from a first name of one usual gender, else None.

    >>> [suggest_civility(n) for n in ("Hélène", "JEAN-PIERRE", "Camille")]
    ['Mme', 'M.', None]
    """
    gender = gender_of(first_name) if first_name else None
    return {"m": "M.", "f": "Mme"}.get(gender or "")


@function(
    "CRM_TITLE",
    "CRM_TITRE",
    group="contacts",
    summary=Text(
        fr="Donne le titre qui précède un nom ou tient lieu de civilité : Dr, Me, Pr, Mgr…",
        en="Gives the title before a name or in place of a civility: Dr, Me, Pr, Mgr…",
    ),
    params=[
        Param(
            "text",
            "texte",
            Text(fr="Civilité ou nom complet.", en="A civility or a full name."),
        ),
    ],
)
def title_of(text: str | None) -> str | None:
    """The title at the beginning of a text, or None.

    >>> title_of("Docteur Anne Le Goff"), title_of("Mme Le Goff")
    ('Dr', None)
    """
    return read_title(text) if text else None
