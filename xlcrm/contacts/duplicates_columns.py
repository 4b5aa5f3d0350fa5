"""Compare two e-mails, birth dates, streets, towns or company names that were made into keys."""

from __future__ import annotations

from functools import lru_cache

from xlcrm.contacts.duplicates_keys import mailboxes


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
    """
    from rapidfuzz import fuzz

    if not a or not b:
        return ""
    if a == b:
        return "same"
    return "near" if fuzz.token_sort_ratio(a, b, score_cutoff=82) else "different"


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
    common = words_a & words_b
    if common in (words_a, words_b) and max(map(len, common), default=0) >= 4:
        return "part"
    return "different"
