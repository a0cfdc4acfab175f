"""Opening the HTTP door; what goes through it is tried in `tests/scenario/test_door.py`."""

import socket
from unittest.mock import Mock

import pytest

from bot.errors import SettingsError
from bot.web import Door, open_server


def test_a_port_that_is_taken_is_one_clear_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} .*set PORT"):
            open_server(Mock(spec=Door), host="127.0.0.1", port=port)


def test_an_address_of_another_machine_is_one_clear_message() -> None:
    with pytest.raises(SettingsError, match="SEAMS_HOST"):
        open_server(Mock(spec=Door), host="192.0.2.1", port=0)
