#include "shell/repl.h"

#include <stdio.h>
#include <unistd.h>

#include "player/school.h"
#include "shell/prompt.h"

static const char banner[] =
    "\x1b[33m☾\x1b[0m \x1b[1mMoonbeam\x1b[0m " MOONBEAM_VERSION
    " \x1b[2m· actors and OTP behaviours in Lua 5.4\x1b[0m\n"
    "  \x1b[36mh()\x1b[0m for help, \x1b[36mTab\x1b[0m completes, \x1b[36mCtrl-D\x1b[0m leaves\n";
static const char plain_banner[] =
    "Moonbeam " MOONBEAM_VERSION " - actors and OTP behaviours in Lua 5.4\n"
    "h() for help, Tab completes, Ctrl-D leaves\n";

static moon_universe *make_universe(const moon_cli *cli, moon_prompt *prompt) {
    moon_options options = {.virtual_clock = cli->virtual_clock, .seed = moon_cli_seed(cli)};
    moon_prompt_fill(prompt, &options);
    return moon_universe_new(&options);
}

int moon_repl(const moon_cli *cli) {
    bool colour = moon_cli_colour(cli, STDOUT_FILENO);
    moon_prompt_options options = {.banner = colour ? banner : plain_banner, .colour = colour};
    moon_school *school = moon_school_new();
    moon_school_listen(school, &options);
    moon_loop *loop = moon_loop_new();
    moon_prompt *prompt = loop != NULL ? moon_prompt_new(loop, &options) : NULL;
    moon_universe *u = prompt != NULL ? make_universe(cli, prompt) : NULL;
    int status = 1;
    if (u != NULL && moon_prompt_attach(prompt, u)) {
        moon_school_open(school, prompt, u);
        status = moon_prompt_run(prompt);
    } else {
        fputs("moonbeam: cannot start: out of memory\n", stderr);
    }
    moon_school_free(school);
    moon_universe_free(u);
    moon_prompt_free(prompt);
    moon_loop_free(loop);
    return status;
}
