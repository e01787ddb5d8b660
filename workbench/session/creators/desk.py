"""What can be asked and done about deals. Every deed is one transaction and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from workbench.config.profit_rules import collaborations, deal_clocks
from workbench.core.agenda import Due
from workbench.core.creators.clocks import Running, running
from workbench.core.creators.model import Deal, DealEntry, Product
from workbench.core.creators.sales import Performance, What
from workbench.core.creators.screening import screened
from workbench.core.creators.standing import DealStanding, Pays, pays_from
from workbench.core.promotions.model import Item
from workbench.core.saying import Misuse, Refusal, Saying, say
from workbench.core.unseen import seen
from workbench.later import later
from workbench.session.base import Done
from workbench.session.creators.checks import DealChecks, percent
from workbench.session.creators.tables import DEALS, PERFORMANCE, TABLES
from workbench.session.desk import Desk, corrected
from workbench.session.records import Records

if TYPE_CHECKING:
    from workbench.core.creators import moves, performance
    from workbench.core.creators.performance import Performed
    from workbench.core.profit import answer as answers
    from workbench.core.profit.answer import Shown
    from workbench.core.promotions import draft as drafts
    from workbench.core.promotions.draft import PromotionDraft
    from workbench.session.base import SessionBase
    from workbench.session.profit import desk as profits
    from workbench.session.profit.desk import ProfitDesk
    from workbench.session.promotions.desk import PromotionDesk
else:
    moves = later("workbench.core.creators.moves")
    performance = later("workbench.core.creators.performance")
    answers = later("workbench.core.profit.answer")
    drafts = later("workbench.core.promotions.draft")
    profits = later("workbench.session.profit.desk")

ZERO = Decimal(0)
#: What a creator's promotion runs for where neither the deal nor the platform says so.
_FORTNIGHT = timedelta(days=14)

#: Why a product has no ceiling, in words.
WHY: dict[str, Saying] = {
    "cost": say("does not pay even without a commission"),
    "refunds": say("too many come back"),
    "unknown": say("how often it comes back is not known yet"),
}


class DealDesk(Desk[Deal]):
    """The deals of a session."""

    table = TABLES[0]

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._lines: Records[Performance] = Records(session.store, PERFORMANCE, Performance)
        self._performed: tuple[int, dict[str, Performed]] | None = None
        #: What was reckoned for deals since something changed: many are about the same products.
        self._paid: tuple[tuple[int, date], dict[tuple[str, Shown, Decimal | None], Pays]] | None = None
        self._checked: tuple[int, DealChecks] | None = None
        self._with_promotion: tuple[int, frozenset[int]] | None = None

    @cached_property
    def clocks(self) -> Any:
        """The clocks in force."""
        return deal_clocks(self._session.settings)

    @cached_property
    def limits(self) -> Any:
        """What the market limits of collaborations."""
        return collaborations(self._session.settings)

    @property
    def profit(self) -> ProfitDesk:
        """The desk of profit."""
        found: ProfitDesk = self._session.desk("profit")
        return found

    # Asking

    def running(self, deal: Deal) -> Running:
        """The clock of a deal. A running deal is due at its end, an agreed one at its start."""
        found = running(self.clocks, deal.stage, deal.clock_from, self._session.zone)
        if found.rule is None and deal.stage == "running" and deal.ends_at is not None:
            return Running(at=deal.ends_at, kind="own", on_timeout="ends")
        if found.rule is None and deal.stage == "agreed" and deal.starts_at is not None:
            return Running(at=deal.starts_at, kind="own", on_timeout="none")
        return found

    def standing(self, deal: Deal) -> DealStanding:
        """A deal with its clock, its ceilings, its screening, and what is worth telling."""
        settings = self._session.settings
        pays = tuple(self.pays(deal, product) for product in deal.products)
        spent = (deal.fixed_fee or ZERO) + (deal.samples_cost or ZERO)
        files = self.performed(deal.handle)
        figures = deal.figures if files is None else {**files.screened, **deal.figures}
        clock = self.running(deal)
        return DealStanding(
            deal=deal,
            clock=clock,
            what=self.what(deal, clock, self._session.now()),
            pays=pays,
            figures=figures,
            performed=files,
            screening=tuple(screened(figures, settings.deals.screening)),
            currency=settings.shop.currency,
            places=self.profit.terms.places,
            target=self.profit.terms.target,
            from_orders=pays_from(spent, [each.expected for each in pays]),
            warnings=tuple(self.checks.warnings(deal)),
        )

    def lines(self, what: What = "creator") -> list[Performance]:
        """The lines of performance files of one kind."""
        return [line for line in self._lines.live().values() if line.what == what]

    def sold(self, sku: str) -> Performance | None:
        """The newest line of performance files about the product of a SKU, found by its name."""
        known = self._session.desk("imports").known_skus().get(sku)
        if known is None or known.product is None:
            return None
        name = known.product.casefold()
        mine = [line for line in self.lines("product") if line.product is not None and line.product.casefold() == name]
        return max(mine, key=lambda line: line.seen_at, default=None)

    def performed(self, handle: str | None) -> Performed | None:
        """What the performance files say of a creator; None where nothing."""
        version = self._session.store.version
        if self._performed is None or self._performed[0] != version:
            lines = sorted(self._lines.live().values(), key=lambda line: line.seen_at)
            found = performance.performed(lines, self._session.settings.shop.currency, self._session.zone)
            self._performed = version, found
        return None if handle is None else self._performed[1].get(performance.handle_of(handle))

    def pays(self, deal: Deal, product: Product) -> Pays:
        """Up to which rate a product of a deal pays, at the deal's price."""
        shown = self._price(deal, product)
        if shown is None:
            return Pays(sku=product.sku, why=say("its price is not known"))
        stamp, key = (self._session.store.version, self.profit.today), (product.sku, shown, deal.rate)
        if self._paid is None or self._paid[0] != stamp:
            self._paid = stamp, {}
        if key not in self._paid[1]:
            self._paid[1][key] = self._pays(deal, product, shown)
        return self._paid[1][key]

    def _pays(self, deal: Deal, product: Product, shown: Shown) -> Pays:
        try:
            answer = self.profit.ask(
                product.sku, profits.Asking(price=shown.price, commission=deal.rate or ZERO), lowest=False
            )
        except profits.MissingCost:
            cost = say("its cost is not complete")
            return Pays(sku=product.sku, price=shown.price, source=shown.source, why=cost)
        except Refusal as refused:
            return Pays(sku=product.sku, price=shown.price, source=shown.source, why=refused.saying)
        found = answer.account
        top = found.ceiling.rate
        over = deal.rate is not None and found.ceiling.why != "unknown" and (top is None or deal.rate > top)
        return Pays(
            sku=product.sku, price=shown.price, source=shown.source, ceiling=top,
            why=None if found.ceiling.why is None else WHY[found.ceiling.why],
            expected=found.expected, margin=answer.margin, over=over,
        )  # fmt: skip

    def _price(self, deal: Deal, product: Product) -> Shown | None:
        """The price that was agreed, else that of the creator's promotion, else the lowest that the plan shows during
        the deal, else the list price."""
        if product.price is not None:
            return answers.Shown(product.price, "deal")
        plan: PromotionDesk = self._session.desk("promotions")
        now = self._session.now()
        for promotion in plan.all():
            mine = promotion.deal == deal.id or (promotion.deal is None and promotion.creator == deal.handle != None)  # noqa: E711
            item = promotion.item_of(product.sku) if mine and promotion.over_at > now else None
            if item is not None and item.price is not None:
                return answers.Shown(item.price, promotion.ref)
        begins = max(deal.starts_at or now, now)
        ends = deal.ends_at if deal.ends_at is not None and deal.ends_at > begins else None
        if ends is None:
            return self.profit.shown(product.sku, begins)
        pieces, _holes = plan.coverage(product.sku, begins, ends)
        known = [each for each in pieces if not each.live and each.price is not None]
        if not known:
            return None
        least = min(known, key=lambda each: (each.price or ZERO, each.begins))
        assert least.price is not None
        return answers.Shown(least.price, "list" if least.promotion is None else f"P-{least.promotion}")

    @property
    def checks(self) -> DealChecks:
        """What is worth telling of deals, as they are now."""
        version = self._session.store.version
        if self._checked is None or self._checked[0] != version:
            highest = self.profit.terms.highest
            self._checked = version, DealChecks(self._session, self.all(), self.limits, highest)
        return self._checked[1]

    def what(self, deal: Deal, clock: Running, now: datetime) -> Saying:
        """What is to be done next."""
        from workbench.session.creators.dues import SAMPLE, what_of

        return SAMPLE if deal.stage == "agreed" and self.promoted(deal) else what_of(deal, clock, now)

    def promoted(self, deal: Deal) -> bool:
        """Whether a promotion of the plan belongs to it."""
        version = self._session.store.version
        if self._with_promotion is None or self._with_promotion[0] != version:
            plan: PromotionDesk = self._session.desk("promotions")
            self._with_promotion = version, frozenset(each.deal for each in plan.all() if each.deal is not None)
        return deal.id in self._with_promotion[1]

    def to_set_up(self, deal: Deal) -> PromotionDraft:
        """The promotion that it is agreed on for: its SKUs at their prices, over its days. `Refusal` where it has no
        product, or one whose price nobody knows."""
        plan: PromotionDesk = self._session.desk("promotions")
        priced = [(product, self._price(deal, product)) for product in deal.products]
        if not priced:
            raise Refusal(say("{ref} has no product yet.", ref=deal.ref))
        for product, price in priced:
            if price is None:
                raise Refusal(say("The price of {sku} is not known. Give it to the deal first.", sku=product.sku))
        now = self._session.now()
        starts = max(deal.starts_at or now, now)
        draft = drafts.PromotionDraft(
            tool="creator_flash", starts_at=drafts.minute(starts), ends_at=deal.ends_at or starts, creator=deal.handle,
            deal=deal.id, items=tuple(Item(product.sku, price.price) for product, price in priced if price is not None),
        )  # fmt: skip
        if deal.ends_at is not None and deal.ends_at > starts:
            return draft
        limit = plan.limit(draft)
        longest = limit.longest if limit is not None and limit.longest is not None else _FORTNIGHT
        return msgspec.structs.replace(draft, ends_at=draft.starts_at + longest)

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """Everything that a deal waits for."""
        from workbench.session.creators.dues import dues

        running = ((deal, self.running(deal)) for deal in self.all() if deal.open)
        return dues(((deal, clock, self.what(deal, clock, now)) for deal, clock in running), now, until)

    # Doing

    def add(self, handle: str, **fields: Any) -> Done:
        """A deal, as a candidate."""
        now, name = self._session.now(), handle.strip().removeprefix("@")
        if not seen(name).strip():
            raise Misuse(say("A deal needs the creator's handle."))
        with self._session.saving() as tx:
            id = tx.next_id(DEALS)
            deal = Deal(
                id=id, handle=name, stage_since=now, story=(DealEntry(now, "add"),),
                **{field: value for field, value in fields.items() if value not in (None, "")},
            )  # fmt: skip
            _span(deal)
            tx.put(DEALS, id, deal)
            return self._done(tx, say("{ref} added", ref=deal.ref), (id,))

    def edit(self, id: int, figures: Mapping[str, Any] | None = None, **fields: Any) -> Done:
        """Correct what was entered; the empty text clears a field. Figures are laid over those that are there."""
        now = self._session.now()
        given = corrected(Deal, fields)

        def change(deal: Deal) -> Deal:
            new = {name: each for name, each in (deal.figures | dict(figures or {})).items() if each is not None}
            told = ", ".join((*given, *(figures or {})))
            after = msgspec.structs.replace(
                deal, **given, **_lowered(deal, given.get("rate"), now), figures=new,
                story=(*deal.story, DealEntry(now, "edit", told)),
            )  # fmt: skip
            _span(after)
            return after

        return self.change([id], lambda _deals: say("{ref} changed", ref=self.ref(id)), change)

    def act(self, ids: Iterable[int], action: str, at: datetime | None = None, because: str | None = None) -> Done:
        """An action of the table of stages. `Refusal` where one of the deals cannot take it, where it would lie in the
        future, or where a rate above the ceiling is agreed on without a reason."""
        now = self._session.now()
        when = at or now
        if when > now:
            raise Refusal(say("That lies in the future."))

        def change(deal: Deal) -> Deal:
            after = moves.act(deal, action, when, because)
            if action == "agree" and not because:
                self._refuse_loss(deal)
            return after

        return self.change(list(ids), lambda done: say("{refs}: {action}", refs=_refs(done), action=action), change)

    def _refuse_loss(self, deal: Deal) -> None:
        """What does not pay is agreed on with a reason only."""
        for each in self.standing(deal).too_high:
            rate = percent(deal.rate or ZERO)
            if each.ceiling is None:
                raise Refusal(
                    say("{sku} does not reach the target at {rate} %. Renegotiate, or agree with a reason: --because",
                        sku=each.sku, rate=rate)
                )  # fmt: skip
            raise Refusal(
                say("{sku} pays up to {ceiling} %, not {rate} %. Renegotiate, or agree with a reason: --because",
                    sku=each.sku, ceiling=percent(each.ceiling), rate=rate)
            )  # fmt: skip

    def reopen(self, id: int, stage: str | None = None) -> Done:
        """An ended deal in the stage named, else in the one it ended from."""
        now = self._session.now()
        return self.change(
            [id], lambda _deals: say("{ref} reopened", ref=self.ref(id)), lambda deal: moves.reopened(deal, stage, now)
        )


def _lowered(deal: Deal, rate: Decimal | None, now: datetime) -> dict[str, Any]:
    """What is remembered of a rate that changes."""
    if rate is None or deal.rate is None or rate == deal.rate:
        return {}
    if deal.agreed and rate < deal.rate:
        return {"rate_before": deal.rate, "lowered_at": now}
    return {"rate_before": None, "lowered_at": None}


def _span(deal: Deal) -> None:
    if deal.starts_at is not None and deal.ends_at is not None and deal.ends_at <= deal.starts_at:
        raise Misuse(say("It would end before it starts."))


def _refs(deals: Iterable[Deal]) -> str:
    return ", ".join(deal.ref for deal in deals)


DESK = DealDesk
