"""A base of contacts with its answer key: clean truths, and what typing made of them.

Written without the cleaning code, from its own lists of names, so that it can judge it. Every
value is fictional; the phone numbers of the truths are drawn, not copied.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

FIRST_M = (
    "Jean Pierre Michel Philippe Alain Nicolas Christophe Patrick Daniel Bernard Laurent Frédéric "
    "Julien David Stéphane Sébastien Thierry Olivier Éric François Thomas Christian Pascal Gérard "
    "Alexandre Maxime Guillaume Jérôme Bruno Kévin Anthony Romain Vincent Didier Benoît Mickaël "
    "Antoine Clément Quentin Rémi Loïc Gaël Noël Joël André René Hervé Grégory Cédric Cyril Yves "
    "Mohamed Karim Mehdi Rachid Youssef Ibrahima Moussa Ousmane Thibault Baptiste Gaëtan Raphaël "
    "Théo Léo Noé Timéo Ewen Tugdual Gwenaël Yann Erwan Ambroise Gontran Fulgence Zéphyrin Onésime "
    "Tanguy Aurélien Valentin Corentin Dylan Jordan Enzo Mathéo Côme Célestin Xavier Wilfried "
    "Jean-Pierre Jean-Luc Jean-François Jean-Baptiste Pierre-Yves Marc-Antoine Jean-Noël Paul-Henri "
    "Tuan Nguyên Wei Ahmet Piotr Krzysztof João Nuno Giuseppe N'Golo"
).split()
FIRST_F = (
    "Marie Nathalie Isabelle Sylvie Catherine Françoise Valérie Christine Monique Sophie Patricia "
    "Martine Céline Nicole Sandrine Stéphanie Véronique Julie Brigitte Aurélie Laurence Émilie Anne "
    "Caroline Virginie Hélène Élodie Laetitia Delphine Agnès Béatrice Cécile Mélanie Michèle Thérèse "
    "Geneviève Solène Zoé Chloé Léa Maëlys Anaïs Inès Noémie Océane Maëlle Gaëlle Joëlle Noëlle "
    "Fatima Khadija Aïcha Aminata Fatoumata Yasmine Nadège Édith Ève Raymonde Solange Yvette Ginette "
    "Gwénola Soazig Azilis Philomène Apolline Capucine Clémence Bérénice Ségolène Héloïse Éloïse "
    "Marie-Claude Anne-Sophie Marie-Thérèse Marie-Hélène Anne-Laure Marie-Noëlle Rose-Marie "
    "Linh Xiu Agnieszka Conceição Giulia Svetlana Zeynep Oumou Kadiatou Priscille Maud Elsa Lou"
).split()
LAST = (
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Leroy "
    "Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Faure Mercier Blanc "
    "Boyer Garnier Chevalier Legrand Gauthier Garcia Perrin Robin Morin Henry Masson Marchand Duval "
    "Denis Lemaire Meyer Dufour Meunier Brun Blanchard Joly Lucas Brunet Gaillard Barbier Colin Vidal "
    "Guillou Kerdoncuff Quéméner Le|Goff Le|Gall Le|Bihan Le|Dantec Abgrall Madec Nédélec Riou Tanguy "
    "Lelièvre Lefèvre Guérin Hébert Rivière Maréchal Chrétien Lévêque Prévost Gérard Hervé François "
    "Lemaître Léger Bénard Grégoire Clément Noël Dupré Labbé Vallée Bègue Pélissier Ménard Thévenot "
    "de|La|Fontaine de|Gaulle de|Villepin d'Ormesson Du|Bellay Des|Forêts La|Rochefoucauld Da|Silva "
    "Dos|Santos De|Sousa De|Oliveira Ferreira Gonçalves Rodrigues El|Amrani Ben|Ali Ait|Ahmed Diallo "
    "Traoré Coulibaly Nguyen N'Guyen Tran O'Brien O'Connor McDonald Van|der|Meer Van|Damme Di|Maria "
    "Dupont-Martin Saint-Exupéry Petit-Jean Lopez-Garcia Schmitt Zimmermann Wojciechowski Kowalski "
    "Abdelkader Benmoussa Haddad Cissé Keïta Touré Zidane Yılmaz Popescu Ivanov Müller Ba Ly Sy Xu "
    "Trémolet Bouquet Poivre Charbonneau Taillefer Boisvert Beaufils Grosjean Bonhomme Lhermite"
).split()
PLACES = ("rue", "avenue", "boulevard", "place", "chemin", "impasse", "allée", "route", "square")
STREETS = (
    "de la République|Victor Hugo|Jean Jaurès|du Général de Gaulle|des Lilas|de l'Église|Pasteur|"
    "de la Gare|du Moulin|Émile Zola|du Maréchal Foch|des Écoles|de la Paix|Saint-Michel|du Château|"
    "de Verdun|des Tilleuls|du 8 Mai 1945|Jules Ferry|de la Fontaine|Gambetta|du Stade|de Bretagne"
).split("|")
MAILBOXES = (
    "gmail.com orange.fr wanadoo.fr free.fr sfr.fr hotmail.fr hotmail.com yahoo.fr laposte.net "
    "outlook.fr icloud.com bbox.fr live.fr ac-nantes.fr dupont-sa.fr mairie-nantes.fr univ-lille.fr"
).split()
FILLERS = (
    "NC",
    "nc",
    "N/A",
    "n.c.",
    "néant",
    "Inconnu",
    "xxx",
    "-",
    "?",
    "--",
    "non renseigné",
    "...",
)
OVERSEAS = {
    "0692": "262",
    "0262": "262",
    "0690": "590",
    "0590": "590",
    "0694": "594",
    "0696": "596",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One cell: its column, what was typed, the clean truth, and what was done to it."""

    column: str
    typed: object
    truth: str | None
    mess: str
    with_postcode: str | None = None


def plain(text: str) -> str:
    """A text without accents, as capitals are often typed."""
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def broken(text: str) -> str:
    """UTF-8 read as Windows-1252."""
    return text.encode("utf-8").decode("cp1252", "ignore")


def communes() -> list[tuple[str, str]]:
    """Every pair of a postcode and a commune."""
    lines = files("xlcrm.data").joinpath("communes.csv").read_text("utf-8").splitlines()
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))[1:]
    return [(r[0], n.partition("=")[0]) for r in rows for n in r[1].split("|")]


def civility(rng: random.Random) -> Case:
    truth = rng.choice(("M.", "Mme"))
    ways = {
        "M.": "M.|M|Mr|MR|mr|Mr.|Monsieur|MONSIEUR|monsieur|m.| M. |Mons.|MR.|Monsieur ",
        "Mme": "Mme|MME|mme|Mme.|Madame|MADAME|madame|Mlle|MLLE|Melle|Mademoiselle| Mme|mlle|Mlle.",
    }
    typed = rng.choice(ways[truth].split("|"))
    return Case("civility", typed, truth, "as is" if typed == truth else "written otherwise")


def _case(rng: random.Random, column: str, truth: str) -> Case:
    kind = rng.choices(
        (
            "as is",
            "capitals",
            "capitals without accents",
            "small",
            "spaces",
            "broken",
            "sign after",
        ),
        (40, 20, 15, 12, 6, 4, 3),
    )[0]
    typed = {
        "as is": truth,
        "capitals": truth.upper(),
        "capitals without accents": plain(truth).upper(),
        "small": truth.lower(),
        "spaces": f" {truth.replace(' ', '  ')}\u00a0",
        "broken": broken(truth),
        "sign after": truth + rng.choice((" ", ";", ",", " ;")),
    }[kind]
    return Case(column, typed, truth, kind)


def first_name(rng: random.Random) -> Case:
    truth = rng.choice(FIRST_M + FIRST_F)
    if "-" in truth and rng.random() < 0.3:
        return Case("first_name", truth.replace("-", " "), truth, "hyphen lost")
    if not truth.isascii() and truth[0].isascii() and rng.random() < 0.15:
        return Case("first_name", plain(truth), truth, "accents lost")
    return _case(rng, "first_name", truth)


def last_name(rng: random.Random) -> Case:
    return _case(rng, "last_name", rng.choice(LAST).replace("|", " "))


def _french(rng: random.Random) -> str:
    start = rng.choice(("06", "06", "06", "07", "01", "02", "03", "04", "05", "09"))
    while True:
        rest = f"{rng.randrange(10**8):08d}"
        number = start + rest
        if number[:4] not in {"0639", "0690", "0691", "0692", "0693", "0694", "0696", "0697", "0262",
                              "0263", "0269", "0590", "0594", "0596", "0709"}:  # fmt: skip
            return number


def shown(number: str) -> str:
    return " ".join(number[i : i + 2] for i in range(0, 10, 2))


def _write(rng: random.Random, n: str) -> tuple[object, str]:
    pairs = [n[i : i + 2] for i in range(0, 10, 2)]
    tail = " ".join(pairs[1:])
    ways: dict[str, object] = {
        "as is": " ".join(pairs),
        "dots": ".".join(pairs),
        "hyphens": "-".join(pairs),
        "slashes": "/".join(pairs),
        "joined": n,
        "number": float(n),
        "zero lost": n[1:],
        "zero lost, spaces": f"{n[1]} {tail}",
        "+33": f"+33 {n[1]} {tail}",
        "+33 joined": f"+33{n[1:]}",
        "+33 (0)": f"+33 (0){n[1]} {tail}",
        "(+33) (0)": f"(+33) (0){n[1]} {tail}",
        "0033": f"0033{n[1:]}",
        "0033 spaces": f"00 33 {n[1]} {tail}",
        "33": f"33{n[1:]}",
        "letter O": "O" + n[1:],
        "letter O, dots": ".".join(["O" + n[1], *pairs[1:]]),
        "threes": f"{n[:4]} {n[4:7]} {n[7:]}",
        "label": f"Tél. : {' '.join(pairs)}",
        "note": f"{' '.join(pairs)} (bureau)",
        "no-break spaces": "\u00a0".join(pairs),
        "spaces around": f"  {'.'.join(pairs)} ",
        "dot after": ".".join(pairs) + ".",
    }
    kind = rng.choice(list(ways))
    return ways[kind], kind


def phone(rng: random.Random) -> Case:
    draw = rng.random()
    number = _french(rng)
    if draw < 0.04:
        return Case(
            "phone",
            rng.choice((*FILLERS, "0000000000", "0123456789", "0606060606")),
            None,
            "filler",
        )
    if draw < 0.08:
        return Case("phone", rng.choice((n := shown(number))[:1]) + n[1:11], None, "digits missing")
    if draw < 0.16:
        other = _french(rng)
        sign = rng.choice((" / ", "/", " ; ", ", ", " ou ", " - ", "\n", " et "))
        typed = f"{rng.choice((number, shown(number), '.'.join(shown(number).split())))}{sign}{shown(other)}"
        return Case("phone", typed, f"{shown(number)}; {shown(other)}", "two numbers")
    if draw < 0.22:
        start, code = rng.choice(list(OVERSEAS.items()))
        n = start + f"{rng.randrange(10**6):06d}"
        truth = f"+{code} {n[1:4]} {n[4:6]} {n[6:8]} {n[8:]}"
        typed = rng.choice(
            (shown(n), n, float(n), n[1:], f"+{code}{n[1:]}", f"00{code}{n[1:]}", truth)
        )
        return Case("phone", typed, truth, "overseas")
    if draw < 0.27:
        truth, ways = rng.choice(
            (
                ("+32 475 12 34 56", ("+32475123456", "0032 475 12 34 56", "+32 (0)475/12.34.56")),
                ("+44 20 7946 0958", ("+442079460958", "0044 20 7946 0958", "+44 (0)20 7946 0958")),
                ("+41 79 123 45 67", ("+41791234567", "0041 79 123 45 67", "+41 79 1234567")),
                ("+34 612 34 56 78", ("+34612345678", "0034612345678", "+34 612 345 678")),
                ("+352 621 123 456", ("+352621123456", "00352 621 123 456", "+352 621 12 34 56")),
            )
        )
        return Case("phone", rng.choice((*ways, truth)), truth, "abroad")
    typed, kind = _write(rng, number)
    return Case("phone", typed, shown(number), kind)


def email(rng: random.Random) -> Case:
    first, last = plain(rng.choice(FIRST_M + FIRST_F)).lower(), plain(rng.choice(LAST)).lower()
    first, last = first.replace("'", ""), last.replace("|", "").replace("'", "")
    local = rng.choice(
        (f"{first}.{last}", f"{first[0]}{last}", f"{last}{rng.randrange(99)}", f"{first}_{last}")
    )
    domain = rng.choice(MAILBOXES)
    truth = f"{local}@{domain}"
    ways: dict[str, tuple[object, str | None]] = {
        "as is": (truth, truth),
        "capitals": (truth.upper(), truth),
        "mixed": (truth.title(), truth),
        "spaces around": (f" {truth} ", truth),
        "space before @": (truth.replace("@", " @"), truth),
        "mailto": (f"mailto:{truth}", truth),
        "(at)": (truth.replace("@", "(at)"), truth),
        "[at]": (truth.replace("@", " [at] "), truth),
        "sign after": (truth + rng.choice((".", ";", ",", " ;")), truth),
        "brackets": (f"<{truth}>", truth),
        "name and brackets": (f"{first.title()} {last.title()} <{truth}>", truth),
        "no-break space": (f"{truth}\u00a0", truth),
        "zero-width": (f"\u200b{truth}", truth),
        "filler": (rng.choice((*FILLERS, "test@test", "aaa@aaa.fr", "pasdemail@gmail.com")), None),
        "no domain": (f"{local}@{domain.split('.')[0]}", None),
        "no @": (truth.replace("@", ""), None),
        "comma": (truth[::-1].replace(".", ",", 1)[::-1], None),
        "two @": (truth.replace("@", "@@"), None),
        "misspelt, kept": (f"{local}@gmial.com", f"{local}@gmial.com"),
    }
    rare = ("no domain", "no @", "comma", "two @", "misspelt, kept")
    weights = [20 if k == "as is" else 1 if k in rare else 4 for k in ways]
    kind = rng.choices(list(ways), weights)[0]
    typed, expected = ways[kind]
    return Case("email", typed, expected, kind)


def postcode(rng: random.Random, pairs: list[tuple[str, str]]) -> Case:
    truth = rng.choice(pairs)[0]
    ways: dict[str, tuple[object, str | None]] = {
        "as is": (truth, truth),
        "number": (float(truth), truth),
        "zero lost": (truth.lstrip("0"), truth),
        "space": (f"{truth[:2]} {truth[2:]}", truth),
        "F-": (f"F-{truth}", truth),
        "FR-": (f"FR-{truth}", truth),
        "F ": (f"F {truth}", truth),
        "spaces around": (f" {truth} ", truth),
        "no-break space": (f"{truth}\u00a0", truth),
        "letter O": (truth.replace("0", "O", 1), truth),
        "decimal": (f"{truth.lstrip('0')}.0", truth),
        "filler": (rng.choice((*FILLERS, "00000", "0")), None),
        "six digits": (truth + "1", None),
        "no such department": ("96" + truth[2:], None),
    }
    kind = rng.choices(list(ways), [10 if k == "as is" else 2 for k in ways])[0]
    typed, expected = ways[kind]
    return Case("postcode", typed, expected, kind)


def _saint(text: str) -> str:
    return text.replace("Saint-", "St ").replace("Sainte-", "Ste ").replace("-", " ")


def town(rng: random.Random, pairs: list[tuple[str, str]], large: list[tuple[str, str]]) -> Case:
    code, truth = rng.choice(large if rng.random() < 0.5 else pairs)
    ways: dict[str, object] = {
        "as is": truth,
        "capitals": truth.upper(),
        "capitals without accents": plain(truth).upper(),
        "capitals, no hyphens": plain(truth).upper().replace("-", " ").replace("'", " "),
        "small": truth.lower(),
        "small without accents": plain(truth).lower(),
        "St": _saint(truth),
        "ST": plain(_saint(truth)).upper(),
        "spaces": f" {truth} ",
        "s/": plain(truth).upper().replace("-SUR-", " S/ ").replace("-SOUS-", " S/ "),
        "postcode before": f"{code} {truth.upper()}",
        "broken": broken(truth),
    }
    if truth in ("Paris", "Lyon", "Marseille"):
        number = int(code[-2:])
        ways["district"] = f"{truth.upper()} {number:02d}"
        ways["district in words"] = f"{truth} {number}{'er' if number == 1 else 'e'} Arrondissement"
    kind = rng.choice(list(ways))
    return Case("town", ways[kind], truth, kind, code)


def _with_key(digits: str) -> str:
    """Digits with a last one that makes Luhn's sum a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return digits + str(-total % 10)


def siret(rng: random.Random) -> str:
    """A fictional SIRET with right keys."""
    return _with_key(_with_key(f"{rng.randrange(10**8):08d}") + f"{rng.randrange(10**4):04d}")


def cases(count: int, seed: int = 20261121) -> list[Case]:
    """`count` cells of each of seven columns."""
    rng = random.Random(seed)
    pairs = communes()
    large = [
        p for p in pairs if p[0].endswith(("00", "000")) or p[1] in ("Paris", "Lyon", "Marseille")
    ]
    found: list[Case] = []
    for _ in range(count):
        found += [civility(rng), first_name(rng), last_name(rng), phone(rng), email(rng)]
        found += [postcode(rng, pairs), town(rng, pairs, large)]
    return found


def full_name(rng: random.Random) -> tuple[str, tuple[str | None, str, str]]:
    """A full name as typed, and (civility, first name, last name)."""
    man = rng.random() < 0.5
    first = rng.choice(FIRST_M if man else FIRST_F)
    last = rng.choice(LAST).replace("|", " ")
    civil = "M." if man else "Mme"
    typed_civil = rng.choice(("M.", "Mr", "Monsieur") if man else ("Mme", "Mlle", "MME"))
    way = rng.choice(
        (
            f"{first} {last.upper()}",
            f"{last.upper()} {first}",
            f"{last}, {first}",
            f"{typed_civil} {first} {last.upper()}",
            f"{typed_civil} {last.upper()} {first}",
            f"{first} {last}",
        )
    )
    given = civil if way.startswith(typed_civil + " ") else None
    return way, (given, first, last)
