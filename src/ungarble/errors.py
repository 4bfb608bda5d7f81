"""What can go wrong in a way that a person can mend: each error builds its own one-line message.

Anything else that is raised is a bug, and keeps its traceback.
"""


class UngarbleError(Exception):
    """The root of all errors that a user's input or machine can cause. ``str()`` is the message, one line."""

    exit_code = 2

    def __reduce__(self) -> tuple[type["UngarbleError"], tuple[object, ...]]:
        return (type(self), self.args)


class TableError(UngarbleError):
    """A dictionary or gazetteer file that cannot be understood."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(path, line, problem)
        self.path, self.line, self.problem = path, line, problem

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.problem}"
