"""The plain values that point into an article."""

from bot.extraction.mentions import Companies, MentionKind


def test_an_article_without_names_has_none_of_anything() -> None:
    nothing = Companies()
    assert (nothing.names, nothing.mentions, nothing.authorities, nothing.authority_mentions) == (
        (),
        (),
        (),
        (),
    )


def test_the_kinds_of_mention_have_stable_codes() -> None:
    assert [kind.value for kind in MentionKind] == ["name", "role"]
