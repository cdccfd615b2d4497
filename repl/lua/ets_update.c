/* ETS: counters and elements changed in their place. */
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

static void check_count(lua_State *L, const char *what, int count) {
    static const char *const names[] = {"", "table", "key", "operation"};
    if (lua_gettop(L) < count)
        moon_bad_argument(L, what, lua_gettop(L) + 1, names[lua_gettop(L) + 1], "a value");
}

/* One step of update_counter: position (from 1), increment, and optionally threshold and what takes
 * the place of what goes beyond it. */
static const char *count_up(mb_term operation, uint32_t keypos, size_t size, mb_term *cells) {
    int64_t numbers[4];
    size_t count = mb_array_size(operation);
    if (operation.type == MB_INTEGER) {
        numbers[0] = (int64_t)keypos + 1;
        numbers[1] = operation.integer;
        count = 2;
    } else if (count != 2 && count != 4) {
        return "not a valid update operation";
    }
    for (size_t i = 0; operation.type != MB_INTEGER && i < count; i++) {
        if (mb_element(operation, i).type != MB_INTEGER)
            return "not a valid update operation";
        numbers[i] = mb_element(operation, i).integer;
    }
    if (numbers[0] == keypos)
        return "the position is the same as the key position";
    if (numbers[0] < 1 || (uint64_t)numbers[0] > size)
        return "the position in the update operation is out of range";
    mb_term *cell = &cells[numbers[0] - 1];
    if (cell->type != MB_INTEGER)
        return "the value in the given position, in the object, is not an integer";
    int64_t sum = (int64_t)((uint64_t)cell->integer + (uint64_t)numbers[1]);
    if (count == 4 && (numbers[1] < 0 ? sum < numbers[2] : sum > numbers[2]))
        sum = numbers[3];
    *cell = mb_integer(sum);
    return NULL;
}

static const char *set_element(mb_term operation, uint32_t keypos, size_t size, mb_term *cells) {
    mb_term position = mb_element(operation, 0);
    size_t count = mb_array_size(operation);
    if (count < 1 || count > 2 || position.type != MB_INTEGER)
        return "is not a valid element specification";
    if (position.integer < 1)
        return "is not a valid element specification";
    if (position.integer == keypos)
        return "the position is the same as the key position";
    if ((uint64_t)position.integer > size)
        return "out of range";
    cells[position.integer - 1] = mb_element(operation, 1);
    return NULL;
}

typedef const char *(*update)(mb_term operation, uint32_t keypos, size_t size, mb_term *cells);

typedef struct updating {
    mb_term operations; /* borrowed: one, or a list of them */
    bool many;
    uint32_t keypos;
    mb_term object; /* borrowed: the one there is */
    mb_term key;    /* borrowed */
    update update;
    mb_term result;  /* owned: the integers after each step */
    mb_term changed; /* owned: the new object */
    bool no_memory;
} updating;

/* The position that an operation of update_counter changes, checked already. */
static mb_term counter_value(mb_term operation, uint32_t keypos, const mb_term *cells) {
    return operation.type == MB_INTEGER ? cells[keypos]
                                        : cells[mb_element(operation, 0).integer - 1];
}

static const char *apply_updates(updating *u, mb_term *cells, mb_term *values) {
    size_t size = mb_array_size(u->object);
    size_t count = u->many ? mb_array_size(u->operations) : 1;
    for (size_t i = 0; i < count; i++) {
        mb_term operation = u->many ? mb_element(u->operations, i) : u->operations;
        const char *complaint = u->update(operation, u->keypos, size, cells);
        if (complaint)
            return complaint;
        values[i] = u->update == count_up ? counter_value(operation, u->keypos, cells) : mb_nil();
    }
    return NULL;
}

/* Fills in result and changed; returns a complaint about the operations, or NULL. */
static const char *make_update(mb_runtime *rt, updating *u) {
    const mb_table *object = u->object.table;
    size_t cell_count = object->array_size + 2 * (size_t)object->pair_count;
    size_t count = u->many ? mb_array_size(u->operations) : 1;
    size_t bytes = (cell_count + count) * sizeof(mb_term);
    mb_term *cells = mb_allocate(rt, NULL, 0, bytes);
    u->no_memory = !cells;
    if (!cells)
        return NULL;
    memcpy(cells, object->cells, cell_count * sizeof *cells);
    cells[u->keypos - 1] = u->key;
    mb_term *values = cells + cell_count;
    const char *complaint = apply_updates(u, cells, values);
    if (!complaint)
        u->no_memory = !mb_tuple(rt, &u->result, count, values) ||
                       !mb_table_new(rt, &u->changed, object->tag, object->array_size,
                                     object->pair_count, cells);
    mb_allocate(rt, cells, bytes, 0);
    return complaint;
}

/* Whether the term is a list of operations rather than one. */
static bool is_many(mb_term operations) {
    return operations.type == MB_TABLE &&
           (mb_array_size(operations) == 0 || mb_element(operations, 0).type == MB_TABLE);
}

/* Updates the object with u->key, or, if there is none, the given one. Releases what u borrows. */
static const char *run_update(mb_runtime *rt, mb_ets *table, updating *u, mb_term fallback) {
    mb_ets_entry *entry = mb_ets_lookup(table, u->key);
    u->object = entry ? mb_ets_object(entry) : fallback;
    if (entry)
        u->key = mb_element(u->object, u->keypos - 1);
    u->many = is_many(u->operations);
    u->result = u->changed = mb_nil();
    const char *complaint = make_update(rt, u);
    if (complaint || u->no_memory) {
        mb_release(rt, u->changed);
        return complaint;
    }
    if (entry)
        mb_ets_replace(table, entry, u->changed);
    else
        u->no_memory = !mb_ets_insert(table, u->changed);
    return NULL;
}

static void check_updatable(lua_State *L, const char *what, const mb_ets_info *info, int arg,
                            const char *complaint) {
    if (info->options.type == MB_ETS_BAG || info->options.type == MB_ETS_DUPLICATE_BAG)
        moon_ets_refuse(L, what, arg, complaint);
}

/* { key, operations, default } as one owned term. */
static mb_term take_arguments(lua_State *L, int count) {
    mb_term arguments;
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(L, 2 + i);
        lua_rawseti(L, -2, i + 1);
    }
    moon_to_term(L, -1, &arguments, "{ key, operation, default }");
    lua_pop(L, 1);
    return arguments;
}

static int push_counters(lua_State *L, const updating *u) {
    if (u->many) {
        moon_push_owned_term(L, u->result);
        return 1;
    }
    lua_pushinteger(L, mb_element(u->result, 0).integer);
    mb_release(moon_rt(L), u->result);
    return 1;
}

static int ets_update_counter(lua_State *L) {
    static const char what[] = "ETS.update_counter";
    mb_runtime *rt = moon_rt(L);
    mb_ets_info info;
    check_count(L, what, 3);
    bool has_default = lua_gettop(L) > 3 && !lua_isnil(L, 4);
    lua_settop(L, has_default ? 4 : 3);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_WRITE, &info);
    check_updatable(L, what, &info, 1,
                    "the table identifier refers to an ETS table of a type not supported by this "
                    "operation");
    if (!lua_isinteger(L, 3) && !lua_istable(L, 3))
        return moon_ets_refuse(L, what, 3, "not a valid update operation");
    if (has_default && (!lua_istable(L, 4) || lua_rawlen(L, 4) < info.options.keypos))
        return moon_ets_refuse(L, what, 4, "not a tuple");
    if (!has_default && !moon_ets_lookup(L, table, 2))
        return moon_ets_refuse(L, what, 2, "not a key that exists in the table");
    mb_term arguments = take_arguments(L, has_default ? 3 : 2);
    updating u = {.operations = mb_element(arguments, 1),
                  .keypos = info.options.keypos,
                  .key = mb_element(arguments, 0),
                  .update = count_up};
    const char *complaint = run_update(rt, table, &u, mb_element(arguments, 2));
    mb_release(rt, arguments);
    if (complaint)
        return moon_ets_refuse(L, what, 3, complaint);
    moon_ets_need(L, !u.no_memory);
    moon_reduce(L, 1);
    return push_counters(L, &u);
}

/* Whether { position, value }, or a list of those, at index 3 begins with positions. */
static bool are_positions(lua_State *L) {
    lua_rawgeti(L, 3, 1);
    bool many = lua_istable(L, -1);
    bool good = many || lua_tointeger(L, -1) > 0;
    for (lua_Integer i = 1; many && good && i <= (lua_Integer)lua_rawlen(L, 3); i++) {
        lua_rawgeti(L, 3, i);
        good =
            lua_istable(L, -1) && lua_rawgeti(L, -1, 1) == LUA_TNUMBER && lua_tointeger(L, -1) > 0;
        lua_settop(L, 4);
    }
    lua_settop(L, 3);
    return good;
}

static int ets_update_element(lua_State *L) {
    static const char what[] = "ETS.update_element";
    mb_runtime *rt = moon_rt(L);
    mb_ets_info info;
    lua_settop(L, 3);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_WRITE, &info);
    if (!lua_istable(L, 3))
        return moon_ets_refuse(L, what, 3, "is not a valid element specification");
    check_updatable(L, what, &info, 3,
                    are_positions(L) ? "out of range" : "is not a valid element specification");
    if (!moon_ets_lookup(L, table, 2)) {
        lua_pushboolean(L, 0);
        return 1;
    }
    mb_term arguments = take_arguments(L, 2);
    updating u = {.operations = mb_element(arguments, 1),
                  .keypos = info.options.keypos,
                  .key = mb_element(arguments, 0),
                  .update = set_element};
    const char *complaint = run_update(rt, table, &u, mb_nil());
    mb_release(rt, u.result);
    mb_release(rt, arguments);
    if (complaint)
        return moon_ets_refuse(L, what, 3, complaint);
    moon_ets_need(L, !u.no_memory);
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"ETS.update_counter",
     "update_counter(table, key, operation [, default])\n\n"
     "Adds to an integer of the object with that key, and returns it: operation is an increment of "
     "the element\n"
     "behind the key, { position, increment }, { position, increment, threshold, value } (beyond "
     "the threshold the\n"
     "element becomes value) or a list of those. Where there is no object, default is put in "
     "first.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.update_counter(t, \"hits\", 1, { \"hits\", 0 })   -- 1\n"
     "    ETS.update_counter(t, \"hits\", { 2, 5 })   -- 6",
     ets_update_counter},
    {"ETS.update_element",
     "update_element(table, key, { position, value })\n\n"
     "Changes an element, or several with a list of pairs. false when there is no such key.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.update_element(t, \"a\", { 2, 5 })   -- true",
     ets_update_element},
    {NULL, NULL, NULL},
};

void moon_open_ets_update(lua_State *L) {
    moon_bind(L, bindings);
}
