/* Registry: match specifications over its entries. */
#include "lua/registry_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/collector.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/state.h"
#include "lua/value.h"

/* What Registry.match and its kin are asked for: the values under a key that fit. */
typedef struct matching {
    mb_term key; /* owned */
    mb_match_spec *spec; /* says true of a value that fits */
} matching;

static void end_matching(mb_runtime *rt, matching *m) {
    mb_release(rt, m->key);
    mb_match_free(m->spec);
}

/* Of key, pattern and guards at index 2 to 4. */
static matching begin_matching(lua_State *L, const char *what) {
    mb_runtime *rt = moon_rt(L);
    mb_term arguments;
    matching m;
    lua_settop(L, 4);
    moon_check_given(L, what, 2, "key");
    moon_check_given(L, what, 3, "pattern");
    if (!lua_isnil(L, 4) && lua_type(L, 4) != LUA_TTABLE)
        moon_bad_argument(L, what, 4, "guards", "a list of guards");
    moon_stack_to_term(L, 2, &arguments, "{ key, pattern, guards }");
    mb_match_result result =
        mb_match_compile_clause(rt, mb_element(arguments, 1), mb_element(arguments, 2),
                                mb_boolean(true), &m.spec);
    m.key = mb_retain(mb_element(arguments, 0));
    mb_release(rt, arguments);
    if (result == MB_MATCH_YES)
        return m;
    mb_release(rt, m.key);
    if (result == MB_MATCH_NO_MEMORY)
        moon_no_memory(L);
    moon_bad_argument(L, what, 4, "guards", "a valid match specification");
    return m;
}

static bool fits(const matching *m, const mb_registration *found) {
    mb_term yes;
    return mb_match_apply(m->spec, found->value, &yes) == MB_MATCH_YES;
}

static int match_entries(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    moon_collector entries = {0};
    mb_registry *registry = moon_check_registry(L, "Registry.match", 1);
    matching m = begin_matching(L, "Registry.match");
    const mb_registry_filter filter = {.key = &m.key};
    for (const mb_registration *r = NULL; (r = mb_registry_next(registry, &filter, r));)
        if (fits(&m, r))
            moon_collect_registration(rt, &entries, r);
    end_matching(rt, &m);
    moon_push_collected(L, &entries);
    return 1;
}

static int count_match(lua_State *L) {
    lua_Integer count = 0;
    mb_registry *registry = moon_check_registry(L, "Registry.count_match", 1);
    matching m = begin_matching(L, "Registry.count_match");
    const mb_registry_filter filter = {.key = &m.key};
    for (const mb_registration *r = NULL; (r = mb_registry_next(registry, &filter, r));)
        count += fits(&m, r);
    end_matching(moon_rt(L), &m);
    lua_pushinteger(L, count);
    return 1;
}

/* Of what the process has under the key. Listeners hear of it when nothing is left. */
static int unregister_match(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.unregister_match", 1);
    mb_process *self = moon_self(L);
    matching m = begin_matching(L, "Registry.unregister_match");
    const mb_registry_filter filter = {.key = &m.key, .pid = mb_self(self)};
    const mb_registration *next, *found = mb_registry_next(registry, &filter, NULL);
    bool removed = false, left = false;
    for (; found; found = next) {
        next = mb_registry_next(registry, &filter, found);
        if (fits(&m, found)) {
            mb_registry_remove(registry, found);
            removed = true;
        } else {
            left = true;
        }
    }
    mb_registry_result result = MB_REGISTRY_OK;
    if (removed && !left)
        result = mb_registry_let_go(registry, self, m.key);
    end_matching(moon_rt(L), &m);
    moon_registry_heard(L, result);
    lua_pushboolean(L, 1);
    return 1;
}

/* Whether every clause has a pattern for { key, pid, value }. */
static bool are_for_entries(mb_term spec) {
    for (size_t i = 0; i < mb_array_size(spec); i++)
        if (mb_array_size(mb_element(mb_element(spec, i), 0)) != 3)
            return false;
    return true;
}

/* The compiled specification at index 2. */
static mb_match_spec *check_specification(lua_State *L, const char *what) {
    mb_term term;
    mb_match_spec *spec = NULL;
    moon_check_given(L, what, 2, "spec");
    moon_to_term(L, 2, &term, "spec");
    mb_match_result result = are_for_entries(term) ? mb_match_compile(moon_rt(L), term, &spec)
                                                   : MB_MATCH_NO;
    mb_release(moon_rt(L), term);
    if (result == MB_MATCH_NO_MEMORY)
        moon_no_memory(L);
    if (result == MB_MATCH_NO)
        moon_bad_argument(L, what, 2, "spec",
                          "a match specification { { { key, pid, value }, guards, results }, … }");
    return spec;
}

static void select_one(mb_runtime *rt, const mb_match_spec *spec, const mb_registration *found,
                       moon_collector *c) {
    const mb_term parts[] = {found->key, mb_pid_term(found->pid), found->value};
    mb_term subject, result;
    if (!mb_tuple(rt, &subject, 3, parts)) {
        c->failed = true;
        return;
    }
    mb_match_result outcome = mb_match_apply(spec, subject, &result);
    mb_release(rt, subject);
    if (outcome == MB_MATCH_YES)
        moon_collect(rt, c, result);
    c->failed |= outcome == MB_MATCH_NO_MEMORY;
}

static void collect_selected(lua_State *L, const char *what, moon_collector *results) {
    mb_runtime *rt = moon_rt(L);
    mb_registry *registry = moon_check_registry(L, what, 1);
    mb_match_spec *spec = check_specification(L, what);
    const mb_registry_filter all = {0};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &all, found)))
        select_one(rt, spec, found, results);
    mb_match_free(spec);
    moon_reduce(L, 1 + (int)(results->count / 8));
}

static int select_entries(lua_State *L) {
    moon_collector results = {0};
    collect_selected(L, "Registry.select", &results);
    moon_push_collected(L, &results);
    return 1;
}

/* As ets:select_count/2, of the entries for which the result is true. */
static int count_select(lua_State *L) {
    moon_collector results = {0};
    lua_Integer count = 0;
    collect_selected(L, "Registry.count_select", &results);
    for (size_t i = 0; i < results.count; i++)
        count += results.terms[i].type == MB_BOOLEAN && results.terms[i].boolean;
    moon_push_collected(L, &results);
    lua_pushinteger(L, count);
    return 1;
}

#define UNIQUE "    Registry.start_link { keys = \"unique\", name = \"Rooms\" }\n"
#define TOPICS "    Registry.start_link { keys = \"duplicate\", name = \"Topics\" }\n"

static const moon_binding bindings[] = {
    {"Registry.match",
     "match(registry, key, pattern [, guards])\n\n"
     "An array with { pid, value } for each entry under the key whose value matches. In the "
     "pattern\n\"_\" and _ "
     "stand for anything and \"$1\", \"$2\", … for what the guards look at.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\", { \"daily\", 3 })\n"
     "    Registry.match(\"Topics\", \"news\", { \"daily\", _ })\n"
     "    Registry.match(\"Topics\", \"news\", { \"_\", \"$1\" }, { { \">\", \"$1\", 5 } })   --> {}",
     match_entries},
    {"Registry.count_match",
     "count_match(registry, key, pattern [, guards])\n\n"
     "How many entries Registry.match would give.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\", { \"daily\", 3 })\n"
     "    Registry.count_match(\"Topics\", \"news\", { \"daily\", _ })   --> 1",
     count_match},
    {"Registry.unregister_match",
     "unregister_match(registry, key, pattern [, guards])\n\n"
     "Takes the calling process' entries under the key away whose value matches. Returns true.\n\n"
     TOPICS
     "    Registry.register(\"Topics\", \"news\", \"daily\")\n"
     "    Registry.unregister_match(\"Topics\", \"news\", \"daily\")   --> true",
     unregister_match},
    {"Registry.select",
     "select(registry, spec)\n\n"
     "What a match specification makes of the entries. It is a list of { pattern, guards, results "
     "}, the\n"
     "pattern being one for { key, pid, value }; { { a, b } } as a result makes the array { a, b "
     "}.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.select(\"Rooms\", { { { \"$1\", _, \"$2\" }, {}, { { { \"$1\", \"$2\" } } } } })\n"
     "    --> { { \"lobby\", 12 } }",
     select_entries},
    {"Registry.count_select",
     "count_select(registry, spec)\n\n"
     "For how many entries the match specification's result is true.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.count_select(\"Rooms\", { { { _, _, \"$1\" }, { { \">\", \"$1\", 10 } }, { true } } "
     "})   --> 1",
     count_select},
    {NULL, NULL, NULL},
};

void moon_open_registry_select(lua_State *L) {
    moon_bind(L, bindings);
}
