"""Every example of a docstring runs and gives what it says."""

import doctest
import importlib
from pathlib import Path

import pytest

import xlcrm

ROOT = Path(xlcrm.__file__).parent
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
ELSEWHERE = {"calc_extension"}  # runs in LibreOffice's own Python


def modules():
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        if ">>>" in path.read_text("utf-8") and not ELSEWHERE & set(parts):
            yield ".".join(parts).removesuffix(".__init__")


@pytest.mark.parametrize("name", list(modules()))
def test_examples(name):
    failed, tried = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert tried > 0
    assert failed == 0
