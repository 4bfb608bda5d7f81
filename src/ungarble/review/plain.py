"""The review line by line: for terminals that can do no more, for scripts and for tests."""

from collections.abc import Callable
from pathlib import Path

from ungarble import files
from ungarble.errors import UngarbleError
from ungarble.review.asking import Line
from ungarble.review.keys import NAMED
from ungarble.review.session import Session

NOTHING = "-"
"""What is typed for an empty line, as an empty one leaves what stands there."""


class AnswersError(UngarbleError):
    """A file of answers in which one has no meaning: the file, its line, and why."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(path, line, problem)
        self.path, self.line, self.problem = path, line, problem

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.problem}; the answers before it are kept"


def answers_in(path: str) -> list[str]:
    """The lines of a file of answers; ``-`` is standard input. Raises UngarbleError."""
    from ungarble.encoding import decode

    data = files.read_standard_input() if path == "-" else files.read(Path(path))
    return decode(data, path)[0].splitlines()


def say(session: Session, line: str) -> None:
    """Give the session a line: a key, or what it asks for; an empty one is Enter, or leaves what stands there."""
    said = line.strip()
    if isinstance(session.asking, Line) and said != "escape":
        session.enter(session.asking.text if not said else "" if said == NOTHING else line)
    elif len(said) > 1 and said.lower() not in (*NAMED, "escape"):
        session.refuse(f"“{said}” is no key; one key a line")
    else:
        session.press(said.lower() if len(said) > 1 else said or "enter")


def follow(session: Session, path: str, show: Callable[[Session], None]) -> None:
    """Give the session the answers in a file, a key or a line of text each; after the last it is left.

    Raises UngarbleError, with what was answered kept, for one that has no meaning.
    """
    for number, line in enumerate(answers_in(path), start=1):
        if session.ending is not None:
            raise AnswersError(path, number, "the review has ended before it")
        show(session)
        say(session, line)
        if session.refused:
            problem = session.notice
            session.leave()
            raise AnswersError(path, number, problem)
    if session.ending is None:
        session.leave()


def converse(session: Session, read: Callable[[str], str | None], show: Callable[[Session], None]) -> None:
    """Ask until the review has ended; ``read`` shows a prompt and returns a line, or None when none will come."""
    while session.ending is None:
        show(session)
        line = read(f"{session.asking.label} [{session.asking.text}]: " if isinstance(session.asking, Line) else "> ")
        if line is None:
            session.leave()
            return
        say(session, line)
