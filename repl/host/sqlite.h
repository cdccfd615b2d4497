/* A connection to SQLite as its thread sees it: requests in, answers out, one at a time, each of
 * them waited for. It knows neither terms nor processes; database.h brings both together. */
#ifndef MOON_SQLITE_H
#define MOON_SQLITE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "host/packed.h"

typedef enum moon_sql_kind {
    MOON_SQL_OPEN,    /* text: the path */
    MOON_SQL_EXECUTE, /* text: one statement, with parameters; what it finds is passed over */
    MOON_SQL_QUERY,   /* the same; what it finds is the answer's rows */
    MOON_SQL_CONTROL, /* text: BEGIN, COMMIT, …: what only we may say */
    MOON_SQL_CLOSE,
} moon_sql_kind;

typedef struct moon_sql_request {
    struct moon_sql_request *next;
    moon_sql_kind kind;
    unsigned number; /* for moon_sql_cancel */
    char *text;      /* text_size bytes and a NUL */
    size_t text_size;
    moon_packed parameters; /* values; before each one its name when they are named */
    size_t parameter_count;
    bool named;
    /* MOON_SQL_OPEN */
    bool read_only;
    char *settings; /* statements to begin with, or NULL */
} moon_sql_request;

typedef enum moon_sql_outcome {
    MOON_SQL_DONE,
    MOON_SQL_FAILED,  /* code and message are SQLite's */
    MOON_SQL_MISUSED, /* message says how */
} moon_sql_outcome;

typedef struct moon_sql_answer {
    struct moon_sql_answer *next;
    moon_sql_outcome outcome;
    bool in_transaction; /* one is open now */
    bool has_rows;
    const char *code; /* "busy", "constraint", …: static */
    char *message;    /* NULL: none, or no memory for it */
    int64_t changes;  /* rows that were inserted, updated or deleted */
    /* The names of the columns, then the rows' values. */
    moon_packed rows;
    size_t column_count, row_count;
} moon_sql_answer;

typedef struct moon_sql {
    sqlite3 *db;           /* NULL: not open */
    int64_t busy_timeout;  /* ms */
    size_t max_result;     /* bytes */
    uint64_t busy_since;   /* ns; of the wait under way */
    bool is_preparing;     /* a statement of a process's */
    bool said_control;     /* it would begin or end a transaction */
    unsigned current;      /* the number of the request under way */
    atomic_uint cancelled; /* the number of the request that is to be broken off; 0: none */
    atomic_bool ending;    /* everything is to be broken off */
} moon_sql;

/* Does what is asked and waits until it is done. Not again after MOON_SQL_CLOSE. */
void moon_sql_do(moon_sql *sql, const moon_sql_request *request, moon_sql_answer *answer);
/* Closes the database if it is open; a transaction that is open is rolled back. */
void moon_sql_close(moon_sql *sql);

/* From any thread: the request of that number, or everything, ends with "interrupt" soon. */
void moon_sql_cancel(moon_sql *sql, unsigned number);
void moon_sql_end(moon_sql *sql);

/* NULL is fine. */
void moon_sql_request_free(moon_sql_request *request);
void moon_sql_answer_free(moon_sql_answer *answer);

#endif
