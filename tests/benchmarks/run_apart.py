"""Run a program, and print its exit code, seconds, seconds of processor time, and memory at the most in bytes.

A small process of its own does this, as a system counts a program's memory from the process that starts it.
The last two are null where they cannot be told.
"""

import json
import subprocess
import sys
import time

if __name__ == "__main__":
    began = time.perf_counter()
    code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    try:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(json.dumps([code, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit]))
    except ImportError:
        print(json.dumps([code, seconds, None, None]))
