#!/usr/bin/python3
"""How fast curl itself brings the same items to the same platform: batches as kiosk-syncd makes them, one after the other
over one kept connection (curl --next). Prints items a second."""
import base64
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import uuid


def uuid7(ms, n):
    value = (ms << 80) | (7 << 76) | ((n & 0xfff) << 64) | (2 << 62) | int.from_bytes(os.urandom(7), "big")
    return str(uuid.UUID(int=value))


def batch(install, first, count, size):
    items, ms = [], int(time.time() * 1000)
    for i in range(count):
        sealed = os.urandom(size)
        items.append({"id": uuid7(ms, i), "kind": "application", "seq": first + i, "install_id": install, "suite": 1,
                      "key_id": "bench", "size": size, "sha256": hashlib.sha256(sealed).hexdigest(),
                      "sealed": base64.b64encode(sealed).decode(),
                      "clock": {"boot_id": install, "boot_ms": 1, "clock_quality": "ntp"}})
    return json.dumps({"items": items}).encode()


def main():
    url, data, keys, count, size, per_batch = sys.argv[1:7]
    count, size, per_batch = int(count), int(size), int(per_batch)
    data, install = pathlib.Path(data), str(uuid.uuid4())
    with tempfile.TemporaryDirectory() as d:
        arguments, done = ["curl", "--silent", "--show-error"], 0
        while done < count:
            n = min(per_batch, count - done)
            plain = pathlib.Path(d) / f"{done}.json"
            plain.write_bytes(batch(install, 5_000_000 + done, n, size))
            subprocess.run(["zstd", "-q", "-3", "--rm", plain], check=True)
            packed = plain.with_suffix(".json.zst")
            digest = base64.b64encode(hashlib.sha256(packed.read_bytes()).digest()).decode()
            if done:
                arguments += ["--next", "--silent", "--show-error"]
            arguments += ["--cacert", f"{keys}/trust/platform-ca.pem", "--cert", str(data / "cert.pem"), "--key",
                          str(data / "key.pem"), "--http1.1", "--output", "/dev/null", "--write-out", "%{http_code}\\n", "-H", "Content-Type: application/json",
                          "-H", "Content-Encoding: zstd", "-H", f"Content-Digest: sha-256=:{digest}:", "-H", "Expect:",
                          "--data-binary", f"@{packed}", f"{url}/v1/submission-batches"]
            done += n
        before = time.monotonic()
        answers = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.split()
        took = time.monotonic() - before
        if set(answers) != {"200"} or len(answers) != -(-count // per_batch):
            sys.exit(f"the platform answered {answers}")
        print(count / took)


if __name__ == "__main__":
    main()
