"""The rules of prospecting in France, as dated data: which one holds on a day, and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import cache

from xlcrm.data import read_rows
from xlcrm.errors import ArgumentError, RequestError
from xlcrm.texts import Text, listed

CHANNELS: dict[str, Text] = {
    "phone": Text(fr="téléphone", en="phone"),
    "email": Text(fr="e-mail", en="e-mail"),
    "sms": Text(fr="SMS", en="SMS"),
    "post": Text(fr="courrier", en="post"),
}
AUDIENCES: dict[str, Text] = {
    "consumer": Text(fr="particulier", en="consumer"),
    "professional": Text(fr="professionnel", en="professional"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a channel asks for with an audience, from a day to a day (None: still in force).

    requirement: "consent" (a prior agreement), "no_opposition" (free unless the person objected)
    or "forbidden". exception: "contract", "customer", "generic" or "". subject: "works" for
    home-energy and adaptation works, "" for anything.
    """

    rule_set: str
    channel: str
    audience: str
    subject: str
    valid_from: date
    valid_to: date | None
    requirement: str
    exception: str
    source: Text

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the week (weekday 1 is Monday) in which a consumer may be called."""

    valid_from: date
    valid_to: date | None
    weekday: int
    start: time
    end: time


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, past and present."""
    return tuple(
        Rule(
            rule_set=row["rule_set"],
            channel=row["channel"],
            audience=row["audience"],
            subject=row["subject"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            requirement=row["requirement"],
            exception=row["exception"],
            source=Text(fr=row["fr"], en=row["en"]),
        )
        for row in read_rows("contact_rules")
    )


def rule_for(
    channel: str, audience: str, on: date, subject: str = "", rule_set: str | None = None
) -> Rule:
    """The rule of a channel and an audience on a day; with `rule_set`, whatever the day.

    Raises ArgumentError for an unknown channel or audience or a day before the first rule,
    RequestError for an unknown rule set.

    >>> rule_for("phone", "consumer", date(2026, 8, 10)).rule_set
    'bloctel'
    >>> rule_for("phone", "consumer", date(2026, 8, 11)).requirement
    'consent'
    """
    channel = channel_key(channel)
    found = [r for r in rules() if r.channel == channel and r.audience == audience]
    if not found:
        raise _unknown(audience, AUDIENCES, Text(fr="public", en="audience"))
    if rule_set:
        check_rule_set(rule_set)
        named = [r for r in found if r.rule_set == rule_set]
        found = named or [r for r in found if r.holds(on)]
    else:
        found = [r for r in found if r.holds(on)]
    found = [r for r in found if r.subject == subject] or [r for r in found if not r.subject]
    if not found:
        raise ArgumentError(
            fr="Pas de règle connue pour {channel} le {on}.",
            en="No rule is known for {channel} on {on}.",
            channel=CHANNELS[channel],
            on=on.strftime("%d/%m/%Y"),
        )
    return found[-1]


def check_rule_set(code: str) -> None:
    """Raises RequestError for a rule set that is not there."""
    codes = sorted({r.rule_set for r in rules() if r.rule_set})
    if code not in codes:
        raise RequestError(
            fr=f"Pas de jeu de règles « {code} » ; il y a : {listed(codes)}.",
            en=f'No rule set "{code}"; there are: {listed(codes, "en")}.',
        )


def channel_key(channel: str) -> str:
    """The key of a channel, named in either language.

    >>> channel_key("Téléphone"), channel_key("e-mail")
    ('phone', 'email')
    """
    return _key(channel, CHANNELS, Text(fr="canal", en="channel"))


def audience_key(audience: str) -> str:
    """The key of an audience, named in either language.

    >>> audience_key("Particulier"), audience_key("professional")
    ('consumer', 'professional')
    """
    return _key(audience, AUDIENCES, Text(fr="public", en="audience"))


def _key(value: str, known: dict[str, Text], what: Text) -> str:
    wanted = value.strip().casefold()
    for key, text in known.items():
        if wanted in (key, text.fr.casefold(), text.en.casefold()):
            return key
    raise _unknown(value, known, what)


def _unknown(value: str, known: dict[str, Text], what: Text) -> ArgumentError:
    return ArgumentError(
        fr=f"{what.fr.capitalize()} inconnu : « {value} » ; choix : "
        f"{listed(t.fr for t in known.values())}.",
        en=f'Unknown {what.en}: "{value}"; choices: '
        f"{listed((t.en for t in known.values()), 'en')}.",
    )


@cache
def limits() -> dict[str, int]:
    """The limits of prospecting by name: attempts, attempts_days, silence_days, prospect_years…

    >>> limits()["attempts"], limits()["silence_days"]
    (4, 60)
    """
    return {row["limit"]: int(row["value"]) for row in read_rows("contact_limits")}


@cache
def calling_hours() -> tuple[Hours, ...]:
    """The spans of the week in which a consumer may be called."""
    return tuple(
        Hours(
            date.fromisoformat(row["valid_from"]),
            _day(row["valid_to"]),
            int(row["weekday"]),
            time.fromisoformat(row["start"]),
            time.fromisoformat(row["end"]),
        )
        for row in read_rows("calling_hours")
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
