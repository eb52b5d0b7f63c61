"""The invented service point of training mode: its desk, staff, banks and stock of blank cards."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sscard_desk.domain.ids import Role
from sscard_desk.domain.numbers.card_number import check_character
from sscard_desk.resources import resource


@dataclass(frozen=True)
class TrainingAccount:
    """A published account: name and password stand in `docs/cli.md`."""

    name: str
    display_name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True)
class TrainingBlank:
    """A blank of the training stock.

    Attributes:
        identification_code: 32 hex characters: region, registered id, eight derived bytes.
        card_number: nine characters with their GB 11714 check.
        stock_no: as on the stock list.
    """

    identification_code: str
    card_number: str
    stock_no: str


@dataclass(frozen=True)
class TrainingPoint:
    """Everything that `resources/training/point.toml` says."""

    code: str
    name: str
    region: str
    desk: str
    desk_no: int
    window: str
    accounts: tuple[TrainingAccount, ...]
    banks: tuple[Mapping[str, str], ...]
    blanks: tuple[TrainingBlank, ...]
    spec_version: str

    def account(self, role: Role) -> TrainingAccount:
        """Return the training account with this role."""
        return next(account for account in self.accounts if account.role is role)


def training_point() -> TrainingPoint:
    """Return the training service point."""
    table = tomllib.loads(resource("training", "point.toml").read_text(encoding="utf-8"))
    point, blanks = table["point"], table["blanks"]
    return TrainingPoint(
        code=point["code"],
        name=point["name"],
        region=point["region"],
        desk=point["desk"],
        desk_no=point["desk_no"],
        window=point["window"],
        accounts=tuple(
            TrainingAccount(row["name"], row["display_name"], Role(row["role"]), row["password"])
            for row in table["account"]
        ),
        banks=tuple(table["bank"]),
        blanks=tuple(_blank(point["region"], blanks["first"] + n) for n in range(blanks["count"])),
        spec_version=blanks["spec_version"],
    )


def _blank(region: str, running: int) -> TrainingBlank:
    # the last eight bytes of a genuine code are the issuer's business; here they only have to differ
    tail = hashlib.sha256(f"training blank {running}".encode()).hexdigest()[:16].upper()
    body = f"K{running:07d}"
    return TrainingBlank(f"{region}D156000005{tail}", body + check_character(body), f"K-{running:06d}")
