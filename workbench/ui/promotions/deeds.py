"""What the keys of the Plan do to the promotion under the cursor: each asks in a sheet, then one undoable step."""

from __future__ import annotations

from workbench.core.promotions.model import Promotion
from workbench.core.saying import Told
from workbench.i18n import _, render
from workbench.output.words import full_point
from workbench.ui.frame import Frame
from workbench.ui.text import Span


class PromotionDeeds(Frame):
    """The actions on promotions; the screen says which one is meant, and which are selected."""

    @property
    def promotion(self) -> Promotion | None:
        """The promotion under the cursor."""
        raise NotImplementedError

    @property
    def sku(self) -> str | None:
        """The SKU under the cursor."""
        raise NotImplementedError

    @property
    def selected(self) -> list[Promotion]:
        """The promotions that are selected, in order; none: the one under the cursor."""
        raise NotImplementedError

    def _none(self) -> None:
        self.tell([Span(_("No promotion stands here."), "quiet")])

    def action_promotion_add(self) -> None:
        from workbench.ui.promotions.sheets import add

        self.app.push_screen(add(self.session))

    def action_promotion_edit(self) -> None:
        from workbench.ui.promotions.sheets import edit

        if self.promotion is None:
            self._none()
        else:
            self.app.push_screen(edit(self.session, self.promotion))

    def action_promotion_renew(self) -> None:
        """Renew what is selected; what cannot be renewed says why. One whose renewal the platform may have refused is
        asked about it."""
        from workbench.ui.promotions.sheets import renew

        chosen, desk = self.selected, self.session.desk("promotions")
        if not chosen:
            self._none()
            return
        if len(chosen) == 1 and (by := desk.doubted().get(chosen[0].id)) is not None:
            self._ask_taken(by)
            return
        try:
            for each in chosen:
                desk.renewal(each)
        except Told as told:
            self.tell([Span("! ", "soon_bold"), Span(render(told.saying), "soon")])
            return
        self.app.push_screen(renew(self.session, chosen))

    def action_promotion_stop(self) -> None:
        from workbench.ui.promotions.sheets import stop

        found = self.promotion
        if found is None:
            self._none()
        elif found.over_at <= self.session.now():
            self.tell([Span(_("{ref} is over already.").format(ref=found.ref), "quiet")])
        else:
            self.app.push_screen(stop(self.session, found))

    def action_promotion_note(self) -> None:
        from workbench.ui.promotions.sheets import note

        if self.promotion is None:
            self._none()
        else:
            self.app.push_screen(note(self.session, self.promotion))

    def action_promotion_price(self) -> None:
        from workbench.ui.promotions.sheets import list_price

        if self.sku is None:
            self._none()
        else:
            self.app.push_screen(list_price(self.session, self.sku))

    def action_promotion_why(self) -> None:
        from workbench.ui.promotions.why import PlanWhySheet

        if self.promotion is None and self.sku is None:
            self._none()
        else:
            self.app.push_screen(PlanWhySheet(self.promotion, self.sku))

    def _ask_taken(self, renewal: Promotion) -> None:
        from workbench.ui.sheets.confirm import ConfirmSheet

        desk = self.session.desk("promotions")

        def tick(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: desk.taken(renewal.id), self.bench.saved)

        question = _("Has the platform taken {ref}, from {point} on?").format(
            ref=renewal.ref, point=full_point(renewal.starts_at, self.session.zone)
        )
        self.app.push_screen(ConfirmSheet(question), tick)

    def action_promotion_delete(self) -> None:
        """Asks, and is answered by another key than the one that asked."""
        found = self.promotion
        if found is None:
            self._none()
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        id, desk = found.id, self.session.desk("promotions")

        def delete(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: desk.delete([id]), self.bench.saved)

        question = _("Delete {ref}? Undo brings it back.").format(ref=found.ref)
        self.app.push_screen(ConfirmSheet(question), delete)
