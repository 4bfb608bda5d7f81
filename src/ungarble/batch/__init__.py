"""Cleans many transcripts: a folder at a time, and nothing is lost.

    selection ─▶ plan ─▶ workers(cleaning) ─▶ journal, then storage.commit ─▶ totals, report
                 │        each file alone      in one process only             in the order of the input
                 └─ refuses what would do harm, before anything is written

A worker reads, cleans and checks a file, and leaves the result beside its place under a temporary name. Only the
process that runs the batch writes into the journal and gives results their names, so whatever dies, nothing is half
done. Where work runs (``workers``) and where files live (``storage``) are one module each, and no other knows.
"""
