from typing import Any, TypeAlias

Said: TypeAlias = dict[str, Any]
"""What a verb printed: JSON, whose shape the tests of the verbs check against the published one."""
