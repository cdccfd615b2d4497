#!/usr/bin/env python3
"""run.py MOONBEAM [--seeds FIRST-LAST] [--live]: random operations on ETS tables, compared with what
Elixir recorded, or with Elixir itself (--live). run.py --record writes the recording anew."""
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import scenario  # noqa: E402
import seeds  # noqa: E402

if __name__ == "__main__":
    sys.exit(seeds.main(HERE, scenario, __doc__))
