#include "lua/universe.h"

#include <stdlib.h>
#include <time.h>

#include "lua/process.h"
#include "lua/state.h"
#include "lua/table_layout.h"

#define CHUNK 256 /* slices between two looks at whether the host should have its turn */

static void on_event(void *context, const mb_event *event) {
    const moon_universe *u = context;
    u->options.event(u->options.context, event);
}

/* --------------------------------------------------------------------------------- birth and death
 */

/* Only for want of memory outside of any process: there is nobody who could be told. */
static int panic(lua_State *L) {
    const char *message = lua_tostring(L, -1);
    fprintf(stderr, "moonbeam: %s\n", message ? message : "an error outside of all processes");
    return 0;
}

static int open_everything(lua_State *L) {
    moon_universe *u = moon_of(L);
    u->setting_up = true;
    u->table_layout_known = moon_layout_known(L);
    moon_anchors_init(&u->anchors, L, u->rt);
    lua_pushglobaltable(L);
    u->globals = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    u->variables = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    u->modules = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    u->structs = luaL_ref(L, LUA_REGISTRYINDEX);
    moon_open_base(L);
    moon_open_coroutine(L);
    moon_open_error(L);
    moon_open_process(L);
    moon_open_receive(L);
    moon_open_ets(L);
    moon_open_struct(L);
    moon_open_decimal(L);
    moon_open_gen_server(L);
    moon_open_gen_statem(L);
    moon_open_supervisor(L);
    moon_open_dynamic_supervisor(L);
    moon_open_task(L);
    moon_open_partition_supervisor(L);
    moon_open_sys(L);
    moon_open_logger(L);
    moon_open_registry(L);
    moon_open_pubsub(L);
    moon_open_application(L);
    moon_open_node(L);
    moon_open_net(L);
    moon_open_prelude(L);
    moon_open_globals(L);
    u->setting_up = false;
    return 0;
}

static bool lua_init(moon_universe *u) {
    lua_State *L = u->L = lua_newstate(moon_memory_allocate, &u->memory);
    if (!L)
        return false;
    lua_atpanic(L, panic);
    *moon_extra(L) = (uintptr_t)u;
    lua_gc(L, LUA_GCINC, 200, 200, 0);
    lua_pushcfunction(L, open_everything);
    if (lua_pcall(L, 0, 0, 0) == LUA_OK)
        return true;
    fprintf(stderr, "moonbeam: %s\n", lua_tostring(L, -1));
    return false;
}

static mb_time wall_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (mb_time)t.tv_sec * 1000000000 + t.tv_nsec;
}

moon_universe *moon_universe_new(const moon_options *options) {
    moon_universe *u = calloc(1, sizeof *u);
    if (!u)
        return NULL;
    u->options = *options;
    u->options.width = options->width ? options->width : 80;
    u->log_truncate = 8096; /* as Elixir's Logger has it */
    mb_config config = {
        .virtual_clock = options->virtual_clock,
        .seed = options->seed,
        .direct_calls = true,
        .log = moon_log_entry,
        .event = options->event ? on_event : NULL,
        .spawn = moon_spawn_term,
        .sink_context = u, /* leads from a runtime to its universe */
        .event_capacity = options->event_capacity,
        .process_memory = options->process_memory,
    };
    u->rt = mb_runtime_new(&config);
    u->wall_start = wall_now();
    u->gate = moon_gate_new(u);
    if (u->rt && u->gate && moon_memory_init(&u->memory, u->rt) && moon_help_init(u) &&
        moon_prototypes_init(u) && moon_preempt_init(&u->preempt, u->rt, options->virtual_clock) &&
        lua_init(u) && moon_shell_init(u))
        return u;
    moon_universe_free(u);
    return NULL;
}

/* Lua's memory is the runtime's, and the runtime's processes and terms hold Lua values. So Lua is
 * closed first; whatever is released afterwards sees that there is no Lua state any more. */
void moon_universe_free(moon_universe *u) {
    if (!u)
        return;
    lua_State *L = u->L;
    moon_preempt_finish(&u->preempt, u->rt);
    if (L)
        lua_close(L);
    u->L = NULL;
    if (u->rt) {
        moon_shell_free(u);
        moon_threads_free(u);
        moon_modules_free(u);
        moon_prototypes_free(u);
        moon_help_free(u);
        moon_logger_free(u);
        moon_anchors_finish(&u->anchors);
        moon_memory_finish(&u->memory);
        mb_runtime_free(u->rt);
    }
    moon_gate_free(u->gate);
    free(u);
}

lua_State *moon_lua(moon_universe *u) {
    return u->L;
}

void moon_set_width(moon_universe *u, size_t width) {
    u->options.width = width;
}

/* ---------------------------------------------------------------------------------------- running
 */

static mb_run_result run_chunk(moon_universe *u, size_t slices, bool advance) {
    mb_time horizon = moon_gate_horizon(u->gate, advance || moon_shell_running(u));
    mb_run_result result = mb_run(u->rt, slices, horizon);
    if (result == MB_RUN_IDLE && moon_gate_deliver(u->gate))
        result = MB_RUN_BUSY;
    moon_shell_renew(u);
    return result;
}

mb_run_result moon_run(moon_universe *u, size_t max_slices, bool advance) {
    bool evaluating = moon_shell_running(u);
    mb_run_result result = MB_RUN_BUSY;
    moon_preempt_start(&u->preempt);
    while (max_slices > 0 && result == MB_RUN_BUSY && !u->exit_requested) {
        size_t slices = max_slices < CHUNK ? max_slices : CHUNK;
        max_slices -= slices;
        result = run_chunk(u, slices, advance);
        if (moon_preempt_is_over(&u->preempt) || evaluating != moon_shell_running(u))
            break;
    }
    moon_preempt_stop(&u->preempt);
    return result;
}

mb_time moon_time_to_sleep(moon_universe *u) {
    mb_time deadline = mb_next_deadline(u->rt);
    if (u->options.virtual_clock)
        return moon_gate_wait(u->gate, deadline);
    if (mb_contended(u->rt))
        return 0;
    if (deadline == MB_INFINITY)
        return MB_INFINITY;
    mb_time delay = deadline - mb_now_exact(u->rt);
    return delay > 0 ? delay : 0;
}
