"""Proposals in groups that do not touch each other, so that an answer concerns one group only."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ungarble.correction import Correction, Resolution


@dataclass(slots=True)
class Cluster:
    """Proposals of a range of the text, in which no others lie, and what became of them."""

    start: int
    end: int
    proposals: list[Correction]
    resolution: Resolution = field(default_factory=Resolution)


class Clusters:
    """All proposals in clusters, in the order of the text; ``resolve`` decides what becomes of one."""

    def __init__(self, proposals: Iterable[Correction], resolve: Callable[[Cluster], Resolution]) -> None:
        self._resolve = resolve
        self.all: list[Cluster] = []
        for correction in sorted(proposals, key=lambda c: c.start):
            last = self.all[-1] if self.all else None
            if last and correction.start <= last.end:
                last.proposals.append(correction)
                last.end = max(last.end, correction.end)
            else:
                self.all.append(Cluster(correction.start, correction.end, [correction]))
        for cluster in self.all:
            cluster.resolution = resolve(cluster)
        self._suggested: list[Correction] | None = None

    @property
    def suggested(self) -> list[Correction]:
        """What is suggested in all of them, in the order of the text."""
        if self._suggested is None:
            self._suggested = [c for cluster in self.all for c in cluster.resolution.suggested]
        return list(self._suggested)

    def at(self, start: int, end: int) -> Sequence[Cluster]:
        """Those that touch a range of the text."""
        return self.all[self._slice(start, end)]

    def changed(self, start: int, end: int) -> None:
        """Decide again where something was said about a range of the text; from now on that is one cluster."""
        there = self._slice(start, end)
        old = self.all[there]
        proposals = [correction for cluster in old for correction in cluster.proposals]
        new = Cluster(min([start, *(c.start for c in old)]), max([end, *(c.end for c in old)]), proposals)
        new.resolution = self._resolve(new)
        self.all[there] = [new]
        self._suggested = None

    def _slice(self, start: int, end: int) -> slice:
        first = bisect_left(self.all, start, key=lambda cluster: cluster.end)
        return slice(first, max(first, bisect_right(self.all, end, key=lambda cluster: cluster.start)))
