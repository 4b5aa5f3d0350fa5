"""The one catalogue behind every door.

A function, a command or a template is declared once, with a decorator, where it is written. The
spreadsheet front ends, the command line and the reference only loop over what stands here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from xlcrm.errors import RequestError
from xlcrm.texts import Text, bare, listed, meant

F = TypeVar("F", bound=Callable[..., Any])
REQUIRED: Any = inspect.Parameter.empty
LANG = "lang"  # a parameter of this name is filled in by the caller, never typed by the user


class Shape(Enum):
    """How a parameter takes what the user points at."""

    EACH = "each"  # a cell or a range; the function sees one value at a time
    ONE = "one"  # one value for the whole call
    LIST = "list"  # a range read as one list, row by row; blanks are None
    TABLE = "table"  # a range as a list of rows


class Kind(Enum):
    """What the values of a parameter are; xlcrm.cells reads them."""

    ANY = "any"
    TEXT = "text"
    LABEL = "label"  # digits that are a name: postcode, phone, SIRET
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a function, as the wizard shows it.

    `name` is the parameter of the Python function and the English name; the default comes from
    the Python signature. A blank cell for a parameter with a default means the default.
    """

    name: str
    fr: str
    help: Text
    shape: Shape = Shape.EACH
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    default: Any = REQUIRED

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


@dataclass(frozen=True, slots=True)
class FunctionEntry:
    """A formula. `en` and `fr` are its two names, both always valid."""

    en: str
    fr: str
    group: str
    summary: Text
    params: tuple[Param, ...]
    func: Callable[..., Any]
    takes_lang: bool
    returns: Kind

    @property
    def key(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a command, given as `--set name=value` or asked for in a dialog."""

    name: str
    fr: str
    help: Text
    default: Any = None
    choices: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A button. `name` and `fr` are its names on the command line."""

    name: str
    fr: str
    group: str
    label: Text
    summary: Text
    icon: str  # an imageMso name of Office
    options: tuple[Option, ...]
    func: Callable[..., Any]
    order: int

    @property
    def key(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Variant:
    """A ready form of a template: empty, a worked example, an exercise."""

    name: str
    fr: str
    label: Text


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """A workbook that is handed out. `build(path, lang, teacher)` writes it.

    Where there are variants, `build` takes `variant=name` too; the first is the default.
    """

    name: str
    fr: str
    group: str
    label: Text
    summary: Text
    icon: str
    build: Callable[..., Any]
    has_teacher_copy: bool
    variants: tuple[Variant, ...] = ()

    @property
    def key(self) -> str:
        return self.name


# Groups of the ribbon, the wizard and the reference, in the order of the work.
GROUPS: dict[str, Text] = {
    "contacts": Text(fr="Contacts", en="Contacts"),
    "customers": Text(fr="Clients", en="Customers"),
    "marketing": Text(fr="Marketing", en="Marketing"),
    "budgets": Text(fr="Budgets", en="Budgets"),
    "tools": Text(fr="Outils", en="Tools"),
}

FUNCTIONS: dict[str, FunctionEntry] = {}
COMMANDS: dict[str, CommandEntry] = {}
TEMPLATES: dict[str, TemplateEntry] = {}


def function(
    en: str,
    fr: str,
    *,
    group: str,
    summary: Text,
    params: Sequence[Param] = (),
    returns: Kind = Kind.TEXT,
) -> Callable[[F], F]:
    """Declare a formula; the decorated function stays as it is.

    The Python function takes one plain value for an EACH or ONE parameter, a list for LIST and a
    list of rows for TABLE, already read as its Kind. It returns a value, a list (one row of
    cells) or a list of rows (a table); None is a blank cell.
    """

    def declare(func: F) -> F:
        signature = inspect.signature(func).parameters
        named = [p for p in signature if p != LANG]
        if [p.name for p in params] != named[: len(params)]:
            raise TypeError(f"{en}: parameters {[p.name for p in params]} are not {named}")
        filled = tuple(_with_default(p, signature[p.name].default) for p in params)
        entry = FunctionEntry(en, fr, group, summary, filled, func, LANG in signature, returns)
        _add(FUNCTIONS, entry)
        return func

    return declare


def command(
    name: str,
    fr: str,
    *,
    group: str,
    label: Text,
    summary: Text,
    icon: str,
    order: int,
    options: Sequence[Option] = (),
) -> Callable[[F], F]:
    """Declare a command: a function of one Job (see xlcrm.commands.job). `order` sorts a group."""

    def declare(func: F) -> F:
        _add(
            COMMANDS,
            CommandEntry(name, fr, group, label, summary, icon, tuple(options), func, order),
        )
        return func

    return declare


def template(
    name: str,
    fr: str,
    *,
    group: str,
    label: Text,
    summary: Text,
    icon: str = "TableInsertExcel",
    teacher: bool = False,
    variants: Sequence[Variant] = (),
) -> Callable[[F], F]:
    """Declare a template: a builder `(path, lang, teacher)` that writes an .xlsx."""

    def declare(func: F) -> F:
        entry = TemplateEntry(name, fr, group, label, summary, icon, func, teacher, tuple(variants))
        _add(TEMPLATES, entry)
        return func

    return declare


def find_function(name: str) -> FunctionEntry:
    """The function of that name, French or English, with or without `CRM_`."""
    wanted = name.upper().removeprefix("CRM_")
    for entry in FUNCTIONS.values():
        if wanted in (entry.en.removeprefix("CRM_"), entry.fr.removeprefix("CRM_")):
            return entry
    raise _unknown("fonction", "function", name, FUNCTIONS)


def find_command(name: str) -> CommandEntry:
    """The command of that name, French or English."""
    wanted = bare(name)
    for entry in COMMANDS.values():
        if wanted in (bare(entry.name), bare(entry.fr)):
            return entry
    raise _unknown("commande", "command", name, COMMANDS)


def find_template(name: str) -> TemplateEntry:
    """The template of that name, French or English."""
    wanted = bare(name)
    for entry in TEMPLATES.values():
        if wanted in (bare(entry.name), bare(entry.fr)):
            return entry
    raise _unknown("modèle", "template", name, TEMPLATES)


def commands_in_order() -> Iterator[CommandEntry]:
    """Every command, by group and then in the order of the work."""
    ranks = {group: rank for rank, group in enumerate(GROUPS)}
    return iter(sorted(COMMANDS.values(), key=lambda c: (ranks[c.group], c.order, c.name)))


def _with_default(param: Param, default: Any) -> Param:
    return Param(param.name, param.fr, param.help, param.shape, param.kind, param.choices, default)


_NAMES: dict[type, set[str]] = {}  # all that are taken, by kind of entry


def _add(entries: dict[str, Any], entry: Any) -> None:
    names = _NAMES.setdefault(type(entry), set())
    if not names.isdisjoint({entry.key, entry.fr}):
        raise ValueError(f"{entry.key} / {entry.fr} is declared twice")
    if entry.group not in GROUPS:
        raise ValueError(f"{entry.key}: unknown group {entry.group}")
    names |= {entry.key, entry.fr}
    entries[entry.key] = entry


def _unknown(fr: str, en: str, name: str, entries: dict[str, Any]) -> RequestError:
    """What there is; of the many functions only those that resemble, and where to see the rest."""
    both = [n for e in entries.values() for n in (e.fr, e.key)]
    return RequestError(
        fr=f"Pas de {fr} « {name} » ; il y a : "
        + _nearest(name, [e.fr for e in entries.values()], f"… (xlcrm list {en}s)")
        + f".{meant(name, both)}",
        en=f'No {en} "{name}"; there are: '
        + _nearest(name, [e.key for e in entries.values()], f"… (xlcrm list {en}s --lang en)")
        + f".{meant(name, both, 'en')}",
    )


_MOST_NAMED = 40  # more names than that are no sentence any more


def _nearest(name: str, there: list[str], rest: str) -> str:
    if len(there) <= _MOST_NAMED:
        return listed(sorted(there), most=_MOST_NAMED)
    from difflib import get_close_matches

    wanted = "CRM_" + name.upper().removeprefix("CRM_")
    near = get_close_matches(wanted, there, n=8, cutoff=0.5)
    return listed(near or sorted(there)[:8]) + rest
