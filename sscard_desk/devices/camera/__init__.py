"""Cameras: the driver for anything OpenCV can open, and the training camera on loopback."""
