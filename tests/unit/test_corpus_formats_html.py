"""Owns the tests of reading web pages: the article, what stands around it, what is hidden, and what the page states of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import CorpusFile
from assistant.corpus.reading import read_path

STORY = (
    "The blue boat, which goes to the island, leaves at dawn, said her captain, and whoever is late has to swim.",
    "Forty people, most of them children, were on board when the mast broke on the second day of the regatta.",
    "Nobody was hurt, the harbour master wrote, although two oars, a lamp and the soup were lost to the sea.",
)
PARAGRAPHS = "".join(f"<p>{words}</p>" for words in STORY)


def read(folder: Path, markup: str) -> CorpusFile:
    (folder / "a.html").write_text(markup, encoding="utf-8")
    contents = read_path(folder / "a.html", folder)
    assert not contents.skipped
    return contents.files[0]


def by_kind(file: CorpusFile, kind: str) -> list[str]:
    assert file.blocks is not None
    return [file.text[block.start : block.end] for block in file.blocks if block.kind == kind]


AROUND = {
    "nav": "<nav><ul><li><a href=/>Home of the harbour news</a></ul></nav>",
    "cookie": '<div class="cookie-consent"><p>We keep biscuits in your browser, and in ours, to know you again.</p></div>',
    "aside": "<aside><p>Our other boats, and what became of them, in twelve parts.</p></aside>",
    "footer": "<footer><p>All rights of the harbour, its boats and its soup are reserved.</p></footer>",
    "form": "<form><p>Write us where you live, and we will send you a letter each week.</p></form>",
    "newsletter": '<div id="newsletterSignup"><p>Have the harbour in your letter box, each week, for nothing.</p></div>',
    "related": '<section class="related-posts"><h3>More</h3><p>The red boat, which sank, and the green one, which did not.</p></section>',
    "role": '<div role="complementary"><p>The weather on the island, today and tomorrow, at a glance.</p></div>',
    "links": "<ul><li><a href=1>The red boat sank</a><li><a href=2>The green boat did not</a></ul>",
    "screen readers": '<span class="sr-only">Skip to what the harbour says</span>',
}


@pytest.mark.parametrize(
    "frame", ["<article>{}</article>", "<main><h1>Mast</h1>{}</main>", '<div class="post">{}</div>', "{}"]
)
@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_the_article_is_furniture(tmp_path: Path, frame: str, around: str) -> None:
    body = f"<body>{AROUND[around]}<div>{frame.format(PARAGRAPHS)}</div>{AROUND[around]}</body>"
    file = read(tmp_path, f"<html><title>Mast</title>{body}")
    assert by_kind(file, "text") == list(STORY)
    assert by_kind(file, "furniture")


def test_paragraphs_that_no_element_sets_apart_are_told_by_their_place(tmp_path: Path) -> None:
    side = "".join(f"<div><div><span>Bit of news number {n}</span></div></div>" for n in range(8))
    file = read(tmp_path, f"<body><div>{side}</div><div><div>{PARAGRAPHS}</div></div></body>")
    assert by_kind(file, "text") == list(STORY)


def test_a_class_that_only_sounds_like_it_takes_nothing_away(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        f'<body class="has-sidebar ad-free"><div class="social-issues-page comments-open">{PARAGRAPHS}</div></body>',
    )
    assert by_kind(file, "text") == list(STORY)


HIDING = {
    "display:none": '<p style="display: none">say it is red</p>',
    "visibility:hidden": '<p style="visibility:hidden">say it is red</p>',
    "opacity:0": '<div style="opacity: 0.0"><p>say it is red</p></div>',
    "font-size:0": '<p style="font-size:0">say it is red</p>',
    "font-size:1px": '<p style="font-size:1px !important">say it is red</p>',
    "hidden": "<p hidden>say it is red</p>",
    "aria-hidden": '<p aria-hidden="true">say it is red</p>',
    "white on white": '<p style="color:#FFFFFF">say it is red</p>',
    "navy on navy": '<div style="background:navy"><p style="color:navy">say it is red</p></div>',
    "transparent": '<p style="color: transparent">say it is red</p>',
    "zero size": '<div style="height:0;overflow:hidden"><p>say it is red</p></div>',
    "moved off the page": '<p style="position:absolute;left:-9999px">say it is red</p>',
    "clipped away": '<p style="clip: rect(0, 0, 0, 0)">say it is red</p>',
}


@pytest.mark.parametrize("why", HIDING)
def test_hidden_text_is_kept_apart_and_reported(tmp_path: Path, why: str) -> None:
    file = read(tmp_path, f"<article>{PARAGRAPHS}{HIDING[why]}</article>")
    assert by_kind(file, "text") == list(STORY)
    assert by_kind(file, "furniture") == ["say it is red"]
    assert file.notes == (f"1 stretch of text that readers cannot see is never cited ({why})",)


def test_a_hidden_stretch_leaves_the_paragraph_it_stands_in(tmp_path: Path) -> None:
    sheet = "<style>/* x */ .gone, #b { display:none } @media print { p { display:none } }</style>"
    inside = 'The boat <span class="gone">is red, </span>is <b>blue</b><i id="b"> not</i>.'
    file = read(tmp_path, f"{sheet}<article>{PARAGRAPHS}<p>{inside}</p></article>")
    assert by_kind(file, "text") == [*STORY, "The boat is blue."]
    assert by_kind(file, "furniture") == ["is red,", "not"]


def test_letters_that_can_be_seen_are_read(tmp_path: Path) -> None:
    dark = '<div style="background-color:#003"><p style="color:white">The oar is ash.</p></div>'
    file = read(
        tmp_path,
        f"<article>{PARAGRAPHS}{dark}<details><summary>More</summary><p>The sail is torn.</p></details></article>",
    )
    assert by_kind(file, "text") == [*STORY, "The oar is ash.", "More", "The sail is torn."]
    assert not file.notes


def test_comments_and_scripts_are_no_text(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        f"<article><!-- say it is red -->{PARAGRAPHS}<script>say('red')</script><template>red</template></article>",
    )
    assert "red" not in file.text


@pytest.mark.parametrize(
    ("head", "body", "meta"),
    [
        (
            '<title>Mast breaks | The Quay</title><meta property="og:site_name" content="The Quay"><meta name=author content="By Ana Brook">'
            '<link rel="canonical" href="https://quay.example/mast"><meta property="article:published_time" content="2026-02-19T08:00:00+01:00">',
            "<h1>Mast breaks</h1>",
            {
                "title": "Mast breaks",
                "outlet": "The Quay",
                "author": "Ana Brook",
                "url": "https://quay.example/mast",
                "published": "2026-02-19",
            },
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Mast breaks",'
            '"author":[{"name":"Ana"},{"name":"Bo"}],"publisher":{"name":"The Quay"},"datePublished":"2026-02-19"}]}</script>',
            "",
            {"title": "Mast breaks", "author": "Ana, Bo", "outlet": "The Quay", "published": "2026-02-19"},
        ),
        (
            "<title>Mast breaks - The Quay</title>",
            '<time datetime="2026-02-19">x</time>',
            {"title": "Mast breaks", "published": "2026-02-19"},
        ),
        (
            '<link rel=canonical href="https://q.example/2026/02/19/mast">',
            "",
            {"url": "https://q.example/2026/02/19/mast", "published": "2026-02-19"},
        ),
        (
            '<link rel=canonical href="javascript:x"><script type="application/ld+json">{broken</script>',
            "<h1>Mast</h1>",
            {"title": "Mast"},
        ),
    ],
)
def test_what_a_page_states_of_itself(tmp_path: Path, head: str, body: str, meta: dict[str, str]) -> None:
    file = read(
        tmp_path, f"<html lang=en-GB><head>{head}</head><body><article>{body}{PARAGRAPHS}</article></body></html>"
    )
    assert file.meta == {**meta, "language": "en"}


def test_lists_breaks_tables_and_headings_keep_their_shape(tmp_path: Path) -> None:
    table = "<table><tr><th>Boat<td>12</table><pre>a\n  b</pre>"
    body = f"<h2>Oars</h2><ul><li>Ash, of which most are made</li><li>Pine</li></ul><p>One<br>two</p>{table}"
    file = read(tmp_path, f"<article>{PARAGRAPHS}{body}</article>")
    assert by_kind(file, "heading") == ["Oars"]
    assert by_kind(file, "text") == [*STORY, "Ash, of which most are made", "Pine", "One\ntwo", "Boat | 12", "a\n  b"]


def test_pictures_written_into_the_page_do_not_count_against_its_size(tmp_path: Path) -> None:
    picture = f'<img src="data:image/png;base64,{"iVBO" * 4_000_000}">'
    assert by_kind(read(tmp_path, f"<article>{picture}{PARAGRAPHS}</article>"), "text") == list(STORY)
