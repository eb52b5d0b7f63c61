"""`python -m sscard_desk.child_process ROOM`: be the child process of a room."""

import sys

from sscard_desk.child_process.child import main

if __name__ == "__main__":
    main(sys.argv[1])
