"""Short documents in the manner of examples/, made from templates; the same number gives the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

STATES = [("Kazakhstan", "Kazakh", "Astana"), ("the Czech Republic", "Czech", "Prague"), ("Peru", "Peruvian", "Lima"),
          ("Morocco", "Moroccan", "Rabat"), ("Kenya", "Kenyan", "Nairobi"), ("Indonesia", "Indonesian", "Jakarta"),
          ("Norway", "Norwegian", "Oslo"), ("Portugal", "Portuguese", "Lisbon"), ("Mongolia", "Mongolian", "Ulaanbaatar"),
          ("Ghana", "Ghanaian", "Accra"), ("Uruguay", "Uruguayan", "Montevideo"), ("Jordan", "Jordanian", "Amman"),
          ("Sri Lanka", "Sri Lankan", "Colombo"), ("Slovenia", "Slovenian", "Ljubljana"), ("Oman", "Omani", "Muscat"),
          ("Ecuador", "Ecuadorian", "Quito"), ("Estonia", "Estonian", "Tallinn"), ("Zambia", "Zambian", "Lusaka")]
GIVEN = [
    "Ondrej", "Aigerim", "Hernan", "Salma", "Josphat", "Dewi", "Klara", "Bolat", "Ines", "Youssef", "Wanjiru", "Hartono", "Tereza",
    "Marat", "Lucia", "Abdelhak", "Ingrid", "Kwame", "Oyuna", "Nadia",
]
FAMILY = [
    "Vasaty", "Sultanbekova", "Zarate", "Tazi", "Mwendwa", "Anggraeni", "Nedbalova", "Ensebay", "Caldeira", "Benchekri", "Odede",
    "Suryadi", "Kolarova", "Dosan", "Huaman", "Sefrioui", "Solheim", "Boakye", "Batbayar", "Haddad",
]
OFFICES = [
    "President", "Prime Minister", "Foreign Minister", "Minister of Trade", "Minister of Energy", "Minister of Transport",
    "Deputy Prime Minister",
]
TOPICS = [
    "grain", "copper", "tourism", "railways", "fisheries", "vaccines", "solar power", "tea", "fertiliser", "scholarships",
    "air services", "water", "ports", "customs", "cotton", "batteries", "timber", "visas", "insurance", "cybersecurity",
    "olive oil", "helicopters",
]
GOODS = ["wheat", "machinery", "phosphates", "blueberries", "steel pipes", "palm oil", "pharmaceuticals", "titanium", "textiles", "trucks"]
BODIES = ["the Chamber of Commerce", "the customs service", "the statistical office", "the central bank", "the Ministry of Economy"]

TEMPLATES = [
    "{office_a} {a} of {state_a} met {office_b} {b} of {state_b} in {city_b} on {day}. They discussed {t1}, {t2} and {t3}.",
    "On {day} {office_a} {a} paid an official visit to {state_b}, where {adj_b} officials had prepared talks on {t1}.",
    "\"We want {t1} and {t2} to come first,\" {a} told reporters. \"Our {adj_b} friends see {t3} in the same way.\"",
    "Trade between {state_a} and {state_b} amounted to ${n1} million in {year}, {p}% more than a year before, according to {body}.",
    "Exports of {good} from {state_a} to {state_b} rose by {p}% to {n1} million dollars; imports fell to {n2} million.",
    "The {adj_a} and {adj_b} governments signed a memorandum of understanding on {t1} in {city_a} on {day}.",
    "{b}, who has been {office_b} of {state_b} since {year}, said that {t2} would need about {n2} million euros by {later}.",
    "{state_a} opened an embassy in {city_b} in {year}, and {state_b} plans a consulate general in {city_a} for {t3}.",
    "According to {b}, more than {n2} {adj_b} students of {t1} are enrolled at universities in {state_a}.",
    "{office_a} {a} stressed that {adj_a} companies were ready to invest up to {n1} million dollars in {good} and {t2}.",
    "{a} and {b} agreed by telephone that experts on {t3} would meet in {city_a} before the end of {later}.",
    "{state_b} joined the agreement on {t2} in {year}; {state_a} has been an observer since then and sells {good} under it.",
    "Asked about {t1}, {b} replied that the {adj_b} side would publish its {good} figures for {year} within {p} days.",
    "{body} in {city_b} counts {n2} enterprises with {adj_a} capital, most of them in {t2} and {good}.",
]


def document(number: int, paragraphs: int = 6) -> str:
    """One document of about a hundred and fifty words."""
    rnd = random.Random(number)
    (state_a, adj_a, city_a), (state_b, adj_b, city_b) = rnd.sample(STATES, 2)
    people = [f"{rnd.choice(GIVEN)} {rnd.choice(FAMILY)}" for _ in range(2)]
    day = date(2019, 1, 1) + timedelta(rnd.randrange(2000))
    parts = [f"{city_a}, {day.day} {day:%B %Y}"]
    for template in rnd.sample(TEMPLATES, paragraphs):
        t1, t2, t3 = rnd.sample(TOPICS, 3)
        near = day - timedelta(rnd.randrange(10))
        line = template.format(
            a=people[0], b=people[1], state_a=state_a, state_b=state_b, adj_a=adj_a, adj_b=adj_b, city_a=city_a, city_b=city_b,
            office_a=rnd.choice(OFFICES), office_b=rnd.choice(OFFICES), t1=t1, t2=t2, t3=t3,
            good=rnd.choice(GOODS), body=rnd.choice(BODIES),
            n1=rnd.randrange(20, 4000), n2=rnd.randrange(12, 900), p=rnd.randrange(2, 60), year=day.year - rnd.randrange(1, 9),
            later=day.year + rnd.randrange(1, 4), day=f"{near.day} {near:%B %Y}")
        parts.append(line[0].upper() + line[1:])
    return "\n\n".join(parts) + "\n"


def documents(count: int) -> Iterator[str]:
    """The first so many documents, no two alike."""
    return islice((document(n) for n in range(count)), count)
