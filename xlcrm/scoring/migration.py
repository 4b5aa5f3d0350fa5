"""Who changes class: between two scorings, or when a bound of the grid moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlcrm.scoring.grids import Grid
from xlcrm.scoring.rfm import score_measures
from xlcrm.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Migration:
    """`moves`: customers by class before (rows) and after (columns), both from low to high.
    `changed`: customer_id, before, after, of those whose class is another one."""

    moves: pd.DataFrame
    changed: pd.DataFrame
    up: int
    down: int
    arrived: int  # without a class before
    gone: int  # without a class after

    def sentence(self) -> Text:
        """How many customers change class, in words.

        >>> import pandas as pd
        >>> before = pd.Series(["Bons", "Tièdes"], index=["A", "B"])
        >>> after = pd.Series(["Tièdes", "Tièdes"], index=["A", "B"])
        >>> print(class_migration(before, after, ["Tièdes", "Bons"]).sentence())
        1 client change de classe : 0 monte, 1 descend.
        """
        total = len(self.changed)
        many = "" if total < 2 else "s"
        verb = "change" if total < 2 else "changent"
        new = Text(fr="", en="")
        if self.arrived or self.gone:
            new = Text(
                fr=f" Nouveaux : {self.arrived}, absents : {self.gone}.",
                en=f" New: {self.arrived}, absent: {self.gone}.",
            )
        return Text(
            fr=f"{total} client{many} {verb} de classe : {self.up} mont"
            f"{'e' if self.up < 2 else 'ent'}, {self.down} descend"
            f"{'' if self.down < 2 else 'ent'}." + new.fr,
            en=f"{total} customer{'' if total == 1 else 's'} change{'s' if total == 1 else ''} "
            f"class: {self.up} up, {self.down} down." + new.en,
        )


def class_migration(previous: pd.Series, current: pd.Series, classes: list[str]) -> Migration:
    """The moves between two scorings; each series is indexed by customer ID.

    `classes` from low to high. A customer who is in one series only arrives or goes, and is not
    counted as changed.
    """
    import pandas as pd

    both = pd.DataFrame({"before": previous.astype(object), "after": current.astype(object)})
    known = both.dropna()
    rank = {label: position for position, label in enumerate(classes)}
    before, after = known["before"].map(rank), known["after"].map(rank)
    moves = pd.crosstab(known["before"], known["after"])
    moves = moves.reindex(index=classes, columns=classes, fill_value=0)
    changed = known[known["before"] != known["after"]]
    return Migration(
        moves=moves,
        changed=changed.rename_axis("customer_id").reset_index(),
        up=int((after > before).sum()),
        down=int((after < before).sum()),
        arrived=int((both["before"].isna() & both["after"].notna()).sum()),
        gone=int((both["before"].notna() & both["after"].isna()).sum()),
    )


def grid_migration(scores: pd.DataFrame, new_grid: Grid, lang: Lang = "fr") -> Migration:
    """Who would change class under another grid: to see it before applying it.

    `scores` is the table of an RFM scoring (customer_id, recency, frequency, basket, rfm_class);
    the new grid counts the frequency over the same period, and names its classes alike.

    >>> import pandas as pd
    >>> from xlcrm.scoring.grid_reading import read_grids
    >>> from xlcrm.scoring.grids import grid_rows, shipped_grid
    >>> grid = shipped_grid("Marielle Nature")
    >>> measures = pd.DataFrame({"customer_id": ["A", "B"], "recency": [2.0, 4.0],
    ...     "frequency": [5.0, 2.0], "basket": [95.0, 95.0]})
    >>> scores = score_measures(measures, grid)
    >>> rows = [[*row[:3], 90 if row[3] == 100 else row[3], *row[4:]] for row in grid_rows(grid)]
    >>> print(grid_migration(scores, read_grids(rows)[0]).sentence())
    1 client change de classe : 1 monte, 0 descend.
    """
    ids = scores["customer_id"]
    rescored = score_measures(scores, new_grid, lang)
    previous = scores.set_index(ids)["rfm_class"]
    current = rescored.set_index(ids)["rfm_class"]
    classes = list(current.cat.categories)
    classes += [label for label in previous.cat.categories if label not in classes]
    return class_migration(previous, current, classes)
