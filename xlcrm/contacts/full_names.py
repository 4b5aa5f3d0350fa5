"""Full names in one cell: civility, first name, last name, birth name, household or company."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from xlcrm.catalogue import Param, Shape, function
from xlcrm.cells import LONGEST
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.civility import HOUSEHOLD, take_civility
from xlcrm.contacts.companies import is_company_name
from xlcrm.contacts.first_names import gender_of, is_first_name, spellings_of
from xlcrm.contacts.names import (
    is_last_name,
    read_first_name,
    read_last_name,
    take_birth_name,
)
from xlcrm.contacts.reading import UNREAD
from xlcrm.texts import Text

COMPANY = Text(
    fr="une société et non une personne",
    en="a company, not a person",
)


Evidence = Literal["written", "known", "open"]


class FullName(NamedTuple):
    """The parts of a full name.

    evidence: what tells the order of first and last name: "written" (a comma, capitals), "known"
    (names in use as the one or the other), or "open".
    """

    civility: str | None = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_name: str | None = None
    company: str | None = None
    problem: Text | None = None
    evidence: Evidence = "written"
    last_first: bool = False

    @property
    def sure(self) -> bool:
        """True if the order leaves no doubt."""
        return self.evidence != "open"


class _Order(NamedTuple):
    first: str | None
    last: str | None
    evidence: Evidence = "written"
    last_first: bool = False


_STUCK = re.compile(r"\b([A-Z]|Mr|Mme|Mlle|Dr|Pr)\.(?=[^\W\d_]{3})")  # M.Dupont, J.Dupont
_KNOWN = 4  # what a first name in use counts
_AND = re.compile(r"\s+(?:et|&|and|\+)\s+", re.IGNORECASE)
_NOTE = re.compile(r"\s*\([^)]*\)?\s*")
_PARTICLES = frozenset(
    "de d du des la le les l van von der den ter dos da di del della el al ben abou bou ait saint "
    "sainte st ste o mac".split()
)


def split_full_name(text: str, last_first: bool = False, steady: bool = False) -> FullName:
    """The parts of a full name. `last_first` is the order where nothing else tells it.

    `steady`: the names around it keep to that order, which then counts as much as a known name.

    >>> split_full_name("Mme DUPONT Marie née Le Goff")[:5]
    ('Mme', None, 'Marie', 'Dupont', 'Le Goff')
    >>> split_full_name("M. et Mme Jean de La Fontaine")[:4]
    ('M. et Mme', None, 'Jean', 'de La Fontaine')
    >>> split_full_name("Marie DUPONT ép. MARTIN")[2:5], split_full_name("Mme Martin Claude")[2:4]
    (('Marie', 'Martin', 'Dupont'), ('Claude', 'Martin'))
    """
    if len(text) > LONGEST:
        return FullName(problem=UNREAD.problem)
    text = tidy(text)
    if not text or is_filler(text):
        return FullName()
    if is_company_name(text):
        return FullName(company=text, problem=COMPANY)
    civility, title, rest = take_civility(_STUCK.sub(r"\1. ", text))
    rest, birth = take_birth_name(rest)
    rest = _NOTE.sub(" ", rest).strip(" ,-")
    household = civility in ("M. et Mme", "MM.", "Mmes") or _AND.search(rest) is not None
    gender = {"M.": "m", "Mme": "f"}.get(civility or "")
    order = _order(rest, last_first, steady, gender)
    if birth and not order.first:  # Marie DUPONT ép. MARTIN, MARTIN née DUPONT Marie
        other = _order(_NOTE.sub(" ", birth).strip(" ,-"), last_first)
        known = is_first_name(fold(other.first or "")) or len(fold(other.first or "")) == 1
        if other.last and (known or other.evidence == "written"):
            order, birth = order._replace(first=other.first), other.last
    return FullName(
        civility,
        title,
        _first(order.first),
        read_last_name(order.last).value if order.last else None,
        read_last_name(birth).value if birth else None,
        problem=HOUSEHOLD if household else None,
        evidence=order.evidence,
        last_first=order.last_first,
    )


def _order(text: str, last_first: bool, steady: bool = False, gender: str | None = None) -> _Order:
    """Which words are the first name and which the last name; `gender` as the civility tells it."""
    if "," in text or ";" in text:
        last, _, first = (part.strip() for part in text.replace(";", ",").partition(","))
        return _Order(first or None, last or None, last_first=True)
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if len(words) < 2:
        lone = " ".join(words) or None
        if lone and is_first_name(fold(lone)) and not is_last_name(fold(lone)):
            return _Order(lone, None, "open")
        return _Order(None, lone)
    if all(_is_particle(word) for word in words[:-1]):  # Di Maria, Le Thomas
        return _Order(None, text)
    middle = fold(words[1]) if len(words) > 2 else ""
    family = is_last_name(fold(words[0])) and not is_first_name(fold(words[0]))
    if middle == "thi" or (middle == "van" and family):
        return _Order(" ".join(words[1:]), words[0], "known", True)  # Tran Van Hung
    if len(words) > 2 and fold(words[0]) == "thi":
        return _Order(" ".join(words[:2]), " ".join(words[2:]), "known")
    pieces = _AND.split(text)
    if len(pieces) == 2 and " " not in pieces[0]:  # Jean et Marie Dupont
        first, _, last = text.rpartition(" ")
        return _Order(first, last) if " " in pieces[1] else _Order(None, text)
    order = _by_capitals(words) or _by_known_names(words, last_first, steady)
    if order.evidence == "open" and gender and len(words) == 2:
        usual = [gender_of(word) for word in words]
        if (
            sorted(word == gender for word in map(str, usual)) == [False, True]
            and None not in usual
        ):
            first, last = sorted(words, key=lambda word: gender_of(word) != gender)
            return _Order(first, last, "known", first == words[1])
    return order


def _is_particle(word: str) -> bool:
    """De, El, d' before a name; a single letter without its apostrophe is an initial."""
    return fold(word) in _PARTICLES and (len(word) > 1 and not word.endswith("."))


def _by_capitals(words: list[str]) -> _Order | None:
    """Jean DUPONT, DUPONT Jean, Jean de LA FONTAINE: the capitals are the last name.

    None where the words are all alike, or tell the contrary.
    """
    large = [w.isupper() and len(w) > 1 and "." not in w for w in words]
    if all(large) or not any(large):
        return None
    start, end = large.index(True), len(large) - large[::-1].index(True)
    while start and fold(words[start - 1]) in _PARTICLES:
        start -= 1
    if (start and end < len(words)) or end - start == len(words):
        return None
    first, last = " ".join(words[:start] + words[end:]), " ".join(words[start:end])
    if _is_reverse(fold(first), fold(last)):
        return None
    return _Order(first, last, last_first=start == 0)


def _is_reverse(first: str, last: str) -> bool:
    """CORALIE Vasseur: the words tell the contrary of the capitals."""
    if is_first_name(first) or not is_first_name(last):
        return False
    return is_last_name(first) or first.split()[0] in _PARTICLES


def _by_known_names(words: list[str], last_first: bool, steady: bool) -> _Order:
    """The cut that leaves the likeliest first name and last name."""
    folded = [fold(word) for word in words]
    cuts = range(1, len(words))
    forward = max((_score(folded[:cut], folded[cut:]), -cut) for cut in cuts)
    backward = max((_score(folded[cut:], folded[:cut]), cut) for cut in cuts)
    ahead = forward[0] - backward[0] + (_KNOWN * (1 - 2 * last_first) if steady else 0)
    same = ahead == 0
    reverse = last_first if same else ahead < 0
    cut = backward[1] if reverse else -forward[1]
    head, tail = " ".join(words[:cut]), " ".join(words[cut:])
    first, last = (tail, head) if reverse else (head, tail)
    return _Order(first, last, "open" if same else "known", reverse)


def _score(first: list[str], last: list[str]) -> int:
    """How likely the folded words of a first name and of a last name are these."""
    given, family = " ".join(first), " ".join(last)
    # Jean Paul: a known compound is likelier than a first name before a double last name.
    score = len(first) - 1 if spellings_of(given) else 1 - len(first)
    if is_first_name(given):
        score += _KNOWN
    elif is_last_name(given):
        score -= 1
    elif all(len(word) == 1 for word in given.split()):
        score += 3
    if not _PARTICLES.isdisjoint(given.split()):
        score -= 3
    if is_last_name(family):
        score += 1 if is_first_name(family) else 2
    elif is_first_name(family):
        score -= 2
    parts = family.split()
    if len(parts) > 1 and parts[0] in _PARTICLES:
        score += 2
    if parts[-1] in _PARTICLES:
        score -= 3
    return score


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
