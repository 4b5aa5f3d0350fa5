"""The columns of a table while it is cleaned, and what happened to their cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

from xlcrm.cells import to_label, to_text
from xlcrm.columns import COLUMNS, Kind
from xlcrm.contacts.cleaning_readers import Abroad, Reader, read_all, read_kept
from xlcrm.contacts.reading import Reading
from xlcrm.texts import Text

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Rows: TypeAlias = "np.ndarray[Any, Any]"

_SAMPLE = 1000  # cells that tell whether nearly all of a column differ
# What a text has whose accents were broken.
_BROKEN = re.compile("[\u00c3\u00c2\u201a\u2021&]|\u00e2\u20ac")


class Columns:
    """The given columns, their cleaned values, and what happened to them."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._given = frame
        self._before: dict[str, Rows] = {}  # as text, untrimmed
        self._distinct: dict[str, list[Any]] = {}
        self._after: dict[str, Rows] = {}
        self._rules: dict[str, Rows] = {}  # the number of the rule that changed each cell
        self._numbers: dict[str | None, int] = {None: 0}
        self._created: dict[str, str] = {}  # new column -> the column it stands after
        self._issues: list[tuple[str, Rows, Any]] = []

    def __contains__(self, key: str) -> bool:
        return key in self._after or key in self._given.columns

    def __len__(self) -> int:
        return len(self._given)

    def texts(self, key: str) -> Rows:
        """A column as given, as texts; None for a blank."""
        if key not in self._before:
            self._take(key)
        return self._before[key]

    def distinct(self, key: str) -> list[Any]:
        """The distinct texts of a column as given, without the blank."""
        if key not in self._distinct:
            self._take(key)
        return self._distinct[key]

    def values(self, key: str) -> Rows:
        """A column as it stands now, None for a blank; all None if there is no such column."""
        import numpy as np

        if key in self._after:
            return self._after[key]
        if key in self._given.columns:
            return self.texts(key)
        return np.full(len(self), None, dtype=object)

    def cleaned(self) -> list[str]:
        """The columns that were cleaned so far."""
        return list(self._after)

    def ruled(self, key: str, rule: str) -> Rows:
        """Which cells of a column this rule changed last."""
        return alike(self._rules[key], self._number(rule))

    def mark(self, key: str, at: Rows, rule: str) -> None:
        """Say that a rule changed some cells of a column."""
        self._rules[key][at] = self._number(rule)

    def _number(self, rule: str | None) -> int:
        return self._numbers.setdefault(rule, len(self._numbers))

    def _take(self, key: str) -> tuple[Rows | None, Rows]:
        """Codes of the distinct values of a column, and these as texts; at the end the blank.

        No codes where nearly every cell is its own value, as e-mails are: each is read then.
        """
        import numpy as np
        import pandas as pd

        raw = self._given[key].to_numpy(dtype=object)
        codes, uniques = (None, raw) if _nearly_all_differ(raw) else pd.factorize(raw)
        dated = COLUMNS[key].kind is Kind.DATE
        convert = _as_given if dated else _CONVERT[COLUMNS[key].kind]
        distinct = [
            value
            if type(value) is str
            else str(int(value))
            if type(value) is float and 0 < value < 1e15 and value.is_integer() and not dated
            else convert(value)
            for value in uniques.tolist()
        ]
        given = _objects(distinct, blanks=0 if codes is None else 1)
        self._distinct[key] = distinct
        self._before[key] = _spread(given, codes)
        self._rules[key] = np.zeros(len(self), dtype=np.int8)
        return codes, given

    def clean(
        self, key: str, reader: Reader, rule: str, foreign: Abroad | None, abroad: Rows | None
    ) -> None:
        """Read every distinct value of a column, those of rows abroad with their country."""
        codes, given = self._take(key)
        distinct = self._distinct[key]
        if reader is read_kept and _nothing_to_trim(distinct):
            self._after[key] = self._before[key].copy()
            return
        values, rules, problems = self._outcomes(given, *read_all(reader, distinct), rule)
        self._after[key] = _spread(values, codes)
        self._rules[key] = _spread(rules, codes)
        self._note(key, codes, problems, None if foreign is None else abroad)
        if foreign is not None and abroad is not None:
            self._clean_abroad(key, foreign, rule, abroad)

    def _note(
        self, key: str, codes: Rows | None, problems: Rows | None, abroad: Rows | None
    ) -> None:
        """The problems of a column by the codes of its values, but of no row abroad."""
        import numpy as np

        if problems is None:
            return
        problems = _spread(problems, codes)
        at = np.flatnonzero(unlike(problems, None))
        if abroad is not None:
            at = at[alike(abroad[at], None)]
        self.report(key, at, problems[at])

    def _clean_abroad(self, key: str, reader: Reader, rule: str, abroad: Rows) -> None:
        import numpy as np

        at = np.flatnonzero(unlike(abroad, None))
        self.pairs(key, at, self.texts(key)[at], abroad[at], reader, rule)

    def pairs(
        self,
        key: str,
        at: Rows,
        texts: Rows,
        others: Rows,
        reader: Callable[..., Reading],
        rule: str,
    ) -> None:
        """Read the distinct pairs of a text and something that tells how to read it."""
        import numpy as np

        codes = None
        if not _nearly_all_differ(texts):
            codes, texts, others = _distinct_pairs(texts, others)
        read = read_all(reader, texts.tolist(), others.tolist())
        values, rules, problems = self._outcomes(texts, *read, rule)
        self._after[key][at] = _spread(values, codes)
        self._rules[key][at] = _spread(rules, codes)
        if problems is not None:
            problems = _spread(problems, codes)
            wrong = np.flatnonzero(unlike(problems, None))
            self.report(key, at[wrong], problems[wrong])

    def _outcomes(
        self, given: Rows, read: list[Any], found: dict[int, Text], rule: str
    ) -> tuple[Rows, Rows, Rows | None]:
        """Values, numbers of the rules that changed them, problems if there are any.

        Where `given` ends with a blank that was not read, so do these.
        """
        import numpy as np

        values = _objects(read, blanks=len(given) - len(read))
        changed = np.flatnonzero(unlike(given, values))
        rules = np.zeros(len(values), dtype=np.int8)
        rules[changed] = self._rules_of(changed, given[changed], values[changed], found, rule)
        if not found:
            return values, rules, None
        problems = np.full(len(values), None, dtype=object)
        problems[list(found)] = _objects(list(found.values()))
        return values, rules, problems

    def _rules_of(
        self, places: Rows, texts: Rows, values: Rows, found: dict[int, Text], rule: str
    ) -> list[int]:
        """The numbers of the rules that changed texts into other values."""
        usual, spaces, accents = map(self._number, (rule, "spaces", "accents"))
        cells = zip(places.tolist(), texts.tolist(), values.tolist(), strict=True)
        return [
            (self._emptied(text, place in found) if value is None else usual)
            if type(text) is not str or type(value) is not str
            else usual
            if (plain := text.isascii()) and len(text) <= len(value)
            else spaces
            if _only_spaces(text, value)
            else usual
            if plain or not _BROKEN.search(text)
            else accents
            for place, text, value in cells
        ]

    def _emptied(self, text: Any, unusable: bool) -> int:
        """The number of the rule that emptied a cell; none if it was blank."""
        if isinstance(text, str) and not text.strip():
            return self._number(None)
        return self._number("unusable" if unusable else "filler")

    def report(self, key: str, at: Any, problems: Any) -> None:
        """Note a problem, or one for each, at some rows of a column."""
        import numpy as np

        at = np.asarray(at, dtype=np.int64)
        if len(at):
            single = not isinstance(problems, list) and not isinstance(problems, np.ndarray)
            self._issues.append((key, at, _objects([problems] * len(at) if single else problems)))

    def create(self, key: str, after: str) -> None:
        """A new blank column that stands after another; nothing if it is there."""
        import numpy as np

        if key not in self:
            self._created[key] = after
            self._before[key] = np.full(len(self), None, dtype=object)
            self._distinct[key] = []
            self._rules[key] = np.zeros(len(self), dtype=np.int8)
        if key not in self._after:
            self._after[key] = self.texts(key).copy()

    def put(self, key: str, at: Rows, values: Any, rule: str, origin: str) -> None:
        """Write values at some rows of a column, which stands after `origin` if it is new."""
        if len(at):
            self.create(key, origin)
            self._after[key][at] = values
            self.mark(key, at, rule)

    def frame(self) -> pd.DataFrame:
        """The cleaned table."""
        import pandas as pd

        index = self._given.index
        out: dict[Any, Any] = {}
        for position, key in enumerate(self._given.columns):
            given = self._given.iloc[:, position]
            out[key] = self._series(key, index) if key in self._after else given.copy()
            for new, after in self._created.items():
                if after == key:
                    out[new] = self._series(new, index)
        return pd.DataFrame(out, index=index, columns=list(out), copy=False)

    def _series(self, key: str, index: Any) -> Any:
        import pandas as pd

        return pd.Series(self._after[key], index=index, dtype=object)

    def changes(self) -> pd.DataFrame:
        """Every cell that differs from what was given."""
        import numpy as np

        parts = []
        names = _objects(list(self._numbers))
        for key, after in self._after.items():
            rules = self._rules[key]  # none where a blank text became a blank
            at = np.flatnonzero(rules)
            at = at[unlike(self._before[key][at], after[at])]
            if len(at):
                parts.append((at, key, self._raw(key, at), after[at], names.take(rules[at])))
        return _table(("row", "column", "before", "after", "rule"), parts)

    def issues(self) -> pd.DataFrame:
        """Every problem found, by column and row."""
        parts = [(at, key, self._raw(key, at), found) for key, at, found in self._issues]
        return _table(("row", "column", "value", "problem"), parts)

    def _raw(self, key: str, at: Rows) -> Rows:
        if key in self._created:
            return self._before[key][at]
        return self._given[key].to_numpy(dtype=object)[at]


def unlike(one: Any, other: Any) -> Any:
    """Where two arrays of objects (or an array and one object) differ."""
    import numpy as np

    return np.not_equal(one, other)


def alike(one: Any, other: Any) -> Any:
    """Where two arrays of objects (or an array and one object) are equal."""
    import numpy as np

    return np.equal(one, other)


def _as_given(value: Any) -> Any:
    """A date that a spreadsheet holds as a moment, as a date."""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value


_CONVERT: dict[Kind, Callable[[Any], Any]] = dict.fromkeys(Kind, to_text)
_CONVERT[Kind.LABEL] = to_label


def _only_spaces(text: str, value: str) -> bool:
    """Is a value its text without stray spaces?"""
    text = text.strip()
    stray = "  " in text or not text.isprintable()
    return (" ".join(text.split()) if stray else text) == value


def _nothing_to_trim(texts: list[Any]) -> bool:
    """Are all these texts letters and digits?"""
    joined = "".join(filter(None, texts))
    return joined.isascii() and joined.isalnum()


def _nearly_all_differ(values: Rows) -> bool:
    """Does a sample of these cells tell that hardly any two are alike?"""
    import pandas as pd

    sample = values[:: len(values) // _SAMPLE + 1]
    filled = sample[pd.notna(sample)]
    return 2 * len(filled) > _SAMPLE and len(set(filled.tolist())) > 0.95 * len(filled)


def _spread(values: Rows, codes: Rows | None) -> Rows:
    """Values by their codes, or as they are without codes."""
    return values if codes is None else values.take(codes)


def _distinct_pairs(texts: Rows, others: Rows) -> tuple[Rows, Rows, Rows]:
    """Codes of the distinct pairs of two arrays, and both parts of these pairs."""
    import pandas as pd

    text_codes, distinct_texts = _factorize(texts)
    other_codes, distinct_others = _factorize(others)
    width = len(distinct_others)
    codes, kinds = pd.factorize(text_codes * width + other_codes)
    return codes, distinct_texts[kinds // width], distinct_others[kinds % width]


def _factorize(values: Rows) -> tuple[Rows, Rows]:
    """Codes, and the distinct values, of which None is the last."""
    import pandas as pd

    codes, uniques = pd.factorize(values)
    codes[codes < 0] = len(uniques)
    return codes, _objects([*uniques, None])


def _objects(values: Any, blanks: int = 0) -> Rows:
    """An array of objects from a list, whatever the objects are, with blanks at the end."""
    import numpy as np

    array = np.empty(len(values) + blanks, dtype=object)
    array[: len(values)] = values
    return array


def _table(names: tuple[str, ...], parts: list[tuple[Any, ...]]) -> pd.DataFrame:
    """One table of several pieces: positions, column, and further arrays."""
    import numpy as np
    import pandas as pd

    rows = [part[0] for part in parts]
    keys = np.array([part[1] for part in parts], dtype=object)
    table = {
        names[0]: np.concatenate(rows) if rows else np.empty(0, dtype=np.int64),
        names[1]: np.repeat(keys, [len(r) for r in rows]),
    }
    for place, name in enumerate(names[2:], 2):
        pieces = [part[place] for part in parts]
        table[name] = np.concatenate(pieces) if pieces else np.empty(0, dtype=object)
    frame = {name: pd.Series(column, dtype=column.dtype) for name, column in table.items()}
    return pd.DataFrame(frame, copy=False)
