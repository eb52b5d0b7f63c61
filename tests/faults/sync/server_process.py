"""A centre in a process of its own, to be killed: one server, forked from a process that has imported everything."""

from multiprocessing.connection import Connection
from pathlib import Path

from sscard_desk.central.centre import open_centre
from sscard_desk.central.server import CentreServer


def serve_centre(pipe: Connection, folder: Path, address: str, port: int) -> None:
    """Serve until killed; says its port once it listens."""
    centre = open_centre(folder, address)
    server = CentreServer(centre, port=port)
    server.run(lambda _url: pipe.send(server.port))
