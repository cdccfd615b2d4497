/* The command line. */
#ifndef MOON_OPTIONS_H
#define MOON_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum moon_mode {
    MOON_RUN_PROMPT,
    MOON_RUN_FILE,   /* subject: a file's name; NULL: the standard input */
    MOON_RUN_CODE,   /* subject: the code */
    MOON_RUN_LEARN,  /* subject: a lesson's id, or NULL */
    MOON_RUN_LESSON, /* arguments: a lesson command and what it is for */
    MOON_PRINT_VERSION,
    MOON_PRINT_HELP,
} moon_mode;

/* All strings belong to the program's argv. */
typedef struct moon_cli {
    moon_mode mode;
    const char *subject;
    int argument_count; /* what comes behind the subject */
    char **arguments;
    bool virtual_clock;
    bool has_seed;
    uint64_t seed; /* 0 unless has_seed */
    bool no_colour;
    const char *events; /* the file that the event log goes to, or NULL */
    const char *record; /* the file that what is asked of the outside goes to, or NULL */
    const char *replay; /* the file that answers it, or NULL; never both */
} moon_cli;

/* False when the command line makes no sense; then one line has been written to stderr. */
bool moon_cli_parse(moon_cli *cli, int argc, char **argv);
/* The seed that a universe is to be given: the one asked for, or a random one. */
uint64_t moon_cli_seed(const moon_cli *cli);
/* Whether what goes to that file descriptor is to be coloured. */
bool moon_cli_colour(const moon_cli *cli, int fd);
extern const char moon_usage[];

#endif
