"""The reference as a page for the browser: what the button Help opens."""

from __future__ import annotations

import re
from html import escape

from xlcrm.front.places import built_reference
from xlcrm.texts import Lang

_HEAD = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>xlcrm</title><style>
body {{ font: 16px/1.5 Calibri, Carlito, sans-serif; max-width: 50em; margin: 2em auto;
        padding: 0 1em; color: #22313a }}
h1, h2, h3 {{ color: #1f6f8b }} h2 {{ border-bottom: 2px solid #1f6f8b }}
code {{ background: #eef4f6; padding: 0 .2em }} p {{ margin: .8em 0 .2em }}
</style></head><body>
"""


def help_page(lang: Lang) -> str:
    """The whole reference as one HTML page that needs nothing else."""
    text = built_reference(lang).read_text(encoding="utf-8")
    return _HEAD.format(lang=lang) + "\n".join(_blocks(text)) + "\n</body></html>\n"


def _blocks(markdown: str) -> list[str]:
    """The few forms that the reference is written in: headings, paragraphs and lists."""
    out: list[str] = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines = block.split("\n")
        if heading := re.match(r"(#+) (.*)", block):
            level = len(heading[1])
            out.append(f"<h{level}>{_inline(heading[2])}</h{level}>")
        elif lines[0].startswith("- "):
            items = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
            out.append(f"<ul>{items}</ul>")
        else:
            out.append("<p>" + "<br>\n".join(_inline(line) for line in lines) + "</p>")
    return out


def _inline(text: str) -> str:
    """Bold and code.

    >>> _inline("**`=A(b)`** < c")
    '<b><code>=A(b)</code></b> &lt; c'
    """
    html = escape(text.rstrip(), quote=False)
    html = re.sub(r"`([^`]*)`", r"<code>\1</code>", html)
    return re.sub(r"\*\*(.*?)\*\*", r"<b>\1</b>", html)
