"""What stands before every page: who asks, from where, with which token; and what goes out with every answer.

A page is a function from a `Visit` to a `Page`. It runs on a worker thread; errors that the program foresees come back
on the same page in words.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sscard_desk.central.admin import sessions
from sscard_desk.central.admin.drawing import draw
from sscard_desk.central.admin.sessions import Open
from sscard_desk.central.centre import OpenCentre
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.blob_folder import BlobFolderAway, BlobFolderFull
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Catalogue, Problem, describe

SESSION: Final = "__Host-sscard-operator"
LANGUAGE: Final = "__Host-sscard-language"
TOKEN_FIELD: Final = "request_token"  # noqa: S105 - the name of a form's field
LARGEST_FORM: Final = 64_000
WRONG: Final = 400
BUSY: Final = 503
SIGN_IN: Final = "/admin/sign-in"
SET_UP: Final = "/admin/set-up"
HOME: Final = "/admin"
HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # not "no-referrer": browsers would then say nothing of where a form comes from
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True)
class Visit:
    """One request of a browser.

    Attributes:
        centre: the centre.
        texts: the language of the page.
        path: of the request.
        query: the words after the question mark.
        form: the fields of a form that was sent.
        address: where it comes from.
        open: the session; None where nobody is signed in.
        token: what its forms are bound to.
        problem: what went wrong with the form that was sent, to be shown again.
    """

    centre: OpenCentre
    texts: Catalogue
    path: str
    query: Mapping[str, str]
    address: str
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    open: Open | None = field(default=None, repr=False)
    token: str = field(default="", repr=False)
    problem: Problem | None = None

    @property
    def operator(self) -> str:
        """Who is signed in; empty for nobody."""
        return self.open.session.operator if self.open else ""

    @property
    def session(self) -> Open:
        """The session of a page that only signed-in operators reach."""
        if self.open is None:
            raise RuntimeError("this page is behind the sign-in")
        return self.open


@dataclass(frozen=True)
class Page:
    """What goes back.

    Attributes:
        template: under `resources/admin`; empty to go on to `to`.
        values: what the template shows.
        status: of HTTP.
        to: where the browser goes on.
        begin: a session whose token the browser gets.
        end: whether its token is taken away.
    """

    template: str = ""
    values: Mapping[str, object] = field(default_factory=dict, repr=False)
    status: int = 200
    to: str = ""
    begin: Open | None = field(default=None, repr=False)
    end: bool = False


Work = Callable[[Visit], Page]


def guarded(
    centre: OpenCentre, show: Work, take: Work | None = None, *, stage: str = sessions.SIGNED_IN
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page.

    Args:
        centre: the centre.
        show: makes the page.
        take: takes its form; what it cannot do is told on the page that `show` makes.
        stage: the stage of sessions that reach it; empty for browsers in which nobody is signed in.
    """

    def serve(request: Request, raw: bytes) -> Response:
        visit, away = visit_of(centre, request, stage)
        if away:
            return answered(visit, Page(to=away, end=away == SIGN_IN and SESSION in request.cookies))
        if request.method != "POST" or take is None:
            return shown(visit, show)
        form = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100))
        if not is_own(centre, request, visit.token, form):
            return answered(visit, Page("refused.html", status=403))
        return taken(visit, form, show, take)

    async def endpoint(request: Request) -> Response:
        raw = bytearray()
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > LARGEST_FORM:
                return Response(status_code=413, headers=HEADERS)
        return await run_in_threadpool(serve, request, bytes(raw))

    return endpoint


def visit_of(centre: OpenCentre, request: Request, stage: str = sessions.SIGNED_IN) -> tuple[Visit, str]:
    """Return who asks for a page, and where the browser has to go first; empty where it may stay."""
    visit = _visit(centre, request)
    opened, away = _admitted(centre, request, stage)
    token = opened.token if opened else request.cookies.get(SESSION, "") or sessions.new_token()
    return (visit, away) if away else (_with(visit, open=opened, token=token), "")


def shown(visit: Visit, show: Work) -> Response:
    """Return a page, or a page that says why there is none."""
    try:
        return answered(visit, show(visit))
    except DeskError as refused:
        problem = describe(refused, visit.texts)
        status = BUSY if isinstance(refused, DatabaseAway | BlobFolderAway | BlobFolderFull) else WRONG
        return answered(_with(visit, problem=problem), Page("problem.html", status=status))


def taken(visit: Visit, form: Mapping[str, str], show: Work, take: Work) -> Response:
    """Take a form that is ours; what it cannot do is told on its own page."""
    visit = _with(visit, form=form)
    try:
        return answered(visit, take(visit))
    except DeskError as refused:
        visit = _with(visit, problem=describe(refused, visit.texts))

    def again(visit: Visit) -> Page:
        page = show(visit)
        return Page(page.template, page.values, WRONG) if page.template else Page("problem.html", status=WRONG)

    return shown(visit, again)


def _visit(centre: OpenCentre, request: Request) -> Visit:
    language = ENGLISH if request.cookies.get(LANGUAGE) == ENGLISH else SIMPLIFIED_CHINESE
    return Visit(
        centre=centre,
        texts=Catalogue(language),
        path=request.url.path,
        query=dict(request.query_params),
        address=request.client.host if request.client else "",
    )


def _with(visit: Visit, **changed: object) -> Visit:
    return Visit(**(vars(visit) | changed))


def _admitted(centre: OpenCentre, request: Request, stage: str) -> tuple[Open | None, str]:
    """Return the session of a request, or where the browser has to go first."""
    found = sessions.find(centre, request.cookies.get(SESSION, ""))
    if not stage:
        return None, (HOME if found else "")
    if found is None:
        return None, SIGN_IN
    if found.session.stage != stage:
        return None, (SET_UP if found.session.stage == sessions.SETTING_UP else HOME)
    return found, ""


def is_own(centre: OpenCentre, request: Request, token: str, form: Mapping[str, str]) -> bool:
    """Return whether a form comes from a page of ours in this very session (OWASP: synchroniser token, origin)."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        return False
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return SESSION in request.cookies and sessions.request_token_fits(centre, token, form.get(TOKEN_FIELD, ""))


def _token_field(centre: OpenCentre, token: str) -> Markup:
    """Return the field that every form carries."""
    said = sessions.request_token(centre, token)
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, said)


def answered(visit: Visit, page: Page) -> Response:
    """Return a page as it goes out, with the headers and the cookie of its session."""
    token = page.begin.token if page.begin else visit.token
    if page.template:
        shown = draw(
            page.template,
            visit.texts,
            {
                "centre": visit.centre.name,
                "training": visit.centre.training,
                "operator": visit.operator,
                "path": visit.path,
                "problem": visit.problem,
                "secret": lambda: _token_field(visit.centre, token),
                "done": visit.query.get("done", ""),
                **page.values,
            },
        )
        answer = Response(shown, status_code=page.status, media_type="text/html; charset=utf-8", headers=HEADERS)
    else:
        answer = RedirectResponse(page.to, status_code=303, headers=HEADERS)
    if page.end:
        answer.delete_cookie(SESSION, path="/", secure=True, httponly=True, samesite="strict")
    elif token:
        answer.set_cookie(SESSION, token, path="/", secure=True, httponly=True, samesite="strict")
    return answer
