/* The picture that tree() gives: who runs below whom. */
#include <stdlib.h>

#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/picture.h"

/* Children of one process that are drawn; more are counted only. */
#define MOST_CHILDREN 50
#define MOST_DEPTH    24

typedef struct family {
    mb_pid parent;
    mb_pid child;
} family;

typedef struct branch {
    mb_pid pid; /* 0: not running */
    mb_term id; /* of a supervisor's child; else nil */
    uint32_t restarts;
    bool restarting;
} branch;

typedef struct branches {
    branch *items;
    size_t count;
} branches;

typedef struct drawing {
    moon_page *page;
    family *families; /* all that live, by parent, and then by age */
    size_t family_count;
    bool more[MOST_DEPTH]; /* for each level: whether something follows below */
    size_t depth;
} drawing;

static int compare_families(const void *left, const void *right) {
    const family *a = left;
    const family *b = right;
    if (a->parent != b->parent) {
        return a->parent < b->parent ? -1 : 1;
    }
    return a->child < b->child ? -1 : a->child > b->child;
}

/* Those whose parent has ended, and nobody supervises, have none. */
static mb_pid living_parent(mb_runtime *rt, mb_process *p) {
    mb_process_info info;
    mb_info(p, &info);
    return info.parent != 0 && mb_lookup(rt, info.parent) != NULL ? info.parent : 0;
}

static bool collect_families(drawing *d) {
    mb_runtime *rt = d->page->runtime;
    d->families = calloc(mb_process_count(rt) + 1, sizeof *d->families);
    if (d->families == NULL) {
        return false;
    }
    for (mb_process *p = mb_next_process(rt, 0); p != NULL; p = mb_next_process(rt, mb_self(p))) {
        d->families[d->family_count++] = (family){living_parent(rt, p), mb_self(p)};
    }
    qsort(d->families, d->family_count, sizeof *d->families, compare_families);
    return true;
}

static void add_branch(branches *all, branch b) {
    if ((all->count & (all->count - 1)) == 0) {
        size_t capacity = all->count == 0 ? 1 : 2 * all->count;
        all->items = moon_grow(all->items, capacity * sizeof *all->items);
    }
    all->items[all->count++] = b;
}

static void add_child(void *context, const mb_child *child) {
    add_branch(context, (branch){child->pid, child->id, child->restarts, child->restarting});
}

static bool has_pid(const branches *all, size_t count, mb_pid pid) {
    for (size_t i = 0; i < count; i++) {
        if (all->items[i].pid == pid) {
            return true;
        }
    }
    return false;
}

/* A supervisor's children in their order; then whom else the process has started. */
static branches branches_of(const drawing *d, mb_pid pid) {
    branches all = {0};
    mb_process *p = pid != 0 ? mb_lookup(d->page->runtime, pid) : NULL;
    if (p != NULL && mb_is_supervisor(p)) {
        mb_supervisor_children(p, add_child, &all);
    }
    size_t supervised = all.count;
    size_t low = 0;
    size_t high = d->family_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->families[middle].parent < pid) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < d->family_count && d->families[low].parent == pid; low++) {
        mb_pid child = d->families[low].child;
        /* Of many, all are the supervisor's own; looking each up would take for ever. */
        if (supervised == 0 || (supervised < 1000 && !has_pid(&all, supervised, child))) {
            add_branch(&all, (branch){.pid = child, .id = mb_nil()});
        }
    }
    return all;
}

/* ---- One line */

static size_t draw_stem(drawing *d, bool last) {
    moon_text *out = &d->page->text;
    for (size_t i = 1; i < d->depth; i++) {
        moon_text_puts(out, d->more[i] ? "│  " : "   ");
    }
    if (d->depth > 0) {
        moon_text_puts(out, last ? "└─ " : "├─ ");
    }
    return 3 * d->depth;
}

/* The registered name first, then the child's id, then what it was started as. */
static bool describe(const drawing *d, const branch *b, mb_process *p, char *text, size_t size) {
    if (p != NULL && mb_self(p) == d->page->shell) {
        snprintf(text, size, "shell");
        return true;
    }
    mb_term name = p != NULL ? mb_registered_name(p) : mb_nil();
    if (name.type == MB_STRING) {
        moon_bare_text(name, text, size);
        return true;
    }
    if (b->id.type != MB_NIL && !mb_is(b->id, "undefined")) {
        moon_bare_text(b->id, text, size);
        return true;
    }
    moon_bare_text(p != NULL ? moon_process_purpose(p) : mb_nil(), text, size);
    return false;
}

/* Where the process is, unless that is where the one above it is. */
static void draw_node(drawing *d, mb_pid pid, mb_pid above) {
    const mb_runtime *rt = d->page->runtime;
    const mb_node *node = mb_node_of_pid(rt, pid);
    if (!mb_is_distributed(rt) || (above != 0 && mb_node_of_pid(rt, above) == node)) {
        return;
    }
    char text[128] = "  on ";
    moon_bare_text(mb_node_name(node), text + 5, sizeof text - 5);
    moon_page_style(d->page, MOON_STYLE_DIM, text);
}

static void draw_line(drawing *d, const branch *b, mb_pid above, bool last) {
    mb_process *p = b->pid != 0 ? mb_lookup(d->page->runtime, b->pid) : NULL;
    size_t used = draw_stem(d, last);
    char text[128];
    bool named = describe(d, b, p, text, sizeof text);
    size_t room = d->page->width > used + 36 ? d->page->width - used - 36 : 12;
    text[moon_fitting(text, strlen(text), room)] = '\0';
    moon_style style = p != NULL && mb_is_supervisor(p) ? MOON_STYLE_HEADING
                       : named                          ? MOON_STYLE_NAME
                                                        : MOON_STYLE_DIM;
    moon_page_style(d->page, style, text);
    moon_text_puts(&d->page->text, " ");
    if (p != NULL) {
        char pid[64];
        mb_inspect_text(mb_pid_term(b->pid), pid, sizeof pid);
        moon_page_style(d->page, MOON_STYLE_DIM, pid);
        draw_node(d, b->pid, above);
    } else {
        moon_page_style(d->page, MOON_STYLE_BAD, b->restarting ? "restarting" : "not running");
    }
    if (b->restarts > 0) {
        snprintf(text, sizeof text, "  restarted %u time%s", b->restarts,
                 b->restarts == 1 ? "" : "s");
        moon_page_style(d->page, MOON_STYLE_WARNING, text);
    }
    moon_text_puts(&d->page->text, "\n");
}

/* ---- The whole */

static void draw_below(drawing *d, mb_pid pid);

static void draw_branch(drawing *d, const branch *b, mb_pid above, bool last) {
    draw_line(d, b, above, last);
    if (b->pid != 0) {
        d->more[d->depth] = !last;
        d->depth++;
        draw_below(d, b->pid);
        d->depth--;
    }
}

static void draw_below(drawing *d, mb_pid pid) {
    if (d->depth >= MOST_DEPTH) {
        return;
    }
    branches all = branches_of(d, pid);
    size_t shown = all.count <= MOST_CHILDREN + 1 ? all.count : MOST_CHILDREN;
    for (size_t i = 0; i < shown; i++) {
        draw_branch(d, &all.items[i], pid, d->depth == 0 || i + 1 == all.count);
    }
    if (shown < all.count) {
        draw_stem(d, true);
        moon_text_format(&d->page->text, "… and %zu more\n", all.count - shown);
    }
    free(all.items);
}

void moon_draw_supervision(moon_page *page, mb_pid root) {
    drawing d = {.page = page};
    if (!collect_families(&d)) {
        return;
    }
    if (root != 0) {
        draw_branch(&d, &(branch){.pid = root, .id = mb_nil()}, 0, true);
    } else {
        draw_below(&d, 0);
    }
    free(d.families);
}
