"""Benchmarks: each measures its own baseline in the same run, on the same machine and data.

A benchmark is a function in a file `bench_*.py` here:

    @benchmark("import")
    def import_contacts(stage: Stage) -> Iterator[Figure]:
        yield Figure("import 100,000 contacts", ours=…, baseline=…, unit="rows/s", ratio_from=0.35)

`stage` is a migrated database filled by `data.py`; see `stage.py`. Every run may change the data as it likes as long
as it leaves the big firm's rows as it found them, because the filled database is kept for the next run.
"""
