"""Signing in: name, password and code are looked at together, and a wrong one is never told from another."""

from dataclasses import replace

from sqlalchemy import Connection

from sscard_desk.central.admin import factor, passwords, sessions, throttle
from sscard_desk.central.admin.acting import acting, noted
from sscard_desk.central.admin.secrets import seal, unseal
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import operator_sessions, operators
from sscard_desk.central.store.operators import ACTIVE, INVITED, Operator
from sscard_desk.domain.errors.administration import FactorCodeWrong, OperatorSignInWrong, OperatorUnknown


def sign_in(centre: OpenCentre, name: str, password: str, code: str, address: str) -> sessions.Open:
    """Begin a session.

    Args:
        centre: the centre.
        name: as typed.
        password: as typed; an invited operator's first one.
        code: six digits of the second factor, or a recovery code; empty with a first password.
        address: where it comes from.

    Raises:
        OperatorPaused: too many wrong tries; nothing was looked at.
        OperatorSignInWrong: they do not fit.
    """
    throttle.begin(centre, name, address)
    with centre.database.reading() as connection:
        known = operators.find(connection, name)
    fits = passwords.fits(password, *((known.salt, known.hash, known.cost) if known else (b"", b"", "")))
    if known is None or known.state not in {ACTIVE, INVITED}:
        # what was typed may be anybody's password: the record says that it happened, not what it was
        noted(centre, "", "sign-in", "", OperatorSignInWrong.code)
        raise OperatorSignInWrong
    with acting(centre, name, "sign-in", "") as noting:
        if not fits:
            raise OperatorSignInWrong
        begun = noting.database.write(lambda connection: _let_in(centre, connection, known, code))
    throttle.right(centre, name, address)
    return begun


def set_up(centre: OpenCentre, open_: sessions.Open, password: str, code: str) -> tuple[sessions.Open, list[str]]:
    """End an invitation: own password, second factor; return the session that follows and the recovery codes.

    Raises:
        PasswordTooShort: the new password.
        FactorCodeWrong: the code is not one of the secret that was shown.
        OperatorUnknown: the operator was reset or removed in between.
    """
    passwords.need_length(password)
    name = open_.session.operator
    secret = unseal(centre.keys, open_.session.pending, name)
    step = factor.step_of(secret, code.replace(" ", ""), centre.now_ms()) if secret else None
    if step is None:
        raise FactorCodeWrong
    salt, known, cost = passwords.hashed(password)
    codes = factor.recovery_codes()
    digests = [digest for each in codes if (digest := factor.recovery_digest(each))]
    begun = sessions.made(centre, name, sessions.SIGNED_IN)
    with acting(centre, name, "operator.set-up", name) as noting, noting.database.writing() as connection:
        found = operators.find(connection, name, for_update=True)
        if found is None or found.state != INVITED or operator_sessions.find(connection, open_.session.digest) is None:
            raise OperatorUnknown
        made = Operator(name, ACTIVE, salt, known, cost, 0, seal(centre.keys, secret, name), step, found.since_ms)
        operators.keep(connection, made)
        operators.keep_recovery(connection, name, digests)
        operator_sessions.end_all(connection, name)
        sessions.begin(connection, begun)
    return begun, codes


def change_password(centre: OpenCentre, open_: sessions.Open, old: str, new: str, address: str) -> None:
    """Change an operator's own password; every other session of theirs ends.

    Raises:
        PasswordTooShort: the new one.
        OperatorPaused, OperatorSignInWrong: the old one.
    """
    passwords.need_length(new)
    name = open_.session.operator
    _need_password(centre, name, old, address)
    salt, known, cost = passwords.hashed(new)
    with acting(centre, name, "operator.password", name) as noting, noting.database.writing() as connection:
        found = operators.find(connection, name, for_update=True)
        if found is None or found.state != ACTIVE:
            raise OperatorUnknown
        operators.keep(connection, replace(found, salt=salt, hash=known, cost=cost))
        operator_sessions.end_all(connection, name, but=open_.session.digest)


def new_recovery_codes(centre: OpenCentre, open_: sessions.Open, password: str, address: str) -> list[str]:
    """Replace an operator's own recovery codes, and return the new ones; they are shown once.

    Raises:
        OperatorPaused, OperatorSignInWrong: the password.
    """
    name = open_.session.operator
    _need_password(centre, name, password, address)
    codes = factor.recovery_codes()
    digests = [digest for each in codes if (digest := factor.recovery_digest(each))]
    with acting(centre, name, "operator.recovery", name) as noting, noting.database.writing() as connection:
        operators.keep_recovery(connection, name, digests)
    return codes


def sign_out(centre: OpenCentre, open_: sessions.Open) -> None:
    """End a session."""
    with acting(centre, open_.session.operator, "sign-out", "") as noting, noting.database.writing() as connection:
        operator_sessions.end(connection, open_.session.digest)


def end_others(centre: OpenCentre, open_: sessions.Open) -> None:
    """End every other session of the same operator."""
    name, own = open_.session.operator, open_.session.digest
    with acting(centre, name, "session.end-others", name) as noting, noting.database.writing() as connection:
        operator_sessions.end_all(connection, name, but=own)


def _need_password(centre: OpenCentre, name: str, password: str, address: str) -> None:
    throttle.begin(centre, name, address)
    with centre.database.reading() as connection:
        found = operators.find(connection, name)
    if found is None or not passwords.fits(password, found.salt, found.hash, found.cost):
        raise OperatorSignInWrong
    throttle.right(centre, name, address)


def _let_in(centre: OpenCentre, connection: Connection, looked_at: Operator, code: str) -> sessions.Open:
    """Begin the session of an operator whose password fits, unless they were changed meanwhile.

    Raises:
        OperatorSignInWrong: changed, an invitation that is over, or a code that does not fit.
    """
    known = operators.find(connection, looked_at.name, for_update=True)
    if known is None or (known.state, known.hash) != (looked_at.state, looked_at.hash):
        raise OperatorSignInWrong
    if known.state == INVITED:
        if centre.now_ms() > known.first_until_ms:
            raise OperatorSignInWrong
        pending = seal(centre.keys, factor.new_secret(), known.name)
        begun = sessions.made(centre, known.name, sessions.SETTING_UP, pending)
    elif _take_code(centre, connection, known, code):
        begun = sessions.made(centre, known.name, sessions.SIGNED_IN)
    else:
        raise OperatorSignInWrong
    sessions.begin(connection, begun)
    return begun


def _take_code(centre: OpenCentre, connection: Connection, known: Operator, code: str) -> bool:
    """Use up a code of the second factor, or a recovery code; return whether it fits and was not used before."""
    plain = code.replace(" ", "")
    digest = factor.recovery_digest(plain)
    if digest is not None:
        return operators.take_recovery(connection, known.name, digest)
    secret = unseal(centre.keys, known.factor, known.name)
    step = factor.step_of(secret, plain, centre.now_ms()) if secret else None
    return step is not None and operators.take_step(connection, known.name, step)
