"""Names of jurisdictions: US states, other regions, countries. Used for governing law and forum."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STATES = [
    "Alabama",
    "Alaska",
    "Arizona",
    "Arkansas",
    "California",
    "Colorado",
    "Connecticut",
    "Delaware",
    "Florida",
    "Georgia",
    "Hawaii",
    "Idaho",
    "Illinois",
    "Indiana",
    "Iowa",
    "Kansas",
    "Kentucky",
    "Louisiana",
    "Maine",
    "Maryland",
    "Massachusetts",
    "Michigan",
    "Minnesota",
    "Mississippi",
    "Missouri",
    "Montana",
    "Nebraska",
    "Nevada",
    "New Hampshire",
    "New Jersey",
    "New Mexico",
    "New York",
    "North Carolina",
    "North Dakota",
    "Ohio",
    "Oklahoma",
    "Oregon",
    "Pennsylvania",
    "Rhode Island",
    "South Carolina",
    "South Dakota",
    "Tennessee",
    "Texas",
    "Utah",
    "Vermont",
    "Virginia",
    "Washington",
    "West Virginia",
    "Wisconsin",
    "Wyoming",
    "District of Columbia",
    "Puerto Rico",
]
_REGIONS = {
    "United Kingdom": "England and Wales|England|Wales|Scotland|Northern Ireland",
    "Canada": "Ontario|Quebec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|New Brunswick|Newfoundland",
    "Australia": "New South Wales|Victoria|Queensland|Western Australia|South Australia|Tasmania",
    "China": "Hong Kong|Macau",
}
_COUNTRIES = [
    "Argentina",
    "Armenia",
    "Australia",
    "Austria",
    "Bahamas",
    "Bahrain",
    "Barbados",
    "Belgium",
    "Belize",
    "Bermuda",
    "Bolivia",
    "Brazil",
    "British Virgin Islands",
    "Bulgaria",
    "Cambodia",
    "Canada",
    "Cayman Islands",
    "Chile",
    "China",
    "Colombia",
    "Costa Rica",
    "Croatia",
    "Cyprus",
    "Czech Republic",
    "Denmark",
    "Ecuador",
    "Egypt",
    "Estonia",
    "Fiji",
    "Finland",
    "France",
    "Germany",
    "Ghana",
    "Gibraltar",
    "Greece",
    "Guernsey",
    "Guatemala",
    "Honduras",
    "Hungary",
    "Iceland",
    "India",
    "Indonesia",
    "Ireland",
    "Isle of Man",
    "Israel",
    "Italy",
    "Jamaica",
    "Japan",
    "Jersey",
    "Jordan",
    "Kazakhstan",
    "Kenya",
    "Kuwait",
    "Latvia",
    "Lebanon",
    "Liberia",
    "Liechtenstein",
    "Lithuania",
    "Luxembourg",
    "Malaysia",
    "Malta",
    "Marshall Islands",
    "Mauritius",
    "Mexico",
    "Monaco",
    "Mongolia",
    "Morocco",
    "Netherlands",
    "New Zealand",
    "Nigeria",
    "Norway",
    "Oman",
    "Pakistan",
    "Panama",
    "Papua New Guinea",
    "Paraguay",
    "Peru",
    "Philippines",
    "Poland",
    "Portugal",
    "Qatar",
    "Romania",
    "Russia",
    "Saudi Arabia",
    "Serbia",
    "Seychelles",
    "Singapore",
    "Slovakia",
    "Slovenia",
    "South Africa",
    "South Korea",
    "Korea",
    "Spain",
    "Sri Lanka",
    "Sweden",
    "Switzerland",
    "Taiwan",
    "Tanzania",
    "Thailand",
    "Trinidad and Tobago",
    "Tunisia",
    "Turkey",
    "Uganda",
    "Ukraine",
    "United Arab Emirates",
    "United Kingdom",
    "United States",
    "Uruguay",
    "Venezuela",
    "Vietnam",
    "Zambia",
    "Zimbabwe",
]
_ALIASES = {
    "People's Republic of China": "China",
    "PRC": "China",
    "P.R.C.": "China",
    "P.R. China": "China",
    "PR China": "China",
    "Chinese": "China",
    "Hong Kong SAR": "Hong Kong",
    "HKSAR": "Hong Kong",
    "Republic of China": "Taiwan",
    "R.O.C.": "Taiwan",
    "ROC": "Taiwan",
    "England & Wales": "England and Wales",
    "English": "England and Wales",
    "Scots": "Scotland",
    "Great Britain": "United Kingdom",
    "U.K.": "United Kingdom",
    "Québec": "Quebec",
    "Holland": "Netherlands",
    "Dutch": "Netherlands",
    "Swiss": "Switzerland",
    "French": "France",
    "German": "Germany",
    "Israeli": "Israel",
    "Israel": "Israel",
    "Japanese": "Japan",
    "Italian": "Italy",
    "Swedish": "Sweden",
    "Danish": "Denmark",
    "Republic of Korea": "South Korea",
    "Korean": "South Korea",
    "Korea": "South Korea",
    "Irish": "Ireland",
    "Eire": "Ireland",
    "USA": "United States",
    "U.S.A.": "United States",
    "United States of America": "United States",
    "Russian Federation": "Russia",
    "N.Y.": "New York",
    "Calif.": "California",
    "Massachussets": "Massachusetts",
    "Massachusets": "Massachusetts",
    "Pennsylvanian": "Pennsylvania",
    "Penn.": "Pennsylvania",
    "Deleware": "Delaware",
    "Delawar": "Delaware",
    "Commonwealth of the Bahamas": "Bahamas",
    "Viet Nam": "Vietnam",
    "BVI": "British Virgin Islands",
    "UAE": "United Arab Emirates",
    "UK": "United Kingdom",
    "Kingdom of Saudi Arabia": "Saudi Arabia",
    "Hellenic Republic": "Greece",
    "Belgian": "Belgium",
    "Spanish": "Spain",
    "Norwegian": "Norway",
    "Finnish": "Finland",
    "Canadian": "Canada",
    "Indian": "India",
    "Brazilian": "Brazil",
}
_CASED = {"US", "UK", "UAE", "PRC", "ROC", "BVI", "USA"}  # short enough to be other words in small letters


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: country by its common name, and the state, province or nation in it ("" where none is named)."""

    country: str
    region: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The region where there is one, else the country."""
        return self.region or self.country


_KNOWN: dict[str, tuple[str, str]] = {name.casefold(): (name, "") for name in _COUNTRIES}
_KNOWN |= {region.casefold(): (country, region) for country, names in _REGIONS.items() for region in names.split("|")}
_KNOWN |= {name.casefold(): ("United States", name) for name in _STATES}  # Georgia: the state, unless "Republic of"
for _alias, _name in _ALIASES.items():
    _KNOWN[_alias.casefold()] = _KNOWN[_name.casefold()]
_NAMES = sorted(_KNOWN, key=len, reverse=True)
_PLACE = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in _NAMES)
    + r")(?![\w])",
    re.IGNORECASE,
)


def find_places(text: str, start: int = 0, end: int | None = None) -> list[Place]:
    """Jurisdictions named in text[start:end), in order."""
    found = []
    for match in _PLACE.finditer(text, start, len(text) if end is None else end):
        raw = " ".join(match.group().split()).replace("’", "'")
        if (raw.upper() in _CASED and raw != raw.upper()) or not raw[0].isupper():
            continue
        country, region = _KNOWN[raw.casefold()]
        before = text[max(0, match.start() - 14) : match.start()].casefold()
        if region == "Georgia" and "republic of" in before:
            country, region = "Georgia", ""
        found.append(Place(country, region, match.start(), match.end()))
    return found
