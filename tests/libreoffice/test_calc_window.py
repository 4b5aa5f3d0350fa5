"""A person at a real window: toolbar, menu, keyboard, undo, and dialogs that are open."""

import os
import shutil
from typing import Any

import pytest
from conftest import start_office
from window import TOOLS, Window, screen, wait_for

from xlcrm.books.live import LiveBook

HEADER = (31, 111, 139)  # of every result sheet
BASE = [
    ["Last name", "First name", "Phone", "E-mail"],
    ["DURAND", "zoé", "06.12.34.56.78", "zoe@gmial.com"],
    ["martin", "JEAN", "01 42 00 00 00", "jean@exemple.fr"],
]

WANTED = ["Zoé", "Durand", "zoe@gmial.com", "06 12 34 56 78"]


@pytest.fixture(scope="module")
def display():
    """A screen of its own. Without the programs for it: a failure on CI, which installs them."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        reason = f"not installed: {', '.join(lacking)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with screen() as made:
        yield made


@pytest.fixture(scope="module")
def windows(display, profile, tmp_path_factory):
    """An office with windows, with the extension."""
    copy = tmp_path_factory.mktemp("windows") / "profile"
    shutil.copytree(profile, copy, ignore=shutil.ignore_patterns(".lock"))
    found = start_office(copy, visible=True, environment=display.environment)
    yield found
    found.app.quit()


@pytest.fixture
def base(windows):
    book = windows.app.books.add()
    book.sheets[0].name = "Base"
    book.sheets[0]["A1"].value = BASE
    yield book
    book.close()


def names(book: Any) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def state(book: Any) -> list[tuple[str, Any]]:
    return [(sheet.name, sheet.used_range.value) for sheet in book.sheets]


def test_a_button_undo_redo_and_the_menu(windows, display, base, tmp_path):
    window = Window(display, windows.link, base)
    before = state(base)
    assert window.run("Clean").startswith("Clean (")
    assert names(base) == ["Base", "Clean contacts", "Cleaning summary", "Journal", "Anomalies"]
    assert base.sheets.active.name == "Clean contacts"
    assert base.sheets["Clean contacts"]["A5:D5"].value == WANTED
    assert wait_for(lambda: display.share_of(HEADER) > 0.001)
    display.picture(tmp_path / "calc.png")
    assert (tmp_path / "calc.png").read_bytes()[:4] == b"\x89PNG"
    after = state(base)
    assert window.steps_to_undo()[0] == "xlcrm: Clean"
    display.key("ctrl+z")
    wait_for(lambda: len(names(base)) == 1)
    assert state(base) == before
    window.choose("Edit", "Redo")
    wait_for(lambda: len(names(base)) == 5)
    assert state(base) == after
    window.choose("Edit", "Undo")
    wait_for(lambda: len(names(base)) == 1)
    assert state(base) == before
    window.choose("xlcrm", "Contacts", "Quality")
    assert window.message().startswith("Quality (")
    assert "Qualified base" in names(base)


def test_what_is_being_typed_is_entered_first_and_nothing_is_typed_meanwhile(
    windows, display, base
):
    window = Window(display, windows.link, base)
    base.sheets[0]["B4"].select()
    window.focus()
    display.key("x", "y")
    assert window.run("Clean").startswith("Clean (")
    assert base.sheets[0]["B4"].value.lower() == "xy"
    base.sheets[0].select()
    base.sheets[0]["B5"].select()
    display.key("x", "z", "Return")  # the cells take what is typed again
    wait_for(lambda: base.sheets[0]["B5"].value is not None)
    assert base.sheets[0]["B5"].value.lower() == "xz"


def test_a_modal_dialog_is_open(windows, display, base):
    """A macro may start a command then: it is done, its message comes, the dialog stays."""
    window = Window(display, windows.link, base)
    before = base.sheets[0].used_range.value
    window.focus()
    display.key("ctrl+1")
    wait_for(lambda: window.dialog("Format Cells"))
    dispatch(windows.link, base, "clean")
    wait_for(lambda: window.dialog("xlcrm"))
    assert windows.run("quality", base).done  # while our own message waits, too
    assert window.message().startswith("Clean (")
    display.focus("Format Cells")
    display.key("Escape")
    wait_for(lambda: window.dialog("Format Cells") is None)
    assert set(LiveBook(base, "en").made()) >= {"clean", "quality", "journal"}
    assert base.sheets["Base"].used_range.value == before
    assert windows.run("undo", base).done


def dispatch(link: Any, book: Any, task: str) -> None:
    """As a button does: nobody waits for the end."""
    url = link.struct("com.sun.star.util.URL", Complete=f"org.xlcrm.calc:{task}")
    _, url = link.service("com.sun.star.util.URLTransformer").parseStrict(url)
    book.impl.frame.queryDispatch(url, "_self", 0).dispatch(url, ())
