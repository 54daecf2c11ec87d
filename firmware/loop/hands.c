/* Whoever touches: a finger, a tactile keypad, a code held before the scanner, a robot. */
#include <string.h>

#include "firmware/loop/kiosk.h"

/* Reading a slip out is the voice's business; all else is the session's. */
static void deliver(struct kiosk *k, const struct event *event)
{
    staff_finger(k, event);
    next_tell(k, event);
    if (event->kind == EV_READ_SLIP)
        reading_tell_slip(k);
}

/* ---- a finger, or a keyboard on a desk ------------------------------------------------------- */

static void take_touch(struct kiosk *k, struct touch touch)
{
    struct event event;
    int x = touch.x, y = touch.y;
    glass_place(&k->glass, present_panel(k->presenter), &touch.x, &touch.y);
    bool is_heard = stage_touch(k->stage, touch, &event);
    reading_hush(k); /* a touch is an answer: nobody needs to hear the rest */
    if (is_heard)
        deliver(k, &event);
    else if (touch.phase == TOUCH_UP)
        staff_felt(k, x, y);
}

void hands_take_input(struct kiosk *k, const struct input *input)
{
    static const enum touch_phase phases[] = { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };
    struct event event = { .kind = EV_TYPE, .name = "", .value = input->text };
    switch (input->kind) {
    case INPUT_TEXT:
        session_handle(k->session, &event);
        break;
    case INPUT_ERASE:
        event.kind = EV_ERASE;
        session_handle(k->session, &event);
        break;
    case INPUT_QUIT:
        k->is_ending = true;
        break;
    case INPUT_REDRAW:
        stage_damage_all(k->stage);
        break;
    default:
        take_touch(k, (struct touch){ phases[input->kind], input->x, input->y,
                                      k->clock.base.boot_ms(&k->clock.base) });
    }
}

/* ---- the tactile keypad ----------------------------------------------------------------------- */

static void act(struct kiosk *k, enum stage_key key)
{
    struct event event;
    if (stage_key(k->stage, key, &event))
        deliver(k, &event);
}

static void session_event(struct kiosk *k, enum event_kind kind, int number)
{
    next_tell(k, &(struct event){ .kind = kind, .name = "", .value = "", .number = number });
}

/* Whoever takes up the keypad cannot see the screen, or not well: it speaks from then on. */
static void begin_speaking(struct kiosk *k)
{
    if (!session_view(k->session)->preferences.is_speech_on)
        session_event(k, EV_SPEECH, 0);
}

void hands_take_key(struct kiosk *k, const struct post *p)
{
    static const enum stage_key moves[KEYPAD_EVENTS] = {
        [KEYPAD_UP] = STAGE_KEY_UP,         [KEYPAD_DOWN] = STAGE_KEY_DOWN,
        [KEYPAD_LEFT] = STAGE_KEY_LEFT,     [KEYPAD_RIGHT] = STAGE_KEY_RIGHT,
        [KEYPAD_SELECT] = STAGE_KEY_SELECT, [KEYPAD_BACK] = STAGE_KEY_BACK,
    };
    enum keypad_event event = (enum keypad_event)p->number;
    if (staff_hear_key(k, event))
        return;
    switch (event) {
    case KEYPAD_UP:
    case KEYPAD_DOWN:
    case KEYPAD_LEFT:
    case KEYPAD_RIGHT:
    case KEYPAD_SELECT:
    case KEYPAD_BACK:
        begin_speaking(k);
        act(k, moves[event]);
        break;
    case KEYPAD_REPEAT:
        begin_speaking(k);
        reading_repeat(k);
        break;
    case KEYPAD_HELP:
        begin_speaking(k);
        session_event(k, EV_OPEN_HELP, 0);
        break;
    case KEYPAD_LOUDER:
    case KEYPAD_SOFTER:
        session_event(k, EV_VOLUME, event == KEYPAD_LOUDER ? 1 : -1);
        reading_repeat(k);
        break;
    case KEYPAD_HEADPHONES_IN:
        reading_set_headphones(k, true);
        begin_speaking(k);
        break;
    case KEYPAD_HEADPHONES_OUT:
        reading_set_headphones(k, false);
        break;
    default:
        break; /* it came, went, or hangs: the worker has logged it */
    }
}

/* ---- the scanner ------------------------------------------------------------------------------ */

/* A receipt's code opens its progress, that of a form from a phone opens the form; other codes mean nothing here. */
void hands_take_scan(struct kiosk *k, const struct post *p)
{
    staff_hear_scan(k, p);
    bool is_code = p->data.scan.kind == SCAN_HAND_OFF;
    if ((enum scan_event)p->number != SCAN_READ || (!is_code && p->data.scan.kind != SCAN_RECEIPT))
        return;
    next_tell(k, &(struct event){ .kind = is_code ? EV_SCANNED_CODE : EV_SCANNED,
                                  .name = "",
                                  .value = p->data.scan.text });
}

/* ---- the robot's hands ------------------------------------------------------------------------ */

static void hand_touch(void *context, struct touch touch)
{
    take_touch(context, touch);
}

static void hand_type(void *context, const char *utf8)
{
    struct event event = { .kind = EV_TYPE, .name = "", .value = utf8 };
    session_handle(((struct kiosk *)context)->session, &event);
}

static void hand_settle(void *context)
{
    kiosk_settle(context);
}

static void hand_advance(void *context, int64_t ms)
{
    atomic_fetch_add(&((struct kiosk *)context)->clock.offset_ms, ms);
}

static void hand_quit(void *context)
{
    ((struct kiosk *)context)->is_ending = true;
}

static bool hand_practise(void *context)
{
    return session_begin_practice(((struct kiosk *)context)->session);
}

static const struct session_view *hand_view(void *context)
{
    return session_view(((struct kiosk *)context)->session);
}

static struct stage *hand_stage(void *context)
{
    return ((struct kiosk *)context)->stage;
}

static const struct voice *hand_voice(void *context)
{
    return ((struct kiosk *)context)->reading.voice;
}

const struct robot_hands kiosk_robot_hands = { .touch = hand_touch,
                                               .type = hand_type,
                                               .settle = hand_settle,
                                               .advance = hand_advance,
                                               .quit = hand_quit,
                                               .practise = hand_practise,
                                               .view = hand_view,
                                               .stage = hand_stage,
                                               .voice = hand_voice };
