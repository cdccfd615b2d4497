/* What sys:trace, sys:log and sys:statistics are told of a gen_server (gen_server:handle_debug). */
#include "gen_server.h"

#include "tagged.h"
#include "text.h"

void mb_server_message_in(mb_process *p, mb_server *s, const mb_turn *t) {
    mb_term message;
    if (mb_message_term(p->rt, t->message, &message))
        mb_sys_event(p, s, mb_tagged(p->rt, "in", message));
}

void mb_server_message_out(mb_process *p, mb_server *s, mb_from to, mb_term reply) {
    mb_term from[] = {mb_pid_term(to.pid), mb_ref_term(to.ref)}, state;
    (void)mb_server_state(p, s, &state);
    mb_term parts[] = {mb_atom("out"), mb_retain(reply), mb_tuple_taking(p->rt, 2, from), state};
    mb_sys_event(p, s, mb_tuple_taking(p->rt, 4, parts));
}

void mb_server_no_reply(mb_process *p, mb_server *s) {
    mb_term state;
    (void)mb_server_state(p, s, &state);
    mb_sys_event(p, s, mb_tagged(p->rt, "noreply", state));
}

static void print_in(mb_text *text, mb_term message) {
    if (mb_is_tuple(message, 3) && mb_is(mb_element(message, 0), "$gen_call")) {
        mb_text_add(text, "got call ");
        mb_text_inspect(text, mb_element(message, 2));
        mb_text_add(text, " from ");
        mb_text_inspect(text, mb_element(mb_element(message, 1), 0));
    } else if (mb_is_tuple(message, 2) && mb_is(mb_element(message, 0), "$gen_cast")) {
        mb_text_add(text, "got cast ");
        mb_text_inspect(text, mb_element(message, 1));
    } else {
        mb_text_add(text, "got ");
        mb_text_inspect(text, message);
    }
}

/* gen_server:print_event/3 */
void mb_server_print_event(mb_text *text, mb_term event) {
    mb_term tag = mb_element(event, 0);
    if (mb_is(tag, "in")) {
        print_in(text, mb_element(event, 1));
        return;
    }
    if (mb_is(tag, "out")) {
        mb_text_add(text, "sent ");
        mb_text_inspect(text, mb_element(event, 1));
        mb_text_add(text, " to ");
        mb_text_inspect(text, mb_element(mb_element(event, 2), 0));
        mb_text_add(text, ", ");
    }
    mb_text_add(text, "new state ");
    mb_text_inspect(text, mb_element(event, mb_is(tag, "out") ? 3 : 1));
}
