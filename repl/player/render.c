#include "player/render.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "player/table.h"
#include "view/highlight.h"

/* Where blocks are written: the layout, and what begins each line. */
typedef struct flow {
    moon_text *out;
    const moon_layout *layout;
    const char *markdown; /* the source that the nodes' line numbers refer to */
    size_t size;
    moon_text first; /* begins the next line; then rest is what begins lines */
    moon_text rest;
    bool tight; /* inside a tight list: no blank lines between blocks */
} flow;

void moon_styled(moon_text *out, const moon_layout *layout, const char *code, const char *text) {
    if (layout->colour) {
        moon_text_format(out, "\033[%sm%s\033[0m", code, text);
    } else {
        moon_text_puts(out, text);
    }
}

/* --- inline --- */

static void escape(moon_text *out, const moon_layout *layout, const char *code) {
    if (layout->colour) {
        moon_text_format(out, "\033[%sm", code);
    }
}

/* Without colours, code keeps its quotes: it would not be seen otherwise. */
static void add_code(moon_text *out, const moon_layout *layout, const char *code) {
    if (layout->colour) {
        moon_text_format(out, "\033[36m%s\033[39m", code);
    } else {
        moon_text_format(out, "`%s`", code);
    }
}

static void add_inline(moon_text *out, const moon_layout *layout, cmark_node *node);

static void add_children(moon_text *out, const moon_layout *layout, cmark_node *node) {
    for (cmark_node *n = cmark_node_first_child(node); n != NULL; n = cmark_node_next(n)) {
        add_inline(out, layout, n);
    }
}

static void add_link(moon_text *out, const moon_layout *layout, cmark_node *node) {
    const char *url = cmark_node_get_url(node);
    add_children(out, layout, node);
    cmark_node *text = cmark_node_first_child(node);
    const char *shown = text != NULL ? cmark_node_get_literal(text) : NULL;
    if (url != NULL && *url != '\0' && (shown == NULL || strcmp(shown, url) != 0)) {
        escape(out, layout, "2");
        moon_text_format(out, " (%s)", url);
        escape(out, layout, "22");
    }
}

static void add_styled(moon_text *out, const moon_layout *layout, cmark_node *node, const char *on,
                       const char *off) {
    escape(out, layout, on);
    add_children(out, layout, node);
    escape(out, layout, off);
}

static void add_inline(moon_text *out, const moon_layout *layout, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE: moon_text_puts(out, cmark_node_get_literal(node)); break;
    case CMARK_NODE_CODE: add_code(out, layout, cmark_node_get_literal(node)); break;
    case CMARK_NODE_SOFTBREAK: moon_text_puts(out, " "); break;
    case CMARK_NODE_LINEBREAK: moon_text_puts(out, "\n"); break;
    case CMARK_NODE_STRONG: add_styled(out, layout, node, "1", "22"); break;
    case CMARK_NODE_EMPH: add_styled(out, layout, node, "3", "23"); break;
    case CMARK_NODE_LINK: add_link(out, layout, node); break;
    default: add_children(out, layout, node);
    }
}

void moon_render_inline(moon_text *out, const moon_layout *layout, const char *markdown) {
    cmark_node *document = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
    for (cmark_node *n = cmark_node_first_child(document); n != NULL; n = cmark_node_next(n)) {
        if (n != cmark_node_first_child(document)) {
            moon_text_puts(out, " ");
        }
        add_children(out, layout, n);
    }
    cmark_node_free(document);
}

/* --- wrapping --- */

/* The bytes of the line that fits: up to a space or newline, or as many as fit of a long word. */
static size_t wrap_at(const char *text, size_t room) {
    size_t line = strcspn(text, "\n");
    size_t fitting = moon_fitting(text, line, room);
    if (fitting == line) {
        return line;
    }
    size_t end = fitting;
    while (end > 0 && text[end] != ' ') {
        end--;
    }
    return end > 0 ? end : fitting > 0 ? fitting : 1;
}

void moon_wrap(moon_text *out, const moon_layout *layout, const char *first, const char *rest,
               const char *styled) {
    const char *prefix = first;
    do {
        size_t used = moon_columns(prefix, strlen(prefix));
        size_t room = layout->width > used + 10 ? layout->width - used : 10;
        size_t size = wrap_at(styled, room);
        moon_text_puts(out, prefix);
        moon_text_add(out, styled, size);
        moon_text_puts(out, "\n");
        styled += size;
        styled += *styled == '\n' ? 1 : strspn(styled, " ");
        prefix = rest;
    } while (*styled != '\0');
}

/* --- blocks --- */

static const char *line_start(const flow *f) {
    return f->first.size > 0 ? f->first.bytes : f->rest.bytes != NULL ? f->rest.bytes : "";
}

static const char *line_rest(const flow *f) {
    return f->rest.bytes != NULL ? f->rest.bytes : "";
}

static void write_wrapped(flow *f, const char *styled) {
    moon_wrap(f->out, f->layout, line_start(f), line_rest(f), styled);
    moon_text_clear(&f->first);
}

static void write_line(flow *f, const char *bytes, size_t size) {
    moon_text_puts(f->out, line_start(f));
    moon_text_add(f->out, bytes, size);
    moon_text_puts(f->out, "\n");
    moon_text_clear(&f->first);
}

static void write_lines(flow *f, const char *text) {
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        write_line(f, text, size);
        text += size + (text[size] == '\n');
    }
}

static const char *source_line(const flow *f, int number) {
    const char *at = f->markdown;
    for (int i = 1; i < number && *at != '\0'; i++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return at;
}

/* Tables are no part of CommonMark: they arrive as paragraphs, and are found in the source. */
static bool write_table(flow *f, cmark_node *node) {
    const char *from = source_line(f, cmark_node_get_start_line(node));
    const char *last = source_line(f, cmark_node_get_end_line(node));
    char *source = moon_copy(from, (size_t)(last - from) + strcspn(last, "\n"));
    moon_text table = {0};
    size_t used = moon_columns(line_start(f), strlen(line_start(f)));
    moon_layout layout = {f->layout->width > used ? f->layout->width - used : 20,
                          f->layout->colour};
    bool is_table = moon_render_table(&table, &layout, source);
    if (is_table) {
        write_lines(f, table.bytes);
    }
    moon_text_free(&table);
    free(source);
    return is_table;
}

static void write_paragraph(flow *f, cmark_node *node) {
    if (cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT &&
        write_table(f, node)) {
        return;
    }
    moon_text text = {0};
    add_children(&text, f->layout, node);
    write_wrapped(f, text.bytes != NULL ? text.bytes : "");
    moon_text_free(&text);
}

static void write_heading(flow *f, cmark_node *node) {
    moon_text text = {0};
    escape(&text, f->layout, cmark_node_get_heading_level(node) == 1 ? "1;4" : "1");
    add_children(&text, f->layout, node);
    escape(&text, f->layout, "0");
    write_wrapped(f, text.bytes != NULL ? text.bytes : "");
    moon_text_free(&text);
}

static void write_code(flow *f, const char *info, const char *code) {
    moon_text text = {0};
    char *language = moon_copy(info, strcspn(info, " "));
    moon_render_code(&text, f->layout, language, code, strlen(code));
    if (text.size > 0) {
        write_lines(f, text.bytes);
    }
    free(language);
    moon_text_free(&text);
}

static void write_blocks(flow *f, cmark_node *parent);

/* Writes what is inside node with more in front of each line: `mark` once, `margin` thereafter. */
static void write_inside(flow *f, cmark_node *node, const char *mark, const char *margin,
                         bool tight) {
    flow inner = {.out = f->out,
                  .layout = f->layout,
                  .markdown = f->markdown,
                  .size = f->size,
                  .tight = tight};
    moon_text_format(&inner.first, "%s%s", line_start(f), mark);
    moon_text_format(&inner.rest, "%s%s", line_rest(f), margin);
    moon_text_clear(&f->first);
    write_blocks(&inner, node);
    moon_text_free(&inner.first);
    moon_text_free(&inner.rest);
}

static void write_list(flow *f, cmark_node *list) {
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    bool tight = cmark_node_get_list_tight(list) != 0;
    int number = cmark_node_get_list_start(list);
    for (cmark_node *n = cmark_node_first_child(list); n != NULL; n = cmark_node_next(n)) {
        moon_text mark = {0}, margin = {0};
        if (ordered) {
            moon_text_format(&mark, "%d. ", number++);
        } else {
            moon_text_puts(&mark, "• ");
        }
        moon_text_repeat(&margin, " ", moon_columns(mark.bytes, mark.size));
        write_inside(f, n, mark.bytes, margin.bytes, tight);
        if (!tight && cmark_node_next(n) != NULL) {
            write_line(f, "", 0);
        }
        moon_text_free(&mark);
        moon_text_free(&margin);
    }
}

static void write_rule(flow *f) {
    moon_text rule = {0};
    moon_text_repeat(&rule, "─", f->layout->width / 2);
    write_line(f, rule.bytes, rule.size);
    moon_text_free(&rule);
}

static void write_block(flow *f, cmark_node *node) {
    const char *info;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: write_paragraph(f, node); break;
    case CMARK_NODE_HEADING: write_heading(f, node); break;
    case CMARK_NODE_CODE_BLOCK:
        info = cmark_node_get_fence_info(node);
        write_code(f, info != NULL ? info : "", cmark_node_get_literal(node));
        break;
    case CMARK_NODE_BLOCK_QUOTE: write_inside(f, node, "│ ", "│ ", false); break;
    case CMARK_NODE_LIST: write_list(f, node); break;
    case CMARK_NODE_THEMATIC_BREAK: write_rule(f); break;
    default: break;
    }
}

static void write_blocks(flow *f, cmark_node *parent) {
    for (cmark_node *n = cmark_node_first_child(parent); n != NULL; n = cmark_node_next(n)) {
        if (n != cmark_node_first_child(parent) && !f->tight) {
            write_line(f, "", 0);
        }
        write_block(f, n);
    }
}

void moon_render(moon_text *out, const moon_layout *layout, const char *markdown, size_t size) {
    cmark_node *document = cmark_parse_document(markdown, size, CMARK_OPT_DEFAULT);
    flow f = {.out = out, .layout = layout, .markdown = markdown, .size = size};
    write_blocks(&f, document);
    moon_text_free(&f.first);
    moon_text_free(&f.rest);
    cmark_node_free(document);
}

/* --- code --- */

static void add_code_text(moon_text *out, const moon_layout *layout, const char *language,
                          const char *code, size_t size) {
    while (size > 0 && code[size - 1] == '\n') {
        size--;
    }
    if (layout->colour) {
        moon_highlight(out, language, code, size);
    } else {
        moon_text_add(out, code, size);
    }
}

void moon_render_code(moon_text *out, const moon_layout *layout, const char *language,
                      const char *code, size_t size) {
    moon_text text = {0};
    add_code_text(&text, layout, language, code, size);
    for (const char *line = text.bytes != NULL ? text.bytes : ""; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        moon_text_puts(out, n > 0 ? "    " : "");
        moon_text_add(out, line, n);
        moon_text_puts(out, "\n");
        line += n + (line[n] == '\n');
    }
    moon_text_free(&text);
}

static size_t widest(const char *text) {
    size_t most = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        size_t columns = moon_columns(text, n);
        most = columns > most ? columns : most;
        text += n + (text[n] == '\n');
    }
    return most;
}

static void add_row(moon_text *out, const moon_layout *layout, const char *left, size_t left_size,
                    size_t column, const char *right, size_t right_size) {
    moon_text_puts(out, "    ");
    moon_text_add(out, left, left_size);
    moon_text_pad(out, moon_columns(left, left_size), column);
    moon_styled(out, layout, "2", " │ ");
    moon_text_add(out, right, right_size);
    moon_text_puts(out, "\n");
}

void moon_render_beside(moon_text *out, const moon_layout *layout, const char *left_language,
                        const char *left, const char *right_language, const char *right) {
    size_t column = widest(left);
    if (4 + column + 3 + widest(right) > layout->width) {
        moon_render_code(out, layout, left_language, left, strlen(left));
        moon_text_puts(out, "\n");
        moon_styled(out, layout, "2", "  In Elixir:");
        moon_text_puts(out, "\n\n");
        moon_render_code(out, layout, right_language, right, strlen(right));
        return;
    }
    moon_text a = {0}, b = {0};
    add_code_text(&a, layout, left_language, left, strlen(left));
    add_code_text(&b, layout, right_language, right, strlen(right));
    const char *l = a.bytes != NULL ? a.bytes : "", *r = b.bytes != NULL ? b.bytes : "";
    while (*l != '\0' || *r != '\0') {
        size_t ln = strcspn(l, "\n"), rn = strcspn(r, "\n");
        add_row(out, layout, l, ln, column, r, rn);
        l += ln + (l[ln] == '\n');
        r += rn + (r[rn] == '\n');
    }
    moon_text_free(&a);
    moon_text_free(&b);
}
