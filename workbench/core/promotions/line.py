"""A promotion in one line: `flash LAMP-WHT 590 until fri 14:00 keep`, `秒杀 LAMP-WHT 590 到 周五 14:00 常挂`.

    TOOL SKU PRICE [SKU PRICE ...] [from TIME] until TIME | for LENGTH [keep]

The tool comes first; a SKU with blanks stands in quotation marks; a price may be a percentage (`-10%`, alone it is off
everything). Nothing is guessed silently: `known` tells which words were understood, so that they can be shown, and
`problem` what is still missing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

import msgspec

from workbench.core.promotions.draft import PromotionDraft, minute
from workbench.core.promotions.model import TOOLS, Item, Promotion, Tool
from workbench.core.promotions.reading import read_amount, read_percent
from workbench.core.saying import Misuse, Saying, say
from workbench.core.sku_list import parted, quoted
from workbench.core.spelling import plain
from workbench.core.time import day_ends
from workbench.core.when import parse_when, read_due

#: What people call the tools; the first of each is written back, the second is its name in Chinese.
TOOL_WORDS: dict[Tool, tuple[str, ...]] = {
    "discount": ("discount", "商品折扣", "折扣"), "flash": ("flash", "秒杀"),
    "live_flash": ("live_flash", "直播秒杀", "liveflash", "live flash", "直播 秒杀"),
    "creator_flash": ("creator_flash", "达人秒杀", "creator flash", "达人 秒杀"),
    "coupon": ("coupon", "优惠券", "voucher"), "gift": ("gift", "赠品"), "bundle": ("bundle", "捆绑", "捆绑优惠"),
    "shipping": ("shipping", "运费", "包邮"), "giveaway": ("giveaway", "送礼"),
    "campaign": ("campaign", "活动价", "活动"),
}  # fmt: skip
TOOL_OF: dict[str, Tool] = {word: tool for tool in TOOLS for word in TOOL_WORDS[tool]}

_WHICH_TOOL = say("Which tool? Write it first: flash LAMP-WHT 590 until fri 14:00 keep")
_FROM = frozenset(("from", "since", "starts", "从", "自"))
_UNTIL = frozenset(("until", "till", "to", "ends", "到", "至"))
_FOR = frozenset(("for", "挂"))
_KEEP = frozenset(("keep", "kept", "常挂"))
_ALL = frozenset(("all", "everything", "全部", "全店"))
_WORD = re.compile(r'"(?:[^"]|"")+"|\S+')
_PRICE = re.compile(r"[^\w\s-]{0,3}\d{1,12}(?:,\d{3})*(?:\.\d{1,3})?")
_OFF = re.compile(r"-?(\d{1,2}(?:\.\d{1,4})?)%")
_LENGTH = re.compile(r"(\d{1,4})\s?(min|h|d|分钟|小时|天)")
_UNIT = {"min": 60, "分钟": 60, "h": 3600, "小时": 3600, "d": 86400, "天": 86400}
#: A time takes at most so many words.
_LONGEST = 6


class TypedPromotion(msgspec.Struct, frozen=True, kw_only=True):
    """What a line means: a draft, or what must be said first. `known` are the words understood, by their places."""

    draft: PromotionDraft | None = None
    problem: Saying | None = None
    known: tuple[tuple[int, int], ...] = ()


class _LineReader:
    """One line on its way from the left to the right."""

    def __init__(self, text: str, now: datetime, zone: tzinfo, places: int) -> None:
        self.typed, self.text, self.now, self.zone, self.places = text, plain(text), now, zone, places
        self.words = [(match[0], match.span()) for match in _WORD.finditer(self.text)]
        self.known: list[tuple[int, int]] = []
        self.tool: Tool | None = None
        self.items: list[Item] = []
        self.sku: str | None = None
        self.starts: datetime | None = None
        self.ends: datetime | None = None
        self.length: timedelta | None = None
        self.keep = False
        self.wrong: Saying | None = None

    def read(self) -> TypedPromotion:
        at = 0
        while at < len(self.words):
            taken = self._take(at)
            self.known += [span for _word, span in self.words[at : at + taken]]
            at += taken or 1
        problem = self.wrong or self._missing()
        draft = None
        if problem is None:
            try:
                draft = self._draft()
            except Misuse as told:
                problem = told.saying
        return TypedPromotion(draft=draft, problem=problem, known=tuple(self.known))

    def _take(self, at: int) -> int:
        """How many words from `at` on were understood."""
        word = self.words[at][0]
        low = word.casefold()
        if self.tool is not None and word[0] == '"' and (named := self._quoted(at)):
            self.sku = named
            return 1
        if self.tool is None and (taken := self._tool(at)):
            return taken
        if low in _KEEP:
            self.keep = True
        elif low in _FROM:
            return self._time(at, ends=False)
        elif low in _UNTIL:
            return self._time(at, ends=True)
        elif low in _FOR:
            return self._span(at)
        elif low in _ALL:
            self.sku = None
        elif match := _OFF.fullmatch(word):
            self._add(Item(self.sku, percent=read_percent(match[1])))
        elif self.sku is not None and _PRICE.fullmatch(word):
            self._add(Item(self.sku, read_amount(word.lstrip("฿$€£₫₱"), self.places)))
        elif self.tool is not None:
            self.sku = word
        else:
            self._not(_WHICH_TOOL)
            return 0
        return 1

    def _quoted(self, at: int) -> str:
        """The SKU in quotation marks, as it was typed."""
        low, high = self.words[at][1]
        return next(iter(parted(f'"{self.typed[low + 1 : high - 1]}"')), "")

    def _tool(self, at: int) -> int:
        """How many words from `at` on name the tool: one or two."""
        for count in (2, 1):
            words = " ".join(word for word, _span in self.words[at : at + count]).casefold()
            if words in TOOL_OF:
                self.tool = TOOL_OF[words]
                return count
        return 0

    def _add(self, item: Item) -> None:
        self.items = [each for each in self.items if each.sku != item.sku] + [item]
        self.sku = None

    def _time(self, at: int, *, ends: bool) -> int:
        """The longest time behind the word; of a bare day an end is its 24:00, a start its 00:00."""
        for count in range(min(_LONGEST, len(self.words) - at - 1), 0, -1):
            part = " ".join(word for word, _span in self.words[at + 1 : at + 1 + count])
            found = read_due(part, self.now, self.zone) if ends else parse_when(part, self.now, self.zone)
            if found is None:
                continue
            if isinstance(found, date) and not isinstance(found, datetime):
                found = day_ends(found, self.zone)
            if ends:
                self.ends = minute(found)
            else:
                self.starts = minute(found)
            return count + 1
        self._not(say('"{text}" is not a time; such as: fri 14:00, 2026-12-01', text=self._behind(at)))
        return 0

    def _not(self, problem: Saying) -> None:
        """Remember what is wrong first."""
        self.wrong = self.wrong or problem

    def _behind(self, at: int) -> str:
        return self.words[at + 1][0] if at + 1 < len(self.words) else ""

    def _span(self, at: int) -> int:
        for count in (1, 2):
            part = " ".join(word for word, _span in self.words[at + 1 : at + 1 + count])
            if (length := read_length(part)) is not None:
                self.length = length
                return count + 1
        self._not(say('"{text}" is not a length; such as: 3d, 72h or 90min', text=self._behind(at)))
        return 0

    def _missing(self) -> Saying | None:
        if self.tool is None:
            return _WHICH_TOOL
        if self.sku is not None:
            return say("At which price is {sku}? Write it behind it: {sku} 590, or {sku} -10%", sku=self.sku)
        if not self.items:
            return say("Which SKU, at which price?")
        if (self.ends is None) == (self.length is None):
            return say("Until when? Write: until fri 14:00, or for 3d")
        return None

    def _draft(self) -> PromotionDraft:
        assert self.tool is not None
        starts = self.starts or minute(self.now)
        ends = starts + self.length if self.length is not None else self.ends
        assert ends is not None
        if ends <= starts:
            raise Misuse(say("It would end before it starts."))
        return PromotionDraft(tool=self.tool, items=tuple(self.items), starts_at=starts, ends_at=ends, keep=self.keep)


def read_length(text: str) -> timedelta | None:
    """The length that `3d`, `72h`, `90min`, 3 天 means; None for anything else."""
    match = _LENGTH.fullmatch(plain(text).strip().casefold())
    found = timedelta(seconds=int(match[1]) * _UNIT[match[2]]) if match else None
    return found or None


def read_line(text: str, now: datetime, zone: tzinfo, places: int) -> TypedPromotion:
    """The promotion that the line describes, with prices of so many decimals; without `from` it starts now."""
    try:
        return _LineReader(text, now, zone, places).read()
    except Misuse as told:
        return TypedPromotion(problem=told.saying)


def spelled(sku: str) -> str:
    """A SKU as it stands in a line: in quotation marks where it would be read as something else."""
    odd = sku.casefold() in _KEEP | _FROM | _UNTIL | _FOR | _ALL or _OFF.fullmatch(sku) or plain(sku) != sku
    return f'"{sku}"' if odd else quoted(sku)


def write_line(promotion: Promotion | PromotionDraft, zone: tzinfo) -> str:
    """The line that describes a recorded promotion, with both its times."""
    items = (
        f"{'all' if item.sku is None else spelled(item.sku)} "
        + (f"{item.price:f}" if item.price is not None else f"-{item.percent:f}%")
        for item in promotion.items
    )
    starts, ends = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (promotion.starts_at, promotion.ends_at))
    tail = " keep" if promotion.keep else ""
    return f"{TOOL_WORDS[promotion.tool][0]} {' '.join(items)} from {starts} until {ends}{tail}"
