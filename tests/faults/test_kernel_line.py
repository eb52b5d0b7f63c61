"""A line that the kernel itself narrows and takes away; `python -m tests.faults.kernel_line` is the long way of it."""

import pytest

from tests.faults import kernel_line

lacks = kernel_line.missing()


@pytest.mark.skipif(bool(lacks), reason=f"a narrow line of the kernel's own needs {lacks}")
def test_a_backlog_gets_through_a_narrow_line_that_drops() -> None:
    words = ["--kbit", "128", "--entries", "60", "--photos", "2", "--drop-every", "2", "--drop-for", "0.5"]
    found = kernel_line.outside(words)
    assert found["drops"]
    assert (found["acknowledged"], found["photos"], found["photos_before_the_journals_end"]) == (62, 2, 0)
    assert (found["lost"], found["twice"], found["unequal"], found["wrong"]) == (0, 0, 0, [])
