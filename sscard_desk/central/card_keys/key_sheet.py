"""What the vault computes with a key at hand; the tests hold the token's answers against it."""

from sscard_desk.cards import cipher, key_chain, pin_commands
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.central.card_keys.key_place import CHECK_LENGTH, Challenge

ZERO_FACTOR = bytes(8)


def check_value(algorithm: Algorithm, key: bytes) -> bytes:
    """Return a key's check value: the first three bytes of an encrypted block of zeros."""
    return cipher.encrypt(algorithm, key, bytes(cipher.block_length(algorithm)))[:CHECK_LENGTH]


def proof(algorithm: Algorithm, key: bytes) -> bytes:
    """Return the check value of the key one level below (`KeyPlace.proof`)."""
    return check_value(algorithm, key_chain.diversified(key, ZERO_FACTOR, algorithm))


def card_key(algorithm: Algorithm, key: bytes, factors: tuple[bytes, ...]) -> bytes:
    """Return the key below all levels."""
    for factor in factors:
        key = key_chain.diversified(key, factor, algorithm)
    return key


def authentication(algorithm: Algorithm, key: bytes, challenge: Challenge) -> bytes:
    """Return the data bytes of EXTERNAL AUTHENTICATE under a master key."""
    own = card_key(algorithm, key, challenge.factors)
    return key_chain.answer_to_challenge(own, challenge.random, algorithm)


def protected_pin(algorithm: Algorithm, key: bytes, challenge: Challenge, header: bytes, block: bytes) -> bytes:
    """Return the data bytes of a PIN command under a master key."""
    own = card_key(algorithm, key, challenge.factors)
    return pin_commands.protected(algorithm, own, challenge.random, header, block)
