"""Reading the layout of a card's face: a checked schema, and errors with file, line and key."""

from pathlib import Path

from sscard_desk.cards.data_file import open_data, refuse_if_wrong
from sscard_desk.domain.card_face import FaceField, FaceLayout, FaceLine
from sscard_desk.forms.node import Node
from sscard_desk.resources import resource


def shipped_face(name: str) -> FaceLayout:
    """Return a layout that came with the program.

    Raises:
        CardDataWrong: there is none of this name.
    """
    return load_face(resource("card_faces", f"{name}.toml"))


def load_face(path: Path) -> FaceLayout:
    """Read a layout; its name is the file's name without the ending.

    Raises:
        CardDataWrong: the file is missing or breaks the schema; the first problem with line and key.
    """
    root = open_data(path)
    photo = root.table("photo")
    layout = FaceLayout(
        name=path.stem,
        width=root.number("width"),
        height=root.number("height"),
        photo=(photo.number("x"), photo.number("y"), photo.number("width"), photo.number("height")),
        lines=tuple(_line(node) for node in root.tables("line")),
        type_size=root.number("type_size"),
        smallest_type=root.number("smallest_type"),
        right=root.number("right"),
    )
    photo.done()
    root.done()
    refuse_if_wrong(root)
    return layout


def _line(node: Node) -> FaceLine:
    line = FaceLine(node.choice("field", FaceField), node.text("label", ""), node.number("x"), node.number("y"))
    node.done()
    return line
