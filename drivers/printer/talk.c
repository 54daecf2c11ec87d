#include "drivers/printer/inside.h"

enum { ANSWER_MS = 5000 /* an answer later than this will not come */ };

int64_t printer_now(const struct printer *p)
{
    return p->clock->boot_ms(p->clock);
}

int printer_patience(const struct printer *p, int limit_ms)
{
    enum { LEAST_MS = 20 };
    int64_t left = p->deadline_ms ? p->deadline_ms - printer_now(p) : limit_ms;
    return left >= limit_ms ? limit_ms : left > LEAST_MS ? (int)left : LEAST_MS;
}

static void take_text(struct printer *p, const struct reply *r)
{
    size_t n = r->length < sizeof(p->text) - 1 ? r->length : sizeof(p->text) - 1;
    for (size_t i = 0; i < n; i++)
        p->text[i] = r->bytes[i] >= 0x20 && r->bytes[i] <= 0x7E ? (char)r->bytes[i] : '?';
    p->text[n] = 0;
    p->has_text = true;
}

/* At most six digits of centimetres (reply.c). */
static void take_length(struct printer *p, const struct reply *r)
{
    uint32_t cm = 0;
    for (size_t i = 0; i < r->length; i++)
        cm = cm * 10 + (uint32_t)(r->bytes[i] - '0');
    roll_measure(&p->memory->roll, cm * 10);
    p->has_length = true;
}

static void take_status(struct printer *p, uint8_t bits)
{
    p->awaited &= (uint8_t)~bits;
    p->answered |= bits;
    p->can_report = true;
}

static void take_reply(struct printer *p, const struct reply *r)
{
    switch (r->kind) {
    case REPLY_STATUS:
        status_apply(&p->status, r->request, r->bytes[0]);
        take_status(p, (uint8_t)(1u << r->request));
        if (r->request == 4)
            roll_hear(&p->memory->roll, &p->status);
        break;
    case REPLY_UNASKED:
        status_apply_four(&p->status, r->bytes);
        p->can_report = true;
        roll_hear(&p->memory->roll, &p->status);
        break;
    case REPLY_FULL:
        status_apply_full(&p->status, r->bytes);
        take_status(p, PRINTER_STATUS_FULL);
        roll_hear(&p->memory->roll, &p->status);
        printer_note_ticket(p);
        break;
    case REPLY_PROCESS_ID:
        proof_take(&p->proof, r->bytes);
        break;
    case REPLY_BYTE:
        p->has_paper_byte = true;
        break;
    case REPLY_CLEARED:
        p->is_cleared = true;
        break;
    case REPLY_TEXT:
        take_text(p, r);
        break;
    case REPLY_LENGTH:
        take_length(p, r);
        break;
    case REPLY_OFFLINE: /* never asked for; the same is in the unasked status */
    case REPLY_OTHER:
        break;
    }
}

int printer_hear(struct printer *p, int wait_ms)
{
    uint8_t data[512];
    size_t got = 0;
    struct reply reply;
    if (!p->in)
        return 0;
    int r = usb_read(p->device, p->in, data, sizeof(data), wait_ms, &got);
    int64_t now = printer_now(p);
    for (size_t i = 0; i < got; i++)
        if (reply_take(&p->replies, data[i], now, &reply))
            take_reply(p, &reply);
    reply_tick(&p->replies, now);
    if (r == USB_E_STALL)
        return usb_clear_halt(p->device, p->in);
    if (r == USB_E_OVERFLOW)
        reply_count_stray(&p->replies, REPLY_STRAYS_MAX + 1, now);
    return r == USB_E_TIMEOUT || r == USB_E_OVERFLOW ? 0 : r;
}

int printer_hear_until(struct printer *p, const bool *is_true, int limit_ms)
{
    int64_t end = printer_now(p) + printer_patience(p, limit_ms);
    int r = 0;
    while (!r && p->in && !*is_true && printer_now(p) < end)
        r = printer_hear(p, (int)(end - printer_now(p)));
    return r;
}

int printer_say(struct printer *p, const void *data, size_t length)
{
    size_t at = 0, accepted = 1;
    int r = USB_E_TIMEOUT;
    while (r == USB_E_TIMEOUT && at < length && accepted) {
        accepted = 0;
        r = usb_write(p->device, p->out, (const uint8_t *)data + at, length - at,
                      printer_patience(p, PRINTER_WRITE_MS), &accepted);
        at += accepted;
    }
    if (at == length)
        return 0;
    p->needs_recovery |= at > 0;
    return r;
}

int printer_start(struct printer *p)
{
    struct bytes b AUTO_BYTES = { 0 };
    int r = escpos_start(&b);
    if (!r && p->in)
        r = escpos_watch(&b);
    return r ? r : printer_say(p, b.data, b.length);
}

int printer_ask(struct printer *p)
{
    uint8_t request[4 * ESCPOS_STATUS_LENGTH];
    size_t length = 0;
    int64_t now = printer_now(p);
    if (!p->in || (p->awaited && now - p->asked_ms < ANSWER_MS))
        return 0;
    reply_forget_status(&p->replies);
    for (uint8_t n = 1; n <= 4; n++)
        if (p->asks & 1u << n && reply_expect(&p->replies, n)) {
            escpos_status(request + length, n);
            length += ESCPOS_STATUS_LENGTH;
        }
    if (p->asks & PRINTER_STATUS_FULL) {
        escpos_status(request + length, 20);
        length += ESCPOS_STATUS_LENGTH;
    }
    p->awaited = p->asks;
    p->answered = 0;
    p->asked_ms = now;
    int r = printer_say(p, request, length);
    if (r) {
        p->awaited = 0;
        reply_forget_status(&p->replies);
    }
    return r;
}

/* Some answer DLE EOT 1 and 4 alone: what did not come once is not asked again, or each question
 * would cost its limit. */
static void learn_asks(struct printer *p)
{
    if (!p->answered || p->has_learned_asks)
        return;
    p->has_learned_asks = true;
    p->asks = p->answered;
    p->awaited = 0;
    reply_forget_status(&p->replies);
}

int printer_refresh(struct printer *p, int limit_ms)
{
    if (!p->in)
        return 0;
    int r = printer_hear(p, 0);
    if (!r)
        r = printer_ask(p);
    int64_t end = printer_now(p) + printer_patience(p, limit_ms);
    while (!r && p->awaited && printer_now(p) < end)
        r = printer_hear(p, (int)(end - printer_now(p)));
    if (p->answered)
        learn_asks(p);
    else
        p->status.is_known = false;
    return r;
}
