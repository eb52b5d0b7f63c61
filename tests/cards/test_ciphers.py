"""Ciphers, key chain and MACs against published vectors."""

import pytest

from sscard_desk.cards import cipher, key_chain, secure_messaging
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.domain.errors.card_model import CipherNotBuilt

KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")


def test_sm4_gives_the_bytes_of_its_standard() -> None:
    # GB/T 32907-2016, appendix A.1
    assert cipher.encrypt(Algorithm.SM4, KEY, KEY) == bytes.fromhex("681EDF34D206965E86B3E94F536E4246")


def test_single_des_gives_the_bytes_of_its_standard() -> None:
    # FIPS 81, table B1: ECB of "Now is t"
    assert cipher.single_des(KEY[:8], b"Now is t") == bytes.fromhex("3FA40E8A984D4815")


@pytest.mark.parametrize("algorithm", [Algorithm.SSF33, Algorithm.OTHER])
def test_a_cipher_that_nobody_can_compute_is_refused_by_name(algorithm: Algorithm) -> None:
    with pytest.raises(CipherNotBuilt) as caught:
        key_chain.card_key(KEY, ("city", "card"), "110101", bytes(13), algorithm)
    assert caught.value.cipher == algorithm.name


def test_an_sm4_key_is_one_block_of_the_factor_and_its_complement() -> None:
    factor = bytes(range(8))
    made = key_chain.diversified(KEY, factor, Algorithm.SM4)
    assert made == cipher.encrypt(Algorithm.SM4, KEY, factor + bytes(255 - byte for byte in factor))


def test_the_answer_to_a_challenge_has_sixteen_bytes_with_either_cipher() -> None:
    for algorithm in (Algorithm.TRIPLE_DES, Algorithm.SM4):
        challenge = bytes(key_chain.challenge_length(algorithm))
        assert len(key_chain.answer_to_challenge(KEY, challenge, algorithm)) == 16


def test_a_mac_is_that_of_iso_9797_algorithm_3() -> None:
    # ISO/IEC 9797-1:2011, annex B.3: algorithm 3, padding method 2, of this very text
    made = secure_messaging.mac(Algorithm.TRIPLE_DES, KEY, bytes(8), b"Now is the time for all ")
    assert made == bytes.fromhex("E9086230")


def test_an_sm4_mac_is_the_end_of_a_chain() -> None:
    message = bytes(range(20))
    padded = message + b"\x80" + bytes(11)
    first = cipher.encrypt(Algorithm.SM4, KEY, bytes(a ^ b for a, b in zip(padded[:16], bytes(range(16)), strict=True)))
    last = cipher.encrypt(Algorithm.SM4, KEY, bytes(a ^ b for a, b in zip(padded[16:], first, strict=True)))
    assert secure_messaging.mac(Algorithm.SM4, KEY, bytes(range(16)), message) == last[:4]


def test_what_is_protected_counts_its_mac() -> None:
    assert secure_messaging.to_be_protected(bytes.fromhex("00DC0500060504 20261122")).hex() == "04dc05000a050420261122"
