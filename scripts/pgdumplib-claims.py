"""Reads a directory archive with pgdumplib, or writes an old custom archive with it; see acceptance-pgdumplib."""

import collections
import gzip
import os
import struct
import subprocess
import sys

import pgdumplib
from pgdumplib import converters


class Repacking:
    """The table of contents of a directory archive, copied field by field into a custom file (format 1.14)."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "toc.dat"), "rb") as file:
            self.bytes = file.read()
        self.position = 0
        self.output = bytearray()

    def take(self, count):
        self.position += count
        return self.bytes[self.position - count : self.position]

    def integer(self):
        sign, value = struct.unpack("<bi", self.take(5))
        return -value if sign else value

    def text(self):
        length = self.integer()
        return None if length < 0 else self.take(length)

    def put_integer(self, number):
        self.output += struct.pack("<bi", 1 if number < 0 else 0, abs(number))

    def copy_integer(self):
        number = self.integer()
        self.put_integer(number)
        return number

    def copy_text(self):
        text = self.text()
        self.put_integer(-1 if text is None else len(text))
        self.output += text or b""
        return text

    def write(self, path):
        assert self.take(11) == b"PGDMP\x01\x0e\x00\x04\x08\x03", "a directory archive of format 1.14"
        self.output += b"PGDMP\x01\x0e\x00\x04\x08\x01"
        self.integer()
        self.put_integer(0)
        for _ in range(7):
            self.copy_integer()
        for _ in range(3):
            self.copy_text()
        files = []
        for _ in range(self.copy_integer()):
            identity = self.copy_integer()
            self.copy_integer()
            for _ in range(3):
                self.copy_text()
            kind = self.copy_text()
            self.copy_integer()
            for _ in range(7):
                self.copy_text()
            self.copy_text()
            while self.copy_text() is not None:
                pass
            name = self.text()
            if name and kind == b"TABLE DATA":
                files.append((identity, name.decode(), len(self.output)))
                self.output += b"\x02" + bytes(8)
            else:
                self.output += b"\x03" + bytes(8)
        assert self.position == len(self.bytes), "nothing is left of the table of contents"
        for identity, name, place in files:
            struct.pack_into("<q", self.output, place + 1, len(self.output))
            self.output += b"\x01"
            self.put_integer(identity)
            rows = self.rows(name)
            for start in range(0, len(rows), 1 << 20):
                piece = rows[start : start + (1 << 20)]
                self.put_integer(len(piece))
                self.output += piece
            self.put_integer(0)
        with open(path, "wb") as file:
            file.write(self.output)

    def rows(self, name):
        path = os.path.join(self.folder, name)
        with gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb") as file:
            return file.read()


def read(folder, path, database):
    Repacking(folder).write(path)
    dump = pgdumplib.load(path, converters.NoOpConverter)
    failed = 0
    for entry in dump.entries:
        if entry.desc != "TABLE DATA":
            continue
        found = collections.Counter(row if isinstance(row, str) else row[0] for row in dump.table_data(entry.namespace, entry.tag))
        table = ".".join('"' + name.replace('"', '""') + '"' for name in (entry.namespace, entry.tag))
        lines = subprocess.run(
            ["psql", "-Xqd", database, "-c", f"COPY {table} TO STDOUT"], check=True, capture_output=True, text=True
        ).stdout.split("\n")[:-1]
        holds = found == collections.Counter(lines)
        failed += not holds
        print(f"{'ok  ' if holds else 'FAIL'} pgdumplib reads {sum(found.values())} rows of {table}, the database has {len(lines)}")
    assert dump.entries, "entries"
    sys.exit(1 if failed else 0)


def write(path):
    dump = pgdumplib.new("old", "UTF8", converters.NoOpConverter, "9.6.24")
    # pgdumplib always writes an entry that only newer archives have: their statements name their schemas.
    dump.entries = [entry for entry in dump.entries if entry.desc != "SEARCHPATH"]
    table = dump.add_entry(
        "TABLE", "public", "t", "postgres", "CREATE TABLE t (id integer NOT NULL, v text);\n", "DROP TABLE t;\n"
    )
    with dump.table_data_writer(table, ["id", "v"]) as writer:
        for number in range(1000):
            writer.append(str(number), f"value {number}")
        # pg_dump ends rows with this line, and rows without it pass for cut off; pgdumplib leaves it out.
        writer.append("\\.")
    dump.add_entry(
        "CONSTRAINT", "public", "t t_pkey", "postgres",
        "ALTER TABLE ONLY t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);\n",
        "ALTER TABLE ONLY t DROP CONSTRAINT t_pkey;\n", dependencies=[table.dump_id],
    )
    dump.save(path)


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
