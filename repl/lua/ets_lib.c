/* ETS: tables of objects (stdlib's ets). The runtime keeps the tables; here is who may do what, and
 * what it is told when it may not. */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

#define END_OF_TABLE "$end_of_table"

/* ------------------------------------------------------------------------------------- errors */

/* Pushes "ETS.lookup("users", 1)". */
static void push_call(lua_State *L, const char *what, int count) {
    lua_pushfstring(L, "%s(", what);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            lua_pushliteral(L, ", ");
        moon_push_shown(L, i);
        lua_concat(L, i > 1 ? 3 : 2);
    }
    lua_pushliteral(L, ")");
    lua_concat(L, 2);
}

/* Raises what Elixir says of a wrong argument; `arg` 0: of none in particular. */
static int refuse(lua_State *L, const char *what, int arg, const char *complaint) {
    static const char *const ordinals[] = {"", "1st", "2nd", "3rd", "4th"};
    int count = lua_gettop(L);
    luaL_checkstack(L, 8, NULL);
    luaL_where(L, 1);
    if (arg > 0)
        lua_pushfstring(L,
                        "errors were found at the given arguments:\n\n  * %s argument: %s\n\n    ",
                        ordinals[arg], complaint);
    else
        lua_pushfstring(L, "%s\n\n    ", complaint);
    push_call(L, what, count < 4 ? count : 4);
    lua_concat(L, 3);
    return lua_error(L);
}

/* ------------------------------------------------------------------------------------- arguments
 */

typedef enum right { RIGHT_LOOK, RIGHT_READ, RIGHT_WRITE, RIGHT_OWN } right;

static bool allows(lua_State *L, const mb_ets_info *info, right wanted) {
    const mb_process *p = moon_self_or_null(L);
    if (wanted == RIGHT_LOOK || (p && mb_self(p) == info->owner))
        return true;
    if (wanted == RIGHT_READ)
        return info->options.access != MB_ETS_PRIVATE;
    return wanted == RIGHT_WRITE && info->options.access == MB_ETS_PUBLIC;
}

/* The table named at index; NULL when there is none. */
static mb_ets *find_table(lua_State *L, const char *what, int arg) {
    mb_term id;
    bool is_name = lua_type(L, arg) == LUA_TSTRING || moon_module_is(L, arg);
    if (!is_name && !moon_is_ref(L, arg))
        refuse(L, what, arg, "not an atom or a table identifier");
    if (is_name && !moon_to_cell(L, arg, &id))
        moon_destination_term(L, arg, false, &id);
    else if (!is_name)
        id = mb_ref_term(moon_light(L, arg));
    mb_ets *table = mb_ets_find(moon_rt(L), id);
    mb_release(moon_rt(L), id);
    return table;
}

static mb_ets *check_table(lua_State *L, const char *what, int arg, right wanted,
                           mb_ets_info *info) {
    mb_ets *table = find_table(L, what, arg);
    if (!table)
        refuse(L, what, arg, "the table identifier does not refer to an existing ETS table");
    mb_ets_info_of(table, info);
    if (!allows(L, info, wanted))
        refuse(L, what, arg,
               "the table identifier refers to an ETS table with insufficient access rights");
    return table;
}

static void need(lua_State *L, bool memory) {
    if (!memory)
        moon_no_memory(L);
}

static void check_count(lua_State *L, const char *what, int count) {
    static const char *const names[] = {"", "table", "second argument", "third argument"};
    if (lua_gettop(L) < count)
        moon_bad_argument(L, what, lua_gettop(L) + 1, names[lua_gettop(L) + 1], "a value");
}

static void push_id(lua_State *L, const mb_ets *table) {
    moon_push_owned_term(L, mb_retain(mb_ets_id(table)));
}

static int push_true(lua_State *L) {
    lua_pushboolean(L, 1);
    return 1;
}

/* ------------------------------------------------------------------------------------- new */

static bool flag_option(mb_ets_options *options, const char *flag) {
    static const struct {
        const char *name;
        mb_ets_type type;
    } types[] = {{"set", MB_ETS_SET},
                 {"ordered_set", MB_ETS_ORDERED_SET},
                 {"bag", MB_ETS_BAG},
                 {"duplicate_bag", MB_ETS_DUPLICATE_BAG}};
    static const char *const accesses[] = {"public", "protected", "private"};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(types[i].name, flag) == 0) {
            options->type = types[i].type;
            return true;
        }
    for (size_t i = 0; i < 3; i++)
        if (strcmp(accesses[i], flag) == 0) {
            options->access = (mb_ets_access)i;
            return true;
        }
    if (strcmp(flag, "named_table") == 0)
        return options->named = true;
    return strcmp(flag, "compressed") == 0 && (options->compressed = true);
}

/* heir = "none" or { pid, data }, on top of the stack. */
static bool check_heir(lua_State *L) {
    if (moon_is_string(L, -1, "none"))
        return true;
    bool ok = lua_istable(L, -1) && lua_rawgeti(L, -1, 1) && moon_is_pid(L, -1);
    lua_settop(L, 4);
    return ok;
}

/* One field of the options: the key at index 3, the value at 4. */
static bool field_option(lua_State *L, mb_ets_options *options) {
    bool on = lua_toboolean(L, 4);
    if (lua_isinteger(L, 3))
        return lua_type(L, 4) == LUA_TSTRING && flag_option(options, lua_tostring(L, 4));
    if (moon_is_string(L, 3, "keypos")) {
        bool ok = lua_isinteger(L, 4) && lua_tointeger(L, 4) > 0 && lua_tointeger(L, 4) < 1 << 24;
        options->keypos = ok ? (uint32_t)lua_tointeger(L, 4) : 1;
        return ok;
    }
    if (moon_is_string(L, 3, "heir"))
        return check_heir(L);
    if (moon_is_string(L, 3, "write_concurrency") && moon_is_string(L, 4, "auto"))
        return options->write_concurrency = true;
    if (!lua_isboolean(L, 4))
        return false;
    if (moon_is_string(L, 3, "read_concurrency"))
        options->read_concurrency = on;
    else if (moon_is_string(L, 3, "write_concurrency"))
        options->write_concurrency = on;
    else if (moon_is_string(L, 3, "decentralized_counters"))
        options->decentralized_counters = on;
    else
        return false;
    return true;
}

static void check_new_options(lua_State *L, mb_ets_options *options) {
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 2);
        return;
    }
    lua_settop(L, 2);
    if (!lua_istable(L, 2))
        refuse(L, "ETS.new", 2, "not a list");
    lua_pushnil(L);
    while (lua_next(L, 2)) {
        if (!field_option(L, options)) {
            lua_settop(L, 2);
            refuse(L, "ETS.new", 2, "invalid options");
        }
        lua_settop(L, 3);
    }
}

/* The heir { pid, data } on top of the stack. */
static void set_heir(lua_State *L, mb_ets *table) {
    mb_term data = mb_nil();
    mb_pid pid = 0;
    if (lua_istable(L, -1)) {
        lua_rawgeti(L, -1, 1);
        pid = moon_light(L, -1);
        lua_rawgeti(L, -2, 2);
        moon_to_term(L, -1, &data, "heir data");
        lua_pop(L, 2);
    }
    mb_ets_set_heir(table, pid, data);
}

static int ets_new(lua_State *L) {
    mb_ets_options options = {.keypos = 1, .access = MB_ETS_PROTECTED};
    mb_runtime *rt = moon_rt(L);
    mb_process *p = moon_self(L);
    if (lua_type(L, 1) != LUA_TSTRING && !moon_module_is(L, 1))
        return refuse(L, "ETS.new", 1, "not an atom");
    check_new_options(L, &options);
    bool has_heir = lua_istable(L, 2) && lua_getfield(L, 2, "heir") == LUA_TTABLE;
    lua_settop(L, 3);
    mb_term heir_data = mb_nil(), name;
    if (has_heir) { /* before there is a table to be left behind */
        lua_rawgeti(L, 3, 2);
        moon_to_term(L, -1, &heir_data, "heir data");
        mb_release(rt, heir_data);
    }
    lua_settop(L, 3);
    moon_destination_term(L, 1, false, &name);
    bool taken = options.named && mb_ets_find(rt, name);
    mb_ets *table = taken ? NULL : mb_ets_new(p, name, &options);
    mb_release(rt, name);
    if (taken) {
        lua_settop(L, 2);
        return refuse(L, "ETS.new", 1, "table name already exists");
    }
    need(L, table != NULL);
    if (has_heir)
        set_heir(L, table);
    push_id(L, table);
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

/* The object at index, owned. arg is the argument in which it lies. */
static mb_term take_object(lua_State *L, const char *what, int arg, int index, uint32_t keypos) {
    mb_term object;
    if (lua_type(L, index) != LUA_TTABLE)
        refuse(L, what, arg, "not a tuple");
    moon_to_term(L, index, &object, "object");
    bool is_tuple = object.type == MB_TABLE && object.table->pair_count == 0;
    if (is_tuple && mb_array_size(object) >= keypos)
        return object;
    size_t size = mb_array_size(object);
    mb_release(moon_rt(L), object);
    lua_settop(L, 2);
    if (!is_tuple)
        refuse(L, what, arg, "not a tuple");
    if (size == 0)
        refuse(L, what, arg, "is an empty tuple");
    refuse(L, what, 0, "argument error");
    return mb_nil();
}

static mb_term element_object(lua_State *L, const char *what, lua_Integer i, uint32_t keypos) {
    lua_rawgeti(L, 2, i);
    mb_term object = take_object(L, what, 2, 3, keypos);
    lua_settop(L, 2);
    return object;
}

/* Whether none of the keys in a list of objects is there; raises errors for what is no object. */
static bool check_list(lua_State *L, const char *what, const mb_ets *table, uint32_t keypos) {
    bool fresh = true;
    lua_Integer length = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= length; i++) {
        mb_term object = element_object(L, what, i, keypos);
        fresh = fresh && !mb_ets_lookup(table, mb_element(object, keypos - 1));
        mb_release(moon_rt(L), object);
    }
    return fresh;
}

static bool insert_list(lua_State *L, const char *what, mb_ets *table, uint32_t keypos, bool anew) {
    lua_Integer length = (lua_Integer)lua_rawlen(L, 2);
    if (!check_list(L, what, table, keypos) && anew)
        return false;
    for (lua_Integer i = 1; i <= length; i++)
        need(L, mb_ets_insert(table, element_object(L, what, i, keypos)));
    moon_reduce(L, (int)(length < 1000 ? length : 1000));
    return true;
}

static bool insert(lua_State *L, const char *what, bool anew) {
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = check_table(L, what, 1, RIGHT_WRITE, &info);
    if (lua_type(L, 2) == LUA_TTABLE && is_list(L, 2))
        return insert_list(L, what, table, info.options.keypos, anew);
    mb_term object = take_object(L, what, 2, 2, info.options.keypos);
    if (anew && mb_ets_lookup(table, mb_element(object, info.options.keypos - 1))) {
        mb_release(moon_rt(L), object);
        return false;
    }
    need(L, mb_ets_insert(table, object));
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
    need(L, mb_build_finish(builder, &result));
    return result;
}

/* The first object whose key is at arg. */
static mb_ets_entry *lookup(lua_State *L, const mb_ets *table, int arg) {
    mb_term key;
    moon_to_term(L, arg, &key, "key");
    mb_ets_entry *entry = mb_ets_lookup(table, key);
    mb_release(moon_rt(L), key);
    return entry;
}

static int push_objects(lua_State *L, const mb_ets_entry *entry) {
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
    const mb_ets *table = check_table(L, "ETS.lookup", 1, RIGHT_READ, &info);
    moon_reduce(L, 1);
    return push_objects(L, lookup(L, table, 2));
}

static int ets_take(lua_State *L) {
    mb_ets_info info;
    mb_term key;
    lua_settop(L, 2);
    mb_ets *table = check_table(L, "ETS.take", 1, RIGHT_WRITE, &info);
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
    const mb_ets *table = check_table(L, "ETS.member", 1, RIGHT_READ, &info);
    lua_pushboolean(L, lookup(L, table, 2) != NULL);
    return 1;
}

static int ets_lookup_element(lua_State *L) {
    static const char what[] = "ETS.lookup_element";
    mb_ets_info info;
    lua_settop(L, 3);
    const mb_ets *table = check_table(L, what, 1, RIGHT_READ, &info);
    if (!lua_isinteger(L, 3))
        return refuse(L, what, 3, "not an integer");
    if (lua_tointeger(L, 3) < 1)
        return refuse(L, what, 3, "out of range");
    size_t position = (size_t)lua_tointeger(L, 3);
    const mb_ets_entry *entry = lookup(L, table, 2);
    if (!entry)
        return refuse(L, what, 2, "not a key that exists in the table");
    for (const mb_ets_entry *e = entry; e; e = mb_ets_same(e))
        if (position > mb_array_size(mb_ets_object(e)))
            return refuse(L, what, 3, "position is greater than the size of the object");
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
    mb_ets *table = check_table(L, "ETS.delete", 1, RIGHT_WRITE, &info);
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
    mb_ets *table = check_table(L, "ETS.delete_object", 1, RIGHT_WRITE, &info);
    if (lua_type(L, 2) != LUA_TTABLE)
        return refuse(L, "ETS.delete_object", 2, "not a tuple");
    moon_to_term(L, 2, &object, "object");
    mb_ets_delete_object(table, object);
    mb_release(moon_rt(L), object);
    return push_true(L);
}

static int ets_delete_all_objects(lua_State *L) {
    mb_ets_info info;
    mb_ets_clear(check_table(L, "ETS.delete_all_objects", 1, RIGHT_WRITE, &info));
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- matching */

/* Applies the specification at arg. */
static mb_term run_specification(lua_State *L, const char *what, mb_ets_action action) {
    mb_ets_info info;
    mb_term specification, result;
    lua_settop(L, 2);
    mb_ets *table =
        check_table(L, what, 1, action == MB_ETS_REMOVE ? RIGHT_WRITE : RIGHT_READ, &info);
    moon_to_term(L, 2, &specification, "match specification");
    mb_ets_result outcome = mb_ets_select(table, specification, action, &result);
    mb_release(moon_rt(L), specification);
    if (outcome == MB_ETS_BAD_SPECIFICATION)
        refuse(L, what, 2, "not a valid match specification");
    need(L, outcome == MB_ETS_OK);
    moon_reduce(L, (int)(info.size < 4000 ? info.size / 4 + 1 : 1000));
    return result;
}

static int ets_select(lua_State *L) {
    moon_push_owned_term(L, run_specification(L, "ETS.select", MB_ETS_COLLECT));
    return 1;
}

static int ets_select_count(lua_State *L) {
    moon_push_owned_term(L, run_specification(L, "ETS.select_count", MB_ETS_COUNT));
    return 1;
}

static int ets_select_delete(lua_State *L) {
    moon_push_owned_term(L, run_specification(L, "ETS.select_delete", MB_ETS_REMOVE));
    return 1;
}

/* Applies { { pattern, {}, { body } } } with the pattern at index 2. A pattern that is a plain
 * value matches nothing. */
static mb_term run_pattern(lua_State *L, const char *what, mb_ets_action action, mb_term body) {
    mb_runtime *rt = moon_rt(L);
    mb_ets_info info;
    mb_term pattern, parts[3], clause, specification = mb_nil(), result = mb_nil();
    lua_settop(L, 2);
    mb_ets *table =
        check_table(L, what, 1, action == MB_ETS_REMOVE ? RIGHT_WRITE : RIGHT_READ, &info);
    moon_to_term(L, 2, &pattern, "pattern");
    parts[0] = pattern;
    parts[1] = parts[2] = clause = mb_nil();
    bool made = mb_tuple(rt, &parts[1], 0, NULL) && mb_tuple(rt, &parts[2], 1, &body) &&
                mb_tuple(rt, &clause, 3, parts) && mb_tuple(rt, &specification, 1, &clause);
    mb_ets_result outcome =
        made ? mb_ets_select(table, specification, action, &result) : MB_ETS_NO_MEMORY;
    mb_release(rt, specification);
    mb_release(rt, clause);
    for (size_t i = 0; i < 3; i++)
        mb_release(rt, parts[i]);
    need(L, outcome != MB_ETS_NO_MEMORY);
    moon_reduce(L, (int)(info.size < 4000 ? info.size / 4 + 1 : 1000));
    return result; /* nil for a pattern that is none */
}

static int push_matches(lua_State *L, mb_term matches) {
    if (matches.type == MB_TABLE)
        moon_push_owned_term(L, matches);
    else
        lua_newtable(L);
    return 1;
}

static int ets_match(lua_State *L) {
    return push_matches(L, run_pattern(L, "ETS.match", MB_ETS_COLLECT, mb_atom("$$")));
}

static int ets_match_object(lua_State *L) {
    return push_matches(L, run_pattern(L, "ETS.match_object", MB_ETS_COLLECT, mb_atom("$_")));
}

static int ets_match_delete(lua_State *L) {
    run_pattern(L, "ETS.match_delete", MB_ETS_REMOVE, mb_boolean(true));
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- updating */

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
    if (position.integer == keypos)
        return "the position is the same as the key position";
    if (position.integer < 1 || (uint64_t)position.integer > size)
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
        refuse(L, what, arg, complaint);
}

/* { key, operations, default } as one owned term. */
static mb_term take_arguments(lua_State *L, int count) {
    mb_term arguments;
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(L, 2 + i);
        lua_rawseti(L, -2, i + 1);
    }
    moon_to_term(L, -1, &arguments, "argument");
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
    mb_ets *table = check_table(L, what, 1, RIGHT_WRITE, &info);
    check_updatable(L, what, &info, 1,
                    "the table identifier refers to an ETS table of a type not supported by this "
                    "operation");
    if (!lua_isinteger(L, 3) && !lua_istable(L, 3))
        return refuse(L, what, 3, "not a valid update operation");
    if (has_default && (!lua_istable(L, 4) || lua_rawlen(L, 4) < info.options.keypos))
        return refuse(L, what, 4, "not a tuple");
    if (!has_default && !lookup(L, table, 2))
        return refuse(L, what, 2, "not a key that exists in the table");
    mb_term arguments = take_arguments(L, has_default ? 3 : 2);
    updating u = {.operations = mb_element(arguments, 1),
                  .keypos = info.options.keypos,
                  .key = mb_element(arguments, 0),
                  .update = count_up};
    const char *complaint = run_update(rt, table, &u, mb_element(arguments, 2));
    mb_release(rt, arguments);
    if (complaint)
        return refuse(L, what, 3, complaint);
    need(L, !u.no_memory);
    moon_reduce(L, 1);
    return push_counters(L, &u);
}

static int ets_update_element(lua_State *L) {
    static const char what[] = "ETS.update_element";
    mb_runtime *rt = moon_rt(L);
    mb_ets_info info;
    lua_settop(L, 3);
    mb_ets *table = check_table(L, what, 1, RIGHT_WRITE, &info);
    check_updatable(L, what, &info, 3, "out of range");
    if (!lua_istable(L, 3))
        return refuse(L, what, 3, "is not a valid element specification");
    if (!lookup(L, table, 2)) {
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
        return refuse(L, what, 3, complaint);
    need(L, !u.no_memory);
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- going
 * through */

static int push_key(lua_State *L, const mb_ets_entry *entry, uint32_t keypos) {
    if (entry)
        moon_push_owned_term(L, mb_retain(mb_element(mb_ets_object(entry), keypos - 1)));
    else
        lua_pushliteral(L, END_OF_TABLE);
    return 1;
}

static int ets_first(lua_State *L) {
    mb_ets_info info;
    const mb_ets *table = check_table(L, "ETS.first", 1, RIGHT_READ, &info);
    return push_key(L, mb_ets_first(table), info.options.keypos);
}

/* A hash table has no order that could be gone through from its end: last is its first, as in OTP.
 */
static int ets_last(lua_State *L) {
    mb_ets_info info;
    const mb_ets *table = check_table(L, "ETS.last", 1, RIGHT_READ, &info);
    bool ordered = info.options.type == MB_ETS_ORDERED_SET;
    return push_key(L, ordered ? mb_ets_last(table) : mb_ets_first(table), info.options.keypos);
}

static int neighbour(lua_State *L, const char *what, bool forward) {
    mb_ets_info info;
    mb_term key;
    lua_settop(L, 2);
    const mb_ets *table = check_table(L, what, 1, RIGHT_READ, &info);
    moon_to_term(L, 2, &key, "key");
    mb_ets_entry *entry;
    if (info.options.type == MB_ETS_ORDERED_SET) {
        entry = forward ? mb_ets_above(table, key) : mb_ets_below(table, key);
        mb_release(moon_rt(L), key);
        return push_key(L, entry, info.options.keypos);
    }
    entry = mb_ets_lookup(table, key);
    mb_release(moon_rt(L), key);
    if (!entry)
        return refuse(L, what, 2, "not a key that exists in the table");
    return push_key(L, mb_ets_next(entry), info.options.keypos);
}

static int ets_next(lua_State *L) {
    return neighbour(L, "ETS.next", true);
}
static int ets_prev(lua_State *L) {
    return neighbour(L, "ETS.prev", false);
}

static int push_list(lua_State *L, const char *what, int arg) {
    mb_ets_info info;
    mb_term list;
    const mb_ets *table = check_table(L, what, arg, RIGHT_READ, &info);
    need(L, mb_ets_list(table, &list));
    moon_push_owned_term(L, list);
    moon_reduce(L, (int)(info.size < 4000 ? info.size / 4 + 1 : 1000));
    return 1;
}

static int ets_tab2list(lua_State *L) {
    return push_list(L, "ETS.tab2list", 1);
}

/* The function, what has come of it so far, the table, its objects, their number; `context` of them
 * are done. */
static int fold_step(lua_State *L, int status, lua_KContext context) {
    lua_Integer length = lua_tointeger(L, 5), step = lua_tointeger(L, 6);
    if (context > 0)
        lua_replace(L, 2);
    while (context < length) {
        lua_settop(L, 6);
        lua_pushvalue(L, 1);
        lua_rawgeti(L, 4, step > 0 ? (lua_Integer)context + 1 : length - (lua_Integer)context);
        lua_pushvalue(L, 2);
        context++;
        lua_callk(L, 2, 1, context, fold_step);
        lua_replace(L, 2);
    }
    lua_settop(L, 2);
    return 1;
}

static int fold(lua_State *L, const char *what, lua_Integer step) {
    lua_settop(L, 3);
    if (!lua_isfunction(L, 1))
        return moon_bad_argument(L, what, 1, "fun", "a function");
    push_list(L, what, 3);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 4));
    lua_pushinteger(L, step);
    return fold_step(L, LUA_OK, 0);
}

static int ets_foldl(lua_State *L) {
    return fold(L, "ETS.foldl", 1);
}
static int ets_foldr(lua_State *L) {
    return fold(L, "ETS.foldr", -1);
}

/* ------------------------------------------------------------------------------------- info */

static const char *const info_keys[] = {
    "id",
    "decentralized_counters",
    "read_concurrency",
    "write_concurrency",
    "compressed",
    "memory",
    "owner",
    "heir",
    "name",
    "size",
    "node",
    "named_table",
    "type",
    "keypos",
    "protection",
    NULL,
};

static void push_pid_or(lua_State *L, mb_pid pid, const char *otherwise) {
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushstring(L, otherwise);
}

/* Pushes the item of that number in info_keys. */
static void push_info(lua_State *L, const mb_ets_info *info, int key) {
    static const char *const types[] = {"set", "ordered_set", "bag", "duplicate_bag"};
    static const char *const accesses[] = {"public", "protected", "private"};
    const bool flags[] = {info->options.decentralized_counters, info->options.read_concurrency,
                          info->options.write_concurrency, info->options.compressed};
    switch (key) {
    case 0: moon_push_ref(L, info->ref); break;
    case 5: lua_pushinteger(L, (lua_Integer)(info->memory / sizeof(void *))); break;
    case 6: moon_push_pid(L, info->owner); break;
    case 7: push_pid_or(L, info->heir, "none"); break;
    case 8: moon_push_owned_term(L, mb_retain(info->name)); break;
    case 9: lua_pushinteger(L, (lua_Integer)info->size); break;
    case 10: lua_pushstring(L, moon_node_name(moon_of(L))); break;
    case 11: lua_pushboolean(L, info->options.named); break;
    case 12: lua_pushstring(L, types[info->options.type]); break;
    case 13: lua_pushinteger(L, info->options.keypos); break;
    case 14: lua_pushstring(L, accesses[info->options.access]); break;
    default: lua_pushboolean(L, flags[key - 1]); break;
    }
}

static int info_of_key(lua_State *L, const mb_ets_info *info) {
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    for (int i = 0; info_keys[i]; i++)
        if (strcmp(info_keys[i], key) == 0) {
            push_info(L, info, i);
            return 1;
        }
    return refuse(L, "ETS.info", 2, "not a valid info item");
}

static int ets_info(lua_State *L) {
    mb_ets_info info;
    const mb_ets *table = find_table(L, "ETS.info", 1);
    if (!table) {
        lua_pushliteral(L, "undefined");
        return 1;
    }
    mb_ets_info_of(table, &info);
    if (!lua_isnoneornil(L, 2))
        return info_of_key(L, &info);
    lua_createtable(L, 0, 15);
    for (int i = 0; info_keys[i]; i++) {
        push_info(L, &info, i);
        lua_setfield(L, -2, info_keys[i]);
    }
    return 1;
}

static int ets_whereis(lua_State *L) {
    mb_ets_info info;
    const mb_ets *table = find_table(L, "ETS.whereis", 1);
    if (!table) {
        lua_pushliteral(L, "undefined");
        return 1;
    }
    mb_ets_info_of(table, &info);
    moon_push_ref(L, info.ref);
    return 1;
}

/* ------------------------------------------------------------------------------------- ownership
 */

static int ets_rename(lua_State *L) {
    static const char what[] = "ETS.rename";
    mb_runtime *rt = moon_rt(L);
    mb_ets_info info;
    mb_term name;
    lua_settop(L, 2);
    mb_ets *table = check_table(L, what, 1, RIGHT_WRITE, &info);
    if (lua_type(L, 2) != LUA_TSTRING && !moon_module_is(L, 2))
        return refuse(L, what, 2, "invalid table name (must be an atom)");
    moon_destination_term(L, 2, false, &name);
    const mb_ets *other = info.options.named ? mb_ets_find(rt, name) : NULL;
    if (!other || other == table)
        mb_ets_rename(table, name);
    mb_release(rt, name);
    if (other && other != table)
        return refuse(L, what, 2, "table name already exists");
    push_id(L, table);
    return 1;
}

static int ets_give_away(lua_State *L) {
    static const char what[] = "ETS.give_away";
    mb_ets_info info;
    mb_term data;
    lua_settop(L, 3);
    mb_ets *table = check_table(L, what, 1, RIGHT_OWN, &info);
    if (!moon_is_pid(L, 2))
        return refuse(L, what, 2, "not a pid");
    if (moon_light(L, 2) == info.owner)
        return refuse(L, what, 2, "the process is already the owner of the table");
    moon_to_term(L, 3, &data, "gift data");
    mb_process *heir = mb_lookup_settled(moon_rt(L), moon_light(L, 2));
    if (!heir) {
        mb_release(moon_rt(L), data);
        return refuse(L, what, 2, "the pid refers to a terminated process");
    }
    need(L, mb_ets_give_away(table, heir, data));
    return push_true(L);
}

static int ets_setopts(lua_State *L) {
    static const char what[] = "ETS.setopts";
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = check_table(L, what, 1, RIGHT_OWN, &info);
    lua_pushnil(L); /* where check_heir expects the options' keys */
    bool ok = lua_istable(L, 2) && lua_getfield(L, 2, "heir") != LUA_TNIL && check_heir(L);
    if (!ok) {
        lua_settop(L, 2);
        return refuse(L, what, 2, "invalid options");
    }
    set_heir(L, table);
    return push_true(L);
}

static const moon_binding bindings[] = {
    {"ETS",
     "ETS\n\n"
     "Tables of objects that processes share. An object is an array table with its key at a fixed "
     "position. A\n"
     "table belongs to the process that made it and goes with it.\n\n"
     "    t = ETS.new(\"users\", { \"set\", \"public\" })\n"
     "    ETS.insert(t, { \"ada\", 36 })\n"
     "    ETS.lookup(t, \"ada\")   -- { { \"ada\", 36 } }",
     NULL},
    {"ETS.new",
     "ETS.new(name [, opts])\n\n"
     "Makes a table of the calling process's and returns its reference, or its name with "
     "\"named_table\".\n"
     "Options: \"set\" (the default), \"ordered_set\", \"bag\", \"duplicate_bag\"; \"protected\" "
     "(the default: others\n"
     "read), \"public\", \"private\"; \"named_table\", keypos = 1, heir = { pid, data }, "
     "read_concurrency and\n"
     "write_concurrency, which change nothing.\n\n"
     "    ETS.new(\"scores\", { \"ordered_set\", \"named_table\" })",
     ets_new},
    {"ETS.insert",
     "ETS.insert(table, object_or_list)\n\n"
     "Puts in an object, or a list of objects: a table all of whose elements are tables. In a set "
     "an object\n"
     "takes the place of the one with its key.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { { \"a\", 1 }, { \"b\", 2 } })",
     ets_insert},
    {"ETS.insert_new",
     "ETS.insert_new(table, object_or_list)\n\n"
     "The same, unless one of the keys is there already; says whether it has done so.\n\n"
     "    ETS.insert_new(ETS.new(\"t\"), { \"a\", 1 })   -- true",
     ets_insert_new},
    {"ETS.lookup",
     "ETS.lookup(table, key)\n\n"
     "The objects with that key: none, one, or several of a bag.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.lookup(t, \"a\")   -- { { \"a\", 1 } }",
     ets_lookup},
    {"ETS.lookup_element",
     "ETS.lookup_element(table, key, position)\n\n"
     "One element of the object with that key; of a bag, an array of them. Raises when there is no "
     "such key.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.lookup_element(t, \"a\", 2)   -- 1",
     ets_lookup_element},
    {"ETS.take",
     "ETS.take(table, key)\n\n"
     "The objects with that key, which are removed.\n\n"
     "    ETS.take(ETS.new(\"t\"), \"a\")   -- {}",
     ets_take},
    {"ETS.member",
     "ETS.member(table, key)\n\n"
     "Whether there is an object with that key.\n\n"
     "    ETS.member(ETS.new(\"t\"), \"a\")   -- false",
     ets_member},
    {"ETS.delete",
     "ETS.delete(table [, key])\n\n"
     "Removes the objects with that key; without a key, the whole table.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.delete(t, \"a\")\n"
     "    ETS.delete(t)",
     ets_delete},
    {"ETS.delete_object",
     "ETS.delete_object(table, object)\n\n"
     "Removes exactly that object.\n\n"
     "    ETS.delete_object(ETS.new(\"t\", { \"bag\" }), { \"a\", 1 })",
     ets_delete_object},
    {"ETS.delete_all_objects",
     "ETS.delete_all_objects(table)\n\n"
     "Empties the table.\n\n"
     "    ETS.delete_all_objects(ETS.new(\"t\"))",
     ets_delete_all_objects},
    {"ETS.match",
     "ETS.match(table, pattern)\n\n"
     "For each object that matches, the values of the variables \"$1\", \"$2\", ... in the order "
     "of their numbers.\n"
     "\"_\" matches anything.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"ada\", 36 })\n"
     "    ETS.match(t, { \"$1\", \"_\" })   -- { { \"ada\" } }",
     ets_match},
    {"ETS.match_object",
     "ETS.match_object(table, pattern)\n\n"
     "The objects that match.\n\n"
     "    ETS.match_object(ETS.new(\"t\"), { \"_\", 36 })   -- {}",
     ets_match_object},
    {"ETS.match_delete",
     "ETS.match_delete(table, pattern)\n\n"
     "Removes the objects that match.\n\n"
     "    ETS.match_delete(ETS.new(\"t\"), { \"_\", 36 })",
     ets_match_delete},
    {"ETS.select",
     "ETS.select(table, specification)\n\n"
     "Applies a match specification, { { head, guards, body }, ... }: for each object the body of "
     "the first\n"
     "clause whose head matches and whose guards are true. A guard or body is a variable, \"$_\" "
     "(the object),\n"
     "\"$$\" (all variables), a call { \">\", \"$1\", 3 }, a tuple { { \"$1\", \"$2\" } }, { "
     "\"const\", value } or a value.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { { \"ada\", 36 }, { \"bob\", 12 } })\n"
     "    ETS.select(t, { { { \"$1\", \"$2\" }, { { \">\", \"$2\", 17 } }, { \"$1\" } } })   -- { "
     "\"ada\" }",
     ets_select},
    {"ETS.select_count",
     "ETS.select_count(table, specification)\n\n"
     "How many objects there are whose body says true.\n\n"
     "    ETS.select_count(ETS.new(\"t\"), { { { \"_\", \"_\" }, {}, { true } } })   -- 0",
     ets_select_count},
    {"ETS.select_delete",
     "ETS.select_delete(table, specification)\n\n"
     "Removes the objects whose body says true; returns how many they were.\n\n"
     "    ETS.select_delete(ETS.new(\"t\"), { { { \"_\", \"_\" }, {}, { true } } })   -- 0",
     ets_select_delete},
    {"ETS.update_counter",
     "ETS.update_counter(table, key, operation [, default])\n\n"
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
     "ETS.update_element(table, key, { position, value })\n\n"
     "Changes an element, or several with a list of pairs. false when there is no such key.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.update_element(t, \"a\", { 2, 5 })   -- true",
     ets_update_element},
    {"ETS.tab2list",
     "ETS.tab2list(table)\n\n"
     "All objects: of an ordered_set in the order of the keys, else in the order of the keys' "
     "insertion.\n\n"
     "    ETS.tab2list(ETS.new(\"t\"))   -- {}",
     ets_tab2list},
    {"ETS.foldl",
     "ETS.foldl(fun, acc, table)\n\n"
     "Calls fun(object, acc) for each object, acc being what the call before returned; returns the "
     "last one's.\n\n"
     "    ETS.foldl(function(object, sum) return sum + object[2] end, 0, ETS.new(\"t\"))   -- 0",
     ets_foldl},
    {"ETS.foldr",
     "ETS.foldr(fun, acc, table)\n\n"
     "The same from the last object to the first.\n\n"
     "    ETS.foldr(function(object, sum) return sum + object[2] end, 0, ETS.new(\"t\"))   -- 0",
     ets_foldr},
    {"ETS.first",
     "ETS.first(table)\n\n"
     "The first key, \"$end_of_table\" of an empty table.\n\n"
     "    ETS.first(ETS.new(\"t\"))   -- \"$end_of_table\"",
     ets_first},
    {"ETS.last",
     "ETS.last(table)\n\n"
     "The last key of an ordered_set. In other tables there is no last one: it is the first "
     "there.\n\n"
     "    ETS.last(ETS.new(\"t\", { \"ordered_set\" }))   -- \"$end_of_table\"",
     ets_last},
    {"ETS.next",
     "ETS.next(table, key)\n\n"
     "The key after that one, or \"$end_of_table\". Only in an ordered_set the key need not be "
     "there.\n\n"
     "    ETS.next(ETS.new(\"t\", { \"ordered_set\" }), 1)   -- \"$end_of_table\"",
     ets_next},
    {"ETS.prev",
     "ETS.prev(table, key)\n\n"
     "The key before that one in an ordered_set, or \"$end_of_table\". In other tables, the same "
     "as ETS.next.\n\n"
     "    ETS.prev(ETS.new(\"t\", { \"ordered_set\" }), 1)   -- \"$end_of_table\"",
     ets_prev},
    {"ETS.info",
     "ETS.info(table [, item])\n\n"
     "What there is to know about a table, or one item of it: size, type, owner, heir, name, id, "
     "memory (in\n"
     "words), keypos, protection, named_table. \"undefined\" when there is no such table.\n\n"
     "    ETS.info(ETS.new(\"t\"), \"size\")   -- 0",
     ets_info},
    {"ETS.whereis",
     "ETS.whereis(name)\n\n"
     "The reference of the table with that name, or \"undefined\".\n\n"
     "    ETS.whereis(\"nobody\")   -- \"undefined\"",
     ets_whereis},
    {"ETS.rename",
     "ETS.rename(table, name)\n\n"
     "Gives a table another name.\n\n"
     "    ETS.new(\"old\", { \"named_table\" })\n"
     "    ETS.rename(\"old\", \"new\")   -- \"new\"",
     ets_rename},
    {"ETS.give_away",
     "ETS.give_away(table, pid, data)\n\n"
     "Makes another process the owner, who gets the message { \"ETS-TRANSFER\", table, from, data "
     "}.\n\n"
     "    ETS.give_away(ETS.new(\"t\"), spawn(function() receive() end), \"yours\")",
     ets_give_away},
    {"ETS.setopts",
     "ETS.setopts(table, { heir = heir })\n\n"
     "Says who inherits the table when its owner ends: { pid, data } or \"none\".\n\n"
     "    ETS.setopts(ETS.new(\"t\"), { heir = \"none\" })",
     ets_setopts},
    {NULL, NULL, NULL},
};

void moon_open_ets(lua_State *L) {
    moon_bind(L, bindings);
}
