"""Cities to which contracts send disputes without naming their state or country."""

from __future__ import annotations

import re

_CITIES = {
    "England": "London|Manchester|Birmingham", "Scotland": "Edinburgh|Glasgow", "Ireland": "Dublin", "France": "Paris",
    "Switzerland": "Geneva|Zurich|Zürich|Basel", "Germany": "Frankfurt|Munich|Berlin|Hamburg", "Sweden": "Stockholm",
    "Netherlands": "The Hague|Amsterdam|Rotterdam", "Belgium": "Brussels", "Austria": "Vienna", "Italy": "Milan|Rome",
    "Spain": "Madrid|Barcelona", "China": "Beijing|Shanghai|Shenzhen", "Japan": "Tokyo|Osaka", "South Korea": "Seoul",
    "Taiwan": "Taipei", "India": "Mumbai|New Delhi|Bangalore", "United Arab Emirates": "Dubai|Abu Dhabi",
    "Israel": "Tel Aviv|Tel-Aviv|Jerusalem", "Ontario": "Toronto|Ottawa", "British Columbia": "Vancouver",
    "Quebec": "Montreal|Montréal", "Alberta": "Calgary", "New South Wales": "Sydney", "Victoria": "Melbourne",
    "California": "San Francisco|Los Angeles|San Diego|San Jose|Palo Alto", "Massachusetts": "Boston",
    "Illinois": "Chicago", "Texas": "Houston|Dallas|Austin", "Florida": "Miami|Orlando", "Georgia": "Atlanta",
    "Washington": "Seattle", "Pennsylvania": "Philadelphia|Pittsburgh", "Colorado": "Denver", "Delaware": "Wilmington",
    "Minnesota": "Minneapolis", "Arizona": "Phoenix", "Nevada": "Las Vegas", "Utah": "Salt Lake City",
}  # fmt: skip
_PLACES = {city.casefold(): place for place, cities in _CITIES.items() for city in cities.split("|")}
_CITY = re.compile(r"\b(?:" + "|".join(cities.replace(" ", r"\s+") for cities in _CITIES.values()) + r")\b")


def find_seat(text: str, start: int, end: int) -> tuple[str, str, int, int] | None:
    """The first such city in text[start:end): its state or country, the city, and its span."""
    match = _CITY.search(text, start, end)
    if match is None:
        return None
    city = " ".join(match.group().split())
    return _PLACES[city.casefold()], city, match.start(), match.end()
