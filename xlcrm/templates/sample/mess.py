"""How people type: the ways in which a true value becomes a messy cell."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

from xlcrm.cells import to_serial

PLACEHOLDERS = ["NC", "N/A", "néant", "inconnu", "-", "?", "x", "xxx", "nc", "/"]


def name(rng: Random, text: str) -> str:
    """A name in capitals, without accents, with stray spaces, or as it should be."""
    return _pick(
        rng,
        (0.5, lambda: text),
        (0.24, lambda: text.upper()),
        (0.1, lambda: _no_accents(text)),
        (0.06, lambda: text.lower()),
        (0.05, lambda: f" {text} "),
        (0.03, lambda: _typo(rng, text)),
        (0.02, lambda: _mojibake(text)),
    )


def civility(rng: Random, text: str) -> str | None:
    forms = {
        "M.": ["M.", "M", "Mr", "MR", "Monsieur", "monsieur", "Mons."],
        "Mme": ["Mme", "MME", "Madame", "mme", "Mlle", "Mad.", "Mme."],
    }
    return None if rng.random() < 0.12 else rng.choice(forms[text])


def phone(rng: Random, digits: str) -> Any:
    """Pairs with any sign, the country code, a number that lost its 0, two in one cell."""
    pairs = [digits[i : i + 2] for i in range(0, 10, 2)]
    return _pick(
        rng,
        (0.3, lambda: " ".join(pairs)),
        (0.16, lambda: ".".join(pairs)),
        (0.1, lambda: digits),
        (0.16, lambda: float(digits)),
        (0.08, lambda: "+33 " + " ".join([digits[1], *pairs[1:]])),
        (0.05, lambda: f"0033{digits[1:]}"),
        (0.04, lambda: f"+33(0){digits[1:]}"),
        (0.04, lambda: "-".join(pairs)),
        (0.03, lambda: f"{' '.join(pairs)} (bureau)"),
        (0.02, lambda: f"{' '.join(pairs)} / 01 99 00 {rng.randint(10, 99)} 12"),
        (0.02, lambda: digits[:-1]),
    )


def email(rng: Random, text: str) -> str:
    local, _, domain = text.partition("@")
    return _pick(
        rng,
        (0.72, lambda: text),
        (0.08, lambda: text.upper()),
        (0.05, lambda: f" {text} "),
        (0.04, lambda: f"{local}@{domain}".replace("gmail", "gmial").replace("orange", "ornage")),
        (0.03, lambda: text.replace(".fr", ",fr").replace(".com", ".con")),
        (0.03, lambda: f"{local} @{domain}"),
        (0.02, lambda: f"{local}@@{domain}"),
        (0.02, lambda: local),
        (0.01, lambda: "test@test"),
    )


def postcode(rng: Random, text: str) -> Any:
    """A number most of the time, so that 01000 has become 1000."""
    return _pick(
        rng,
        (0.55, lambda: float(text)),
        (0.35, lambda: text),
        (0.06, lambda: f"{text[:2]} {text[2:]}"),
        (0.04, lambda: f"F-{text}"),
    )


def town(rng: Random, text: str) -> str:
    return _pick(
        rng,
        (0.45, lambda: text),
        (0.25, lambda: text.upper()),
        (0.12, lambda: _no_accents(text).upper().replace("-", " ")),
        (0.1, lambda: text.replace("Saint-", "St ").replace("-", " ")),
        (0.05, lambda: f"{text.upper()} CEDEX" if rng.random() < 0.3 else text),
        (0.03, lambda: _mojibake(text)),
    )


def street(rng: Random, text: str) -> str:
    short = text.replace("avenue", "av.").replace("boulevard", "bd").replace("rue", "r.")
    return _pick(
        rng,
        (0.5, lambda: text),
        (0.2, lambda: text.replace(" ", ", ", 1)),
        (0.15, lambda: short),
        (0.15, lambda: text.upper()),
    )


def day(rng: Random, value: date) -> Any:
    """A real date, a text in French order, an ISO text, a bare serial, a two-digit year."""
    return _pick(
        rng,
        (0.55, lambda: datetime(value.year, value.month, value.day)),
        (0.2, lambda: value.strftime("%d/%m/%Y")),
        (0.1, lambda: value.strftime("%d.%m.%y")),
        (0.08, lambda: value.isoformat()),
        (0.05, lambda: to_serial(value)),
        (0.02, lambda: "31/02/2025"),
    )


def flag(rng: Random, value: bool) -> Any:
    return rng.choice(["Oui", "oui", "X", "OUI"]) if value else rng.choice(["Non", "", "non", None])


def money(rng: Random, value: float) -> Any:
    text = f"{value:.2f}".replace(".", ",")
    return text + " €" if rng.random() < 0.04 else value


def lost(rng: Random, value: Any, share: float) -> Any:
    """The value, or nothing, or one of the words that people put where they know nothing."""
    if rng.random() >= share:
        return value
    return rng.choice([None, None, None, rng.choice(PLACEHOLDERS)])


def _pick(rng: Random, *ways: tuple[float, Any]) -> Any:
    roll = rng.random()
    for share, way in ways:
        roll -= share
        if roll < 0:
            return way()
    return ways[0][1]()


def _no_accents(text: str) -> str:
    return text.translate(
        str.maketrans("àâäéèêëîïôöùûüÿçÀÂÉÈÊËÎÏÔÙÛÇ", "aaaeeeeiioouuuycAAEEEEIIOUUC")
    )


def _mojibake(text: str) -> str:
    """UTF-8 read as Windows-1252, the way an export opened in the wrong program looks."""
    try:
        return text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return text


def _typo(rng: Random, text: str) -> str:
    if len(text) < 4:
        return text
    at = rng.randint(1, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
