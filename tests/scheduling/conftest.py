"""The examples under docs/scheduling, and a command that stands in for taskmix."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "docs" / "scheduling"


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES


@dataclass
class StandIn:
    """A command named taskmix that notes how it was called, and ends as it is told."""

    folder: Path

    @property
    def calls(self) -> list[str]:
        """The words after ``taskmix``, a call a line."""
        noted = self.folder / "calls"
        return noted.read_text().splitlines() if noted.exists() else []


@pytest.fixture
def stand_in(tmp_path) -> Callable[..., StandIn]:
    def make(**codes: int) -> StandIn:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        ends = "".join(f"{verb}) exit {code} ;;\n" for verb, code in codes.items())
        script = folder / "taskmix"
        script.write_text(
            f'#!/bin/sh\necho "$@" >> "{folder}/calls"\necho "said by $1"; echo "noted by $1" >&2\n'
            f'case $1 in\n{ends}*) exit 0 ;;\nesac\n'
        )  # fmt: skip
        script.chmod(0o755)
        return StandIn(folder)

    return make
