import socket

import pytest

from nobat.demo.serve import CannotServe, free_port, web_command


def test_a_free_port_is_taken_as_it_is():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert free_port(str(port)) == port


def test_a_port_that_is_taken_is_refused_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CannotServe, match=f"PORT={port + 1} make run"):
            free_port(str(port))


@pytest.mark.parametrize("wanted", ["", "web", "0", "65536", "-1"])
def test_what_is_no_port_number_is_said_to_be_none(wanted):
    with pytest.raises(CannotServe, match="not a port number"):
        free_port(wanted)


def test_whoever_is_slow_with_headers_is_hung_up_on_after_ten_seconds():
    command = web_command(8000)

    assert command[command.index("--http1-header-read-timeout") + 1] == "10000"
