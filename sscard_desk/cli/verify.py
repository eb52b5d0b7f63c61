"""`verify`: check the journal's chain, receipts, drafts and blobs."""

import argparse

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.spoken import language_here
from sscard_desk.cli.verb import Result, Verb


def run(words: argparse.Namespace) -> Result:
    """Go through everything that this desk keeps; trouble is listed, not repaired."""
    from sscard_desk.texts import Catalogue, definition_reason

    texts = Catalogue(language_here())
    with signed_in(words) as desk:
        found = desk.store.verify()
        refused = desk.store.refused_forms()
        unbelieved = desk.store.refused_staff()
    return {
        "sound": found.sound,
        "entries": found.entries,
        "chain_ok": found.chain_ok,
        "broken_at": found.broken_at,
        "broken_why": found.broken_why,
        "erased": list(found.erased),
        "erased_by": {str(seq): by for seq, by in found.explained_by.items()},
        "unexplained": list(found.unexplained),
        "erasures_waiting": [{"subject": subject, "unsent": unsent} for subject, unsent in found.erasures_waiting],
        "erasures_refused": list(found.erasures_refused),
        "unsent": found.unsent,
        "receipts": found.receipts,
        "receipts_wrong": list(found.receipts_wrong),
        "seals_checked": found.seals_checked,
        "sign_offs": found.sign_offs,
        "sign_offs_wrong": [f"{desk} {seq}" for desk, seq in found.sign_offs_wrong],
        "staff_wrong": list(found.staff_wrong),
        "staff_refused": [{"account": each.account, "why": each.why} for each in unbelieved],
        "drafts": found.drafts,
        "drafts_ok": found.drafts_ok,
        "stock_wrong": list(found.stock_wrong),
        "blobs": found.blobs,
        "blobs_missing": list(found.blobs_missing),
        "blobs_damaged": list(found.blobs_damaged),
        "stray_files": found.stray_files,
        "pages_damaged": list(found.pages_damaged),
        "forms_refused": [
            {
                "form": each.form,
                "edition": each.edition,
                "why": each.why,
                "file": each.problem.file if each.problem else "",
                "line": each.problem.line if each.problem else 0,
                "key": each.problem.field if each.problem else "",
                "message": definition_reason(each.problem, texts) if each.problem else "",
            }
            for each in refused
        ],
    }


VERBS = (Verb("verify", "check what this desk keeps", run, store=True),)
