"""Lists that operators bring in: which there are, how far each is, what is wrong with one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from sscard_desk.central.admin import jobs
from sscard_desk.central.admin.guard import Page, Visit
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.lists.kinds import REGION, kinds
from sscard_desk.central.store import operator_jobs, operator_wishes, standing
from sscard_desk.central.store.operator_jobs import CHECKING, RUNNING, WAITING

LISTS: Final = "/admin/lists"
LARGEST_FILE: Final = 1_000_000_000


def show(visit: Visit) -> Page:
    """Ask for a list, and show those that came."""
    now = visit.centre.now_ms()
    with visit.centre.database.reading() as connection:
        points = standing.all_points(connection)
        found = operator_jobs.newest(connection)
        second = operator_wishes.is_asked(connection)
    chosen = kinds().get(visit.form.get("kind") or visit.query.get("kind", ""))
    return Page(
        "lists.html",
        {
            "kinds": kinds(),
            "chosen": chosen,
            "places": sorted({region for _, _, region in points}) if chosen and chosen.needs == REGION else points,
            "place": visit.form.get("place", ""),
            "jobs": [(job, jobs.is_broken_off(job, now)) for job in found],
            "no_file": False,
            "second": second,
        },
    )


def taker(tools: Tools) -> Callable[[Visit, Path], Page]:
    """Return what takes an uploaded list."""
    return partial(_take, tools)


def _take(tools: Tools, visit: Visit, file: Path) -> Page:
    kind = kinds().get(visit.form.get("kind", ""))
    if kind is None or not file.exists() or not file.stat().st_size:
        return Page("lists.html", {**show(visit).values, "no_file": True}, status=400)
    place = visit.form.get("place", "").strip() if kind.needs else ""
    job = jobs.begin(visit.centre, tools, file, operator=visit.operator, kind=kind.name, place=place)
    return Page(to=f"{LISTS}/one?job={job}")


def show_one(visit: Visit) -> Page:
    """Show how far a list is; the page comes again by itself while it is under way."""
    name = visit.form.get("job") or visit.query.get("job", "")
    with visit.centre.database.reading() as connection:
        job = operator_jobs.find(connection, name)
    if job is None:
        return Page(to=LISTS)
    broken = jobs.is_broken_off(job, visit.centre.now_ms())
    return Page(
        "list.html",
        {
            "job": job,
            "titles": {column.name: column.titles[0] for column in kinds()[job.kind].columns},
            "broken": broken,
            "runs": job.state in RUNNING and not broken,
            "may_stop": job.state in {CHECKING, WAITING},
        },
    )


def stop(visit: Visit) -> Page:
    """Stop a list that was not taken yet."""
    name = visit.form.get("job", "")
    stopped = jobs.stop(visit.centre, name)
    return Page(to=f"{LISTS}/one?job={name}&done={'stopped' if stopped else 'too_late'}")
