"""xlwings on Calc: its own documented examples, converters, what is refused, the page of the docs."""

import datetime as dt
import doctest
import functools
import re

import numpy as np
import pandas as pd
import pytest
import xlwings as xw
from object_model import engine_classes, members, refusal, with_table

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# Objects of xlwings whose docstrings have examples, run as they stand in its package.
EXAMPLES = """
    App.calculation Book.save Sheets Sheet.freeze_panes Sheet.autofit PageSetup.print_area
    Range.last_cell Range.number_format Range.hyperlink Range.borders
    Range.horizontal_alignment Range.vertical_alignment Note.text Tables.add
    Font.bold Font.italic Font.color Font.set
    Border.line_style Border.weight Border.color Borders.set Borders.clear
    Chart.title Chart.legend ChartLegend
""".split()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_xlwings_runs_unchanged(book, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sheet = book.sheets[0]
    sheet.name = "Sheet1"
    book.sheets.add("Sheet2", after=sheet)
    sheet.activate()
    known = {"xw": xw, "book": book, "sheet": sheet, "mysheet": sheet, "myrange": sheet["A1:E4"]}
    if name.startswith(("Chart", "Font.set")):
        known["chart"] = sheet.charts.add(source=sheet["A1:B3"])
    if name.startswith("Note"):
        sheet["A1"].add_note("before")
    if name == "Range.hyperlink":  # the example reads what it supposes to be there
        sheet["A1"].add_hyperlink("www.xlwings.org")
    text = functools.reduce(getattr, name.split("."), xw.main).__doc__
    # Fences are for the website; a new document of Calc has another name than one of Excel.
    text = re.sub(r"^\s*```.*$", "", text, flags=re.M).replace("[Book1]", f"[{book.name}]")
    test = doctest.DocTestParser().get_doctest(text, known, name, None, 0)
    said = []
    done = doctest.DocTestRunner(verbose=False, optionflags=OPTIONS).run(test, out=said.append)
    assert done.attempted > 0
    assert done.failed == 0, "".join(said)


def test_converters(book):
    sheet = book.sheets[0]
    frame = pd.DataFrame(
        {"name": ["a", "b"], "n": [1.5, 2.0], "on": pd.to_datetime(["2026-01-31"] * 2)}
    )
    sheet["A1"].options(index=False).value = frame
    read = sheet["A1"].options(pd.DataFrame, index=False, expand="table").value
    assert read.to_dict("list") == frame.to_dict("list")
    sheet["F1"].options(pd.Series, header=False).value = pd.Series([1.0, 2.0], index=["x", "y"])
    assert sheet["F1:G2"].options(dict).value == {"x": 1.0, "y": 2.0}
    sheet["I1"].value = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert sheet["I1:J2"].options(np.array).value.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    sheet["L1"].options(transpose=True).value = [1, 2, 3]
    assert sheet["L1:L3"].options(numbers=int).value == [1, 2, 3]
    sheet["N1"].value = [dt.datetime(2026, 1, 31, 12, 30), True, None, "=1/0", "'007"]
    assert sheet["N1:R1"].options(err_to_str=True).value == [
        dt.datetime(2026, 1, 31, 12, 30),
        True,
        None,
        "#DIV/0!",
        "007",
    ]
    assert sheet["N1"].options(dates=dt.date).value == dt.date(2026, 1, 31)
    assert sheet["L1:L3"].options(ndim=2).value == [[1.0], [2.0], [3.0]]


REFUSED = [
    (name, member, said)
    for name, made in engine_classes().items()
    for member in members(name)
    if (said := refusal(made, member))
]


@pytest.mark.parametrize(("name", "member", "said"), REFUSED)
def test_what_calc_has_not_is_refused_by_its_name(name, member, said):
    made = engine_classes()[name]
    found = made.__new__(made)
    with pytest.raises(NotImplementedError, match=re.escape(said)):
        getattr(found, member)()
    assert said.startswith(f"{name}.{member}")


def test_the_page_of_the_docs_tells_what_works(root):
    page = (root / "docs" / "xlwings-on-calc.md").read_text(encoding="utf-8")
    assert with_table(page) == page, (
        "python tests/libreoffice/object_model.py docs/xlwings-on-calc.md"
    )
    assert set(re.findall(r"`(\w+(?:\.\w+)?)`", page.partition("## Examples")[2])) >= set(EXAMPLES)
