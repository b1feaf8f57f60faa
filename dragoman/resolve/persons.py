"""Persons across documents: the spellings of one name put together where state, office and time agree, else left apart.

Two persons of one surname stay two: a surname alone is only given to the one person of that state and office who fits its time.
Nothing here depends on the order of the mentions.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from dragoman.model.entities import Doubt, Merge, Person
from dragoman.model.facts import NOTHING, Judged
from dragoman.reference.slug import slug
from dragoman.resolve import spelling
from dragoman.resolve.spelling import Likeness, Name

ENOUGH = 0.85
BASE = {"same": 0.88, "order": 0.82, "part": 0.80, "variant": 0.70, "initials": 0.66, "surname": 0.60}
SAME_STATE, SAME_OFFICE, NEAR = 0.09, 0.10, 0.08
NEAR_DAYS = 3 * 366  # within so much of another mention a surname alone is taken for the same holder
JUDGED = ("judged by a person",)
ORDER = ("same", "order", "variant", "part", "initials", "surname")  # surest first: a later kind sees what earlier ones put together
DOUBTFUL = 0.75


class Mention(NamedTuple):
    """One claim's person: `office` is a key of the position, first and last the days the claim is about, where it has any."""

    claim: str
    name: str | None
    state: str | None
    office: str | None
    document: str
    first: dt.date | None = None
    last: dt.date | None = None


class Resolution(NamedTuple):
    """Who is meant by each claim, and the pairs that were left apart in doubt."""

    persons: dict[str, Person]
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class _Node:
    """All mentions of one spelling in one state; of a surname alone, those of one office in one year."""

    key: tuple[str, ...]
    name: Name
    state: str | None
    offices: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    claims: list[str] = field(default_factory=list)
    first: dt.date | None = None
    last: dt.date | None = None

    def add(self, mention: Mention) -> None:
        if mention.name:
            self.names[mention.name] += 1
        if mention.office:
            self.offices.add(mention.office)
        self.claims.append(mention.claim)
        self.first = min((d for d in (self.first, mention.first) if d), default=None)
        self.last = max((d for d in (self.last, mention.last) if d), default=None)

    @property
    def subjects(self) -> frozenset[str]:
        """What judgements call it."""
        return frozenset(spelling.subject(name, self.state) for name in self.names)

    @property
    def shown(self) -> str:
        return min(self.names, key=lambda n: (-self.names[n], n)) if self.names else "somebody not named"


class _Edge(NamedTuple):
    kind: str
    score: float
    reasons: tuple[str, ...]


def resolve(mentions: Iterable[Mention], judged: Judged = NOTHING) -> Resolution:
    """The person of each claim."""
    nodes = _nodes(mentions)
    edges = {(a, b): edge for a, b in _pairs(nodes) if (edge := _edge(nodes[a], nodes[b])) is not None}
    groups = _Groups(nodes, judged)
    doubts = [d for kind in ORDER for d in _join(kind, edges, groups)]
    groups.follow()
    left = (
        (nodes[a], nodes[b], e)
        for (a, b), e in edges.items()
        if DOUBTFUL <= e.score < ENOUGH and groups.of[a] != groups.of[b] and not groups.parted(groups.of[a], groups.of[b])
    )
    doubts += [_doubt(*pair) for pair in left]
    return Resolution(_persons(nodes, groups), tuple(sorted(dict.fromkeys(doubts), key=lambda d: (-d.score, d.one, d.other, d.reasons))))


def apart(named: Sequence[tuple[str | None, str | None]], judged: Judged = NOTHING) -> list[tuple[str, list[int]]]:
    """Names (with states) put into heaps of which no two can hold one person, by their places in the list; each heap with a name.

    They are heaped by what `_pairs` compares: what is in two heaps is never compared, nor tied by a judgement.
    """
    names = {text: spelling.name(text) for text in {text for text, _ in named if text}}
    keys = {text: _compared(name) for text, name in names.items()}
    short = {bone for found in keys.values() for bone in found.short}
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        while (above := parent.setdefault(key, key)) != key:
            parent[key] = key = parent[above]
        return key

    for name, found in keys.items():
        for key in (("sounds", *names[name].sounds), *found.whole, *(b for b in found.bones if b in short)):
            parent[root(key)] = root(("name", name))
    called: dict[str, list[str]] = defaultdict(list)
    for text, state in set(named) if judged.same or judged.different else ():
        called[spelling.subject(text or "", state)].append(text or "")
    for one, other in map(sorted, judged.same | judged.different):
        for a, b in ((a, b) for a in called.get(one, ()) for b in called.get(other, ())):
            parent[root(("name", a))] = root(("name", b))
    heaps: dict[object, list[int]] = defaultdict(list)
    for n, (text, _) in enumerate(named):
        heaps[root(("name", text)) if text and names[text].sounds else ("nobody", n)].append(n)
    return [(min(named[n][0] or "" for n in some), some) for some in heaps.values()]


class _Compared(NamedTuple):
    """What a name is looked up by: two of its words together, each of its words, and a word that stands alone."""

    whole: tuple[object, ...]
    bones: tuple[str, ...]
    short: tuple[str, ...]


@lru_cache(maxsize=65536)
def _compared(name: Name) -> _Compared:
    named = [w for w in name.parts if not w.initial]
    bones = tuple(sorted({spelling.bones(s) for w in named for s in (w.sound, w.plain)}))
    if len(named) < 2:
        return _Compared((), bones, bones)
    alone = ((bones[0],),) if len(bones) == 1 else ()
    return _Compared((*combinations(bones, 2), (min(spelling.turns(name.words)),), *alone), bones, ())


def _nodes(mentions: Iterable[Mention]) -> list[_Node]:
    found: dict[tuple[str, ...], _Node] = {}
    for m in sorted(mentions, key=lambda m: m.claim):
        name = spelling.name(m.name) if m.name else Name((), ())
        key: tuple[str, ...] = (" ".join(name.sounds), m.state or "")
        if not name.sounds:
            key += ("claim", m.claim)
        elif len(name.sounds) == 1:
            key += ("alone", m.office or "", f"{m.first:%Y}" if m.office and m.first else m.document)
        elif len(name.whole) < 2:
            key += ("initials", m.office or "")
        found.setdefault(key, _Node(key, name, m.state)).add(m)
    # the longest names first: what is left out of one is then looked for in the longer
    return sorted(found.values(), key=lambda n: (-len(n.name.whole), -len(n.name.sounds), n.key))


def _pairs(nodes: Sequence[_Node]) -> list[tuple[int, int]]:
    """The pairs of nodes whose names may be one: two whole names share two words, a surname or initials one, as far as consonants go."""
    whole: dict[object, set[int]] = defaultdict(set)
    words: dict[str, set[int]] = defaultdict(set)
    short: dict[str, set[int]] = defaultdict(set)
    for at, node in enumerate(nodes):
        found = _compared(node.name)
        for key in found.whole:
            whole[key].add(at)
        for bone in found.bones:
            words[bone].add(at)
        for bone in found.short:
            short[bone].add(at)
    pairs = {pair for block in whole.values() for pair in combinations(sorted(block), 2)}
    pairs |= {(min(a, b), max(a, b)) for bone, some_ in short.items() for a in some_ for b in words[bone] if a != b}
    return sorted(pairs)


@lru_cache(maxsize=262144)
def _likeness(one: Name, other: Name) -> Likeness:
    return spelling.compare(one, other)


def _edge(one: _Node, other: _Node) -> _Edge | None:
    """What speaks for one person; None where names or states speak against it."""
    kind, said = _likeness(one.name, other.name)
    if kind == "different" or (one.state and other.state and one.state != other.state):
        return None
    kind = "order" if any("order" in r for r in said) else kind
    score, reasons = BASE[kind], list(said)
    if one.state and one.state == other.state:
        score += SAME_STATE
        reasons.append("same state")
    if one.offices & other.offices:
        score += SAME_OFFICE
        reasons.append("same office")
    if kind == "surname" and _near(one, other):
        score += NEAR
        reasons.append("about the same time")
    return _Edge(kind, round(min(score, 0.99), 2), tuple(reasons))


def _near(one: _Node, other: _Node) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return max((one.first - other.last).days, (other.first - one.last).days) <= NEAR_DAYS


class _Groups:
    """Which nodes are one person so far."""

    def __init__(self, nodes: Sequence[_Node], judged: Judged) -> None:
        self.nodes = nodes
        self.of = list(range(len(nodes)))
        self.members = {n: [n] for n in range(len(nodes))}
        self.kinds = {n: frozenset({(node.name, node.state)}) for n, node in enumerate(nodes)}
        self.why: dict[int, list[Merge]] = defaultdict(list)
        self.called: dict[str, list[int]] = defaultdict(list)
        if judged.same or judged.different:
            for n, node in enumerate(nodes):
                for subject in node.subjects:
                    self.called[subject].append(n)
        self.same = [pair for pair in judged.same if all(s in self.called for s in pair)]
        different = [pair for pair in judged.different if all(s in self.called for s in pair)]
        self.apart = [(self.called[a], self.called[b]) for a, b in map(sorted, different)]

    def follow(self) -> None:
        """Make one what people judged to be the same."""
        for pair in sorted(map(sorted, self.same)):
            found = [n for subject in pair for n in self.called[subject]]
            for n in found[1:]:
                one, other = self.of[found[0]], self.of[n]
                if one != other and not self.parted(one, other):
                    self.unite(one, other, Merge(self.nodes[found[0]].shown, self.nodes[n].shown, 1.0, JUDGED))

    def parted(self, one: int, other: int) -> bool:
        """Whether people judged two groups to be different."""
        for ours, theirs in self.apart:
            a, b = {self.of[n] for n in ours}, {self.of[n] for n in theirs}
            if (one in a and other in b) or (one in b and other in a):
                return True
        return False

    def agree(self, node: int, others: Iterable[int]) -> bool:
        """Whether all the groups that fit a node's group could be one person."""
        kinds = {self.kinds[g]: g for m in others if self.fit(g := self.of[m], self.of[node])}
        return all(self.fit(x, y) for x, y in combinations(sorted(kinds.values()), 2))

    def fit(self, one: int, other: int) -> bool:
        """Whether no name, no state and no judgement about two groups speak against each other; groups of one kind fit the same others."""
        ours, theirs = self.kinds[one], self.kinds[other]
        if len({state for _, state in ours | theirs if state}) > 1 or self.parted(one, other):
            return False
        return all(_likeness(a, b).kind != "different" for a, _ in ours for b, _ in theirs)

    def unite(self, one: int, other: int, why: Merge) -> None:
        """Make two groups one, with the reason."""
        keep, gone = sorted((one, other))
        for n in self.members[gone]:
            self.of[n] = keep
        self.members[keep] += self.members.pop(gone)
        self.kinds[keep] |= self.kinds.pop(gone)
        self.why[keep] += [*self.why.pop(gone, []), why]


def _join(kind: str, edges: dict[tuple[int, int], _Edge], groups: _Groups) -> list[Doubt]:
    """Unite what one kind of likeness allows where all that fits either side fits together; the rest is doubtful."""
    chosen = {pair: edge for pair, edge in sorted(edges.items()) if edge.kind == kind and edge.score >= ENOUGH}
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in chosen:
        near[a].append(b)
        near[b].append(a)
    doubts: list[Doubt] = []
    for (a, b), edge in chosen.items():
        one, other = groups.of[a], groups.of[b]
        if one == other or not groups.fit(one, other):
            continue
        if groups.agree(a, near[a]) and groups.agree(b, near[b]):
            groups.unite(one, other, Merge(groups.nodes[b].shown, groups.nodes[a].shown, edge.score, edge.reasons))
        else:
            doubts.append(_doubt(groups.nodes[a], groups.nodes[b], edge, ("several persons fit",)))
    return doubts


def _doubt(one: _Node, other: _Node, edge: _Edge, more: tuple[str, ...] = ()) -> Doubt:
    first, second = sorted((one.shown, other.shown))
    return Doubt(first, second, edge.score, edge.reasons + more)


def _persons(nodes: Sequence[_Node], groups: _Groups) -> dict[str, Person]:
    """A person for every group; ids tell apart those who share a name, by state, else by number."""
    made: list[tuple[Person, list[str]]] = []
    for group, members in groups.members.items():
        names: Counter[str] = sum((nodes[n].names for n in members), Counter())
        claims = sorted(c for n in members for c in nodes[n].claims)
        shown = tuple(sorted(names, key=lambda n: (-names[n], n)))
        state = min((s for n in members if (s := nodes[n].state)), default=None)
        why = tuple(sorted(groups.why[group], key=lambda m: (-m.score, m.one, m.other, m.reasons)))
        made.append((Person("", min(shown, key=lambda n: _fullness(n, names), default=None), shown, state, why), claims))
    made.sort(key=lambda p: p[1])
    plain = Counter(_slug(p) for p, _ in made)
    with_state = Counter((_slug(p), p.state) for p, _ in made)
    numbers: Counter[tuple[str, str | None]] = Counter()
    out: dict[str, Person] = {}
    for person, claims in made:
        key = (_slug(person), person.state)
        numbers[key] += 1
        tail = f".{(person.state or 'xxx').lower()}" if plain[key[0]] > 1 else ""
        tail += f".{numbers[key]}" if with_state[key] > 1 else ""
        whole = Person(f"person:{key[0]}{tail}", person.name, person.names, person.state, person.merges)
        out.update((c, whole) for c in claims)
    return out


def _fullness(text: str, names: Counter[str]) -> tuple[bool, int, int, str]:
    """Sorts the fullest spelling first, of these the one in Latin letters, then the commonest."""
    name = spelling.name(text)
    return any("\u0370" <= c <= "\u05ff" for c in text), -len(name.whole), -names[text], text


def _slug(person: Person) -> str:
    return slug(person.name or "not-named") or "not-named"
