"""The page of the week in a real browser: it fits, it is read, it prints, and no buyer's word in it does anything."""

from __future__ import annotations

import pytest

from tests.output.browser import browsers
from tests.output.samples import HOSTILE, report
from workbench import i18n
from workbench.output.cells import clean
from workbench.output.issues.report_html import page

#: Whether everything that is not in its own scroller fits, and nothing is drawn over the edge of its figure.
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module", params=[False, True], ids=["light", "dark"])
def browser(request, tmp_path_factory):
    yield from browsers(tmp_path_factory.mktemp("chromium"), request.param)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_in_a_browser(browser, tmp_path, language):
    try:
        found = report(tmp_path, language)
        file = tmp_path / "week.html"
        file.write_text(page(found), encoding="utf-8")
    finally:
        i18n.use("en")
    for width in (1200, 375):
        browser.open(file, width)
        assert browser.ask(FITS)
        # Nothing of it ran, and nothing was asked for.
        assert browser.ask("document.title") == browser.ask("document.querySelector('h1').textContent")
        assert (
            browser.ask("document.querySelectorAll('script, img, a, iframe, object, [onerror], [style]').length") == 0
        )
        assert browser.ask("performance.getEntriesByType('resource').length") == 0
        shown = browser.ask("[...document.querySelectorAll('li bdi')].map(line => line.textContent)")
        assert [words for words in shown if words] == [
            clean(line.words) for section in found.sections for line in section.lines if line.words
        ]
        assert set(map(clean, HOSTILE)) <= set(shown)
        # The style sheet is the page's own, so it applies: heat has a ground, each picture its size.
        assert browser.ask("getComputedStyle(document.querySelector('td.h3')).backgroundColor") != browser.ask(GROUND)
        assert browser.ask("[...document.querySelectorAll('svg')].every(picture => picture.clientWidth > 100)")
        assert browser.picture().startswith(b"\x89PNG")
    dark = browser.ask("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (browser.ask(GROUND) == "rgb(22, 23, 21)") == dark
    assert browser.pages().startswith(b"%PDF")


def test_a_word_that_slipped_through_could_still_do_nothing(browser, tmp_path):
    """The policy of the page holds by itself: markup put in by hand neither runs nor loads."""
    evil = "<script>document.title='hacked'</script><img src='x.png' onerror=\"document.title='hacked'\">"
    evil += "<p id=slipped style='color: rgb(1, 2, 3)'>words</p><iframe src='x.html'></iframe>"
    file = tmp_path / "week.html"
    browser.open(tmp_path)
    (tmp_path / "x.png").write_bytes(browser.picture())
    (tmp_path / "x.html").write_text("<script>parent.document.title='hacked'</script>", encoding="utf-8")
    file.write_text(page(report(tmp_path)).replace("<main>", f"<main>{evil}"), encoding="utf-8")
    browser.open(file)
    assert browser.ask("document.title") == "Week 47 of 2026, 16 Nov to 22 Nov"
    assert browser.ask("getComputedStyle(document.getElementById('slipped')).color") != "rgb(1, 2, 3)"
    assert browser.ask("document.images[0].naturalWidth") == 0
