"""Whatever bytes a file holds: known errors only, and the counts add up."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.errors import TaskmixError
from taskmix.ingest import Who, load_readers, settle
from taskmix.ingest.detect import choose_reader
from taskmix.ingest.protocol import Reader
from taskmix.schema import TaskLog, check_frame
from taskmix.settings import Settings

TOML = """
[workspace]
time_zone = "America/St_Johns"
[tags]
Writing = "creative"
[mapping.x]
delimiter = ";"
decimal = ","
thousands = "."
[mapping.x.columns]
id = "Id"
person = "Who"
title = "What"
started_at = "Start"
ended_at = "End"
hours = "Hours"
tag = "Tag"
labels = "Labels"
"""
MAPPED = (
    "Id;Who;What;Start;End;Hours;Tag;Labels\n"
    '1;ana;"Plan; then do";2026-07-01T09:00;2026-07-01T11:00;1,5;Judgement;Writing,x\n'
    "2;bo;Größe;2026-10-25 02:10;2026-10-25T02:50+02:00;;;\n"
    "3;cy;Long;2026-03-01;2026-04-01;1.200,25;Writing;\n"
).encode()


@dataclass(frozen=True)
class Workspace:
    """The settings and readers that the damaged files meet."""

    settings: Settings
    readers: dict[str, Reader]

    @property
    def raw(self) -> Path:
        return self.settings.raw


@pytest.fixture
def valid(workspace, toggl) -> tuple[Workspace, dict[str, bytes]]:
    made = workspace(TOML)
    entries = [("ana", f"Task {n}", f"2026-07-0{n}", "09:00:00", "10:00:00", "01:00:00", "Writing")
               for n in range(1, 4)]  # fmt: skip
    return Workspace(made, load_readers(made)), {
        "toggl.csv": toggl(*entries).encode(),
        "mapped.csv": MAPPED,
    }


def account_for(path: Path, made: Workspace, who: Who) -> int:
    """Read a file to its end; returns the number of its records, or 0 if it is refused."""
    try:
        reader = choose_reader(path, made.readers)
        draft = reader.read(path, made.settings)
        settled = settle(draft, reader=reader, settings=made.settings, who=who, where="file")
    except TaskmixError:
        return 0
    n = settled.log.index.nunique() + len(settled.refused) + len(settled.skipped)
    assert n == len(draft.records)
    assert not set(settled.log.index) & set(settled.refused.index)
    assert settled.refused[["reason", "detail", "record", "refusal"]].notna().all(axis=None)
    check_frame(
        settled.log.drop_duplicates("task_id").drop(columns="logged_as"), TaskLog, where="settled"
    )
    return n


def test_the_files_that_are_damaged_below_are_valid(valid, who):
    made, contents = valid
    for name, content in contents.items():
        (made.raw / name).write_bytes(content)
        assert account_for(made.raw / name, made, who) == 3


QUICK = settings(
    deadline=None, max_examples=20, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
NASTY = st.sampled_from(
    [b'"', b"\n", b"\r", b";", b",", b"\x00", b"\xff", b"\xed\xa0\x80", b"-", b"9999",
     b"\xe2\x80\xae", b"inf", b"0", b"\xef\xbb\xbf", b"T", b"Z"]
)  # fmt: skip


@QUICK
@given(name=st.sampled_from(["toggl.csv", "mapped.csv"]), draw=st.data())
def test_mutated_bytes_raise_known_errors_only(valid, who, name, draw):
    made, contents = valid
    content = bytearray(contents[name])
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(content) - 1))
        width = draw.draw(st.integers(0, 3))
        content[at : at + width] = draw.draw(st.one_of(NASTY, st.binary(max_size=3)))
    (made.raw / name).write_bytes(bytes(content))
    account_for(made.raw / name, made, who)


@QUICK
@given(name=st.sampled_from(["toggl.csv", "mapped.csv"]), draw=st.data())
def test_shuffled_and_truncated_files_raise_known_errors_only(valid, who, name, draw):
    made, contents = valid
    head, *lines = contents[name].splitlines(keepends=True)
    content = head + b"".join(draw.draw(st.permutations(lines)))
    end = draw.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    (made.raw / name).write_bytes(content[:end])
    n = account_for(made.raw / name, made, who)
    assert n == 3 if end == len(content) else n <= 3


@QUICK
@given(cells=st.lists(st.text(max_size=12), min_size=8, max_size=8))
def test_any_text_in_any_field_is_accounted_for(valid, who, cells):
    made, _ = valid
    quoted = ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    text = MAPPED.decode() + quoted + "\n"
    (made.raw / "mapped.csv").write_bytes(text.encode("utf-8", "replace"))
    assert account_for(made.raw / "mapped.csv", made, who) == 4
