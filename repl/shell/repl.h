/* The program `moonbeam` without a file: a universe with a prompt. */
#ifndef MOON_REPL_H
#define MOON_REPL_H

#include "options.h"

/* Until the person leaves. Returns the exit status. */
int moon_repl(const moon_cli *cli);

#endif
