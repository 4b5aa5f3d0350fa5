"""The workbook on short-term credit, put together."""

from __future__ import annotations

from xlcrm.templates.form import Kit
from xlcrm.templates.handout import handout
from xlcrm.templates.short_credit.compare import write_comparison, write_factoring
from xlcrm.templates.short_credit.discount import write_discount
from xlcrm.templates.short_credit.late import write_late
from xlcrm.templates.short_credit.model import EMPTY, EXAMPLE, EXERCISE, compute_credit
from xlcrm.templates.short_credit.overdraft import write_overdraft
from xlcrm.texts import Text

_STEPS = (
    Text(
        "Saisissez les conditions et les effets dans « Escompte », les mouvements du compte dans "
        "« Découvert », l'année d'affacturage dans « Affacturage ».",
        "Type conditions and bills in “Discount”, the movements of the account in “Overdraft”, "
        "the year of factoring in “Factoring”.",
    ),
    Text(
        "« Comparaison » chiffre le même besoin par quatre solutions.",
        "“Comparison” costs the same need by four ways.",
    ),
    Text(
        "« Pénalités » calcule ce qu'on peut réclamer aux clients en retard : mettez à jour les "
        "taux chaque semestre.",
        "“Penalties” computes what late customers owe: update the rates every half-year.",
    ),
    Text(
        "Conventions : l'escompte ajoute les jours de banque ; la TVA porte sur la somme des "
        "commissions ; l'année bancaire a 360 jours, le taux réel en compte 365.",
        "Conventions: the discount adds the bank days; VAT is on the sum of the fees; the "
        "bank year has 360 days, the real rate counts 365.",
    ),
)


@handout(
    "short-term-credit",
    "credit-court-terme",
    group="budgets",
    label=Text("Crédit à court terme", "Short-term credit"),
    summary=Text(
        "Bordereau d'escompte, découvert et agios, affacturage, comparaison des coûts, pénalités "
        "de retard.",
        "Discounting slip, overdraft and its charges, factoring, costs compared, late penalties.",
    ),
    title=Text("Crédit à court terme", "Short-term credit"),
    purpose=Text(
        "Escompte, découvert, affacturage : leur coût réel ; pénalités de retard.",
        "Discount, overdraft, factoring: what they really cost; late payment penalties.",
    ),
    steps=_STEPS,
    data=(EXAMPLE, EMPTY, EXERCISE),
    compute=compute_credit,
)
def build_credit(kit: Kit) -> None:

    write_discount(kit)
    write_overdraft(kit)
    write_factoring(kit)
    write_comparison(kit, tuple(kit.pages[1:4]))
    write_late(kit)
