"""Segments: each customer's segment by criterion, and size, revenue and averages of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from xlcrm import cells
from xlcrm.columns import fold
from xlcrm.errors import ArgumentError
from xlcrm.scoring.criteria import Criterion
from xlcrm.scoring.purchases import read_dates
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd

NOT_GIVEN = Text(fr="Non renseigné", en="Not given")
OTHERS = Text(fr="Autres", en="Others")
_WOMEN = Text(fr="Femmes", en="Women")
_MEN = Text(fr="Hommes", en="Men")
_GENDERS = {
    **dict.fromkeys(("mme", "madame", "mlle", "mademoiselle", "mrs", "ms", "miss", "f"), _WOMEN),
    **dict.fromkeys(("femme", "female", "woman", "mmes", "feminin"), _WOMEN),
    **dict.fromkeys(("m", "mr", "monsieur", "homme", "h", "male", "man", "masculin"), _MEN),
}
_OLDEST = 125  # a birth date further back is a typing error
_UNDER = re.compile(r"^\s*(moins|<|under|less)", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d\s\u00a0\u202f]*")


@dataclass(frozen=True, slots=True)
class Segmentation:
    """`labels`: one column for each criterion (its French name), on the index of the frame.
    `tables`: criterion -> its segments. `unused`: criteria whose column is not there."""

    labels: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    unused: list[Criterion]


def segment_customers(
    frame: pd.DataFrame,
    criteria: Sequence[Criterion],
    as_of: date,
    *,
    departments: Mapping[str, str] | None = None,
    regions: Mapping[str, str] | None = None,
    most: int = 30,
    lang: Lang = "fr",
) -> Segmentation:
    """Cut customers by every criterion.

    `frame`: the columns that the criteria name (age or birth_date, gender or civility, postcode,
    sector, headcount, rfm_class, or any of the sheet), and for the figures sales and orders.
    `departments` and `regions` map the beginning of a postcode (2 or 3 digits) to a name. A
    criterion of values keeps its `most` largest segments; the rest is "Autres". What is missing
    is a segment of its own, always last.

    >>> import pandas as pd
    >>> from xlcrm.scoring.criteria import shipped_criteria
    >>> frame = pd.DataFrame({"civility": ["Mme", "M.", "Mme"], "sales": [100.0, 50.0, 20.0]})
    >>> found = segment_customers(frame, shipped_criteria(), date(2026, 11, 21))
    >>> found.tables["Genre"][["segment", "customers", "sales"]].values.tolist()
    [['Femmes', 2, 120.0], ['Hommes', 1, 50.0]]
    """
    import pandas as pd

    labels: dict[str, pd.Series] = {}
    tables: dict[str, pd.DataFrame] = {}
    unused: list[Criterion] = []
    for criterion in criteria:
        values = _values(frame, criterion.column, as_of, departments, regions, lang)
        if values is None:
            unused.append(criterion)
            continue
        cut = _cut(values, criterion, most, lang)
        labels[criterion.name.fr] = cut
        tables[criterion.name.fr] = segment_table(cut, frame)
    return Segmentation(pd.DataFrame(labels, index=frame.index), tables, unused)


def segment_table(labels: pd.Series, frame: pd.DataFrame) -> pd.DataFrame:
    """Size, revenue and averages of each segment, in the order of the categories.

    Columns: segment, customers, share (of the customers), and where `frame` has sales:
    sales, sales_share, average_sales (per customer); where it has orders too: orders,
    average_basket. A share or an average over nothing is missing.
    """
    import pandas as pd

    groups = labels.groupby(labels, observed=False)
    table = pd.DataFrame({"customers": groups.size()})
    table = table[table["customers"] > 0]
    table["share"] = table["customers"] / len(labels)
    if "sales" in frame:
        sales = frame["sales"].groupby(labels, observed=True).sum()
        table["sales"] = sales.round(2)
        total = float(sales.sum())
        table["sales_share"] = sales / total if total else float("nan")
        table["average_sales"] = sales / table["customers"]
        if "orders" in frame:
            orders = frame["orders"].groupby(labels, observed=True).sum()
            table["orders"] = orders
            table["average_basket"] = sales / orders.where(orders > 0)
    return table.rename_axis("segment").reset_index()


def cross_table(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """Customers by the segments of two criteria: the first down, the second across."""
    import pandas as pd

    return pd.crosstab(first, second)


def _values(
    frame: pd.DataFrame,
    column: str,
    as_of: date,
    departments: Mapping[str, str] | None,
    regions: Mapping[str, str] | None,
    lang: Lang,
) -> pd.Series | None:
    """The values of a criterion: a column of the frame, or one made of another."""
    if column == "age" and "age" not in frame and "birth_date" in frame:
        return ages(read_dates(frame, "birth_date"), as_of)
    if column == "gender" and "gender" not in frame and "civility" in frame:
        return _map_each(frame["civility"], lambda v: _gender(v, lang))
    for made, places in (("department", departments), ("region", regions)):
        if column == made and made not in frame:
            if "postcode" not in frame or places is None:
                return None
            return _map_each(frame["postcode"], lambda v, p=places: _place(v, p))
    return frame.get(column)


def ages(births: pd.Series, as_of: date) -> pd.Series:
    """Full years from a birth date; missing for a date after `as_of` or over 125 years back.

    >>> import pandas as pd
    >>> births = pd.to_datetime(pd.Series(["2000-11-21", "2000-11-22", "1890-01-01"]))
    >>> ages(births, date(2026, 11, 21)).tolist()
    [26.0, 25.0, nan]
    """
    months = births.dt.month * 100 + births.dt.day
    years = as_of.year - births.dt.year - (months > as_of.month * 100 + as_of.day)
    return years.where((years >= 0) & (years <= _OLDEST)).astype("float64")


def _gender(value: Any, lang: Lang) -> str | None:
    words = fold(cells.to_text(value) or "").split()
    text = _GENDERS.get(words[0]) if words else None
    if text is None or any(_GENDERS.get(word, text) is not text for word in words):
        return None  # M. et Mme: a household
    return text.in_(lang)


def _place(value: Any, places: Mapping[str, str]) -> str | None:
    label = (cells.to_label(value) or "").replace(" ", "").upper()
    if label.isdigit() and len(label) == 4:  # a spreadsheet dropped the leading zero
        label = "0" + label
    if len(label) != 5:
        return None
    return places.get(label[:3]) or places.get(label[:2])


def headcount(value: Any) -> float | None:
    """The number of employees, or the beginning of a bracket such as `10 à 19 salariés`.

    >>> headcount("10 à 19 salariés"), headcount("moins de 10"), headcount(250)
    (10.0, 0.0, 250.0)
    """
    try:
        return cells.to_number(value)
    except ArgumentError:
        text = str(value)
    if _UNDER.match(text):
        return 0.0
    found = _DIGITS.search(text)
    return float(re.sub(r"\s", "", found.group())) if found else None


def _cut(values: pd.Series, criterion: Criterion, most: int, lang: Lang) -> pd.Series:
    import pandas as pd

    missing = NOT_GIVEN.in_(lang)
    if criterion.bands is not None:
        numbers = _map_each(values, headcount).astype("float64")
        positions = criterion.bands.positions(numbers)
        names = [*criterion.bands.labels(lang), missing]
        categories = pd.Index(list(dict.fromkeys(names)))
        cut = pd.Categorical(
            [names[position] for position in positions], categories=categories, ordered=True
        )
        return pd.Series(cut, index=values.index)
    if isinstance(values.dtype, pd.CategoricalDtype) and values.cat.ordered:
        names = [str(c) for c in values.cat.categories[::-1]]
        shown = values.astype(object).where(values.notna(), missing)
    else:
        shown = _same_spelling(values).fillna(missing)
        counts = shown[shown != missing].value_counts()
        names = sorted(counts.index, key=lambda name: (-counts[name], name))[:most]
        if len(counts) > most:
            others = OTHERS.in_(lang)
            shown = shown.where(shown.isin([*names, missing]), others)
            names.append(others)
    categories = pd.Index([*(n for n in names if n != missing), missing])
    return pd.Series(pd.Categorical(shown, categories=categories), index=values.index)


def _same_spelling(values: pd.Series) -> pd.Series:
    """Texts that differ by case, accents or spaces only, in their most frequent spelling."""
    texts = _map_each(values, cells.to_text)
    counts = texts.value_counts()
    best: dict[str, str] = {}
    for spelling in sorted(counts.index, key=lambda name: (-counts[name], name)):
        best.setdefault(fold(spelling), spelling)
    return _map_each(texts, lambda v: None if cells.is_blank(v) else best[fold(v)])


def _map_each(values: pd.Series, read: Any) -> pd.Series:
    """Apply a function to each different value once."""
    known = {value: read(value) for value in values.dropna().unique()}
    return values.map(known, na_action="ignore").astype(object)
