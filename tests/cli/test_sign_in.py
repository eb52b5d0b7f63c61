"""Where secrets of the command line come from."""

import getpass
import os
from collections.abc import Iterator

import pytest

from sscard_desk.cli.sign_in import read_code, read_password
from sscard_desk.domain.errors.operator import UsageWrong


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    os.close(ends[0])


def test_code_and_password_may_come_one_after_the_other_from_one_descriptor(pipe: tuple[int, int]) -> None:
    read, write = pipe
    os.write(write, "D-1:abc\r\n密码 with blanks \n".encode())
    os.close(write)
    assert (read_code(read), read_password(read)) == ("D-1:abc", "密码 with blanks ")


@pytest.mark.parametrize("given", [b"", b"\n", b" \n", b"\xff\n"])
def test_no_code_is_wrong_usage(given: bytes, pipe: tuple[int, int]) -> None:
    read, write = pipe
    os.write(write, given)
    os.close(write)
    with pytest.raises(UsageWrong):
        read_code(read)


def test_without_a_descriptor_the_code_is_asked_for_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or " D-1:abc ")
    assert read_code(None) == "D-1:abc"
    assert asked == ["Enrolment code: "]
