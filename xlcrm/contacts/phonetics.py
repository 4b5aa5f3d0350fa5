"""How a French name sounds, so that Lefèvre meets Lefebvre and Thierry meets Tierry."""

from __future__ import annotations

import re
from functools import lru_cache

# In this order; vowels that sound alike share a capital: A an, I in, O on, E é, U ou, Q o.
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"sch|sh|ch(?=[aeiouy])", "X"),
        (r"ch", "k"),
        (r"ph", "f"),
        (r"bv", "v"),
        (r"gn", "N"),
        (r"qu|ck|q", "k"),
        (r"gu(?=[eiy])", "G"),
        (r"g(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"h", ""),
        (r"w", "v"),
        (r"z|ss", "s"),
        (r"(?<=[aeu])ill?(?=[aeiou]|$)", "y"),
        (r"eaux?|aults?$|auds?$|auts?$|aulds?$|aux?|[oô](?=[tpd]s?$)", "Q"),
        (r"ay|ey|ai(?!n)|ei(?!n)", "E"),
        (r"(ain|ein|in|ym|yn|im|un)(?![aeiouynmEQ])", "I"),
        (r"(ean|aen|an|am|en|em)(?![aeiouynmEQ])", "A"),
        (r"(on|om)(?![aeiouynmEQ])", "O"),
        (r"oeu|eu|e[rst]$|ee$", "E"),
        (r"ou", "U"),
        (r"ue", "u"),
        (r"y", "i"),
        (r"o", "Q"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)[stdxp]+$", ""),
        (r"(?<=..)e$", ""),
        (r"e", "E"),
    )
)


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """A code that names of one sound share. The name is folded: lower case, no accents.

    >>> sound("lefebvre") == sound("lefevre"), sound("dupont") == sound("dupond")
    (True, True)
    >>> sound("martin") == sound("marin")
    False
    """
    code = name.replace(" ", "")
    for pattern, sign in _STEPS:
        code = pattern.sub(sign, code)
    return code
