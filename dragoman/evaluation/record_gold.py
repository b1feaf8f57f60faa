"""A record measured against a gold record: contacts put together, conflicts found, promises followed, offices answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

from dragoman.model import time
from dragoman.model.claims import Claim
from dragoman.model.facts import Conflict
from dragoman.model.meetings import Meeting
from dragoman.model.offices import Answer
from dragoman.model.promises import Promise
from dragoman.resolve import promise_status, spelling

Mention = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """What was right of what was asked, and a line on each thing that was not."""

    right: int = 0
    asked: int = 0
    wrong: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        return round(self.right / self.asked, 4) if self.asked else None

    @property
    def f1(self) -> float | None:
        whole = self.right + self.asked + self.wrong
        return round(2 * self.right / whole, 4) if self.asked else None


@dataclass(slots=True)
class RecordScores:
    """The tallies of a gold record; `beyond` are real conflicts that it does not list."""

    contacts: Tally = field(default_factory=Tally)
    conflicts: Tally = field(default_factory=Tally)
    commitments: Tally = field(default_factory=Tally)
    offices: Tally = field(default_factory=Tally)
    questions: Tally = field(default_factory=Tally)
    beyond: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The figures; `questions` only where the gold states them in a form that a command can answer."""
        row: dict[str, Any] = {
            "same_contacts": {"f1": self.contacts.f1},
            "conflicts": {"recall": self.conflicts.share, "false": self.conflicts.wrong},
            "commitments": {"accuracy": self.commitments.share},
            "offices": {"accuracy": self.offices.share},
        }
        return row | ({"questions": {"accuracy": self.questions.share}} if self.questions.asked else {})

    @property
    def misses(self) -> list[str]:
        """What was not right, one line each."""
        named = ("contacts", "conflicts", "commitments", "offices", "questions")
        return [f"{name}: {line}" for name in named for line in getattr(self, name).misses]


class Scorer:
    """Compares a record, which is asked as its users ask it, with gold clusters.

    claims  every claim with the names of the files that its document came in under
    answer  carries out a command and gives the ids of the claims that it shows
    """

    def __init__(self, record: Any, claims: Iterable[tuple[Sequence[str], Claim]],
                 answer: Callable[[Sequence[str]], Iterable[str]] | None = None) -> None:
        self._record, self._answer = record, answer
        self._by_file: dict[str, list[Claim]] = {}
        for files, claim in claims:
            for file in files:
                self._by_file.setdefault(file, []).append(claim)
        self._meetings: list[Meeting] = list(record.facts("contact"))
        self._promises: list[Promise] = list(record.facts("commitment"))
        self._conflicts: list[Conflict] = list(record.conflicts())
        self.scores = RecordScores()

    def score(self, clusters: Iterable[Mapping[str, Any]]) -> RecordScores:
        """The figures over all clusters."""
        known: set[str] = set()
        for cluster in clusters:
            for group in cluster.get("same_contacts", ()):
                self._group(group)
            known |= self._all_conflicts(cluster)
            for promise in cluster.get("commitments", ()):
                self._promise(promise)
            for office in cluster.get("offices", ()):
                self._office(office)
            for question in cluster.get("questions", ()):
                self._question(question)
        self.scores.beyond = [f"{c.about}: {c.why}" for c in self._conflicts if c.id not in known]
        return self.scores

    def _at(self, mention: Mention, kinds: Sequence[str] = ()) -> list[Claim]:
        """The claims whose words overlap a mention, those that share most first."""
        found = []
        for claim in self._by_file.get(mention["file"], ()):
            shared = max(min(e.end, mention["end"]) - max(e.start, mention["start"]) for e in claim.evidence)
            if shared > 0 and (not kinds or claim.kind in kinds):
                first = claim.evidence[0]
                found.append((-shared, first.end - first.start, claim.id, claim))
        return [f[-1] for f in sorted(found, key=lambda f: f[:3])]

    # ---------------------------------------------------------------- contacts

    def _group(self, group: Mapping[str, Any]) -> None:
        tally, here = self.scores.contacts, [self._encounters(m) for m in group["members"]]
        for (a, one), (b, other) in combinations(enumerate(here), 2):
            if one and other:
                tally.asked += 1
                if one & other:
                    tally.right += 1
                else:
                    tally.misses.append(f"{group['name']}: apart: “{group['members'][a]['quote']}” / “{group['members'][b]['quote']}”")
        for mention, (n, one) in product(group.get("not_the_same", ()), enumerate(here)):
            if one & self._encounters(mention):
                tally.wrong += 1
                tally.misses.append(f"{group['name']}: not the same: “{mention['quote']}” / “{group['members'][n]['quote']}”")

    def _encounters(self, mention: Mention) -> set[str]:
        """The contacts that a mention tells of, a meeting in a visit as the visit."""
        ids = {c.id for c in self._at(mention)}
        return {f.part_of or f.id for f in self._meetings if ids & {*f.claims, *f.related}}

    # ---------------------------------------------------------------- conflicts

    def _all_conflicts(self, cluster: Mapping[str, Any]) -> set[str]:
        """Score the conflicts of a cluster, each by a finding of its own; the ids of those that belong to it."""
        tally = self.scores.conflicts
        listed = [(c["about"], self._sides(c["claims"])) for c in cluster.get("conflicts", ()) if c["is_conflict"]]
        fits = [[c.id for c in self._conflicts if _touched(c, sides) > 1] for _, sides in listed]
        taken: dict[str, int] = {}
        for n in range(len(listed)):
            _match(n, fits, taken, set())
        found = set(taken.values())
        for n, (about, _) in enumerate(listed):
            tally.asked += 1
            tally.right += n in found
            if n not in found:
                tally.misses.append(f"not found: {about}")
        alike = [c for c in cluster.get("conflicts", ()) if not c["is_conflict"]] + list(cluster.get("agreeing", ()))
        for look in alike:
            sides = self._sides(look["claims"])
            held = set().union(*sides)
            wrong = [c for c in self._conflicts if set(c.claims) <= held and _touched(c, sides) > 1 and not any(c.id in f for f in fits)]
            if wrong:
                tally.wrong += 1
                tally.misses.append(f"wrongly called a conflict: {look['about']}")
        return {c for f in fits for c in f}

    def _sides(self, mentions: Sequence[Mention]) -> list[set[str]]:
        """The claims at each mention; where none stands (a dateline), those of its document of the kinds that stand at the others."""
        here = [self._at(m) for m in mentions]
        kinds = sorted({c.kind for some in here for c in some})
        return [{c.id for c in some or [c for c in self._by_file.get(m["file"], ()) if c.kind in kinds]}
                for m, some in zip(mentions, here, strict=True)]

    # ---------------------------------------------------------------- promises

    def _promise(self, gold: Mapping[str, Any]) -> None:
        tally, ids = self.scores.commitments, [c.id for c in self._at(gold["made"], ("commitment",))]
        tally.asked += 1
        found = next((p for i in ids for p in self._promises if i in p.made), None)
        status = promise_status.status(found, gold["as_of"]).status if found else None
        tally.right += status == gold["final_status"]
        if status != gold["final_status"]:
            tally.misses.append(f"{gold['about']}: {gold['final_status']}, not {status or 'in the record'}")

    # ---------------------------------------------------------------- offices

    def _office(self, gold: Mapping[str, Any]) -> None:
        tally = self.scores.offices
        for held in gold["chain"]:
            for day in _days(held["from"], held["to"]):
                tally.asked += 1
                found: Answer = self._record.who(gold["position"], gold["state"] or gold["organization"], on=day)
                sure = [h.fact for h in found.holders if h.how != "possible"]
                if sure and _one(sure[0].person.name, held["person"]):
                    tally.right += 1
                else:
                    named = sure[0].person.name if sure else f"nobody ({found.found})"
                    tally.misses.append(f"{gold['position']} on {day}: {held['person']}, not {named}")

    # ---------------------------------------------------------------- questions

    def _question(self, gold: Mapping[str, Any]) -> None:
        """Right where the facts that the command gives rest on all the evidence of the answer, as far as the claims allow."""
        if "command" not in gold or self._answer is None:
            return
        self.scores.questions.asked += 1
        told = set(self._answer(gold["command"]))
        left = [e["quote"] for e, side in zip(gold["evidence"], self._sides(gold["evidence"]), strict=True) if not told & side]
        self.scores.questions.right += not left
        if left:
            self.scores.questions.misses.append(f"{gold['q']} without “{left[0]}”")


def _touched(conflict: Conflict, sides: Sequence[set[str]]) -> int:
    """How many mentions a conflict is about."""
    return sum(bool(side & set(conflict.claims)) for side in sides)


def _match(n: int, fits: Sequence[Sequence[str]], taken: dict[str, int], seen: set[str]) -> bool:
    """Give a gold conflict a finding of its own, moving others where they have another."""
    for one in fits[n]:
        if one not in seen:
            seen.add(one)
            if one not in taken or _match(taken[one], fits, taken, seen):
                taken[one] = n
                return True
    return False


def _days(begin: str, end: str | None) -> list[str]:
    """The first and the last sure day of a holder, and one in the middle."""
    first = time.parse(begin).last
    until = time.parse(end).first if end else None
    last = until - dt.timedelta(days=1) if until else first
    if first is None or last is None or last < first:
        return []
    return [day.isoformat() for day in dict.fromkeys((first, first + (last - first) / 2, last))]


def _one(found: str | None, wanted: str) -> bool:
    """Whether two spellings can be one person's name."""
    return bool(found) and spelling.compare(spelling.name(found or ""), spelling.name(wanted)).kind != "different"
