"""A made crawl: articles about relations between states among articles about anything else, as text or as pages."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PLANTS = ["roses", "tomatoes", "lavender", "pumpkins", "apple trees", "hydrangeas", "beans", "tulips", "raspberries", "herbs"]
DISHES = ["lentil soup", "a walnut cake", "stuffed peppers", "rice pudding", "a plum tart", "fish stew", "flat bread", "a carrot salad"]
PLACES = ["the old harbour", "the hill behind the mill", "the park by the river", "the upper meadow", "the bakery on the corner"]
THINGS = ["a second-hand bicycle", "a wooden boat", "a pair of running shoes", "a small camera", "an electric kettle", "a tent", "a piano"]
NAMES = ["Marta", "Oliver", "Ivana", "Samuel", "Lena", "Hugo", "Nora", "Felix", "Clara", "Anton", "Mila", "Jonas"]
OTHER = [
    "{a} planted {plant} along the fence last autumn, and by the middle of spring the first shoots were {n} centimetres high.",
    "The evening began with {dish}, which {b} had learned to make from a neighbour who never writes anything down.",
    "About {n} people came to {place} on Saturday, most of them with children, to watch the runners cross the line.",
    "\"I only wanted {thing},\" said {a}, laughing, \"but the seller talked for an hour and threw in a lamp as well.\"",
    "The home side scored twice before the break and held on after it, although {b} missed from {n} metres late in the match.",
    "If the soil is heavy, mix in some sand, water in the morning, and leave {plant} alone until the leaves open.",
    "The film runs for {n} minutes and feels shorter; {a} plays a nurse who cannot sleep, and plays her very well.",
    "Prices of {thing} have fallen by {p} per cent since the summer, dealers say, and they expect no change before the holidays.",
    "Rain is expected over {place} from noon, with gusts of up to {n} kilometres an hour and a chance of hail towards evening.",
    "{b} bakes {dish} every Thursday, sells it from the kitchen window, and is usually sold out before ten o'clock.",
    "Doctors who followed {n} volunteers for a year found that those who walked after meals slept better and complained less.",
    "The band takes its name from {place}, where the four of them met as students and wrote most of their first songs.",
    "For the sauce, melt the butter slowly, stir in the flour, and add the milk a little at a time so that nothing burns.",
    "The new version of the program opens files {p} per cent faster, its makers claim, and no longer forgets where it stopped.",
]
FOREIGN = [
    "Včera večer se na náměstí sešlo několik set lidí, aby si poslechli dechovku a ochutnali letošní mladé víno z okolních vinic.",
    "Děti letos sbíraly kaštany už v září, protože léto bylo suché a listí na stromech zežloutlo mnohem dříve než obvykle.",
    "Pekařka z naší ulice vstává ve tři ráno a v sedm už má prodáno, takže kdo si přispí, ten si musí dojít až k nádraží.",
    "Na dvoře za dílnou opravují staré kolo, které našli na půdě, a hádají se o to, kdo na něm pojede první k rybníku.",
]
MENU = "".join(f'<li class="nav-item"><a href="/{w}">{w.title()}</a></li>' for w in (
    "home", "garden", "kitchen", "weather", "sport", "film", "music", "health", "travel", "shop", "letters", "archive"))
SCRIPT = "<script>window.settings = {" + ",".join(f'"slot{k}": {{"width": {k * 7 % 400}}}' for k in range(150)) + "};</script>"
STYLE = "<style>" + "".join(f".c{k} {{ margin: {k % 9}px; padding: {k % 5}px; color: #{k:03}; }}" for k in range(100, 250)) + "</style>"


def other(number: int) -> str:
    """An article of about three hundred words that names no state, official or organisation; one in ten is in another language."""
    rnd = random.Random(number)
    if number % 10 == 3:
        return "\n\n".join(rnd.choice(FOREIGN) for _ in range(14)) + "\n"
    lines = [line.format(a=rnd.choice(NAMES), b=rnd.choice(NAMES), plant=rnd.choice(PLANTS), dish=rnd.choice(DISHES),
                         place=rnd.choice(PLACES), thing=rnd.choice(THINGS), n=rnd.randrange(3, 90), p=rnd.randrange(2, 40))
             for line in rnd.sample(OTHER, len(OTHER))]
    return f"{rnd.choice(NAMES)} and {rnd.choice(PLANTS)}\n\n" + "\n\n".join(line[0].upper() + line[1:] for line in lines) + "\n"


def matters(number: int) -> str:
    """An article of about three hundred words on relations between two states; among them the texts of examples/."""
    texts = sorted(EXAMPLES.glob("*.txt"))
    return texts[number].read_text(encoding="utf-8") if number < len(texts) else corpus.document(number, len(corpus.TEMPLATES))


def page(text: str, number: int, weight: int = 1) -> str:
    """The text as a page of a news site: menus, scripts, teasers and a footer around it; 16 kB of them times the weight."""
    title, *paragraphs = [html.escape(p) for p in text.strip().split("\n\n")]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    teaser = '<div class="teaser"><a href="/a/{0}"><img src="/i/{1}.jpg" alt=""><h4>What to plant in week {1}</h4></a></div>'
    teasers = "".join(teaser.format(number + k, k) for k in range(12 * weight))
    language = "cs" if any(line in text for line in FOREIGN) else "en"
    return (f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
            f'{STYLE * weight}{SCRIPT * weight}</head><body>'
            f'<header><nav><ul>{MENU * weight}</ul></nav></header><main><article><h1>{title}</h1>{body}</article></main>'
            f'<aside>{teasers}</aside><footer><ul>{MENU * weight}</ul><p>All rights reserved.</p></footer></body></html>')


def mixed(count: int, one_in: int = 50, weight: int = 0) -> Iterator[str]:
    """So many articles, of which one in so many matters; as text, or as pages of a weight."""
    for n in range(count):
        text = matters(n // one_in) if n % one_in == 0 else other(n)
        yield page(text, n, weight) if weight else text


def short(count: int, one_in: int = 50) -> Iterator[str]:
    """Short articles, of which one in so many matters."""
    for n in range(count):
        yield corpus.document(n, 2) if n % one_in == 0 else "\n\n".join(other(n).split("\n\n")[:3]) + "\n"


def write(path: Path, texts: Iterator[str], named: Callable[[int], bool] = lambda n: True) -> int:
    """The articles as lines of JSON, of which those have a name that `named` says; how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for n, text in enumerate(texts):
            words += len(text.split())
            name = {"id": f"https://news.example/{n}"} if named(n) else {}
            file.write(json.dumps(name | {"text": text}, ensure_ascii=False) + "\n")
    return words
