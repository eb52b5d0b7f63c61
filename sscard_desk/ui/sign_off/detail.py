"""One waiting application as its line in the list and as everything that a supervisor looks at. No Qt."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.events import Difference
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.numbers.shown import grouped, masked
from sscard_desk.ports.store import Store
from sscard_desk.ui.application_flow import decided_rows, row_of
from sscard_desk.ui.serving.dossier import Dossier, read_dossier
from sscard_desk.ui.serving.exceptions import granted
from sscard_desk.ui.serving.material_words import words_of_material
from sscard_desk.ui.serving.person_strip import code_words, facts_of
from sscard_desk.ui.sign.strokes import Strokes, read_strokes
from sscard_desk.ui.sign.telling import name_of_party, short_digest
from sscard_desk.ui.sign_off.state import ChangeLine, Detail, ExceptionLine, FactLine, SignedLine, WaitingLine
from sscard_desk.ui.states import ChipState, HistoryLine, Mark
from sscard_desk.ui.words import Words, say


@dataclass(frozen=True)
class Folder:
    """A dossier with the signatures' strokes, and since when it waits."""

    dossier: Dossier
    strokes: dict[str, Strokes] = field(repr=False)
    since: datetime | None


def read_folder(store: Store, application: ApplicationId, today: date) -> Folder:
    """Read everything of one application on the store's lane."""
    dossier = read_dossier(store, application, today)
    strokes: dict[str, Strokes] = {}
    for signature in dossier.application.signatures:
        if signature.evidence is None:
            continue
        try:
            found = read_strokes(store.blob(signature.evidence))
        except (BlobMissing, BlobDamaged):
            continue  # `verify` names it
        if found is not None:
            strokes[signature.party] = found
    signed = [line.at for line in dossier.history if line.kind == "application.signed"]
    return Folder(dossier, strokes, signed[-1] if signed else None)


def waiting_line(folder: Folder, me: AccountId, now: datetime, *, marked: bool) -> WaitingLine:
    """Return the line of the list."""
    application = folder.dossier.application
    minutes = int((now - folder.since).total_seconds() // 60) if folder.since else 0
    own = application.worked_on_by(me)
    differs = decided_rows(application)
    chip = ChipState(say("sign_off.no_differences"), Mark.OK, name="line_chip")
    if own:
        chip = ChipState(say("sign_off.own"), Mark.TODO, name="line_chip")
    elif differs:
        chip = ChipState(say("sign_off.differs", count=differs), Mark.WARN, name="line_chip")
    return WaitingLine(
        key=application.id,
        name=application.name,
        number=masked(application.id_number),
        note=say("sign_off.case", who=folder.dossier.name_of(application.opened_by)),
        waits=say("sign_off.minutes", count=minutes),
        chip=chip,
        own=own,
        marked=marked and not own,
    )


def detail_of(folder: Folder, me: AccountId, my_name: str) -> Detail:
    """Return what stands beside the list."""
    dossier = folder.dossier
    application = dossier.application
    clerk = dossier.name_of(application.opened_by)
    differs = decided_rows(application)
    evidence = Mark.OK if application.evidence == "chip" else Mark.WARN
    chips = [ChipState(say(f"approve.by_{application.evidence}"), evidence, name="evidence")]
    if differs:
        chips.append(ChipState(say("sign_off.differs_decided", count=differs), Mark.WARN, name="differs"))
    facts = (*facts_of(application.answers, dossier.today), say("sign_off.bank", bank=application.bank_name))
    return Detail(
        key=application.id,
        name=application.name,
        number=grouped(application.id_number),
        application_no=application.number,
        facts=say("sign_off.list", items=facts),
        taken_in=say("sign_off.taken_in", who=clerk),
        chips=tuple(chips),
        changes=_changes(application.differences),
        materials=_materials(dossier),
        signatures=_signatures(folder, clerk, my_name),
        digest=short_digest(application.digest),
        history=tuple(HistoryLine(line.at.astimezone(), say(f"sign_off.did.{line.kind}")) for line in dossier.history),
        own=application.worked_on_by(me),
        exceptions=tuple(
            ExceptionLine(say("leave.granted_title", what=each.title), each.words) for each in granted(dossier)
        ),
        portrait=dossier.portrait,
    )


def _changes(differences: tuple[Difference, ...]) -> tuple[ChangeLine, ...]:
    """Return one line for each row of the identity table: first and last day of a validity stand together."""
    rows: dict[str, list[Difference]] = {}
    for each in differences:
        rows.setdefault(row_of(each.field), []).append(each)
    return tuple(_change(name, own) for name, own in rows.items())


def _change(name: str, own: list[Difference]) -> ChangeLine:
    source = say("sign_off.took_card" if own[0].taken else "sign_off.kept_register")
    label = say(f"identity.row.{name}")
    if len(own) == 1:
        old, new = (own[0].old, own[0].new) if own[0].taken else (own[0].new, own[0].old)
        return ChangeLine(label, _coded(own[0].field, old), _coded(own[0].field, new), source)
    before = " — ".join(each.old if each.taken else each.new for each in own)
    after = " — ".join(each.new if each.taken else each.old for each in own)
    return ChangeLine(label, before, after, source)


def _coded(field_id: str, value: str) -> Words:
    return code_words(field_id, value) if field_id in {"sex", "ethnic"} else value


def _materials(dossier: Dossier) -> tuple[FactLine, ...]:
    application = dossier.application
    source = say(f"missing.photo.{application.photo_source}") if application.photo else say("missing.note.exempt")
    lines = [
        FactLine(
            say("approve.photo"),
            source,
            say("sign_off.photo_ok") if application.photo_settled else say("sign_off.absent"),
            Mark.OK if application.photo_settled else Mark.WARN,
        )
    ]
    for material in application.materials:
        missing = material.state == "missing"
        verdict = say("sign_off.absent") if missing else say("sign_off.present")
        words = say(f"materials.state.{material.state}")
        lines.append(FactLine(words_of_material(material.name), words, verdict, Mark.ERR if missing else Mark.OK))
    return tuple(lines)


def _signatures(folder: Folder, clerk: str, supervisor: str) -> tuple[SignedLine, ...]:
    application = folder.dossier.application
    lines: list[SignedLine] = []
    for party in application.parties:
        valid = application.signed_by(party)
        kind = next((s.kind_of_signature for s in application.signatures if s.party == party), "")
        lines.append(
            SignedLine(
                say(f"sign.{party}"),
                name_of_party(application, party, clerk),
                Mark.OK if valid else Mark.WARN,
                say("sign.valid" if valid else "sign.void"),
                folder.strokes.get(party, Strokes()),
                say("sign.on_paper") if kind == "paper" else "",
            )
        )
    lines.append(
        SignedLine(
            say("sign_off.supervisor"), supervisor, Mark.TODO, say("sign.waits"), place=say("sign_off.password_place")
        )
    )
    return tuple(lines)
