"""How probable it is that so many bad ones come by chance alone."""

from __future__ import annotations

from math import exp, fsum, lgamma, log


def at_least(count: int, expected: float) -> float:
    """P(X >= count) of a Poisson variable whose mean is `expected` (not negative): summed from the side that is
    smaller, so that a rare event keeps its digits."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    if count <= expected:
        return max(0.0, 1.0 - fsum(_mass(n, expected) for n in range(count)))
    terms: list[float] = []
    n, term = count, _mass(count, expected)
    while term > 0.0 and (not terms or term > terms[0] * 1e-18):
        terms.append(term)
        n += 1
        term *= expected / n
    return fsum(terms)


def _mass(n: int, expected: float) -> float:
    return exp(n * log(expected) - expected - lgamma(n + 1))
