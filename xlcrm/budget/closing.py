"""The balance sheet at the end of a treasury budget, and the result of its months."""

from __future__ import annotations

from dataclasses import dataclass

from xlcrm.budget.months import row_of
from xlcrm.budget.plan import Due, Opening, Plan
from xlcrm.budget.rounding import add_cents, round_cents
from xlcrm.budget.treasury import Treasury


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """Assets, and equity and liabilities, by item; both sides sum to the same."""

    assets: dict[str, float]
    liabilities: dict[str, float]

    @property
    def gap(self) -> float:
        """Assets less liabilities: 0 where the balance sheet is right."""
        return add_cents(*self.assets.values(), *(-v for v in self.liabilities.values()))


def opening_sheet(opening: Opening) -> BalanceSheet:
    """The balance sheet that a budget starts from.

    >>> opening_sheet(Opening(cash=100, equity=90)).gap
    10.0
    """
    return BalanceSheet(
        {
            "fixed_assets": opening.fixed_assets,
            "stock": opening.stock,
            "receivables": opening.receivables.balance,
            "other_receivables": opening.other_receivables.balance,
            "vat_credit": opening.vat_credit,
            "vat_waiting_deductible": opening.vat_waiting_deductible,
            "placements": opening.placements,
            "cash": opening.cash,
        },
        {
            "equity": opening.equity,
            "result": 0.0,
            "loans": opening.loans,
            "partners": opening.partners,
            "payables": opening.payables.balance,
            "asset_payables": opening.asset_payables.balance,
            "social": opening.social.balance,
            "taxes": opening.taxes.balance,
            "vat_due": add_cents(opening.vat_due, opening.vat_pending),
            "vat_waiting_collected": opening.vat_waiting_collected,
            "other_debts": opening.other_debts.balance,
            "overdraft": opening.overdraft,
        },
    )


def result_of(budget: Treasury) -> float:
    """Income less expenses of the months, without VAT.

    Interest counts when it is paid; refunds of principal, dividends and placements do not count;
    a disposal counts whole, as its book value is not known here.
    """
    plan, n = budget.plan, budget.plan.months
    income = [a for line in budget.sales for a in line.net]
    income += row_of(plan.other_deductible_vat, n)
    for key in ("currency.receipts", "currency.difference", "disposals", "other.receipts"):
        income += budget.receipts[key]
    costs = [a for line in budget.purchases for a in line.net]
    for key in ("wages", "other_taxes", "loans.fees", "currency.payments", "other.payments"):
        costs += budget.payments[key]
    costs += row_of(plan.social_charges, n) + row_of(plan.loan_interest, n)
    costs += row_of(plan.depreciation, n) + row_of(plan.other_collected_vat, n)
    costs += [round_cents(plan.tax_expense), budget.balance.cost]
    costs += [a for loan in budget.loans for a in loan.interest]
    return add_cents(*income, *(-c for c in costs), _stock(plan), -plan.opening.stock)


def closing_sheet(budget: Treasury) -> BalanceSheet:
    """The balance sheet after the last month: opening items, plus invoices, less payments.

    It balances whenever the opening one does.

    >>> from xlcrm.budget.plan import Line, Plan
    >>> from xlcrm.budget.treasury import treasury_budget
    >>> sale = Line("Ventes", shares=(0.0, 1.0), amounts=(1000,))
    >>> plan = Plan(months=1, sales=(sale,), opening=Opening(cash=100, equity=100))
    >>> sheet = closing_sheet(treasury_budget(plan))
    >>> sheet.assets["receivables"], sheet.liabilities["vat_due"], sheet.gap
    (1200.0, 200.0, 0.0)
    """
    plan, opening, n = budget.plan, budget.plan.opening, budget.plan.months
    paid, got, cash = budget.payments, budget.receipts, budget.balance.cash[-1]
    bought = [a for line in budget.investments for a in line.net]
    carried = budget.vat.carried[-1]
    principal = [a for loan in budget.loans for a in loan.principal]
    auto = add_cents(*budget.balance.partners, *(-r for r in budget.balance.repaid))
    return BalanceSheet(
        {
            "fixed_assets": add_cents(
                opening.fixed_assets, *bought, *(-d for d in row_of(plan.depreciation, n))
            ),
            "stock": _stock(plan),
            "receivables": add_cents(
                _left(opening.receivables, n), *(line.left for line in budget.sales)
            ),
            "other_receivables": _left(opening.other_receivables, n),
            "vat_credit": max(0.0, -carried),
            "vat_waiting_deductible": add_cents(
                opening.vat_waiting_deductible,
                *(a for line in budget.purchases for a in line.invoiced_vat),
                *(-a for a in budget.deductible),
                *row_of(plan.other_deductible_vat, n),
            ),
            "placements": add_cents(
                opening.placements, *paid["placements.out"], *(-a for a in got["placements.in"])
            ),
            "cash": max(0.0, cash),
        },
        {
            "equity": add_cents(opening.equity, *got["capital"], *(-d for d in paid["dividends"])),
            "result": result_of(budget),
            "loans": add_cents(
                opening.loans,
                *got["loans.received"],
                *(-a for a in [*row_of(plan.loan_principal, n), *principal]),
            ),
            "partners": add_cents(
                opening.partners, *got["partners.in"], *(-a for a in paid["partners.out"]), auto
            ),
            "payables": add_cents(
                _left(opening.payables, n), *(line.left for line in budget.purchases)
            ),
            "asset_payables": add_cents(
                _left(opening.asset_payables, n), *(line.left for line in budget.investments)
            ),
            "social": add_cents(
                opening.social.balance,
                *row_of(plan.social_charges, n),
                *(-a for a in paid["social"]),
            ),
            "taxes": add_cents(
                opening.taxes.balance,
                round_cents(plan.tax_expense),
                *(-a for a in paid["corporate_tax"]),
            ),
            "vat_due": add_cents(
                opening.vat_due, -budget.vat.paid[0], budget.vat.due[-1], max(0.0, carried)
            ),
            "vat_waiting_collected": add_cents(
                opening.vat_waiting_collected,
                *(a for line in budget.sales for a in line.invoiced_vat),
                *(-a for a in budget.collected),
                *row_of(plan.other_collected_vat, n),
            ),
            "other_debts": _left(opening.other_debts, n),
            "overdraft": max(0.0, -cash),
        },
    )


def _left(due: Due, count: int) -> float:
    return add_cents(due.balance, *(-amount for amount in row_of(due.months, count)))


def _stock(plan: Plan) -> float:
    given = plan.opening.stock if plan.closing_stock is None else plan.closing_stock
    return round_cents(given)
