/* Into a shift and out of it: the stick, the PIN, the menu. */
#include <stdlib.h>
#include <string.h>

#include "firmware/service/shift_inside.h"

/* By a pointer: the sanitizers' build takes the first member for the whole of it otherwise. */
static __attribute__((noinline)) void wipe_view(struct shift_view *view)
{
    explicit_bzero(view, sizeof(*view));
}

/* Everything of the stick before is gone; how often the page was drawn is not. */
static void begin_clean(struct shift *s)
{
    uint64_t revision = s->view.revision;
    shift_calibrate_leave(s);
    explicit_bzero(s->pin, sizeof(s->pin));
    wipe_view(&s->view);
    s->view.revision = revision;
    s->view.tries_left = -1;
    s->view.devices.paper_left_mm = -1;
    s->wait_until_ms = 0;
}

/* ---- a stick ----------------------------------------------------------------------------- */

static unsigned permissions(enum role role, bool is_in_doubt, bool has_joined)
{
    unsigned bits = 0;
    for (int i = 0; i < ACTION_END; i++) {
        enum staff_action action = (enum staff_action)i;
        bool may = is_in_doubt ? role_may_in_doubt(role, action) : role_may(role, action);
        bits |= may && staff_action_fits(action, has_joined) ? 1u << action : 0;
    }
    return bits;
}

enum shift_page shift_stick_in(struct shift *s, const struct shift_cause *c)
{
    enum saying said = c->news->said;
    const struct token *t = &c->news->token;
    begin_clean(s);
    s->view.why = said;
    s->view.doubt = token_is_in_doubt(said) ? said : SAY_WELL;
    if (!token_is_admitted(said)) {
        shift_note(s, "stick", "refused %s", saying_word(said));
        return SHIFT_REFUSED;
    }
    memcpy(s->view.serial, t->serial, sizeof(s->view.serial));
    s->view.role = t->role;
    s->view.has_joined = c->news->has_joined;
    s->view.may = permissions(t->role, s->view.doubt != SAY_WELL, s->view.has_joined);
    s->view.why = SAY_WELL;
    return SHIFT_PIN;
}

/* Pulled in the middle of its work, whoever pulled it is told what that means. Else the kiosk is the residents' again. */
enum shift_page shift_stick_out(struct shift *s, const struct shift_cause *c)
{
    bool was_cut = s->view.is_busy || s->view.why == SAY_PULLED;
    bool was_inside = s->view.page != SHIFT_REFUSED && s->view.page != SHIFT_PIN;
    (void)c;
    if (s->view.page == SHIFT_PULLED)
        return SHIFT_PULLED;
    if (was_inside)
        shift_note(s, "end", "pulled%s", was_cut ? " at work" : "");
    begin_clean(s);
    s->view.why = was_cut ? SAY_PULLED : SAY_WELL;
    return was_cut ? SHIFT_PULLED : SHIFT_AWAY;
}

enum shift_page shift_dismiss(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    begin_clean(s);
    return SHIFT_AWAY;
}

enum shift_page shift_end(struct shift *s, const struct shift_cause *c)
{
    if (s->view.is_busy)
        return s->view.page;
    shift_note(s, "end", "by hand");
    return shift_dismiss(s, c);
}

enum shift_page shift_practise(struct shift *s, const struct shift_cause *c)
{
    if (!s->view.devices.has_exercises)
        return SHIFT_PRACTICE;
    shift_note(s, "practice", "begin");
    s->ports->practise(s->context);
    return shift_dismiss(s, c);
}

enum shift_page shift_is_silent(struct shift *s, const struct shift_cause *c)
{
    shift_note(s, "end", "silence");
    return shift_dismiss(s, c);
}

/* ---- the PIN ----------------------------------------------------------------------------- */

enum shift_page shift_digit(struct shift *s, const struct shift_cause *c)
{
    size_t length = strlen(s->pin);
    bool is_digit = c->value[0] >= '0' && c->value[0] <= '9' && !c->value[1];
    if (!is_digit || s->view.wait_ms || length + 1 >= sizeof(s->pin))
        return SHIFT_PIN;
    s->pin[length] = c->value[0];
    s->view.digits = (int)length + 1;
    s->view.why = SAY_WELL;
    return SHIFT_PIN;
}

enum shift_page shift_erase(struct shift *s, const struct shift_cause *c)
{
    size_t length = strlen(s->pin);
    (void)c;
    if (length)
        s->pin[length - 1] = 0;
    s->view.digits = length ? (int)length - 1 : 0;
    return SHIFT_PIN;
}

enum shift_page shift_enter(struct shift *s, const struct shift_cause *c)
{
    struct shift_order order = { .kind = ORDER_PIN };
    (void)c;
    if (s->view.wait_ms || s->view.why == SAY_BLOCKED)
        return SHIFT_PIN;
    if (s->view.digits < 6) {
        s->view.why = SAY_PIN_SHAPE;
        return SHIFT_PIN;
    }
    memcpy(order.pin, s->pin, sizeof(order.pin));
    s->ports->order(s->context, &order);
    explicit_bzero(&order, sizeof(order));
    explicit_bzero(s->pin, sizeof(s->pin));
    s->view.digits = 0;
    s->view.why = SAY_WELL;
    return SHIFT_CHECKING;
}

enum shift_page shift_pin_said(struct shift *s, const struct shift_cause *c)
{
    const struct shift_news *n = c->news;
    s->view.tries_left = n->pin.left;
    s->view.why = n->said;
    s->view.wait_ms = n->pin.wait_ms;
    s->wait_until_ms = shift_now(s) + n->pin.wait_ms;
    if (n->pin.is_blocked)
        s->view.why = SAY_BLOCKED;
    if (!n->pin.is_right)
        return SHIFT_PIN;
    s->view.why = SAY_WELL;
    s->view.wait_ms = 0;
    shift_look(s);
    shift_order(s, ORDER_FACTS, 0);
    return SHIFT_MENU;
}

/* ---- going about -------------------------------------------------------------------------- */

static enum shift_page find_page(const char *word)
{
    for (int i = SHIFT_MENU; i <= SHIFT_LOGS; i++)
        if (!strcmp(shift_page_word((enum shift_page)i), word))
            return (enum shift_page)i;
    return SHIFT_PAGES;
}

/* Readiness leads to what it says is missing. */
static bool leads_to(enum shift_page here, enum shift_page page)
{
    enum shift_page parent = shift_page_parent(page);
    return parent == here || (parent == SHIFT_MENU && here == SHIFT_READINESS);
}

/* What was done on a page before is over when it is opened again. */
static void clear_page(struct shift *s)
{
    struct shift_view *v = &s->view;
    shift_calibrate_leave(s);
    v->why = SAY_WELL;
    v->firmware_seen = v->firmware_copied = STEP_OFF;
    v->firmware = (struct firmware_offer){ 0 };
    v->certificate = v->kept = v->slip = v->carry = v->log = v->work = STEP_OFF;
    v->card = SHIFT_CARD_NONE;
    v->keys = v->cells = 0;
    v->scans = v->scan_length = 0;
    v->is_spoken = false;
    v->wired = (struct shift_wired){ 0 };
    v->joining = (struct join_report){ 0 };
    v->join = STEP_OFF;
    v->copy_receipt[0] = 0;
}

enum shift_page shift_open(struct shift *s, const struct shift_cause *c)
{
    enum shift_page page = find_page(c->value);
    if (page >= SHIFT_PAGES || page == SHIFT_MENU || !leads_to(s->view.page, page) ||
        !shift_may(s, shift_page_action(page)))
        return s->view.page;
    clear_page(s);
    shift_note(s, "open", "%s", shift_page_word(page));
    shift_order(s, ORDER_FACTS, 0);
    s->view.page = page; /* looking judges what the page shows */
    shift_look(s);
    if (page == SHIFT_UPDATE)
        shift_look_for_firmware(s);
    if (page == SHIFT_WIRED)
        shift_ask_wired(s);
    if (page == SHIFT_CLEAN)
        shift_begin_cleaning(s);
    return page;
}

enum shift_page shift_back(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.is_busy)
        return s->view.page;
    shift_order(s, ORDER_FACTS, 0);
    clear_page(s);
    return shift_page_parent(s->view.page);
}
