"""Full names in one cell."""

from __future__ import annotations

import pandas as pd
import pytest

from xlcrm.contacts.civility import HOUSEHOLD
from xlcrm.contacts.cleaning import clean_table
from xlcrm.contacts.full_names import COMPANY, name_parts, split_full_name

# typed, civility, title, first name, last name, birth name
NAMES = [
    ("Jean Dupont", None, None, "Jean", "Dupont", None),
    ("Dupont Jean", None, None, "Jean", "Dupont", None),
    ("DUPONT Jean", None, None, "Jean", "Dupont", None),
    ("Jean DUPONT", None, None, "Jean", "Dupont", None),
    ("DUPONT JEAN", None, None, "Jean", "Dupont", None),
    ("JEAN DUPONT", None, None, "Jean", "Dupont", None),
    ("jean dupont", None, None, "Jean", "Dupont", None),
    ("Dupont, Jean", None, None, "Jean", "Dupont", None),
    ("DUPONT , Jean", None, None, "Jean", "Dupont", None),
    ("Mme DUPONT Marie", "Mme", None, "Marie", "Dupont", None),
    ("mr dupont", "M.", None, None, "Dupont", None),
    ("M. Dupont", "M.", None, None, "Dupont", None),
    ("M.DUPONT", "M.", None, None, "Dupont", None),
    ("M Dupont", "M.", None, None, "Dupont", None),
    ("MR JEAN DUPONT", "M.", None, "Jean", "Dupont", None),
    ("melle marie durand", "Mme", None, "Marie", "Durand", None),
    ("Monsieur Jean-Pierre LE GOFF", "M.", None, "Jean-Pierre", "Le Goff", None),
    ("Le Goff Marie", None, None, "Marie", "Le Goff", None),
    ("LE GOFF MARIE", None, None, "Marie", "Le Goff", None),
    ("Marie Le Goff", None, None, "Marie", "Le Goff", None),
    ("Jean de La Fontaine", None, None, "Jean", "de La Fontaine", None),
    ("de La Fontaine Jean", None, None, "Jean", "de La Fontaine", None),
    ("DE LA FONTAINE Jean", None, None, "Jean", "de La Fontaine", None),
    ("Jean de LA FONTAINE", None, None, "Jean", "de La Fontaine", None),
    ("Charles de Gaulle", None, None, "Charles", "de Gaulle", None),
    ("O'Brien Patrick", None, None, "Patrick", "O'Brien", None),
    ("El Amrani Youssef", None, None, "Youssef", "El Amrani", None),
    ("Youssef EL AMRANI", None, None, "Youssef", "El Amrani", None),
    ("Anne-Sophie Van der Meer", None, None, "Anne-Sophie", "Van der Meer", None),
    ("Van der Meer Jan", None, None, "Jan", "Van der Meer", None),
    ("Jean Paul Belmondo", None, None, "Jean-Paul", "Belmondo", None),
    ("BELMONDO Jean Paul", None, None, "Jean-Paul", "Belmondo", None),
    ("Anne Sophie Dupont", None, None, "Anne-Sophie", "Dupont", None),
    ("Mme Dupont-Martin Claire", "Mme", None, "Claire", "Dupont-Martin", None),
    ("MARTIN Thomas", None, None, "Thomas", "Martin", None),
    ("Vasseur CORALIE", None, None, "Coralie", "Vasseur", None),  # the words tell the contrary
    ("Mlle CORALIE Vasseur", "Mme", None, "Coralie", "Vasseur", None),
    ("ROMAIN de Kermadec", None, None, "Romain", "de Kermadec", None),
    ("Du Bellay CORALIE", None, None, "Coralie", "Du Bellay", None),
    ("Thomas MARTIN", None, None, "Thomas", "Martin", None),
    ("J.-P. Dupont", None, None, "J.-P.", "Dupont", None),
    ("DUPONT J.", None, None, "J.", "Dupont", None),
    ("Dupont M.", None, None, "M.", "Dupont", None),
    ("Dr Jean Dupont", None, "Dr", "Jean", "Dupont", None),
    ("Mme le Dr Anne Petit", "Mme", "Dr", "Anne", "Petit", None),
    ("Maître Paul Durand", None, "Me", "Paul", "Durand", None),
    ("Marie Dupont née Martin", None, None, "Marie", "Dupont", "Martin"),
    ("Mme DUPONT Marie (née MARTIN)", "Mme", None, "Marie", "Dupont", "Martin"),
    ("Marie Dupont épouse Martin", None, None, "Marie", "Martin", "Dupont"),
    ("Z. Polat ép. Özkan", None, None, "Z.", "Özkan", "Polat"),
    ("Mme DUPONT née DURAND Marie", "Mme", None, "Marie", "Dupont", "Durand"),
    ("Mme Le Goff née de La Tour", "Mme", None, None, "Le Goff", "de La Tour"),
    ("D. Bouhaddou", None, None, "D.", "Bouhaddou", None),
    ("O Duval", None, None, "O.", "Duval", None),
    ("d' Aubigny", None, None, None, "d'Aubigny", None),
    ("Tran Van Hung", None, None, "Van Hung", "Tran", None),
    ("Duong Thi Hoa", None, None, "Thi Hoa", "Duong", None),
    ("Thi Hoa Duong", None, None, "Thi Hoa", "Duong", None),
    ("Mad. Anna Roubert", "Mme", None, "Anna", "Roubert", None),
    ("Maria de Fatima DA SILVA", None, None, "Maria de Fatima", "Da Silva", None),
    ("Durand;Jean", None, None, "Jean", "Durand", None),
    ("Mme Martin Claude", "Mme", None, "Claude", "Martin", None),
    ("Mme Laurent Anne", "Mme", None, "Anne", "Laurent", None),
    ("M. Laurent Michel", "M.", None, "Laurent", "Michel", None),
    ("Mme Veuve Dupont", "Mme", None, None, "Dupont", None),
    ("Vve Dupont", "Mme", None, None, "Dupont", None),
    ("Petit, Mme Anne", "Mme", None, "Anne", "Petit", None),
    ("Dupont (M.) Jean", "M.", None, "Jean", "Dupont", None),
    ("Dupont Jean (décédé)", None, None, "Jean", "Dupont", None),
    ("Dupont", None, None, None, "Dupont", None),
    ("Di Maria", None, None, None, "Di Maria", None),
    ("Sophie", None, None, "Sophie", None, None),
    ("NC", None, None, None, None, None),
    (None, None, None, None, None, None),
]


@pytest.mark.parametrize("row", NAMES, ids=lambda row: str(row[0]))
def test_the_five_parts(row):
    assert tuple(name_parts(row[0])) == row[1:]


def test_a_table_of_full_names_is_cut_once_for_all():
    cut = clean_table(pd.DataFrame({"full_name": [row[0] for row in NAMES]})).frame
    assert clean_table(cut).changes.values.tolist() == []


def test_the_order_can_be_given_where_nothing_tells_it():
    assert name_parts("Thomas Martin")[2:4] == ["Thomas", "Martin"]
    assert name_parts("Thomas Martin", "last_first")[2:4] == ["Martin", "Thomas"]
    assert name_parts("Dupont Jean", "first_last")[2:4] == ["Jean", "Dupont"]


@pytest.mark.parametrize(
    ("typed", "first_name", "last_name"),
    [
        ("M. et Mme Dupont", None, "Dupont"),
        ("M. et Mme Jean Dupont", "Jean", "Dupont"),
        ("Mr & Mrs Smith", None, "Smith"),
        ("Pierre et Marie Dupont", "Pierre et Marie", "Dupont"),
        ("M. Mme DUPONT Jean et Marie", "Jean et Marie", "Dupont"),
        ("Famille Dupont", None, "Dupont"),
    ],
)
def test_a_household_is_flagged(typed, first_name, last_name):
    name = split_full_name(typed)
    assert (name.first_name, name.last_name, name.problem) == (first_name, last_name, HOUSEHOLD)


@pytest.mark.parametrize(
    "typed",
    ["SARL Dupont", "Boulangerie Petit", "Ets Durand", "Dupont et Fils", "Crédit Agricole SA"],
)
def test_a_company_is_no_person(typed):
    name = split_full_name(typed)
    assert (name.company, name.last_name, name.problem) == (typed, None, COMPANY)
