"""The workbook on borrowing: formulas against the model, bad input, copies, two engines."""

import random
from datetime import date

import pytest
from handouts import Engine

from xlcrm.budget.leasing import lease_value
from xlcrm.templates.loans.book import build_loans
from xlcrm.templates.loans.model import EXAMPLE, EXERCISE, OFFERS, compute_loans

FREQUENCIES = ("12", "4", "2", "1")
MODES = ("level", "principal", "bullet")


def random_loans(seed: int) -> dict:
    rng = random.Random(seed)
    periods = rng.choice([1, 2, 4, 12, 20, 36, 60, 84, 120, 180, 240])

    def rate() -> float:
        return rng.choice([0.0, 0.01, 0.05, round(rng.uniform(0.001, 0.14), 4)])

    def amount(most: int) -> float:
        return rng.choice([rng.randrange(1000, most), rng.randrange(200000, most * 200) / 200])

    offers = rng.randrange(OFFERS + 1)

    def column(draw) -> list:
        return [draw() if k < offers else None for k in range(OFFERS)]

    price = amount(90000)
    lease_years = rng.randrange(1, 9)
    frequency = rng.choice(FREQUENCIES)
    rents = rng.randrange((lease_years - 1) * int(frequency) + 1, lease_years * int(frequency) + 1)
    option = rng.choice([None, 0, 234.5])
    return {
        "amount": amount(400000),
        "rate": rate(),
        "periods": periods,
        "frequency": rng.choice(FREQUENCIES),
        "mode": rng.choice(MODES),
        "conversion": rng.choice(["proportional", "actuarial"]),
        "deferred": rng.choice([None, 0, rng.randrange(periods)]),
        "deferral": rng.choice(["partial", "total"]),
        "fees": rng.choice([None, 0, 150, 312.55]),
        "insurance": rng.choice([None, 0, 3.2, 17.455]),
        "first_date": date(2026, rng.randrange(1, 13), rng.randrange(1, 29)),
        "offers.bank": column(lambda: f"B{rng.randrange(99)}x"),
        "offers.rate": column(rate),
        "offers.periods": column(lambda: rng.choice([1, 3, 12, 48, 61, 120])),
        "offers.frequency": [rng.choice(FREQUENCIES) for _ in range(OFFERS)],
        "offers.mode": [rng.choice(MODES) for _ in range(OFFERS)],
        "offers.fees": column(lambda: rng.choice([None, 0, 99.9, 400])),
        "offers.insurance": column(lambda: rng.choice([None, 0, 0.0036])),
        "price": price,
        "life": rng.randrange(1, 9),
        "tax_rate": rng.choice([0, 0.15, 0.25, 0.2583]),
        "discount_rate": rng.choice([0, 0.04, 0.075]),
        "buy_loan": rng.choice([None, price, round(price * 0.7, 2)]),
        "buy_rate": rate(),
        "buy_years": rng.randrange(1, 9),
        "buy_mode": rng.choice(MODES),
        "rent": round(price * rng.uniform(0.9, 1.4) / rents, 2),
        "rents": rents,
        "rent_frequency": frequency,
        "in_advance": rng.choice(["yes", "no"]),
        "deposit": rng.choice([None, 0, 2500]),
        "option": option,
        "option_life": rng.randrange(1, 9),
    }


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> Engine:
    path = tmp_path_factory.mktemp("loans") / "loans.xlsx"
    return Engine(path, build_loans(path, "fr"))


@pytest.mark.parametrize(
    ("typed", "label", "sentence"),
    [
        ({"rate": 20}, "Taux annuel (Emprunt", "Taux trop grand : taper 20 % ou 0,2, et non 20."),
        ({"rate": "cinq"}, "Taux annuel (Emprunt", "Saisir un nombre, pas un texte."),
        ({"rate": None}, "Taux annuel (Emprunt", "À compléter."),
        ({"periods": 0}, "Nombre d'échéances", "Au moins 1."),
        ({"periods": 3.5}, "Nombre d'échéances", "Saisir un nombre entier."),
        ({"periods": 999}, "Nombre d'échéances", "Au plus 240."),
        ({"amount": -5000}, "Montant emprunté", "Saisir un nombre supérieur à 0."),
        ({"mode": "autre"}, "Mode de remboursement", "Choisir dans la liste."),
        ({"first_date": "bientôt"}, "Date de la première", "Saisir une date : jj/mm/aaaa."),
        ({"deferred": 60}, "Différé et durée", "Le différé doit être plus court que l'emprunt."),
        ({"fees": 48000}, "Frais et montant", "Les frais dépassent le montant emprunté."),
        ({"offers.rate.1": 4.2}, "Offres", "Offres : une ligne est à revoir (colonne Contrôle)."),
        (
            {"offers.periods.2": None},
            "Offres",
            "Offres : une ligne est à revoir (colonne Contrôle).",
        ),
        ({"rents": 200}, "Durée du crédit-bail", "Le crédit-bail dépasse 8 ans."),
        ({"buy_loan": 50000}, "Emprunt et prix", "L'emprunt dépasse le prix du bien."),
    ],
)
def test_bad_input_is_told_in_a_sentence(engine, typed, label, sentence):
    engine.type(EXAMPLE)
    engine.type(typed)
    said = [text for name, text in engine.wrong_checks().items() if name.startswith(label)]
    assert said == [sentence]
    assert engine.errors() == []


def test_a_rate_of_zero_is_no_fault(engine):
    engine.type(EXAMPLE | {"rate": 0, "buy_rate": 0, "fees": 0, "insurance": 0})
    assert engine.wrong_checks() == {}
    assert engine["cost"] == 0
    assert engine.errors() == []


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("in_advance", ["yes", "no"])
def test_without_tax_the_lease_is_worth_what_the_function_says(engine, frequency, in_advance):
    for rents in (int(frequency) * 3, int(frequency) * 4 + 1):
        engine.type(EXAMPLE | {"rent_frequency": frequency, "in_advance": in_advance,
                               "rents": rents, "rent": 1234.56, "tax_rate": 0})  # fmt: skip
        worth = lease_value(1234.56, rents, 0.04, 2400, in_advance == "yes", frequency)
        assert engine["lease.value"] == -worth


def test_rents_in_advance_make_the_loan_cheaper(engine):
    """60 rents of 864 at 4 %, each at its month; at the end of their year they would look cheaper.

    In advance: 864 x (1 + ... + 1.04^(-59/12)) + 2 400/1.04^5, less 2 592 of tax a year for 5
    years and 300 in years 6 and 7.
    """
    engine.type(EXAMPLE | {"rent": 864})
    assert (engine["buy.value"], engine["lease.value"]) == (-36168.07, -37118.99)
    assert engine["better"] == "Acheter à crédit"
    engine.type({"in_advance": "no"})
    assert engine["lease.value"] == -36965.14


def test_the_published_exercise_is_in_it():
    values = compute_loans(EXERCISE, 4)
    assert values["lines.payment"] == [5640.24] * 4
    assert values["lines.closing"] == [15359.76, 10487.51, 5371.65, 0.0]
