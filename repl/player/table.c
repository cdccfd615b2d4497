#include "player/table.h"

#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 12

typedef struct row {
    moon_text cells[MAX_COLUMNS]; /* styled */
} row;

typedef struct table {
    row *rows; /* the first is the heading */
    size_t row_count;
    size_t column_count;
    size_t widths[MAX_COLUMNS];
} table;

/* The size of the cell at text: up to a bar that is neither escaped nor inside code. */
static size_t cell_size(const char *text, size_t size) {
    bool code = false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\\') {
            i++;
        } else if (text[i] == '`') {
            code = !code;
        } else if (text[i] == '|' && !code) {
            return i;
        }
    }
    return size;
}

static void read_cell(const moon_layout *layout, moon_text *cell, const char *text, size_t size) {
    while (size > 0 && *text == ' ') {
        text++, size--;
    }
    while (size > 0 && text[size - 1] == ' ') {
        size--;
    }
    char *markdown = moon_copy(text, size);
    moon_render_inline(cell, layout, markdown);
    free(markdown);
}

static size_t read_row(const moon_layout *layout, row *out, const char *line, size_t size) {
    while (size > 0 && *line == ' ') {
        line++, size--;
    }
    while (size > 0 && line[size - 1] == ' ') {
        size--;
    }
    if (size > 0 && *line == '|') {
        line++, size--;
    }
    size_t count = 0;
    while (size > 0 && count < MAX_COLUMNS) {
        size_t n = cell_size(line, size);
        read_cell(layout, &out->cells[count++], line, n);
        n += n < size;
        line += n, size -= n;
    }
    return count;
}

static bool is_delimiter(const char *line, size_t size) {
    bool dash = false, bar = false;
    for (size_t i = 0; i < size; i++) {
        if (strchr("-|: \t", line[i]) == NULL) {
            return false;
        }
        dash |= line[i] == '-';
        bar |= line[i] == '|';
    }
    return dash && bar;
}

static void read_table(table *t, const moon_layout *layout, const char *source) {
    for (size_t number = 0; *source != '\0'; number++) {
        size_t size = strcspn(source, "\n");
        if (number != 1) {
            t->rows = moon_grow(t->rows, (t->row_count + 1) * sizeof *t->rows);
            row *r = &t->rows[t->row_count++];
            *r = (row){0};
            size_t count = read_row(layout, r, source, size);
            t->column_count = count > t->column_count ? count : t->column_count;
        }
        source += size + (source[size] == '\n');
    }
}

/* Natural widths, the widest taken down until all fit. */
static void measure(table *t, const moon_layout *layout) {
    size_t total = 3 * (t->column_count > 0 ? t->column_count - 1 : 0);
    for (size_t c = 0; c < t->column_count; c++) {
        for (size_t r = 0; r < t->row_count; r++) {
            moon_text *cell = &t->rows[r].cells[c];
            size_t columns = moon_columns(cell->bytes, cell->size);
            t->widths[c] = columns > t->widths[c] ? columns : t->widths[c];
        }
        total += t->widths[c];
    }
    while (total > layout->width) {
        size_t widest = 0;
        for (size_t c = 1; c < t->column_count; c++) {
            widest = t->widths[c] > t->widths[widest] ? c : widest;
        }
        if (t->widths[widest] <= 10) {
            break;
        }
        t->widths[widest]--;
        total--;
    }
}

/* The next line of each cell; a cell that is used up is NULL. */
static void write_cell_lines(moon_text *out, const table *t, char **lines, bool bold,
                             const moon_layout *layout) {
    moon_text line = {0};
    for (size_t c = 0; c < t->column_count; c++) {
        const char *text = lines[c] != NULL ? lines[c] : "";
        size_t size = strcspn(text, "\n");
        char *cell = moon_copy(text, size);
        if (c > 0) {
            moon_styled(&line, layout, "2", " │ ");
        }
        if (bold) {
            moon_styled(&line, layout, "1", cell);
        } else {
            moon_text_puts(&line, cell);
        }
        if (c + 1 < t->column_count) {
            moon_text_pad(&line, moon_columns(text, size), t->widths[c]);
        }
        if (lines[c] != NULL) {
            lines[c] = text[size] == '\n' && text[size + 1] != '\0' ? lines[c] + size + 1 : NULL;
        }
        free(cell);
    }
    moon_text_format(out, "%s\n", moon_text_string(&line));
    moon_text_free(&line);
}

static void write_row(moon_text *out, const table *t, const row *r, bool bold,
                      const moon_layout *layout) {
    moon_text wrapped[MAX_COLUMNS] = {0};
    char *lines[MAX_COLUMNS] = {0};
    for (size_t c = 0; c < t->column_count; c++) {
        moon_layout cell_page = {t->widths[c], layout->colour};
        const char *cell = r->cells[c].bytes != NULL ? r->cells[c].bytes : "";
        moon_wrap(&wrapped[c], &cell_page, "", "", cell);
        lines[c] = wrapped[c].bytes;
    }
    bool more = true;
    while (more) {
        write_cell_lines(out, t, lines, bold, layout);
        more = false;
        for (size_t c = 0; c < t->column_count; c++) {
            more |= lines[c] != NULL;
        }
    }
    for (size_t c = 0; c < t->column_count; c++) {
        moon_text_free(&wrapped[c]);
    }
}

static void write_rule(moon_text *out, const table *t) {
    for (size_t c = 0; c < t->column_count; c++) {
        moon_text_puts(out, c > 0 ? "─┼─" : "");
        moon_text_repeat(out, "─", t->widths[c]);
    }
    moon_text_puts(out, "\n");
}

bool moon_render_table(moon_text *out, const moon_layout *layout, const char *source) {
    size_t first = strcspn(source, "\n");
    const char *second = source + first + (source[first] == '\n');
    if (memchr(source, '|', first) == NULL || !is_delimiter(second, strcspn(second, "\n"))) {
        return false;
    }
    table t = {0};
    read_table(&t, layout, source);
    measure(&t, layout);
    for (size_t r = 0; r < t.row_count; r++) {
        write_row(out, &t, &t.rows[r], r == 0, layout);
        if (r == 0) {
            write_rule(out, &t);
        }
    }
    for (size_t r = 0; r < t.row_count; r++) {
        for (size_t c = 0; c < MAX_COLUMNS; c++) {
            moon_text_free(&t.rows[r].cells[c]);
        }
    }
    free(t.rows);
    return true;
}
