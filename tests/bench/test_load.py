import socket
from threading import Thread

import pytest

from bench.load import Load, NoAnswer, length_in, run

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
FULL = b"HTTP/1.1 409 Conflict\r\ncontent-length: 0\r\n\r\n"


@pytest.fixture
def site():
    """Answers each request of one connection with the next of what it was given."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answering(*answers):
        def answer():
            with listening.accept()[0] as connection:
                for answer in answers:
                    connection.recv(1000)
                    for part in answer if isinstance(answer, list) else [answer]:
                        connection.sendall(part)

        Thread(target=answer, daemon=True).start()
        return listening.getsockname()[1]

    with listening:
        yield answering


def asked(port, number):
    load = Load(iter([b"GET /"] * number), is_good=lambda head: head[9:12] == b"200")
    run(load, port=port, connections=1, seconds=5)
    return load


def test_good_answers_have_a_time_and_the_others_are_counted_by_status(site):
    load = asked(site(OK, FULL, OK), 3)
    assert load.good == 2
    assert load.good_by_status == {"200": 2}
    assert load.others == {"409": 1}
    assert 0 < load.seconds < 5


def test_an_answer_may_come_in_pieces(site):
    assert asked(site([OK[:10], OK[10:-1], OK[-1:]], OK), 2).good == 2


def test_a_closed_connection_is_no_answer(site):
    with pytest.raises(NoAnswer, match="closed"):
        asked(site(OK), 2)


def test_a_length_is_read_from_small_letters():
    assert length_in(b"http/1.1 200 ok\r\ncontent-length: 12\r\nvary: cookie") == 12
    with pytest.raises(NoAnswer):
        length_in(b"http/1.1 200 ok\r\nvary: cookie")
