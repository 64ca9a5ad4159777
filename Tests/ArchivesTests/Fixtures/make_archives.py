"""Writes the small archives that ArchivesTests reads. Python's standard library, and `xz`, `zstd` on the path.

The same three files in every format, and one archive for each way of being wrong. Times and owners are fixed, so
that a second run gives the same bytes.
"""
import bz2
import gzip
import io
import json
import lzma
import platform
import struct
import subprocess
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
TRAIN = "".join(json.dumps({"question": f"is {i} even", "label": i % 2 == 0}) + "\n" for i in range(400)).encode()
VAL = "".join(json.dumps({"question": f"is {i} odd", "label": i % 2 == 1}) + "\n" for i in range(20)).encode()
FILES = [("BoolQ/train.jsonl", TRAIN), ("BoolQ/val.jsonl", VAL), ("BoolQ/größe.txt", "naïve\n".encode())]


def make_zip(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, content in files:
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = method
            z.writestr(info, content)
    return out.getvalue()


def make_tar(files, link=None):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as t:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo(link[0])
            info.type = tarfile.SYMTYPE
            info.linkname = link[1]
            t.addfile(info)
    return out.getvalue()


def write(name, content):
    (HERE / name).write_bytes(content)
    return len(content)


def make_endless():
    """zstd over 500 frames of zstd over one gzip of empty stored blocks: 50 GB that unpack to nothing at all."""
    def pressed(content):
        return subprocess.run(["zstd", "-q", "-c", "-3"], input=content, capture_output=True, check=True).stdout
    head = bytes.fromhex("1f8b0800000000000003")
    blocks = b"\x00\x00\x00\xff\xff" * ((100 << 20) // 5)
    return pressed(pressed(head) + pressed(blocks) * 500)


def main():
    for old in HERE.glob("good*"):
        old.unlink()
    zipped, tarred = make_zip(FILES), make_tar(FILES)
    packed = gzip.compress(tarred, mtime=0)
    write("good.zip", zipped)
    write("good-stored.whl", make_zip(FILES, zipfile.ZIP_STORED)[:])
    write("good.tar.gz", packed)
    write("good.tar.xz", lzma.compress(tarred))
    write("good.tar.bz2", bz2.compress(tarred))
    write("good.tar.zst", subprocess.run(["zstd", "-19", "-c"], input=tarred, capture_output=True, check=True).stdout)
    write("good-single.jsonl.gz", gzip.compress(VAL, mtime=0))

    # Broken off, in the middle and within the last bytes.
    for name, content in [("zip", zipped), ("tar.gz", packed)]:
        write(f"truncated-half.{name}", content[: len(content) // 2])
        write(f"truncated-end.{name}", content[:-12])
    write("truncated-half.tar.xz", lzma.compress(tarred)[:200])
    write("truncated-half.tar.zst", (HERE / "good.tar.zst").read_bytes()[:200])
    write("truncated-single.jsonl.gz", gzip.compress(VAL, mtime=0)[:-20])
    # One flipped bit in the packed data of the first entry: only its checksum tells.
    stored = bytearray(make_zip(FILES, zipfile.ZIP_STORED))
    stored[stored.index(b"is 7 even") + 3] ^= 1
    write("flipped.zip", bytes(stored))
    deflated = bytearray(zipped)
    deflated[200] ^= 0x10
    write("flipped-deflated.zip", bytes(deflated))

    # A literal letter changed in stored (not compressed) gzip data: only the trailer's checksum tells.
    plain = bytearray(gzip.compress(make_tar(FILES[1:2]), compresslevel=0, mtime=0))
    plain[plain.index(b"is 7 odd") + 3] ^= 1
    write("flipped.tar.gz", bytes(plain))
    plain = bytearray(gzip.compress(VAL, compresslevel=0, mtime=0))
    plain[plain.index(b"is 7 odd") + 3] ^= 1
    write("flipped.jsonl.gz", bytes(plain))

    write("absolute.zip", make_zip([("/etc/passwd", b"x")]))
    write("escaping.tar", make_tar([("BoolQ/train.jsonl", b"x"), ("BoolQ/../../evil", b"x")]))
    import warnings
    warnings.simplefilter("ignore")
    write("duplicate.zip", make_zip([("BoolQ/train.jsonl", b"first"), ("BoolQ/train.jsonl", b"other"), ("a", b"a")]))
    write("two-folders.zip", make_zip([("a/train.jsonl", b"first"), ("b/train.jsonl", b"other"),
                                       ("__MACOSX/b/._val.jsonl", b"?"), ("b/val.jsonl", b"val")]))
    write("link.tar", make_tar([("target", b"x")], link=("BoolQ/train.jsonl", "/etc/passwd")))
    encrypted = bytearray(make_zip([("secret.txt", b"not really encrypted, only marked so")]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = encrypted.index(signature) + offset
        encrypted[at:at + 2] = struct.pack("<H", 1)
    write("encrypted.zip", bytes(encrypted))
    write("error-page.zip", b"<html><body>404 Not Found</body></html>\n")
    write("error-page.tar.gz", b"<html><body>404 Not Found</body></html>\n")
    write("not-a-tar.tar.gz", gzip.compress(VAL, mtime=0))
    write("endless.tar.zst", make_endless())
    (HERE / "expected.json").write_text(json.dumps({
        "made_by": f"make_archives.py, Python {platform.python_version()}",
        "files": {name: __import__("hashlib").sha256(content).hexdigest() for name, content in FILES},
        "sizes": {name: len(content) for name, content in FILES},
    }, indent=1, ensure_ascii=False) + "\n")


main()
