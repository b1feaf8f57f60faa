"""The chapters on agreements: in force and pending, the language of the agreed texts, missions and common organisations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from dragoman.model.book import Block, Entry, Part, Remark, Section, Sentence
from dragoman.model.claims import Commitment, Relation, Statement
from dragoman.model.instruments import Instrument, Step
from dragoman.model.members import Belonging, Post
from dragoman.model.stored import ClaimRow
from dragoman.views.book_matter import Chapter, Lead, Matter, order
from dragoman.views.book_words import capital, people, safe, state
from dragoman.views.wording import joined

MOST, WORDINGS, RELATIONS = 10, 12, 6
_JOINT = re.compile(
    r"\b(?:joint|common) (?:press )?(?:statement|declaration|communiqu[ée])|\bcommuniqu[ée]\b|\bdeclaration\b|\bprotocol\b", re.I
)


def chapter(m: Matter) -> Chapter:
    """Agreements by how far they have come."""
    found = sorted(m.pair(Instrument), key=lambda f: order(f.date), reverse=True)
    sorts: dict[str, list[Instrument]] = defaultdict(list)
    for f in found:
        sorts[_sort(f)].append(f)
    parts, leads = [], []
    for title in ("In force", "Signed or adopted", "Pending: negotiated, planned or not yet ratified", "Denied"):
        if some := sorts[title]:
            blocks: list[Block] = [_entry(m, f) for f in some[:MOST]]
            if title == "Signed or adopted":
                blocks.append(Remark("Whether these are in force no document read says."))
            if len(some) > MOST:
                blocks.append(Remark(f"{len(some) - MOST} more are in the record."))
            parts.append(Part(title, tuple(blocks)))
    leads = [Lead("Pending", whole(m, f)) for f in sorts["Pending: negotiated, planned or not yet ratified"][:2]]
    leads += [Lead("In force", whole(m, f)) for f in sorts["In force"][:1]]
    nothing = Part(None, (Remark(f"No document read tells of an agreement between {state(m.a)} and {state(m.b)}."),))
    return Chapter(Section("agreements", "Agreements in force and pending", tuple(parts) or (nothing,)), tuple(leads))


def _sort(f: Instrument) -> str:
    if f.status == "in force":
        return "In force"
    if f.status == "denied":
        return "Denied"
    return "Signed or adopted" if f.status in ("signed", "adopted") else "Pending: negotiated, planned or not yet ratified"


def _entry(m: Matter, f: Instrument) -> Entry:
    reached = {s.stage for s in f.steps if s.modality == "actual"}
    steps = [s for s in f.steps if m.rows_of(s.claims) and (s.modality == "actual" or s.stage not in reached)]
    said = [_step(m, f, s) for s in steps]
    if f.until:
        said.append(m.sentence(f"It runs until {m.words.date(f.until)}.", f.claims, f.id))
    if len(f.signed_by) > 1:
        accounts = " / ".join(joined([people((a,)) for a in s.who]) for s in f.signed_by)
        said.append(
            m.sentence(f"Accounts differ on who signed: {accounts}.", [c for s in f.signed_by for c in s.claims], f.id, ("disputed",))
        )
    elif f.signed_by and all((a.id or "").startswith("person:") for a in f.signed_by[0].who):
        said.append(m.sentence(f"Signed by {people(f.signed_by[0].who)}.", f.signed_by[0].claims, f.id))
    parties = {p.state for p in f.parties if p.state}
    if parties - {m.a, m.b}:
        said.append(m.sentence(f"Parties: {people(f.parties, 8, full=False)}.", f.claims, f.id))
    return Entry(capital(safe(f.title, 160)), tuple(said) or (m.sentence(f"{capital(f.status)}.", f.claims, f.id),))


def _step(m: Matter, f: Instrument, s: Step) -> Sentence:
    """One stage of an agreement's life, and every date that is given for it where they exclude each other."""
    kind = f"{f.type}, " if s is f.steps[0] and f.type != "other" and f.type not in f.title.casefold() else ""
    when = f" {m.words.when(s.date)}" if s.date else ""
    days = {v.value for v in s.dates if v.value and v.value.count("-") == 2 and "/" not in v.value}
    if s.modality == "denied":
        return m.sentence(capital(f"{kind}said not to be {s.stage}{when}."), s.claims, f.id)
    if s.modality != "actual":
        stage = {"negotiated": "to be negotiated", "in force": "to enter into force"}.get(s.stage, f"to be {s.stage}")
        return m.sentence(capital(f"{kind}{stage}{when}, as planned."), s.claims, f.id)
    stage = {"in force": "in force since" if s.date else "in force", "negotiated": "negotiations told of"}.get(s.stage, s.stage)
    told = capital(f"{kind}{stage}")
    when = f" {m.words.date(s.date)}" if s.stage == "in force" and s.date else when
    if len(days) > 1 and not s.implied:
        return m.sentence(
            f"{told}{when}; sources differ on the day: {joined([m.words.date(d) for d in sorted(days)])}.", s.claims, f.id, ("disputed",)
        )
    return m.sentence(f"{told}{when}.", s.claims, f.id)


def whole(m: Matter, f: Instrument) -> Sentence:
    """An agreement with its last stage, for the essentials."""
    last = next((s for s in reversed(f.steps) if s.modality != "denied"), None)
    stage = f"{'planned to be ' if last.modality != 'actual' else ''}{last.stage} {m.words.when(last.date)}".rstrip() if last else f.status
    return m.sentence(f"{capital(safe(f.title, 120))}: {stage}.", last.claims if last else f.claims, f.id)


# ---------------------------------------------------------------- the language of agreed texts


def language(m: Matter) -> Chapter:
    """The words of texts that both sides agreed: joint statements, declarations, protocols; and what the two call each other."""
    parts = []
    texts: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in m.shared:
        if row.document.outlet_kind not in ("newspaper", "agency") and _JOINT.search(row.document.title or "") and _operative(m, row):
            texts[row.document.id].append(row)
    for some in sorted(texts.values(), key=lambda rs: (order(rs[0].document.published), rs[0].document.id), reverse=True)[:4]:
        document = some[0].document
        title = f"{safe(document.title or '', 120)}, {m.words.date(document.published)}"
        some.sort(key=lambda r: r.claim.evidence[0].start)
        parts.append(Part(title, tuple(Entry(None, (_quoted(m, row),)) for row in _apart(some)[:WORDINGS])))
    named = [Entry(None, (s,)) for s in _wordings(m)]
    if named:
        parts.append(Part("How the texts name what was agreed", tuple(named)))
    called = [Entry(None, (s,)) for s in _relations(m)]
    if called:
        parts.append(Part("What the two are called to each other", tuple(called)))
    nothing = Part(None, (Remark("No document read gives words that both sides agreed."),))
    return Chapter(Section("language", "The language of agreed texts", tuple(parts) or (nothing,)))


def _operative(m: Matter, row: ClaimRow) -> bool:
    """Whether a claim gives words of both sides: what they undertake or state together."""
    claim = row.claim
    if isinstance(claim, Commitment):
        return {m.a, m.b} <= {p.state for p in claim.by}
    return isinstance(claim, Statement) and (claim.speaker.id or "").startswith("state:") is False and claim.speaker.state is None


def _apart(rows: list[ClaimRow]) -> list[ClaimRow]:
    """Each stretch of words once."""
    kept: list[ClaimRow] = []
    for row in rows:
        at = row.claim.evidence[0]
        if not any(
            k.document.id == row.document.id and k.claim.evidence[0].start < at.end and at.start < k.claim.evidence[0].end for k in kept
        ):
            kept.append(row)
    return kept


def _quoted(m: Matter, row: ClaimRow) -> Sentence:
    words, marks = m.quote(row)
    return m.sentence(words, [row.claim.id], None, marks)


def _wordings(m: Matter) -> Iterator[Sentence]:
    """Titles of one agreement that differ from text to text."""
    for f in m.pair(Instrument):
        names: dict[str, list[str]] = defaultdict(list)
        for t in f.titles:
            names[safe(t.value, 140).casefold()] += t.claims
        if len(names) > 1:
            shown = [f"“{safe(t.value, 140)}” ({_outlets(m, t.claims)})" for t in f.titles if m.rows_of(t.claims)]
            yield m.sentence(f"{capital(joined(list(dict.fromkeys(shown))))}.", [c for t in f.titles for c in t.claims], f.id)


def _outlets(m: Matter, claims: tuple[str, ...]) -> str:
    return joined(list(dict.fromkeys(safe(r.document.outlet or "outlet not named", 60) for r in m.rows_of(claims))))


def _relations(m: Matter) -> Iterator[Sentence]:
    """What the two are called to each other, by the words that say so."""
    rows = [
        r for r in m.found.rows if isinstance(r.claim, Relation) and {m.a, m.b} <= set(r.claim.parties) and r.claim.modality == "actual"
    ]
    rows.sort(key=lambda r: (order(r.document.published), r.claim.id), reverse=True)
    for row in _apart(rows)[:RELATIONS]:
        words, marks = m.quote(row)
        kind = row.claim.type if isinstance(row.claim, Relation) else ""
        yield m.sentence(
            f"{capital(safe(kind, 60))}: {words} ({_outlets(m, (row.claim.id,))}, {m.words.date(row.document.published)}).",
            [row.claim.id],
            None,
            marks,
        )


# ---------------------------------------------------------------- missions and organisations


def ties(m: Matter) -> Chapter:
    """Embassies and consulates between the two, and organisations to which both belong."""
    posts = [
        Entry(None, (_mission(m, f),))
        for f in sorted(m.pair(Post), key=lambda f: (f.sending != m.a, f.type != "embassy", f.type, f.city or ""))
    ]
    parts = [Part("Missions", tuple(posts) or (Remark("No document read tells of an embassy or consulate between the two."),))]
    by_member: dict[str, dict[str, Belonging]] = {m.a: {}, m.b: {}}
    for f in m.of(Belonging):
        if f.member in by_member and f.status in ("member", "founding member", "chair"):
            by_member[f.member][f.organization_id or f.organization] = f
    common = [(by_member[m.a][o], by_member[m.b][o]) for o in sorted(set(by_member[m.a]) & set(by_member[m.b]))]
    if common:
        parts.append(
            Part(
                "Organisations to which both belong",
                tuple(
                    Entry(
                        None,
                        (
                            m.sentence(
                                f"{capital(safe(ours.organization, 100))}.",
                                (*ours.claims[:1], *theirs.claims[:1]),
                                theirs.id,
                                (),
                                every=True,
                            ),
                        ),
                    )
                    for ours, theirs in common
                ),
            )
        )
    return Chapter(Section("ties", "Missions and common organisations", tuple(parts)))


def _mission(m: Matter, f: Post) -> Sentence:
    city = f" in {safe(f.city, 40)}" if f.city else ""
    noun = f"{'an' if f.type[0] in 'aeiou' else 'a'} {f.type}{city}"
    if f.status == "planned":
        return m.sentence(f"{capital(state(f.sending))} plans {noun} in {state(f.receiving)}.", f.claims, f.id)
    if f.status == "closed":
        return m.sentence(
            f"{capital(state(f.sending))} has closed {noun} in {state(f.receiving)}" + (f", {m.words.date(f.until)}." if f.until else "."),
            f.claims,
            f.id,
        )
    since = f", {m.words.since(f.since)}" if f.since else f", last named {m.words.when(f.seen)}" if f.seen else ""
    return m.sentence(f"{capital(state(f.sending))} has {noun} in {state(f.receiving)}{since}.", f.claims, f.id)
