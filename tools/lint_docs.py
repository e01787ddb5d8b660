"""The page of the lint, in both languages: how often it is wrong, and every rule with its levels and source."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lint_rates import Rates, corpus, rates
from workbench.config.markets import MARKETS
from workbench.config.shipped_lint import shipped
from workbench.core.lint.model import LintRule
from workbench.output.markdown import heading, table

_WORDS = {
    "en": {
        "intro": """\
# What the lint knows

Before a text is copied, it is compared with dated rules. *block*: not copied; *warn*: copied and told; *info*: told.
A rule says what its source says, and of when; what no source speaks of is not judged. English and Chinese (both
scripts) are covered; in other languages brand names, links and numbers are, and a few words that no speaker has
checked (info).
""",
        "rates": "How often it is wrong",
        "measured": """\
Measured by `make docs` on labelled texts that the rules were not tuned on (`tests/core/lint/held_out.tsv`): half of
them break a rule in the ways in which sellers do (slips, figures for letters, letters of other scripts, letters
parted, pictures, two languages, polite detours), half are innocent and full of tempting words. They were written
before they were measured, and no list or rule was changed after that, but for one false alarm. A text that goes a
long way round is often not told: silence of the lint is no proof. In English and Chinese a class counts as told from
*warn* on, in other languages from *info* on. Missed counts classes, a false alarm is a text. The second table is of
the texts that were looked at while the lists grew (`seen.tsv`): it says how well the lists fit, not how good they
are. They came in ten lots, each measured before it was looked at: of the most devious two thirds were missed, of the
last one in eight.
""",
        "rates_heads": ("language", "texts", "without fault", "false alarms", "faults", "missed"),
        "languages": {"en": "English", "zh": "Chinese", "other": "others"},
        "rules": "The rules",
        "rules_heads": ("rule", "class", "level", "says", "source", "as of"),
        "else": "else",
    },
    "zh": {
        "intro": """\
# 检查规则

复制之前，文字会与有日期的规则比对。*block*：不复制；*warn*：复制并提示；*info*：只提示。
规则只说来源说过的话，并注明日期；没有来源的不作判断。覆盖英文和中文（简体、繁体）；
其他语言只认品牌名、链接和号码，另有少量未经母语者核对的词（info）。
""",
        "rates": "出错的频率",
        "measured": """\
由 `make docs` 在标注文本上测得，规则没有针对这些文本调整（`tests/core/lint/held_out.tsv`）：
一半按卖家常用的办法违规（写错字、数字代替字母、形近字母、拆开字母、表情、中英混写、客气的绕弯），
一半没有问题，但满是容易误判的词。文本先写好再测，测过之后没有再改词表和规则（只改了一处误报）。绕得远的说法常常查不出来：
没有提示不等于没有问题。中英文从 *warn* 起算提示，其他语言从 *info* 起算。漏报按类别数，误报按文本数。
第二张表是扩充词表时看过的文本（`seen.tsv`），只说明词表贴合的程度，不说明好坏。
它们分十批写成，每批都先测后看：最刁钻的一批漏掉三分之二，最后一批漏掉八分之一。
""",
        "rates_heads": ("语言", "文本", "无问题", "误报", "问题", "漏报"),
        "languages": {"en": "英文", "zh": "中文", "other": "其他"},
        "rules": "规则",
        "rules_heads": ("规则", "类别", "级别", "说明", "来源", "日期"),
        "else": "其余",
    },
}


def lint_page(language: str) -> str:
    """The page in one language."""
    words = _WORDS[language]
    lines = [words["intro"], heading(2, words["rates"]), "", words["measured"]]
    for name in ("held_out", "seen"):
        lines += table(words["rates_heads"], [_rates_row(each, words) for each in rates(corpus(name))])
        lines.append("")
    lines += ["", heading(2, words["rules"]), ""]
    lines += table(words["rules_heads"], [_rule_row(rule, language) for rule in shipped().rules])
    return "\n".join([*lines, ""])


def _rates_row(each: Rates, words: dict) -> list[str]:
    return [
        words["languages"][each.language],
        str(each.texts),
        str(each.clean),
        _share(each.false_alarms, each.texts),
        str(each.classes),
        _share(each.misses, each.classes),
    ]


def _share(count: int, total: int) -> str:
    return f"{count} ({100 * count / total:.1f} %)" if total else str(count)


def _rule_row(rule: LintRule, language: str) -> list[str]:
    return [
        f"`{rule.id}`",
        str(rule.number),
        ", ".join(_levels(rule, _WORDS[language]["else"])),
        rule.message[language],
        rule.source,
        rule.as_of.isoformat() if rule.as_of else "",
    ]


def _levels(rule: LintRule, otherwise: str) -> Iterator[str]:
    own = [market for market in MARKETS if market != "generic" and rule.level_in(market) != rule.level]
    for market in own:
        yield f"{market} {rule.level_in(market)}"
    yield f"{otherwise} {rule.level}" if own else rule.level
