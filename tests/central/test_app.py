"""The documented requests are the ones that are served, and only two of them answer anybody."""

from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre
from sscard_desk.resources import root
from tests.central.test_requests import Web

OPEN = {"/v1/health", "/v1/ready", "/v1/openapi.json", "/v1/authority", "/v1/enrol"}


def test_every_path_stands_in_the_docs(centre: OpenCentre) -> None:
    text = (root() / "docs" / "sync.md").read_text(encoding="utf-8")
    paths = {route.path for route in make_app(centre).routes}  # type: ignore[attr-defined]  # all are plain routes
    assert len(paths) > len(OPEN)
    assert {path for path in paths if path not in text} == set()


def test_whatever_is_not_open_to_anybody_refuses_an_unsigned_request(centre: OpenCentre) -> None:
    app = make_app(centre)
    for route in app.routes:
        path, methods = route.path, route.methods  # type: ignore[attr-defined]  # all are plain routes
        method = "POST" if "POST" in methods else "GET"
        status = Web(app).request(method, path).status_code
        assert status == (400 if path not in OPEN or method == "POST" else 200), path
