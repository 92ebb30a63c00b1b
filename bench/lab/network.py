"""Hosts with a delay between them, on one machine, for `npm run bench -- join`.

    python3 network.py DELAY_MS host [host …]

Every host is a network namespace `sg-<host>` with the address 10.81.0.<n> on a TUN device; this process is the wire between
them and holds each packet for DELAY_MS in each direction (so RTT = 2 x DELAY_MS). Kernels here have no netem.
Prints `ready` when packets flow; SIGTERM takes everything down. Needs root, /dev/net/tun and iproute2.
"""
import fcntl, heapq, os, select, signal, struct, subprocess, sys, time

SUBNET = bytes([10, 81, 0])
TUNSETIFF, IFF_TUN_NO_PI = 0x400454CA, 0x1001


def run(*words, check=True):
    subprocess.run(words, check=check, capture_output=True)


def open_host(name, number):
    """A TUN device of this process, moved into the host's namespace; returns its file descriptor."""
    device, namespace = f'sgtun{number}', f'sg-{name}'
    fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack('16sH22x', device.encode(), IFF_TUN_NO_PI))
    run('ip', 'netns', 'del', namespace, check=False)
    run('ip', 'netns', 'add', namespace)
    run('ip', 'link', 'set', device, 'netns', namespace)
    inside = ('ip', '-n', namespace)
    run(*inside, 'addr', 'add', f'10.81.0.{number}/24', 'dev', device)
    run(*inside, 'link', 'set', 'lo', 'up')
    run(*inside, 'link', 'set', device, 'up', 'txqueuelen', '1000')
    return fd


def carry(hosts, delay_s):
    """Moves packets between the hosts until told to stop; order is kept because the delay is the same for all."""
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(True))
    waiting = []
    serial = 0
    print('ready', flush=True)
    while not stopping:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, _, fd, packet = heapq.heappop(waiting)
            try:
                os.write(fd, packet)
            except OSError:
                pass  # a full queue drops, as a real one does
        patience = 0.5 if not waiting else max(0.0, waiting[0][0] - time.monotonic())
        for fd in select.select(hosts, [], [], patience)[0]:
            for _ in range(64):
                try:
                    packet = os.read(fd, 65535)
                except OSError:
                    break
                to = packet[19] - 1 if len(packet) >= 20 and packet[0] >> 4 == 4 and packet[16:19] == SUBNET else -1
                if 0 <= to < len(hosts) and hosts[to] != fd:
                    serial += 1
                    heapq.heappush(waiting, (time.monotonic() + delay_s, serial, hosts[to], packet))


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    names = sys.argv[2:]
    descriptors = [open_host(name, index + 1) for index, name in enumerate(names)]
    try:
        carry(descriptors, float(sys.argv[1]) / 1000)
    finally:
        for name in names:
            run('ip', 'netns', 'del', f'sg-{name}', check=False)
