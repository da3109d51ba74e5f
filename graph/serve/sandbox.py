"""What a worker process gives up before it reads a query: network, memory, core dumps.

Two walls keep it from the network, and each is enough: a network namespace of its own (unshare(2)), and
a system call filter (seccomp(2), mode filter) that refuses every new socket.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
from typing import Final

_NEW_USER: Final = 0x10000000
_NEW_NET: Final = 0x40000000
_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER: Final = 2
# Architecture as the kernel names it in a filter, and the number of socket(2) there.
_SOCKET: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_X32: Final = 0x40000000
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 1  # EPERM
# Classic BPF: load a word, jump if equal, jump if greater or equal, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06


def enter(memory_bytes: int) -> bool:
    """Limit memory and leave the network for good; True when the network is really gone.

    Must run before any thread starts.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    apart, deaf = unshare(), refuse_sockets()
    return apart or deaf


def unshare() -> bool:
    """Move this process into a network of its own with nothing in it; False when the system does not allow it."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = _NEW_NET if os.geteuid() == 0 else _NEW_USER | _NEW_NET
    return libc.unshare(flags) == 0 or bool(libc.unshare(_NEW_USER | _NEW_NET) == 0)


def refuse_sockets() -> bool:
    """Let every later socket(2) of this process fail; False when the system does not allow it."""
    if platform.machine() not in _SOCKET:
        return False
    architecture, number = _SOCKET[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_EQUAL, 0, 4, architecture),  # of another one: refuse
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, 2, 0, _X32),  # by the other numbering: refuse
        (_EQUAL, 1, 0, number),  # socket: refuse
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    steps = ctypes.create_string_buffer(code, len(code))
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(steps)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(whole), 0, 0) == 0)
