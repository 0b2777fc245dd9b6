"""Say plainly when the dashboard's port can't be had, and what to do; exit code 1 then."""

import errno
import socket
import sys


def reason_against(text: str) -> str | None:
    """Why the dashboard can't listen on this port of localhost; None when it can."""
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        return f"PORT={text} is not a port; choose a number from 1024 to 65535."
    for family, kind, protocol, _, address in socket.getaddrinfo(
        "localhost", int(text), type=socket.SOCK_STREAM
    ):
        try:
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
                trial.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return (
                    f"Port {text} is taken: something else runs there, perhaps Werkvloer itself.\n"
                    f"Stop it, or choose another port: make run PORT={int(text) + 1}"
                )
    return None


if __name__ == "__main__":
    sys.exit(reason_against(sys.argv[1]))
