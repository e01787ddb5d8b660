"""The week as text, Markdown and a page: complete, in both languages, and nothing in it but words."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.output.samples import HOSTILE, WEEK, filled, report, shop
from workbench import i18n
from workbench.output.anonymous import Mask
from workbench.output.cells import HOSTILE as STEERING
from workbench.output.cells import clean
from workbench.output.issues.report_html import page
from workbench.output.issues.report_md import escaped, markdown_lines
from workbench.output.issues.report_text import text_lines
from workbench.session.issues.report import week_report

#: Every element that the page may have; it has neither a link nor a script, a picture only as SVG.
ALLOWED = (
    "html head meta title style body header h1 h2 h3 p main div table thead tbody tr th td b bdi figure figcaption svg "
    "rect line text article ul li span dl dt dd footer"
)
ATTRIBUTES = "lang charset http-equiv content name class scope viewbox role x y width height rx x1 y1 x2 y2 text-anchor"


@pytest.fixture(autouse=True)
def english():
    yield
    i18n.use("en")


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.policy = self.style = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"]
        if tag == "li":
            self.words.append("")
        if tag not in ("meta", "rect", "line"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.text.append(data)
        if self.open[-2:] == ["li", "bdi"]:
            self.words[-1] += data


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("anonymous", [False, True])
def test_the_page_is_whole_and_only_a_page(tmp_path, language, anonymous):
    found = report(tmp_path, language, anonymous=anonymous)
    text = page(found)
    read = Page(text)
    assert read.open == []
    assert read.tags <= set(ALLOWED.split())
    assert read.attributes <= set(ATTRIBUTES.split())
    # Every word of every buyer stands there as it was written, made harmless, and nowhere as anything else.
    mask = (lambda words: words) if not anonymous else Mask(["mali_b", "576981590000000001"])
    lines = [mask(line.words) for section in found.sections for line in section.lines]
    assert read.words == [clean(words) for words in lines]
    assert not re.search(STEERING, text.replace("\n", ""))
    digest = base64.b64encode(hashlib.sha256(read.style.encode()).digest()).decode()
    assert read.policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in read.style
    assert "@import" not in read.style
    shown = "\n".join(read.text)
    assert ("Quality" if language == "en" else "质量") in shown
    assert ("What buyers said" in shown) == (language == "en")
    assert ("mali_b" in shown) != anonymous
    assert ("576981590000000001" in shown) != anonymous
    assert text.startswith(
        '<!doctype html>\n<html lang="en">' if language == "en" else '<!doctype html>\n<html lang="zh-CN">'
    )
    for section in found.sections:
        assert clean(section.row.sku) in shown
        assert not section.telling or section.check in shown


def test_text_and_markdown_say_the_same_and_steer_nothing(tmp_path):
    found = report(tmp_path)
    plain, marked = "\n".join(text_lines(found)), "\n".join(markdown_lines(found))
    for shown in (plain, marked):
        assert shown.startswith(("Week 47 of 2026, 16 Nov to 22 Nov", "# Week 47 of 2026, 16 Nov to 22 Nov"))
        assert not re.search(STEERING, shown.replace("\n", ""))
        assert "a new chart" in shown
        assert "by 27 Nov" in shown
    for section in found.sections:
        for line in section.lines:
            assert clean(line.words) in plain
            assert escaped(line.words) in marked
    assert not re.search(r"<\w|</|<!|&(?!amp;|lt;|gt;|#124;)", marked)
    assert not re.search(r"(?<!\\)(\*(?!\*)(?<!\*\*)|[`\[\]~])", marked.replace("**", ""))
    assert "://" not in marked
    assert not re.search(r"www\.", marked)
    # Every line begins with what we wrote, so no word of a buyer can begin a block.
    assert {re.match(r"(# |## |\| |- |\*\*|\\\+ |[0-9]+ |$)", line) is not None for line in marked.splitlines()} == {
        True
    }
    tables = [line for line in marked.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in tables}) == 1


def test_a_rising_number_is_marked_and_a_moved_one_told(tmp_path):
    session = filled(shop(tmp_path), hostile=False)
    text = "\n".join(text_lines(week_report(session, WEEK)))
    assert re.search(r"^PANTS-BLK-L +3\+ ", text, re.MULTILINE)
    assert "PANTS-BLK-L  Size  3 this week, 2 last week, 2 on average, rising" in text
    later = "\n".join(text_lines(week_report(session, WEEK.later(1))))
    assert "The week is not over." in later
    session.log.log("PANTS-BLK-L size again")
    later = "\n".join(text_lines(week_report(session, WEEK.later(1))))
    assert "a new chart <b>, by 27 Nov: 3 then, 1 now" in later


def test_an_empty_week_says_so(tmp_path):
    session = shop(tmp_path)
    for text in (lambda r: "\n".join(text_lines(r)), lambda r: "\n".join(markdown_lines(r)), page):
        assert "Nothing was logged." in text(week_report(session, WEEK))
    session.log.nothing_wrong(WEEK.monday)
    assert "Nothing was wrong: 1 evening was logged" in page(week_report(session, WEEK))


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("Mali_B wrote", "*** wrote"), ("malix_b and mali_bc", "malix_b and mali_bc"), ("小红说太小", "***说太小"),
        ("call 081-234-5678 or +66 81 234 5678", "call *** or ***"), ("order 576981590830166131!", "order ***!"),
        ("see T-41 and @t-7", "see *** and ***"), ("a@b.example is me", "*** is me"), ("size 38, 175 cm, 2026-11-24",
         "size 38, 175 cm, 2026-11-24"), ("", ""),
    ],
)  # fmt: skip
def test_what_an_anonymous_report_leaves_out(words, masked):
    assert Mask(["mali_b", "小红", "小", None, " ", "小红 "])(words) == masked


def test_hostile_samples_are_hostile():
    assert sum(clean(words) != words for words in HOSTILE) >= 4
