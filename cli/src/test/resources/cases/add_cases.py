# SPDX-License-Identifier: Apache-2.0
"""Adds golden cases to the archives in ops/ beside this file, in place of cases of the same name.

    python add_cases.py [--to FOLDER] OP/CASE.zip ...

A case is a zip of graph.pb, meta.json, in/NAME.npy and out/TENSOR.npy, its folder is named like the TensorFlow op it
is about. ops/OP.zip holds stored archives of the op's cases, so that compression sees all files of a case. An archive
for each op keeps changes of different ops apart. Cases that are about no single op are in other folders (--to keras).
"""
import io
import json
import pathlib
import sys
import zipfile

KEPT = ("op", "case", "inputs", "outputs", "check", "tolerance")


def entries(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {n: z.read(n) for n in z.namelist()}


def packed(files, compression):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression, compresslevel=9) as z:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0
            info.compress_type = compression
            z.writestr(info, data)
    return out.getvalue()


def case(path):
    files = entries(path.read_bytes())
    meta = json.loads(files["meta.json"])
    files["meta.json"] = json.dumps({k: meta[k] for k in KEPT if k in meta}, separators=(",", ":")).encode()
    return packed(files, zipfile.ZIP_STORED)


def main(folder, paths):
    archives = pathlib.Path(__file__).with_name(folder)
    archives.mkdir(exist_ok=True)
    by_op = {}
    for path in map(pathlib.Path, paths):
        by_op.setdefault(path.parent.name, {})[path.name] = case(path)
    for op, cases in by_op.items():
        archive = archives / (op + ".zip")
        kept = entries(archive.read_bytes()) if archive.exists() else {}
        archive.write_bytes(packed(dict(sorted((kept | cases).items())), zipfile.ZIP_DEFLATED))


if sys.argv[1] == "--to":
    main(sys.argv[2], sys.argv[3:])
else:
    main("ops", sys.argv[1:])
