"""Find the verb, run it, print one object or words, and turn foreseen errors into an exit status."""

import argparse
import importlib
import json
import logging
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final, NoReturn

from sscard_desk.cli.spoken import language_here
from sscard_desk.cli.verb import Failed, Result, Verb
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import UsageWrong
from sscard_desk.ports.devices import Cancelled
from sscard_desk.texts import Catalogue, describe

VERBS: Final = {
    "window": "window",
    "train": "train",
    "demo": "demo",
    "enrol": "enrol",
    "enrol request": "enrol_stick",
    "enrol answer": "enrol_stick",
    "read-id": "read_id",
    "read-scan": "read_scan",
    "lookup": "lookup",
    "card read": "card_read",
    "card write": "card_write",
    "card resume": "card_write",
    "card face": "card_face",
    "card pin": "card_pin",
    "stock": "stock",
    "stock receive": "stock",
    "stock show": "stock",
    "stock spoil": "stock",
    "stock confirm": "stock",
    "stock return": "stock",
    "stock count": "stock",
    "batch open": "batch",
    "batch run": "batch",
    "batch show": "batch",
    "batch import": "batch",
    "batch export": "batch",
    "staff": "staff",
    "rescue": "rescue",
    "central rescue": "central_rescue",
    "sync": "sync",
    "unsent": "unsent",
    "clock": "clock",
    "export-unsent": "stick",
    "import-stick": "stick",
    "doctor": "doctor",
    "printer test-sheet": "printer",
    "printer certificate": "printer",
    "printer spoiled": "printer",
    "photo check": "photo",
    "photo conform": "photo",
    "verify": "verify",
    "backup": "backup",
    "restore": "backup",
    "retention": "retention",
    "erasure ask": "erasure",
    "erasure list": "erasure",
    "checklist": "checklist",
    "import class": "import_class",
    "forms check": "forms",
    "forms preview": "forms",
    "simulate id-reader": "simulate",
    "simulate card": "simulate",
    "simulate psam": "simulate",
    "simulate camera": "simulate",
    "simulate scanner": "simulate",
    "simulate stick": "simulate_stick",
    "forms recognise": "forms_recognise",
    "scan": "scan",
    "central init": "central",
    "central serve": "central",
    "central enrol": "central",
    "central form": "central",
    "central revoke": "central_desks",
    "central authority": "central_authority",
    "central status": "central_desks",
    "central compact": "central_compact",
    "central blobs": "central_blobs",
    "central import": "central_import",
    "central join": "enrol_stick",
    "central recovered": "central_recovered",
    "central import-stick": "central_stick",
    "central export-stick": "central_stick",
    "central stock": "central_stock",
    "central corrections": "central_corrections",
    "central conflicts": "central_corrections",
    "central staff": "central_staff",
    "central erase": "central_erasures",
    "central erasures": "central_erasures",
    "central retention": "central_erasures",
    "central keys": "central_keys",
    "central portraits": "central_portraits",
    "central operator": "central_operator",
    "central audit": "central_audit",
}
"""Every verb and the module that holds it; a module is imported when its verb is called, or for `--help`."""

DONE, FAILED, WRONG_USAGE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageWrong(reason=message)


def run(words: Sequence[str]) -> int:
    """Run one verb; return 0 when done, 1 on a foreseen error, 2 on wrong usage."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    as_json = "--json" in words
    try:
        verb, arguments = _parse(words)
        result = verb.run(arguments)
    except UsageWrong as wrong:
        _report(wrong, as_json=as_json)
        return WRONG_USAGE
    except DeskError as error:
        _report(error, as_json=as_json)
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        return FAILED
    if isinstance(result, Failed):
        _print(result.result, as_json=as_json)
        _report(result.error, as_json=False)
        return FAILED
    _print(result, as_json=as_json)
    return DONE


def find(name: str) -> Verb:
    """Return a verb by its name."""
    module = importlib.import_module(f"sscard_desk.cli.{VERBS[name]}")
    verbs: tuple[Verb, ...] = module.VERBS
    return next(verb for verb in verbs if verb.name == name)


def _parse(words: Sequence[str]) -> tuple[Verb, argparse.Namespace]:
    name = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in VERBS), "")
    if not name and words:
        _other_than_a_verb(words)
    name = name or "window"
    verb = find(name)
    parser = _Parser(prog=f"sscard-desk {name}", description=verb.summary)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    if verb.store:
        parser.add_argument("--account", required=True, help="who signs in")
        parser.add_argument("--password-fd", type=int, help="file descriptor that the password is read from")
    verb.arguments(parser)
    return verb, parser.parse_args(words[len(name.split()) :] if words and words[0] in name.split() else words)


def _other_than_a_verb(words: Sequence[str]) -> None:
    """Say what there is where help or the first word of a group is asked for, and refuse a word that is neither."""
    first, asks_help = words[0], any(word in {"-h", "--help"} for word in words[:2])
    if first in {"-h", "--help"}:
        _overview(VERBS, "VERB")
    if first.startswith("-"):
        return
    group = [name for name in VERBS if name.startswith(f"{first} ")]
    if group and (asks_help or len(words) == 1):
        _overview(group, f"{first} VERB")
    called = " ".join(words[:2]) if group else first
    near = get_close_matches(called, VERBS, n=3) or group
    raise UsageWrong(reason=f"unknown verb: {called}" + (f"; near it: {', '.join(near)}" if near else ""))


def _overview(names: Iterable[str], what: str) -> NoReturn:
    print(f"usage: sscard-desk {what} [--json] …\n")
    listed = list(names)
    width = max(map(len, listed))
    for name in listed:
        print(f"  {name:{width}}  {find(name).summary}")
    raise SystemExit(DONE)


def _print(result: Result, *, as_json: bool) -> None:
    if not result:
        return
    if as_json:
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return
    for name, value in result.items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        print(f"{name}: {shown}", flush=True)


def _report(error: DeskError, *, as_json: bool) -> None:
    from sscard_desk.forms.material_errors import named_materials  # loads all of the forms, for errors alone

    language = language_here()
    named = {field: tuple(each(language) for each in words) for field, words in named_materials(error).items()}
    problem = describe(error, Catalogue(language), named)
    if as_json:
        body = {
            "code": problem.code,
            "message": problem.message,
            "advice": problem.advice,
            "may_have_changed": problem.may_have_changed,
        }
        print(json.dumps({"error": body}, ensure_ascii=False), flush=True)
    print(problem.advice, file=sys.stderr)
    print(f"{problem.code} {problem.message}", file=sys.stderr, flush=True)
