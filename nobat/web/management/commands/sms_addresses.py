"""The addresses to give to each provider of SMS in use. They are secrets."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nobat.sms.gateways import gateways_in_use
from nobat.web.provider.address import address_for, what_is_told


class Command(BaseCommand):
    help = "prints where each provider reports delivery and hands over incoming SMS"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="", help="like https://nobat.example")

    def handle(self, *, site: str, **options: Any) -> None:
        for gateway in gateways_in_use():
            for tells in what_is_told():
                address = site.rstrip("/") + address_for(gateway.name, tells)
                self.stdout.write(f"{gateway.name}  {tells}  {address}")
