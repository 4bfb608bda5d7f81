"""How sure corrections were against how many were right, as a drawing in SVG that stands in a page."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from ungarble.pages.markup import shown
from ungarble.wording import many

SIZE, EDGE = 240, 36
"""Of the square between nought and one, and of the room around it for numbers; in pixels."""

LEAST_RADIUS, MOST_RADIUS = 2.5, 9.0
Z = 1.96
"""Standard deviations on either side that hold 95 % of a normal distribution."""

Json = Mapping[str, Any]


def calibration_plot(stage: str, tenths: Sequence[Json]) -> str:
    """One stage's corrections by tenths of confidence; bars are 95 % intervals, circles grow with their number.

    On the diagonal a confidence is the share that is right; below it corrections are surer than they should be.
    """
    most = max(row["corrections"] for row in tenths)
    marks = "".join(_mark(row, most) for row in tenths)
    title = f"Confidence and share of right corrections: {shown(stage)}"
    whole = SIZE + 2 * EDGE
    return (
        f'<svg class="plot" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}" role="img" '
        f'aria-label="{title}"><title>{title}</title>{_frame()}{marks}</svg>'
    )


def share_interval(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927).

    >>> [round(end, 2) for end in share_interval(9, 10)]
    [0.6, 0.98]
    """
    share, square = right / count, Z * Z / count
    middle, spread = share + square / 2, Z * sqrt(share * (1 - share) / count + square / (4 * count))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)


def _frame() -> str:
    far = EDGE + SIZE
    lines = [f'<rect class="frame" x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}"/>']
    lines.append(f'<line class="ideal" x1="{EDGE}" y1="{far}" x2="{far}" y2="{EDGE}"/>')
    for share in (0.0, 0.5, 1.0):
        lines.append(f'<text class="across" x="{_x(share)}" y="{far + 16}">{share:g}</text>')
        lines.append(f'<text class="down" x="{EDGE - 6}" y="{float(_y(share)) + 4:.1f}">{share:g}</text>')
    lines.append(f'<text class="across" x="{_x(0.5)}" y="{far + 32}">confidence</text>')
    lines.append(f'<text class="title" x="{EDGE}" y="{EDGE - 12}">share that is right</text>')
    return "".join(lines)


def _mark(row: Json, most: int) -> str:
    share, mean = row["right"] / row["corrections"], row["mean_confidence"]
    low, high = share_interval(row["right"], row["corrections"])
    radius = LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * sqrt(row["corrections"] / most)
    told = f"{many(row['corrections'], 'correction')}, {mean:.2f} sure on average, {share:.2f} right"
    return (
        f'<line class="range" x1="{_x(mean)}" y1="{_y(low)}" x2="{_x(mean)}" y2="{_y(high)}"/>'
        f'<circle class="point" cx="{_x(mean)}" cy="{_y(share)}" r="{radius:.1f}"><title>{told}</title></circle>'
    )


def _x(share: float) -> str:
    return f"{EDGE + SIZE * share:.1f}"


def _y(share: float) -> str:
    return f"{EDGE + SIZE * (1 - share):.1f}"
