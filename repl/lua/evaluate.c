/* The shell process, and the evaluation of code in it. */
#include <stdlib.h>

#include "lua/compile.h"
#include "lua/error.h"
#include "lua/shadowed.h"
#include "lua/state.h"
#include "lua/value.h"

typedef struct text {
    char *bytes; /* with a NUL behind; NULL: empty */
    size_t size, capacity;
} text;

struct moon_shell {
    moon_universe *universe;
    mb_pid pid;
    moon_thread *thread; /* of the evaluation under way; NULL: none */
    int nargs;           /* on its stack, before it has started */
    moon_account account;
    moon_evaluation state;
    bool expression;
    lua_State *results; /* the values of the last evaluation */
    moon_anchor_index anchor;
    text error;
    bool quiet_exit; /* the last evaluation ended by an exit that nobody complains about */
    int exit_status;
    bool ended; /* the process is dead, of `reason`; a new one has to be made */
    mb_pid ended_pid;
    mb_term reason;
};

/* ------------------------------------------------------------------------------------------ text
 */

/* What does not fit for want of memory is left out. */
static void text_add(void *context, const char *bytes, size_t size) {
    text *t = context;
    if (t->size + size + 1 > t->capacity) {
        size_t capacity = (t->size + size + 1) * 2;
        char *moved = realloc(t->bytes, capacity);
        if (!moved)
            return;
        t->bytes = moved;
        t->capacity = capacity;
    }
    memcpy(t->bytes + t->size, bytes, size);
    t->size += size;
    t->bytes[t->size] = '\0';
}

static void text_put(text *t, const char *words) {
    text_add(t, words, strlen(words));
}

static void text_clear(text *t) {
    t->size = 0;
    if (t->bytes)
        t->bytes[0] = '\0';
}

const char *moon_error_text(moon_universe *u) {
    return u->shell->error.bytes ? u->shell->error.bytes : "";
}

/* ----------------------------------------------------------------------------------- the process
 */

/* The process's data is the universe's address: at the universe's end the shell goes first. */
static moon_shell *shell_of(void *data) {
    return (*(moon_universe **)data)->shell;
}

static void finish(moon_shell *shell, moon_evaluation state) {
    moon_thread_give(shell->thread);
    shell->thread = NULL;
    shell->state = state;
    mb_stop(shell->universe->rt);
}

static void keep_results(moon_shell *shell) {
    lua_State *L = shell->thread->L;
    int count = lua_gettop(L);
    if (!lua_checkstack(shell->results, count + 1)) {
        text_put(&shell->error, "** (RuntimeError) too many results");
        finish(shell, MOON_FAILED);
        return;
    }
    lua_xmove(L, shell->results, count);
    finish(shell, MOON_VALUES);
}

static void keep_failure(moon_shell *shell) {
    mb_runtime *rt = shell->universe->rt;
    mb_term reason;
    bool is_exit;
    if (moon_thread_reason(shell->thread, &reason, &is_exit)) {
        moon_write_failure(reason, is_exit, text_add, &shell->error);
        shell->quiet_exit = is_exit && mb_is_quiet_exit(reason);
        mb_term status = mb_element(reason, 1);
        shell->exit_status = status.type == MB_INTEGER ? (int)(status.integer & 0xff) : 0;
        mb_release(rt, reason);
    } else {
        text_put(&shell->error, "** (RuntimeError) not enough memory");
    }
    finish(shell, MOON_FAILED);
}

static mb_step run_shell(mb_process *p, void *data) {
    moon_shell *shell = shell_of(data);
    if (!shell->thread)
        return MB_STEP_WAIT;
    int nargs = shell->thread->started ? 0 : shell->nargs;
    moon_state state = moon_thread_resume(shell->thread, nargs);
    if (state == MOON_DONE)
        keep_results(shell);
    else if (state == MOON_ERROR)
        keep_failure(shell);
    else
        return moon_step(state);
    return MB_STEP_WAIT;
}

/* The reason that the process has just ended with, which only the event log tells. Owned. */
static mb_term reason_of_end(mb_runtime *rt, mb_pid pid) {
    for (uint64_t n = mb_event_last(rt); n > 0; n--) {
        const mb_event *event = mb_event_get(rt, n);
        if (!event)
            break;
        if (event->type == MB_EVENT_EXIT && event->subject == pid)
            return mb_retain(event->term);
    }
    return mb_atom("killed");
}

static void say_killed(moon_shell *shell) {
    char pid[40];
    mb_inspect_text(mb_pid_term(shell->ended_pid), pid, sizeof pid);
    text_put(&shell->error, "** (EXIT from ");
    text_put(&shell->error, pid);
    text_put(&shell->error, ") shell process exited with reason: ");
    mb_write_exit(shell->reason, text_add, &shell->error);
}

static void destroy_shell(mb_process *p, void *data) {
    moon_universe *u = *(moon_universe **)data;
    moon_shell *shell = u->shell;
    if (!u->L) /* the universe comes to its end */
        return;
    shell->ended = true;
    shell->ended_pid = mb_self(p);
    shell->reason = reason_of_end(u->rt, mb_self(p));
    if (shell->thread) {
        text_clear(&shell->error);
        say_killed(shell);
        finish(shell, MOON_KILLED);
    }
    mb_stop(u->rt);
}

static const char *doing_shell(mb_process *p, void *data) {
    moon_shell *shell = shell_of(data);
    return shell->thread ? moon_thread_doing(shell->thread) : "evaluation";
}

static const mb_class shell_class = {
    .name = "shell",
    .data_size = sizeof(moon_universe *),
    .run = run_shell,
    .destroy = destroy_shell,
    .doing = doing_shell,
};

static bool shell_spawn(moon_shell *shell) {
    mb_spawn_options options = {.initial_call = mb_atom("shell")};
    mb_process *p = mb_spawn(shell->universe->rt, &shell_class, &options, NULL);
    if (!p)
        return false;
    *(moon_universe **)mb_data(p) = shell->universe;
    shell->pid = mb_self(p);
    return true;
}

void moon_shell_renew(moon_universe *u) {
    moon_shell *shell = u->shell;
    if (!shell->ended)
        return;
    shell->ended = false;
    mb_term reason = shell->reason;
    shell->reason = mb_nil();
    if (!shell_spawn(shell)) {
        fputs("moonbeam: no memory for a shell process\n", stderr);
        abort();
    }
    if (u->options.shell_exited)
        u->options.shell_exited(u->options.context, shell->ended_pid, reason);
    mb_release(u->rt, reason);
}

static int make_results(lua_State *L) {
    moon_shell *shell = lua_touserdata(L, 1);
    shell->results = lua_newthread(L);
    shell->anchor = moon_anchor(L);
    return 0;
}

bool moon_shell_init(moon_universe *u) {
    moon_shell *shell = mb_allocate(u->rt, NULL, 0, sizeof *shell);
    if (!shell)
        return false;
    *shell = (moon_shell){.universe = u, .reason = mb_nil()};
    u->shell = shell;
    lua_pushcfunction(u->L, make_results);
    lua_pushlightuserdata(u->L, shell);
    return lua_pcall(u->L, 1, 0, 0) == LUA_OK && shell_spawn(shell);
}

void moon_shell_free(moon_universe *u) {
    moon_shell *shell = u->shell;
    if (!shell)
        return;
    moon_thread_give(shell->thread);
    mb_release(u->rt, shell->reason);
    moon_account_close(&u->memory, &shell->account);
    free(shell->error.bytes);
    mb_allocate(u->rt, shell, sizeof *shell, 0);
    u->shell = NULL;
}

bool moon_shell_running(const moon_universe *u) {
    return u->shell->thread != NULL;
}

mb_pid moon_shell_pid(moon_universe *u) {
    return u->shell ? u->shell->pid : 0;
}

/* ------------------------------------------------------------------------------------ evaluation
 */

static moon_compiled prepare(moon_shell *shell) {
    if (shell->thread)
        return MOON_BUSY;
    text_clear(&shell->error);
    lua_settop(shell->results, 0);
    shell->universe->unknown[0] = '\0';
    shell->quiet_exit = false;
    shell->state = MOON_IDLE;
    if (!lua_checkstack(shell->universe->L, LUA_MINSTACK))
        return MOON_NO_MEMORY;
    return MOON_COMPILED;
}

/* The function and nargs arguments on top of the main thread's stack begin to run. */
static moon_compiled start(moon_shell *shell, int nargs) {
    moon_universe *u = shell->universe;
    moon_thread *t = moon_thread_take(u);
    if (!t || !lua_checkstack(t->L, nargs + LUA_MINSTACK)) {
        moon_thread_give(t);
        lua_pop(u->L, nargs + 1);
        return MOON_NO_MEMORY;
    }
    lua_xmove(u->L, t->L, nargs + 1);
    t->account = &shell->account;
    shell->thread = t;
    shell->nargs = nargs;
    shell->state = MOON_RUNNING;
    mb_wake(mb_lookup(u->rt, shell->pid));
    return MOON_COMPILED;
}

moon_compiled moon_evaluate(moon_universe *u, const char *code, size_t size,
                            const char *chunk_name) {
    moon_shell *shell = u->shell;
    lua_State *L = u->L;
    moon_compiled ready = prepare(shell);
    if (ready != MOON_COMPILED)
        return ready;
    shell->expression = moon_compile(L, "return ", code, size, chunk_name) == LUA_OK;
    if (!shell->expression) {
        if (moon_compile(L, "", code, size, chunk_name) != LUA_OK)
            return moon_refuse_both(L, code, size, text_add, &shell->error);
        lua_remove(L, -2);
    }
    moon_warn_shadowed(L, code, size);
    return start(shell, 0);
}

typedef struct arguments {
    int count;
    const char *const *values;
    const char *name;
} arguments;

/* Sets the global variable arg and returns the arguments as values. */
static int set_arguments(lua_State *L) {
    const arguments *a = lua_touserdata(L, 1);
    luaL_checkstack(L, a->count + 4, "too many arguments");
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->variables);
    lua_createtable(L, a->count, 1);
    for (int i = 0; i < a->count; i++) {
        lua_pushstring(L, a->values[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushstring(L, a->name);
    lua_rawseti(L, -2, 0);
    lua_setfield(L, -2, "arg");
    for (int i = 0; i < a->count; i++)
        lua_pushstring(L, a->values[i]);
    return a->count;
}

moon_compiled moon_evaluate_program(moon_universe *u, const char *code, size_t size,
                                    const char *chunk_name, int argc, const char *const *argv) {
    moon_shell *shell = u->shell;
    lua_State *L = u->L;
    moon_compiled ready = prepare(shell);
    if (ready != MOON_COMPILED)
        return ready;
    if (!lua_checkstack(L, argc + LUA_MINSTACK))
        return MOON_NO_MEMORY;
    if (size > 0 && *code == '#') { /* its newline stays, for the line numbers */
        const char *newline = memchr(code, '\n', size);
        size_t skipped = newline ? (size_t)(newline - code) : size;
        code += skipped;
        size -= skipped;
    }
    shell->expression = false;
    if (moon_compile(L, "", code, size, chunk_name) != LUA_OK)
        return moon_refuse(L, code, size, text_add, &shell->error);
    moon_warn_shadowed(L, code, size);
    int top = lua_gettop(L);
    lua_pushcfunction(L, set_arguments);
    arguments a = {argc, argv, *chunk_name ? chunk_name + 1 : ""};
    lua_pushlightuserdata(L, &a);
    if (lua_pcall(L, 1, LUA_MULTRET, 0) != LUA_OK) {
        lua_settop(L, top - 1);
        return MOON_NO_MEMORY;
    }
    return start(shell, lua_gettop(L) - top);
}

moon_evaluation moon_evaluation_state(moon_universe *u) {
    moon_evaluation state = u->shell->state;
    if (state != MOON_RUNNING)
        u->shell->state = MOON_IDLE;
    return state;
}

int moon_results(moon_universe *u, lua_State **results, int *first) {
    *results = u->shell->results;
    *first = 1;
    return lua_gettop(*results);
}

bool moon_quiet_exit(moon_universe *u, int *status) {
    if (u->shell->quiet_exit)
        *status = u->shell->exit_status;
    return u->shell->quiet_exit;
}

bool moon_was_expression(moon_universe *u) {
    return u->shell->expression;
}

void moon_interrupt(moon_universe *u) {
    moon_shell *shell = u->shell;
    if (!shell->thread)
        return;
    mb_process *p = mb_lookup(u->rt, shell->pid);
    if (p) {
        mb_abandon_answer(p);
        mb_set_deadline(p, MB_INFINITY);
    }
    text_clear(&shell->error);
    text_put(&shell->error, "interrupted");
    finish(shell, MOON_FAILED);
}
