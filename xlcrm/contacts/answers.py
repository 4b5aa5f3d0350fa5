"""What a cell of consent or opposition answers: yes, no, nothing, or something unclear."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from xlcrm import cells
from xlcrm.contacts.blanks import fold, is_filler
from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError


class Answer(Enum):
    """The answer of a cell; the greater the value, the stricter."""

    BLANK = 0
    YES = 1
    UNCLEAR = 2
    NO = 3


_TICKS, _CROSSES, _BOX = frozenset("✓✔☑✅√🗸"), frozenset("✗✘✕✖❌"), "☐"
_DATE = re.compile(r"\b(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2}))\b")
_TIME = re.compile(r"\b\d{1,2}[:hH]\d{2}(?::\d{2})?\b")
_ABOUT_A_DATE = frozenset(
    ("le", "du", "au", "date", "depuis", "en", "on", "since", "the", "a", "signe", "signed")
    + ("recu", "donne", "given")
)
# What marks a line, though it would fill in for nothing elsewhere.
_MARK = re.compile(r"[xX?!✓✔☑✅√✗✘✕✖❌]+")
# What still refuses whatever follows: "non merci", "stop pub"; a yes with conditions is no yes.
_REFUSES = frozenset(
    {"non", "no", "refus", "refuse", "stop", "desabonne", "desinscrit", "unsubscribed"}
)
# "Non, désinscrit" and "pas abonné" are left to the safe side.
_NOT_OPPOSED = re.compile(
    r"non?|vivante?s?|en vie|alive|(?:aucune|sans|pas d) opposition"
    r"|(?:non|no|pas|not) (?:inscrite?s?|concernee?s?|decedee?s?|registered|listed|deceased)"
)


def read_answer(value: Any) -> Answer:
    """The answer of a consent cell; what is not surely a yes is never one.

    >>> [read_answer(v).name for v in ("OUI le 12/03/2024", "✔", "désabonné", "NC", "à voir")]
    ['YES', 'YES', 'NO', 'BLANK', 'UNCLEAR']
    """
    if cells.is_blank(value):
        return Answer.BLANK
    if isinstance(value, date):
        return Answer.UNCLEAR  # the day of what?
    return _read(cells.to_text(value) or "")


@lru_cache(maxsize=4096)
def _read(text: str) -> Answer:
    signs = set(text.replace("\ufe0f", "").replace(" ", ""))
    if signs and signs <= _TICKS:
        return Answer.YES
    if signs and signs <= _CROSSES:
        return Answer.NO
    words = _words(text)
    for tried in (" ".join(words), " ".join(undated_words(text))):
        if (answer := _answers().get(tried)) is not None:
            return answer
    if is_filler(text) or text == _BOX:
        return Answer.BLANK
    return Answer.NO if words and words[0] in _REFUSES else Answer.UNCLEAR


def _words(text: str) -> list[str]:
    """The words of an answer, without the day and the hour."""
    return fold(_TIME.sub(" ", _DATE.sub(" ", text))).split()


def undated_words(text: str) -> list[str]:
    """The words of an answer, without what tells when it was given.

    >>> undated_words("Désabonné le 12/03/2024")
    ['desabonne']
    """
    return [word for word in _words(text) if not _is_about_a_date(word)]


def _is_about_a_date(word: str) -> bool:
    return word in _ABOUT_A_DATE or (len(word) == 4 and word.isdecimal() and word[0] in "12")


@cache
def _answers() -> dict[str, Answer]:
    return {
        word: Answer[row["answer"].upper()]
        for row in read_rows("answers")
        for word in row["words"].split("|")
    }


def answer_day(value: Any) -> date | None:
    """The day that is written beside an answer.

    >>> answer_day("oui (12/03/2024)")
    datetime.date(2024, 3, 12)
    """
    found = _DATE.search(value) if isinstance(value, str) else None
    try:
        return cells.to_date(found[0]) if found else None
    except ArgumentError:
        return None


def is_opposed(value: Any) -> bool:
    """True for an opposition: anything written there that does not clearly say no.

    "Inscrit" under "Bloctel" is one, and so, to be safe, is "abonné" under "Désabonné": only a
    no, "vivant" and a filler are trusted.

    >>> [is_opposed(v) for v in ("Non", "Non inscrit", "-", "STOP 12/03/2025", "x")]
    [False, False, False, True, True]
    """
    if cells.is_blank(value):
        return False
    try:
        return cells.to_flag(value) is True
    except ArgumentError:
        text = cells.to_text(value) or ""
        if _NOT_OPPOSED.fullmatch(" ".join(undated_words(text))) or text == _BOX:
            return False
        return not is_filler(text) or _MARK.fullmatch(text) is not None
