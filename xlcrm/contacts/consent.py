"""Who may be contacted, by which channel, on which day: the French rules, as dated data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, Any

from xlcrm import cells
from xlcrm.contacts.answers import Answer, answer_day, is_opposed, read_answer
from xlcrm.contacts.consent_rules import (
    CHANNELS,
    Rule,
    channel_key,
    check_rule_set,
    limits,
    rule_for,
)
from xlcrm.contacts.survivors import day_of, number_of
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd

# The outcome of each check, by its code; the codes that begin with ok allow.
OUTCOMES: dict[str, Text] = {
    "ok_consent": Text(fr="Accord donné{proof}", en="Consent given{proof}"),
    "ok_contract": Text(
        fr="Contrat en cours, appel en rapport avec son objet ({source})",
        en="Ongoing contract, call about its object ({source})",
    ),
    "ok_customer": Text(
        fr="Client, pour des produits similaires, avec désinscription offerte ({source})",
        en="Customer, for similar products, with an opt-out offered ({source})",
    ),
    "ok_generic": Text(
        fr="Adresse générique d'entreprise, hors règles sur les personnes",
        en="Generic company address, outside the rules about persons",
    ),
    "ok_free": Text(fr="Permis sauf opposition ({source})", en="Allowed unless opposed ({source})"),
    "deceased": Text(fr="Personne décédée", en="Deceased person"),
    "opposed": Text(fr="Opposition du contact", en="The contact objected"),
    "refused": Text(fr="Refus du canal {channel}", en="Refusal of {channel}"),
    "unclear": Text(
        fr="Accord non compris pour le canal {channel} : « {unclear} »",
        en='Consent for {channel} not understood: "{unclear}"',
    ),
    "returned": Text(
        fr="Adresse notée NPAI/PND : le courrier reviendrait",
        en="Address marked undeliverable: the letter would come back",
    ),
    "no_consent": Text(fr="Pas d'accord préalable ({source})", en="No prior consent ({source})"),
    "forbidden": Text(
        fr="Interdit hors contrat en cours ({source})",
        en="Forbidden outside an ongoing contract ({source})",
    ),
    "too_old": Text(
        fr="Sans nouvelles depuis plus de {years} ans (le {day}) : à effacer ou archiver",
        en="No sign for more than {years} years ({day}): to erase or archive",
    ),
    "attempts": Text(
        fr="Déjà {n} appel(s) en {days} jours (décret 2022-1313)",
        en="Already {n} call(s) in {days} days (decree 2022-1313)",
    ),
    "silence": Text(
        fr="Refus au téléphone il y a moins de {days} jours (décret 2022-1313)",
        en="Refusal on the phone less than {days} days ago (decree 2022-1313)",
    ),
}
_GENERIC = frozenset(
    ["contact", "info", "infos", "accueil", "commercial", "service", "services", "direction"]
    + ["secretariat", "compta", "comptabilite", "achats", "ventes", "mairie", "bonjour", "hello"]
    + ["admin", "administration", "sav", "office", "sales", "support", "communication", "rh"]
)
_PROFESSIONAL = frozenset(["professionnel", "pro", "entreprise", "societe", "b2b", "company"])
_CONSUMER = frozenset(["particulier", "part", "b2c", "consommateur", "individual", "consumer"])


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at for one contact and one approach."""

    channel: str
    on: date
    audience: str = "consumer"
    consent: bool | None = None
    opposition: bool = False
    unclear: str = ""  # what was typed as consent and is neither yes nor no
    deceased: bool = False
    returned: bool = False  # letters to the address came back
    customer: bool = False
    contract: bool = False
    generic: bool = False
    last_sign: date | None = None  # of life: a contact or purchase that came from the person
    proof: str = ""
    attempts: int = 0  # calls in the last `attempts_days`
    refused_on: date | None = None  # a refusal on the phone


def decide(
    case: Case,
    *,
    similar_products: bool = True,
    works: bool = False,
    rule_set: str | None = None,
    lang: Lang = "fr",
) -> tuple[str, str]:
    """The code of the outcome (see OUTCOMES) and its sentence.

    An opposition or a refusal wins over everything, and what is unclear is no consent; then the
    age of the data, the rule of the channel with its exceptions, and the limits on the number of
    calls.

    >>> decide(Case("phone", date(2026, 9, 1)))[0]
    'no_consent'
    >>> decide(Case("phone", date(2026, 9, 1), consent=True, proof="salon, 12/03/2026"))
    ('ok_consent', 'Accord donné (salon, 12/03/2026)')
    """
    rule = rule_for(case.channel, case.audience, case.on, "works" if works else "", rule_set)
    code = _outcome(case, rule, similar_products)
    if code.startswith("ok") and case.channel == "phone" and case.audience == "consumer":
        code = _call_limits(case) or code
    known = limits()
    text = OUTCOMES[code].format(
        proof=f" ({case.proof})" if case.proof else "",
        source=rule.source,
        channel=CHANNELS[case.channel],
        unclear=case.unclear,
        years=_kept_years(case),
        day=f"{case.last_sign:%d/%m/%Y}" if case.last_sign else "",
        n=case.attempts,
        days=known["attempts_days"] if code == "attempts" else known["silence_days"],
    )
    return code, text.in_(lang)


def _outcome(case: Case, rule: Rule, similar_products: bool) -> str:
    if barred := _barred(case):
        return barred
    if case.contract and rule.exception == "contract":
        return "ok_contract"
    if rule.requirement == "forbidden":
        return "forbidden"
    if case.generic and rule.exception == "generic":
        return "ok_generic"
    if (
        case.last_sign
        and not case.contract
        and keep_until(case.last_sign, _kept_years(case)) < case.on
    ):
        return "too_old"
    if case.consent:
        return "ok_consent"
    if rule.requirement == "no_opposition":
        return "ok_free"
    if rule.exception == "customer" and case.customer and similar_products:
        return "ok_customer"
    return "no_consent"


def _barred(case: Case) -> str | None:
    """What bars an approach whatever the rule."""
    if case.deceased:
        return "deceased"
    if case.opposition:
        return "opposed"
    if case.consent is False:
        return "refused"
    if case.unclear:
        return "unclear"
    return "returned" if case.returned and case.channel == "post" else None


def _call_limits(case: Case) -> str | None:
    known = limits()
    silence = timedelta(days=known["silence_days"])
    if case.refused_on and case.refused_on <= case.on < case.refused_on + silence:
        return "silence"
    return "attempts" if case.attempts >= known["attempts"] else None


def _kept_years(case: Case) -> int:
    return limits()["customer_years" if case.customer else "prospect_years"]


def keep_until(last_sign: date, years: int) -> date:
    """The last day on which a contact may be approached: so many years after the last sign of life,
    or the last day of the calendar, for 31/12/9999 typed as "never".

    >>> keep_until(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    if last_sign.year + years > MAXYEAR:
        return date.max
    try:
        return last_sign.replace(year=last_sign.year + years)
    except ValueError:  # 29 February
        return last_sign.replace(year=last_sign.year + years, day=28)


def may_contact(
    frame: pd.DataFrame,
    channel: str,
    on: date,
    *,
    contract: bool | pd.Series = False,
    similar_products: bool = True,
    works: bool = False,
    customer: pd.Series | None = None,
    attempts: pd.Series | None = None,
    refused_on: pd.Series | None = None,
    rule_set: str | None = None,
    lang: Lang = "fr",
) -> pd.DataFrame:
    """Whether each contact may be approached by a channel on a day, and why.

    A table with the index of `frame`: allowed (bool), code (a key of OUTCOMES, to count by),
    reason (a sentence). It is the law only: whether there is a number to call is another matter.

    contract: the approach belongs to the object of an ongoing contract (a flag, or one per row).
    similar_products: the offer is for products similar to what a customer bought.
    works: the offer is about home-energy or adaptation works.
    customer: whether each row is a customer; by default one with a last purchase, a frequency or
    a basket. attempts, refused_on: calls in the last 30 days, and the day of a refusal on the
    phone, one per row. rule_set: the code of a rule set to use in place of the one in force on
    that day, for an exercise ("bloctel").

    >>> import pandas as pd
    >>> base = pd.DataFrame({"consent_phone": [True, None], "opposition": [None, None]})
    >>> may_contact(base, "phone", date(2026, 9, 1))["code"].tolist()
    ['ok_consent', 'no_consent']
    """
    import pandas as pd

    channel = channel_key(channel)
    if rule_set:
        check_rule_set(rule_set)
    size = len(frame)
    given = {
        "contract": _per_row(contract, size),
        "customer": _per_row(customer, size),
        "attempts": _per_row(attempts, size),
        "refused_on": _per_row(refused_on, size),
    }
    told: dict[Case, tuple[str, str]] = {}
    lines = []
    for i, record in enumerate(frame.to_dict("records")):
        row = {str(k): v for k, v in record.items()}
        case = case_of(row, channel, on, {name: values[i] for name, values in given.items()})
        if case not in told:
            told[case] = decide(
                case, similar_products=similar_products, works=works, rule_set=rule_set, lang=lang
            )
        lines.append((told[case][0].startswith("ok"), *told[case]))
    return pd.DataFrame(lines, columns=["allowed", "code", "reason"], index=frame.index).astype(
        {"allowed": bool}
    )


def _per_row(value: Any, size: int) -> list[Any]:
    if value is None or isinstance(value, bool):
        return [value] * size
    return list(value)


def case_of(row: Mapping[str, Any], channel: str, on: date, given: Mapping[str, Any]) -> Case:
    """The case of a row of canonical columns; `given` says what no column holds."""
    customer = given.get("customer")
    given_consent = row.get(f"consent_{channel}")
    consent, unclear = read_consent(given_consent)
    if is_opposed(row.get(f"opposition_{channel}")):
        consent = False
    day = day_of(row.get("consent_date")) or (answer_day(given_consent) if consent else None)
    return Case(
        channel=channel,
        on=on,
        audience=audience_of(row),
        consent=consent,
        opposition=is_opposed(row.get("opposition")),
        unclear=unclear,
        deceased=is_opposed(row.get("deceased")),
        returned=is_opposed(row.get("returned")),
        customer=is_customer(row) if customer is None else bool(customer),
        contract=bool(given.get("contract") or False),
        generic=channel == "email" and is_generic_email(row.get("email")),
        last_sign=_last_sign(row, day),
        proof=_proof(row, day) if consent else "",
        attempts=int(number_of(given.get("attempts")) or 0),
        refused_on=day_of(given.get("refused_on")),
    )


def audience_of(row: Mapping[str, Any]) -> str:
    """Consumer or professional: what the kind says, else a company name or number makes a pro.

    >>> audience_of({"company": "Dupont SA"}), audience_of({"kind": "Particulier"})
    ('professional', 'consumer')
    """
    kind = (cells.to_text(row.get("kind")) or "").casefold().replace("é", "e")
    if kind in _PROFESSIONAL:
        return "professional"
    if kind in _CONSUMER:
        return "consumer"
    business = any(not cells.is_blank(row.get(c)) for c in ("company", "siret", "siren"))
    return "professional" if business else "consumer"


def is_customer(row: Mapping[str, Any]) -> bool:
    """True when the row tells of a purchase.

    >>> is_customer({"last_purchase": date(2026, 1, 5)}), is_customer({"frequency": 0})
    (True, False)
    """
    if day_of(row.get("last_purchase")):
        return True
    return any((number_of(row.get(c)) or 0) > 0 for c in ("frequency", "basket"))


def is_generic_email(value: Any) -> bool:
    """True for an address of no person, such as contact@.

    >>> is_generic_email("contact@dupont.fr"), is_generic_email("anne.petit@dupont.fr")
    (True, False)
    """
    local = (cells.to_text(value) or "").casefold().partition("@")[0]
    return local in _GENERIC


def read_consent(value: Any) -> tuple[bool | None, str]:
    """A consent as yes, no or None, and what was typed where it is not understood.

    >>> read_consent("oui (12/03/2024)"), read_consent("à voir")
    ((True, ''), (None, 'à voir'))
    """
    answer = read_answer(value)
    unclear = ""
    if answer is Answer.UNCLEAR:
        unclear = f"{value:%d/%m/%Y}" if isinstance(value, date) else cells.to_text(value) or ""
    return {Answer.YES: True, Answer.NO: False}.get(answer), unclear[:40]


def _last_sign(row: Mapping[str, Any], consent_day: date | None) -> date | None:
    days = [day_of(row.get(c)) for c in ("last_contact", "last_purchase", "created")]
    return max((day for day in (*days, consent_day) if day), default=None)


def _proof(row: Mapping[str, Any], day: date | None) -> str:
    source = cells.to_text(row.get("consent_source"))
    return ", ".join(part for part in (source, f"{day:%d/%m/%Y}" if day else None) if part)
