"""`python -m xlcrm`: the command line where its folder is not on the PATH."""

import sys

from xlcrm.front.cli import main

if __name__ == "__main__":
    sys.exit(main())
