#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char moon_usage[] =
    "usage: moonbeam [options]                       the prompt\n"
    "       moonbeam [options] FILE.lua [argument…]  run a program\n"
    "       moonbeam [options] -e CODE [argument…]   run CODE; an expression's value is printed\n"
    "       moonbeam [options] - [argument…]         run a program from the standard input\n"
    "       moonbeam learn [ID]                      the course, or one lesson of it\n"
    "       moonbeam lesson check FILE…              check lessons\n"
    "       moonbeam lesson new FILE                 a sketch of a lesson\n"
    "\n"
    "  --virtual    the virtual clock: time jumps to the next timer when nothing can run\n"
    "  --seed N     the seed of everything that is left to chance\n"
    "  --events F   write the event log of a program to the file F\n"
    "  --record F   write what the outside (HTTP) is asked and tells a program to the file F\n"
    "  --replay F   run a program with what the outside told when F was recorded\n"
    "  --no-color   no colours (as does the environment variable NO_COLOR)\n"
    "  --version    print the version\n"
    "  --help       print this\n";

static bool complain(const char *what, const char *about) {
    fprintf(stderr, "moonbeam: %s%s (moonbeam --help tells what there is)\n", what, about);
    return false;
}

/* Whether *word is that option, whose value (NULL: missing) goes to *value; *word is moved to the
 * value if that is a word of its own. */
static bool is_option(char ***word, const char *name, const char **value) {
    size_t size = strlen(name);
    if (strncmp(**word, name, size) != 0) {
        return false;
    }
    if ((**word)[size] == '=') {
        *value = **word + size + 1;
        return true;
    }
    if ((**word)[size] != '\0') {
        return false;
    }
    *value = (*word)[1];
    *word += *value != NULL;
    return true;
}

static bool parse_seed(moon_cli *cli, const char *text) {
    if (text == NULL) {
        return complain("--seed wants a number", "");
    }
    char *end = NULL;
    errno = 0;
    cli->seed = strtoull(text, &end, 0);
    if (errno != 0 || end == text || *end != '\0' || *text == '-') {
        return complain("--seed wants a number, not ", text);
    }
    cli->has_seed = true;
    return true;
}

/* Takes one option off *argv, which is moved to its last word. */
static bool parse_option(moon_cli *cli, char ***argv) {
    const char *word = **argv, *value = NULL;
    if (strcmp(word, "--virtual") == 0) {
        cli->virtual_clock = true;
    } else if (strcmp(word, "--no-color") == 0 || strcmp(word, "--no-colour") == 0) {
        cli->no_colour = true;
    } else if (strcmp(word, "--version") == 0 || strcmp(word, "-v") == 0) {
        cli->mode = MOON_PRINT_VERSION;
    } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        cli->mode = MOON_PRINT_HELP;
    } else if (is_option(argv, "--seed", &value)) {
        return parse_seed(cli, value);
    } else if (is_option(argv, "--events", &cli->events)) {
        return cli->events != NULL || complain("--events wants a file", "");
    } else if (is_option(argv, "--record", &cli->record)) {
        cli->virtual_clock = true;
        return cli->record != NULL || complain("--record wants a file", "");
    } else if (is_option(argv, "--replay", &cli->replay)) {
        cli->virtual_clock = true;
        return cli->replay != NULL || complain("--replay wants a file", "");
    } else {
        return complain("unknown option ", word);
    }
    return true;
}

/* What only a program can have. */
static bool check_prompt(const moon_cli *cli) {
    const char *option = cli->events != NULL   ? "--events"
                         : cli->record != NULL ? "--record"
                         : cli->replay != NULL ? "--replay"
                                               : NULL;
    return option == NULL || complain(option, " is for a program");
}

/* What is left behind the options: words ends with NULL. */
static bool parse_words(moon_cli *cli, char **words) {
    const char *first = *words;
    if (cli->record != NULL && cli->replay != NULL) {
        return complain("--record and --replay exclude each other", "");
    }
    if (first == NULL) {
        cli->mode = MOON_RUN_PROMPT;
        return check_prompt(cli);
    }
    words++;
    if (strcmp(first, "learn") == 0) {
        cli->mode = MOON_RUN_LEARN;
        cli->subject = *words;
        if (*words != NULL && words[1] != NULL) {
            return complain("learn wants one lesson at a time, not also ", words[1]);
        }
        return true;
    }
    if (strcmp(first, "lesson") == 0) {
        cli->mode = MOON_RUN_LESSON;
    } else if (strcmp(first, "-e") == 0) {
        cli->mode = MOON_RUN_CODE;
        cli->subject = *words;
        if (*words == NULL) {
            return complain("-e wants code", "");
        }
        words++;
    } else {
        cli->mode = MOON_RUN_FILE;
        cli->subject = strcmp(first, "-") == 0 ? NULL : first;
    }
    cli->arguments = words;
    while (words[cli->argument_count] != NULL) {
        cli->argument_count++;
    }
    return true;
}

bool moon_cli_parse(moon_cli *cli, int argc, char **argv) {
    *cli = (moon_cli){.mode = MOON_RUN_PROMPT};
    char **word = argv + (argc > 0);
    for (; *word != NULL && **word == '-'; word++) {
        if (strcmp(*word, "--") == 0) {
            word++;
            break;
        }
        if (strcmp(*word, "-") == 0 || strcmp(*word, "-e") == 0) {
            break;
        }
        if (!parse_option(cli, &word)) {
            return false;
        }
        if (cli->mode != MOON_RUN_PROMPT) {
            return true;
        }
    }
    return parse_words(cli, word);
}

uint64_t moon_cli_seed(const moon_cli *cli) {
    /* Under the virtual clock a run is a function of its input, also when nobody names a seed. */
    if (cli->has_seed || cli->virtual_clock) {
        return cli->seed;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000007u ^ (uint64_t)now.tv_nsec << 20 ^ (uint64_t)getpid();
}

bool moon_cli_colour(const moon_cli *cli, int fd) {
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return !cli->no_colour && (no_colour == NULL || *no_colour == '\0') && isatty(fd) &&
           terminal != NULL && strcmp(terminal, "dumb") != 0;
}
