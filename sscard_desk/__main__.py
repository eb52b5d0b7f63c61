"""Start of the program: `sscard-desk` opens the window, `sscard-desk VERB` does one thing."""

import multiprocessing
import os
import sys


def main() -> int:
    """Run the command line and return its exit status: 0 done, 1 a foreseen error, 2 wrong usage."""
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["--card-worker"]:
        # the frozen program has no interpreter to start the PC/SC process with, so it starts itself
        from sscard_desk.devices.card_reader.worker import main as card_worker  # noqa: PLC0415 - this process alone

        card_worker()
        return 0
    if sys.argv[1:2] == ["--child"]:
        from sscard_desk.child_process.child import main as child_process  # noqa: PLC0415 - this process alone

        child_process(sys.argv[2])
    from sscard_desk.cli.run import run  # noqa: PLC0415 - worker processes of the frozen program end above

    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read the words has gone, as `head` does; nothing more can be said, at the interpreter's end either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
