"""One article, one address."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import LinkRefused
from bot.reading.links import MAX_LENGTH, canonical_from_page, canonical_url, site_of

HERE = "https://www.paper.example/a-story"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (HERE, HERE),
        ("  https://www.paper.example/a-story\n", HERE),
        ("HTTPS://WWW.Paper.Example/a-story", HERE),
        ("https://www.paper.example./a-story", HERE),
        ("https://www.paper.example:443/a-story", HERE),
        ("http://www.paper.example:80/a-story", "http://www.paper.example/a-story"),
        ("https://www.paper.example:8443/a-story", "https://www.paper.example:8443/a-story"),
        ("https://www.paper.example/a-story#comments", HERE),
        ("https://www.paper.example/a-story?#", HERE),
        ("https://www.paper.example", "https://www.paper.example/"),
        ("https://www.paper.example?id=7", "https://www.paper.example/?id=7"),
        ("https://www.paper.example/x/../a-story", HERE),
        ("https://www.paper.example/./x/./%2e%2e/a-story", HERE),
        ("https://www.paper.example/a%2Dstory", HERE),
        ("https://www.paper.example/ni%c3%b1o", "https://www.paper.example/ni%C3%B1o"),
        ("https://www.paper.example/niño", "https://www.paper.example/ni%C3%B1o"),
        ("https://www.paper.example/a b", "https://www.paper.example/a%20b"),
        ("https://www.paper.example/100%", "https://www.paper.example/100%25"),
        ("https://www.paper.example/a%2Fb", "https://www.paper.example/a%2Fb"),
        ("https://españa.example/x", "https://xn--espaa-rta.example/x"),
        ("https://xn--espaa-rta.example/x", "https://xn--espaa-rta.example/x"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("http://192.0.2.7/x", "http://192.0.2.7/x"),
        ("http://[2001:DB8::0:1]:80/x", "http://[2001:db8::1]/x"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("https://my_blog.example/x", "https://my_blog.example/x"),
    ],
)
def test_spellings_of_one_address_meet(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "query",
    [
        *("utm_source=slack", "UTM_Medium=x&utm_campaign=y", "fbclid=IwAR0", "gclid=1&gbraid=2&wbraid=3"),
        *("mc_cid=a&mc_eid=b", "igshid=x", "igsh=x", "msclkid=1", "ref=homepage", "ref_src=twsrc%5Etfw"),
        *(
            "referrer=x",
            "source=rss",
            "smid=tw-share",
            "mod=hp_lead",
            "xtor=RSS-1",
            "at_medium=email",
            "cmpid=x",
        ),
        *(
            "_hsenc=p2&_hsmi=1",
            "mkt_tok=1",
            "_ga=1.2",
            "ncid=x",
            "trk=feed",
            "s_cid=&",
            "&&",
            "amp",
        ),
        *("amp=1", "outputType=amp", "srsltid=A", "ito=1490", "ocid=msedg", "guccounter=1", "spm=a.b"),
    ],
)
def test_trackers_go(query: str) -> None:
    expected = HERE + ("?s_cid=" if "s_cid" in query else "")
    assert canonical_url(f"{HERE}?{query}") == expected


@pytest.mark.parametrize(
    "query",
    [
        *(
            "id=123",
            "p=4411",
            "article=99&page=2",
            "ref=48213",
            "from=20240501",
            "q=utm_source",
            "v=dQw4w9WgXcQ",
        ),
        *(
            "story=amp",
            "unlocked_article_code=1.x",
            "amp=guitar",
            "idioma=es",
            "utm=1",
            "medium=1234",
            "a=1&a=2",
            "x=%26",
            "b=2&a=1",
            "t",
        ),
    ],
)
def test_what_names_the_article_stays_in_its_order(query: str) -> None:
    assert canonical_url(f"{HERE}?{query}&utm_source=x") == f"{HERE}?{query}"


@pytest.mark.parametrize(
    "url",
    [
        *("https://www.paper.example/a-story/amp", "https://www.paper.example/a-story/amp/"),
        *("https://www.paper.example/amp/a-story", "https://amp.paper.example/a-story"),
        *("https://www.paper.example/a-story.amp", "https://amp.www.paper.example/a-story"),
        "https://www.paper.example/a-story?amp=1&utm_source=x",
        "https://www.google.com/amp/s/www.paper.example/a-story",
        "https://www.google.es/amp/s/amp.paper.example/a-story/amp/?utm_source=x#x",
        "https://www-paper-example.cdn.ampproject.org/c/s/www.paper.example/a-story",
        "https://cdn.ampproject.org/v/s/www.paper.example/a-story?amp_js_v=0.1",
    ],
)
def test_amp_forms_lead_to_the_article(url: str) -> None:
    assert canonical_url(url) == HERE


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.paper.example/amp", "https://www.paper.example/amp"),
        ("https://www.paper.example/amp/", "https://www.paper.example/amp/"),
        ("https://www.paper.example/guitar-amp", "https://www.paper.example/guitar-amp"),
        ("https://www.paper.example/s.amp.html", "https://www.paper.example/s.html"),
        ("https://www.paper.example/champ", "https://www.paper.example/champ"),
        ("https://www.paper.example/example/s", "https://www.paper.example/example/s"),
        ("https://amp.example/x", "https://amp.example/x"),
        ("https://amp.news.paper.example/x", "https://news.paper.example/x"),
    ],
)
def test_amp_is_told_from_words_that_hold_it(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/url?rct=j&sa=t&url=https://www.paper.example/a-story&ct=ga&cd=x&usg=y",
        "https://www.google.co.uk/url?q=https%3A%2F%2Fwww.paper.example%2Fa-story%3Futm_source%3Dx",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.paper.example%2Fa-story%3Ffbclid%3D1&h=AT0",
        "https://slack-redir.net/link?url=https%3A%2F%2Fwww.paper.example%2Fa-story",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.paper.example%2Fa-story&data=x",
        "https://www.google.com/url?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fwww.paper.example%2Fa-story",
    ],
)
def test_share_wrappers_are_taken_off(url: str) -> None:
    assert canonical_url(url) == HERE


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/url?url=javascript:alert(1)",
        "https://www.google.com/url?sa=t",
        "https://google.paper.example/url?url=https://other.example/",
        "https://www.paper.example/link?url=https://other.example/",
    ],
)
def test_only_known_wrappers_with_a_web_address_count(url: str) -> None:
    assert urlsplit(canonical_url(url)).hostname == urlsplit(url).hostname


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            " ",
            "paper.example/x",
            "//paper.example/x",
            "ftp://paper.example/",
            "javascript:alert(1)",
            "file:///x",
        ),
        *("http:///x", "http://", "https://user@paper.example/", "https://u:p@paper.example/", "http://@/"),
        *(
            "http://paper.example:0x50/",
            "http://paper.example:99999/",
            "http://[::1",
            "http://[zz]/",
            "http://a..b/",
        ),
        *("http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://1.2.3.4.5/"),
        *(
            "http://pa per.example/",
            "http://paper.example\\@evil.example/",
            "http://paper%2eexample/",
            "http://-a.b/",
        ),
        *(
            "http://pa\tper.example/",
            "ht\ntp://paper.example/",
            "http://paper.example/\x00",
            "http://\ud800.example/",
        ),
        *(
            f"http://{'a' * 64}.example/",
            f"http://paper.example/{'a' * MAX_LENGTH}",
            "http://[fe80::1%25eth0]/",
        ),
        *(
            "https://www.google.com/url?url=https://u:p@paper.example/",
            "http://℀.example/",
            "mailto:a@b.example",
        ),
    ],
)
def test_what_is_no_public_address_is_refused(url: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        canonical_url(url)
    assert refused.value.message.endswith(".")


def canonical_or_none(url: str) -> str | None:
    try:
        return canonical_url(url)
    except LinkRefused:
        return None


URLS = st.one_of(
    st.text(max_size=60).map(lambda rest: f"https://www.paper.example/{rest}"),
    st.text("ab./%2eE~?&=#+ñ;:@[]|amp-", max_size=40).map(lambda rest: f"http://amp.paper.example{rest}"),
    st.from_regex(
        r"https?://[a-z.\-]{1,20}(:[0-9]{1,5})?(/[a-z.%0-9]{0,8}){0,4}(\?[a-z=&%0-9]{0,20})?", fullmatch=True
    ),
    st.text(max_size=80).map(lambda rest: f"https://www.google.com/url?url=https://{rest}"),
)


@given(URLS)
@example("https://www.paper.example/amp/amp/x/amp/amp")
@example("https://www.google.com/amp/s/www.google.com/amp/amp.amp.paper.example/amp/x.amp.html")
@example("https://www.paper.example/%25%32%65%2e/..//x")
def test_canonical_twice_is_canonical_once(url: str) -> None:
    once = canonical_or_none(url)
    if once is not None:
        assert canonical_or_none(once) == once
        assert once.isascii()
        assert "#" not in once


@given(st.text(max_size=100))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    once = canonical_or_none(text)
    assert once is None or once.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("fetched", "named", "canonical"),
    [
        (HERE, None, HERE),
        (HERE, " ", HERE),
        (f"{HERE}?utm_source=x", HERE, HERE),
        ("https://m.paper.example/a-story", HERE, HERE),
        ("https://www.paper.example/n/123", "/a-story", HERE),
        (
            "https://www.paper.example/x?p=1",
            "https://www.paper.example/a-story?p=1",
            "https://www.paper.example/a-story?p=1",
        ),
        (HERE, "https://evil.example/a-story", HERE),
        (HERE, "https://paper.example.evil.example/a-story", HERE),
        ("https://ana.github.io/a-story", "https://luis.github.io/a-story", "https://ana.github.io/a-story"),
        ("https://a.bbc.co.uk/x", "https://b.foo.co.uk/x", "https://a.bbc.co.uk/x"),
        (HERE, "https://www.paper.example/", HERE),
        (HERE, "https://www.paper.example", HERE),
        (HERE, "/", HERE),
        (HERE, "/index.html", HERE),
        (HERE, "/es/", HERE),
        (HERE, "javascript:alert(1)", HERE),
        (HERE, "http://[", HERE),
        (HERE, "https://www.paper.example:8080/a-story", HERE),
        (HERE, "http://www.paper.example/a-story-2", "https://www.paper.example/a-story-2"),
        ("https://www.paper.example/n.php?id=7", "/n.php", "https://www.paper.example/n.php?id=7"),
        ("https://www.paper.example/n?nid=7&x=1", "/n", "https://www.paper.example/n?nid=7&x=1"),
        (f"{HERE}?page=2", HERE, HERE),
        ("http://127.0.0.1:9000/x?view=1", "/y", "http://127.0.0.1:9000/y"),
        ("http://127.0.0.1:9000/x", "http://127.0.0.1:9001/y", "http://127.0.0.1:9000/x"),
    ],
)
def test_a_page_may_name_itself_on_its_own_site(fetched: str, named: str | None, canonical: str) -> None:
    assert canonical_from_page(fetched, named) == canonical


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.bbc.co.uk/x", "bbc.co.uk"),
        ("https://economia.paper.example/x", "paper.example"),
        ("http://localhost:80/x", "localhost"),
        ("http://127.0.0.1/x", "127.0.0.1"),
        ("https://ana.github.io/x", "ana.github.io"),
    ],
)
def test_a_site_is_the_part_that_somebody_registered(url: str, site: str) -> None:
    assert site_of(url) == site
