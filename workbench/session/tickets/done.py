"""What was done to a ticket, as history and messages tell it: for one, and for several."""

from __future__ import annotations

from workbench.core.saying import mark

#: By the name of the action.
DONE: dict[str, tuple[str, str]] = {
    "approve": mark("{ref} approved", "{n} cases approved"),
    "reject": mark("{ref} rejected", "{n} cases rejected"),
    "ask_proof": mark("{ref}: the platform asks for proof", "{n} cases: the platform asks for proof"),
    "prove": mark("{ref}: proof sent", "{n} cases: proof sent"),
    "shipped": mark("{ref}: the buyer has shipped", "{n} cases: the buyer has shipped"),
    "expire": mark("{ref} expired", "{n} cases expired"),
    "arrived": mark("{ref}: the parcel has arrived", "{n} cases: the parcel has arrived"),
    "accept": mark("{ref}: return accepted", "{n} cases: return accepted"),
    "sent": mark("{ref} sent", "{n} cases sent"),
    "won": mark("{ref} won", "{n} cases won"),
    "lost": mark("{ref} lost", "{n} cases lost"),
    "file": mark("{ref}: appeal filed", "{n} cases: appeal filed"),
    "waive": mark("{ref}: appeal waived", "{n} cases: appeal waived"),
    "answer": mark("{ref} answered", "{n} cases answered"),
    "wrote": mark("{ref}: the buyer wrote", "{n} cases: the buyer wrote"),
    "cannot_ship": mark("{ref} cannot be shipped", "{n} orders cannot be shipped"),
    "contacted": mark("{ref}: buyer contacted", "{n} cases: buyers contacted"),
    "report": mark("{ref} reported", "{n} cases reported"),
    "solved": mark("{ref} solved", "{n} cases solved"),
    "not_yet": mark("{ref}: not there yet", "{n} cases: not there yet"),
    "done": mark("{ref} done", "{n} cases done"),
    "drop": mark("{ref} dropped", "{n} cases dropped"),
    "set": mark("{ref}: stage set", "{n} cases: stage set"),
    "timeout": mark("{ref}: the platform decided", "{n} cases: the platform decided"),
    "disputed": mark("{ref} disputed", "{n} cases disputed"),
    "withdrawn": mark("{ref} withdrawn", "{n} cases withdrawn"),
    "snooze": mark("{ref} snoozed", "{n} cases snoozed"),
}
