"""What stands in a data folder's `desk.toml`: which devices, which centre. Unknown names are refused."""

import difflib
import os
import tomllib
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from sscard_desk.domain.errors.operator import SettingUnknown, SettingWrong

FILE = "desk.toml"
HOME = "SSCARD_DESK_HOME"
MOST_MM = 25.0
"""A larger correction is a wrong tray, not a printer that feeds askew; `not <=` refuses what is no number as well."""


@dataclass(frozen=True)
class IdReaderSettings:
    """`[id_reader]`: port is a pyserial name or URL (`COM3`, `/dev/ttyUSB0`, `socket://host:port`), or `auto`.

    `auto` looks for the reader, at any usual speed, on the ports whose USB number is in `usb` (`1A86:7523`, more of
    them by spaces; empty: those that are shipped). `additional_address` asks each card for the address that an office
    added later.
    """

    port: str = ""
    baud: int = 115200
    usb: str = ""
    additional_address: bool = False


@dataclass(frozen=True)
class ChipPhotoSettings:
    """`[chip_photo]`: the reader vendor's library that decodes the picture of the id card's chip (WLT).

    `library` is an absolute path, or one below the data folder; `entry`, `form` (`file`, `buffer`, `buffer_number`),
    `number`, `success`, `stdcall` and `bottom_up` say how it is called, as the vendor's manual has it. `training` in
    place of a path decodes the pictures of the simulated reader, in a training folder alone.
    """

    library: str = ""
    entry: str = "GetBmp"
    form: str = "file"
    number: int = 0
    success: int = 1
    stdcall: bool = False
    bottom_up: bool = False
    seconds: float = 8.0


@dataclass(frozen=True)
class PortraitExaminerSettings:
    """`[portrait_examiners]`: second opinions on portraits, whose files the operator supplies; off while empty.

    `yunet` is a YuNet model (ONNX). `ofiq_program` is OFIQ's sample program and `ofiq_data` the folder with
    `ofiq_config.jaxn` and the models; it may take `seconds` for one portrait. A relative path lies in the data folder.
    """

    yunet: str = ""
    ofiq_program: str = ""
    ofiq_data: str = ""
    seconds: float = 60.0


@dataclass(frozen=True)
class CardReaderSettings:
    """`[card_reader]`: part of the reader's PC/SC name, empty for any; `psam` likewise for the second slot.

    `library` is the absolute path of the maker's `SSCardDriver` (LD/T 33-2015) where the reader comes only with it; it
    takes the place of PC/SC. `interface`: 1 contact, 2 contactless, 3 either, a contact card first, 4 the other first.
    `keys` says who holds the card keys: `training`, `psam` or `central`. `trace` is a file, below the data folder or
    absolute, that gets every command to a PC/SC reader, masked; it is for finding a fault and off while empty.
    """

    name: str = ""
    psam: str = ""
    profile: str = "training"
    library: str = ""
    library_stdcall: bool = True
    library_seconds: float = 30.0
    interface: int = 3
    keys: str = "training"
    trace: str = ""


@dataclass(frozen=True)
class CameraSettings:
    """`[camera]`: an index, an address of an MJPEG or RTSP stream, or a file; `others`: more of them, by spaces."""

    source: str = ""
    others: str = ""
    open_seconds: float = 5.0
    read_seconds: float = 2.0
    frozen_seconds: float = 2.0


@dataclass(frozen=True)
class ScannerSettings:
    """`[scanner]`: the address of a network scanner, or the SANE name of a device, or a folder that a copier fills.

    On Windows `device` is `wia:` and the WIA device id; the window lists what is there and remembers the chosen one.
    `escl` is where the network scanner's eSCL lies, for example `http://192.0.2.7/eSCL`. For a SANE device `mode` and
    `source` are its own words (`scanimage --help -d DEVICE`); empty or 0 leaves the device's own. For a network scanner
    `source` is `glass`, `feeder` or `both_sides`; empty takes the feeder if paper lies in it. `feeder` scans until the
    feeder is empty.
    """

    escl: str = ""
    device: str = ""
    folder: str = ""
    dpi: int = 300
    mode: str = "Gray"
    source: str = ""
    feeder: bool = False


@dataclass(frozen=True)
class PrinterSettings:
    """`[printer]`: a queue of the system, a network printer by its `ipps://` or `ipp://` address, or a folder.

    `certificate_sha256` is the fingerprint of an `ipps://` printer's certificate; empty takes what the system trusts.

    The offsets move the pages of a queue on pre-printed paper, in mm, at most 25: x to the right, y downwards. A
    folder's files stay as they are kept, signature included.

    `card_queue` or `card_folder` is where the faces of cards go, `card_face` the layout in `resources/card_faces`.
    """

    queue: str = ""
    certificate_sha256: str = ""
    folder: str = ""
    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0
    card_queue: str = ""
    card_folder: str = ""
    card_face: str = "third_generation"


@dataclass(frozen=True)
class PapersSettings:
    """`[papers]`: a PKCS#12 file whose certificate signs papers; its passphrase lies in the encrypted database.

    `unsigned` prints without a signature although a certificate is set, until it is mended.
    """

    certificate: str = ""
    unsigned: bool = False


@dataclass(frozen=True)
class CentreSettings:
    """`[centre]`: where the centre is, and how long work may go on without it.

    `offline_days` only ever shortens what the centre allows; 0 leaves that as it is.
    """

    url: str = ""
    offline_days: int = 0


@dataclass(frozen=True)
class BackupSettings:
    """`[backup]`: a folder on another disk or share, after how many hours the window makes one, and which are kept.

    0 hours: none is made by itself. Of `days` days and `weeks` weeks the last one of each is kept, and all of two days.
    """

    folder: str = ""
    hours: int = 4
    days: int = 7
    weeks: int = 5


@dataclass(frozen=True)
class SecuritySettings:
    """`[security]`: what binds new passwords to this computer besides: `off`, `dpapi` (Windows) or `tpm` (Linux).

    A bound password opens nothing elsewhere, a backup neither: there the way in is the centre's rescue.
    """

    machine: str = "off"


@dataclass(frozen=True)
class WindowSettings:
    """`[window]`: language, colours, and after how many minutes without a key the window locks."""

    language: str = "zh_CN"
    theme: str = "light"
    idle_minutes: int = 10


@dataclass(frozen=True)
class FormSettings:
    """`[form]`: this desk's own time limit for bringing the form back; 0 days: the centre's, or the shipped one."""

    return_days: int = 0
    working_days: bool = True


@dataclass(frozen=True)
class IdScanSettings:
    """`[id_scan]`: after how many idle seconds the text recognition gives its memory back, and how long it may take."""

    idle_seconds: float = 120.0
    wait_seconds: float = 60.0


@dataclass(frozen=True)
class Settings:
    """All settings of one desk."""

    id_reader: IdReaderSettings = field(default_factory=IdReaderSettings)
    chip_photo: ChipPhotoSettings = field(default_factory=ChipPhotoSettings)
    portrait_examiners: PortraitExaminerSettings = field(default_factory=PortraitExaminerSettings)
    card_reader: CardReaderSettings = field(default_factory=CardReaderSettings)
    camera: CameraSettings = field(default_factory=CameraSettings)
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    id_scan: IdScanSettings = field(default_factory=IdScanSettings)
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    papers: PapersSettings = field(default_factory=PapersSettings)
    centre: CentreSettings = field(default_factory=CentreSettings)
    backup: BackupSettings = field(default_factory=BackupSettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)
    window: WindowSettings = field(default_factory=WindowSettings)
    form: FormSettings = field(default_factory=FormSettings)


def data_folder() -> Path:
    """Return the data folder: `SSCARD_DESK_HOME`, or the platform's place for a user's program data."""
    named = os.environ.get(HOME)
    if named:
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "SSCardDesk"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "sscard-desk"


def load_settings(folder: Path) -> Settings:
    """Read `desk.toml`; a missing file means all defaults.

    Raises:
        SettingUnknown: a section or name is not known; the nearest known one is named.
        SettingWrong: a value has the wrong type, or the file is no TOML.
    """
    path = folder / FILE
    if not path.exists():
        return Settings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SettingWrong(name=FILE, reason=str(wrong)) from None
    sections = {section.name: section.default_factory for section in fields(Settings)}
    read: dict[str, Any] = {}
    for name, values in table.items():
        factory = sections.get(name)
        if factory is None or factory is MISSING:
            raise SettingUnknown(name=name, nearest=_nearest(name, sections))
        if not isinstance(values, dict):
            raise SettingWrong(name=name, reason="[section]")
        read[name] = _section(name, type(factory()), values)
    return Settings(**read)


def save_settings(folder: Path, table: dict[str, dict[str, Any]]) -> None:
    """Write `desk.toml` from a table of sections; values are strings, numbers and truth values."""
    lines: list[str] = []
    for section, values in table.items():
        lines.append(f"[{section}]")
        lines += [f"{name} = {_toml(value)}" for name, value in values.items()]
        lines.append("")
    (folder / FILE).write_text("\n".join(lines), encoding="utf-8")
    load_settings(folder)


def _section(section: str, shape: type[Any], values: dict[str, Any]) -> Any:
    known = {f.name: f for f in fields(shape)}
    for name, value in values.items():
        if name not in known:
            raise SettingUnknown(name=f"{section}.{name}", nearest=_nearest(name, known))
        wanted = type(known[name].default)
        fits = isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
        if not fits and not (wanted is float and type(value) is int):
            raise SettingWrong(name=f"{section}.{name}", reason=wanted.__name__)
        if name.endswith("_mm") and not abs(value) <= MOST_MM:
            raise SettingWrong(name=f"{section}.{name}", reason=f"-{MOST_MM:g} … {MOST_MM:g} mm")
    return shape(**values)


def _nearest(name: str, known: dict[str, Any]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return close[0] if close else next(iter(known))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
