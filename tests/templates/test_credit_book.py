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
