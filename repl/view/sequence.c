#include "view/picture.h"

#include <stdlib.h>

#define MAX_LANES 8
#define MAX_ROWS  40
#define NO_LANE   MAX_LANES

/* One vertical line. Processes of one name share it: who comes back after a crash stays in place.
 */
typedef struct lane {
    char label[48];
    size_t column; /* of its line */
} lane;

typedef struct row {
    size_t from, to;  /* lanes; equal for what concerns one alone */
    const char *mark; /* before the text of a single one */
    char text[96];
} row;

typedef struct chart {
    const moon_picture *picture;
    lane lanes[MAX_LANES];
    size_t lane_count;
    row rows[MAX_ROWS];
    size_t row_count;
    size_t left_out;
} chart;

static size_t find_lane(const chart *c, const char *label) {
    for (size_t i = 0; i < c->lane_count; i++) {
        if (strcmp(c->lanes[i].label, label) == 0) {
            return i;
        }
    }
    return NO_LANE;
}

static size_t add_lane(chart *c, const char *label) {
    if (c->lane_count == MAX_LANES) {
        return NO_LANE;
    }
    snprintf(c->lanes[c->lane_count].label, sizeof c->lanes[0].label, "%s", label);
    return c->lane_count++;
}

static size_t lane_of(chart *c, mb_pid pid) {
    char label[48];
    moon_process_label(c->picture->runtime, c->picture->shell, pid, label, sizeof label);
    size_t found = find_lane(c, label);
    if (found != NO_LANE || c->picture->name_count > 0) {
        return found;
    }
    return add_lane(c, label);
}

static const char *verb(const mb_event *e) {
    switch ((mb_event_type)e->type) {
    case MB_EVENT_SEND: return "";
    case MB_EVENT_CALL: return "call ";
    case MB_EVENT_CAST: return "cast ";
    case MB_EVENT_REPLY: return "reply ";
    case MB_EVENT_RESTART: return "restart ";
    case MB_EVENT_SIGNAL: return "exit ";
    case MB_EVENT_DOWN: return "down ";
    default: return NULL;
    }
}

static void add_row(chart *c, row r) {
    if (c->row_count == MAX_ROWS) {
        memmove(c->rows, c->rows + 1, (MAX_ROWS - 1) * sizeof *c->rows);
        c->row_count--;
        c->left_out++;
    }
    c->rows[c->row_count++] = r;
}

static void print_term(mb_term term, char *text, size_t size) {
    if (mb_inspect_text(term, text, size) >= size && size > 4) {
        memcpy(text + size - 4, "…", sizeof "…");
    }
}

/* A supervisor monitors a child only to stop it, and tells of its end anyway. */
static bool is_routine(const chart *c, const mb_event *e) {
    mb_process *p = mb_lookup(c->picture->runtime, e->subject);
    return e->type == MB_EVENT_DOWN && p != NULL && mb_is_supervisor(p);
}

/* Signals and downs run from the one that ended to the one that learns of it. */
static void add_event(chart *c, const mb_event *e) {
    bool inward = e->type == MB_EVENT_SIGNAL || e->type == MB_EVENT_DOWN;
    const char *word = verb(e);
    if (e->type == MB_EVENT_EXIT) {
        row r = {.from = lane_of(c, e->subject), .mark = "✗ "};
        r.to = r.from;
        print_term(e->term, r.text, 40);
        if (r.from != NO_LANE) {
            add_row(c, r);
        }
        return;
    }
    if (word == NULL || (e->object == 0 && e->type != MB_EVENT_SEND)) {
        return;
    }
    row r = {.mark = ""};
    r.from = lane_of(c, inward ? e->object : e->subject);
    r.to = lane_of(c, inward ? e->subject : e->object);
    char term[48];
    print_term(e->term, term, 40);
    snprintf(r.text, sizeof r.text, "%s%s", word, term);
    if (r.from != NO_LANE && r.to != NO_LANE) {
        add_row(c, r);
    }
}

static void collect(chart *c) {
    mb_runtime *rt = c->picture->runtime;
    for (size_t i = 0; i < c->picture->name_count; i++) {
        add_lane(c, c->picture->names[i]);
    }
    uint64_t last = mb_event_last(rt);
    for (uint64_t n = c->picture->since + 1; n <= last; n++) {
        const mb_event *e = mb_event_get(rt, n);
        if (e != NULL && !is_routine(c, e)) {
            add_event(c, e);
        }
    }
}

/* How far the line of lane i must be from the one before it, for everything between them to fit. */
static size_t gap(const chart *c, size_t i) {
    size_t widest = (strlen(c->lanes[i - 1].label) + strlen(c->lanes[i].label)) / 2 + 3;
    for (size_t n = 0; n < c->row_count; n++) {
        const row *r = &c->rows[n];
        size_t low = r->from < r->to ? r->from : r->to;
        size_t high = r->from < r->to ? r->to : r->from;
        size_t needed = moon_columns(r->text, strlen(r->text)) + 6;
        if ((low + 1 == i && high == i) || (low == high && low + 1 == i)) {
            widest = needed > widest ? needed : widest;
        }
    }
    return widest;
}

static void place(chart *c) {
    size_t column = strlen(c->lanes[0].label) / 2 + 1;
    c->lanes[0].column = column;
    for (size_t i = 1; i < c->lane_count; i++) {
        c->lanes[i].column = column += gap(c, i);
    }
}

static void pad_to(moon_text *line, size_t column) {
    moon_text_pad(line, moon_columns(line->bytes, line->size), column);
}

static void add_labels(moon_text *out, const chart *c) {
    moon_text line = {0};
    for (size_t i = 0; i < c->lane_count; i++) {
        size_t half = moon_columns(c->lanes[i].label, strlen(c->lanes[i].label)) / 2;
        pad_to(&line, c->lanes[i].column > half ? c->lanes[i].column - half : 0);
        moon_text_format(&line, "%s%s%s", c->picture->colour ? "\033[1m" : "", c->lanes[i].label,
                         c->picture->colour ? "\033[0m" : "");
    }
    moon_text_format(out, "%s\n", line.bytes != NULL ? line.bytes : "");
    moon_text_free(&line);
}

/* The part between two lines, `room` columns wide: an arrow with its text. */
static void add_arrow(moon_text *line, const row *r, size_t room) {
    size_t size = strlen(r->text);
    size = moon_fitting(r->text, size, room > 4 ? room - 4 : 0);
    size_t dashes = room - moon_columns(r->text, size) - 3;
    bool right = r->to > r->from;
    moon_text_puts(line, right ? "─" : "◀");
    moon_text_puts(line, " ");
    moon_text_add(line, r->text, size);
    moon_text_puts(line, " ");
    moon_text_repeat(line, "─", dashes > 0 ? dashes - (right ? 1 : 0) : 0);
    moon_text_puts(line, right ? "▶" : "");
}

static void add_line(moon_text *out, const chart *c, const row *r) {
    moon_text line = {0};
    size_t low = r->from < r->to ? r->from : r->to;
    size_t high = r->from < r->to ? r->to : r->from;
    for (size_t i = 0; i < c->lane_count; i++) {
        pad_to(&line, c->lanes[i].column);
        bool alone = i == low && low == high;
        if (i > low && i < high) {
            continue;
        }
        moon_text_puts(&line, alone && *r->mark != '\0' ? ""
                              : i == low && !alone      ? "├"
                              : i == high && !alone     ? "┤"
                                                        : "│");
        if (alone) {
            moon_text_format(&line, "%s%s", *r->mark != '\0' ? r->mark : "↺ ", r->text);
        } else if (i == low) {
            add_arrow(&line, r, c->lanes[high].column - c->lanes[low].column - 1);
        }
    }
    size_t size = moon_fitting(line.bytes, line.size, c->picture->width);
    moon_text_add(out, line.bytes, size);
    moon_text_puts(out, "\n");
    moon_text_free(&line);
}

void moon_draw_sequence(moon_text *out, const moon_picture *picture) {
    chart *c = moon_grow(NULL, sizeof *c);
    *c = (chart){.picture = picture};
    collect(c);
    if (c->row_count == 0) {
        moon_text_puts(out, "nothing was sent\n");
    } else {
        place(c);
        add_labels(out, c);
        if (c->left_out > 0) {
            moon_text_format(out, "… %zu earlier\n", c->left_out);
        }
        for (size_t i = 0; i < c->row_count; i++) {
            add_line(out, c, &c->rows[i]);
        }
    }
    free(c);
}
