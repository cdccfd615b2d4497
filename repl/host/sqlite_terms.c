#include "host/sqlite_terms.h"

#include <string.h>

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

void moon_sql_pack(moon_sql_request *request, mb_term parameters) {
    if (parameters.type != MB_TABLE) {
        return;
    }
    const mb_table *table = parameters.table;
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

mb_term moon_sql_answer_term(mb_runtime *rt, const moon_sql_answer *answer) {
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
