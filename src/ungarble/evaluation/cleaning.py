"""Cleans what is evaluated, each document with the names that are known of it, and finds the names that were said."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from ungarble.api import Cleaner
from ungarble.document import Document
from ungarble.draft import Draft
from ungarble.evaluation.items import Output, Unit
from ungarble.metrics.names import Mention
from ungarble.names.gazetteer import Gazetteer
from ungarble.names.gazetteer_file import Row
from ungarble.names.heard import Heard
from ungarble.names.index import HEARD_AS, Pack, compile_pack, pack_compiled
from ungarble.names.known import KnownName, find_known

PACK = "document's names"
"""What the names that are known of a document are called as a gazetteer."""


def with_names(cleaner: Cleaner, names: Sequence[str]) -> Cleaner:
    """The same cleaner with more names to recognise, as from a person's own file."""
    if not names:
        return cleaner
    setting = cleaner.setting
    rows = [Row(number, name) for number, name in enumerate(sorted(names), start=1)]
    pack = Pack(PACK, pack_compiled(compile_pack(rows, True, setting.lexicon), setting.lexicon), chosen=True)
    more = copy(cleaner)
    gazetteer = Gazetteer((pack, *setting.gazetteer.packs), setting.gazetteer.versions)
    more.setting = replace(setting, gazetteer=gazetteer)
    return more


def cleaned(cleaner: Cleaner, unit: Unit) -> Output:
    """Clean a unit."""
    report = cleaner.clean(unit.heard).report()
    return Output(str(report["text"]), report["corrections"])  # type: ignore[arg-type]


def names_said(cleaner: Cleaner, said: str) -> tuple[Mention, ...]:
    """The gazetteer's names that surely stand in a reference, the longest where several overlap."""
    setting = cleaner.setting
    heard = Heard(Draft(Document(said)), setting.lexicon)
    taken = [False] * len(heard.words)
    mentions = []
    for match in (name.match for name in sorted(find_known(heard, setting.gazetteer).names, key=_rank) if name.is_sure):
        if not any(taken[match.first : match.last]):
            taken[match.first : match.last] = [True] * (match.last - match.first)
            start, end = heard.words[match.first].start, heard.words[match.last - 1].end
            mentions.append(Mention(start, end, match.kind))
    return tuple(sorted(mentions))


def kind_of(cleaner: Cleaner, name: str) -> str | None:
    """The kind of a name in the gazetteers, a person's own first; None: it is none, and so cannot be put right."""
    heard = Heard(Draft(Document(name)), cleaner.setting.lexicon)
    found = cleaner.setting.gazetteer.exact(heard.keys, heard.stems)
    whole = (match for match in found if match.last - match.first == len(heard.words) and match.form.role != HEARD_AS)
    return next((match.kind for match in sorted(whole, key=lambda match: not match.pack.chosen)), None)


def _rank(name: KnownName) -> tuple[int, bool, int]:
    match = name.match
    return match.first - match.last, not match.pack.chosen, match.first
