"""Owns text in, vectors out. It does not know documents, nor where vectors are kept.

The only module that imports tokenizers; it and torch are imported when a model is opened, not before.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.asked import QuestionReader
from embeddings.errors import EmbeddingError, ModelMissing
from embeddings.kept import AskedText, KeptText, PackedStates, States, TextsRead
from embeddings.late import LATE_SHA256, LateInteraction, Match, Together, bundled_late
from embeddings.loading import give_back, in_worker, load_sentence_transformer
from embeddings.models import BUNDLED_SHA256, ModelCard, find_model, module_folders
from embeddings.reader import READER_SHA256, Reader, Reading, bundled_reader

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
"""Shape (n, dimension), float32, each row of length 1."""

Span = tuple[int, int]

_BATCH = 32
_LONGEST_WINDOW = 8192
"""Word pieces read at most of a model that names no limit, as one without positions."""


class Encoder(Protocol):
    """Turns texts into unit vectors and counts them in the model's own word pieces."""

    @property
    def card(self) -> ModelCard:
        """What the catalogue says of the model."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def window_tokens(self) -> int:
        """Most word pieces the model reads, special ones included."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension) for questions."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension) for passages; a text beyond the window raises EmbeddingError."""
        ...

    @property
    def kept_sha256(self) -> str:
        """Of the Reader and the late interaction, for which texts are kept; "" where none is: then the next five raise EmbeddingError."""
        ...

    @property
    def kept_widths(self) -> tuple[int, int]:
        """Numbers kept of a word piece: of its states for the Reader, and of its vector for late interaction."""
        ...

    def encode_queries_read(self, texts: Sequence[str]) -> tuple[Vectors, tuple[AskedText, ...]]:
        """As encode_queries, with what is made of the word pieces of each question."""
        ...

    def encode_passages_read(self, texts: Sequence[str], spans: Sequence[Span]) -> tuple[Vectors, tuple[KeptText, ...]]:
        """As encode_passages, with what is kept of the word pieces that lie within each text's span, counted in characters."""
        ...

    def match(
        self,
        question: AskedText,
        rarity: NDArray[np.float32],
        passages: Sequence[PackedStates],
        sentences: Sequence[Sequence[int]],
        together: Together | None = None,
    ) -> tuple[Match, ...]:
        """How well the word pieces of each passage match the question's; see LateInteraction.match."""
        ...

    def read(
        self, question: States, passages: Sequence[PackedStates], sentences: Sequence[Sequence[int]]
    ) -> tuple[Reading, ...]:
        """How well each passage and each of its sentences answers the question; see Reader.read."""
        ...

    def token_spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Character offsets of the word pieces of `text`, special ones left out."""
        ...

    def n_tokens(self, text: str) -> int:
        """Word pieces the model would read for a passage, prompt and special ones included."""
        ...


def open_encoder(name: str) -> Encoder:
    """Open a model of the catalogue by name; raises ModelMissing, ModelChanged or EmbeddingError."""
    card = find_model(name)
    if card.folder is None:
        from embeddings.hashing import HashingEncoder

        return HashingEncoder(card)
    return SentenceTransformerEncoder(card)


class SentenceTransformerEncoder:
    """A sentence-transformers model on the CPU, loaded at its first use; its tokenizer alone is loaded for counting."""

    def __init__(self, card: ModelCard) -> None:
        """Keep the card; nothing is loaded yet."""
        self._card = card
        self._model: Any = None
        self._tokenizer: Tokenizer | None = None
        self._questions: QuestionReader | None = None
        self._lock = threading.Lock()

    @property
    def card(self) -> ModelCard:
        """What the catalogue says of the model."""
        return self._card

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._load().get_embedding_dimension())

    @property
    def window_tokens(self) -> int:
        """Most word pieces the model reads, special ones included."""
        return self._card.window_tokens or int(min(self._load().max_seq_length or _LONGEST_WINDOW, _LONGEST_WINDOW))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension); a question beyond the window is read up to it."""
        return self._encode(self._card.query_prompt, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, dimension); a text beyond the window raises EmbeddingError, nothing is cut."""
        for text in texts:
            check_window(self, text)
        found = self._encode(self._card.passage_prompt, texts)
        give_back()
        return found

    @property
    def kept_sha256(self) -> str:
        """Of the bundled Reader and late interaction when this is the bundled model, else ""."""
        both = f"{READER_SHA256}\n{LATE_SHA256}\n".encode()
        return hashlib.sha256(both).hexdigest() if self._card.sha256 == BUNDLED_SHA256 else ""

    @property
    def kept_widths(self) -> tuple[int, int]:
        """Numbers kept of a word piece: of its states for the Reader, and of its vector for late interaction."""
        return self._reader().width, self._late().width

    def encode_queries_read(self, texts: Sequence[str]) -> tuple[Vectors, tuple[AskedText, ...]]:
        """Vectors of shape (n, dimension) and what is made of each question; one beyond the window is read up to it."""
        return in_worker(self._asked_here, list(texts), self._reader())

    def encode_passages_read(self, texts: Sequence[str], spans: Sequence[Span]) -> tuple[Vectors, tuple[KeptText, ...]]:
        """Vectors of shape (n, dimension) and what is kept inside each span; a text beyond the window raises EmbeddingError."""
        for text in texts:
            check_window(self, text)
        found = in_worker(self._kept_here, list(texts), list(spans), self._reader())
        give_back()
        return found

    def match(
        self,
        question: AskedText,
        rarity: NDArray[np.float32],
        passages: Sequence[PackedStates],
        sentences: Sequence[Sequence[int]],
        together: Together | None = None,
    ) -> tuple[Match, ...]:
        """How well the word pieces of each passage match the question's; see LateInteraction.match."""
        return self._late().match(question.pieces, rarity, passages, sentences, together)

    def read(
        self, question: States, passages: Sequence[PackedStates], sentences: Sequence[Sequence[int]]
    ) -> tuple[Reading, ...]:
        """How well each passage and each of its sentences answers the question; see Reader.read."""
        return in_worker(self._reader().read, question, passages, sentences)

    def token_spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Character offsets of the word pieces of `text`, special ones left out.

        Sentencepiece counts the blank before a word as part of it; here it is not, and a piece that is only a blank is left out.
        """
        spans = (_without_blanks(text, *span) for span in self._tokens().encode(text, add_special_tokens=False).offsets)
        return tuple((start, end) for start, end in spans if start < end)

    def n_tokens(self, text: str) -> int:
        """Word pieces the model would read for a passage, prompt and special ones included."""
        return len(self._tokens().encode(self._card.passage_prompt + text).ids)

    def _encode(self, prompt: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return in_worker(self._encode_here, prompt, list(texts))

    def _encode_here(self, prompt: str, texts: list[str]) -> Vectors:
        """Run the model; its own default prompt is never added, and some leave the words of a prompt out of what they pool."""
        found = self._load().encode(
            texts,
            prompt=prompt,
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(found, np.float32)

    def _reader(self) -> Reader:
        if not self.kept_sha256:
            raise EmbeddingError(f"No Reader reads the states of {self._card.name!r}.")
        return bundled_reader()

    def _late(self) -> LateInteraction:
        if not self.kept_sha256:
            raise EmbeddingError(f"No late interaction is trained for {self._card.name!r}.")
        return bundled_late()

    def _asked_here(self, texts: list[str], reader: Reader) -> tuple[Vectors, tuple[AskedText, ...]]:
        self._questions = self._questions or QuestionReader(self._load(), self.window_tokens)
        return self._questions.read(self._card.query_prompt, texts, reader.layer)

    def _states_here(self, texts: list[str], reader: Reader) -> TextsRead:
        """One batch, read to its last layer and told also after the Reader's; in the worker thread."""
        import torch

        model = self._load()
        bert = model[0].auto_model
        given = model.tokenizer(
            texts,
            padding=True,
            truncation=True,
            max_length=self.window_tokens,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = given.pop("offset_mapping").numpy()
        caught: list[Any] = []
        hook = bert.encoder.layer[reader.layer - 1].register_forward_hook(lambda _m, _i, out: caught.append(out))
        try:
            with torch.inference_mode():
                told = model(dict(given))
                vectors = torch.nn.functional.normalize(told["sentence_embedding"], dim=1)
        finally:
            hook.remove()
        states = caught[0][0] if isinstance(caught[0], tuple) else caught[0]
        masks = given["attention_mask"].numpy().astype(bool)
        return TextsRead(vectors.numpy(), states.numpy(), told["token_embeddings"].numpy(), masks, offsets)

    def _kept_here(self, texts: list[str], spans: list[Span], reader: Reader) -> tuple[Vectors, tuple[KeptText, ...]]:
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        kept: dict[int, KeptText] = {}
        for first in range(0, len(order), _BATCH):
            places = order[first : first + _BATCH]
            found = self._states_here([texts[place] for place in places], reader)
            vectors[places] = found.vectors
            for row, place in enumerate(places):
                inside = found.masks[row] & _inside(found.offsets[row], spans[place])
                packed = reader.pack(found.states[row][inside]), self._late().pack(found.pieces[row][inside])
                starts = (found.offsets[row][inside][:, 0] - spans[place][0]).astype(np.uint16)
                kept[place] = KeptText(*packed, starts)
        return vectors, tuple(kept[place] for place in range(len(texts)))

    def _tokens(self) -> Tokenizer:
        if self._tokenizer is None:
            from tokenizers import Tokenizer

            assert self._card.folder is not None
            path = module_folders(self._card.folder)[0] / "tokenizer.json"
            if not path.is_file():
                raise ModelMissing(f"{path} does not exist; the model folder is not complete.")
            tokenizer = Tokenizer.from_file(str(path))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            self._tokenizer = tokenizer
        return self._tokenizer

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                assert self._card.folder is not None
                self._model = load_sentence_transformer(self._card.name, self._card.folder)
        return self._model


def _without_blanks(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _inside(offsets: NDArray[np.int64], span: Span) -> NDArray[np.bool_]:
    """Which word pieces lie in the span; special ones, of no length, do not."""
    start, end = span
    within = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
    return np.asarray(within, np.bool_)


def check_window(encoder: Encoder, text: str) -> None:
    """Refuse a text beyond the encoder's window; raises EmbeddingError."""
    n = encoder.n_tokens(text)
    if n > encoder.window_tokens:
        raise EmbeddingError(
            f"A passage of {n} word pieces does not fit the window of {encoder.window_tokens}: {text[:60]!r}…"
        )
