"""Every route of the administration x who asks: docs/access.md is the table, the application's routes its rows."""

from dataclasses import dataclass, replace
from typing import Final

import httpx
import pytest
from starlette.routing import Route

from sscard_desk.central.admin import operators, sessions
from sscard_desk.central.admin.app import make_admin_app
from sscard_desk.central.admin.guard import HOME, SESSION, SET_UP, SIGN_IN, TOKEN_FIELD
from sscard_desk.central.admin.sessions import IDLE_MS, SETTING_UP, SIGNED_IN
from sscard_desk.cli.central_tools import admin_tools
from tests.central.test_access import rows
from tests.machines.admin import Administration

NAME: Final = "zheng.shi"
FORBIDDEN: Final = 403
DEFECT: Final = 500
WITH_A_FILE: Final = {"/admin/lists", "/admin/forms"}
WORDS: Final = {SIGN_IN: "sign-in", SET_UP: "set-up", HOME: "home"}


@dataclass(frozen=True)
class Who:
    """One who asks, in which stage of a session, and what a form of theirs lacks."""

    stage: str = ""
    idle_ms: int = 0
    token: bool = True
    origin: str = ""


EVERYBODY: Final = {
    "nobody": Who(),
    "idle for too long": Who(SIGNED_IN, IDLE_MS + 1_000),
    "first password": Who(SETTING_UP),
    "operator": Who(SIGNED_IN),
    "without the token": Who(SIGNED_IN, token=False),
    "from elsewhere": Who(SIGNED_IN, origin="https://elsewhere.example"),
}
"""The columns, in order; the last two are about forms alone."""


@pytest.fixture
def asked(administration: Administration) -> Administration:
    operators.add(administration.centre, NAME)
    return administration


def test_every_page_and_form_answers_everybody_as_the_table_says(asked: Administration) -> None:
    seen = {route: [word(asked, route, who) for who in EVERYBODY.values()] for route in served(asked)}
    assert seen == {route: words for route, *words in rows("Routes for operators")}


def served(administration: Administration) -> list[str]:
    routes = make_admin_app(administration.centre, admin_tools()).routes
    assert all(isinstance(route, Route) for route in routes)
    return [
        f"{method} {route.path}"
        for route in routes
        if isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def word(administration: Administration, route: str, who: Who) -> str:
    """Ask with a session of its own, since some acts end it, and an empty form, which changes nothing."""
    method, _, path = route.partition(" ")
    if method == "GET" and not (who.token and not who.origin):
        return "-"
    with httpx.Client(base_url=administration.origin, verify=administration.trusting(), trust_env=False) as line:
        form = _begin(administration, who, line)
        answer = line.request(
            method,
            path.replace("{name}", "en"),
            headers={"origin": who.origin} if who.origin else {},
            data=form if method == "POST" else None,
            files={"file": ("nothing.csv", b"")} if method == "POST" and path in WITH_A_FILE else None,
            timeout=60,
        )
    assert answer.status_code < DEFECT, route
    if answer.status_code == FORBIDDEN:
        return "refused"
    return WORDS.get(answer.headers.get("location", ""), "ok")


def _begin(administration: Administration, who: Who, line: httpx.Client) -> dict[str, str]:
    if not who.stage:
        return {}
    opened = sessions.made(administration.centre, NAME, who.stage)
    seen_ms = opened.session.seen_ms - who.idle_ms
    with administration.centre.database.writing() as connection:
        sessions.begin(connection, replace(opened, session=replace(opened.session, seen_ms=seen_ms)))
    line.cookies.set(SESSION, opened.token)
    return {TOKEN_FIELD: sessions.request_token(administration.centre, opened.token)} if who.token else {}
