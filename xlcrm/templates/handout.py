"""What every small workbook has around its own sheets: a home sheet and the list of checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from xlcrm.catalogue import Variant, template
from xlcrm.templates import style
from xlcrm.templates.builder import Mode, TemplateBook
from xlcrm.templates.data_sheet import DataSheet
from xlcrm.templates.form import OVERALL, Kit, Page
from xlcrm.texts import Lang, Text

Data = Mapping[str, Any]
Builder = Callable[..., Kit]
HOME = Text("Accueil", "Home")
MARK = "xlcrm"  # on the home sheet, with the template's name and which copy it is

EXAMPLE = Variant("example", "exemple", Text("Exemple rempli", "Worked example"))
EMPTY = Variant("empty", "vide", Text("Modèle vide", "Empty template"))
EXERCISE = Variant("exercise", "exercice", Text("Exercice à compléter", "Exercise to fill in"))
VARIANTS = (EXAMPLE, EMPTY, EXERCISE)


def mode_of(variant: str, teacher: bool) -> Mode:
    """The copy that is asked for: the teacher's, the student's, or a working tool.

    >>> mode_of("exercise", False), mode_of("example", True), mode_of("empty", False)
    ('student', 'teacher', 'plain')
    """
    return "teacher" if teacher else "student" if variant == "exercise" else "plain"


def flat(data: Data) -> dict[str, Any]:
    """Inputs by key: a list under `bills.due` becomes `bills.due.1`, `bills.due.2`…

    >>> flat({"rate": 0.1, "bills.due": [3, None]})
    {'rate': 0.1, 'bills.due.1': 3, 'bills.due.2': None}
    """
    cells: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, (list, tuple)):
            cells |= {f"{key}.{k}": item for k, item in enumerate(value, 1)}
        else:
            cells[key] = value
    return cells


def handout(
    name: str,
    fr: str,
    *,
    group: str,
    label: Text,
    summary: Text,
    title: Text,
    purpose: Text,
    steps: Sequence[Text],
    data: tuple[Data, Data, Data],
    compute: Callable[[Data], Data],
    icon: str = "TableInsertExcel",
    data_sheet: bool = True,
) -> Callable[[Callable[[Kit], None]], Builder]:
    """Declare a small workbook by what writes its sheets.

    `data` are the inputs by key: of the worked example, the empty copy and the exercise. What
    `compute` makes of them, by key, are the answers of the exercise. The builder that comes out
    has one parameter more than other templates: `data`, to stand in for some of the inputs.
    `data_sheet`: the teacher's copy has all of them in one sheet, which the others read.
    """

    def declare(write: Callable[[Kit], None]) -> Builder:
        @template(
            name, fr, group=group, label=label, summary=summary, icon=icon, teacher=True,
            variants=VARIANTS,
        )  # fmt: skip
        def build(
            path: str | Path | IO[bytes],
            lang: Lang = "fr",
            teacher: bool = False,
            variant: str = "example",
            data: Data | None = None,
        ) -> Kit:
            mode = mode_of(variant, teacher)
            source = exercise if mode != "plain" else empty if variant == "empty" else example
            known = {**source, **(data or {})}
            with TemplateBook(path, lang, title, mode, flat(known), code=name) as book:
                kit = Kit(book, compute(known), known)
                _write_pages(kit, write, title, purpose, steps, data_sheet)
            return kit

        return build

    example, empty, exercise = data
    return declare


def _write_pages(
    kit: Kit,
    write: Callable[[Kit], None],
    title: Text,
    purpose: Text,
    steps: Sequence[Text],
    data_sheet: bool,
) -> None:
    home = kit.page(
        HOME, "home", title=title, subtitle=purpose, about=Text("", ""),
        widths=[2, 30, 78, 26], freeze=None,
    )  # fmt: skip
    if data_sheet and kit.book.mode == "teacher":
        kit.book.data = DataSheet(kit.book, kit.book.code, _RANK)
    write(kit)
    checks = kit.page(
        Text("Contrôles", "Checks"), "check", title=Text("Contrôles", "Checks"),
        subtitle=Text("Tout ce qui est vérifié, et ce qui ne va pas.",
                      "All that is verified, and what is wrong."),
        about=Text("Tous les contrôles, réunis en une cellule.", "All checks, in one cell."),
        widths=[2, 76, 66], freeze=None, one_page=False, landscape=False,
    )  # fmt: skip
    checks.sheet.check_list(4, 1, OVERALL)
    for page in kit.pages:
        page.finish()
    _write_home(home, steps)
    kit.book.sheets[0].raw.activate()


def _write_home(home: Page, steps: Sequence[Text]) -> None:
    sheet, book = home.sheet, home.book
    home.at = 4
    home.section(Text("Mode d'emploi", "How to use it"))
    for number, step in enumerate(_copy_steps(home) + list(steps), 1):
        sheet.note(home.at, 1, f"{number}. {book.t(step)}", 3, role="label")
        home.at += 1
    home.section(Text("Couleurs", "Colours"))
    looks: list[tuple[str, Text]] = [
        ("input", Text("À saisir : les données, que vous pouvez changer.",
                       "To fill in: the data, which you may change.")),
        ("formula", Text("Calculé : une formule, verrouillée sans mot de passe.",
                         "Computed: a formula, locked without a password.")),
        ("check", Text("Contrôle : OK, ou une phrase qui dit quoi corriger.",
                       "Check: OK, or a sentence that says what to correct.")),
    ]  # fmt: skip
    if book.mode != "plain":
        words = (
            Text("Réponse à trouver ; la case voisine dit OK ou À revoir.",
                 "Answer to find; the cell beside it says OK or Review.")
            if home.kit.student
            else Text("Réponse attendue de l'élève.", "Answer expected of the student.")
        )  # fmt: skip
        looks.append(("answer", words))
    for role, words in looks:
        look = book.format(role, "general", {"locked": True})  # type: ignore[arg-type]
        sheet.raw.write_blank(home.at, 1, None, look)
        sheet.label(home.at, 2, words, indent=1)
        home.at += 1
    home.section(Text("Feuilles", "Sheets"))
    link = book.format("label", "general", {"font_color": style.PRIMARY, "underline": 1})
    listed = [(page.sheet.name, page.about) for page in home.kit.pages[1:]]
    if book.data:
        listed.insert(0, (book.data.sheet.name, _DATA))
    for name, about in listed:
        place = "internal:'" + name.replace("'", "''") + "'!A1"
        sheet.raw.write_url(home.at, 1, place, link, name)
        sheet.note(home.at, 2, about, 3, role="label")
        home.at += 1
    sheet.label(home.at + 1, 1, f"{MARK}:{book.code}:{book.mode}", "trace")


_RANK = Text("n° {n}", "no. {n}")
_DATA = Text(
    "Toutes les données de l'exercice : changez-les, enregistrez, lancez « Sujet et corrigé ».",
    "All data of the exercise: change them, save, run “Exercise and solution”.",
)


def _copy_steps(home: Page) -> list[Text]:
    if home.kit.student:
        return [
            Text("Complétez les cases violettes : chacune est vérifiée dès qu'elle est remplie. "
                 "La feuille « Mon score » fait le total.",
                 "Fill in the violet cells: each is checked as soon as it is typed. The sheet "
                 "“My score” adds up the points."),
        ]  # fmt: skip
    if home.book.mode == "teacher":
        return [
            Text("Copie du formateur : la feuille « Corrigé » donne les résultats, les "
                 "explications et le barème. Changez les données, enregistrez, puis lancez la "
                 "commande « Sujet et corrigé » : les deux copies sont refaites.",
                 "Teacher's copy: the sheet “Solution” gives results, explanations and points. "
                 "Change the data, save, then run the command “Exercise and solution”: both "
                 "copies are made anew."),
        ]  # fmt: skip
    return []
