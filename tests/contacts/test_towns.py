"""Towns as people type them, against the communes of INSEE."""

from __future__ import annotations

import unicodedata

import pytest

from xlcrm.contacts.postcodes import communes_by_postcode
from xlcrm.contacts.towns import (
    format_postal_town,
    format_town,
    read_town,
    town_issue,
    towns,
    towns_of,
)

RIGHT = [
    ("PARIS", "75001", "Paris"),
    ("paris", "75001", "Paris"),
    ("Paris 1er Arrondissement", "75001", "Paris"),
    ("PARIS 01", "75001", "Paris"),
    ("PARIS 1ER", "75001", "Paris"),
    ("PARIS-16", "75116", "Paris"),
    ("Paris XVe", "75015", "Paris"),
    ("Paris 20ème", "75020", "Paris"),
    ("LYON 3EME", "69003", "Lyon"),
    ("MARSEILLE 8e arr.", "13008", "Marseille"),
    ("Paris", None, "Paris"),
    ("PARIS 01", None, "Paris"),
    ("75001 PARIS", "75001", "Paris"),
    ("F-75001 Paris", "75001", "Paris"),
    ("Paris (75)", None, "Paris"),
    ("NANTES (44)", "44000", "Nantes"),
    ("Lyon, France", None, "Lyon"),
    ("NANTES.", "44000", "Nantes"),
    ("ST ETIENNE DU ROUVRAY", "76800", "Saint-Étienne-du-Rouvray"),
    ("St-Etienne", "42000", "Saint-Étienne"),
    ("St. Etienne", "42000", "Saint-Étienne"),
    ("ST-Étienne", "42000", "Saint-Étienne"),
    ("saint etienne", None, "Saint-Étienne"),
    ("STE LUCE SUR LOIRE", "44980", "Sainte-Luce-sur-Loire"),
    ("Sainte Luce s/ Loire", "44980", "Sainte-Luce-sur-Loire"),
    ("L'HAY LES ROSES", "94240", "L'Haÿ-les-Roses"),
    ("L HAY LES ROSES", "94240", "L'Haÿ-les-Roses"),
    ("L\u2019Ha\u00ff-les-Roses", "94240", "L'Haÿ-les-Roses"),
    ("CHALON SUR SAONE", "71100", "Chalon-sur-Saône"),
    ("CHALON S/SAONE", "71100", "Chalon-sur-Saône"),
    ("CHALON S SAONE", "71100", "Chalon-sur-Saône"),
    ("AULNAY S/BOIS", "93600", "Aulnay-sous-Bois"),
    ("AULNAY SS BOIS", "93600", "Aulnay-sous-Bois"),
    ("la rochelle", "17000", "La Rochelle"),
    ("ROCHELLE (LA)", "17000", "La Rochelle"),
    ("ROCHELLE, LA", "17000", "La Rochelle"),
    ("LE-MANS", "72000", "Le Mans"),
    ("Mans", "72000", "Le Mans"),
    ("ULIS (LES)", "91940", "Les Ulis"),
    ("PONT L ABBE", "29120", "Pont-l'Abbé"),
    ("Oeuilly", "51480", "Œuilly"),
    ("œuilly", "51480", "Œuilly"),
    ("Å’uilly", "51480", "Œuilly"),
    ("OrlÃ©ans", "45000", "Orléans"),
    ("BOULOGNE BILL", "92100", "Boulogne-Billancourt"),
    ("Boulogne", "92100", "Boulogne-Billancourt"),
    ("CLERMONT FD", "63000", "Clermont-Ferrand"),
    ("Clermont-Ferand", "63000", "Clermont-Ferrand"),
    ("MARSEILE", "13001", "Marseille"),
    ("Villeurbane", "69100", "Villeurbanne"),
    ("Aix en Pce", "13100", "Aix-en-Provence"),
    ("Saint-Ouen", "93400", "Saint-Ouen-sur-Seine"),
    ("EVRY", "91000", "Évry-Courcouronnes"),
    ("ST DENIS", "97400", "Saint-Denis"),
    ("Mamoudzou", "97600", "Mamoudzou"),
    ("monaco", "98000", "Monaco"),
    ("Pierrefitte sur Seine", "93380", "Pierrefitte-sur-Seine"),
    ("PARIS CEDEX 08", "75380", "Paris Cedex 08"),
    ("Paris cedex", "75008", "Paris Cedex"),
    ("NANTES CEDEX 3", "44000", "Nantes Cedex 3"),
    ("ST HERBLAIN CEDEX", "44800", "Saint-Herblain Cedex"),
    ("Bors (Canton de Tude-et-Lavalette)", "16190", "Bors (Canton de Tude-et-Lavalette)"),
]
KEPT = [
    ("Nantes", "75001", "Nantes", "ville qui ne correspond pas au code postal 75001 (Paris)"),
    (
        "LE BOURG NEUF",
        "31240",
        "Le Bourg Neuf",
        "aucune commune de ce nom au code postal 31240 (L'Union, Saint-Jean)",
    ),
    ("Bruxelles", None, "Bruxelles", "commune inconnue"),
    ("NEW YORK", None, "New York", "commune inconnue"),
]


@pytest.mark.parametrize(("typed", "postcode", "expected"), RIGHT)
def test_the_official_spelling(typed, postcode, expected):
    assert (format_town(typed, postcode), town_issue(typed, postcode)) == (expected, None)


@pytest.mark.parametrize(("typed", "postcode", "expected", "issue"), KEPT)
def test_an_unknown_town_is_kept_and_reported(typed, postcode, expected, issue):
    assert (format_town(typed, postcode), town_issue(typed, postcode)) == (expected, issue)


@pytest.mark.parametrize("typed", ["", "NC", "-", "?", "0", "xxx", "#N/A", "75001", None])
def test_a_filler_is_a_blank(typed):
    assert (format_town(typed, "75001"), town_issue(typed, "75001")) == (None, None)


def test_an_address_is_no_town():
    assert format_town("jean@free.fr") is None
    assert town_issue("jean@free.fr") == "ceci n'est pas une ville"


def _capitals(name: str) -> str:
    plain = name.replace("œ", "oe").replace("Œ", "OE")
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return plain.upper().replace("-", " ").replace("'", " ")


def test_every_commune_stays_as_it_is_and_comes_back_from_capitals():
    pairs = [(name, code) for code in communes_by_postcode() for name in towns_of(code)]
    assert len(pairs) > 35_000
    assert [p for p in pairs if read_town(*p) != (p[0], None)] == []
    assert [p for p in pairs if read_town(_capitals(p[0]), p[1]) != (p[0], None)] == []


@pytest.mark.parametrize(
    ("town", "postcode", "expected"),
    [
        ("Saint-Étienne-du-Rouvray", "76800", "ST ETIENNE DU ROUVRAY"),
        ("Sainte-Luce-sur-Loire", "44980", "STE LUCE SUR LOIRE"),
        ("l'hay les roses", "94240", "L HAY LES ROSES"),
        ("Paris Cedex 08", None, "PARIS CEDEX 08"),
        ("Œuilly", "51480", "OEUILLY"),
        (None, None, None),
    ],
)
def test_the_postal_spelling(town, postcode, expected):
    assert format_postal_town(town, postcode) == expected


def test_the_towns_of_a_postcode():
    assert towns("97500") == ["Miquelon-Langlade", "Saint-Pierre"]
    assert towns("6000") == ["Nice"]
    assert towns("96000") == [None]
    assert towns(None) == [None]
