"""The main job on the sample base: each command does what it says, and the source stays."""

import re
from datetime import date
from itertools import combinations

import pytest

from xlcrm.books.book import Grid
from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands.job import run
from xlcrm.errors import ArgumentError, RequestError
from xlcrm.templates.sample.base import make_sample

AS_OF = date(2026, 11, 21)
STEPS = ("unify", "clean", "quality", "dedupe", "merge", "score", "segment", "target")


def sample_book(sample, names=("Salon", "Boutique", "Site web", "Achats")):
    fair, shop, web, orders = names
    return MemoryBook(
        {
            fair: Grid(fair, [list(r) for r in sample.fair], merged=sample.fair_merges),
            shop: sample.shop,
            web: sample.web,
            orders: sample.orders,
        },
        active=fair,
    )


@pytest.fixture(scope="module")
def sample():
    return make_sample()


@pytest.fixture(scope="module")
def done(sample):
    """The book after all steps, and the report of each."""
    book = sample_book(sample)
    return book, {s: run(find_command(s), book, as_of=AS_OF) for s in STEPS}


def column(book, role, label, table=0):
    shown = book.results[role].tables[table]
    at = [c.label for c in shown.columns].index(label)
    return [row[at] for row in shown.rows]


def test_every_row_of_the_three_sheets_is_in_the_single_view(done, sample):
    book, reports = done
    places = list(
        zip(
            column(book, "single_view", "Source"), column(book, "single_view", "Ligne"), strict=True
        )
    )
    assert set(places) == set(sample.truth)
    assert reports["unify"].counts == {"sheets": 3, "rows": len(sample.truth)}


def test_the_users_sheets_are_as_they_were(done, sample):
    book, _ = done
    assert book.sheets() == ["Salon", "Boutique", "Site web", "Achats"]
    assert book.read("Boutique").rows == sample.shop


def test_every_correction_is_in_the_journal_with_its_place(done):
    book, reports = done
    journal = [row for row in book.results["journal"].tables[0].rows if row[0] == "Nettoyer"]
    assert len(journal) == reports["clean"].counts["changes"]
    source = {s: book.read(s).rows for s in book.sheets()}
    typed = [r for r in journal if r[4] is not None and r[3] == "E-mail"]
    assert len(typed) > 20
    for _, sheet, line, _, before, after, rule in typed:
        assert before in source[sheet][line - 1]
        assert before != after
        assert rule


def test_duplicates_are_right_and_households_stay_apart(done, sample):
    book, _ = done
    groups: dict[int, list[int]] = {}
    rows = zip(
        column(book, "duplicates", "Groupe"),
        column(book, "duplicates", "Source"),
        column(book, "duplicates", "Ligne"),
        strict=True,
    )
    for group, sheet, line in rows:
        groups.setdefault(group, []).append((sheet, line))
    found = {frozenset(p) for g in groups.values() for p in combinations(g, 2)}
    people: dict[int, list[tuple[str, int]]] = {}
    for place, entity in sample.truth.items():
        people.setdefault(entity, []).append(place)
    true = {frozenset(p) for g in people.values() for p in combinations(g, 2)}
    precision, recall = len(found & true) / len(found), len(found & true) / len(true)
    assert precision >= 0.98
    assert recall >= 0.95


def test_each_group_says_why(done):
    book, _ = done
    assert all(column(book, "duplicates", "Pourquoi"))


def test_pairs_that_wait_for_a_person_come_first(done):
    book, reports = done
    verdicts = column(book, "pairs", "Avis")
    assert set(verdicts) == {"à vérifier", "refusé"}
    assert verdicts == sorted(verdicts, key=["à vérifier", "refusé"].index)
    assert verdicts.count("à vérifier") == reports["dedupe"].counts["review"]


def test_merging_loses_no_row(done):
    book, reports = done
    merged = [n or 1 for n in column(book, "merged", "Lignes fusionnées")]
    assert sum(merged) == reports["unify"].counts["rows"]


def test_scores_tell_what_could_not_be_used(done):
    _, reports = done
    report = reports["score"]
    left = [k for k in report.counts if k.startswith(("no_", "future_", "unknown_", "refund_"))]
    assert sum(report.counts[k] for k in left) == len(report.anomalies)
    assert {a["sheet"] for a in report.anomalies} == {"Achats"}


def test_two_numbers_of_one_person_are_one_customer(done):
    book, _ = done
    several = [n for n in column(book, "merged", "N° client") if n and ";" in n]
    assert len(several) > 50
    scored = [n for n in column(book, "scores", "N° client") if n]
    assert len(scored) == len(set(scored))
    assert set(several) <= set(scored)


def test_segments_cover_every_customer_once(done):
    book, reports = done
    total = reports["segment"].counts["customers"]
    for table in book.results["segments"].tables:
        at = [c.label for c in table.columns].index("Clients")
        assert sum(row[at] for row in table.rows) == total


def test_classes_stand_from_the_best_to_the_last(done):
    book, _ = done
    best_first = ["Très bons clients", "Bons clients", "Clients tièdes", "Clients inactifs"]
    (classes,) = [t for t in book.results["segments"].tables if t.title == "Classe RFM"]
    assert [row[0] for row in classes.rows] == [*best_first, "Non renseigné"]
    for table in book.results["segments_crossed"].tables:
        assert [c.label for c in table.columns][1:5] == best_first


def test_values_set_aside_are_shown_as_in_cells(done):
    book, _ = done
    shown = column(book, "merge_detail", "Valeurs écartées")
    dates = [v for c, v in zip(column(book, "merge_detail", "Colonne"), shown, strict=True)
             if c == "Date de création"]  # fmt: skip
    assert dates
    assert all(re.fullmatch(r"(\d\d/\d\d/\d{4}( \| )?)+", v) for v in dates)
    assert not any(v.endswith(".0") for v in shown)


def test_the_target_and_those_left_out_are_everyone_asked_for(done):
    book, reports = done
    counts = reports["target"].counts
    out = sum(n for key, n in counts.items() if key.startswith("excluded_"))
    assert counts["kept"] + out == counts["asked"]
    assert len(book.results["target"].tables[0].rows) == counts["kept"]
    assert all(column(book, "target", "E-mail"))


def test_nobody_who_refused_is_in_the_target(done):
    book, _ = done
    kept = set(zip(column(book, "target", "Source"), column(book, "target", "Ligne"), strict=True))
    refused = {
        place
        for place, consent, stop in zip(
            zip(column(book, "merged", "Source"), column(book, "merged", "Ligne"), strict=True),
            column(book, "merged", "Accord e-mail"),
            column(book, "merged", "Opposition"),
            strict=True,
        )
        if str(consent).casefold() in ("non", "0", "false", "0.0") or stop in (1, 1.0, True, "oui")
    }
    assert len(refused) > 20
    assert kept & refused == set()


def test_running_again_replaces_only_its_own(done, sample):
    book = sample_book(sample)
    run(find_command("unify"), book, as_of=AS_OF)
    first = run(find_command("clean"), book, as_of=AS_OF)
    tabs = list(book.tabs)
    second = run(find_command("clean"), book, as_of=AS_OF)
    assert book.tabs == tabs
    assert first.counts == second.counts


def test_english(sample):
    book = sample_book(sample)
    report = run(find_command("unify"), book, as_of=AS_OF, lang="en")
    assert report.sheets == ["Single view", "Columns recognised"]
    assert report.messages == ["Sheets left aside (purchases, or no contacts): Achats."]


def test_the_labels_of_the_other_language_give_the_same_figures(done):
    _, reports = done
    book = sample_book(make_sample("en"), ("Trade fair", "Shop", "Web site", "Purchases"))
    for step in STEPS:
        counts = run(find_command(step), book, as_of=AS_OF, lang="en").counts
        assert list(counts.values()) == list(reports[step].counts.values())


def test_target_by_phone_needs_consent_since_august_2026():
    rows = [
        ["Nom", "Téléphone", "Accord téléphone", "Type"],
        ["Durand", "06 39 98 00 01", "oui", "Particulier"],
        ["Petit", "06 39 98 00 02", None, "Particulier"],
        ["Roche", "01 99 00 00 03", None, "Professionnel"],
    ]
    for day, names in (
        (date(2026, 11, 21), ["Durand", "Roche"]),
        (date(2026, 8, 10), ["Durand", "Petit", "Roche"]),
    ):
        book = MemoryBook({"Base": rows})
        run(find_command("target"), book, as_of=day, options={"canal": "téléphone"})
        assert column(book, "target", "Nom") == names


def test_unknown_class_channel_segment():
    book = MemoryBook({"Base": [["Nom", "E-mail"], ["Durand", "a@exemple.fr"]]})
    for options, words in (
        ({"classes": "Or"}, "Pas de client de classe « Or »"),
        ({"channel": "pigeon"}, "Canal « pigeon » inconnu ; choix : téléphone, e-mail, SMS"),
        ({"segment": "Taille=3"}, "Segment « Taille=3 »"),
    ):
        with pytest.raises(ArgumentError) as caught:
            run(find_command("target"), book, options=options)
        assert words in str(caught.value)


def test_commands_without_contacts_say_what_they_saw():
    book = MemoryBook({"Feuil1": [["Couleur", "Pointure"], ["bleu", 38.0]]})
    for name in ("clean", "dedupe", "quality", "target", "segment", "merge"):
        with pytest.raises(RequestError, match="Couleur, Pointure"):
            run(find_command(name), book)


@pytest.mark.parametrize(
    ("command", "sheet", "row", "cell", "value", "said"),
    [
        ("quality", "Poids de qualité", 7, 1, "beaucoup", ", ligne 7 : « beaucoup » n'est pas"),
        (
            "quality",
            "Poids de qualité",
            7,
            1,
            -1.0,
            ", ligne 7 : un poids est de 0 ou plus, pas -1",
        ),
        ("quality", "Poids de qualité", 7, 0, "Humeur", ", ligne 7 : colonne « Humeur » inconnue"),
        ("segment", "Critères de segmentation", 7, 4, 90.0, " : Grille, ligne 8 : Âge : la borne"),
        ("dedupe", "Règles de doublons", 8, 2, "cent", " : « même nom » : un nombre de points ou"),
        (
            "score",
            "Grille RFM",
            19,
            3,
            None,
            ", ligne 19 : Récence (mois) : la borne basse est vide",
        ),
    ],
)
def test_a_wrong_setting_is_said_with_its_sheet(done, command, sheet, row, cell, value, said):
    book, _ = done
    line = book.read(sheet).rows[row - 1]
    before = list(line)
    line[cell] = value
    with pytest.raises(ArgumentError) as caught:
        run(find_command(command), book, as_of=AS_OF)
    line[:] = before
    assert caught.value.in_("fr").startswith(f"Feuille « {sheet} »")
    assert said in caught.value.in_("fr")


def test_segments_of_a_target_are_named_by_their_labels(done):
    book, reports = done
    for part, count in (("Classe RFM=Très bons clients", 16), ("RFM class=Bons clients", 306)):
        report = run(find_command("target"), book, as_of=AS_OF, options={"segment": part})
        assert report.counts["asked"] == count
        assert reports["score"].counts[f"class: {part.partition('=')[2]}"] == count
    with pytest.raises(ArgumentError, match="colonnes : N° client, Civilité, Prénom, Nom, "):
        run(find_command("target"), book, as_of=AS_OF, options={"segment": "Humeur=bonne"})


def test_at_most_is_one_or_more(done):
    book, _ = done
    (line,) = [row for row in book.read("Critères de ciblage").rows if row[0] == "Nombre maximal"]
    line[1] = -3.0
    with pytest.raises(ArgumentError, match="1 ou plus, ou vide, pas -3"):
        run(find_command("target"), book, as_of=AS_OF)
    line[1] = None
