"""S-LOOP-3, S-LOOP-18: one iteration runs what was ready, then what can be read before what can be
written, then timers.
"""

import asyncio
import socket


def one_iteration(loop):
    loop.stop()
    loop.run_forever()
    print("the iteration is over")


def main():
    loop = asyncio.new_event_loop()
    ours, peer = socket.socketpair()
    ours.setblocking(False)
    peer.setblocking(False)
    try:
        while True:
            ours.send(bytes(4096))
    except BlockingIOError:
        pass

    loop.add_writer(ours, print, "can be written")
    loop.add_reader(ours, print, "can be read")
    one_iteration(loop)

    loop.call_later(0, print, "timer")
    loop.call_soon(print, "callback")
    try:
        while True:
            peer.recv(4096)
    except BlockingIOError:
        pass
    peer.send(b"x")
    one_iteration(loop)
    loop.close()
    ours.close()
    peer.close()
