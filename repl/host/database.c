#include "host/database.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "host/ports.h"
#include "host/sqlite.h"

typedef struct database {
    struct database *next;
    moon_databases *all;
    moon_port *port; /* the loop's; NULL: closed */
    unsigned number; /* the loop's: of the latest request */
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
    uv_async_t *async; /* frees itself when it is closed */
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
    uv_mutex_unlock(&d->mutex);
    uv_async_send(d->all->async);
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
    uv_mutex_unlock(&d->mutex);
    uv_async_send(d->all->async);
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

/* ------------------------------------------------------------------------------- terms and values
 */

static moon_packed_value value_of(const mb_term *term) {
    moon_packed_value value = {.type = MOON_PACKED_NULL};
    switch (term->type) {
    case MB_INTEGER:
        value.type = MOON_PACKED_INTEGER;
        value.integer = term->integer;
        break;
    case MB_FLOAT:
        value.type = MOON_PACKED_REAL;
        value.real = term->real;
        break;
    case MB_STRING:
        value.type = MOON_PACKED_TEXT;
        value.bytes = mb_bytes(term, &value.size);
        break;
    case MB_TABLE:
        if (term->table->array_size == 1 && term->table->cells[0].type == MB_STRING) {
            value.type = MOON_PACKED_BLOB;
            value.bytes = mb_bytes(&term->table->cells[0], &value.size);
        }
        break;
    default: break;
    }
    return value;
}

static void pack_term(moon_packed *packed, const mb_term *term) {
    moon_packed_value value = value_of(term);
    moon_packed_add(packed, &value);
}

static void pack_parameters(moon_sql_request *request, const mb_term *parameters) {
    if (parameters->type != MB_TABLE) {
        return;
    }
    const mb_table *table = parameters->table;
    request->named = table->pair_count > 0;
    request->parameter_count = request->named ? table->pair_count : table->array_size;
    const mb_term *cells = table->cells + (request->named ? table->array_size : 0);
    size_t count = request->parameter_count * (request->named ? 2 : 1);
    for (size_t i = 0; i < count; i++) {
        pack_term(&request->parameters, &cells[i]);
    }
}

static mb_term term_of_scalar(const moon_packed_value *value) {
    return value->type == MOON_PACKED_REAL ? mb_float(value->real) : mb_integer(value->integer);
}

static void build_value(mb_builder *b, size_t at, const moon_packed_value *value) {
    if (value->bytes != NULL) {
        mb_build_string(b, at, value->bytes, value->size);
    } else {
        mb_build_term(b, at, term_of_scalar(value));
    }
}

static size_t count_values(const moon_packed *rows, size_t position, size_t columns) {
    size_t count = 0;
    for (size_t i = 0; i < columns; i++) {
        count += moon_packed_read(rows, &position).type != MOON_PACKED_NULL;
    }
    return count;
}

/* A table by column names, in which NULL is absent. Returns the position behind the row. */
static size_t build_row(mb_builder *b, size_t at, const moon_sql_answer *answer, size_t position) {
    const moon_packed *rows = &answer->rows;
    size_t count = count_values(rows, position, answer->column_count), name_position = 0;
    size_t cell = mb_build_table(b, at, mb_nil(), 0, count);
    for (size_t i = 0; i < answer->column_count; i++) {
        moon_packed_value name = moon_packed_read(rows, &name_position);
        moon_packed_value value = moon_packed_read(rows, &position);
        if (value.type != MOON_PACKED_NULL) {
            build_value(b, cell, &name);
            build_value(b, cell + sizeof(mb_term), &value);
            cell += 2 * sizeof(mb_term);
        }
    }
    return position;
}

static void build_rows(mb_builder *b, size_t at, const moon_sql_answer *answer) {
    size_t cell = mb_build_table(b, at, mb_nil(), answer->row_count, 0), position = 0;
    for (size_t i = 0; i < answer->column_count; i++) {
        moon_packed_read(&answer->rows, &position);
    }
    for (size_t i = 0; i < answer->row_count; i++) {
        position = build_row(b, cell + i * sizeof(mb_term), answer, position);
    }
}

static void build_text(mb_builder *b, size_t at, const char *text) {
    text = text != NULL ? text : "out of memory";
    mb_build_string(b, at, text, strlen(text));
}

static void build_answer(mb_builder *b, const moon_sql_answer *answer) {
    static const char *const tags[] = {
        [MOON_SQL_DONE] = "ok", [MOON_SQL_FAILED] = "error", [MOON_SQL_MISUSED] = "misuse"};
    size_t size = answer->outcome == MOON_SQL_FAILED ? 4 : 3;
    size_t cell = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), size, 0);
    mb_build_term(b, cell, mb_atom(tags[answer->outcome]));
    mb_build_term(b, cell + (size - 1) * sizeof(mb_term), mb_boolean(answer->in_transaction));
    cell += sizeof(mb_term);
    switch (answer->outcome) {
    case MOON_SQL_DONE:
        if (answer->has_rows) {
            build_rows(b, cell, answer);
        } else {
            mb_build_term(b, cell, mb_integer(answer->changes));
        }
        break;
    case MOON_SQL_FAILED:
        build_text(b, cell, answer->code);
        build_text(b, cell + sizeof(mb_term), answer->message);
        break;
    case MOON_SQL_MISUSED: build_text(b, cell, answer->message); break;
    }
}

/* The answer as a term. When there is no memory for its rows, that is the answer: what the
 * statement did is done. */
static mb_term answer_term(mb_runtime *rt, const moon_sql_answer *answer) {
    mb_term term, parts[] = {mb_atom("error"), mb_atom("nomem"), mb_atom("out of memory"),
                             mb_boolean(answer->in_transaction)};
    mb_builder *b = mb_build(rt);
    if (b != NULL) {
        build_answer(b, answer);
        if (mb_build_finish(b, &term)) {
            return term;
        }
    }
    return mb_tuple(rt, &term, 4, parts) ? term : mb_atom("nomem");
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
    pack_parameters(&e->request, &parameters);
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

/* ------------------------------------------------------------------------------- all connections
 */

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
    for (const moon_sql_answer *a = answers; a != NULL && d->port != NULL; a = a->next) {
        moon_port_tell(d->port, answer_term(moon_port_runtime(d->port), a), true);
    }
}

static void on_async(uv_async_t *async) {
    moon_databases *all = async->data;
    for (database **link = &all->first; *link != NULL;) {
        database *d = *link;
        moon_sql_answer *answers;
        bool ended = collect(d, &answers);
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
