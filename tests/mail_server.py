"""A mail server (RFC 5321) that does what a test wants at each step: takes mail, refuses it, or keeps quiet."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a port of 127.0.0.1.

    `refusing` is the answer to a whole mail. At `silent_at`, `recipient` or `content`, it says nothing more until the
    client goes: of `content` it has heard the whole, `heard` counts these; `taken` are the mails that it answered for.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.refusing, self.silent_at, self.waiting = "", "", 0
        self.heard: list[EmailMessage] = []
        self.taken: list[EmailMessage] = []

    @property
    def url(self) -> str:
        """Return what FAIRLEAD_SMTP_URL is for it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        with suppress(OSError):
            self._say("220 mail.example")
            while word := self.rfile.readline():
                if not self._answer(word[:4].upper().strip()):
                    return

    def _answer(self, word: bytes) -> bool:
        if word == b"RCPT" and self.server.silent_at == "recipient":
            return self._keep_quiet()
        if word == b"DATA":
            self._say("354 go on")
            return self._content()
        self._say("221 bye" if word == b"QUIT" else "250 ok")
        return word != b"QUIT"

    def _content(self) -> bool:
        lines = iter(self.rfile.readline, b".\r\n")
        mail = message_from_bytes(b"".join(lines), _class=EmailMessage, policy=policy.default)  # type: ignore[arg-type]
        self.server.heard.append(mail)
        if self.server.silent_at == "content":
            return self._keep_quiet()
        if not self.server.refusing:
            self.server.taken.append(mail)
        self._say(self.server.refusing or "250 taken")
        return True

    def _keep_quiet(self) -> bool:
        self.server.waiting += 1
        self.rfile.read()  # until the client goes
        return False

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run one for the length of the block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
