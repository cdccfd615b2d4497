/* The lists of a state machine: events that wait, events that are postponed, timers. */
#include "gen_statem.h"

void mb_statem_free(mb_runtime *rt, mb_statem_item *item) {
    if (!item)
        return;
    mb_release(rt, item->type);
    mb_release(rt, item->content);
    mb_memory_put(&rt->memory, item, sizeof *item);
}

void mb_statem_free_all(mb_runtime *rt, mb_statem_item **list) {
    while (*list) {
        mb_statem_item *item = *list;
        *list = item->next;
        mb_statem_free(rt, item);
    }
}

mb_statem_item *mb_statem_push(mb_runtime *rt, mb_statem_item **list, mb_term type,
                               mb_term content) {
    mb_statem_item *item = mb_memory_zeroed(&rt->memory, sizeof *item);
    if (!item) {
        mb_release(rt, type);
        mb_release(rt, content);
        return NULL;
    }
    *item = (mb_statem_item){.next = *list, .type = type, .content = content};
    *list = item;
    return item;
}

mb_statem_item *mb_statem_reverse_onto(mb_statem_item *from, mb_statem_item *onto) {
    while (from) {
        mb_statem_item *item = from;
        from = item->next;
        item->next = onto;
        onto = item;
    }
    return onto;
}

mb_term mb_statem_list(mb_runtime *rt, const mb_statem_item *first) {
    size_t count = 0, i = 0;
    mb_term list;
    for (const mb_statem_item *item = first; item; item = item->next)
        count++;
    mb_builder *b = mb_build(rt);
    size_t cells = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), count, 0);
    for (const mb_statem_item *item = first; item; item = item->next, i++) {
        size_t pair = mb_build_table(b, cells + i * sizeof(mb_term), mb_nil(), 2, 0);
        mb_build_term(b, pair, item->type);
        mb_build_term(b, pair + sizeof(mb_term), item->content);
    }
    return mb_build_finish(b, &list) ? list : mb_nil();
}
