from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from nobat.local_postgres.cluster import Cluster


def host(cluster):
    return parse_qs(urlsplit(cluster.database_url()).query)["host"]


def test_the_socket_lies_with_the_data_where_its_path_is_short_enough():
    cluster = Cluster(Path("/srv/nobat/var/postgres"))

    assert host(cluster) == ["/srv/nobat/var/postgres/server"]


@pytest.mark.parametrize("folder", ["/srv/my nobat", "/srv/نوبت", "/srv/a+b&c%20d"])
def test_a_folder_of_any_name_is_found_again_in_the_address(folder):
    assert host(Cluster(Path(folder))) == [f"{folder}/server"]


@pytest.mark.parametrize("folder", ["/srv/" + "long/" * 20, "/srv/one,two"])
def test_a_socket_whose_path_cannot_be_used_gets_a_short_one_of_its_own(folder):
    first, second = Cluster(Path(folder, "a")), Cluster(Path(folder, "b"))

    assert first.socket_folder.parent == Path("/tmp")
    assert first.socket_folder != second.socket_folder
    assert first.socket_folder == Cluster(Path(folder, "a")).socket_folder
