"""What can be done with a question, and by which key."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from ungarble.errors import UngarbleError


class Action(StrEnum):
    """What a key does; the value is its name in the configuration."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ALL = "all"
    NEVER = "never"
    SIMILAR = "similar"
    NAME = "name"
    BACK = "back"
    UNDO = "undo"
    SKIP = "skip"
    NEXT_FILE = "next-file"
    PREVIOUS_FILE = "previous-file"
    BELOW = "below"
    SEARCH = "search"
    WRITE = "write"
    QUIT = "quit"
    DROP = "drop"
    HELP = "help"


class Key(NamedTuple):
    """An action's keys, what it is called in the row of keys, and what it does in a sentence."""

    keys: tuple[str, ...]
    label: str
    help: str


DEFAULT: Mapping[Action, Key] = {
    Action.ACCEPT: Key(("y", "enter"), "yes", "Write the first proposal, here only."),
    Action.REJECT: Key(("n",), "no", "Leave the words as they are, here only."),
    Action.EDIT: Key(("e",), "edit", "Type what the words should be; what was heard stands there."),
    Action.ALL: Key(("a",), "all", "Write the first proposal for all that is like it here."),
    Action.NEVER: Key(("N",), "never", "Never change these words, wherever they stand here."),
    Action.SIMILAR: Key(("A",), "similar", "The same for forms that look or sound alike; shows them first."),
    Action.NAME: Key(("g",), "name", "This is a name: add it to your gazetteer, and fix it here."),
    Action.BACK: Key(("b", "left"), "back", "Go to the question before, to answer it again."),
    Action.UNDO: Key(("u",), "undo", "Take the last answer back, and go there."),
    Action.SKIP: Key(("s", "right"), "skip", "Leave it open, and go on."),
    Action.NEXT_FILE: Key(("]",), "next file", "Go to the next transcript."),
    Action.PREVIOUS_FILE: Key(("[",), "last file", "Go to the transcript before."),
    Action.BELOW: Key(("<",), "below", "Go to the next question that is less sure than you say."),
    Action.SEARCH: Key(("/",), "search", "Go to the next question with certain words in its sentence."),
    Action.WRITE: Key(("w",), "write", "Write what was decided and what is sure by itself; finish."),
    Action.QUIT: Key(("q",), "quit", "Leave; your answers are kept, and nothing is written yet."),
    Action.DROP: Key(("Q",), "drop", "Leave, and drop the answers of this review."),
    Action.HELP: Key(("?",), "help", "Explain the keys."),
}
"""The keys of a review; every other one can be chosen. The digits 1 to 9 take a proposal by its number."""

DIGITS = frozenset("123456789")

NAMED = ("enter", "space", "tab", "backspace", "delete", "left", "right", "up", "down", "home", "end")
"""Keys that have a name; all others are the character that they write."""


class KeysError(UngarbleError):
    """Keys that cannot be: what was chosen, and what is wrong with it."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class Keys:
    """Which key does what. ``chosen`` are a person's own, by the action's name; the other actions keep theirs.

    Raises KeysError for an action or a key that does not exist, and for a key with two meanings.
    """

    def __init__(self, chosen: Mapping[str, Iterable[str]] | None = None) -> None:
        own = {_action(name): tuple(map(_key, keys)) for name, keys in (chosen or {}).items()}
        taken = {key for keys in own.values() for key in keys}
        self._of: dict[Action, tuple[str, ...]] = {}
        self._actions: dict[str, Action] = {}
        for action, row in DEFAULT.items():
            keys = own.get(action) or tuple(key for key in row.keys if key not in taken)
            if not keys:
                raise KeysError(f"no key is left for {action}; give it one")
            self._of[action] = keys
            for key in keys:
                if key in self._actions:
                    raise KeysError(f"{key} cannot be both {self._actions[key]} and {action}")
                self._actions[key] = action

    def action(self, key: str) -> Action | None:
        """What a key does."""
        return self._actions.get(key)

    def of(self, action: Action) -> tuple[str, ...]:
        """An action's keys; the first is the one that is shown."""
        return self._of[action]


def _action(name: str) -> Action:
    try:
        return Action(name)
    except ValueError:
        from difflib import get_close_matches

        near = get_close_matches(name, [action.value for action in Action], 1)
        raise KeysError(f"there is no action {name!r}; {f'did you mean {near[0]!r}?' if near else _all()}") from None


def _all() -> str:
    return f"the actions: {', '.join(Action)}"


def _key(key: str) -> str:
    name = key.lower() if len(key) > 1 else "space" if key == " " else key
    if name in DIGITS:
        raise KeysError(f"{name} takes a proposal by its number; choose another key")
    if (len(name) == 1 and name.isprintable()) or name in NAMED:
        return name
    raise KeysError(f"there is no key {key!r}; a key is the character that it writes, or one of {', '.join(NAMED)}")
