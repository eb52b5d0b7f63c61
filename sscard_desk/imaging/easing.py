"""Photo rules as the data ease them for a source: such a rule warns, and no longer binds what can be cut."""

import math
from collections.abc import Set as AbstractSet
from dataclasses import replace

from sscard_desk.imaging.rules import PhotoRules


def eased(rules: PhotoRules, keys: AbstractSet[str]) -> PhotoRules:
    """Return the rules with some of them warning where they would refuse.

    Args:
        rules: of the city.
        keys: of the rules that only warn; one that the rules do not have is passed over.
    """
    placement = rules.placement
    if "enlargement" in keys:
        placement = replace(placement, enlargement=math.inf)
    softened = tuple(replace(rule, refuses=False) if rule.key in keys else rule for rule in rules.rules)
    return replace(rules, placement=placement, rules=softened)
