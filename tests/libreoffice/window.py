"""A real window on a screen of its own: what is on it, clicks, keys, pictures."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from xlcrm.books.calc_engine.link import import_uno

TOOLS = ("Xvfb", "xdotool", "import")
# com.sun.star.accessibility.AccessibleRole
PUSH_BUTTON, MENU, DROP_DOWN, LIST_ITEM, TEXT = 44, 34, 68, 33, 86
_ENABLED = "com.sun.star.accessibility.AccessibleStateType.ENABLED"
_WITHOUT_PARTS = (13, 58, 84)  # documents and tables: thousands of cells
_PATIENCE = 120
_CLICK_AGAIN = 15  # seconds: a click is rarely lost, while a window comes up on a busy machine


class Screen:
    """A virtual screen, with the programs that act on it."""

    def __init__(self, size: str = "1400x900") -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        self.environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "SAL_USE_VCLPLUGIN": "gen",  # draws by itself: no desktop is needed
        }

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(10)

    def click(self, x: int, y: int) -> None:
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def key(self, *keys: str) -> None:
        self._run("xdotool", "key", *keys)

    def focus(self, title: str) -> None:
        """Give the keyboard to a window: no window manager does it here."""
        self._run("xdotool", "search", "--name", title, "windowfocus")

    def picture(self, path: Path) -> None:
        self._run("import", "-window", "root", str(path))

    def share_of(self, color: tuple[int, int, int]) -> float:
        """How much of the screen has a colour, from 0 to 1."""
        pixels = self._run("import", "-window", "root", "-depth", "8", "rgb:-")
        wanted = bytes(color)
        places = range(0, len(pixels), 3)
        return sum(pixels[at : at + 3] == wanted for at in places) / len(places)

    def _run(self, *command: str) -> bytes:
        return subprocess.run(
            command, env=self.environment, check=True, timeout=60, capture_output=True
        ).stdout


@contextmanager
def screen(size: str = "1400x900") -> Iterator[Screen]:
    made = Screen(size)
    try:
        yield made
    finally:
        made.close()


def wait_for(found: Callable[[], Any], patience: float = _PATIENCE) -> Any:
    """What a question gives once it gives something; a window may go while it is looked at."""
    gone = import_uno().getClass("com.sun.star.uno.Exception")
    deadline = time.monotonic() + patience
    problem = None
    while time.monotonic() < deadline:
        try:
            if answer := found():
                return answer
        except gone as error:
            problem = error
        time.sleep(0.1)
    raise TimeoutError(found) from problem


class Window:
    """The window of a workbook, as a person uses it: by what is written on it."""

    def __init__(self, screen: Screen, link: Any, book: Any) -> None:
        self._screen = screen
        self._toolkit = link.service("com.sun.star.awt.Toolkit")
        self._frame = book.impl.frame.ContainerWindow
        self._sheet = book.impl.frame.ComponentWindow

    def run(self, button: str) -> str:
        """Press the button of a command; what its message says, once it is done.

        Where nothing is said and nothing works, it is pressed again, as a person does.
        """
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            self._click(wait_for(lambda: self._at_rest(button)))
            with suppress(TimeoutError):
                wait_for(lambda: self.dialog("xlcrm") or not self._idle(), _CLICK_AGAIN)
                return self.message()
        raise TimeoutError(f"{button}: nothing came of it; windows: {self._titles()}")

    def _at_rest(self, button: str) -> Any:
        """A button that can be pressed, and stays where it is."""
        control = find(self._frame, button, PUSH_BUTTON, MENU)
        if control is None or not _is_enabled(control):
            return None
        place = middle(control)
        time.sleep(0.3)
        return control if middle(control) == place else None

    def _idle(self) -> bool:
        """A command that works lets nothing be typed into the sheet."""
        return bool(self._sheet.isEnabled())

    def _titles(self) -> list[str]:
        return [title for title, _ in self._shown()]

    def focus(self) -> None:
        self._screen.focus("LibreOffice Calc")

    def choose(self, *entries: str) -> None:
        """Open a menu, its submenus, and take the last entry, of which the beginning is enough."""
        parent = wait_for(lambda: find(self._frame, entries[0], MENU))
        self._click(parent)
        for entry in entries[1:]:
            parent = wait_for(lambda: _entry(parent, entry))  # noqa: B023 called at once
            self._click(parent)

    def steps_to_undo(self) -> list[str]:
        """The list below the arrow of the button Undo."""
        button = wait_for(lambda: find(self._frame, "Undo", DROP_DOWN, MENU))
        x, y = middle(button)
        self._screen.click(x + button.getSize().Width // 2 - 5, y)  # the arrow
        opened = wait_for(lambda: self.dialog("Actions to undo"))
        found = [p.getAccessibleName() for p in parts(opened) if p.getAccessibleRole() == LIST_ITEM]
        self._screen.key("Escape")
        wait_for(lambda: self.dialog("Actions to undo") is None)
        self.focus()
        return found

    def message(self) -> str:
        """What the message says that is shown; it is then closed."""
        dialog = wait_for(lambda: self.dialog("xlcrm"))
        said = [p.getAccessibleName() for p in parts(dialog) if p.getAccessibleRole() == TEXT]
        self._click(find(dialog, "OK", PUSH_BUTTON))
        wait_for(lambda: self.dialog("xlcrm") is None)
        self.focus()
        return "\n".join(said)

    def dialog(self, title: str) -> Any:
        """The window whose title begins so; None while there is none."""
        return next((window for name, window in self._shown() if name.startswith(title)), None)

    def _shown(self) -> Iterator[tuple[str, Any]]:
        """Title and window of all that are open."""
        for position in range(self._toolkit.getTopWindowCount()):
            window = self._toolkit.getTopWindow(position)
            context = window and window.getAccessibleContext()
            if context:
                yield context.getAccessibleName(), window

    def _click(self, control: Any) -> None:
        self._screen.click(*middle(control))


def parts(accessible: Any, without: tuple[int, ...] = ()) -> Iterator[Any]:
    """The accessible context of a window and of everything in it, sheets left out."""
    context = accessible.getAccessibleContext()
    if context is None:
        return
    yield context
    if context.getAccessibleRole() in (*_WITHOUT_PARTS, *without):
        return
    for position in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(position)
        if child is not None:
            yield from parts(child, without)


def find(window: Any, name: str, role: int, *without: int) -> Any:
    """The control of that name; None while it is not shown."""
    for part in parts(window, without):
        if part.getAccessibleRole() == role and part.getAccessibleName() == name:
            return part
    return None


def _is_enabled(control: Any) -> bool:
    enabled = import_uno().getConstantByName(_ENABLED)
    states = control.getAccessibleStateSet()
    # From 7.6 on, one bit for each state.
    return bool(states & enabled if isinstance(states, int) else states.contains(enabled))


def _entry(menu: Any, beginning: str) -> Any:
    for position in range(menu.getAccessibleChildCount()):
        entry = menu.getAccessibleChild(position).getAccessibleContext()
        if entry.getAccessibleName().startswith(beginning) and entry.getSize().Width:
            return entry
    return None


def middle(control: Any) -> tuple[int, int]:
    """Where to click on a control."""
    corner, size = control.getLocationOnScreen(), control.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2
