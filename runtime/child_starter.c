#include "child_starter.h"

#include "outcome.h"

mb_process *mb_start_with_starter(mb_runtime *rt, mb_process *parent,
                                  const mb_gen_server_class *class,
                                  const mb_child_starter *starter, mb_term argument,
                                  const mb_gen_server_options *options, void **starter_data) {
    size_t size = starter->data_size;
    void *data = size ? mb_allocate(rt, NULL, 0, size) : NULL;
    if (size && !data) {
        mb_release(rt, argument);
        return NULL;
    }
    if (size)
        memset(data, 0, size);
    mb_process *p = mb_gen_server_start(rt, parent, class, argument, options);
    if (!p && size)
        mb_allocate(rt, data, size, 0);
    *starter_data = p ? data : NULL;
    return p;
}

mb_callback_state mb_init_refused_change(mb_process *p, const mb_outcome *answer,
                                         mb_outcome *out) {
    mb_runtime *rt = mb_runtime_of(p);
    if (answer->type == MB_OUTCOME_IGNORE)
        return mb_out_reply(out, mb_nil());
    *out = *answer;
    out->type = MB_OUTCOME_BAD_RETURN;
    if (answer->type == MB_OUTCOME_BAD_RETURN) { /* { module, "init", value } */
        out->reason = mb_retain(mb_element(answer->reason, 2));
        mb_release(rt, answer->reason);
    } else {
        out->reason = mb_tagged(rt, "EXIT", answer->reason);
    }
    return MB_CALLBACK_DONE;
}

void mb_starter_finish(mb_process *p, const mb_child_starter *starter, void *starter_data) {
    if (starter && starter->destroy)
        starter->destroy(p, starter_data);
    if (starter_data)
        mb_allocate(mb_runtime_of(p), starter_data, starter->data_size, 0);
}
