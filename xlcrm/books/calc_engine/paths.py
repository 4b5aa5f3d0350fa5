"""File paths and the URLs by which an office knows them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname


def to_url(path: str | os.PathLike[str]) -> str:
    """The URL of a file.

    >>> to_url("/tmp/a b.ods")
    'file:///tmp/a%20b.ods'
    """
    return Path(os.path.abspath(path)).as_uri()


def to_path(url: str) -> str:
    """The path of a file URL; another kind of URL stays as it is.

    >>> to_path("file:///tmp/%C3%A9t%C3%A9.ods")
    '/tmp/été.ods'
    """
    if not url.startswith("file:"):
        return url
    parts = urlsplit(url)
    path = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path)
    return f"//{parts.netloc}{path}" if parts.netloc else path
