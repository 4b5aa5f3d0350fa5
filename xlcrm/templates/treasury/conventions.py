"""The sheet Conventions: what textbooks leave open, and what this workbook does."""

from __future__ import annotations

from xlcrm.templates.treasury.draft import Draft
from xlcrm.texts import Text

CONVENTIONS = Text("Conventions", "Conventions")


def write_conventions(draft: Draft) -> None:
    """Each convention that textbooks leave open, and which one the workbook follows."""
    sheet = draft.book.sheet(
        CONVENTIONS,
        "home",
        widths=[2, 34, 100],
        one_page=True,
        title=Text("Conventions de calcul", "Rules of calculation"),
        subtitle=Text("Ce que les manuels laissent ouvert, et ce que ce classeur retient.",
                      "What textbooks leave open, and what this workbook does."),
    )  # fmt: skip
    for k, (topic, rule) in enumerate(RULES):
        sheet.label(3 + k, 1, topic, "strong")
        sheet.note(3 + k, 2, rule, 2, role="label")


RULES: list[tuple[Text, Text]] = [
    (
        Text("Arrondi", "Rounding"),
        Text(
            "Chaque montant et chaque sous-total est arrondi au centime (ARRONDI à 2 décimales).",
            "Every amount and every subtotal is rounded to the cent.",
        ),
    ),
    (
        Text("Répartition des règlements", "Payment shares"),
        Text(
            "Chaque facture mensuelle TTC est répartie selon les parts ; la dernière part non "
            "nulle "
            "prend le reste, si bien qu'aucun centime ne se perd.",
            "Each month's invoices are split by the shares; the last share that is not 0 takes the "
            "remainder, so that no cent is lost.",
        ),
    ),
    (
        Text("30 jours et 30 jours fin de mois", "30 days and 30 days end of month"),
        Text(
            "Tous deux se règlent le mois suivant (part « à 1 mois ») ; « le 10 », le mois d'après "
            "(part « à 2 mois »). Les dates exactes se calculent dans l'échéancier.",
            "Both are paid in the following month; “the 10”, in the month after that. Exact dates "
            "are computed in the due dates sheet.",
        ),
    ),
    (
        Text("45 jours fin de mois", "45 days end of month"),
        Text(
            "Deux lectures légales. A : facture + 45 jours, puis fin du mois. B : fin du mois de "
            "la "
            "facture, puis 45 jours.",
            "Two lawful readings. A: invoice + 45 days, then end of month. B: end of the invoice's "
            "month, then 45 days.",
        ),
    ),
    (
        Text("TVA sur les encaissements", "VAT on payment"),
        Text(
            "Elle compte au règlement : réglé × t / (1 + t). La TVA des créances et dettes "
            "d'ouverture est supposée déjà déclarée (0 %), sauf taux indiqué dans Ouverture.",
            "It counts when paid: paid × t / (1 + t). VAT on opening items counts as declared "
            "already (0%), unless a rate is given in Opening.",
        ),
    ),
    (
        Text("Paiement de la TVA", "Payment of VAT"),
        Text(
            "Le mois qui suit la déclaration ; la TVA due à l'ouverture est payée le premier mois. "
            "Au trimestre : mars, juin, septembre, décembre ; un budget qui commence en cours de "
            "trimestre reprend la TVA du trimestre en cours dans Ouverture.",
            "In the month after the return; VAT due at the opening is paid in month 1. Quarterly: "
            "March, June, September, December; a budget that starts within a quarter takes the VAT "
            "of the quarter under way from Opening.",
        ),
    ),
    (
        Text("Remboursement de crédit de TVA", "Refund of the VAT credit"),
        Text(
            "Reçu le mois où il est saisi, au plus égal au crédit reporté.",
            "Received in the month it is typed in, at most the credit carried.",
        ),
    ),
    (
        Text("Charges sociales", "Social charges"),
        Text(
            "Payées le mois suivant (délai modifiable). Celles d'avant l'ouverture sont dans "
            "l'échéancier.",
            "Paid in the month after (the delay can be changed). Earlier ones are in the schedule.",
        ),
    ),
    (
        Text("Impôt sur les sociétés", "Corporate tax"),
        Text(
            "Les montants donnés l'emportent. Sinon : un quart de l'impôt de référence, à l'euro, "
            "en mars, juin, septembre et décembre, au-delà de 3 000 € ; le solde en mai. L'acompte "
            "de mars suit la même référence.",
            "Given amounts win. Otherwise a quarter of the reference tax, to the euro, in March, "
            "June, September and December above 3,000 euros; the balance in May. The instalment of "
            "March follows the same reference.",
        ),
    ),
    (
        Text("Emprunts", "Loans"),
        Text(
            "Première échéance le mois après le versement. Taux mensuel t / 12 (ou actuariel). La "
            "dernière échéance solde le capital ; ses intérêts sont l'échéance moins le capital "
            "dû.",
            "First instalment in the month after. Monthly rate t / 12 (or actuarial). The last "
            "instalment clears the principal; its interest is the instalment less the balance.",
        ),
    ),
    (
        Text("Devises", "Currencies"),
        Text(
            "Montant × cours (euros pour une unité), ou ÷ cours si 1 € = x devise. L'écart entre "
            "le "
            "cours du règlement et celui de la facture est sur sa propre ligne.",
            "Amount × rate (euros for one unit), or ÷ rate where 1 € = x units. The difference "
            "from "
            "the rate of the invoice stands on its own line.",
        ),
    ),
    (
        Text("Intérêts du découvert", "Interest of the overdraft"),
        Text(
            "Sur le découvert de fin de mois, payés le mois suivant : taux / 12, ou jours du mois "
            "où "
            "le découvert a couru / 360 (le mois d'avant le budget pour un découvert d'ouverture).",
            "On the overdraft at the end of the month, paid in the month after: rate / 12, or days "
            "of "
            "the month in which it ran / 360 (the month before the budget for an opening one).",
        ),
    ),
    (
        Text("Commission de plus fort découvert", "Commission on the highest overdraft"),
        Text(
            "Sur le découvert de fin de mois, plafonnée à une part des intérêts du mois.",
            "On the overdraft at the end of the month, capped at a part of the month's interest.",
        ),
    ),
    (
        Text("Équilibrage", "Balancing"),
        Text(
            "« Découvert seul » ne relève pas la trésorerie au minimum : une alerte le signale. "
            "Les "
            "intérêts des comptes courants portent sur les apports d'équilibrage seulement.",
            "“Overdraft only” does not lift cash to the minimum: an alert says so. Interest of "
            "current accounts bears on the balancing contributions only.",
        ),
    ),
    (
        Text("Scénarios", "Scenarios"),
        Text(
            "Pertes et retards touchent les ventes à crédit, pas les ventes au comptant ; les "
            "créances d'ouverture et la TVA sur option. Quinze jours de retard déplacent la moitié "
            "des règlements d'un mois ; passer à fin de mois ne change pas le mois du règlement.",
            "Losses and delays act on credit sales, not on cash sales; on opening receivables and "
            "VAT by option. Fifteen days move half of the receipts by a month; going to the end of "
            "the month does not change the month of payment.",
        ),
    ),
    (
        Text("Affacturage, escompte", "Factoring, discount"),
        Text(
            "Le factor est remboursé au calendrier du budget. L'escompte compte 30 jours par mois, "
            "base 360. Frais et commissions sont saisis TTC ou nets de TVA récupérable.",
            "The factor is repaid on the budget's calendar. A discount counts 30 days a month, on "
            "360. Fees and commissions are typed as they are paid.",
        ),
    ),
    (
        Text("Présentation scolaire", "Textbook presentation"),
        Text(
            "Le solde est ramené à zéro par un concours bancaire reçu dans le mois et remboursé le "
            "mois suivant : mêmes nombres, autre présentation.",
            "The balance is brought to zero by a bank advance received in the month and repaid in "
            "the "
            "next: the same numbers, shown another way.",
        ),
    ),
]
