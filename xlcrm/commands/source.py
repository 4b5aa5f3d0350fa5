"""Source: the table of a sheet as commands work on it, each row knowing where it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from xlcrm import cells
from xlcrm.books.book import Book, Grid
from xlcrm.columns import COLUMNS, fold
from xlcrm.commands.amounts import read_by_the_others
from xlcrm.commands.asides import asides
from xlcrm.commands.figures import read_figures
from xlcrm.commands.fill_down import fill_down, merged_down
from xlcrm.commands.headers import FIRST_ROWS, Header, find_header
from xlcrm.commands.job import Anomaly, Job
from xlcrm.commands.meanings import BARE_NUMBERS, LIVES_AT, REACHED_BY, settle_meanings
from xlcrm.commands.purchase_days import read_days
from xlcrm.commands.sheet_names import refusal_of
from xlcrm.commands.template_books import not_a_base, template_title
from xlcrm.contacts.answers import is_opposed, read_answer
from xlcrm.errors import RequestError, SourceError, XlcrmError
from xlcrm.texts import Lang, Text, listed

_NAMES = {"last_name", "full_name", "company", "first_name"}
_BASE = frozenset({"last_name", "full_name", "company", "email", "address", "postcode", "town"})
_ONE_EACH = 0.9  # lines for each person of a list, where a few of them stand twice
_PROVENANCE = {"source", "ligne", "row"}


@dataclass(slots=True)
class Source:
    """A table: canonical columns first recognised, the user's other columns unchanged.

    `frame` has object columns, index 0..n-1, and no column for the provenance, which stands in
    `sheets` and `rows` (the row number that a person sees). `labels` gives for each column of
    the frame the label it has in the sheet; `labels_in`, where sheets were joined, in each. `as_read`
    is an amount that could be read in two ways, and how it was, by the label of its column;
    `readings` says, by {sheet}, what was read otherwise than it stands; `by_month`, whether days
    are of months.
    """

    frame: pd.DataFrame
    sheets: list[str]
    rows: list[int]
    labels: dict[str, str] = field(default_factory=dict)
    anomalies: list[Anomaly] = field(default_factory=list)
    labels_in: dict[str, dict[str, str]] = field(default_factory=dict)
    as_read: dict[str, tuple[str, float]] = field(default_factory=dict)
    readings: list[Callable[..., Text]] = field(default_factory=list)
    by_month: bool = False

    @property
    def names(self) -> list[str]:
        """The sheets it came from, each once, in order."""
        return list(dict.fromkeys(self.sheets))

    def told(self) -> list[Text]:
        """What was read otherwise than it stands, by the present name of the sheet."""
        return [reading(sheet=listed(self.names)) for reading in self.readings]

    def has(self, *keys: str) -> bool:
        return all(key in self.frame.columns for key in keys)

    def label(self, key: str, lang: Lang = "fr", position: int | None = None) -> str:
        """The label of a column as the user knows it, on the sheet of a line."""
        labels = self.labels
        if position is not None:
            labels = self.labels_in.get(self.sheets[position], labels)
        if key in labels:
            return labels[key]
        return COLUMNS[key].label.in_(lang) if key in COLUMNS else key

    def unknown(self) -> list[str]:
        """The columns that have no key, nor are read together with one that has."""
        parts = {p for key in COLUMNS for p in self.labels.get(key, "").split(" + ")}
        own = [str(c) for c in self.frame if c not in COLUMNS]
        return [c for c in own if self.labels.get(c, c) not in parts]

    def place(self, position: int) -> dict[str, Any]:
        """Where a line stands: `sheet` and `row`."""
        return {"sheet": self.sheets[position], "row": self.rows[position]}

    def customer_column(self) -> str:
        """The column that says whose the lines are."""
        keys = ("customer_id", "email", "full_name", "last_name", "company")
        return next((key for key in keys if key in self.frame), "customer_id")

    def note(self, position: int, column: str, value: Any, problem: Text) -> None:
        """Keep an anomaly with its place in the sheet."""
        label = self.label(column, position=position) if column else ""
        self.anomalies.append(
            Anomaly(self.sheets[position], self.rows[position], label, value, problem)
        )

    def drop(self, positions: Collection[int]) -> None:
        """Leave some of its lines out."""
        if positions:
            keep = [at for at in range(len(self.frame)) if at not in positions]
            self.frame = self.frame.iloc[keep].reset_index(drop=True)
            self.sheets = [self.sheets[at] for at in keep]
            self.rows = [self.rows[at] for at in keep]

    def has_customers(self) -> bool:
        """Whether its lines say whose they are."""
        return bool((_NAMES | {"customer_id", "email"}) & set(self.frame.columns))

    def holds_contacts(self) -> bool:
        """People or companies: by name, or, as on a newsletter list, by how to reach them."""
        return self.holds_people() and not self.holds_purchases()

    def holds_people(self) -> bool:
        """Contacts, or purchases with the name of who bought."""
        return self.holds_names() or bool(REACHED_BY & set(self.frame.columns))

    def holds_names(self) -> bool:
        return bool(_NAMES & set(self.frame.columns))

    def holds_purchases(self) -> bool:
        return self.has_purchases() and not self._lists_people()

    def has_purchases(self) -> bool:
        """The columns of purchases, be they of a list with a line for each person."""
        return self.has("amount") and ("order_date" in self.frame or "order_id" in self.frame)

    def _lists_people(self) -> bool:
        """A line for each person, with what that person bought, and how to reach them."""
        columns = set(self.frame.columns)
        if not self.holds_people():
            return False
        if self.has("order_date") and not (REACHED_BY | LIVES_AT) & columns:
            return False  # a register of sales, with a name
        if self.has("order_id", "order_date"):
            return False
        bare = fold(self.labels.get("customer_id", "")) in BARE_NUMBERS
        known = next((k for k in ("customer_id", "email")[bare:] if k in columns), None)
        keys = [known] if known else sorted(_NAMES & columns)
        people = self.frame[keys].dropna(how="all").astype(str) if keys else self.frame[[]]
        return len(people) > 0 and len(people.drop_duplicates()) >= _ONE_EACH * len(people)


def read_source(book: Book, sheet: str) -> Source:
    """Read a sheet of a book as a Source; its blank and total lines are left out.

    Raises SourceError for a sheet without a header or without data.
    """
    grid = book.read(sheet)
    header = find_header(grid, book.name)
    width = len(header.labels)
    body: list[list[Any]] = []
    numbers: list[int] = []
    merged = merged_down(grid, header)
    for offset, row in enumerate(grid.rows[header.position + 1 :], header.position + 1):
        if all(v is None or v == "" for v in row):
            continue
        row = row + [None] * (width - len(row)) if len(row) < width else row
        body.append(
            [below.get(c, v) for c, v in enumerate(row)] if (below := merged.get(offset)) else row
        )
        numbers.append(grid.top + offset)
    source = _as_source(grid, header, body, numbers)
    _note_rows_above(source, grid, header)
    _note_contacts_beside(source, grid, header)
    settle_meanings(source)
    _drop_asides(source, grid)
    if not len(source.frame):
        raise SourceError(
            fr=f"La feuille « {sheet} » ({book.name}) n'a pas de données sous son en-tête.",
            en=f'Sheet "{sheet}" ({book.name}) has no data below its header.',
        )
    _note_failed_formulas(source)
    read_by_the_others(source)
    source.frame = read_figures(source.frame)
    read_days(source)
    fill_down(
        source,
        {grid.top + at: [header.labels[c] for c in sorted(row)] for at, row in merged.items()},
    )
    return source


def _note_rows_above(source: Source, grid: Grid, header: Header) -> None:
    """Rows above a header that stands deep down may be data, and nobody reads them."""
    above = sum(any(not cells.is_blank(v) for v in row) for row in grid.rows[: header.position])
    if above > FIRST_ROWS:
        left = Text(
            fr="{count} lignes au-dessus de l'en-tête : non lues.",
            en="{count} rows above the header: not read.",
        ).format(count=above)
        source.anomalies.append(Anomaly(grid.sheet, grid.top, "", None, left))


def _note_contacts_beside(source: Source, grid: Grid, header: Header) -> None:
    for name in header.beside:
        beside = Text(
            fr="Un autre contact sur la même ligne : ses colonnes sont gardées, mais il n'est pas "
            "lu comme un contact ; donnez-lui une ligne à lui.",
            en="Another contact on the same row: its columns are kept, but it is not read as a "
            "contact; give it a row of its own.",
        )
        row = grid.top + header.position
        source.anomalies.append(Anomaly(grid.sheet, row, name, None, beside))


def _as_source(grid: Grid, header: Header, body: list[list[Any]], numbers: list[int]) -> Source:
    columns: dict[str, list[Any]] = {}
    labels: dict[str, str] = {}
    provenance: dict[str, list[Any]] = {}
    own: dict[str, str] = {}
    cells_by_column = list(zip(*body, strict=True)) if body else [()] * len(header.labels)
    for label, key, values in zip(header.labels, header.keys, cells_by_column, strict=True):
        if fold(label) in _PROVENANCE and label in ("Source", "Ligne", "Row"):
            part = "source" if label == "Source" else "row"
            provenance[part], own[part] = list(values), label
            continue
        if key is None and all(cells.is_blank(v) for v in values):
            continue
        name = key or label
        if name in columns:
            columns[name] = _refusals(name, columns[name], values)
            labels[name] += f" + {label}"
            name = f"{label} (2)" if label in columns or label in COLUMNS else label
        columns[name] = list(values)
        labels[name] = label
    sheets = [grid.sheet] * len(body)
    if not _is_provenance(provenance):  # the user's own columns of these names
        if "source" in provenance:
            columns["source"], labels["source"] = provenance["source"], own["source"]
        if "row" in provenance:  # results have a column of this name already
            name = f"{own['row']} (2)"
            columns[name], labels[name] = provenance["row"], name
    else:
        sheets = [cells.to_text(v) or grid.sheet for v in provenance["source"]]
        numbers = [int(v) for v in provenance["row"]]
    frame = pd.DataFrame({k: pd.Series(v, dtype=object) for k, v in columns.items()})
    return Source(frame, sheets, numbers, labels)


def _refusals(key: str, first: list[Any], second: Sequence[Any]) -> list[Any]:
    """A column of consent or opposition, with what a second one of the same kind says stricter."""
    weight = _consent_weight if key.startswith("consent") else _opposition_weight
    return [b if weight(b) > weight(a) else a for a, b in zip(first, second, strict=True)]


def _consent_weight(value: Any) -> int:
    return int(read_answer(value).value)


def _opposition_weight(value: Any) -> int:
    return 0 if cells.is_blank(value) else 1 + is_opposed(value)


def _is_provenance(columns: dict[str, list[Any]]) -> bool:
    """Source and Ligne as a result sheet has them: a sheet and a row number on every line."""
    return columns.keys() == {"source", "row"} and all(
        isinstance(row, (int, float)) and not cells.is_blank(source)
        for source, row in zip(columns["source"], columns["row"], strict=True)
    )


def _drop_asides(source: Source, grid: Grid) -> None:
    """A line that says Total, or a remark below the table, is no contact and no purchase."""
    wide = frozenset(first for first, left, _, right in grid.merged if right > left)
    drop = asides(source.frame, source.rows, source.labels, wide)
    for position, (value, problem) in sorted(drop.items()):
        source.note(position, "", value, problem)
    source.drop(drop)


def _note_failed_formulas(source: Source) -> None:
    problem = Text(
        fr="Formule en erreur : lue comme une cellule vide.",
        en="Failed formula: read as a blank cell.",
    )
    for column in source.frame.columns:
        values = source.frame[column]
        failed = values.isin(cells.ERROR_VALUES)
        if not failed.any():
            continue
        for position in failed.to_numpy().nonzero()[0]:
            source.note(int(position), column, values.iloc[position], problem)
        source.frame[column] = values.mask(failed, None)


def contact_sheets(book: Book) -> dict[str, Source]:
    """Every sheet of the user's that holds contacts; sheets without a table are passed over.

    A list of mere e-mails or phones counts where no sheet has names: beside a base it is more
    likely one of people who unsubscribed. So is, whatever it has, a sheet of such a name.
    Purchases with names count where there is nothing else.
    """
    read = tables(book)
    found = {n: s for n, s in read.items() if s.holds_contacts()}
    found = found or {n: s for n, s in read.items() if s.holds_people()}
    found = {n: s for n, s in found.items() if not refusal_of(n)} or found
    if template_title(book):  # its companies and its call list are those of a plan
        found = {n: s for n, s in found.items() if _is_base(s)}
    return {n: s for n, s in found.items() if s.holds_names()} or found


def tables(book: Book) -> dict[str, Source]:
    """Every sheet of the user's with a table."""
    found: dict[str, Source] = {}
    for sheet in book.sheets():
        try:
            found[sheet] = read_source(book, sheet)
        except SourceError:
            continue  # a note sheet, a chart: nothing to read there
    return found


def contacts(job: Job, *roles: str) -> Source:
    """The contacts that a command works on.

    The sheet that was asked for; else the most advanced result among `roles` that covers the
    sheet where the user is; else that sheet; else the first one with contacts. Raises
    RequestError with what the sheets hold when there are no contacts.
    """
    source = _choose(job, roles)
    if source.holds_purchases():
        job.say(
            "« {name} » contient des achats : chaque ligne est lue comme un contact ; "
            "« Dédoublonner » puis « Fusionner » réunissent celles d'une même personne.",
            '"{name}" holds purchases: each line is read as a contact; "Deduplicate" unites those '
            "of one person.",
            name=listed(source.names),
        )
    job.messages.extend(text for text in source.told() if text not in job.messages)
    job.anomalies.extend(source.anomalies)
    return source


def _choose(job: Job, roles: tuple[str, ...]) -> Source:
    if job.sheet is not None:
        source = read_source(job.book, job.sheet)
        if not (job.standing and source.holds_purchases()):
            of_template = job.standing and template_title(job.book) and not _is_base(source)
            if of_template or not source.holds_people():
                raise _no_contacts(job, [job.sheet])
            return source
    made, active = job.book.made(), job.book.active()
    if active in [made[role] for role in roles if role in made]:
        source = read_source(job.book, str(active))
        if source.holds_contacts():
            return source
    if active in made.values():
        active = None  # another result, such as settings: not where the contacts are
    for role in roles:
        if role in made:
            source = read_source(job.book, made[role])
            if active is None or active in source.names or active not in contact_sheets(job.book):
                return source
    found = contact_sheets(job.book)
    if not found:
        raise _no_contacts(job, job.book.sheets())
    name = active if active is not None and active in found else next(iter(found))
    if len(found) > 1:
        job.say(
            "Feuille lue : « {name} ». Pour travailler sur {all} ensemble, lancez d'abord "
            "« Vue unique ».",
            'Sheet read: "{name}". To work on {all} together, run "Single view" first.',
            name=name,
            all=listed(found),
        )
    return found[name]


def _is_base(source: Source) -> bool:
    """Whether a sheet has what a base of contacts has, more than a name and a phone."""
    there = [c for c in _BASE if c in source.frame]
    return len(there) > 2 and bool(source.frame[there].notna().any(axis=None))


def _no_contacts(job: Job, sheets: list[str]) -> XlcrmError:
    if title := template_title(job.book):
        return not_a_base(title)
    if problem := no_table(job.book, sheets):
        return problem
    fr, en = [], []
    for sheet in sheets:
        try:
            labels = find_header(job.book.read(sheet), job.book.name).labels
        except SourceError:
            continue  # a note, a chart: the other sheets have columns to name
        fr.append(f"« {sheet} » : {listed(labels, most=8)}")
        en.append(f'"{sheet}": {listed(labels, "en", most=8)}')
    return RequestError(
        fr="Pas de contacts ici : il faut au moins une colonne Nom, Nom complet, Société, E-mail "
        f"ou Téléphone. Colonnes trouvées : {' ; '.join(fr[:4])}.",
        en="No contacts here: at least a column Last name, Full name, Company, E-mail or Phone is "
        f"needed. Columns found: {'; '.join(en[:4])}.",
    )


def no_table(book: Book, sheets: list[str]) -> SourceError | None:
    """Why none of these sheets holds a table, in a sentence each; None where one does."""
    problems = []
    for sheet in sheets:
        try:
            read_source(book, sheet)
            return None
        except SourceError as error:
            problems.append(error)
    if not problems:
        return None
    shown = problems[:3]
    return SourceError(
        fr=" ".join(error.in_("fr") for error in shown),
        en=" ".join(error.in_("en") for error in shown),
    )


def require(source: Source, *keys: str) -> None:
    """Raise RequestError naming the first of the columns that a source lacks."""
    for key in keys:
        if key not in source.frame.columns:
            column = COLUMNS[key].label
            there = listed(source.labels.values(), most=15)
            raise RequestError(
                fr=f"Pas de colonne « {column.fr} » dans la feuille « {listed(source.names)} » ; "
                f"elle a : {there}.",
                en=f'No column "{column.en}" in sheet "{listed(source.names)}"; it has: {there}.',
            )
