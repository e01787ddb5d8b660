"""Write the pages of keys and settings in both languages, from the code. Run by `make docs`; a test compares."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.lint_docs import lint_page
from workbench import i18n
from workbench.config.reference import SettingEntry, reference
from workbench.config.shipped import Shipped, shipped_path
from workbench.core.tickets.stages import LETTERS
from workbench.i18n import render
from workbench.output.markdown import heading, table
from workbench.output.sentences import DONE
from workbench.ui.commands import commands, key_name, scopes
from workbench.ui.room import Command

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

_KEYS = {
    "en": """\
# Keys

Every command with its keys and its id. `?` in the program shows the same for the screen you are on, `ctrl+p` finds a
command by its name. Every list can be worked with arrows, Enter, digits and F-keys alone, also while a Chinese input
method is on; full-width digits and punctuation act as plain ones. A click moves the cursor, a second click acts.

## Keys of your own

Write them into your settings file (`workbench config path` names it), by the id of the command:

```toml
[keys.bind]
"ticket.close" = ["x", "delete"]
"app.help" = ["f1"]
"ticket.delete" = []
```

A list replaces the keys of the command; an empty one takes it off the keyboard, and the palette still has it.
`workbench config check` names ids that do not exist, keys that no terminal sends, and keys that would mean two things.
""",
    "zh": """\
# 按键

每个命令，连同它的按键和 id。程序里按 `?` 会列出当前界面的按键，`ctrl+p` 按名称查找命令。
所有列表只用方向键、回车、数字和 F 键就能操作，开着中文输入法也一样：全角的数字和标点当作半角处理。
单击移动光标，再点一次执行。

## 自己定义按键

写进你的设置文件（`workbench config path` 会告诉你它在哪里），用命令的 id：

```toml
[keys.bind]
"ticket.close" = ["x", "delete"]
"app.help" = ["f1"]
"ticket.delete" = []
```

列表替换该命令原来的按键；空列表表示不给它按键，命令面板里仍然找得到。`workbench config check` 会指出不存在的 id、
终端发不出来的按键，以及一键两用的地方。
""",
}
_LETTERS = {
    "en": "Letters of the answers; each answer also has its digit. Only what is legal in the stage is offered.",
    "zh": "各个回答的字母；每个回答也有数字。只列出当前阶段允许的操作。",
}
_KEY_HEADS = {"en": ("key", "command", "what it does"), "zh": ("按键", "命令", "作用")}
_LETTER_HEADS = {"en": ("key", "answer"), "zh": ("按键", "回答")}

_SETTINGS = {
    "en": """\
# Settings

Every setting has a value in the shipped `config.toml`, with a comment that says where it comes from. Your own file
holds only what you want to be different: tables are merged key by key, a list replaces the shipped list as a whole;
events and plans are added, one of the same name takes the place of the shipped one.

| | |
|---|---|
| `workbench config path` | where your file, the shipped file and the data are |
| `workbench config check` | every mistake in your file, with its line |
| `workbench config show` | every value in force, and the file and line it came from |

A mistake never stops the program: it is told, and the shipped value stays in force.

```toml
[shop]
market = "TH"

[calendar]
write_to = "~/Documents/shop.ics"

[holidays.TH]
add = [2026-12-31]
```

In the tables below `X` stands for a market ({markets}), `[]` for each table of a list, written `[[...]]` in the file.
A text is `"one for both languages"` or `{{ en = "...", zh = "..." }}`. The figures of the markets stand in
[the policy table](policy.md).
""",
    "zh": """\
# 设置

每个设置在随程序附带的 `config.toml` 里都有值，注释写明出处。你自己的文件只写想改的：表按键合并，列表整个替换；
大促（events）和计划（plans）是添加，同名的替换附带的。

| | |
|---|---|
| `workbench config path` | 你的文件、附带的文件和数据各在哪里 |
| `workbench config check` | 你的文件里的每个错误，连同行号 |
| `workbench config show` | 正在生效的每个值，以及它来自哪个文件的哪一行 |

写错了也不会让程序停下：它会告诉你，并继续用附带的值。

```toml
[shop]
market = "TH"

[calendar]
write_to = "~/Documents/shop.ics"

[holidays.TH]
add = [2026-12-31]
```

下面的表里，`X` 代表一个市场（{markets}），`[]` 代表列表里的每个表，在文件里写作 `[[...]]`。文字写成 `"两种语言共用"`
或 `{{ en = "...", zh = "..." }}`。各市场的具体数字见[规则表](policy.zh-CN.md)。
""",
}
_SETTING_HEADS = {
    "en": ("setting", "what it is for", "what it may be", "shipped"),
    "zh": ("设置", "用途", "可以写什么", "附带的值"),
}


def keys_page(language: str) -> str:
    """Every command, by the scope in which its keys hold."""
    lines = [_KEYS[language].rstrip()]
    for scope, title in scopes().items():
        rows = [_key_row(command) for command in commands().values() if command.scope == scope]
        lines += ["", heading(2, render(title)), "", *table(_KEY_HEADS[language], rows)]
        if scope == "act":
            answers = sorted((letter, render(DONE[name])) for name, letter in LETTERS.items())
            rows = [[f"`{letter}`", text] for letter, text in answers]
            lines += ["", _LETTERS[language], "", *table(_LETTER_HEADS[language], rows)]
    return "\n".join([*lines, ""])


def _key_row(command: Command) -> list[str]:
    keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
    return [keys, f"`{command.id}`", render(command.help)]


def settings_page(language: str) -> str:
    """Every setting, one table a section of the file."""
    shipped = Shipped(shipped_path())
    markets = ", ".join(shipped.whole()["markets"])
    lines = [_SETTINGS[language].format(markets=markets).rstrip()]
    for section, entries in itertools.groupby(reference(shipped), _section):
        rows = [_setting_row(entry, section) for entry in entries]
        lines += ["", heading(2, f"`{section}`"), "", *table(_SETTING_HEADS[language], rows)]
    return "\n".join([*lines, ""])


def _section(entry: SettingEntry) -> str:
    return entry.key.rpartition(".")[0]


def _setting_row(entry: SettingEntry, section: str) -> list[str]:
    shipped = f"`{entry.default}`" if entry.default else ""
    return [f"`{entry.key.removeprefix(section + '.')}`", render(entry.help), render(entry.expected), shipped]


#: name of the page -> what makes it
GENERATED: dict[str, Callable[[str], str]] = {"keys": keys_page, "settings": settings_page, "lint": lint_page}
SUFFIXES = {"en": "", "zh": ".zh-CN"}


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page: where it is kept, and how it reads."""
    before = i18n.language()
    for name, make in GENERATED.items():
        for language, suffix in SUFFIXES.items():
            i18n.use(language)
            try:
                yield DOCS / f"{name}{suffix}.md", make(language)
            finally:
                i18n.use(before)


def ready() -> dict[Path, bytes]:
    """The data files of the package that are made of written ones, so that a start parses no TOML."""
    from tools.holiday_data import holiday_data
    from workbench.config import replies, shipped_lint

    return {shipped_lint.READY: shipped_lint.made_ready(), **replies.made_ready(), **holiday_data()}


def main() -> None:
    """Write them all; the data first, for a page may be about it."""
    for path, data in ready().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    for path, text in pages():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
