"""Claims on the same unknown whose intervals have nothing in common, and which of them are about one thing at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.checks.figure_terms import Form, Part, Said

# how many times the smaller the greater may be while both can be about one thing: a part is taken for the whole more often than not
REACH = {"flow": 3.0, "stock": 1.6, "count": 1.6, "amount": 1.25}
MANY = 12  # values for one unknown, of which each is set against the best supported one alone


@dataclass(frozen=True, slots=True)
class Rivals:
    """The values that are given for one unknown: groups of claims that agree within a group, the most exact claim first."""

    form: Form
    groups: tuple[tuple[Said, ...], ...]

    def pairs(self) -> Iterator[Pair]:
        """Every two groups with a claim of each that cannot both hold and that are about one thing."""
        many = len(self.groups) > MANY
        for m, one in enumerate(self.groups):
            for other in self.groups[m + 1 :] if m == 0 or not many else ():
                if (found := against(self.form, one, other)) is not None:
                    yield Pair(self, (one, other), *found)


@dataclass(slots=True)
class Pair:
    """Two groups that cannot both hold, and a claim of each; `backs` are the sets of other claims that need the one, or the other."""

    rivals: Rivals
    groups: tuple[tuple[Said, ...], tuple[Said, ...]]
    one: Said
    other: Said
    backs: tuple[list[tuple[Said, ...]], list[tuple[Said, ...]]] = field(default_factory=lambda: ([], []))


def rivals(said: Sequence[Said]) -> list[Rivals]:
    """The values of every unknown, in order."""
    by_form: dict[Form, list[Said]] = defaultdict(list)
    for claim in said:
        if not claim.denied:
            for part in claim.parts:
                if part.form.kind != "record":
                    by_form[part.form].append(claim)
    out = []
    for form in sorted(by_form, key=str):
        out.append(Rivals(form, tuple(map(tuple, _groups(form, by_form[form])))))
    return out


def _groups(form: Form, claims: Sequence[Said]) -> list[list[Said]]:
    """Claims that agree: each goes with the first group whose every value it can share; the most exact begin. Larger groups first."""
    parts = {c.id: c.on(form) for c in claims}
    ordered = sorted(claims, key=lambda c: (parts[c.id].width(), c.point.asserted or "9", c.id))
    groups: list[tuple[list[Said], list[Part]]] = []
    for claim in ordered:
        mine = parts[claim.id]
        for members, seen in groups:
            if mine in seen or not any(map(mine.beside, seen)):
                members.append(claim)
                if mine not in seen:
                    seen.append(mine)
                break
        else:
            groups.append(([claim], [mine]))
    return sorted((m for m, _ in groups), key=lambda m: (-len({c.point.claimant for c in m}), m[0].id))


def against(form: Form, one: Sequence[Said], other: Sequence[Said]) -> tuple[Said, Said] | None:
    """A claim of each group that cannot both hold and are about one thing, the most exact ones."""
    for a in one[:20]:
        for b in other[:20]:
            if a.on(form).beside(b.on(form)) and comparable(a, b, form):
                return a, b
    return None


def comparable(a: Said, b: Said, form: Form) -> bool:
    """Whether two claims on one unknown are about one thing: not by one claimant in one text, nor far apart, nor judged different."""
    if a.id == b.id or b.id in a.point.apart:
        return False
    if a.point.document == b.point.document and (a.point.claimant == b.point.claimant or a.series.sort == "amount"):
        return False
    if form.kind != "level":
        return True
    one, other = sorted(abs(v) for c in (a, b) if (v := _value(c)) is not None) if _value(a) and _value(b) else (0.0, 0.0)
    return one > 0 and other <= one * REACH[a.series.sort]


def _value(claim: Said) -> float | None:
    return claim.point.high if claim.point.low is None else claim.point.low


def unmistaken(said: Sequence[Said]) -> list[Said]:
    """The claims without those of which one claimant gives several in one text: they count different things.

    One of them that another text agrees with stays, and so does one that is only set against a value that is denied.
    """
    texts: dict[tuple[Form, str, str], list[Said]] = defaultdict(list)
    by_form: dict[Form, list[Said]] = defaultdict(list)
    for claim in said:
        for part in claim.parts:
            if part.form.kind != "record":
                by_form[part.form].append(claim)
                if not claim.denied:
                    texts[part.form, claim.point.document, claim.point.claimant].append(claim)
    out: set[str] = set()
    for (form, document, _), claims in texts.items():
        if len(claims) > 1 and any(a.on(form).beside(b.on(form)) for a in claims for b in claims):
            others = [c for c in by_form[form] if c.point.document != document]
            agreed = [c for c in claims if any(not c.on(form).beside(o.on(form)) for o in others)]
            if len(agreed) == len(claims) or any(a.on(form).beside(b.on(form)) for a in agreed for b in agreed):
                agreed = []
            out |= {c.id for c in claims} - {c.id for c in agreed}
    return [c for c in said if c.id not in out]
