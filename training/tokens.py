"""How the pipeline cuts words where spaCy and the treebanks differ: `python -m training.tokens MODEL OUT` gives a pipeline these rules."""

from __future__ import annotations

import sys
from typing import Any

import spacy
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# First parts that the treebanks leave on their word; each at least three times in the training parts, and twice as often as apart.
JOINED = ("anti", "co", "counter", "cross", "e", "ex", "mid", "mini", "multi", "non", "over", "post", "pre", "pro", "re", "semi", "socio")
# Marks that the treebanks take as one word when they are repeated.
RUNS = (r"[!?]", "=", r"\*", "_", "<", ">")
ABBREVIATIONS = ("al.", "Attn.", "Fri.", "Ft.", "Lt.", "Mlle.", "Mon.", "Reps.", "Sat.", "Thur.", "Wed.")
PARTS = (("and", "/", "or"), ("wan", "na"))


def adapt(nlp: Any) -> None:
    """Sets the tokenizer's rules; spaCy's own stand where these say nothing."""
    defaults = nlp.Defaults
    apart = "".join(rf"(?<!\b(?i:{first}))" for first in JOINED)
    infixes = [rule.replace(")(?:-|", f"){apart}(?:-|", 1) for rule in defaults.infixes]
    if infixes == list(defaults.infixes):
        raise RuntimeError("spaCy's rule for hyphens is another one now: training/tokens.py must be fitted to it")
    # The look behind keeps a long run linear: a match begins nowhere but at its beginning.
    suffixes = [*(rf"(?<!{mark}){mark}{{2,}}" for mark in RUNS), *defaults.suffixes]
    prefixes = [*(rf"{mark}{{2,}}" for mark in RUNS), *defaults.prefixes]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    for word in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(word, [{ORTH: word}])
    for parts in PARTS:
        nlp.tokenizer.add_special_case("".join(parts), [{ORTH: part} for part in parts])


def main() -> None:
    model, out = sys.argv[1:]
    nlp = spacy.load(model)
    adapt(nlp)
    nlp.to_disk(out)


if __name__ == "__main__":
    main()
