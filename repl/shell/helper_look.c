/* Helpers that look around: ps, tree, mailbox, log. */
#include <lauxlib.h>

#include "lua/argument.h"
#include "lua/context.h"
#include "lua/process.h"
#include "shell/helper_list.h"
#include "shell/page.h"

static mb_process *check_process(lua_State *L, int arg, const char *what) {
    mb_pid pid = moon_whereis(L, arg, what);
    mb_process *p = pid != 0 ? mb_lookup_settled(moon_rt(L), pid) : NULL;
    if (p == NULL) {
        luaL_error(L, "%s: no living process %s", what, luaL_tolstring(L, arg, NULL));
    }
    return p;
}

static int helper_ps(lua_State *L) {
    /* In the order of moon_process_order. */
    static const char *const orders[] = {"age", "mailbox", "memory", "reductions", NULL};
    moon_process_order order = (moon_process_order)moon_check_word(L, 1, "age", orders);
    lua_Integer most = 50;
    if (!lua_isnoneornil(L, 2)) {
        most = moon_check_integer(L, 2, 1, "a positive integer");
    }
    moon_page page;
    moon_page_begin(&page, L);
    moon_draw_processes(&page, order, (size_t)most);
    moon_page_end(&page);
    return 0;
}

static int helper_tree(lua_State *L) {
    mb_pid root = lua_isnoneornil(L, 1) ? 0 : mb_self(check_process(L, 1, "tree"));
    moon_page page;
    moon_page_begin(&page, L);
    moon_draw_supervision(&page, root);
    moon_page_end(&page);
    return 0;
}

static int helper_mailbox(lua_State *L) {
    mb_process *p = lua_isnoneornil(L, 1) ? moon_self(L) : check_process(L, 1, "mailbox");
    moon_page page;
    moon_page_begin(&page, L);
    moon_draw_mailbox(&page, p);
    moon_page_end(&page);
    return 0;
}

static int helper_log(lua_State *L) {
    lua_Integer count = 20;
    if (!lua_isnoneornil(L, 1)) {
        count = moon_check_integer(L, 1, 0, "a number of events");
    }
    moon_page page;
    moon_page_begin(&page, L);
    moon_narrate(&page, (uint64_t)count);
    moon_page_end(&page);
    return 0;
}

const moon_binding moon_look_helpers[] = {
    {"ps",
     "ps([order = \"age\" [, most = 50]])\n\n"
     "Prints a table of the living processes, the oldest first, or those with most "
     "\"mailbox\", \"memory\" or \"reductions\". Where there are several nodes, it says which one "
     "each is on.\n\n"
     "    ps(\"memory\")",
     helper_ps},
    {"tree",
     "tree([process])\n\n"
     "Draws who runs below whom, with names, pids and how often a supervisor has restarted "
     "each of its children; where there are several nodes, on which of them.\n\n"
     "    tree()",
     helper_tree},
    {"mailbox",
     "mailbox([process])\n\n"
     "Prints the messages that wait in a process's mailbox, the oldest first, and leaves "
     "them there.\n\n"
     "    send(self(), \"hello\")\n    mailbox()",
     helper_mailbox},
    {NULL, NULL, NULL},
};

const moon_binding moon_prompt_look_helpers[] = {
    {"log",
     "log([n = 20])\n\n"
     "Tells the last n events in words: who sent what to whom, who ended and why.\n\n"
     "    log(5)",
     helper_log},
    {NULL, NULL, NULL},
};
