"""Sends messages at a fixed rate, receives their status callbacks, and checks that nothing is missing."""

import asyncio
import base64
import collections
import json
import time
import urllib.parse

ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "0123456789abcdef0123456789abcdef"
STATUSES = ["queued", "sent", "delivered"]


async def read_message(reader):
    """Reads one HTTP request or response: its first line, its headers in lower case and its body."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        return lines[0], headers, body
    return lines[0], headers, await reader.readexactly(int(headers.get("content-length", 0)))


class Load:
    """The load, and everything that was answered."""

    def __init__(self, port, rate):
        self.port, self.rate = port, rate
        self.service = None
        self.accepted = {}  # SID: when it was answered
        self.answers = []  # (when, status); 0: none
        self.unready = []  # when /readyz did not answer 200
        self.callbacks = collections.defaultdict(list)  # SID: (status, token)
        self.is_stopped = False
        self.tasks = set()

    async def prepare(self):
        """Starts the receiver, and makes the Messaging Service."""
        self.receiver = await asyncio.start_server(self._receive, "127.0.0.1", 0, backlog=512)
        url = f"http://127.0.0.1:{self.receiver.sockets[0].getsockname()[1]}/"
        numbers = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json"
        number = await self._create(numbers, PhoneNumber="+14155550161")
        service = await self._create("/v1/Services", FriendlyName="Failover", StatusCallback=url)
        await self._create(f"/v1/Services/{service}/PhoneNumbers", PhoneNumberSid=number)
        self.service = service

    async def run(self):
        """Sends at the fixed rate, whatever the answers are, until it is stopped."""
        began, sent = time.monotonic(), 0
        watching = asyncio.create_task(self._watch_readiness())
        while not self.is_stopped:
            while sent < (time.monotonic() - began) * self.rate:
                task = asyncio.create_task(self._send(sent))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)
                sent += 1
            await asyncio.sleep(0.01)
        await asyncio.gather(*self.tasks)
        await watching

    def outage(self, since):
        """What a fault did: the longest time without a 201 since then, and the other answers."""
        times = [when for when, status in self.answers if status == 201 and when >= since]
        gaps = [b - a for a, b in zip([since, *times], [*times, time.monotonic()])]
        others = collections.Counter(status for when, status in self.answers if status != 201 and when >= since)
        return {"seconds": round(max(gaps), 1), "answers": dict(others),
                "unready": sum(when >= since for when in self.unready)}

    def find_broken(self, histories, hand_overs):
        """
        Compares the messages that were answered 201 with the database and the callbacks.

        histories: SID to all its statuses; hand_overs: SID to how often it was handed to the carrier.
        """
        history = " ".join(["accepted", "queued", "sending", "sent", "delivered"])
        lost = [sid for sid in self.accepted if sid not in histories]
        undelivered = [sid for sid in self.accepted if histories.get(sid, history) != history]
        twice = [sid for sid, count in hand_overs.items() if count > 1]
        missing, disordered, tokens, repeats = [], [], [], 0
        for sid in self.accepted.keys() & histories.keys():
            first = list(dict.fromkeys(status for status, _ in self.callbacks[sid]))
            repeats += len(self.callbacks[sid]) - len(first)
            if sorted(first) != sorted(STATUSES):
                missing.append(sid)
            elif first != STATUSES:
                disordered.append(sid)
            if len(set(self.callbacks[sid])) > len(first):
                tokens.append(sid)
        return {"lost": lost, "not delivered": undelivered, "handed over twice": twice,
                "without all callbacks": missing, "first callbacks out of order": disordered,
                "repeated with another token": tokens}, repeats

    async def _send(self, number):
        form = {"MessagingServiceSid": self.service, "To": f"+1415{2000000 + number}", "Body": f"Message {number}"}
        status, body = 0, b""
        try:
            status, body = await asyncio.wait_for(
                self._request("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", form), 20)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            pass
        now = time.monotonic()
        self.answers.append((now, status))
        if status == 201:
            self.accepted[json.loads(body)["sid"]] = now

    async def _watch_readiness(self):
        while not self.is_stopped:
            try:
                status, _ = await asyncio.wait_for(self._request("GET", "/readyz"), 3)
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
                status = 0
            if status != 200:
                self.unready.append(time.monotonic())
            await asyncio.sleep(1)

    async def _create(self, path, **form):
        status, body = await self._request("POST", path, form)
        if status != 201:
            raise RuntimeError(f"{path} answered {status}: {body.decode()}")
        return json.loads(body)["sid"]

    async def _request(self, method, path, form=None):
        body = urllib.parse.urlencode(form or {}).encode()
        credentials = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write((f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                          f"Authorization: Basic {credentials}\r\nContent-Length: {len(body)}\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n\r\n").encode() + body)
            line, _, answer = await read_message(reader)
            return int(line.split()[1]), answer
        finally:
            writer.close()

    async def _receive(self, reader, writer):
        try:
            while True:
                _, headers, body = await read_message(reader)
                form = dict(urllib.parse.parse_qsl(body.decode()))
                self.callbacks[form["MessageSid"]].append(
                    (form["MessageStatus"], headers.get("i-twilio-idempotency-token")))
                writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
