"""The page beside the examples: its settings are valid, its links lead somewhere."""

import re
import tomllib

import pytest

from taskmix.batch import workspace
from taskmix.settings import Settings


@pytest.fixture
def page(examples):
    return (examples / "README.md").read_text()


def test_its_settings_are_settings_of_taskmix(page, tmp_path):
    (block,) = re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    settings = Settings(project=tmp_path, **tomllib.loads(block))
    assert settings.notify.tells_anybody
    assert settings.retention.keep == 24


def test_so_are_the_ones_that_a_new_workspace_proposes(tmp_path):
    lines = workspace._EXAMPLES.split("# [notify]")[1].split("\n\n")[0].splitlines()
    proposed = "[notify]\n" + "\n".join(line.removeprefix("# ") for line in lines)
    settings = Settings(project=tmp_path, **tomllib.loads(proposed))
    assert settings.notify.mail_to == ["reports@example.org"]
    assert settings.retention.keep == 24


def test_its_links_lead_to_files(page, examples):
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert len(links) >= 6
    assert [link for link in links if not (examples / link).is_file()] == []


def test_every_example_is_linked(page, examples):
    files = [path for path in examples.glob("*/*") if path.is_file()]
    assert len(files) == 6
    assert [path.name for path in files if path.name not in page] == []
