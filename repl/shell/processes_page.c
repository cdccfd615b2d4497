/* The picture that ps() gives. */
#include <stdlib.h>

#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/picture.h"

typedef struct row {
    mb_process *process;
    mb_process_info info;
    uint64_t weight; /* rows with more come first; equal ones by age */
    size_t age;
} row;

static uint64_t weigh(const row *r, moon_process_order order) {
    switch (order) {
    case MOON_BY_AGE: return 0;
    case MOON_BY_MAILBOX: return mb_mailbox_length(r->process);
    case MOON_BY_MEMORY: return r->info.memory;
    case MOON_BY_REDUCTIONS: return r->info.reductions;
    }
    return 0;
}

static int compare(const void *left, const void *right) {
    const row *a = left;
    const row *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return a->age < b->age ? -1 : a->age > b->age;
}

static void format_bytes(size_t bytes, char *text, size_t size) {
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    double value = (double)bytes;
    size_t unit = 0;
    while (value >= 1024 && unit < 3) {
        value /= 1024;
        unit++;
    }
    snprintf(text, size, unit > 0 && value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
}

/* What the process is called: its name, its label, or what it was started as. */
static void describe(const moon_page *page, const row *r, char *text, size_t size) {
    mb_term name = mb_registered_name(r->process);
    if (mb_self(r->process) == page->shell) {
        snprintf(text, size, "shell");
    } else {
        moon_bare_text(name.type == MB_STRING ? name : moon_process_purpose(r->process), text, size);
    }
}

/* The node's name, in the short form that functions take. */
static size_t node_text(const mb_node *node, char *text, size_t size) {
    static const char host[] = "@local";
    moon_bare_text(mb_node_name(node), text, size);
    size_t length = strlen(text);
    size_t bare = length - (length > strlen(host) ? strlen(host) : 0);
    if (strcmp(text + bare, host) == 0) {
        text[length = bare] = '\0';
    }
    return length;
}

/* How wide the column with the nodes' names is, a space behind it included; 0 while there are none. */
static size_t width_of_nodes(const moon_page *page) {
    size_t width = 5;
    const mb_node *node = NULL;
    while ((node = mb_node_next(page->runtime, node)) != NULL) {
        char text[256];
        size_t length = node_text(node, text, sizeof text);
        width = length + 1 > width ? length + 1 : width;
    }
    return !mb_is_distributed(page->runtime) ? 0 : width > 24 ? 24 : width;
}

static void draw_row(moon_page *page, const row *r, size_t node_width, size_t name_width) {
    char text[128];
    mb_inspect_text(mb_pid_term(mb_self(r->process)), text, sizeof text);
    moon_text_format(&page->text, "%-15s ", text);
    if (node_width > 0) {
        node_text(mb_node_of(r->process), text, sizeof text);
        text[moon_fitting(text, strlen(text), node_width - 1)] = '\0';
        moon_page_cell(page, MOON_STYLE_DIM, text, node_width);
    }
    describe(page, r, text, sizeof text);
    text[moon_fitting(text, strlen(text), name_width)] = '\0';
    bool named = mb_registered_name(r->process).type == MB_STRING;
    moon_page_cell(page, named ? MOON_STYLE_NAME : MOON_STYLE_DIM, text, name_width + 1);
    moon_text_format(&page->text, "%-9s", moon_status_name(r->info.status));
    size_t length = mb_mailbox_length(r->process);
    char count[32];
    snprintf(count, sizeof count, "%8zu", length);
    moon_page_style(page, length >= 100 ? MOON_STYLE_WARNING : MOON_STYLE_DIM, count);
    format_bytes(r->info.memory, text, sizeof text);
    moon_text_format(&page->text, "%10s %12llu\n", text, (unsigned long long)r->info.reductions);
}

static size_t collect(const moon_page *page, row *rows, size_t most, moon_process_order order) {
    size_t count = 0;
    for (mb_process *p = mb_next_process(page->runtime, 0); p != NULL && count < most;
         p = mb_next_process(page->runtime, mb_self(p))) {
        row *r = &rows[count];
        r->process = p;
        r->age = count++;
        mb_info(p, &r->info);
        r->weight = weigh(r, order);
    }
    return count;
}

void moon_draw_processes(moon_page *page, moon_process_order order, size_t most) {
    size_t total = mb_process_count(page->runtime);
    row *rows = calloc(total + 1, sizeof *rows);
    if (rows == NULL) {
        return;
    }
    total = collect(page, rows, total, order);
    qsort(rows, total, sizeof *rows, compare);
    size_t node_width = width_of_nodes(page);
    const size_t fixed = 15 + 1 + node_width + 1 + 9 + 8 + 10 + 13;
    size_t name_width = page->width > fixed + 12 ? page->width - fixed - 1 : 12;
    name_width = name_width > 40 ? 40 : name_width;
    char heading[256];
    snprintf(heading, sizeof heading, "%-15s %-*s%-*s %-9s%8s%10s %12s", "PID",
             (int)node_width, node_width > 0 ? "Node" : "", (int)name_width, "Name or initial call", "Status", "Mailbox", "Memory", "Reductions");
    moon_page_style(page, MOON_STYLE_HEADING, heading);
    moon_text_puts(&page->text, "\n");
    for (size_t i = 0; i < total && i < most; i++) {
        draw_row(page, &rows[i], node_width, name_width);
    }
    if (total > most) {
        moon_text_format(&page->text, "… and %zu more\n", total - most);
    }
    free(rows);
}
