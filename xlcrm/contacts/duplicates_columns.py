"""Compare two e-mails, birth dates, streets, towns or company names that were made into keys."""

from __future__ import annotations

import re
from functools import lru_cache

from xlcrm.contacts.duplicates_keys import mailboxes, street_words

_CUT = 7  # letters: what is left of a street says which


def compare_email(a: str, b: str) -> str:
    """How two e-mail keys agree: "same", "shared" (of a service), "typo", "local" or "different".

    >>> compare_email("anne.petit@free.fr", "anne.petti@free.fr")
    'typo'
    >>> compare_email("jean.roux1@free.fr", "jean.roux2@free.fr")
    'different'
    """
    from rapidfuzz.distance import OSA

    if not a or not b:
        return ""
    (name_a, _, site_a), (name_b, _, site_b) = a.partition("@"), b.partition("@")
    if name_a == name_b:
        service = name_a in mailboxes("generic")
        if site_a == site_b:
            return "shared" if service else "same"
        if OSA.distance(site_a, site_b, score_cutoff=2) <= 2:
            return "typo"
        return "local" if len(name_a) >= 6 and not service else "different"
    digits_a, digits_b = (tuple(filter(str.isdigit, name)) for name in (name_a, name_b))
    if site_a == site_b and digits_a == digits_b and min(len(name_a), len(name_b)) >= 6:
        most = 1 if len(name_a) < 10 else 2
        if OSA.distance(name_a, name_b, score_cutoff=most) <= most:
            return "typo"
    return "different"


def compare_birth(a: str, b: str) -> str:
    """How two birth dates (YYYYMMDD) agree: a digit off, or day and month the other way round.

    >>> compare_birth("19800503", "19800305"), compare_birth("19800503", "19910817")
    ('close', 'different')
    """
    from rapidfuzz.distance import OSA

    if not a or not b:
        return ""
    if a == b:
        return "same"
    if a[:4] == b[:4] and a[4:6] == b[6:] and a[6:] == b[4:6]:
        return "close"
    return "close" if OSA.distance(a, b, score_cutoff=1) <= 1 else "different"


def compare_street(a: str, b: str) -> str:
    """How two street keys agree: "same", "near" or "different".

    >>> compare_street("rue gare", "rue gare"), compare_street("rue gare", "rue grae")
    ('same', 'near')
    >>> compare_street("rue victor hugo", "rue v hugo"), compare_street("rue tilleuls", "rue til")
    ('near', 'near')
    """
    from rapidfuzz import fuzz

    if not a or not b:
        return ""
    if a == b:
        return "same"
    near = fuzz.token_sort_ratio(a, b, score_cutoff=82) or _shortened(a, b)
    return "near" if near else "different"


def _shortened(a: str, b: str) -> bool:
    """One street cut off, with initials, without a title, or with a type that nobody knows."""
    short, long = sorted((a, b), key=len)
    if len(short) >= _CUT and long.startswith(short):
        return True
    one, two = short.split(), long.split()
    if one[1:] == two[1:] and len("".join(one[1:])) >= _CUT // 2:
        return not {one[0], two[0]} <= street_words()
    if one[0] != two[0] or one[-1] != two[-1] or len(one) == 1:
        return False
    if len(one) < len(two):
        return set(one) <= set(two)
    pairs = zip(one, two, strict=True)
    return all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs)


def compare_town(a: str, b: str) -> str:
    """How two town keys agree: "same", a slip of the pen allowed, or "different".

    >>> compare_town("nantes", "nanets"), compare_town("nantes", "rennes")
    ('same', 'different')
    """
    from rapidfuzz import fuzz

    if not a or not b:
        return ""
    if a == b:
        return "same"
    likely = min(len(a), len(b)) > 3 and fuzz.ratio(a, b, score_cutoff=80)
    return "same" if likely else "different"


@lru_cache(maxsize=65536)
def compare_company(a: str, b: str) -> str:
    """How two company keys agree: "same", "typo", "near", "part" or "different".

    >>> compare_company("boulangerie etoile", "etoile boulangerie")
    'same'
    >>> compare_company("dupont fils", "dupont fils transports")
    'part'
    >>> compare_company("bouchers", "bouchres"), compare_company("roux associes caen", "rac")
    ('typo', 'part')
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    if not a or not b:
        return ""
    words_a, words_b = set(a.split()), set(b.split())
    if words_a == words_b or a.replace(" ", "") == b.replace(" ", ""):
        return "same"
    if min(len(a), len(b)) >= 8 and OSA.distance(a, b, score_cutoff=1) <= 1:
        return "typo"
    if fuzz.ratio(a, b, score_cutoff=88) or fuzz.token_sort_ratio(a, b, score_cutoff=88):
        return "near"
    if min(len(a), len(b)) >= 6 and OSA.distance(a, b, score_cutoff=1) <= 1:
        return "near"
    if _is_acronym(a, b) or _is_acronym(b, a):
        return "part"
    common = words_a & words_b
    if common in (words_a, words_b) and max(map(len, common), default=0) >= 4:
        return "part"
    return "different"


def _is_acronym(short: str, long: str) -> bool:
    """The initials of a name; those of its link words (et, de, la) may stand among them."""
    initials = "".join(word[0] for word in long.split())
    if len(initials) < 2 or not 3 <= len(short) <= 5 or " " in short:
        return False
    pattern = "[edla]{0,2}".join(initials)
    return re.fullmatch(pattern, short) is not None
