"""Databases for tests that run the product in processes of its own: beside the tests' own one, and gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests.serving import clean_environment


def on_postgresql() -> bool:
    """Whether the tests run on PostgreSQL."""
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def environment(template: str = "template1") -> Iterator[dict[str, str]]:
    """The environment of a home's commands: on PostgreSQL it names a database of its own, made like another."""
    if not on_postgresql():
        yield clean_environment()
        return
    name, server = f"torogoz_test_{uuid4().hex[:12]}", os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        try:
            yield clean_environment() | {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def name_of(environment: dict[str, str]) -> str:
    """The database that an environment names."""
    return urlsplit(environment["DATABASE_URL"]).path.lstrip("/")
