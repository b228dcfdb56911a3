"""Settings: typed, nothing unknown, every fault one line that says what to do."""

import os
from pathlib import Path

import pytest

from taskmix.errors import SettingsError
from taskmix.settings import find_project, load_settings


@pytest.fixture(autouse=True)
def _without_variables(monkeypatch):
    for name in [name for name in os.environ if name.startswith("TASKMIX_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def load(tmp_path):
    def write(text: str | bytes):
        content = text.encode() if isinstance(text, str) else text
        (tmp_path / "taskmix.toml").write_bytes(content)
        return load_settings(tmp_path)

    return write


COLUMNS = 'title = "What"\nperson = "Who"\nstarted_at = "Day"\n'
NAMED = f"[mapping.x.columns]\n{COLUMNS}"


def test_an_empty_file_has_the_defaults(load, tmp_path):
    settings = load("")
    assert settings.project == tmp_path
    assert (settings.workspace.time_zone, settings.privacy.min_people) == ("UTC", 10)
    assert settings.raw == tmp_path / "data" / "raw"
    assert settings.processed == tmp_path / "data" / "processed"
    assert settings.analyst == tmp_path / "data" / "analyst"
    assert settings.reports == tmp_path / "reports"


def test_a_byte_order_mark_is_no_fault(load):
    assert load(b'\xef\xbb\xbf[workspace]\nname = "X"\n').workspace.name == "X"


def test_a_personal_workspace_shows_one_person(load):
    assert load("[workspace]\npersonal = true\n").min_people == 1
    assert load("[privacy]\nmin_people = 7\n").min_people == 7


FAULTS = {
    "unknown table": ("[workspce]\nname = 'x'\n", r"workspce: unknown setting \(found .*\); check"),
    "unknown key": ("[workspace]\nzone = 'UTC'\n",
                    r"workspace.zone: unknown setting \(found 'UTC'\); check its spelling"),
    "time zone": ("[workspace]\ntime_zone = 'Mars/Base'\n",
                  r"workspace.time_zone: 'Mars/Base' is no time zone; write one such as Europe/"),
    "language": ("[workspace]\nlocale = 'fr_CA'\n",
                 r"workspace.locale: .fr_CA.: taskmix does not speak this .* there are en, de"),
    "no locale": ("[workspace]\nlocale = 'Klingon!'\n", r"workspace.locale: .* is no locale"),
    "time zone as path": ("[workspace]\ntime_zone = '../../etc/passwd'\n", r"is no time zone"),
    "misspelt category": ("[tags]\nWriting = 'creativ'\n",
                          r"tags: 'Writing' = 'creativ' names no category; write one of execution"),
    "a tag twice": ("[tags]\nWriting = 'creative'\nwriting = 'execution'\n",
                    r"tags: 'writing' stands there twice .*, as creative and execution; keep one"),
    "small groups": ("[privacy]\nmin_people = 4\n",
                     r"privacy.min_people: Input should be greater than or equal to 5 \(found 4\)"),
    "share": ("[counting]\nboth_human_share = nan\n", r"counting.both_human_share: .*found nan"),
    "long tasks": ("[counting]\nlong_tasks = 'middle'\n", r"counting.long_tasks: .*'start', 'end'"),
    "no title": ("[mapping.x.columns]\nstarted_at = 'A'\n", r"mapping.x: columns must name a tit"),
    "no time": ("[mapping.x.columns]\ntitle = 'A'\n", r"mapping.x: columns must name started_at"),
    "column": (NAMED + "colour = 'C'\n", r"mapping.x.columns: 'colour' is no column of the task"),
    "empty columns": (NAMED + "hours = []\n", r"mapping.x: columns.hours names no column"),
    "both": (f"[mapping.x]\nconstants = {{person = 'a'}}\n{NAMED}",
             r"mapping.x: 'person' is both a column and a constant; keep one"),
    "constant": (f"[mapping.x]\nconstants = {{hours = '1'}}\n{NAMED}",
                 r"mapping.x: 'hours' differs from row to row and can be no constant"),
    "marks": (f"[mapping.x]\nthousands = '.'\n{NAMED}", r"'.' cannot be both decimal and thou"),
    "encoding": (f"[mapping.x]\nencoding = 'cp9999'\n{NAMED}",
                 r"mapping.x.encoding: 'cp9999' is no text encoding; try utf-8 or cp1252"),
    "codec": (f"[mapping.x]\nencoding = 'base64'\n{NAMED}", r"'base64' is no text encoding"),
    "delimiter": (f"[mapping.x]\ndelimiter = '\"'\n{NAMED}", r"cannot separate columns; write one"),
    "directive": (f"[mapping.x]\ndate_format = '%Y-%m-%Q'\n{NAMED}",
                  r"mapping.x.date_format: '%Y-%m-%Q' holds %Q, which is not understood; use iso"),
    "guessing": (f"[mapping.x]\ndate_format = 'mixed'\n{NAMED}", r"'mixed' names no full date"),
    "no year": (f"[mapping.x]\nend_format = '%d.%m.'\n{NAMED}",
                r"mapping.x.end_format: '%d.%m.' names no full date; write iso, or a format such"),
    "half a day": (f"[mapping.x]\ndate_format = '%d.%m.%Y %I:%M'\n{NAMED}", r"%I and %p belong"),
    "no columns": ("[mapping]\nfiles = ['a']\n", r"mapping.mapping.columns: Field required"),
    "project": ("project = '/tmp'\n", r"'project' is not a setting; remove it"),
    "no toml": ("[workspace\n", r"no valid TOML: .*line 1.*; correct that line"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_one_line_with_file_key_and_cure(what, load, tmp_path):
    text, sentence = FAULTS[what]
    with pytest.raises(SettingsError, match=sentence) as error:
        load(text)
    assert str(error.value).startswith(f"{tmp_path}/taskmix.toml: ")
    assert "\n" not in str(error.value)


def test_every_fault_is_named_at_once(load):
    with pytest.raises(SettingsError, match=r"workspace.x: unknown .*; privacy.min_people: Input"):
        load("[workspace]\nx = 1\n[privacy]\nmin_people = 1\n")


def test_a_long_value_is_cut(load):
    with pytest.raises(SettingsError, match=r"found 'y{78}…\)") as error:
        load(f"[workspace]\nx = '{'y' * 5000}'\n")
    assert len(str(error.value)) < 400


def test_a_file_that_is_not_utf_8_says_so(load):
    with pytest.raises(SettingsError, match=r"not UTF-8 text \(invalid .*\); save it as UTF-8"):
        load('[workspace]\nname = "Größe"\n'.encode("cp1252"))


def test_a_file_that_cannot_be_opened_says_so(load, monkeypatch):
    load("")

    def refuse(self: Path, encoding: str) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(SettingsError, match=r"taskmix.toml: cannot be opened \(Permission denied"):
        load("")


def test_a_single_mapping_is_named_mapping(load):
    settings = load(f"[mapping]\ndelimiter = ';'\n[mapping.columns]\n{COLUMNS}")
    assert list(settings.mapping) == ["mapping"]
    assert settings.mapping["mapping"].delimiter == ";"


def test_named_mappings_stand_beside_each_other(load):
    settings = load(NAMED + NAMED.replace("mapping.x", "mapping.y"))
    assert list(settings.mapping) == ["x", "y"]


def test_a_variable_overrides_one_setting_and_leaves_the_others(load, monkeypatch):
    monkeypatch.setenv("TASKMIX_WORKSPACE__TIME_ZONE", "Asia/Tokyo")
    settings = load('[workspace]\nname = "Kept"\ntime_zone = "Europe/Berlin"\n')
    assert (settings.workspace.time_zone, settings.workspace.name) == ("Asia/Tokyo", "Kept")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TASKMIX_WORKSPCE__TIME_ZONE", "UTC",
         r"^TASKMIX_WORKSPCE__TIME_ZONE: this variable names no setting; write TASKMIX_TABLE__KEY"),
        ("TASKMIX_PROJECT", "/tmp", r"^TASKMIX_PROJECT: this variable names no setting"),
        ("TASKMIX_WORKSPACE__ZONE", "UTC",
         r"and TASKMIX_WORKSPACE__ZONE: workspace.zone: unknown setting \(found 'UTC'\)"),
        ("TASKMIX_TAGS", "{broken", r"^TASKMIX_TAGS: .*; write it as JSON"),
        ("TASKMIX_PRIVACY__MIN_PEOPLE", "2", r"and TASKMIX_PRIVACY__MIN_PEOPLE: privacy.min_p"),
    ],
)  # fmt: skip
def test_a_wrong_variable_is_named(name, value, sentence, load, monkeypatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=sentence):
        load("")


def test_a_workspace_is_found_from_a_folder_below(load, tmp_path):
    load("")
    below = tmp_path / "data" / "raw"
    below.mkdir(parents=True)
    assert find_project(below) == tmp_path


def test_no_workspace_and_no_folder_are_errors(tmp_path):
    with pytest.raises(SettingsError, match=r"no taskmix.toml in .* or above it; go into a works"):
        find_project(tmp_path)
    (tmp_path / "taskmix.toml").write_text("")
    with pytest.raises(SettingsError, match=r"typo: no such folder; check its name"):
        find_project(tmp_path / "typo")


def test_settings_cannot_be_changed(load):
    settings = load("")
    with pytest.raises(ValueError, match="frozen"):
        settings.workspace.name = "other"
