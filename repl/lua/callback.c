#include "lua/callback.h"

#include "lua/module.h"
#include "lua/state.h"

moon_universe *moon_universe_of(mb_runtime *rt) { return mb_runtime_config(rt)->sink_context; }

static void release_outcome(mb_runtime *rt, mb_outcome *out) {
    mb_release(rt, out->reply);
    mb_release(rt, out->reason);
    mb_release(rt, out->argument);
    *out = (mb_outcome){.type = MB_OUTCOME_CRASH};
}

static void fail(mb_process *p, moon_thread *thread, mb_outcome *out) {
    release_outcome(mb_runtime_of(p), out);
    if (!moon_thread_reason(thread, &out->reason, &out->is_exit))
        out->reason = mb_atom("system_limit");
}

static mb_callback_state go_on(mb_process *p, moon_callback *callback, moon_thread *thread,
                               const void *arguments, mb_outcome *out, int nargs) {
    moon_entry run = {.process = p, .out = out, .arguments = arguments};
    callback->thread = thread;
    thread->entry = &run;
    moon_state state = moon_thread_resume(thread, nargs);
    thread->entry = NULL;
    if (state > MOON_ERROR)
        return state == MOON_WAITING ? MB_CALLBACK_SUSPENDED : MB_CALLBACK_PREEMPTED;
    callback->thread = NULL;
    if (state == MOON_ERROR)
        fail(p, thread, out);
    moon_thread_give(thread);
    return MB_CALLBACK_DONE;
}

mb_callback_state moon_callback_start(mb_process *p, moon_callback *callback, lua_CFunction body,
                                      const void *arguments, mb_outcome *out) {
    moon_thread *thread = moon_thread_take(moon_universe_of(mb_runtime_of(p)));
    if (!thread) {
        *out = (mb_outcome){.type = MB_OUTCOME_CRASH, .reason = mb_atom("system_limit")};
        return MB_CALLBACK_DONE;
    }
    moon_thread_charge(thread, &callback->account);
    lua_pushcfunction(thread->L, body);
    lua_pushlightuserdata(thread->L, callback);
    return go_on(p, callback, thread, arguments, out, 1);
}

mb_callback_state moon_callback_resume(mb_process *p, moon_callback *callback, mb_outcome *out) {
    return go_on(p, callback, callback->thread, NULL, out, 0);
}

void moon_callback_abandon(moon_callback *callback) {
    moon_thread_give(callback->thread);
    callback->thread = NULL;
}

void moon_callback_finish(mb_process *p, moon_callback *callback) {
    moon_universe *u = moon_universe_of(mb_runtime_of(p));
    moon_callback_abandon(callback);
    moon_account_close(&u->memory, &callback->account);
}

const char *moon_callback_doing(const moon_callback *callback) {
    return callback->thread ? moon_thread_doing(callback->thread) : NULL;
}

mb_term moon_format_status_crashed(mb_process *p, mb_term module) {
    char text[128];
    mb_term name = moon_module_term_name(module), failure;
    size_t size = 0;
    const char *bytes = name.type == MB_STRING ? mb_bytes(&name, &size) : "Module";
    int length = snprintf(text, sizeof text, "%.*s:format_status/1 crashed",
                          size ? (int)(size < 80 ? size : 80) : 6, bytes);
    return mb_string_new(mb_runtime_of(p), text, (size_t)length, &failure) ? failure
                                                                         : mb_atom("crashed");
}
