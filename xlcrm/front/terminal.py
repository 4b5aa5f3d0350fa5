"""What a run shows in a terminal: a bar while it works, then a few readable lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from xlcrm.catalogue import CommandEntry
from xlcrm.commands.job import Report
from xlcrm.texts import Lang, listed

_WIDTH = 24
_MOST_ANOMALIES = 3


def progress_bar() -> Callable[[float, str], None] | None:
    """A function that draws a bar on a terminal; None where nobody looks (a pipe, a file)."""
    if not sys.stderr.isatty():
        return None

    def draw(share: float, text: str) -> None:
        done = round(_WIDTH * min(1.0, max(0.0, share)))
        line = f"\r[{'#' * done}{'.' * (_WIDTH - done)}] {text:<40.40}"
        sys.stderr.write(line if share < 1 else "\r" + " " * len(line) + "\r")
        sys.stderr.flush()

    return draw


def print_report(report: Report, entry: CommandEntry, path: Path | None, lang: Lang) -> None:
    """What a command did, in a few lines."""

    def t(fr: str, en: str) -> str:
        return en if lang == "en" else fr

    colon = t(" :", ":")
    print(f"{entry.label.in_(lang)} ({t(_comma(report.seconds), f'{report.seconds:.1f}')} s)")
    for key, label in report.labels.items():
        print(f"  {number(report.counts[key], lang):>9}  {label}")
    for message in report.messages:
        print(f"  {message}")
    if report.anomalies:
        count = len(report.anomalies)
        s, ies = ("s", "ies") if count > 1 else ("", "y")
        print(
            t(
                f"  {number(count, lang)} anomalie{s}, feuille « Anomalies » ; par exemple :",
                f'  {number(count, lang)} anomal{ies}, sheet "Anomalies"; such as:',
            )
        )
        for anomaly in report.anomalies[:_MOST_ANOMALIES]:
            where = f"{anomaly['sheet']} {t('ligne', 'row')} {anomaly['row']}"
            column = f", {anomaly['column']}" if anomaly["column"] else ""
            value = f" ({anomaly['value']})" if anomaly["value"] else ""
            print(f"    {where}{column}{value}{colon} {anomaly['problem']}")
    if not report.sheets:
        return
    print(f"  {t('Feuilles', 'Sheets')}{colon} {listed(report.sheets, lang, most=20)}")
    if path is not None:
        print(f"  {t('Fichier', 'File')}{colon} {path}")


def number(value: float, lang: Lang) -> str:
    """A count or a figure as people write it.

    >>> number(12345, "fr"), number(12.5, "fr"), number(12345, "en")
    ('12 345', '12,5', '12,345')
    """
    if abs(value) >= 1e15:
        return f"{value:.6g}" if lang == "en" else f"{value:.6g}".replace(".", ",")
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return text if lang == "en" else text.replace(",", " ").replace(".", ",")


def _comma(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")
