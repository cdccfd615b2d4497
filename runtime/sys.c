/* System messages (sys.erl): looking at a behaviour, holding it and ending it, without its callback
 * module's knowing. */
#include "gen_server.h"

#include "reason.h"
#include "shown.h"
#include "tagged.h"
#include "text.h"

static void answer(mb_process *p, const mb_turn *t, mb_term reply) {
    mb_reply(p->rt, p, t->from.pid, t->from.ref, reply);
}

static void answer_ok(mb_process *p, const mb_turn *t) { answer(p, t, mb_atom("ok")); }

/* { "error", { tag, detail } }; detail is borrowed. */
static void answer_error(mb_process *p, const mb_turn *t, const char *tag, mb_term detail) {
    mb_term reason = mb_tagged(p->rt, tag, mb_retain(detail));
    answer(p, t, mb_tagged(p->rt, "error", reason));
}

/* ---- get_status -----------------------------------------------------------------------------*/

typedef struct dictionary_pairs {
    mb_builder *builder; /* NULL: only counts */
    size_t at;
    size_t count;
} dictionary_pairs;

static void visit_pair(void *context, mb_term key, mb_term value) {
    dictionary_pairs *pairs = context;
    pairs->count++;
    if (!pairs->builder)
        return;
    mb_build_term(pairs->builder, pairs->at, key);
    mb_build_term(pairs->builder, pairs->at + sizeof(mb_term), value);
    pairs->at += 2 * sizeof(mb_term);
}

static size_t build_tuple(mb_builder *b, size_t at, size_t count) {
    return mb_build_table(b, at, mb_nil(), count, 0);
}

static size_t cell(size_t first, size_t i) { return first + i * sizeof(mb_term); }

static void build_text(mb_builder *b, size_t at, const char *text) {
    mb_build_string(b, at, text, strlen(text));
}

/* { name, value } */
static void build_entry(mb_builder *b, size_t at, const char *name, mb_term value) {
    size_t pair = build_tuple(b, at, 2);
    build_text(b, cell(pair, 0), name);
    mb_build_term(b, cell(pair, 1), value);
}

mb_term mb_sys_header(mb_process *p, const char *title) {
    mb_text text;
    mb_term header;
    mb_text_begin(&text, p->rt);
    mb_text_add(&text, title);
    mb_write_name(mb_title(p), mb_text_write, &text);
    if (!mb_string_new(p->rt, text.bytes, text.size, &header))
        header = MB_SYSTEM_LIMIT;
    mb_text_end(&text);
    return mb_tagged(p->rt, "header", header);
}

mb_term mb_sys_running(mb_process *p, const mb_server *s) {
    return mb_tagged(p->rt, "Status", mb_atom(s->suspended ? "suspended" : "running"));
}

static mb_term parent_of(const mb_process *p, const mb_server *s) {
    return mb_pid_term(s->linked ? p->parent : p->pid);
}

mb_term mb_sys_parent(mb_process *p, const mb_server *s) {
    return mb_tagged(p->rt, "Parent", parent_of(p, s));
}

/* supervisor:format_status/2 adds its callback module, which it was started with. */
static mb_term supervisor_part(mb_process *p) {
    mb_term entry = mb_tagged(p->rt, "Callback", mb_retain(p->initial_call));
    return mb_tagged(p->rt, "supervisor", mb_tuple_taking(p->rt, 1, &entry));
}

/* gen_server:format_status/2 */
static mb_term server_status(mb_process *p, mb_server *s) {
    mb_runtime *rt = p->rt;
    mb_term map = mb_nil();
    mb_term pairs[] = {mb_atom("log"), mb_sys_log(p, s), mb_atom("state"), mb_nil()};
    (void)mb_server_state(p, s, &pairs[3]);
    if (!mb_map(rt, &map, 2, pairs))
        map = mb_nil();
    mb_release(rt, pairs[1]);
    mb_release(rt, pairs[3]);
    mb_shown shown = mb_show(p, s->class->format_status, s->specific, map);
    bool failed = shown.failure.type != MB_NIL;
    mb_term state = mb_retain(failed ? shown.failure : mb_get(shown.map, "state"));
    mb_term entries[] = {mb_sys_running(p, s), mb_sys_parent(p, s),
                         mb_tagged(rt, "Logged events", mb_retain(mb_get(shown.map, "log")))};
    mb_term header = mb_sys_header(p, "Status for generic server ");
    mb_term data = mb_tagged(rt, "data", mb_tuple_taking(rt, 3, entries));
    mb_term more = mb_is_supervisor(p) ? supervisor_part(p) : mb_nil();
    mb_term status = mb_shown_status(p, &shown, header, data, state, more);
    mb_shown_free(rt, &shown);
    return status;
}

/* sys:get_status/5: { "status", pid, { "module", "gen_server" }, { dictionary, state of the
 * server, parent, debug, what format_status shows } } */
static void answer_status(mb_process *p, mb_server *s, const mb_turn *t) {
    mb_term status;
    mb_term shown = s->class->status ? s->class->status(p, s->specific) : server_status(p, s);
    mb_builder *b = mb_build(p->rt);
    size_t root = build_tuple(b, MB_BUILD_ROOT, 4);
    build_text(b, cell(root, 0), "status");
    mb_build_term(b, cell(root, 1), mb_pid_term(p->pid));
    build_entry(b, cell(root, 2), "module",
                mb_atom(s->class->is_state_machine ? "gen_statem" : "gen_server"));
    size_t list = build_tuple(b, cell(root, 3), 5);
    dictionary_pairs pairs = {0};
    mb_dictionary(p, visit_pair, &pairs);
    pairs.builder = b;
    pairs.at = mb_build_table(b, cell(list, 0), mb_nil(), 0, pairs.count);
    mb_dictionary(p, visit_pair, &pairs);
    build_text(b, cell(list, 1), s->suspended ? "suspended" : "running");
    mb_build_term(b, cell(list, 2), parent_of(p, s));
    build_tuple(b, cell(list, 3), 0);
    mb_build_term(b, cell(list, 4), shown);
    mb_release(p->rt, shown);
    answer(p, t, mb_build_finish(b, &status) ? status : mb_nil());
}

/* ---- requests -------------------------------------------------------------------------------*/

/* The callback needs what the message holds; the message itself stays until the answer is out. */
static void run_callback(mb_process *p, mb_turn *t, mb_callback callback, bool exists,
                         mb_term argument) {
    if (!exists) {
        mb_release(p->rt, argument);
        answer_error(p, t, "undef", mb_element(t->request, 0));
        return;
    }
    t->argument = argument;
    t->callback = (uint8_t)callback;
}

static void terminate(mb_process *p, mb_turn *t) {
    mb_term reason = mb_retain(mb_element(t->request, 1));
    answer_ok(p, t);
    mb_message_free(p->rt, t->message);
    t->message = NULL;
    t->request = mb_nil();
    t->from = (mb_from){0};
    mb_server_terminate(t, reason, false);
}

static void change_code(mb_process *p, mb_server *s, mb_turn *t) {
    mb_term parts[] = {mb_retain(mb_element(t->request, 2)), mb_retain(mb_element(t->request, 3))};
    mb_term argument = mb_tuple_taking(p->rt, 2, parts);
    run_callback(p, t, MB_CALLBACK_CHANGE_CODE, s->class->code_change != NULL, argument);
}

static void get_state(mb_process *p, mb_server *s, const mb_turn *t) {
    mb_term state;
    (void)mb_server_state(p, s, &state);
    answer(p, t, state);
}

void mb_sys_handle(mb_process *p, mb_server *s, mb_turn *t) {
    mb_term request = t->request, command = mb_element(request, 0);
    t->callback = MB_CALLBACK_NONE;
    if (mb_is(request, "suspend") || mb_is(request, "resume")) {
        s->suspended = mb_is(request, "suspend");
        answer_ok(p, t);
    } else if (mb_is(request, "get_state")) {
        get_state(p, s, t);
    } else if (mb_is(request, "get_status")) {
        answer_status(p, s, t);
    } else if (mb_is(command, "terminate") && mb_array_size(request) <= 2) {
        terminate(p, t);
    } else if (mb_is(command, "replace_state")) {
        run_callback(p, t, MB_CALLBACK_REPLACE_STATE, s->class->replace_state != NULL,
                     mb_retain(mb_element(request, 1)));
    } else if (mb_is(command, "debug")) {
        answer(p, t, mb_sys_debug(p, s, mb_element(request, 1)));
    } else if (mb_is(command, "change_code") && s->suspended) {
        change_code(p, s, t);
    } else {
        answer_error(p, t, "unknown_system_msg", request);
    }
}

/* { "error", { "callback_failed", { module, callback }, { class, reason } } }; reason is taken. */
static void answer_callback_failed(mb_process *p, mb_server *s, const mb_turn *t,
                                   const mb_outcome *out) {
    mb_runtime *rt = p->rt;
    mb_term where[] = {mb_retain(mb_server_module(p, s)), mb_text_term(rt, "system_replace_state")};
    mb_term what = mb_tagged(rt, out->is_exit ? "exit" : "error", out->reason);
    mb_term reason = mb_tagged_two(rt, "callback_failed", mb_tuple_taking(rt, 2, where), what);
    answer(p, t, mb_tagged(rt, "error", reason));
}

/* sys:do_change_code/5: what code_change returned, or { "EXIT", reason }; out's reason is taken. */
static void answer_code_unchanged(mb_process *p, const mb_turn *t, const mb_outcome *out) {
    bool crashed = out->type == MB_OUTCOME_CRASH;
    mb_term reason = crashed ? mb_tagged(p->rt, "EXIT", out->reason) : out->reason;
    answer(p, t, mb_tagged(p->rt, "error", reason));
}

void mb_sys_settle(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out) {
    bool replaced = t->callback == MB_CALLBACK_REPLACE_STATE;
    t->callback = MB_CALLBACK_NONE;
    if (out->type == MB_OUTCOME_CRASH || out->type == MB_OUTCOME_BAD_RETURN) {
        if (replaced)
            answer_callback_failed(p, s, t, out);
        else
            answer_code_unchanged(p, t, out);
        return;
    }
    if (replaced) {
        answer(p, t, out->reply);
    } else {
        mb_release(p->rt, out->reply);
        answer_ok(p, t);
    }
}
