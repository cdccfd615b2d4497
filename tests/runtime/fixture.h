/* What the tests of the runtime share: a runtime with a virtual clock, terms written as text, and a
 * process that tests act through. */
#ifndef MB_TEST_FIXTURE_H
#define MB_TEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "moonbeam.h"

typedef struct fixture {
    mb_runtime *rt;
    mb_process *owner;    /* traps exits; acts for the test */
    mb_pid owner_pid;
    char journal[8192];   /* what callbacks have written */
    char log[8192];       /* lines of the log, with their level */
    size_t allowance;     /* allocations that still succeed */
    bool once;            /* after the first that does not, all do again */
    size_t refused;       /* allocations that did not */
    size_t in_use;        /* bytes */
    int unlucky;          /* this many starts of children fail (test_supervisor.c) */
} fixture;

/* ---- the fixture itself ---------------------------------------------------------------------*/

static inline void *counting_alloc(void *context, void *block, size_t old_size, size_t new_size) {
    fixture *f = context;
    if (new_size > old_size && f->allowance == 0) {
        f->refused++;
        if (f->once)
            f->allowance = SIZE_MAX;
        return NULL;
    }
    if (new_size > old_size)
        f->allowance--;
    f->in_use += new_size - old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

static inline void append(char *text, size_t size, const char *more, size_t length) {
    size_t used = strlen(text);
    size_t room = size - used - 1;
    memcpy(text + used, more, length < room ? length : room);
    text[used + (length < room ? length : room)] = '\0';
}

static inline void keep_log(void *context, mb_level level, mb_pid pid, mb_time time,
                            const char *text, size_t size) {
    fixture *f = context;
    (void)pid;
    (void)time;
    append(f->log, sizeof f->log, "[", 1);
    append(f->log, sizeof f->log, mb_level_name(level), strlen(mb_level_name(level)));
    append(f->log, sizeof f->log, "] ", 2);
    append(f->log, sizeof f->log, text, size);
    append(f->log, sizeof f->log, "\n", 1);
}

/* The owner runs one function at a time until that says it is done. */
typedef struct owner_data {
    mb_step (*act)(mb_process *p, void *context);
    void *context;
} owner_data;

static inline mb_step run_owner(mb_process *p, void *data) {
    owner_data *owner = data;
    (void)p;
    return owner->act ? owner->act(p, owner->context) : MB_STEP_WAIT;
}

static const mb_class OWNER = {.name = "owner", .data_size = sizeof(owner_data), .run = run_owner};

static inline bool fixture_begin_with(fixture *f, size_t allowance, bool direct_calls) {
    memset(f, 0, sizeof *f);
    f->allowance = allowance;
    const mb_config config = {.alloc = counting_alloc,
                              .alloc_context = f,
                              .virtual_clock = true,
                              .log = keep_log,
                              .sink_context = f,
                              .event_capacity = 64,
                              .direct_calls = direct_calls,
                              .unpooled = true};
    f->rt = mb_runtime_new(&config);
    if (f->rt)
        f->owner = mb_spawn(f->rt, &OWNER, NULL, NULL);
    if (f->owner) {
        mb_set_trap_exit(f->owner, true);
        f->owner_pid = mb_self(f->owner);
    }
    return f->owner != NULL;
}

static inline bool fixture_begin(fixture *f, size_t allowance) {
    return fixture_begin_with(f, allowance, false);
}

/* Only where memory fails may it die before the fixture ends. */
static inline bool owner_lives(const fixture *f) { return mb_lookup(f->rt, f->owner_pid) != NULL; }

static inline void fixture_end(fixture *f) {
    mb_runtime_free(f->rt);
    assert_int_equal(f->in_use, 0);
}

static inline int set_up(void **state) {
    fixture *f = malloc(sizeof *f);
    *state = f;
    return f && fixture_begin(f, SIZE_MAX) ? 0 : -1;
}

static inline int tear_down(void **state) {
    fixture_end(*state);
    free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static inline fixture *fixture_of(mb_process *p) {
    return mb_runtime_config(mb_runtime_of(p))->sink_context;
}

/* ---- terms as text: { "get", 1, key = true }; each % is the next argument -------------------*/

typedef struct parser {
    mb_runtime *rt;
    const char *at;
    va_list *arguments;
    bool failed; /* no memory */
} parser;

static inline void skip_blanks(parser *in) {
    while (*in->at == ' ' || *in->at == ',')
        in->at++;
}

static inline mb_term parse_term(parser *in);

static inline mb_term text_term(parser *in, const char *text, size_t size) {
    mb_term term = mb_nil();
    in->failed = in->failed || !mb_string_new(in->rt, text, size, &term);
    return term;
}

/* A key without quotes and what follows it, or nothing. */
static inline bool parse_key(parser *in, mb_term *key) {
    size_t size = strspn(in->at, "abcdefghijklmnopqrstuvwxyz_");
    if (size == 0 || strncmp(in->at + size, " = ", 3) != 0)
        return false;
    *key = text_term(in, in->at, size);
    in->at += size + 3;
    return true;
}

static inline mb_term parse_table(parser *in) {
    mb_term array[16], pairs[32], cells[64], table = mb_nil();
    size_t elements = 0, pair_cells = 0;
    for (in->at++, skip_blanks(in); *in->at != '}'; skip_blanks(in)) {
        if (parse_key(in, &pairs[pair_cells]))
            pairs[pair_cells + 1] = parse_term(in), pair_cells += 2;
        else
            array[elements++] = parse_term(in);
    }
    in->at++;
    memcpy(cells, array, elements * sizeof *array);
    memcpy(cells + elements, pairs, pair_cells * sizeof *pairs);
    if (!in->failed)
        in->failed |= !mb_table_new(in->rt, &table, mb_nil(), elements, pair_cells / 2, cells);
    for (size_t i = 0; i < elements + pair_cells; i++)
        mb_release(in->rt, cells[i]);
    return in->failed ? mb_nil() : table;
}

static inline mb_term parse_term(parser *in) {
    skip_blanks(in);
    if (*in->at == '{')
        return parse_table(in);
    if (*in->at == '%') {
        in->at++;
        return mb_retain(va_arg(*in->arguments, mb_term));
    }
    if (*in->at == '"') {
        const char *start = in->at + 1;
        in->at = strchr(start, '"') + 1;
        return text_term(in, start, (size_t)(in->at - 1 - start));
    }
    static const char *const words[] = {"nil", "true", "false"};
    for (size_t i = 0; i < 3; i++)
        if (strncmp(in->at, words[i], strlen(words[i])) == 0) {
            in->at += strlen(words[i]);
            return i == 0 ? mb_nil() : mb_boolean(i == 1);
        }
    char *end;
    long long value = strtoll(in->at, &end, 10);
    if (end == in->at)
        fail_msg("no term: %s", in->at);
    in->at = end;
    return mb_integer(value);
}

/* Owned. nil when there is no memory. */
static inline mb_term term(fixture *f, const char *text, ...) {
    va_list arguments;
    va_start(arguments, text);
    parser in = {.rt = f->rt, .at = text, .arguments = &arguments};
    mb_term result = parse_term(&in);
    va_end(arguments);
    return result;
}

#define assert_prints(value, expected)                                                            \
    do {                                                                                          \
        char printed_[4096];                                                                      \
        mb_inspect_text(value, printed_, sizeof printed_);                                        \
        assert_string_equal(printed_, expected);                                                  \
    } while (0)

static inline mb_term number_term(int64_t value) { return mb_integer(value); }

/* ---- acting ---------------------------------------------------------------------------------*/

static inline void run(fixture *f) {
    for (int i = 0; i < 1000 && mb_run(f->rt, 100000, MB_INFINITY) == MB_RUN_BUSY; i++)
        ;
}

/* Runs everything, the clock going on by so many milliseconds. */
static inline void run_for(fixture *f, int64_t ms) {
    mb_time end = mb_now(f->rt) + ms * MB_MILLISECOND;
    assert_int_not_equal(
        mb_send_after(f->rt, NULL, mb_self(f->owner), mb_atom("tick"), ms * MB_MILLISECOND), 0);
    while (mb_now(f->rt) < end)
        mb_run(f->rt, 1, MB_INFINITY);
    mb_run(f->rt, 100000, 0);
    for (mb_message *m = mb_mailbox_first(f->owner), *next; m; m = next) {
        next = m->next;
        if (mb_is(m->term, "tick")) {
            mb_mailbox_take(f->owner, m);
            mb_message_free(f->rt, m);
        }
    }
}

static inline void act(fixture *f, mb_step (*function)(mb_process *p, void *context),
                       void *context) {
    owner_data *owner = mb_data(f->owner);
    *owner = (owner_data){.act = function, .context = context};
    mb_wake(f->owner);
}

static inline mb_step finish_act(mb_process *p) {
    *(owner_data *)mb_data(p) = (owner_data){0};
    return MB_STEP_WAIT;
}

/* A call, or a sys request, that the owner makes. */
typedef struct question {
    mb_pid to;
    mb_message_kind kind;
    mb_term request; /* taken */
    mb_time timeout;
    bool asked, done;
    mb_answer_state state;
    mb_term value;
} question;

static inline mb_step ask_step(mb_process *p, void *context) {
    question *q = context;
    if (!q->asked) {
        q->asked = true;
        mb_call(p, q->to, q->kind, q->request, q->timeout);
    }
    q->state = mb_answer(p, &q->value);
    if (q->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    q->done = true;
    return finish_act(p);
}

static inline mb_term ask_kind(fixture *f, mb_pid to, mb_message_kind kind, mb_term request,
                               mb_answer_state expected) {
    question q = {.to = to, .kind = kind, .request = request, .timeout = 5000 * MB_MILLISECOND};
    act(f, ask_step, &q);
    for (int i = 0; i < 100000 && !q.done; i++)
        mb_run(f->rt, 1, MB_INFINITY);
    assert_true(q.done);
    assert_int_equal(q.state, expected);
    return q.value;
}

#define assert_answer(f, to, kind, request, state, expected)                                      \
    do {                                                                                          \
        mb_term answer_ = ask_kind(f, to, kind, request, state);                                  \
        assert_prints(answer_, expected);                                                         \
        mb_release((f)->rt, answer_);                                                             \
    } while (0)

#define assert_reply(f, to, request, expected)                                                    \
    assert_answer(f, to, MB_CALL, request, MB_ANSWER_VALUE, expected)
#define assert_call_exits(f, to, request, expected)                                               \
    assert_answer(f, to, MB_CALL, request, MB_ANSWER_EXIT, expected)
#define assert_system(f, to, request, expected)                                                   \
    assert_answer(f, to, MB_SYSTEM, request, MB_ANSWER_VALUE, expected)

/* The owner's mailbox as one line, emptied. */
static inline const char *received(fixture *f) {
    static char text[4096];
    size_t used = 0;
    text[0] = '\0';
    for (mb_message *m; (m = mb_mailbox_first(f->owner));) {
        used += mb_inspect_text(m->term, text + used, sizeof text - used);
        used += (size_t)snprintf(text + used, sizeof text - used, ";");
        mb_mailbox_take(f->owner, m);
        mb_message_free(f->rt, m);
    }
    return text;
}

#define assert_journal(f, expected)                                                               \
    do {                                                                                          \
        assert_string_equal((f)->journal, expected);                                              \
        (f)->journal[0] = '\0';                                                                   \
    } while (0)

#define assert_log(f, expected)                                                                   \
    do {                                                                                          \
        assert_string_equal((f)->log, expected);                                                  \
        (f)->log[0] = '\0';                                                                       \
    } while (0)

static inline void note(mb_process *p, const char *text, mb_term what) {
    fixture *f = fixture_of(p);
    char line[512];
    size_t used = (size_t)snprintf(line, sizeof line, "%s(", text);
    used += mb_inspect_text(what, line + used, sizeof line - used - 4);
    snprintf(line + used, sizeof line - used, ") ");
    append(f->journal, sizeof f->journal, line, strlen(line));
}

#endif
