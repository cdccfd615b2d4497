#include "shown.h"

#include "process.h"
#include "tagged.h"

mb_shown mb_show(mb_process *p, mb_format_status format, void *data, mb_term map) {
    mb_shown shown = {map, mb_nil()};
    if (!format)
        return shown;
    mb_term formatted = format(p, data, map);
    if (formatted.type == MB_TABLE) {
        mb_release(p->rt, map);
        shown.map = formatted;
    } else {
        shown.failure = formatted;
    }
    return shown;
}

void mb_shown_free(mb_runtime *rt, const mb_shown *shown) {
    mb_release(rt, shown->map);
    mb_release(rt, shown->failure);
}

/* ---- sys:get_status -------------------------------------------------------------------------*/

/* A list of parts of its own; one part may be an array too. */
static bool is_list(mb_term own) {
    return own.type == MB_TABLE && own.table->pair_count == 0 && !mb_is(mb_element(own, 0), "data");
}

mb_term mb_shown_status(mb_process *p, const mb_shown *shown, mb_term header, mb_term data,
                        mb_term state, mb_term more) {
    mb_runtime *rt = p->rt;
    mb_term given = mb_get(shown->map, "$status"), status;
    mb_term entry = mb_tagged(rt, "State", state);
    mb_term usual = mb_tagged(rt, "data", mb_tuple_taking(rt, 1, &entry));
    mb_term own = given.type != MB_NIL && shown->failure.type == MB_NIL ? given : usual;
    bool several = is_list(own);
    size_t count = several ? mb_array_size(own) : 1;
    mb_builder *b = mb_build(rt);
    size_t last = 2 + count;
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), last + (more.type != MB_NIL), 0);
    mb_build_term(b, at, header);
    mb_build_term(b, at + sizeof(mb_term), data);
    for (size_t i = 0; i < count; i++)
        mb_build_term(b, at + (2 + i) * sizeof(mb_term), several ? mb_element(own, i) : own);
    if (more.type != MB_NIL)
        mb_build_term(b, at + last * sizeof(mb_term), more);
    if (!mb_build_finish(b, &status))
        status = MB_SYSTEM_LIMIT;
    mb_release(rt, header);
    mb_release(rt, data);
    mb_release(rt, usual);
    mb_release(rt, more);
    return status;
}

/* ---- the crash report -----------------------------------------------------------------------*/

mb_term mb_bare_reason(mb_term reason) {
    return mb_is_tuple(reason, 2) && mb_is_error_reason(reason) ? mb_element(reason, 0) : reason;
}

mb_term mb_shown_reason(mb_process *p, const mb_shown *shown, mb_term reason) {
    mb_term formatted = mb_get(shown->map, "reason"), bare = mb_bare_reason(reason);
    if (formatted.type == MB_NIL || mb_equal(formatted, bare))
        return mb_retain(reason);
    if (mb_equal(bare, reason))
        return mb_retain(formatted);
    mb_term parts[] = {mb_retain(formatted), mb_retain(mb_element(reason, 1))};
    return mb_tuple_taking(p->rt, 2, parts);
}
