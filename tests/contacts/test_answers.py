"""What people type in columns of consent and of opposition."""

from datetime import date

import pandas as pd
import pytest

from xlcrm.contacts.answers import Answer, answer_day, is_opposed, read_answer
from xlcrm.contacts.consent import may_contact
from xlcrm.contacts.merge import merge_groups

YES = ["oui", "OUI le 12/03/2024", "oui (12/03/2024)", "Oui - 2024", "✓", "✔", "☑", "x", "X", "1"]
YES += ["abonné", "Abonnée", "inscrit", "OK", "VRAI", "accepté", "opt-in", "subscribed", 1.0, True]
NO = ["non", "Non merci", "NON (12/03/2024)", "désabonné", "Désinscrite", "STOP", "refus", "✗", 0]
NO += ["ne souhaite pas", "pas de mail", "Aucun", "pas d'appels"]  # fillers elsewhere
NO += ["unsubscribed", "opt-out", "FAUX", False, "ne plus contacter", "stop pub"]
BLANK = [None, "", "  ", "NC", "-", "?", "non renseigné", "ne sait pas", "☐", "#N/A", "\ufe0f"]
UNCLEAR = [
    "peut-être",
    "en attente",
    "à vérifier",
    "oui sauf SMS",
    "à voir",
    2,
    "12/03/2024",
    date(2024, 3, 12),
    "oui si promo",
]


@pytest.mark.parametrize(
    ("value", "answer"),
    [(v, Answer.YES) for v in YES]
    + [(v, Answer.NO) for v in NO]
    + [(v, Answer.BLANK) for v in BLANK]
    + [(v, Answer.UNCLEAR) for v in UNCLEAR],
)
def test_answers(value, answer):
    assert read_answer(value) is answer


@pytest.mark.parametrize(
    ("value", "opposed"),
    [("x", True), ("XX", True), ("✔", True), ("désabonné", True), ("inscrit", True)]
    + [("12/03/2025", True), (date(2025, 3, 12), True), ("?", True), (2, True), ("oui", True)]
    + [("non", False), ("Non (12/03/2024)", False), ("☐", False), (0, False), ("NC", False)]
    + [("-", False), ("néant", False), (None, False), (False, False)]
    + [("Non inscrit", False), ("pas concernée", False), ("vivant", False), ("non décédé", False)]
    + [("sans opposition", False), ("Abonné", True), ("non, désinscrit", True)],
)
def test_oppositions(value, opposed):
    assert is_opposed(value) is opposed


def test_the_day_beside_an_answer():
    assert answer_day("OUI le 12/03/2024") == date(2024, 3, 12)
    assert answer_day("oui 2024-03-12 10:15") == date(2024, 3, 12)
    assert answer_day("oui 31/02/2024") is None
    assert answer_day("oui") is None


def codes(channel, **columns):
    frame = pd.DataFrame(columns)
    return may_contact(frame, channel, date(2026, 9, 1))


def test_a_consent_that_is_not_understood_is_told_and_is_no_yes():
    found = codes(
        "email", consent_email=["abonné", "oui (12/03/2026)", "à voir", "désabonné", "NC"]
    )
    assert found["code"].tolist() == [
        "ok_consent",
        "ok_consent",
        "unclear",
        "refused",
        "no_consent",
    ]
    assert found["reason"].tolist()[1:3] == [
        "Accord donné (12/03/2026)",
        "Accord non compris pour le canal e-mail : « à voir »",
    ]


def test_what_is_not_understood_bars_where_no_consent_is_needed():
    found = codes("email", consent_email=["à voir", None], company=["Dupont SA", "Petit SARL"])
    assert found["code"].tolist() == ["unclear", "ok_free"]


def test_an_opposition_to_one_channel_bars_that_channel():
    columns = {"opposition_phone": ["oui", None], "consent_phone": ["oui", "oui"]}
    assert codes("phone", **columns)["code"].tolist() == ["refused", "ok_consent"]
    assert codes("post", **columns)["code"].tolist() == ["ok_free", "ok_free"]


@pytest.mark.parametrize("channel", ["phone", "email", "sms", "post"])
def test_a_deceased_person_is_never_approached(channel):
    found = codes(channel, deceased=["oui", date(2025, 1, 3), "non"], opposition=["x", None, "x"])
    assert found["code"].tolist() == ["deceased", "deceased", "opposed"]


def test_a_returned_letter_bars_letters_only():
    columns = {"returned": ["NPAI", "non"], "consent_email": ["oui", "oui"]}
    assert codes("post", **columns)["code"].tolist() == ["returned", "ok_free"]
    assert codes("email", **columns)["code"].tolist() == ["ok_consent", "ok_consent"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(["oui", "à voir"], "à voir"), (["à voir", "désabonné"], "désabonné"), (["NC", "✔"], "✔")],
)
def test_a_merge_keeps_the_strictest_answer(typed, kept):
    frame = pd.DataFrame({"last_name": ["Petit"] * 2, "consent_email": typed})
    assert merge_groups(frame, [1, 1]).frame["consent_email"].tolist() == [kept]
