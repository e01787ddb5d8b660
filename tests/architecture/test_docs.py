"""The documents are true: what they link exists, what they tell to type is understood, what is generated is current."""

from __future__ import annotations

import io
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style

from tools import docs, pictures
from tools.catalogue import ROOT
from tools.svg import picture
from workbench import i18n
from workbench.cli.call import Call
from workbench.cli.parsing import parser
from workbench.cli.verbs import VERBS, find
from workbench.config import load
from workbench.session import Options
from workbench.session.demo import NOW, open_demo
from workbench.ui.commands import commands

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
#: Pages that exist in both languages, by the English one.
TWINS = [(page, page.with_suffix(".zh-CN.md")) for page in PAGES if page.with_suffix(".zh-CN.md").exists()]
_TARGET = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(workbench [^`]+)`")
#: What ends a command in a shell.
_ENDS = ("|", "||", "&&", ">", ">/dev/null")


def named(page):
    return "/".join(page.relative_to(ROOT).parts)


each_page = pytest.mark.parametrize("page", PAGES, ids=named)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def targets(page: Path) -> list[str]:
    return [link or image for link, image in _TARGET.findall(text_of(page))]


def blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in _BLOCK.findall(text_of(page)) if name == language]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    heads = re.findall(r"^#+ (.+)$", _BLOCK.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def calls(page: Path) -> list[list[str]]:
    """Every call of the program that the page tells to type, without `workbench`."""
    lines = [line for block in blocks(page, "") for line in block.splitlines()]
    found = [line[line.index("workbench ") :] for line in lines if re.search(r"(^|  )workbench ", line)]
    found += [text for text in _INLINE.findall(text_of(page)) if text.isascii()]
    words = [shlex.split(text, comments=True)[1:] for text in found]
    return [each[: next((at for at, word in enumerate(each) if word in _ENDS), None)] for each in words]


@pytest.fixture(autouse=True)
def _english():
    i18n.use("en")
    yield
    i18n.use("en")


@each_page
def test_every_link_and_picture_exists(page):
    for target in targets(page):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        found = page.parent / file if file else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


@each_page
def test_every_call_is_understood(page):
    for words in calls(page):
        if not words or words[0] == "VERB" or words[0] in ("stake", "errand"):  # the worked example
            continue
        verb = find(words[0])
        assert verb is not None or words[0].startswith("-"), words
        shown = io.StringIO()
        try:
            with redirect_stdout(shown), redirect_stderr(shown):
                parser(verb).parse_args(words)
        except SystemExit as left:  # --help, --version
            assert left.code == 0, words  # noqa: PT017


def test_the_readme_and_the_guide_show_verbs_at_all():
    assert len(calls(ROOT / "README.md")) >= 5
    assert len(calls(ROOT / "docs/guide.md")) >= 25


def test_every_verb_stands_in_the_guide():
    shown = {words[0] for words in calls(ROOT / "docs/guide.md") if words}
    assert {verb.name for verb in VERBS} - shown <= {"redo", "history", "issues", "ledger"}, "those are keys there"


@each_page
def test_every_make_target_exists(page):
    known = re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE)
    for words in re.findall(r"`?make ((?:[a-z]+ ?)+)(?:`|#|$)", text_of(page), re.MULTILINE):
        assert set(words.split()) <= set(known), words


@pytest.mark.parametrize(("path", "text"), list(docs.pages()), ids=lambda value: getattr(value, "name", ""))
def test_the_generated_pages_are_current(path, text):
    assert path.read_text(encoding="utf-8") == text, "run: make docs"


def test_the_data_that_is_made_ready_is_current():
    assert [path.name for path, data in docs.ready().items() if path.read_bytes() != data] == [], "run: make docs"


@pytest.mark.parametrize("name", ["keys.md", "keys.zh-CN.md"])
def test_every_command_stands_in_the_keys_once(name):
    rows = re.findall(r"^\|[^|]*\| `([a-z]+\.[a-z0-9-]+)` \|", text_of(ROOT / "docs" / name), re.MULTILINE)
    assert rows.count("ticket.act") == 1
    assert sorted(rows) == sorted(command.id for command in commands().values())


@pytest.mark.parametrize("page", [ROOT / "docs" / f"{name}.md" for name in ("guide", "keys", "settings")], ids=named)
def test_settings_that_are_shown_are_right(page, tmp_path):
    shown = blocks(page, "toml")
    assert shown
    for at, block in enumerate(shown):
        path = tmp_path / f"{at}.toml"
        path.write_text(block, encoding="utf-8")
        assert load(path).problems == ()
    for block in (block for block in shown if "[keys.bind]" in block):
        assert set(re.findall(r'^"(.+?)"', block, re.MULTILINE)) <= {command.id for command in commands().values()}


@pytest.mark.parametrize(("english", "chinese"), TWINS, ids=lambda page: page.name)
def test_both_languages_tell_the_same(english, chinese):
    def outline(page):
        kept = [[words[0], *(word for word in words if word.startswith("--"))] for words in calls(page) if words]
        heads = re.findall(r"^#+", _BLOCK.sub("", text_of(page)), re.MULTILINE)
        drawn = [re.sub(r"-zh(?=\.svg)", "", target) for target in targets(page) if target.endswith(".svg")]
        return heads, sorted(kept), drawn

    assert outline(english) == outline(chinese)


@pytest.mark.parametrize("scene", pictures.SCENES, ids=lambda scene: scene.name)
def test_every_picture_is_there_and_names_nothing_outside(scene):
    for language in pictures.SUFFIXES:
        text = text_of(pictures.path(scene, language))
        assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert not re.search(r"http|url\(|@import|@font-face|href|<script", text.replace("http://www.w3.org", "", 1))


def test_no_picture_is_left_over():
    drawn = {pictures.path(scene, language) for scene in pictures.SCENES for language in pictures.SUFFIXES}
    assert set(pictures.PICTURES.iterdir()) == drawn, "run: make pictures"


async def test_a_picture_is_the_same_each_time():
    scene = next(scene for scene in pictures.SCENES if scene.name == "import")
    first = await pictures.draw(scene, "zh")
    assert "returns_2026-11-24.csv" in first
    assert first == await pictures.draw(scene, "zh")


def test_every_character_of_a_picture_has_its_cells():
    style = Style.parse("#ffffff on #000000")
    text = picture([[Segment("ab  \u7ea2\u8272 <c>\u28ff", style)]], 20, "<t>")
    assert 'textLength="16.8" lengthAdjust="spacingAndGlyphs" fill="#ffffff">ab<' in text
    assert re.search(r'<text x="35 51\.8"[^>]*>\u7ea2\u8272<', text), "a wide one takes two cells of 8.4"
    assert "&lt;c&gt;" in text
    assert text.count("<circle") == 8
    assert "<title>&lt;t&gt;</title>" in text


# the worked examples of CONTRIBUTING.md


def example(begin: str) -> dict[str, object]:
    code = next(block for block in blocks(ROOT / "CONTRIBUTING.md", "python") if block.startswith(begin))
    space: dict[str, object] = {"__name__": "example"}
    sys.modules["example"] = type(sys)("example")
    exec(code, space)
    return space


@pytest.fixture
def demo(tmp_path):
    return open_demo(Options(data=tmp_path, now=NOW))


def test_the_verb_of_the_example_works(demo, capsys):
    verb = example('"""`workbench stake`')
    tree = parser(None)
    verb["declare"](tree)
    call = Call(tree.parse_args(["--filter", "kind:return_refund"]))
    call.session = demo
    assert verb["run"](call) == 0
    assert re.fullmatch(r"\d+ cases  \u0e3f[\d,]+\.00\n", capsys.readouterr().out)


def test_the_tables_of_the_example_are_right(tmp_path):
    market, issue_type = blocks(ROOT / "CONTRIBUTING.md", "toml")
    path = tmp_path / "settings.toml"
    path.write_text(market.replace("markets.BR", "markets.MY") + issue_type, encoding="utf-8")
    loaded = load(path)
    assert loaded.problems == ()
    assert loaded.settings.issue_types[0].id == "smell"
