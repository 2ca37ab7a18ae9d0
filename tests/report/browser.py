"""A headless Chromium, driven through chromedriver's W3C protocol with the standard library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
# Where everything is installed nothing is skipped.
needs_browser = pytest.mark.skipif(
    None in (CHROMIUM, DRIVER) and "CI" not in os.environ,
    reason="chromium and chromium-driver are not installed",
)

_OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


class Browser:
    """One session; scripts see the page as its own scripts do."""

    def __init__(self, address: str, downloads: Path) -> None:
        self._address, self._downloads = address, downloads
        capabilities = {
            "browserName": "chrome",
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "goog:chromeOptions": {
                "binary": CHROMIUM,
                "args": _OPTIONS,
                "prefs": {"download.default_directory": str(downloads)},
            },
        }
        started = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"/session/{started['sessionId']}"

    def _ask(self, method: str, path: str, value: object = None) -> Any:
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(self._address + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.loads(error.read())["value"]["message"]) from None

    def open(self, path: Path) -> None:
        """Open a file."""
        self._ask("POST", f"{self._session}/url", {"url": path.as_uri()})

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of a function returns in the page."""
        value = {"script": script, "args": list(arguments)}
        return self._ask("POST", f"{self._session}/execute/sync", value)

    def run_later(self, script: str, *arguments: object) -> Any:
        """What the body of a function gives to its last argument, a callback."""
        value = {"script": script, "args": list(arguments)}
        return self._ask("POST", f"{self._session}/execute/async", value)

    def wait_until_checked(self, seconds: float = 120) -> None:
        """Wait until every proof of the page has a verdict."""
        self.wait_for("return document.documentElement.dataset.checked === 'all'", seconds)

    def wait_for(self, script: str, seconds: float = 60) -> Any:
        """What a script returns, once that is something."""
        end = time.monotonic() + seconds
        while not (found := self.run(script)):
            if time.monotonic() > end:
                raise TimeoutError(self.run("return document.body.innerText")[:1000])
            time.sleep(0.05)
        return found

    def in_frame(self, number: int, script: str) -> Any:
        """What a script returns inside a frame of the page, once that is something."""
        self._ask("POST", f"{self._session}/frame", {"id": number})
        found = self.wait_for(script)
        self._ask("POST", f"{self._session}/frame", {"id": None})
        return found

    def downloaded(self, name: str, seconds: float = 30) -> bytes:
        """The bytes of a file that the page saved."""
        end = time.monotonic() + seconds
        while not (self._downloads / name).exists() and time.monotonic() < end:
            time.sleep(0.05)
        return (self._downloads / name).read_bytes()

    def _element(self, selector: str) -> dict[str, str]:
        asked = {"using": "css selector", "value": selector}
        found: dict[str, str] = self._ask("POST", f"{self._session}/element", asked)
        return found

    def choose_file(self, path: Path) -> None:
        """Choose a file in the field of the page."""
        (element,) = self._element("#file").values()
        self._ask("POST", f"{self._session}/element/{element}/value", {"text": str(path)})

    def drag(self, selector: str, right: int, down: int) -> None:
        """Press the mouse on an element, move it and let it go."""
        origin = self._element(selector)
        steps = [
            {"type": "pointerMove", "origin": origin, "x": 0, "y": 0, "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerMove", "origin": origin, "x": right, "y": down, "duration": 50},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self._ask("POST", f"{self._session}/actions", {"actions": [mouse]})

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window."""
        size = {"width": width, "height": height}
        self._ask("POST", f"{self._session}/window/rect", size)

    def prefer(self, scheme: str) -> None:
        """Ask the page to be "light" or "dark"."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        command = {"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}}
        self._ask("POST", f"{self._session}/goog/cdp/execute", command)

    def picture(self) -> bytes:
        """What is seen of the page, as PNG."""
        return base64.b64decode(self._ask("GET", f"{self._session}/screenshot"))

    def log(self, kind: str) -> list[dict[str, Any]]:
        """What was logged since the last time: "browser" (messages) or "performance"."""
        path = f"{self._session}/se/log"
        found: list[dict[str, Any]] = self._ask("POST", path, {"type": kind})
        return found

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last time."""
        events = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        sent = "Network.requestWillBeSent"
        return [e["params"]["request"]["url"] for e in events if e["method"] == sent]

    def close(self) -> None:
        """End the session."""
        self._ask("DELETE", self._session)


@contextmanager
def browsing(downloads: Path) -> Iterator[Browser]:
    """A browser for the time of a test, which saves files in a folder."""
    assert DRIVER is not None, "chromedriver is not installed"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen([DRIVER, f"--port={port}"], stdout=subprocess.DEVNULL)
    try:
        browser = _connected(f"http://127.0.0.1:{port}", downloads)
        try:
            yield browser
        finally:
            browser.close()
    finally:
        driver.terminate()
        driver.wait()


def _connected(address: str, downloads: Path) -> Browser:
    for _ in range(100):
        try:
            return Browser(address, downloads)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError("chromedriver does not answer")
