"""The LibreOffice extension: built from the catalogue, installed, checked, removed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from xlcrm import __version__
from xlcrm.books.calc_engine.office import end_process, find_soffice, start
from xlcrm.errors import SourceError
from xlcrm.front import calc_extension
from xlcrm.front.calc_extension.environment import config_path
from xlcrm.front.package import write_parts
from xlcrm.texts import Lang, Text

NAME = "xlcrm.oxt"
_SIDE = "pythonpath/xlcrm_calc"  # where the office's side lies in the extension
_COMPONENT = """from xlcrm_calc.component import implementations

g_ImplementationHelper = implementations()
"""
_PATIENCE = 180  # seconds for the office's own installer


def build_oxt(path: Path) -> Path:
    """Write the extension; the same catalogue gives the same bytes."""
    path.write_bytes(oxt_bytes())
    return path


def oxt_bytes() -> bytes:
    return write_parts(oxt_parts(), compressed=False)


def oxt_parts() -> dict[str, bytes]:
    """The files of the extension by their paths in it."""
    from xlcrm.front import calc_files

    texts = {
        "META-INF/manifest.xml": calc_files.manifest(),
        "description.xml": calc_files.description(),
        "functions.idl": calc_files.idl(),
        "CalcAddIns.xcu": calc_files.calc_add_ins(),
        "ProtocolHandler.xcu": calc_files.protocol_handler(),
        "Jobs.xcu": calc_files.jobs(),
        "Addons.xcu": calc_files.addons(),
        "CalcWindowState.xcu": calc_files.window_state(),
        "xlcrm_component.py": _COMPONENT,
    }
    texts[f"{_SIDE}/labels.json"] = calc_files.labels()
    for source in sorted(Path(calc_extension.__file__).parent.glob("*.py")):
        texts[f"{_SIDE}/{source.name}"] = source.read_text(encoding="utf-8")
    return {name: text.encode("utf-8") for name, text in texts.items()}


def install_libreoffice(lang: Lang = "fr", profile: Path | None = None) -> str:
    """Put the extension into LibreOffice, of this user or of a profile; gives what to do next."""
    with tempfile.TemporaryDirectory() as folder:
        oxt = build_oxt(Path(folder) / NAME)
        if _is_root():
            _by_office("add", oxt, profile)
        else:
            _by_unopkg(["add", "--force", "--suppress-license", str(oxt)], profile)
    remember_python()
    return Text(
        fr=f"xlcrm {__version__} est dans LibreOffice. Redémarrez LibreOffice : le menu xlcrm "
        "et sa barre d'outils apparaissent dans Calc.",
        en=f"xlcrm {__version__} is in LibreOffice. Restart LibreOffice: the menu xlcrm and its "
        "toolbar appear in Calc.",
    ).in_(lang)


def uninstall_libreoffice(lang: Lang = "fr", profile: Path | None = None) -> str:
    """Take the extension out of LibreOffice again."""
    if _is_root():
        _by_office("remove", None, profile)
    else:
        from xlcrm.front.calc_files import IDENTIFIER

        _by_unopkg(["remove", IDENTIFIER], profile)
    config_path().unlink(missing_ok=True)
    return Text(
        fr="xlcrm n'est plus dans LibreOffice ; vos classeurs n'ont pas changé.",
        en="xlcrm is no longer in LibreOffice; your workbooks have not changed.",
    ).in_(lang)


def remember_python(python: str | None = None) -> Path:
    """Tell the extension which Python has xlcrm: this one."""
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"python": python or sys.executable}), encoding="utf-8")
    return path


def _is_root() -> bool:
    """The office's own installer refuses to serve the root user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _by_unopkg(arguments: list[str], profile: Path | None) -> None:
    program = _unopkg()
    where = [f"-env:UserInstallation={profile.as_uri()}"] if profile else []
    try:
        done = subprocess.run(
            [program, *arguments, *where],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            errors="replace",
            check=False,
        )
        said = (done.stderr or done.stdout).strip()
        failed = done.returncode != 0
    except subprocess.TimeoutExpired:
        failed, said = True, "unopkg"
    if failed:
        raise SourceError(
            fr="LibreOffice n'a pas pris l'extension. Fermez toutes ses fenêtres, puis "
            "recommencez. Sa réponse : {said}",
            en="LibreOffice did not take the extension. Close all its windows, then try again. "
            "It said: {said}",
            said=said[-300:],
        )


def _unopkg() -> str:
    soffice = find_soffice()
    if soffice is None:
        raise _not_installed()
    name = "unopkg.com" if sys.platform == "win32" else "unopkg"
    beside = Path(os.path.realpath(soffice)).with_name(name)
    found = str(beside) if beside.exists() else shutil.which("unopkg")
    if found is None:
        raise _not_installed()
    return found


def _not_installed() -> SourceError:
    return SourceError(
        fr="LibreOffice est introuvable sur cette machine : installez-le puis recommencez.",
        en="LibreOffice is not on this machine: install it, then try again.",
    )


def _by_office(action: str, oxt: Path | None, profile: Path | None) -> None:
    """Through an office without a window, which serves the root user too."""
    from xlcrm.front.calc_files import IDENTIFIER

    office = start(profile=profile or _user_profile())
    try:
        manager = office.link.context.getByName(
            "/singletons/com.sun.star.deployment.ExtensionManager"
        )
        if action == "add" and oxt is not None:
            manager.addExtension(oxt.as_uri(), (), "user", None, _approving())
        else:
            manager.removeExtension(IDENTIFIER, NAME, "user", None, _approving())
    except office.link.errors as error:
        raise SourceError(
            fr="LibreOffice a refusé l'extension : {why}",
            en="LibreOffice refused the extension: {why}",
            why=str(error),
        ) from error
    finally:
        office.stop()
        end_process(office.process)


def _user_profile() -> Path:
    return Path.home() / ".config" / "libreoffice" / "4"


def _approving() -> Any:
    """The environment of an installation that answers every question with yes."""
    import uno
    import unohelper
    from com.sun.star.task import XInteractionHandler
    from com.sun.star.ucb import XCommandEnvironment

    approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")

    class Handler(unohelper.Base, XInteractionHandler):
        def handle(self, request: Any) -> None:
            for continuation in request.getContinuations():
                if continuation.queryInterface(approve) is not None:
                    continuation.select()
                    return

    class Environment(unohelper.Base, XCommandEnvironment):
        def getInteractionHandler(self) -> Any:
            return Handler()

        def getProgressHandler(self) -> None:
            return None

    return Environment()
