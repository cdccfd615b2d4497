#include "lua/record_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>

#define MAX_DEPTH 150 /* of Lua's parser it is 200 */

static bool is_plain(mb_term term, int depth) {
    if (term.type != MB_TABLE)
        return term.type <= MB_FLOAT || term.type == MB_STRING;
    size_t cells = term.table->array_size + 2 * (size_t)term.table->pair_count;
    if (depth == MAX_DEPTH || term.table->tag.type != MB_NIL)
        return false;
    for (size_t i = 0; i < cells; i++)
        if (!is_plain(term.table->cells[i], depth + 1))
            return false;
    return true;
}

static void write_term(FILE *file, mb_term term);

static void write_string(FILE *file, mb_term term) {
    size_t size;
    const char *bytes = mb_bytes(&term, &size);
    putc('"', file);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '"' || c == '\\')
            fprintf(file, "\\%c", c);
        else if (c < 128 && isprint(c))
            putc(c, file);
        else if (c == '\n')
            fputs("\\n", file);
        else
            fprintf(file, "\\%03d", c);
    }
    putc('"', file);
}

static void write_float(FILE *file, double value) {
    if (isnan(value))
        fputs("(0/0)", file);
    else if (isinf(value))
        fputs(value > 0 ? "1e9999" : "-1e9999", file);
    else
        fprintf(file, "%a", value);
}

/* The pair whose key comes next after `last` (NULL: the first), in the order of keys. */
static const mb_term *next_pair(const mb_table *table, const mb_term *last) {
    const mb_term *pair = table->cells + table->array_size, *best = NULL;
    for (uint32_t i = 0; i < table->pair_count; i++, pair += 2)
        if ((!last || mb_compare(*pair, *last) > 0) && (!best || mb_compare(*pair, *best) < 0))
            best = pair;
    return best;
}

static void write_table(FILE *file, const mb_table *table) {
    const char *separator = "{ ";
    for (uint32_t i = 0; i < table->array_size; i++) {
        fputs(separator, file);
        write_term(file, table->cells[i]);
        separator = ", ";
    }
    for (const mb_term *pair = next_pair(table, NULL); pair; pair = next_pair(table, pair)) {
        fprintf(file, "%s[", separator);
        write_term(file, pair[0]);
        fputs("] = ", file);
        write_term(file, pair[1]);
        separator = ", ";
    }
    fputs(*separator == '{' ? "{}" : " }", file);
}

static void write_term(FILE *file, mb_term term) {
    switch (term.type) {
    case MB_BOOLEAN:
        fputs(term.boolean ? "true" : "false", file);
        break;
    case MB_INTEGER: /* the least one has no decimal literal */
        fprintf(file, term.integer == INT64_MIN ? "0x%" PRIx64 : "%" PRId64, term.integer);
        break;
    case MB_FLOAT:
        write_float(file, term.real);
        break;
    case MB_STRING:
        write_string(file, term);
        break;
    case MB_TABLE:
        write_table(file, term.table);
        break;
    default:
        fputs("nil", file);
    }
}

bool moon_record_write(FILE *file, mb_term term) {
    if (!is_plain(term, 0))
        return false;
    write_term(file, term);
    putc('\n', file);
    return true;
}
