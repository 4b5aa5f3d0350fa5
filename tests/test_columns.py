"""Labels as people type them lead to one canonical column."""

import pytest

from xlcrm.columns import COLUMNS, recognise

LABELS = {
    "civility": "Civ.|CIVILITE|Civilité *|Titre|M/Mme|Title|Genre",
    "first_name": "Prénom|PRENOM|prénoms|First Name|first_name|Given name|Prénom du contact",
    "last_name": "Nom|NOM|Nom de famille|Surname|last name|Nom du contact|NOM :",
    "full_name": "Nom Prénom|Nom et prénom|Full name|Nom complet|Contact|Name|Nom/Prénom",
    "company": "Société|SOCIETE|Raison sociale|Entreprise|Company name|Organisation|Sté",
    "email": "E-mail|Mail|MAIL|Courriel|Email address|Adresse mail|Adresse e-mail|e_mail|Mél",
    "phone": "Tél|Tel.|TÉLÉPHONE|Téléphone fixe|Phone|N° de téléphone|Phone number|Tél. :",
    "mobile": "Portable|Mobile|Tél. portable|GSM|Cell phone|Téléphone mobile|N° portable",
    "address": "Adresse|ADRESSE|Rue|Adresse 1|Street address|Address line 1|N° et voie|Voie",
    "address_more": "Complément|Complément d'adresse|Adresse 2|Address line 2|Bâtiment",
    "postcode": "CP|C.P.|Code postal|CODE POSTAL|Zip|Zip code|Postal code|Post code|code_postal",
    "town": "Ville|VILLE|Commune|City|Town|Localité",
    "country": "Pays|Country",
    "siret": "SIRET|N° SIRET|Numéro SIRET|siret",
    "siren": "SIREN|N° SIREN",
    "vat": "N° TVA|TVA intracommunautaire|VAT number|N° TVA intracommunautaire",
    "naf": "NAF|Code APE|APE|Code NAF",
    "customer_id": "N° client|Code client|ID client|Customer ID|N° carte|Réf client|ID",
    "birth_date": "Date de naissance|Né(e) le|Date of birth|Naissance|DOB",
    "consent_phone": "Accord téléphone|Opt-in phone|Consentement téléphone|OK tél",
    "consent_email": "Newsletter|Opt-in|Accord e-mail|Consentement email|Marketing consent|"
    "Consentement RGPD|Consentement mail|Opt-in mail|OK newsletter|Inscrit newsletter",
    "opposition": "Opposition|Désinscrit|Désabonné(e)|Unsubscribed|STOP|Do not contact|"
    "Ne plus contacter|Ne pas démarcher|Refus|Refus mailing|Blacklist|UNSUB_TIME",
    "opposition_phone": "Bloctel|Liste Bloctel|Inscrit Bloctel|Ne pas appeler|Do not call|"
    "Liste rouge",
    "opposition_email": "Désabonné newsletter|Opt-out e-mail|Stop mail",
    "opposition_sms": "STOP SMS|Opt-out SMS",
    "opposition_post": "Refus courrier|Do not mail",
    "deceased": "Décédé|Décédé(e)|DCD|Date de décès|Deceased",
    "returned": "NPAI|PND|NPAI/PND|Retour courrier|Undeliverable",
    "order_id": "N° commande|Commande|Facture|N° facture|Order ID|Invoice number|Ticket",
    "order_date": "Date d'achat|Date commande|Date de commande|Order date|Date facture",
    "amount": "Montant|Montant TTC|MONTANT HT|CA|Total TTC|Amount|Total",
    "last_purchase": "Dernier achat|Date du dernier achat|Date dernière commande|Last order",
    "recency": "Récence|Récence (mois)|Recency",
    "frequency": "Fréquence|Nombre d'achats|Nb commandes|Nombre d'achats par an|Frequency",
    "basket": "Panier moyen|Panier moyen (€)|Montant moyen|Average basket|AOV",
    "sector": "Secteur|Secteur d'activité|Activité|Industry",
    "headcount": "Effectif|Nb salariés|Employees|Nombre de salariés",
}
CASES = [(label, key) for key, labels in LABELS.items() for label in labels.split("|")]


@pytest.mark.parametrize(("label", "key"), CASES)
def test_label(label, key):
    assert recognise(label) == key


@pytest.mark.parametrize("label", ["", None, "Couleur préférée", "Points de fidélité", "   "])
def test_what_is_no_canonical_column(label):
    assert recognise(label) is None


def test_no_label_leads_to_two_columns():
    assert all(recognise(c.label.fr) == c.key for c in COLUMNS.values())
    assert all(recognise(c.label.en) == c.key for c in COLUMNS.values())


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Prénom(s)", "first_name"),
        ("N° de\r\ntél. portable :", "mobile"),
        ("ADR. MAIL", "email"),
        ("Dt naiss.", "birth_date"),
        ("Date de naissance (JJ/MM/AAAA)", "birth_date"),
        ("CA en euros", "amount"),
        ("Numéro du client", "customer_id"),
        ("N° de facture", "order_id"),
        ("Tél. dom.", "phone"),
        ("E-mail 1", "email"),
        ("N° rue", None),
        ("Code", None),
    ],
)
def test_labels_as_people_shorten_them(label, key):
    assert recognise(label) == key
