"""Comparisons of whole columns of pairs, as arrays of findings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

SHARED_BY = 4  # last names: from here on, one e-mail or phone says little about a person


def levels_of(
    a: np.ndarray,
    b: np.ndarray,
    values: np.ndarray,
    compare: Callable[[str, str], str],
    order: tuple[str, ...],
) -> np.ndarray:
    """The finding of each pair of codes, as its position in `order`; 0 is a blank.

    Each distinct pair of values is compared once.

    >>> values = np.array(["", "x", "y"], object)
    >>> same = lambda one, two: "same" if one == two else "different"
    >>> levels_of(np.array([0, 1, 1]), np.array([1, 1, 2]), values, same, ("", "same", "different"))
    array([0, 1, 2], dtype=int8)
    """
    rank = {finding: i for i, finding in enumerate(order)}
    out = np.zeros(len(a), np.int8)
    filled = np.flatnonzero((a > 0) & (b > 0))
    pairs, back = _distinct(a[filled], b[filled], len(values))
    levels = [rank[compare(values[x], values[y])] for x, y in pairs.tolist()]
    out[filled] = np.array(levels, np.int8)[back]
    return out


def name_levels(
    a: np.ndarray,
    b: np.ndarray,
    names: np.ndarray,
    known: np.ndarray,
    compare: Callable[[str, str, int], str],
    order: tuple[str, ...],
) -> np.ndarray:
    """As levels_of, for names of which `known` says, by code, whether they are in use.

    >>> names, known = np.array(["", "x", "y"], object), np.array([False, True, True])
    >>> count = lambda one, two, in_use: "two in use" if in_use == 2 else "same"
    >>> name_levels(np.array([1]), np.array([2]), names, known, count, ("", "same", "two in use"))
    array([2], dtype=int8)
    """
    rank = {finding: i for i, finding in enumerate(order)}
    out = np.zeros(len(a), np.int8)
    filled = np.flatnonzero((a > 0) & (b > 0))
    pairs, back = _distinct(a[filled], b[filled], len(names))
    both = known[pairs].sum(axis=1).tolist()
    levels = [
        rank[compare(names[x], names[y], k)] for (x, y), k in zip(pairs.tolist(), both, strict=True)
    ]
    out[filled] = np.array(levels, np.int8)[back]
    return out


def _distinct(a: np.ndarray, b: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    import pandas as pd

    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    back, keys = pd.factorize(low * size + high)
    return np.stack([keys // size, keys % size], axis=1), back


def places(town: np.ndarray, address: np.ndarray) -> np.ndarray:
    """Where two companies are (FINDINGS["company_place"]), from the findings of town and address.

    >>> places(np.array([1, 1, 1, 2, 3, 0]), np.array([1, 3, 0, 0, 0, 0]))
    array([1, 4, 2, 3, 5, 0])
    """
    near = (address == 1) | (address == 2)
    here = (town == 1) | (town == 4)
    return np.select([town == 3, near, address == 3, town == 2, here], [5, 1, 4, 3, 2], 0)


def digits(numbers: np.ndarray, width: int) -> np.ndarray:
    """Texts of digits as rows of signs, aligned at the right.

    >>> (digits(np.array(["12", "9"], object), 3) - ord("0")).tolist()[0][1:]
    [1, 2]
    """
    text = "".join(number.rjust(width) for number in numbers)
    return np.frombuffer(text.encode("ascii"), np.uint8).reshape(len(numbers), width)


def near_dates(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Birth dates YYYYMMDD as digits: 1 same, 2 close (see compare_birth), 3 different.

    >>> days = digits(np.array(["19800503", "19800305", "19910817"], object), 8)
    >>> near_dates(days[[0, 0, 0]], days)
    array([1, 2, 3], dtype=int8)
    """
    apart = a != b
    count = apart.sum(axis=1)
    turned = np.zeros(len(a), bool)
    for i in range(a.shape[1] - 1):  # two neighbours the other way round
        turned |= apart[:, i] & (a[:, i] == b[:, i + 1]) & (a[:, i + 1] == b[:, i])
    day_first = (a[:, [0, 1, 2, 3, 6, 7, 4, 5]] == b).all(axis=1)
    close = (count == 1) | ((count == 2) & turned) | day_first
    return np.select([count == 0, close], [1, 2], 3).astype(np.int8)


def shared_by_many(codes: np.ndarray, last: np.ndarray) -> np.ndarray:
    """By code, whether a value stands with many last names; one row of `codes` for each contact.

    >>> shared_by_many(np.array([[1], [1], [1], [1], [2]]), np.array([5, 6, 7, 8, 5]))
    array([False,  True, False])
    """
    import pandas as pd

    wide = codes.shape[1]
    pairs = pd.DataFrame({"v": codes.ravel(), "l": np.repeat(last, wide)}).drop_duplicates()
    counts = np.bincount(pairs["v"].to_numpy(), minlength=int(codes.max(initial=0)) + 1)
    return np.asarray(counts >= SHARED_BY)
