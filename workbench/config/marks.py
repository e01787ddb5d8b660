"""What every dated figure says of itself: where it is from, of which day, since when it holds, how sure it is."""

from workbench.config.forms import Flag, Text
from workbench.config.values import Day
from workbench.core.saying import say

SOURCE = (Text(), say("Where the figure comes from."))
AS_OF = (Day(), say("The day of that page."))
ASSUMED = (Flag(), say("Nobody official says so."))
CONFLICTING = (Flag(), say("Sources contradict each other."))
EFFECTIVE = (Day(), say("The first day on which it holds; left out: always."))
