#include "lua/port.h"

#include <stdlib.h>
#include <time.h>

#include "lua/argument.h"
#include "lua/recording.h"
#include "lua/state.h"
#include "lua/value.h"
#include "lua/watch.h"

#define PORT_TYPE "moonbeam port"

struct moon_port {
    moon_universe *universe;
    const moon_port_class *class; /* NULL: closed */
    void *data;                   /* NULL in a replay */
    mb_pid owner;
    mb_ref ref;
    int64_t number;  /* counted from 1, in the order of opening */
    size_t expected; /* answers that are still to come */
    moon_port *next; /* open ones, the newest first */
    moon_port *previous;
};

/* Something that is to be told when the virtual time `at` has come. */
typedef struct news {
    struct news *next;
    moon_port *port;
    mb_term term; /* owned */
    mb_time at;
} news;

struct moon_gate {
    moon_universe *universe;
    moon_port *ports; /* the open ones */
    int64_t opened;
    size_t expected; /* answers, over all ports */
    mb_time began;   /* the virtual time at which the first of them was asked for … */
    mb_time began_real; /* … and the real one */
    bool released;      /* the last one has been given up: time may pass again */
    news *first, *last;
    mb_time horizon; /* that mb_run was given last, at the real pace */
};

static moon_gate *gate_of(const moon_port *port) { return port->universe->gate; }
mb_runtime *moon_port_runtime(moon_port *port) { return port->universe->rt; }

/* ------------------------------------------------------------------------------------- pace */

static mb_time real_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (mb_time)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* NULL when this run is no replay. */
static moon_recording *replay_of(const moon_universe *u) {
    moon_recording *recording = u->options.recording;
    return recording && moon_recording_is_replay(recording) ? recording : NULL;
}

static bool is_virtual(const moon_universe *u) { return u->options.virtual_clock; }

/* The virtual time that is now, as long as answers are expected. */
static mb_time pace(const moon_gate *gate) { return gate->began + real_now() - gate->began_real; }

static void expect(moon_port *port) {
    moon_gate *gate = gate_of(port);
    if (replay_of(port->universe))
        return;
    port->expected++;
    if (gate->expected++ > 0 || !is_virtual(port->universe))
        return;
    gate->began = mb_now(port->universe->rt);
    gate->began_real = real_now();
    mb_stop(port->universe->rt); /* it may have been allowed to jump */
}

static void expect_no_more(moon_port *port, size_t answers) {
    moon_gate *gate = gate_of(port);
    port->expected -= answers;
    gate->expected -= answers;
    gate->released = gate->released || (answers > 0 && gate->expected == 0);
}

mb_time moon_gate_horizon(moon_gate *gate, bool advance) {
    moon_recording *replay = replay_of(gate->universe);
    gate->released = false;
    mb_time next = replay ? moon_recording_next(replay) : MB_INFINITY;
    if (next != MB_INFINITY)
        return next;
    if (gate->first)
        return gate->first->at;
    if (gate->expected == 0)
        return advance ? MB_INFINITY : 0;
    mb_time now = pace(gate);
    gate->horizon = now > 0 ? now : 1;
    return gate->horizon;
}

mb_time moon_gate_wait(moon_gate *gate, mb_time deadline) {
    if (gate->first || gate->released)
        return 0;
    if (gate->expected == 0)
        return mb_contended(gate->universe->rt) ? 0 : MB_INFINITY;
    /* Used-up slices may have gone ahead: then somebody may be waiting to run on. */
    mb_time now = mb_now(gate->universe->rt), ahead = now - pace(gate);
    if (ahead > 0)
        return ahead;
    /* They may have been ahead when mb_run looked, and no longer are. */
    if (now > gate->horizon || mb_contended(gate->universe->rt))
        return 0;
    if (deadline == MB_INFINITY)
        return MB_INFINITY;
    mb_time left = deadline - now + ahead;
    return left > 0 ? left : 0;
}

/* ---------------------------------------------------------------------------------- telling */

/* To the owner as { ref, term }; term is taken. Who cannot be told must not wait for ever. */
static void send(moon_port *port, mb_term term) {
    mb_runtime *rt = port->universe->rt;
    mb_term message, parts[] = {mb_ref_term(port->ref), term};
    bool sent = mb_tuple(rt, &message, 2, parts) && mb_send(rt, NULL, port->owner, message);
    mb_release(rt, term);
    if (!sent)
        mb_exit_signal(rt, NULL, port->owner, mb_atom("out_of_memory"));
}

/* A moment that has not come yet, as long after the question as it really was. Timers go by
 * microseconds, and so does this. */
static mb_time moment(const moon_gate *gate) {
    mb_time soon = mb_now(gate->universe->rt) + 1;
    mb_time at = gate->expected ? pace(gate) : soon;
    if (gate->last && at < gate->last->at)
        at = gate->last->at;
    return ((at > soon ? at : soon) + 999) / 1000 * 1000;
}

static void tell_later(moon_port *port, mb_term term) {
    moon_gate *gate = gate_of(port);
    mb_runtime *rt = port->universe->rt;
    news *item = mb_allocate(rt, NULL, 0, sizeof *item);
    if (!item) {
        mb_release(rt, term);
        mb_exit_signal(rt, NULL, port->owner, mb_atom("out_of_memory"));
        return;
    }
    *item = (news){.port = port, .term = term, .at = moment(gate)};
    if (gate->last)
        gate->last->next = item;
    else
        gate->first = item;
    gate->last = item;
    mb_stop(rt);
}

void moon_port_tell(moon_port *port, mb_term term, bool answers) {
    assert(port->class && "a closed port tells nothing");
    if (is_virtual(port->universe))
        tell_later(port, term);
    else
        send(port, term);
    if (answers && port->expected > 0)
        expect_no_more(port, 1);
}

/* { kind, number, … } with up to two more parts; false: no memory. */
static bool make_record(const moon_port *port, const char *kind, size_t count, const mb_term *more,
                        mb_term *out) {
    mb_term parts[4] = {mb_atom(kind), mb_integer(port->number)};
    for (size_t i = 0; i < count; i++)
        parts[2 + i] = more[i];
    return mb_tuple(port->universe->rt, out, 2 + count, parts);
}

static void note(const moon_port *port, const char *kind, size_t count, const mb_term *more) {
    moon_recording *recording = port->universe->options.recording;
    mb_term record;
    if (!recording || !make_record(port, kind, count, more, &record))
        return;
    moon_recording_note(recording, record);
    mb_release(port->universe->rt, record);
}

/* The replay goes another way: who waits for an answer would wait for ever. */
static void end_owners(moon_gate *gate, const char *why) {
    mb_runtime *rt = gate->universe->rt;
    mb_log(rt, MB_ERROR, 0, why, strlen(why));
    for (moon_port *port = gate->ports; port; port = port->next) {
        mb_term reason;
        if (!mb_string_new(rt, why, strlen(why), &reason))
            reason = mb_atom("kill");
        mb_exit_signal(rt, NULL, port->owner, reason);
    }
}

static moon_port *find_port(const moon_gate *gate, mb_term number) {
    moon_port *port = gate->ports;
    while (port && port->number != number.integer)
        port = port->next;
    return port;
}

static bool deliver_recorded(moon_gate *gate, moon_recording *replay) {
    moon_universe *u = gate->universe;
    moon_recording_error error;
    mb_term record;
    if (moon_recording_next(replay) == MB_INFINITY)
        return false;
    if (!moon_recording_take(replay, u, false, &record, &error)) {
        end_owners(gate, error.text);
        return true;
    }
    moon_port *port = find_port(gate, mb_element(record, 1));
    mb_pass_time(u->rt, mb_element(record, 2).integer);
    if (port)
        send(port, mb_retain(mb_element(record, 3)));
    mb_release(u->rt, record);
    return true;
}

bool moon_gate_deliver(moon_gate *gate) {
    moon_recording *replay = replay_of(gate->universe);
    if (replay)
        return deliver_recorded(gate, replay);
    news *item = gate->first;
    if (!item)
        return false;
    mb_runtime *rt = gate->universe->rt;
    gate->first = item->next;
    if (!gate->first)
        gate->last = NULL;
    mb_pass_time(rt, item->at);
    note(item->port, "tell", 2, (mb_term[]){mb_integer(item->at), item->term});
    send(item->port, item->term);
    mb_allocate(rt, item, sizeof *item, 0);
    return true;
}

/* What a port had to tell goes with it. */
static void forget_news(moon_gate *gate, const moon_port *port) {
    mb_runtime *rt = gate->universe->rt;
    gate->last = NULL;
    for (news **link = &gate->first; *link;) {
        news *item = *link;
        if (item->port != port) {
            gate->last = item;
            link = &item->next;
            continue;
        }
        *link = item->next;
        mb_release(rt, item->term);
        mb_allocate(rt, item, sizeof *item, 0);
    }
}

/* ---------------------------------------------------------------------------------- closing */

static void forget(moon_port *port) {
    moon_gate *gate = gate_of(port);
    port->class = NULL;
    expect_no_more(port, port->expected);
    forget_news(gate, port);
    if (port->previous)
        port->previous->next = port->next;
    else
        gate->ports = port->next;
    if (port->next)
        port->next->previous = port->previous;
}

static void close_port(moon_port *port) {
    if (!port->class)
        return;
    if (port->data)
        port->class->close(port->data);
    forget(port);
}

/* -------------------------------------------------------------------------------- from Lua */

static moon_port *check_port(lua_State *L) { return luaL_checkudata(L, 1, PORT_TYPE); }

static const moon_port_class *find_class(lua_State *L, const char *name) {
    const moon_port_class *const *class = moon_of(L)->options.port_classes;
    for (; class && *class; class++)
        if (strcmp((*class)->name, name) == 0)
            return *class;
    luaL_error(L, "there is no way to the outside from here (%s)", name);
    return NULL;
}

static moon_port *push_port(lua_State *L) {
    moon_port *port = lua_newuserdatauv(L, sizeof *port, 0);
    *port = (moon_port){.universe = moon_of(L), .owner = mb_self(moon_self(L))};
    luaL_setmetatable(L, PORT_TYPE);
    return port;
}

/* Something is asked of the outside: as the recording has it, if there is one. Raises errors; then
 * `argument` has been released. */
static void ask(lua_State *L, const moon_port *port, const char *kind, size_t count,
                const mb_term *more, mb_term argument) {
    moon_universe *u = port->universe;
    moon_recording_error error = {"not enough memory"};
    mb_term record;
    if (!u->options.recording)
        return;
    bool made = make_record(port, kind, count, more, &record);
    bool asked = made && moon_recording_ask(u->options.recording, u, record, &error);
    if (made)
        mb_release(u->rt, record);
    if (asked)
        return;
    mb_release(u->rt, argument);
    lua_pushstring(L, error.text);
    lua_error(L);
}

static void enlist(moon_port *port, const moon_port_class *class) {
    moon_gate *gate = gate_of(port);
    port->class = class;
    port->next = gate->ports;
    if (port->next)
        port->next->previous = port;
    gate->ports = port;
}

/* A replay: whether the recording has it opened; otherwise *reason says why not. */
static bool begin_again(moon_port *port, moon_recording *replay, mb_term *reason) {
    moon_recording_error error;
    mb_term record;
    mb_runtime *rt = port->universe->rt;
    if (!moon_recording_take(replay, port->universe, true, &record, &error))
        return true;
    *reason = mb_retain(mb_element(record, 2));
    mb_release(rt, record);
    forget(port);
    return false;
}

/* Whether the class let it be opened; otherwise *reason says why not. */
static bool begin(moon_port *port, const moon_port_class *class, mb_term options, mb_term *reason) {
    moon_universe *u = port->universe;
    moon_recording *replay = replay_of(u);
    enlist(port, class);
    if (replay)
        return begin_again(port, replay, reason);
    expect(port);
    port->data = class->open(u->options.port_host, port, options, reason);
    if (port->data)
        return true;
    forget(port);
    if (reason->type != MB_NIL)
        note(port, "refuse", 1, reason);
    return false;
}

static int port_open(lua_State *L) {
    const moon_port_class *class = find_class(L, luaL_checkstring(L, 1));
    moon_port *port = push_port(L);
    mb_term options, reason = mb_nil();
    moon_to_term(L, 2, &options, "options");
    port->ref = mb_make_ref(moon_rt(L));
    port->number = ++gate_of(port)->opened;
    ask(L, port, "open", 2, (mb_term[]){mb_atom(class->name), options}, options);
    bool opened = begin(port, class, options, &reason);
    mb_release(moon_rt(L), options);
    if (opened)
        return 1;
    if (reason.type == MB_NIL)
        moon_no_memory(L);
    lua_pushnil(L);
    moon_push_owned_term(L, reason);
    return 2;
}

static int port_ref(lua_State *L) {
    moon_push_ref(L, check_port(L)->ref);
    return 1;
}

static int port_command(lua_State *L) {
    moon_port *port = check_port(L);
    if (!port->class)
        return luaL_error(L, "the port is closed");
    mb_term command;
    moon_to_term(L, 2, &command, "command");
    ask(L, port, "command", 1, &command, command);
    if (lua_toboolean(L, 3))
        expect(port);
    bool done = !port->data || port->class->command(port->data, command);
    mb_release(moon_rt(L), command);
    if (!done)
        moon_no_memory(L);
    return 0;
}

static int port_close(lua_State *L) {
    moon_port *port = check_port(L);
    if (!port->class)
        return 0;
    close_port(port);
    mb_process *owner = mb_lookup(moon_rt(L), port->owner);
    if (owner)
        moon_take_answers(owner, port->ref);
    moon_recording *replay = replay_of(port->universe);
    if (!replay || !moon_recording_is_lost(replay))
        ask(L, port, "close", 0, NULL, mb_nil());
    return 0;
}

/* Nobody is left who could know that it was open. */
static int port_collected(lua_State *L) {
    close_port(check_port(L));
    return 0;
}

static const luaL_Reg methods[] = {
    {"ref", port_ref},     {"command", port_command},    {"close", port_close},
    {"__close", port_close}, {"__gc", port_collected}, {NULL, NULL},
};

void moon_port_push_library(lua_State *L) {
    if (luaL_newmetatable(L, PORT_TYPE)) {
        luaL_setfuncs(L, methods, 0);
        lua_pushvalue(L, -1);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushcfunction(L, port_open);
    lua_setfield(L, -2, "open");
}

/* ------------------------------------------------------------------------------ birth and death */

moon_gate *moon_gate_new(moon_universe *u) {
    moon_gate *gate = calloc(1, sizeof *gate);
    if (gate)
        gate->universe = u;
    return gate;
}

void moon_gate_free(moon_gate *gate) {
    if (!gate)
        return;
    assert(!gate->first && gate->expected == 0 && "ports are closed with their Lua state");
    free(gate);
}
