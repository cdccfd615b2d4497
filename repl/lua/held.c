#include "lua/held.h"

#include "lua/cell.h"
#include "lua/value.h"

void moon_let_go(lua_State *L, moon_held *held) {
    if (L)
        moon_anchor_release(L, held->anchor);
    *held = (moon_held){.cell = mb_nil()};
}

void moon_hold(lua_State *L, moon_held *held, int index) {
    moon_let_go(L, held);
    if (!moon_to_cell(L, index, &held->cell)) {
        held->cell = mb_nil();
        lua_pushvalue(L, index);
        held->anchor = moon_anchor(L);
    }
    held->used = true;
}

void moon_push_held(lua_State *L, const moon_held *held) {
    if (held->anchor)
        moon_anchor_push(L, held->anchor);
    else
        moon_push_value(L, held->cell);
}
