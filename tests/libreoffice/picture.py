"""The pictures of the READMEs.

    PYTHONPATH=tests python tests/libreoffice/picture.py docs/images

`libreoffice.png`: the sample base in French, the button Nettoyer clicked, the result sheet shown.
`demo.png`: what `xlcrm demo` reads and writes. Needs Xvfb, xdotool, ImageMagick, poppler-utils, and
LibreOffice with its French texts (libreoffice-l10n-fr).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from conftest import start_office
from window import Window, screen

from xlcrm.books.calc_engine.office import write_settings
from xlcrm.front.demo import run_demo
from xlcrm.front.libreoffice import install_libreoffice

ROOT = Path(__file__).parents[2]
_SETTINGS = """<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="UILocale" oor:op="fuse"><value>fr</value></prop>
<prop oor:name="DefaultLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Font/Substitution">
<prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Font/Substitution/FontPairs">
<node oor:name="_0" oor:op="replace"><prop oor:name="ReplaceFont"><value>Calibri</value></prop>
<prop oor:name="SubstituteFont"><value>Liberation Sans</value></prop>
<prop oor:name="Always"><value>true</value></prop>
<prop oor:name="OnScreenOnly"><value>false</value></prop></node></item>
"""
# What of the demo is shown: sheet, rows, and the titles of its columns (all, if none).
_PARTS = (
    ("Salon", "A1:O20", ""),
    (
        "Contacts nettoyés",
        "A1:AE20",
        "N° client|Civilité|Prénom|Nom|Société|E-mail|Téléphone|Adresse|Code postal|Ville|Source"
        "|Ligne",
    ),
    (
        "Scores RFM",
        "A1:W16",
        "N° client|Prénom|Nom|Note R|Note F|Note M|Score RFM|Classe RFM|Pourquoi",
    ),
    ("Classes RFM", "A1:R20", ""),
)


def take_window(path: Path, folder: Path) -> None:
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


def take_demo(path: Path, folder: Path) -> None:
    result = run_demo(folder / "demo", "fr")
    calc = start_office(folder / "profile")
    parts = []
    try:
        book = calc.app.books.open(str(result))
        for position, (name, area, titles) in enumerate(_PARTS):
            _arrange(book, name, area, titles.split("|") if titles else [])
            stem = folder / str(position)
            book.sheets[name].range(area).to_pdf(str(stem.with_suffix(".pdf")))
            _run("pdftoppm", "-r", "200", "-png", "-singlefile", str(stem) + ".pdf", str(stem))
            parts.append(str(stem.with_suffix(".png")))
        book.close()
    finally:
        calc.app.quit()
    look = (
        "-trim -resize 1220x -bordercolor white -border 10x18 -append +dither -colors 128".split()
    )
    _run("convert", *parts, *look, f"PNG8:{path}")


def _arrange(book: Any, name: str, area: str, titles: list[str]) -> None:
    """One wide page, with the columns wanted."""
    sheet = book.sheets[name]
    calc = sheet.impl.xl
    page = book.impl.xl.StyleFamilies.getByName("PageStyles").getByName(calc.PageStyle)
    page.HeaderIsOn = page.FooterIsOn = False
    page.Width, page.Height, page.ScaleToPagesX, page.ScaleToPagesY = 60000, 40000, 1, 1
    calc.setPrintTitleRows(False)
    calc.setPrintTitleColumns(False)
    for column, cells in enumerate(zip(*sheet.range(area).value, strict=True)):
        calc.Columns.getByIndex(column).IsVisible = not titles or bool({*titles} & {*cells})
        if "Pourquoi" in cells:
            calc.Columns.getByIndex(column).OptimalWidth = True


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    for name, take in (("demo.png", take_demo), ("libreoffice.png", take_window)):
        with tempfile.TemporaryDirectory() as made:
            os.environ["XDG_CONFIG_HOME"] = made
            write_settings(Path(made, "profile"), _SETTINGS)
            install_libreoffice("fr", Path(made, "profile"))
            take(Path(sys.argv[1], name), Path(made))
