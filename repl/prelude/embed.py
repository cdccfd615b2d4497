#!/usr/bin/env python3
"""Turn the prelude's compiled Lua files into C, to be linked into the program.

    embed.py OUT.c OUT.h [FILE.luac...]

OUT.h declares, in the order of the arguments:

    struct prelude_file { const char *name; const char *chunk; size_t length; };
    extern const struct prelude_file prelude_files[];

`name` is the file's name without its folder ("agent.luac"), `chunk` what precompile.c has written. The
last entry is all null.
"""

import os
import sys

HEADER = """\
// Made by embed.py from the prelude's compiled Lua files.
#ifndef PRELUDE_FILES_H
#define PRELUDE_FILES_H

#include <stddef.h>

struct prelude_file {
    const char *name;   // "agent.luac"
    const char *chunk;  // what it was compiled to
    size_t length;      // in bytes
};

extern const struct prelude_file prelude_files[];

#endif
"""


def c_bytes(data):
    """The bytes of `data` as the inside of an array's braces, 20 in a line."""
    numbers = [str(byte) for byte in data]
    return ",\n".join("    " + ",".join(numbers[i:i + 20]) for i in range(0, len(numbers), 20))


def main():
    out_c, out_h, *paths = sys.argv[1:]
    lines = ['#include "%s"' % os.path.basename(out_h), ""]
    entries = []
    for number, path in enumerate(paths):
        with open(path, "rb") as file:
            data = file.read()
        name = os.path.basename(path)
        lines += ["// " + name, "static const unsigned char file_%d[] = {" % number,
                  c_bytes(data), "};", ""]
        entries.append('    {"%s", (const char *)file_%d, %d},' % (name, number, len(data)))
    lines += ["const struct prelude_file prelude_files[] = {", *entries, "    {NULL, NULL, 0},",
              "};"]
    with open(out_c, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    with open(out_h, "w", encoding="utf-8") as file:
        file.write(HEADER)


main()
