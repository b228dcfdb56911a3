import tomllib

import pandas as pd

from taskmix.synth import DEMO_MAPPING, TAG_SPELLINGS
from taskmix.taxonomy import AiMode, Oversight, Wish


def test_hours_are_the_clock_time_to_a_hundredth_and_never_longer(written):
    rows = written.tracker[written.tracker["Hours"] != ""]
    clock = pd.to_datetime(rows["Ended"]) - pd.to_datetime(rows["Started"])
    short_by = clock.dt.total_seconds() / 3600 - rows["Hours"].astype(float)
    assert (clock > pd.Timedelta(0)).all()
    assert short_by.between(-1e-9, 0.01).all()


def test_about_one_hour_figure_in_a_hundred_is_missing_and_its_start_is_there(written):
    missing = written.tracker["Hours"] == ""
    assert 0.006 < missing.mean() < 0.016
    assert (missing == (written.tracker["Ended"] == "")).all()
    assert (written.tracker["Started"] != "").all()


def test_tickets_are_unique_over_all_quarters(written):
    assert written.tracker["Ticket"].is_unique


def test_parents_are_earlier_tickets_of_people_and_only_agents_have_them(written):
    tracker = written.tracker.set_index("Ticket")
    children = tracker[tracker["Parent"] != ""]
    parents = tracker.loc[children["Parent"]]
    assert len(children) > 100
    assert (children["Done by"] == "AI").all()
    assert (parents["Done by"] != "AI").all()
    assert (parents["Started"].to_numpy() <= children["Started"].to_numpy()).all()
    assert (parents["Employee"].to_numpy() == children["Employee"].to_numpy()).all()


def test_every_tag_is_a_spelling_of_the_true_category(written):
    truth = written.truth[written.truth["source"] == "tracker"].set_index("ticket")["category"]
    tagged = written.tracker[written.tracker["Kind of work"] != ""]
    true = truth.loc[tagged["Ticket"]]
    pairs = zip(tagged["Kind of work"], true, strict=True)
    assert all(spelling in TAG_SPELLINGS[category] for spelling, category in pairs)
    assert {"Judgment", "Judgement"} < set(tagged["Kind of work"])


def test_the_mapping_names_every_column_of_the_tracker(written):
    mapping = tomllib.loads(DEMO_MAPPING)["mapping"]["tracker"]
    assert list(mapping["columns"].values()) != []
    assert set(mapping["columns"].values()) == set(written.tracker.columns)


def test_filled_in_terms_belong_to_the_taxonomy(written):
    tracker = written.tracker
    assert set(tracker["Done by"]) == {"Human", "AI", "Both", ""}
    assert set(tracker["AI mode"]) == {*AiMode, ""}
    assert set(tracker["AI oversight"]) == {*Oversight, ""}
    assert set(tracker["Automate?"]) == {*Wish, ""}
    assert (tracker.loc[tracker["AI mode"] != "", "Done by"].isin(["AI", "Both"])).all()


def test_about_eight_percent_of_the_performers_are_unknown(written):
    assert 0.065 < (written.tracker["Done by"] == "").mean() < 0.095


def test_collaborators_are_other_people_of_the_roster(written):
    rows = written.tracker[written.tracker["With"] != ""]
    everyone = set(written.roster["person"])
    for person, company in zip(rows["Employee"], rows["With"].str.split("; "), strict=True):
        assert person not in company
        assert everyone.issuperset(company)


def test_a_tracker_file_has_no_byte_order_mark_and_quotes_only_where_it_must(written):
    content = (written.folder / "demo_tasks_2026-Q3.csv").read_bytes()
    assert content.startswith(b"Ticket,Employee,Team,")
