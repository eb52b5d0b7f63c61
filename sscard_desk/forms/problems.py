"""What is wrong with a definition, all of it: reading goes on after a problem, and the definition is refused whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from sscard_desk.domain.errors.operator import FormDefinitionWrong

_NAME_LOST: Final = frozenset({"no_such_field", "no_such_section", "no_such_prose"})
_IDS_LOST: Final = frozenset({"list_of_tables", "not_a_list"})


@dataclass
class Problems:
    """The problems of one definition in the order in which they were found.

    Attributes:
        found: one error for each wrong key.
    """

    found: list[FormDefinitionWrong] = field(default_factory=list)

    def add(self, problem: FormDefinitionWrong) -> None:
        """Note a problem; the same key is not told twice."""
        if all((known.file, known.field) != (problem.file, problem.field) for known in self.found):
            self.found.append(problem)

    def drop(self, file: str, key: str, reason: str) -> None:
        """Forget a problem that turned out to be another one."""
        self.found = [p for p in self.found if (p.file, p.field, p.reason) != (file, key, reason)]

    def drop_consequences(self) -> None:
        """Forget names that are not there only because an id is wrong: one mistake is told once."""
        if any(_loses_ids(problem) for problem in self.found):
            self.found = [problem for problem in self.found if problem.reason not in _NAME_LOST]

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note a problem that is raised inside, and go on after the block."""
        try:
            yield
        except FormDefinitionWrong as problem:
            self.add(problem)

    def in_order(self) -> tuple[FormDefinitionWrong, ...]:
        """Return them by file and line."""
        return tuple(sorted(self.found, key=lambda problem: (problem.file, problem.line)))

    def first(self) -> FormDefinitionWrong:
        """Return the first problem, with the number of all: what refuses the definition."""
        return replace(self.in_order()[0], problems=len(self.found))


def _loses_ids(problem: FormDefinitionWrong) -> bool:
    """Return whether ids are missing because of it: a wrong id, a list that cannot be read, a misspelt `[[field]]`."""
    top = problem.reason == "unknown_key" and "." not in problem.field and not problem.file.endswith("paper.toml")
    return top or problem.reason in _IDS_LOST or problem.field.endswith(".id")
