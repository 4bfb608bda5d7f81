"""Words that sound alike, for imitating what an ASR hears."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ungarble.names.phonetics import pronunciations

ALIKE = 8
"""Words that may be heard for each."""


def alike(keys: Sequence[str], counts: np.ndarray, vocabulary: int, rng: np.random.Generator) -> np.ndarray:
    """For each key the indexes of words that sound like it, common ones rather; shape (keys, ALIKE).

    Two words sound alike when their phonemes are equal but for one. ``keys`` are in order of their counts; only the
    first ``vocabulary`` are heard, and those that nothing sounds like are heard as any word.
    """
    sounds = [_sound(key) for key in keys]
    buckets: defaultdict[str, list[int]] = defaultdict(list)
    for index, sound in enumerate(sounds[:vocabulary]):
        for form in _forms(sound):
            buckets[form].append(index)
    weights = np.sqrt(counts.astype(float))
    anything = rng.choice(vocabulary, (len(keys), ALIKE), p=weights[:vocabulary] / weights[:vocabulary].sum())
    for index, sound in enumerate(sounds):
        found = sorted({other for form in _forms(sound) for other in buckets.get(form, ())} - {index})
        if found:
            share = weights[found] / weights[found].sum()
            anything[index] = rng.choice(found, ALIKE, p=share)
    return anything.astype(np.int32)


def _sound(key: str) -> str:
    return pronunciations(key)[0] if key.replace("'", "").isalpha() and key.isascii() else ""


def _forms(sound: str) -> set[str]:
    """The sound, and what it is without any one phoneme; of short ones the sound only."""
    if len(sound) < 3:
        return {sound} if sound else set()
    return {
        sound,
        *(sound[:at] + "." + sound[at + 1 :] for at in range(len(sound))),
        *(sound[:at] + sound[at + 1 :] for at in range(len(sound)) if len(sound) > 3),
    }
