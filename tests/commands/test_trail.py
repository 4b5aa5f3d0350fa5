"""The Journal and the Anomalies over several runs of several commands."""

from xlcrm.books.memory import MemoryBook
from xlcrm.catalogue import find_command
from xlcrm.commands import trail
from xlcrm.commands.job import run

DIRTY = [["Nom", "E-mail"], ["DURAND", "a@exemple"]]


def lines(book, role):
    return [row[0] for row in book.results[role].tables[0].rows]


def test_a_run_in_the_other_language_replaces_the_lines_of_the_first():
    book = MemoryBook({"Base": DIRTY})
    run(find_command("clean"), book)
    first = lines(book, "journal")
    assert set(first) == {"Nettoyer"}
    run(find_command("clean"), book, lang="en")
    assert lines(book, "journal") == ["Clean"] * len(first)


def test_what_is_right_now_leaves_the_anomalies():
    book = MemoryBook({"Base": DIRTY})
    run(find_command("clean"), book)
    assert lines(book, "anomalies") == ["Nettoyer"]
    book.read("Base").rows[1][:] = ["Durand", "a@exemple.fr"]
    report = run(find_command("clean"), book)
    assert report.anomalies == []
    assert lines(book, "anomalies") == []
    assert lines(book, "journal") == []


def test_where_lines_are_too_many_those_of_this_run_stay(monkeypatch):
    monkeypatch.setattr(trail, "_KEPT_LINES", 3)
    book = MemoryBook({"Base": [["Nom", "E-mail"], *[["Petit", "#REF!"]] * 5]})
    run(find_command("clean"), book)
    assert lines(book, "anomalies") == ["Nettoyer"] * 3
    run(find_command("quality"), book, sheet="Base")
    assert lines(book, "anomalies") == ["Qualifier"] * 3
    assert "Seules les 3 premières lignes" in book.results["anomalies"].notes[-1]


def test_the_lines_of_other_commands_stay():
    book = MemoryBook({"Base": [*DIRTY, ["Petit", "#REF!"]]})
    run(find_command("clean"), book)
    before = book.results["anomalies"].tables[0].rows
    run(find_command("quality"), book)
    assert [list(row) for row in before] == book.results["anomalies"].tables[0].rows
