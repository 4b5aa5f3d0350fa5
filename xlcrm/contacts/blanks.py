"""Text as it was typed or pasted: stray spaces, broken accents, and fillers that mean nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from contextlib import suppress
from functools import cache

from xlcrm.cells import ERROR_VALUES
from xlcrm.data import read_rows

# No-break, thin and other spaces; zero-width marks; typographic apostrophes and hyphens.
_PLAIN = {ord(c): " " for c in "\t\n\r\v\f\u00a0\u202f\u2000\u2001\u2002\u2003\u2004\u2005"}
_PLAIN |= {ord(c): " " for c in "\u2006\u2007\u2008\u2009\u200a\u205f\u3000\u0085\u2028\u2029"}
_UNSEEN = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
)
_PLAIN |= {ord(c): "'" for c in "\u2018\u2019\u02bc\u00b4\u0060\u2032"}
_PLAIN |= {ord(c): "-" for c in "\u2010\u2011\u2012\u2212"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});|_x000[DAda]_")
_BROKEN = re.compile("[\u00c2\u00c3\u00c5\u00e2\u00c4][\u0080-\u00bf\u0152-\u2122 ]|\u00c3$")
# What MS-DOS wrote for é and ç, read by Windows: Ren‚, Fran‡ois. Neither sign occurs in words.
_DOS = re.compile("[A-Za-z][\u201a\u2021]|[\u201a\u2021][A-Za-z]")
# Anything but French letters that no repair below would touch; Â, Ã, Å, Ä begin what is broken,
# and so may â.
_DOUBTFUL = re.compile("[^ -_a-~ÀÁÆ-ÖØ-öø-ÿŒœ€°]|â(?![a-z])")
_SEPARATORS = " \t;,|"
_QUOTES = frozenset('"«»“”')
_EDGES = _SEPARATORS + "'" + "".join(sorted(_QUOTES))
# A sign that the table has not costs more than one that it leaves as it is.
BASE_LETTERS: dict[int, str | None] = {code: chr(code) for code in range(128)}
BASE_LETTERS |= {
    code: base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFKD", chr(code))[0]).isascii()
}
BASE_LETTERS |= {ord("œ"): "oe", ord("Œ"): "OE", ord("æ"): "ae", ord("Æ"): "AE", ord("°"): " "}
BASE_LETTERS |= {ord("ø"): "o", ord("Ø"): "O", ord("ß"): "ss", ord("ł"): "l", ord("Ł"): "L"}
_FOLDABLE = re.compile(r"[\W_]+")
_SAME_LETTER = re.compile(r"(?:x+|([a-z])\1{2,})")
_SHORT = 3


def tidy(text: str) -> str:
    """A text without stray spaces, quotes and invisible signs, its accents repaired.

    >>> tidy("  Fran\\u00c3\\u00a7ois\\u00a0 Dupont ; ")
    'François Dupont'
    """
    if not text.isascii():
        text = _repair(text)
    elif "\n" in text or "\t" in text or "\r" in text:
        text = text.translate(_PLAIN)
    if not text.isprintable() and (plain := _CONTROL.sub("", text)) != text:
        return tidy(plain)  # what stood around a sign may be broken too
    while "&" in text or "_x000" in text:
        plain = _ENTITY.sub(_entity, text)
        if plain == text:
            break
        text = plain
    if "  " in text:
        text = " ".join(text.split())
    bare = text.strip(_EDGES)
    if len(bare) == len(text):
        return bare
    bare = _with_its_quotes(text, bare)
    # What stood at an edge may have hidden a broken accent.
    return bare if bare == text or bare.isascii() else tidy(bare)


def _with_its_quotes(text: str, bare: str) -> str:
    """A text without its edges, unless one of them closes or opens a quotation inside."""
    if not _QUOTES.intersection(bare):
        return bare
    outer = text.strip(_SEPARATORS)
    return outer if _unpaired(bare) and not _unpaired(outer) else bare


def _unpaired(text: str) -> bool:
    odd = text.count('"') % 2 == 1
    return odd or text.count("«") != text.count("»") or text.count("“") != text.count("”")


def _repair(text: str) -> str:
    if not _DOUBTFUL.search(text):
        return text
    for _ in range(4):  # what is repaired may have been broken twice
        given = text
        text = text.translate(_UNSEEN)
        if _BROKEN.search(text):
            text = _decode_again(text)
        if _DOS.search(text):
            with suppress(UnicodeError):
                text = text.encode("cp1252").decode("cp850")
        if text == given:
            break
    return unicodedata.normalize("NFC", text.translate(_PLAIN))


def _decode_again(text: str) -> str:
    """UTF-8 that was read as Windows-1252."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        import ftfy

        return ftfy.fix_encoding(text)


def _entity(match: re.Match[str]) -> str:
    return " " if match[0].startswith("_") else html.unescape(match[0])


def fold(text: str) -> str:
    """A text by its letters and digits only: no case, accents or punctuation.

    >>> fold("L'Haÿ-les-Roses"), fold("Sœur N°1")
    ('l hay les roses', 'soeur n 1')
    """
    if not text.isascii():
        text = text.translate(BASE_LETTERS)
        if not text.isascii():
            text = "".join(c for c in unicodedata.normalize("NFKD", text) if not _is_mark(c))
    return _FOLDABLE.sub(" ", text.lower()).strip()


def _is_mark(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"


@cache
def fillers() -> frozenset[str]:
    """What people type for nothing, folded."""
    return frozenset(read_rows("fillers")[0]["fillers"].split("|"))


def is_filler(text: str) -> bool:
    """True for what stands for nothing: NC, N/A, néant, inconnu, xxx, -, ?, 0, aaa.

    A filler of three letters or fewer written like a name ("Nan") is taken for a name.

    >>> [is_filler(t) for t in ("N.C.", "Néant", "xxx", "--", "0000", "Xavier", "Na")]
    [True, True, True, True, True, False, False]
    """
    if len(text) > 40:
        return False
    if text.isalpha() and text.isascii():
        folded = text.lower()
        if folded in fillers():
            return len(text) > _SHORT or text == folded or text.isupper()
        return len(set(folded)) == 1 and (len(text) > 2 or folded[0] == "x")
    folded = fold(text)
    if not folded or not folded.strip("0 ") or text in ERROR_VALUES:
        return True
    if folded in fillers():
        return len(folded) > _SHORT or not text.isalpha() or text.islower() or text.isupper()
    return _SAME_LETTER.fullmatch(folded) is not None
