"""The action plan and the satisfaction survey of Marielle Nature, as a team would type them."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from xlcrm.texts import Lang, Text

_LABELS = Text(
    fr="Action;Thème;Segment;Canal;Début;Fin;Coût externe;Heures internes;Contribution partenaires;"
    "Responsable;RSE;Contacts;Prospects;Ventes;Panier moyen;Taux de marge;Nouveaux clients;"
    "Indicateur;Objectif;Résultat;Coût réel;Heures réalisées;Ventes réalisées;"
    "Nouveaux clients réalisés;CA réalisé",
    en="Action;Theme;Segment;Channel;Start;End;External cost;Internal hours;Partner contribution;"
    "Owner;CSR;Contacts;Leads;Sales;Average basket;Margin rate;New customers;"
    "KPI;Target;Result;Actual cost;Actual hours;Actual sales;"
    "Actual new customers;Actual revenue",
)
_NONE = (None,) * 5
# Name, theme, segment, channel; start, end, costs, partner, owner, CSR, funnel, basket, margin,
# new customers; KPI, target, result; actual cost, hours, sales, new customers, revenue. The
# contacts of the loyalty campaign are left to its target list.
_ACTIONS: tuple[tuple[Text, Text, Text, Text, tuple[Any, ...]], ...] = (
    (
        Text(fr="Campagne de fidélisation", en="Loyalty campaign"),
        Text(fr="Fidélisation", en="Loyalty"),
        Text(fr="Bons clients", en="Good customers"),
        Text(fr="E-mail", en="E-mail"),
        (
            (2026, 12, 1),
            (2026, 12, 20),
            350,
            12,
            0,
            "Zoé",
            False,
            None,
            48,
            26,
            58,
            0.55,
            None,
            Text(fr="Commandes", en="Orders"),
            26,
            None,
            *_NONE,
        ),
    ),
    (
        Text(fr="Salon bio de Rennes", en="Rennes organic fair"),
        Text(fr="Conquête", en="Acquisition"),
        Text(fr="Particuliers", en="Private customers"),
        Text(fr="Salon", en="Trade fair"),
        (
            (2026, 10, 9),
            (2026, 10, 11),
            1800,
            30,
            300,
            "Hugo",
            False,
            180,
            50,
            24,
            62,
            0.5,
            20,
            Text(fr="Nouveaux clients", en="New customers"),
            20,
            17,
            1950,
            34,
            22,
            17,
            1276.4,
        ),
    ),
    (
        Text(fr="Salon de la cosmétique d'Alençon", en="Alençon cosmetics fair"),
        Text(fr="Conquête", en="Acquisition"),
        Text(fr="Professionnels", en="Professionals"),
        Text(fr="Salon", en="Trade fair"),
        (
            (2027, 4, 9),
            (2027, 4, 11),
            2400,
            48,
            600,
            "Hugo",
            False,
            260,
            60,
            18,
            210,
            0.42,
            16,
            Text(fr="Contacts qualifiés", en="Qualified contacts"),
            60,
            None,
            *_NONE,
        ),
    ),
    (
        Text(fr="Retour des flacons en boutique", en="Bottles brought back to the shop"),
        Text(fr="Satisfaction", en="Satisfaction"),
        Text(fr="Clients des boutiques", en="Shop customers"),
        Text(fr="Point de vente", en="Store"),
        (
            (2027, 1, 15),
            (2027, 6, 30),
            900,
            30,
            300,
            "Zoé",
            True,
            400,
            120,
            70,
            34,
            0.5,
            None,
            Text(fr="Flacons rapportés", en="Bottles brought back"),
            500,
            None,
            *_NONE,
        ),
    ),
    (
        Text(fr="Réactivation des clients inactifs", en="Winning back inactive customers"),
        Text(fr="Fidélisation", en="Loyalty"),
        Text(fr="Clients inactifs", en="Inactive customers"),
        Text(fr="Courrier", en="Post"),
        (
            (2027, 2, 1),
            (2027, 2, 28),
            640,
            10,
            0,
            "Hugo",
            False,
            150,
            15,
            6,
            52,
            0.55,
            None,
            Text(fr="Clients réactivés", en="Customers won back"),
            6,
            None,
            *_NONE,
        ),
    ),
    (
        Text(fr="Référencement du site", en="Search ranking of the web site"),
        Text(fr="Conquête", en="Acquisition"),
        Text(fr="Internautes", en="Web visitors"),
        Text(fr="Site web", en="Web site"),
        (
            (2027, 1, 4),
            (2027, 6, 30),
            1800,
            24,
            0,
            "Léa",
            False,
            5200,
            210,
            58,
            47,
            0.52,
            40,
            Text(fr="Nouveaux clients", en="New customers"),
            40,
            None,
            *_NONE,
        ),
    ),
)
_REASONS = (
    Text(fr="délai de livraison", en="delivery time"),
    Text(fr="produit épuisé", en="product out of stock"),
    Text(fr="prix", en="price"),
    Text(fr="accueil", en="welcome"),
)
_SEGMENTS = (
    (Text(fr="Boutique", en="Shop"), (9, 1.4)),
    (Text(fr="Site web", en="Web site"), (7.6, 2.0)),
    (Text(fr="Salon", en="Trade fair"), (8.2, 1.8)),
)


def actions(lang: Lang) -> list[list[Any]]:
    """The action plan, one row for each action."""
    rows: list[list[Any]] = [_LABELS.in_(lang).split(";")]
    for name, theme, segment, channel, rest in _ACTIONS:
        start, end, cost, hours, partner, owner, csr, *funnel = rest
        rows.append(
            [
                *(text.in_(lang) for text in (name, theme, segment, channel)),
                datetime(*start),
                datetime(*end),
                cost,
                hours,
                partner,
                owner,
                _flag(csr, lang),
                *(value.in_(lang) if isinstance(value, Text) else value for value in funnel),
            ]
        )
    return rows


def survey(lang: Lang) -> list[list[Any]]:
    """One answer a row: would recommend (0-10), satisfied (1-5), easy (1-7), the main reason."""
    rng = Random(2026)
    labels = Text(
        fr="Date;Segment;Recommandation;Satisfaction;Effort;Motif",
        en="Date;Segment;NPS;CSAT;CES;Reason",
    )
    rows: list[list[Any]] = [labels.in_(lang).split(";")]
    for number in range(180):
        segment, (mean, spread) = _SEGMENTS[number % 3]
        score = min(10, max(0, round(rng.gauss(mean, spread))))
        unhappy = score <= 6
        rows.append(
            [
                datetime(2026, 6 + number % 6, 1 + number % 28),
                segment.in_(lang),
                score,
                min(5, max(1, round(score / 2))),
                min(7, max(1, round(score * 0.7))),
                rng.choice(_REASONS).in_(lang) if unhappy else None,
            ]
        )
    return rows


def _flag(value: bool, lang: Lang) -> str:
    words = Text(fr="oui", en="yes") if value else Text(fr="non", en="no")
    return words.in_(lang)
