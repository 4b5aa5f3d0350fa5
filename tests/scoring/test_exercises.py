"""Exercises as management classes set them, worked by hand, as cells and in the templates."""

from __future__ import annotations

from datetime import date

import pytest
from engines import recalculate_ironcalc

from xlcrm.budget.marketing import Action, MarketingPlan
from xlcrm.calling import call
from xlcrm.catalogue import find_function
from xlcrm.templates.marketing.build import write_budget
from xlcrm.templates.marketing.inputs import Lists
from xlcrm.templates.prospecting.book import build_prospecting_plan
from xlcrm.templates.prospecting.model import SEGMENTS

SHOP, WEB = [10, 9, 9, 8, 7, 6, 10, 5, 9, 10], [3, 7, 8, 9, 6, 0, 10, 8]


def cell(name, *args):
    return call(find_function(name), args, "fr")


def column(values):
    return [[value] for value in values]


# A fair: stand 3 500, prints 420, travel 380; 3 people x 2 days x 7 h at 32 €: 1 344.
FAIR = 3500 + 420 + 380 + 42 * 32
# An e-mailing: 5 000 addresses at 0.12, design 450, sending 0.015 each.
MAILING = 5000 * 0.12 + 450 + 5000 * 0.015


@pytest.mark.parametrize(
    ("name", "args", "right"),
    [
        ("CRM_NPS", (column(SHOP),), 40),  # 6 promoters, 2 detractors of 10
        ("CRM_NPS", (column(WEB),), -12.5),  # 2 and 3 of 8
        ("CRM_NPS", (column(SHOP + WEB),), 100 * 3 / 18),  # not the mean of the two
        # Array formula =CRM_NPS(SI(segment="Web";notes)): FAUX is no note.
        ("CRM_NPS", (column([False] * 10 + WEB),), -12.5),
        ("CRM_COUT_PAR_PROSPECT", (FAIR, 80), 70.55),
        ("CRM_COUT_PAR_ACTION", (FAIR, 8), 705.5),
        ("CRM_ROI", (8 * 1200 * 0.45, FAIR), (4320 - 5644) / 5644),
        ("CRM_ROAS", (9600, 4300), 9600 / 4300),
        ("CRM_SEUIL_CAMPAGNE", (FAIR, 540), 11),
        ("CRM_TAUX_SEUIL_CAMPAGNE", (FAIR, 540, 240), 5644 / 129600),
        ("CRM_ENTONNOIR", (column([5000, 4750, 1140, 228, 38]),),
         [0.95, 0.24, 0.2, 1 / 6, 0.0076]),
        ("CRM_COUT_PAR_ACTION", (MAILING, 38), 1125 / 38),
        ("CRM_ROI", (38 * 65 * 0.4, MAILING), -137 / 1125),
        ("CRM_SEUIL_CAMPAGNE", (MAILING, 26), 44),
        # 83.33 + 57.87 + 40.19 + 27.91 + 19.38 - 60 = 168.68.
        ("CRM_VALEUR_CLIENT", (120, 0.75, 0.08, 5, 60),
         sum(120 * 0.75**t / 1.08**t for t in range(1, 6)) - 60),
        ("CRM_VALEUR_CLIENT", (120, 0.75, 0.08), 120 * 0.75 / 0.33),
        ("CRM_VALEUR_CLIENT_SIMPLE", (45, 6, 4, 0.3), 324),
        # 1 850 customers, 260 won, 1 920 at the end: 190 lost.
        ("CRM_RETENTION", (1850, 1920, 260), 1660 / 1850),
        ("CRM_ATTRITION", (1850, 190), 190 / 1850),
        ("CRM_TAUX_NOURRITURE", (3600, 12000), 0.3),
        ("CRM_ECART", (12000, 13050), 1050),
        ("CRM_ECART_TAUX", (12000, 13050), 0.0875),
        ("CRM_ECART_STATUT", (12000, 13050), "À surveiller"),
        ("CRM_ECART_STATUT", (80000, 70000, "produit"), "Alerte"),
        # Price 30 %, delay 20 %, quality 40 %, service 10 % of two suppliers.
        ("CRM_NOTE_PONDEREE", ([[14, 11], [12, 16], [13, 15], [10, 12]],
                               column([0.3, 0.2, 0.4, 0.1])), [12.8, 13.7]),
        ("CRM_SEUIL_QUANTITE", (4800, 25, 13), 400),
    ],
)  # fmt: skip
def test_worked_by_hand(name, args, right):
    shown = cell(name, *args)
    if isinstance(right, list):
        shown = shown[0]
    assert shown == (right if isinstance(right, str) else pytest.approx(right, rel=1e-7))


def test_the_fair_and_the_mailing_in_the_budget(tmp_path):
    actions = (
        Action("Salon", start=date(2027, 3, 4), external=4300, hours=42, hourly=32, contacts=240,
               leads=80, sales=8, basket=1200, margin_rate=0.45),
        Action("E-mailing", start=date(2027, 5, 1), external=1125, contacts=4750, leads=228,
               sales=38, basket=65, margin_rate=0.4),
    )  # fmt: skip
    path = tmp_path / "budget.xlsx"
    desk = write_budget(path, "fr", MarketingPlan(date(2027, 1, 1), actions), Lists())
    values = recalculate_ironcalc(path)
    right = {
        "cpl": [70.55, 1125 / 228],
        "cpa": [705.5, 1125 / 38],
        "roi": [-1324 / 5644, -137 / 1125],
        "revenue_roi": [3956 / 5644, 1345 / 1125],
        "roas": [9600 / 4300, 2470 / 1125],
        "break_even": [11, 44],
    }
    for key, numbers in right.items():
        assert values[desk.col(f"plan.{key}")][:2] == pytest.approx(numbers)
    # Both: margin 5 308 against 6 769.
    assert values[desk["plan.roi"]] == pytest.approx((5308 - 6769) / 6769)


def test_workload_of_a_prospecting_plan(tmp_path):
    """3 people x 35 h x 40 % x 10 weeks = 420 h; 600 contacts."""

    def one(value):
        return [value] + [None] * (SEGMENTS - 1)

    data = {
        "start": date(2027, 9, 6), "weeks": 10, "reps": 3, "hours_week": 35, "selling_share": 0.4, "call_minutes": 6,
        "visit_hours": 1, "travel_hours": 0.5, "hourly": 30, "km": 20, "km_cost": 0.5,
        "contact_cost": 1, "fixed_cost": 1000, "targets.segment": one("PME"),
        "targets.pool": one(900), "targets.contacts": one(600), "targets.calls": one(2.5),
        "targets.rdv": one(0.15), "targets.visits": one(1.2), "targets.sale": one(0.3),
        "targets.basket": one(2000), "targets.margin": one(0.4),
    }  # fmt: skip
    path = tmp_path / "plan.xlsx"
    kit = build_prospecting_plan(path, "fr", variant="empty", data=data)
    values = recalculate_ironcalc(path)

    def shown(key):
        found = values[kit.cells[key]]
        return found[0] if isinstance(found, list) else found

    # 1 500 calls x 6 min = 150 h; 90 appointments, 108 visits x 1.5 h = 162 h; 27 sales.
    assert [shown(f"targets.n_{k}") for k in ("calls", "rdv", "visits", "sales")] == [
        1500, 90, 108, 27
    ]  # fmt: skip
    assert shown("costs.hours") == 312
    assert [shown("capacity"), shown("load")] == [420, pytest.approx(312 / 420, abs=1e-6)]
    # 9 360 of time + 1 080 km + 600 + 1 000; margin of a sale 800.
    assert shown("total_cost") == 12040
    assert shown("cost_per_rdv") == pytest.approx(133.78)
    assert shown("break_even") == 16
    assert shown("profit") == 21600 - 12040
