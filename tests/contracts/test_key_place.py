"""One contract for every place of card keys: a SoftHSM2 token, and the vault with both of its ciphers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_bytes, token_hex

import pytest

from sscard_desk.cards import cipher, pin_commands
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.profile import CardProfile
from sscard_desk.central.card_keys import key_sheet
from sscard_desk.central.card_keys.key_place import Challenge, KeyLabel, KeyPlace
from sscard_desk.central.card_keys.token import Token
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.card_keys import CardKeyExists, CardKeyUnknown, TokenRefused
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse, PinOrder
from tests.machines.key_places import PASSPHRASE, PIN, new_vault, soft_token
from tests.machines.pcsc import sm4_profile, training_profile

pytestmark = pytest.mark.real
CODE = "110101D156000005" + "0000000112345678"
HISTORICAL = bytes(range(13))
FACTORS = (b"110101sx", HISTORICAL[-8:])


class Bench:
    """A place, and a profile of the cipher that is tried."""

    def __init__(self, make: Callable[[], KeyPlace], profile: CardProfile) -> None:
        self.make = make
        self.profile = profile
        self.place = make()
        self.algorithm = profile.algorithm
        self.label = KeyLabel("009412", profile.algorithm)
        self.random = token_bytes(cipher.block_length(profile.algorithm))
        self.challenge = Challenge(FACTORS, self.random)


@pytest.fixture(params=["pkcs11 3DES", "vault 3DES", "vault SM4"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    profile = sm4_profile() if "SM4" in request.param else training_profile()
    if "vault" in request.param:
        made = new_vault(tmp_path)
        bench = Bench(lambda: type(made).open(tmp_path / "card_keys.vault", PASSPHRASE), profile)
    else:
        token, prefix = soft_token(), token_hex(4)
        bench = Bench(lambda: Token(token.module, token.label, PIN, prefix), profile)
    yield bench
    bench.place.close()


def test_a_place_answers_as_the_training_keys_do(bench: Bench) -> None:
    training = TrainingKeys(bench.profile, training=True)
    factors = CardFactors(CODE, CODE[:6], HISTORICAL)
    for key in (bench.profile.update_key, bench.profile.read_key):
        label = KeyLabel(key.hsm_name, bench.algorithm)
        bench.place.put(label, bench.profile.training_keys[key.apdu_key_id])
        due = training.external_authentication(key.apdu_key_id, factors, bench.random)
        assert bench.place.authentication(label, bench.challenge) == due
    pin = bench.profile.pin_key
    assert pin is not None
    label = KeyLabel(pin.hsm_name, bench.algorithm)
    bench.place.put(label, bench.profile.training_keys[pin.apdu_key_id])
    for header, block in (
        (pin_commands.RELOAD, bytes(pin_commands.block(b"246802", bench.algorithm))),
        (pin_commands.UNBLOCK, b""),
    ):
        made = bench.place.protected_pin(label, bench.challenge, header, block)
        use = KeyUse(KeyAct.RESET_PIN, reason="forgotten")
        assert made == training.protected_pin(PinOrder(header, block), factors, bench.random, use)


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_any_number_of_levels_is_gone_down(bench: Bench, levels: int) -> None:
    key, challenge = token_bytes(16), Challenge(tuple(token_bytes(8) for _ in range(levels)), bench.random)
    bench.place.put(bench.label, key)
    due = key_sheet.authentication(bench.algorithm, key, challenge)
    assert bench.place.authentication(bench.label, challenge) == due
    block = token_bytes(cipher.block_length(bench.algorithm))
    due = key_sheet.protected_pin(bench.algorithm, key, challenge, pin_commands.RELOAD, block)
    assert bench.place.protected_pin(bench.label, challenge, pin_commands.RELOAD, block) == due


def test_a_key_is_still_there_after_the_place_was_opened_anew_and_its_proof_is_the_same(bench: Bench) -> None:
    key = token_bytes(16)
    bench.place.put(bench.label, key)
    proof = bench.place.proof(bench.label)
    assert proof == key_sheet.proof(bench.algorithm, key)
    bench.place.close()
    again = bench.make()
    assert again.labels() == (bench.label,)
    assert again.proof(bench.label) == proof
    again.close()


def test_a_key_is_put_in_once_and_gone_when_it_is_taken_out(bench: Bench) -> None:
    bench.place.put(bench.label, token_bytes(16))
    with pytest.raises(CardKeyExists):
        bench.place.put(bench.label, token_bytes(16))
    bench.place.take_out(bench.label)
    bench.place.take_out(bench.label)
    assert bench.place.labels() == ()
    with pytest.raises(CardKeyUnknown) as unknown:
        bench.place.authentication(bench.label, bench.challenge)
    assert unknown.value.key == "009412"


def test_no_key_stands_in_what_a_place_says_of_itself_or_in_its_errors(bench: Bench) -> None:
    key = token_bytes(16)
    bench.place.put(bench.label, key)
    said = [repr(bench.place)]
    for wrong in (
        lambda: bench.place.put(bench.label, key),
        lambda: bench.place.proof(KeyLabel("FFFFFF", bench.algorithm)),
    ):
        with pytest.raises(CentreTrouble) as caught:
            wrong()
        said += [str(caught.value), repr(caught.value), repr(caught.value.__cause__), repr(caught.value.__context__)]
    assert not any(key.hex() in each.lower() or repr(key)[2:-1] in each for each in said)


def test_a_token_lets_no_master_key_out_and_encrypts_nothing_with_it() -> None:
    import pkcs11
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.exceptions import PKCS11Error

    token, prefix, label = soft_token(), token_hex(4), KeyLabel("009412", Algorithm.TRIPLE_DES)
    place = Token(token.module, token.label, PIN, prefix)
    place.put(label, token_bytes(16))
    place.close()
    with pkcs11.lib(str(token.module)).get_token(token_label=token.label).open(rw=True, user_pin=PIN) as session:
        master = session.get_key(object_class=ObjectClass.SECRET_KEY, label=prefix + label.text)
        assert master[Attribute.SENSITIVE]
        assert not master[Attribute.EXTRACTABLE]
        with pytest.raises(PKCS11Error):
            master[Attribute.VALUE]
        with pytest.raises(PKCS11Error):
            master[Attribute.EXTRACTABLE] = True
        assert not master[Attribute.ENCRYPT]  # what it made of a factor would be half of a city's key


def test_a_token_is_refused_by_what_is_wrong_with_it(tmp_path: Path) -> None:
    token = soft_token()
    label = KeyLabel("009412", Algorithm.TRIPLE_DES)
    for module, name, pin, reason in (
        (tmp_path / "none.so", token.label, PIN, "module"),
        (token.module, "another", PIN, "token"),
        (token.module, token.label, "wrong-pin", "pin"),
    ):
        with pytest.raises(TokenRefused) as refused:
            Token(module, name, pin, "x").labels()
        assert refused.value.reason == reason
        assert "wrong-pin" not in str(refused.value)
    with pytest.raises(TokenRefused) as refused:
        Token(token.module, token.label, PIN, "x").put(KeyLabel(label.name, Algorithm.SM4), bytes(16))
    assert refused.value.reason == "cipher"
