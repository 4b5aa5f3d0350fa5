"""The workbook on short-term credit: its data, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xlcrm.budget.discount_slips import BankConditions, discount_slip
from xlcrm.budget.factoring import factoring
from xlcrm.budget.months import month_after
from xlcrm.budget.penalties import days_late, late_penalty
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.texts import Text

BILLS, MOVEMENTS, INVOICES, RATES, MONTHS = 12, 16, 16, 4, 3
WAYS = ("overdraft", "discount", "factoring", "partners")
Data = Mapping[str, Any]


def _filled(values: list[Any], size: int) -> list[Any]:
    return values + [None] * (size - len(values))


EXAMPLE: dict[str, Any] = {
    "slip_date": date(2027, 3, 8),
    "discount_rate": 0.062,
    "endorsement_rate": 0.006,
    "bill_fee": 4.8,
    "slip_fee": 0,
    "vat_rate": 0.2,
    "bank_days": 1,
    "least_days": 10,
    "discount_base": "360",
    "bills.drawee": _filled(["Bio Sud", "Oasis Spa", "Nature & Co", "Les Halles"], BILLS),
    "bills.nominal": _filled([8400, 3260.5, 12900, 1480], BILLS),
    "bills.due": _filled(
        [date(2027, 4, 30), date(2027, 3, 12), date(2027, 5, 31), date(2027, 4, 15)], BILLS
    ),
    "opening": 6200,
    "start_date": None,
    "closing_date": date(2027, 3, 31),
    "overdraft_rate": 0.115,
    "overdraft_base": "360",
    "fee_rate": 0.0005,
    "fee_cap": 0.5,
    "movement_rate": 0.00025,
    "account_fee": 25,
    "account_vat": 0.2,
    "scale.day": _filled(
        [
            date(2027, 1, 1),
            date(2027, 1, 15),
            date(2027, 1, 31),
            date(2027, 2, 10),
            date(2027, 2, 28),
            date(2027, 3, 20),
        ],
        MOVEMENTS,
    ),
    "scale.label": _filled(
        [
            Text("Solde reporté", "Balance brought forward"),
            Text("TVA et charges sociales", "VAT and social charges"),
            Text("Salaires", "Wages"),
            Text("Règlements clients", "Customers' payments"),
            Text("Fournisseurs", "Suppliers"),
            Text("Règlements clients", "Customers' payments"),
        ],
        MOVEMENTS,
    ),
    "scale.debit": _filled([None, 9800, 14250, None, 7300, None], MOVEMENTS),
    "scale.credit": _filled([0, None, None, 12400, None, 21500], MOVEMENTS),
    "turnover": 480000,
    "customer_days": 52,
    "commission_rate": 0.0085,
    "guarantee": 0.1,
    "financing_rate": 0.046,
    "usage": 0.8,
    "factoring_fees": 600,
    "factoring_base": "365",
    "need": 25000,
    "need_days": 60,
    "need_bills": 3,
    "partners_rate": 0.05,
    "until": date(2026, 3, 31),
    "indemnity": 40,
    "penalty_base": "365",
    # The ECB's main refinancing rate on those days (3.15, 2.15, 2.15 %) and 10 points.
    "rates.start": _filled([date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)], RATES),
    "rates.rate": _filled([0.1315, 0.1215, 0.1215], RATES),
    "invoices.customer": _filled(["Bio Sud", "Oasis Spa", "Nature & Co"], INVOICES),
    "invoices.amount": _filled([4200, 1860.4, 950], INVOICES),
    "invoices.due": _filled([date(2025, 5, 31), date(2026, 1, 31), date(2026, 3, 15)], INVOICES),
    "invoices.paid": _filled([date(2025, 8, 12), None, date(2026, 3, 15)], INVOICES),
}
# Published: slip of 25/01/2010 (etudier.com), overdraft of the firm CLIM (Gualino, 2023), factoring
# of 500 000 (factoexpert.com), late payment of 15 000 for 30 days at 15 % (agenceipro.com).
EXERCISE: dict[str, Any] = EXAMPLE | {
    "slip_date": date(2010, 1, 25),
    "discount_rate": 0.085,
    "bill_fee": 3.45,
    "vat_rate": 0.196,
    "least_days": 0,
    "bills.drawee": _filled(["A", "B", "C"], BILLS),
    "bills.nominal": _filled([40000, 3000, 15000], BILLS),
    "bills.due": _filled([date(2010, 2, 5), date(2010, 3, 30), date(2010, 2, 28)], BILLS),
    "opening": 0,
    "closing_date": date(2023, 5, 31),
    "overdraft_rate": 0.12,
    "fee_cap": None,
    "movement_rate": None,
    "account_fee": 0,
    "account_vat": None,
    "scale.day": _filled([date(2023, 3, 18), date(2023, 5, 16)], MOVEMENTS),
    "scale.label": _filled(
        [Text("Paiement d'un fournisseur", "Payment of a supplier"),
         Text("Encaissement d'un client", "Payment by a customer")], MOVEMENTS
    ),
    "scale.debit": _filled([50000, None], MOVEMENTS),
    "scale.credit": _filled([None, 50000], MOVEMENTS),
    "turnover": 500000,
    "customer_days": 60,
    "commission_rate": 0.009,
    "financing_rate": 0.032,
    "usage": 0.7,
    "factoring_fees": 0,
    "until": date(2026, 3, 31),
    "rates.start": _filled([date(2026, 1, 1)], RATES),
    "rates.rate": _filled([0.15], RATES),
    "invoices.customer": _filled(["A", "B"], INVOICES),
    "invoices.amount": _filled([15000, 8400], INVOICES),
    "invoices.due": _filled([date(2026, 1, 31), date(2026, 2, 15)], INVOICES),
    "invoices.paid": _filled([date(2026, 3, 2), None], INVOICES),
}  # fmt: skip
_KEPT = ("bank_days", "discount_base", "overdraft_base", "factoring_base", "penalty_base")
EMPTY: dict[str, Any] = {
    key: EXAMPLE[key] if key in _KEPT else [None] * len(v) if isinstance(v, list) else None
    for key, v in EXAMPLE.items()
}


def compute_credit(data: Data) -> dict[str, Any]:
    """Every computed cell of the workbook, by key; data must be sound.

    >>> compute_credit(EXERCISE)["slip_net"]
    57684.29
    """
    if data["slip_date"] is None:
        return {}
    values = _slip(data) | _scale(data) | _factoring(data) | _penalties(data)
    return values | _ways(data)


def _slip(data: Data) -> dict[str, Any]:
    bank = BankConditions(
        data["discount_rate"],
        data["endorsement_rate"] or 0,
        data["bill_fee"] or 0,
        data["slip_fee"] or 0,
        data["vat_rate"],
        "exact",
        int(data["least_days"] or 0),
        float(data["discount_base"]),
        int(data["bank_days"]),
    )
    rows = [k for k, nominal in enumerate(data["bills.nominal"]) if nominal is not None]
    slip = discount_slip(
        [data["bills.nominal"][k] for k in rows],
        [data["bills.due"][k] for k in rows],
        data["slip_date"],
        bank,
    )

    def column(values: list[Any]) -> list[Any]:
        found = dict(zip(rows, values, strict=True))
        return [found.get(k) for k in range(BILLS)]

    nominals = [data["bills.nominal"][k] for k in rows]
    nominal = add_cents(*nominals)
    used = sum(
        amount * (line.due - data["slip_date"]).days
        for amount, line in zip(nominals, slip.lines, strict=True)
    )
    rate = slip.charges * 365 / (used * (1 - slip.charges / nominal)) if used else None
    return {
        "bills.days": column([line.days for line in slip.lines]),
        "bills.discount": column([line.discount for line in slip.lines]),
        "bills.endorsement": column([line.endorsement for line in slip.lines]),
        "bills.fees": column([line.fees for line in slip.lines]),
        "bills.nominal.total": nominal,
        "bills.discount.total": slip.discount,
        "bills.endorsement.total": slip.endorsement,
        "slip_fees": slip.fees,
        "slip_charges": slip.charges,
        "slip_vat": slip.vat,
        "slip_with_vat": slip.charges_with_vat,
        "slip_net": add_cents(nominal, -slip.charges_with_vat),
        "slip_rate": None if rate is None else round_cents(rate, 6),
    }


def _scale(data: Data) -> dict[str, Any]:
    days = [day for day in data["scale.day"] if day is not None]
    stops = [*days[1:], data["closing_date"]]
    balance = data["opening"]
    rows: dict[str, list[Any]] = {name: [] for name in ("balance", "days", "over", "numbers")}
    for k, day in enumerate(days):
        debit, credit = data["scale.debit"][k] or 0, data["scale.credit"][k] or 0
        balance = round_cents(balance + credit - debit)
        over = max(0.0, -balance)
        rows["balance"].append(balance)
        rows["days"].append((stops[k] - day).days)
        rows["over"].append(over)
        rows["numbers"].append(round_cents(over * (stops[k] - day).days))
    values: dict[str, Any] = {
        f"scale.{name}": _filled(column, MOVEMENTS) for name, column in rows.items()
    }
    start = data["start_date"] or days[0]
    owed = max(0.0, -round_cents(data["opening"]))
    opening_numbers = round_cents(max(0.0, -data["opening"]) * (days[0] - start).days)
    first = month_after(data["closing_date"], 1 - MONTHS)
    highest = []
    for month in range(MONTHS):
        low, high = month_after(first, month), month_after(first, month + 1) - timedelta(days=1)
        inside = [
            over if day <= high and stop > low and stop > day else 0.0
            for over, day, stop in zip(rows["over"], days, stops, strict=True)
        ]
        values[f"scale.month{month + 1}"] = _filled(inside, MOVEMENTS)
        before = owed if start < days[0] and start <= high and days[0] > low else 0.0
        highest.append(max(before, *inside))
    total = add_cents(*rows["numbers"])
    numbers = add_cents(total, opening_numbers)
    interest = round_cents(numbers * data["overdraft_rate"] / float(data["overdraft_base"]))
    fee = add_cents(*(round_cents(h * (data["fee_rate"] or 0)) for h in highest))
    if data["fee_cap"] is not None:
        fee = min(fee, round_cents(interest * data["fee_cap"]))
    debits = round_cents(sum(debit or 0 for debit in data["scale.debit"][: len(days)]))
    movement = round_cents(debits * (data["movement_rate"] or 0))
    taxed = add_cents(movement, round_cents(data["account_fee"] or 0))
    charges = add_cents(interest, fee, taxed)
    vat = round_cents(taxed * (data["account_vat"] or 0))
    return values | {
        "scale.debit.total": debits,
        "scale.numbers.total": total,
        "over_numbers": numbers,
        "highest": highest,
        "over_interest": interest,
        "over_fee": fee,
        "over_movement": movement,
        "over_charges": charges,
        "over_vat": vat,
        "over_with_vat": add_cents(charges, vat),
        "over_rate": round_cents(charges * 365 / numbers, 6) if numbers else None,
    }


def _factoring(data: Data) -> dict[str, Any]:
    year = factoring(
        data["turnover"],
        data["customer_days"],
        data["commission_rate"],
        data["guarantee"],
        data["financing_rate"],
        data["usage"],
        data["factoring_fees"] or 0,
        float(data["factoring_base"]),
    )
    names = ("outstanding", "kept", "available", "drawn", "commission", "interest", "fees", "total")
    values = {f"factoring.{name}": value for name, value in zip(names, year, strict=False)}
    return values | {"factoring.share": year.rate if data["turnover"] else None}


def _ways(data: Data) -> dict[str, Any]:
    need, days = data["need"], data["need_days"]
    months = -(-days // 30)
    interest = round_cents(need * days * data["overdraft_rate"] / float(data["overdraft_base"]))
    fee = round_cents(need * (data["fee_rate"] or 0) * months)
    if data["fee_cap"] is not None:
        fee = min(fee, round_cents(interest * data["fee_cap"]))
    movement = round_cents(need * (data["movement_rate"] or 0))
    account = round_cents((data["account_fee"] or 0) * 4 * days / float(data["overdraft_base"]))
    counted = max(days + (int(data["bank_days"])), data["least_days"] or 0)
    share = counted / float(data["discount_base"])
    endorsed = data["endorsement_rate"] or 0
    bill_fees = round_cents(data["need_bills"] * (data["bill_fee"] or 0) + (data["slip_fee"] or 0))
    bills = round_cents((need + bill_fees) / (1 - (data["discount_rate"] + endorsed) * share))
    bill_costs = (
        round_cents(bills * data["discount_rate"] * share),
        round_cents(bills * endorsed * share),
        bill_fees,
    )
    year = days / float(data["factoring_base"])
    factor_fees = round_cents((data["factoring_fees"] or 0) * year)
    sold = round_cents((need + factor_fees) / (1 - data["guarantee"] - data["commission_rate"]))
    advance = round_cents(sold * (1 - data["guarantee"])) * data["financing_rate"] * year
    commission = round_cents(sold * data["commission_rate"])
    costs = [
        add_cents(interest, fee, movement, account),
        add_cents(*bill_costs),
        add_cents(round_cents(advance), commission, factor_fees),
        round_cents(need * data["partners_rate"] * days / 365),
    ]
    return {
        "ways.raised": [round_cents(need), bills, sold, round_cents(need)],
        "ways.cost": costs,
        "ways.rate": [round_cents(cost * 365 / (need * days), 6) for cost in costs],
        "ways.rank": [1 + sum(other < cost for other in costs) for cost in costs],
    }


def _penalties(data: Data) -> dict[str, Any]:
    table = [
        (start, data["rates.rate"][k])
        for k, start in enumerate(data["rates.start"])
        if start is not None
    ]
    ends = [start for start, _ in table[1:]] + [date(2100, 1, 1)]
    base = float(data["penalty_base"])
    columns: dict[str, list[Any]] = {
        name: [None] * INVOICES for name in ("late", "penalty", "fee", "claim")
    } | {f"part{k + 1}": [None] * INVOICES for k in range(RATES)}
    for k, amount in enumerate(data["invoices.amount"]):
        if amount is None:
            continue
        due = data["invoices.due"][k]
        stop = data["invoices.paid"][k] or data["until"]
        late = days_late(due, stop)
        parts = [0] * RATES
        for r, ((start, _), end) in enumerate(zip(table, ends, strict=True)):
            first, after = max(start, due + timedelta(days=1)), min(end, stop + timedelta(days=1))
            parts[r] = max(0, (after - first).days)
        penalty = add_cents(
            *(late_penalty(amount, parts[r], rate, base) for r, (_, rate) in enumerate(table))
        )
        fee = round_cents(data["indemnity"] or 0) if late else 0.0
        row = {"late": late, "penalty": penalty, "fee": fee, "claim": add_cents(penalty, fee)}
        for name, value in (row | {f"part{r + 1}": parts[r] for r in range(RATES)}).items():
            columns[name][k] = value
    values: dict[str, Any] = {f"invoices.{name}": column for name, column in columns.items()}
    for name in ("penalty", "fee", "claim"):
        values[f"invoices.{name}.total"] = add_cents(*(v for v in columns[name] if v is not None))
    return values
