"""The docs are held against the code."""

import re
import tomllib
from configparser import ConfigParser
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from sscard_desk.bootstrap.settings import FILE, load_settings
from sscard_desk.cli.run import VERBS
from sscard_desk.domain.events import KINDS
from sscard_desk.resources import resource, root
from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Catalogue
from sscard_desk.training.point import training_point

ARCHITECTURE = (root() / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = sorted(p.parent.name for p in (root() / "sscard_desk").glob("*/__init__.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_the_architecture_names_every_package(package: str) -> None:
    assert f"`sscard_desk.{package}`" in ARCHITECTURE


def test_the_architecture_names_no_package_that_is_gone() -> None:
    named = set(re.findall(r"`sscard_desk\.([a-z_]+)`", ARCHITECTURE))
    assert named - {"__main__", "resources"} == set(PACKAGES)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_command_line_reference_has_every_verb(verb: str) -> None:
    assert f"## {verb}\n" in (root() / "docs" / "cli.md").read_text(encoding="utf-8")


def test_the_training_accounts_stand_in_the_command_line_reference() -> None:
    text = (root() / "docs" / "cli.md").read_text(encoding="utf-8")
    for account in training_point().accounts:
        assert f"| {account.name} | {account.role.value} | {account.password} |" in text


def test_both_languages_have_the_same_texts_with_the_same_fields() -> None:
    subjects = {path.stem for path in resource("texts", SIMPLIFIED_CHINESE).glob("*.toml")}
    assert subjects == {path.stem for path in resource("texts", ENGLISH).glob("*.toml")}
    zh, en = Catalogue(SIMPLIFIED_CHINESE), Catalogue(ENGLISH)
    fields = re.compile(r"{(\w+)")
    for subject in sorted(subjects):
        left, right = zh.subject(subject), en.subject(subject)
        assert left.keys() == right.keys(), subject
        for name, text in left.items():
            assert set(fields.findall(text)) == set(fields.findall(right[name])), f"{subject}.{name}"


def test_no_lock_file_names_an_index() -> None:
    for path in (root() / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8")


def test_the_project_file_is_readable_without_the_program() -> None:
    assert tomllib.loads((root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"] == "sscard-desk"


DOCS = [root() / "README.md", *sorted((root() / "docs").glob("*.md")), *sorted((root() / "docs" / "adr").glob("*.md"))]
ROOMS = ("sscard_desk", "tests", "tools", "docs", "forms", "resources")
ENDINGS = frozenset({".py", ".md", ".toml", ".html", ".json", ".png", ".svg"})
INVENTED = frozenset({"skimage/data/astronaut.png", "DIR/report.json"})
"""Of another package, and an example."""


def spoken(path: Path) -> str:
    """Return a doc without its blocks of code."""
    return re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def spans(path: Path) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", spoken(path)))


@cache
def files() -> frozenset[str]:
    found = (path for room in ROOMS for path in (root() / room).rglob("*") if "__pycache__" not in path.parts)
    return frozenset(path.relative_to(root()).as_posix() for path in found)


def is_there(name: str) -> bool:
    """Return whether a file or folder of this name lies in the house; docs leave out the rooms above it."""
    name = name.rstrip("/")
    return any(f"/{file}".endswith(f"/{name}") for file in files()) or (root() / name).exists()


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_doc_names_is_there(doc: Path) -> None:
    paths = {span for span in spans(doc) if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", span)}
    named = {path for path in paths if path.split("/")[0] in ROOMS or Path(path).suffix in ENDINGS}
    named = {path for path in named if not re.fullmatch(r"docs/adr/\d{4}", path)}
    assert [path for path in sorted(named - INVENTED) if not is_there(path)] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_link_of_a_doc_leads_somewhere(doc: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", spoken(doc))
    assert [link for link in links if "://" not in link and not (doc.parent / link).exists()] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_decision_that_a_doc_names_was_written_down(doc: Path) -> None:
    made = {int(path.name[:4]) for path in (root() / "docs" / "adr").glob("[0-9]*.md")}
    named = re.findall(r"\bADRs? (\d+)\b|\badr/(\d{4})\b", doc.read_text(encoding="utf-8"))
    assert {int(spelt or path) for spelt, path in named} <= made


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_error_that_a_doc_names_has_its_advice(doc: Path) -> None:
    known = set(re.findall(r"\bE\d{3,4}\b", (root() / "docs" / "errors.md").read_text(encoding="utf-8")))
    assert set(re.findall(r"\bE\d{3,4}\b", doc.read_text(encoding="utf-8"))) <= known


def module_is_there(dotted: str) -> bool:
    """Return whether `usecases.identify` or `store.feed.apply` names a module, or something that a module holds."""
    at = root() / "sscard_desk"
    parts = dotted.split(".")
    while parts and (at / parts[0]).is_dir():
        at = at / parts.pop(0)
    file = at / f"{parts.pop(0)}.py" if parts and (at / f"{parts[0]}.py").exists() else at / "__init__.py"
    held = file.read_text(encoding="utf-8")
    return all(re.search(rf"\b{part}\b", held) for part in parts)


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_module_that_a_doc_names_is_there(doc: Path) -> None:
    drawn = re.findall(r"^ {4,}(?:-> )?([a-z_]+(?:\.[a-z_]+)+)", spoken(doc), re.MULTILINE)
    dotted = {span for span in spans(doc) if re.fullmatch(r"[a-z_]+(\.\w+)+", span)} | set(drawn)
    ours = {each for each in dotted if each.split(".")[0] in PACKAGES and Path(each).suffix not in ENDINGS}
    assert [each for each in sorted(ours - KINDS.keys()) if not module_is_there(each)] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)
def test_every_verb_that_a_doc_names_is_one(doc: Path) -> None:
    begun = {span.removeprefix("sscard-desk ") for span in spans(doc) if span.startswith(("sscard-desk ", "central "))}
    words = [re.match(r"[a-z-]+(?: [a-z-]+)*", span) for span in begun]
    named = [match[0].split() for match in words if match]
    assert [each for each in named if not any(" ".join(each[:count]) in VERBS for count in (1, 2, 3))] == []


def test_the_architecture_lists_the_packages_as_the_floors_stand() -> None:
    floors = ConfigParser()
    floors.read(root() / ".importlinter", encoding="utf-8")
    layers = re.findall(r"\w+", floors["importlinter:contract:floors"]["layers"])
    listed = re.findall(r"^\| `sscard_desk\.(\w+)`", ARCHITECTURE, re.MULTILINE)
    assert [name for name in listed if name in layers] == layers


OUTSIDE = {
    "PySide6": ("ui", "bootstrap/program.py"),
    "sqlalchemy": ("store", "central"),
    "smartcard": ("devices",),
    "serial": ("devices",),
    "reportlab": ("paper",),
    "cv2": ("imaging", "devices/camera"),
    "openpyxl": ("spreadsheets",),
}


@pytest.mark.parametrize(("library", "rooms"), OUTSIDE.items(), ids=OUTSIDE)
def test_an_outside_library_is_known_in_its_rooms_alone(library: str, rooms: tuple[str, ...]) -> None:
    program = root() / "sscard_desk"
    knows = re.compile(rf"^\s*(from|import) {library}\b", re.MULTILINE)
    found = (path.relative_to(program).as_posix() for path in program.rglob("*.py") if knows.search(path.read_text()))
    assert [path for path in sorted(found) if not path.startswith(rooms)] == []


def test_the_settings_in_the_readme_are_taken_as_they_stand(tmp_path: Path) -> None:
    text = (root() / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^ +\[id_reader\]\n(?: +.*\n|\n)+", text, re.MULTILINE)
    assert block
    (tmp_path / FILE).write_text(dedent(block[0]), encoding="utf-8")
    sections = set(re.findall(r"^\[(\w+)\]", dedent(block[0]), re.MULTILINE))
    assert {"id_reader", "camera", "centre", "form"} <= sections
    load_settings(tmp_path)


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    found = sorted((root() / "docs" / "adr").glob("[0-9]*.md"))
    assert len({path.name[:4] for path in found}) == len(found)
    for path in found:
        assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. "), path.name
