"""Going to another question, and coming to an end."""

from typing import TYPE_CHECKING

from ungarble.review.answers import suggestion_of
from ungarble.review.asking import Dialogue, Line, Pick, confirmed
from ungarble.review.keys import DEFAULT, Action
from ungarble.review.transcript import Question

if TYPE_CHECKING:
    from ungarble.review.session import Session

NEAR = 400
"""Characters of a question's sentence that are searched."""


def back(session: "Session") -> str:
    """Go to the question before."""
    return "" if session.go_back() else "this is the first question"


def undo(session: "Session") -> str:
    """Take the last answer back."""
    if not session.history:
        return "nothing was answered yet; back goes to earlier answers"
    return session.take_back() or "taken back"


def skip(session: "Session") -> str:
    """Leave the question open."""
    session.go_on()
    return ""


def next_file(session: "Session") -> str:
    """Go to the next transcript."""
    return "" if session.go_to_file(1) else "there is no transcript after this one"


def previous_file(session: "Session") -> str:
    """Go to the transcript before."""
    return "" if session.go_to_file(-1) else "there is no transcript before this one"


def below(session: "Session") -> Dialogue:
    """Go to the next question that is less sure than the person says."""
    text = yield Line("Less sure than", "0.5", "from 0 to 1")
    try:
        limit = float(text.replace(",", "."))
    except ValueError:
        return f"{text} is no number"
    found = next((q for q in session.questions.after() if q.correction.confidence < limit), None)
    if found is None:
        return f"no open question here is less sure than {limit:g}"
    session.questions.go_to(found)
    return ""


def search(session: "Session") -> Dialogue:
    """Go to the next question with certain words in it, or near it."""
    text = yield Line("Search", session.searched)
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return ""
    session.searched = text
    found = next((question for question in session.questions.after() if wanted in _near(question)), None)
    if found is None:
        return f"no other open question here has “{text}” in it or near it"
    session.questions.go_to(found)
    return ""


def write(session: "Session") -> Dialogue:
    """Write the transcripts that were looked at, and finish."""
    count = session.open
    if count:
        questions = f"{count} questions are" if count > 1 else "One question is"
        if not (yield from confirmed(f"{questions} not answered; what they are about stays as it is. Write now?")):
            return ""
    yield from _keep(session)
    return session.write()


def _keep(session: "Session") -> Dialogue:
    """Ask whether forms that are never to change here are to stay everywhere."""
    forms = list(dict.fromkeys(form for _, form in session.never))
    if not forms:
        return ""
    rows = tuple(f"    “{form}”" for form in forms)
    title = "Shall these words also stay as they are in the project's other transcripts (in keep.txt)?"
    if not (yield from confirmed(title, *rows)):
        return ""
    for transcript, form in session.never:
        learner = transcript.learner()
        learner.keep(form)
        learner.save()
    return ""


def leave(session: "Session") -> str:
    """Leave, with the answers kept."""
    session.leave()
    return ""


def drop(session: "Session") -> Dialogue:
    """Leave, with the answers of this review dropped."""
    count = len(session.history)
    if count:
        answered = f"{count} answers" if count > 1 else "one answer"
        if not (yield from confirmed(f"Drop {answered} of this review, and what they added to your gazetteer?")):
            return ""
    session.drop()
    return ""


def explain(session: "Session") -> Dialogue:
    """Explain the keys."""
    rows = [_explained(session, action) for action in Action]
    yield Pick("The keys", (("enter", "back to the question"),), (*rows[:1], _DIGITS, *rows[1:]))
    return ""


_DIGITS = f"{'1 to 9':<10} Write the proposal with this number, here only."


def _explained(session: "Session", action: Action) -> str:
    keys = " ".join(key.capitalize() if len(key) > 1 else key for key in session.keys.of(action))
    return f"{keys:<10} {DEFAULT[action].help}"


def _near(question: Question) -> str:
    """The words of a question, what they would become, and the text around them."""
    said = suggestion_of(question)
    near = question.transcript.around(said.span, NEAR)
    return " ".join(f"{near.before}{near.heard}{near.after} {said.wanted}".casefold().split())
