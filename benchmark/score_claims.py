#!/usr/bin/env python3
"""Score exported claims against gold facts, kind by kind.

    score_claims.py GOLD.jsonl CLAIMS.jsonl [--documents DIR] [--misses] [--kinds A,B] [--json]

GOLD is one fact a line (see gold.jsonl); CLAIMS is `dragoman export claims --format jsonl`.
Claims and facts match one to one within a file and a kind.

  core    the fact's identity: who, what, how much
  strict  core, and every other field that the gold states: dates (as intervals of days), periods, modifiers, roles, modality

How the gold is read:
  optional     right if claimed, no loss if not
  acceptable   other right values, field by field; one with `kind` replaces the kind and the fields it names
  also         further pieces of the same quote
  tenure_start, tenure_end   the claim's `since` and `until` (in the gold, start and end are the span)
Neither right nor wrong, so left out of precision: a claim that repeats a listed fact; an event that restates a listed
contact, agreement or commitment; an indirect statement that restates another listed clause; `holds` beside a listed
change of the same office; a contact at a listed signing; a planned contact claimed as a commitment.
With --documents every evidence span is checked against the text: `text[start:end] == quote`.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

NOT_COMPARED = {"file", "kind", "quote", "start", "end", "note", "acceptable", "optional", "also", "chain",
                "with_state", "date_if_unresolved", "period_if_unresolved", "reporter", "counterpart", "occasion"}
RENAMED = {"tenure_start": "since", "tenure_end": "until"}
ACTOR = {"person", "speaker", "addressee"}
ACTORS = {"participants", "by", "to", "source", "recipient", "parties"}
DATES = {"date", "period", "base_period", "tenure_start", "tenure_end", "deadline", "until"}
WORDS = {"organization", "title", "place", "city", "value", "member", "topic"}
# what the contract does not have for a kind, or what only some kinds state
IGNORED = {"commitment": {"date"}, "contact": {"counterpart"}, "figure": {"date"}}
CONTACT_CLASS = {"call": "call", "video": "call", "meeting": "meet", "talks": "meet", "summit": "multi",
                 "forum": "multi", "visit": "visit", "letter": "letter"}


# ---------------------------------------------------------------- comparing values

def fold(text):
    text = unicodedata.normalize("NFKD", str(text or "")).replace("\u2019", "'").replace("ı", "i")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^\w%']+", " ", text).strip().lower()


def words(text):
    return {w.strip("'").removesuffix("'s") for w in fold(text).split()} - {"the", "of", "and", "a", "an", "for", "in", "on", "to", "s"}


def overlap(a, b):
    x, y = words(a), words(b)
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def name(actor):
    if isinstance(actor, dict):
        return actor.get("name") or actor.get("mention") or actor.get("id") or ""
    return actor or ""


def code(actor):
    if isinstance(actor, dict):
        return actor.get("state") or (actor.get("id") or "").removeprefix("state:")
    return actor


ALIASES = {"european union": "eu", "united nations": "un", "united states of america": "united states",
           "shanghai cooperation organisation": "shanghai cooperation organization"}


def same_name(a, b):
    """The same person or body: one name's words within the other's, or equal surnames with given names that agree."""
    x, y = fold(name(a)), fold(name(b))
    if ALIASES.get(x, x) == ALIASES.get(y, y):
        return bool(x)
    x, y = x.split(), y.split()
    if not x or not y:
        return False
    if set(x) <= set(y) or set(y) <= set(x):
        return True
    return x[-1] == y[-1] and (x[0][0] == y[0][0] and 1 in (len(x[0]), len(y[0])))


QUALIFIERS = {"deputy", "vice", "first", "former", "assistant", "associate", "shadow", "acting", "designate"}
MINISTER = {"foreign minister": "minister of foreign affairs", "foreign secretary": "minister of foreign affairs",
            "finance minister": "minister of finance", "defence minister": "minister of defence",
            "defense minister": "minister of defence", "premier": "prime minister", "minister of defense": "minister of defence"}


def same_position(a, b):
    x, y = fold(a), fold(b)
    x, y = MINISTER.get(x, x), MINISTER.get(y, y)
    if x == y:
        return bool(x)
    return words(x) & QUALIFIERS == words(y) & QUALIFIERS and overlap(x, y) >= 0.99 and abs(len(words(x)) - len(words(y))) <= 2


def same_actor(gold, pred):
    """A gold actor is a person's name, an ISO code or an organisation's name."""
    if isinstance(gold, str) and re.fullmatch(r"[A-Z]{3}", gold):
        return gold == code(pred) or fold(gold) == fold(name(pred))
    return same_name(gold, pred) or overlap(name(gold), name(pred)) >= 0.6


def all_found(gold, pred):
    return all(any(same_actor(g, p) for p in pred or []) for g in gold or [])


def same_set(gold, pred):
    pred = list(pred or [])
    if len(gold or []) != len(pred):
        return False
    for g in gold or []:
        hit = next((p for p in pred if same_actor(g, p)), None)
        if hit is None:
            return False
        pred.remove(hit)
    return True


def near(gold, pred, unit=None, about=False):
    if gold is None or pred is None:
        return gold is pred
    if unit == "%":
        return abs(gold - pred) <= 0.5
    return abs(gold - pred) <= (0.06 if about else 0.005) * max(abs(gold), abs(pred), 1e-9)


SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}


def bounds(part):
    """First and last day of one EDTF date as (year, month, day) tuples; the last day of a month is written 31."""
    bits = part.split("-")
    year = int(bits[0])
    if len(bits) == 1:
        return (year, 1, 1), (year, 12, 31)
    if bits[1] in SEASONS:
        first, last = SEASONS[bits[1]]
        return (year, first, 1), (year + (last < first), last, 31)
    month = int(bits[1])
    if len(bits) == 2:
        return (year, month, 1), (year, month, 31)
    return (year, month, int(bits[2])), (year, month, int(bits[2]))


def interval(date):
    text = re.sub(r"[~?%]", "", str(date)).strip()
    try:
        if "/" not in text:
            return bounds(text)
        start, end = text.split("/")
        first = None if start in ("", "..") else bounds(start)[0]
        last = None if end in ("", "..") else bounds(end)[1]
        if last and last[2] in (28, 29, 30) and last[:2] != (0, 0):
            days = {2: (28, 29), 4: (30,), 6: (30,), 9: (30,), 11: (30,)}.get(last[1], (31,))
            last = (*last[:2], 31) if last[2] in days else last
        return first, last
    except (ValueError, IndexError):
        return text


def same_date(gold, pred):
    if gold is None or pred is None:
        return gold is pred
    return interval(gold) == interval(pred)


UNITS = {"day": "d", "days": "d", "hour": "h", "hours": "h", "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km",
         "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t", "megawatt": "MW", "megawatts": "MW", "percent": "%", "per cent": "%"}
MONEY = re.compile(r"[A-Z]{3}")


def same_unit(gold, pred):
    """Physical units may be given by symbol or word, or as a plain count."""
    x, y = UNITS.get(str(gold), str(gold)), UNITS.get(str(pred), str(pred))
    return x == y or ("1" in (x, y) and not any(u == "%" or MONEY.fullmatch(u) for u in (x, y)))


def same_indicator(gold, pred):
    return gold == pred or str(gold).startswith("other:") and str(pred).startswith("other:")


def spans(gold):
    out = [(gold["start"], gold["end"])] if gold.get("start") is not None else []
    for piece in gold.get("also") or []:
        if isinstance(piece, dict) and piece.get("start") is not None:
            out.append((piece["start"], piece["end"]))
    return out


def touch(gold, pred, share=0.3):
    best = 0.0
    for start, end in spans(gold):
        for e in pred.get("evidence") or []:
            common = min(end, e["end"]) - max(start, e["start"])
            best = max(best, common / max(1, min(end - start, e["end"] - e["start"])))
    return best >= share


# ---------------------------------------------------------------- matching facts

class Fact:
    """A gold fact with every value that is right for each field."""

    def __init__(self, row):
        self.row, self.kind = row, row["kind"]
        self.optional = bool(row.get("optional"))
        self.values = defaultdict(list)
        for field, value in row.items():
            self.values[field].append(value)
        self.values["modality"] = [row.get("modality") or "actual"]
        for other in row.get("acceptable") or []:
            if "kind" not in other:
                for field, value in other.items():
                    self.values[field].append(value)

    def any(self, field, test):
        return any(test(value) for value in self.values.get(field) or [None])

    def other_kinds(self):
        for other in self.row.get("acceptable") or []:
            if "kind" in other:
                row = {k: v for k, v in self.row.items() if k in ("file", "quote", "start", "end", "also")}
                yield Fact({**row, **other, "optional": True})

    def core(self, p):
        row, kind = self.row, self.kind
        if kind == "contact":
            people = p.get("participants") or []
            return (self.any("mode", lambda v: CONTACT_CLASS.get(v) == CONTACT_CLASS.get(p.get("mode")))
                    and self.any("participants", lambda v: all_found(v, people) and len(people) <= len(v or []) + 1))
        if kind == "tenure":
            return (same_name(row.get("person"), p.get("person"))
                    and self.any("position", lambda v: same_position(v, p.get("position")))
                    and (not row.get("organization") or self.any("organization", lambda v: v is None or overlap(v, name(p.get("organization"))) >= 0.6
                                                                 or overlap(v, p.get("position")) >= 0.6)))
        if kind == "biography":
            return (same_name(row.get("person"), p.get("person")) and self.any("property", lambda v: v == p.get("property"))
                    and self.any("value", lambda v: overlap(v, p.get("value")) >= 0.6))
        if kind == "figure":
            about = self.any("modifier", lambda v: v in ("about", "nearly"))
            if row.get("measure") and not self.any("measure", lambda v: v == (p.get("measure") or "level")):
                return False
            if not (self.any("indicator", lambda v: same_indicator(v, p.get("indicator")))
                    or self.any("parties", lambda v: same_set(v, p.get("parties")))):
                return False
            return (self.any("unit", lambda v: same_unit(v, p.get("unit")))
                    and (self.any("low", lambda v: near(v, p.get("low"), p.get("unit"), about))
                         and self.any("high", lambda v: near(v, p.get("high"), p.get("unit"), about))
                         or about and near(row.get("high") if row.get("high") is not None else row.get("low"),
                                           p.get("high") if p.get("high") is not None else p.get("low"), p.get("unit"), True)))
        if kind == "commitment":
            return (self.any("by", lambda v: all_found(v, p.get("by")))
                    and (touch(row, p) or overlap(row.get("quote"), p.get("action")) >= 0.5))
        if kind == "agreement":
            return self.any("title", lambda v: overlap(v, p.get("title")) >= 0.6)
        if kind == "membership":
            return (self.any("member", lambda v: same_actor(v, p.get("member")))
                    and self.any("organization", lambda v: overlap(v, name(p.get("organization"))) >= 0.6))
        if kind == "mission":
            return ((row.get("sending"), row.get("receiving")) == (p.get("sending"), p.get("receiving"))
                    and self.any("city", lambda v: v is None or fold(v) == fold(name(p.get("city")))))
        if kind == "relation":
            return (self.any("type", lambda v: v == p.get("type"))
                    and self.any("parties", lambda v: set(v or []) == {code(x) for x in p.get("parties") or []}))
        if kind == "statement":
            return (self.any("speaker", lambda v: v is None or same_actor(v, p.get("speaker")))
                    and (touch(row, p, 0.5) or overlap(row.get("quote"), p.get("text")) >= 0.7))
        if kind == "event":
            return (touch(row, p, 0.1) and self.any("event_type", lambda v: fold(v) == fold(p.get("event_type")))
                    and self.any("source", lambda v: all_found(v, p.get("source")))
                    and self.any("recipient", lambda v: all_found(v, p.get("recipient"))))
        return touch(row, p)

    def strict(self, p):
        """The first field in which a core match differs from the gold, or None."""
        about = self.any("modifier", lambda v: v in ("about", "nearly"))
        for field in {**self.row, "modality": None}:
            if field in NOT_COMPARED or field in IGNORED.get(self.kind, ()) or field == "host" and self.row.get("mode") != "visit":
                if not (field == "reporter" and self.kind == "figure" and self.row.get("indicator") in ("exports", "imports")):
                    continue
            got = p.get(RENAMED.get(field, field))
            if field == "modality":
                ok = fold(got or "actual") in {fold(v or "actual") for v in self.values["modality"]}
            elif field == "speaker" and self.kind != "statement":
                ok = self.any(field, lambda v: v is None or any(same_actor(v, link) for link in p.get("attribution") or []))
            elif field in ACTOR:
                ok = self.any(field, lambda v: v is None or same_actor(v, got))
            elif field in ACTORS:
                ok = self.any(field, lambda v: same_set(v, got))
            elif field in DATES:
                ok = self.any(field, lambda v: same_date(v, got)) or (field + "_if_unresolved" in self.row and got is None)
            elif field in ("low", "high"):
                ok = self.any(field, lambda v: near(v, got, p.get("unit"), about)) or about
            elif field in ("equivalent", "target"):
                ok = self.any(field, lambda v: v is None or isinstance(got, dict) and all(
                    near(x, got.get(k)) if isinstance(x, (int, float)) else x == got.get(k) for k, x in v.items()))
            elif field == "flags":
                ok = set(self.row[field] or []) <= set(got or [])
            elif field == "indicator":
                ok = self.any(field, lambda v: same_indicator(v, got))
            elif field == "unit":
                ok = self.any(field, lambda v: same_unit(v, got))
            elif field == "position":
                ok = self.any(field, lambda v: v is None or same_position(v, got))
            elif field in WORDS:
                ok = self.any(field, lambda v: v is None or same_actor(v, got) or overlap(v, name(got)) >= 0.6)
            elif field == "modifier":
                ok = self.any(field, lambda v: (v or "exactly") == (got or "exactly"))
            else:
                ok = self.any(field, lambda v: (bool(v) == bool(got)) if isinstance(v, bool) or v is None else fold(v) == fold(got))
            if not ok:
                return field
        return None


def neutral(kind, p, facts):
    """Claims that a listed fact of another kind already licenses."""
    def beside(*kinds):
        return any(f.kind in kinds and touch(f.row, p) for f in facts)
    if kind == "event":
        return fold(p.get("event_type")) in ("consult", "agree", "cooperate", "support") and beside("contact", "agreement", "commitment", "event")
    if kind == "statement":
        return not p.get("direct") and beside("contact", "figure", "agreement", "commitment", "relation", "tenure", "membership", "mission", "statement", "event")
    if kind == "tenure":
        return p.get("change") in (None, "holds") and any(
            f.kind == "tenure" and same_name(f.row.get("person"), p.get("person")) and overlap(f.row.get("position"), p.get("position")) >= 0.5 for f in facts)
    if kind == "contact":
        return beside("agreement") or p.get("modality") == "planned" and beside("commitment", "contact")
    if kind == "commitment":
        return beside("contact") and any(f.row.get("modality") == "planned" and touch(f.row, p) for f in facts if f.kind == "contact")
    return False


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold")
    ap.add_argument("claims")
    ap.add_argument("--documents", help="folder of the texts, to check every evidence span")
    ap.add_argument("--misses", action="store_true", help="list what was missed, and what was claimed beyond the gold")
    ap.add_argument("--kinds", help="only these kinds, comma-separated")
    ap.add_argument("--json", action="store_true", help="print the table as JSON")
    args = ap.parse_args()

    gold = [g for g in load(args.gold) if g["kind"] not in ("document", "rights")]
    claims = load(args.claims)
    files = sorted({g["file"] for g in gold})
    facts, claimed = defaultdict(list), defaultdict(list)
    for g in gold:
        facts[g["file"]].append(Fact(g))
    for c in claims:
        claimed[Path(c.get("file") or "").name, c["kind"]].append(c)
    kinds = sorted({g["kind"] for g in gold})
    if args.kinds:
        kinds = [k for k in kinds if k in args.kinds.split(",")]

    wrong = checked = 0
    if args.documents:
        texts = {p.name: p.read_text(encoding="utf-8") for p in Path(args.documents).iterdir() if p.suffix == ".txt"}
        for c in claims:
            text = texts.get(Path(c.get("file") or "").name)
            for e in (c.get("evidence") or []) if text is not None else []:
                checked += 1
                wrong += text[e["start"]:e["end"]] != e["quote"]

    table, why = {k: Counter() for k in kinds}, Counter()
    for kind in kinds:
        row = table[kind]
        for file in files:
            listed = [f for f in facts[file] if f.kind == kind]
            extra = [o for f in facts[file] for o in f.other_kinds() if o.kind == kind]
            free = list(claimed[file, kind])
            row["claimed"] += len(free)
            for fact in sorted(listed, key=lambda f: f.optional) + extra:
                row["gold"] += not fact.optional
                hits = [(fact.strict(p), p) for p in free if fact.core(p)]
                if not hits:
                    if args.misses and not fact.optional:
                        shown = {k: v for k, v in fact.row.items() if k not in ("file", "kind", "start", "end", "acceptable", "note")}
                        print(f"  MISSED {file} {kind}: {json.dumps(shown, ensure_ascii=False)}")
                    continue
                field, best = min(hits, key=lambda h: h[0] is not None)
                free.remove(best)
                if fact.optional:
                    row["claimed"] -= 1
                    continue
                row["core"] += 1
                row["strict"] += field is None
                if field:
                    why[f"{kind}.{field}"] += 1
                    if args.misses:
                        print(f"  FIELD  {file} {kind}.{field}: want {fact.values[field] or ['actual']!r}, got {best.get(RENAMED.get(field, field))!r}")
            # what the listed facts license is bounded by their number, so that flooding does not pay
            licensed = sum(f.kind != kind or kind == "event" for f in facts[file])
            for p in free:
                if any(f.core(p) and (kind != "figure" or f.strict(p) not in ("indicator", "parties")) for f in listed + extra) or licensed > 0 and neutral(kind, p, facts[file]):
                    row["claimed"] -= 1
                    licensed -= 1
                elif args.misses:
                    quote = ((p.get("evidence") or [{}])[0].get("quote") or "")
                    print(f"  BEYOND {file} {kind}: {quote[:160]!r}")

    def prf(row, level):
        p = row[level] / row["claimed"] if row["claimed"] else 0.0
        r = row[level] / row["gold"] if row["gold"] else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    rows = [(k, table[k]) for k in kinds] + [("ALL", sum((table[k] for k in kinds), Counter()))]
    if args.json:
        print(json.dumps({"rows": {k: {**r, "core_f1": round(prf(r, "core")[2], 4), "strict_f1": round(prf(r, "strict")[2], 4)} for k, r in rows},
                          "spans": {"checked": checked, "wrong": wrong}}))
        return 0
    print(f"{'kind':<12}{'gold':>6}{'claimed':>9}   core P     R    F1   strict P     R    F1")
    for kind, row in rows:
        c, s = prf(row, "core"), prf(row, "strict")
        print(f"{kind:<12}{row['gold']:>6}{row['claimed']:>9}   {c[0]:6.2f}{c[1]:6.2f}{c[2]:6.2f}   {s[0]:8.2f}{s[1]:6.2f}{s[2]:6.2f}")
    if args.documents:
        print(f"evidence spans checked: {checked}, not equal to the text: {wrong}")
    if why:
        print("core matches that were not strict, by field: " + ", ".join(f"{f} {n}" for f, n in why.most_common(14)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
