"""The stages. Each is one module with a ``NAME`` and a function ``propose``; none edits anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ungarble.correction import Correction
from ungarble.draft import Draft
from ungarble.language.lexicon import Lexicon
from ungarble.options import Options

if TYPE_CHECKING:
    from ungarble.names.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Setting:
    """What a stage may draw on besides the text: what is known of English and of names, and what the person chose."""

    lexicon: Lexicon
    gazetteer: "Gazetteer"
    options: Options


class Stage(Protocol):
    """A module that looks at the draft and proposes corrections, in the present text's terms."""

    NAME: str

    def propose(self, draft: Draft, setting: Setting, /) -> Iterable[Correction]:
        """Yield corrections; each gives its reason in one short sentence."""
        ...
