"""Pages of one report link to one another, and nothing else of them changes."""

import pytest

from taskmix.report import export_page, link_pages
from taskmix.report.beside import ROOM

ALL = ["3_task_mix", "4_ai_shift", "5_meaningful_work"]


@pytest.fixture
def page(make):
    return export_page(make.report(), site=True, name="4_ai_shift", linked=True)


def test_a_page_names_itself_and_links_to_the_others(page):
    linked = link_pages(page, notebook="4_ai_shift", beside=ALL)
    assert (
        '<a href="3_task_mix.html">Task mix</a><b aria-current="page">AI shift</b>'
        '<a href="5_meaningful_work.html">Meaningful work</a>'
    ) in linked
    assert linked.index("aria-current") < linked.index("<main>")


def test_links_are_replaced_and_taken_back_and_all_else_stays(page):
    linked = link_pages(page, notebook="4_ai_shift", beside=ALL)
    fewer = link_pages(linked, notebook="4_ai_shift", beside=ALL[:2])
    assert "5_meaningful_work.html" not in fewer
    assert link_pages(fewer, notebook="4_ai_shift", beside=ALL) == linked
    assert link_pages(linked, notebook="4_ai_shift", beside=["4_ai_shift"]) == page


def test_a_page_alone_has_no_room_and_is_left_alone(make):
    alone = export_page(make.report(), site=True, name="4_ai_shift")
    assert link_pages(alone, notebook="4_ai_shift", beside=ALL) == alone


def test_a_paragraph_that_looks_like_the_room_is_not_filled(make):
    cells = [make.markdown(f"{ROOM} mine")]
    page = export_page(make.notebook(*cells), site=True, name="x", linked=True)
    linked = link_pages(page, notebook="3_task_mix", beside=ALL)
    assert linked.count('tm-beside"') == 1
    assert linked.index("4_ai_shift.html") < linked.index("<main>")


def test_links_are_in_the_language_of_the_page_that_they_are_on(page):
    german = page.replace('<html lang="en">', '<html lang="de-AT">')
    linked = link_pages(german, notebook="4_ai_shift", beside=ALL)
    assert '<nav class="tm-beside" aria-label="Seiten dieses Berichts">' in linked
    assert '<a href="3_task_mix.html">Aufteilung der Arbeit</a>' in linked
