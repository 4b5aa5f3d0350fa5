"""xlcrm: customer base and budgets, right inside the spreadsheet."""

import os
import signal
import sys
from typing import Any

__version__ = "0.1.0"


def interrupted(*_: Any) -> None:
    """Ctrl-C while the command line still loads: a sentence, as later on."""
    english = {"en", "--lang=en"} & {os.environ.get("XLCRM_LANG"), *sys.argv}
    told = "Interrupted: nothing was changed." if english else "Interrompu : rien n'a été modifié."
    os.write(2, f"\n{told}\n".encode())
    os._exit(130)


if os.path.basename(sys.argv[0]) in ("xlcrm", "xlcrm.exe") or sys.orig_argv[1:3] == ["-m", "xlcrm"]:
    signal.signal(signal.SIGINT, interrupted)

# The slow part: Ctrl-C is provided for by now.
from xlcrm import budget as budget  # noqa: E402
from xlcrm import contacts as contacts  # noqa: E402
from xlcrm import scoring as scoring  # noqa: E402
