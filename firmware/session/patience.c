/* How long a page waits for a hand, and when something is due by itself. */
#include "firmware/session/table.h"

/* How long a screen stays without a touch (design: UI guide 7.6). 0: for ever. */
static const int32_t limit_ms[SCREEN_COUNT] = {
    [SCREEN_READING] = 8000,
    [SCREEN_CARD_TROUBLE] = 20000,
    [SCREEN_HOME] = 60000,
    [SCREEN_THEME] = 60000,
    [SCREEN_OWN] = 60000,
    [SCREEN_SEARCH] = 60000,
    [SCREEN_GUIDE] = 90000,
    [SCREEN_NEED_CARD] = 60000,
    [SCREEN_FORM] = 120000,
    [SCREEN_REVIEW] = 120000,
    [SCREEN_SUBMITTING] = 10000,
    [SCREEN_DONE] = 60000,
    [SCREEN_NOT_SAVED] = 120000,
    [SCREEN_RATING] = 60000,
    [SCREEN_PROGRESS] = 60000,
    [SCREEN_HELP] = 60000,
    [SCREEN_LEAVE] = 30000,
    [SCREEN_STILL_THERE] = 30000,
    [SCREEN_CARD_REMOVED] = 10000,
    [SCREEN_COVERED] = 60000,
    [SCREEN_POINT] = 60000,
    [SCREEN_TICKET] = 60000,
    [SCREEN_CALENDAR] = 90000,
    [SCREEN_PLACES] = 90000,
    [SCREEN_FIGURES] = 60000,
    [SCREEN_CANCEL] = 60000,
    [SCREEN_WITHDRAW] = 90000,
    [SCREEN_PAPERS] = 120000,
    [SCREEN_WAIVE] = 120000,
    [SCREEN_WAIVE_TEXT] = 120000,
    [SCREEN_NOTICE] = 120000,
    [SCREEN_AGENT_CARD] = 60000,
    [SCREEN_AGENT_HOME] = 60000,
    [SCREEN_AGENT_RESIDENT] = 60000,
    [SCREEN_AGENT_CONSENT] = 180000,
    [SCREEN_AGENT_WRONG] = 30000,
    [SCREEN_HELPER] = 60000,
    [SCREEN_HELPER_BACK] = 120000,
    [SCREEN_ASIDE] = 90000,
    [SCREEN_ASIDE_TEXT] = 120000,
    [SCREEN_ASIDE_KEPT] = 60000,
    [SCREEN_FETCHING] = FETCH_WAIT_MS,
    [SCREEN_FETCHED] = 120000,
    [SCREEN_CONDITION] = 120000,
    [SCREEN_COURSE] = 240000,
    [SCREEN_TASK] = 240000,
    [SCREEN_SCORE] = 240000,
    [SCREEN_TO_PHONE] = 180000,
    [SCREEN_FROM_PHONE] = 90000,
};

static bool is_adjusted(const struct visit *v)
{
    const struct preferences *p = &v->preferences;
    return v->language != LANGUAGE_ZH || p->is_elder || p->is_contrast || p->is_lowered ||
           p->is_speech_on || p->volume != VOLUME_DEFAULT;
}

enum { ACTING_MS = 300000 };

/* Whoever waits for a person is not asked whether they are still there. */
static bool is_waited_for(const struct visit *v)
{
    return v->screen == SCREEN_HELP && v->bell.state != BELL_QUIET;
}

/* With an agent, and in a class, there is talk between two touches; with nobody to help, less is left lying open. */
static int32_t patience_ms(const struct session *s)
{
    const struct visit *v = &s->visit;
    enum { STRICT_PERCENT = 66 };
    int32_t limit = limit_ms[v->screen];
    uint64_t in = UINT64_C(1) << v->screen;
    if (is_waited_for(v))
        return ACTING_MS;
    bool is_talk = v->agency.step == AGENCY_ACTING || s->course.is_running;
    if (is_talk && in & (BROWSING | FILLING))
        return ACTING_MS;
    return v->is_strict && in & (BROWSING | FILLING | ENDING | IN(HELP) | AIDED)
               ? limit / 100 * STRICT_PERCENT
               : limit;
}

int64_t session_deadline_ms(const struct session *s)
{
    int64_t reveal = s->visit.revealed_until_ms, due = INT64_MAX;
    int32_t limit = patience_ms(s);
    bool is_slow = s->visit.preferences.is_elder || s->visit.preferences.is_speech_on;
    /* A code that nobody finished is not left lying there. */
    if (s->visit.screen == SCREEN_ENROL && (*s->visit.typed || is_adjusted(&s->visit)))
        limit = 180000;
    /* Whoever chose a language or large letters and walked away leaves the usual page behind. */
    if (s->visit.screen == SCREEN_ATTRACT && is_adjusted(&s->visit))
        limit = 60000;
    enum screen screen = s->visit.screen;
    bool is_machine =
        screen == SCREEN_READING || screen == SCREEN_SUBMITTING || screen == SCREEN_FETCHING;
    /* Slow hands and slow reading: twice the time, except where a machine is waited for. */
    if (is_slow && limit < ACTING_MS)
        limit *= is_machine ? 1 : 2;
    /* Once the card is taken from a finished matter there is little left to wait for. */
    if (s->visit.screen == SCREEN_DONE && s->visit.has_person && !s->visit.is_card_present)
        limit /= 2;
    if (limit)
        /* A finger on the glass does not make the county any slower. */
        due = (screen == SCREEN_FETCHING ? s->visit.entered_ms : s->visit.touched_ms) + limit;
    if (s->visit.instant.state == INSTANT_WAITING && s->visit.instant.until_ms < due)
        due = s->visit.instant.until_ms;
    if (s->visit.matters.due_ms && s->visit.matters.due_ms < due)
        due = s->visit.matters.due_ms;
    if (s->visit.bell.state == BELL_RINGING && s->visit.bell.until_ms < due)
        due = s->visit.bell.until_ms;
    return reveal && reveal < due ? reveal : due;
}
