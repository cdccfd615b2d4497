/* Runs the examples of the help texts, all of them or those of the paths given as arguments.
 *
 * Every documented path must have an example: lines that are indented by four spaces. They are
 * entered at a prompt of their own, line by line (what is not complete yet goes on in the next).
 * None may fail; and where a line ends in a comment, `-- value` or `--> value`, that must be what
 * is printed. An … in it stands for anything. */
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/universe.h"
#include "player/stage.h"
#include "view/text.h"

/* Examples that a universe without a host cannot run; the path, or all below it. */
static const struct {
    const char *path;
    const char *reason;
} skipped[] = {
    {"c", "loads a file"},
    {"dofile", "loads a file"},
    {"os.exit", "ends the program"},
    {"reload", "loads a file"},
    {"v", "needs the history of a prompt"},
    {NULL, NULL},
};

typedef struct run {
    lua_State *compiler; /* only to see whether code is complete */
    char **paths;        /* those that are wanted; NULL-terminated; empty: all */
    size_t passed;
    size_t failed;
} run;

static bool is_below(const char *path, const char *above) {
    size_t size = strlen(above);
    return strncmp(path, above, size) == 0 && (path[size] == '\0' || path[size] == '.');
}

static bool is_wanted(const run *r, const char *path) {
    for (size_t i = 0; skipped[i].path; i++)
        if (is_below(path, skipped[i].path))
            return false;
    for (char **wanted = r->paths; *wanted; wanted++)
        if (strcmp(*wanted, path) == 0)
            return true;
    return !*r->paths;
}

/* Whether more lines could make it valid. */
static bool is_incomplete(lua_State *L, const char *code) {
    lua_settop(L, 0);
    if (luaL_loadstring(L, lua_pushfstring(L, "return %s", code)) == LUA_OK ||
        luaL_loadstring(L, code) == LUA_OK)
        return false;
    const char *message = lua_tostring(L, -1);
    size_t size = strlen(message);
    return size >= 5 && strcmp(message + size - 5, "<eof>") == 0;
}

/* What the line says that is printed; NULL: it says nothing. */
static const char *expectation(const char *line) {
    const char *found = NULL;
    for (const char *at = strstr(line, " --"); at; at = strstr(at + 1, " --"))
        found = at;
    if (!found)
        return NULL;
    found += 3;
    found += *found == '>';
    return found + strspn(found, " ");
}

/* The size of a pid or a reference at the start of text, 0 for none. Their numbers do not matter.
 */
static size_t identity_size(const char *text) {
    bool is = strncmp(text, "#PID<", 5) == 0 || strncmp(text, "#Reference<", 11) == 0;
    return is ? strcspn(text, ">") : 0;
}

/* Whether text is like the pattern, where "…" stands for anything and any white space is alike.
 * ", " may stand between values that are printed on lines of their own. */
static bool fits(const char *pattern, const char *text) {
    static const char anything[] = "…";
    const size_t size = sizeof anything - 1;
    for (; *pattern; pattern++, text++) {
        if (identity_size(pattern) && identity_size(text)) {
            pattern += identity_size(pattern);
            text += identity_size(text);
        }
        if (*pattern == ',' && *text == '\n')
            pattern++;
        if (strncmp(pattern, anything, size) == 0) {
            for (pattern += size; !fits(pattern, text); text++)
                if (!*text)
                    return false;
            return true;
        }
        if (*pattern == ' ' && strchr(" \n\t", *text) && *text) {
            text += strspn(text, " \n\t") - 1;
            pattern += strspn(pattern, " ") - 1;
        } else if (*pattern != *text) {
            return false;
        }
    }
    return text[strspn(text, " \n")] == '\0';
}

static bool complain(const char *path, const char *code, const char *what, const char *got) {
    printf("%s: %s\n    %s\n    %s\n", path, what, code, got);
    return false;
}

/* Enters one complete piece of code. */
static bool enter(moon_stage *stage, const char *path, const char *code, const char *wanted) {
    moon_stage_begin_activity(stage);
    moon_evaluation how = moon_stage_play(stage, code, "=example");
    const char *output = moon_text_string(&stage->output);
    if (wanted && !fits(wanted, output))
        return complain(path, code, "prints something else", output);
    if (!wanted && how != MOON_VALUES)
        return complain(path, code, "fails", moon_text_string(&stage->error));
    return true;
}

/* The lines of code in text, one after the other. */
static bool play(run *r, moon_stage *stage, const char *path, const char *text) {
    moon_text code = {0};
    bool good = true, any = false;
    for (size_t size; good && *text; text += size + (text[size] == '\n')) {
        size = strcspn(text, "\n");
        if (strncmp(text, "    ", 4) != 0)
            continue;
        any = true;
        size_t start = code.size;
        moon_text_add(&code, text + 4, size - 4);
        char *line = strdup(code.bytes + start);
        if (is_incomplete(r->compiler, moon_text_string(&code))) {
            moon_text_puts(&code, "\n");
        } else {
            good = enter(stage, path, moon_text_string(&code), expectation(line));
            moon_text_clear(&code);
        }
        free(line);
    }
    if (good && code.size > 0)
        good = complain(path, moon_text_string(&code), "never ends", "");
    if (good && !any)
        good = complain(path, "", "has no example", "");
    moon_text_free(&code);
    return good;
}

static void visit(void *context, const char *path, const char *text) {
    run *r = context;
    if (!is_wanted(r, path))
        return;
    const moon_lesson lesson = {.virtual_clock = true, .seed = 1};
    moon_stage *stage = moon_stage_new(&lesson, NULL);
    bool good = stage && play(r, stage, path, text);
    r->passed += good;
    r->failed += !good;
    moon_stage_free(stage);
}

int main(int argc, char **argv) {
    const moon_lesson lesson = {.virtual_clock = true, .seed = 1};
    moon_stage *stage = moon_stage_new(&lesson, NULL); /* the texts live in it */
    run r = {.compiler = luaL_newstate(), .paths = argv + 1};
    if (!stage || !r.compiler)
        return 1;
    moon_help_each(stage->universe, visit, &r);
    moon_stage_free(stage);
    lua_close(r.compiler);
    printf("%zu passed, %zu failed\n", r.passed, r.failed);
    return r.failed > 0 || r.passed == 0;
}
