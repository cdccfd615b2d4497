/* The program `moonbeam`. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "host/program.h"
#include "options.h"
#include "player/player.h"
#include "shell/repl.h"

static int print(const char *text) {
    fputs(text, stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}

int main(int argc, char **argv) {
    moon_cli cli;
    if (!moon_cli_parse(&cli, argc, argv)) {
        return 2;
    }
    /* Whoever writes learns from EPIPE; a peer that hangs up ends one socket, not everything. */
    signal(SIGPIPE, SIG_IGN);
    switch (cli.mode) {
    case MOON_RUN_PROMPT: return moon_repl(&cli);
    case MOON_RUN_FILE:
    case MOON_RUN_CODE: return moon_program_run(&cli);
    case MOON_RUN_LEARN: return moon_learn(cli.subject, moon_cli_colour(&cli, STDOUT_FILENO));
    case MOON_RUN_LESSON: return moon_lesson_command(cli.argument_count, cli.arguments);
    case MOON_PRINT_VERSION: return print("moonbeam " MOONBEAM_VERSION "\n");
    case MOON_PRINT_HELP: return print(moon_usage);
    }
    return 2;
}
