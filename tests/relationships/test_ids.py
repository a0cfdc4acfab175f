from bot.relationships.ids import stable_id


def test_id_is_the_same_in_every_run() -> None:
    # As the shell has it: printf "a\\037b" | sha256sum | cut -c-16
    assert stable_id("a", "b") == "f04cdced9736a69d"


def test_id_depends_on_where_the_parts_divide() -> None:
    assert stable_id("a", "bc") != stable_id("ab", "c")
