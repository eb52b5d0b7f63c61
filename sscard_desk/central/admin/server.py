"""The administration on a TLS socket of its own, on a thread beside the desks' server."""

from sscard_desk.central.admin.app import make_admin_app
from sscard_desk.central.admin.place import AdminPlace
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.beside import BesideServer
from sscard_desk.central.centre import OpenCentre


class AdminServer(BesideServer):
    """One server of the administration."""

    def __init__(self, centre: OpenCentre, place: AdminPlace, tools: Tools) -> None:
        """Make it; `start` lets it serve.

        Args:
            centre: what is administered; stays open when the server stops.
            place: where it listens; its socket stays open when the server stops.
            tools: what its pages are given from other rooms.
        """
        certificate = place.certificate or (centre.keys.server_certificate, centre.keys.server_key)
        super().__init__(make_admin_app(centre, tools), place.listening, "administration", certificate)
