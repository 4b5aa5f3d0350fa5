"""Duplicates: what must be found, what must stay apart, and the laws of the search."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from xlcrm.contacts.duplicates import find_duplicates
from xlcrm.contacts.duplicates_blocks import candidate_pairs
from xlcrm.contacts.duplicates_compare import Comparer
from xlcrm.contacts.duplicates_criteria import FINDINGS
from xlcrm.contacts.duplicates_pair import compare_rows
from xlcrm.contacts.duplicates_rows import keys_of, row_keys
from xlcrm.contacts.duplicates_rules import DEFAULT_RULES, read_rules

LABELLED = Path(__file__).parents[1] / "cases" / "contacts" / "labelled_contacts.csv"
LABELS = {
    "civ": "civility",
    "prenom": "first_name",
    "nom": "last_name",
    "adresse": "address",
    "cp": "postcode",
    "ville": "town",
    "tel": "phone",
}
COLUMNS = (
    *("civility", "first_name", "last_name", "email", "phone", "address", "postcode", "town"),
    *("birth_date", "company", "siret", "birth_name"),
)
GARE = "12 rue de la Gare"
NANTES = ("44000", "Nantes")


def base(*rows):
    return pd.DataFrame([dict(zip(COLUMNS, row, strict=False)) for row in rows], dtype=object)


@pytest.fixture(scope="module")
def labelled():
    return pd.read_csv(LABELLED, dtype=str).rename(columns=LABELS)


def pairs_of(groups):
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


APART = {
    "a couple": [
        ("M.", "Jean", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
        ("Mme", "Anne", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
    ],
    "a couple without titles": [
        (None, "Jean", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
        (None, "Anne", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
    ],
    "brother and sister with close names": [
        (None, "Léa", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
        (None, "Léo", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
    ],
    "Michel and Michelle": [
        (None, "Michel", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
        (None, "Michelle", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES),
    ],
    "mother and daughter, Marie and Marie-Claire": [
        ("Mme", "Marie", "Petit", "m1@free.fr", "0240112299", GARE, *NANTES),
        ("Mme", "Marie-Claire", "Petit", "mc@sfr.fr", "0240112299", GARE, *NANTES),
    ],
    "father and son of one name": [
        ("M.", "Jean", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES, "1950-02-03"),
        ("M.", "Jean", "Petit", "petit@free.fr", "0240112299", GARE, *NANTES, "1980-05-06"),
    ],
    "twins": [
        (None, "Léa", "Petit", None, "0240112299", GARE, *NANTES, "2001-02-03"),
        (None, "Emma", "Petit", None, "0240112299", GARE, *NANTES, "2001-02-03"),
    ],
    "homonyms of two towns": [
        ("M.", "Jean", "Petit", "jean.petit@free.fr", "0240112299", GARE, *NANTES),
        ("M.", "Jean", "Petit", "jp@sfr.fr", "0388112299", "3 rue X", "67000", "Strasbourg"),
    ],
    "homonyms of one town": [
        ("M.", "Jean", "Petit", "jean.petit@free.fr", "0240112299", GARE, *NANTES),
        ("M.", "Jean", "Petit", "jp@sfr.fr", "0612112299", "3 rue Voltaire", *NANTES),
    ],
    "two colleagues": [
        ("M.", "Jean", "Petit", "contact@abc.fr", "0240112299", GARE, *NANTES, None, "ABC SA"),
        ("Mme", "Anne", "Roux", "contact@abc.fr", "0240112299", GARE, *NANTES, None, "ABC SA"),
    ],
    "a company and its employee": [
        ("M.", "Jean", "Petit", "contact@abc.fr", "0240112299", GARE, *NANTES, None, "ABC SA"),
        (None, None, None, "contact@abc.fr", "0240112299", GARE, *NANTES, None, "ABC SA"),
    ],
    "two shops of one brand": [
        (None, None, None, None, None, GARE, *NANTES, None, "Carrefour", "73282932000074"),
        (None, None, None, None, None, "3 rue X", *NANTES, None, "Carrefour", "73282932000082"),
    ],
    "bakeries of one name in two towns": [
        (None, None, None, None, None, GARE, *NANTES, None, "Boulangerie Martin"),
        (None, None, None, None, None, "3 rue X", "35000", "Rennes", None, "Boulangerie Martin"),
    ],
    "a firm and the SCI that owns its premises": [
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "Garage Maulaget"),
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "SCI Maulaget"),
    ],
    "an SCI and a firm of one name": [
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "SARL Océane"),
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "SCI Océane"),
    ],
    "two branches of one SIREN": [
        (None, None, None, "contact@delvia.fr", None, GARE, *NANTES, None, "Delvia",
         "73282932000074"),
        (None, None, None, "contact@delvia.fr", None, "3 rue X", "67000", "Strasbourg", None,
         "Delvia", "732829320"),
    ],
    "hotels of one name in two districts": [
        (None, None, None, None, None, None, "75018", "Paris", None, "Hôtel de l'Étoile"),
        (None, None, None, None, None, None, "75005", "Paris", None, "Hôtel de l'Étoile"),
    ],
    "Jérôme and Jean-René by his initials": [
        (None, "Jérôme", "Petit", None, "0240112299", GARE, *NANTES),
        (None, "J.-R.", "Petit", None, "0240112299", GARE, *NANTES),
    ],
    "two brothers with one mailbox": [
        (None, "Louis-Marie", "Petit", "petit@free.fr", None, GARE, *NANTES),
        (None, "Maxime", "Petit", "petit@free.fr", None, GARE, *NANTES),
    ],
    "two colleagues of one first name": [
        ("M.", "Sylvain", "Petit", None, "0240112299", GARE, *NANTES, None, "ABC SA"),
        ("M.", "Sylvain", "Roux", None, "0240112299", GARE, *NANTES, None, "ABC SA"),
    ],
    "an initial and two last names at one address": [
        (None, "A.", "Petit", None, "0240112299", GARE, *NANTES),
        (None, "Alain", "Roux", None, "0240112299", GARE, *NANTES),
    ],
    "one mailbox, two mobiles and no name": [
        (None, None, None, "petit@free.fr", "0612345699"),
        (None, None, None, "petit@free.fr", "0699887799"),
    ],
    "blank rows": [(None,) * 12, (None,) * 12],
    "fillers": [
        ("M.", "NC", "NC", "nc", "0000000000", "NC", "00000", "NC"),
        ("M.", "nc", "N/A", "test@test", "0000000000", "NC", "00000", "-"),
    ],
    "nothing but a name in common": [("M.", "Jean", "Petit"), ("M.", "Jean", "Petit")],
    "an initial that may be either of a couple": [
        ("Mme", "Marie", "Petit", None, "0240112299", GARE, *NANTES),
        ("M.", "Michel", "Petit", None, "0240112299", GARE, *NANTES),
        (None, "M.", "Petit", None, "0240112299", GARE, *NANTES),
    ],
}  # fmt: skip
TOGETHER = {
    "accents, case and abbreviations": [
        ("M.", "Jérôme", "Lefèvre", None, None, "12, av. du Gal de Gaulle", "42000", "St-Étienne"),
        ("Monsieur", "JEROME", "LEFEVRE", None, None, "12 Avenue du Général de Gaulle", "42000",
         "SAINT-ETIENNE CEDEX 2"),
    ],
    "a short form": [
        ("M.", "Frédéric", "Petit", "fred.petit@free.fr", "0240112299", GARE, *NANTES),
        ("M.", "Fred", "PETIT", "fred.petit@free.fr"),
    ],
    "an initial and the same phone": [
        ("M.", "Frédéric", "Petit", None, "0240112299", GARE, *NANTES),
        ("M.", "F.", "PETIT", None, "+33 2 40 11 22 99", None, *NANTES),
    ],
    "initials of a compound name": [
        ("M.", "Jean-Pierre", "Petit", None, "0612345699", GARE, *NANTES),
        ("M.", "J-P", "Petit", None, "06 12 34 56 99"),
        ("M.", "JP", "Petit", None, "0612345699", None, *NANTES),
    ],
    "swapped names": [
        ("M.", "Petit", "Frédéric", None, "0240112299", GARE, *NANTES),
        ("M.", "Frédéric", "PETIT", None, "02 40 11 22 99"),
    ],
    "marriage, with the birth name": [
        ("Mme", "Anne", "Petit", "anne.petit@free.fr", None, GARE, *NANTES),
        ("Mme", "Anne", "Durand", None, None, "3 rue X", *NANTES, None, None, None, "Petit"),
    ],
    "marriage, née": [
        ("Mme", "Anne", "Petit", "anne.petit@free.fr", None, GARE, *NANTES),
        ("Mme", "Anne", "Durand née Petit", None, "0612345699", "3 rue X", *NANTES),
    ],
    "marriage, the same mailbox": [
        ("Mme", "Anne", "Petit", "anne.petit@free.fr", None, GARE, *NANTES),
        ("Mme", "Anne", "Durand", "anne.petit@free.fr", "0612345699", "3 rue X", "44300", "Nantes"),
    ],
    "a double-barrelled name": [
        ("Mme", "Anne", "Petit-Durand", "anne.petit@free.fr", None, GARE, *NANTES),
        ("Mme", "Anne", "Petit", None, None, GARE, *NANTES),
    ],
    "moved, with the same mailbox": [
        (None, "Léa", "Petit", "lea.petit@gmail.com", "0612345699", GARE, *NANTES),
        (None, "Léa", "Petit", "lea.petit@gmail.com", "0699887799", "1 rue Z", "75010", "Paris"),
    ],
    "a misspelt mail provider": [
        (None, "Léa", "Petit", "lea.petit@gmial.com"),
        (None, "Léa", "Petit", "lea.petit@gmail.com"),
    ],
    "a digit of the phone": [
        (None, "Léa", "Petit", None, "0612345699", GARE, *NANTES),
        (None, "Léa", "Petit", None, "0612345689", GARE, *NANTES),
    ],
    "nothing but a mailbox": [
        (None, None, None, "anne.petit@free.fr"),
        ("Mme", "Anne", "Petit", "Anne.Petit@free.fr"),
    ],
    "a company, with and without its legal form": [
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "SARL Dupont & Fils"),
        (None, None, None, None, None, GARE, "44000", "NANTES", None, "Ets Dupont et Fils"),
    ],
    "a company by its SIRET": [
        (None, None, None, "contact@dupont.fr", None, GARE, *NANTES, None, "SARL Dupont",
         "73282932000074"),
        (None, None, None, None, None, None, None, None, None, "DUPONT", "732 829 320 00074"),
    ],
    "a company renamed, with its SIRET": [
        (None, None, None, None, None, GARE, *NANTES, None, "Cabinet Vert Anis", "73282932000074"),
        (None, None, None, None, "0240112299", "3 rue X", *NANTES, None, "Delvia",
         "73282932000074"),
    ],
    "a shortened company name": [
        (None, None, None, None, None, GARE, *NANTES, None, "Transports Grarallet"),
        (None, None, None, None, None, "12 r. de la Gare", *NANTES, None, "STE TPTS GRARALLET"),
    ],
    "a company with its town and its branch": [
        (None, None, None, None, None, GARE, *NANTES, None, "Batipro SAS"),
        (None, None, None, None, None, None, *NANTES, None, "BATIPRO AGENCE NANTES"),
    ],
    "the initials of a company": [
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "Brunet Père et Fils"),
        (None, None, None, None, "0240112299", GARE, *NANTES, None, "BPEF"),
    ],
    "a slip in a company name of one word": [
        (None, None, None, None, None, None, *NANTES, None, "CAGUILLON"),
        (None, None, None, None, None, None, *NANTES, None, "Caguillno"),
    ],
    "a flat before the number, a street cut off": [
        (None, None, None, None, None, "Apt 4, Rés. Les Pins, 12 bd des Tilleuls", *NANTES, None,
         "Garage Maulaget"),
        (None, None, None, None, None, "12 BD DES TILL", *NANTES, None, "Garage Maulaget SARL"),
    ],
    "a second first name": [
        (None, "Thierry", "Grarallet", None, None, GARE, *NANTES),
        (None, "Thierry Bastien", "GRARALLET", None, None, "12 r. de la Gare", *NANTES),
    ],
    "a compound first name beside two copies without it": [
        ("Mme", "Marie-Claire", "Petit", "mc.petit@free.fr"),
        ("Mme", "Marie", "Petit", "mc.petit@free.fr", "0612345699"),
        ("Mme", "Marie", "Petit", None, "0612345699"),
    ],
    "nothing but a mobile": [
        (None, None, None, "anne.petit@free.fr", "0612345699"),
        (None, None, None, None, "+33 6 12 34 56 99"),
    ],
    "a civility typed with the first name": [
        ("Mme", "Solène", "Petit", None, "0240112299", GARE, *NANTES),
        (None, "Mad. Solène", "Petit", None, None, GARE, *NANTES),
    ],
    "three copies of one row": [("M.", "Jean", "Petit", "jean.petit@free.fr", *(None,) * 8)] * 3,
}  # fmt: skip


@pytest.mark.parametrize("rows", APART.values(), ids=APART.keys())
def test_stay_apart(rows):
    assert find_duplicates(base(*rows)).groups == []


@pytest.mark.parametrize("rows", TOGETHER.values(), ids=TOGETHER.keys())
def test_are_found(rows):
    assert find_duplicates(base(*rows)).groups == [list(range(len(rows)))]


def test_labelled_base(labelled):
    found = pairs_of(find_duplicates(labelled.drop(columns="cluster")).groups)
    truth = pairs_of(labelled.reset_index().groupby("cluster")["index"].agg(list))
    right = len(found & truth)
    assert right / len(found) >= 0.98
    assert 2 * right / (len(found) + len(truth)) >= 0.95


def test_the_order_of_rows_does_not_matter(labelled):
    shuffled = np.random.default_rng(7).permutation(len(labelled))
    moved = find_duplicates(labelled.iloc[shuffled]).groups
    back = sorted(sorted(int(shuffled[i]) for i in group) for group in moved)
    assert back == sorted(find_duplicates(labelled).groups)


@pytest.mark.parametrize("case", [str.upper, str.lower, lambda text: f"  {text} "])
def test_casing_and_columns_do_not_matter(labelled, case):
    typed = labelled.drop(columns="cluster")
    written = typed[typed.columns[::-1]].map(lambda v: case(v) if isinstance(v, str) else v)
    assert find_duplicates(written).groups == find_duplicates(typed).groups


WORDING = [
    (
        ("Julie", "Marchalot", "44000", None),
        ("Julie", "Marchlaot", "44000", None),
        "même prénom, nom à une lettre près, même code postal",
        "same first name, last name but for a letter, same postcode",
    ),
    (
        ("Julie", "Marchalot", "44000", "Nantes"),
        ("Julie", "Marhcalet", "44000", "NANTES"),
        "même prénom, nom à quelques lettres près, même ville",
        "same first name, last name but for a few letters, same town",
    ),
    (
        ("Thierry", "Marchalot", "44000", "Nantes"),
        ("Thierry Bastien", "Marchalot", "44000", "Nantes"),
        "même nom, un prénom de plus, même ville",
        "same last name, one more first name, same town",
    ),
]


@pytest.mark.parametrize(("one", "two", "fr", "en"), WORDING)
def test_the_reason_says_no_more_than_is_seen(one, two, fr, en):
    columns = ["first_name", "last_name", "postcode", "town"]
    rows = pd.DataFrame([one, two], columns=columns, dtype=object)
    for lang, text in (("fr", fr), ("en", en)):
        reason = find_duplicates(rows, lang=lang).pairs["reason"][0]
        assert reason.partition(", hasard")[0].partition(", chance")[0] == text


def test_the_table_is_not_changed(labelled):
    before = labelled.copy()
    find_duplicates(labelled)
    pd.testing.assert_frame_equal(labelled, before)


def test_rows_keep_the_index_and_tell_why():
    rows = base(*TOGETHER["an initial and the same phone"], ("Mme", "Zoé", "Blanc"))
    found = find_duplicates(rows.set_axis(["x", "x", "z"]), lang="en").rows
    assert found.index.tolist() == ["x", "x", "z"]
    assert found["group"].fillna(0).tolist() == [1, 1, 0]
    assert found["size"].tolist() == [2, 2, 1]
    assert found["status"].tolist() == ["duplicate", "duplicate", "unique"]
    assert found["other"].fillna(-1).tolist() == [1, 0, -1]
    assert (
        found["reason"].tolist()[:2]
        == [
            "same phone, same last name, initial of the first name, same town, "
            "chance: less than 1 in 100"
        ]
        * 2
    )
    assert found["reason"].tolist()[2] is None


def test_a_refusal_says_what_tempted_and_what_refused():
    pairs = find_duplicates(base(*APART["a couple"])).pairs
    assert pairs.to_dict("records") == [
        {
            "left": 0,
            "right": 1,
            "score": 100.0,
            "verdict": "refused",
            "reason": "même e-mail, même téléphone, même nom, même adresse, même ville",
            "veto": "prénoms différents, civilités différentes",
        }
    ]


def test_one_first_name_at_one_address_is_left_to_a_person():
    rows = [
        ("Mme", "Éléonore", "Adam", None, None, GARE, *NANTES),
        ("Mme", "Éléonore", "Grarallet", None, None, GARE, *NANTES),
    ]
    pairs = find_duplicates(base(*rows)).pairs
    assert pairs[["verdict", "reason"]].to_numpy().tolist() == [
        [
            "review",
            "même prénom, même adresse, même ville, hasard : moins de 1 sur 100 ; "
            "mais noms différents",
        ]
    ]
    colleagues = base(*((*row, None, "ABC SA") for row in rows))
    assert len(find_duplicates(colleagues).pairs) == 0


def test_a_row_near_two_is_left_to_a_person():
    rows = APART["an initial that may be either of a couple"]
    pairs = find_duplicates(base(*rows)).pairs
    held = pairs[pairs["verdict"] == "review"]
    assert held[["left", "right"]].to_numpy().tolist() == [[0, 2], [1, 2]]
    assert set(held["veto"]) == {"proche d'une autre fiche encore, que celle-ci exclut"}


@pytest.mark.parametrize("rows", [0, 1, 4])
def test_nothing_to_compare(rows):
    found = find_duplicates(pd.DataFrame({"colour": ["red"] * rows}))
    assert found.groups == []
    assert len(found.rows) == rows
    assert len(found.pairs) == 0


def test_an_editable_rule_changes_the_result():
    rows = base(*APART["a couple without titles"])
    lenient = read_rules([["Prénom", "prénoms différents", -10]])
    assert find_duplicates(rows, lenient).groups == [[0, 1]]
    strict = read_rules([["Threshold", "duplicate from this score on", 101]])
    assert find_duplicates(base(*TOGETHER["a short form"]), strict).groups == []


def test_typed_columns_are_read():
    frame = pd.DataFrame(
        {
            "first_name": pd.array(["Anne", pd.NA, "anne"], dtype="string"),
            "last_name": pd.Categorical(["Petit", "Roux", "PETIT"]),
            "phone": pd.array([240112299, None, 240112299], dtype="Int64"),
            "birth_date": pd.to_datetime(["1980-05-03", None, "1980-05-03"]),
        }
    )
    assert find_duplicates(frame).groups == [[0, 2]]


def test_many_copies_of_one_row_are_one_group():
    rows = [("Mme", "Anne", "Petit", "anne.petit@free.fr", "0240112299", GARE, *NANTES)] * 3000
    assert find_duplicates(base(*rows)).groups == [list(range(3000))]


def test_two_rows_alone_and_within_a_base_are_compared_alike(labelled):
    keys = keys_of(labelled)
    left, right = candidate_pairs(keys)
    for a, b in zip(left[::5].tolist(), right[::5].tolist(), strict=True):
        two = keys.iloc[[a, b]].reset_index(drop=True)
        comparer, one, other = Comparer(two), np.array([0]), np.array([1])
        found = comparer.rest(one, other, comparer.quick(one, other))
        found = comparer.emails(one, other, found)
        told = {criterion: FINDINGS[criterion][levels[0]] for criterion, levels in found.items()}
        assert compare_rows(two.loc[0].to_dict(), two.loc[1].to_dict()) == told


@pytest.mark.parametrize("rows", [*APART.values(), *TOGETHER.values()], ids=[*APART, *TOGETHER])
def test_two_rows_are_compared_alike_one_way_and_the_other(rows):
    keys = keys_of(base(*rows[:2]))
    comparer, one, other = Comparer(keys), np.array([0]), np.array([1])
    found = comparer.rest(one, other, comparer.quick(one, other))
    found = comparer.emails(one, other, found)
    told = {criterion: FINDINGS[criterion][levels[0]] for criterion, levels in found.items()}
    compared = compare_rows(keys.loc[0].to_dict(), keys.loc[1].to_dict())
    assert compared in (told, {})
    assert (compared == {}) == (keys["kind"].nunique() > 1 or keys["kind"][0] == "")


def test_keys_of_a_row_are_those_of_the_base(labelled):
    records = labelled.head(200).to_dict("records")
    assert keys_of(labelled.head(200)).to_dict("records") == [row_keys(row) for row in records]


def test_every_finding_has_its_rule():
    findings = {(c, f) for c, found in FINDINGS.items() for f in found if f}
    assert findings == set(DEFAULT_RULES.points)
