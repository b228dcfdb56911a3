"""Real exports with a few bytes changed: known errors only, and the counts add up."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.errors import TaskmixError
from taskmix.ingest import load_readers, settle
from taskmix.ingest.detect import choose_reader

pytestmark = pytest.mark.real

FILES = (
    "importer_fixtures_solidtime/clockify_time_entries_import_test_1.csv",
    "importer_fixtures_solidtime/harvest_time_entries_import_test_1.csv",
    "importer_fixtures_solidtime/generic_time_entries_import_test_1.csv",
    "importer_fixtures_tuttle/test_time_tracking_toggl.csv",
    "importer_fixtures_tuttle/TuttleDemo-TimeTracking.ics",
    "jira_worklogs_de/data.csv",
    "timewarrior/2020-09.data",
    "timewarrior/timew_export_derived.json",
    "toggl_class/S2023.csv",
)
_MOST = 6_000
_PIECES = st.one_of(
    st.binary(min_size=1, max_size=3),
    st.sampled_from([b"\n", b",", b'"', b";", b"\x00", b"\xff\xfe", b"0", b"-", b"99", b"T", b"{"]),
)


@pytest.fixture
def personal(workspace):
    """Make a personal workspace; gives its settings and its readers."""
    made = workspace("[workspace]\npersonal = true\n")
    return made, load_readers(made)


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 4), _PIECES), max_size=8))
def test_a_mutated_export_raises_known_errors_only(name, edits, shared_data, personal, who):
    made, readers = personal
    source = shared_data / "exports" / name
    content = bytearray(source.read_bytes()[:_MOST])
    for where, cut, piece in edits:
        at = int(where * len(content))
        content[at : at + cut] = piece
    path = made.raw / source.name
    path.write_bytes(bytes(content))
    try:
        reader = choose_reader(path, readers)
        draft = reader.read(path, made)
        settled = settle(draft, reader=reader, settings=made, who=who, where="file")
    except TaskmixError:
        return
    n = settled.log.index.nunique() + len(settled.refused) + len(settled.skipped)
    assert n == len(draft.records)
    assert settled.log["hours"].dropna().gt(0).all()


@pytest.mark.parametrize("name", FILES)
def test_unmutated_each_has_records(name, shared_data, workspace, who):
    made = workspace('[workspace]\npersonal = true\n[readers.clockify]\nday_order = "day-first"\n')
    path = shared_data / "exports" / name
    reader = choose_reader(path, load_readers(made))
    settled = settle(reader.read(path, made), reader=reader, settings=made, who=who, where="file")
    assert len(settled.log) >= 1
