"""The picture of LibreOffice Calc in the README.

    PYTHONPATH=tests python tests/libreoffice/picture.py docs/images/libreoffice.png

The sample base in French, the button Nettoyer clicked, the result sheet shown. Needs Xvfb, xdotool,
ImageMagick, and LibreOffice with its French texts (libreoffice-l10n-fr).
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conftest import start_office
from window import Window, screen

from xlcrm.books.calc_engine.office import write_settings
from xlcrm.front.libreoffice import install_libreoffice

ROOT = Path(__file__).parents[2]
_SETTINGS = """<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="UILocale" oor:op="fuse"><value>fr</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Font/Substitution">
<prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs">
<node oor:name="_0" oor:op="replace"><prop oor:name="ReplaceFont"><value>Calibri</value></prop>
<prop oor:name="SubstituteFont"><value>Liberation Sans</value></prop>
<prop oor:name="Always"><value>true</value></prop>
<prop oor:name="OnScreenOnly"><value>false</value></prop></node></item>
"""


def take(path: Path, folder: Path) -> None:
    os.environ["XDG_CONFIG_HOME"] = str(folder)
    write_settings(folder / "profile", _SETTINGS)
    install_libreoffice("fr", folder / "profile")
    shutil.copy(ROOT / "workbooks" / "fr" / "base-exemple.xlsx", folder)
    with screen("1480x800") as display:
        calc = start_office(folder / "profile", visible=True, environment=display.environment)
        try:
            book = calc.app.books.open(str(folder / "base-exemple.xlsx"))
            window = Window(display, calc.link, book)
            print(window.run("Nettoyer"))
            book.sheets.active["B5"].select()
            window.choose("Affichage", "Volet latéral")
            window.choose("Édition")  # a menu opens and closes: all is drawn
            display.key("Escape")
            display.picture(path)
            book.close()
        finally:
            calc.app.quit()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        take(Path(sys.argv[1]), Path(made))
