"""Where the front ends note an error that nobody foresaw, for a report to the makers."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path


def user_folder() -> Path:
    """The folder of xlcrm for this user: settings of its own, the log."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "xlcrm"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "xlcrm"
    return Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local" / "state")) / "xlcrm"


def log_path() -> Path:
    return user_folder() / "xlcrm.log"


def front_logger() -> logging.Logger:
    """The log of the front ends; a folder that cannot be written leaves it silent."""
    found = logging.getLogger("xlcrm.front")
    if not found.handlers:
        found.propagate = False
        found.addHandler(_handler())
    return found


def _handler() -> logging.Handler:
    try:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_path(), maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    return handler
