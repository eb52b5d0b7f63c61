"""Start of the program: `sscard-desk` opens the window, `sscard-desk VERB` does one thing."""

import multiprocessing
import sys


def main() -> int:
    """Run the command line and return its exit status: 0 done, 1 a foreseen error, 2 wrong usage."""
    multiprocessing.freeze_support()
    from sscard_desk.cli.run import run  # noqa: PLC0415 - worker processes of the frozen program end above

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
