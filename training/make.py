"""Trains the pipeline: `python -m training.make --out training/work/model` (about an hour of one core; README.md says what from)."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
import srsly
from en_dragoman import parts_of_speech
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, NumpyOps, set_current_ops

from training import corpus, lemmas, measures, tokens, words
from training.conllu import read
from training.ner_data import UNER, Named, gum_names, tagged

HERE = Path(__file__).parent
DATA = HERE.parent / "../shared/data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=HERE / "work/model")
    parser.add_argument("--start", help="a pipeline to take weights from, where the shapes agree")
    parser.add_argument(
        "--benchmark", type=Path, default=HERE.parent / "benchmark", help="its gold's names are trained on; `none` leaves them out"
    )
    parser.add_argument("--lookups", type=Path, help="folder with spacy-lookups-data's tables; without it those of the installed package")
    parser.add_argument("--minutes", type=float, default=70, help="CPU minutes to train for")
    parser.add_argument("--clock", type=float, default=1e9, help="minutes by the clock to train for at most, on a machine that is shared")
    parser.add_argument("--rate", type=float, default=0.001, help="learning rate at the beginning")
    parser.add_argument("--words", type=int, default=1500, help="words in a batch")
    parser.add_argument("--every", type=int, default=250, help="steps between two looks at the dev parts")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))  # numpy's matrix products are several times as fast as BLIS's
    spacy.util.fix_random_seed(args.seed)
    nlp = begin(args)
    train(nlp, args)


def begin(args: argparse.Namespace) -> Any:
    """The pipeline of config.cfg, initialised, with the weights of --start where there are any."""
    nlp = spacy.util.load_model_from_config(Config().from_disk(HERE / "config.cfg"), auto_fill=True)
    tokens.adapt(nlp)
    made = corpus.sources(nlp, args.data, None if str(args.benchmark) == "none" else args.benchmark)
    rng = random.Random(args.seed)
    first = [d for source in made[:2] for d in source.make(rng)] + made[3].make(rng)[:200]
    old = spacy.load(args.start) if args.start else None
    if old is not None:  # the same moves in the same order, so that the weights fit
        labels = args.out.parent / "parser-labels.json"
        labels.parent.mkdir(parents=True, exist_ok=True)
        srsly.write_json(labels, old.get_pipe("parser").label_data)
        nlp.config["initialize"]["components"]["parser"] = {"labels": {"@readers": "spacy.read_labels.v1", "path": str(labels)}}
    nlp.initialize(lambda: examples(nlp, first))
    nlp.config["initialize"]["components"] = {}
    for name in nlp.pipe_names:
        if old is not None and name in old.pipe_names:
            take(nlp.get_pipe(name), old.get_pipe(name), name)
    return nlp


def take(new: Any, old: Any, name: str) -> None:
    """The old component's weights in the new one, if labels and shapes agree."""
    if getattr(new, "labels", ()) != getattr(old, "labels", ()) or not same_shape(new.model, old.model):
        print(f"{name}: begun anew")
        return
    new.from_bytes(old.to_bytes())
    print(f"{name}: weights taken over")


def same_shape(new: Any, old: Any) -> bool:
    def shapes(model: Any) -> list[Any]:
        return [(n.name, p, n.get_param(p).shape) for n in model.walk() for p in n.param_names if n.has_param(p)]

    return bool(shapes(new) == shapes(old))


def examples(nlp: Any, docs: Iterable[Any]) -> list[Any]:
    """Each Doc beside the same words without what is known about them."""
    bare = (Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]) for d in docs)
    return [Example(plain, known) for plain, known in zip(bare, docs, strict=True)]


def train(nlp: Any, args: argparse.Namespace) -> None:
    """Trains until the time is up, with a falling learning rate; keeps the best on the dev parts."""
    made = corpus.sources(nlp, args.data, None if str(args.benchmark) == "none" else args.benchmark)
    stream = corpus.batches(made, args.words, random.Random(args.seed))
    optimizer = Adam(args.rate, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    best, step = -1.0, 0
    spent = 0.0
    losses: dict[str, float] = {}
    dev = Dev(args.data)
    print("step  CPU min  rate     dev: UPOS  UAS   LAS   sents  GUM names  UNER   losses")
    begun, done = time.monotonic(), 0.0
    while done < 1:
        start = time.process_time()
        optimizer.learn_rate = args.rate * min(1.0, (step + 1) / 100) * max(0.03, 1 - done)
        nlp.update(examples(nlp, next(stream)), sgd=optimizer, drop=0.1, losses=losses)
        spent += time.process_time() - start
        done = max(spent / (args.minutes * 60), (time.monotonic() - begun) / (args.clock * 60))
        step += 1
        if step % args.every == 0 or done >= 1:
            with nlp.use_params(optimizer.averages):
                got = dev.scores(nlp)
                total = got["upos"] + 2 * got["las"] + 0.5 * got["sentences"] + got["gum"] + got["uner"]
                shown = " ".join(f"{got[k]:6.2f}" for k in ("upos", "uas", "las", "sentences", "gum", "uner"))
                print(
                    f"{step:5} {spent / 60:7.1f} {optimizer.learn_rate:8.5f}  {shown}  { ({k: round(v) for k, v in losses.items()}) }",
                    flush=True,
                )
                losses = {}
                if total > best:
                    best = total
                    finish(nlp, args, got)


class Dev:
    """The dev parts: GUM and EWT from raw text, GUM's names, and the part of UNER's dev names that is not trained on."""

    def __init__(self, data: Path) -> None:
        self.gum = list(read(data / "treebanks/en_gum_open-dev.conllu.gz"))
        self.ewt = list(read(data / "treebanks/en_ewt-dev.conllu.gz"))[:100]
        self.named = [Named([w.text for w in s.words], gum_names(s)) for d in self.gum for s in d.sentences]
        self.uner = list(tagged(data / "ner/uner_en_ewt-dev.iob2.gz", UNER, 1, 2))[: corpus.DEV_SENTENCES]

    def scores(self, nlp: Any) -> dict[str, float]:
        out = measures.raw_text(nlp, [*self.gum, *self.ewt])
        return out | {"gum": measures.names(nlp, self.named)["all"], "uner": measures.names(nlp, self.uner)["all"]}


def finish(nlp: Any, args: argparse.Namespace, scores: dict[str, float]) -> None:
    """Writes the pipeline with the dictionary's parts of speech, its lemmatizer, which reads them, and its description."""
    if "lemmatizer" not in nlp.pipe_names:
        folder = args.lookups or lookups_folder()
        treebanks = [d for part in ("en_gum_open", "en_ewt") for d in read(args.data / f"treebanks/{part}-train.conllu.gz")]
        nlp.add_pipe(parts_of_speech.NAME).words = words.only(folder, treebanks)
        lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
        for name, table in lemmas.tables(folder, treebanks).items():
            lemmatizer.lookups.add_table(name, table)
        lemmatizer._validated = True
    nlp.meta.update(json.loads((HERE / "meta.json").read_text(encoding="utf-8")))
    nlp.meta["performance"] = {f"dev_{k}": round(v, 2) for k, v in scores.items()}
    nlp.to_disk(args.out)


def lookups_folder() -> Path:
    from importlib.util import find_spec

    found = find_spec("spacy_lookups_data")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The lemmatizer's tables are missing: pip install -r training/requirements.txt")
    return Path(next(iter(found.submodule_search_locations))) / "data"


if __name__ == "__main__":
    main()
