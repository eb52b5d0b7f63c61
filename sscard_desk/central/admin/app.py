"""The administration as an ASGI application: pages under `/admin`, and nothing else."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sscard_desk.central.admin import sessions
from sscard_desk.central.admin.drawing import STYLE
from sscard_desk.central.admin.guard import HEADERS, HOME, LANGUAGE, SET_UP, SIGN_IN, guarded
from sscard_desk.central.admin.pages import (
    account,
    blanks,
    desks,
    entries,
    erasures,
    forms,
    home,
    lists,
    record,
    retention,
    sign_in,
    staff,
    wishes,
)
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.admin.uploads import uploading
from sscard_desk.central.centre import OpenCentre
from sscard_desk.resources import resource
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE

FORM = ["GET", "POST"]


def make_admin_app(centre: OpenCentre, tools: Tools) -> Starlette:
    """Return the application that administers this centre.

    Args:
        centre: the centre.
        tools: what its pages are given from other rooms.
    """
    return Starlette(
        routes=[
            Route("/", _home),
            Route("/admin/style.css", _style),
            Route("/admin/language/{name}", _language),
            Route(SIGN_IN, guarded(centre, sign_in.show, sign_in.take, stage=""), methods=FORM),
            Route(
                SET_UP,
                guarded(centre, sign_in.show_set_up, sign_in.take_set_up, stage=sessions.SETTING_UP),
                methods=FORM,
            ),
            Route("/admin/sign-out", guarded(centre, home.show, account.sign_out), methods=["POST"]),
            Route(HOME, guarded(centre, home.show)),
            Route("/admin/desks", guarded(centre, desks.show)),
            Route("/admin/desks/one", guarded(centre, desks.show_one)),
            Route("/admin/desks/expect", guarded(centre, desks.show_expect, desks.take_expect), methods=FORM),
            Route("/admin/desks/revoke", guarded(centre, desks.show_revoke, desks.take_revoke), methods=FORM),
            Route(
                lists.LISTS,
                uploading(centre, lists.show, lists.taker(tools), lists.LARGEST_FILE),
                methods=FORM,
            ),
            Route(f"{lists.LISTS}/one", guarded(centre, lists.show_one)),
            Route(f"{lists.LISTS}/stop", guarded(centre, lists.show_one, lists.stop), methods=FORM),
            Route(forms.FORMS, uploading(centre, forms.show, forms.deliverer(tools), forms.LARGEST_FILE), methods=FORM),
            Route(f"{forms.FORMS}/withdraw", guarded(centre, forms.show, forms.withdraw), methods=FORM),
            Route(blanks.BLANKS, guarded(centre, blanks.show, blanks.confirm), methods=FORM),
            Route(f"{blanks.BLANKS}/release", guarded(centre, blanks.show, blanks.release), methods=FORM),
            Route("/admin/entries", guarded(centre, entries.show)),
            Route(wishes.WISHES, guarded(centre, wishes.show, wishes.decider(tools)), methods=FORM),
            Route(staff.STAFF, guarded(centre, staff.show, staff.take), methods=FORM),
            Route(f"{staff.STAFF}/end", guarded(centre, staff.show_end, staff.take_end), methods=FORM),
            Route(erasures.ERASURES, guarded(centre, erasures.show, erasures.take), methods=FORM),
            Route(retention.RETENTION, guarded(centre, retention.show, retention.take), methods=FORM),
            Route("/admin/record", guarded(centre, record.show)),
            Route("/admin/account", guarded(centre, account.show)),
            Route("/admin/account/password", guarded(centre, account.show, account.take_password), methods=FORM),
            Route("/admin/account/recovery", guarded(centre, account.show, account.take_recovery), methods=FORM),
            Route("/admin/account/sessions", guarded(centre, account.show, account.end_others), methods=FORM),
        ],
        exception_handlers={404: _nothing, 405: _nothing},
    )


async def _home(request: Request) -> Response:  # noqa: ARG001 - the shape of an endpoint
    return RedirectResponse(HOME, status_code=303, headers=HEADERS)


async def _style(request: Request) -> Response:  # noqa: ARG001 - as above
    text = resource("admin", STYLE).read_text(encoding="utf-8")
    return Response(text, media_type="text/css; charset=utf-8", headers=HEADERS)


async def _nothing(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as above
    return PlainTextResponse("404", status_code=404, headers=HEADERS)


async def _language(request: Request) -> Response:
    """Change the language and go back to the page it was changed on."""
    language = ENGLISH if request.path_params["name"] == ENGLISH else SIMPLIFIED_CHINESE
    back = request.query_params.get("back", HOME)
    # only to a page of ours: no other host can be named by a path that begins so
    to = back if back == HOME or back.startswith(f"{HOME}/") else HOME
    answer = RedirectResponse(to, status_code=303, headers=HEADERS)
    answer.set_cookie(LANGUAGE, language, path="/", secure=True, httponly=True, samesite="strict", max_age=31_536_000)
    return answer
