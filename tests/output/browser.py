"""A real, headless Chromium, spoken to as WebDriver; of Debian the packages `chromium` and `chromium-driver`."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest


class Browser:
    """One window. Its scripts run in the page but are not the page's."""

    def __init__(self, port: int, dark: bool) -> None:
        self._base = f"http://127.0.0.1:{port}"
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        options += ["--force-dark-mode"] if dark else []
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": options, "binary": shutil.which("chromium")}}
        session = self._send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._base += f"/session/{session['sessionId']}"

    def close(self) -> None:
        self._send("DELETE", "")

    def open(self, page: Path, width: int = 1200, height: int = 900) -> None:
        """Show a page at that width in CSS pixels, whatever the least width of a window is."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._send("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": size})
        self._send("POST", "/url", {"url": page.as_uri()})

    def ask(self, script: str):
        """What the script returns."""
        return self._send("POST", "/execute/sync", {"script": f"return {script}", "args": []})

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self._send("GET", "/screenshot"))

    def pages(self) -> bytes:
        """What is printed, as PDF."""
        return base64.b64decode(self._send("POST", "/print", {"background": True}))

    def _send(self, method: str, path: str, body: dict | None = None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]


def browsers(folder: Path, dark: bool):
    """A browser for a fixture; the test is skipped where there is none."""
    if shutil.which("chromedriver") is None or shutil.which("chromium") is None:
        pytest.skip("needs the Debian packages chromium and chromium-driver")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder)}
    driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True, env=env)
    try:
        assert driver.stdout is not None
        port = next(found[1] for line in driver.stdout if (found := re.search(r"successfully on port (\d+)", line)))
        browser = Browser(int(port), dark)
        yield browser
        browser.close()
    finally:
        driver.terminate()
        driver.wait(timeout=10)
        if driver.stdout is not None:
            driver.stdout.close()
