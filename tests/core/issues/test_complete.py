"""Completion: who comes first, what is put into the line, and how few keys an issue takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.issues.samples import BOOK, TODAY, draft, issue, known, reading
from workbench.core.issues.complete import Completer, applied
from workbench.core.issues.skus import Skus
from workbench.core.issues.suggest import Suggestion


def ago(days: int):
    return TODAY - timedelta(days=days)


def complete(text, skus=None, language="en", **more):
    skus = skus or known()
    return Completer(skus=skus, types=BOOK, language=language, **more).candidates(reading(text, skus))


def values(text, *given, **more):
    return [candidate.value for candidate in complete(text, *given, **more)]


def tab(text, *given, **more):
    return applied(text, complete(text, *given, **more)[0])[0]


@pytest.mark.parametrize(
    ("text", "first", "ahead"),
    [
        ("p", "PANTS-BLK-L", "ANTS-BLK-L"),
        ("pants-b", "PANTS-BLK-L", "LK-L"),
        ("ｐａ", "PANTS-BLK-L", "NTS-BLK-L"),
        ("oak", "CHAIR-OAK", ""),
        ("fold", "CHAIR-OAK", ""),
        ("oak chair", "CHAIR-OAK", ""),
        ("blm", "PANTS-BLK-M", ""),
        ("red d", "Red Dress S", "ress S"),
        ('"red d', "Red Dress S", "ress S"),
        ("大", "大衣", "衣"),
        ("yesterday cha", "CHAIR-OAK", "IR-OAK"),
        ("lamp ", "size", "size"),
        ("LAMP qu", "quality", "ality"),
        ("LAMP mi", "missing_part", "ssing part"),
        ("LAMP missing p", "missing_part", "art"),
        ("LAMP 偏", "size", "小"),
        ("LAMP 漏", "missing_part", "发"),
        ("NEW qu", "quality", "ality"),
    ],
)
def test_the_first_candidate(text, first, ahead):
    found = complete(text)[0]
    assert (found.value, found.ahead) == (first, ahead)


def test_nothing_fits_nothing():
    assert values("zzz") == []
    assert values("LAMP size some words") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pants-blk-l", "PANTS-BLK-L "),
        ("red", '"Red Dress S" '),
        ("yesterday cha", "yesterday CHAIR-OAK "),
        ("LAMP miss", "LAMP missing part "),
        ("NEW qu", "NEW quality "),
    ],
)
def test_tab_brings_it_into_the_line(text, line):
    assert tab(text) == line


def test_types_come_in_the_language_of_the_screen_unless_another_is_being_typed():
    assert tab("LAMP ", language="zh") == "LAMP 尺码 "
    assert tab("LAMP qu", language="zh") == "LAMP quality "
    assert tab("LAMP 质", language="en") == "LAMP 质量 "


def test_an_ambiguous_type_is_answered_in_its_place():
    found = complete("LAMP fit far too wide")
    assert [(one.kind, one.value) for one in found] == [("type", "size"), ("type", "wrong_item")]
    line, cursor = applied("LAMP fit far too wide", found[1])
    assert (line, cursor) == ("LAMP wrong item far too wide", len("LAMP wrong item"))


def test_an_unknown_type_with_words_behind_it_is_answered_in_its_place():
    assert tab("LAMP dmaged box") == "LAMP damaged in transit box"


def test_the_recent_and_frequent_come_first():
    skus = known()
    for id, (sku, days) in enumerate(
        [("PANTS-BLK-M", 0), ("LAMP", 1), ("LAMP", 2), ("CHAIR-OAK", 200), ("CHAIR-OAK", 201)]
    ):
        skus.add(issue(id, ago(days), sku))
    assert values("", skus)[:3] == ["LAMP", "PANTS-BLK-M", "CHAIR-OAK"]
    assert values("p", skus)[:2] == ["PANTS-BLK-M", "PANTS-BLK-L"]


def test_a_better_fit_goes_before_a_more_frequent_one():
    skus = Skus(issues=[issue(n, sku="X-PANTS") for n in range(5)] + [issue(9, ago(90), sku="PANTS")])
    assert values("pan", skus) == ["PANTS", "X-PANTS"]


def test_todays_cases_go_first_among_equals():
    cases = [Suggestion(ticket=1, sku="PANTS-BLK-M", type="size", words="w")]
    assert values("", suggestions=cases)[0] == "PANTS-BLK-M"
    assert values("p", suggestions=cases)[0] == "PANTS-BLK-M"
    assert values("l", suggestions=cases)[0] == "LAMP"


def test_the_likely_types_of_a_sku_go_first():
    skus = Skus(issues=[issue(n, sku="A", type="late") for n in range(3)] + [issue(5, sku="B", type="quality")])
    assert values("A ", skus)[:2] == ["late", "quality"]
    assert values("B ", skus)[:2] == ["quality", "late"]
    assert values("NEW ", skus)[:2] == ["late", "quality"]


def test_the_words_of_a_case_are_completed_with_its_ticket():
    cases = [
        Suggestion(ticket=3, sku="LAMP", type="quality", words="one leg is shorter"),
        Suggestion(ticket=4, sku="LAMP", type="size", words="one size smaller"),
    ]
    (found,) = complete("LAMP quality one leg is sh", suggestions=cases)
    assert (found.kind, found.ahead) == ("words", "orter")
    line, cursor = applied("LAMP quality one leg is sh", found)
    assert (line, cursor) == ("LAMP quality @T-3 one leg is shorter", len(line))
    assert reading(line).draft == draft("LAMP", "quality", "one leg is shorter", ticket=3)
    assert tab("LAMP size @T-4 o", suggestions=cases) == "LAMP size @T-4 one size smaller"
    assert complete("LAMP size @T-3 o", suggestions=cases) == []
    assert tab("LAMP size x2 ", suggestions=cases) == "LAMP size x2 @T-4 one size smaller"


def test_an_evening_takes_few_keys_an_issue():
    products = ("PANTS", "DRESS", "LAMP", "MUG")
    skus = Skus([(f"{name}-{colour}-{size}", None) for name in products for colour in ("BLK", "RED") for size in "SML"])
    evening = [
        *[("PANTS-BLK-L", "size"), ("DRESS-RED-S", "colour"), ("MUG-RED-M", "missing_part"), ("LAMP-BLK-S", "damaged")],
        *[("PANTS-BLK-L", "size"), ("PANTS-BLK-L", "quality"), ("DRESS-RED-S", "colour"), ("MUG-RED-M", "late")],
    ] * 3
    keys = 0
    for id, (sku, type) in enumerate(evening):
        line = ""
        for kind, wanted, spelled in (("sku", sku, sku.replace("-", "")), ("type", type, type)):
            typed = line
            # The fewest letters, or initials of the words, after which Tab brings the right one.
            tries = [spelled[:n] for n in range(12)] + ["".join(part[:1] for part in wanted.split("-"))]
            first = {letters: complete(typed + letters, skus)[:1] for letters in tries}
            best = min((t for t, got in first.items() if [(c.kind, c.value) for c in got] == [(kind, wanted)]), key=len)
            line = tab(typed + best, skus)
            keys += len(best) + 1
        keys += 1
        assert reading(line + "w", skus).draft == draft(sku, type, "w")
        skus.add(issue(id, sku=sku, type=type))
    assert keys / len(evening) <= 8


SKU = st.sampled_from(["A", "a", "A B", "B-1", "b 1", "中文"])


@settings(max_examples=60)
@given(st.lists(st.tuples(SKU, st.integers(0, 300)), max_size=12), st.data())
def test_an_index_kept_up_to_date_equals_one_built_anew(lines, data):
    issues = [issue(id, ago(days), sku) for id, (sku, days) in enumerate(lines)]
    gone = data.draw(st.sets(st.sampled_from(range(len(issues)))) if issues else st.just(set()))
    skus, fresh = Skus(), Skus(issues=[one for n, one in enumerate(issues) if n not in gone])
    for one in issues:
        skus.add(one)
        skus.search("a")
    for n in gone:
        skus.remove(issues[n])
    for text in ("", "a", "b", "1", "中", "a b"):
        assert set(skus.search(text)) == set(fresh.search(text))
        assert set(skus.spelled(text)) == set(fresh.spelled(text))


def test_a_mistyped_sku_is_forgotten_with_its_only_issue():
    skus, wrong = known(), issue(1, sku="PANST")
    skus.add(wrong)
    assert skus.search("panst")[0] == "PANST"
    skus.remove(wrong)
    assert skus.search("panst", letters=False) == []
    assert skus.spelled("PANST") == ()


def test_a_product_name_once_known_stays():
    skus = Skus([("A", "Apron")])
    skus.know("A")
    assert (skus.product("A"), skus.product("B"), skus.search("apr")) == ("Apron", None, ["A"])


@given(st.text(max_size=20))
def test_any_text_is_completed_without_an_error(text):
    for candidate in complete(text):
        line, cursor = applied(text, candidate)
        assert line[:cursor].endswith(candidate.text)
