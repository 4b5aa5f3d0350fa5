"""What every budget formula checks before it computes: blanks, rates, counts, choices.

A blank gives a blank. A request that cannot be meant (a rate of 20 for 20 %, a loan of 0 months)
is an ArgumentError whose sentence says what to type instead.
"""

from __future__ import annotations

import functools
import inspect
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar

from xlcrm.errors import ArgumentError, percent_meant
from xlcrm.texts import Text, shown

P = ParamSpec("P")
R = TypeVar("R")
Choices = Mapping[str, tuple[str, ...]]
_MAX_PERIODS = 1200


def blank_in_blank_out(func: Callable[P, R]) -> Callable[P, R]:
    """None as soon as an argument without a default is None; a None elsewhere means its default.

    The type stays that of `func`, for callers that give every value.

    >>> blank_in_blank_out(lambda a, b=2: a * b)(None), blank_in_blank_out(lambda a, b=2: a * b)(3)
    (None, 6)
    """
    parameters = inspect.signature(func).parameters.values()
    names = [p.name for p in parameters]
    required = [p.name for p in parameters if p.default is inspect.Parameter.empty]

    @functools.wraps(func)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Any:
        if any(v is None for v in args) or any(v is None for v in kwargs.values()):
            given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **kwargs}
            if any(given.get(name) is None for name in required):
                return None
            return func(**{n: v for n, v in given.items() if v is not None})  # type: ignore[call-arg]
        return func(*args, **kwargs)

    return answer


def rate_of(value: float, fr: str = "taux", en: str = "rate", least: float = 0.0) -> float:
    """A rate as a part of one, below 100 %; 20 typed for 20 % is refused.

    >>> rate_of(0.2)
    0.2
    >>> rate_of(20)
    Traceback (most recent call last):
    xlcrm.errors.ArgumentError: Argument « taux » : 20 veut dire 2000 % ; tapez 20 % ou 0,2.
    >>> rate_of(11.5)
    Traceback (most recent call last):
    xlcrm.errors.ArgumentError: Argument « taux » : 11,5 veut dire 1150 % ; tapez 11,5 % ou 0,115.
    """
    if least <= value < 1:
        return value
    if value >= 1:
        raise percent_meant(value, fr, en)
    raise ArgumentError(
        fr="Argument « {name} » : {value} % est en dessous de {least} %.",
        en='Argument "{name}": {value} % is below {least} %.',
        name=Text(fr=fr, en=en),
        value=shown(value * 100),
        least=shown(least * 100),
    )


def share_of(value: float, fr: str, en: str) -> float:
    """A part of a whole, from 0 to 1; unlike a rate it may be all of it (100 %).

    >>> share_of(0.8, "seuil", "alert"), share_of(1, "seuil", "alert")
    (0.8, 1)
    """
    return value if value == 1 else rate_of(value, fr, en)


def positive(value: float, fr: str, en: str) -> float:
    """A number above 0, or ArgumentError."""
    if value > 0:
        return value
    raise _refused(
        value, fr, en, Text(fr="il faut un nombre supérieur à 0", en="a number above 0 is needed")
    )


def not_negative(value: float, fr: str, en: str) -> float:
    """A number from 0, or ArgumentError.

    >>> not_negative(-5.5, "jours", "days")
    Traceback (most recent call last):
    xlcrm.errors.ArgumentError: Argument « jours » : -5,5 ; un nombre négatif n'a pas de sens ici.
    """
    if value >= 0:
        return value
    raise _refused(
        value,
        fr,
        en,
        Text(
            fr="un nombre négatif n'a pas de sens ici", en="a negative number makes no sense here"
        ),
    )


def count_of(value: float, fr: str, en: str, least: int = 1, most: int = _MAX_PERIODS) -> int:
    """A whole number between two bounds, or ArgumentError.

    >>> count_of(0, "échéances", "periods")
    Traceback (most recent call last):
    xlcrm.errors.ArgumentError: Argument « échéances » : 0 ; il faut un nombre entier de 1 à 1200.
    """
    if value == int(value) and least <= value <= most:
        return int(value)
    wanted = Text(
        fr=f"il faut un nombre entier de {least} à {most}",
        en=f"a whole number from {least} to {most} is needed",
    )
    raise _refused(value, fr, en, wanted)


def _refused(value: float, fr: str, en: str, why: Text) -> ArgumentError:
    return ArgumentError(
        fr="Argument « {name} » : {value} ; {why}.",
        en='Argument "{name}": {value}; {why}.',
        name=Text(fr=fr, en=en),
        value=shown(value),
        why=why,
    )


def choice_of(value: str, choices: Choices, fr: str, en: str) -> str:
    """The key of the choice that a text means, in French or English, accents or not.

    `choices`: key -> the words for it, French first, English second. Raises ArgumentError that
    lists them.

    >>> choice_of("Constante", {"level": ("constante", "level")}, "mode", "mode")
    'level'
    """
    if value in choices:
        return value
    wanted = folded(str(value))
    for key, words in choices.items():
        if any(wanted == folded(word) for word in words):
            return key
    raise ArgumentError(
        fr=f"Argument « {fr} » : « {value} » inconnu ; choix : "
        + ", ".join(words[0] for words in choices.values())
        + ".",
        en=f'Argument "{en}": unknown "{value}"; choices: '
        + ", ".join(words[1] for words in choices.values())
        + ".",
    )


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case, without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def words_of(choices: Choices) -> Text:
    """The choices in both languages, for the help of an argument."""
    return Text(
        fr=", ".join(words[0] for words in choices.values()),
        en=", ".join(words[1] for words in choices.values()),
    )


def series_of(values: Sequence[float | None]) -> list[float]:
    """A range of amounts in time: blanks at the end dropped, blanks between are 0.

    >>> series_of([-100, None, 60, 60, None])
    [-100, 0.0, 60, 60]
    """
    last = max((k for k, v in enumerate(values) if v is not None), default=-1)
    return [0.0 if v is None else v for v in values[: last + 1]]


def same_length(lists: Mapping[str, Sequence[Any]]) -> None:
    """Raise ArgumentError unless the named ranges have the same number of cells."""
    sizes = {name: len(values) for name, values in lists.items()}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise ArgumentError(
            fr=f"Les plages n'ont pas le même nombre de cellules : {told}.",
            en=f"The ranges do not have the same number of cells: {told}.",
        )
