"""A chart of the book as SVG: bars side by side, each with its period, who says so and the value. Pure; text stays text."""

from __future__ import annotations

from html import escape

from dragoman.model.book import Chart

WIDTH, LEFT, RIGHT, ROW, BAR = 640, 150, 165, 34, 11
COLOURS = ("#1f3a5f", "#a5673f", "#5b7a6b", "#7a5c86", "#8a8a8a", "#b39b4a")
FONT = "Libertinus Serif, Georgia, Times New Roman, serif"
PERIOD, LABEL = 20, 62  # characters that fit in their places


def svg(chart: Chart) -> str:
    """The picture, as high as it has bars; whoever gives a value has one colour throughout."""
    most = max(bar.value for bar in chart.bars)
    colours: dict[str, str] = {}
    for bar in chart.bars:
        colours.setdefault(_first(bar.label), COLOURS[len(colours) % len(COLOURS)])
    high = ROW * len(chart.bars) + 6
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}" role="img"'
        f' font-family="{FONT}" font-size="11.5"><title>{escape(chart.title)}</title><desc>{escape(chart.said)}</desc>'
    ]
    group = None
    for n, bar in enumerate(chart.bars):
        top = ROW * n + 14
        if bar.group != group:
            group = bar.group
            line = f'<line x1="0" y1="{top - 12}" x2="{WIDTH}" y2="{top - 12}" stroke="#d5d8dc" stroke-width="0.6"/>' if n else ""
            out.append(f'{line}<text x="0" y="{top}" font-weight="bold" fill="#222">{escape(_cut(group, PERIOD))}</text>')
        wide = round((WIDTH - LEFT - RIGHT) * bar.value / most, 1)
        out.append(
            f'<text x="{LEFT}" y="{top}" fill="#444">{escape(_cut(bar.label, LABEL))}</text>'
            f'<rect x="{LEFT}" y="{top + 4}" width="{max(wide, 1.5)}" height="{BAR}" fill="{colours[_first(bar.label)]}"/>'
            f'<text x="{LEFT + max(wide, 1.5) + 6:g}" y="{top + 13.5:g}" fill="#111">{escape(bar.text)}</text>'
        )
    return "".join(out) + "</svg>"


def _first(label: str) -> str:
    """The first of those who give a value."""
    return label.split(", ")[0].split(" and ")[0]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
