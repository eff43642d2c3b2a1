#!/usr/bin/env python3
"""Measures the panel and the API against a floor, and prints a table.

run.py [--customers 1000,100000,1000000] [--connections 1,32] [--seconds 3] [--only list,show] [--database URL]

Builds the program and the floor, fills an empty database with invented customers for each size, and asks both with wrk
(Debian: wrk) on loopback. The floor is a bare actix handler: one that sends as many bytes, one that runs the page's one
query, and one that does both. Without --database each size has a SQLite file of its own; a database named there must be
empty, and then takes one size only.
"""
import argparse
import base64
import collections
import html.parser
import http.cookiejar
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
import threading
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/clientele"
FLOOR = ROOT / "target/release/examples/floor"
TICKS = os.sysconf("SC_CLK_TCK")

# One request after the other from a file of lines "path<TAB>body"; what came of them on one line.
SCRIPT = """
local requests, at = {}, 0
function init(_)
  local common = { ["Host"] = wrk.headers["Host"], ["Authorization"] = os.getenv("BENCH_AUTH"), ["Cookie"] = os.getenv("BENCH_COOKIE") }
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local path, body = line:match("^([^\\t]*)\\t(.*)$")
    if body ~= "" then
      common["Content-Type"] = "application/json"
      requests[#requests + 1] = wrk.format("POST", path, common, body)
    else
      requests[#requests + 1] = wrk.format("GET", path, common)
    end
  end
end
function request() at = at % #requests + 1 return requests[at] end
function done(summary, latency, _)
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout + summary.errors.read))
end
"""

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


class Running:
    """A program that printed where it answers."""

    def __init__(self, command, environment):
        began = time.monotonic()
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"http://[\d.:]+", line):
                self.url = found[0]
                break
        else:
            sys.exit(f"{command[0]} did not start")
        urllib.request.urlopen(self.url + ("/healthz" if "serve" in command else "/?bytes=1")).read()
        self.ready = time.monotonic() - began

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Form(html.parser.HTMLParser):
    """What a form would send as it stands: the one that goes to a path."""

    def __init__(self, page, path):
        super().__init__()
        self.path, self.inside, self.select, self.fields = path, False, None, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.inside = has.get("action") == self.path
        if not self.inside:
            return
        if tag == "input" and "name" in has and (has.get("type") != "checkbox" or "checked" in has):
            self.fields[has["name"]] = has.get("value", "on")
        if tag == "select":
            self.select = has.get("name")
        if tag == "option" and "selected" in has and self.select:
            self.fields[self.select] = has.get("value", "")


class Person:
    """Somebody with a browser."""

    def __init__(self, url, **headers):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.opener.addheaders = list(headers.items())

    def get(self, path):
        return self.opener.open(self.url + path).read().decode()

    def post(self, path, page, **fields):
        fields = Form(self.get(page), path).fields | fields
        began = time.monotonic()
        self.opener.open(self.url + path, urllib.parse.urlencode(fields).encode()).read()
        return time.monotonic() - began

    def cookie(self):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def ask(requests, url, connections, seconds, folder, **environment):
    """Lets wrk ask; gives requests a second, p50 and p99 in milliseconds, and how many there were."""
    lines = folder / "requests"
    lines.write_text("".join(f"{path}\t{body}\n" for path, body in requests))
    script = folder / "script.lua"
    script.write_text(SCRIPT)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url]
    done = subprocess.run(command, env={**os.environ, "BENCH_REQUESTS": str(lines), **environment}, capture_output=True, text=True)
    result = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if not result:
        sys.exit(f"wrk failed: {done.stdout}{done.stderr}")
    count, micros, p50, p99, bad = (int(number) for number in result.groups())
    if bad or not count:
        sys.exit(f"{bad} of {count} answers were none: {requests[0]}")
    return count * 1e6 / micros, p50 / 1000, p99 / 1000, count


def statements(server):
    text = urllib.request.urlopen(server.url + "/metrics").read().decode()
    return float(re.search(r"^clientele_database_statements_total ([\d.e+]+)", text, re.M)[1])


def sign_ins(server, names, password, connections, seconds):
    """People who sign in, each with a fresh browser and an account of his own; the time is that of sending the form."""
    times, lock, end = [], threading.Lock(), time.monotonic() + seconds

    def people(number):
        while time.monotonic() < end:
            person = Person(server.url, **{"X-Forwarded-For": f"198.51.100.{number}"})
            took = person.post("/login", "/login", loginname=names[number], password=password)
            with lock:
                times.append(took)

    threads = [threading.Thread(target=people, args=(number + 1,)) for number in range(connections)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    took = time.monotonic() - began
    return len(times) / took, times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000, len(times)


def size_of(url, path, body, environment):
    """Bytes of one answer."""
    request = urllib.request.Request(url + path, body.encode() or None)
    request.add_header("Cookie", environment["BENCH_COOKIE"])
    request.add_header("Authorization", environment["BENCH_AUTH"])
    if body:
        request.add_header("Content-Type", "application/json")
    return len(urllib.request.urlopen(request).read())


def operations(person, customers, names, word):
    """What is measured: a name, and the requests that take turns; `word` is one that many customers have."""
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
        "list, last page": [(f"/customers?page={last}", "")],
        "search, one found": [(f"/customers?q={name}", "") for name in chosen],
        "search, many found": [("/customers?" + urllib.parse.urlencode({"q": word}), "")],
        "show": [(f"/customers/{name}", "") for name in chosen],
        "API get": [call("Customers.get", loginname=name) for name in chosen],
        "API listing": [call("Customers.listing", sql_limit=100)],
        "API update": [call("Customers.update", loginname=name, city=f"City {number}") for number, name in enumerate(chosen)],
        # A name once added is taken: each run takes the next ones.
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
    floor = Running([FLOOR], environment)
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
            for connections in options.connections:
                before, asked = server.cpu(), statements(server)
                if requests is None:
                    result = sign_ins(server, active, password, connections, options.seconds)
                else:
                    requests = wanted[name]() if callable(wanted[name]) else requests
                    result = ask(requests, server.url, connections, options.seconds, folder, **ask_as)
                count = result[3]
                used, asked = (server.cpu() - before) / count, (statements(server) - asked) / count
                size = size_of(server.url, *requests[0], ask_as) if name in wanted and not callable(wanted[name]) else None
                floors = floor_of(floor, name, names, rows, size, connections, options.seconds, folder)
                table.row(customers, name, connections, result, used, asked, size, server.memory(), floors)
    finally:
        server.stop()
        floor.stop()


def floor_of(floor, name, names, rows, size, connections, seconds, folder):
    """What a bare handler does: bytes alone, the query alone, both; in requests a second."""
    if name == "list":
        sql = [PAGE.format(rows=rows).replace("\n", " ")]
    elif name == "show":
        sql = [ROW.format(name=found.lower()).replace("\n", " ") for found in random.Random(2).sample(names, min(len(names), 500))]
    else:
        return None
    asked = lambda **fields: ("/?" + urllib.parse.urlencode(fields), "")  # noqa: E731
    bare = {"BENCH_COOKIE": "", "BENCH_AUTH": ""}
    return [ask(requests, floor.url, connections, seconds, folder, **bare)[0] for requests in
            ([asked(bytes=size)], [asked(sql=one) for one in sql], [asked(bytes=size, sql=one) for one in sql])]


def call(server, key, command, **params):
    request = urllib.request.Request(server.url + "/api", json.dumps({"command": command, "params": params}).encode(),
                                     {"Content-Type": "application/json"})
    request.add_header("Authorization", "Basic " + base64.b64encode(key.encode()).decode())
    return json.load(urllib.request.urlopen(request))["data"]


def some_names(server, key):
    """Login names, those of them who may sign in, and the family name that most have."""
    rows = call(server, key, "Customers.listing", sql_limit=1000, sql_orderby={"customerid": "desc"})["list"]
    active = [row["loginname"] for row in rows if not row["deactivated"] and row["gui_access"]]
    word = collections.Counter(row["name"] for row in rows if len(row["name"]) > 3).most_common(1)[0][0]
    return [row["loginname"] for row in rows], active, word


def found(person, word):
    """How many customers a search finds."""
    page = person.get("/customers?" + urllib.parse.urlencode({"q": word}))
    return re.search(r'class="scopes".*?class="tag[^"]*">([^<]+)<', page, re.S)[1]


class Table:
    HEAD = ("customers", "what", "conn.", "req/s", "p50 ms", "p99 ms", "CPU ms", "queries", "bytes", "MB",
            "floor: bytes", "query", "both", "of both")

    def __init__(self):
        self.rows, self.notes = [], []

    def note(self, text):
        print(text, file=sys.stderr)
        self.notes.append(text)

    def row(self, customers, name, connections, result, cpu, asked, size, memory, floors):
        rate, p50, p99, _ = result
        cells = [f"{customers:,}", name, str(connections), f"{rate:.0f}", f"{p50:.2f}", f"{p99:.2f}", f"{cpu * 1000:.2f}",
                 f"{asked:.1f}", "" if size is None else f"{size:,}", f"{memory:.0f}"]
        cells += [f"{one:.0f}" for one in floors] + [f"{rate / floors[2]:.0%}"] if floors else [""] * 4
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
    parser.add_argument("--only", type=lambda text: text.split(","))
    parser.add_argument("--database")
    parser.add_argument("--no-build", action="store_true", help="what was built before is measured")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing (Debian: wrk)")
    if not options.no_build:
        subprocess.run(["cargo", "build", "--release", "--bin", "clientele", "--example", "floor"], cwd=ROOT, check=True)
    table = Table()
    for customers in options.customers:
        with tempfile.TemporaryDirectory(prefix="clientele-load-") as folder:
            measure(options, customers, pathlib.Path(folder), table)
    table.show()


if __name__ == "__main__":
    main()
