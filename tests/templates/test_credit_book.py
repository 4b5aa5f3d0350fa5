"""A slip with two bank days and a minimum of days, an account with a turnover commission."""

from datetime import date
from pathlib import Path

from engines import recalculate_ironcalc

from xlcrm.templates.short_credit import model
from xlcrm.templates.short_credit.book import build_credit


def filled(values: list, size: int) -> list:
    return values + [None] * (size - len(values))


def test_an_exercise_worked_by_hand(tmp_path: Path) -> None:
    data = {
        "slip_date": date(2026, 5, 4),
        "bank_days": 2,
        "least_days": 10,
        "discount_rate": 0.085,
        "endorsement_rate": 0.005,
        "bill_fee": 3.5,
        "slip_fee": 10,
        "bills.drawee": filled(["A", "B", "C"], model.BILLS),
        "bills.nominal": filled([12500, 4300, 2750.8], model.BILLS),
        "bills.due": filled([date(2026, 6, 30), date(2026, 5, 9), date(2026, 7, 31)], model.BILLS),
        "opening": 1500,
        "closing_date": date(2026, 6, 30),
        "overdraft_rate": 0.12,
        "fee_rate": 0.0005,
        "movement_rate": 0.00025,
        "account_fee": 18,
        "account_vat": 0.2,
        "scale.day": filled(
            [date(2026, 4, 1), date(2026, 4, 20), date(2026, 5, 6), date(2026, 5, 28)],
            model.MOVEMENTS,
        ),
        "scale.label": filled([], model.MOVEMENTS),
        "scale.debit": filled([None, 9000, None, 6400], model.MOVEMENTS),
        "scale.credit": filled([None, None, 8200], model.MOVEMENTS),
    }
    kit = build_credit(tmp_path / "a.xlsx", data=data)
    values = recalculate_ironcalc(tmp_path / "a.xlsx")
    # 57 and 88 days and two of the bank; 5 and 2 are fewer than the minimum of 10.
    assert values[kit.cells["bills.days"]][:3] == [59, 10, 90]
    assert values[kit.cells["bills.discount"]][:3] == [174.13, 10.15, 58.45]
    # 242.73 of discount, 14.28 of endorsement, 3 x 3.50 and 10 of fees; VAT on the fees only.
    assert values[kit.cells["slip_charges"]] == 277.51
    assert values[kit.cells["slip_vat"]] == 4.1
    assert values[kit.cells["slip_net"]] == 19269.19
    # 7 500 for 16 days, then 5 700 for 33 days.
    assert values[kit.cells["scale.numbers.total"]] == 308100
    assert values[kit.cells["over_interest"]] == 102.7
    assert values[kit.cells["over_fee"]] == 10.35  # April and May 7 500, June 5 700
    assert values[kit.cells["over_movement"]] == 3.85  # 15 400 of debits
    assert values[kit.cells["over_charges"]] == 134.9
    assert values[kit.cells["over_vat"]] == 4.37
    assert values[kit.cells["over_with_vat"]] == 139.27


def test_an_opening_overdraft_bears_interest_from_the_start_of_the_period(tmp_path: Path) -> None:
    data = {
        "opening": -10000,
        "start_date": date(2026, 4, 1),
        "closing_date": date(2026, 6, 30),
        "overdraft_rate": 0.12,
        "fee_rate": 0.0005,
        "fee_cap": None,
        "scale.day": filled([date(2026, 5, 15)], model.MOVEMENTS),
        "scale.label": filled([], model.MOVEMENTS),
        "scale.debit": filled([], model.MOVEMENTS),
        "scale.credit": filled([12000], model.MOVEMENTS),
    }
    kit = build_credit(tmp_path / "a.xlsx", data=data)
    values = recalculate_ironcalc(tmp_path / "a.xlsx")
    # 10 000 for 44 days, at 12 % over 360; highest in April and May 10 000, none in June.
    assert values[kit.cells["over_numbers"]] == 440000
    assert values[kit.cells["over_interest"]] == 146.67
    assert values[kit.cells["highest"]] == [10000, 10000, 0]
    assert values[kit.cells["over_fee"]] == 10


def test_every_way_brings_the_need(tmp_path: Path) -> None:
    """25 000 for 60 days: what each way costs, fees and commissions kept at once included."""
    kit = build_credit(tmp_path / "a.xlsx")
    values = recalculate_ironcalc(tmp_path / "a.xlsx")
    overdraft, discount, factoring, partners = values[kit.cells["ways.cost"]]
    # Interest 479.17, highest overdraft 2 x 12.50, turnover 6.25, fixed fees 25 x 4 x 60/360.
    assert overdraft == 527.09
    # Bills of 25 305.98 at 6.8 % for 61 days: 291.58 (265.85 and 25.73), and 3 x 4.80.
    assert discount == 305.98
    assert values[kit.cells["ways.raised"]] == [25000, 25305.98, 28153.26, 25000]
    # Invoices of 28 153.26: 10 % kept, commission 239.30, fees 600 x 60/365; the advance of
    # 25 337.93 at 4.6 % for 60 days costs 191.60.
    assert factoring == 529.53
    assert round(28153.26 * 0.9 - 239.30 - 98.63, 2) == 25000
    assert partners == 205.48
    assert values[kit.cells["ways.rate"]][1] == 0.074455
