#!/usr/bin/env python3
"""Measures the panel and the API against a baseline, and prints a table.

run.py [--customers 1000,100000,1000000] [--connections 1,32] [--seconds 3] [--only list] [--only show] [--database URL]

Builds the program and the baseline, fills an empty database with invented customers for each size, and sends requests to both
with wrk (Debian: wrk) on loopback. The baseline is a bare actix program with three handlers: one sends as many bytes, one runs the
page's query, and one does both. Without --database, each size has its own SQLite file. A database that is named there must be
empty, and is used for one size only.
"""
import argparse
import base64
import collections
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from client import Person, Running, ask, call, sign_ins, size_of, statements

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/clientele"
BASELINE = ROOT / "target/release/examples/baseline"

AS_BROWSERS = "list, as browsers ask"

PAGE = """SELECT customers.login_name, customers.name, customers.firstname, customers.company, customers.email,
customers.suspended, customers.created_at, customers.diskspace, customers.diskspace_used, customers.traffic,
customers.traffic_used, admins.login_name AS owner_name, plans.name AS plan_name, logins.failed_count,
logins.last_failed_at, logins.last_sign_in_at
FROM customers INNER JOIN admins ON customers.owner_id = admins.id INNER JOIN logins ON customers.login_id = logins.id
LEFT JOIN plans ON customers.plan_id = plans.id
INNER JOIN (SELECT id FROM customers ORDER BY name_sort ASC, id ASC LIMIT {rows}) AS page ON page.id = customers.id
ORDER BY customers.name_sort ASC, customers.id ASC"""
ROW = """SELECT customers.*, admins.login_name AS owner_name FROM customers
INNER JOIN admins ON customers.owner_id = admins.id INNER JOIN logins ON customers.login_id = logins.id
WHERE logins.name_key = '{name}'"""


def operations(person, customers, names, word):
    """Returns the measured operations: names, and requests that take turns. `word` is a name that many customers have."""
    first = person.get("/customers")
    rows = first.count("data-loginname=")
    last = max(1, -(-customers // rows))
    call = lambda command, **params: ("/api", json.dumps({"command": command, "params": params}))  # noqa: E731
    new = lambda number: call("Customers.add", email=f"new{number}@bench.example", name="New", firstname="One",  # noqa: E731
                              new_customer_password=f"Bench-{number}-bench", createstdsubdomain=False)
    chosen = random.Random(1).sample(names, min(len(names), 2000))
    numbers = iter(range(10**9))
    return rows, {
        "list": [("/customers", "")],
        AS_BROWSERS: [("/customers", "")],
        "list, last page": [(f"/customers?page={last}", "")],
        "search, one found": [(f"/customers?q={name}", "") for name in chosen],
        "search, many found": [("/customers?" + urllib.parse.urlencode({"q": word}), "")],
        "show": [(f"/customers/{name}", "") for name in chosen],
        "API get": [call("Customers.get", loginname=name) for name in chosen],
        "API listing": [call("Customers.listing", sql_limit=100)],
        "API update": [call("Customers.update", loginname=name, city=f"City {number}") for number, name in enumerate(chosen)],
        # Added names are taken, so each run uses the next ones.
        "API add": lambda: [new(number) for number in itertools.islice(numbers, 5000)],
    }


def measure(options, customers, folder, table):
    environment = {
        "CLIENTELE_DATA_DIR": str(folder / "data"), "CLIENTELE_LISTEN": "127.0.0.1:0", "CLIENTELE_LOG": "warn",
        "CLIENTELE_TRUSTED_PROXIES": "127.0.0.1", "CLIENTELE_DATABASE_URL": options.database or f"sqlite://{folder}/data/clientele.db",
    }
    run = lambda *words: subprocess.run([PROGRAM, *words], env={**os.environ, **environment}, check=True, cwd=folder,  # noqa: E731
                                        capture_output=True, text=True).stdout
    began = time.monotonic()
    password = re.search(r"same password: (\S+)", run("demo", "--customers", str(customers)))[1]
    print(f"{customers} customers invented in {time.monotonic() - began:.1f} s", file=sys.stderr)
    key = run("api-key", "create", "--for", "admin").strip()
    server = Running([PROGRAM, "serve", "--no-worker"], environment)
    baseline = Running([BASELINE], environment)
    try:
        idle = server.memory()
        person = Person(server.url)
        person.post("/login", "/login", loginname="admin", password=password)
        person.post("/settings", "/settings", **{"api.rate_per_key": 1_000_000, "api.rate_per_address": 1_000_000,
                                               "api.rate_window": 1})
        names, active, word = some_names(server, key)
        ask_as = {"BENCH_COOKIE": person.cookie(), "BENCH_AUTH": "Basic " + base64.b64encode(key.encode()).decode()}
        rows, wanted = operations(person, customers, names, word)
        table.note(f"{customers} customers: ready after {server.ready * 1000:.0f} ms, {idle:.0f} MB resident when idle; \"{word}\" finds {found(person, word)}")
        for name, requests in [*wanted.items(), ("sign in", None)]:
            if options.only and name not in options.only:
                continue
            # A compressed page in several pieces would wait for an acknowledgement, so it is measured, too.
            headers = {**ask_as, "BENCH_ENCODING": "gzip, deflate, br"} if name == AS_BROWSERS else ask_as
            for connections in options.connections:
                before, asked = server.cpu(), statements(server)
                if requests is None:
                    result = sign_ins(server, active, password, connections, options.seconds)
                else:
                    requests = wanted[name]() if callable(wanted[name]) else requests
                    result = ask(requests, server.url, connections, options.seconds, folder, **headers)
                count = result[3]
                used, asked = (server.cpu() - before) / count, (statements(server) - asked) / count
                size = size_of(server.url, *requests[0], headers) if name in wanted and not callable(wanted[name]) else None
                baselines = baseline_of(baseline, name, names, rows, size, connections, options.seconds, folder)
                table.row(customers, name, connections, result, used, asked, size, server.memory(), baselines)
    finally:
        server.stop()
        baseline.stop()


def baseline_of(baseline, name, names, rows, size, connections, seconds, folder):
    """Returns the requests per second of the bare handlers: bytes only, query only, both."""
    if name == "list":
        sql = [PAGE.format(rows=rows).replace("\n", " ")]
    elif name == "show":
        sql = [ROW.format(name=found.lower()).replace("\n", " ") for found in random.Random(2).sample(names, min(len(names), 500))]
    else:
        return None
    asked = lambda **fields: ("/?" + urllib.parse.urlencode(fields), "")  # noqa: E731
    bare = {"BENCH_COOKIE": "", "BENCH_AUTH": ""}
    return [ask(requests, baseline.url, connections, seconds, folder, **bare)[0] for requests in
            ([asked(bytes=size)], [asked(sql=one) for one in sql], [asked(bytes=size, sql=one) for one in sql])]


def some_names(server, key):
    """Returns login names, those of customers who can sign in, and the most frequent family name."""
    rows = call(server, key, "Customers.listing", sql_limit=1000, sql_orderby={"customerid": "desc"})["list"]
    active = [row["loginname"] for row in rows if not row["deactivated"] and row["gui_access"]]
    word = collections.Counter(row["name"] for row in rows if len(row["name"]) > 3).most_common(1)[0][0]
    return [row["loginname"] for row in rows], active, word


def found(person, word):
    """Returns the number of customers that a search finds."""
    page = person.get("/customers?" + urllib.parse.urlencode({"q": word}))
    return re.search(r'class="scopes".*?class="tag[^"]*">([^<]+)<', page, re.S)[1]


class Table:
    HEAD = ("customers", "what", "conn.", "req/s", "p50 ms", "p99 ms", "CPU ms", "queries", "bytes", "MB",
            "baseline: bytes", "query", "both", "of both")

    def __init__(self):
        self.rows, self.notes = [], []

    def note(self, text):
        print(text, file=sys.stderr)
        self.notes.append(text)

    def row(self, customers, name, connections, result, cpu, asked, size, memory, baselines):
        rate, p50, p99, _ = result
        cells = [f"{customers:,}", name, str(connections), f"{rate:.0f}", f"{p50:.2f}", f"{p99:.2f}", f"{cpu * 1000:.2f}",
                 f"{asked:.1f}", "" if size is None else f"{size:,}", f"{memory:.0f}"]
        cells += [f"{one:.0f}" for one in baselines] + [f"{rate / baselines[2]:.0%}"] if baselines else [""] * 4
        self.rows.append(cells)
        print(" | ".join(cells), file=sys.stderr)

    def show(self):
        print("| " + " | ".join(self.HEAD) + " |\n|" + "---|" * len(self.HEAD))
        for cells in self.rows:
            print("| " + " | ".join(cells) + " |")
        print()
        for note in self.notes:
            print(f"- {note}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda text: [int(number) for number in text.split(",")]  # noqa: E731
    parser.add_argument("--customers", type=numbers, default=[1000, 100_000, 1_000_000])
    parser.add_argument("--connections", type=numbers, default=[1, 32])
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--only", action="append", help="measure this operation only, by its name in the table; can be repeated")
    parser.add_argument("--database")
    parser.add_argument("--no-build", action="store_true", help="measure the existing build")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing (Debian: wrk)")
    if not options.no_build:
        subprocess.run(["cargo", "build", "--release", "--bin", "clientele", "--example", "baseline"], cwd=ROOT, check=True)
    table = Table()
    for customers in options.customers:
        with tempfile.TemporaryDirectory(prefix="clientele-load-") as folder:
            measure(options, customers, pathlib.Path(folder), table)
    table.show()


if __name__ == "__main__":
    main()
