"""Menus, related headlines, captions, footnotes, reuse terms and lines about the author are not news."""

from __future__ import annotations

import pytest
from made import body, of_zone, one

from dragoman.model.documents import Zone

NEWS = ("The deputy minister of ports of Freedonia met the head of the Sylvanian railways on the new pier and discussed grain, ferries and "
        "a bridge that neither of the two wants to pay for.")
COPIED = f"""Lister Herald: news of the harbour
Home
News
Sport
Contact us

Pier opened by minister

9 March 2024
2 min read
Share on Facebook

{NEWS}[1]

Minister Tarkan on the pier
Photo: Nela Brook / Herald

{NEWS.replace("pier", "quay")}[2]

Read also: Ferry sold to Sylvania for 3 million crowns

Related articles
Governor of Ostrovia resigns over a missing crane
Wheat harvest doubles in the north of Sylvania

Tags: ports, grain, ministers

[1] Harbour yearbook, 2023.
[2] Interview with the harbour master.

Nela Brook is a senior fellow at the Institute for Ports.

Only 25% of an article may be reproduced, with a hyperlink to this page.
© 2024 Lister Herald. All rights reserved."""


def test_a_page_copied_as_text() -> None:
    document = one(COPIED)
    assert document.text == COPIED
    assert body(document).split() == f"{NEWS}[1] {NEWS.replace('pier', 'quay')}[2]".split()
    assert document.title == "Pier opened by minister"
    assert of_zone(document, Zone.CAPTION) == ["Minister Tarkan on the pier", "Photo: Nela Brook / Herald"]
    assert of_zone(document, Zone.RELATED) == ["Read also: Ferry sold to Sylvania for 3 million crowns", "Related articles",
                                               "Governor of Ostrovia resigns over a missing crane",
                                               "Wheat harvest doubles in the north of Sylvania"]
    assert of_zone(document, Zone.FOOTNOTE) == ["[1] Harbour yearbook, 2023.", "[2] Interview with the harbour master."]
    assert of_zone(document, Zone.ABOUT) == ["Nela Brook is a senior fellow at the Institute for Ports."]
    assert len(of_zone(document, Zone.RIGHTS)) == 2
    assert document.reuse is not None
    assert (document.reuse.share, document.reuse.link_required) == (0.25, True)


@pytest.mark.parametrize(("terms", "share", "link"), [
    ("No more than 30 percent of the text may be quoted, and a link to the source is required.", 0.3, True),
    ("Full reproduction of materials is prohibited without written permission of the editors.", None, False),
    ("When using materials of this site, a hyperlink to it is mandatory.", None, True),
    ("This text is published under a Creative Commons licence, CC BY-NC 4.0.", None, True),
    ("This material may not be published, broadcast, rewritten or redistributed.", None, False),
])
def test_reuse_terms(terms: str, share: float | None, link: bool) -> None:
    document = one(f"Pier opened\n\n{NEWS}\n\n{terms}\n")
    assert document.reuse is not None
    assert (document.reuse.share, document.reuse.link_required) == (share, link)
    assert of_zone(document, Zone.RIGHTS) == [terms]


@pytest.mark.parametrize("near_miss", [
    "Only 30 percent of the grain may be used by Sylvania this year, the minister said.",
    "The minister said that the reproduction of coins is prohibited without permission.",
    "The two sides agreed to link their ports by rail, and 40 percent of the cost is paid by Freedonia.",
    "(c) to hold the next session in Port Lister.",
    "The rights of sailors were discussed at length.",
])
def test_news_about_rights_is_news(near_miss: str) -> None:
    document = one(f"Pier opened\n\n{NEWS}\n\n{near_miss}\n")
    assert document.reuse is None
    assert near_miss in body(document)


def test_tables_signatures_headings_and_lists() -> None:
    document = one(f"""Trade of Freedonia

Goods            2022      2023
Grain, tonnes   4,000     5,100
Coal, tonnes      120       154

Ships

{NEWS}

- grain by rail
- coal by ship

Prepared by: N. Brook, chief analyst
""")
    assert len(of_zone(document, Zone.TABLE)) == 3
    assert of_zone(document, Zone.HEADING) == ["Trade of Freedonia", "Ships"]
    assert of_zone(document, Zone.SIGNATURE) == ["Prepared by: N. Brook, chief analyst"]
    assert "- grain by rail" in body(document)


def test_speakers_above_their_words_are_no_captions() -> None:
    turns = "\n\n".join(f"Federal Minister of Ports Ola Tarkan\n{NEWS}\n\nQuestion from the back\nWill the bridge be built, and who is to "
                        f"pay for it?"
                        for _ in range(3))
    document = one(f"Press conference\nPort Lister, 9 March 2024\n\n{turns}\n")
    assert of_zone(document, Zone.CAPTION) == []


def test_a_caption_that_comes_again_and_again() -> None:
    caption = "Minister Ola Tarkan opens the pier in Port Lister"
    document = one(f"{caption}\n\n9 March 2024\n\n{NEWS}\n\n{caption}\n\n{NEWS}\n\n{caption}\n\n{NEWS}\n")
    assert of_zone(document, Zone.CAPTION) == [caption, caption]
    assert document.title == caption
