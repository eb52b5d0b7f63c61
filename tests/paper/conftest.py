import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PIL import Image, ImageDraw

from sscard_desk.paper import PaperContext


@pytest.fixture(scope="session")
def portrait() -> bytes:
    """A drawn head of 358 x 441 px as JPEG."""
    picture = Image.new("RGB", (358, 441), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((90, 60, 268, 290), fill=(224, 190, 160))
    pen.rectangle((60, 330, 300, 441), fill=(60, 80, 120))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=85)
    return target.getvalue()


@pytest.fixture(scope="session")
def facts(portrait: bytes) -> Callable[..., PaperContext]:
    """Make the facts of a paper; any of them can be given by name."""

    def make(letter: str = "R", **changed: object) -> PaperContext:
        known: dict[str, object] = {
            "application_no": "4201-03-26-00123-2",
            "serial": f"4201-03-26-00123-2-{letter}1",
            "copy": 1,
            "issued": datetime(2026, 11, 23, 2, 52, tzinfo=UTC),
            "due": date(2026, 12, 7),
            "photo_jpeg": portrait,
            "service_point": "城关街道社保服务点",
            "printed_by": "王丽",
        }
        return PaperContext(**(known | changed))

    return make
