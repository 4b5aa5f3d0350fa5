"""Company names and legal forms as people type them; SIREN of public companies."""

from __future__ import annotations

import pytest

from xlcrm.contacts.companies import (
    company_without_form,
    format_company,
    is_company_name,
    legal_form_of,
)

# typed, name in form, without its form, legal form
NAMES = [
    ("SARL DUPONT", "SARL DUPONT", "DUPONT", "SARL"),
    ("S.A.R.L. Dupont", "SARL Dupont", "Dupont", "SARL"),
    ("s.a.r.l. dupont et fils", "SARL Dupont et Fils", "Dupont et Fils", "SARL"),
    ("dupont sarl", "Dupont SARL", "Dupont", "SARL"),
    ("Dupont Sarl", "Dupont SARL", "Dupont", "SARL"),
    ("Dupont (SARL)", "Dupont SARL", "Dupont", "SARL"),
    ("Dupont, SARL", "Dupont SARL", "Dupont", "SARL"),
    ("Dupont S.A.S.", "Dupont SAS", "Dupont", "SAS"),
    ("Dupont S.A.", "Dupont SA", "Dupont", "SA"),
    ("SA Renault", "SA Renault", "Renault", "SA"),
    ("Crédit Agricole S.A", "Crédit Agricole SA", "Crédit Agricole", "SA"),
    ("EURL Petit", "EURL Petit", "Petit", "EURL"),
    ("Eurl Petit", "EURL Petit", "Petit", "EURL"),
    ("SASU Lumière", "SASU Lumière", "Lumière", "SASU"),
    ("SCI les Lilas", "SCI les Lilas", "les Lilas", "SCI"),
    ("S.C.I. DU MOULIN", "SCI DU MOULIN", "DU MOULIN", "SCI"),
    ("GAEC de la Vallée", "GAEC de la Vallée", "de la Vallée", "GAEC"),
    ("EARL Martin", "EARL Martin", "Martin", "EARL"),
    ("SELARL Durand", "SELARL Durand", "Durand", "SELARL"),
    ("SNC du Port", "SNC du Port", "du Port", "SNC"),
    ("SCOP Atelier", "SCOP Atelier", "Atelier", "SCOP"),
    ("EI Martin Jean", "EI Martin Jean", "Martin Jean", "EI"),
    ("Société à responsabilité limitée Martin", "SARL Martin", "Martin", "SARL"),
    ("Société Anonyme des Bains", "SA des Bains", "des Bains", "SA"),
    ("Boulangerie Petit SAS", "Boulangerie Petit SAS", "Boulangerie Petit", "SAS"),
    ("Apple Inc.", "Apple Inc.", "Apple", "Inc."),
    ("Tesco Ltd", "Tesco Ltd", "Tesco", "Ltd"),
    ("Siemens AG", "Siemens AG", "Siemens", "AG"),
    ("Muller GmbH", "Muller GmbH", "Muller", "GmbH"),
    ("La Poste", "La Poste", "La Poste", None),
    ("IBM", "IBM", "IBM", None),
    ("IBM  France", "IBM France", "IBM France", None),
    ("sas", "SAS", "SAS", "SAS"),
    ("boulangerie petit", "Boulangerie Petit", "Boulangerie Petit", None),
    ("Ets Durand", "Ets Durand", "Ets Durand", None),
    ("3 Suisses", "3 Suisses", "3 Suisses", None),
    ("Sa Majesté", "Sa Majesté", "Sa Majesté", None),
    ("L'Oréal", "L'Oréal", "L'Oréal", None),
    (
        "Association Sportive de Nantes",
        "Association Sportive de Nantes",
        "Association Sportive de Nantes",
        None,
    ),
    ("Mairie de Nantes", "Mairie de Nantes", "Mairie de Nantes", None),
    ("Sarah Beauté", "Sarah Beauté", "Sarah Beauté", None),
    ("Marie de Sa", "Marie de Sa", "Marie de Sa", None),
    ("NC", None, None, None),
    ("-", None, None, None),
    ("néant", None, None, None),
    (None, None, None, None),
]


@pytest.mark.parametrize("row", NAMES, ids=lambda row: str(row[0]))
def test_name_and_form(row):
    typed = row[0]
    assert (format_company(typed), company_without_form(typed), legal_form_of(typed)) == row[1:]


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("s.a.r.l.", "SARL"),
        ("SAS", "SAS"),
        ("Société par actions simplifiée", "SAS"),
        ("Auto-entrepreneur", "Micro-entreprise"),
        ("micro-entreprise", "Micro-entreprise"),
        ("Association loi 1901", "Association"),
        ("asso", "Association"),
        ("Entreprise individuelle", "EI"),
    ],
)
def test_a_form_alone(typed, form):
    assert legal_form_of(typed) == form


@pytest.mark.parametrize(
    "name", ["SARL Dupont", "Pharmacie Martin", "Garage du Port", "Dupont & Fils"]
)
def test_a_company(name):
    assert is_company_name(name)


@pytest.mark.parametrize(
    "name", ["Jean Dupont", "Marie de Sa", "Sarah Petit", "Dupont", "Jean Château"]
)
def test_a_person(name):
    assert not is_company_name(name)
