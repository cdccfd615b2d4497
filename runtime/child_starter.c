#include "child_starter.h"

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
