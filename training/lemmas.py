"""Tables for spaCy's lemmatizer by rules: those of spacy-lookups-data (MIT), and the forms that the treebanks know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import srsly

from training.conllu import Treebanked

Index = dict[str, dict[str, int]]
Exceptions = dict[str, dict[str, list[str]]]

# Where a rule has more than one answer, the dictionary decides: these endings of lemmas are all that it must know.
_TELLING = ("s", "se", "f", "fe", "ve", "x", "xe", "z", "ze", "ch", "che", "sh", "she", "man", "men", "y", "ie", "o", "oe")


def tables(lookups: Path, treebanks: Iterable[Treebanked]) -> dict[str, Any]:
    """The tables `lemma_rules`, `lemma_exc` and `lemma_index`, cut to what changes an answer."""
    rules: dict[str, list[list[str]]] = srsly.read_gzip_json(lookups / "en_lemma_rules.json.gz")
    exceptions: Exceptions = srsly.read_gzip_json(lookups / "en_lemma_exc.json.gz")
    full: dict[str, list[str]] = srsly.read_gzip_json(lookups / "en_lemma_index.json.gz")
    index = {pos: {w: 1 for w in words if w.isalpha() and w.islower() and len(w) > 1} for pos, words in full.items()}
    index["noun"] = {w: 1 for w in index["noun"] if w.endswith(_TELLING)}
    index["adj"] = {w: 1 for w in index["adj"] if len(w) < 9}
    rules.pop("punct", None)
    for pos, words in full.items():
        own = exceptions.setdefault(pos, {})
        for word in words:  # a lemma that looks like an inflected form: "bring", "class"
            if word.isalpha() and word.islower() and word not in own and _by_rule(word, pos, rules, index) != word:
                own[word] = [word]
    for pos, forms in _seen(treebanks).items():
        own = exceptions.setdefault(pos, {})
        for form, lemma in forms.items():
            own[form] = [lemma]  # also where the rules agree: without an entry a capital would stay
    return {"lemma_rules": rules, "lemma_exc": exceptions, "lemma_index": index}


def _by_rule(form: str, pos: str, rules: dict[str, list[list[str]]], index: Index) -> str:
    """What the lemmatizer makes of a form that is no exception."""
    candidates = [form[: len(form) - len(old)] + new for old, new in rules.get(pos, ()) if form.endswith(old)]
    known = [c for c in candidates if c in index.get(pos, {})]
    return (known or [c for c in candidates if c] or [form])[-1 if known else 0]


def _seen(treebanks: Iterable[Treebanked]) -> dict[str, dict[str, str]]:
    """For each part of speech, forms that occur twice or more with the lemma that they mostly have."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document in treebanks:
        for sentence in document.sentences:
            for w in sentence.words:
                if w.pos not in ("PROPN", "PUNCT", "NUM", "X", "SYM", "_") and w.lemma != "_":
                    for form in {w.text.lower(), w.text.lower().replace("'", "’")}:
                        seen[w.pos.lower(), form][w.lemma] += 1
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for (pos, form), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if count > 1:
            out[pos][form] = lemma
    return out
