"""468 points on a face, by the face landmark model (192 x 192 px)."""

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.imaging.faces import Face
from sscard_desk.imaging.models import net

SIDE: Final = 192
AROUND: Final = 1.5
"""The model looks at the face's box enlarged by this and turned until the eyes are level."""
POINTS: Final = 468

# Numbers of points in the model's own map; "right" is the person's own right, at the left of the picture.
RIGHT_CHEEK: Final = 234
LEFT_CHEEK: Final = 454
FOREHEAD: Final = 10
CHIN: Final = 152
RIGHT_EYE: Final = (33, 133)
LEFT_EYE: Final = (263, 362)
RIGHT_LIDS: Final = ((160, 144), (159, 145), (158, 153))
LEFT_LIDS: Final = ((387, 373), (386, 374), (385, 380))
INNER_LIPS: Final = (13, 14)
MOUTH_CORNERS: Final = (78, 308)


@dataclass(frozen=True, eq=False)
class Mesh:
    """The points of one face.

    Attributes:
        points: float32, 468 x 3: x and y in pixels of the picture, z in the same scale, away from the camera.
        certainty: 0.0 to 1.0 that this is a face.
    """

    points: NDArray[np.float32]
    certainty: float

    @property
    def right_eye(self) -> NDArray[np.float32]:
        """Return the middle of the person's own right eye (x, y, z)."""
        return np.asarray(self.points[list(RIGHT_EYE)].mean(axis=0))

    @property
    def left_eye(self) -> NDArray[np.float32]:
        """Return the middle of the person's own left eye (x, y, z)."""
        return np.asarray(self.points[list(LEFT_EYE)].mean(axis=0))

    def moved(self, scale: float, left: float, top: float) -> "Mesh":
        """Return the same mesh in a picture cut at `left`, `top` and then enlarged by `scale`."""
        offset = np.array((left, top, 0), np.float32)
        return Mesh((self.points - offset) * np.float32(scale), self.certainty)


def read_mesh(picture: NDArray[np.uint8], face: Face) -> Mesh:
    """Return the points of one face.

    Args:
        picture: uint8, height x width x 3, BGR.
        face: from `find_faces` on the same picture.

    Raises:
        ShippedFileMissing: the model is not installed.
    """
    turn = math.atan2(face.left_eye[1] - face.right_eye[1], face.left_eye[0] - face.right_eye[0])
    centre = (face.left + face.width / 2, face.top + face.height / 2)
    scale = SIDE / (max(face.width, face.height) * AROUND)
    into = np.asarray(cv2.getRotationMatrix2D(centre, math.degrees(turn), scale), np.float64)
    into[:, 2] += (SIDE / 2 - centre[0], SIDE / 2 - centre[1])
    look = cv2.warpAffine(picture, into, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    reader = net("face_landmark")
    reader.setInput(cv2.dnn.blobFromImage(look, 1 / 255, (SIDE, SIDE), swapRB=True))
    flag, flat = reader.forward(["conv2d_31", "conv2d_21"])
    seen = flat.reshape(POINTS, 3)
    back = cv2.invertAffineTransform(into).astype(np.float32)
    points = np.empty((POINTS, 3), np.float32)
    points[:, :2] = seen[:, :2] @ back[:, :2].T + back[:, 2]
    points[:, 2] = seen[:, 2] / scale
    return Mesh(points, float(1 / (1 + np.exp(-np.clip(flag.ravel()[0], -50, 50)))))
