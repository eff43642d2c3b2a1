#!/usr/bin/env python3
"""Takes screenshots of pages in headless Chromium, with chromedriver and the standard library only.

pictures.py [--viewport] URL LOGINNAME PASSWORD OUTDIR PATH[=NAME] ...

Each page is taken 1280 and 375 pixels wide, in the light and the dark theme. LOGINNAME "-" stays
signed out. With --viewport, a screenshot shows the window only, not the whole page.
"""
import base64
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars"]


class Browser:
    def __init__(self, profile):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}", "--log-level=OFF"], stdout=subprocess.DEVNULL)
        self.wait_until_ready()
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"]}
        capabilities = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        self.session = self.call("/session", capabilities, root=True)["sessionId"]

    def wait_until_ready(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/status", timeout=5).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def call(self, path, body=None, root=False):
        prefix = "" if root else f"/session/{self.session}"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{prefix}{path}", json.dumps(body or {}).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def devtools(self, command, **parameters):
        return self.call("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def element(self, selector):
        return next(iter(self.call("/element", {"using": "css selector", "value": selector}).values()))

    def sign_in(self, url, login_name, password):
        self.call("/url", {"url": f"{url}/login"})
        for field, text in (("loginname", login_name), ("password", password)):
            self.call(f"/element/{self.element('#' + field)}/value", {"text": text})
        self.call(f"/element/{self.element('main button[type=submit]')}/click")

    def picture(self, url, width, scheme, whole):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("/url", {"url": url})
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(shot["data"])

    def close(self):
        try:
            request = urllib.request.Request(f"http://127.0.0.1:{self.port}/session/{self.session}", method="DELETE")
            urllib.request.urlopen(request, timeout=10).close()
        finally:
            self.driver.kill()
            self.driver.wait()


def main():
    arguments = sys.argv[1:]
    whole = arguments[0] != "--viewport"
    url, login_name, password, out, *pages = arguments if whole else arguments[1:]
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            if login_name != "-":
                browser.sign_in(url, login_name, password)
            for page in pages:
                path, _, name = page.partition("=")
                name = name or path.strip("/").replace("/", "-").split("?")[0] or "dashboard"
                for width in (1280, 375):
                    for scheme in ("light", "dark"):
                        picture = browser.picture(url + path, width, scheme, whole)
                        (out / f"{name}-{width}-{scheme}.png").write_bytes(picture)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
