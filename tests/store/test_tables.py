"""A table of an older taskmix lacks what was added since, and goes on."""

import pandas as pd
import pyarrow as pa
import pytest
from deltalake import write_deltalake

from taskmix.errors import StoreError
from taskmix.store import TABLES, merge_rows, read_table
from taskmix.store.tables import to_arrow
from taskmix.store.write import location

MODELS = TABLES["models"]
ROW = {
    "model_id": "old", "at": pd.Timestamp("2026-01-01", tz="UTC"), "tasks_version": 1,
    "n_tagged": 2, "n_untagged": 3, "cold_start": False, "held_out_accuracy": 0.5,
    "n_held_out": 2, "settings": "{}", "made_at": pd.Timestamp("2026-01-01", tz="UTC"),
    "n_learned": 2, "n_forward": 0, "forward_macro_f1": 0.5, "forward_ece": 0.1,
}  # fmt: skip


@pytest.fixture
def processed(tmp_path):
    """A folder with the table of models as it was before it had later columns."""
    rows = to_arrow(pd.DataFrame([ROW]), MODELS).drop_columns(list(MODELS.later))
    write_deltalake(location(tmp_path / "models"), rows)
    return tmp_path


def test_what_an_older_table_lacks_is_missing(processed):
    found = read_table(processed, "models")
    assert found.columns.tolist() == MODELS.fields.names
    assert found[list(MODELS.later)].isna().all(axis=None)
    assert found["n_tagged"].tolist() == [2]
    few = read_table(processed, "models", columns=["forward_ece", "model_id"])
    assert few.columns.tolist() == ["forward_ece", "model_id"]


def test_a_merge_adds_the_columns_and_keeps_the_rows(processed):
    new = pd.DataFrame([{**ROW, "model_id": "new"}])
    merge_rows(processed, "models", changed=new, removed=[], run_id="r1")
    found = read_table(processed, "models").set_index("model_id")
    assert found["n_learned"].dropna().to_dict() == {"new": 2}
    assert found["n_tagged"].to_dict() == {"new": 2, "old": 2}
    # and the version before can still be read
    assert read_table(processed, "models", version=0)["model_id"].tolist() == ["old"]


def test_any_other_column_that_is_missing_is_a_damaged_table(tmp_path):
    rows = to_arrow(pd.DataFrame([ROW]), MODELS).drop_columns(["settings"])
    write_deltalake(location(tmp_path / "models"), rows)
    with pytest.raises(StoreError, match="table 'models' cannot be read"):
        read_table(tmp_path, "models")


def test_later_columns_are_columns_and_no_key():
    for table in TABLES.values():
        assert set(table.later) <= set(table.fields.names)
        assert table.key not in table.later
        assert isinstance(table.fields, pa.Schema)
