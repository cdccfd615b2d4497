#include "mailbox.h"

#include "answer.h"

void mb_mailbox_add(mb_process *p, mb_message *message) {
    mb_queue_push(&p->mailbox, message);
    p->mailbox_length++;
    p->woken = p->woken || !mb_awaiting(p);
}

mb_message *mb_mailbox_first(mb_process *p) {
    if (p->signals.head)
        mb_signals_fetch(p);
    return p->mailbox.head;
}

mb_message *mb_mailbox_saved(mb_process *p) {
    mb_message *first = mb_mailbox_first(p);
    return p->saved ? p->saved->next : first;
}

void mb_mailbox_save(mb_process *p) { p->saved = p->mailbox.tail; }

size_t mb_mailbox_length(mb_process *p) {
    mb_mailbox_first(p);
    return p->mailbox_length;
}

/* The message before `message`; a receive takes what it found first or right behind what it had
 * refused before, so the search is short. */
static mb_message *before(mb_process *p, const mb_message *message) {
    if (p->mailbox.head == message)
        return NULL;
    mb_message *m = p->saved ? p->saved : p->mailbox.head;
    while (m && m->next != message)
        m = m->next;
    for (m = m ? m : p->mailbox.head; m->next != message;)
        m = m->next;
    return m;
}

void mb_mailbox_remove(mb_process *p, mb_message *message) {
    mb_message *previous = before(p, message);
    if (previous)
        previous->next = message->next;
    else
        p->mailbox.head = message->next;
    if (p->mailbox.tail == message)
        p->mailbox.tail = previous;
    if (p->saved == message)
        p->saved = previous;
    p->mailbox_length--;
    p->message_bytes -= sizeof *message + mb_block_size(message->term);
}

void mb_mailbox_refuse(mb_process *p, mb_message *message) { p->saved = message; }

void mb_mailbox_take(mb_process *p, mb_message *message) {
    mb_mailbox_pick(p, message);
    p->saved = NULL;
}

void mb_mailbox_pick(mb_process *p, mb_message *message) {
    mb_mailbox_remove(p, message);
    p->rt->cause = message->event;
    p->cause = mb_event_record(p->rt, MB_EVENT_RECEIVE, p->pid, message->from, message->term);
    p->rt->cause = p->cause;
    p->rt->reductions_left--;
}

static bool wrapped(mb_runtime *rt, mb_term *out, const char *tag, const mb_message *message) {
    mb_term from, parts[] = {mb_pid_term(message->from), mb_ref_term(message->ref)};
    if (!mb_tuple(rt, &from, 2, parts))
        return false;
    mb_term outer[] = {mb_atom(tag), from, message->term};
    bool ok = mb_tuple(rt, out, 3, outer);
    mb_release(rt, from);
    return ok;
}

bool mb_message_term(mb_runtime *rt, const mb_message *message, mb_term *out) {
    mb_term cast[] = {mb_atom("$gen_cast"), message->term};
    switch ((mb_message_kind)message->kind) {
    case MB_CALL:
        return wrapped(rt, out, "$gen_call", message);
    case MB_SYSTEM:
        return wrapped(rt, out, "system", message);
    case MB_CAST:
        return mb_tuple(rt, out, 2, cast);
    default:
        *out = mb_retain(message->term);
        return true;
    }
}
