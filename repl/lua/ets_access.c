/* ETS: objects put in, looked up and deleted by their keys. */
#include "lua/ets_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

static int push_true(lua_State *L) {
    lua_pushboolean(L, 1);
    return 1;
}

/* ------------------------------------------------------------------------------------- insert */

/* Whether the value at index is a list of objects rather than one. */
static bool is_list(lua_State *L, int index) {
    lua_Integer length = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= length; i++) {
        int type = lua_rawgeti(L, index, i);
        lua_pop(L, 1);
        if (type != LUA_TTABLE)
            return false;
    }
    return length > 0;
}

/* What is wrong with an object; NULL: nothing. */
static const char *complaint_about(mb_term object, uint32_t keypos) {
    if (object.type != MB_TABLE || object.table->pair_count > 0)
        return "not a tuple";
    if (mb_array_size(object) == 0)
        return "is an empty tuple";
    return mb_array_size(object) < keypos ? "" : NULL;
}

/* The object at argument 2, owned. */
static mb_term take_object(lua_State *L, const char *what, uint32_t keypos) {
    mb_term object;
    if (lua_type(L, 2) != LUA_TTABLE)
        moon_ets_refuse(L, what, 2, "not a tuple");
    moon_to_term(L, 2, &object, "object");
    const char *complaint = complaint_about(object, keypos);
    if (!complaint)
        return object;
    mb_release(moon_rt(L), object);
    if (*complaint)
        moon_ets_refuse(L, what, 2, complaint);
    moon_ets_refuse(L, what, 0, "argument error");
    return mb_nil();
}

static void discard(mb_runtime *rt, mb_term *objects, lua_Integer made, lua_Integer length) {
    while (made > 0)
        mb_release(rt, objects[--made]);
    mb_allocate(rt, objects, (size_t)length * sizeof *objects, 0);
}

/* All objects of the list at argument 2, each by itself; the array is the caller's. */
static mb_term *take_list(lua_State *L, const char *what, lua_Integer length, uint32_t keypos) {
    mb_runtime *rt = moon_rt(L);
    mb_term *objects = mb_allocate(rt, NULL, 0, (size_t)length * sizeof *objects);
    moon_ets_need(L, objects != NULL);
    for (lua_Integer i = 0; i < length; i++) {
        lua_rawgeti(L, 2, i + 1);
        bool made = moon_try_term(L, 3, &objects[i], "object");
        const char *complaint = made ? complaint_about(objects[i], keypos) : NULL;
        if (!made || complaint) {
            discard(rt, objects, made ? i + 1 : i, length);
            if (!made)
                lua_error(L);
            lua_settop(L, 2);
            moon_ets_refuse(L, what, 2, "not a non-empty tuple or a list of non-empty tuples");
        }
        lua_settop(L, 2);
    }
    return objects;
}

/* All objects or none. A bag gets them from the last to the first, as OTP 25's does. */
static bool insert_list(lua_State *L, const char *what, mb_ets *table, const mb_ets_info *info,
                        bool anew) {
    uint32_t keypos = info->options.keypos;
    bool backwards = info->options.type == MB_ETS_BAG;
    lua_Integer length = (lua_Integer)lua_rawlen(L, 2), done = 0;
    mb_term *objects = take_list(L, what, length, keypos);
    bool fresh = true, memory = true;
    for (lua_Integer i = 0; anew && fresh && i < length; i++)
        fresh = !mb_ets_lookup(table, mb_element(objects[i], keypos - 1));
    for (; fresh && memory && done < length; done++)
        memory = mb_ets_insert(table, mb_retain(objects[backwards ? length - 1 - done : done]));
    discard(moon_rt(L), objects, length, length);
    moon_ets_need(L, memory);
    moon_reduce(L, (int)(length < 1000 ? length : 1000));
    return fresh;
}

static bool insert(lua_State *L, const char *what, bool anew) {
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_WRITE, &info);
    if (lua_type(L, 2) == LUA_TTABLE && is_list(L, 2))
        return insert_list(L, what, table, &info, anew);
    mb_term object = take_object(L, what, info.options.keypos);
    if (anew && mb_ets_lookup(table, mb_element(object, info.options.keypos - 1))) {
        mb_release(moon_rt(L), object);
        return false;
    }
    moon_ets_need(L, mb_ets_insert(table, object));
    moon_reduce(L, 1);
    return true;
}

static int ets_insert(lua_State *L) {
    insert(L, "ETS.insert", false);
    return push_true(L);
}

static int ets_insert_new(lua_State *L) {
    lua_pushboolean(L, insert(L, "ETS.insert_new", true));
    return 1;
}

/* ------------------------------------------------------------------------------------- lookup */

/* Cells that the caller's copy alone keeps alive. */
static bool is_flat(mb_term object) {
    if (object.table->array_size > MOON_SMALL_TUPLE || object.table->pair_count > 0)
        return false;
    for (uint32_t i = 0; i < object.table->array_size; i++) {
        mb_term cell = object.table->cells[i];
        if (cell.type >= MB_TABLE || (cell.type == MB_STRING && cell.length >= MB_KEPT))
            return false;
    }
    return true;
}

/* Making Lua values may run finalizers, and those may change the table: nothing of it is looked at
 * meanwhile. */
static void push_object(lua_State *L, mb_term object) {
    mb_term cells[MOON_SMALL_TUPLE];
    uint32_t count = object.table->array_size;
    if (!is_flat(object)) {
        moon_push_owned_term(L, mb_retain(object));
        return;
    }
    memcpy(cells, object.table->cells, count * sizeof *cells);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        moon_push_value(L, cells[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* The objects of one key, or one element of each, as an owned array. */
static mb_term same_objects(lua_State *L, const mb_ets_entry *entry, size_t position) {
    size_t count = 0;
    mb_term result;
    for (const mb_ets_entry *e = entry; e; e = mb_ets_same(e))
        count++;
    mb_builder *builder = mb_build(moon_rt(L));
    size_t at = mb_build_table(builder, MB_BUILD_ROOT, mb_nil(), count, 0);
    for (const mb_ets_entry *e = entry; e; e = mb_ets_same(e), at += sizeof(mb_term)) {
        mb_term object = mb_ets_object(e);
        mb_build_term(builder, at, position ? mb_element(object, position - 1) : object);
    }
    moon_ets_need(L, mb_build_finish(builder, &result));
    return result;
}

/* The first object whose key is at arg. */
mb_ets_entry *moon_ets_lookup(lua_State *L, const mb_ets *table, int arg) {
    mb_term key;
    moon_to_term(L, arg, &key, "key");
    mb_ets_entry *entry = mb_ets_lookup(table, key);
    mb_release(moon_rt(L), key);
    return entry;
}

int moon_ets_push_objects(lua_State *L, const mb_ets_entry *entry) {
    if (entry && mb_ets_same(entry)) {
        moon_push_owned_term(L, same_objects(L, entry, 0));
        return 1;
    }
    if (entry) {
        push_object(L, mb_ets_object(entry));
        lua_createtable(L, 1, 0);
        lua_insert(L, -2);
        lua_rawseti(L, -2, 1);
    } else {
        lua_newtable(L);
    }
    return 1;
}

static int ets_lookup(lua_State *L) {
    mb_ets_info info;
    lua_settop(L, 2);
    const mb_ets *table = moon_ets_check_table(L, "ETS.lookup", 1, MOON_ETS_READ, &info);
    moon_reduce(L, 1);
    return moon_ets_push_objects(L, moon_ets_lookup(L, table, 2));
}

static int ets_take(lua_State *L) {
    mb_ets_info info;
    mb_term key;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, "ETS.take", 1, MOON_ETS_WRITE, &info);
    moon_to_term(L, 2, &key, "key");
    mb_ets_entry *entry = mb_ets_lookup(table, key);
    mb_term objects = entry ? same_objects(L, entry, 0) : mb_nil();
    mb_ets_delete(table, key);
    mb_release(moon_rt(L), key);
    if (entry)
        moon_push_owned_term(L, objects);
    else
        lua_newtable(L);
    return 1;
}

static int ets_member(lua_State *L) {
    mb_ets_info info;
    lua_settop(L, 2);
    const mb_ets *table = moon_ets_check_table(L, "ETS.member", 1, MOON_ETS_READ, &info);
    lua_pushboolean(L, moon_ets_lookup(L, table, 2) != NULL);
    return 1;
}

static int ets_lookup_element(lua_State *L) {
    static const char what[] = "ETS.lookup_element";
    mb_ets_info info;
    lua_settop(L, 3);
    const mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_READ, &info);
    if (!lua_isinteger(L, 3))
        return moon_ets_refuse(L, what, 3, "not an integer");
    if (lua_tointeger(L, 3) < 1)
        return moon_ets_refuse(L, what, 3, "out of range");
    size_t position = (size_t)lua_tointeger(L, 3);
    const mb_ets_entry *entry = moon_ets_lookup(L, table, 2);
    if (!entry)
        return moon_ets_refuse(L, what, 2, "not a key that exists in the table");
    for (const mb_ets_entry *e = entry; e; e = mb_ets_same(e))
        if (position > mb_array_size(mb_ets_object(e)))
            return moon_ets_refuse(L, what, 3, "position is greater than the size of the object");
    bool many = info.options.type == MB_ETS_BAG || info.options.type == MB_ETS_DUPLICATE_BAG;
    moon_push_owned_term(L, many ? same_objects(L, entry, position)
                                 : mb_retain(mb_element(mb_ets_object(entry), position - 1)));
    return 1;
}

/* ------------------------------------------------------------------------------------- delete */

static int ets_delete(lua_State *L) {
    mb_ets_info info;
    mb_term key;
    bool whole = lua_gettop(L) < 2;
    mb_ets *table = moon_ets_check_table(L, "ETS.delete", 1, MOON_ETS_WRITE, &info);
    if (whole) {
        mb_ets_drop(table);
        return push_true(L);
    }
    moon_to_term(L, 2, &key, "key");
    mb_ets_delete(table, key);
    mb_release(moon_rt(L), key);
    return push_true(L);
}

static int ets_delete_object(lua_State *L) {
    mb_ets_info info;
    mb_term object;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, "ETS.delete_object", 1, MOON_ETS_WRITE, &info);
    if (lua_type(L, 2) != LUA_TTABLE)
        return moon_ets_refuse(L, "ETS.delete_object", 2, "not a tuple");
    if (lua_rawlen(L, 2) == 0)
        return moon_ets_refuse(L, "ETS.delete_object", 2, "is an empty tuple");
    moon_to_term(L, 2, &object, "object");
    mb_ets_delete_object(table, object);
    mb_release(moon_rt(L), object);
    return push_true(L);
}

static int ets_delete_all_objects(lua_State *L) {
    mb_ets_info info;
    mb_ets_clear(moon_ets_check_table(L, "ETS.delete_all_objects", 1, MOON_ETS_WRITE, &info));
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"ETS.insert",
     "insert(table, object_or_list)\n\n"
     "Puts in an object, or a list of objects: a table all of whose elements are tables. In a set "
     "an object\n"
     "takes the place of the one with its key.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { { \"a\", 1 }, { \"b\", 2 } })",
     ets_insert},
    {"ETS.insert_new",
     "insert_new(table, object_or_list)\n\n"
     "The same, unless one of the keys is there already; says whether it has done so.\n\n"
     "    ETS.insert_new(ETS.new(\"t\"), { \"a\", 1 })   -- true",
     ets_insert_new},
    {"ETS.lookup",
     "lookup(table, key)\n\n"
     "The objects with that key: none, one, or several of a bag.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.lookup(t, \"a\")   -- { { \"a\", 1 } }",
     ets_lookup},
    {"ETS.lookup_element",
     "lookup_element(table, key, position)\n\n"
     "One element of the object with that key; of a bag, an array of them. Raises when there is no "
     "such key.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.lookup_element(t, \"a\", 2)   -- 1",
     ets_lookup_element},
    {"ETS.take",
     "take(table, key)\n\n"
     "The objects with that key, which are removed.\n\n"
     "    ETS.take(ETS.new(\"t\"), \"a\")   -- {}",
     ets_take},
    {"ETS.member",
     "member(table, key)\n\n"
     "Whether there is an object with that key.\n\n"
     "    ETS.member(ETS.new(\"t\"), \"a\")   -- false",
     ets_member},
    {"ETS.delete",
     "delete(table [, key])\n\n"
     "Removes the objects with that key; without a key, the whole table.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.delete(t, \"a\")\n"
     "    ETS.delete(t)",
     ets_delete},
    {"ETS.delete_object",
     "delete_object(table, object)\n\n"
     "Removes exactly that object.\n\n"
     "    ETS.delete_object(ETS.new(\"t\", { \"bag\" }), { \"a\", 1 })",
     ets_delete_object},
    {"ETS.delete_all_objects",
     "delete_all_objects(table)\n\n"
     "Empties the table.\n\n"
     "    ETS.delete_all_objects(ETS.new(\"t\"))",
     ets_delete_all_objects},
    {NULL, NULL, NULL},
};

void moon_open_ets_access(lua_State *L) {
    moon_bind(L, bindings);
}
