"""The marks, each named once: all of one cell, also in a terminal that is set for Chinese, and each with its word."""

from __future__ import annotations

#: Overdue, a fault, a hole, an alert that fires.
LATE = "!"
#: Soon.
SOON = "▪"
#: Done, saved, won.
DONE = "✓"
#: Waits for others.
WAITS = "◦"
#: The seller's, and no deadline is known; a question.
ASKS = "?"
#: Under the cursor; before what is typed.
CURSOR = "›"
#: Text was cut here.
CUT = "~"
#: A gauge: what is filled, what is left, a milestone.
FILLED, REST, MILESTONE = "▬", "╌", "╷"
#: Between list and detail, where there are no tones.
EDGE = "╎"
