#include "host/database.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "host/ports.h"
#include "host/sqlite.h"
#include "host/sqlite_terms.h"

typedef struct database {
    struct database *next;
    moon_databases *all;
    moon_port *port; /* the loop's; NULL: closed */
    unsigned number; /* the loop's: of the latest request */
    size_t awaited;  /* the loop's: answers that are still to come */
    uv_thread_t thread;
    uv_mutex_t mutex;
    uv_cond_t wake;
    /* Guarded by the mutex. */
    moon_sql_request *requests, **last_request;
    moon_sql_answer *answers, **last_answer;
    bool quit;  /* the thread is to end */
    bool ended; /* it has, but for returning */
    /* The thread's. */
    moon_sql sql;
} database;

struct moon_databases {
    uv_async_t *async; /* frees itself when it is closed; keeps the loop alive while something is
                        * under way */
    database *first;
};

/* ---------------------------------------------------------------------------------- the thread */

/* Waits for the next request; NULL: the end. */
static moon_sql_request *next_request(database *d) {
    uv_mutex_lock(&d->mutex);
    while (d->requests == NULL && !d->quit) {
        uv_cond_wait(&d->wake, &d->mutex);
    }
    moon_sql_request *request = d->quit ? NULL : d->requests;
    if (request != NULL) {
        d->requests = request->next;
        if (d->requests == NULL) {
            d->last_request = &d->requests;
        }
    }
    uv_mutex_unlock(&d->mutex);
    return request;
}

/* The answer's memory comes with the request, so that there is always one. */
typedef struct errand {
    moon_sql_request request; /* first: it is freed as one */
    moon_sql_answer *answer;
} errand;

static void give_answer(database *d, moon_sql_answer *answer) {
    uv_mutex_lock(&d->mutex);
    *d->last_answer = answer;
    d->last_answer = &answer->next;
    uv_async_send(d->all->async);
    uv_mutex_unlock(&d->mutex);
}

static void thread_main(void *argument) {
    database *d = argument;
    moon_sql_request *request;
    while ((request = next_request(d)) != NULL) {
        moon_sql_answer *answer = ((errand *)request)->answer;
        moon_sql_do(&d->sql, request, answer);
        moon_sql_request_free(request);
        give_answer(d, answer);
    }
    moon_sql_close(&d->sql);
    uv_mutex_lock(&d->mutex);
    d->ended = true;
    uv_async_send(d->all->async);
    uv_mutex_unlock(&d->mutex);
}

/* Signals are for the loop's thread. That of a file which may not grow further is blocked here too,
 * and SQLite learns of it as an error. */
static bool start_thread(database *d) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int status = uv_thread_create(&d->thread, thread_main, d);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status == 0;
}

/* ---------------------------------------------------------------------------------- the requests
 */

static char *copy_text(const mb_term *term, size_t *size) {
    const char *bytes = "";
    *size = 0;
    if (term->type == MB_STRING) {
        bytes = mb_bytes(term, size);
    }
    char *copy = malloc(*size + 1);
    if (copy != NULL) {
        memcpy(copy, bytes, *size);
        copy[*size] = '\0';
    }
    return copy;
}

static void errand_free(errand *e) {
    if (e != NULL) {
        moon_sql_answer_free(e->answer);
        moon_sql_request_free(&e->request);
    }
}

/* A request with its text; NULL when there is no memory. */
static errand *new_errand(database *d, moon_sql_kind kind, const mb_term *text) {
    errand *e = calloc(1, sizeof *e);
    if (e == NULL) {
        return NULL;
    }
    e->request.kind = kind;
    e->request.number = ++d->number;
    e->request.text = copy_text(text, &e->request.text_size);
    e->answer = calloc(1, sizeof *e->answer);
    if (e->request.text == NULL || e->answer == NULL) {
        errand_free(e);
        return NULL;
    }
    return e;
}

/* e is taken. */
static void submit(database *d, errand *e) {
    d->awaited++;
    uv_ref((uv_handle_t *)d->all->async);
    uv_mutex_lock(&d->mutex);
    *d->last_request = &e->request;
    d->last_request = &e->request.next;
    uv_cond_signal(&d->wake);
    uv_mutex_unlock(&d->mutex);
}

static bool submit_opening(database *d, mb_term options) {
    mb_term path = mb_get(options, "path"), settings = mb_get(options, "settings");
    mb_term read_only = mb_get(options, "read_only");
    errand *e = new_errand(d, MOON_SQL_OPEN, &path);
    if (e == NULL) {
        return false;
    }
    size_t size;
    e->request.read_only = read_only.type == MB_BOOLEAN && read_only.boolean;
    e->request.settings = copy_text(&settings, &size);
    if (e->request.settings == NULL) {
        errand_free(e);
        return false;
    }
    submit(d, e);
    return true;
}

static bool command(void *data, mb_term command) {
    database *d = data;
    mb_term verb = mb_element(command, 0), text = mb_element(command, 1);
    mb_term parameters = mb_element(command, 2);
    if (mb_is(verb, "cancel")) {
        moon_sql_cancel(&d->sql, d->number);
        return true;
    }
    moon_sql_kind kind = mb_is(verb, "query")     ? MOON_SQL_QUERY
                         : mb_is(verb, "execute") ? MOON_SQL_EXECUTE
                         : mb_is(verb, "control") ? MOON_SQL_CONTROL
                                                  : MOON_SQL_CLOSE;
    errand *e = new_errand(d, kind, &text);
    if (e == NULL) {
        return false;
    }
    moon_sql_pack(&e->request, parameters);
    if (e->request.parameters.failed) {
        errand_free(e);
        return false;
    }
    submit(d, e);
    return true;
}

/* -------------------------------------------------------------------------------- birth and death
 */

static void free_requests(moon_sql_request *request) {
    while (request != NULL) {
        moon_sql_request *next = request->next;
        errand_free((errand *)request);
        request = next;
    }
}

static void free_answers(moon_sql_answer *answer) {
    while (answer != NULL) {
        moon_sql_answer *next = answer->next;
        moon_sql_answer_free(answer);
        answer = next;
    }
}

/* The thread has ended or never was. */
static void database_free(database *d) {
    free_requests(d->requests);
    free_answers(d->answers);
    uv_cond_destroy(&d->wake);
    uv_mutex_destroy(&d->mutex);
    free(d);
}

static int64_t integer_or(mb_term term, int64_t otherwise) {
    return term.type == MB_INTEGER ? term.integer : otherwise;
}

static database *database_new(moon_databases *all, moon_port *port, mb_term options) {
    database *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return NULL;
    }
    d->all = all;
    d->port = port;
    d->last_request = &d->requests;
    d->last_answer = &d->answers;
    d->sql.busy_timeout = integer_or(mb_get(options, "busy_timeout"), 0);
    d->sql.max_result = (size_t)integer_or(mb_get(options, "max_result"), INT64_MAX);
    if (uv_mutex_init(&d->mutex) != 0) {
        free(d);
        return NULL;
    }
    if (uv_cond_init(&d->wake) != 0) {
        uv_mutex_destroy(&d->mutex);
        free(d);
        return NULL;
    }
    return d;
}

static void *open_port(void *host, moon_port *port, mb_term options, mb_term *reason) {
    moon_databases *all = moon_ports_databases(host);
    database *d = all != NULL ? database_new(all, port, options) : NULL;
    if (d == NULL) {
        return NULL;
    }
    if (!submit_opening(d, options)) {
        database_free(d);
        return NULL;
    }
    if (!start_thread(d)) {
        database_free(d);
        *reason = mb_atom("no thread");
        return NULL;
    }
    d->next = all->first;
    all->first = d;
    return d;
}

static void close_port(void *data) {
    database *d = data;
    d->port = NULL;
    uv_ref((uv_handle_t *)d->all->async);
    moon_sql_end(&d->sql);
    uv_mutex_lock(&d->mutex);
    d->quit = true;
    uv_cond_signal(&d->wake);
    uv_mutex_unlock(&d->mutex);
}

const moon_port_class moon_database_class = {
    .name = "sqlite",
    .open = open_port,
    .command = command,
    .close = close_port,
};

/* --------------------------------------------------------------------------- all connections */

/* Takes what the thread has answered; whether it has ended. */
static bool collect(database *d, moon_sql_answer **answers) {
    uv_mutex_lock(&d->mutex);
    *answers = d->answers;
    d->answers = NULL;
    d->last_answer = &d->answers;
    bool ended = d->ended;
    uv_mutex_unlock(&d->mutex);
    return ended;
}

static void tell(database *d, const moon_sql_answer *answers) {
    for (const moon_sql_answer *a = answers; a != NULL; a = a->next) {
        d->awaited--;
        if (d->port != NULL) {
            moon_port_tell(d->port, moon_sql_answer_term(moon_port_runtime(d->port), a), true);
        }
    }
}

/* Deals with what all threads have done; whether there was something. */
static bool collect_all(moon_databases *all) {
    bool something = false;
    for (database **link = &all->first; *link != NULL;) {
        database *d = *link;
        moon_sql_answer *answers;
        bool ended = collect(d, &answers);
        something = something || ended || answers != NULL;
        tell(d, answers);
        free_answers(answers);
        if (!ended) {
            link = &d->next;
            continue;
        }
        *link = d->next;
        uv_thread_join(&d->thread);
        database_free(d);
    }
    return something;
}

static bool is_under_way(const moon_databases *all) {
    for (const database *d = all->first; d != NULL; d = d->next) {
        if (d->port == NULL || d->awaited > 0) {
            return true;
        }
    }
    return false;
}

/* A wake-up that nobody takes would keep the loop's descriptor readable: so the handle lets go of
 * the loop only after a look at everything that found nothing new. Threads wake us with their mutex
 * held, so what has been collected has no wake-up to come. */
static void on_async(uv_async_t *async) {
    moon_databases *all = async->data;
    bool something = collect_all(all);
    if (is_under_way(all)) {
        return;
    }
    if (something) {
        uv_async_send(async);
    } else {
        uv_unref((uv_handle_t *)async);
    }
}

moon_databases *moon_databases_new(uv_loop_t *uv) {
    moon_databases *all = calloc(1, sizeof *all);
    uv_async_t *async = malloc(sizeof *async);
    if (all == NULL || async == NULL || uv_async_init(uv, async, on_async) != 0) {
        free(async);
        free(all);
        return NULL;
    }
    async->data = all;
    all->async = async;
    return all;
}

static void free_async(uv_handle_t *handle) {
    free(handle);
}

void moon_databases_free(moon_databases *all) {
    if (all == NULL) {
        return;
    }
    while (all->first != NULL) {
        database *d = all->first;
        assert(d->port == NULL && "ports are closed before their host goes");
        all->first = d->next;
        uv_thread_join(&d->thread);
        database_free(d);
    }
    uv_close((uv_handle_t *)all->async, free_async);
    free(all);
}
