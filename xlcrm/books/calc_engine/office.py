"""Starts a LibreOffice of its own: a private profile, an address of its own, ended for sure."""

from __future__ import annotations

import atexit
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from xlcrm.books.calc_engine.link import LocalLink, connect
from xlcrm.errors import SourceError

_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_PATIENCE = 60.0  # seconds until an office must have answered
# Recalculate every formula of an .xlsx on load: some writers leave noughts as cached results.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun"
 oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay"
 oor:op="fuse"><value>false</value></prop></item>
{more}</oor:items>
"""


def find_soffice() -> str | None:
    """The program file of LibreOffice on this machine; None where it is not installed."""
    if found := shutil.which("soffice") or shutil.which("libreoffice"):
        return found
    return next((found for place in _PLACES for found in sorted(glob.glob(place))), None)


@dataclass
class Office:
    """A LibreOffice that this process started, and the way to it."""

    link: LocalLink
    process: subprocess.Popen[bytes]
    profile: Path
    url: str
    own_profile: bool = True
    _ended: bool = field(default=False, repr=False)

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """End the office, politely and then for sure, and remove its profile if it was made."""
        if self._ended:
            return
        self._ended = True
        atexit.unregister(self.stop)
        with suppress(*self.link.errors):
            self.link.desktop.terminate()
        end_process(self.process)
        if self.own_profile:
            shutil.rmtree(self.profile, ignore_errors=True)


def start(
    *, visible: bool = False, profile: Path | None = None, environment: dict[str, str] | None = None
) -> Office:
    """Start LibreOffice and connect to it; headless unless `visible`.

    With no profile it gets a fresh one, which is removed with it. Raises SourceError when
    LibreOffice is not installed or does not answer.
    """
    program = find_soffice()
    if program is None:
        raise SourceError(
            fr="LibreOffice est introuvable sur cette machine : installez-le "
            "(https://fr.libreoffice.org) puis recommencez.",
            en="LibreOffice is not on this machine: install it (https://www.libreoffice.org) "
            "then try again.",
        )
    own = profile is None
    folder = Path(tempfile.mkdtemp(prefix="xlcrm-office-")) if profile is None else profile
    write_settings(folder)
    url = f"pipe,name=xlcrm{uuid.uuid4().hex}"
    process = launch(program, folder, url, visible, environment)
    try:
        link = _wait_for(url, process)
    except BaseException:
        end_process(process)
        if own:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    office = Office(link, process, folder, url, own)
    atexit.register(office.stop)
    return office


def write_settings(profile: Path, more: str = "") -> None:
    """Give a profile that has none yet the settings that this engine relies on."""
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS.format(more=more), encoding="utf-8")


def launch(
    program: str, profile: Path, url: str, visible: bool, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start the program in a process group of its own, so that it can be ended as a whole."""
    arguments = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        f"--accept={url};urp;StarOffice.ComponentContext",
    ]
    if not visible:
        arguments.append("--headless")
    return subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> LocalLink:
    from xlcrm.books.calc_engine.link import import_uno

    refused = import_uno().getClass("com.sun.star.connection.NoConnectException")
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return connect(url)
        except refused:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SourceError(
                    fr="LibreOffice ne répond pas. Fermez-le s'il est bloqué, puis recommencez.",
                    en="LibreOffice does not answer. Close it if it hangs, then try again.",
                ) from None
            time.sleep(0.05)


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
    if sys.platform == "win32":
        if process.poll() is None:
            process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
