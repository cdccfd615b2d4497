#include "lua/error.h"

#include <stdlib.h>

#include "lua/argument.h"
#include "lua/spelling.h"
#include "lua/state.h"
#include "lua/value.h"

/* Of the exits' metatable in the registry. */
static const char exit_key;

/* ---------------------------------------------------------------------------------- exits */

_Noreturn void moon_raise_exit(lua_State *L) {
    lua_createtable(L, 0, 2);
    lua_insert(L, -2);
    lua_setfield(L, -2, "reason");
    lua_pushliteral(L, "exit");
    lua_setfield(L, -2, "kind");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &exit_key);
    lua_setmetatable(L, -2);
    lua_error(L);
    abort();
}

_Noreturn void moon_raise_exit_term(lua_State *L, mb_term reason) {
    moon_push_owned_term(L, reason);
    moon_raise_exit(L);
}

bool moon_exit_reason(lua_State *L, int index) {
    if (!lua_istable(L, index) || !lua_getmetatable(L, index))
        return false;
    index = index < 0 && index > LUA_REGISTRYINDEX ? index - 1 : index;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &exit_key);
    bool is_exit = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    index = index < 0 && index > LUA_REGISTRYINDEX ? index + 1 : index;
    if (is_exit)
        lua_getfield(L, index, "reason");
    return is_exit;
}

static void write_buffer(void *context, const char *bytes, size_t size) {
    luaL_addlstring(context, bytes, size);
}

/* Into a buffer that a raised memory error would leave consistent: the term is the caller's. */
static int exit_to_string(lua_State *L) {
    mb_term reason;
    lua_getfield(L, 1, "reason");
    if (!moon_try_term(L, -1, &reason, "reason")) {
        lua_pushliteral(L, "** (exit) a reason that cannot be shown");
        return 1;
    }
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    luaL_addstring(&text, "** (exit) ");
    mb_write_exit(reason, write_buffer, &text);
    mb_release(moon_rt(L), reason);
    luaL_pushresult(&text);
    return 1;
}

/* ---------------------------------------------------------------------------------- reasons */

/* What is passed into the protected part of moon_error_reason. */
typedef struct failure {
    lua_State *thread;
    mb_term error;
    mb_term stack;
    bool is_exit;
} failure;

#define STACK_HEAD 12 /* innermost frames that are told */
#define STACK_TAIL 6  /* outermost ones */

/* Whether the frame is that of a function whose business is to raise, or of a metamethod in C that
 * raised: of no interest. */
static bool is_raiser(const lua_Debug *ar) {
    static const char *const raisers[] = {"error", "assert", "exit", "check", "check_names", NULL};
    if (!ar->name || *ar->what != 'C')
        return false;
    bool found = strcmp(ar->namewhat, "metamethod") == 0;
    for (const char *const *name = raisers; *name && !found; name++)
        found = strcmp(ar->name, *name) == 0;
    return found;
}

/* ". Did you mean 'GenServer'?" behind a complaint of a global variable that is not there. The
 * message is at index 1, of whose name there may be better ones. */
static void advise_global(lua_State *L) {
    static const char begin[] = " a nil value (global '";
    size_t size;
    const char *message = lua_tolstring(L, 1, &size), *name = strstr(message, begin);
    if (!name || size < 2 || strcmp(message + size - 2, "')") != 0)
        return;
    name += sizeof begin - 1;
    lua_pushlstring(L, name, (size_t)(message + size - 2 - name));
    moon_spelling near = moon_spelling_of(lua_tostring(L, -1));
    const int places[] = {moon_of(L)->globals, moon_of(L)->variables};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, places[i]);
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            if (lua_type(L, -2) == LUA_TSTRING)
                moon_spelling_try(&near, lua_tostring(L, -2));
    }
    if (!near.best)
        return;
    lua_pushfstring(L, "%s. Did you mean '%s'?", message, near.best);
    lua_replace(L, 1);
}

/* The function that the frame is about lies on top of the stack of L; pops it, pushes its name. */
static void push_function_name(lua_State *L, const lua_Debug *ar) {
    if (moon_module_find_function(L, -1)) {
        lua_remove(L, -2);
        return;
    }
    const char *path =
        lua_iscfunction(L, -1) ? moon_bound_path(moon_of(L), lua_tocfunction(L, -1)) : NULL;
    lua_pop(L, 1);
    if (path)
        lua_pushfstring(L, "function '%s'", path);
    else if (*ar->what == 'm')
        lua_pushliteral(L, "main chunk");
    else if (ar->name)
        lua_pushfstring(L, "function '%s'", ar->name);
    else if (*ar->what != 'C')
        lua_pushfstring(L, "function <%s:%d>", ar->short_src, ar->linedefined);
    else
        lua_pushliteral(L, "?");
}

static void push_frame(lua_State *L, lua_State *thread, lua_Debug *ar) {
    lua_getinfo(thread, "nSlf", ar);
    lua_xmove(thread, L, 1);
    push_function_name(L, ar);
    if (ar->currentline > 0)
        lua_pushfstring(L, "%s:%d: in %s", ar->short_src, ar->currentline, lua_tostring(L, -1));
    else
        lua_pushfstring(L, "%s: in %s", ar->short_src, lua_tostring(L, -1));
    lua_remove(L, -2);
}

static int count_frames(lua_State *thread) {
    lua_Debug ar;
    int low = 0, high = 1;
    while (lua_getstack(thread, high, &ar)) {
        low = high;
        high *= 2;
    }
    while (low < high) {
        int middle = (low + high) / 2;
        if (lua_getstack(thread, middle, &ar))
            low = middle + 1;
        else
            high = middle;
    }
    return high;
}

void moon_push_stacktrace(lua_State *L, lua_State *thread, int level) {
    lua_Debug ar;
    int count = count_frames(thread), length = 0;
    lua_newtable(L);
    for (int i = level; i < count; i++) {
        if (count - level > STACK_HEAD + STACK_TAIL + 1 && i == level + STACK_HEAD) {
            i = count - STACK_TAIL;
            lua_pushfstring(L, "(%d calls more)", i - level - STACK_HEAD);
            lua_rawseti(L, -2, ++length);
        }
        if (!lua_getstack(thread, i, &ar))
            break;
        lua_getinfo(thread, "nS", &ar);
        if (length == 0 && is_raiser(&ar))
            continue;
        push_frame(L, thread, &ar);
        lua_rawseti(L, -2, ++length);
    }
}

/* The error object on top, as a term; as text when it cannot be copied. Pops it. */
static mb_term error_term(lua_State *L, const char *what) {
    mb_term term;
    if (!moon_try_term(L, -1, &term, what)) {
        lua_pop(L, 1);
        luaL_tolstring(L, -1, NULL);
        moon_to_term(L, -1, &term, what);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return term;
}

static int make_reason(lua_State *L) {
    failure *f = lua_touserdata(L, 2);
    if (lua_type(L, 1) == LUA_TSTRING)
        advise_global(L);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    f->is_exit = moon_exit_reason(L, -1);
    if (f->is_exit)
        lua_remove(L, -2);
    f->error = error_term(L, "reason");
    if (f->is_exit)
        return 0;
    moon_push_stacktrace(L, f->thread, 0);
    moon_to_term(L, -1, &f->stack, "stack");
    return 0;
}

bool moon_error_reason(lua_State *L, mb_term *reason, bool *is_exit) {
    lua_State *M = moon_of(L)->L;
    mb_runtime *rt = moon_rt(L);
    failure f = {.thread = L, .error = mb_nil(), .stack = mb_nil()};
    *reason = mb_nil();
    *is_exit = false;
    if (M == L || !lua_checkstack(M, LUA_MINSTACK))
        return false;
    lua_xmove(L, M, 1);
    lua_pushcfunction(M, make_reason);
    lua_insert(M, -2);
    lua_pushlightuserdata(M, &f);
    bool made = lua_pcall(M, 2, 0, 0) == LUA_OK;
    if (!made)
        lua_pop(M, 1);
    *is_exit = f.is_exit;
    if (made && f.is_exit) {
        *reason = f.error;
        return true;
    }
    made = made && mb_tuple(rt, reason, 2, (mb_term[]){f.error, f.stack});
    mb_release(rt, f.error);
    mb_release(rt, f.stack);
    return made;
}

/* ------------------------------------------------------------------------------------ words */

/* mb_write_exit tells an error below a heading, indented; on its own it needs neither. */
typedef struct outdent {
    mb_write write;
    void *context;
    bool in_heading;
    int spaces; /* still to be left out on this line */
} outdent;

static void write_outdented(void *context, const char *bytes, size_t size) {
    outdent *out = context;
    for (size_t i = 0; i < size; i++) {
        bool newline = bytes[i] == '\n';
        if (out->in_heading) {
            out->in_heading = !newline;
            out->spaces = 4;
        } else if (out->spaces > 0 && bytes[i] == ' ') {
            out->spaces--;
        } else {
            out->spaces = newline ? 4 : 0;
            out->write(out->context, bytes + i, 1);
        }
    }
}

void moon_write_failure(mb_term reason, bool is_exit, mb_write write, void *context) {
    if (!is_exit && mb_is_error_reason(reason)) {
        mb_write_exit(reason, write_outdented, &(outdent){write, context, true, 0});
        return;
    }
    write(context, "** (exit) ", 10);
    mb_write_exit(reason, write, context);
}

static int exit_(lua_State *L) {
    lua_settop(L, 1);
    if (lua_isthread(L, 1))
        return moon_wrong_argument(L, 1, "a value that can be sent");
    moon_raise_exit(L);
}

static const moon_binding bindings[] = {
    {"exit",
     "exit(reason)\n\n"
     "Ends the calling process with that reason, unless a pcall catches it. \"normal\" is the end "
     "that\n"
     "worries nobody; links of other reasons take the linked processes along.\n\n"
     "    exit(\"shutdown\")   --> ** (exit) shutdown\n"
     "    ok, err = pcall(exit, \"enough\")\n"
     "    err.kind, err.reason   --> \"exit\", \"enough\"",
     exit_},
    {NULL, NULL, NULL},
};

void moon_open_error(lua_State *L) {
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, exit_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "exit");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &exit_key);
    moon_bind(L, bindings);
}
