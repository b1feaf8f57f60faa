"""Parts of speech where a dictionary or the parse knows better than the network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.attrs import DEP, LOWER, POS
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.symbols import IDS
from spacy.tokens import Doc

NAME = "dragoman_parts_of_speech"
_FILE = "words.json"

_OPEN = frozenset(IDS[pos] for pos in ("NOUN", "VERB", "ADJ", "ADV"))

# What Universal Dependencies lets a word be that has this relation, for what the network mistakes it for.
_BY_RELATION = {
    ("SCONJ", "case"): "ADP",
    ("ADV", "case"): "ADP",
    ("ADV", "compound:prt"): "ADP",
}
_CLAUSAL = ("that", "whether", "if")  # these open clauses: where they are related as prepositions, the parse is what errs


class PartsOfSpeech:
    """Gives an open-class word the only part of speech that the dictionary has for it, and others what their relation asks."""

    def __init__(self, words: Mapping[str, Sequence[str]] | None = None) -> None:
        self.words = words or {}
        self._only = {get_string_id(word): IDS[pos] for pos, known in self.words.items() for word in known}
        self._by_relation = {(IDS[pos], get_string_id(dep)): IDS[right] for (pos, dep), right in _BY_RELATION.items()}
        self._clausal = frozenset(map(get_string_id, _CLAUSAL))

    def __call__(self, doc: Doc) -> Doc:
        for at, (form, pos, dep) in enumerate(doc.to_array([LOWER, POS, DEP]).tolist()):
            right = self._only.get(form, pos) if pos in _OPEN else pos
            if form not in self._clausal:
                right = self._by_relation.get((right, dep), right)
            if right != pos:
                doc[at].pos = right
        return doc

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:
        """Writes the dictionary beside the other components."""
        path.mkdir(exist_ok=True)
        text = json.dumps(self.words, ensure_ascii=False, indent=0, sort_keys=True)
        (path / _FILE).write_text(text + "\n", encoding="utf-8")

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> PartsOfSpeech:
        """Reads the dictionary."""
        self.__init__(json.loads((path / _FILE).read_text(encoding="utf-8")))  # type: ignore[misc]
        return self


@Language.factory(NAME, assigns=["token.pos"], requires=["token.pos", "token.dep"])
def make(nlp: Language, name: str) -> Any:
    """The component without its dictionary, which comes from disk or from training/words.py."""
    return PartsOfSpeech()
