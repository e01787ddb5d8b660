"""The settings of the evening log: the types of issue."""

from workbench.config.forms import NAME, ShortTexts, Text, Texts
from workbench.config.tables import Many, Rows, TableForm
from workbench.core.issues.types import IssueType
from workbench.core.saying import say

ISSUE_TYPES = Rows(
    TableForm(
        IssueType,
        {
            "id": (NAME, say("Its fixed name.")),
            "name": (Texts(), say("Its name on the screen.")),
            "short": (ShortTexts(), say("Its name at the head of a column.")),
            "aliases": (Many(Text(pattern=r".{1,80}")), say("Other words that mean it.")),
            "check": (Texts(), say("What to look at when it comes up.")),
        },
    ),
    unique="id",
)
