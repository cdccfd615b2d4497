#include "lua/load_file.h"

#include <errno.h>

#include "lua/shadowed.h"

/* The length of what Lua skips in a file: a byte order mark, a first line that begins with "#". */
static size_t prologue(const char *text, size_t size) {
    size_t mark = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (mark == size || text[mark] != '#')
        return mark;
    const char *newline = memchr(text, '\n', size);
    return newline ? (size_t)(newline - text) : size;
}

static int complain(lua_State *L, const char *doing, const char *name) {
    lua_pushfstring(L, "cannot %s %s: %s", doing, name, strerror(errno));
    return LUA_ERRFILE;
}

/* Pushes all of the file; false when it cannot be read to its end. */
static bool read_all(lua_State *L, FILE *file) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (size_t got = 1; got > 0; luaL_addsize(&buffer, got))
        got = fread(luaL_prepbuffer(&buffer), 1, LUAL_BUFFERSIZE, file);
    luaL_pushresult(&buffer);
    return !ferror(file);
}

static int read_file(lua_State *L) {
    FILE *file = lua_touserdata(L, 1);
    lua_pushboolean(L, read_all(L, file));
    return 2;
}

/* Pushes the text, or what went wrong. The file is closed also when there is no memory for it. */
static int push_text(lua_State *L, const char *name) {
    FILE *file = name ? fopen(name, "re") : stdin;
    if (!file)
        return complain(L, "open", name);
    lua_pushcfunction(L, read_file);
    lua_pushlightuserdata(L, file);
    int status = lua_pcall(L, 1, 2, 0);
    int problem = errno;
    if (name)
        fclose(file);
    if (status != LUA_OK)
        return status;
    bool whole = lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (whole)
        return LUA_OK;
    lua_pop(L, 1);
    errno = problem;
    return complain(L, "read", name ? name : "stdin");
}

int moon_load_file(lua_State *L, const char *name) {
    int status = push_text(L, name);
    if (status != LUA_OK)
        return status;
    size_t size;
    const char *text = lua_tolstring(L, -1, &size);
    size_t skipped = prologue(text, size);
    lua_pushfstring(L, name ? "@%s" : "=stdin", name);
    status = luaL_loadbufferx(L, text + skipped, size - skipped, lua_tostring(L, -1), "t");
    if (status == LUA_OK)
        moon_warn_shadowed(L, text + skipped, size - skipped);
    lua_replace(L, -3); /* the text */
    lua_pop(L, 1);
    return status;
}
