"""Portraits: finding a face, measuring it against the photo rules, cutting and compressing it.

Only the imaging lane imports the modules in here that need OpenCV; importing this package costs nothing.
"""
