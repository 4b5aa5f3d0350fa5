"""Workbooks of xlcrm that are no base: a treasury budget has companies in it, and no contacts."""

from __future__ import annotations

from xlcrm import cells
from xlcrm.books.book import Book, Grid
from xlcrm.catalogue import COMMANDS
from xlcrm.columns import fold
from xlcrm.commands.job import Job
from xlcrm.errors import RequestError
from xlcrm.texts import LANGUAGES, Text

_HOME = {"Accueil", "Home"}
_OTHERS = {"Contrôles", "Checks", "Hypothèses", "Assumptions"}  # what no base has beside it


def template_title(book: Book) -> str | None:
    """The title of a workbook that was made from a template, as its first sheet says."""
    sheets = book.sheets()
    if not sheets or sheets[0] not in _HOME or not _OTHERS & set(sheets):
        return None
    texts = (cells.to_text(value) for row in book.read(sheets[0]).rows[:3] for value in row)
    return next(filter(None, texts), None)


def sheets_to_search(job: Job, of_template: frozenset[str] = frozenset()) -> list[str]:
    """The sheet that is asked for, else all; of a template those that the user put beside its own.

    `of_template` are sheets of templates to look in as well.
    """
    if job.sheet is not None and not job.standing:
        return [job.sheet]
    names = job.book.sheets()
    if template_title(job.book) is None:
        return names
    return [n for n in names if n in of_template or not _has_margin(job.book.read(n))]


def _has_margin(grid: Grid) -> bool:
    """Whether nothing stands in the first column: so it is on every sheet of a template."""
    return grid.left > 1 or all(cells.is_blank(row[0]) for row in grid.rows if row)


def not_a_base(title: str) -> RequestError:
    """Why a template has no contacts to work on, and what is run on it instead."""
    why = Text(
        fr="Ce classeur est un modèle, « {title} », et non une base de contacts. ",
        en='This workbook is a template, "{title}", and no base of contacts. ',
    ).format(title=title)
    fits = Text(
        fr="Sa commande est « {fr} » ; celle-ci se lance sur",
        en='Its command is "{en}"; this one works on',
    )
    alone = Text(
        fr="Il calcule seul à partir de ses cellules de saisie ; cette commande se lance sur",
        en="It computes by itself from its input cells; this command works on",
    )
    label = _label_of_command(title)
    hint = fits.format(fr=label.fr, en=label.en) if label else alone
    return RequestError(
        fr=f"{why.fr}{hint.fr} une feuille de contacts (Nom, E-mail, Téléphone, Ville…).",
        en=f"{why.en}{hint.en} a sheet of contacts (Last name, E-mail, Phone, Town…).",
    )


_PURCHASES = Text(
    fr="une base avec une feuille d'achats (N° client, Date d'achat, Montant)",
    en="a base with a sheet of purchases (Customer ID, Purchase date, Amount)",
)
_ACTIONS = Text(
    fr="une liste d'actions (Action, Coût externe), ou le modèle « Budget marketing » rempli",
    en='a list of actions (Action, External cost), or the filled-in template "Marketing budget"',
)
# What the commands work on that a template does not hold.
_WORKS_ON = {
    "score": _PURCHASES,
    "dashboard": _PURCHASES,
    "marketing": _ACTIONS,
    "marketing-actual": _ACTIONS,
    "treasury": Text(
        fr="une liste de factures (Tiers, Échéance, Montant TTC)",
        en="a list of invoices (Party, Due date, Amount)",
    ),
}


def refused_on(book: Book, command: str) -> RequestError | None:
    """Why a command found nothing in a template, and what it works on; None for other books."""
    title = template_title(book)
    if title is None or command not in _WORKS_ON:
        return None
    return RequestError(
        fr="Ce classeur est un modèle, « {title} » : il calcule seul à partir de ses cellules de "
        "saisie. « {label} » se lance sur {what}.",
        en='This workbook is a template, "{title}": it computes by itself from its input cells. '
        '"{label}" works on {what}.',
        title=title,
        label=COMMANDS[command].label,
        what=_WORKS_ON[command],
    )


def _label_of_command(title: str) -> Text | None:
    """The command whose label is in the title: Budget de trésorerie, Tableau de bord."""
    words = set(fold(title).split())
    labels = [entry.label for entry in COMMANDS.values() if entry.group != "contacts"]
    told = (t for t in labels if any(set(fold(t.in_(x)).split()) <= words for x in LANGUAGES))
    return next(told, None)
