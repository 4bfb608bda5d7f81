"""Which function does what a key stands for."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ungarble.review import answers, moves, naming
from ungarble.review.asking import Dialogue
from ungarble.review.keys import Action

if TYPE_CHECKING:
    from ungarble.review.session import Session

DOING: Mapping[Action, "Callable[[Session], Dialogue | str]"] = {
    Action.ACCEPT: answers.accept,
    Action.REJECT: answers.reject,
    Action.EDIT: answers.edit,
    Action.ALL: answers.accept_all,
    Action.NEVER: answers.never,
    Action.SIMILAR: answers.similar,
    Action.NAME: naming.add_name,
    Action.BACK: moves.back,
    Action.UNDO: moves.undo,
    Action.SKIP: moves.skip,
    Action.NEXT_FILE: moves.next_file,
    Action.PREVIOUS_FILE: moves.previous_file,
    Action.BELOW: moves.below,
    Action.SEARCH: moves.search,
    Action.WRITE: moves.write,
    Action.QUIT: moves.leave,
    Action.DROP: moves.drop,
    Action.HELP: moves.explain,
}
