import sys
import threading
import time
from pathlib import Path

import pytest

from sscard_desk.bootstrap import breathing


def module(folder: Path, name: str) -> str:
    (folder / f"{name}.py").write_text("loaded = True\n", encoding="utf-8")
    return name


def test_the_loading_thread_rests_before_each_module_and_no_other_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    rested: list[int] = []
    monkeypatch.setattr(time, "sleep", lambda _seconds: rested.append(threading.get_ident()))
    mine, others = module(tmp_path, "breathing_mine"), module(tmp_path, "breathing_others")
    before = list(sys.meta_path)
    with breathing.breathing():
        assert __import__(mine).loaded
        thread = threading.Thread(target=__import__, args=(others,))
        thread.start()
        thread.join()
    assert rested == [threading.get_ident()]
    assert sys.modules[others].loaded
    assert sys.meta_path == before
