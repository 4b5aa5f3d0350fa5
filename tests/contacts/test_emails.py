"""E-mail addresses as people type them."""

from __future__ import annotations

import pytest

from xlcrm.contacts.emails import email_issue, email_type, format_email, suggest_email

JEAN = "jean.dupont@gmail.com"
WAYS = [
    JEAN,
    "Jean.Dupont@Gmail.com",
    "JEAN.DUPONT@GMAIL.COM",
    " jean.dupont@gmail.com ",
    "jean.dupont @gmail.com",
    "jean.dupont@ gmail.com",
    "jean.dupont@gmail .com",
    "jean.dupont@gmail. com",
    "mailto:jean.dupont@gmail.com",
    "Mailto: jean.dupont@gmail.com",
    "E-mail : jean.dupont@gmail.com",
    "mail: jean.dupont@gmail.com",
    "<jean.dupont@gmail.com>",
    "Jean Dupont <jean.dupont@gmail.com>",
    "jean.dupont(at)gmail.com",
    "jean.dupont[at]gmail.com",
    "jean.dupont (at) gmail.com",
    "jean.dupont at gmail dot com",
    "jean.dupont [at] gmail [dot] com",
    "jean.dupont(arobase)gmail.com",
    "jean.dupont@gmail.com.",
    "jean.dupont@gmail.com;",
    "jean.dupont@gmail.com,",
    "'jean.dupont@gmail.com'",
    '"jean.dupont@gmail.com"',
    "jean.dupont@gmail.com (perso)",
    "jean.dupont@gmail.com\n",
    "\ufeffjean.dupont@gmail.com",
    "jean.dupont\u200b@gmail.com",
    "jean.dupont@gmail.com\u00a0",
    "jean.dupont@gmail.com; jean.dupont@gmail.com",
]
VALID = [
    "a@gmail.com",
    "j@x.co",
    "jean@free.fr",
    "jean_dupont@laposte.net",
    "jean-pierre.dupont@wanadoo.fr",
    "jean+promo@gmail.com",
    "o'brien@free.fr",
    "dupont75@orange.fr",
    "75dupont@sfr.fr",
    "jean.dupont@ac-nantes.fr",
    "jean.dupont@etu.univ-lille.fr",
    "contact@dupont-sa.fr",
    "info@123.fr",
    "jean@example.com",
    "jean@exemple.photography",
    "x.y.z@a-b.museum",
    "jean-@free.fr",
    "_jean@free.fr",
    "jean@xn--caf-dma.fr",
    "contact@société.fr",
    "jean@gmx.de",
    "test.dupont@gmail.com",
    "nc@dupont.fr",
    "adresse@dupont.fr",
]
FILLERS = (
    "|NC|n/a|-|?|0|@|aucun|néant|pas de mail|xxx|test@test|test@test.fr|test@test.com|a@a.fr|x@x.fr|"
    "aaa@aaa.com|nc@nc.fr|xxx@xxx.xx|azerty@azerty.fr|pasdemail@orange.fr|noemail@gmail.com|"
    "inconnu@free.fr|#N/A"
)
SEVERAL = [
    "jean@free.fr; marie@free.fr",
    "jean@free.fr;marie@free.fr",
    "jean@free.fr, marie@free.fr",
    "jean@free.fr,marie@free.fr",
    "jean@free.fr / marie@free.fr",
    "jean@free.fr ou marie@free.fr",
    "jean@free.fr et marie@free.fr",
    "jean@free.fr marie@free.fr",
    "jean@free.fr\nmarie@free.fr",
    "Jean <jean@free.fr>, Marie <marie@free.fr>",
]
# typed, the value kept or None, the start of the issue, the suggestion
WRONG = [
    ("jean@gmial.com", "jean@gmial.com", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@gamil.com", "jean@gamil.com", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@gmal.com", "jean@gmal.com", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@gnail.com", "jean@gnail.com", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@gmai.com", "jean@gmai.com", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@gmail.con", "jean@gmail.con", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@gmial.con", "jean@gmial.con", "domaine sans doute mal écrit", "jean@gmail.com"),
    ("jean@hotmial.fr", "jean@hotmial.fr", "domaine sans doute mal écrit", "jean@hotmail.fr"),
    ("jean@hotmal.com", "jean@hotmal.com", "domaine sans doute mal écrit", "jean@hotmail.com"),
    ("jean@outlok.fr", "jean@outlok.fr", "domaine sans doute mal écrit", "jean@outlook.fr"),
    ("jean@yaho.fr", "jean@yaho.fr", "domaine sans doute mal écrit", "jean@yahoo.fr"),
    ("jean@yahooo.fr", "jean@yahooo.fr", "domaine sans doute mal écrit", "jean@yahoo.fr"),
    ("jean@ornage.fr", "jean@ornage.fr", "domaine sans doute mal écrit", "jean@orange.fr"),
    ("jean@wanado.fr", "jean@wanado.fr", "domaine sans doute mal écrit", "jean@wanadoo.fr"),
    ("jean@dupont.con", "jean@dupont.con", "domaine sans doute mal écrit", "jean@dupont.com"),
    ("françois@free.fr", "françois@free.fr", "accent dans l'adresse", "francois@free.fr"),
    ("jean@gmail,com", None, "domaine incomplet après le @", "jean@gmail.com"),
    ("jean@@gmail.com", None, "plusieurs @ dans l'adresse", "jean@gmail.com"),
    ("jean@gmail", None, "domaine incomplet après le @", "jean@gmail.com"),
    ("jean@orange", None, "domaine incomplet après le @", "jean@orange.fr"),
    ("jean.gmail.com", None, "adresse sans @", "jean@gmail.com"),
    ("jeangmail.com", None, "adresse sans @", "jean@gmail.com"),
    ("jean..dupont@orange.fr", None, "signe interdit", "jean.dupont@orange.fr"),
    ("jean.@orange.fr", None, "signe interdit", "jean@orange.fr"),
    ("jean dupont@gmail.com", None, "signe interdit", "jeandupont@gmail.com"),
    ("@free.fr", None, "rien devant le @", None),
    ("jean@dupont", None, "domaine incomplet après le @", None),
    ("www.dupont.fr", None, "adresse sans @", None),
    ("Jean Dupont", None, "adresse sans @", None),
    ("06 39 98 12 34", None, "adresse sans @", None),
]


@pytest.mark.parametrize("typed", WAYS)
def test_one_address_written_in_many_ways(typed):
    assert (format_email(typed), email_issue(typed), suggest_email(typed)) == (JEAN, None, None)


@pytest.mark.parametrize("typed", VALID)
def test_a_valid_address_stays(typed):
    assert (format_email(typed), email_issue(typed)) == (typed, None)


@pytest.mark.parametrize("typed", FILLERS.split("|"))
def test_a_filler_is_a_blank(typed):
    assert (format_email(typed), email_issue(typed)) == (None, None)


@pytest.mark.parametrize("typed", SEVERAL)
def test_several_addresses_are_kept(typed):
    assert format_email(typed) == "jean@free.fr; marie@free.fr"


@pytest.mark.parametrize(("typed", "kept", "issue", "suggestion"), WRONG)
def test_a_wrong_address_is_explained_and_never_corrected(typed, kept, issue, suggestion):
    assert format_email(typed) == kept
    assert email_issue(typed).startswith(issue)
    assert suggest_email(typed) == suggestion


def test_the_issue_in_both_languages():
    assert email_issue("jean@gmial.com") == "domaine sans doute mal écrit : jean@gmail.com ?"
    assert email_issue("jean@gmial.com", "en") == "domain probably misspelt: jean@gmail.com?"
    assert email_issue("jean@yopmail.com") == "adresse jetable"


@pytest.mark.parametrize(
    ("typed", "fr", "en"),
    [
        ("jean@gmail.com", "personnelle", "personal"),
        ("jean@orange.fr", "personnelle", "personal"),
        ("jean.dupont@dupont-sa.fr", "professionnelle", "professional"),
        ("contact@dupont-sa.fr", "générique", "generic"),
        ("info@dupont-sa.fr", "générique", "generic"),
        ("service.client@dupont-sa.fr", "générique", "generic"),
        ("contact.nantes@dupont-sa.fr", "générique", "generic"),
        ("jean@yopmail.com", "jetable", "throw-away"),
        ("NC", None, None),
        (None, None, None),
    ],
)
def test_types(typed, fr, en):
    assert (email_type(typed), email_type(typed, "en")) == (fr, en)
