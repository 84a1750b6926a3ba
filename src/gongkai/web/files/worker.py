"""The process in which files of others are opened: no Django, little memory, killed when it takes too long.

Frames on stdin: length of a JSON head (4 bytes), the head `{"op", …}`, length of the data (8 bytes), the data. Frames
on stdout have the same shape. What the libraries print goes to stderr.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

Answer = tuple[dict[str, Any], bytes]


def read_frame(stream: BinaryIO) -> Answer | None:
    """The next frame; None at the end of the stream or when it broke off."""
    head = _exactly(stream, 4)
    if head is None:
        return None
    body = _exactly(stream, struct.unpack(">I", head)[0])
    size = _exactly(stream, 8)
    if body is None or size is None:
        return None
    data = _exactly(stream, struct.unpack(">Q", size)[0])
    return None if data is None else (json.loads(body), data)


def write_frame(stream: BinaryIO, head: dict[str, Any], data: bytes = b"") -> None:
    """Write one frame and flush."""
    body = json.dumps(head, ensure_ascii=False).encode()
    stream.write(struct.pack(">I", len(body)) + body + struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    parts: list[bytes] = []
    while count:
        part = stream.read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _bound(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))


def _operations() -> dict[str, Callable[[dict[str, Any], bytes], Answer]]:
    from gongkai.web.files import operations

    return operations.ALL


def main() -> None:
    """Serve frames until the stream ends."""
    memory = int(sys.argv[1]) if len(sys.argv) > 1 else 1024 * 1024 * 1024
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    operations = _operations()
    _bound(memory)
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        head, data = frame
        try:
            answer, blob = operations[head["op"]](head, data)
        except MemoryError:
            answer, blob = {"failed": "memory"}, b""
        except Exception as error:  # noqa: BLE001 - said in the next line
            # Whatever a hostile file makes a library raise is told to the desk, which says it in one sentence.
            print(f"{head.get('op')}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            answer, blob = {"failed": type(error).__name__}, b""
        write_frame(out, answer, blob)


if __name__ == "__main__":
    main()
