"""Runs the stand-ins of the SMS providers until it is asked to end; `make run` starts it."""

import signal
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nobat.demo.providers.both import both_at_work


class Command(BaseCommand):
    help = "Stands in for Kavenegar and Magfa, at the addresses of the settings, in the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="", help="our web, like http://127.0.0.1:8000")

    def handle(self, *, site: str, **options: Any) -> None:
        if not settings.DEMO_PROVIDERS_URL:
            raise CommandError("DEMO_PROVIDERS_URL must say where they are told how to behave.")
        stopping = Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopping.set()

        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, stop)
        with both_at_work(site):
            self.stdout.write("The stand-ins of the SMS providers are at work.")
            stopping.wait()
