"""How a desk asks the centre's key service in the two steps of the standard's reader library (LD/T 33-2015, HSM calls).

Step 1 brings what the card gave: identification code, historical bytes, algorithm, key address and id, random. Step 2
brings back what the card wants: the data bytes of EXTERNAL AUTHENTICATE, or of a command that gives a PIN back.
"""

from typing import Final

import msgspec

PATH: Final = "/v1/card-keys"
GIVEN: Final = "given"
UNCONFIRMED: Final = "unconfirmed"
"""`detail` of `other_card`: a card of this application was spoiled, and no second person has confirmed it."""


class CardKeyQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Step 1.

    Attributes:
        use_id: 32 hex characters, new for each question; the same question under it again is the same use.
        act: a word of `ports.keys.KeyAct`.
        application: the application's key, empty without one.
        reason: why, where no application says it.
        identification_code: EF05 item 01, 32 hex characters.
        historical: historical bytes of the answer to reset; the last eight are a factor of the card's key.
        algorithm: id of the cipher as the card states it: 1 3DES, 3 SM4.
        key: key address and id, six hex characters (`009412`).
        random: one block of the cipher from GET CHALLENGE.
        header: CLA INS P1 P2 of a command that gives a PIN back; empty for EXTERNAL AUTHENTICATE.
        block: the new PIN as a padded block, where the command carries one; the standard's call sends it plain as
            well, and so does this one inside TLS.
    """

    use_id: str
    act: str
    application: str
    reason: str
    identification_code: str
    historical: bytes
    algorithm: int
    key: str
    random: bytes
    header: bytes = b""
    block: bytes = b""

    def __repr__(self) -> str:
        return f"CardKeyQuestion(act={self.act!r}, key={self.key!r})"


class CardKeyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Step 2.

    Attributes:
        state: `given`, or why not: `unknown`, `step`, `seal`, `written`, `deferred`, `other_card`,
            `other_application`, `limit`, `no_key`, `no_reason`, `point`, `act`, `card`, `training`, `away`.
        data: data bytes of the command.
        per_hour: with `limit`: how many are given in an hour.
        minutes: with `limit`: when there will be one again.
        detail: with `other_card`: `unconfirmed`, or empty.
    """

    state: str
    data: bytes = b""
    per_hour: int = 0
    minutes: int = 0
    detail: str = ""

    def __repr__(self) -> str:
        return f"CardKeyAnswer(state={self.state!r})"
