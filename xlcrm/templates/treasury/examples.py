"""Ready data for the treasury workbook: Marielle Nature, and a published exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from xlcrm.budget.plan import CurrencyFlow, Due, Funding, Line, NewLoan, Opening, Plan
from xlcrm.budget.scenarios import Scenario
from xlcrm.texts import Lang, Text


@dataclass(frozen=True, slots=True)
class Example:
    """A plan with its scenarios, its title and, for an exercise, what it asks."""

    plan: Plan
    scenarios: tuple[Scenario, ...]
    title: Text
    statement: Text


def _six(*amounts: float) -> tuple[float, ...]:
    return amounts


def marielle(lang: Lang) -> Example:
    """Marielle Nature, a small firm that makes and sells organic cosmetics: six months of 2027.

    >>> marielle("fr").plan.company
    'Marielle Nature'
    """

    def t(fr: str, en: str) -> str:
        return en if lang == "en" else fr

    plan = Plan(
        company="Marielle Nature",
        start=date(2027, 1, 1),
        months=6,
        sales=(
            Line(
                t("Boutiques et site", "Shops and web site"),
                0.2,
                False,
                (1, 0, 0, 0, 0),
                _six(22400, 20800, 24900, 27300, 29600, 26900),
            ),
            Line(
                t("Instituts et revendeurs", "Salons and resellers"),
                0.2,
                False,
                (0.2, 0.5, 0.3, 0, 0),
                _six(16500, 15200, 18400, 21600, 24800, 22400),
            ),
            Line(
                t("Tisanes bio", "Organic herbal teas"),
                0.055,
                False,
                (1, 0, 0, 0, 0),
                _six(3200, 2900, 2600, 2200, 1900, 1600),
            ),
            Line(
                t("Ateliers bien-être", "Wellness workshops"),
                0.2,
                True,
                (0.4, 0.6, 0, 0, 0),
                _six(2400, 2600, 3200, 3600, 3800, 3000),
            ),
        ),
        purchases=(
            Line(
                t("Matières premières bio", "Organic raw materials"),
                0.2,
                False,
                (0, 0.6, 0.4, 0, 0),
                _six(15800, 17600, 18400, 16900, 14200, 12800),
            ),
            Line(
                t("Flacons et emballages", "Bottles and packaging"),
                0.2,
                False,
                (0, 1, 0, 0, 0),
                _six(4300, 4900, 5200, 4700, 4100, 3600),
            ),
            Line(
                t("Plantes à tisane", "Herbal tea plants"),
                0.055,
                False,
                (0, 1, 0, 0, 0),
                _six(1500, 1300, 1100, 900, 800, 700),
            ),
            Line(
                t("Salons, publicité, transport", "Fairs, advertising, transport"),
                0.2,
                True,
                (0.5, 0.5, 0, 0, 0),
                _six(2600, 4200, 5400, 3100, 2800, 2400),
            ),
            Line(
                t("Loyers et énergie", "Rents and energy"),
                0.2,
                True,
                (1, 0, 0, 0, 0),
                _six(4350, 4350, 4350, 4350, 4350, 4350),
            ),
        ),
        investments=(
            Line(
                t("Cuve de mélange", "Mixing vessel"),
                0.2,
                False,
                (0.4, 0.6, 0, 0, 0),
                _six(0, 24000, 0, 0, 0, 0),
            ),
            Line(
                t("Agencement, boutique de Lille", "Fittings, Lille shop"),
                0.2,
                False,
                (0, 1, 0, 0, 0),
                _six(0, 0, 0, 9000, 0, 0),
            ),
        ),
        opening=Opening(
            fixed_assets=62000,
            stock=28500,
            receivables=Due(24600, (16200, 8400)),
            cash=9800,
            equity=54400,
            loans=21000,
            partners=12000,
            payables=Due(26500, (17800, 8700)),
            social=Due(7100, (7100,)),
            vat_due=3900,
        ),
        funding=Funding(
            minimum=2000,
            limit=15000,
            order="partners",
            partners_most=8000,
            overdraft_rate=0.096,
            commission_rate=0.0005,
            commission_cap=0.5,
        ),
        wages=_six(12800, 12800, 12800, 12800, 13400, 13400),
        social_charges=_six(7400, 7400, 7400, 7400, 7750, 7750),
        tax_computed=True,
        tax_reference=6400,
        tax_balance=900,
        other_taxes=_six(0, 0, 620, 0, 0, 1150),
        tax_expense=2400,
        loans=(NewLoan(16000, 3, 0.042, 48, fees=200),),
        loan_principal=_six(*[600] * 6),
        loan_interest=_six(61.25, 59.5, 57.75, 56, 54.25, 52.5),
        dividends=_six(0, 0, 0, 0, 0, 1500),
        currencies=(
            CurrencyFlow(
                t("Revendeur de New York (USD)", "Reseller in New York (USD)"),
                True,
                True,
                1.08,
                _six(0, 0, 6480, 0, 5400, 0),
                _six(1.09, 1.09, 1.1, 1.07, 1.06, 1.06),
            ),
            CurrencyFlow(
                t("Huile d'argan (MAD)", "Argan oil (MAD)"),
                False,
                True,
                10.8,
                _six(0, 0, 0, 54000, 0, 0),
                _six(10.8, 10.8, 10.9, 10.75, 10.8, 10.8),
            ),
        ),
        depreciation=_six(*[1450] * 6),
        closing_stock=33000,
    )
    return Example(plan, _marielle_scenarios(lang), _MARIELLE_TITLE, _MARIELLE_CASE)


_MARIELLE_TITLE = Text("Budget de trésorerie : Marielle Nature", "Treasury budget: Marielle Nature")
_MARIELLE_CASE = Text(
    "Marielle Nature fabrique et vend des cosmétiques bio. Au 1er janvier 2027, sa dirigeante "
    "prépare son budget de trésorerie de six mois : elle investit dans une cuve de mélange, "
    "financée en partie par un emprunt. Établissez les budgets de TVA et de trésorerie à partir "
    "des données des feuilles jaunes, puis équilibrez la trésorerie : les associés apportent "
    "jusqu'à 8\u202f000 € en compte courant pour garder 2\u202f000 € en banque ; au-delà, un "
    "découvert, dont "
    "les agios se paient le mois suivant.",
    "Marielle Nature makes and sells organic cosmetics. On 1 January 2027 its manager prepares a "
    "treasury budget of six months: she invests in a mixing vessel, paid in part by a loan. Draw "
    "up "
    "the VAT and treasury budgets from the data of the yellow sheets, then balance the cash: "
    "partners bring up to 8,000 euros in their current account to keep 2,000 euros at the bank; "
    "beyond that, an overdraft, whose charges are paid in the month after.",
)


def _marielle_scenarios(lang: Lang) -> tuple[Scenario, ...]:
    labels = (
        Text("Institut Belle Rive défaillant", "Belle Rive salon fails"),
        Text("Délais + 15 jours", "Delays + 15 days"),
        Text("Délais + 30 jours", "Delays + 30 days"),
        Text("Emprunt de 12\u202f000 €", "Loan of 12,000 euros"),
        Text("Escompte d'effets", "Discounted bills"),
        Text("Affacturage", "Factoring"),
        Text("Apport des associés", "Partners bring cash"),
    )
    changes: tuple[dict[str, Any], ...] = (
        {"loss": 7200.0, "loss_month": 3},
        {"delay": "15"},
        {"delay": "30"},
        {"loan": NewLoan(12000, 2, 0.051, 24, fees=120)},
        {"discount": 12000.0, "discount_month": 2, "discount_months": 2,
         "discount_rate": 0.075, "discount_fees": 45.0},
        {"factor_share": 0.8, "factor_advance": 0.9, "factor_commission": 0.012,
         "factor_rate": 0.056},
        {"partners_amount": 12000.0, "partners_month": 2},
    )  # fmt: skip
    pairs = zip(labels, changes, strict=True)
    return tuple(Scenario(label=label.in_(lang), **change) for label, change in pairs)


def starting_scenarios(lang: Lang) -> tuple[Scenario, ...]:
    """Named scenarios whose amounts are still to be filled in, for the empty workbook."""
    labels = (
        Text("Client défaillant", "A customer fails"),
        Text("Délais + 15 jours", "Delays + 15 days"),
        Text("Délais + 30 jours", "Delays + 30 days"),
        Text("Emprunt", "Loan"),
        Text("Escompte", "Discount"),
        Text("Affacturage", "Factoring"),
        Text("Apport des associés", "Partners bring cash"),
    )
    delays: tuple[Any, ...] = ("none", "15", "30", "none", "none", "none", "none")
    pairs = zip(labels, delays, strict=True)
    return tuple(Scenario(label=label.in_(lang), delay=delay) for label, delay in pairs)


def empty_plan() -> Plan:
    """A plan with rates and terms as most firms have them, and no amounts."""
    return Plan(
        sales=(Line(vat_rate=0.2), Line(vat_rate=0.1), Line(vat_rate=0.055),
               Line(vat_rate=0.2, on_payment=True)),
        purchases=(Line(vat_rate=0.2, shares=(0, 1, 0, 0, 0)),
                   Line(vat_rate=0.055, shares=(0, 1, 0, 0, 0)),
                   Line(vat_rate=0.2, on_payment=True), Line(vat_rate=0.2), Line(vat_rate=0.0)),
        funding=Funding(overdraft_rate=0.1),
    )  # fmt: skip


def published_exercise(lang: Lang) -> Example:
    """An exercise published with its solution: VAT credit carried, receipts and payments split.

    Source: scribd.com/document/466342553 (series no. 3, exercise 2): December to March, VAT 19 %.
    What the text leaves out is 0: opening cash, receivables, debts, cost of an overdraft.
    """

    def t(fr: str, en: str) -> str:
        return en if lang == "en" else fr

    plan = Plan(
        company=t("Exercice publié", "Published exercise"),
        start=date(2026, 12, 1),
        months=4,
        sales=(Line(t("Ventes", "Sales"), 0.19, False, (0.5, 0.5, 0, 0, 0),
                    (80000, 90000, 100000, 110000)),),
        purchases=(
            Line(t("Achats", "Purchases"), 0.19, False, (0.4, 0.6, 0, 0, 0),
                 (28000, 44000, 52500, 55000)),
            Line(t("Autres charges", "Other costs"), 0.19, False, (1, 0, 0, 0, 0),
                 (0, 6000, 5500, 6500)),
            Line(t("Commissions", "Commissions"), 0.19, False, (1, 0, 0, 0, 0),
                 (8000, 9000, 10000, 11000)),
        ),
        investments=(Line(t("Équipements", "Equipment"), 0.19, False, (1, 0, 0, 0, 0),
                          (0, 94000, 0, 0)),),
        opening=Opening(vat_credit=7500, equity=7500),
        funding=Funding(order="overdraft"),
    )  # fmt: skip
    statement = Text(
        "De décembre à mars, une entreprise soumise à la TVA au taux de 19 % vend la moitié au "
        "comptant et l'autre à un mois ; elle paie 40 % de ses achats au comptant et 60 % à un "
        "mois, le reste au comptant. Elle reporte un crédit de TVA de 7 500. Établissez le budget "
        "de TVA, puis les encaissements, les décaissements et la trésorerie de chaque mois. "
        "(Données : scribd.com/document/466342553, série de TD n° 3, exercice 2.)",
        "From December to March a firm that pays VAT at 19% sells one half for cash and the other "
        "at one month; it pays 40% of its purchases at once and 60% after one month, the rest at "
        "once. It carries a VAT credit of 7,500. Draw up the VAT budget, then receipts, payments "
        "and the cash of each month. (Data: scribd.com/document/466342553, series no. 3, "
        "exercise 2.)",
    )
    title = Text("Exercice : budget de TVA et de trésorerie", "Exercise: VAT and treasury budget")
    return Example(plan, (), title, statement)
