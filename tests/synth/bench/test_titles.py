"""Titles: written in full, by habit, and in new words where AI has come."""

import re

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from threadpoolctl import threadpool_limits

NEW = r"copilot|assistant|generated|\bbots?\b|variations of|remix|AI clinic"


def test_every_title_is_written_out(bench):
    titles = bench.tasks["title"]
    assert titles.notna().all()
    assert not titles.str.contains("[{}]").any()
    assert (titles.str.strip() == titles).all()
    assert titles.str.len().min() >= 3


def test_people_write_as_they_do(own):
    is_lower = (own["title"] == own["title"].str.lower()).groupby(own["person"]).mean()
    always = is_lower == 1
    assert 0.2 < always.mean() < 0.5
    assert is_lower[~always].max() < 0.9
    ticket = own["title"].str.match(r"(?i)[a-z]{3}-\d{3} \w")
    by_person = ticket.groupby(own["person"]).mean()
    assert by_person.quantile(0.9) > 3 * by_person.quantile(0.1)
    doubled = own["title"].str.extract(r"(?i)^([a-z]{3}-\d{3}) .*?([a-z]{3}-\d{3})").dropna()
    assert doubled.empty


def test_people_use_some_titles_again(own):
    again = own.groupby(["person", "title"])["title"].transform("size") > 2
    ticket = own["title"].str.contains(r"(?i)[a-z]{3}-\d{3}", regex=True)
    # a ticket number of 800 comes again by habit alone
    assert again[ticket].mean() > 0.03


def test_new_words_come_with_ai_and_only_with_it(bench, own):
    is_new = own["title"].str.contains(NEW, flags=re.IGNORECASE) & own["oversight"].isna()
    never = own["team"].map(bench.parameters.teams.set_index("team")["never"])
    assert not is_new[never].any()
    drift = bench.parameters.effort.groupby("month")["drift"].mean()
    by_month = is_new[~never].groupby(own["month"]).mean()
    assert by_month.iloc[0] < 0.01
    assert by_month.iloc[-1] > 0.10
    assert by_month.corr(drift) > 0.98


@pytest.fixture(scope="module")
def score(own):
    def macro_f1(train, test):
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000)
        )
        with threadpool_limits(1):
            model.fit(train["title"].to_numpy(), train["category"].to_numpy())
            named = model.predict(test["title"].to_numpy())
        return f1_score(test["category"], named, average="macro")

    return macro_f1


def test_what_was_learned_before_ai_reads_later_titles_worse(bench, own, score):
    rng = np.random.default_rng(0)
    never = own["team"].map(bench.parameters.teams.set_index("team")["never"])
    early = own[own["month"] < "2025-04"]
    early = early.iloc[rng.permutation(len(early))]
    train, test = early.iloc[:2500], early.iloc[2500:5500]
    late = own[own["month"] >= "2026-07"]
    with_ai, without = (
        rows.iloc[rng.permutation(len(rows))[:3000]]
        for rows in (late[~never[late.index]], late[never[late.index]])
    )
    before = score(train, test)
    assert 0.66 < before < 0.80
    assert score(train, with_ai) < before - 0.06
    assert score(train, without) > before - 0.04
