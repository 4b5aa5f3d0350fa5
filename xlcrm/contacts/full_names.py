"""Full names in one cell: civility, first name, last name, birth name, household or company."""

from __future__ import annotations

import re
from typing import NamedTuple

from xlcrm.catalogue import Param, Shape, function
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.civility import HOUSEHOLD, take_civility
from xlcrm.contacts.companies import is_company_name
from xlcrm.contacts.first_names import is_first_name, spellings_of
from xlcrm.contacts.names import (
    is_last_name,
    read_first_name,
    read_last_name,
    take_birth_name,
)
from xlcrm.texts import Text

COMPANY = Text(
    fr="une société et non une personne",
    en="a company, not a person",
)


class FullName(NamedTuple):
    """The parts of a full name. sure: the order of first and last name leaves no doubt."""

    civility: str | None = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_name: str | None = None
    company: str | None = None
    problem: Text | None = None
    sure: bool = True
    last_first: bool = False


_STUCK = re.compile(r"\b([A-Z]|Mr|Mme|Mlle|Dr|Pr)\.(?=[^\W\d_]{3})")  # M.Dupont, J.Dupont
_AND = re.compile(r"\s+(?:et|&|and|\+)\s+", re.IGNORECASE)
_NOTE = re.compile(r"\s*\([^)]*\)?\s*")
_PARTICLES = frozenset(
    "de d du des la le les l van von der den ter dos da di del della el al ben abou bou ait saint "
    "sainte st ste o mac".split()
)


def split_full_name(text: str, last_first: bool = False) -> FullName:
    """The parts of a full name. `last_first` is the order where nothing else tells it.

    >>> split_full_name("Mme DUPONT Marie née Le Goff")[:5]
    ('Mme', None, 'Marie', 'Dupont', 'Le Goff')
    >>> split_full_name("M. et Mme Jean de La Fontaine")[:4]
    ('M. et Mme', None, 'Jean', 'de La Fontaine')
    """
    text = tidy(text)
    if not text or is_filler(text):
        return FullName()
    if is_company_name(text):
        return FullName(company=text, problem=COMPANY)
    civility, title, rest = take_civility(_STUCK.sub(r"\1. ", text))
    rest, birth = take_birth_name(rest)
    rest = _NOTE.sub(" ", rest).strip(" ,-")
    household = civility in ("M. et Mme", "MM.", "Mmes") or _AND.search(rest) is not None
    first, last, sure, reverse = _order(rest, last_first)
    return FullName(
        civility,
        title,
        _first(first),
        read_last_name(last).value if last else None,
        read_last_name(birth).value if birth else None,
        problem=HOUSEHOLD if household else None,
        sure=sure,
        last_first=reverse,
    )


def _order(text: str, last_first: bool) -> tuple[str | None, str | None, bool, bool]:
    """(first, last, sure, last name came first)."""
    if "," in text:
        last, _, first = (part.strip() for part in text.partition(","))
        return (first or None), last, True, True
    words = text.split()
    if not words:
        return None, None, True, False
    if len(words) == 1:
        first_only = is_first_name(fold(text)) and not is_last_name(fold(text))
        return (text, None, False, False) if first_only else (None, text, True, False)
    if all(fold(word) in _PARTICLES for word in words[:-1]):  # Di Maria, Le Thomas
        return None, text, True, False
    if len(pieces := _AND.split(text)) == 2 and len(pieces[0].split()) == 1:
        first, _, last = text.rpartition(" ")
        return (
            (first, last, True, False) if len(pieces[1].split()) > 1 else (None, text, True, False)
        )
    by_case = _by_capitals(words)
    if by_case:
        return by_case
    best = {False: (-99, 1), True: (-99, 1)}
    folded = [fold(word) for word in words]
    for reverse in (False, True):
        for cut in range(1, len(words)):
            size = cut if not reverse else len(words) - cut
            first = folded[:size] if not reverse else folded[cut:]
            last = folded[size:] if not reverse else folded[:cut]
            score = _score(first, last)
            if score > best[reverse][0]:
                best[reverse] = (score, cut)
    reverse = last_first if best[False][0] == best[True][0] else best[True][0] > best[False][0]
    cut = best[reverse][1]
    head, tail = " ".join(words[:cut]), " ".join(words[cut:])
    sure = best[False][0] != best[True][0]
    return (tail, head, sure, True) if reverse else (head, tail, sure, False)


def _by_capitals(words: list[str]) -> tuple[str, str, bool, bool] | None:
    """Jean DUPONT, DUPONT Jean, Jean de LA FONTAINE: the capitals are the last name."""
    large = [w.isupper() and len(w.strip(".")) > 1 and "." not in w for w in words]
    if all(large) or not any(large):
        return None
    start, end = large.index(True), len(large) - large[::-1].index(True)
    while start and fold(words[start - 1]).split()[:1] and fold(words[start - 1]) in _PARTICLES:
        start -= 1
    if start and end < len(words):
        return None
    last = " ".join(words[start:end])
    first = " ".join(words[:start] + words[end:])
    return (first, last, True, start == 0) if first and all(large[start:end][-1:]) else None


def _score(first: list[str], last: list[str]) -> int:
    joined = " ".join(first)
    score = 0
    if is_first_name(joined):
        score += 4
    elif all(len(w) == 1 for w in joined.split()):
        score += 3
    if any(w in _PARTICLES for w in joined.split()):
        score -= 3
    if last[0].split()[0] in _PARTICLES and len(" ".join(last).split()) > 1:
        score += 2
    if is_last_name(" ".join(last)):
        score += 1 if is_first_name(" ".join(last)) else 2
    elif is_first_name(" ".join(last)):
        score -= 2
    if last[-1].split()[-1] in _PARTICLES:
        score -= 3
    return score - (0 if spellings_of(joined) else len(first) - 1)


def _first(text: str | None) -> str | None:
    if not text:
        return None
    names = [read_first_name(part).value for part in _AND.split(text)]
    return " et ".join(name for name in names if name) or None


@function(
    "CRM_NAME_PARTS",
    "CRM_NOM_DECOUPE",
    group="contacts",
    summary=Text(
        fr="Découpe un nom complet en cinq cellules : civilité, titre, prénom, nom, nom de "
        "naissance. Comprend « DUPONT Jean », « Dupont, Jean », « Mme Le Goff née Petit ».",
        en="Splits a full name into five cells: civility, title, first name, last name, birth name. "
        'Understands "DUPONT Jean", "Dupont, Jean", "Mme Le Goff née Petit".',
    ),
    params=[
        Param("full_name", "nom_complet", Text(fr="Nom complet.", en="Full name.")),
        Param(
            "order",
            "ordre",
            Text(
                fr="Ordre si rien ne le révèle : prénom_nom (par défaut) ou nom_prénom.",
                en="Order when nothing tells it: first_last (the default) or last_first.",
            ),
            Shape.ONE,
            choices=("first_last", "last_first", "prénom_nom", "nom_prénom"),
        ),
    ],
)
def name_parts(full_name: str | None, order: str = "first_last") -> list[str | None]:
    """A row of civility, title, first name, last name, birth name; None where there is none.

    >>> name_parts("DUPONT Jean-Pierre")
    [None, None, 'Jean-Pierre', 'Dupont', None]
    """
    if not full_name:
        return [None] * 5
    return list(split_full_name(full_name, order in ("last_first", "nom_prénom"))[:5])
