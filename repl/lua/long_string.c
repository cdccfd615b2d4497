#include "lua/long_string.h"

#include "lua/anchor.h"
#include "lua/callback.h"
#include "lua/state.h"

static void release(mb_runtime *rt, uint64_t handle) {
    moon_anchor_release(moon_universe_of(rt)->L, (moon_anchor_index)handle);
}

bool moon_long_string(lua_State *L, int index, mb_term *out) {
    size_t size;
    const char *bytes = lua_tolstring(L, index, &size);
    *out = mb_nil();
    if (!lua_checkstack(L, 4))
        return false;
    lua_pushvalue(L, index);
    moon_anchor_index anchor = moon_anchor_try(L);
    if (anchor == 0)
        return false;
    if (mb_string_keep(moon_rt(L), bytes, size, anchor, release, out))
        return true;
    moon_anchor_release(L, anchor);
    return false;
}

void moon_push_kept_string(lua_State *L, const mb_kept_string *string) {
    if (string->release == release)
        moon_anchor_push(L, (moon_anchor_index)string->handle);
    else
        lua_pushlstring(L, string->bytes, string->size);
}
