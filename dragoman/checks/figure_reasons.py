"""Why figures cannot all hold, in words and numbers: the type of the difference, what the others support, the reason the texts give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dragoman.checks import figure_words as words
from dragoman.checks.figure_pace import pace
from dragoman.checks.figure_rivals import Pair, Rivals, comparable
from dragoman.checks.figure_solver import Oracle
from dragoman.checks.figure_system import Layout, nodes
from dragoman.checks.figure_terms import Form, Said, Unknown
from dragoman.model.facts import Conflict

_NEAR = {"amount": "They are taken to be about one thing because they are close, of the same days and between the same parties.",
         "count": "They are taken to count the same because the words and the days are the same."}


def pair(found: Pair, known: Sequence[Said], layout: Layout) -> Conflict:
    """The conflict of two values for one unknown."""
    one, other = found.one, found.other
    kind, explained = _type(one, other)
    side, support = _support(found, known, layout) if kind == "contradiction" else (None, None)
    return Conflict(
        claims=tuple(sorted((one.id, other.id))),
        states=_states((one, other)),
        about=words.about(one.series, found.rivals.form.what, one.point.period),
        type=kind,
        why=_difference(found, kind),
        date=one.point.period or other.point.period or one.point.asserted,
        supported=tuple(sorted(c.id for c in found.groups[side])) if side is not None else (),
        support=support,
        explained=explained,
    )


def _difference(found: Pair, kind: str) -> str:
    """Both values with who gives them, and how far they are apart."""
    one, other, form = found.one, found.other, found.rivals.form
    unit = one.series.unit
    if form.base is None:
        a, b = (words.claimed(c.point, c.series.unit) for c in (one, other))
    else:
        a, b = words.said(one), words.said(other)
    text = f"{_capital(a)} {_by(one, found.groups[0])}; {b} {_by(other, found.groups[1])}."
    if kind == "revision":
        return f"{text} Both are of one source: the later figure replaces the earlier."
    verdict = "Counted differently, both may hold" if kind == "definition" else "They cannot both hold"
    x, y = _value(one), _value(other)
    if x and y and unit != "%" and form.base is None:
        gap = abs(Fraction(repr(x)) - Fraction(repr(y)))
        share = float(gap / max(abs(Fraction(repr(x))), abs(Fraction(repr(y))))) * 100
        text += f" {verdict}: the difference is {words.amount(gap, unit)}, {share:.1f} % of the greater."
    else:
        text += f" {verdict}."
    near = _NEAR.get(one.series.sort)
    return f"{text} {near}" if near and form.base is None else text


def _by(claim: Said, group: Sequence[Said]) -> str:
    others = len({c.point.document for c in group} - {claim.point.document})
    more = f", and {others} more {'text' if others == 1 else 'texts'} with it" if others else ""
    return f"by {words.who(claim.point)}{more}"


def _type(one: Said, other: Said) -> tuple[str, str | None]:
    """What kind of difference two claims on one unknown have, and the reason that the texts give."""
    a, b = one.point, other.point
    explained = _notes((one, other))
    if a.claimant == b.claimant and a.document != b.document and a.asserted and b.asserted and a.asserted != b.asserted:
        return "revision", explained
    if explained or (a.side and b.side and a.side != b.side) or (a.reporter and b.reporter and a.reporter != b.reporter):
        return "definition", explained
    return "contradiction", None


def _notes(said: Sequence[Said]) -> str | None:
    return "”; “".join(dict.fromkeys(c.point.note for c in said if c.point.note)) or None


def _support(found: Pair, known: Sequence[Said], layout: Layout) -> tuple[int | None, str | None]:
    """0 or 1 for the value that other claims need, and how: by arithmetic, by the pace of the year, by the number of sources."""
    told: dict[int, list[str]] = {}
    for n, mine, theirs in ((0, found.one, found.other), (1, found.other, found.one)):
        texts = {c.point.document for c in found.groups[n]}
        needed = [_backing(others, mine, theirs, layout, found.rivals.form) for others in found.backs[n]
                  if any(c.point.document not in texts for c in others)]
        if needed:
            told[n] = list(dict.fromkeys(needed))
    if len(told) == 1:
        side, why = next(iter(told.items()))
        return side, " ".join(why)
    if told:
        return None, "Other figures speak for either: " + " ".join(t for why in told.values() for t in why)
    if (paced := pace(found.rivals.form, found.one, found.other, known)) is not None:
        return paced
    sources = [len({c.point.claimant for c in group}) for group in found.groups]
    if sources[0] == sources[1]:
        return None, None
    side = 0 if sources[0] > sources[1] else 1
    value = words.claimed((found.one, found.other)[side].point, found.one.series.unit)
    return side, f"{max(sources)} sources agree with {value}, {min(sources)} with the other."


def _backing(others: Sequence[Said], mine: Said, theirs: Said, layout: Layout, form: Form) -> str:
    """How other claims need one value and not its rival."""
    told = _capital(words.listed([words.said(c) for c in others]))
    fits, fails = (words.claimed(c.point, c.series.unit) for c in (mine, theirs))
    left = _left(others, form.what, layout) if form.base is None else None
    put = f" put {words.thing(form.what.quantity)} {words.period(mine.point.period, form.what)} {left}" if left else ""
    reckoned = arithmetic((*others, theirs))
    return f"{told}{put}: {fits} fits, {fails} does not{f' ({reckoned})' if reckoned else ''}."


def _left(others: Sequence[Said], unknown: Unknown, layout: Layout) -> str | None:
    """What claims leave for an unknown, in words; None where they say nothing of it."""
    oracle = Oracle(nodes(others, layout), [], layout)
    reach = oracle.reach(range(len(oracle.nodes)), layout.terms(unknown))
    if reach is None or (reach[1] is None and not reach[0]):
        return None
    return words.between(*reach, unknown.quantity.unit)


def together(said: Sequence[Said], alone: Said | None, layout: Layout) -> Conflict:
    """The conflict of several claims that cannot all hold: what the others leave for one of them, `alone` where it stands against more."""
    target = alone or max(said, key=lambda c: (c.parts[0].form.base is None, c.point.asserted or "", c.id))
    others = [c for c in said if c.id != target.id]
    what = target.parts[0].form.what
    told = " ".join(f"{_capital(words.said(c))}, by {words.who(c.point)}." for c in (*others, target))
    left = _left(others, what, layout) if target.parts[0].form.base is None and others else None
    claim = words.claimed(target.point, target.series.unit)
    name = f"{words.thing(what.quantity)} {words.period(target.point.period, what)}"
    end = f"The {'others put' if len(others) > 1 else 'other puts'} {name} {left}, not {claim}" if left else "They cannot all hold"
    reckoned = arithmetic(said)
    notes = _notes(said)
    sides = {c.point.side for c in said if c.point.side} | {c.point.reporter for c in said if c.point.reporter and c.series.directed}
    return Conflict(
        claims=tuple(sorted(c.id for c in said)),
        states=_states(said),
        about=words.about(target.series, what, target.point.period),
        type="definition" if notes or len(sides) > 1 else "contradiction",
        why=f"{told} {end}{f': {reckoned}' if reckoned else ''}.",
        date=target.point.period or target.point.asserted,
        supported=tuple(sorted(c.id for c in others)) if alone else (),
        support=f"Further figures cannot hold with this one either: {words.said(alone)}. Without it all hold." if alone else None,
        explained=notes,
    )


def arithmetic(said: Sequence[Said]) -> str | None:
    """The sum or quotient of a set in numbers: "463 / 398 - 1 = 16.3 %, not 12 %"."""
    levels = {c.parts[0].form.what: c for c in said if c.parts[0].form.kind == "level"}
    for claim in said:
        form = claim.parts[0].form
        if form.base is None or form.kind == "record":
            continue
        top, base = levels.get(form.what), levels.get(form.base)
        if top and base and (a := _value(top)) is not None and (b := _value(base)):
            return _quotient(claim, form.kind, a, b, claim.series.unit)
    return _sum(levels)


def _quotient(claim: Said, kind: str, a: float, b: float, unit: str) -> str:
    one, other = words.number(a), words.number(b)
    stated = words.claimed(claim.point, unit)
    if kind == "growth":
        return f"{one} / {other} - 1 = {(a / b - 1) * 100:.1f} %, not {stated}"
    if kind == "share":
        return f"{one} / {other} = {a / b * 100:.1f} %, not {stated}"
    return f"{one} - {other} = {words.number(Fraction(repr(a)) - Fraction(repr(b)))}, not {stated}"


def _sum(levels: Mapping[Unknown, Said]) -> str | None:
    """Both directions of trade and the turnover in one sum."""
    sold = [c for u, c in levels.items() if u.quantity.indicator == "exports"]
    whole = [c for u, c in levels.items() if u.quantity.indicator == "trade_turnover"]
    values = [v for c in sold if (v := _value(c)) is not None]
    if len(values) == 2 and len(whole) == 1 and (total := _value(whole[0])) is not None:
        left = " + ".join(words.number(v) for v in values)
        return f"{left} = {words.number(Fraction(repr(values[0])) + Fraction(repr(values[1])))}, not {words.number(total)}"
    return None


def roundings(values: Sequence[Rivals]) -> Iterator[Conflict]:
    """Numbers of two texts that differ as written and agree: one is the other, rounded."""
    for found in values:
        for group in found.groups if found.form.kind == "level" else ():
            exact = group[0]
            rounded = next((c for c in group if c.point.low is not None and c.point.high is not None and _value(c) != _value(exact)
                            and exact.on(found.form).within(c.on(found.form)) and comparable(exact, c, found.form)), None)
            if rounded is not None:
                a, b = (words.claimed(c.point, c.series.unit) for c in (exact, rounded))
                yield Conflict(
                    claims=tuple(sorted((exact.id, rounded.id))),
                    states=_states((exact, rounded)),
                    about=words.about(exact.series, found.form.what, exact.point.period),
                    type="rounding",
                    why=f"{_capital(b)} {_by(rounded, ())} is {a} {_by(exact, ())}, rounded.",
                    date=exact.point.period or exact.point.asserted,
                )


def denials(known: Sequence[Said]) -> Iterator[Conflict]:
    """What one source says another's figure is not; where it gives its own figure, that stands already."""
    for no in (c for c in known if c.denied):
        form = no.parts[0].form
        same = [c for c in known if not c.denied and any(p.form == form for p in c.parts)]
        if any(c.point.document == no.point.document for c in same):
            continue
        yes = next((c for c in same if c.on(form).within(no.parts[0]) and comparable(no, c, form)), None)
        if yes is not None:
            yield Conflict(
                claims=tuple(sorted((no.id, yes.id))),
                states=_states((no, yes)),
                about=words.about(yes.series, form.what, yes.point.period),
                type="contradiction",
                why=f"{_capital(words.said(yes))}, by {words.who(yes.point)}; {words.who(no.point)} says that it is not so.",
                date=yes.point.period,
                explained=no.point.note,
            )


def _states(said: Sequence[Said]) -> tuple[str, ...]:
    return tuple(sorted({s for c in said for s in c.series.states}))


def _value(claim: Said) -> float | None:
    return claim.point.high if claim.point.low is None else claim.point.low


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
