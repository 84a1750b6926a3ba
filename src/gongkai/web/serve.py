"""`gongkai serve`: set up what is missing, and serve the desk: to this machine, and with accounts to others too."""

from __future__ import annotations

import gc
import os
import socket
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context, get_start_method

WORKERS = 2
"""Processes that make pages; one of them also reads reports and does the jobs."""

THREADS = 4


def prepare() -> bool:
    """Bring the data folder up to date: tables, county, operator, and the demonstration in an empty store.

    Returns whether the demonstration was loaded now.
    """
    from gongkai.web.operate.prepare import prepare_store

    prepare_store()
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.demo.load import load_demo
    from gongkai.web.operate.search import ready

    county = open_desk()
    if said := ready():
        print(said, flush=True)
    return load_demo(county)


def _prepared_apart() -> bool:
    """`prepare` in a process of its own, which ends before the server begins.

    The server forks its processes from this one, and a fork has none of the threads that a library began before it:
    after a demonstration was set here, the typesetter of every such process would wait for them without end.
    That process is a fork too where there are any: for others Python keeps one more process, of seven megabytes, to the end.
    """
    with ProcessPoolExecutor(1, mp_context=get_context()) as apart:
        return apart.submit(prepare).result()


def _may_serve_others() -> bool:
    """Whether everybody has to log in, so that other machines may come."""
    from gongkai.web.operate.prepare import prepare_store

    prepare_store()
    from django.db import connections

    from gongkai.web.people.selectors import accounts_on

    on = accounts_on()
    connections.close_all()  # what forks after this must not find one open
    return on


def _share() -> None:
    """Load here what makes pages, so that the processes forked from this one hold it in common: half their memory.

    It is only loaded: no thread is begun and no database opened, neither of which would live on in a fork.
    """
    if get_start_method() != "fork":
        return
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from django.urls import reverse

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    get_wsgi_application()
    reverse("portal")
    connections.close_all()
    gc.collect()
    gc.freeze()


def _taken(host: str, port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def serve(port: int = 8000, host: str = "127.0.0.1") -> int:
    """Serve the desk until it is stopped. Exit status 2 when the port is taken or the address is not this machine."""
    host = "127.0.0.1" if host == "localhost" else host
    if host != "127.0.0.1" and not _may_serve_others():
        print("在启用账号之前，本系统只在本机（127.0.0.1）上提供服务。", file=sys.stderr)
        return 2
    if _taken(host, port):
        print(f"端口{port}已被占用，可能已经启动。请换一个端口，例如 --port {port + 1}。", file=sys.stderr)
        return 2
    loaded = _prepared_apart()
    words = "（已放入演示报告）" if loaded else ""
    print(f"政府信息公开工作系统已启动：http://{host}:{port} {words}按 Ctrl+C 停止。", flush=True)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from gongkai.web.datafolder import data_folder, keys_folder

    os.environ["GONGKAI_DATA"] = str(data_folder())
    os.environ["GONGKAI_KEYS"] = str(keys_folder(data_folder()))
    _share()
    Granian(
        "gongkai.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=min(WORKERS, os.cpu_count() or 1),
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
    return 0
