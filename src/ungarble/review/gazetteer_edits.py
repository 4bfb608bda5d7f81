"""A person's gazetteer and list of words to keep, added to: every byte that is not concerned stays as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from ungarble import files
from ungarble.errors import TableError
from ungarble.names.gazetteer_file import COLUMNS, Row, read_rows
from ungarble.names.index import words_of


class GazetteerFile:
    """A table of names, which need not exist yet. Nothing is written before ``save``.

    Raises TableError for one that cannot be understood, or is no .tsv file, and FileError.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() != ".tsv":
            raise TableError(str(path), 1, "only a .tsv file has room for what was misheard; name one")
        self.path = path
        self._before = files.read(path) if path.exists() else b""
        self.rows: list[Row] = read_rows(path) if path.exists() else []
        text = self._before.decode("utf-8-sig")
        self._lines = text.splitlines(keepends=True)
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._header = self._find_header()

    @property
    def data(self) -> bytes:
        """The file as it is to be."""
        bom = b"\xef\xbb\xbf" if self._before.startswith(b"\xef\xbb\xbf") else b""
        return bom + "".join(self._lines).encode()

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return self.data != self._before

    def entry(self, name: str) -> Row | None:
        """The entry of a name."""
        keys = words_of(name)
        same = [row for row in self.rows if words_of(row.name) == keys]
        return next((row for row in same if row.name == name), same[0] if same else None)

    def add(self, row: Row) -> None:
        """Add an entry: where its name belongs in the order, or behind all others where there is no order."""
        header = self._columns()
        cells = {"name": row.name, "kind": row.kind, "note": row.note}
        cells = {column: _on_one_line(cell) for column, cell in cells.items()}
        cells |= {column: "|".join(_parts(values)) for column, values in _several(row).items()}
        for column, cell in cells.items():
            if cell and column not in header:
                header = self._with_column(column)
        line = "\t".join(cells.get(column, "") for column in header).rstrip("\t") + self._end
        number = self._line_for(row.name)
        if number and not self._lines[number - 1].endswith(("\n", "\r")):
            self._lines[number - 1] += self._end
        self._lines.insert(number, line)
        later = [replace(r, line=r.line + 1) if r.line > number else r for r in self.rows]
        self.rows = sorted([*later, replace(row, line=number + 1)], key=lambda row: row.line)

    def extend(self, row: Row, column: str, values: Iterable[str]) -> None:
        """Add values to a column of an entry, behind those that it has."""
        had = _several(row)[column]
        new = [value for value in _parts(values) if value not in had]
        if not new:
            return
        if column not in self._columns():
            self._with_column(column)
        at, line = self._columns().index(column), self._lines[row.line - 1]
        body = line.rstrip("\r\n")
        cells = body.split("\t")
        cells += [""] * (at + 1 - len(cells))
        cells[at] = "|".join([*([cells[at]] if cells[at].strip() else []), *new])
        self._lines[row.line - 1] = "\t".join(cells) + line[len(body) :]
        self.rows[self.rows.index(row)] = Row(**{**asdict(row), column: (*had, *new)})

    def save(self) -> None:
        """Write the file, whole or not at all. Raises FileError where another program has changed it meanwhile."""
        if self.is_changed:
            _write(self.path, self._before, self.data)
            self._before = self.data

    def _find_header(self) -> int | None:
        """The line of the header, from 0; None where the file has none yet."""
        for number, line in enumerate(self._lines):
            cells = [cell.strip() for cell in line.rstrip("\r\n").split("\t")]
            if any(cells) and not (cells[0].startswith("#") and len(cells) == 1):
                return number
        return None

    def _columns(self) -> list[str]:
        if self._header is None:
            self._header = len(self._lines)
            self._lines.append("\t".join(COLUMNS) + self._end)
        return [cell.strip().lower() for cell in self._lines[self._header].rstrip("\r\n").split("\t")]

    def _with_column(self, column: str) -> list[str]:
        """Give the header another column, as the last."""
        columns = [*self._columns(), column]
        line = self._lines[self._header or 0]
        body = line.rstrip("\r\n")
        self._lines[self._header or 0] = f"{body}\t{column}{line[len(body) :] or self._end}"
        return columns

    def _line_for(self, name: str) -> int:
        """How many lines stand before a new entry's."""
        names = [row.name.casefold() for row in self.rows]
        if names != sorted(names) or not names:
            return self.rows[-1].line if self.rows else (self._header or 0) + 1
        before = [row.line for row in self.rows if row.name.casefold() <= name.casefold()]
        return max(before, default=(self._header or 0) + 1)


class KeepFile:
    """A file of words to keep, a phrase a line, which need not exist yet. Nothing is written before ``save``."""

    def __init__(self, path: Path) -> None:
        from ungarble.encoding import Encoding, decode

        self.path = path
        self._before = files.read(path) if path.exists() else b""
        self._text, self._encoding = decode(self._before, str(path)) if self._before else ("", Encoding())
        self._lines = self._text.splitlines(keepends=True)

    @property
    def phrases(self) -> set[tuple[str, ...]]:
        """What is kept, word by word."""
        return {words_of(line.partition("#")[0]) for line in self._lines}

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return "".join(self._lines) != self._text

    def add(self, phrase: str) -> None:
        """Add a phrase: where it belongs in the order, or behind all others where there is no order."""
        keys = [line.partition("#")[0].strip().casefold() for line in self._lines]
        at = len(self._lines)
        said = [(number, key) for number, key in enumerate(keys) if key]
        if [key for _, key in said] == sorted(key for _, key in said):
            at = max((number + 1 for number, key in said if key <= phrase.casefold()), default=min(at, _first(keys)))
        end = "\r\n" if "\r\n" in self._text else "\n"
        if at and not self._lines[at - 1].endswith(("\n", "\r")):
            self._lines[at - 1] += end
        self._lines.insert(at, phrase + end)

    def save(self) -> None:
        """Write the file, whole or not at all. Raises FileError where another program has changed it meanwhile."""
        if self.is_changed:
            text = "".join(self._lines)
            if not self._encoding.holds(text):
                raise TableError(str(self.path), 1, f"{self._encoding.codec} has no such letters; save it as UTF-8")
            _write(self.path, self._before, self._encoding.bom + self._encoding.encode(text))
            self._text = text


def _first(keys: Sequence[str]) -> int:
    """The first line that has a phrase; what stands above it is a remark on the whole."""
    return next((number for number, key in enumerate(keys) if key), len(keys))


def _write(path: Path, before: bytes, after: bytes) -> None:
    if path.exists():
        files.rewrite(path, before, after)
    else:
        files.write(path, after)


def _several(row: Row) -> dict[str, tuple[str, ...]]:
    return {"spellings": row.spellings, "also": row.also, "heard_as": row.heard_as, "context": row.context}


def _parts(values: Iterable[str]) -> tuple[str, ...]:
    """Values as they stand side by side in a cell: the bars and tabs between their words would part them."""
    return tuple(_on_one_line(value.replace("|", " ")) for value in values)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
