/* Compiles the prelude's Lua files when the program is built, which spares each start of it the work:
 *
 *     precompile FOLDER FILE.lua…     writes FOLDER/FILE.luac for each
 *
 * What runs is the Lua that the program is linked with, so that both agree about the format. The
 * names of variables and the lines stay in. */
#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int write_chunk(lua_State *L, const void *bytes, size_t size, void *out) {
    (void)L;
    return fwrite(bytes, 1, size, out) != size;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Pushes the file's function, which errors call by the file's name alone. */
static void load_file(lua_State *L, const char *path) {
    luaL_Buffer text;
    FILE *in = fopen(path, "rb");
    if (!in)
        luaL_error(L, "%s cannot be read", path);
    luaL_buffinit(L, &text);
    for (size_t size = LUAL_BUFFERSIZE; size == LUAL_BUFFERSIZE;) {
        size = fread(luaL_prepbuffer(&text), 1, LUAL_BUFFERSIZE, in);
        luaL_addsize(&text, size);
    }
    fclose(in);
    luaL_pushresult(&text);
    const char *name = lua_pushfstring(L, "=%s", base_name(path));
    if (luaL_loadbufferx(L, lua_tostring(L, -2), lua_rawlen(L, -2), name, "t") != LUA_OK)
        lua_error(L);
}

/* (folder, file, …) */
static int precompile(lua_State *L) {
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        const char *path = lua_tostring(L, i);
        load_file(L, path);
        const char *target =
            lua_pushfstring(L, "%s/%sc", lua_tostring(L, 1), base_name(path));
        FILE *out = fopen(target, "wb");
        lua_pushvalue(L, -2);
        bool failed = !out || lua_dump(L, write_chunk, out, false) != 0;
        if ((out && fclose(out) != 0) || failed)
            return luaL_error(L, "%s cannot be written", target);
        lua_settop(L, count);
    }
    return 0;
}

int main(int argc, char **argv) {
    lua_State *L = luaL_newstate();
    if (!L || !lua_checkstack(L, argc + LUA_MINSTACK))
        return 1;
    lua_pushcfunction(L, precompile);
    for (int i = 1; i < argc; i++)
        lua_pushstring(L, argv[i]);
    bool ok = lua_pcall(L, argc - 1, 0, 0) == LUA_OK;
    if (!ok)
        fprintf(stderr, "precompile: %s\n", lua_tostring(L, -1));
    lua_close(L);
    return ok ? 0 : 1;
}
