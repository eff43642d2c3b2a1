"""Starts measured programs, and sends requests to them: with wrk, and as people with a browser."""
import base64
import html.parser
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")

# Sends requests from a file of lines "path<TAB>body" one after the other, and prints the result as one line.
SCRIPT = """
local requests, at = {}, 0
function init(_)
  local common = { ["Host"] = wrk.headers["Host"], ["Authorization"] = os.getenv("BENCH_AUTH"), ["Cookie"] = os.getenv("BENCH_COOKIE"),
    ["Accept-Encoding"] = os.getenv("BENCH_ENCODING") }
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


class Running:
    """A running program that has printed its address."""

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
    """The values of a page's form that posts to a path."""

    def __init__(self, page, path):
        super().__init__()
        self.path, self.inside, self.select, self.fields = path, False, None, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.inside = has.get("action") == self.path and has.get("method") == "post"
        if not self.inside:
            return
        if tag == "input" and "name" in has and (has.get("type") != "checkbox" or "checked" in has):
            self.fields[has["name"]] = has.get("value", "on" if has.get("type") == "checkbox" else "")
        if tag == "select":
            self.select = has.get("name")
        if tag == "option" and "selected" in has and self.select:
            self.fields[self.select] = has.get("value", "")


class Person:
    """A person with a browser."""

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
    """Sends requests with wrk. Returns requests per second, p50 and p99 in milliseconds, and the number of requests."""
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
        sys.exit(f"{bad} of {count} requests failed: {requests[0]}")
    return count * 1e6 / micros, p50 / 1000, p99 / 1000, count


def statements(server):
    text = urllib.request.urlopen(server.url + "/metrics").read().decode()
    return float(re.search(r"^clientele_database_statements_total ([\d.e+]+)", text, re.M)[1])


def sign_ins(server, names, password, connections, seconds):
    """Signs people in, each with a new browser and their own account. The time is that of sending the form."""
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
    """Returns the size of a response in bytes."""
    request = urllib.request.Request(url + path, body.encode() or None)
    request.add_header("Cookie", environment["BENCH_COOKIE"])
    request.add_header("Authorization", environment["BENCH_AUTH"])
    if "BENCH_ENCODING" in environment:
        request.add_header("Accept-Encoding", environment["BENCH_ENCODING"])
    if body:
        request.add_header("Content-Type", "application/json")
    return len(urllib.request.urlopen(request).read())


def call(server, key, command, **params):
    request = urllib.request.Request(server.url + "/api", json.dumps({"command": command, "params": params}).encode(),
                                     {"Content-Type": "application/json"})
    request.add_header("Authorization", "Basic " + base64.b64encode(key.encode()).decode())
    return json.load(urllib.request.urlopen(request))["data"]
