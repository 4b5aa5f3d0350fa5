"""Payment terms as French firms write them: the due date, the legal limit, the average delay.

"30 jours fin de mois le 10", "45 j fin de mois", "comptant". End of month has two lawful readings
for "45 jours fin de mois": A adds the days and then goes to the end of the month (the default),
B goes to the end of the month and then adds the days.
"""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from xlcrm.budget import days
from xlcrm.budget.arguments import blank_in_blank_out, folded, words_of
from xlcrm.catalogue import Kind, Param, function
from xlcrm.errors import ArgumentError
from xlcrm.texts import Lang, Text

# Article L441-10 of the Code de commerce, between firms: agreed terms may not go beyond.
LEGAL_DAYS = 60
LEGAL_DAYS_END_OF_MONTH = 45
_LONGEST_WAIT_IN_DECADE = 10  # from the 21st to the 31st
_MOST_DAYS = 730
_CASH = frozenset(
    "comptant|au comptant|reception|reception de|la commande|la livraison|immediat|cash|"
    "on receipt|due on receipt|immediate|prompt|0|comptant la commande|comptant la livraison|"
    "comptant reception|on delivery|cash on delivery|with order|cash with order".split("|")
)
_UNIT = r"(?P<unit>j|jr|jrs|jours?|d|days?|m|mois|months?)?"
_END = r"(?P<end>fdm|fm|fin de mois|fin mois|eom|end of month|fin de decade|end of decade)"
_DAY = r"(?: (?:(?P<le>le|the|on the) )?(?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?: (?:du )?(?:mois )?suivant)?)?"
_READING = r"(?: ?\(?(?P<reading>[ab])\)?)?"
# Words that change nothing: "30 jours nets date de facture", "virement à 30 jours".
_FILLER = re.compile(
    r"^(?:paiement|reglement|payment)\b(?: a\b)?"
    r"|^(?:par )?(?:virement|cheque|prelevement|traite|lcr|effet|carte|especes)\b(?: a\b)?"
    r"|^a |\bnets?\b|(?<=comptant) a\b"
    r"|(?<=[jrs\d]) (?:a |des |apres )?(?:la )?reception(?: de)?(?: la)?(?: facture)?$"
    r"|\b(?:a compter de |de )?(?:la )?(?:date (?:de |d'emission de )?(?:la )?)?facture\b"
    r"|\b(?:from |after )?(?:the )?(?:date of )?(?:the )?invoice(?: date)?\b"
)
_AFTER = re.compile(rf"(?P<n>\d+) ?{_UNIT}(?:(?: ?\+)? {_END})?{_DAY}{_READING}")
_BEFORE = re.compile(rf"{_END} ?(?:\+|plus)? ?(?P<n>\d+) ?{_UNIT}{_DAY}{_READING}")
_ALONE = re.compile(rf"{_END}(?: (?:le|the|on the) (?P<day>\d{{1,2}}))?")
_DAY_OF_NEXT = re.compile(
    r"(?:le|the|on the) (?P<day>\d{1,2})(?:er|st|nd|rd|th)? "
    r"(?:(?:du |of (?:the )?)?(?:mois suivant|following month|next month))"
)
_EXAMPLES = "comptant, 30 j, 60 jours, 30 j fin de mois, 45 j fin de mois B, 30 j fin de mois le 10"
_EXAMPLES_EN = "cash, 30 d, 60 days, 30 d end of month, 45 d end of month B, 30 d eom the 10"
_TERMS_HELP = Text(
    fr=f"Conditions de règlement : {_EXAMPLES}, 1 mois fin de mois.",
    en=f"Payment terms: {_EXAMPLES_EN}, 1 month end of month.",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Payment terms: days or months, then the end of the month or decade, then a day."""

    days: int = 0
    months: int = 0
    end: str = ""  # "", "month" or "decade"
    end_first: bool = False  # reading B
    day: int = 0  # of the month that follows the end of month


@functools.lru_cache(maxsize=1024)
def read_terms(text: str) -> Terms:
    """Payment terms out of what people write; a plain number is days.

    "30 jours le 10" is read as "30 jours fin de mois le 10", and "le 10 du mois suivant" as "fin
    de mois le 10".

    Raises ArgumentError that gives examples.

    >>> read_terms("45 jours fin de mois")
    Terms(days=45, months=0, end='month', end_first=False, day=0)
    >>> read_terms("fin de mois + 45 j") == read_terms("45 j FDM B")
    True
    """
    plain = folded(text).replace(".", "").replace(",", " ")
    plain = " ".join(_FILLER.sub(" ", plain).split()) or plain
    if plain in _CASH:
        return Terms()
    alone = _ALONE.fullmatch(plain)
    if alone and "decade" not in alone["end"]:
        return Terms(end="month", day=int(alone["day"] or 0))
    following = _DAY_OF_NEXT.fullmatch(plain)
    if following:
        return Terms(end="month", day=int(following["day"]))
    first = _BEFORE.fullmatch(plain)
    match = first or _AFTER.fullmatch(plain)
    if not match or int(match["n"]) > _MOST_DAYS:
        raise _unreadable(text)
    if match["day"] and not match["end"] and not match["le"]:  # "30 j 10"
        raise _unreadable(text)
    number = int(match["n"])
    months = (match["unit"] or "j").startswith("m")
    named = match["end"] or ("month" if match["day"] else "")  # "30 jours le 10"
    end = "decade" if "decade" in named else "month" if named else ""
    return Terms(
        days=0 if months else number,
        months=number if months else 0,
        end=end,
        end_first=match["reading"] == "b" or (bool(first) and match["reading"] != "a"),
        day=int(match["day"] or 0),
    )


@function(
    "CRM_DUE_DATE",
    "CRM_ECHEANCE",
    group="budgets",
    summary=Text(
        fr="Date d'échéance d'une facture selon ses conditions de règlement : comptant, 30 j, "
        "45 j fin de mois, 30 j fin de mois le 10…",
        en="Due date of an invoice from its payment terms: cash, 30 d, 45 d end of month, 30 d end "
        "of month the 10…",
    ),
    params=[
        Param(
            "invoice_date",
            "date_facture",
            Text(fr="Date de la facture.", en="Date of the invoice."),
            kind=Kind.DATE,
        ),
        Param(
            "terms",
            "conditions",
            Text(
                fr=f"Conditions, par exemple : {_EXAMPLES}. B : fin de mois d'abord, puis jours. "
                "Pour la fin du mois suivant : 1 mois fin de mois (30 j du 31/01 mènent en mars).",
                en=f"Terms, such as: {_EXAMPLES_EN}. B: end of month first, then the days. For the "
                "end of next month: 1 month end of month (30 d from 31/01 lead to March).",
            ),
        ),
        Param(
            "working_day",
            "jour_ouvré",
            Text(
                fr=f"Décaler au jour ouvré : {words_of(days.SHIFTS).fr}. Par défaut : non.",
                en=f"Move to a working day: {words_of(days.SHIFTS).en}. Default: no.",
            ),
        ),
    ],
    returns=Kind.DATE,
)
@blank_in_blank_out
def due_date(invoice_date: date, terms: str, working_day: str = "none") -> date:
    """The date on which an invoice is to be paid.

    Months count as calendar months, kept within the month (31/01 + 1 month is 28/02). Raises
    ArgumentError for terms that cannot be read. Source of readings A and B of 45 days end of
    month: article L441-10 of the Code de commerce and the DGCCRF's guidance on it.

    >>> due_date(date(2026, 1, 20), "45 j fin de mois")
    datetime.date(2026, 3, 31)
    >>> due_date(date(2026, 1, 20), "45 j fin de mois B")
    datetime.date(2026, 3, 17)
    >>> due_date(date(2026, 1, 20), "30 j fin de mois le 10")
    datetime.date(2026, 3, 10)
    """
    return days.working_day(_due(invoice_date, read_terms(terms)), working_day)


def _due(start: date, terms: Terms) -> date:
    if terms.end_first:
        day = _later(_end(start, terms.end), terms)
    else:
        day = _end(_later(start, terms), terms.end)
    if terms.day:
        following = _end(day, "month") + timedelta(days=1)
        day = following.replace(day=min(terms.day, _month_length(following)))
    return day


def _later(day: date, terms: Terms) -> date:
    return months_later(day, terms.months) + timedelta(days=terms.days)


def months_later(day: date, months: int) -> date:
    """The same day some months later, kept within the month: EDATE.

    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 1, 31), -2)
    (datetime.date(2026, 2, 28), datetime.date(2025, 11, 30))
    """
    years, month = divmod(day.month - 1 + months, 12)
    if not MINYEAR <= day.year + years <= MAXYEAR:
        raise OverflowError("date value out of range")  # as timedelta does
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, _month_length(first)))


def _end(day: date, end: str) -> date:
    if not end:
        return day
    if end == "decade" and day.day <= 20:
        return day.replace(day=10 if day.day <= 10 else 20)
    return day.replace(day=_month_length(day))


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


@function(
    "CRM_TERMS_ISSUE",
    "CRM_DELAI_ALERTE",
    group="budgets",
    summary=Text(
        fr="Dit pourquoi des conditions de règlement ne conviennent pas : illisibles, ou au-delà "
        "de la limite légale (60 jours, ou 45 jours fin de mois). Vide si tout va bien.",
        en="Tells why payment terms will not do: unreadable, or beyond the French legal limit "
        "(60 days, or 45 days end of month). Blank when all is well.",
    ),
    params=[
        Param(
            "terms",
            "conditions",
            _TERMS_HELP,
        ),
        Param(
            "invoice_date",
            "date_facture",
            Text(
                fr="Facultatif : pour juger sur l'échéance exacte de cette facture.",
                en="Optional: to judge on the exact due date of this invoice.",
            ),
            kind=Kind.DATE,
        ),
    ],
)
def terms_issue(
    terms: str | None, invoice_date: date | None = None, lang: Lang = "fr"
) -> str | None:
    """Why payment terms between firms will not do; None when they will.

    Source: article L441-10 of the Code de commerce (60 days from the invoice, or 45 days end of
    month when the contract says so).

    >>> terms_issue("30 j fin de mois"), terms_issue("90 j", lang="en")
    (None, 'Beyond the legal limit: 60 days, or 45 days end of month.')
    """
    if terms is None:
        return None
    try:
        read = read_terms(terms)
    except ArgumentError as error:
        return error.in_(lang)
    if invoice_date is not None:
        late = _due(invoice_date, read) > _limit(invoice_date, read)
        return _TOO_LONG.in_(lang) if late else None
    longest = read.days + 30 * read.months + read.day
    if longest > (LEGAL_DAYS_END_OF_MONTH if read.end == "month" else LEGAL_DAYS):
        return _TOO_LONG.in_(lang)
    if read.end == "decade" and longest + _LONGEST_WAIT_IN_DECADE > LEGAL_DAYS:
        return _DECADE_TOO_LONG.in_(lang)
    return None


_TOO_LONG = Text(
    fr=f"Au-delà de la limite légale : {LEGAL_DAYS} jours, ou {LEGAL_DAYS_END_OF_MONTH} jours "
    "fin de mois.",
    en=f"Beyond the legal limit: {LEGAL_DAYS} days, or {LEGAL_DAYS_END_OF_MONTH} days end of "
    "month.",
)


_DECADE_TOO_LONG = Text(
    fr=f"Peut dépasser la limite légale de {LEGAL_DAYS} jours : la fin de décade ajoute jusqu'à "
    f"{_LONGEST_WAIT_IN_DECADE} jours.",
    en=f"May go beyond the legal limit of {LEGAL_DAYS} days: the end of decade adds up to "
    f"{_LONGEST_WAIT_IN_DECADE} days.",
)


def _limit(invoice_date: date, terms: Terms) -> date:
    net = invoice_date + timedelta(days=LEGAL_DAYS)
    if terms.end != "month":
        return net
    readings = (Terms(LEGAL_DAYS_END_OF_MONTH, 0, "month", first) for first in (False, True))
    return max(_due(invoice_date, reading) for reading in readings)


@function(
    "CRM_DUE_DATE_ISSUE",
    "CRM_ECHEANCE_ALERTE",
    group="budgets",
    summary=Text(
        fr="Dit ce qui ne va pas dans une échéance saisie : avant la facture, ou au-delà de la "
        "limite légale entre entreprises. Vide si tout va bien.",
        en="Tells what is wrong with a due date that was typed: before the invoice, or beyond the "
        "French legal limit between firms. Blank when all is well.",
    ),
    params=[
        Param(
            "invoice_date",
            "date_facture",
            Text(fr="Date de la facture.", en="Date of the invoice."),
            kind=Kind.DATE,
        ),
        Param("due", "échéance", Text(fr="Date d'échéance.", en="Due date."), kind=Kind.DATE),
    ],
)
def due_date_issue(invoice_date: date | None, due: date | None, lang: Lang = "fr") -> str | None:
    """What is wrong with a due date; None when nothing is.

    A date is beyond the limit when it is later than 60 days and than both readings of 45 days end
    of month.

    >>> due_date_issue(date(2026, 3, 1), date(2026, 2, 1))
    "L'échéance vient avant la facture."
    """
    if invoice_date is None or due is None:
        return None
    if due < invoice_date:
        text = Text(
            fr="L'échéance vient avant la facture.", en="The due date comes before the invoice."
        )
        return text.in_(lang)
    if due > max(_limit(invoice_date, Terms()), _limit(invoice_date, Terms(end="month"))):
        return _TOO_LONG.in_(lang)
    return None


@function(
    "CRM_FLOW_TIME",
    "CRM_TEMPS_ECOULEMENT",
    group="budgets",
    summary=Text(
        fr="Durée moyenne, en jours, entre une facture et son règlement : 30 j fin de mois le 10 "
        "= 30 + 15 + 10 = 55 jours.",
        en="Average time, in days, between an invoice and its payment: 30 d end of month the 10 = "
        "30 + 15 + 10 = 55 days.",
    ),
    params=[
        Param(
            "terms",
            "conditions",
            _TERMS_HELP,
        )
    ],
    returns=Kind.NUMBER,
)
@blank_in_blank_out
def flow_time(terms: str) -> int:
    """The average delay in days, months of 30 days, invoices spread evenly over the month.

    >>> [flow_time(t) for t in ("comptant", "60 j", "30 j fin de mois", "30 j fin de mois le 10")]
    [0, 60, 45, 55]
    """
    read = read_terms(terms)
    wait = {"": 0, "month": 15, "decade": 5}[read.end]
    return read.days + 30 * read.months + wait + read.day


def _unreadable(text: str) -> ArgumentError:
    return ArgumentError(
        fr="Conditions de règlement « {text} » illisibles ; exemples : {examples}.",
        en='Payment terms "{text}" cannot be read; examples: {examples}.',
        text=text[:60],
        examples=Text(fr=_EXAMPLES, en=_EXAMPLES_EN),
    )
