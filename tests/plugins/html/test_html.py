"""Pages in, article text out."""

import gzip

import pytest

import tamis
from tamis_html import extract

PAGE = """<html><head><title>Gas talks end in Oslo | The Site</title></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Gas talks end in Oslo</h1>
<p>Norway and Germany ended a round of talks on gas supplies on Tuesday, and both ministries called them useful.</p>
<p>The contract under discussion would run for twelve years and cover about a tenth of the demand of the north.</p>
</article><footer>Copyright The Site. All rights reserved. Terms of use. Privacy.</footer></body></html>"""


def test_the_article_is_there_and_the_menu_is_not():
    text = extract(PAGE.encode()).text
    assert "ended a round of talks" in text
    assert "would run for twelve years" in text
    assert "World" not in text
    assert "All rights reserved" not in text


def test_the_title_of_the_page_and_its_hash_are_known():
    meta = extract(PAGE.encode()).meta
    assert meta["title"] == "Gas talks end in Oslo"
    assert meta["engine"] == "trafilatura"
    assert len(meta["sha256"]) == 64


@pytest.mark.parametrize("page", [b"", b"\x00\xff\xfe", b"<html>", b"<" * 10_000, b"<p>" * 5_000])
def test_a_page_without_an_article_gives_an_empty_text(page):
    assert extract(page).text.strip("\x00\ufffd< ") == ""


def test_pages_are_read_one_document_a_file_packed_or_not(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    with gzip.open(tmp_path / "b.htm.gz", "wb") as packed:
        packed.write(PAGE.encode())
    one, two = tamis.read(tmp_path)
    assert one.text == two.text
    assert one.title == "Gas talks end in Oslo"
    assert one.source.endswith("a.html")


def test_an_unknown_engine_is_a_failed_document_that_names_the_engines(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    [doc] = tamis.read(tmp_path / "a.html", engine="magic")
    assert "'trafilatura' or 'resiliparse', found 'magic'" in doc.error.error


@pytest.mark.parametrize("engine", ["trafilatura", "resiliparse"])
def test_the_address_that_a_page_gives_itself_is_known(tmp_path, engine):
    pytest.importorskip(engine)
    link = '<link rel="canonical" href="https://news.example/gas">'
    (tmp_path / "a.html").write_text(PAGE.replace("<title>", f"{link}<title>"))
    [doc] = tamis.read(tmp_path, engine=engine)
    assert doc.meta["url"] == "https://news.example/gas"


def test_an_encoding_that_the_page_does_not_say_can_be_said(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE.replace("useful", "Łódź").encode("cp1250"))
    [doc] = tamis.read(tmp_path, encoding="cp1250")
    assert "Łódź" in doc.text


def test_an_engine_that_is_not_there_is_a_mistake_in_the_pipeline(tmp_path):
    (tmp_path / "p.yaml").write_text("read: {options: {engine: trafilatra}}\nsteps: [boilerplate]\n")
    with pytest.raises(tamis.errors.PipelineErrors, match=r"1:26: read\.options\.engine: should be one of trafilatura"):
        tamis.load(tmp_path / "p.yaml")


SENTENCE = (
    "The harbour board voted on Monday to dredge the northern basin before the spring tides, at a cost of two million."
)


def split_page(parts):
    """Return a page whose article stands in *parts* containers, with advertisements between them."""
    box = '<div class="article-bodytext widget"><p>Article content</p><p>Part {}. {}</p></div><div class="ad">Ad</div>'
    boxes = "".join(box.format(part, SENTENCE) for part in range(parts))
    return (
        f'<html><body><main>{boxes}</main><aside><p><a href="/x">Another story of today</a></p></aside></body></html>'
    )


def test_an_article_in_several_containers_is_found_whole():
    text = extract(split_page(6).encode()).text
    assert all(f"Part {part}." in text for part in range(6))
