/* The parts of a universe. */
#ifndef MOON_STATE_H
#define MOON_STATE_H

#include "lua/anchor.h"
#include "lua/context.h"
#include "lua/function.h"
#include "lua/help.h"
#include "lua/memory.h"
#include "lua/module.h"
#include "lua/port.h"
#include "lua/preempt.h"
#include "lua/thread.h"

typedef struct moon_prototypes moon_prototypes;   /* prototype.c */
typedef struct moon_help_index moon_help_index;   /* help.c */
typedef struct moon_shell moon_shell;             /* evaluate.c */
typedef struct moon_transaction moon_transaction; /* module.c */

/* idle.c */
typedef struct moon_idle {
    bool collecting; /* in the middle of a cycle */
    size_t survived; /* bytes of Lua's after the last one */
    mb_time longest; /* step, in nanoseconds */
} moon_idle;

struct moon_universe {
    mb_runtime *rt;
    lua_State *L; /* the main thread: belongs to the host */
    moon_options options;
    moon_memory memory;
    moon_anchors anchors;
    moon_preempt preempt;
    moon_idle idle;

    /* thread.c */
    moon_thread *pool;
    size_t pool_size;
    moon_thread *running; /* NULL outside of moon_thread_resume */
    mb_step pending;      /* why the running thread yields; MB_STEP_EXIT: of no reason of ours */
    char doing[128];

    moon_prototypes *prototypes;
    moon_help_index *help;
    moon_shell *shell;
    moon_gate *gate;
    moon_transaction *transaction; /* NULL outside of one */
    const mb_object
        *module_objects; /* module.c: owned, one for each name, linked by their payloads */

    /* Registry references. */
    int globals;   /* of the globals table */
    int variables; /* of the table with the global scalars and data tables (globals.c) */
    int modules;   /* of the table name -> module (module.c) */
    int structs;   /* of the table name -> metatable (value.c) */
    char unknown[64]; /* globals.c: see moon_unknown_global */

    /* log_entry.c: how the console shows what is logged. Owned; nil: as by default. */
    mb_term log_format;   /* a string with $time, $metadata, … */
    mb_term log_keys;     /* of the metadata to show: a list, or "all" */
    size_t log_truncate;  /* bytes of a message that are shown at most */
    mb_term log_metadata; /* borrowed: of the entry that is being logged; nil: its process's */

    mb_time wall_start; /* nanoseconds since 1970 at the runtime's start; 0: virtual clock */
    bool table_layout_known; /* table_layout.h */
    bool setting_up;    /* the libraries are being opened: globals may be written */
    moon_anchor_index next_keys; /* base_lib.c: the keys of the table that next was last asked of */
    size_t next_position;
    uint64_t random;     /* random_lib.c */
    bool exit_requested; /* os.exit */
    int exit_status;
};

/* What each file does when a universe is made, in this order; they may raise Lua errors. */
void moon_open_base(lua_State *L);      /* base_lib.c */
void moon_open_coroutine(lua_State *L); /* coroutine_lib.c */
void moon_open_process(lua_State *L);   /* process_lib.c */
void moon_open_receive(lua_State *L);   /* receive.c */
void moon_open_match(lua_State *L);     /* match.c */
void moon_open_pairs(lua_State *L);     /* pairs.c */
void moon_open_inspect(lua_State *L);   /* inspect_lib.c */
void moon_open_load(lua_State *L);      /* load_lib.c */
void moon_open_time(lua_State *L);      /* time_lib.c */
void moon_open_system(lua_State *L);    /* system_lib.c */
void moon_open_erlang(lua_State *L);    /* erlang_lib.c */
void moon_open_random(lua_State *L);    /* random_lib.c */
void moon_open_error(lua_State *L);     /* error.c */
void moon_open_globals(lua_State *L);   /* globals.c; last */

/* The behaviours, built on these. */
void moon_open_ets(lua_State *L);        /* ets_lib.c */
void moon_open_struct(lua_State *L);     /* struct_lib.c */
void moon_open_decimal(lua_State *L);    /* decimal_lib.c */
void moon_open_gen_server(lua_State *L); /* gen_server_lib.c */
void moon_open_gen_statem(lua_State *L); /* gen_statem_lib.c */
void moon_open_supervisor(lua_State *L); /* supervisor_lib.c */
void moon_open_dynamic_supervisor(lua_State *L);   /* dynamic_supervisor_lib.c */
void moon_open_task(lua_State *L);                 /* task_lib.c */
void moon_open_partition_supervisor(lua_State *L); /* partition_supervisor_lib.c */
void moon_open_sys(lua_State *L);        /* sys_lib.c */
void moon_open_logger(lua_State *L);     /* logger_lib.c */
void moon_open_registry(lua_State *L);   /* registry_lib.c */
void moon_open_pubsub(lua_State *L);     /* pubsub_lib.c */
void moon_open_application(lua_State *L); /* application_lib.c */
void moon_open_node(lua_State *L);       /* node_lib.c */
void moon_open_net(lua_State *L);        /* net_lib.c */
void moon_open_prelude(lua_State *L);    /* prelude.c; the modules written in Lua */

/* Ends what the file made; the Lua state is closed already. NULL is fine. */
void moon_prototypes_free(moon_universe *u);
void moon_help_free(moon_universe *u);
void moon_logger_free(moon_universe *u);
void moon_threads_free(moon_universe *u);
void moon_shell_free(moon_universe *u);
void moon_modules_free(moon_universe *u);

/* False when there is no memory. */
bool moon_prototypes_init(moon_universe *u);
bool moon_help_init(moon_universe *u);
bool moon_shell_init(moon_universe *u);

/* The shell process has ended during the last run: reports it and starts a new one. */
void moon_shell_renew(moon_universe *u);
bool moon_shell_running(const moon_universe *u);

/* globals.c: copies what is written about the global variables, and puts it back. Each pushes or
 * pops one value (a snapshot). */
void moon_globals_save(lua_State *L);
void moon_globals_restore(lua_State *L);

/* log_entry.c: the runtime's log goes to the host's, in the format of Elixir's console; context is
 * the universe. */
void moon_log_entry(void *context, mb_level level, mb_pid pid, mb_time time, const char *text,
                    size_t size);
/* What lies in a process's dictionary under this key (logger:get_process_metadata/0). */
#define MOON_LOGGER_METADATA "$logger_metadata$"
/* The size of the placeholder at text, which is one ("$time"); 0: it is none. */
size_t moon_log_placeholder(const char *text, size_t size);

/* time_lib.c: nanoseconds since 1970 by the node's clock. */
mb_time moon_wall_time(moon_universe *u);

/* pairs.c: compares the keys at stack indexes a and b as they are printed: numbers, strings, then
 * pids and references, then the rest, of which none comes before another. */
int moon_compare_keys(lua_State *L, int a, int b);
/* inspect_lib.c: pushes the printed form of the value at index, and returns it. */
const char *moon_push_inspected(lua_State *L, int index);

/* receive.c: what a thread keeps for its selective receives. NULL is fine. */
void moon_receive_free(moon_universe *u, moon_receive *receive);
void moon_receive_reset(moon_universe *u, moon_receive *receive);

#endif
