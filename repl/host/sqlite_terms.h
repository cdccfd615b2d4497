/* What is asked of SQLite and what it answers, as terms; in which form, tells database.h. */
#ifndef MOON_SQLITE_TERMS_H
#define MOON_SQLITE_TERMS_H

#include "host/sqlite.h"
#include "lua/context.h"

/* Fills in the request's parameters; parameters.failed when there is no memory. */
void moon_sql_pack(moon_sql_request *request, mb_term parameters);

/* The answer as an owned term. When there is no memory for its rows, that is the answer, though
 * what the statement did is done. */
mb_term moon_sql_answer_term(mb_runtime *rt, const moon_sql_answer *answer);

#endif
