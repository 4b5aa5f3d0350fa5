"""Proper names: capitals, particles, compound first names, accents that capitals lost."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from xlcrm.catalogue import Param, function
from xlcrm.contacts.blanks import fold, is_filler, tidy
from xlcrm.contacts.civility import take_civility
from xlcrm.contacts.first_names import spellings_of
from xlcrm.contacts.reading import NOTHING, Reading, settle
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

HAS_DIGITS = Text(fr="un chiffre dans un nom", en="a digit in a name")
NOT_A_NAME = Text(fr="ceci n'est pas un nom", en="this is not a name")

# de, d' stay small in French names (Le Robert, Imprimerie nationale); von and zu in German ones.
_SMALL = frozenset({"de", "d", "von", "zu", "y", "e", "et", "dit", "dite"})
_SMALL_AFTER = frozenset({"der", "den", "ter", "het", "t"})  # Van der Meer, van 't Hoff
# De is part of these names of Portuguese, Spanish, Italian and Flemish origin.
_DE_CAPITAL = frozenset(
    "abreu almeida andrade araujo azevedo barros brito campos carvalho castro faria fatima freitas "
    "jesus la-cruz lima macedo matos melo menezes moraes moura oliveira paiva pina pinho queiroz "
    "sa santana sousa souza angelis bellis carlo felice filippo filippis franco gasperi luca marchi "
    "marco maria martino matteis matteo mattia nicola paoli paola pascale pasquale rosa rossi sanctis "
    "santis simone stefano vecchi vita vito backer baere bie boeck brabander bruycker bruyn bruyne "
    "clerck clercq coninck cock cuyper greef groot haan jong jonghe keyser koninck kerckhove meester "
    "meyer moor naeyer nys pauw potter ridder rooij schepper schrijver schutter smedt smet vos vries "
    "vuyst waele wever wilde winter witte wit wolf zutter".split()
)
_PART = re.compile(r"[^\W\d_]+|[\W\d_]+")
_DIGIT = re.compile(r"\d")
_MC = re.compile(r"MC[A-Z]{3,}|mc[a-z]{3,}")
_CAPS_LOCK = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]{2,}")
_LINK = re.compile(r"(?<= )(?:De|Da|Do|Dos|Das)(?= )")  # Maria de Fatima
_BRETON = re.compile(r"(?<=[^\W\d_]c)'H")  # Le Floc'h
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœ]", re.IGNORECASE)
_INITIALS = re.compile(r"([^\W\d_])(?:\.|(?:\.[- ]?|[- ])([^\W\d_])\.?)?")
_ADDRESS_LIKE = re.compile(r"@|https?:|www\.")
_SPACED_HYPHEN = re.compile(r"\s*[-–]\s*|\s+'|'\s+")


_BORN = re.compile(
    r"(?P<name>.+?)[\s,(]+(?P<word>née?|nee?|born|épouse|epouse|ép\.?|ep\.?|épse|epse|veuve|vve)\s+"
    r"(?P<other>[^()]+?)\)?",
    re.IGNORECASE,
)
_BY_BIRTH = ("né", "née", "ne", "nee", "born")


_NOTE = re.compile(r"\s*\([^)]*\)?\s*")


@cache
def _accented_last_names() -> dict[str, str]:
    return {
        fold(r["last_name"]): r["last_name"] for r in read_rows("last_names") if r["accent"] == "1"
    }


@cache
def _last_names() -> frozenset[str]:
    return frozenset(fold(row["last_name"]) for row in read_rows("last_names"))


def is_last_name(folded: str) -> bool:
    """True for a common last name of France.

    >>> is_last_name("dupont"), is_last_name("jean claude")
    (True, False)
    """
    return folded in _last_names()


def capitalise(text: str) -> str:
    """A name with its capitals; what already mixes capitals and small letters stays.

    >>> [capitalise(t) for t in ("JEAN-PIERRE", "le goff", "DE LA FONTAINE", "O'BRIEN", "MCDONALD")]
    ['Jean-Pierre', 'Le Goff', 'de La Fontaine', "O'Brien", 'McDonald']
    """
    parts = _PART.findall(text)
    words = [p for p in parts if p[0].isalpha()]
    if len(words) == 1 and parts[0] == words[0]:
        parts[0] = _capital(parts[0])
        return "".join(parts)
    rank, last = 0, len(words) - 1
    for i, part in enumerate(parts):
        if part[0].isalpha():
            after = parts[i + 1] if i + 1 < len(parts) else ""
            following = words[rank + 1].lower() if rank < last else ""
            parts[i] = _word(part, rank > 0, after, following)
            rank += 1
    return _BRETON.sub("'h", "".join(parts))


def _word(word: str, inside: bool, after: str, following: str) -> str:
    low = word.lower()
    if following and (word == low or word.isupper()):
        if low in _SMALL and (low != "d" or after[0] == "'") and (low not in "ye" or inside):
            if len(low) == 1 and after[0] == ".":
                return word.upper()
            return "De" if low == "de" and following in _DE_CAPITAL else low
        if inside and low in _SMALL_AFTER:
            return low
    return _capital(word)


def _capital(word: str) -> str:
    if word.isupper() or word.islower():
        if len(word) > 4 and _MC.fullmatch(word):
            return "Mc" + word[2:].capitalize()
        return word[:1].upper() + word[1:].lower()
    if _CAPS_LOCK.fullmatch(word):
        return word.capitalize()
    return word


@lru_cache(65536)
def read_first_name(text: str) -> Reading:
    """A first name: capitals, hyphen of a known compound, accents that capitals lost."""
    return settle(_read_first_name, text)


def _read_first_name(text: str) -> Reading:
    text = tidy(text)
    refused = _refuse(text)
    if refused is not None:
        return refused
    if len(text) < 6 and (match := _INITIALS.fullmatch(text)):
        letters = [letter.upper() + "." for letter in match.groups() if letter]
        return Reading("-".join(letters))
    text = _SPACED_HYPHEN.sub(lambda m: m[0].strip().replace("–", "-"), text).strip("-. ")
    if len(text) < 4 and text.isupper() and text.isalpha() and not _VOWEL.search(text):
        return Reading(text)  # initials such as JP
    name = _LINK.sub(lambda m: m[0].lower(), capitalise(text)) if " " in text else capitalise(text)
    return Reading(_accents(name, text), HAS_DIGITS if _DIGIT.search(name) else None)


def _accents(name: str, typed: str) -> str:
    """The usual spelling of a known first name, where only accents or the hyphen are missing.

    A small or capital E at the beginning keeps what was typed: Eric and Éric are both in use.
    """
    if not name.isascii() and " " not in name:
        return name
    spellings = spellings_of(fold(name))
    if not spellings:
        return " ".join(map(_accents, name.split(), typed.split())) if " " in name else name
    if name in spellings and (len(spellings) == 1 or not typed.isupper()):
        return name
    if len(spellings) > 1 and not typed.isupper() and " " not in name:
        return name
    best = spellings[0]
    return best if name[0] == best[0] else name[0] + best[1:]


@lru_cache(65536)
def read_last_name(text: str) -> Reading:
    """A last name: capitals, particles, and accents of frequent names typed in capitals."""
    return settle(_read_last_name, text)


def _read_last_name(text: str) -> Reading:
    text = tidy(text)
    refused = _refuse(text)
    if refused is not None:
        return refused
    if not text.isalpha():
        text = take_birth_name(take_civility(text)[2])[0]
        text = _NOTE.sub(" ", text).strip() or text
    text = _SPACED_HYPHEN.sub(lambda m: m[0].strip().replace("–", "-"), text).strip("-, ")
    if len(text) > 2:
        text = text.rstrip(".")
    if len(text) == 1:
        return Reading(text.upper() + ".")
    name = capitalise(text)
    if text.isupper() and text.isascii():
        name = _accented_last_names().get(fold(text), name)
    return Reading(name, HAS_DIGITS if _DIGIT.search(name) else None)


def take_birth_name(text: str) -> tuple[str, str | None]:
    """A name without its birth name, and the birth name.

    >>> take_birth_name("Dupont née Martin"), take_birth_name("Martin épouse Dupont")
    (('Dupont', 'Martin'), ('Dupont', 'Martin'))
    """
    match = _BORN.fullmatch(text)
    if match is None:
        return text, None
    name, other = match["name"].strip(), match["other"].strip()
    if match["word"].lower().rstrip(".") in _BY_BIRTH:
        return name, other
    return other, name


def _refuse(text: str) -> Reading | None:
    if text in ("X", "X."):  # Xavier, and not a filler, when it is alone and large
        return Reading("X.")
    if not text or is_filler(text):
        return NOTHING
    if _ADDRESS_LIKE.search(text) or not any(map(str.isalpha, text)):
        return Reading(None, NOT_A_NAME)
    return None


_FIRST = Param(
    "first_name", "prénom", Text(fr="Prénom tel qu'il a été saisi.", en="First name as typed.")
)
_LAST = Param("last_name", "nom", Text(fr="Nom tel qu'il a été saisi.", en="Last name as typed."))


@function(
    "CRM_FIRST_NAME",
    "CRM_PRENOM",
    group="contacts",
    summary=Text(
        fr="Met un prénom en forme : Jean-Pierre, Éloïse, J.-P. Le trait d'union et les accents "
        "perdus d'un prénom connu reviennent ; la casse déjà mixte reste.",
        en="Puts a first name in form: Jean-Pierre, Éloïse, J.-P. The hyphen and lost accents of a "
        "known name come back; capitals already mixed stay.",
    ),
    params=[_FIRST],
)
def format_first_name(first_name: str | None) -> str | None:
    """A first name in its usual form; None for a blank or a filler.

    >>> [format_first_name(n) for n in ("JEAN PIERRE", "francois", "j-p", "Kevin", "NC")]
    ['Jean-Pierre', 'François', 'J.-P.', 'Kevin', None]
    """
    return read_first_name(first_name).value if first_name else None


@function(
    "CRM_LAST_NAME",
    "CRM_NOM",
    group="contacts",
    summary=Text(
        fr="Met un nom de famille en forme : Dupont, Le Goff, de La Fontaine, N'Guyen, O'Brien, "
        "McDonald. Une casse déjà mixte reste telle quelle.",
        en="Puts a last name in form: Dupont, Le Goff, de La Fontaine, N'Guyen, O'Brien, McDonald. "
        "Capitals already mixed stay as they are.",
    ),
    params=[_LAST],
)
def format_last_name(last_name: str | None) -> str | None:
    """A last name with its capitals and particles; None for a blank or a filler.

    >>> [format_last_name(n) for n in ("DUPONT", "n'guyen", "DE LA FONTAINE", "LELIEVRE")]
    ['Dupont', "N'Guyen", 'de La Fontaine', 'Lelièvre']
    """
    return read_last_name(last_name).value if last_name else None


@function(
    "CRM_NAME_ISSUE",
    "CRM_NOM_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans un nom ou un prénom (chiffre, adresse e-mail). Vide si tout "
        "va bien.",
        en="Says what is wrong with a last or first name (digit, e-mail address). Blank if all is "
        "well.",
    ),
    params=[
        Param("name", "nom", Text(fr="Nom ou prénom.", en="Last or first name.")),
    ],
)
def name_issue(name: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a name, in one sentence; None if nothing is.

    >>> name_issue("Dup0nt"), name_issue("Dupont")
    ('un chiffre dans un nom', None)
    """
    problem = read_last_name(name).problem if name else None
    return problem.in_(lang) if problem else None
