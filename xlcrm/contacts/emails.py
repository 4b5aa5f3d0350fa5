"""E-mail addresses: cleaned, checked, and a correction suggested where one is likely."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from xlcrm.catalogue import Param, function
from xlcrm.contacts.blanks import BASE_LETTERS, is_filler, tidy
from xlcrm.contacts.reading import NOTHING, Reading, as_reading
from xlcrm.data import read_rows
from xlcrm.texts import Lang, Text

NO_AT = Text(fr="adresse sans @", en="address without @")
TWO_AT = Text(fr="plusieurs @ dans l'adresse", en="several @ in the address")
NO_LOCAL = Text(fr="rien devant le @", en="nothing before the @")
NO_DOMAIN = Text(fr="domaine incomplet après le @", en="incomplete domain after the @")
BAD_SIGN = Text(fr="signe interdit dans l'adresse", en="sign not allowed in the address")
MISSPELT = Text(
    fr="domaine sans doute mal écrit : {suggestion} ?",
    en="domain probably misspelt: {suggestion}?",
)
ACCENTED = Text(
    fr="accent dans l'adresse : {suggestion} ?", en="accent in the address: {suggestion}?"
)
DISPOSABLE = Text(fr="adresse jetable", en="throw-away address")

# The common case, in small letters; no two dots in a row, none at an end of the local part.
COMMON_LOCAL = r"[a-z0-9_+\-]+(?:\.[a-z0-9_+\-]+)*"
_COMMON_LOCAL = re.compile(COMMON_LOCAL)
_COMMON_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_ATOMS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~\-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z0-9\-]*[a-z][a-z0-9\-]*")
_BEFORE = re.compile(
    r"^(?:mailto:|e-?mails?\s*[:=]|mails?\s*[:=]|courriel\s*:|m[eé]l\s*:|adresse\s*:)\s*", re.I
)
_BRACKETS = re.compile(r"<([^<>@\s]+@[^<>\s]+)>")
_NOTE = re.compile(r"\s+\([^()@]{3,}\)\s*$")
_AT = re.compile(
    r"\s*[\[({<]\s*(?:at|arobase|arobas|a|@|chez)\s*[\])}>]\s*|\s+(?:at|arobase|arobas)\s+", re.I
)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|point|pt|\.)\s*[\])}>]\s*|\s+(?:dot|point)\s+", re.I)
_BRACKET_OR_WORD = re.compile(r"[(\[{<]| (?:[aA][tTrR]|[dDpP][oO])")
_SEVERAL = re.compile(
    r"\s*[;|]\s*|\s*,\s+|\s+(?:ou|et|or|and)\s+|\s*/\s*(?=\S+@)|\s+(?=\S+@)|,(?=[^,@\s]+@)",
    re.I,
)
_REPEATED = re.compile(r"([@.])\1+")
ENDS = " \t\r\n\u00a0\u202f\u200b\ufeff.,;:!?<>()[]{}\"'«»*/\\|"
_LAST_ENDINGS = {"con": "com", "cmo": "com", "comm": "com", "ocm": "com", "vom": "com", "xom": "com",
                 "cim": "com", "cpm": "com", "rf": "fr", "frr": "fr", "nett": "net", "ner": "net"}  # fmt: skip


@cache
def _misspelt() -> dict[str, str]:
    return {
        wrong: row["domain"]
        for row in read_rows("email_domains")
        for wrong in filter(None, row["misspelt"].split("|"))
    }


@cache
def _providers() -> frozenset[str]:
    return frozenset(row["domain"] for row in read_rows("email_domains"))


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_providers(), key=len, reverse=True))


@cache
def _local_parts() -> dict[str, frozenset[str]]:
    return {r["kind"]: frozenset(r["local_parts"].split("|")) for r in read_rows("mailboxes")}


@cache
def _disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist

    return frozenset(blocklist)


class _Domain(NamedTuple):
    """What is known of a domain; `common`: nothing but ASCII letters, digits, hyphens, dots."""

    common: bool
    meant: str | None  # the domain of which it is a misspelling
    disposable: bool
    filler: bool  # test.fr, aaa.com
    plain: bool  # common, and nothing else to say


def is_plain(domain: str) -> bool:
    """Is there nothing to say of this domain?"""
    return _domain(domain).plain


@lru_cache(65536)
def _domain(domain: str) -> _Domain:
    meant = _misspelt().get(domain)
    name, _, ending = domain.rpartition(".")
    if meant is None and ending in _LAST_ENDINGS:
        meant = f"{name}.{_LAST_ENDINGS[ending]}"
        meant = _misspelt().get(meant, meant)
    label = domain.partition(".")[0]
    filler = len(set(label)) == 1 or label in _local_parts()["filler"]
    disposable = domain not in _providers() and domain in _disposable()
    common = _COMMON_DOMAIN.fullmatch(domain) is not None
    return _Domain(
        common, meant, disposable, filler, common and not (meant or disposable or filler)
    )


@cache
def no_mailboxes() -> frozenset[str]:
    return _local_parts()["none"]


def _is_filler_address(local: str, domain: str) -> bool:
    """test@test.fr, aaa@aaa.com, pasdemail@orange.fr."""
    if local in no_mailboxes():
        return True
    if not _domain(domain).filler:
        return False
    label = domain.partition(".")[0]
    if len(set(local)) == 1 == len(set(label)):
        return local == label or len(local) > 1 < len(label)
    return local in _local_parts()["filler"] and len(label) > 1


def read_email(text: str) -> Reading:
    """The addresses of a cell, in small letters, "; " between; and the first problem."""
    low = text.lower()
    reading = _read_common(low)
    if reading is None:
        trimmed = low.strip(ENDS).removeprefix("mailto:")
        reading = _read_common(trimmed) if trimmed != low else None
    return _read_slowly(text) if reading is None else reading


def _read_common(address: str) -> Reading | None:
    """An address of the common form; None for any other text."""
    local, at, domain = address.partition("@")
    if not at or not _COMMON_LOCAL.fullmatch(local):
        return None
    known = _domain(domain)
    if known.plain and local not in no_mailboxes() and len(local) < 65:
        return as_reading((address, None))
    return _judge(address) if known.common else None


def _read_slowly(text: str) -> Reading:
    text = _unpack(text)
    whole = "." in text.partition("@")[2]  # no filler
    if not text or (not whole and is_filler(text)) or not text.strip("@" + ENDS):
        return NOTHING
    pieces = [p for p in _SEVERAL.split(text) if p] if text.count("@") > 1 else ()
    if len(pieces) > 1 and all(p.count("@") == 1 and not p.startswith("@") for p in pieces):
        readings = [_read_one(piece) for piece in pieces]
        values = list(dict.fromkeys(r.value for r in readings if r.value))
        problem = next((r.problem for r in readings if r.problem), None)
        return Reading("; ".join(values) or None, problem)
    return _read_one(text)


def _unpack(text: str) -> str:
    """A text without what surrounds an address: mailto:, a name before <…>, (at), spaces."""
    text = tidy(text)
    if "<" in text and (found := _BRACKETS.findall(text)):
        text = "; ".join(found)
    if ":" in text or "=" in text:
        text = _BEFORE.sub("", text)
    if _BRACKET_OR_WORD.search(text):
        text = _NOTE.sub("", text).replace("(@)", "@").replace("[@]", "@")
        if "@" not in text:
            text = _AT.sub("@", text)
        text = _DOT.sub(".", text)
    for sign in "@.":
        text = text.replace(" " + sign, sign).replace(sign + " ", sign)
    return text.strip(ENDS)


def _read_one(text: str) -> Reading:
    address = text.strip(ENDS).lower()
    if not address:
        return NOTHING
    if "@" not in address:
        return Reading(None, _with(NO_AT, address))
    local, _, domain = address.rpartition("@")
    if address.count("@") > 1:
        return Reading(None, _with(TWO_AT, address))
    if not local:
        return Reading(None, NO_LOCAL)
    if _is_filler_address(local, domain):
        return NOTHING
    if "." not in domain:
        return Reading(None, _with(NO_DOMAIN, address))
    return _read_common(address) or _read_rare(address)


def _judge(address: str) -> Reading:
    """An address whose form is right: filler, misspelt or throw-away domain."""
    local, _, domain = address.partition("@")
    known = _domain(domain)
    if _is_filler_address(local, domain):
        return NOTHING
    if len(local) > 64:
        return Reading(None, BAD_SIGN)
    if known.meant:
        return Reading(address, MISSPELT.format(suggestion=f"{local}@{known.meant}"))
    return Reading(address, DISPOSABLE if known.disposable else None)


def _read_rare(address: str) -> Reading:
    """An address with signs that are allowed, but seldom seen."""
    local, _, domain = address.rpartition("@")
    meant = _domain(domain).meant
    if len(domain.rpartition(".")[2]) < 2 and not meant:
        return Reading(None, NO_DOMAIN)
    if address.isascii():
        right = _ATOMS.fullmatch(local) and _DOMAIN.fullmatch(domain) and len(local) <= 64
    else:
        right = _is_international(address)
    if not right:
        return Reading(None, _with(BAD_SIGN, address))
    if meant:
        return Reading(address, MISSPELT.format(suggestion=f"{local}@{meant}"))
    plain = _without_accents(address)
    if plain != address:
        return Reading(address, ACCENTED.format(suggestion=plain))
    return Reading(address)


def _is_international(address: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _without_accents(address: str) -> str:
    local, _, domain = address.partition("@")
    if local.isascii():
        return address
    return local.translate(BASE_LETTERS) + "@" + domain


def _with(problem: Text, address: str) -> Text:
    """A problem with the correction to suggest, if there is one."""
    suggestion = _guess(address)
    if suggestion is None:
        return problem
    return Text(fr=f"{problem.fr} : {suggestion} ?", en=f"{problem.en}: {suggestion}?")


def _guess(address: str) -> str | None:
    """A valid address that a wrong one was probably meant to be, or None."""
    text = address.lower().replace(" ", "").replace("@.", "@").replace(".@", "@")
    text = text.replace(",", ".").replace(";", ".")
    if "@@" in text or ".." in text:
        text = _REPEATED.sub(r"\1", text)
    if not text.isascii():
        text = text.translate(BASE_LETTERS)
    text = text.strip("._-")
    if "@" not in text:
        known = _longest_first() if text.endswith(_longest_first()) else ()
        for domain in known:
            if text.endswith(domain) and len(text) > len(domain) + 1:
                text = text[: -len(domain)].rstrip(".-") + "@" + domain
                break
    local, _, domain = text.rpartition("@")
    text = f"{local}@{_domain(domain).meant or domain}"
    reading = _read_common(text)
    return text if reading and reading.value else None


def suggestion_for(text: str) -> str | None:
    """A likely correction of an address that has a problem; None if it has none or none is clear."""
    reading = read_email(text)
    if reading.problem is None:
        return None
    guess = _guess(reading.value or _unpack(text))
    return guess if guess != reading.value else None


_KINDS = {
    "personal": Text(fr="personnelle", en="personal"),
    "professional": Text(fr="professionnelle", en="professional"),
    "generic": Text(fr="générique", en="generic"),
    "disposable": Text(fr="jetable", en="throw-away"),
}
EMAIL_KINDS = tuple(_KINDS)


def email_kind(address: str) -> str:
    """The kind of a clean address: a key of EMAIL_KINDS.

    >>> [email_kind(a) for a in ("contact@dupont.fr", "a.petit@gmail.com", "a.petit@dupont.fr")]
    ['generic', 'personal', 'professional']
    """
    local, _, domain = address.partition("@")
    if _domain(domain).disposable:
        return "disposable"
    if local in _local_parts()["generic"] or local.split(".")[0] in _local_parts()["generic"]:
        return "generic"
    return "personal" if domain in _providers() else "professional"


_EMAIL = Param("email", "e_mail", Text(fr="Adresse telle que saisie.", en="Address as typed."))


@function(
    "CRM_EMAIL",
    "CRM_COURRIEL",
    group="contacts",
    summary=Text(
        fr="Met une adresse e-mail en forme : minuscules, sans espaces ni mailto:. Une faute de "
        "frappe (gmial.com) n'est jamais corrigée d'office : voir CRM_COURRIEL_SUGGESTION.",
        en="Puts an e-mail address in form: small letters, no spaces, no mailto:. A misspelt domain "
        "(gmial.com) is never corrected by itself: see CRM_EMAIL_SUGGESTION.",
    ),
    params=[_EMAIL],
)
def format_email(email: str | None) -> str | None:
    """An address in small letters; None for a filler or an address that cannot work.

    >>> format_email(" Jean.DUPONT @gmail.com;"), format_email("test@test"), format_email("jean(at)free.fr")
    ('jean.dupont@gmail.com', None, 'jean@free.fr')
    """
    return read_email(email).value if email else None


@function(
    "CRM_EMAIL_ISSUE",
    "CRM_COURRIEL_ANOMALIE",
    group="contacts",
    summary=Text(
        fr="Dit ce qui ne va pas dans une adresse e-mail : sans @, domaine mal écrit, adresse "
        "jetable… Vide si tout va bien.",
        en="Says what is wrong with an e-mail address: no @, misspelt domain, throw-away… Blank if "
        "all is well.",
    ),
    params=[_EMAIL],
)
def email_issue(email: str | None, lang: Lang = "fr") -> str | None:
    """What is wrong with an address, in one sentence; None if nothing is.

    >>> email_issue("jean@gmial.com")
    'domaine sans doute mal écrit : jean@gmail.com ?'
    """
    problem = read_email(email).problem if email else None
    return problem.in_(lang) if problem else None


@function(
    "CRM_EMAIL_SUGGESTION",
    "CRM_COURRIEL_SUGGESTION",
    group="contacts",
    summary=Text(
        fr="Propose la correction probable d'une adresse fautive : gmial.com, virgule pour un point, "
        "@ double ou oublié. Vide si l'adresse est bonne ou si rien n'est sûr.",
        en="Suggests the likely correction of a wrong address: gmial.com, a comma for a dot, a "
        "double or forgotten @. Blank if the address is right or nothing is clear.",
    ),
    params=[_EMAIL],
)
def suggest_email(email: str | None) -> str | None:
    """The likely correction of an address, never applied by itself; None without one.

    >>> suggest_email("jean@gmial.con"), suggest_email("jean@free,fr"), suggest_email("jean@free.fr")
    ('jean@gmail.com', 'jean@free.fr', None)
    """
    return suggestion_for(email) if email else None


@function(
    "CRM_EMAIL_TYPE",
    "CRM_COURRIEL_TYPE",
    group="contacts",
    summary=Text(
        fr="Dit le type d'une adresse e-mail : personnelle (gmail, orange…), professionnelle, "
        "générique (contact@) ou jetable.",
        en="Tells the type of an e-mail address: personal (gmail, orange…), professional, generic "
        "(contact@) or throw-away.",
    ),
    params=[_EMAIL],
)
def email_type(email: str | None, lang: Lang = "fr") -> str | None:
    """The type of the first address of a cell; None without an address.

    >>> email_type("contact@dupont.fr"), email_type("jean@orange.fr", "en")
    ('générique', 'personal')
    """
    value = read_email(email).value if email else None
    return _KINDS[email_kind(value.split("; ")[0])].in_(lang) if value else None
