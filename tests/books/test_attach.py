from pathlib import Path

from xlcrm.books.file import FileBook
from xlcrm.books.memory import MemoryBook


def test_file_book_saves_beside_its_output_under_a_free_name(tmp_path: Path) -> None:
    source = tmp_path / "factures.csv"
    source.write_text("Nom;Montant\nA;1\n", encoding="utf-8")
    (tmp_path / "plan.xlsx").write_bytes(b"mine")
    book = FileBook.open(source)
    place = book.attach("plan.xlsx", b"new")
    assert place == str(tmp_path / "plan-2.xlsx")
    assert (tmp_path / "plan-2.xlsx").read_bytes() == b"new"
    assert (tmp_path / "plan.xlsx").read_bytes() == b"mine"


def test_memory_book_keeps_what_is_attached() -> None:
    book = MemoryBook({"A": [["x"]]})
    assert book.attach("plan.xlsx", b"new") == "plan.xlsx"
    assert book.attached == {"plan.xlsx": b"new"}
