"""The one quotient behind every rate and unit cost."""

from __future__ import annotations


def ratio(above: float | None, below: float | None) -> float | None:
    """A quotient that is blank rather than wrong: no positive denominator, no rate.

    >>> ratio(1, 4), ratio(1, 0), ratio(1, None), ratio(None, 4)
    (0.25, None, None, None)
    """
    if above is None or not below or below < 0:
        return None
    return above / below
