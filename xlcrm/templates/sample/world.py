"""The fictional customers of Marielle Nature as they really are, before anyone types them.

No person or company exists. Phone numbers come from the ranges that Arcep keeps for fiction
(decision 2018-0881: 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

AS_OF = date(2026, 11, 21)

_WOMEN = """Camille Léa Manon Chloé Emma Inès Jade Louise Alice Lina Zoé Anaïs Juliette Clémence
Margaux Élise Noémie Hélène Céline Sandrine Nathalie Isabelle Véronique Françoise Monique Solène
Maëlle Aïcha Fatou Mélanie Aurélie Gaëlle Stéphanie Marie-Claire Anne-Sophie Marie Jeanne Odile
Bérénice Amandine Coralie Élodie Fanny Ophélie Pauline Romane Sabrina Virginie Yasmine""".split()
_MEN = """Lucas Hugo Louis Gabriel Jules Adam Raphaël Arthur Paul Nathan Théo Maxime Antoine
Baptiste
Clément François Jérôme Stéphane Frédéric Jean-Pierre Jean-Luc Michel Bernard Gérard Rémi Loïc
Yann Mehdi Mamadou Benoît Cédric Damien Étienne Fabrice Grégory Jean-Marc Kévin Olivier Pascal
Quentin
Romain Sébastien Tristan Vincent Xavier""".split()
_FAMILY = [
    *"""Durand Lefèvre Moreau Girard Rousseau Mercier Blanchet Guérin Chevallier Perrot Marchand
    Bécquet Noël Péron Gauthier Dumont Fontaine Barbier Arnaud Lemaître Collet Renard Picard Roche
    Vidal Caron Hubert Leroux Prévost Besnard Lebrun Delattre Vasseur Dubois Delmas Benali Diallo
    Nguyen Traoré Lopez Ferreira Rossi Kowalski Haddad Cissé Martel Joubert Charpentier Poulain
    Lambert Masson Brunet Legrand Garnier Chauvin Boyer Maillard Philippe Thomas Martin Bertrand
    Guillou Tanguy Riou Pichon Coquelin Deschamps Fournier Hamon Jacquet Lacroix Meunier""".split(),
    *("Le Goff", "Le Bihan", "de La Fontaine", "d'Aubigny", "de Kermadec", "Du Bellay"),
    *("Dupont-Lajoie", "Roux-Perrin", "N'Guessan", "O'Brien", "Mac Carthy", "Saint-Martin"),
]
_TOWNS = [
    *(("75011", "Paris"), ("75018", "Paris"), ("75004", "Paris"), ("75015", "Paris")),
    *(("93100", "Montreuil"), ("92130", "Issy-les-Moulineaux"), ("94300", "Vincennes")),
    *(("92100", "Boulogne-Billancourt"), ("93200", "Saint-Denis"), ("78000", "Versailles")),
    *(("94240", "L'Haÿ-les-Roses"), ("77100", "Meaux"), ("95300", "Pontoise")),
    *(("44000", "Nantes"), ("44100", "Nantes"), ("44300", "Nantes"), ("44800", "Saint-Herblain")),
    *(("44400", "Rezé"), ("44600", "Saint-Nazaire"), ("44500", "La Baule-Escoublac")),
    *(("44120", "Vertou"), ("85000", "La Roche-sur-Yon"), ("49000", "Angers")),
    *(("59000", "Lille"), ("59800", "Lille"), ("59100", "Roubaix"), ("59200", "Tourcoing")),
    *(("59650", "Villeneuve-d'Ascq"), ("59140", "Dunkerque"), ("62000", "Arras")),
    *(("62100", "Calais"), ("59300", "Valenciennes"), ("61000", "Alençon"), ("14000", "Caen")),
    *(("01000", "Bourg-en-Bresse"), ("06000", "Nice"), ("06400", "Cannes"), ("69003", "Lyon")),
    *(("13006", "Marseille"), ("33000", "Bordeaux"), ("31000", "Toulouse"), ("35000", "Rennes")),
    *(("42000", "Saint-Étienne"), ("67000", "Strasbourg"), ("20200", "Bastia")),
    *(("97400", "Saint-Denis"), ("97200", "Fort-de-France")),
]
_STREETS = [
    *("rue des Lilas", "rue Victor Hugo", "avenue Jean Jaurès", "boulevard Voltaire"),
    *("rue du Général de Gaulle", "place de la République", "allée des Tilleuls", "rue Pasteur"),
    *("chemin du Moulin", "impasse des Acacias", "rue de l'Église", "quai de la Fosse"),
    *("rue Sainte-Catherine", "avenue du Maréchal Foch", "rue Nationale", "rue de Béthune"),
    *("square des Érables", "route de Vannes", "rue Émile Zola", "rue des Trois Cailloux"),
    *("résidence les Peupliers", "boulevard de la Liberté", "rue Crébillon", "rue du Faubourg"),
]
_PROVIDERS = ["gmail.com", "orange.fr", "free.fr", "hotmail.fr", "outlook.fr", "yahoo.fr",
              "laposte.net", "sfr.fr", "wanadoo.fr", "icloud.com"]  # fmt: skip
_TRADES = [
    ("Salon de coiffure", "96.02A", ("Coiffure {}", "Atelier {} Coiffure", "L'Hair de {}")),
    ("Institut de beauté", "96.02B", ("Institut {}", "Beauté {}", "Esthétique {}")),
    ("Parapharmacie", "47.75Z", ("Parapharmacie {}", "Para {}")),
    ("Épicerie bio", "47.29Z", ("Biocoop {}", "Le Panier de {}")),
    ("Hôtel et spa", "55.10Z", ("Spa {}", "Hôtel {}")),
]
_PLACE_WORDS = """Mirabeau Belle-Île Graslin Wazemmes Bellevue Lavandine Mélisse Pivoine Romarin
Opaline Verveine Camomille Jasmin Bleuet Capucine Garance Coquelicot Iris Angélique Marjolaine
Sauge Églantine Mimosa Genêt Bruyère Anis""".split()
_FORMS = ["SARL", "SAS", "EURL", "SASU", "SA", "EI"]
_JOBS = """enseignante infirmière cadre employé artisan retraitée étudiante commerçant ingénieur
assistante agriculteur technicien""".split()


@dataclass(slots=True)
class Person:
    """A customer. `entity` is the same for the same person, whoever typed the row."""

    entity: int
    civility: str
    first: str
    last: str
    birth: date
    street: str
    postcode: str
    town: str
    mobile: str
    landline: str
    email: str
    job: str
    consent: dict[str, bool] = field(default_factory=dict)
    birth_name: str = ""


@dataclass(slots=True)
class Company:
    """A professional customer with the person who orders."""

    entity: int
    name: str
    form: str
    sector: str
    naf: str
    siren: str
    siret: str
    headcount: int
    contact: Person


def make_people(rng: Random, count: int) -> list[Person]:
    """Persons, one in eight in a household with the one before, one in forty a homonym."""
    people: list[Person] = []
    for entity in range(count):
        person = _person(rng, entity)
        if people and rng.random() < 0.12:
            person = _partner(rng, person, people[-1])
        elif len(people) > 20 and rng.random() < 0.025:
            twin = rng.choice(people)
            person = replace(person, civility=twin.civility, first=twin.first, last=twin.last)
            person.email = _email(rng, person)
        people.append(person)
    return people


def make_companies(rng: Random, count: int, first_entity: int) -> list[Company]:
    """Companies of the trades that Marielle Nature sells to."""
    companies = []
    for entity in range(first_entity, first_entity + count):
        sector, naf, shapes = rng.choice(_TRADES)
        contact = _person(rng, entity)
        name = rng.choice(shapes).format(rng.choice(_PLACE_WORDS))
        domain = "".join(c for c in _plain(name) if c.isalnum())
        local = rng.choice(["contact", "commande", _plain(contact.first)])
        contact.email = f"{local}@{domain}-mn.fr"
        siren = _luhn(rng, 8)
        siret = _luhn(rng, 3, siren + "0")
        headcount = rng.choice([0, 1, 2, 3, 4, 6, 9, 12, 25, 60])
        companies.append(
            Company(entity, name, rng.choice(_FORMS), sector, naf, siren, siret, headcount, contact)
        )
    return companies


def _person(rng: Random, entity: int) -> Person:
    woman = rng.random() < 0.68
    last = rng.choice(_FAMILY)
    postcode, town = rng.choice(_TOWNS)
    street = f"{rng.randint(1, 189)}{rng.choice(['', '', '', '', ' bis'])} {rng.choice(_STREETS)}"
    person = Person(
        entity=entity,
        civility="Mme" if woman else "M.",
        first=rng.choice(_WOMEN if woman else _MEN),
        last=last,
        birth=date(1942, 1, 1) + timedelta(days=rng.randint(0, 365 * 65)),
        street=street,
        postcode=postcode,
        town=town,
        mobile=f"063998{rng.randint(0, 9999):04d}",
        landline=f"{_landline_range(postcode)}{rng.randint(0, 9999):04d}",
        email="",
        job=rng.choice(_JOBS),
        consent={c: rng.random() < p for c, p in (("tel", 0.35), ("email", 0.6), ("sms", 0.3))},
    )
    if woman and rng.random() < 0.05:
        person.birth_name = rng.choice(_FAMILY)
    person.email = _email(rng, person)
    return person


def _partner(rng: Random, person: Person, other: Person) -> Person:
    """Someone who lives with the person before: same name, address, landline; not the same."""
    return replace(
        person,
        last=other.last,
        street=other.street,
        postcode=other.postcode,
        town=other.town,
        landline=other.landline,
        email=other.email if rng.random() < 0.3 else _email(rng, replace(person, last=other.last)),
    )


def _email(rng: Random, person: Person) -> str:
    first, last = _plain(person.first), _plain(person.last)
    local = rng.choice(
        [f"{first}.{last}", f"{first[0]}.{last}", f"{last}.{first}", f"{first}{last}"]
    )
    return f"{local}-mn{rng.randint(100, 999)}@{rng.choice(_PROVIDERS)}"


def _plain(text: str) -> str:
    table = str.maketrans("àâäéèêëîïôöùûüÿç", "aaaeeeeiioouuuyc")
    return "".join(c for c in text.casefold().translate(table) if c.isalnum() or c == "-")


def _landline_range(postcode: str) -> str:
    ranges = {"1": "019900", "2": "026191", "3": "035301", "4": "046571", "5": "053649"}
    area = {"75": "1", "77": "1", "78": "1", "92": "1", "93": "1", "94": "1", "95": "1",
            "44": "2", "49": "2", "85": "2", "14": "2", "61": "2", "35": "2",
            "59": "3", "62": "3", "67": "3", "33": "5", "31": "5"}  # fmt: skip
    return ranges[area.get(postcode[:2], "4")]


def _luhn(rng: Random, digits: int, start: str = "") -> str:
    body = start + "".join(str(rng.randint(0, 9)) for _ in range(digits))
    total = 0
    for position, char in enumerate(reversed(body)):
        double = int(char) * (2 if position % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return body + str(-total % 10)
