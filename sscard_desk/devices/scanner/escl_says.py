"""What an eSCL device says of itself, as XML: the other side of `escl_words`, for the model."""

from sscard_desk.devices.scanner.escl_words import HEAD, JPEG, VERSION, Capabilities, InputCaps, Status


def capabilities_xml(capabilities: Capabilities) -> bytes:
    """Return the answer to `GET ScannerCapabilities`."""
    have = {name: _caps_xml(caps) for name, caps in capabilities.sources.items()}
    glass = f"<scan:Platen><scan:PlatenInputCaps>{have['glass']}</scan:PlatenInputCaps></scan:Platen>"
    one = f"<scan:AdfSimplexInputCaps>{have.get('feeder', '')}</scan:AdfSimplexInputCaps>" if "feeder" in have else ""
    both = f"<scan:AdfDuplexInputCaps>{have['both_sides']}</scan:AdfDuplexInputCaps>" if "both_sides" in have else ""
    return (
        HEAD.format(name="ScannerCapabilities")
        + f"<pwg:Version>{VERSION}</pwg:Version><pwg:MakeAndModel>{capabilities.model}</pwg:MakeAndModel>"
        + (glass if "glass" in have else "")
        + (f"<scan:Adf>{one}{both}</scan:Adf>" if one or both else "")
        + "</scan:ScannerCapabilities>"
    ).encode()


def status_xml(status: Status) -> bytes:
    """Return the answer to `GET ScannerStatus`."""
    feeder = f"<scan:AdfState>{status.feeder.value}</scan:AdfState>" if status.feeder else ""
    state = status.state.value if status.state else ""
    return (
        HEAD.format(name="ScannerStatus")
        + f"<pwg:Version>{VERSION}</pwg:Version><pwg:State>{state}</pwg:State>{feeder}</scan:ScannerStatus>"
    ).encode()


def _caps_xml(caps: InputCaps) -> str:
    modes = "".join(f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in caps.modes)
    each = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in caps.resolutions
    )
    return (
        f"<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{caps.max_width}</scan:MaxWidth>"
        f"<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{caps.max_height}</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile>"
        f"<scan:ColorModes>{modes}</scan:ColorModes>"
        f"<scan:DocumentFormats><pwg:DocumentFormat>{JPEG}</pwg:DocumentFormat>"
        f"<scan:DocumentFormatExt>{JPEG}</scan:DocumentFormatExt></scan:DocumentFormats>"
        "<scan:SupportedResolutions><scan:DiscreteResolutions>"
        f"{each}</scan:DiscreteResolutions></scan:SupportedResolutions>"
        "</scan:SettingProfile></scan:SettingProfiles>"
    )
