"""The words, numbers and dates of a page in the language of its workspace.

English is what the code says. Another language is one file beside this one, such as ``de.po``,
which holds each English message and what it is in that language.
"""

from taskmix.language.catalogue import ENGLISH, languages
from taskmix.language.dates import (
    day_and_month,
    full_date,
    long_date,
    moment,
    month_and_year,
    padded_date,
    short_month_and_year,
    shortest_month_and_year,
)
from taskmix.language.messages import capital, either, listed, noted, tr, trn
from taskmix.language.numbers import number, percentage, separators, shortest
from taskmix.language.spoken import known_language, speak, speaking, spoken, tag

__all__ = [
    "ENGLISH",
    "capital",
    "day_and_month",
    "either",
    "full_date",
    "known_language",
    "languages",
    "listed",
    "long_date",
    "moment",
    "month_and_year",
    "noted",
    "number",
    "padded_date",
    "percentage",
    "separators",
    "short_month_and_year",
    "shortest",
    "shortest_month_and_year",
    "speak",
    "speaking",
    "spoken",
    "tag",
    "tr",
    "trn",
]
