"""How many readers a host is given, within a container's limits."""

from pathlib import Path

from bot.capacity import READER_BYTES, REST_BYTES, default_readers, usable_cores, usable_memory


def test_a_container_with_half_a_core_has_half_a_core(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("50000 100000\n")
    assert usable_cores(tmp_path) == 0.5


def test_without_a_quota_the_cores_count_that_the_process_may_run_on(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert usable_cores(tmp_path) == usable_cores(tmp_path / "nowhere") >= 1


def test_a_containers_memory_counts_not_the_hosts(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("512000000\n")
    assert usable_memory(tmp_path) == 512_000_000


def test_the_older_kind_of_container_tells_its_memory_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text("512000000\n")
    assert usable_memory(tmp_path) == 512_000_000


def test_there_are_no_more_readers_than_memory_for_them(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text(str(REST_BYTES + READER_BYTES + 1))
    assert default_readers(tmp_path) == 1


def test_there_is_a_reader_however_small_the_host(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("1000")
    (tmp_path / "cpu.max").write_text("1000 100000")
    assert default_readers(tmp_path) == 1
