"""Make the pictures that the training camera shows: the training portrait before a white wall, moving a little.

Source is one public-domain portrait; segmentation and grabCut part the sitter from the studio behind her, so that the
training camera can show what a counter's camera shows: one person before a wall. Other scenes are what goes wrong.
"""

import hashlib
import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 960, 720
SCALE = 2.5  # the sitter's face is then about 240 px wide, as in a counter camera's picture
FACE = (226.0, 115.0)  # the middle of the face in the source picture, px
OWN_TILT = 2.8  # how far the sitter holds the head to her own right in the source, degrees
WALL = 247
STEPS = 36
TAKES = 3  # pictures of each scene that stands still
GRAIN = 1.0  # standard deviation of a sensor's noise, of 255
HARDLY, PERHAPS, SURELY = 0.2, 0.5, 0.8  # the model's belief that a pixel is the sitter
QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 88]

Picture = NDArray[np.uint8]
Mask = NDArray[np.float32]


def cut_out(picture: Picture, model: Path) -> Mask:
    """Return how far each pixel belongs to the sitter, 0.0 to 1.0."""
    net = cv2.dnn.readNetFromTFLite(str(model))
    net.setInput(cv2.dnn.blobFromImage(picture, 1 / 255, (256, 256), swapRB=True))
    size = (picture.shape[1], picture.shape[0])
    likely = cv2.resize(net.forward().reshape(256, 256), size, interpolation=cv2.INTER_CUBIC)
    hint = np.full(likely.shape, cv2.GC_PR_BGD, np.uint8)
    hint[likely > PERHAPS] = cv2.GC_PR_FGD
    hint[cv2.erode((likely > SURELY).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0] = cv2.GC_FGD
    hint[cv2.dilate((likely > HARDLY).astype(np.uint8), np.ones((13, 13), np.uint8)) == 0] = cv2.GC_BGD
    cv2.setRNGSeed(1)
    cv2.grabCut(picture, hint, None, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    return np.isin(hint, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)


def place(
    scene: Picture, picture: Picture, mask: Mask, *, at: tuple[float, float], turn: float = 0.0, scale: float = SCALE
) -> Picture:
    """Draw the sitter with the middle of the face at `at`, turned by `turn` degrees from upright."""
    move = cv2.getRotationMatrix2D(FACE, turn + OWN_TILT, scale)
    move[:, 2] += np.array(at) - np.array(FACE)
    person = cv2.warpAffine(
        picture, move, (WIDTH, HEIGHT), flags=cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float32)
    alpha = cv2.warpAffine(mask, move, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=(0,))
    alpha = cv2.GaussianBlur(alpha, (0, 0), 2.0).clip(0, 1)[..., None]
    return (person * alpha + scene.astype(np.float32) * (1 - alpha)).clip(0, 255).astype(np.uint8)


def scenes(picture: Picture, mask: Mask) -> dict[str, Picture]:
    """Return every picture of the training camera by name: `person-00` onwards, and one for each fault."""
    rows = np.linspace(WALL + 1, WALL - 2, HEIGHT, dtype=np.float32).round().astype(np.uint8)
    wall = np.repeat(np.repeat(rows[:, None, None], WIDTH, axis=1), 3, axis=2)
    middle = (WIDTH / 2, HEIGHT * 0.46)
    made: dict[str, Picture] = {"empty": wall}
    for step in range(STEPS):
        phase = 2 * math.pi * step / STEPS
        at = (middle[0] + 7 * math.sin(phase), middle[1] + 3 * math.sin(2 * phase))
        made[f"person-{step:02d}"] = place(wall, picture, mask, at=at, turn=0.8 * math.sin(phase + 1))
    made["tilted"] = place(wall, picture, mask, at=middle, turn=-5.0)
    made["blurred"] = cv2.GaussianBlur(made["person-00"], (0, 0), 6.0)
    made["dark"] = (made["person-00"] * 0.22).astype(np.uint8)
    left = place(wall, picture, mask, at=(WIDTH * 0.27, HEIGHT * 0.42), scale=1.5)
    made["two"] = place(left, picture, mask, at=(WIDTH * 0.74, HEIGHT * 0.42), scale=1.5)
    noise = np.random.default_rng(1)
    for name in ("empty", "tilted", "blurred", "dark", "two"):  # a sensor never gives the same picture twice
        for take in range(1, TAKES):
            grain = noise.normal(0, GRAIN, (HEIGHT, WIDTH, 1))
            made[f"{name}-{take:02d}"] = (made[name] + grain).round().clip(0, 255).astype(np.uint8)
    return made


def build(target: Path) -> None:
    """Write the scenes to `target/training/camera/` unless they were made from the same source by the same steps."""
    source, folder = target / "training" / "astronaut.png", target / "training" / "camera"
    origin = hashlib.sha256(source.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    made_from = folder / "made-from.sha256"
    if made_from.exists() and made_from.read_text(encoding="ascii").strip() == origin:
        return
    folder.mkdir(parents=True, exist_ok=True)
    picture = cv2.imread(str(source))
    mask = cut_out(picture, target / "models" / "selfie_segmentation.tflite")
    for name, scene in scenes(picture, mask).items():
        (folder / f"{name}.jpg").write_bytes(cv2.imencode(".jpg", scene, QUALITY)[1].tobytes())
    made_from.write_text(origin + "\n", encoding="ascii")
    print("made training camera pictures")
