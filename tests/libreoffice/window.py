"""A real window on a screen of its own: what is on it, clicks, keys, pictures."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TOOLS = ("Xvfb", "xdotool", "import")
# com.sun.star.accessibility.AccessibleRole
PUSH_BUTTON, MENU, MENU_ITEM = 44, 34, 36
_WITHOUT_PARTS = (13, 58, 84)  # documents and tables: thousands of cells
_PATIENCE = 60


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

    def picture(self, path: Path) -> Path:
        self._run("import", "-window", "root", str(path))
        return path

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, timeout=30, capture_output=True)


@contextmanager
def screen(size: str = "1400x900") -> Iterator[Screen]:
    made = Screen(size)
    try:
        yield made
    finally:
        made.close()


def wait_for(found: Callable[[], Any]) -> Any:
    """What a question gives once it gives something."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.1)
    raise TimeoutError(found)


def parts(accessible: Any) -> Iterator[Any]:
    """The accessible context of a window and of everything in it, sheets left out."""
    context = accessible.getAccessibleContext()
    if context is None:
        return
    yield context
    if context.getAccessibleRole() in _WITHOUT_PARTS:
        return
    for position in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(position)
        if child is not None:
            yield from parts(child)


def find(window: Any, name: str, role: int) -> Any:
    """The control of that name; None while it is not shown."""
    for part in parts(window):
        if part.getAccessibleRole() == role and part.getAccessibleName() == name:
            return part
    return None


def middle(control: Any) -> tuple[int, int]:
    """Where to click on a control."""
    corner, size = control.getLocationOnScreen(), control.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2
