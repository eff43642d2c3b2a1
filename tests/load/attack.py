#!/usr/bin/env python3
"""Attacks a running program's HTTP edge on loopback, and prints responses, times and memory use.

attack.py [--program target/release/clientele] [--connections 1000] [--seconds 15]

Starts the program on an empty database, and then
- sends compressed bodies that unpack to hundreds of megabytes, four at a time, to every path that reads a body;
- sends endless chunked bodies to the same paths;
- keeps many connections open from 127.0.0.2 that send a byte per second each, and measures the sign-in page in the meantime.
Exits with code 1 if a response is not the expected one, or the program uses too much memory.
"""
import argparse
import base64
import collections
import gzip
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATHS = ["/login", "/password/forgot", "/customers/import", "/api", "/api.php", "/api/Customers.get", "/nowhere"]
GIGABYTE = 1 << 30
UNPACKED = 384 << 20
# After its response, the program reads on for a second, so that the response arrives.
ENDLESS = 64 << 30
# A gigabyte of zeros in Brotli, compressed again with zlib to keep this file short.
BROTLI = zlib.decompress(base64.b64decode(
    "eNo7/f+/PYMKw6ONDkXv///4/5+9gcVBRqzh3V/5////M0xg6DjMdGHv/8f//8szCDEURjDs+l7/5/9/ZgcmBT5uh+//+v//r2fwYDiSyPji3v"
    "+P///zM3A2WOgw3P1t/+//f0YFRoF21gXV/49DLdnAUDJqyaglo5aMWjJqyfC0xBwAxBQ9aA=="))
# In MB. The idle program uses about 30.
MOST_MEMORY = 128


class Program:
    def __init__(self, path, folder):
        environment = {"CLIENTELE_DATA_DIR": f"{folder}/data", "CLIENTELE_LISTEN": "127.0.0.1:0", "CLIENTELE_LOG": "error",
                       "PATH": "/usr/bin:/bin"}
        self.process = subprocess.Popen([path, "serve"], env=environment, cwd=folder, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"listens on http://([\d.]+):(\d+)", line):
                self.address = (found[1], int(found[2]))
                break
        else:
            sys.exit(f"{path} did not start")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def memory(self, what="VmHWM"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def head(path, *lines):
    kind = "multipart/form-data; boundary=x" if path == "/customers/import" else "application/x-www-form-urlencoded"
    return "\r\n".join([f"POST {path} HTTP/1.1", "host: x", f"content-type: {kind}", *lines, "", ""]).encode()


def answer(connection):
    """Returns the status of the next response, or how the connection ended."""
    try:
        got = b""
        while b"\r\n" not in got:
            part = connection.recv(65536)
            if not part:
                return "closed"
            got += part
        return int(got.split(b" ")[1])
    except TimeoutError:
        return "timed out"
    except OSError:
        return "closed"


def bombs():
    """Yields bodies of less than 400 KB that unpack to hundreds of megabytes."""
    zeros = b"\0" * (1 << 20)

    def packed(window):
        packer = zlib.compressobj(9, zlib.DEFLATED, window)
        return b"".join(packer.compress(zeros) for _ in range(UNPACKED >> 20)) + packer.flush()

    yield "gzip", packed(31)
    yield "gzip, gzip", gzip.compress(packed(31))
    yield "deflate", packed(15)
    yield "deflate", packed(-15)
    block = ((128 << 10) << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    yield "zstd", b"\x28\xb5\x2f\xfd\x00\x58" + block * (GIGABYTE >> 17)
    yield "br", BROTLI


def send(program, path, coding, body, answers):
    with socket.create_connection(program.address, 30) as connection:
        try:
            connection.sendall(head(path, f"content-encoding: {coding}", f"content-length: {len(body)}") + body)
        except OSError:
            pass
        answers[answer(connection)] += 1


def endless(program, path, answers, sent):
    with socket.create_connection(program.address, 60) as connection:
        chunk, count = b"10000\r\n" + b"a" * 65536 + b"\r\n", 0
        try:
            connection.sendall(head(path, "transfer-encoding: chunked"))
            while count < ENDLESS >> 16:
                connection.sendall(chunk)
                count += 1
        except OSError:
            pass
        sent.append(count >> 4)
        answers[answer(connection)] += 1


def together(jobs, most):
    """Runs jobs on `most` threads."""
    jobs, lock = iter(jobs), threading.Lock()

    def work():
        while True:
            with lock:
                job = next(jobs, None)
            if job is None:
                return
            job()

    threads = [threading.Thread(target=work) for _ in range(most)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def trickle(program, count, seconds):
    """Trickles bodies over connections from another address. Returns the times of the sign-in page in the meantime."""
    connections, end = [], time.monotonic() + seconds
    for _ in range(count):
        connection = socket.socket()
        connection.bind(("127.0.0.2", 0))
        connection.settimeout(5)
        connection.connect(program.address)
        connection.sendall(head("/login", "content-length: 100000") + b"c")
        connections.append(connection)
    times = []
    while time.monotonic() < end:
        began = time.monotonic()
        urllib.request.urlopen(f"http://{program.address[0]}:{program.address[1]}/login", timeout=10).read()
        times.append(time.monotonic() - began)
        for connection in connections:
            try:
                connection.send(b"c")
            except OSError:
                pass
        time.sleep(1)
    for connection in connections:
        connection.close()
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "target/release/clientele"))
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=15)
    options = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="clientele-attack-") as folder:
        program = Program(str(pathlib.Path(options.program).resolve()), folder)
        try:
            print(f"idle: {program.memory('VmRSS'):.0f} MB")
            for coding, body in bombs():
                answers, began = collections.Counter(), time.monotonic()
                together([lambda p=path: send(program, p, coding, body, answers) for path in PATHS for _ in range(4)], 4)
                print(f"{coding}, {len(body):,} bytes: {dict(answers)} in {time.monotonic() - began:.2f} s, peak {program.memory():.0f} MB")
                good &= set(answers) <= {415, "closed"} and 415 in answers
            answers, sent, began = collections.Counter(), [], time.monotonic()
            together([lambda p=path: endless(program, p, answers, sent) for path in PATHS], 4)
            print(f"endless bodies: {dict(answers)}, at most {max(sent)} MB taken, in {time.monotonic() - began:.2f} s, peak {program.memory():.0f} MB")
            good &= max(sent) < ENDLESS >> 20
            times = sorted(trickle(program, options.connections, options.seconds))
            middle, longest = times[len(times) // 2] * 1000, times[-1] * 1000
            print(f"{options.connections} trickling bodies: {len(times)} sign-in pages meanwhile, "
                  f"median {middle:.1f} ms, longest {longest:.1f} ms, peak {program.memory():.0f} MB")
            good &= program.memory() < MOST_MEMORY and longest < 5000
        finally:
            program.stop()
    print("as it should be" if good else "NOT as it should be")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
