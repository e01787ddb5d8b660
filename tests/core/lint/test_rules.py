"""Every rule fires on its own examples and on none of its counterexamples; the seeds' own scripts are found out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tools.lint_rates import corpus, wrong
from workbench.config.lint import linter
from workbench.config.lint_tables import LINT as LINT_TABLE
from workbench.config.shipped_lint import shipped
from workbench.core.lint.model import LEVELS, LintRule, rank
from workbench.i18n import render

LINT = linter()
RULES = shipped().rules
MARKETS = ("US", "TH", "VN", "ID", "PH", "MY", "SG", "UK")


def told(text: str, channel: Any = "chat", market: str = "generic", **more: Any) -> dict[str, Any]:
    return {each.rule: each for each in LINT.lint(text, channel, market, **more)}


def examples(what: str) -> list[Any]:
    return [
        pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in RULES for n, text in enumerate(getattr(rule, what))
    ]


@pytest.mark.parametrize(("rule", "text"), examples("hit"))
def test_a_rule_fires_on_its_own_examples(rule: LintRule, text: str) -> None:
    found = LINT.lint(text, rule.channels[0], "generic", kind=rule.cases[0] if rule.cases else None)
    assert rule.id in {each.rule for each in found} or any(
        each.number == rule.number and rank(each.level) >= rank(rule.level) for each in found
    )


@pytest.mark.parametrize(("rule", "text"), examples("miss"))
def test_a_rule_is_silent_on_its_counterexamples(rule: LintRule, text: str) -> None:
    found = LINT.lint(text, rule.channels[0], "generic", kind=rule.cases[0] if rule.cases else None)
    assert rule.id not in {each.rule for each in found}


def test_every_rule_is_whole() -> None:
    lists = LINT.book.names | {"evasion"}
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.message.keys() == {"en", "zh"}, rule.id
        assert rule.source, rule.id
        assert rule.hit or rule.limit, rule.id
        assert rule.lists <= lists, rule.id
        for words in (rule.message, *(local.message or {} for local in rule.markets.values())):
            assert not re.search(r"\b(legal|illegal|allowed)\b|合法|违法", " ".join(words.values())), rule.id


def test_a_rule_of_the_sellers_that_names_no_list_is_told() -> None:
    told: list[tuple[Any, str]] = []
    row = {"id": "mine", "contains": ["nowhere", "own"], "message": {"en": "a", "zh": "b"}}
    LINT_TABLE.clean(
        {"rules": [row], "lists": {"own": ["x"]}}, ("lint",), lambda at, what: told.append((at, render(what)))
    )
    assert told == [(("lint", "rules", 0), 'There is no list of words "nowhere".')]


def test_every_class_that_has_findings_has_a_rule() -> None:
    assert {rule.number for rule in RULES} == set(range(1, 20)) - {16, 17}
    assert {local.number for rule in RULES for local in rule.markets.values()} >= {16}


def test_the_generic_market_takes_the_strictest() -> None:
    for rule in RULES:
        assert rank(rule.level_in("generic")) == max(rank(rule.level_in(market)) for market in (*MARKETS, "BR"))


LEVEL_TABLE = [
    ("Could you change your review?", "chat", {"US": "block", "UK": "block", "TH": "info", "ID": "info", "VN": "warn"}),
    ("Good review please, get a gift", "chat", dict.fromkeys(MARKETS, "block")),
    ("不要给差评", "chat", {"US": "block", "UK": "block", "TH": "warn"}),
    ("再退货就拉黑", "chat", dict.fromkeys(MARKETS, "block")),
    ("All sales are final", "chat", {"VN": "block", "US": "warn"}),
    ("Please cancel the order", "chat", {"ID": "block", "US": "warn"}),
    ("Hello!", "chat", {"US": "warn", "TH": None}),
    ("It cures acne", "chat", dict.fromkeys(MARKETS, "block")),
    ("the best quality", "chat", dict.fromkeys(MARKETS, "warn")),
    ("我们会尽快发货", "chat", dict.fromkeys(MARKETS, "info")),
    ("我们会尽快发货", "appeal", dict.fromkeys(MARKETS, "warn")),
    ("单号【单号】", "appeal", dict.fromkeys(MARKETS, "block")),
    ("Your refund is done. Don't miss our flash sale!", "chat", {"TH": "warn", "ID": "warn", "US": "info"}),
    ("Join our lottery", "chat", {"TH": "block", "ID": "block", "US": "warn"}),
    ("Please send me your full name and address", "chat", {"US": "block", "TH": "warn"}),
    ("Thank you for the photos.", "review", {"TH": "info", "US": None}),
    ("Your lamp was shipped.", "off_site", dict.fromkeys(MARKETS, "warn")),
    ("若觉得服务还不错,麻烦给个好评哦", "chat", dict.fromkeys(MARKETS, "warn")),
    ("若觉得服务还不错,麻烦给个五星好评哦", "chat", dict.fromkeys(MARKETS, "block")),
    ("如果满意请给个好评", "chat", {"US": "block", "UK": "block", "TH": "warn"}),
    ("If you are happy, please leave us a good review", "chat", {"US": "block", "UK": "block", "VN": "warn"}),
    ("Please leave us a good review", "chat", dict.fromkeys(MARKETS, "warn")),
    ("We would be glad to read your review", "chat", dict.fromkeys(MARKETS, None)),
    ("欢迎您如实评价", "chat", dict.fromkeys(MARKETS, None)),
]


@pytest.mark.parametrize(("text", "channel", "levels"), LEVEL_TABLE)
def test_levels_by_market(text: str, channel: str, levels: dict[str, str | None]) -> None:
    for market, level in levels.items():
        found = [each.level for each in told(text, channel, market).values()]
        assert (max(found, key=LEVELS.index) if found else None) == level, market


def test_s0_names_the_class_of_its_market() -> None:
    text = "若觉得服务还不错,麻烦给个好评哦"
    assert told(text, "chat", "US")["good-review"].number == 16
    assert told(text, "chat", "TH")["good-review"].number == 3


SEEDS = [
    ("若觉得服务还不错,麻烦给个好评哦", {"good-review": "warn"}),
    (
        "退款已经处理，也送您一张优惠券，麻烦您更新评价或追加评论",
        {"reward-for-review": "block", "change-review": "block"},
    ),
    ("如果客户留下评论,则提供下次购买的折扣", {"refund-for-review": "block"}),
    ("我们会用电子邮件跟进，发邮件给 crm@shop.example", {"mail-address": "block"}),
    ("点击这里 [链接] 查看", {"link": "warn", "leftover": "block"}),
    ("100%正品保证", {"absolute-claim": "warn"}),
    ("放进洗衣机也完全没问题", {"absolute-claim": "warn"}),
]


@pytest.mark.parametrize(("text", "expected"), SEEDS)
def test_the_seeds_own_scripts(text: str, expected: dict[str, str]) -> None:
    found = told(text, "chat", "generic")
    assert {rule: found[rule].level for rule in expected if rule in found} == expected


@pytest.mark.parametrize("row", corpus("tuned"), ids=lambda row: row.text[:24])
def test_the_texts_it_was_tuned_on(row: Any) -> None:
    assert wrong(row) == (frozenset(), frozenset())


def test_the_held_out_texts_are_enough() -> None:
    known = {row.text for name in ("tuned", "seen") for row in corpus(name)}
    assert len(corpus("held_out")) >= 150
    assert not {row.text for row in corpus("held_out")} & known


def test_what_was_looked_at_is_hardly_ever_told_wrongly() -> None:
    rows = corpus("seen")
    found = [wrong(row) for row in rows]
    assert sum(bool(false) for false, _missed in found) <= 0.005 * len(rows)
    assert sum(len(missed) for _false, missed in found) <= 0.02 * sum(len(row.classes) for row in rows)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("change-review", "could u chnage ur reveiw"),
        ("change-review", "please delete your r3view"),
        ("change-review", "pleaaaase update your review"),
        ("other-platform", "Wh\u0430tsApp me"),  # a Cyrillic letter
        ("platform-contact", "wh4tsapp is my contact"),
        ("platform-contact", "\U0001f166hatsapp, contact me"),  # letters in boxes
        ("other-platform", "\u2795V\uff1asunny8866"),
        ("five-stars", "please give us 5 \U0001f31f"),
        ("change-review", "any chance you take that review down"),
        ("insult", "f*ck off"),
    ],
)
def test_a_disguise_is_looked_through(rule: str, text: str) -> None:
    assert rule in told(text, "chat", "US")


@pytest.mark.parametrize(
    "text",
    [
        "送给妈妈的礼物",
        "降低能耗，请看以下注意事项",
        "您的隐私我们会保护",
        "不同号的鞋垫",
        "主打款式有现货",
        "立体彩虹贴纸",
        "需要饭盒的亲请备注",
        "Timeline: two days",
        "Deadline: Friday",
        "The lawn mower line: 3 mm",
        "这件加V领设计更显脸小",
        "请加绿色的那件",
        "透气排湿，水洗不掉色",
        "运单号没了请看订单页",
        "SB-100 is the small bag",
        "Reach us at any time in this chat",
        "You can pair it with another app",
        "Our phone holder fits all cars",
    ],
)
def test_two_words_that_meet_make_no_third_one(text: str) -> None:
    assert [each for each in LINT.lint(text, "chat", "generic") if rank(each.level) > rank("info")] == []


def test_a_whole_text_of_single_letters_is_read_as_fast_as_another() -> None:
    # With every part of the run looked up it would take the better part of a minute.
    found = LINT.lint("w h a t s a p p " * 1_000, "chat", "generic")
    assert any(each.begin > 15_000 for each in found)
