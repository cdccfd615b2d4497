/* Runs a program: a file, the standard input or code from the command line. */
#ifndef MOON_PROGRAM_H
#define MOON_PROGRAM_H

#include "options.h"

/* Until its main process ends. Returns the exit status. */
int moon_program_run(const moon_cli *cli);

#endif
