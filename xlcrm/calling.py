"""Call a function of the catalogue with what a cell or a range holds.

This is the one converter behind every door: a cell, a row, a column, a table or a literal goes
in, a value or a list of rows comes out. Equal values are computed once.

>>> from xlcrm.catalogue import find_function
>>> call(find_function("CRM_TELEPHONE"), [[["06.12.34.56.78"], [None]]])
[['06 12 34 56 78'], [None]]
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from xlcrm import cells
from xlcrm.bulk import collector_paused
from xlcrm.catalogue import FunctionEntry, Kind, Param, Shape
from xlcrm.errors import ArgumentError, beyond_reach
from xlcrm.texts import LANGUAGES, Lang, Text, listed, meant

Rows = list[list[Any]]


def call(
    entry: FunctionEntry,
    args: Sequence[Any],
    lang: Lang = "fr",
    on_error: Callable[[ArgumentError], Any] | None = None,
) -> Any:
    """The result of a function: one value for one cell, a list of rows for a range.

    `args` are cell values (None for blank), or lists of rows for ranges. Raises ArgumentError for
    too many or too few arguments, ranges of different shapes, a value of the wrong kind; with
    `on_error`, one wrong cell of a range gets its answer, and the others are computed.
    """
    if len(args) > len(entry.params):
        raise _count(entry, len(args))
    fixed: dict[str, Any] = {"lang": lang} if entry.takes_lang else {}
    each: list[tuple[Param, Any]] = []
    for position, param in enumerate(entry.params):
        raw = args[position] if position < len(args) else None
        if raw is None and not param.required:
            fixed[param.name] = param.default
        elif position >= len(args):
            raise _count(entry, len(args))
        elif param.shape is Shape.EACH:
            each.append((param, raw))
        else:
            fixed[param.name] = _read_fixed(param, raw, lang)
    if not each:
        return _plain(_computed(entry.func, fixed))
    return _call_each(entry.func, each, fixed, lang, on_error)


def read_value(param: Param, raw: Any, lang: Lang = "fr") -> Any:
    """One cell value as the kind that a parameter asks for; a blank is None."""
    try:
        value = _READERS[param.kind](raw)
    except ArgumentError as error:
        raise ArgumentError(
            fr=f"Argument « {param.fr} » : {error.in_('fr')}",
            en=f'Argument "{param.name}": {error.in_("en")}',
        ) from None
    if param.choices and value is not None:
        return _choice(param, str(value))
    return value


def _read_each(param: Param, raw: Any, lang: Lang) -> Any:
    """One cell as its kind; a blank one of a parameter with a default means the default."""
    value = read_value(param, raw, lang)
    return param.default if value is None and not param.required else value


def _read_fixed(param: Param, raw: Any, lang: Lang) -> Any:
    if param.shape is Shape.ONE:
        while isinstance(raw, (list, tuple)):
            if len(raw) != 1:
                raise ArgumentError(
                    fr=f"Argument « {param.fr} » : une seule cellule est attendue.",
                    en=f'Argument "{param.name}": one cell is expected.',
                )
            raw = raw[0]
        return _read_each(param, raw, lang)
    rows = as_rows(raw)
    if param.shape is Shape.LIST:
        return [read_value(param, value, lang) for row in rows for value in row]
    return [[read_value(param, value, lang) for value in row] for row in rows]


def as_rows(raw: Any) -> Rows:
    """A cell, a row, a column or a table as a list of rows."""
    if not isinstance(raw, (list, tuple)):
        return [[raw]]
    if not raw:
        return [[None]]
    if not isinstance(raw[0], (list, tuple)):
        return [list(raw)]
    return [list(row) or [None] for row in raw]


def _call_each(
    func: Callable[..., Any],
    each: list[tuple[Param, Any]],
    fixed: dict[str, Any],
    lang: Lang,
    on_error: Callable[[ArgumentError], Any] | None,
) -> Any:
    if not any(isinstance(raw, (list, tuple)) for _, raw in each):
        values = {p.name: _read_each(p, raw, lang) for p, raw in each}
        return _plain(_computed(func, values | fixed))
    tables = [as_rows(raw) for _, raw in each]
    with collector_paused():
        return _call_cells(func, each, tables, fixed, lang, on_error)


def _call_cells(
    func: Callable[..., Any],
    each: list[tuple[Param, Any]],
    tables: list[Rows],
    fixed: dict[str, Any],
    lang: Lang,
    on_error: Callable[[ArgumentError], Any] | None,
) -> Any:
    height, width = _common_shape(each, tables)
    flats = [_spread(table, height, width) for table in tables]
    keys = _keys(flats)
    distinct = dict(zip(keys, zip(*flats, strict=True), strict=True))
    params = [param for param, _ in each]
    if len(params) == 1 and params[0].required and not params[0].choices:
        known = _answers_of_one(func, params[0], distinct, fixed, lang, on_error)
    else:
        known = {
            key: _answer(func, params, raws, fixed, lang, on_error)
            for key, raws in distinct.items()
        }
    values = [known[key] for key in keys]
    if not any(issubclass(kind, (list, tuple)) for kind in set(map(type, known.values()))):
        return [values[start : start + width] for start in range(0, len(values), width)]
    out: Rows = []
    for start in range(0, len(values), width):
        line: list[Any] = []
        for value in values[start : start + width]:
            line.extend(value if isinstance(value, (list, tuple)) else (value,))
        out.append(line)
    return _rectangle(out)


def _answer(
    func: Callable[..., Any],
    params: Sequence[Param],
    raws: Sequence[Any],
    fixed: dict[str, Any],
    lang: Lang,
    on_error: Callable[[ArgumentError], Any] | None,
) -> Any:
    """The function of one combination of cells."""
    try:
        values = {p.name: _read_each(p, raw, lang) for p, raw in zip(params, raws, strict=True)}
        return _computed(func, values | fixed)
    except ArgumentError as error:
        if on_error is None:
            raise
        return on_error(error)


def _answers_of_one(
    func: Callable[..., Any],
    param: Param,
    distinct: dict[Any, tuple[Any, ...]],
    fixed: dict[str, Any],
    lang: Lang,
    on_error: Callable[[ArgumentError], Any] | None,
) -> dict[Any, Any]:
    """The same for the commonest case, one parameter, without what several would need."""
    read, name = _READERS[param.kind], param.name
    known = {}
    for key, raws in distinct.items():
        try:
            answer = func(**{name: read(raws[0])}, **fixed)
            if type(answer) is not str and not _is_finite(answer):
                raise OverflowError
            known[key] = answer
        except (ArgumentError, ArithmeticError):
            known[key] = _answer(func, [param], raws, fixed, lang, on_error)
    return known


def _computed(func: Callable[..., Any], values: dict[str, Any]) -> Any:
    """The answer of a function; numbers that no computer can work with are a wrong argument."""
    try:
        answer = func(**values)
        if _is_finite(answer):
            return answer
    except ArithmeticError:  # an overflow, a division by something that rounds to zero
        pass
    raise beyond_reach()


def _is_finite(answer: Any) -> bool:
    if isinstance(answer, (list, tuple)):
        return all(map(_is_finite, answer))
    if isinstance(answer, float):
        return math.isfinite(answer)
    return not isinstance(answer, complex)  # a power of a negative number


def _keys(flats: list[list[Any]]) -> list[Any]:
    """One key for each combination of cells; with their types where True could pass for 1."""
    kinds = set().union(*(map(type, flat) for flat in flats))
    if len(kinds & {bool, int, float}) > 1:
        flats = [list(zip(map(type, flat), flat, strict=True)) for flat in flats]
    return flats[0] if len(flats) == 1 else list(zip(*flats, strict=True))


def _spread(table: Rows, height: int, width: int) -> list[Any]:
    """The cells row by row, a single row or column repeated over the whole shape."""
    if len(table[0]) == width:
        flat = [value for row in table for value in row]
    else:
        flat = [row[0] for row in table for _ in range(width)]
    return flat if len(table) == height else flat * height


def _common_shape(each: list[tuple[Param, Any]], tables: list[Rows]) -> tuple[int, int]:
    height = max(len(t) for t in tables)
    width = max(len(t[0]) for t in tables)
    for (param, _), table in zip(each, tables, strict=True):
        if len(table) not in (1, height) or len(table[0]) not in (1, width):
            raise ArgumentError(
                fr="Argument « {name} » : {rows} ligne(s) sur {columns} colonne(s), alors que "
                "{height} sur {width} sont attendues.",
                en='Argument "{name}": {rows} row(s) by {columns} column(s), where {height} by '
                "{width} are expected.",
                name=Text(fr=param.fr, en=param.name),
                rows=len(table),
                columns=len(table[0]),
                height=height,
                width=width,
            )
    return height, width


def _plain(value: Any) -> Any:
    """A scalar stays; a list is one row; a list of rows is a table."""
    if isinstance(value, (list, tuple)):
        return _rectangle(as_rows(value))
    return value


def _rectangle(rows: Rows) -> Rows:
    width = max((len(row) for row in rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]


def _choice(param: Param, value: str) -> str:
    folded = value.casefold()
    for choice in param.choices:
        if folded == choice.casefold():
            return choice
    french, english = (_choices_in(param, lang) for lang in LANGUAGES)
    raise ArgumentError(
        fr=f"Argument « {param.fr} » : « {value} » inconnu ; choix : {listed(french)}."
        + meant(value, french),
        en=f'Argument "{param.name}": unknown "{value}"; choices: {listed(english)}.'
        + meant(value, english, "en"),
    )


def _choices_in(param: Param, lang: Lang) -> list[str]:
    """The choices of one language: those that its help names, or all where it names none."""
    told = param.help.in_(lang).casefold()
    words = {c.casefold(): c for c in reversed(param.choices)}  # DATEDIF, datedif: the first
    named = [c for key, c in words.items() if key in told]
    return named[::-1] or list(param.choices)


def _count(entry: FunctionEntry, given: int) -> ArgumentError:
    least, most = sum(param.required for param in entry.params), len(entry.params)
    return ArgumentError(
        fr="{name} prend {least}{most} argument(s), pas {given}.",
        en="{name} takes {least}{most} argument(s), not {given}.",
        name=Text(fr=entry.fr, en=entry.en),
        least=Text("", "") if least == most else Text(fr=f"de {least} à ", en=f"{least} to "),
        most=most,
        given=given,
    )


def _to_integer(value: Any) -> int | None:
    number = cells.to_number(value)
    if number is None:
        return None
    if not float(number).is_integer():
        raise ArgumentError(
            fr=f"« {value} » n'est pas un nombre entier.",
            en=f'"{value}" is not a whole number.',
        )
    return int(number)


def _to_text(value: Any) -> str | None:
    text = cells.to_text(value)
    if text is not None and len(text) > cells.LONGEST:
        raise _too_long(text)
    return text


def _to_label(value: Any) -> str | None:
    text = cells.to_label(value)
    if text is not None and len(text) > cells.LONGEST:
        raise _too_long(text)
    return text


def _too_long(text: str) -> ArgumentError:
    return ArgumentError(
        fr=f"une cellule de {len(text)} caractères, plus que les {cells.LONGEST} qui sont lus.",
        en=f"a cell of {len(text)} characters, more than the {cells.LONGEST} that are read.",
    )


def _to_any(value: Any) -> Any:
    return None if cells.is_blank(value) else value


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.ANY: _to_any,
    Kind.TEXT: _to_text,
    Kind.LABEL: _to_label,
    Kind.NUMBER: cells.to_number,
    Kind.INTEGER: _to_integer,
    Kind.DATE: cells.to_date,
    Kind.FLAG: cells.to_flag,
}
