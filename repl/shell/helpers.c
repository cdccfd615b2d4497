#include "shell/helpers.h"

#include <lauxlib.h>

#include "lua/argument.h"
#include "lua/context.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/value.h"
#include "shell/helper_list.h"
#include "shell/page.h"
#include "shell/values.h"

/* Its address is the registry's key of the host. */
static const char host_key;

const moon_helpers_host *moon_helpers_host_of(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &host_key);
    const moon_helpers_host *host = lua_touserdata(L, -1);
    lua_pop(L, 1); /* the registry keeps it */
    return host;
}

static int helper_v(lua_State *L) {
    lua_Integer n = -1;
    if (!lua_isnoneornil(L, 1)) {
        n = moon_check_integer(L, 1, LUA_MININTEGER, "the number of a line");
    }
    return moon_values_push(L, n);
}

static int helper_clear(lua_State *L) {
    static const char clear[] = "\x1b[2J\x1b[3J\x1b[H";
    const moon_helpers_host *host = moon_helpers_host_of(L);
    host->write(host->context, clear, sizeof clear - 1);
    return 0;
}

static int helper_quit(lua_State *L) {
    lua_Integer status = 0;
    if (!lua_isnoneornil(L, 1)) {
        status = moon_check_integer(L, 1, LUA_MININTEGER, "an integer");
    }
    const moon_helpers_host *host = moon_helpers_host_of(L);
    host->leave(host->context, (int)(status & 0xff));
    return 0;
}

static void print_message(moon_page *page, const mb_message *message) {
    mb_term term;
    if (mb_message_term(page->runtime, message, &term)) {
        moon_page_inspect(page, term);
        moon_text_puts(&page->text, "\n");
        mb_release(page->runtime, term);
    }
}

static int helper_flush(lua_State *L) {
    mb_process *self = moon_self(L);
    moon_page page;
    moon_page_begin(&page, L);
    mb_message *message;
    while ((message = mb_mailbox_first(self)) != NULL) {
        print_message(&page, message);
        mb_mailbox_take(self, message);
        mb_message_free(page.runtime, message);
    }
    moon_page_end(&page);
    return 0;
}

static int helper_kill(lua_State *L) {
    mb_pid pid = moon_whereis(L, 1, "kill");
    if (pid == 0) {
        return luaL_error(L, "no process is called %s", luaL_tolstring(L, 1, NULL));
    }
    lua_settop(L, 2);
    mb_term reason = mb_atom("kill");
    if (!lua_isnil(L, 2)) {
        moon_to_term(L, 2, &reason, "reason");
    }
    mb_runtime *rt = moon_rt(L);
    if (!mb_exit_signal(rt, moon_self_or_null(L), pid, reason)) {
        moon_no_memory(L);
    }
    lua_pushboolean(L, true);
    return 1;
}

static int return_state(lua_State *L, int status, lua_KContext context) {
    return 1;
}

static int helper_state(lua_State *L) {
    lua_settop(L, 1);
    moon_whereis(L, 1, "state");
    lua_getglobal(L, "sys");
    lua_getfield(L, -1, "get_state");
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 1, 0, return_state);
    return return_state(L, LUA_OK, 0);
}

const moon_binding moon_shell_helpers[] = {
    {"v",
     "v([n = -1])\n\n"
     "The value of the expression that was typed at moonbeam(n); v() is that of the last one, "
     "v(-2) the one before it. The last 20 are kept.\n\n"
     "    v() + 1",
     helper_v},
    {"flush",
     "flush()\n\n"
     "Prints the messages in the mailbox of the calling process, at the prompt the "
     "shell's, and takes them out.\n\n"
     "    send(self(), \"hello\")\n    flush()",
     helper_flush},
    {"kill",
     "kill(process [, reason = \"kill\"])\n\n"
     "Sends an exit signal to a pid or a name. The reason \"kill\" cannot be trapped, and "
     "those who are linked learn of it as \"killed\".\n\n"
     "    pid = spawn(function() receive() end)\n"
     "    kill(pid, \"shutdown\")   --> true",
     helper_kill},
    {"state",
     "state(process)\n\n"
     "The state of a GenServer, a supervisor or any other behaviour: "
     "sys.get_state(process).\n\n"
     "    Counter = GenServer.module \"Counter\"\n"
     "    function Counter.init(n) return \"ok\", n end\n"
     "    GenServer.start(Counter, 40, { name = \"Counter\" })\n"
     "    state(\"Counter\")   --> 40",
     helper_state},
    {"clear", "clear()\n\nClears the screen.\n\n    clear()", helper_clear},
    {"quit",
     "quit([status = 0])\n\n"
     "Leaves the prompt. Typing just quit or exit does the same, and so does Ctrl-D.\n\n"
     "    quit()",
     helper_quit},
    {NULL, NULL, NULL},
};

static int bind(lua_State *L) {
    const moon_helpers_host *given = lua_touserdata(L, 1);
    if (moon_helpers_host_of(L) != NULL) {
        return 0; /* this universe was at the prompt before */
    }
    moon_helpers_host *host = lua_newuserdatauv(L, sizeof *host, 0);
    *host = *given;
    lua_rawsetp(L, LUA_REGISTRYINDEX, &host_key);
    moon_bind(L, moon_look_helpers);
    if (host->leave != NULL) {
        moon_bind(L, moon_shell_helpers);
        moon_bind(L, moon_prompt_look_helpers);
        moon_bind(L, moon_inspect_helpers);
        moon_bind(L, moon_help_helpers);
        moon_bind(L, moon_load_helpers);
    }
    return 0;
}

bool moon_helpers_add(moon_universe *u, const moon_helpers_host *host) {
    lua_State *L = moon_lua(u);
    moon_helpers_host copy = *host;
    lua_pushcfunction(L, bind);
    lua_pushlightuserdata(L, &copy);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        lua_pop(L, 1);
        return false;
    }
    return true;
}
