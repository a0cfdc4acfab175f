"""The answer to /articles: what has been read, newest first."""

from bot.answers import ARTICLES_A_PAGE, ArticleLine, ArticlesAnswer
from bot.counting import many
from bot.locale import _, ngettext
from bot.queries import Command
from bot.views.blocks import MAX_TOTAL, section, size
from bot.views.buttons import page_buttons, shared_note
from bot.views.dates import format_day
from bot.views.lines import Detail, fitting, shared_words
from bot.views.message import Block, Message
from bot.views.text import link, mrkdwn, name


def render(answer: ArticlesAnswer, *, shared_by: str | None = None) -> Message:
    """One page; `shared_by` is the person who puts it into the channel."""
    if not answer.lines:
        return _render_empty(answer)
    title = _title(answer)
    foot = shared_note(shared_by) or page_buttons(
        Command.ARTICLES, answer.words, answer.page, answer.pages, shareable=True
    )
    head = [section(f"*{title}*")]

    def body(detail: Detail) -> list[Block]:
        return [section(article_line(line, detail)) for line in answer.lines]

    blocks = fitting(MAX_TOTAL - size([*head, *foot]), body)
    first = answer.page * ARTICLES_A_PAGE + 1
    spoken = [f"{number}. {article_spoken(line)}" for number, line in enumerate(answer.lines, first)]
    return Message("\n".join([f"{title}.", *spoken]), (*head, *blocks, *foot))


def _title(answer: ArticlesAnswer) -> str:
    about = name(answer.about.name) if answer.about else ""
    if about:
        found = ngettext("{count} article about {company}", "{count} articles about {company}", answer.total)
    elif answer.words:
        found = ngettext("{count} article with “{words}”", "{count} articles with “{words}”", answer.total)
    else:
        found = ngettext("{count} article", "{count} articles", answer.total)
    title = found.format(count=many(answer.total), words=mrkdwn(answer.words, 100), company=about)
    if answer.pages <= 1:
        return title
    return _("{title}, page {page} of {pages}").format(title=title, page=answer.page + 1, pages=answer.pages)


def article_line(line: ArticleLine, detail: Detail) -> str:
    """An article, leading to it, and who shared it when."""
    titled = link(line.url, _name(line), 150, address_limit=detail.address)
    day = format_day(line.posted_at)
    where = link(line.message_url, day, address_limit=detail.address) if line.message_url else day
    parts = [
        _site(line),
        format_day(line.published) if line.published else "",
        shared_words(line.user_id, where),
    ]
    return f"{titled}\n{' · '.join(filter(None, parts))}"


def article_spoken(line: ArticleLine) -> str:
    """The same for a screen reader."""
    parts = [name(_name(line), 150), _site(line), format_day(line.published) if line.published else ""]
    return ", ".join(filter(None, parts))


def _name(line: ArticleLine) -> str:
    return line.title or line.url or _("Untitled text")


def _site(line: ArticleLine) -> str:
    return mrkdwn(line.site or "", 40)


def _render_empty(answer: ArticlesAnswer) -> Message:
    if answer.words:
        said = _(
            "No article that I have read holds “{words}”. "
            "Try fewer words, or `{command}` alone for the latest."
        ).format(words=mrkdwn(answer.words, 200), command=Command.ARTICLES)
    else:
        said = _("I have read no article yet. Post a link to one in a channel where I am, and I read it.")
    return Message(said, (section(said),))


def render_bots(*, on: bool) -> Message:
    """Whether what bots post in the channel is read from now on."""
    if on:
        said = _("From now on I read what bots post here too. `{command}` stops it.").format(
            command=f"{Command.ARTICLES} bots off"
        )
    else:
        said = _("I leave what bots post here alone. `{command}` changes that.").format(
            command=f"{Command.ARTICLES} bots on"
        )
    return Message(said, (section(said),))
