"""Words with one part of speech only: by WordNet (through spacy-lookups-data, MIT), and not otherwise in the treebanks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import srsly

from training.conllu import Treebanked

_CLASSES = ("noun", "verb", "adj", "adv")


def only(lookups: Path, treebanks: Iterable[Treebanked]) -> dict[str, list[str]]:
    """For each open part of speech, the forms that can be nothing else; a name or a foreign word may look like them."""
    index: dict[str, set[str]] = {k: set(v) for k, v in srsly.read_gzip_json(lookups / "en_lemma_index.json.gz").items()}
    exceptions: dict[str, dict[str, list[str]]] = srsly.read_gzip_json(lookups / "en_lemma_exc.json.gz")
    rules: dict[str, list[list[str]]] = srsly.read_gzip_json(lookups / "en_lemma_rules.json.gz")
    seen: dict[str, set[str]] = defaultdict(set)
    for document in treebanks:
        for sentence in document.sentences:
            for w in sentence.words:
                seen[w.text.lower()].add(w.pos)

    def known(form: str, pos: str) -> bool:
        lemmas = (form[: len(form) - len(old)] + new for old, new in rules.get(pos, ()) if form.endswith(old))
        return form in index[pos] or form in exceptions.get(pos, {}) or any(lemma in index[pos] for lemma in lemmas)

    out: dict[str, list[str]] = {pos.upper(): [] for pos in _CLASSES}
    for form in sorted(srsly.read_gzip_json(lookups / "en_lexeme_prob.json.gz")):
        if len(form) < 3 or not (form.isascii() and form.isalpha() and form.islower()):
            continue
        found = [pos.upper() for pos in _CLASSES if known(form, pos)]
        # What ends in -ing may always be a noun or an adjective.
        if len(found) == 1 and not (found == ["VERB"] and form.endswith("ing")) and seen[form] <= {found[0], "PROPN", "X"}:
            out[found[0]].append(form)
    return out
