"""Find everything that looks like an identifier in many short texts at once.

Recognisers run over blocks of texts, which costs a twentieth of a call for each; the analyzer,
which weighs the words around a match, only runs where one of them found something.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rai_check.recognisers.engine import LANGUAGE, build_engine, safely
from rai_check.recognisers.kinds import PATTERNED, Kind

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerResult

SEPARATOR = "\n\x1e\n"
"""Between texts of a block: no pattern bridges two line ends and a control character."""
BLOCK = 300
"""Texts in a block; many more, and phonenumbers would give up before its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` of a text that look like a kind of identifier."""

    kind: Kind
    start: int
    end: int
    score: float
    supported: bool = False
    """Whether one of the kind's words is in the column's name or near the match."""


class Scanner:
    """The analyzer and its recognisers, built once for a scan."""

    def __init__(self) -> None:
        self._engine = safely(build_engine)
        self._nothing = safely(lambda: self._engine.nlp_engine.process_text("", LANGUAGE))
        self._kinds = {kind.entity: kind for kind in PATTERNED}

    def raw(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return what each text holds by pattern alone, scored without regard to context.

        Args:
            texts: cleaned (no control characters but line ends), a few thousand characters each.

        Raises:
            DataError: a recogniser broke or gave up.
        """
        found: list[list[Span]] = [[] for _ in texts]
        for first in range(0, len(texts), BLOCK):
            block = texts[first : first + BLOCK]
            for position, span in safely(partial(self._block, block)):
                found[first + position].append(span)
        return found

    def _block(self, texts: Sequence[str]) -> list[tuple[int, Span]]:
        found: list[tuple[int, Span]] = []
        starts = [0]
        for text in texts[:-1]:
            starts.append(starts[-1] + len(text) + len(SEPARATOR))
        joined = SEPARATOR.join(texts)
        for recogniser in self._engine.registry.recognizers:
            for hit in recogniser.analyze(joined, recogniser.supported_entities, self._nothing):
                position = bisect_right(starts, hit.start) - 1
                if span := self._span(hit, joined, starts[position]):
                    found.append((position, span))
        return found

    def weighed(self, text: str, spans: Sequence[Span], words: Sequence[str]) -> list[Span]:
        """Return what the analyzer says of `text`, for the kinds of `spans`, in context.

        Args:
            text: as given to `raw`.
            spans: as found by `raw` in it.
            words: of the column's name.

        Raises:
            DataError: the analyzer broke.
        """
        entities = sorted({span.kind.entity for span in spans})
        if not entities:
            return []
        hits = safely(
            lambda: self._engine.analyze(
                text, LANGUAGE, entities, context=list(words), return_decision_process=True
            )
        )
        return [span for hit in hits if (span := self._span(hit, text, 0))]

    def _span(self, hit: "RecognizerResult", text: str, offset: int) -> Span | None:
        """Return presidio's result as ours, or None if the kind's own rule refuses it."""
        kind = self._kinds[hit.entity_type]
        if not kind.accepts(text[hit.start : hit.end]):
            return None
        why = hit.analysis_explanation
        return Span(
            kind=kind,
            start=hit.start - offset,
            end=hit.end - offset,
            score=hit.score,
            supported=bool(why and why.supportive_context_word),
        )
