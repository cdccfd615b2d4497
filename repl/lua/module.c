#include "lua/module.h"

#include <ctype.h>
#include <stdlib.h>

#include "lua/encoder.h"
#include "lua/spelling.h"
#include "lua/value.h"

/* Under these keys a module's metatable has the module's name, and the object that stands for all
 * modules of that name (a light userdata; absent until it is first asked for). */
static const char name_key;
static const char object_key;
/* Under this key the registry has the table name -> that object. */
static const char objects_key;

/* Modules made, and global variables as they were, since the outermost transaction began. */
struct moon_transaction {
    size_t depth;
    moon_anchor_index snapshot;
    moon_anchor_index modules; /* name -> fresh module */
};

/* ------------------------------------------------------------------------------------- modules */

const char *moon_module_name(lua_State *L, int index) {
    if (!lua_istable(L, index) || !lua_getmetatable(L, index))
        return NULL;
    lua_rawgetp(L, -1, &name_key);
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    lua_pop(L, 2);
    return name;
}

bool moon_module_is(lua_State *L, int index) {
    return moon_module_name(L, index) != NULL;
}

static bool has_clauses(const char *key) {
    return strcmp(key, "handle_call") == 0 || strcmp(key, "handle_cast") == 0 ||
           strcmp(key, "handle_info") == 0 || strcmp(key, "handle_continue") == 0;
}

/* __index(module, key): a table for clauses, or what the defaults have. Upvalue 1: the defaults, or
 * nil. */
static int module_index(lua_State *L) {
    if (lua_istable(L, lua_upvalueindex(1))) {
        lua_pushvalue(L, 2);
        lua_gettable(L, lua_upvalueindex(1));
        if (!lua_isnil(L, -1))
            return 1;
    }
    if (lua_type(L, 2) != LUA_TSTRING || !has_clauses(lua_tostring(L, 2)))
        return 0;
    lua_newtable(L);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
    return 1;
}

static int module_to_string(lua_State *L) {
    lua_pushstring(L, moon_module_name(L, 1));
    return 1;
}

static void push_new_module(lua_State *L, const char *name) {
    lua_newtable(L);
    lua_createtable(L, 0, 4);
    lua_pushstring(L, name);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, &name_key);
    lua_setfield(L, -2, "__name");
    lua_pushcfunction(L, module_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushnil(L);
    lua_pushcclosure(L, module_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* __index(library, key) of what is not there: most likely misspelt. */
static int library_index(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING || !isalpha((unsigned char)*lua_tostring(L, 2)))
        return 0;
    moon_spelling near = moon_spelling_of(lua_tostring(L, 2));
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            moon_spelling_try(&near, lua_tostring(L, -1));
    }
    const char *name = moon_module_name(L, 1);
    if (near.best)
        return luaL_error(L, "function %s.%s is undefined or private. Did you mean %s.%s?", name,
                          near.given, name, near.best);
    return luaL_error(L, "function %s.%s is undefined or private", name, near.given);
}

void moon_module_name_library(lua_State *L, const char *name) {
    if (lua_getmetatable(L, -1)) {
        lua_pop(L, 1);
        return;
    }
    lua_createtable(L, 0, 4);
    lua_pushstring(L, name);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, &name_key);
    lua_setfield(L, -2, "__name");
    lua_pushcfunction(L, module_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, library_index);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* Pushes the library of that name, or false. */
static void push_library(lua_State *L, const char *name) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_pushstring(L, name);
    if (lua_rawget(L, -2) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_pushboolean(L, 0);
    }
    lua_remove(L, -2);
}

bool moon_module_push(lua_State *L, const char *name) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->modules);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    return !lua_isnil(L, -1);
}

static void update_slot(lua_State *L, const char *name);

void moon_module_new(lua_State *L, const char *name) {
    const moon_transaction *transaction = moon_of(L)->transaction;
    luaL_checkstack(L, 8, NULL);
    if (transaction)
        moon_anchor_push(L, transaction->modules);
    else
        lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->modules);
    if (lua_getfield(L, -1, name) == LUA_TNIL) {
        lua_pop(L, 1);
        push_new_module(L, name);
        lua_pushvalue(L, -1);
        lua_setfield(L, -3, name);
        if (!transaction)
            update_slot(L, name);
    }
    lua_remove(L, -2);
}

void moon_module_defaults(lua_State *L, int index) {
    index = lua_absindex(L, index);
    if (!lua_getmetatable(L, index)) {
        lua_pop(L, 1);
        return;
    }
    lua_insert(L, -2);
    lua_pushcclosure(L, module_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

/* --------------------------------------------------------------------------------------- terms */

/* There is one reference for each name, made once and kept for good. */
typedef struct reference {
    moon_universe *universe;
    mb_term name;          /* owned; nil: an anonymous module, held by the anchor */
    int slot;              /* in the registry: the present module of that name; false: none */
    const mb_object *next; /* of u->module_objects */
    moon_anchor_index anchor;
    const void *pointer;
} reference;

static void release_reference(mb_runtime *rt, void *payload) {
    reference *r = payload;
    mb_release(rt, r->name);
    moon_anchor_release(r->universe->L, r->anchor);
}

static bool equal_references(const void *a, const void *b) {
    const reference *x = a, *y = b;
    return x->name.type == MB_NIL ? x->pointer == y->pointer : mb_equal(x->name, y->name);
}

static void print_reference(const void *payload, char *text, size_t size) {
    const reference *r = payload;
    if (r->name.type == MB_NIL)
        snprintf(text, size, "#Module<%u>", (unsigned)r->anchor);
    else
        mb_inspect_text(r->name, text, size);
}

static const mb_object_class reference_class = {
    .name = "module",
    .release = release_reference,
    .equal = equal_references,
    .print = print_reference,
};

/* A new one. False when there is no memory. */
static bool make_reference(lua_State *L, const char *name, mb_term *out) {
    mb_runtime *rt = moon_rt(L);
    if (!mb_object_new(rt, out, &reference_class, sizeof(reference)))
        return false;
    reference *r = mb_payload(out);
    r->universe = moon_of(L);
    r->name = mb_nil();
    if (!name || mb_string_new(rt, name, strlen(name), &r->name))
        return true;
    r->name = mb_nil();
    mb_release(rt, *out);
    return false;
}

static mb_term object_term(const mb_object *object) {
    mb_term term = mb_nil();
    term.type = MB_OBJECT;
    term.object = object;
    return term;
}

static void push_objects(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &objects_key) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &objects_key);
}

/* The object for the name of the string at index name; NULL when there is no memory. */
static const mb_object *object_of_name(lua_State *L, int name) {
    mb_term made;
    push_objects(L);
    lua_pushvalue(L, name);
    lua_rawget(L, -2);
    const mb_object *object = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (!object && make_reference(L, lua_tostring(L, name), &made)) {
        reference *r = mb_payload(&made);
        object = made.object;
        r->slot = LUA_NOREF;
        r->next = r->universe->module_objects;
        r->universe->module_objects = object;
        if (!moon_module_push(L, lua_tostring(L, name))) {
            lua_pop(L, 1);
            push_library(L, lua_tostring(L, name));
        }
        r->slot = luaL_ref(L, LUA_REGISTRYINDEX);
        lua_pushvalue(L, name);
        lua_pushlightuserdata(L, (void *)(uintptr_t)object);
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
    return object;
}

/* A module of that name has taken the place of the former one: it is on top of the stack. */
static void update_slot(lua_State *L, const char *name) {
    push_objects(L);
    lua_getfield(L, -1, name);
    const mb_object *object = lua_touserdata(L, -1);
    lua_pop(L, 2);
    if (!object)
        return;
    const mb_term term = object_term(object);
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, ((const reference *)mb_payload(&term))->slot);
}

void moon_modules_free(moon_universe *u) {
    while (u->module_objects) {
        const mb_term term = object_term(u->module_objects);
        u->module_objects = ((const reference *)mb_payload(&term))->next;
        mb_release(u->rt, term);
    }
}

static int find_object(lua_State *L) {
    lua_rawgetp(L, 1, &name_key);
    const mb_object *object = object_of_name(L, 2);
    if (!object)
        moon_no_memory(L);
    lua_pushlightuserdata(L, (void *)(uintptr_t)object);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, 1, &object_key);
    return 1;
}

/* Encoders must not raise: what may, is called protected. */
bool moon_module_encode(lua_State *L, int index, mb_term *out) {
    if (lua_rawgetp(L, -1, &object_key) == LUA_TLIGHTUSERDATA) {
        *out = mb_retain(object_term(lua_touserdata(L, -1)));
        lua_pop(L, 1);
        return true;
    }
    lua_pop(L, 1);
    bool named = lua_rawgetp(L, -1, &name_key) == LUA_TSTRING;
    lua_pop(L, 1);
    if (!named)
        return true;
    lua_pushcfunction(L, find_object);
    lua_pushvalue(L, -2);
    bool found = lua_pcall(L, 1, 1, 0) == LUA_OK;
    if (found)
        *out = mb_retain(object_term(lua_touserdata(L, -1)));
    lua_pop(L, 1);
    return found;
}

void moon_module_term(lua_State *L, int index, mb_term *out) {
    *out = mb_nil();
    index = lua_absindex(L, index);
    if (lua_getmetatable(L, index)) {
        bool encoded = moon_module_encode(L, index, out);
        lua_pop(L, 1);
        if (!encoded)
            moon_no_memory(L);
        if (out->type != MB_NIL)
            return;
    }
    if (!make_reference(L, NULL, out))
        moon_no_memory(L);
    reference *r = mb_payload(out);
    r->pointer = lua_topointer(L, index);
    lua_pushvalue(L, index);
    r->anchor = moon_anchor_try(L);
    if (r->anchor)
        return;
    mb_release(moon_rt(L), *out);
    moon_no_memory(L);
}

bool moon_is_module_term(mb_term term) {
    return term.type == MB_OBJECT && term.object->class == &reference_class;
}

mb_term moon_module_term_name(mb_term term) {
    if (term.type == MB_STRING)
        return term;
    return moon_is_module_term(term) ? ((const reference *)mb_payload(&term))->name : mb_nil();
}

void moon_module_push_term(lua_State *L, mb_term term) {
    const reference *r = mb_payload(&term);
    if (r->name.type == MB_NIL) {
        moon_anchor_push(L, r->anchor);
    } else if (lua_rawgeti(L, LUA_REGISTRYINDEX, r->slot) != LUA_TTABLE) {
        size_t size; /* forgotten with a transaction */
        const char *name = mb_bytes(&r->name, &size);
        lua_pop(L, 1);
        lua_pushlstring(L, name, size);
    }
}

bool moon_module_decode(lua_State *L, mb_term term) {
    if (!moon_is_module_term(term))
        return false;
    moon_module_push_term(L, term);
    return true;
}

/* --------------------------------------------------------------------------------- transactions */

void moon_transaction_begin(lua_State *L) {
    moon_universe *u = moon_of(L);
    if (u->transaction) {
        u->transaction->depth++;
        return;
    }
    moon_transaction *t = mb_allocate(u->rt, NULL, 0, sizeof *t);
    if (!t)
        moon_no_memory(L);
    *t = (moon_transaction){.depth = 1};
    u->transaction = t;
    moon_globals_save(L);
    t->snapshot = moon_anchor(L);
    lua_newtable(L);
    t->modules = moon_anchor(L);
}

static void transaction_end(lua_State *L) {
    moon_universe *u = moon_of(L);
    moon_transaction *t = u->transaction;
    moon_anchor_release(L, t->snapshot);
    moon_anchor_release(L, t->modules);
    u->transaction = NULL;
    mb_allocate(u->rt, t, sizeof *t, 0);
}

/* The module on top of the stack passes everything on to the one at index `fresh`: what still
 * refers to the former table sees the new code. Pops it. */
static void forward(lua_State *L, int fresh) {
    int old = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, old)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, old);
    }
    if (lua_getmetatable(L, old)) {
        lua_pushvalue(L, fresh);
        lua_setfield(L, -2, "__index");
        lua_pushvalue(L, fresh);
        lua_setfield(L, -2, "__newindex");
    }
    lua_settop(L, old - 1);
}

void moon_transaction_commit(lua_State *L) {
    moon_universe *u = moon_of(L);
    if (!u->transaction || --u->transaction->depth > 0)
        return;
    luaL_checkstack(L, 12, NULL);
    int top = lua_gettop(L);
    moon_anchor_push(L, u->transaction->modules);
    lua_rawgeti(L, LUA_REGISTRYINDEX, u->modules);
    lua_pushnil(L);
    while (lua_next(L, top + 1)) {
        lua_pushvalue(L, -2);
        if (lua_rawget(L, top + 2) == LUA_TTABLE)
            forward(L, top + 4);
        else
            lua_pop(L, 1);
        update_slot(L, lua_tostring(L, -2));
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, top + 2);
    }
    lua_settop(L, top);
    transaction_end(L);
}

void moon_transaction_rollback(lua_State *L) {
    moon_universe *u = moon_of(L);
    if (!u->transaction || --u->transaction->depth > 0)
        return;
    moon_anchor_push(L, u->transaction->snapshot);
    moon_globals_restore(L);
    transaction_end(L);
}

/* ----------------------------------------------------------------------------- names of functions */

/* Pushes "function 'path.key'" when the table on top of the stack has the function at index. */
static bool find_in_table(lua_State *L, int function, const char *path, int depth) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            lua_pop(L, 1);
            continue;
        }
        const char *key = lua_tostring(L, -2);
        if (lua_rawequal(L, -1, function)) {
            lua_pop(L, 1);
            lua_pushfstring(L, *path ? "function '%s.%s'" : "function '%s%s'", path, key);
            lua_remove(L, -2);
            return true;
        }
        if (depth > 0 && lua_istable(L, -1)) {
            const char *inner = lua_pushfstring(L, *path ? "%s.%s" : "%s%s", path, key);
            lua_insert(L, -2);
            if (find_in_table(L, function, inner, depth - 1)) {
                lua_insert(L, -4);
                lua_pop(L, 3);
                return true;
            }
            lua_remove(L, -2);
        }
        lua_pop(L, 1);
    }
    return false;
}

bool moon_module_find_function(lua_State *L, int index) {
    moon_universe *u = moon_of(L);
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    if (!lua_checkstack(L, 24) || lua_iscfunction(L, index))
        return false;
    const struct { int table, depth; } places[] = {{u->modules, 3}, {u->globals, 1}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, places[i].table);
        if (find_in_table(L, index, "", places[i].depth)) {
            lua_replace(L, top + 1);
            lua_settop(L, top + 1);
            return true;
        }
        lua_settop(L, top);
    }
    return false;
}
