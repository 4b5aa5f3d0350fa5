"""Compare two first or two last names: the same, a short form, an initial, a slip, another."""

from __future__ import annotations

from functools import cache, lru_cache

from xlcrm.contacts.first_names import first_words, gender_of, is_first_name
from xlcrm.contacts.phonetics import sound
from xlcrm.data import read_rows

# The findings, from the strongest agreement on; position 0 is "not compared".
FIRST = (
    *("", "same", "nickname", "sound", "typo", "typos", "second", "initial", "part"),
    *("compound", "gender", "close", "different"),
)
LAST = ("", "same", "birth", "sound", "typo", "typos", "part", "close", "different")

# Endings that make the feminine of a first name: Michel and Michelle are two persons.
_FEMININE = ("e", "le", "ne", "te", "que", "ie", "ine", "ette", "a")
_COMPOUNDING = frozenset(
    "mohammed mouhamed mohamad muhammad ahmed fatima fatma abdel abdoul abdou abd el nour lalla "
    "sidi moulay hadj ana joao jose luis carlos antonio pedro thi van minh ngoc anh thanh huu "
    "kim mehmet ayse fatou mame cheikh serigne".split()
)
_PARTICLES = frozenset(
    "le la les de du des da do dos di del d l van von der el al ben bin saint st ste".split()
)


@cache
def _compounding() -> frozenset[str]:
    """First names that another one follows as a part of the name: Marie-Claire is not Marie."""
    return _COMPOUNDING | first_words()


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The first names that each short form may stand for."""
    return {row["short"]: frozenset(row["name"].split("|")) for row in read_rows("nicknames")}


def slips(a: str, b: str, more: int = 0) -> bool:
    """True when one word may be the other typed in haste: 1 letter off, 2 from 6, 3 from 10.

    `more` letters are allowed when both words may be slips of a third one.

    >>> slips("juliette", "julirtte"), slips("leo", "lea"), slips("roy", "ryo")
    (True, False, True)
    """
    from rapidfuzz.distance import OSA

    longest = max(len(a), len(b))
    if longest < 4:
        return sorted(a) == sorted(b) and a != b and len(a) == 3
    most = (1 if longest < 6 else 2 if longest < 10 else 3) + (more if a[0] == b[0] else 0)
    return OSA.distance(a, b, score_cutoff=most) <= most


def _letters_off(a: str, b: str) -> str:
    from rapidfuzz.distance import OSA

    return "typo" if OSA.distance(a, b, score_cutoff=1) <= 1 else "typos"


@lru_cache(maxsize=200_000)
def compare_first(a: str, b: str, known: int = 1) -> str:
    """How two folded first names agree; one of FIRST. `known`: how many of the two are in use.

    Two names in use that differ by a letter (Léa and Léo) are close, not a slip.

    >>> compare_first("jean pierre", "jp"), compare_first("fred", "frederic")
    ('initial', 'nickname')
    >>> compare_first("michel", "michelle"), compare_first("louis marie", "maxime")
    ('gender', 'different')
    >>> compare_first("thierry", "thierry bastien"), compare_first("marie", "marie claire")
    ('second', 'part')
    >>> compare_first("j r", "jerome"), compare_first("j", "jean pierre")
    ('part', 'initial')
    """
    if not a or not b:
        return ""
    one, two = a.replace(" ", ""), b.replace(" ", "")
    if initials := _initials(a, b):
        return initials
    if one == two:
        return "same"
    words_a, words_b = a.split(), b.split()
    if sorted(words_a) == sorted(words_b):
        return "typos"
    if is_nickname(a, b):
        return "nickname"
    if is_feminine(one, two) and {gender_of(a), gender_of(b)} == {"m", "f"}:
        return "gender"
    if _sound_alike(one, two):
        return "sound"
    if len(words_a) == len(words_b) > 1:
        return _compound(words_a, words_b, known)
    if len(words_a) != len(words_b):
        short, long = sorted((words_a, words_b), key=len)
        if short == long[:1] and len(short[0]) > 2 and short[0] not in _compounding():
            return "second"
        if all(any(w == v or _is_slip_of(w, v) for v in long) for w in short):
            return "part"
    if slips(one, two, more=not known):
        return "close" if known == 2 else _letters_off(one, two)
    return "different"


def _is_slip_of(word: str, other: str) -> bool:
    return len(word) > 3 and slips(word, other) and not is_first_name(word) & is_first_name(other)


def _initials(a: str, b: str) -> str:
    """How initials agree with a name; blank when neither is made of initials."""
    if not (_is_initials(a, b) or _is_initials(b, a)):
        return ""
    one, two = sorted((_letters(a, b), _letters(b, a)), key=len)
    if not two.startswith(one):
        return "different"
    more = a if len(_letters(a, b)) > len(one) else b
    return "part" if len(one) < len(two) and _is_initials(more, "") else "initial"


def _is_initials(a: str, other: str) -> bool:
    words = a.split()
    if all(len(word) == 1 for word in words):
        return True
    compact = len(words) == 1 and len(a) == 2 and len(other.split()) == 2
    return compact and a == "".join(word[0] for word in other.split())


def _letters(a: str, other: str) -> str:
    words = a.split()
    if len(words) == 1 and _is_initials(a, other):
        return a
    return "".join(word[0] for word in words)


def _compound(words_a: list[str], words_b: list[str], known: int) -> str:
    findings = [compare_first(a, b, known) for a, b in zip(words_a, words_b, strict=True)]
    if {"different", "gender", "close"} & set(findings):
        return "different"
    if "initial" in findings:
        return "initial"
    return "typo" if findings.count("same") == len(findings) - 1 and "typo" in findings else "typos"


def is_nickname(a: str, b: str) -> bool:
    """True when one folded first name is a short form of the other, or of the same name."""
    table = nicknames()
    return b in table.get(a, ()) or a in table.get(b, ())


def is_feminine(a: str, b: str) -> bool:
    """True when one is the feminine of the other by its ending.

    >>> is_feminine("pascal", "pascale"), is_feminine("frederic", "frederique")
    (True, True)
    """
    short, long = sorted((a, b), key=len)
    if short.endswith("c") and long == short[:-1] + "que":
        return True
    if short[:-1] == long[:-1] and {short[-1], long[-1]} in ({"o", "a"}, {"o", "e"}, {"e", "a"}):
        return len(short) > 3
    return len(short) > 3 and any(long == short + end for end in _FEMININE)


def _sound_alike(one: str, two: str) -> bool:
    code = sound(one)
    return len(code) > 2 and code == sound(two)  # Maud and Maha say the same "ma"


@lru_cache(maxsize=200_000)
def compare_last(a: str, b: str, known: int = 1) -> str:
    """How two folded last names agree; one of LAST. `known`: how many of the two are in use.

    >>> compare_last("le goff", "legoff"), compare_last("lefevre", "lefebvre", 2)
    ('same', 'sound')
    >>> compare_last("marchal", "marhcal"), compare_last("martin", "marin", 2)
    ('typo', 'close')
    >>> compare_last("marchalot", "marhcalet"), compare_first("claire marie", "marie claire")
    ('typos', 'typos')
    >>> compare_last("dupont martin", "dupont"), compare_last("petit", "grand")
    ('part', 'different')
    """
    if not a or not b:
        return ""
    one, two = a.replace(" ", ""), b.replace(" ", "")
    if one == two:
        return "same"
    slip = slips(one, two, more=not known)
    if slip and known < 2:
        return _letters_off(one, two)
    if one[0] == two[0] and _sound_alike(one, two):
        return "sound"
    if slip:
        return "close"
    words_a = {w for w in a.split() if w not in _PARTICLES and len(w) > 2}
    words_b = {w for w in b.split() if w not in _PARTICLES and len(w) > 2}
    if (len(words_a) > 1 or len(words_b) > 1) and (words_a <= words_b or words_b <= words_a):
        return "part" if words_a and words_b else "different"
    return "different"
