"""Towns: the official spelling of a commune, found with the help of its postcode."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial

from xlcrm.catalogue import Kind, Param, function
from xlcrm.contacts.blanks import BASE_LETTERS, fillers, fold, is_filler, tidy
from xlcrm.contacts.names import capitalise
from xlcrm.contacts.postcodes import communes_by_postcode, read_postcode
from xlcrm.contacts.reading import NOTHING, Reading, as_reading, settle
from xlcrm.texts import Lang, Text, listed

ELSEWHERE = Text(
    fr="ville qui ne correspond pas au code postal {postcode} ({towns})",
    en="town that does not go with postcode {postcode} ({towns})",
)
NOT_THERE = Text(
    fr="aucune commune de ce nom au code postal {postcode} ({towns})",
    en="no commune of that name at postcode {postcode} ({towns})",
)
UNKNOWN = Text(fr="commune inconnue", en="unknown commune")
NOT_A_TOWN = Text(fr="ceci n'est pas une ville", en="this is not a town")

_CEDEX = re.compile(r"[\s,\-]*\b(?:cedex|cdx|cédex)\b\.?\s*(\d{1,2})?\b.*$", re.I)
_POSTCODE_BEFORE = re.compile(
    r"^(?:F|FR)?\s*-?\s*\d{2}\s?\d{3}\s*[-,]?\s+(?=\D)|^\d{5}(?=[^\W\d])", re.I
)
_AFTER = re.compile(
    r"\s*[,\-–]?\s*\(?\b(?:\d{5}|\d{2,3}|2[AB])\)?\s*$|[,\s]+\(?france\)?\s*$", re.I
)
_DISTRICT = re.compile(
    r"^(paris|lyon|marseille)\b[\s,\-]*(?:\(?\s*(?:0?\d|1\d|20|[ivx]{1,5})\s*(?:er|e|è|eme|ème|ième|re|ere)?\s*"
    r"(?:arrond(?:issement|t|\.)?|arr?\.?t?)?\s*\)?)$",
    re.I,
)
_ARTICLE_LAST = re.compile(r"^(.+?)\s*[,(]\s*(le|la|les|l')\s*\)?$", re.I)
_LETTERS = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")
_WITH_DISTRICTS = ("paris", "lyon", "marseille")
_EXTRA = re.compile(r"c[eé]dex|cdx|france$")
_SMALL = frozenset("de du des la le les sur sous en et aux au lès lez à d l près".split())
_WORD = re.compile(r"[^\W\d_]+|[\W\d_]+")
_SAINT = re.compile(r"\bsaint(?=e?s?\b)")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LETTERS_ONLY = BASE_LETTERS | dict.fromkeys(map(ord, " -'()/.,"))
DIGITS = "0123456789"
_LOOSE = {"sur": "s", "sous": "s", "ss": "s", "lez": "les", "lès": "les", "nd": "notredame"}
_ARTICLES = frozenset({"le", "la", "les", "l"})


def town_words(text: str) -> list[str]:
    """The words of a town as compared: no accents, Saint for St.

    >>> town_words("ST-ÉTIENNE-DU-RVRAY")
    ['saint', 'etienne', 'du', 'rvray']
    """
    return [_SAINTS.get(word, word) for word in fold(text).split()]


def _key(name: str) -> str:
    """An official name by its letters only."""
    return name.translate(_LETTERS_ONLY).lower()


def keys(texts: list[str]) -> list[str]:
    """Texts of one line by their letters only; those of plain letters all at once, which is much faster."""
    done = iter(_key("\n".join(filter(str.isascii, texts))).split("\n"))
    return [next(done) if text.isascii() else _key(text) for text in texts]


def _loose(words: list[str]) -> str:
    """Words with sur and sous, les and lez alike."""
    return "".join(_LOOSE.get(word, word) for word in words)


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


@cache
def _key_of() -> dict[str, str]:
    """Official name, also of a commune merged since -> key."""
    names = [name for both in communes_by_postcode().values() for part in both for name in part]
    return dict(zip(names, keys(names), strict=True))


@lru_cache(8192)
def _of_postcode(postcode: str) -> dict[str, str]:
    """Key -> official name, of the communes of a postcode."""
    communes, former = communes_by_postcode().get(postcode, ((), ()))
    key_of = _key_of()
    return {key_of[name]: name for name in (*former, *communes)}


@lru_cache(8192)
def written_of_postcode(postcode: str) -> dict[str, str]:
    """The same, also by the keys of St for Saint."""
    known = _of_postcode(postcode)
    saints = [name for key, name in known.items() if "saint" in key]
    return {_key(_SAINT.sub("st", name.lower())): name for name in saints} | known


@lru_cache(8192)
def _loosely_of_postcode(postcode: str) -> dict[str, str | None]:
    """Loose key -> official name; None where two communes share it."""
    found: dict[str, str | None] = {}
    for name in _of_postcode(postcode).values():
        key = _loose(_without_article(town_words(name)))
        found[key] = name if found.get(key, name) == name else None
    return found


@cache
def _everywhere() -> dict[str, str | None]:
    """Key -> official name in the whole country; None where spellings differ."""
    found: dict[str, str | None] = {}
    for name, key in _key_of().items():
        found[key] = name if found.get(key, name) == name else None
    return found


@cache
def names_of_towns() -> frozenset[str]:
    """The keys of all communes; nobody can tell Aucun from a filler."""
    return frozenset(_everywhere()) - fillers()


@cache
def _loosely_everywhere() -> dict[str, str | None]:
    """Loose key -> official name in the whole country; None where several share it."""
    found: dict[str, str | None] = {}
    for name in filter(None, _everywhere().values()):
        key = _loose(town_words(name))
        found[key] = name if found.get(key, name) == name else None
    return found


def towns_of(postcode: str) -> tuple[str, ...]:
    """The communes of a postcode in their official spelling, without those merged since.

    >>> towns_of("94240"), towns_of("99999")
    (("L'Haÿ-les-Roses",), ())
    """
    return communes_by_postcode().get(postcode, ((), ()))[0]


def read_town(text: str, postcode: str | None = None) -> Reading:
    """The official spelling of a commune, with "Cedex 08" behind if it was there."""
    if postcode:
        key, known = _key(text), written_of_postcode(postcode)
        if name := known.get(key) or known.get(key.removeprefix(postcode)):
            return as_reading((name, None))
    reading = _read_typed_town(text, postcode)
    if reading.value is None or (reading.problem is None and reading.value[0].isalnum()):
        return reading
    return settle(partial(_read_typed_town, postcode=postcode), text)


def _read_typed_town(text: str, postcode: str | None) -> Reading:
    seen = read_town_text(text)
    if seen.value is None:
        return seen
    base, cedex = _strip(seen.value)
    words = town_words(base)
    name = _match(words, postcode) if postcode else None
    problem: Text | None = None
    if name is None:
        name = _nationwide(words)
        known = towns_of(postcode) if postcode else ()
        if known and not cedex:
            why = ELSEWHERE if name else NOT_THERE
            problem = why.format(postcode=postcode, towns=listed(known, most=4))
        elif name is None and not cedex and "".join(words) not in _everywhere():
            problem = UNKNOWN
    shown = name or town_case(base)
    return Reading(shown + cedex, problem)


def read_town_text(text: str) -> Reading:
    """What may be a town, as typed; its spelling awaits its postcode."""
    key = _key(text)  # a postcode may stand before it
    if key in names_of_towns() or key.lstrip(DIGITS) in names_of_towns():
        return as_reading((text, None))
    text = tidy(text)
    if not text or is_filler(text):
        return NOTHING
    base = _strip(text)[0]
    if not any(map(str.isalpha, base)):
        return Reading(None, NOT_A_TOWN) if any(map(str.isalpha, text)) else NOTHING
    return Reading(None, NOT_A_TOWN) if "@" in base else Reading(text)


def _strip(text: str) -> tuple[str, str]:
    """(the town alone, " Cedex 08" or "")."""
    low = text.lower()
    if _LETTERS.fullmatch(low) and not low.startswith(_WITH_DISTRICTS) and not _EXTRA.search(low):
        return text, ""
    cedex = ""
    if match := _CEDEX.search(text):
        text = text[: match.start()]
        cedex = f" Cedex {match[1]}" if match[1] else " Cedex"
    text = _POSTCODE_BEFORE.sub("", text)
    while True:
        if match := _DISTRICT.match(text):
            return match[1], cedex
        shorter = _AFTER.sub("", text).strip(" .,-_;:")
        if shorter == text:
            break
        text = shorter
    if match := _ARTICLE_LAST.match(text):
        text = f"{match[2]} {match[1]}" if match[2][-1] != "'" else match[2] + match[1]
    return text, cedex


def _match(words: list[str], postcode: str) -> str | None:
    """The commune of a postcode that these words mean, if only one can be meant."""
    known = _of_postcode(postcode)
    if not known:
        return None
    key = "".join(words)
    name = known.get(key) or _loosely_of_postcode(postcode).get(_loose(_without_article(words)))
    if name:
        return name
    short = [n for n in known.values() if _abbreviates(words, town_words(n))]
    return short[0] if len(short) == 1 else _misspelt(key, known)


def _abbreviates(words: list[str], official: list[str]) -> bool:
    """Boulogne, or Boulogne Bill., for Boulogne-Billancourt."""
    if len(words) > len(official) or not words or len(words[0]) < 3:
        return False
    return all(
        w == o or (len(w) > 1 and w[0] == o[0] and _within(w, o))
        for w, o in zip(words, official, strict=False)
    )


def _within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _misspelt(key: str, known: dict[str, str]) -> str | None:
    """The only commune that is one or two letters away, if these are no other commune."""
    if len(key) < 5 or key in _everywhere():
        return None
    from rapidfuzz.distance import OSA

    most = 1 if len(key) < 9 else 2
    close = {n for k, n in known.items() if OSA.distance(key, k, score_cutoff=most) <= most}
    return close.pop() if len(close) == 1 else None


def _nationwide(words: list[str]) -> str | None:
    """The official name of a commune whose postcode is not known."""
    key = "".join(words)
    return _everywhere()[key] if key in _everywhere() else _loosely_everywhere().get(_loose(words))


def town_case(text: str) -> str:
    """A town that no list knows: capitals, small words small; mixed capitals stay.

    >>> town_case("BOURG SUR MER"), town_case("New York")
    ('Bourg sur Mer', 'New York')
    """
    if not text.isupper() and not text.islower():
        return text
    parts = [p.lower() for p in _WORD.findall(text)]
    return "".join(
        part if i and part in _SMALL else part[:1].upper() + part[1:]
        for i, part in enumerate(parts)
    )


def read_foreign_town(text: str) -> Reading:
    """A town of another country: spaces, and capitals if all were large or small."""
    text = tidy(text)
    if not text or is_filler(text):
        return NOTHING
    return Reading(capitalise(text) if text.isupper() or text.islower() else text)


def postal_town(town: str) -> str:
    """A town as on a postal line: capitals, no accents, no punctuation, ST for SAINT.

    >>> postal_town("Saint-Étienne-du-Rouvray"), postal_town("Paris Cedex 08")
    ('ST ETIENNE DU ROUVRAY', 'PARIS CEDEX 08')
    """
    short = {"saint": "ST", "sainte": "STE"}
    return " ".join(short.get(word, word.upper()) for word in town_words(town))


_TOWN = Param("town", "ville", Text(fr="Ville telle que saisie.", en="Town as typed."))
_POSTCODE = Param(
    "postcode",
    "code_postal",
    Text(
        fr="Code postal de la même ligne : il dit de quelle commune il s'agit.",
        en="Postcode of the same row: it tells which commune is meant.",
    ),
    kind=Kind.LABEL,
)


def _clean_postcode(postcode: str | None) -> str | None:
    return read_postcode(postcode).value if postcode else None


@function(
    "CRM_TOWN",
    "CRM_VILLE",
    group="contacts",
    summary=Text(
        fr="Écrit une ville comme la commune officielle : « ST ETIENNE DU ROUVRAY » donne "
        "Saint-Étienne-du-Rouvray, « PARIS 01 » donne Paris. Le CEDEX reste.",
        en='Spells a town as the official commune: "ST ETIENNE DU ROUVRAY" gives '
        'Saint-Étienne-du-Rouvray, "PARIS 01" gives Paris. CEDEX stays.',
    ),
    params=[_TOWN, _POSTCODE],
)
def format_town(town: str | None, postcode: str | None = None) -> str | None:
    """The official spelling of a town; a town that no list knows only gets its capitals.

    >>> format_town("L HAY LES ROSES", "94240"), format_town("paris 1er"), format_town("NC")
    ("L'Haÿ-les-Roses", 'Paris', None)
    """
    return read_town(town, _clean_postcode(postcode)).value if town else None


@function(
    "CRM_TOWN_ISSUE",
    "CRM_VILLE_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans une ville : inconnue, ou sans rapport avec son code postal. "
        "Vide si tout va bien.",
        en="Says what is wrong with a town: unknown, or not going with its postcode. Blank if all "
        "is well.",
    ),
    params=[_TOWN, _POSTCODE],
)
def town_issue(town: str | None, postcode: str | None = None, lang: Lang = "fr") -> str | None:
    """What is wrong with a town, in one sentence; None if nothing is.

    >>> town_issue("Nantes", "75001")
    'ville qui ne correspond pas au code postal 75001 (Paris)'
    """
    problem = read_town(town, _clean_postcode(postcode)).problem if town else None
    return problem.in_(lang) if problem else None


@function(
    "CRM_POSTAL_TOWN",
    "CRM_VILLE_POSTALE",
    group="contacts",
    summary=Text(
        fr="Écrit une ville pour l'enveloppe : capitales, sans accent ni ponctuation, ST pour Saint.",
        en="Writes a town for the envelope: capitals, no accents, no punctuation, ST for Saint.",
    ),
    params=[_TOWN, _POSTCODE],
)
def format_postal_town(town: str | None, postcode: str | None = None) -> str | None:
    """A town in the capitals of line 6; None for a blank.

    >>> format_postal_town("Saint-Étienne-du-Rouvray", "76800")
    'ST ETIENNE DU ROUVRAY'
    """
    clean = format_town(town, postcode)
    return postal_town(clean) if clean else None


@function(
    "CRM_TOWNS",
    "CRM_VILLES",
    group="contacts",
    summary=Text(
        fr="Donne la liste des communes d'un code postal, côte à côte, pour choisir la bonne.",
        en="Lists the communes of a postcode, side by side, to choose the right one.",
    ),
    params=[_POSTCODE],
)
def towns(postcode: str | None) -> list[str | None]:
    """A row of the communes of a postcode; one blank cell if there are none.

    >>> towns("97500")
    ['Miquelon-Langlade', 'Saint-Pierre']
    """
    clean = _clean_postcode(postcode)
    return list(towns_of(clean)) if clean and towns_of(clean) else [None]
