/* receive: takes a message out of the mailbox, the first or the first that fits.
 *
 * The clauses are compiled into nodes first: then patterns are matched against the terms in the
 * mailbox without bringing those into Lua. Only what a matching pattern captured is decoded, and
 * what a guard wants to see. What has been refused once is not looked at again while the process
 * waits. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/error.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

typedef enum kind {
    LITERAL,
    ANY,   /* captured */
    GUARD, /* a Lua function on the stack; captured when it agrees */
    TYPE,  /* one of the guards that need no Lua; captured likewise */
    TABLE, /* followed by its elements, then by keys (literals) and values in turn */
} kind;

typedef struct node {
    uint8_t kind;
    bool optional_last;  /* TABLE: the last element may be absent */
    int guard;           /* GUARD: stack index */
    lua_CFunction type;  /* TYPE */
    uint32_t array_size; /* TABLE */
    uint32_t pair_count;
    mb_term literal; /* LITERAL: owned */
} node;

typedef struct clause {
    uint32_t first; /* node */
    /* What can be told of a message without looking closely. A table with so many elements … */
    bool is_table;
    bool is_tagged; /* … and this inline string or integer for its first */
    uint32_t min_size, max_size;
    uint64_t tag[2];
} clause;

struct moon_receive {
    node *nodes;
    size_t node_count, node_capacity;
    clause *clauses;
    size_t clause_count, clause_capacity;
    mb_term *captures; /* borrowed from the message */
    size_t capture_count, capture_capacity;
    bool busy; /* a guard is being asked */
};

void moon_receive_reset(moon_universe *u, moon_receive *r) {
    for (size_t i = 0; i < r->node_count; i++)
        if (r->nodes[i].kind == LITERAL)
            mb_release(u->rt, r->nodes[i].literal);
    r->node_count = r->clause_count = r->capture_count = 0;
    r->busy = false;
}

void moon_receive_free(moon_universe *u, moon_receive *r) {
    if (!r)
        return;
    moon_receive_reset(u, r);
    mb_allocate(u->rt, r->nodes, r->node_capacity * sizeof *r->nodes, 0);
    mb_allocate(u->rt, r->clauses, r->clause_capacity * sizeof *r->clauses, 0);
    mb_allocate(u->rt, r->captures, r->capture_capacity * sizeof *r->captures, 0);
    mb_allocate(u->rt, r, sizeof *r, 0);
}

static moon_receive *fresh(lua_State *L) {
    moon_universe *u = moon_of(L);
    moon_thread *t = u->running;
    if (!t->receive) {
        t->receive = mb_allocate(u->rt, NULL, 0, sizeof *t->receive);
        if (!t->receive)
            moon_no_memory(L);
        memset(t->receive, 0, sizeof *t->receive);
    }
    if (t->receive->busy)
        luaL_error(L, "receive cannot be called by a guard");
    moon_receive_reset(u, t->receive);
    return t->receive;
}

/* ---------------------------------------------------------------------------------- compiling */

static void *grown(lua_State *L, void *elements, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return elements;
    size_t more = *capacity ? *capacity * 2 : 8;
    void *moved = mb_allocate(moon_rt(L), elements, *capacity * size, more * size);
    if (!moved)
        moon_no_memory(L);
    *capacity = more;
    return moved;
}

/* A new node, valid until the next one is added. */
static node *add_node(lua_State *L, moon_receive *r, kind what) {
    r->nodes = grown(L, r->nodes, r->node_count, &r->node_capacity, sizeof(node));
    node *n = &r->nodes[r->node_count++];
    *n = (node){.kind = (uint8_t)what};
    return n;
}

static void compile(lua_State *L, moon_receive *r, int index, int depth);

/* The value at index has to be found as it is. */
static void compile_literal(lua_State *L, moon_receive *r, int index) {
    size_t number = r->node_count;
    mb_term term;
    add_node(L, r, LITERAL);
    moon_to_term(L, index, &term, "pattern");
    r->nodes[number].literal = term;
}

static void compile_guard(lua_State *L, moon_receive *r, int index) {
    mb_term nothing = mb_nil();
    bool yes;
    lua_CFunction type = lua_tocfunction(L, index);
    if (type && moon_type_guard(type, nothing, &yes)) {
        add_node(L, r, TYPE)->type = type;
        return;
    }
    /* The function stays on the stack, below everything else that compiling needs. */
    luaL_checkstack(L, 8, "too many guards in a receive");
    lua_pushvalue(L, index);
    lua_insert(L, 2);
    for (size_t i = 0; i < r->node_count; i++)
        if (r->nodes[i].kind == GUARD)
            r->nodes[i].guard++;
    add_node(L, r, GUARD)->guard = 2;
}

/* Pushes the keys that are not positions of the table at index, in order; returns how many. */
static int push_keys(lua_State *L, int index, lua_Integer length) {
    int first = lua_gettop(L) + 1;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 1 && lua_tointeger(L, -1) <= length)
            continue;
        luaL_checkstack(L, 8, "too many keys in a pattern");
        lua_pushvalue(L, -1);
        int place = first, key = lua_gettop(L);
        while (place < key - 1 && moon_compare_keys(L, place, key) <= 0)
            place++;
        lua_insert(L, place);
    }
    return lua_gettop(L) - first + 1;
}

/* Guards are inserted at the bottom of the stack, so stack positions from the top are the ones that
 * stay: the pattern is at `index` < 0. */
static void compile_table(lua_State *L, moon_receive *r, int depth) {
    luaL_checkstack(L, LUA_MINSTACK, "a pattern nested too deep");
    lua_Integer length = (lua_Integer)lua_rawlen(L, -1);
    size_t self = r->node_count;
    add_node(L, r, TABLE)->array_size = (uint32_t)length;
    for (lua_Integer i = 1; i <= length; i++) {
        size_t element = r->node_count;
        lua_rawgeti(L, -1, i);
        compile(L, r, -1, depth);
        lua_pop(L, 1);
        r->nodes[self].optional_last = r->nodes[element].kind == ANY;
    }
    int pairs = push_keys(L, lua_gettop(L), length);
    r->nodes[self].pair_count = (uint32_t)pairs;
    for (int i = 0; i < pairs; i++) {
        lua_pushvalue(L, -pairs + i);
        compile_literal(L, r, -1);
        lua_rawget(L, -2 - pairs);
        compile(L, r, -1, depth);
        lua_pop(L, 1);
    }
    lua_pop(L, pairs);
}

static void compile(lua_State *L, moon_receive *r, int index, int depth) {
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
        if (depth > 100)
            luaL_error(L, "a pattern is nested too deep, or contains itself");
        if (moon_module_is(L, index))
            compile_literal(L, r, index);
        else
            compile_table(L, r, depth + 1);
        break;
    case LUA_TFUNCTION:
        compile_guard(L, r, index);
        break;
    default:
        if (moon_is_light(L, index, MOON_KIND_ANY))
            add_node(L, r, ANY);
        else
            compile_literal(L, r, index);
    }
}

static void summarize(moon_receive *r, clause *c) {
    const node *n = &r->nodes[c->first];
    if (n->kind != TABLE)
        return;
    c->is_table = true;
    c->min_size = n->array_size - n->optional_last;
    /* A map's pattern says nothing of the array part. */
    c->max_size = n->array_size == 0 && n->pair_count > 0 ? UINT32_MAX : n->array_size;
    if (n->array_size == 0 || n[1].kind != LITERAL)
        return;
    const mb_term *literal = &n[1].literal;
    c->is_tagged = c->min_size > 0 && literal->type == MB_STRING && literal->length < MB_KEPT;
    memcpy(c->tag, literal, sizeof c->tag);
}

#define CLAUSES "{ { pattern, function }, …, after = { milliseconds, function } }"

/* What is wrong is on top of the stack. */
static void refuse_clause(lua_State *L, const char *part, lua_Integer number, const char *wanted) {
    lua_pushfstring(L, part, (int)number);
    lua_insert(L, -2);
    moon_bad_part(L, "receive", 1, lua_tostring(L, -2), wanted);
}

/* The clauses are the array part of the table at index 1. */
static void compile_clauses(lua_State *L, moon_receive *r) {
    lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, 1, i) != LUA_TTABLE)
            refuse_clause(L, "clauses[%d]", i, "{ pattern, function }");
        r->clauses = grown(L, r->clauses, r->clause_count, &r->clause_capacity, sizeof(clause));
        size_t number = r->clause_count++;
        r->clauses[number] = (clause){.first = (uint32_t)r->node_count};
        lua_rawgeti(L, -1, 1);
        compile(L, r, -1, 0);
        lua_pop(L, 1);
        if (lua_rawgeti(L, -1, 2) != LUA_TFUNCTION && !lua_isnil(L, -1))
            refuse_clause(L, "clauses[%d][2]", i, "a function");
        lua_pop(L, 2);
        summarize(r, &r->clauses[number]);
    }
}

/* ----------------------------------------------------------------------------------- matching */

typedef struct matcher {
    lua_State *L;
    moon_receive *r;
    bool failed; /* a guard raised an error, which is on top of the stack */
} matcher;

static void capture(matcher *m, mb_term value) {
    moon_receive *r = m->r;
    if (r->capture_count == r->capture_capacity) {
        size_t capacity = r->capture_capacity ? r->capture_capacity * 2 : 8;
        mb_term *moved = mb_allocate(moon_rt(m->L), r->captures,
                                     r->capture_capacity * sizeof *moved, capacity * sizeof *moved);
        if (!moved) {
            lua_pushliteral(m->L, "not enough memory");
            m->failed = true;
            return;
        }
        r->captures = moved;
        r->capture_capacity = capacity;
    }
    r->captures[r->capture_count++] = value;
}

/* Called by pcall: the guard, and the value's address. */
static int ask_guard(lua_State *L) {
    const mb_term *value = lua_touserdata(L, 2);
    lua_settop(L, 1);
    moon_push_term(L, *value);
    lua_call(L, 1, 1);
    lua_pushboolean(L, lua_toboolean(L, -1));
    return 1;
}

static bool guard_agrees(matcher *m, int guard, mb_term value) {
    lua_State *L = m->L;
    lua_pushcfunction(L, ask_guard);
    lua_pushvalue(L, guard);
    lua_pushlightuserdata(L, &value);
    m->r->busy = true;
    int status = lua_pcall(L, 2, 1, 0);
    m->r->busy = false;
    if (status != LUA_OK) {
        m->failed = true;
        return false;
    }
    bool yes = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return yes;
}

static bool matches(matcher *m, const node **at, mb_term value);

static const mb_term *find_value(const mb_table *table, mb_term key) {
    if (key.type == MB_INTEGER && key.integer >= 1 && key.integer <= table->array_size)
        return &table->cells[key.integer - 1];
    const mb_term *pair = table->cells + table->array_size;
    for (uint32_t i = 0; i < table->pair_count; i++, pair += 2)
        if (mb_equal(pair[0], key))
            return &pair[1];
    return NULL;
}

static bool table_matches(matcher *m, const node *n, const node **at, mb_term value) {
    const mb_table *table = value.table;
    uint32_t size = table->array_size;
    bool is_map = n->array_size == 0 && n->pair_count > 0;
    if (!is_map && size != n->array_size && !(n->optional_last && size + 1 == n->array_size))
        return false;
    if (n->pair_count == 0 && table->pair_count != 0)
        return false;
    for (uint32_t i = 0; i < n->array_size; i++)
        if (!matches(m, at, i < size ? table->cells[i] : mb_nil()))
            return false;
    for (uint32_t i = 0; i < n->pair_count; i++) {
        const mb_term *found = find_value(table, (*at)->literal);
        ++*at;
        if (!found || !matches(m, at, *found))
            return false;
    }
    return true;
}

static bool literal_equals(const mb_term *literal, mb_term value) {
    if (literal->head == value.head && literal->integer == value.integer)
        return true;
    return mb_equal(*literal, value);
}

/* Moves *at behind the pattern when it matches. */
static bool matches(matcher *m, const node **at, mb_term value) {
    const node *n = (*at)++;
    bool yes = true;
    switch ((kind)n->kind) {
    case LITERAL:
        return literal_equals(&n->literal, value);
    case TABLE:
        return value.type == MB_TABLE && table_matches(m, n, at, value);
    case TYPE:
        moon_type_guard(n->type, value, &yes);
        break;
    case GUARD:
        yes = guard_agrees(m, n->guard, value);
        break;
    case ANY:
        break;
    }
    if (yes)
        capture(m, value);
    return yes && !m->failed;
}

/* Whether it is worth a closer look. */
static inline bool may_fit(const clause *c, const mb_term *value) {
    if (!c->is_table)
        return true;
    if (value->type != MB_TABLE)
        return false;
    const mb_table *table = value->table;
    if (table->array_size < c->min_size || table->array_size > c->max_size)
        return false;
    if (!c->is_tagged)
        return true;
    uint64_t first[2];
    memcpy(first, table->cells, sizeof first); /* there is one: min_size > 0 */
    return first[0] == c->tag[0] && first[1] == c->tag[1];
}

/* The number of the clause that value matches, from 1; 0 for none. */
static size_t find_clause(matcher *m, mb_term value) {
    const clause *c = m->r->clauses;
    for (size_t i = 0; i < m->r->clause_count; i++, c++) {
        if (!may_fit(c, &value))
            continue;
        const node *at = &m->r->nodes[c->first];
        m->r->capture_count = 0;
        if (matches(m, &at, value))
            return i + 1;
        if (m->failed)
            return 0;
    }
    return 0;
}

/* The first message from `message` on that needs a closer look, or NULL. */
static mb_message *skip_unfit(const moon_receive *r, mb_message *message) {
    for (; message; message = message->next) {
        if (message->next) {
            __builtin_prefetch(message->next->next);
            /* Where its first element is, if it is a table. */
            __builtin_prefetch(
                (const void *)((uintptr_t)message->next->term.integer + sizeof(mb_table)));
        }
        if (message->kind != MB_MESSAGE)
            return message;
        for (size_t i = 0; i < r->clause_count; i++)
            if (may_fit(&r->clauses[i], &message->term))
                return message;
    }
    return NULL;
}

/* -------------------------------------------------------------------------------------- taking */

/* A message and the term that a plain receive sees: for calls and casts a tuple made for the
 * purpose. */
typedef struct candidate {
    mb_message *message;
    mb_term term;
    bool owned;
} candidate;

static candidate look_at(lua_State *L, mb_message *message) {
    candidate c = {message, message->term, false};
    if (message->kind == MB_MESSAGE)
        return c;
    if (!mb_message_term(moon_rt(L), message, &c.term))
        moon_no_memory(L);
    c.owned = true;
    return c;
}

static void let_go(lua_State *L, const candidate *c) {
    if (c->owned)
        mb_release(moon_rt(L), c->term);
}

static int push_captures(lua_State *L) {
    const moon_receive *r = lua_touserdata(L, 1);
    luaL_checkstack(L, (int)r->capture_count + 4, "too many values captured");
    lua_settop(L, 0);
    for (size_t i = 0; i < r->capture_count; i++)
        moon_push_term(L, r->captures[i]);
    return (int)r->capture_count;
}

/* Pushes what was captured. Only for a message that has a term of its own must errors be caught. */
static int decode_captures(lua_State *L, const moon_receive *r, const candidate *c) {
    luaL_checkstack(L, (int)r->capture_count + 8, "too many values captured");
    if (!c->owned) {
        for (size_t i = 0; i < r->capture_count; i++)
            moon_push_term(L, r->captures[i]);
        return (int)r->capture_count;
    }
    int top = lua_gettop(L);
    lua_pushcfunction(L, push_captures);
    lua_pushlightuserdata(L, (void *)(uintptr_t)r);
    int status = lua_pcall(L, 1, LUA_MULTRET, 0);
    let_go(L, c);
    if (status != LUA_OK)
        lua_error(L);
    return lua_gettop(L) - top;
}

static int finished(lua_State *L, int status, lua_KContext base) {
    return lua_gettop(L) - (int)base;
}

/* Takes the message and does what clause `number` says. */
static int act(lua_State *L, mb_process *p, moon_receive *r, size_t number, candidate *c) {
    int base = lua_gettop(L);
    lua_rawgeti(L, 1, (lua_Integer)number);
    bool function = lua_rawgeti(L, -1, 2) == LUA_TFUNCTION;
    lua_remove(L, -2);
    if (!function) {
        r->captures = grown(L, r->captures, 0, &r->capture_capacity, sizeof(mb_term));
        r->captures[0] = c->term;
        r->capture_count = 1;
    }
    int count = decode_captures(L, r, c);
    mb_mailbox_take(p, c->message);
    mb_message_free(moon_rt(L), c->message);
    mb_set_deadline(p, MB_INFINITY);
    moon_receive_reset(moon_of(L), r);
    moon_reduce(L, 1);
    if (!function)
        return count;
    lua_callk(L, count, LUA_MULTRET, base, finished);
    return finished(L, LUA_OK, base);
}

/* Goes through the messages from `message` on. Returns the number of values, or -1 when none fits.
 */
static int scan(lua_State *L, mb_process *p, moon_receive *r, mb_message *message) {
    matcher m = {.L = L, .r = r};
    luaL_checkstack(L, 8, NULL);
    for (; (message = skip_unfit(r, message)); message = message->next) {
        candidate c = look_at(L, message);
        size_t number = find_clause(&m, c.term);
        if (number)
            return act(L, p, r, number, &c);
        let_go(L, &c);
        if (m.failed)
            lua_error(L);
    }
    return -1;
}

/* ------------------------------------------------------------------------------------- receive */

enum { NO_TIMEOUT, WITH_TIMEOUT };

static int timed_out(lua_State *L, mb_process *p, moon_receive *r) {
    mb_set_deadline(p, MB_INFINITY);
    moon_receive_reset(moon_of(L), r);
    lua_getfield(L, 1, "after");
    if (!lua_istable(L, -1))
        return 0;
    int base = lua_gettop(L);
    if (lua_rawgeti(L, -1, 2) != LUA_TFUNCTION)
        return 0;
    lua_callk(L, 0, LUA_MULTRET, base, finished);
    return finished(L, LUA_OK, base);
}

static int selected(lua_State *L, int status, lua_KContext timeout) {
    mb_process *p = moon_self(L);
    moon_receive *r = moon_of(L)->running->receive;
    int count = scan(L, p, r, mb_mailbox_saved(p));
    if (count >= 0)
        return count;
    if (timeout == WITH_TIMEOUT && mb_deadline_expired(p))
        return timed_out(L, p, r);
    mb_mailbox_save(p);
    return moon_wait(L, "receive", timeout, selected);
}

/* The time that `after` gives, or MB_INFINITY. */
static mb_time check_after(lua_State *L) {
    mb_time time = MB_INFINITY;
    int type = lua_getfield(L, 1, "after");
    if (type == LUA_TTABLE) {
        lua_rawgeti(L, -1, 1);
        lua_remove(L, -2);
    }
    if (type != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TNUMBER &&
            !(lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "infinity") == 0))
            luaL_error(L, "receive: after = { milliseconds, function }");
        time = moon_check_timeout(L, lua_gettop(L), MB_INFINITY);
    }
    lua_pop(L, 1);
    return time;
}

static int select_message(lua_State *L) {
    mb_process *p = moon_self(L);
    lua_settop(L, 1);
    moon_receive *r = fresh(L);
    mb_time time = check_after(L);
    compile_clauses(L, r);
    int count = scan(L, p, r, mb_mailbox_first(p));
    if (count >= 0)
        return count;
    if (time == 0)
        return timed_out(L, p, r);
    moon_check_can_wait(L, "receive");
    if (time != MB_INFINITY && !mb_set_deadline(p, mb_now_exact(moon_rt(L)) + time))
        moon_no_memory(L);
    mb_mailbox_save(p);
    return moon_wait(L, "receive", time == MB_INFINITY ? NO_TIMEOUT : WITH_TIMEOUT, selected);
}

static int received(lua_State *L, int status, lua_KContext context) {
    mb_process *p = moon_self(L);
    mb_message *message = mb_mailbox_first(p);
    if (!message)
        return moon_wait(L, "receive", 0, received);
    if (message->kind == MB_MESSAGE) {
        moon_push_term(L, message->term);
    } else {
        mb_term term;
        if (!mb_message_term(moon_rt(L), message, &term))
            moon_no_memory(L);
        moon_push_owned_term(L, term);
    }
    mb_mailbox_take(p, message);
    mb_message_free(moon_rt(L), message);
    moon_reduce(L, 1);
    return 1;
}

static int receive(lua_State *L) {
    if (lua_isnoneornil(L, 1))
        return received(L, LUA_OK, 0);
    if (!lua_istable(L, 1))
        moon_bad_argument(L, "receive", 1, "clauses", CLAUSES);
    moon_self(L);
    if (!moon_of(L)->running)
        moon_check_can_wait(L, "receive");
    return select_message(L);
}

static const moon_binding bindings[] = {
    {"receive",
     "receive()\nreceive { { pattern, function }, …, after = { milliseconds, function } }\n\n"
     "Takes the next message out of the mailbox, waiting for one. With clauses it takes the oldest "
     "message\n"
     "that fits one, and calls its function with what the pattern's _ and guards stand for; others "
     "stay in\n"
     "the mailbox. Patterns match by value; _ (or any) matches everything; a function is a guard; "
     "{ } matches\n"
     "only the empty table; a table with named keys needs those only. after = { 0, … } looks "
     "without\n"
     "waiting.\n\n"
     "    receive {\n"
     "      { { \"pong\", _ }, function(n) return n end },\n"
     "      { is_string,     function(text) print(text) end },\n"
     "      after = { 1000, function() return \"late\" end },\n"
     "    }",
     receive},
    {"_",
     "_\n\nThe pattern that matches anything and captures it; also called any.\n\n"
     "    send(self(), { \"pong\", 42 })\n"
     "    receive { { { \"pong\", _ }, print } }   --> 42",
     NULL},
    {"any",
     "any\n\nThe pattern that matches anything, for where _ is a variable of Lua's.\n\n"
     "    send(self(), { \"pong\", 42 })\n"
     "    receive { { { \"pong\", any }, print } }   --> 42",
     NULL},
    {NULL, NULL, NULL},
};

void moon_open_receive(lua_State *L) {
    moon_bind(L, bindings);
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_pushlightuserdata(L, (void *)(uintptr_t)MOON_KIND_ANY);
    lua_setfield(L, -2, "_");
    lua_pushlightuserdata(L, (void *)(uintptr_t)MOON_KIND_ANY);
    lua_setfield(L, -2, "any");
    lua_pop(L, 1);
    moon_open_match(L);
}
