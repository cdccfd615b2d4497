/* The pages of the help: of one function, of a module, and the overview. The texts stand beside the
 * functions they tell of. */
#include <string.h>

#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/highlight.h"

#define SIGNATURE_COLUMNS 34

/* A help text is a signature, an empty line and a body. */
static size_t signature_size(const char *help) {
    return strcspn(help, "\n");
}

static const char *body_of(const char *help) {
    const char *body = strstr(help, "\n\n");
    return body != NULL ? body + 2 : "";
}

/* Up to the end of the first sentence, or of the paragraph. */
static size_t sentence_size(const char *body) {
    size_t paragraph = strcspn(body, "\n");
    for (size_t i = 0; i + 1 < paragraph; i++) {
        if (body[i] == '.' && body[i + 1] == ' ') {
            return i + 1;
        }
    }
    return paragraph;
}

/* ---- Setting text */

static size_t text_width(const moon_page *page) {
    return page->width < 30 ? 30 : page->width > 88 ? 88 : page->width;
}

/* A paragraph, filled. Its newlines are spaces. */
static void set_paragraph(moon_page *page, const char *text, size_t size, size_t indent) {
    size_t room = text_width(page) - indent - 1;
    size_t column = 0;
    moon_text_repeat(&page->text, " ", indent);
    for (size_t i = 0; i < size;) {
        size_t word = 0;
        while (i + word < size && text[i + word] != ' ' && text[i + word] != '\n') {
            word++;
        }
        size_t columns = moon_columns(text + i, word);
        if (column > 0 && column + 1 + columns > room) {
            moon_text_puts(&page->text, "\n");
            moon_text_repeat(&page->text, " ", indent);
            column = 0;
        } else if (column > 0) {
            moon_text_puts(&page->text, " ");
            column++;
        }
        moon_text_add(&page->text, text + i, word);
        column += columns;
        i += word;
        i += strspn(text + i, " \n") < size - i ? strspn(text + i, " \n") : size - i;
    }
    moon_text_puts(&page->text, "\n");
}

static bool is_code(const char *line) {
    return strncmp(line, "    ", 4) == 0;
}

/* Up to an empty line, code, or the end. */
static size_t paragraph_size(const char *text) {
    size_t size = strcspn(text, "\n");
    while (text[size] == '\n' && text[size + 1] != '\n' && text[size + 1] != '\0' &&
           !is_code(text + size + 1)) {
        size += 1 + strcspn(text + size + 1, "\n");
    }
    return size;
}

static void set_code(moon_page *page, const char *line, size_t size) {
    moon_text_puts(&page->text, "    ");
    if (page->host->colour) {
        moon_highlight(&page->text, "lua", line, size);
    } else {
        moon_text_add(&page->text, line, size);
    }
    moon_text_puts(&page->text, "\n");
}

static void set_body(moon_page *page, const char *body) {
    while (*body != '\0') {
        size_t size = paragraph_size(body);
        if (is_code(body)) {
            size = strcspn(body, "\n");
            set_code(page, body + 4, size - 4);
        } else if (size > 0) {
            set_paragraph(page, body, size, 2);
        } else {
            moon_text_puts(&page->text, "\n");
        }
        body += size + (body[size] == '\n');
    }
}

/* The signature with the module's name in front of it, for GenServer.call(…). */
static void set_signature(moon_page *page, const char *path, const char *help) {
    moon_text line = {0};
    const char *dot = strrchr(path, '.');
    size_t size = signature_size(help);
    size_t module = dot != NULL ? (size_t)(dot - path) + 1 : 0;
    if (module > 0 && !(size > module && strncmp(help, path, module) == 0)) {
        moon_text_add(&line, path, module);
    }
    moon_text_add(&line, help, size);
    moon_page_style(page, MOON_STYLE_HEADING, moon_text_string(&line));
    moon_text_free(&line);
}

/* signature   what it does in a sentence */
static void set_summary(moon_page *page, const char *help) {
    moon_text line = {0};
    moon_text_add(&line, help, signature_size(help));
    const char *signature = moon_text_string(&line);
    const char *body = body_of(help);
    size_t size = sentence_size(body);
    size_t used = moon_columns(signature, strlen(signature));
    moon_text_puts(&page->text, "  ");
    moon_page_cell(page, MOON_STYLE_NAME, signature, SIGNATURE_COLUMNS - 2);
    if (used >= SIGNATURE_COLUMNS - 2) {
        moon_text_puts(&page->text, "\n");
        moon_text_repeat(&page->text, " ", SIGNATURE_COLUMNS);
    }
    size_t room = page->width > SIGNATURE_COLUMNS + 20 ? page->width - SIGNATURE_COLUMNS - 1 : 20;
    size_t fitting = moon_fitting(body, size, room);
    if (fitting < size) {
        fitting = moon_fitting(body, size, room - 1);
        moon_text_add(&page->text, body, fitting);
        moon_text_puts(&page->text, "…");
    } else {
        moon_text_add(&page->text, body, size);
    }
    moon_text_puts(&page->text, "\n");
    moon_text_free(&line);
}

/* ---- One function or module */

typedef struct listing {
    moon_page *page;
    const char *module;
    size_t size;
    size_t count;
} listing;

static void list_member(void *context, const char *path, const char *help) {
    listing *l = context;
    if (strncmp(path, l->module, l->size) == 0 && path[l->size] == '.') {
        if (l->count++ == 0) {
            moon_text_puts(&l->page->text, "\n");
        }
        set_summary(l->page, help);
    }
}

static size_t list_members(moon_page *page, moon_universe *u, const char *module) {
    listing l = {.page = page, .module = module, .size = strlen(module)};
    moon_help_each(u, list_member, &l);
    return l.count;
}

void moon_explain(moon_page *page, moon_universe *u, const char *path) {
    const char *help = moon_help(u, path);
    if (help != NULL) {
        set_signature(page, path, help);
        moon_text_puts(&page->text, "\n\n");
        set_body(page, body_of(help));
    } else {
        moon_page_style(page, MOON_STYLE_HEADING, path);
        moon_text_puts(&page->text, "\n");
    }
    if (list_members(page, u, path) == 0 && help == NULL) {
        moon_text_clear(&page->text);
        moon_text_format(&page->text,
                         "No documentation for %s was found. h() tells what there is.\n", path);
    }
}

/* ---- The overview */

typedef struct names {
    moon_text text;
    char last[64]; /* what is being looked at: a name and maybe its members */
    bool last_has_members;
    bool modules; /* those that have members are wanted; otherwise the others */
} names;

static bool is_helper(const char *path) {
    const moon_binding *const lists[] = {moon_help_helpers,  moon_inspect_helpers,
                                         moon_look_helpers,  moon_prompt_look_helpers,
                                         moon_shell_helpers, moon_load_helpers};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (const moon_binding *b = lists[i]; b->path != NULL; b++) {
            if (strcmp(b->path, path) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void end_name(names *n) {
    if (n->last[0] != '\0' && n->last_has_members == n->modules && !is_helper(n->last)) {
        moon_text_format(&n->text, "%s%s", n->text.size > 0 ? " " : "", n->last);
    }
}

/* Paths come in alphabetical order: the members of a module right behind it. */
static void add_name(void *context, const char *path, const char *help) {
    names *n = context;
    size_t size = strcspn(path, ".");
    bool known = strncmp(n->last, path, size) == 0 && n->last[size] == '\0';
    if (!known && size < sizeof n->last) {
        end_name(n);
        snprintf(n->last, sizeof n->last, "%.*s", (int)size, path);
        n->last_has_members = false;
    }
    n->last_has_members = n->last_has_members || path[size] == '.';
}

static void list_names(moon_page *page, moon_universe *u, bool modules) {
    names n = {.modules = modules};
    moon_help_each(u, add_name, &n);
    end_name(&n);
    set_paragraph(page, moon_text_string(&n.text), n.text.size, 2);
    moon_text_free(&n.text);
}

static void heading(moon_page *page, const char *text) {
    moon_text_puts(&page->text, "\n");
    moon_page_style(page, MOON_STYLE_HEADING, text);
    moon_text_puts(&page->text, "\n");
}

typedef struct hint {
    const char *call;
    const char *words;
} hint;

static const hint hints[] = {
    {"h(GenServer.call)", "what a function or a module does"},
    {"i(x)", "what a value is; of a pid, what its process is doing"},
    {"v()", "the value of the last expression; v(3) that of number 3"},
    {"tree()", "who runs below whom, and how often each was restarted"},
    {"ps()", "the processes, with their mailboxes and memory"},
    {"mailbox(\"Counter\")", "the messages that wait there"},
    {"state(\"Counter\")", "a server's state"},
    {"kill(\"Counter\")", "ends a process"},
    {"flush()", "prints the shell's messages, and takes them"},
    {"log(20)", "the last 20 events in words"},
    {"c\"counter.lua\"", "loads a file; reload(Counter) loads it again"},
    {"learn()", "the course, lesson by lesson"},
    {"clear()  quit", "clears the screen; leaves"},
};

void moon_explain_everything(moon_page *page, moon_universe *u) {
    static const char intro[] =
        "Moonbeam is Lua with processes, GenServers and supervisors, called as Elixir calls them. "
        "The prompt is itself a process: others run, crash and are restarted while you type.";
    static const char *const examples[] = {
        "pid = spawn(function() send(receive(), \"hello\") end)",
        "send(pid, self())",
        "flush()",
    };
    static const char keys[] =
        "Tab completes. Ctrl-C abandons a line, or stops what is being evaluated. Up and Ctrl-R "
        "find earlier lines. Ctrl-D leaves.";
    set_paragraph(page, intro, sizeof intro - 1, 0);
    moon_text_puts(&page->text, "\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        set_code(page, examples[i], strlen(examples[i]));
    }
    heading(page, "At the prompt");
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        moon_text_puts(&page->text, "  ");
        moon_page_cell(page, MOON_STYLE_NAME, hints[i].call, 20);
        moon_text_format(&page->text, "%s\n", hints[i].words);
    }
    heading(page, "Functions");
    list_names(page, u, false);
    heading(page, "Modules, each with its own page");
    list_names(page, u, true);
    heading(page, "Keys");
    set_paragraph(page, keys, sizeof keys - 1, 2);
}
