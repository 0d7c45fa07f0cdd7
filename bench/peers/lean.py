"""The least that books an hour and shows a page: Starlette, asyncpg, SQL and texts by hand.

It takes the same forms and asks the same database functions. What it leaves out: headers that
protect, words for refusals, caches, HTMX, everything that is not a booking, a page or a search.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from html import escape
from string import ascii_letters, digits
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import asyncpg
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bench.peers import lean_sql as sql
from nobat.people.hashing import mark_of_the_secret_key
from nobat.shared.reference import new_reference

TEHRAN = timedelta(hours=3, minutes=30)
STAFF_IDLE_FOR = timedelta(minutes=15)
PLACE = {sign: number for number, sign in enumerate(ascii_letters + digits)}
CONNECTIONS = 8


async def book(request: Request) -> Response:
    form = {name: said[0] for name, said in parse_qs((await request.body()).decode()).items()}
    if not is_form_of_ours(request.cookies.get("csrf", ""), form.get("csrfmiddlewaretoken", "")):
        return PlainTextResponse("not our form", 403)
    now, (first, last) = datetime.now(UTC), bookable_days()
    turn = await request.app.state.pool.fetchrow(
        sql.TAKE_TURN,
        request.cookies.get("session", ""),
        mark_of_the_secret_key(),
        now - STAFF_IDLE_FOR,
        int(form["slot"]),
        1,
        form["service"],
        int(form["cases"]),
        UUID(form["key"]),
        [new_reference() for _ in range(5)],
        now,
        first,
        last,
        2,
    )
    if turn["outcome"] in {"Booked", "Repeated"}:
        return RedirectResponse(f"/my/appointments/{turn['reference']}/", 302)
    return PlainTextResponse(turn["outcome"] or "sign in", 409 if turn["outcome"] else 403)


async def office(request: Request) -> Response:
    chosen = date.fromisoformat(request.query_params["day"])
    first, last = bookable_days()
    name = await who(request)
    pool = request.app.state.pool
    code = request.path_params["code"]
    rows = await pool.fetch(sql.OFFICE, code, first, last, chosen)
    if not rows:
        return PlainTextResponse("no such office", 404)
    days = "".join(
        f'<li class="{"free" if row["free"] else "full"}"><a href="?day={row["day"]}">'
        f"{row['day']:%d %b}</a> {row['free']}</li>"
        for row in rows
    )
    hours = "".join(
        f'<button name="slot" value="{slot}">{at + TEHRAN:%H:%M}</button> {seats}'
        for row in rows
        for slot, at, seats in zip(row["slots"], row["hours"], row["seats"], strict=True)
    )
    about = rows[0]
    return page(
        name,
        f"<h1>{escape(about['name'])}</h1><p>{escape(about['address'])}</p><ol>{days}</ol>"
        f'<form method="post" action="/offices/{code}/book/">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{request.cookies["csrf"]}">'
        f"{hours}</form>",
    )


async def search(request: Request) -> Response:
    asked = request.query_params
    near = (float(asked["lat"]), float(asked["lon"])) if "lat" in asked else (None, None)
    first, last = bookable_days()
    name = await who(request)
    found = await request.app.state.pool.fetch(
        sql.SEARCH,
        asked.get("service", ""),
        asked.get("province"),
        asked.get("county"),
        first,
        last,
        *near,
    )
    cards = "".join(
        f'<li><a href="/offices/{row["code"]}/">{escape(row["name"])}</a>'
        f"<p>{escape(row['county'])}، {escape(row['address'])}</p><p>{row['first_free']}</p></li>"
        for row in found
    )
    return page(name, f"<h1>{found[0]['total'] if found else 0}</h1><ul>{cards}</ul>")


async def ready(request: Request) -> Response:
    return PlainTextResponse("ok")


async def who(request: Request) -> str:
    now = datetime.now(UTC)
    key = request.cookies.get("session", "")
    person = await request.app.state.pool.fetchrow(
        sql.SESSION, mark_of_the_secret_key(), key, now, now - STAFF_IDLE_FOR
    )
    return f"{person['first_name']} {person['last_name']}" if person else ""


def page(name: str, inner: str) -> HTMLResponse:
    return HTMLResponse(
        '<!doctype html><html lang="fa" dir="rtl"><meta charset="utf-8"><title>نوبت</title>'
        f"<header>{escape(name)}</header><main>{inner}</main></html>"
    )


def is_form_of_ours(cookie: str, field: str) -> bool:
    """Whether the field is the cookie behind a mask, as Django makes them."""
    mask, masked = field[:32], field[32:]
    try:
        pairs = [(PLACE[sign], PLACE[of]) for sign, of in zip(masked, mask, strict=True)]
        return len(cookie) == 32 and [PLACE[sign] for sign in cookie] == [
            (sign - of) % len(PLACE) for sign, of in pairs
        ]
    except (KeyError, ValueError):
        return False


def bookable_days() -> tuple[date, date]:
    today = (datetime.now(UTC) + TEHRAN).date()
    return today + timedelta(days=1), today + timedelta(days=30)


@asynccontextmanager
async def connected(app: Starlette) -> AsyncIterator[dict[str, Any]]:
    address = urlsplit(os.environ["DATABASE_URL"])
    where = {
        "host": parse_qs(address.query)["host"][0],
        "user": address.username,
        "database": address.path[1:],
    }
    async with asyncpg.create_pool(**where, min_size=2, max_size=CONNECTIONS) as pool:
        app.state.pool = pool
        yield {}


application = Starlette(
    routes=[
        Route("/offices/{code}/book/", book, methods=["POST"]),
        Route("/offices/{code}/", office),
        Route("/offices/", search),
        Route("/healthz/ready", ready),
    ],
    middleware=[Middleware(GZipMiddleware, minimum_size=200, compresslevel=6)],
    lifespan=connected,
)
