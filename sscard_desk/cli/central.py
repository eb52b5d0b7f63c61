"""`central init | serve | enrol | form`: the centre's own side."""

import argparse
import json
from pathlib import Path
from socket import socket
from typing import Final

from sscard_desk.cli.sign_in import read_passphrase
from sscard_desk.cli.verb import Result, Verb
from sscard_desk.cli.with_parent import add_word, end_with_parent
from sscard_desk.domain.errors.operator import UsageWrong

_DATABASE: Final = "postgresql://user@host:port/database without a password; the embedded one if left out"


def init_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central init`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder for the centre's data")
    parser.add_argument("--name", required=True, help="what the centre calls itself")
    parser.add_argument("--training", action="store_true", help="a centre for training; fixed for ever")
    parser.add_argument("--host", action="append", default=[], help="further names or addresses of its certificate")
    parser.add_argument("--database", default="", metavar="URL", help=_DATABASE)
    parser.add_argument(
        "--blobs", choices=["database", "folder"], default="database", help="where pictures and scans go"
    )
    parser.add_argument(
        "--blob-folder", type=Path, metavar="DIR", help="that folder; `blobs` in the centre's if left out"
    )
    parser.add_argument("--rescue-passphrase-fd", type=int, metavar="N", help="makes the rescue key under it as well")


def init(words: argparse.Namespace) -> Result:
    """Make a centre: database, authority, server certificate, receipt key.

    Raises:
        UsageWrong: a folder of pictures and scans, which are to go into the database.
    """
    from sscard_desk.central import blob_moving, rescue_key
    from sscard_desk.central.admin.acting import CONSOLE, noted
    from sscard_desk.central.centre import LOCAL_HOSTS, init_centre

    if words.blob_folder and words.blobs != "folder":
        raise UsageWrong(reason="--blob-folder goes with --blobs folder")
    hosts = (*LOCAL_HOSTS, *words.host)
    centre = init_centre(words.folder, training=words.training, name=words.name, hosts=hosts, address=words.database)
    try:
        if words.blobs == "folder":
            blob_moving.move(centre, words.blobs, words.blob_folder)
        if words.rescue_passphrase_fd is not None:
            rescue_key.make(centre, read_passphrase(words.rescue_passphrase_fd))
        noted(centre, CONSOLE, "centre.begin", words.name)
        return {"folder": str(words.folder), "training": words.training, "fingerprint": centre.keys.fingerprint.hex()}
    finally:
        centre.close()


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central serve`."""
    add_word(parser)
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--database", default="", metavar="URL", help=_DATABASE)
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes; more than one needs PostgreSQL")
    parser.add_argument("--vault-passphrase-fd", type=int, metavar="N", help="opens the vault of the card keys")
    parser.add_argument("--log", default="", metavar="FILE", help="one JSON object a request; - for standard error")
    parser.add_argument(
        "--metrics-port", type=int, metavar="N", help="serves /metrics for Prometheus; 0 takes a free one"
    )
    parser.add_argument("--metrics-host", default="127.0.0.1", metavar="ADDRESS", help="address it listens on")
    parser.add_argument("--stop-seconds", type=int, default=25, metavar="N", help="what is under way may take so long")
    parser.add_argument("--notice-seconds", type=int, default=0, metavar="N", help="/v1/ready says so before it stops")
    parser.add_argument("--admin-port", type=int, metavar="N", help="serves the administration too; 0 takes a free one")
    parser.add_argument("--admin-host", default="127.0.0.1", metavar="ADDRESS", help="address it listens on")
    parser.add_argument("--admin-certificate", type=Path, metavar="PEM", help="its own, with the chain")
    parser.add_argument("--admin-key", type=Path, metavar="PEM", help="its private key")


def serve(words: argparse.Namespace) -> Result:
    """Serve until stopped; the first line says where it is reached.

    Raises:
        UsageWrong: a certificate of the administration without its key, or the other way round; seconds below nought.
        LogUnwritable: the log's file.
    """
    from sscard_desk.central.admin.place import AdminPlace
    from sscard_desk.central.admin.server import AdminServer
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.log import begin_log
    from sscard_desk.central.operation import Operation
    from sscard_desk.central.server import CentreServer, listen
    from sscard_desk.central.workers import serve_with_workers
    from sscard_desk.cli.central_tools import admin_tools

    if (words.admin_certificate is None) != (words.admin_key is None):
        raise UsageWrong(reason="--admin-certificate and --admin-key go together")
    if min(words.stop_seconds, words.notice_seconds) < 0:
        raise UsageWrong(reason="--stop-seconds and --notice-seconds are not below 0")
    begin_log(words.log)
    measures = None if words.metrics_port is None else listen(words.metrics_host, words.metrics_port)
    operation = Operation(words.log, measures, words.stop_seconds, words.notice_seconds)
    metrics_url = _metrics_url(words.metrics_host, measures)
    admin = AdminPlace.of(words.admin_host, words.admin_port, words.admin_certificate, words.admin_key)
    try:
        if words.workers > 1:
            end_with_parent(words)
            serve_with_workers(
                words.folder,
                lambda url: _say(url, admin.url if admin else None, metrics_url),
                address=words.database,
                host=words.host,
                port=words.port,
                workers=words.workers,
                admin=(admin, admin_tools()) if admin else None,
                operation=operation,
            )
            return {}
        centre = open_centre(words.folder, words.database)
        if words.vault_passphrase_fd is not None:
            centre.card_keys.unlock(read_passphrase(words.vault_passphrase_fd))
        end_with_parent(words)
        administration = AdminServer(centre, admin, admin_tools()) if admin else None
        try:
            server = CentreServer(centre, words.host, words.port, operation=operation)
            if administration:
                administration.start()
            server.run(lambda url: _say(url, admin.url if admin else None, metrics_url))
        finally:
            if administration:
                administration.stop()
            centre.close()
    finally:
        if admin:
            admin.close()
        if measures:
            measures.close()
    return {}


def _metrics_url(host: str, measures: socket | None) -> str | None:
    if measures is None:
        return None
    return f"http://{f'[{host}]' if ':' in host else host}:{measures.getsockname()[1]}/metrics"


def _say(url: str, admin: str | None, metrics: str | None) -> None:
    print(json.dumps({"url": url, "admin_url": admin, "metrics_url": metrics}), flush=True)


def enrol_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central enrol`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    parser.add_argument("--desk", required=True, help="what the centre calls the desk, for example D-0231")
    parser.add_argument("--point", required=True, help="service point code, four digits")
    parser.add_argument("--point-name", default="", help="name of a service point that is new")
    parser.add_argument("--region", default="", help="six digits of GB/T 2260 of a service point that is new")


def enrol(words: argparse.Namespace) -> Result:
    """Expect a desk, and print the one-time code under which it may enrol.

    Raises:
        ServicePointUnknown: no such service point was entered.
        SecondOperatorAsked: it waits for an operator in the browser, who is shown the code.
    """
    from sscard_desk.central.admin import second
    from sscard_desk.central.admin.acting import CONSOLE
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.imports import CODE_HOURS
    from sscard_desk.domain.errors.second_person import SecondOperatorAsked

    centre = open_centre(words.folder)
    try:
        if words.point_name and not second.enter_point(centre, CONSOLE, words.point, words.point_name, words.region):
            raise SecondOperatorAsked
        code = second.expect(centre, CONSOLE, words.desk, words.point)
    finally:
        centre.close()
    if code is None:
        raise SecondOperatorAsked
    return {"desk": words.desk, "code": code.text(), "valid_hours": CODE_HOURS}


def form_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `central form`."""
    parser.add_argument("--folder", type=Path, required=True, help="folder made by `central init`")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--deliver", type=Path, metavar="DIR", help="folder with form.toml and paper.toml")
    what.add_argument("--withdraw", metavar="FORM/EDITION", help="begin no application with it any more")


def form(words: argparse.Namespace) -> Result:
    """Deliver an edition of a form to every desk, or withdraw one."""
    from sscard_desk.central.admin.acting import CONSOLE, acting
    from sscard_desk.central.centre import open_centre
    from sscard_desk.central.forms import deliver_form, withdraw_form
    from sscard_desk.paper.proof import unprintable

    centre = open_centre(words.folder)
    try:
        if words.deliver:
            with acting(centre, CONSOLE, "form.deliver", "") as noting:
                edition, changed = deliver_form(noting, words.deliver, unprintable)
            return {
                "form": edition.form,
                "edition": edition.edition,
                "sha256": edition.sha256,
                "changed": changed,
                "codes": [name for name, _ in edition.codes],
            }
        name, _, withdrawn = words.withdraw.partition("/")
        with acting(centre, CONSOLE, "form.withdraw", words.withdraw) as noting:
            withdraw_form(noting, name, withdrawn)
        return {"form": name, "edition": withdrawn, "sha256": None, "changed": True, "codes": []}
    finally:
        centre.close()


VERBS = (
    Verb("central init", "make a centre in a folder", init, init_arguments),
    Verb("central serve", "serve the desks until stopped", serve, serve_arguments),
    Verb("central enrol", "expect a desk and print its one-time code", enrol, enrol_arguments),
    Verb("central form", "deliver an edition of a form to every desk, or withdraw one", form, form_arguments),
)
