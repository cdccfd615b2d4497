/* i: what a value is. */
#include <lauxlib.h>
#include <string.h>

#include "lua/context.h"
#include "lua/module.h"
#include "lua/process.h"
#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/picture.h"

#define LABEL_COLUMNS 16

static void label(moon_page *page, const char *text) {
    moon_text_puts(&page->text, "  ");
    moon_page_cell(page, MOON_STYLE_DIM, text, LABEL_COLUMNS);
}

static void line(moon_page *page, const char *name, const char *text) {
    label(page, name);
    moon_text_puts(&page->text, text);
    moon_text_puts(&page->text, "\n");
}

static void count_line(moon_page *page, const char *name, uint64_t count) {
    label(page, name);
    moon_text_format(&page->text, "%llu\n", (unsigned long long)count);
}

static void term_line(moon_page *page, const char *name, mb_term term) {
    label(page, name);
    moon_page_term(page, term, page->width > 40 ? page->width - LABEL_COLUMNS - 3 : 40);
    moon_text_puts(&page->text, "\n");
}

/* ---- Processes */

typedef struct pid_list {
    moon_page *page;
    size_t count;
} pid_list;

static void add_pid(void *context, mb_pid pid) {
    const size_t most = 8;
    pid_list *list = context;
    if (list->count < most) {
        char text[160];
        moon_process_label(list->page->runtime, list->page->shell, pid, text, sizeof text);
        moon_text_puts(&list->page->text, list->count > 0 ? ", " : "");
        moon_text_puts(&list->page->text, text);
    }
    list->count++;
}

static void pids_line(moon_page *page, const char *name, mb_process *p,
                      void (*each)(mb_process *p, mb_visit_pid visit, void *context)) {
    pid_list list = {.page = page};
    label(page, name);
    each(p, add_pid, &list);
    moon_text_puts(&page->text, list.count == 0 ? "none" : "");
    if (list.count > 8) {
        moon_text_format(&page->text, " and %zu more", list.count - 8);
    }
    moon_text_puts(&page->text, "\n");
}

static void describe_process(moon_page *page, mb_process *p) {
    mb_process_info info;
    mb_info(p, &info);
    mb_term name = mb_registered_name(p);
    bool shell = mb_self(p) == page->shell;
    if (name.type == MB_STRING) {
        term_line(page, "Name", name);
    } else {
        line(page, "Name", shell ? "none (it is the shell)" : "none");
    }
    if (mb_is_distributed(page->runtime)) {
        term_line(page, "Node", mb_node_name(mb_node_of(p)));
    }
    line(page, "Kind",
         mb_is_supervisor(p)   ? "supervisor"
         : mb_is_gen_server(p) ? "GenServer"
                               : "process");
    term_line(page, "Started as", info.initial_call);
    label(page, "Status");
    moon_text_format(&page->text, "%s%s%s\n", moon_status_name(info.status), info.doing ? ", " : "",
                     info.doing ? info.doing : "");
    count_line(page, "Messages", mb_mailbox_length(p));
    pids_line(page, "Links", p, mb_links);
    pids_line(page, "Monitors", p, mb_monitors);
    pids_line(page, "Monitored by", p, mb_monitored_by);
    if (info.parent != 0) {
        char text[160];
        moon_process_label(page->runtime, page->shell, info.parent, text, sizeof text);
        line(page, "Started by", text);
    }
    line(page, "Traps exits", mb_trap_exit(p) ? "yes" : "no");
    label(page, "Memory");
    moon_text_format(&page->text, "%zu bytes\n", info.memory);
    count_line(page, "Reductions", info.reductions);
}

static void describe_pid(moon_page *page, mb_pid pid) {
    mb_process *p = mb_lookup_settled(page->runtime, pid);
    line(page, "Type", "pid");
    line(page, "Alive", p != NULL ? "yes" : "no");
    if (p != NULL) {
        describe_process(page, p);
    }
}

/* ---- Other values */

static void describe_string(moon_page *page, lua_State *L, int index) {
    size_t size;
    const char *bytes = lua_tolstring(L, index, &size);
    line(page, "Type", "string");
    count_line(page, "Bytes", size);
    if (moon_columns(bytes, size) != size) {
        count_line(page, "Characters", moon_columns(bytes, size));
    }
    mb_term name;
    if (mb_string_new(page->runtime, bytes, size, &name)) {
        mb_pid pid = mb_whereis(page->runtime, name);
        mb_release(page->runtime, name);
        if (pid != 0) {
            label(page, "Name of");
            moon_page_pid(page, pid);
            moon_text_puts(&page->text, "\n");
            mb_process *p = mb_lookup_settled(page->runtime, pid);
            if (p != NULL) {
                describe_process(page, p);
            }
        }
    }
}

static void describe_number(moon_page *page, lua_State *L, int index) {
    if (lua_isinteger(L, index)) {
        line(page, "Type", "integer");
        label(page, "Hexadecimal");
        moon_text_format(&page->text, "0x%llx\n", (unsigned long long)lua_tointeger(L, index));
    } else {
        line(page, "Type", "float");
    }
}

static void describe_function(moon_page *page, lua_State *L, int index) {
    lua_Debug info;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">Su", &info);
    line(page, "Type", "function");
    if (info.what[0] == 'C') {
        line(page, "Defined", "by Moonbeam; h(f) tells what it does");
        return;
    }
    label(page, "Defined");
    moon_text_format(&page->text, "at %s:%d\n", info.short_src, info.linedefined);
    label(page, "Parameters");
    moon_text_format(&page->text, "%d%s\n", info.nparams, info.isvararg ? " and more" : "");
    count_line(page, "Captures", info.nups);
}

static void describe_table(moon_page *page, lua_State *L, int index) {
    size_t fields = 0;
    size_t functions = 0;
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        fields++;
        functions += lua_isfunction(L, -1);
        lua_pop(L, 1);
    }
    size_t elements = lua_rawlen(L, index);
    const char *module = moon_module_is(L, index) ? moon_module_name(L, index) : NULL;
    line(page, "Type", module != NULL ? "module" : "table");
    if (module != NULL) {
        line(page, "Name", module);
        count_line(page, "Functions", functions);
        return;
    }
    count_line(page, "Elements", elements);
    count_line(page, "Other fields", fields > elements ? fields - elements : 0);
}

static void describe(moon_page *page, lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TSTRING: describe_string(page, L, index); break;
    case LUA_TNUMBER: describe_number(page, L, index); break;
    case LUA_TFUNCTION: describe_function(page, L, index); break;
    case LUA_TTABLE: describe_table(page, L, index); break;
    case LUA_TLIGHTUSERDATA:
        if (moon_is_pid(L, index)) {
            describe_pid(page, moon_light(L, index));
        } else {
            line(page, "Type", moon_is_ref(L, index) ? "reference" : "light userdata");
        }
        break;
    default: line(page, "Type", lua_typename(L, lua_type(L, index))); break;
    }
}

static void print_value(moon_page *page, lua_State *L, int index) {
    moon_universe *u = moon_of(L);
    char *text = moon_inspect(u, L, index);
    moon_text_puts(&page->text, text != NULL ? text : "");
    moon_text_puts(&page->text, "\n");
    moon_free_text(u, text);
}

static int helper_i(lua_State *L) {
    lua_settop(L, 1);
    moon_page page;
    moon_page_begin(&page, L);
    print_value(&page, L, 1);
    describe(&page, L, 1);
    moon_page_end(&page);
    return 0;
}

const moon_binding moon_inspect_helpers[] = {
    {"i",
     "i(value)\n\n"
     "Tells what a value is; of a pid or a registered name also what the process is doing.\n\n"
     "    i(self())\n    i\"Counter\"",
     helper_i},
    {NULL, NULL, NULL},
};
