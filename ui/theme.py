"""Owns the chat's colours and type. It does not own what the chat says. System fonts only: nothing is fetched."""

from __future__ import annotations

from pathlib import Path

from gradio.themes import Base, Color, Font

STYLE = Path(__file__).resolve().parent / "chat.css"
N_LINKED = 24
"""Markers up to this number light up their card when they are pointed at or focused."""

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif")
_MONO = ("ui-monospace", "SF Mono", "Menlo", "Consolas", "Liberation Mono", "monospace")
_TEAL = Color(
    "#eef6f4", "#d6eae6", "#aed5cd", "#86c9be", "#4f9d91", "#2f7a70",
    "#1f5f58", "#1a4f49", "#153f3b", "#102f2c", "#0a1f1d",
)  # fmt: skip
_PAPER = Color(
    "#fdfbf7", "#fbf8f1", "#f1ecdf", "#e2dccd", "#a3abad", "#737d83",
    "#5a646b", "#323a3f", "#20262b", "#1a2024", "#14181b",
)  # fmt: skip


def theme() -> Base:
    """Ink on paper, with one accent; dark values are those of `static/page.css`."""
    made = Base(
        primary_hue=_TEAL,
        secondary_hue=_TEAL,
        neutral_hue=_PAPER,
        font=[Font(name) for name in _SANS],
        font_mono=[Font(name) for name in _MONO],
    )
    return made.set(**_COLOURS)


def style() -> str:
    """The style sheet of the chat, with one rule a marker number that ties it to its card."""
    return STYLE.read_text(encoding="utf-8") + "\n".join(_tied(number) for number in range(1, N_LINKED + 1))


def _tied(number: int) -> str:
    pointed = f"body:has(#talk .latest .m{number}:is(:hover, :focus-visible)) #panel .s{number}"
    return f"{pointed} {{ border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }}"


_COLOURS = {
    "body_background_fill": "#fbf8f1",
    "body_background_fill_dark": "#14181b",
    "body_text_color": "#20262b",
    "body_text_color_dark": "#e6e3da",
    "body_text_color_subdued": "#5a646b",
    "body_text_color_subdued_dark": "#a3abad",
    "background_fill_primary": "#ffffff",
    "background_fill_primary_dark": "#1a2024",
    "background_fill_secondary": "#fbf8f1",
    "background_fill_secondary_dark": "#14181b",
    "border_color_primary": "#e2dccd",
    "border_color_primary_dark": "#323a3f",
    "block_background_fill": "transparent",
    "block_background_fill_dark": "transparent",
    "block_border_width": "0px",
    "block_border_width_dark": "0px",
    "block_shadow": "none",
    "block_shadow_dark": "none",
    "input_background_fill": "#ffffff",
    "input_background_fill_dark": "#1a2024",
    "input_border_color": "#8a918f",
    "input_border_color_dark": "#5a646b",
    "input_border_color_focus": "#1f5f58",
    "input_border_color_focus_dark": "#86c9be",
    "button_primary_background_fill": "#1f5f58",
    "button_primary_background_fill_hover": "#1a4f49",
    "button_primary_background_fill_dark": "#86c9be",
    "button_primary_background_fill_hover_dark": "#aed5cd",
    "button_primary_text_color": "#ffffff",
    "button_primary_text_color_dark": "#14181b",
    "link_text_color": "#1f5f58",
    "link_text_color_dark": "#86c9be",
}
