"""The rules of prospecting as formulas: who may be contacted, when to call, how long to keep."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from xlcrm import cells
from xlcrm.catalogue import Kind, Param, Shape, function
from xlcrm.contacts.answers import is_opposed
from xlcrm.contacts.consent import Case, decide, is_generic_email, keep_until, read_consent
from xlcrm.contacts.consent_rules import (
    AUDIENCES,
    CHANNELS,
    audience_key,
    calling_hours,
    channel_key,
    limits,
)
from xlcrm.contacts.holidays import public_holiday
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text, listed

OK = "OK"
_CHANNELS = Text(
    fr=listed(text.fr for text in CHANNELS.values()),
    en=listed(text.en for text in CHANNELS.values()),
)
_AUDIENCES = Text(
    fr=listed(text.fr for text in AUDIENCES.values()),
    en=listed(text.en for text in AUDIENCES.values()),
)


@function(
    "CRM_MAY_CONTACT",
    "CRM_CONTACTABLE",
    group="contacts",
    summary=Text(
        fr="Dit « OK » si la loi française permet d'approcher ce contact par ce canal ce jour-là, "
        "sinon pourquoi pas. L'opposition l'emporte toujours.",
        en="Says OK if French law allows approaching this contact by that channel on that day, "
        "else why not. An opposition always wins.",
    ),
    params=[
        Param(
            "channel",
            "canal",
            Text(fr="{c}.", en="{c}.").format(c=_CHANNELS),
        ),
        Param(
            "day",
            "jour",
            Text(
                fr="Jour de l'action : les règles sont celles de ce jour.",
                en="Day of the action: the rules are those of that day.",
            ),
            kind=Kind.DATE,
        ),
        Param(
            "consent",
            "accord",
            Text(
                fr="Accord pour ce canal : oui, non, ou vide si rien n'a été demandé.",
                en="Consent for that channel: yes, no, or blank if it was never asked.",
            ),
            kind=Kind.ANY,
        ),
        Param(
            "opposition",
            "opposition",
            Text(
                fr="Opposition du contact : oui, une date, ou vide.",
                en="The contact's objection: yes, a date, or blank.",
            ),
            kind=Kind.ANY,
        ),
        Param("audience", "public", Text(fr="{a}.", en="{a}.").format(a=_AUDIENCES)),
        Param(
            "customer",
            "client",
            Text(
                fr="Oui pour un client, à qui l'on propose des produits similaires.",
                en="Yes for a customer who is offered similar products.",
            ),
            kind=Kind.FLAG,
        ),
        Param(
            "contract",
            "contrat",
            Text(
                fr="Oui si l'appel porte sur l'objet d'un contrat en cours.",
                en="Yes if the call is about the object of an ongoing contract.",
            ),
            kind=Kind.FLAG,
        ),
        Param(
            "last_sign",
            "dernier_contact",
            Text(
                fr="Dernière fois que le contact s'est manifesté : au-delà de 3 ans, c'est non.",
                en="The last time the contact gave a sign: after 3 years the answer is no.",
            ),
            kind=Kind.DATE,
        ),
        Param(
            "email",
            "email",
            Text(
                fr="L'adresse : contact@ d'une entreprise est libre.",
                en="The address: contact@ of a company is free.",
            ),
        ),
    ],
)
def check_contact(
    channel: str | None,
    day: date | None,
    consent: Any = None,
    opposition: Any = None,
    audience: str = "consumer",
    customer: bool = False,
    contract: bool = False,
    last_sign: date | None = None,
    email: str | None = None,
    lang: Lang = "fr",
) -> str | None:
    """OK, or the reason why not.

    Raises ArgumentError for an unknown channel or audience. Sources: see consent_rules.

    >>> check_contact("téléphone", date(2026, 8, 10))
    'OK'
    >>> check_contact("téléphone", date(2026, 8, 11))
    "Pas d'accord préalable (Code de la consommation L223-1, loi 2025-594)"
    """
    if channel is None or day is None:
        return None
    key = channel_key(channel)
    agreed, unclear = read_consent(consent)
    case = Case(
        channel=key,
        on=day,
        audience=audience_key(audience),
        consent=agreed,
        unclear=unclear,
        opposition=is_opposed(opposition),
        customer=bool(customer),
        contract=bool(contract),
        generic=key == "email" and is_generic_email(email),
        last_sign=last_sign,
    )
    code, reason = decide(case, lang=lang)
    return OK if code.startswith("ok") else reason


@function(
    "CRM_CALL_TIME",
    "CRM_HEURE_APPEL",
    group="contacts",
    summary=Text(
        fr="Dit « OK » si un particulier peut être appelé à ce moment (lundi à vendredi, 10-13 h "
        "et 14-20 h, hors jours fériés), sinon pourquoi pas.",
        en="Says OK if a consumer may be called at that moment (Monday to Friday, 10-13 h and "
        "14-20 h, no public holiday), else why not.",
    ),
    params=[
        Param(
            "moment",
            "moment",
            Text(
                fr="Date et heure, à l'heure de la personne appelée.",
                en="Date and time, in the time zone of the person called.",
            ),
            kind=Kind.ANY,
        ),
        Param(
            "department",
            "département",
            Text(
                fr="Département ou code postal, pour les jours fériés locaux (67, 974).",
                en="Department or postcode, for local public holidays (67, 974).",
            ),
            kind=Kind.LABEL,
        ),
    ],
)
def check_call_time(moment: Any, department: str = "", lang: Lang = "fr") -> str | None:
    """OK, or the reason why nobody may be called at that moment. Source: decree 2022-1313.

    Before 1 March 2023 there were no legal hours. Raises ArgumentError for what is no date.

    >>> check_call_time(datetime(2026, 11, 23, 10, 30)), check_call_time("11/11/2026 11:00")
    ('OK', 'Jour férié : Armistice de 1918')
    >>> check_call_time(datetime(2026, 11, 23, 13, 0))
    "Hors des heures d'appel : 10:00-13:00, 14:00-20:00"
    """
    if cells.is_blank(moment):
        return None
    when = _moment(moment)
    hours = [
        h
        for h in calling_hours()
        if h.valid_from <= when.date() and (h.valid_to is None or when.date() <= h.valid_to)
    ]
    if not hours:
        return OK
    if name := public_holiday(when.date(), department, lang):
        return Text(fr="Jour férié : {day}", en="Public holiday: {day}").format(day=name).in_(lang)
    today = [h for h in hours if h.weekday == when.isoweekday()]
    if not today:
        return Text(fr="Pas d'appel le week-end", en="No calls at the week-end").in_(lang)
    if any(h.start <= when.time() < h.end for h in today):
        return OK
    spans = listed(f"{h.start:%H:%M}-{h.end:%H:%M}" for h in today)
    text = Text(fr="Hors des heures d'appel : {spans}", en="Outside calling hours: {spans}")
    return text.format(spans=spans).in_(lang)


_CLOCK = re.compile(r"[ T](\d{1,2})(?:[:hH](\d{2}))?(?::\d{2})?h?$")


def _moment(value: Any) -> datetime:
    """A date with its time: a datetime, a serial, or text such as 23/11/2026 10:30."""
    if isinstance(value, datetime):
        return value
    day = cells.to_date(value)
    if isinstance(value, (int, float)):
        # A serial holds 13:00 as a fraction that may fall a microsecond short.
        return cells.from_serial(float(value) + 0.5 / 86400).replace(microsecond=0)
    clock = _CLOCK.search(str(value).strip())
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (0, 0)
    if day is None or hour > 23 or minute > 59:
        raise ArgumentError(
            fr="« {value} » n'est pas une date avec une heure.",
            en='"{value}" is not a date with a time.',
            value=str(value)[:60],
        )
    return datetime(day.year, day.month, day.day, hour, minute)


@function(
    "CRM_KEEP_UNTIL",
    "CRM_CONSERVATION",
    group="contacts",
    summary=Text(
        fr="Dernier jour où l'on peut garder un contact pour la prospection : 3 ans (par défaut) "
        "après la dernière fois qu'il s'est manifesté.",
        en="The last day on which a contact may be kept for prospecting: 3 years (by default) "
        "after the last sign from the person.",
    ),
    params=[
        Param(
            "last_sign",
            "dernier_contact",
            Text(
                fr="Collecte, achat, réponse ou clic ; pas une simple ouverture.",
                en="Collection, purchase, answer or click; a mere opening does not count.",
            ),
            kind=Kind.DATE,
        ),
        Param(
            "years",
            "années",
            Text(fr="Nombre d'années ; 3 par défaut.", en="Number of years; 3 by default."),
            shape=Shape.ONE,
            kind=Kind.INTEGER,
        ),
    ],
    returns=Kind.DATE,
)
def retention_end(last_sign: date | None, years: int | None = None) -> date | None:
    """The last day of retention. Source: CNIL guidance (indicative, so the years may be given).

    Raises ArgumentError for years outside 0 to 100.

    >>> retention_end(date(2024, 2, 29)), retention_end(date(2026, 11, 21), 10)
    (datetime.date(2027, 2, 28), datetime.date(2036, 11, 21))
    """
    if last_sign is None:
        return None
    kept = limits()["prospect_years"] if years is None else years
    if not 0 <= kept <= 100:
        raise ArgumentError(
            fr="Le nombre d'années va de 0 à 100, pas {years}.",
            en="The number of years goes from 0 to 100, not {years}.",
            years=kept,
        )
    return keep_until(last_sign, kept)
