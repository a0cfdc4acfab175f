from bot.relationships.reconcile import reconcile
from bot.values import Level, Report, Status, TieKind
from tests.relationships.factory import day, report, seed

K, S, L = TieKind, Status, Level


def levels(*reports: Report) -> list[tuple[Level, int]]:
    states = reconcile("microsoft", "openai", reports).states
    return [(state.level, (state.since - day(0)).days) for state in states]


def test_seed_tells_an_alliance_and_its_strain() -> None:
    assert levels(*seed()) == [(L.ALLIED, 0), (L.STRAINED, 0)]


def test_state_names_the_ties_that_moved_it() -> None:
    states = reconcile("microsoft", "openai", seed()).states
    assert [{tie_id.split("/")[1] for tie_id in state.tie_ids} for state in states] == [
        {"investment", "partnership", "supply"},
        {"dispute", "competition"},
    ]


def test_rumour_gives_a_first_neutral_state() -> None:
    assert levels(report(K.INVESTMENT, S.RUMORED)) == [(L.NEUTRAL, 0)]


def test_states_run_in_the_order_of_telling_not_of_posting() -> None:
    late = report(K.PARTNERSHIP, told=0, known=90)
    assert levels(report(K.DISPUTE, told=50), late) == [(L.COOPERATING, 0), (L.STRAINED, 50)]


def test_time_alone_makes_no_state() -> None:
    assert levels(report(K.PARTNERSHIP), report(K.DEPENDENCY, told=3000)) == [(L.COOPERATING, 0)]
