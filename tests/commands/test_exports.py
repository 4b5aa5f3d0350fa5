"""What the programs of small firms export: their labels, as their own documentation shows them."""

from datetime import date

import pytest

from xlcrm.books.memory import MemoryBook
from xlcrm.commands.source import read_source
from xlcrm.contacts.cleaning import clean_table

EXPORTS = {
    "Google Contacts": {
        "First Name": ("Paul", "first_name", "Paul"),
        "Last Name": ("durand", "last_name", "Durand"),
        "Name Prefix": ("Mr", "civility", "M."),
        "Organization Name": ("Durand SARL", "company", "Durand SARL"),
        "E-mail 1 - Label": ("* Work", None, None),
        "E-mail 1 - Value": ("P@free.fr ::: d@free.fr", "email", "p@free.fr; d@free.fr"),
        "Phone 1 - Value": ("+33 6 12 34 56 78", "phone", "06 12 34 56 78"),
        "Phone 2 - Value": ("02 40 12 34 56", "mobile", "02 40 12 34 56"),
        "Address 1 - Street": ("12 r. de la Paix", "address", "12 rue de la Paix"),
        "Address 1 - City": ("NANTES", "town", "Nantes"),
        "Address 1 - Postal Code": (44000.0, "postcode", "44000"),
    },
    "Outlook": {
        "Nom": ("DURAND", "last_name", "Durand"),
        "Rue (bureau)": ("12 rue X", "address", "12 rue X"),
        "Rue (domicile)": ("3 rue Y", None, None),
        "Pays/Région (bureau)": ("FRANCE", "country", "France"),
        "Téléphone (bureau)": ("0240123456", "phone", "02 40 12 34 56"),
        "Téléphone (domicile)": ("0240123457", None, None),
        "Tél. mobile": ("0612345678", "mobile", "06 12 34 56 78"),
        "Adresse de messagerie": ("P@free.fr", "email", "p@free.fr"),
    },
    "Outlook in English": {
        "Last Name": ("Durand", "last_name", "Durand"),
        "Business Street": ("12 rue X", "address", "12 rue X"),
        "Business Phone": ("0240123456", "phone", "02 40 12 34 56"),
        "Home Phone": ("0240123457", None, None),
        "Mobile Phone": ("0612345678", "mobile", "06 12 34 56 78"),
        "Business Country/Region": ("France", "country", "France"),
    },
    "Brevo": {
        "CONTACT ID": (7.0, "customer_id", "7"),
        "EMAIL": ("p@free.fr", "email", "p@free.fr"),
        "SMS": (33612345678.0, "mobile", "06 12 34 56 78"),
        "OPT_IN": ("Yes", "consent_email", "Yes"),
        "EMAIL_BLACKLISTED": ("No", "opposition_email", "No"),
        "SMS_BLACKLISTED": ("Yes", "opposition_sms", "Yes"),
    },
    "Sage": {
        "Numéro": ("CDURAND", "customer_id", "CDURAND"),
        "Intitulé": ("DURAND SARL", "company", "DURAND SARL"),
        "Contact": ("M. Durand Paul", "full_name", "M. Durand Paul"),
        "Code Postal": (1000.0, "postcode", "01000"),
        "Téléphone": (240123456.0, "phone", "02 40 12 34 56"),
        "N° identifiant": ("FR44732829320", None, None),
    },
    "EBP": {
        "Code (tiers)": ("CL00001", "customer_id", "CL00001"),
        "Civilité (tiers)": ("SARL", None, None),
        "Nom": ("Durand et fils", None, None),
        "Adresse 1 (facturation)": ("12 rue X", "address", "12 rue X"),
        "Civilité (contact) (facturation)": ("M.", "civility", "M."),
        "Nom (contact) (facturation)": ("DURAND", "last_name", "Durand"),
        "Prénom (contact) (facturation)": ("Paul", "first_name", "Paul"),
    },
    "A list of trainees": {
        "N°": (1.0, "customer_id", "1"),
        "Nom du stagiaire": ("durand", "last_name", "Durand"),
        "Email du stagiaire": ("p@free.fr", "email", "p@free.fr"),
        "Accord RGPD (oui/non)": ("oui (signé le 12/03/2026)", "consent_email", None),
    },
    "An exam paper": {
        "Nom": ("M. DURAND Paul", "full_name", "M. DURAND Paul"),
        "Coordonnées": ("12 rue X, 44000 Nantes 06 12 34 56 78", "full_address", None),
        "Dernier achat": ("12/03/2026", "last_purchase", date(2026, 3, 12)),
    },
    "A list of phones": {
        "Nom": ("Durand", "last_name", "Durand"),
        "Numéro": (612345678.0, "phone", "06 12 34 56 78"),
    },
}


@pytest.mark.parametrize("program", EXPORTS)
def test_columns_of_an_export(program):
    export = EXPORTS[program]
    grid = [list(export), [typed for typed, _, _ in export.values()]]
    source = read_source(MemoryBook({"Export": grid}), "Export")
    keys = {label: column for column, label in source.labels.items()}
    assert {label: keys[label] for label in export} == {
        label: key or keys[label] for label, (_, key, _) in export.items()
    }
    assert not {keys[label] for label, (_, key, _) in export.items() if not key} & {
        key for _, key, _ in export.values()
    }
    clean = clean_table(source.frame).frame.iloc[0]
    expected = {key: value for _, key, value in export.values() if key and value}
    assert {key: clean[key] for key in expected} == expected
