"""Prints the VBA that xlwings itself generates for our functions, in a process of its own."""

import io
import types

import com_stand_in as com


def main() -> None:
    com.install()
    from xlwings.udfs import generate_vba_wrapper

    from xlcrm.front import udfs

    out = io.StringIO()
    addin = types.SimpleNamespace(Name="xlcrm.xlam")
    generate_vba_wrapper("xlcrm.front.udfs", udfs, out, addin)
    print(out.getvalue())


if __name__ == "__main__":
    main()
