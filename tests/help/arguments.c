/* Calls every documented function with wrong arguments, or those whose paths are given.
 *
 *     arguments KINDS.lua CHECK.lua [PATH …]
 *
 * The two files define check_arguments(path, text), which returns how many wrong calls it made and
 * what it has to complain of. Each path has a universe of its own. */
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/universe.h"
#include "player/stage.h"
#include "view/text.h"

typedef struct run {
    char *code[2];    /* of the two files */
    char **paths;     /* those that are wanted; NULL-terminated; empty: all */
    lua_Integer calls;
    size_t passed;
    size_t failed;
} run;

static bool is_wanted(const run *r, const char *path) {
    for (char **wanted = r->paths; *wanted; wanted++)
        if (strcmp(*wanted, path) == 0)
            return true;
    return !*r->paths;
}

/* Asks check_arguments about the path. Complaints are text. */
static bool check(run *r, moon_stage *stage, const char *path, const char *text) {
    for (int i = 0; i < 2; i++) {
        if (moon_stage_play(stage, r->code[i], i == 0 ? "@kinds" : "@check") != MOON_VALUES) {
            printf("%s\n", moon_text_string(&stage->error));
            return false;
        }
    }
    moon_text call = {0};
    moon_text_format(&call, "return check_arguments(\"%s\", [====[\n%s]====])", path, text);
    moon_evaluation how = moon_stage_play(stage, moon_text_string(&call), "=arguments");
    moon_text_free(&call);
    lua_State *L;
    int first;
    if (how != MOON_VALUES || moon_results(stage->universe, &L, &first) != 2) {
        printf("%s:\n  %s\n", path, moon_text_string(&stage->error));
        return false;
    }
    const char *complaints = lua_tostring(L, first + 1);
    if (*complaints)
        printf("%s:\n%s\n", path, complaints);
    r->calls += lua_tointeger(L, first);
    return !*complaints;
}

static void visit(void *context, const char *path, const char *text) {
    run *r = context;
    if (!is_wanted(r, path))
        return;
    const moon_lesson lesson = {.virtual_clock = true, .seed = 1};
    moon_stage *stage = moon_stage_new(&lesson, NULL);
    bool good = stage && check(r, stage, path, text);
    r->passed += good;
    r->failed += !good;
    moon_stage_free(stage);
}

/* The text of a file, owned; NULL when it cannot be read. */
static char *read_file(const char *name) {
    FILE *file = fopen(name, "r");
    if (!file)
        return NULL;
    moon_text text = {0};
    char block[4096];
    for (size_t size; (size = fread(block, 1, sizeof block, file)) > 0;)
        moon_text_add(&text, block, size);
    fclose(file);
    char *copy = strdup(moon_text_string(&text));
    moon_text_free(&text);
    return copy;
}

int main(int argc, char **argv) {
    run r = {.code = {argc > 1 ? read_file(argv[1]) : NULL, argc > 2 ? read_file(argv[2]) : NULL}};
    const moon_lesson lesson = {.virtual_clock = true, .seed = 1};
    moon_stage *stage = moon_stage_new(&lesson, NULL); /* the texts live in it */
    if (!r.code[0] || !r.code[1] || !stage)
        return 1;
    r.paths = argv + 3;
    moon_help_each(stage->universe, visit, &r);
    moon_stage_free(stage);
    free(r.code[0]);
    free(r.code[1]);
    printf("%zu passed, %zu failed, %lld wrong calls\n", r.passed, r.failed, (long long)r.calls);
    return r.failed > 0 || r.calls == 0;
}
