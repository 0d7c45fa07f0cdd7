#!/usr/bin/env python3
"""Runs one command, with the private PostgreSQL server up meanwhile if needed."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from nobat import local_postgres

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nobat.settings")
    with local_postgres.running() if local_postgres.is_needed() else nullcontext():
        execute_from_command_line(sys.argv)
