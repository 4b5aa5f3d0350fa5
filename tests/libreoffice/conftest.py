"""A LibreOffice for the tests: one process for all of them, with a profile of its own."""

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "books"))  # the shared contract
pytest.register_assert_rewrite("book_contract")

# A test that waits longer hangs: the office is then ended and the test fails.
PATIENCE = 120


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        drives_office = {"app", "profile"} & set(item.fixturenames)
        if drives_office and here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.libreoffice)


@pytest.fixture(scope="session")
def app():
    """xlwings' App over an office without a window."""
    import xlwings as xw

    from xlcrm.books import calc_engine

    calc_engine.activate()
    app = xw.App(visible=False, add_book=False)
    yield app
    app.quit()


@pytest.fixture
def book(app):
    """A new workbook, closed after the test."""
    book = app.books.add()
    yield book
    for left in app.books:
        left.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A place for the settings of a user: nothing of the machine is read or changed."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder / name))
        patch.setenv("XLCRM_PYTHON", "")
        yield folder


@pytest.fixture(scope="session")
def profile(home):
    """A profile of LibreOffice with the extension in it."""
    from xlcrm.front.libreoffice import install_libreoffice

    folder = home / "profile"
    install_libreoffice("fr", folder)
    return folder


def start_office(profile, **more):
    """An office on a profile, joined to xlwings: `app`, `office`, `run`, `service`."""
    import json

    import xlwings as xw

    from xlcrm.books import calc_engine
    from xlcrm.books.calc_engine.office import start

    calc_engine.activate()
    office = start(profile=profile, **more)
    app = xw.App(impl=calc_engine.engine.impl.apps.join(office.link, office.pid, office.stop))

    def run(task, book):
        """What a macro gets from the extension: done or not, and the text."""
        named = office.link.struct
        arguments = [
            named("com.sun.star.beans.NamedValue", Name="Task", Value=task),
            named("com.sun.star.beans.NamedValue", Name="Document", Value=book.impl.xl),
        ]
        service = office.link.service("org.xlcrm.calc.Commands")
        return SimpleNamespace(**json.loads(service.execute(tuple(arguments))))

    return SimpleNamespace(app=app, office=office, run=run, link=office.link)


@pytest.fixture
def other_profile(profile, tmp_path):
    """A copy of the profile: an office on it is a process of its own."""
    copy = tmp_path / "profile"
    shutil.copytree(profile, copy, ignore=shutil.ignore_patterns(".lock"))
    return copy


@pytest.fixture(scope="session")
def calc(profile):
    """An office without a window, with the extension."""
    found = start_office(profile)
    yield found
    found.app.quit()


@pytest.fixture
def sheet(calc):
    """The first sheet of a new workbook in the office with the extension."""
    book = calc.app.books.add()
    yield book.sheets[0]
    book.close()


def worker_pids(office):
    """The workers that an office has started, by their process numbers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            group = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[2])
        except OSError:
            continue  # ended in the meantime
        if b"xlcrm.front.worker" in command and group == office:
            found.append(int(folder.name))
    return found
