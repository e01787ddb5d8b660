"""Walking a length of time from an instant, with every step recorded: hours, days of 24 hours, working days.

A working day is Monday to Friday less the market's public holidays, and a day of the weekend that is worked by decree;
all in the shop's zone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from workbench.core.deadline import Step
from workbench.core.policy import Policy, TimeSpan
from workbench.core.time import at_local, midnight


def walk(policy: Policy, span: TimeSpan, since: datetime) -> tuple[Step, ...]:
    """The steps from `since` to the end of `span`; the last one stands there."""
    start = Step("start", since)
    if span.unit == "wd":
        return (start, *_working(policy, since, span.count))
    end = since + span.fixed
    return (start, Step("run", end, seconds_between(since, end)))


def seconds_between(begin: datetime, end: datetime) -> int:
    """Whole seconds from `begin` to `end`, as a step counts them."""
    return int((end - begin).total_seconds())


def _working(policy: Policy, since: datetime, days: int) -> list[Step]:
    """Working days in the shop's zone: a start on a day off moves to the next working day's 00:00; then `days`
    working days later at the same wall-clock time, so Friday 15:00 and one day is Monday 15:00."""
    steps: list[Step] = []
    clock = since
    local = since.astimezone(policy.zone)
    day, time_of_day = local.date(), local.time()

    def skip() -> None:
        """Over every day off that begins at `day`."""
        nonlocal clock, day
        while name := _day_off(policy, day):
            day += timedelta(days=1)
            to = midnight(day, policy.zone)
            if steps and steps[-1].what == "skip" and steps[-1].name == name:
                before = steps.pop()
                steps.append(Step("skip", to, before.seconds + seconds_between(clock, to), name))
            else:
                steps.append(Step("skip", to, seconds_between(clock, to), name))
            clock = to

    def go(to: datetime) -> None:
        nonlocal clock
        if to != clock:
            if steps and steps[-1].what == "run":
                before = steps.pop()
                steps.append(Step("run", to, before.seconds + seconds_between(clock, to)))
            else:
                steps.append(Step("run", to, seconds_between(clock, to)))
            clock = to

    if _day_off(policy, day):
        skip()
        time_of_day = clock.astimezone(policy.zone).time()
    for _ in range(days):
        day += timedelta(days=1)
        if _day_off(policy, day):
            go(midnight(day, policy.zone))
            skip()
    go(at_local(datetime.combine(day, time_of_day), policy.zone))
    return steps


def _day_off(policy: Policy, day: date) -> str | None:
    """Why `day` is not worked: its holiday's name, "weekend", or None."""
    calendar = policy.calendar
    return calendar.holiday(day) or ("weekend" if day.weekday() >= 5 and not calendar.worked(day) else None)
