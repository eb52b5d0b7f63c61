"""Brings a module's shared library into memory without holding the interpreter.

Python loads an extension module with the interpreter's lock held; OpenCV's library of 60 MB then stops every thread,
the window's too, for up to a third of a second when the disk is slow. A call through ctypes lets the lock go, and the
import that follows finds the library loaded.
"""

import ctypes
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path


def load_apart(package: str) -> bool:
    """Load the extension module of a package's own name, for example `cv2/cv2.abi3.so`; return whether it is loaded.

    False changes nothing: the import loads the library itself, and tells what is wrong with it.
    """
    spec = None if package in sys.modules else find_spec(package)
    if spec is None or spec.origin is None:
        return package in sys.modules
    folder = Path(spec.origin).parent
    found = [folder / f"{package}{suffix}" for suffix in EXTENSION_SUFFIXES if (folder / f"{package}{suffix}").exists()]
    return bool(found) and _load(found[0])


def _load(library: Path) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.LoadLibraryW(str(library)))
    load = ctypes.CDLL(None).dlopen
    load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    return bool(load(os.fsencode(library), os.RTLD_NOW))
