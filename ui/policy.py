"""Owns the security headers and the content security policies. It does not own who may call (`ui.door`).

Gradio writes its configuration into inline scripts. Instead of allowing every inline script, the policy of the chat's
page names exactly those scripts by their hash, so that an injected one would not run.
"""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(rb"<script(?![^<>]{0,300}\ssrc=)[^<>]{0,300}>(.*?)</script>", re.DOTALL)

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
CHAT_POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
}


def security_headers(policy: str | None = None) -> list[tuple[bytes, bytes]]:
    """The headers of every response, with the policy of our own pages unless another is given."""
    named = {**HEADERS, "content-security-policy": policy or PAGE_POLICY}
    return [(key.encode(), value.encode()) for key, value in named.items()]


def chat_policy(page: bytes) -> str:
    """The policy of the chat, allowing the inline scripts of this page and no other."""
    hashes = "".join(f" 'sha256-{_digest(script)}'" for script in _INLINE.findall(page))
    return CHAT_POLICY.format(hashes=hashes)


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()
