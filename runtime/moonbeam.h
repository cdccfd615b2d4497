/* Moonbeam's actor runtime: processes, signals, timers and OTP's behaviours, in one thread.
 *
 * Everything hangs on one mb_runtime; nothing here is global. A program creates a runtime, spawns
 * processes and calls mb_run until there is nothing left to do. Functions that can run out of
 * memory say so by returning false, NULL or MB_NO_MEMORY, and leave everything as it was.
 *
 * Ownership of terms: a parameter called `term` is borrowed; one documented as "taken" is released
 * by the callee, whatever it returns. Terms handed out are borrowed unless documented as "owned".
 */
#ifndef MOONBEAM_H
#define MOONBEAM_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mb_runtime mb_runtime;
typedef struct mb_process mb_process;
typedef struct mb_node mb_node;

/* Nanoseconds. A point in time counts from the runtime's start. */
typedef int64_t mb_time;
#define MB_MILLISECOND ((mb_time)1000000)
#define MB_INFINITY ((mb_time)-1)

/* Identifiers carry their kind in the top byte, the node's index in the next (pids), and an
 * ever-growing serial number below that all nodes share, so that they are unique among each other
 * and survive as light userdata. 0 is none. */
typedef uint64_t mb_pid;
typedef uint64_t mb_ref;
#define MB_KIND_PID ((uint64_t)1 << 56)
#define MB_KIND_REF ((uint64_t)2 << 56)
#define MB_KIND_NAME ((uint64_t)4 << 56) /* a name on another node: mb_name_on */
#define MB_KIND_MASK ((uint64_t)0xff << 56)
#define MB_NODE_SHIFT 48
#define MB_NODES 256 /* names of nodes that a runtime may know */
#define MB_SERIAL_MASK (((uint64_t)1 << MB_NODE_SHIFT) - 1)
static inline unsigned mb_node_index(mb_pid pid) { return (uint8_t)(pid >> MB_NODE_SHIFT); }

/* realloc in one function, as in Lua: new_size 0 frees, and NULL says that there is no memory. */
typedef void *(*mb_alloc)(void *context, void *block, size_t old_size, size_t new_size);

/* ------------------------------------------------------------------------------------------
 * Terms: immutable values. Scalars and strings of up to 14 bytes live in the cell itself;
 * everything else in a reference-counted block which a cell points into. A part of a block (the
 * element of a table) is a term like any other: retaining it keeps its whole block alive.
 */
typedef enum mb_type {
    MB_NIL,
    MB_BOOLEAN,
    MB_INTEGER,
    MB_FLOAT,
    MB_PID,
    MB_REFERENCE,
    MB_STRING, /* atoms and binaries alike */
    MB_TABLE,  /* tuples, lists and maps alike */
    MB_OBJECT, /* something of the host's: a function, a module */
    MB_ANY,    /* the pattern that matches everything; travels only inside patterns */
} mb_type;

#define MB_INLINE_STRING 14
#define MB_BOXED 0xff /* the bytes are in a block */
#define MB_KEPT 0xfe  /* the bytes are the host's, which keeps them as long as the block lives */

typedef struct mb_string mb_string;
typedef struct mb_kept_string mb_kept_string;
typedef struct mb_table mb_table;
typedef struct mb_object mb_object;

typedef union mb_term {
    struct {
        uint8_t type;   /* mb_type */
        uint8_t length; /* of an inline string; MB_BOXED or MB_KEPT of another */
        char text[MB_INLINE_STRING];
    };
    struct {
        uint64_t head; /* type and length again */
        union {
            bool boolean;
            int64_t integer;
            double real;
            uint64_t id; /* pid or reference */
            const mb_string *string;
            const mb_kept_string *kept;
            const mb_table *table;
            const mb_object *object;
        };
    };
} mb_term;

struct mb_string {
    uint32_t offset; /* from the start of its block */
    uint32_t size;
    char bytes[]; /* size bytes and a NUL */
};

struct mb_kept_string {
    uint32_t offset;
    uint32_t reserved;
    size_t size;
    const char *bytes; /* size of them and a NUL */
    uint64_t handle;   /* the host's name for them */
    void (*release)(mb_runtime *runtime, uint64_t handle); /* last reference gone */
};

/* cells holds array_size elements, then pair_count times key and value, in no particular order. */
struct mb_table {
    uint32_t offset;
    uint32_t array_size;
    uint32_t pair_count;
    uint32_t reserved;
    mb_term tag; /* the struct's name, or nil for a plain table */
    mb_term cells[];
};

/* Something of the host's. It sits alone in its block; the host's payload follows it. */
typedef struct mb_object_class {
    const char *name;
    void (*release)(mb_runtime *runtime, void *payload);           /* last reference gone */
    bool (*equal)(const void *a, const void *b);                   /* NULL: identity */
    void (*print)(const void *payload, char *text, size_t size);   /* "#Function<…>" */
} mb_object_class;

struct mb_object {
    uint32_t offset;
    uint32_t size;
    const mb_object_class *class;
    uint64_t payload[];
};

static inline mb_term mb_scalar(mb_type type, int64_t bits) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    mb_term t = {.head = (uint64_t)type}; /* one store: a word read after byte stores waits */
#else
    mb_term t = {.head = 0};
    t.type = (uint8_t)type;
#endif
    t.integer = bits;
    return t;
}
static inline mb_term mb_nil(void) { return mb_scalar(MB_NIL, 0); }
static inline mb_term mb_any(void) { return mb_scalar(MB_ANY, 0); }
static inline mb_term mb_boolean(bool v) { return mb_scalar(MB_BOOLEAN, v); }
static inline mb_term mb_integer(int64_t v) { return mb_scalar(MB_INTEGER, v); }
static inline mb_term mb_pid_term(mb_pid v) { return mb_scalar(MB_PID, (int64_t)v); }
static inline mb_term mb_ref_term(mb_ref v) { return mb_scalar(MB_REFERENCE, (int64_t)v); }
static inline mb_term mb_float(double v) {
    mb_term t = mb_scalar(MB_FLOAT, 0);
    t.real = v;
    return t;
}

/* A string of at most MB_INLINE_STRING bytes; allocates nothing. */
static inline mb_term mb_atom(const char *text) {
    mb_term t = mb_scalar(MB_STRING, 0);
    size_t n = strlen(text);
    assert(n <= MB_INLINE_STRING && "mb_atom: longer than a cell holds");
    t.length = (uint8_t)n;
    memcpy(t.text, text, n);
    return t;
}

/* Tables within tables: deeper terms are not made, as if there were no memory for them. */
#define MB_DEPTH 3000

/* Each makes an owned term in *out, or returns false for want of memory. Elements are borrowed:
 * what they refer to is shared, not copied. */
bool mb_string_new(mb_runtime *rt, const char *bytes, size_t size, mb_term *out);
/* The same without a copy: the host keeps the bytes, and a NUL behind them, until release is called
 * with handle. That is not called on failure. */
bool mb_string_keep(mb_runtime *rt, const char *bytes, size_t size, uint64_t handle,
                    void (*release)(mb_runtime *runtime, uint64_t handle), mb_term *out);
bool mb_tuple(mb_runtime *rt, mb_term *out, size_t count, const mb_term *elements);
bool mb_map(mb_runtime *rt, mb_term *out, size_t count, const mb_term *keys_and_values);
/* A table with its struct name (nil for none), an array part and pairs. */
bool mb_table_new(mb_runtime *rt, mb_term *out, mb_term tag, size_t array_size, size_t pair_count,
                  const mb_term *cells);
/* An object with payload_size zeroed bytes, reached with mb_payload before anybody else sees it. */
bool mb_object_new(mb_runtime *rt, mb_term *out, const mb_object_class *class,
                   size_t payload_size);

mb_term mb_retain(mb_term term);
void mb_release(mb_runtime *rt, mb_term term);

/* The bytes of a string (inline ones inside *term itself) and their number. */
static inline const char *mb_bytes(const mb_term *term, size_t *size) {
    if (term->length < MB_KEPT) {
        *size = term->length;
        return term->text;
    }
    if (term->length == MB_KEPT) {
        *size = term->kept->size;
        return term->kept->bytes;
    }
    *size = term->string->size;
    return term->string->bytes;
}

static inline void *mb_payload(const mb_term *term) {
    return (void *)(uintptr_t)term->object->payload;
}

/* Element i of the array part, counted from 0; nil when there is none or term is no table. */
static inline mb_term mb_element(mb_term term, size_t i) {
    return term.type == MB_TABLE && i < term.table->array_size ? term.table->cells[i] : mb_nil();
}
static inline size_t mb_array_size(mb_term term) {
    return term.type == MB_TABLE ? term.table->array_size : 0;
}
/* Whether term is an array table of exactly count elements and nothing else. */
static inline bool mb_is_tuple(mb_term term, size_t count) {
    return term.type == MB_TABLE && term.table->array_size == count && term.table->pair_count == 0;
}
/* The value under a key of the pairs; nil when there is none or term is no table. */
mb_term mb_get(mb_term term, const char *key);

bool mb_equal(mb_term a, mb_term b);
bool mb_is(mb_term term, const char *text); /* whether term is this string */
/* A total order: nil, booleans, numbers, strings, references, objects, pids, tables. */
int mb_compare(mb_term a, mb_term b);
uint64_t mb_hash(mb_term term);
/* Bytes of the block that term refers to, with the other blocks and the host's bytes that it keeps
 * alive, each as often as it is referred to; 0 for scalars. Never changes. */
size_t mb_term_size(mb_term term);

/* Builds one block from many values without knowing its size first. Begin one, add values depth
 * first, finish it. Between begin and finish no other builder of the same runtime may be begun.
 *
 * Cells are addressed by their byte position in the builder, since it may move as it grows. */
typedef struct mb_builder mb_builder;
mb_builder *mb_build(mb_runtime *rt);
/* Reserves a table of so many cells in `at`; its elements' positions follow from the result:
 * cell i is at result + i * sizeof (mb_term). */
size_t mb_build_table(mb_builder *b, size_t at, mb_term tag, size_t array_size, size_t pair_count);
void mb_build_string(mb_builder *b, size_t at, const char *bytes, size_t size);
/* Any other term; what it refers to is retained. */
void mb_build_term(mb_builder *b, size_t at, mb_term term);
/* The position of the root cell. */
#define MB_BUILD_ROOT ((size_t)0)
/* Owned result in *out. False when some step ran out of memory. */
bool mb_build_finish(mb_builder *b, mb_term *out);
/* Gives up; releases what was added. */
void mb_build_abandon(mb_builder *b);

/* ------------------------------------------------------------------------------------------
 * The printed form of terms, the one used everywhere: { "get", 1 }, { a = 1 }, #PID<0.84.0>.
 */
typedef struct mb_inspect_options {
    size_t width; /* columns before a table wraps; 0: never */
    size_t limit; /* elements shown of each table; 0: all */
    size_t depth; /* nested tables shown; 0: all */
    size_t printable; /* characters shown of each string; 0: all */
    bool colour;      /* ANSI colours */
} mb_inspect_options;

/* Writes to `write`; never allocates. */
typedef void (*mb_write)(void *context, const char *bytes, size_t size);
void mb_inspect(mb_term term, const mb_inspect_options *options, mb_write write, void *context);
/* Into text, cut to size - 1 bytes and a NUL; returns the uncut length, like snprintf. */
size_t mb_inspect_text(mb_term term, char *text, size_t size);
/* The number sign * digits * 10 ^ exp in scientific notation ("-1.10E+7"). A struct named Decimal
 * with the fields sign, coef and exp is inspected as Decimal.new("-1.10E+7"). */
void mb_write_decimal(int sign, const char *digits, size_t size, int64_t exp, mb_write write,
                      void *context);

/* ------------------------------------------------------------------------------------------
 * Events: the one history of what happened. A bounded ring; the oldest fall out.
 */
#define MB_EVENT_TYPES(X)                                                                         \
    X(SPAWN, "spawn")           /* subject spawned object; term: initial call */                  \
    X(EXIT, "exit")             /* subject ended; term: reason */                                 \
    X(SEND, "send")             /* subject sent term to object */                                 \
    X(RECEIVE, "receive")       /* subject took term out of its mailbox; object: sender */        \
    X(CALL, "call")             /* gen_server call: subject asks object */                        \
    X(CAST, "cast")             /* gen_server cast */                                             \
    X(REPLY, "reply")           /* subject answers object */                                      \
    X(ENTER, "enter")           /* callback begins; term: its name */                             \
    X(LEAVE, "leave")           /* callback ends */                                               \
    X(LINK, "link")             /* */                                                             \
    X(UNLINK, "unlink")         /* */                                                             \
    X(MONITOR, "monitor")       /* */                                                             \
    X(DEMONITOR, "demonitor")   /* */                                                             \
    X(SIGNAL, "signal")         /* exit signal from object acted on by subject; term: reason */   \
    X(DOWN, "down")             /* subject learns of object's end */                              \
    X(REGISTER, "register")     /* subject takes the name term */                                 \
    X(UNREGISTER, "unregister") /* */                                                             \
    X(TIMER, "timer")           /* subject started a timer for object */                          \
    X(CANCEL, "cancel")         /* */                                                             \
    X(EXPIRE, "expire")         /* a timer's message went to object */                            \
    X(RESTART, "restart")       /* supervisor subject restarted a child as object; term: id */    \
    X(GIVE_UP, "give_up")       /* supervisor subject ends: a child died once more than it may;        \
                                   term: { id, max_restarts, max_seconds } */                     \
    X(LOG, "log")               /* term: { level, text } */                                       \
    X(NODE_START, "node_start") /* term: the node */                                              \
    X(NODE_STOP, "node_stop")   /* term: the node */                                              \
    X(NODEUP, "nodeup")         /* two nodes are connected; term: { node, node } */               \
    X(NODEDOWN, "nodedown")     /* their connection is lost; term: { node, node } */              \
    X(LOST, "lost")             /* what subject sends to object gets lost on its way, and is sent  \
                                   again; term: it */

typedef enum mb_event_type {
#define X(name, text) MB_EVENT_##name,
    MB_EVENT_TYPES(X)
#undef X
        MB_EVENT_TYPE_COUNT
} mb_event_type;

typedef struct mb_event {
    uint64_t number; /* counted from 1 */
    uint64_t cause;  /* the event that this one follows from; 0 for none */
    mb_time time;
    mb_pid subject;
    mb_pid object;
    mb_term term; /* owned by the log */
    uint8_t type; /* mb_event_type */
} mb_event;

const char *mb_event_name(mb_event_type type);
/* Number of the newest event; 0 before the first. */
uint64_t mb_event_last(const mb_runtime *rt);
/* The event of that number, or NULL when it has fallen out of the ring or is yet to come. Valid
 * until the runtime runs on. */
const mb_event *mb_event_get(const mb_runtime *rt, uint64_t number);
/* One line without a newline: number, time, who, what. Deterministic. Like snprintf. */
size_t mb_event_text(const mb_event *event, char *text, size_t size);

/* ------------------------------------------------------------------------------------------
 * The runtime
 */
typedef enum mb_level {
    MB_DEBUG,
    MB_INFO,
    MB_NOTICE,
    MB_WARNING,
    MB_ERROR,
    MB_CRITICAL,
    MB_ALERT,
    MB_EMERGENCY,
} mb_level;
const char *mb_level_name(mb_level level);

typedef struct mb_candidate {
    mb_process *process;
    bool preempted; /* used up its last slice; the others gave way of their own will */
} mb_candidate;

/* Who runs next: an index into candidates (count > 0), in order of their becoming runnable. */
typedef size_t (*mb_policy)(void *context, mb_runtime *rt, const mb_candidate *candidates,
                            size_t count);
/* Picks at random by the runtime's seed; context unused. */
size_t mb_policy_random(void *context, mb_runtime *rt, const mb_candidate *candidates,
                        size_t count);

struct mb_spawn_options;

typedef struct mb_config {
    mb_alloc alloc; /* NULL: realloc and free */
    void *alloc_context;
    bool virtual_clock; /* jumps to the next timer when nobody can run; before that used-up slices
                           and very many short ones take time, by count */
    mb_time (*now)(void *context); /* the real clock, any origin; NULL: CLOCK_MONOTONIC */
    void *now_context;
    uint64_t seed;
    mb_policy policy; /* NULL: in turn, with a share for the preempted */
    void *policy_context;
    /* A log line. text has no trailing newline and lives during the call. NULL: none. */
    void (*log)(void *context, mb_level level, mb_pid pid, mb_time time, const char *text,
                size_t size);
    /* Each event as it is recorded. NULL: none. */
    void (*event)(void *context, const mb_event *event);
    /* A process that another node has asked for with mb_spawn_on (what: as given there). NULL: no
     * memory, or too many processes. Not set: none is ever started. */
    mb_process *(*spawn)(void *context, mb_runtime *rt, mb_term what,
                         const struct mb_spawn_options *options);
    void *sink_context; /* for log, event and spawn */
    size_t event_capacity;   /* of the ring, rounded up to a power of two; 0: 8192. It may hold fewer
                                that refer to more than 64 MiB */
    size_t process_memory;   /* limit in bytes of one process; 0: 512 MiB */
    size_t max_processes;    /* 0: 4194304 */
    bool direct_calls;       /* a call to an idle gen_server is handed over inside the caller's slice;
                                without effect under a policy */
    bool unpooled;           /* each block by a call of alloc, for tests of failing allocations */
    uint32_t slice;          /* reductions before a process must give way; 0: 4000 */
} mb_config;

/* NULL when there is no memory. config is copied. */
mb_runtime *mb_runtime_new(const mb_config *config);
/* Ends every process without a signal or a callback, then frees everything. NULL is fine. */
void mb_runtime_free(mb_runtime *rt);

typedef enum mb_run_result {
    MB_RUN_BUSY, /* the allowance is used up and somebody can still run */
    MB_RUN_IDLE, /* nobody can run before the horizon; mb_next_deadline says until when */
} mb_run_result;

/* Fires due timers and runs processes until nobody can run or max_slices slices have passed.
 * The virtual clock jumps to timers up to the time `horizon` (MB_INFINITY: any), and once it is
 * beyond that nobody runs; 0: it does not jump, and everybody runs. */
mb_run_result mb_run(mb_runtime *rt, size_t max_slices, mb_time horizon);
/* Between slices, under the virtual clock: it is that time now, if it has not passed. No timer may
 * be due earlier. */
void mb_pass_time(mb_runtime *rt, mb_time time);
/* Makes mb_run return when the slice under way has ended, with MB_RUN_BUSY. */
void mb_stop(mb_runtime *rt);
/* A time before which no timer is due and at which mb_run gets on; MB_INFINITY when there is no
 * timer. Far deadlines are approached in steps. */
mb_time mb_next_deadline(const mb_runtime *rt);
/* The runtime's cached now; under the real clock it is refreshed every few slices. */
mb_time mb_now(const mb_runtime *rt);
/* Reads the real clock afresh (a no-op under the virtual one). */
mb_time mb_now_exact(mb_runtime *rt);
/* Whether another process than the running one could run now. */
bool mb_contended(const mb_runtime *rt);
/* Random bits from the runtime's seed. */
uint64_t mb_random(mb_runtime *rt);
mb_ref mb_make_ref(mb_runtime *rt);
const mb_config *mb_runtime_config(const mb_runtime *rt);
/* The runtime's size-class allocator: mb_alloc's contract with the runtime as context. */
void *mb_allocate(void *runtime, void *block, size_t old_size, size_t new_size);
/* The process whose slice it is; NULL between slices. */
mb_process *mb_current(const mb_runtime *rt);

/* ------------------------------------------------------------------------------------------
 * Processes
 */
typedef enum mb_step {
    MB_STEP_WAIT,      /* nothing to do until mb_wake, a message, or the wait's deadline */
    MB_STEP_YIELD,     /* gave way of its own will, can go on */
    MB_STEP_PREEMPTED, /* used up its slice, can go on */
    MB_STEP_EXIT,      /* ended: mb_set_exit_reason said why, else "normal" */
} mb_step;

/* What kind of process it is. data is the class's own part of the process, zeroed at first. */
typedef struct mb_class {
    const char *name;
    size_t data_size;
    /* Runs until it waits, ends or has used its slice. */
    mb_step (*run)(mb_process *p, void *data);
    /* The process has ended for whatever reason and everybody has been told: frees data's
     * belongings. May be NULL. */
    void (*destroy)(mb_process *p, void *data);
    /* What it is doing, for Process.info's current_function; owned by the class. May be NULL. */
    const char *(*doing)(mb_process *p, void *data);
} mb_class;

typedef struct mb_spawn_options {
    bool link;            /* to parent */
    bool monitor;         /* by parent; mb_spawn's ref */
    mb_pid parent;        /* 0: none */
    mb_node *node;        /* where it lives; NULL: where its parent does, or on the first node */
    mb_term initial_call; /* taken; what Process.info and the log show: "Counter", a function */
} mb_spawn_options;

/* A new process, runnable at once; it runs when its turn comes. *ref is the monitor's, when asked
 * for; may be NULL. Returns NULL when memory or processes run out. options may be NULL. */
mb_process *mb_spawn(mb_runtime *rt, const mb_class *class, const mb_spawn_options *options,
                     mb_ref *ref);

mb_pid mb_self(const mb_process *p);
mb_runtime *mb_runtime_of(const mb_process *p);
void *mb_data(mb_process *p);
const mb_class *mb_class_of(const mb_process *p);
/* The living process of that pid, or NULL. */
mb_process *mb_lookup(mb_runtime *rt, mb_pid pid);
/* The same after acting on the signals that wait for it, as is_process_alive/1 does. */
mb_process *mb_lookup_settled(mb_runtime *rt, mb_pid pid);
/* The living process that comes after pid in order of creation, or NULL; pid 0 for the first. */
mb_process *mb_next_process(mb_runtime *rt, mb_pid pid);
size_t mb_process_count(const mb_runtime *rt);

/* How much there is of everything that lives. */
typedef struct mb_counts {
    size_t processes, names, links, monitors, timers, waits, messages;
    size_t tables, objects;       /* of ETS */
    size_t registrations;         /* entries of all registries */
    size_t references;            /* that name something: monitors, timers, tables, awaited answers */
    size_t bytes;                 /* in use, all of the following and Lua's among them */
    size_t process_bytes;         /* as mb_info has them, of all processes */
    size_t table_bytes;           /* of ETS */
    size_t event_bytes;           /* the event log and what it holds on to */
} mb_counts;
/* Counts by going through all of it: for tests and for looking, not for the pace of messages. */
mb_counts mb_count(mb_runtime *rt);

/* What p shows as its initial call from now on (taken): of a process that was started with less to
 * tell than it does. */
void mb_set_initial_call(mb_process *p, mb_term initial_call);
/* Why the process ends when run returns MB_STEP_EXIT. reason is taken. */
void mb_set_exit_reason(mb_process *p, mb_term reason);
/* Marks p runnable though nothing arrived: something its class waits for has happened. */
void mb_wake(mb_process *p);
/* Makes p's next wait end at that time at the latest (mb_wait_expired then says so). MB_INFINITY
 * takes the deadline off. False when there is no memory. Setting it again replaces it. */
bool mb_set_deadline(mb_process *p, mb_time time);
bool mb_deadline_expired(const mb_process *p);
/* Reductions left of the slice; a class takes off what it does. */
int32_t *mb_reductions_left(mb_runtime *rt);

bool mb_trap_exit(const mb_process *p);
bool mb_set_trap_exit(mb_process *p, bool on); /* returns what it was */

/* Bytes that the host accounts to p beyond what the runtime knows (its Lua values). */
void mb_set_host_memory(mb_process *p, size_t bytes);

/* ------------------------------------------------------------------------------------------
 * Messages and signals
 */
typedef enum mb_message_kind {
    MB_MESSAGE, /* sent with send */
    MB_CALL,    /* gen_server call: from and ref say whom to answer */
    MB_CAST,    /* gen_server cast */
    MB_SYSTEM,  /* sys request: from and ref say whom to answer */
} mb_message_kind;

typedef struct mb_message mb_message; /* one in a mailbox */
struct mb_message {
    mb_message *next;
    mb_term term;
    mb_pid from; /* the sender; 0 for a timer or the outside */
    mb_ref ref;  /* of a call */
    uint64_t event;
    uint8_t kind; /* mb_message_kind; the runtime uses larger values for other signals */
    /* Of a call: the deadline that its sender is under, in 48 bits, counted from 1; 0: none. */
    uint16_t deadline_high;
    uint32_t deadline_low;
};

/* Sends to a pid or a name on another node. message is taken. from may be NULL (the outside). A dead
 * or unknown pid swallows it, as on the BEAM. False when there is no memory. */
bool mb_send(mb_runtime *rt, mb_process *from, mb_pid to, mb_term message);
/* The same with a kind: a cast, or a call whose answer goes to (from, ref). */
bool mb_send_kind(mb_runtime *rt, mb_process *from, mb_pid to, mb_term message,
                  mb_message_kind kind, mb_ref ref);

/* The mailbox, oldest first. A scan starts at mb_mailbox_first; mb_mailbox_saved goes on behind the
 * messages that an earlier scan of the same receive has already refused. */
mb_message *mb_mailbox_first(mb_process *p);
mb_message *mb_mailbox_saved(mb_process *p);
/* Remembers that everything now in the mailbox was refused; forgotten with the next take. */
void mb_mailbox_save(mb_process *p);
size_t mb_mailbox_length(mb_process *p);
/* Takes one out: the caller owns it and frees it with mb_message_free, which releases its term.
 * Records the RECEIVE event, which becomes the cause of what p does next. */
void mb_mailbox_take(mb_process *p, mb_message *message);
void mb_message_free(mb_runtime *rt, mb_message *message);
/* What a plain receive sees: the term, or {"$gen_call", {pid, ref}, term} and so on for the other
 * kinds. Owned. False when there is no memory. */
bool mb_message_term(mb_runtime *rt, const mb_message *message, mb_term *out);

/* exit/2: an exit signal with reason (taken) from `from` to `to`. "kill" cannot be trapped. Sent
 * to oneself it takes effect when run returns: give way at once (mb_signals_pending). */
bool mb_exit_signal(mb_runtime *rt, mb_process *from, mb_pid to, mb_term reason);

/* Whether signals wait that p can only act on between its slices, such as one that ends it. */
bool mb_signals_pending(const mb_process *p);

typedef enum mb_link_result { MB_LINK_OK, MB_LINK_NOPROC, MB_LINK_NO_MEMORY } mb_link_result;
/* link/1. To the dead: a trapping p gets {"EXIT", pid, "noproc"}; otherwise MB_LINK_NOPROC. */
mb_link_result mb_link(mb_process *p, mb_pid to);
/* unlink/1: no exit signal of that link arrives afterwards. */
void mb_unlink(mb_process *p, mb_pid to);
/* monitor/2 of a pid; of a dead one DOWN with "noproc" comes at once. 0 when there is no memory.
 * name (nil for none, borrowed) is what was asked for, and is what DOWN shows. */
mb_ref mb_monitor(mb_process *p, mb_pid target, mb_term name);
/* demonitor/2: false when there was no such monitor. flush also takes a DOWN out of the mailbox. */
bool mb_demonitor(mb_process *p, mb_ref ref, bool flush);

/* Whether p holds that monitor and has had no DOWN of it. */
bool mb_is_monitoring(mb_process *p, mb_ref ref);

/* Calls visit for each; the pid is the other side. */
typedef void (*mb_visit_pid)(void *context, mb_pid pid);
void mb_links(mb_process *p, mb_visit_pid visit, void *context);
void mb_monitors(mb_process *p, mb_visit_pid visit, void *context);
void mb_monitored_by(mb_process *p, mb_visit_pid visit, void *context);

/* Names: any string. A name belongs to the node of its process; each of these functions but
 * mb_register means the node of the process that runs (mb_here). */
typedef enum mb_name_result {
    MB_NAME_OK,
    MB_NAME_TAKEN,     /* by somebody alive */
    MB_NAME_HAS_NAME,  /* the process has a name already */
    MB_NAME_NOPROC,
    MB_NAME_NO_MEMORY
} mb_name_result;
mb_name_result mb_register(mb_runtime *rt, mb_term name, mb_pid pid);
bool mb_unregister(mb_runtime *rt, mb_term name); /* false: nobody has it */
mb_pid mb_whereis(const mb_runtime *rt, mb_term name); /* 0: nobody */
mb_pid mb_whereis_on(const mb_node *node, mb_term name);
mb_term mb_registered_name(const mb_process *p);       /* nil: none */
/* What a server is called in its crash report and by sys when that is no registered name: what a
 * "via" or "global" name says beside who knows it. Borrowed. False: no memory. */
bool mb_set_title(mb_process *p, mb_term title);
/* The registered name, else the title, else the pid; borrowed. */
mb_term mb_title(const mb_process *p);
/* Calls visit for each registered name in order of the names' comparison. False: no memory, and
 * none was visited. */
bool mb_registered(mb_runtime *rt, void (*visit)(void *context, mb_term name, mb_pid pid),
                   void *context);

/* Timers that send a message (taken). 0 when there is no memory. Equal deadlines fire in the order
 * of their start. A timer for a pid goes when its process does. */
mb_ref mb_send_after(mb_runtime *rt, mb_process *from, mb_pid to, mb_term message, mb_time delay);
/* The same to a name (borrowed), looked up when the time has come. */
mb_ref mb_send_after_name(mb_runtime *rt, mb_process *from, mb_term name, mb_term message,
                          mb_time delay);
/* Milliseconds rounded up that were left, -1 when there is no such timer (any more). */
int64_t mb_cancel_timer(mb_runtime *rt, mb_ref ref);
int64_t mb_read_timer(mb_runtime *rt, mb_ref ref);
size_t mb_timer_count(const mb_runtime *rt);

/* The process dictionary and the rest of Process.info. A number under "$deadline" is the time, in
 * milliseconds since the runtime's start, by which p wants to be done: a call takes it along, and the
 * server has it (or its own, if that is earlier) in its dictionary until its handle_call is through. */
mb_term mb_dictionary_get(const mb_process *p, mb_term key);
/* value nil deletes. What was there is owned by the caller in *old (may be NULL). */
bool mb_dictionary_put(mb_process *p, mb_term key, mb_term value, mb_term *old);
void mb_dictionary(mb_process *p, void (*visit)(void *context, mb_term key, mb_term value),
                   void *context);

typedef enum mb_process_status { MB_RUNNING, MB_RUNNABLE, MB_WAITING, MB_EXITING } mb_process_status;
typedef struct mb_process_info {
    mb_pid parent;
    mb_term initial_call; /* borrowed */
    mb_process_status status;
    uint64_t reductions;
    size_t memory; /* bytes: the process, its messages and what the host added */
    const char *doing; /* NULL: nothing special */
} mb_process_info;
void mb_info(mb_process *p, mb_process_info *out);

/* ------------------------------------------------------------------------------------------
 * Waiting for an answer: gen:call, proc_lib:start_link. A process waits for one at a time. Begin
 * it, return MB_STEP_WAIT from run, and ask mb_answer each time run is entered.
 */
typedef enum mb_answer_state {
    MB_ANSWER_PENDING,
    MB_ANSWER_VALUE, /* the reply */
    MB_ANSWER_EXIT,  /* the bare reason: "noproc", "timeout", or what the other side died of */
    MB_ANSWER_NO_MEMORY,
} mb_answer_state;

/* gen:call/4: monitors `to`, sends the request (taken) and waits for the reply, timeout long
 * (MB_INFINITY: for ever). The reply never enters the mailbox; a late one is dropped. kind is
 * MB_CALL or MB_SYSTEM. Returns MB_ANSWER_PENDING, or the outcome if it is known at once. */
mb_answer_state mb_call(mb_process *p, mb_pid to, mb_message_kind kind, mb_term request,
                        mb_time timeout);
/* The state of the wait. When it is over, *value is owned by the caller and the wait is gone. */
mb_answer_state mb_answer(mb_process *p, mb_term *value);
/* Whether p is in such a wait. */
bool mb_awaiting(const mb_process *p);
/* Gives the wait up: a late answer is dropped. Without a wait it does nothing. */
void mb_abandon_answer(mb_process *p);
/* gen:reply/2. reply is taken; dropped when nobody waits for ref any more. */
void mb_reply(mb_runtime *rt, mb_process *from, mb_pid to, mb_ref ref, mb_term reply);

/* Waits for a process that p has just spawned to say that its init is done, as
 * proc_lib:start_link does: MB_ANSWER_VALUE with what mb_init_ack was given, or MB_ANSWER_EXIT when
 * it died first. On timeout, and where there is no memory to wait, the child is killed. */
mb_answer_state mb_await_init(mb_process *p, mb_process *child, mb_time timeout);
/* Waits for another process to end, timeout long (MB_INFINITY: for ever): MB_ANSWER_EXIT with the
 * reason it died of, "noproc", "calling_self" or "timeout". Returns MB_ANSWER_PENDING, or the outcome
 * if it is known at once. */
mb_answer_state mb_await_end(mb_process *p, mb_pid target, mb_time timeout);
/* proc_lib:init_ack: answer (taken) for whoever waits in mb_await_init for p. */
void mb_init_ack(mb_process *p, mb_term answer);
/* The same where who waits is not p's parent. */
void mb_init_ack_to(mb_process *p, mb_pid to, mb_term answer);

/* ------------------------------------------------------------------------------------------
 * Nodes. A runtime holds several; they share its clock, its scheduler and its event log, and nothing
 * that a program can see but messages. Each has its own processes, names and ETS tables. What passes
 * between processes of different nodes goes through the nodes' connection (dist.c of the BEAM): in
 * order between each pair of processes, and lost with the connection. Links and monitors then end
 * with "noconnection", calls with { "nodedown", node }.
 *
 * All functions on processes take pids of any node, except mb_register and mb_send_after, which are
 * for pids of one's own.
 */

/* The node of the running process; between slices the first one, where the host is at home. */
mb_node *mb_here(const mb_runtime *rt);
mb_node *mb_node_of(const mb_process *p);
mb_node *mb_node_of_pid(const mb_runtime *rt, mb_pid pid); /* or of a name on a node */
/* Borrowed. "nonode@nohost" for the first node until another is started, then "main@local". */
mb_term mb_node_name(const mb_node *node);
bool mb_node_is_running(const mb_node *node);
/* Whether there has been more than one node. */
bool mb_is_distributed(const mb_runtime *rt);
/* The node of that name, running or not; NULL: none was ever told of. */
mb_node *mb_node_find(const mb_runtime *rt, mb_term name);
/* The same; one that nobody has told of yet is a name from now on, and does not run. NULL: no
 * memory, or there are MB_NODES names. */
mb_node *mb_node_named(mb_runtime *rt, mb_term name);
/* The node whose name was first told of after that of `after` (NULL: the first); NULL: no more. */
mb_node *mb_node_next(const mb_runtime *rt, const mb_node *after);

typedef enum mb_node_result {
    MB_NODE_OK,
    MB_NODE_TAKEN, /* it runs */
    MB_NODE_NO_MEMORY, /* or there are MB_NODES names */
} mb_node_result;
/* Starts a node without any process. name (borrowed) has the form word@word. */
mb_node_result mb_node_start(mb_runtime *rt, mb_term name, mb_node **out);
/* All processes of the node end without a signal or a callback; the others notice that the
 * connection is lost. At once, or, when one of its own processes asks for it, after that one's
 * slice. Not for the first node. */
void mb_node_stop(mb_node *node);

/* Whether the two are connected now; what has to be sent connects them by itself. */
bool mb_node_connect(mb_node *a, mb_node *b);
bool mb_node_is_connected(const mb_node *a, const mb_node *b);
/* False: they were not connected. */
bool mb_node_disconnect(mb_node *a, mb_node *b);
/* From now on p gets { "nodeup", name } and { "nodedown", name } of every node that its own is
 * connected to or loses (net_kernel:monitor_nodes/1). As often as it has been asked for. False: no
 * memory. */
bool mb_watch_nodes(mb_process *p, bool on);
/* p gets { "nodedown", name } once, when the connection to node is lost or cannot be made
 * (erlang:monitor_node/2). False: no memory. */
bool mb_watch_node(mb_process *p, mb_node *node, bool on);

/* { name, node }: stands for the process that has the name when something arrives there. For
 * mb_send_kind, mb_call, mb_monitor and mb_await_end, with processes of other nodes. 0: no memory. */
mb_pid mb_name_on(mb_node *node, mb_term name);
/* Its name. Borrowed; nil for a pid. */
mb_term mb_name_of(const mb_runtime *rt, mb_pid id);
/* Has config.spawn start a process on another node, linked to p and monitored by it when asked for.
 * what is taken. The answer is its pid, or an exit with { "nodedown", node } or
 * "system_limit". *monitor (NULL: none) is the monitor's reference. Returns MB_ANSWER_PENDING or the
 * outcome. */
mb_answer_state mb_spawn_on(mb_process *p, mb_node *node, mb_term what, bool link,
                            mb_ref *monitor);

/* The network between the nodes. Whatever is sent goes from one node to the other in order. */
#define MB_NET_TICKTIME (60000 * MB_MILLISECOND) /* a connection that is silent so long is lost */
/* Cuts the connections between nodes of different groups; 0: in no group, keeps all. groups is
 * indexed by the nodes' order (mb_node_next). Both sides notice after that time (0: at once); what
 * is on its way until then waits, and arrives if the net is healed before. Takes the place of an
 * earlier split. False: no memory. */
bool mb_net_split(mb_runtime *rt, const uint8_t *groups, mb_time noticed_after);
void mb_net_heal(mb_runtime *rt);
/* What is sent from one node to the other (NULL: from all, to all) takes so long; and of the packets
 * that part (0 to 1) gets lost and is sent again after 200 ms, 400 ms and so on, what was sent later
 * waiting behind it. False: no memory. */
bool mb_net_set_delay(mb_runtime *rt, mb_node *from, mb_node *to, mb_time delay);
bool mb_net_set_loss(mb_runtime *rt, mb_node *from, mb_node *to, double loss);

typedef struct mb_net_info {
    bool connected;
    bool cut; /* by a split */
    mb_time delay;
    double loss;
    size_t under_way; /* packets from one to the other that have not arrived */
    uint64_t lost;    /* times that one got lost */
} mb_net_info;
/* The way from one node to another. */
mb_net_info mb_net_look(const mb_node *from, const mb_node *to);

/* ------------------------------------------------------------------------------------------
 * gen_server (gen_server.erl)
 */
typedef enum mb_callback_state {
    MB_CALLBACK_DONE,
    MB_CALLBACK_SUSPENDED, /* waits for something, or was preempted: resume is called next */
    MB_CALLBACK_PREEMPTED,
} mb_callback_state;

typedef enum mb_outcome_type {
    MB_OUTCOME_OK,         /* init */
    MB_OUTCOME_IGNORE,     /* init */
    MB_OUTCOME_REPLY,      /* reply */
    MB_OUTCOME_NOREPLY,
    MB_OUTCOME_STOP,       /* reason */
    MB_OUTCOME_STOP_REPLY, /* reason, reply */
    MB_OUTCOME_CRASH,      /* reason: the callback raised or exited */
    MB_OUTCOME_BAD_RETURN, /* reason: what it returned; ends with {"bad_return_value", reason} */
    /* Of state machines only; argument: the actions. */
    MB_OUTCOME_NEXT_STATE, /* reply: the state */
    MB_OUTCOME_KEEP_STATE,
    MB_OUTCOME_REPEAT_STATE,
} mb_outcome_type;

typedef enum mb_next { MB_NEXT_NONE, MB_NEXT_TIMEOUT, MB_NEXT_HIBERNATE, MB_NEXT_CONTINUE } mb_next;

/* What a callback answered. The generic part takes reply, reason and argument. */
typedef struct mb_outcome {
    mb_outcome_type type;
    mb_term reply;
    mb_term reason;
    bool is_exit;    /* CRASH by exit(reason), not by error: only changes the wording of the log */
    mb_next next;
    mb_time timeout; /* of MB_NEXT_TIMEOUT, nanoseconds */
    mb_term argument; /* of MB_NEXT_CONTINUE */
} mb_outcome;

typedef struct mb_from {
    mb_pid pid;
    mb_ref ref;
} mb_from;

struct mb_crash; /* the runtime's own */
struct mb_text;

/* The specific part. Each callback may answer at once, or return MB_CALLBACK_SUSPENDED after having
 * begun a wait (mb_call, mb_set_deadline, a message), and is then continued with resume.
 * data is the server's own, zeroed at first; terms are borrowed. */
typedef struct mb_gen_server_class {
    size_t data_size;
    mb_callback_state (*init)(mb_process *p, void *data, mb_term argument, mb_outcome *out);
    mb_callback_state (*handle_call)(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out);
    mb_callback_state (*handle_cast)(mb_process *p, void *data, mb_term request, mb_outcome *out);
    /* NULL: logs the unexpected message */
    mb_callback_state (*handle_info)(mb_process *p, void *data, mb_term message, mb_outcome *out);
    mb_callback_state (*handle_continue)(mb_process *p, void *data, mb_term arg, mb_outcome *out);
    /* May be NULL. out: NOREPLY or CRASH. */
    mb_callback_state (*terminate)(mb_process *p, void *data, mb_term reason, mb_outcome *out);
    mb_callback_state (*resume)(mb_process *p, void *data, mb_outcome *out);
    /* The state, owned, for sys:get_state and the crash report. May be NULL. False: no memory. */
    bool (*state)(mb_process *p, void *data, mb_term *out);
    /* sys:replace_state; function is what the caller sent. May be NULL. out: REPLY with the new
     * state, or CRASH. */
    mb_callback_state (*replace_state)(mb_process *p, void *data, mb_term function,
                                       mb_outcome *out);
    /* The process ends, whatever the reason: frees what data owns. May be NULL. */
    void (*destroy)(mb_process *p, void *data);
    /* The callback module's name, borrowed, for reports. May be NULL. */
    mb_term (*module)(mb_process *p, void *data);
    /* What the suspended callback is doing. May be NULL. */
    const char *(*doing)(mb_process *p, void *data);
    /* format_status: what sys:get_status and the crash report show. status is a map with state and
     * log, and with reason and message when the server ends. Gives another map (owned), or a string
     * that says how it failed, or nil: as it is. May be NULL. */
    mb_term (*format_status)(mb_process *p, void *data, mb_term status);
    /* sys:change_code; argument is { old_version, extra }. May be NULL. out: REPLY when the code
     * has changed, or CRASH. */
    mb_callback_state (*code_change)(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out);
    /* Writes the crash report in its own words. NULL: as a gen_server's. */
    void (*report)(mb_process *p, void *data, const struct mb_crash *crash);
    /* The server ends for a reason that is not logged. May be NULL. */
    void (*quiet_end)(mb_process *p, void *data, mb_term reason);
    /* sys:get_status' last part in its own words, owned. NULL: as a gen_server's. */
    mb_term (*status)(mb_process *p, void *data);
    /* The same for an event that sys:trace prints. */
    void (*print_event)(struct mb_text *text, mb_term event);
    bool is_state_machine; /* gen_statem.c's: another name, callbacks of its own */
} mb_gen_server_class;

typedef struct mb_gen_server_options {
    mb_term name;         /* nil: none; borrowed */
    /* Who gives out the name, if it is none of the node's own; 0: nobody. The server calls it with
     * { "claim", name } before its init; the answer is "yes", or the pid that has the name. */
    mb_pid registrar;
    mb_term initial_call; /* borrowed */
    bool link;
    mb_time timeout; /* of init; MB_INFINITY or 0: none */
    mb_time hibernate_after;
    mb_term debug; /* borrowed; a list of "trace", "log", "statistics", { "log", count }; nil: none */
} mb_gen_server_options;

/* A gen_server whose init has not run yet; the starter then waits with mb_await_init. starter may
 * be NULL (the outside: nobody waits). argument is taken. NULL: no memory.
 * The answer is { "ok", pid }, { "error", reason } or "ignore", as gen_server:start_link's. */
mb_process *mb_gen_server_start(mb_runtime *rt, mb_process *starter,
                                const mb_gen_server_class *class, mb_term argument,
                                const mb_gen_server_options *options);
/* The specific part's data; NULL when p is no gen_server of that class. */
void *mb_gen_server_data(mb_process *p, const mb_gen_server_class *class);
bool mb_is_gen_server(const mb_process *p);

/* ------------------------------------------------------------------------------------------
 * supervisor (supervisor.erl): a gen_server, called with OTP's own requests: "which_children",
 * "count_children", {"start_child", spec}, {"terminate_child", id}, {"restart_child", id},
 * {"delete_child", id}. A spec is a table with the fields id, start, restart, shutdown, type,
 * modules, significant; start is handed to the starter as it is.
 */
typedef struct mb_child_starter {
    /* Makes { specs, flags } of the argument that mb_supervisor_start was given, in the supervisor's
     * process p. out: REPLY with them, IGNORE, CRASH, or BAD_RETURN with { module, "init", value }.
     * NULL: the argument is that already. */
    mb_callback_state (*init)(mb_process *p, void *data, mb_term argument, mb_outcome *out);
    /* Starts a child in the supervisor's process p. out: REPLY with { "ok", pid }, { "ok", pid,
     * info }, "ignore" or { "error", reason }, or CRASH. */
    mb_callback_state (*start)(mb_process *p, void *data, mb_term start, mb_outcome *out);
    mb_callback_state (*resume)(mb_process *p, void *data, mb_outcome *out);
    /* The supervisor ends, or a start that was suspended is given up: frees what data owns. */
    void (*destroy)(mb_process *p, void *data);
    size_t data_size;
} mb_child_starter;

/* argument (taken), or what the starter's init makes of it: { specs, flags } with flags a table of
 * strategy, intensity, period, auto_shutdown; missing ones default as in OTP (one_for_one, 1, 5) —
 * Elixir's 3 and 5 are the caller's to give. Bad ones end the start with OTP's error. */
mb_process *mb_supervisor_start(mb_runtime *rt, mb_process *starter,
                                const mb_child_starter *child_starter, mb_term argument,
                                const mb_gen_server_options *options);
/* DynamicSupervisor: children without ids, started on demand, told by their pids, and stopped at the
 * same time. Requests: "which_children", "count_children", {"start_child", spec},
 * {"terminate_child", pid}. argument (taken), or what the starter's init makes of it, are the flags:
 * those of a supervisor with strategy one_for_one, max_children (an integer or "infinity") and
 * extra_arguments, which come before a start's own. */
mb_process *mb_dynamic_supervisor_start(mb_runtime *rt, mb_process *starter,
                                        const mb_child_starter *child_starter, mb_term argument,
                                        const mb_gen_server_options *options);
/* Of either kind. */
bool mb_is_supervisor(const mb_process *p);
typedef struct mb_child {
    mb_term id; /* nil: a child of a dynamic supervisor */
    mb_pid pid; /* 0: none */
    bool restarting;
    bool is_supervisor;
    uint32_t restarts; /* times the supervisor brought it back */
    mb_term restart, shutdown, modules;
} mb_child;
/* Calls visit for each child in start order. */
void mb_supervisor_children(mb_process *p, void (*visit)(void *context, const mb_child *child),
                            void *context);

/* ------------------------------------------------------------------------------------------
 * Match specifications (ets:select/2), in array tables: { { head, guards, body }, … }. "$1", "$2", …
 * are variables; "_" and the pattern that matches everything are wildcards. Compiled once, run on
 * many values.
 */
typedef struct mb_match_spec mb_match_spec;
typedef enum mb_match_result { MB_MATCH_YES, MB_MATCH_NO, MB_MATCH_NO_MEMORY } mb_match_result;

/* NO: that is no match specification. *out is owned, and NULL unless YES. */
mb_match_result mb_match_compile(mb_runtime *rt, mb_term specification, mb_match_spec **out);
/* The same for { { head, guards, { result } } }; guards may be nil. */
mb_match_result mb_match_compile_clause(mb_runtime *rt, mb_term head, mb_term guards,
                                        mb_term result, mb_match_spec **out);
void mb_match_free(mb_match_spec *spec);
/* What the first clause that fits makes of value, owned; "EXIT" stands for what fails in its body. NO: none fits.
 * *out is nil unless YES. */
mb_match_result mb_match_apply(const mb_match_spec *spec, mb_term value, mb_term *out);
/* Whether all that matches are arrays whose element at position (from 1) is *value, which is borrowed
 * from the specification. */
bool mb_match_fixed_element(const mb_match_spec *spec, size_t position, mb_term *value);
/* Whether it can be seen that every body makes an array with the object's own element at position
 * (ets:select_replace/2). */
bool mb_match_keeps_element(const mb_match_spec *spec, size_t position);

/* ------------------------------------------------------------------------------------------
 * ETS: tables of objects, which are array tables, found by the key at one position. A table belongs
 * to a process and goes with it, unless it has a living heir.
 */
typedef struct mb_ets mb_ets;
typedef struct mb_ets_entry mb_ets_entry; /* one object in a table; valid until it changes */

typedef enum mb_ets_type {
    MB_ETS_SET,
    MB_ETS_ORDERED_SET, /* in the order of mb_compare */
    MB_ETS_BAG,         /* several objects of a key, each once */
    MB_ETS_DUPLICATE_BAG,
} mb_ets_type;
typedef enum mb_ets_access { MB_ETS_PUBLIC, MB_ETS_PROTECTED, MB_ETS_PRIVATE } mb_ets_access;

typedef struct mb_ets_options {
    mb_ets_type type;
    mb_ets_access access;
    uint32_t keypos; /* counted from 1 */
    bool named;      /* found by its name */
    bool read_concurrency, write_concurrency, decentralized_counters, compressed; /* only shown */
} mb_ets_options;

typedef struct mb_ets_info {
    mb_ets_options options;
    mb_ref ref;
    mb_term name; /* borrowed */
    mb_pid owner;
    mb_pid heir; /* 0: none */
    size_t size;
    size_t memory;    /* bytes, which the owner is charged with */
    mb_time fixed_at; /* of a fixed one: since when */
} mb_ets_info;

/* A new table of owner's, called name (borrowed; no other table is found by it). NULL: no
 * memory. */
mb_ets *mb_ets_new(mb_process *owner, mb_term name, const mb_ets_options *options);
/* The table of that reference or name on the node of the process that runs, or NULL. */
mb_ets *mb_ets_find(const mb_runtime *rt, mb_term id);
/* What programs call it: its name when it is found by it, else its reference. Borrowed. */
mb_term mb_ets_id(const mb_ets *table);
void mb_ets_info_of(const mb_ets *table, mb_ets_info *out);
/* The table of p's that it got after that one (NULL: the first), or NULL. */
mb_ets *mb_ets_owned(const mb_process *p, const mb_ets *after);
void mb_ets_drop(mb_ets *table);
/* name is borrowed; no other table is found by it. */
void mb_ets_rename(mb_ets *table, mb_term name);
/* Whoever owns it next when its owner ends and gets { "ETS-TRANSFER", table, owner, data } (data is
 * taken); pid 0: nobody. */
void mb_ets_set_heir(mb_ets *table, mb_pid heir, mb_term data);
/* Makes `to` its owner, who gets { "ETS-TRANSFER", table, owner, data }. data is taken. False: no
 * memory. */
bool mb_ets_give_away(mb_ets *table, mb_process *to, mb_term data);

/* Adds an object (taken), which is an array table with a key; in a set it takes the place of the
 * one with its key. False: no memory. */
bool mb_ets_insert(mb_ets *table, mb_term object);
/* Puts an object with the same key (taken) in the place of an entry's. */
void mb_ets_replace(mb_ets *table, mb_ets_entry *entry, mb_term object);
/* The first object of that key, or NULL; mb_ets_same goes on with those inserted later. */
mb_ets_entry *mb_ets_lookup(const mb_ets *table, mb_term key);
/* The same, to go on from: also for a key that has been deleted while the table is fixed. */
mb_ets_entry *mb_ets_lookup_place(const mb_ets *table, mb_term key);
mb_ets_entry *mb_ets_same(const mb_ets_entry *entry);
/* Borrowed. */
mb_term mb_ets_object(const mb_ets_entry *entry);
void mb_ets_delete(mb_ets *table, mb_term key);
void mb_ets_delete_object(mb_ets *table, mb_term object);
void mb_ets_clear(mb_ets *table);
/* Through the keys: in order, or in the order of their first insertion. Each gives the first object
 * of a key, or NULL. */
mb_ets_entry *mb_ets_first(const mb_ets *table);
mb_ets_entry *mb_ets_last(const mb_ets *table);
mb_ets_entry *mb_ets_next(const mb_ets_entry *entry);
mb_ets_entry *mb_ets_previous(const mb_ets_entry *entry);
/* Where a key stands: the numbers ascend in the order of the keys of a hash table. */
uint64_t mb_ets_place(const mb_ets_entry *entry);
/* The first key behind that key and place (backwards: before it), whatever has become of it since. */
mb_ets_entry *mb_ets_go_on(const mb_ets *table, mb_term key, uint64_t place, bool backwards);
/* In an ordered_set: the entry with the lowest key above the given one, and the highest below it. */
mb_ets_entry *mb_ets_above(const mb_ets *table, mb_term key);
mb_ets_entry *mb_ets_below(const mb_ets *table, mb_term key);
/* All objects as an owned array. False: no memory. */
bool mb_ets_list(const mb_ets *table, mb_term *out);

/* ets:safe_fixtable/2: until `by` unfixes it as often as it has fixed it, or ends, one can go on from
 * every key of a hash table, even when it is deleted meanwhile. False: no memory. */
bool mb_ets_fix(mb_ets *table, mb_process *by);
void mb_ets_unfix(mb_ets *table, mb_process *by);
bool mb_ets_is_fixed(mb_ets *table);
/* Who fixes it, counted from 0, and how often; 0: no more. To be asked after mb_ets_is_fixed. */
mb_pid mb_ets_fixer_at(const mb_ets *table, size_t i, uint64_t *count);

typedef enum mb_ets_action {
    MB_ETS_COLLECT, /* what the bodies make of the objects that match, as an owned array */
    MB_ETS_COUNT,   /* how many bodies say true, as an integer */
    MB_ETS_REMOVE,  /* the same, and removes those objects */
    MB_ETS_REPLACE, /* puts what the bodies make of the objects in their place, where it has the same
                       key; how many */
} mb_ets_action;
/* Applies a match specification to every object. YES, or NO_MEMORY; then nothing has changed, and
 * *out is nil. */
mb_match_result mb_ets_select(mb_ets *table, const mb_match_spec *spec, mb_ets_action action,
                              mb_term *out);

/* How far a selection in several steps has come. At first all zero but `reverse`. Between the steps
 * the table may change: objects that stay are met once. */
typedef struct mb_ets_cursor {
    bool reverse; /* through an ordered_set from its end */
    bool begun, ended;
    mb_term key; /* owned; of the object met last */
    uint64_t place, serial;
} mb_ets_cursor;
/* Collects from up to `limit` more objects that match. cursor->ended: there are no more. YES, or
 * NO_MEMORY with *out nil and the cursor where it was. */
mb_match_result mb_ets_select_some(mb_ets *table, const mb_match_spec *spec, size_t limit,
                                   mb_ets_cursor *cursor, mb_term *out);

/* ------------------------------------------------------------------------------------------
 * registry (registry.ex): keys under which processes are found, each with a value. A gen_server
 * with a name, linked to everyone who has registered; what it keeps can be looked at without a
 * message. A process that has ended is not found any more, whether or not the registry's own has
 * heard of it.
 */
typedef struct mb_registry mb_registry;
typedef struct mb_registration {
    mb_term key, value; /* owned by the registry */
    mb_pid pid;
} mb_registration;

/* argument (taken): { keys = "unique" or "duplicate", name =, listeners = { name, … }, meta = {…} },
 * name being options->name as well. */
mb_process *mb_registry_start(mb_runtime *rt, mb_process *starter, mb_term argument,
                              const mb_gen_server_options *options);
/* The registry of that name on the node of the process that runs, valid until its process ends;
 * NULL: none. */
mb_registry *mb_registry_find(mb_runtime *rt, mb_term name);
mb_pid mb_registry_pid(const mb_registry *registry);
bool mb_registry_is_unique(const mb_registry *registry);

/* The registration after `after` (NULL: the first) in order of registering that the filter lets
 * through; NULL: no more. A removed one cannot be gone on from. */
typedef struct mb_registry_filter {
    const mb_term *key; /* NULL: any */
    mb_pid pid;         /* 0: any */
} mb_registry_filter;
const mb_registration *mb_registry_next(mb_registry *registry, const mb_registry_filter *filter,
                                        const mb_registration *after);

typedef enum mb_registry_result {
    MB_REGISTRY_OK,
    MB_REGISTRY_TAKEN,   /* unique, and *holder has it */
    MB_REGISTRY_UNHEARD, /* done, but no process has the name of one of the listeners */
    MB_REGISTRY_NO_MEMORY
} mb_registry_result;
/* Registers p, links it and tells the listeners. key and value are borrowed. */
mb_registry_result mb_registry_add(mb_registry *registry, mb_process *p, mb_term key,
                                   mb_term value, mb_pid *holder);
void mb_registry_remove(mb_registry *registry, const mb_registration *registration);
/* p has nothing under the key any more: unlinks it from the registry unless something else of it is
 * left there, and tells the listeners. OK or UNHEARD. */
mb_registry_result mb_registry_let_go(mb_registry *registry, mb_process *p, mb_term key);
/* Removes all that p has under the key, and lets go of it. */
mb_registry_result mb_registry_unregister(mb_registry *registry, mb_process *p, mb_term key);
/* value is borrowed. */
void mb_registry_update(mb_registry *registry, const mb_registration *registration,
                        mb_term value);
/* *value is borrowed. False: there is none under that key. */
bool mb_registry_meta(const mb_registry *registry, mb_term key, mb_term *value);
/* key (not nil) and value are borrowed. False: no memory. */
bool mb_registry_put_meta(mb_registry *registry, mb_term key, mb_term value);
void mb_registry_delete_meta(mb_registry *registry, mb_term key);

/* ------------------------------------------------------------------------------------------
 * gen_statem (gen_statem.erl): a gen_server that handles one event at a time, in the state that the
 * ones before it led to.
 */
typedef struct mb_statem_event {
    mb_term type;    /* "cast", { "call", { pid, ref } }, "info", "internal", "timeout",
                        "state_timeout", { "timeout", name }, "enter" */
    mb_term content; /* of "enter": the state before */
    mb_term state;
    bool by_state;   /* callback mode state_functions: the state names the function */
} mb_statem_event;

/* The specific part; all as in mb_gen_server_class. The state is the generic part's, the data the
 * specific part's: what a callback returns as new data is set aside until commit. */
typedef struct mb_gen_statem_class {
    size_t data_size; /* not 0 */
    /* out: OK with the state in reply and the actions in argument, IGNORE, STOP, CRASH,
     * BAD_RETURN */
    mb_callback_state (*init)(mb_process *p, void *data, mb_term argument, mb_outcome *out);
    /* out: REPLY with "state_functions", "handle_event_function" or { mode, "state_enter" }, or
     * CRASH. Called after init, after another module is in use, and after code_change. */
    mb_callback_state (*callback_mode)(mb_process *p, void *data, mb_outcome *out);
    /* out: NEXT_STATE, KEEP_STATE, REPEAT_STATE, STOP, STOP_REPLY (the replies in argument), CRASH,
     * BAD_RETURN. Actions: nil, one action, or an array of them. */
    mb_callback_state (*handle_event)(mb_process *p, void *data, const mb_statem_event *event,
                                      mb_outcome *out);
    /* The data set aside becomes the data, should there be some. May be NULL. Raises nothing. */
    void (*commit)(mb_process *p, void *data);
    /* The answer to "enter" was none that it may give: its data, owned, is not to become the data;
     * what was set aside before is. May be NULL. */
    mb_term (*refuse)(mb_process *p, void *data);
    mb_callback_state (*terminate)(mb_process *p, void *data, mb_term reason, mb_term state,
                                   mb_outcome *out); /* may be NULL */
    mb_callback_state (*resume)(mb_process *p, void *data, mb_outcome *out);
    /* The data, owned, for sys:get_state and the crash report. May be NULL. */
    bool (*data)(mb_process *p, void *data, mb_term *out);
    /* out: REPLY with { state, data }, the data set aside; or CRASH. */
    mb_callback_state (*replace_state)(mb_process *p, void *data, mb_term function, mb_term state,
                                       mb_outcome *out);
    /* The same for { old_version, extra }; REPLY with nil: nothing has changed. May be NULL. */
    mb_callback_state (*code_change)(mb_process *p, void *data, mb_term argument, mb_term state,
                                     mb_outcome *out);
    /* format_status: what sys:get_status and the crash report show. status is a map with state,
     * data, postponed, timeouts, log, and in a report queue and reason. Returns, owned, another
     * one; a string that says how that failed; or nil: the module has none. May be NULL. */
    mb_term (*format_status)(mb_process *p, void *data, mb_term status);
    /* The callback module, borrowed, and another one in its place: change_callback_module and its
     * like. False: that is no module. Both may be NULL: those actions are none. */
    mb_term (*callback_module)(mb_process *p, void *data);
    bool (*use_module)(mb_process *p, void *data, mb_term module);
    void (*destroy)(mb_process *p, void *data);        /* may be NULL */
    mb_term (*module)(mb_process *p, void *data);      /* may be NULL */
    const char *(*doing)(mb_process *p, void *data);   /* may be NULL */
} mb_gen_statem_class;

/* As mb_gen_server_start. */
mb_process *mb_gen_statem_start(mb_runtime *rt, mb_process *starter,
                                const mb_gen_statem_class *class, mb_term argument,
                                const mb_gen_server_options *options);
bool mb_is_gen_statem(const mb_process *p);

/* Bytes of the well-formed UTF-8 sequence at text, or 0; size > 0. */
size_t mb_utf8_sequence(const char *text, size_t size);

/* ------------------------------------------------------------------------------------------
 * The log, and the words in which Elixir tells of an exit
 */
/* The process pid logs a line, if it is not below its own level. */
void mb_log(mb_runtime *rt, mb_level level, mb_pid pid, const char *text, size_t size);
/* Somebody else logs a line about it (the emulator, in OTP): its own level says nothing of that. */
void mb_log_about(mb_runtime *rt, mb_level level, mb_pid pid, const char *text, size_t size);
void mb_log_format(mb_runtime *rt, mb_level level, mb_pid pid, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Lines below this level are dropped, reports among them; at first none is. MB_LOG_NONE drops all,
 * MB_LOG_ALL none. */
#define MB_LOG_NONE (MB_EMERGENCY + 1)
#define MB_LOG_ALL (MB_DEBUG - 1)
void mb_set_log_level(mb_runtime *rt, int level);
int mb_log_level(const mb_runtime *rt);
/* The lowest level of what p logs, as long as it lives; MB_LOG_UNSET: as everybody. */
#define MB_LOG_UNSET (MB_LOG_ALL - 1)
void mb_set_process_log_level(mb_process *p, int level);
int mb_process_log_level(const mb_process *p);
static inline bool mb_logs(const mb_runtime *rt, mb_level level) {
    return (int)level >= mb_log_level(rt);
}
/* Whether supervisors report what their children do (Logger's handle_sasl_reports; off at first). */
bool mb_sasl_reports(const mb_runtime *rt);
void mb_set_sasl_reports(mb_runtime *rt, bool on);
/* "Process #PID<0.84.0> raised an exception …", for a process that is no behaviour and dies of
 * reason; says nothing unless that is { error, stacktrace }. */
void mb_report_process_error(mb_process *p, mb_term reason);
/* "Task #PID<0.86.0> started from #PID<0.84.0> terminating …", for a task that dies of reason; says
 * nothing of a quiet exit. starter is a name or a pid. */
void mb_report_task(mb_process *p, mb_term reason, mb_term starter, mb_term function,
                    mb_term arguments);
/* Exception.format_exit/1: "no process: the process is not alive or …", "exited in: …". */
void mb_write_exit(mb_term reason, mb_write write, void *context);
/* Whether reason is { error, stacktrace }, what a process that raised dies of. */
bool mb_is_error_reason(mb_term reason);
/* What a gen_server without handle_info says of a message: "Counter #PID<0.84.0> received unexpected
 * message in handle_info/2: …". module may be nil. */
void mb_report_unexpected_message(mb_process *p, mb_term module, mb_term message);
/* Exits that nobody logs: "normal", "shutdown", {"shutdown", …}. */
bool mb_is_quiet_exit(mb_term reason);

#ifdef __cplusplus
}
#endif
#endif
