"""Who published a text, where and when, by the lines above and below it."""

from __future__ import annotations

import pytest
from made import of_zone, one

from dragoman.model.documents import Zone

NEWS = ("The deputy minister of ports of Freedonia met the head of the Sylvanian railways on the new pier and discussed grain, ferries and "
        "a bridge that neither of the two wants to pay for. They agreed to go on talking.")


def text(*head: str, foot: str = "") -> str:
    return "\n".join(head) + f"\n\n{NEWS}\n\n{NEWS.replace('grain', 'coal')}\n" + (f"\n{foot}\n" if foot else "")


@pytest.mark.parametrize(("head", "published", "place", "outlet"), [
    (["Port Lister, 9 March 2024"], "2024-03-09", "Port Lister", None),
    (["MINISTRY OF PORTS OF FREEDONIA", "Press release No. 12/2024", "Port Lister, March 9, 2024"], "2024-03-09", "Port Lister",
     "Ministry of Ports of Freedonia"),
    (["THE LISTER HERALD", "Saturday, 9 March 2024", "", "Pier opened"], "2024-03-09", None, "The Lister Herald"),
    (["Lister Harbour Monitor | Port Lister | 19/03/2024"], "2024-03-19", "Port Lister", "Lister Harbour Monitor"),
    (["Embassy of Freedonia in Sylvania", "9.3.2024"], "2024-03-09", None, "Embassy of Freedonia in Sylvania"),
    (["Pier opened", "Press Service of the Governor, Port Lister, 9 March 2024"], "2024-03-09", "Port Lister",
     "Press Service of the Governor"),
    (["Pier opened", "Published: 9 March 2024 | Updated: 11 March 2024"], "2024-03-09", None, None),
    (["KINGDOM OF FREEDONIA", "Ministry of Ports", "9 March 2024"], "2024-03-09", None, "Ministry of Ports of the Kingdom of Freedonia"),
    (["State House, Port Lister, 9 March 2024"], "2024-03-09", "Port Lister", None),
    (["Readout of a call", "", "Office of the Spokesperson", "", "Port Lister, FR", "", "March 9, 2024"], "2024-03-09", "Port Lister",
     "Office of the Spokesperson"),
    (["U.S. Department of State", "A call with the minister", "03/09/2024"], "2024-03-09", None, "U.S. Department of State"),
    (["Department of Ports Daily Press Briefing", "9 March 2024"], "2024-03-09", None, None),
    (["Pier opened", "The press release issued by the Office of Ports on 9 March 2024."], "2024-03-09", None, "Office of Ports"),
    (["Embassy Contact", "phone", "", "Pier opened"], None, None, None),
    (["Pier opened", "By Nela Brook in Port Lister", "2024-03-09"], "2024-03-09", "Port Lister", None),
    (["Bulletin of the Harbour Chamber", "No. 7, July 2023"], "2023-07", None, "Bulletin of the Harbour Chamber"),
    (["Talks on the treaty of 9 March 2024"], None, None, None),
    (["Trade of Freedonia, January–March 2024"], None, None, None),
    (["Report: situation as of 30 June 2023"], None, None, None),
    (["Minister Ola Tarkan", "Born 9 March 1964 in Port Lister"], None, None, None),
    (["A new bridge for Sylvania"], None, None, None),
])
def test_head(head: list[str], published: str | None, place: str | None, outlet: str | None) -> None:
    document = one(text(*head))
    assert (document.published, document.place, document.outlet) == (published, place, outlet)
    assert document.published_by == ("dateline" if published else None)


@pytest.mark.parametrize(("line", "published", "place", "outlet"), [
    ("PORT LISTER, Freedonia, March 9, 2024 (HNA) — ", "2024-03-09", "Port Lister", "HNA"),
    ("Port Lister/Ostrovia, 9 March 2024 – ", "2024-03-09", "Port Lister/Ostrovia", None),
    ("Port Lister, 9 March 2024. ", "2024-03-09", "Port Lister", None),
    ("LISTER, Mar. 9, 2024 (Harbour Newswire) -- ", "2024-03-09", "Lister", "Harbour Newswire"),
    ("PORT LISTER - ", None, "Port Lister", None),
    ("Port Lister (Harbour Newswire) - ", None, "Port Lister", "Harbour Newswire"),
    ("PORT LISTER (Harbour News / HNA - 9th March, 2024) ", "2024-03-09", "Port Lister", "Harbour News / HNA"),
    ("OSTROVIA, HNA - ", None, "Ostrovia", "HNA"),
    ("OSTROVIA. HARBOURPRESS ", None, "Ostrovia", "HARBOURPRESS"),
    ("ĐẢO HẢI — ", None, "Đảo Hải", None),
    ("(HARBOURNEWS) - ", None, None, "HARBOURNEWS"),
    ("On 9 March 2024 ", None, None, None),
    ("MINISTER TARKAN: ", None, None, None),
    ("March 2012 – June 2015: ", None, None, None),
])
def test_datelines(line: str, published: str | None, place: str | None, outlet: str | None) -> None:
    document = one(text("Pier opened", "", line + NEWS))
    assert (document.published, document.place, document.outlet) == (published, place, outlet)
    if place:
        assert of_zone(document, Zone.DATELINE) == [line.strip()]
        assert document.title == "Pier opened"


def test_the_agency_of_a_dateline_is_an_agency() -> None:
    assert one(text("PORT LISTER, 9 March 2024 (HNA) — " + NEWS)).outlet_kind == "agency"


@pytest.mark.parametrize(("foot", "published", "place", "outlet"), [
    ("Done at Port Lister on 9 March 2024.", "2024-03-09", "Port Lister", None),
    ("Updated: March 2024", "2024-03", None, None),
    ("The Lister Herald, 9 March 2024", "2024-03-09", None, "The Lister Herald"),
    ("Information as of 9 March 2024. Source: Harbour press service", "2024-03-09", None, "Harbour press service"),
    ("Press office of the Federal Ministry of Ports", None, None, "Federal Ministry of Ports"),
    ("Next report: 31 December 2024", None, None, None),
    ("[1] Harbour yearbook, accessed 9 March 2024.", None, None, None),
])
def test_feet(foot: str, published: str | None, place: str | None, outlet: str | None) -> None:
    document = one(text("Pier opened", foot=foot))
    assert (document.published, document.place, document.outlet) == (published, place, outlet)
    assert document.published_by == ("footer" if published else None)


def test_a_date_that_stays_open() -> None:
    document = one(text("Pier opened", "03/04/2024"))
    assert (document.published, document.published_by, document.alternatives) == (None, None, ("2024-03-04", "2024-04-03"))
    assert document.published_evidence is not None
    assert document.published_evidence.quote == "03/04/2024"


def test_an_open_date_is_settled_by_another_date_by_the_name_or_by_the_country() -> None:
    assert one(text("03/04/2024 | Press release | 3 April 2024")).published == "2024-04-03"
    assert one(text("Pier opened", "03/04/2024"), "2024-03-04-pier.txt").published == "2024-03-04"
    assert one(text("Pier opened"), date="03/04/2024", language="en-US").published == "2024-03-04"
    assert one(text("Pier opened"), date="03/04/2024", language="en-GB").published == "2024-04-03"
    assert one(text("Pier opened"), date="03/04/2024").alternatives == ("2024-03-04", "2024-04-03")


def test_the_name_of_the_file_is_the_last_resort() -> None:
    document = one(text("Pier opened"), "2024-03-09_pier.txt")
    assert (document.published, document.published_by) == ("2024-03-09", "file name")
    assert one(text("Pier opened"), "pier-1234567890.txt").published is None
    assert one(text("Port Lister, 8 March 2024"), "2024-03-09_pier.txt").published == "2024-03-08"


def test_metadata_come_first() -> None:
    document = one(text("Port Lister, 8 March 2024"), date="2024-03-09T10:00:00+05:00", outlet="Herald", title="T", author="A",
                   url="https://x.example/1",
                   desk="ports")
    assert (document.published, document.published_by, document.outlet, document.title) == ("2024-03-09", "metadata", "Herald", "T")
    assert (document.author, document.url, document.metadata) == ("A", "https://x.example/1", {"desk": "ports"})


def test_the_year_of_a_dateline_is_inferred_by_its_weekday_only() -> None:
    lead = "PORT LISTER, May 14 (Harbour Newswire) - The ministers of Freedonia and Sylvania agreed on Tuesday to build a bridge. "
    document = one(f"{lead}\n\nTrade amounted to 400 million crowns in 2023, the port said.\n")
    assert (document.published, document.published_by) == ("2024-05-14", "text")
    assert one(f"{lead.replace('on Tuesday ', '')}\n\nTrade amounted to 400 million crowns in 2023.\n").published is None
    assert one(f"{lead}\n\nTrade is to double by 2030.\n").published is None


def test_authors_and_titles() -> None:
    document = one(text("Obituary", "Ola Tarkan, who built a pier", "By Nela Brook and Tom Ash"))
    assert (document.title, document.author) == ("Ola Tarkan, who built a pier", "Nela Brook and Tom Ash")
    assert one(text("JOINT STATEMENT", "of the Ministers of Ports of Freedonia and Sylvania")).title == (
        "JOINT STATEMENT of the Ministers of Ports of Freedonia and Sylvania")


def test_languages() -> None:
    assert one(NEWS).language == "en"
    assert one("Ministr přístavů dnes přijal velvyslance a poděkoval mu za službu, řekla mluvčí úřadu v Praze.").language == "cs"
    assert one("Министр портов принял посла и поблагодарил его за работу, сообщила пресс-служба ведомства.").language == "ru"
    assert one("Bakanlar, iki ülke arasındaki ticaretin artırılması için yeni bir anlaşma imzaladı ve açıklama yaptı.").language == "tr"
    assert one("Tarkan, Brook, Ostrovia, Lister").language == "en"
    assert one("Le ministre a parlé.", language="fr").language == "fr"
