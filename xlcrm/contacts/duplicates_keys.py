"""Matching keys: what two rows are compared on, once everything that means nothing is removed.

Accents, case, punctuation, abbreviations, legal forms and dialling prefixes go; a filler such as
"NC" or "test@test" is a blank. A blank is an empty text here, and never equals another blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from xlcrm import cells
from xlcrm.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

_WORD = re.compile(r"[^a-z0-9]+")
_FILLERS = frozenset(
    ["nc", "na", "n a", "neant", "inconnu", "inconnue", "aucun", "aucune", "none", "null", "nan"]
    + ["vide", "rien", "test", "tba", "tbd", "unknown", "nr", "ras", "sans", "sans nom", "idem"]
    + ["non communique", "non renseigne", "non connu", "sans objet", "pas de mail", "pas d email"]
)
_ONE_LETTER = re.compile(r"(.)\1+")
_BORN = re.compile(r"^(.+?)\s+(nee|ne|born|epouse|ep|epse|veuve|vve)\s+(.+)$")
_MALE = frozenset("m mr mister monsieur mons homme h male masculin".split())
_FEMALE = frozenset("f mme mlle mrs ms miss madame mademoiselle femme female feminin mad".split())
_LEGAL = frozenset(
    "sarl sas sasu sa eurl sci snc scop scp selarl selas ei eirl earl gaec gie asso association "
    "ets etablissement etablissements ste societe cie compagnie et the ltd limited inc llc llp "
    "gmbh ag plc co corp corporation company bv nv spa srl sprl le la les l de du des d".split()
)
_COMPANY_FORMS = frozenset("sarl sas sasu eurl sci snc scop scp selarl eirl earl gaec gie".split())
_STREETS = {
    "r": "rue",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "bvd": "boulevard",
    "all": "allee",
    "allees": "allee",
    "ch": "chemin",
    "che": "chemin",
    "chem": "chemin",
    "imp": "impasse",
    "pl": "place",
    "plc": "place",
    "rte": "route",
    "sq": "square",
    "res": "residence",
    "lot": "lotissement",
    "fg": "faubourg",
    "fbg": "faubourg",
    "st": "saint",
    "ste": "sainte",
    "gal": "general",
    "mal": "marechal",
    "pdt": "president",
    "dr": "docteur",
    "pr": "professeur",
    "cdt": "commandant",
    "lt": "lieutenant",
    "qu": "quai",
    "crs": "cours",
    "street": "st",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
}
_LINKS = frozenset("de du des d la le les l au aux a en sur sous".split())
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"^(\d{1,4})\s*(bis|ter|quater|[a-d])?\b\s*(.*)$")
_APART = re.compile(r"[/;|\n]|\bou\b|\bet\b|, ")
_DOMAINS = {
    "gmial.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmail.fr": "gmail.com",
    "gmail.con": "gmail.com",
    "googlemail.com": "gmail.com",
    "hotmial.fr": "hotmail.fr",
    "hotmial.com": "hotmail.com",
    "hotmal.fr": "hotmail.fr",
    "hotmal.com": "hotmail.com",
    "outlok.fr": "outlook.fr",
    "outlok.com": "outlook.com",
    "yaho.fr": "yahoo.fr",
    "yaho.com": "yahoo.com",
    "yahooo.fr": "yahoo.fr",
    "ornage.fr": "orange.fr",
    "wanado.fr": "wanadoo.fr",
}
_FAKE_MAILS = frozenset(["test", "aaa", "xxx", "nc", "na", "inconnu", "noemail", "azerty", "toto"])
SIDE_BY_SIDE = 3  # phone numbers of one row that are compared


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, words apart by one space.

    >>> fold("  DE l'Étang-Noir ")
    'de l etang noir'
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = plain.replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l")
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.sub(" ", plain).strip()


def name_key(value: Any) -> str:
    """A first or last name, folded; a filler is blank.

    >>> name_key("LE  GOFF"), name_key("N.C."), name_key("xxx")
    ('le goff', '', '')
    """
    text = fold(cells.to_text(value) or "")
    squashed = text.replace(" ", "")
    if not text or text in _FILLERS or squashed in _FILLERS or squashed.isdigit():
        return ""
    return "" if len(squashed) > 2 and _ONE_LETTER.fullmatch(squashed) else text


def married(last: str) -> tuple[str, str]:
    """A folded last name apart from the birth name written with it.

    >>> married("dupont nee martin"), married("martin epouse dupont"), married("petit")
    (('dupont', 'martin'), ('dupont', 'martin'), ('petit', ''))
    """
    if not (match := _BORN.match(last)):
        return last, ""
    name, link, other = match.groups()
    return (name, other) if link in ("nee", "ne", "born") else (other, name)


def civility_key(value: Any) -> str:
    """m, f, or blank for a household, a title or nothing.

    >>> civility_key("Mr."), civility_key("Mlle"), civility_key("M. et Mme")
    ('m', 'f', '')
    """
    text = fold(cells.to_text(value) or "")
    return "m" if text in _MALE else "f" if text in _FEMALE else ""


def email_key(value: Any) -> str:
    """An e-mail in lower case, without `+tag`, a known slip of its domain repaired.

    >>> email_key(" Anne.Petit+pub@GMIAL.com "), email_key("test@test"), email_key("NC")
    ('anne.petit@gmail.com', '', '')
    """
    text = (cells.to_text(value) or "").casefold().replace(" ", "").rstrip(".;,")
    text = text.removeprefix("mailto:")
    local, _, domain = text.partition("@")
    local = local.partition("+")[0]
    if not local or "." not in domain or local in _FAKE_MAILS:
        return ""
    return f"{local}@{_DOMAINS.get(domain, domain)}"


def phone_keys(value: Any) -> tuple[str, ...]:
    """The numbers of a cell, each as its last nine digits; fillers are left out.

    >>> phone_keys("+33 (0)6 12 34 56 99 / 01.99.00.12.12"), phone_keys(612345699.0)
    (('612345699', '199001212'), ('612345699',))
    >>> phone_keys("0606060606")
    ()
    """
    text = cells.to_label(value) or ""
    parts = [text] if sum(map(str.isdigit, text)) <= 13 else _APART.split(text)
    found: dict[str, None] = {}
    for part in parts:
        digits = "".join(_DIGITS.findall(part.replace("(0)", "")))
        if len(digits) >= 6 and not _is_fake_number(digits):
            found[digits[-9:]] = None
    return tuple(found)


def _is_fake_number(digits: str) -> bool:
    tail = digits[-8:]
    return (
        len(set(tail)) <= 1
        or len({tail[i : i + 2] for i in (0, 2, 4, 6)}) == 1
        or (tail in "0123456789012" or tail in "9876543210987")
    )


def postcode_key(value: Any) -> str:
    """A postcode with its leading zero, capitals and digits only.

    >>> postcode_key(1000.0), postcode_key("SW1A 1AA"), postcode_key("F-75001")
    ('01000', 'SW1A1AA', '75001')
    """
    text = re.sub(r"[^A-Z0-9]", "", (cells.to_label(value) or "").upper())
    if text.startswith("F") and text[1:].isdigit():
        text = text[1:]
    if not text.strip("0"):
        return ""
    return text.zfill(5) if text.isdigit() and len(text) == 4 else text


def town_key(value: Any) -> str:
    """A town, folded; CEDEX and the number of a district go, St is Saint.

    >>> town_key("St-Étienne CEDEX 2"), town_key("Paris 15e")
    ('saint etienne', 'paris')
    """
    words = name_key(value).split()
    if "cedex" in words:
        words = words[: words.index("cedex")]
    words = [{"st": "saint", "ste": "sainte"}.get(w, w) for w in words if not w[0].isdigit()]
    return " ".join(w for w in words if w != "arrondissement")


def street_key(value: Any) -> tuple[str, str]:
    """The number and the street of an address, abbreviations written out, link words removed.

    >>> street_key("12 bis, Bd. du Gal de Gaulle"), street_key("Le Moulin")
    (('12', 'boulevard general gaulle'), ('', 'moulin'))
    """
    text = name_key(value)
    number = ""
    if match := _NUMBER.match(text):
        number, text = match[1].lstrip("0"), match[3]
    words = [_STREETS.get(word, word) for word in text.split() if word not in _LINKS]
    return number, " ".join(words)


def company_key(value: Any) -> str:
    """A company name without its legal form and link words.

    >>> company_key("SARL Boulangerie de l'Étoile"), company_key("Ets. DUPONT & Fils")
    ('boulangerie etoile', 'dupont fils')
    """
    words = name_key(value).split()
    kept = [w for w in words if w not in _LEGAL]
    return " ".join(kept or words)


def number_key(value: Any) -> str:
    """The digits of a SIREN or SIRET; blank unless there are 9 or 14 of them.

    >>> number_key("732 829 320 00074"), number_key("NC")
    ('73282932000074', '')
    """
    digits = "".join(_DIGITS.findall(cells.to_label(value) or ""))
    return digits if len(digits) in (9, 14) and digits.strip("0") else ""


def date_key(value: Any) -> str:
    """A date as YYYYMMDD; blank when it is none.

    >>> date_key("3/5/1980"), date_key("?")
    ('19800503', '')
    """
    try:
        day = cells.to_date(value)
    except ArgumentError:
        return ""
    return "" if day is None or day.year <= 1900 else day.strftime("%Y%m%d")


def keys_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The matching keys of a base: one row for each row, texts only, "" for a blank.

    Columns: kind (p person, c company, "" nothing to match), civ, first, last, birth, mail,
    phone0.., zip, town, number, street, dob, siret, siren, company,
    hint (the first name, see hint_key).
    """
    import pandas as pd

    def mapped(column: str, read: Callable[[Any], Any], blank: Any = "") -> list[Any]:
        if column not in frame.columns:
            return [blank] * len(frame)
        codes, values = pd.factorize(frame[column], use_na_sentinel=True)
        known = [read(value) for value in values]
        return [known[code] if code >= 0 else blank for code in codes.tolist()]

    last_and_birth = mapped("last_name", lambda v: married(name_key(v)), ("", ""))
    births = mapped("birth_name", name_key)
    streets = mapped("address", street_key, ("", ""))
    sirets = mapped("siret", number_key)
    sirens = mapped("siren", number_key)
    phones = [
        (*dict.fromkeys(a + b), "", "", "")
        for a, b in zip(
            mapped("phone", phone_keys, ()), mapped("mobile", phone_keys, ()), strict=True
        )
    ]
    keys: dict[str, list[str]] = {
        "civ": mapped("civility", civility_key),
        "first": mapped("first_name", name_key),
        "last": [last for last, _ in last_and_birth],
        "birth": [b or own for b, (_, own) in zip(births, last_and_birth, strict=True)],
        "mail": mapped("email", email_key),
        "zip": mapped("postcode", postcode_key),
        "town": mapped("town", town_key),
        "number": [number for number, _ in streets],
        "street": [street for _, street in streets],
        "dob": mapped("birth_date", date_key),
        "siret": [s if len(s) == 14 else "" for s in sirets],
        "siren": [(s or t)[:9] for s, t in zip(sirens, sirets, strict=True)],
        "company": mapped("company", company_key),
    }
    for i in range(SIDE_BY_SIDE):
        keys[f"phone{i}"] = [numbers[i] for numbers in phones]
    named = zip(keys["first"], keys["last"], keys["company"], keys["siren"], strict=True)
    keys["kind"] = [_kind(*row) for row in named]
    keys["hint"] = [
        hint_key(first, last, mail)
        for first, last, mail in zip(keys["first"], keys["last"], keys["mail"], strict=True)
    ]
    return pd.DataFrame(keys, index=frame.index, dtype=object)


def hint_key(first: str, last: str, mail: str) -> str:
    """The first name, or the one that an e-mail tells when only its initial is known.

    >>> hint_key("v", "girard", "victor.girard@free.fr"), hint_key("v", "girard", "vgirard@free.fr")
    ('victor', '')
    """
    if len(first) > 1 or not first:
        return first
    words = re.split(r"[._\d]+", mail.partition("@")[0])
    name = last.replace(" ", "")
    told = [w for w in words if len(w) > 2 and w[0] == first and w.replace("-", "") != name]
    return fold(told[0]) if told and len(words) > 1 else ""


def _kind(first: str, last: str, company: str, siren: str) -> str:
    if first or (last and _COMPANY_FORMS.isdisjoint(last.split())):
        return "p"
    return "c" if last or company or siren else ""
