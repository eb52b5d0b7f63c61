"""The second opinions on portraits that `desk.toml` names; none by itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.bootstrap.settings import PortraitExaminerSettings
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.portrait_examiner import PortraitExaminer

if TYPE_CHECKING:
    from sscard_desk.imaging.rules import PhotoRules


def make_examiners(settings: PortraitExaminerSettings, folder: Path) -> tuple[PortraitExaminer, ...]:
    """Return those that are set; a relative path lies in the data folder, and no file is opened yet."""
    made: list[PortraitExaminer] = []
    if settings.yunet:
        from sscard_desk.imaging.yunet import YuNet

        made.append(YuNet(folder / settings.yunet))
    if settings.ofiq_program:
        from sscard_desk.devices.portrait_examiner.ofiq import Ofiq

        made.append(Ofiq(folder / settings.ofiq_program, folder / settings.ofiq_data, seconds=settings.seconds))
    return tuple(made)


def with_examiners(rules: "PhotoRules", examiners: Sequence[PortraitExaminer]) -> "PhotoRules":
    """Return the rules with those of the second opinions behind them."""
    from sscard_desk.imaging.rules import with_rules_of

    return with_rules_of(rules, [examiner.key for examiner in examiners])


def state_of(examiners: Sequence[PortraitExaminer]) -> DeviceState:
    """Return the state of all together: the first that lacks something, or all their names."""
    states = [examiner.probe() for examiner in examiners]
    if not states:
        return DeviceState(Health.OFF)
    lacking = next((state for state in states if state.trouble is not None), None)
    if lacking is not None:
        return lacking
    facts = {
        f"{each.key}.{name}": value
        for each, s in zip(examiners, states, strict=True)
        for name, value in s.facts.items()
    }
    return DeviceState(Health.READY, " + ".join(state.name for state in states), facts=facts)
