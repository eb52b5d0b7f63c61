"""How a head is held, from the points of its face."""

import math

from sscard_desk.imaging.mesh import (
    CHIN,
    FOREHEAD,
    INNER_LIPS,
    LEFT_CHEEK,
    LEFT_EYE,
    LEFT_LIDS,
    MOUTH_CORNERS,
    RIGHT_CHEEK,
    RIGHT_EYE,
    RIGHT_LIDS,
    Mesh,
)


def roll(mesh: Mesh) -> float:
    """Return the slope of the line through the eyes in degrees; above zero: leans to the sitter's own left."""
    across = mesh.left_eye - mesh.right_eye
    return math.degrees(math.atan2(float(across[1]), float(across[0])))


def yaw(mesh: Mesh) -> float:
    """Return the turn of the face in degrees; above zero: turned to the sitter's own left."""
    across = mesh.points[LEFT_CHEEK] - mesh.points[RIGHT_CHEEK]
    return math.degrees(math.atan2(float(across[2]), math.hypot(float(across[0]), float(across[1]))))


def pitch(mesh: Mesh) -> float:
    """Return how far the chin is raised in degrees; below zero it is lowered."""
    down = mesh.points[CHIN] - mesh.points[FOREHEAD]
    return -math.degrees(math.atan2(float(down[2]), math.hypot(float(down[0]), float(down[1]))))


def mouth_open(mesh: Mesh) -> float:
    """Return height to width of the gap between the lips: 0.0 is closed, a smile with teeth is about 0.1 to 0.2."""
    return _distance(mesh, *INNER_LIPS) / max(_distance(mesh, *MOUTH_CORNERS), 1e-6)


def face_width(mesh: Mesh) -> float:
    """Return the distance between the outer edges of the cheeks in pixels, as seen."""
    across = mesh.points[LEFT_CHEEK] - mesh.points[RIGHT_CHEEK]
    return math.hypot(float(across[0]), float(across[1]))


def eyes_open(mesh: Mesh) -> float:
    """Return height to width of the less open eye: about 0.3 is open, below 0.2 is closing."""
    return min(_opening(mesh, RIGHT_EYE, RIGHT_LIDS), _opening(mesh, LEFT_EYE, LEFT_LIDS))


def _opening(mesh: Mesh, corners: tuple[int, int], lids: tuple[tuple[int, int], ...]) -> float:
    heights = [_distance(mesh, upper, lower) for upper, lower in lids]
    return sum(heights) / len(heights) / max(_distance(mesh, *corners), 1e-6)


def _distance(mesh: Mesh, one: int, other: int) -> float:
    return math.dist(mesh.points[one].tolist(), mesh.points[other].tolist())
