"""Owns small models made on the spot for tests: their weights are random or set by hand, their layouts are those that people have on disk."""

from __future__ import annotations

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Transformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, StaticEmbedding
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import Unigram
from torch import nn
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaModel,
)

from embeddings import BUNDLED, find_model

LINES = (
    "The ferry crosses the river at dawn and comes back at noon.",
    "Die Fähre setzt bei Tagesanbruch über den Fluss und kehrt mittags zurück.",
    "El transbordador cruza el río al amanecer y vuelve a mediodía.",
    "Паром переправляется через реку на рассвете.",
    "تعبر العبارة النهر عند الفجر وتعود ظهرا",
    "渡し船は夜明けに川を渡り、正午に戻る。",
)
SIZE = 32


def save_multilingual(folder: Path) -> Path:
    """A model in the shape of multilingual E5: XLM-RoBERTa, tiny and random, with a sentencepiece-like tokenizer over some scripts."""
    torch.manual_seed(0)
    inner = folder / "inner"
    tokenizer = _unigram()
    tokenizer.save_pretrained(inner)
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=SIZE,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=SIZE,
        max_position_embeddings=514,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    XLMRobertaModel(config).eval().save_pretrained(inner)
    whole = SentenceTransformer(modules=[Transformer(str(inner)), Pooling(SIZE), Normalize()], device="cpu")
    return _saved(whole, folder / "multilingual-e5-tiny")


def save_shifted(folder: Path, spread: float = 0.4) -> Path:
    """The bundled model with every cosine c made (1 - w) + w c, w = spread²: high and close together, the order as it was."""
    bundled = find_model(BUNDLED)
    whole = SentenceTransformer(str(bundled.folder), device="cpu", local_files_only=True)
    size = int(whole.get_embedding_dimension() or 0)
    shift = Dense(size, size + 1, activation_function=nn.Identity())
    with torch.no_grad():
        shift.linear.weight.copy_(torch.cat([spread * torch.eye(size), torch.zeros(1, size)]))
        shift.linear.bias.copy_(torch.tensor([0.0] * size + [(1 - spread**2) ** 0.5]))
    return _saved(SentenceTransformer(modules=[*whole, shift, Normalize()], device="cpu"), folder / "shifted-en")


def save_shallow(folder: Path, n_layers: int = 5) -> Path:
    """The bundled model without its last layer: a weaker one, whose cosines are high by nature, unrelated texts near 0.65."""
    whole = SentenceTransformer(str(find_model(BUNDLED).folder), device="cpu", local_files_only=True)
    inner = whole[0].auto_model
    inner.encoder.layer = inner.encoder.layer[:n_layers]
    inner.config.num_hidden_layers = n_layers
    return _saved(whole, folder / "shallow-en")


def save_static(folder: Path) -> Path:
    """A static model: one random vector a word piece, no positions, so no limit to its window."""
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(Path(str(find_model(BUNDLED).folder)) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    whole = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=SIZE)], device="cpu")
    return _saved(whole, folder / "static-retrieval-mrl-en-tiny")


def save_cross_encoder(folder: Path, word: str, n_labels: int = 1) -> Path:
    """A cross-encoder whose score grows with the share of one word among those of question and passage, by weights set by hand.

    Every word piece is one of two vectors, the word's or the others'. Attention is even, so the first place gets the share of the word in
    dimensions of its own, and the head reads these.
    """
    tokenizer = AutoTokenizer.from_pretrained(str(find_model(BUNDLED).folder), local_files_only=True)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=512,
        num_labels=n_labels,
    )
    model = BertForSequenceClassification(config).eval()
    with torch.no_grad():
        for name, weights in model.named_parameters():
            weights.fill_(1.0 if "LayerNorm.weight" in name else 0.0)
        _even_attention(model, int(tokenizer.convert_tokens_to_ids(word)))
    model.save_pretrained(folder)
    tokenizer.model_max_length = 512
    tokenizer.save_pretrained(folder)
    return folder


def _even_attention(model: BertForSequenceClassification, word_id: int) -> None:
    words = model.bert.embeddings.word_embeddings.weight
    words[:, 2], words[:, 3] = 1.0, -1.0
    words[word_id] = torch.tensor([1.0, -1.0, 0, 0, 0, 0, 0, 0])
    attention = model.bert.encoder.layer[0].attention
    attention.self.value.weight[0, 0] = 1.0
    attention.output.dense.weight[4, 0], attention.output.dense.weight[5, 0] = 4.0, -4.0
    model.bert.pooler.dense.weight[0, 4] = 1.0
    model.classifier.weight[:, 0] = 8.0
    model.classifier.bias.fill_(-2.0)


def _unigram() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.UnigramTrainer(vocab_size=300, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(LINES * 20, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=512,
        bos_token="<s>",
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        cls_token="<s>",
        sep_token="</s>",
        mask_token="<mask>",
    )


def _saved(model: SentenceTransformer, folder: Path) -> Path:
    model.save(str(folder), create_model_card=False)
    return folder
