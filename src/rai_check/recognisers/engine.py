"""Presidio's analyzer on a spaCy tokeniser: no model, no network, no log."""

import importlib
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rai_check.errors import DataError
from rai_check.recognisers.patterns import recognisers

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

T = TypeVar("T")
LANGUAGE = "en"
_LOGGER = "presidio-analyzer"
_GLUE = r"(?<=[^\W\d_])[.:=#/](?=[\d+(])"
"""What stands between a word and a number without a space, as in "NHS:" or "no."."""


def build_engine() -> "AnalyzerEngine":
    """Return an analyzer with every recogniser of `patterns` and whole-word context.

    Words up to six before and three after a match are its context.
    """
    _import_libraries()
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer

    enhancer = LemmaContextAwareEnhancer(
        context_prefix_count=6,
        context_suffix_count=3,
        context_matching_mode="whole_word",  # or "reg" would be found in "region"
    )
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognisers(), supported_languages=[LANGUAGE]),
        nlp_engine=_tokeniser(),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=enhancer,
    )


def _import_libraries() -> None:
    """Import what is slow to import, once, leaving aside what its authors deprecate."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for name in ("spacy", "tldextract", "phonenumbers", "presidio_analyzer"):
            importlib.import_module(name)


def _tokeniser() -> "NlpEngine":
    import spacy
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
    from spacy.util import compile_infix_regex

    nlp = spacy.blank(LANGUAGE)
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), _GLUE])
    nlp.tokenizer.infix_finditer = infixes.finditer  # type: ignore[union-attr]  # a Tokenizer, which spaCy types as any callable

    class BlankEnglish(NlpEngine):
        """Tokens of a blank spaCy pipeline; the lemma of a word is the word in lower case."""

        def load(self) -> None:
            """Do nothing: there is no model."""

        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> "NlpArtifacts":
            doc = nlp(text)
            return NlpArtifacts(
                entities=[],
                tokens=doc,
                tokens_indices=[token.idx for token in doc],
                lemmas=[token.lower_ for token in doc],
                nlp_engine=self,
                language=language,
            )

        def process_batch(
            self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1,
            **_: object,
        ) -> "Iterator[tuple[str, NlpArtifacts]]":  # fmt: skip
            del batch_size, n_process
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:
            del language
            return bool(nlp.vocab[word].is_stop)

        def is_punct(self, word: str, language: str) -> bool:
            del language
            return bool(nlp.vocab[word].is_punct)

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return [LANGUAGE]

    return BlankEnglish()


class _Swallow(logging.Filter):
    """Drop every record, because presidio logs words of the text; remember that it warned."""

    warned = False

    def filter(self, record: logging.LogRecord) -> bool:
        self.warned = self.warned or record.levelno >= logging.WARNING
        return False


@contextmanager
def _quiet() -> Iterator[_Swallow]:
    swallow, logger = _Swallow(), logging.getLogger(_LOGGER)
    logger.addFilter(swallow)
    try:
        yield swallow
    finally:
        logger.removeFilter(swallow)


def safely(work: Callable[[], T]) -> T:
    """Do `work` without a word in the log, and without a text in what is raised.

    Raises:
        DataError: presidio broke, or left a pattern out because it took too long; a scan that is
            not whole proves nothing. Raised outside the `except` block, so that it carries no
            context: foreign messages quote the text.
    """
    with _quiet() as swallowed:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - whatever a recogniser raises may quote the text
            broke = type(error).__name__
        else:
            broke = "a pattern took too long" if swallowed.warned else ""
    if broke:
        raise DataError(f"The search for personal identifiers did not come to its end ({broke}).")
    return result
