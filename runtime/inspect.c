/* The printed form of terms: valid Lua where Lua has a form for the value, on one line when it
 * fits, else with one element a line. Pairs come in order of their keys: numbers, strings, others.
 *
 * Nothing is allocated: pairs that are not stored in order are selected by repeated passes, each
 * of which finds the next SELECTION keys. */
#include "decimal_text.h"
#include "moonbeam.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>

#define SELECTION 512u /* pairs put in order by one pass over a table */
#define DEEPEST 100u   /* tables within tables that are shown at all: the C stack is finite */
#define INDENT 2u
#define UNLIMITED SIZE_MAX

static const char *const NUMBER_COLOUR = "\x1b[33m";
static const char *const STRING_COLOUR = "\x1b[32m";
static const char *const CONSTANT_COLOUR = "\x1b[35m";
static const char *const IDENTITY_COLOUR = "\x1b[36m";
static const char *const KEY_COLOUR = "\x1b[36m";
static const char *const NO_COLOUR = "\x1b[0m";

typedef struct printer {
    mb_write write; /* NULL: only measures */
    void *context;
    size_t width; /* UNLIMITED: everything on one line */
    size_t limit;
    size_t depth;
    size_t printable;
    size_t level; /* of the table being printed */
    size_t column;
    bool colour;
    bool overflow; /* measuring has passed the width */
} printer;

static void put(printer *out, const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        out->column += ((unsigned char)bytes[i] & 0xc0) != 0x80; /* UTF-8: count the first bytes */
    out->overflow |= out->column > out->width;
    if (out->write)
        out->write(out->context, bytes, size);
}

static void put_text(printer *out, const char *text) { put(out, text, strlen(text)); }

/* Escape sequences take no columns. */
static void put_colour(printer *out, const char *sequence) {
    if (out->colour && out->write)
        out->write(out->context, sequence, strlen(sequence));
}

static void put_coloured(printer *out, const char *colour, const char *text) {
    put_colour(out, colour);
    put_text(out, text);
    put_colour(out, NO_COLOUR);
}

static void put_line(printer *out, size_t indent) {
    static const char spaces[] = "\n                                ";
    size_t room = sizeof spaces - 2;
    put(out, spaces, 1);
    out->column = 0;
    for (size_t left = indent; left > 0;) {
        size_t n = left < room ? left : room;
        put(out, spaces + 1, n);
        left -= n;
    }
}

size_t mb_utf8_sequence(const char *text, size_t size) {
    unsigned char lead = (unsigned char)text[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3
                    : lead < 0xf5 ? 4 : 0;
    if (length > size)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 0;
    unsigned char second = length > 1 ? (unsigned char)text[1] : 0;
    bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    bool surrogate = lead == 0xed && second >= 0xa0;
    bool too_large = lead == 0xf4 && second >= 0x90;
    return overlong || surrogate || too_large ? 0 : length;
}

static const char *short_escape(char c) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\a': return "\\a";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '\v': return "\\v";
    default: return NULL;
    }
}

/* One character, escaped if need be; returns the bytes it took. */
static size_t put_character(printer *out, const char *text, size_t size) {
    const char *escape = short_escape(text[0]);
    size_t length = mb_utf8_sequence(text, size);
    if (escape) {
        put_text(out, escape);
        return 1;
    }
    if (length == 0 || iscntrl((unsigned char)text[0])) {
        char hex[8];
        snprintf(hex, sizeof hex, "\\x%02X", (unsigned char)text[0]);
        put_text(out, hex);
        return 1;
    }
    put(out, text, length);
    return length;
}

/* Whether all that is left to find out is known: what does not fit need not be measured further. */
static bool measured_enough(const printer *out) { return out->overflow && !out->write; }

/* What is left out shows as in Elixir's "hel" <> ... */
static void put_quoted(printer *out, const char *text, size_t size) {
    size_t i = 0;
    put(out, "\"", 1);
    for (size_t shown = 0; i < size && shown < out->printable && !measured_enough(out); shown++)
        i += put_character(out, text + i, size - i);
    put_text(out, i < size ? "\" .. ..." : "\"");
}

static bool is_lua_keyword(const char *text, size_t size) {
    static const char *const keywords[] = {
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
        "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strlen(keywords[i]) == size && memcmp(keywords[i], text, size) == 0)
            return true;
    return false;
}

static bool is_identifier(const char *text, size_t size) {
    if (size == 0 || isdigit((unsigned char)text[0]))
        return false;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c != '_' && !(c < 0x80 && isalnum(c)))
            return false;
    }
    return !is_lua_keyword(text, size);
}

static void put_float(printer *out, double value) {
    char text[40];
    if (isnan(value)) /* its sign depends on the machine */
        snprintf(text, sizeof text, "nan");
    else
        snprintf(text, sizeof text, "%.14g", value);
    if (text[strspn(text, "-0123456789")] == '\0')
        strcat(text, ".0");
    put_coloured(out, NUMBER_COLOUR, text);
}

static void put_object(printer *out, mb_term term) {
    const mb_object_class *class = term.object->class;
    char text[512];
    if (class->print)
        class->print(term.object->payload, text, sizeof text);
    else
        snprintf(text, sizeof text, "#%s<>", class->name);
    put_coloured(out, IDENTITY_COLOUR, text);
}

static void put_scalar(printer *out, mb_term term) {
    char text[48];
    const char *colour = IDENTITY_COLOUR;
    uint64_t serial = term.id & MB_SERIAL_MASK;
    switch ((mb_type)term.type) {
    case MB_NIL:
        colour = CONSTANT_COLOUR;
        snprintf(text, sizeof text, "nil");
        break;
    case MB_BOOLEAN:
        colour = CONSTANT_COLOUR;
        snprintf(text, sizeof text, "%s", term.boolean ? "true" : "false");
        break;
    case MB_INTEGER:
        colour = NUMBER_COLOUR;
        snprintf(text, sizeof text, "%" PRId64, term.integer);
        break;
    case MB_PID:
        snprintf(text, sizeof text, "#PID<%u.%" PRIu64 ".0>", mb_node_index(term.id), serial);
        break;
    case MB_REFERENCE:
        snprintf(text, sizeof text, "#Reference<0.0.0.%" PRIu64 ">", serial);
        break;
    default:
        snprintf(text, sizeof text, "_");
        break;
    }
    put_coloured(out, colour, text);
}

static void put_term(printer *out, mb_term term, size_t indent, size_t behind);

static void put_key(printer *out, mb_term key, size_t indent) {
    size_t size = 0;
    const char *text = key.type == MB_STRING ? mb_bytes(&key, &size) : NULL;
    if (text && is_identifier(text, size)) {
        put_colour(out, KEY_COLOUR);
        put(out, text, size);
        put_colour(out, NO_COLOUR);
    } else {
        put_text(out, "[");
        put_term(out, key, indent, 4);
        put_text(out, "]");
    }
    put_text(out, " = ");
}

static int key_rank(mb_term key) {
    return key.type == MB_INTEGER || key.type == MB_FLOAT ? 0 : key.type == MB_STRING ? 1 : 2;
}

static int compare_keys(mb_term a, mb_term b) {
    int rank = key_rank(a) - key_rank(b);
    return rank != 0 ? rank : mb_compare(a, b);
}

static mb_term key_at(const mb_table *table, size_t pair) {
    return table->cells[table->array_size + 2 * pair];
}

static mb_term value_at(const mb_table *table, size_t pair) {
    return table->cells[table->array_size + 2 * pair + 1];
}

static bool pairs_are_sorted(const mb_table *table) {
    for (size_t i = 1; i < table->pair_count; i++)
        if (compare_keys(key_at(table, i - 1), key_at(table, i)) > 0)
            return false;
    return true;
}

/* The next pairs in order, as indices into the table; a heap with the largest key on top while it
 * is being filled. */
typedef struct selection {
    uint32_t pairs[SELECTION];
    size_t count;
} selection;

static void sift_down(const mb_table *table, selection *s, size_t at, size_t count) {
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && compare_keys(key_at(table, s->pairs[child]),
                                              key_at(table, s->pairs[child + 1])) < 0)
            child++;
        if (compare_keys(key_at(table, s->pairs[at]), key_at(table, s->pairs[child])) >= 0)
            return;
        uint32_t moved = s->pairs[at];
        s->pairs[at] = s->pairs[child];
        s->pairs[child] = moved;
        at = child;
    }
}

static void selection_offer(const mb_table *table, selection *s, size_t room, uint32_t pair) {
    if (s->count < room) {
        size_t at = s->count++;
        s->pairs[at] = pair;
        while (at > 0 && compare_keys(key_at(table, s->pairs[(at - 1) / 2]),
                                      key_at(table, pair)) < 0) {
            s->pairs[at] = s->pairs[(at - 1) / 2];
            at = (at - 1) / 2;
            s->pairs[at] = pair;
        }
    } else if (compare_keys(key_at(table, pair), key_at(table, s->pairs[0])) < 0) {
        s->pairs[0] = pair;
        sift_down(table, s, 0, s->count);
    }
}

/* Finds, in order, the first `room` pairs behind the key `last` (NULL: from the start). Keys of a
 * table differ from each other, so that none is met twice. */
static void select_pairs(const mb_table *table, const mb_term *last, size_t room, selection *s) {
    s->count = 0;
    for (uint32_t i = 0; i < table->pair_count; i++)
        if (!last || compare_keys(key_at(table, i), *last) > 0)
            selection_offer(table, s, room, i);
    for (size_t left = s->count; left > 1; left--) {
        uint32_t largest = s->pairs[0];
        s->pairs[0] = s->pairs[left - 1];
        s->pairs[left - 1] = largest;
        sift_down(table, s, 0, left - 1);
    }
}

/* How the elements of one table are laid out. */
typedef struct layout {
    bool broken;   /* one element a line */
    size_t indent; /* of the elements, when broken */
    size_t shown;  /* elements so far */
} layout;

/* Whether there is another element to come, having dealt with what stands before it. */
static bool begin_element(printer *out, layout *l) {
    if (l->shown > 0)
        put_text(out, ",");
    if (l->broken)
        put_line(out, l->indent);
    else
        put_text(out, " ");
    if (l->shown == out->limit) {
        put_text(out, "...");
        return false;
    }
    l->shown++;
    return !measured_enough(out);
}

static bool put_array(printer *out, const mb_table *table, layout *l) {
    for (size_t i = 0; i < table->array_size; i++) {
        if (!begin_element(out, l))
            return false;
        put_term(out, table->cells[i], l->indent, 1);
    }
    return true;
}

static bool put_pair(printer *out, const mb_table *table, size_t pair, layout *l) {
    if (!begin_element(out, l))
        return false;
    put_key(out, key_at(table, pair), l->indent);
    put_term(out, value_at(table, pair), l->indent, 1);
    return true;
}

/* A function of its own, so that only tables out of order pay for its frame. */
__attribute__((noinline)) static void put_unsorted_pairs(printer *out, const mb_table *table,
                                                         layout *l) {
    selection s;
    size_t wanted = out->limit - l->shown;
    size_t room = wanted < SELECTION - 1 ? wanted + 1 : SELECTION; /* + 1: what shows as "..." */
    for (select_pairs(table, NULL, room, &s); s.count > 0;) {
        for (size_t i = 0; i < s.count; i++)
            if (!put_pair(out, table, s.pairs[i], l))
                return;
        mb_term last = key_at(table, s.pairs[s.count - 1]);
        select_pairs(table, &last, room, &s);
    }
}

static void put_pairs(printer *out, const mb_table *table, layout *l) {
    if (!pairs_are_sorted(table)) {
        put_unsorted_pairs(out, table, l);
        return;
    }
    for (size_t i = 0; i < table->pair_count; i++)
        if (!put_pair(out, table, i, l))
            return;
}

static void put_elements(printer *out, const mb_table *table, size_t indent, bool broken) {
    layout l = {.broken = broken, .indent = indent + INDENT};
    put_text(out, "{");
    out->level++;
    if (put_array(out, table, &l))
        put_pairs(out, table, &l);
    out->level--;
    if (broken)
        put_line(out, indent);
    else
        put_text(out, " ");
    put_text(out, "}");
}

/* Whether the table fits on the rest of the line with `behind` columns to spare. */
static bool fits(const printer *out, const mb_table *table, size_t behind) {
    if (out->width == UNLIMITED)
        return true;
    /* An element takes three columns with its comma, a pair seven. */
    size_t elements = table->array_size + table->pair_count;
    size_t shown = elements < out->limit ? elements : out->limit;
    if (out->column + 3 * shown > out->width)
        return false;
    printer measure = *out;
    measure.write = NULL;
    measure.column += behind;
    measure.overflow = measure.column > measure.width;
    put_elements(&measure, table, 0, false);
    return !measure.overflow;
}

static void put_tag(printer *out, mb_term tag) {
    size_t size;
    const char *text = tag.type == MB_STRING ? mb_bytes(&tag, &size) : NULL;
    if (text)
        put(out, text, size);
}

static void put_piece(void *context, const char *bytes, size_t size) { put(context, bytes, size); }

static void put_table(printer *out, const mb_table *table, size_t indent, size_t behind) {
    if (mb_write_decimal_struct(table, put_piece, out))
        return;
    put_tag(out, table->tag);
    if (table->array_size == 0 && table->pair_count == 0)
        put_text(out, "{}");
    else if (out->level >= out->depth)
        put_text(out, "{...}");
    else /* what only measures is on one line already */
        put_elements(out, table, indent, out->write && !fits(out, table, behind));
}

static void put_term(printer *out, mb_term term, size_t indent, size_t behind) {
    size_t size;
    if (measured_enough(out))
        return;
    switch ((mb_type)term.type) {
    case MB_FLOAT:
        put_float(out, term.real);
        break;
    case MB_STRING: {
        const char *text = mb_bytes(&term, &size);
        put_colour(out, STRING_COLOUR);
        put_quoted(out, text, size);
        put_colour(out, NO_COLOUR);
        break;
    }
    case MB_TABLE:
        put_table(out, term.table, indent, behind);
        break;
    case MB_OBJECT:
        put_object(out, term);
        break;
    default:
        put_scalar(out, term);
        break;
    }
}

void mb_inspect(mb_term term, const mb_inspect_options *options, mb_write write, void *context) {
    static const mb_inspect_options none = {0};
    const mb_inspect_options *o = options ? options : &none;
    printer out = {.write = write,
                   .context = context,
                   .width = o->width ? o->width : UNLIMITED,
                   .limit = o->limit ? o->limit : UNLIMITED,
                   .depth = o->depth && o->depth < DEEPEST ? o->depth : DEEPEST,
                   .printable = o->printable ? o->printable : UNLIMITED,
                   .colour = o->colour};
    put_term(&out, term, 0, 0);
}

typedef struct fixed_text {
    char *text;
    size_t size;
    size_t length; /* uncut */
} fixed_text;

static void write_fixed(void *context, const char *bytes, size_t size) {
    fixed_text *fixed = context;
    if (fixed->length + 1 < fixed->size) {
        size_t room = fixed->size - 1 - fixed->length;
        memcpy(fixed->text + fixed->length, bytes, size < room ? size : room);
    }
    fixed->length += size;
}

size_t mb_inspect_text(mb_term term, char *text, size_t size) {
    fixed_text fixed = {.text = text, .size = size};
    mb_inspect(term, NULL, write_fixed, &fixed);
    if (size > 0)
        text[fixed.length < size ? fixed.length : size - 1] = '\0';
    return fixed.length;
}
