"""An editor with yaml-language-server completes the settings of a plugin and marks a wrong one, by `tamis schema`."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading

import pytest

pytestmark = [
    pytest.mark.xdist_group("editor"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed"),
]
SERVER = "yaml-language-server@1.25.0"
SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
MODELINE = "# yaml-language-server: $schema=tamis.schema.json\n"


class Editor:
    """A client of the language server protocol, as far as a pipeline needs it."""

    def __init__(self, command, folder):
        self.folder = folder
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.inbox = queue.Queue()
        self.ids = iter(range(1, 1000))
        threading.Thread(target=self._read, daemon=True).start()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.send("initialized", {})
        self.send("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def _read(self):
        stream = self.process.stdout
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
                while stream.readline().strip():
                    pass
                self.inbox.put(json.loads(stream.read(length)))

    def _write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def send(self, method, params):
        self._write({"method": method, "params": params})

    def ask(self, method, params):
        wanted = next(self.ids)
        self._write({"id": wanted, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == wanted and "method" not in message)["result"]

    def wait(self, is_it):
        """Return the next message that *is_it*, answering what the server asks meanwhile."""
        while True:
            message = self.inbox.get(timeout=60)
            if is_it(message):
                return message
            if "method" in message and "id" in message:
                items = message["params"].get("items", []) if message.get("params") else []
                self._write({"id": message["id"], "result": [SETTINGS.get(item.get("section")) for item in items]})

    def open(self, name, text):
        """Open *text* as the file *name*, and return its address with the marks that the server puts on it."""
        (self.folder / name).write_text(text)
        uri = (self.folder / name).as_uri()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})
        marks = self.wait(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri
            )
        )
        return uri, marks["params"]["diagnostics"]

    def complete(self, uri, line, character):
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        found = self.ask("textDocument/completion", place)
        return {item["label"]: item for item in (found["items"] if isinstance(found, dict) else found)}

    def hover(self, uri, line, character):
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return json.dumps(self.ask("textDocument/hover", place))


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    server = tmp_path_factory.mktemp("server")
    install = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(server), SERVER]
    done = subprocess.run(install, capture_output=True, text=True, check=False, timeout=180)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"npm cannot install {SERVER}: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    folder = tmp_path_factory.mktemp("pipelines")
    tamis = [sys.executable, "-c", "from tamis.cli import main; main()", "schema"]
    subprocess.run(tamis, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    editor = Editor([str(server / "node_modules" / ".bin" / "yaml-language-server"), "--stdio"], folder)
    yield editor
    editor.process.terminate()
    editor.process.wait(timeout=20)


def test_a_right_pipeline_has_no_mark(editor):
    text = f"{MODELINE}steps:\n  - boilerplate\n  - use: topics\n    with: {{threshold: 0.5}}\n"
    assert editor.open("right.yaml", text)[1] == []


def test_a_setting_of_a_plugin_is_completed(editor):
    text = f"{MODELINE}steps:\n  - use: topics\n    with:\n      \n"
    uri, _ = editor.open("completed.yaml", text)
    assert "threshold" in editor.complete(uri, 4, 6)


def test_the_steps_installed_are_completed(editor):
    uri, _ = editor.open("steps.yaml", f"{MODELINE}steps:\n  - use: \n")
    assert {"boilerplate", "language", "topics"} <= set(editor.complete(uri, 2, 9))


def test_a_setting_that_does_not_exist_is_marked_where_it_stands(editor):
    text = f"{MODELINE}steps:\n  - use: topics\n    with: {{treshold: 0.5}}\n"
    _, marks = editor.open("unknown.yaml", text)
    assert [(mark["range"]["start"]["line"], "treshold" in mark["message"]) for mark in marks] == [(3, True)], marks


def test_a_value_of_the_wrong_type_is_marked(editor):
    text = f"{MODELINE}steps:\n  - use: topics\n    with: {{threshold: high}}\n"
    _, marks = editor.open("wrong.yaml", text)
    assert [mark["range"]["start"]["line"] for mark in marks] == [3], marks


def test_the_description_of_a_setting_shows(editor):
    text = f"{MODELINE}steps:\n  - boilerplate\n  - use: drop\n    with: {{if: truncated}}\n"
    uri, _ = editor.open("hover.yaml", text)
    assert "When to drop" in editor.hover(uri, 4, 12)
