#include "host/sqlite.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* Instructions of SQLite's machine between two looks at whether to go on. */
#define STRIDE 1000

/* ----------------------------------------------------------------------------------- answers */

/* SQLITE_BUSY is "busy": the names of the primary result codes. */
static const char *code_name(int status) {
    static const char *const names[] = {
        "ok",       "error",    "internal",  "perm",   "abort",   "busy",       "locked",
        "nomem",    "readonly", "interrupt", "ioerr",  "corrupt", "notfound",   "full",
        "cantopen", "protocol", "empty",     "schema", "toobig",  "constraint", "mismatch",
        "misuse",   "nolfs",    "auth",      "format", "range",   "notadb",
    };
    size_t code = (size_t)(status & 0xff);
    return code < sizeof names / sizeof names[0] ? names[code] : "error";
}

static void fail(moon_sql_answer *answer, int status, const char *message) {
    answer->outcome = MOON_SQL_FAILED;
    answer->code = code_name(status);
    answer->message = message != NULL ? strdup(message) : NULL;
}

static void fail_with_words(const moon_sql *sql, moon_sql_answer *answer, int status) {
    bool words = sql->db != NULL && sqlite3_errcode(sql->db) == (status & 0xff);
    fail(answer, status, words ? sqlite3_errmsg(sql->db) : sqlite3_errstr(status));
}

__attribute__((format(printf, 2, 3))) static void misuse(moon_sql_answer *answer,
                                                         const char *format, ...) {
    char text[256];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    answer->outcome = MOON_SQL_MISUSED;
    answer->message = strdup(text);
}

/* ------------------------------------------------------------------------------ breaking off */

static bool is_cancelled(moon_sql *sql) {
    return atomic_load(&sql->ending) || atomic_load(&sql->cancelled) == sql->current;
}

static int on_progress(void *context) {
    return is_cancelled(context);
}

/* Whether to try again after SQLITE_BUSY: sleeps a little, as long as the time-out lets it. */
static int on_busy(void *context, int times) {
    moon_sql *sql = context;
    uint64_t now = uv_hrtime();
    if (times == 0) {
        sql->busy_since = now;
    }
    int64_t left = sql->busy_timeout - (int64_t)((now - sql->busy_since) / 1000000);
    if (left <= 0 || is_cancelled(sql)) {
        return 0;
    }
    int64_t nap = times < 10 ? times + 1 : 20;
    uv_sleep((unsigned)(nap < left ? nap : left));
    return 1;
}

void moon_sql_cancel(moon_sql *sql, unsigned number) {
    atomic_store(&sql->cancelled, number);
}

void moon_sql_end(moon_sql *sql) {
    atomic_store(&sql->ending, true);
}

/* ------------------------------------------------------------------------------------ opening */

/* Transactions are begun and ended by MOON_SQL_CONTROL only: what a statement did to them behind
 * our back would mix what several processes do. (VACUUM begins one of its own while it runs.) */
static int authorize(void *context, int action, const char *a, const char *b, const char *c,
                     const char *d) {
    moon_sql *sql = context;
    if ((action != SQLITE_TRANSACTION && action != SQLITE_SAVEPOINT) || !sql->is_preparing) {
        return SQLITE_OK;
    }
    sql->said_control = true;
    return SQLITE_DENY;
}

/* Switching to WAL gives up at once when somebody else uses the file; we are more patient. */
static int run_patiently(moon_sql *sql, const char *text) {
    int status, times = 0;
    do {
        status = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
    } while ((status & 0xff) == SQLITE_BUSY && on_busy(sql, times++) != 0);
    return status;
}

static int set_up(moon_sql *sql, const moon_sql_request *request) {
    sqlite3_extended_result_codes(sql->db, 0);
    sqlite3_progress_handler(sql->db, STRIDE, on_progress, sql);
    sqlite3_busy_handler(sql->db, on_busy, sql);
    int status = sqlite3_set_authorizer(sql->db, authorize, sql);
    if (status == SQLITE_OK && request->settings != NULL) {
        status = run_patiently(sql, request->settings);
    }
    /* Here it turns out whether the file is a database at all. */
    return status == SQLITE_OK ? run_patiently(sql, "SELECT count(*) FROM sqlite_master") : status;
}

static void open_database(moon_sql *sql, const moon_sql_request *request, moon_sql_answer *answer) {
    int how =
        request->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (!sqlite3_threadsafe()) {
        fail(answer, SQLITE_ERROR, "this SQLite was built for a single thread");
        return;
    }
    int status = sqlite3_open_v2(request->text, &sql->db, how | SQLITE_OPEN_NOMUTEX, NULL);
    if (status == SQLITE_OK) {
        status = set_up(sql, request);
    }
    if (status != SQLITE_OK) {
        fail_with_words(sql, answer, status);
        moon_sql_close(sql);
    }
}

void moon_sql_close(moon_sql *sql) {
    if (sql->db != NULL) {
        sqlite3_progress_handler(sql->db, 0, NULL, NULL); /* its last words shall be said */
        sqlite3_close(sql->db);
    }
    sql->db = NULL;
}

/* --------------------------------------------------------------------------------- preparing */

/* Whether text holds nothing but blanks and comments. */
static bool is_blank(moon_sql *sql, const char *text) {
    while (*text != '\0') {
        sqlite3_stmt *more = NULL;
        const char *tail = text;
        int status = sqlite3_prepare_v2(sql->db, text, -1, &more, &tail);
        sqlite3_finalize(more);
        if (status != SQLITE_OK || more != NULL) {
            return false;
        }
        if (tail == text) {
            break;
        }
        text = tail;
    }
    return true;
}

/* The one statement in the request's text; NULL after an answer that says what is wrong. */
static sqlite3_stmt *prepare(moon_sql *sql, const moon_sql_request *request,
                             moon_sql_answer *answer) {
    sqlite3_stmt *statement = NULL;
    const char *tail = NULL;
    sql->said_control = false;
    int size = request->text_size < INT_MAX ? (int)request->text_size + 1 : INT_MAX;
    sql->is_preparing = true;
    int status = sqlite3_prepare_v2(sql->db, request->text, size, &statement, &tail);
    sql->is_preparing = false;
    if (status != SQLITE_OK && sql->said_control) {
        misuse(answer,
               "transactions are begun and ended by conn:transaction(fn) alone, got \"%.60s\"",
               request->text);
    } else if (status != SQLITE_OK) {
        fail_with_words(sql, answer, status);
    } else if (statement == NULL) {
        misuse(answer, "there is no statement in \"%.60s\"", request->text);
    } else if (!is_blank(sql, tail)) {
        misuse(answer, "one statement at a time, but another follows: \"%.60s\"",
               tail + strspn(tail, " \t\r\n"));
        sqlite3_finalize(statement);
        statement = NULL;
    }
    return statement;
}

/* --------------------------------------------------------------------------------- parameters */

static int bind_value(sqlite3_stmt *statement, int place, const moon_packed_value *value) {
    switch (value->type) {
    case MOON_PACKED_NULL: break;
    case MOON_PACKED_INTEGER: return sqlite3_bind_int64(statement, place, value->integer);
    case MOON_PACKED_REAL: return sqlite3_bind_double(statement, place, value->real);
    case MOON_PACKED_TEXT:
        return sqlite3_bind_text64(statement, place, value->bytes, value->size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case MOON_PACKED_BLOB:
        return sqlite3_bind_blob64(statement, place, value->bytes, value->size, SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, place);
}

static int bind_positional(sqlite3_stmt *statement, const moon_sql_request *request,
                           moon_sql_answer *answer) {
    int wanted = sqlite3_bind_parameter_count(statement);
    if (request->parameter_count != (size_t)wanted) {
        misuse(answer, "the statement has %d parameter%s, got %zu: \"%.60s\"", wanted,
               wanted == 1 ? "" : "s", request->parameter_count, request->text);
        return SQLITE_OK;
    }
    size_t position = 0;
    int status = SQLITE_OK;
    for (int place = 1; place <= wanted && status == SQLITE_OK; place++) {
        moon_packed_value value = moon_packed_read(&request->parameters, &position);
        status = bind_value(statement, place, &value);
    }
    return status;
}

/* Finds the value under a name. */
static bool find_named(const moon_sql_request *request, const char *name,
                       moon_packed_value *value) {
    size_t position = 0;
    for (size_t i = 0; i < request->parameter_count; i++) {
        moon_packed_value key = moon_packed_read(&request->parameters, &position);
        *value = moon_packed_read(&request->parameters, &position);
        if (strlen(name) == key.size && memcmp(name, key.bytes, key.size) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether each name that was given is one of the statement's. */
static bool names_known(sqlite3_stmt *statement, const moon_sql_request *request,
                        moon_sql_answer *answer) {
    int count = sqlite3_bind_parameter_count(statement);
    size_t position = 0;
    for (size_t i = 0; i < request->parameter_count; i++) {
        moon_packed_value key = moon_packed_read(&request->parameters, &position);
        moon_packed_read(&request->parameters, &position);
        bool known = false;
        for (int place = 1; place <= count && !known; place++) {
            const char *name = sqlite3_bind_parameter_name(statement, place);
            known = name != NULL && strcmp(name + 1, key.bytes) == 0;
        }
        if (!known) {
            misuse(answer, "the statement has no parameter :%.60s: \"%.60s\"", key.bytes,
                   request->text);
            return false;
        }
    }
    return true;
}

static int bind_named(sqlite3_stmt *statement, const moon_sql_request *request,
                      moon_sql_answer *answer) {
    int count = sqlite3_bind_parameter_count(statement), status = SQLITE_OK;
    for (int place = 1; place <= count && status == SQLITE_OK; place++) {
        const char *name = sqlite3_bind_parameter_name(statement, place);
        moon_packed_value value;
        if (name == NULL || name[0] == '?') {
            misuse(answer, "parameter %d has no name, and values were given by name: \"%.60s\"",
                   place, request->text);
            return SQLITE_OK;
        }
        if (!find_named(request, name + 1, &value)) {
            misuse(answer, "no value for parameter %.60s: \"%.60s\"", name, request->text);
            return SQLITE_OK;
        }
        status = bind_value(statement, place, &value);
    }
    if (status == SQLITE_OK) {
        names_known(statement, request, answer);
    }
    return status;
}

/* ---------------------------------------------------------------------------------------- rows */

/* Of columns with the same name, the last one counts. */
static bool is_hidden(sqlite3_stmt *statement, int column) {
    const char *name = sqlite3_column_name(statement, column);
    for (int i = column + 1; i < sqlite3_column_count(statement); i++) {
        const char *other = sqlite3_column_name(statement, i);
        if (name != NULL && other != NULL && strcmp(name, other) == 0) {
            return true;
        }
    }
    return false;
}

static void pack_names(sqlite3_stmt *statement, moon_sql_answer *answer) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *name = sqlite3_column_name(statement, i);
        if (name == NULL) {
            answer->rows.failed = true;
        } else if (!is_hidden(statement, i)) {
            answer->column_count++;
            moon_packed_add(&answer->rows, &(moon_packed_value){.type = MOON_PACKED_TEXT,
                                                                .bytes = name,
                                                                .size = strlen(name)});
        }
    }
}

static moon_packed_value column_value(sqlite3_stmt *statement, int column) {
    moon_packed_value value = {.type = MOON_PACKED_NULL};
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        value.type = MOON_PACKED_INTEGER;
        value.integer = sqlite3_column_int64(statement, column);
        break;
    case SQLITE_FLOAT:
        value.type = MOON_PACKED_REAL;
        value.real = sqlite3_column_double(statement, column);
        break;
    case SQLITE_TEXT:
        value.type = MOON_PACKED_TEXT;
        value.bytes = (const char *)sqlite3_column_text(statement, column);
        value.size = (size_t)sqlite3_column_bytes(statement, column);
        break;
    case SQLITE_BLOB:
        value.type = MOON_PACKED_BLOB;
        value.bytes = sqlite3_column_blob(statement, column);
        value.size = (size_t)sqlite3_column_bytes(statement, column);
        break;
    default: break;
    }
    return value;
}

static void pack_row(sqlite3_stmt *statement, moon_sql_answer *answer) {
    if (answer->row_count++ == 0) {
        pack_names(statement, answer);
    }
    bool hides = answer->column_count < (size_t)sqlite3_column_count(statement);
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        if (hides && is_hidden(statement, i)) {
            continue;
        }
        moon_packed_value value = column_value(statement, i);
        bool bytes = value.type == MOON_PACKED_TEXT || value.type == MOON_PACKED_BLOB;
        answer->rows.failed =
            answer->rows.failed || (bytes && value.bytes == NULL && value.size > 0);
        moon_packed_add(&answer->rows, &value);
    }
}

/* Runs the statement to its end. */
static void step(moon_sql *sql, sqlite3_stmt *statement, moon_sql_answer *answer) {
    int before = sqlite3_total_changes(sql->db), status;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!answer->has_rows) {
            continue;
        }
        pack_row(statement, answer);
        if (answer->rows.failed) {
            fail(answer, SQLITE_NOMEM, sqlite3_errstr(SQLITE_NOMEM));
            return;
        }
        if (answer->rows.size > sql->max_result) {
            char text[80];
            snprintf(text, sizeof text, "the result is larger than max_result, %zu bytes",
                     sql->max_result);
            fail(answer, SQLITE_TOOBIG, text);
            return;
        }
    }
    if (status != SQLITE_DONE) {
        fail_with_words(sql, answer, status);
    } else if (sqlite3_total_changes(sql->db) != before) {
        answer->changes = sqlite3_changes(sql->db);
    }
}

static void run_statement(moon_sql *sql, const moon_sql_request *request, moon_sql_answer *answer) {
    sqlite3_stmt *statement = prepare(sql, request, answer);
    if (statement == NULL) {
        return;
    }
    int status = request->named ? bind_named(statement, request, answer)
                                : bind_positional(statement, request, answer);
    if (status != SQLITE_OK) {
        fail_with_words(sql, answer, status);
    }
    answer->has_rows = request->kind == MOON_SQL_QUERY;
    if (answer->outcome == MOON_SQL_DONE) {
        step(sql, statement, answer);
    }
    sqlite3_finalize(statement);
}

/* ------------------------------------------------------------------------------------ requests */

static void run_control(moon_sql *sql, const moon_sql_request *request, moon_sql_answer *answer) {
    int status = sqlite3_exec(sql->db, request->text, NULL, NULL, NULL);
    if (status != SQLITE_OK) {
        fail_with_words(sql, answer, status);
    }
}

void moon_sql_do(moon_sql *sql, const moon_sql_request *request, moon_sql_answer *answer) {
    sql->current = request->number;
    if (request->kind == MOON_SQL_OPEN) {
        open_database(sql, request, answer);
    } else if (request->kind == MOON_SQL_CLOSE) {
        moon_sql_close(sql);
    } else if (sql->db == NULL) {
        fail(answer, SQLITE_CANTOPEN, sqlite3_errstr(SQLITE_CANTOPEN));
    } else if (is_cancelled(sql)) {
        fail(answer, SQLITE_INTERRUPT, sqlite3_errstr(SQLITE_INTERRUPT));
    } else if (request->kind == MOON_SQL_CONTROL) {
        run_control(sql, request, answer);
    } else {
        run_statement(sql, request, answer);
    }
    answer->in_transaction = sql->db != NULL && !sqlite3_get_autocommit(sql->db);
}

void moon_sql_request_free(moon_sql_request *request) {
    if (request != NULL) {
        moon_packed_free(&request->parameters);
        free(request->settings);
        free(request->text);
        free(request);
    }
}

void moon_sql_answer_free(moon_sql_answer *answer) {
    if (answer != NULL) {
        moon_packed_free(&answer->rows);
        free(answer->message);
        free(answer);
    }
}
