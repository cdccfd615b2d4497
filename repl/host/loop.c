#include "host/loop.h"

#include <fcntl.h>
#include <stdlib.h>

#include "host/alarm.h"

/* How long processes may run before the outside is looked at: what a key waits at most. */
#define TURN (2 * MB_MILLISECOND)
/* Slices of one moon_run. A slice takes 100 ns or, of a process that computes, a millisecond. */
#define MOST_SLICES 1024u
/* How long garbage is collected, when nobody can run, between two looks at the outside. */
#define COLLECTION MB_MILLISECOND
#define MAX_SIGNALS 8

typedef struct signal_watch {
    uv_signal_t handle;
    moon_on_signal call;
    void *context;
} signal_watch;

struct moon_loop {
    uv_loop_t uv;
    moon_alarm alarm;
    moon_universe *universe;
    bool stopped;
    size_t slices; /* for the next moon_run; adapts to what slices take */
    moon_on_run on_run;
    moon_on_rest on_rest;
    void *turn_context;
    signal_watch signals[MAX_SIGNALS];
    size_t signal_count;
    uv_poll_t *input; /* frees itself when it is closed; NULL: none */
    bool file_input;  /* what is watched cannot be polled, and is always readable */
    moon_on_readable on_readable;
    void *input_context;
    uv_loop_t *inner;        /* borrowed; NULL: none */
    uv_poll_t *inner_events; /* frees itself when it is closed; NULL: none */
};

moon_loop *moon_loop_new(void) {
    moon_loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) {
        return NULL;
    }
    if (uv_loop_init(&loop->uv) != 0) {
        goto no_loop;
    }
    if (!moon_alarm_init(&loop->alarm, &loop->uv)) {
        goto no_alarm;
    }
    loop->slices = 1;
    return loop;

no_alarm:
    uv_loop_close(&loop->uv);
no_loop:
    free(loop);
    return NULL;
}

void moon_loop_free(moon_loop *loop) {
    if (loop == NULL) {
        return;
    }
    moon_loop_unwatch(loop);
    moon_loop_nest(loop, NULL);
    moon_alarm_close(&loop->alarm);
    for (size_t i = 0; i < loop->signal_count; i++) {
        uv_close((uv_handle_t *)&loop->signals[i].handle, NULL);
    }
    uv_run(&loop->uv, UV_RUN_NOWAIT);
    uv_loop_close(&loop->uv);
    free(loop);
}

void moon_loop_attach(moon_loop *loop, moon_universe *u) {
    loop->universe = u;
}

void moon_loop_on_turn(moon_loop *loop, moon_on_run on_run, moon_on_rest on_rest, void *context) {
    loop->on_run = on_run;
    loop->on_rest = on_rest;
    loop->turn_context = context;
}

static void on_uv_signal(uv_signal_t *handle, int number) {
    const signal_watch *watch = handle->data;
    watch->call(watch->context, number);
}

/* NULL when there are too many or the system refuses. */
static signal_watch *add_signal(moon_loop *loop, moon_on_signal call, void *context) {
    if (loop->signal_count == MAX_SIGNALS) {
        return NULL;
    }
    signal_watch *watch = &loop->signals[loop->signal_count];
    if (uv_signal_init(&loop->uv, &watch->handle) != 0) {
        return NULL;
    }
    loop->signal_count++;
    watch->handle.data = watch;
    watch->call = call;
    watch->context = context;
    return watch;
}

bool moon_loop_on_signal(moon_loop *loop, int number, moon_on_signal call, void *context) {
    signal_watch *watch = add_signal(loop, call, context);
    return watch != NULL && uv_signal_start(&watch->handle, on_uv_signal, number) == 0;
}

bool moon_loop_on_first_signal(moon_loop *loop, int number, moon_on_signal call, void *context) {
    signal_watch *watch = add_signal(loop, call, context);
    return watch != NULL && uv_signal_start_oneshot(&watch->handle, on_uv_signal, number) == 0;
}

static void on_poll(uv_poll_t *poll, int status, int events) {
    moon_loop *loop = poll->data;
    if (loop->input == poll) {
        loop->on_readable(loop->input_context);
    }
}

static void free_poll(uv_handle_t *handle) {
    free(handle);
}

static bool start_poll(moon_loop *loop, uv_poll_t *poll, int fd) {
    /* libuv makes the descriptor non-blocking. A terminal's is shared with our standard output and
     * with the shell that started us, so that is taken back. */
    int flags = fcntl(fd, F_GETFL);
    int status = uv_poll_init(&loop->uv, poll, fd);
    fcntl(fd, F_SETFL, flags);
    if (status != 0) {
        free(poll);
        return false;
    }
    poll->data = loop;
    if (uv_poll_start(poll, UV_READABLE, on_poll) != 0) {
        uv_close((uv_handle_t *)poll, free_poll);
        return false;
    }
    loop->input = poll;
    return true;
}

bool moon_loop_watch(moon_loop *loop, int fd, moon_on_readable call, void *context) {
    moon_loop_unwatch(loop);
    loop->on_readable = call;
    loop->input_context = context;
    uv_poll_t *poll = malloc(sizeof *poll);
    if (poll == NULL) {
        return false;
    }
    if (!start_poll(loop, poll, fd)) {
        uv_handle_type type = uv_guess_handle(fd);
        loop->file_input = type == UV_FILE;
        return loop->file_input;
    }
    return true;
}

void moon_loop_unwatch(moon_loop *loop) {
    if (loop->input != NULL) {
        uv_poll_stop(loop->input);
        uv_close((uv_handle_t *)loop->input, free_poll);
        loop->input = NULL;
    }
    loop->file_input = false;
}

/* It is run before the loop sleeps again. */
static void on_inner_events(uv_poll_t *poll, int status, int events) {
}

bool moon_loop_nest(moon_loop *loop, uv_loop_t *inner) {
    if (loop->inner_events != NULL) {
        uv_close((uv_handle_t *)loop->inner_events, free_poll);
    }
    loop->inner = inner;
    loop->inner_events = NULL;
    if (inner == NULL) {
        return true;
    }
    uv_poll_t *poll = malloc(sizeof *poll);
    if (poll == NULL || uv_poll_init(&loop->uv, poll, uv_backend_fd(inner)) != 0) {
        free(poll);
        return false;
    }
    loop->inner_events = poll;
    return uv_poll_start(poll, UV_READABLE, on_inner_events) == 0;
}

/* Lets the inner loop do what it can. What its handles wait for is known to the system afterwards. */
static void run_inner(moon_loop *loop) {
    if (loop->inner != NULL && uv_loop_alive(loop->inner)) {
        uv_run(loop->inner, UV_RUN_NOWAIT);
    }
}

/* One moon_run of a length that suits the pace of the slices. */
static mb_run_result run_some(moon_loop *loop) {
    uint64_t begin = uv_hrtime();
    mb_run_result result = moon_run(loop->universe, loop->slices, false);
    mb_time took = (mb_time)(uv_hrtime() - begin);
    if (took > TURN && loop->slices > 1) {
        loop->slices /= 2;
    } else if (took < TURN / 4 && loop->slices < MOST_SLICES) {
        loop->slices *= 2;
    }
    if (loop->on_run != NULL) {
        loop->on_run(loop->turn_context);
    }
    return result;
}

static bool take_turn(moon_loop *loop) {
    uint64_t end = uv_hrtime() + (uint64_t)TURN;
    bool busy = true;
    while (busy && !loop->stopped && uv_hrtime() < end) {
        busy = loop->universe != NULL && run_some(loop) == MB_RUN_BUSY;
    }
    return busy;
}

static mb_time time_to_sleep(const moon_loop *loop) {
    mb_time delay = loop->universe != NULL ? moon_time_to_sleep(loop->universe) : MB_INFINITY;
    if (loop->inner == NULL || !uv_loop_alive(loop->inner)) {
        return delay;
    }
    int inner = uv_backend_timeout(loop->inner);
    bool sooner = inner >= 0 && (delay == MB_INFINITY || inner * MB_MILLISECOND < delay);
    return sooner ? inner * MB_MILLISECOND : delay;
}

/* Whether the collector has more to do before the loop sleeps. What is due soon comes first, and under
 * the virtual clock nothing depends on how long somebody waits. */
static bool collect(const moon_loop *loop) {
    return loop->universe != NULL &&
           !mb_runtime_config(moon_runtime(loop->universe))->virtual_clock &&
           time_to_sleep(loop) > COLLECTION && moon_collect_idle(loop->universe, COLLECTION);
}

static void poll_outside(moon_loop *loop, bool busy) {
    run_inner(loop);
    mb_time delay = busy || loop->file_input ? 0 : time_to_sleep(loop);
    if (delay == 0) {
        uv_run(&loop->uv, UV_RUN_NOWAIT);
    } else {
        moon_alarm_set(&loop->alarm, delay);
        uv_run(&loop->uv, UV_RUN_ONCE);
    }
    if (loop->file_input && !loop->stopped) {
        loop->on_readable(loop->input_context);
    }
}

void moon_loop_run(moon_loop *loop) {
    loop->stopped = false;
    while (!loop->stopped) {
        bool busy = take_turn(loop);
        if (!loop->stopped && loop->on_rest != NULL) {
            busy = loop->on_rest(loop->turn_context, !busy) || busy;
        }
        if (!loop->stopped) {
            busy = busy || collect(loop);
            poll_outside(loop, busy);
        }
    }
}

void moon_loop_stop(moon_loop *loop) {
    loop->stopped = true;
}
