"""Owns telling what a page's own markup keeps from its readers' eyes. It does not own what is done about it.

Only what is stated in the page is seen: attributes, `style` attributes and plain rules of its `<style>` elements, such as
`.note {display: none}`. What a linked style sheet hides is not known, as nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.corpus.formats.trees import Node

_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)", "#fefefe"}
_ZERO = re.compile(r"0+(?:\.0*)?(?:px|pt|em|rem|%|vw|vh)?|0?\.0\d*")
_TINY = re.compile(r"(?:0|1|0?\.\d+)(?:px|pt)|0?\.[01]\d*(?:em|rem)|0(?:em|rem|%)?")
_RELATIVE = re.compile(r".*%|.*\dem|inherit|smaller|larger")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|%)?|-\d{4,}\S*")
_CLIPPED = re.compile(r"rect\((?:0|1px|0px)[, ].*|inset\((?:50|100)%.*")
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+")
_MAX_SHEET_CHARS = 500_000
_READ_ALOUD = {
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "assistive-text",
}

Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class Paint:
    """What an element inherits that decides whether its text can be seen: the colours of text and ground, and the size of letters."""

    colour: str = ""
    ground: str = ""


def declarations(text: str) -> Style:
    """`name: value` pairs, lower case, without spaces in the value and without `!important`."""
    found = {}
    for pair in text.lower().split(";"):
        name, colon, value = pair.partition(":")
        if colon:
            found[name.strip()] = re.sub(r"\s+", " ", value.replace("!important", "")).strip().replace(", ", ",")
    return found


def rules_of(sheet: str) -> dict[str, Style]:
    """The rules of a style sheet by selector, of those that name one tag, class or id; rules for print and the like are left out."""
    rules: dict[str, Style] = {}
    text = _AT_RULE.sub("", _COMMENT.sub("", sheet[:_MAX_SHEET_CHARS]))
    for selectors, body in _RULE.findall(text):
        for selector in selectors.split(","):
            if _SELECTOR.fullmatch(selector.strip()):
                rules.setdefault(selector.strip(), {}).update(declarations(body))
    return rules


def style_of(node: Node, rules: dict[str, Style]) -> Style:
    """What the page states of an element's looks."""
    style: Style = {}
    names = [f".{name}" for name in node.get("class").split()] + [f"#{node.get('id')}"] * ("id" in node.attributes)
    for selector in (node.tag, *names, *(node.tag + name for name in names)):
        style.update(rules.get(selector, {}))
    style.update(declarations(node.get("style")))
    if node.tag in ("font", "body") and node.get("color" if node.tag == "font" else "text"):
        style.setdefault("color", node.get("color" if node.tag == "font" else "text").lower())
    if node.get("bgcolor"):
        style.setdefault("background-color", node.get("bgcolor").lower())
    return style


def painted(paint: Paint, style: Style) -> Paint:
    """What an element with this style hands down."""
    ground = style.get("background-color") or style.get("background", "").split(" ")[0]
    if "url(" in style.get("background", "") + style.get("background-image", "") or "gradient(" in str(
        style.get("background")
    ):
        ground = "a picture"
    return Paint(_colour(style.get("color", "")) or paint.colour, _colour(ground) or paint.ground)


def why_hidden(node: Node, style: Style, paint: Paint) -> str | None:
    """Why the text of an element cannot be seen, in the words of its markup; `paint` is its own, already inherited."""
    if "hidden" in node.attributes and node.get("hidden") != "until-found":
        return "hidden"
    if node.get("aria-hidden").lower() == "true":
        return "aria-hidden"
    if node.get("type").lower() == "hidden":
        return "hidden"
    return _why_unseen(style) or _why_unpainted(node, style, paint)


def still_hidden(why: str, style: Style) -> str:
    """Why an element is hidden by one around it, unless its own style undoes that."""
    if why.startswith("visibility") and style.get("visibility") == "visible":
        return ""
    if why.startswith("font-size") and "font-size" in style and not _RELATIVE.fullmatch(style["font-size"]):
        return ""
    return why


def read_aloud(node: Node) -> bool:
    """Whether an element is a label for screen readers: out of sight, and no attempt to hide anything."""
    return not _READ_ALOUD.isdisjoint(node.get("class").lower().split())


def _why_unseen(style: Style) -> str | None:
    if style.get("display") == "none":
        return "display:none"
    if style.get("visibility") in ("hidden", "collapse"):
        return f"visibility:{style['visibility']}"
    if _ZERO.fullmatch(style.get("opacity", "")):
        return "opacity:0"
    if _TINY.fullmatch(style.get("font-size", "")):
        return f"font-size:{style['font-size']}"
    if _FAR.fullmatch(style.get("text-indent", "")) or _moved_away(style):
        return "moved off the page"
    if _CLIPPED.fullmatch(style.get("clip", style.get("clip-path", ""))):
        return "clipped away"
    return "zero size" if _no_room(style) else None


def _moved_away(style: Style) -> bool:
    moved = any(_FAR.fullmatch(style.get(side, "")) for side in ("left", "top", "right", "bottom"))
    return style.get("position") in ("absolute", "fixed") and moved


def _no_room(style: Style) -> bool:
    zero = any(_ZERO.fullmatch(style.get(side, "")) for side in ("width", "height", "max-height", "max-width"))
    return zero and style.get("overflow", "").startswith(("hidden", "clip"))


def _why_unpainted(node: Node, style: Style, paint: Paint) -> str | None:
    if style.get("color") == "transparent":
        return "transparent"
    if not paint.colour or ("color" not in style and "background-color" not in style and "background" not in style):
        return None
    if not paint.ground and "color" not in declarations(node.get("style")) and node.tag != "font":
        return None  # a rule for a class: its ground may stand in a style sheet that is not here
    ground = paint.ground or "white"
    return f"{paint.colour} on {ground}" if paint.colour == ground else None


def _colour(value: str) -> str:
    value = value.strip().replace(" ", "")
    if value in _WHITE:
        return "white"
    return "" if value in ("", "inherit", "initial", "unset", "none", "currentcolor") else value
