"""Guards of the house: who may import whom, both languages complete, help complete."""

import ast
import re
from pathlib import Path

import pytest

import xlcrm
import xlcrm.commands
import xlcrm.templates
from xlcrm.catalogue import COMMANDS, FUNCTIONS, GROUPS, TEMPLATES
from xlcrm.texts import Text

ROOT = Path(xlcrm.__file__).parent
# What each room may import, besides itself; errors stands at the bottom, front at the top.
CORE = {"texts", "errors", "catalogue", "cells", "columns", "calling", "bulk"}
ALLOWED = {
    "texts": set(),
    "bulk": set(),
    "errors": {"texts"},
    "cells": {"texts", "errors"},
    "catalogue": {"texts", "errors"},
    "calling": {"texts", "errors", "cells", "catalogue", "bulk"},
    "columns": {"texts", "catalogue", "data"},
    "data": set(),
    "contacts": CORE | {"data"},
    "scoring": CORE | {"data"},
    "budget": CORE | {"data"},
    "books": CORE | {"data"},
    "commands": CORE | {"data", "contacts", "scoring", "budget", "books", "templates"},
    "templates": CORE | {"data", "contacts", "scoring", "budget", "books"},
    "front": CORE | {"data", "contacts", "scoring", "budget", "books", "commands", "templates"},
}


def sources():
    return sorted(ROOT.rglob("*.py"))


def imported_rooms(path):
    """The rooms of xlcrm that a module imports, wherever in the module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            parts = node.module.split(".")
            if parts == ["xlcrm"]:
                yield from (alias.name for alias in node.names)
            elif parts[0] == "xlcrm":
                yield parts[1]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                if parts[0] == "xlcrm" and len(parts) > 1:
                    yield parts[1]


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return  # the front page of the package, which fills the catalogue, and `python -m xlcrm`
    strangers = {r for r in imported_rooms(path) if r != room and r in ALLOWED} - ALLOWED[room]
    assert strangers == set()


def entries():
    return [*FUNCTIONS.values(), *COMMANDS.values(), *TEMPLATES.values()]


def texts_of(entry):
    yield entry.summary
    if hasattr(entry, "label"):
        yield entry.label
    for part in (*getattr(entry, "params", ()), *getattr(entry, "options", ())):
        yield part.help


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.key)
def test_every_entry_speaks_both_languages(entry):
    for text in texts_of(entry):
        assert isinstance(text, Text)
        assert 3 <= len(text.fr) <= 255
        assert 3 <= len(text.en) <= 255
    assert entry.group in GROUPS


@pytest.mark.parametrize("entry", list(FUNCTIONS.values()), ids=lambda e: e.key)
def test_every_function_is_named_and_documented(entry):
    for name in (entry.en, entry.fr):
        assert re.fullmatch(r"CRM_[A-Z0-9_]{2,28}", name)
        assert not re.fullmatch(r"[A-Z]{1,3}[0-9]+", name)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", p.name) for p in entry.params)
    assert all(re.fullmatch(r"[a-zàéè][a-zàâçéèêëîïôûùœ0-9_]*", p.fr) for p in entry.params)
    assert len({p.fr for p in entry.params}) == len(entry.params)
    optional = [not p.required for p in entry.params]
    assert optional == sorted(optional)
    assert entry.func.__doc__ is not None
    assert ">>>" in entry.func.__doc__


def test_accents_survive_in_french_texts():
    """French that lost its accents: words that cannot be right without one."""
    suspect = re.compile(
        r"\b(numero|prenom|societe|telephone|tresorerie|echeance|modele|reference|delai|"
        r"quantite|cree|donnees|etre|meme|apres)\b",
        re.IGNORECASE,
    )
    wrong = [t.fr for entry in entries() for t in texts_of(entry) if suspect.search(t.fr)]
    assert wrong == []


def test_the_project_speaks_of_itself_alone():
    """No path of a machine in what is shipped."""
    paths = re.compile(r"(?<![\w.])/(work|root)/\w")
    wrong = [p.name for p in sources() if paths.search(p.read_text("utf-8"))]
    assert wrong == []
