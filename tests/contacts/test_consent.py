"""Who may be contacted: the rules of each channel, by date, audience and exception."""

from datetime import date, datetime

import pandas as pd
import pytest

from xlcrm.contacts.approach import check_call_time, check_contact, retention_end
from xlcrm.contacts.consent import OUTCOMES, Case, audience_of, decide, may_contact
from xlcrm.contacts.consent_rules import CHANNELS, calling_hours, limits, rule_for, rules
from xlcrm.errors import ArgumentError, RequestError

BEFORE, AFTER = date(2026, 8, 10), date(2026, 8, 11)
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        # Telephone, consumers: Bloctel until 10 August 2026, consent from the 11th.
        (Case("phone", BEFORE), "ok_free"),
        (Case("phone", AFTER), "no_consent"),
        (Case("phone", AFTER, consent=True), "ok_consent"),
        (Case("phone", AFTER, customer=True), "no_consent"),
        (Case("phone", AFTER, contract=True), "ok_contract"),
        (Case("phone", BEFORE, opposition=True), "opposed"),
        (Case("phone", BEFORE, consent=False), "refused"),
        # Telephone, professionals: legitimate interest.
        (Case("phone", AFTER, audience="professional"), "ok_free"),
        (Case("phone", AFTER, audience="professional", opposition=True), "opposed"),
        # E-mail and SMS, persons: opt-in, but for own customers.
        (Case("email", TODAY), "no_consent"),
        (Case("email", TODAY, consent=True), "ok_consent"),
        (Case("email", TODAY, customer=True), "ok_customer"),
        (Case("sms", TODAY, customer=True), "ok_customer"),
        (Case("sms", TODAY), "no_consent"),
        (Case("email", TODAY, contract=True), "no_consent"),
        # E-mail, professionals: opposition; contact@ is free, but an opposition still wins.
        (Case("email", TODAY, audience="professional"), "ok_free"),
        (Case("email", TODAY, audience="professional", generic=True), "ok_generic"),
        (Case("email", TODAY, audience="professional", generic=True, opposition=True), "opposed"),
        (Case("email", TODAY, audience="professional", consent=False), "refused"),
        # Post: opposition.
        (Case("post", TODAY), "ok_free"),
        (Case("post", TODAY, opposition=True), "opposed"),
        # Retention: three years after the last sign of life.
        (Case("post", TODAY, last_sign=date(2023, 11, 20)), "too_old"),
        (Case("post", TODAY, last_sign=date(2023, 11, 21)), "ok_free"),
        (Case("email", TODAY, consent=True, last_sign=date(2020, 1, 1)), "too_old"),
        (Case("phone", TODAY, contract=True, last_sign=date(2020, 1, 1)), "ok_contract"),
        # Decree 2022-1313: 4 attempts in 30 days, 60 days after a refusal.
        (Case("phone", TODAY, consent=True, attempts=3), "ok_consent"),
        (Case("phone", TODAY, consent=True, attempts=4), "attempts"),
        (Case("phone", TODAY, contract=True, refused_on=date(2026, 9, 23)), "silence"),
        (Case("phone", TODAY, contract=True, refused_on=date(2026, 9, 22)), "ok_contract"),
        (Case("phone", TODAY, audience="professional", attempts=9), "ok_free"),
        (Case("email", TODAY, consent=True, attempts=9), "ok_consent"),
    ],
)
def test_outcome(case, code):
    assert decide(case)[0] == code


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("audience", ["consumer", "professional"])
@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_an_opposition_always_wins(channel, audience, on):
    case = Case(
        channel,
        on,
        audience,
        consent=True,
        opposition=True,
        customer=True,
        contract=True,
        generic=True,
    )
    assert decide(case)[0] == "opposed"


def test_home_energy_works_need_an_ongoing_contract():
    asked = Case("phone", TODAY, consent=True)
    assert decide(asked, works=True)[0] == "forbidden"
    assert decide(Case("phone", TODAY, contract=True), works=True)[0] == "ok_contract"
    assert decide(Case("phone", TODAY, audience="professional"), works=True)[0] == "ok_free"


def test_a_customer_is_only_asked_about_similar_products():
    assert decide(Case("email", TODAY, customer=True), similar_products=False)[0] == "no_consent"


def test_the_historical_rule_set_for_exercises():
    assert decide(Case("phone", TODAY), rule_set="bloctel")[0] == "ok_free"
    assert decide(Case("phone", BEFORE), rule_set="consent")[0] == "no_consent"
    assert decide(Case("email", TODAY), rule_set="bloctel")[0] == "no_consent"
    with pytest.raises(RequestError, match="« pacitel » ; il y a : bloctel, consent"):
        decide(Case("phone", TODAY), rule_set="pacitel")


def test_sentences():
    assert decide(Case("phone", BEFORE))[1] == (
        "Permis sauf opposition (Bloctel, Code de la consommation L223-1 (avant le 11/08/2026))"
    )
    assert decide(Case("sms", TODAY, consent=False), lang="en")[1] == "Refusal of SMS"
    assert decide(Case("post", TODAY, last_sign=date(2020, 5, 4)))[1] == (
        "Sans nouvelles depuis plus de 3 ans (le 04/05/2020) : à effacer ou archiver"
    )


def test_a_table_of_contacts():
    frame = pd.DataFrame(
        {
            "kind": ["Particulier", None, None, None, None],
            "company": [None, "Dupont SA", "Dupont SA", None, None],
            "email": ["a@free.fr", "contact@dupont.fr", "anne@dupont.fr", None, "b@free.fr"],
            "consent_email": ["oui", None, None, None, None],
            "consent_date": [date(2026, 3, 12), None, None, None, None],
            "consent_source": ["salon", None, None, None, None],
            "opposition": [None, None, "STOP le 12/03/2025", None, None],
            "last_purchase": [None, None, None, date(2026, 2, 1), date(2020, 2, 1)],
        },
        index=list("vwxyz"),
        dtype=object,
    )
    found = may_contact(frame, "e-mail", TODAY)
    assert found.index.tolist() == list("vwxyz")
    assert found["code"].tolist() == [
        "ok_consent",
        "ok_generic",
        "opposed",
        "ok_customer",
        "too_old",
    ]
    assert found["allowed"].tolist() == [True, True, False, True, False]
    assert found["reason"].iloc[0] == "Accord donné (salon, 12/03/2026)"


def test_what_no_column_holds_is_given_by_row():
    frame = pd.DataFrame({"last_name": ["a", "b", "c", "d"]})
    found = may_contact(
        frame,
        "phone",
        TODAY,
        contract=pd.Series([True, False, True, True]),
        attempts=pd.Series([0, 0, 4, None]),
        refused_on=pd.Series([None, None, None, date(2026, 11, 1)]),
    )
    assert found["code"].tolist() == ["ok_contract", "no_consent", "attempts", "silence"]


def test_an_empty_table():
    found = may_contact(pd.DataFrame({"email": []}), "email", TODAY)
    assert found.columns.tolist() == ["allowed", "code", "reason"]
    assert len(found) == 0


def test_consumer_or_professional():
    assert audience_of({}) == "consumer"
    assert audience_of({"company": "Dupont SA", "kind": "particulier"}) == "consumer"
    assert audience_of({"siret": "73282932000074"}) == "professional"
    assert audience_of({"kind": "Société"}) == "professional"


def test_every_channel_and_audience_has_one_rule_on_each_day():
    for channel in CHANNELS:
        for audience in ("consumer", "professional"):
            for on in (BEFORE, AFTER, TODAY):
                held = [
                    r
                    for r in rules()
                    if (r.channel, r.audience, r.subject) == (channel, audience, "") and r.holds(on)
                ]
                assert held == [rule_for(channel, audience, on)]


def test_a_day_before_any_rule():
    with pytest.raises(ArgumentError, match="Pas de règle connue pour téléphone le 01/01/1990"):
        rule_for("phone", "consumer", date(1990, 1, 1))


def test_figures_of_the_decree():
    assert (limits()["attempts"], limits()["attempts_days"], limits()["silence_days"]) == (
        4,
        30,
        60,
    )
    spans = {(h.start.hour, h.end.hour) for h in calling_hours()}
    assert spans == {(10, 13), (14, 20)}
    assert {h.weekday for h in calling_hours()} == {1, 2, 3, 4, 5}


def test_outcomes_are_told_in_both_languages():
    assert all(text.fr and text.en and text.fr != text.en for text in OUTCOMES.values())


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("23/11/2026 09:59", "Hors des heures d'appel : 10:00-13:00, 14:00-20:00"),
        ("23/11/2026 10:00", "OK"),
        ("23/11/2026 12:59", "OK"),
        ("23/11/2026 13:00", "Hors des heures d'appel : 10:00-13:00, 14:00-20:00"),
        ("23/11/2026 14h", "OK"),
        ("23/11/2026 19h59", "OK"),
        ("23/11/2026 20:00", "Hors des heures d'appel : 10:00-13:00, 14:00-20:00"),
        ("21/11/2026 11:00", "Pas d'appel le week-end"),
        ("22/11/2026 11:00", "Pas d'appel le week-end"),
        ("11/11/2026 11:00", "Jour férié : Armistice de 1918"),
        (datetime(2026, 11, 23, 11), "OK"),
        (46349 + 13 / 24, "Hors des heures d'appel : 10:00-13:00, 14:00-20:00"),
        (46349 + 10 / 24, "OK"),
        ("01/02/2023 21:00", "OK"),  # before the decree
        (None, None),
    ],
)
def test_calling_time(moment, answer):
    assert check_call_time(moment) == answer


def test_calling_time_of_a_department():
    assert check_call_time("03/04/2026 11:00") == "OK"
    assert check_call_time("03/04/2026 11:00", "67000") == "Jour férié : Vendredi saint"
    with pytest.raises(ArgumentError, match="n'est pas une date"):
        check_call_time("demain")
    with pytest.raises(ArgumentError, match="date avec une heure"):
        check_call_time("23/11/2026 25:00")


def test_contact_in_a_cell():
    assert check_contact("Téléphone", AFTER, consent="oui") == "OK"
    assert check_contact("SMS", AFTER, consent="non", lang="en") == "Refusal of SMS"
    assert check_contact("email", TODAY, audience="professionnel", email="contact@a.fr") == "OK"
    assert check_contact(None, TODAY) is None
    with pytest.raises(ArgumentError, match="Canal inconnu : « fax »"):
        check_contact("fax", TODAY)
    with pytest.raises(ArgumentError, match="Public inconnu : « famille »"):
        check_contact("email", TODAY, audience="famille")


def test_retention():
    assert retention_end(date(2026, 11, 21)) == date(2029, 11, 21)
    assert retention_end(date(2026, 11, 21), 10) == date(2036, 11, 21)
    assert retention_end(None) is None
    with pytest.raises(ArgumentError, match="de 0 à 100, pas 101"):
        retention_end(date(2026, 11, 21), 101)
