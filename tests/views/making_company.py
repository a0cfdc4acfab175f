"""Strategies for whatever a company's card could ever hold."""

from hypothesis import strategies as st

from bot.answers import ArticleLine, BondLine
from bot.company_answer import (
    ARTICLES_SHOWN,
    CHANGES_SHOWN,
    DEALS_SHOWN,
    PARTNERS_A_PAGE,
    CompanyAnswer,
    FollowerLine,
    PartnerLine,
)
from bot.digest.watching import Tier
from bot.values import Level
from tests.views.making import (
    BONDS,
    CHANGES,
    COMPANIES,
    COUNTS,
    DATES,
    DEAL_LINES,
    IDS,
    MANY_SOURCES,
    MOMENTS,
    SOURCES,
    TEXTS,
    URLS,
)

BOND_LINES = st.builds(BondLine, BONDS, COMPANIES, COMPANIES, MANY_SOURCES)
ARTICLE_LINES = st.builds(
    ArticleLine,
    article_id=IDS,
    title=st.none() | TEXTS,
    url=URLS,
    site=st.none() | TEXTS,
    lang=st.none(),
    published=st.none() | DATES,
    message_url=URLS,
    user_id=st.none() | st.just("U012AB3CD"),
    posted_at=MOMENTS,
)
PARTNER_LINES = st.builds(
    PartnerLine,
    COMPANIES,
    st.sampled_from(Level),
    st.none() | MOMENTS,
    st.lists(DEAL_LINES | BOND_LINES, max_size=4).map(tuple),
)
COMPANY_ANSWERS = st.builds(
    CompanyAnswer,
    company=COMPANIES,
    text=TEXTS,
    page=st.integers(0, 3),
    pages=st.integers(4, 5),
    active=COUNTS,
    partners=st.lists(PARTNER_LINES, max_size=PARTNERS_A_PAGE).map(tuple),
    changes=st.lists(CHANGES, max_size=CHANGES_SHOWN).map(tuple),
    companies=st.dictionaries(IDS, COMPANIES),
    sources=st.dictionaries(IDS, SOURCES),
    deals=st.lists(DEAL_LINES, max_size=DEALS_SHOWN).map(tuple),
    deals_total=COUNTS,
    articles=st.lists(ARTICLE_LINES, max_size=ARTICLES_SHOWN).map(tuple),
    articles_total=COUNTS,
    followers=st.lists(
        st.builds(
            FollowerLine,
            st.sampled_from(["C012AB3CD", "U012AB3CD", "", "<!channel>"]),
            st.sampled_from(Tier),
            st.none() | TEXTS,
        ),
        max_size=9,
    ).map(tuple),
)
