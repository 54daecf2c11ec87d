#include "ui/screen/scene.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "firmware/base/tongue.h"
#include "ui/screen/frame.h"

struct action scene_action(int verb, const char *name, const char *value)
{
    return (struct action){ verb, name, value };
}

const char *scene_words(const struct scene *s, const struct words *w)
{
    const char *own = w->in[s->view->language];
    if (!*own)
        return w->in[LANGUAGE_ZH];
    return s->view->preferences.tongue ? tr(own) : own;
}

/* ---- time for people ----------------------------------------------------------------- */

static struct tm local_parts(const struct scene *s, int64_t wall_ms)
{
    struct tm parts = { 0 };
    time_t seconds = (time_t)(wall_ms / 1000) + (time_t)s->around->utc_offset_minutes * 60;
    gmtime_r(&seconds, &parts);
    return parts;
}

void scene_date(char out[48], const struct scene *s, int64_t wall_ms, bool with_time)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct tm t = local_parts(s, wall_ms);
    int n = s->view->language == LANGUAGE_ZH
                ? snprintf(out, 48, "%d年%d月%d日", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday)
                : snprintf(out, 48, "%d %s %d", t.tm_mday, months[t.tm_mon], t.tm_year + 1900);
    if (with_time)
        snprintf(out + n, (size_t)(48 - n), " %02d:%02d", t.tm_hour, t.tm_min);
}

const char *scene_time(struct scene *s)
{
    struct tm t = local_parts(s, s->around->wall_ms);
    return page_format(s->page, "%02d:%02d", t.tm_hour, t.tm_min);
}

const char *scene_clock(struct scene *s)
{
    static const char *const days_zh[] = { "日", "一", "二", "三", "四", "五", "六" };
    static const char *const days_en[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    struct tm t = local_parts(s, s->around->wall_ms);
    if (!s->around->is_clock_set)
        return "";
    if (s->view->language == LANGUAGE_ZH)
        return page_format(s->page, "%d月%d日 星期%s  %02d:%02d", t.tm_mon + 1, t.tm_mday,
                           days_zh[t.tm_wday], t.tm_hour, t.tm_min);
    char date[48];
    scene_date(date, s, s->around->wall_ms, false);
    date[strlen(date) - 5] = 0; /* without the year */
    return page_format(s->page, "%s %s  %02d:%02d", days_en[t.tm_wday], date, t.tm_hour, t.tm_min);
}

int scene_spinner(struct scene *s)
{
    int64_t waited = s->around->boot_ms - s->around->since_ms;
    s->is_waiting = true;
    if (waited < SPINNER_AFTER_MS)
        return 0;
    return s->view->preferences.is_still ? 1 : 1 + (int)(waited / SPINNER_STEP_MS % SPINNER_PHASES);
}

/* Pages of the form before this one on which anything is asked. */
static int asked_before(const struct scene *s, size_t page)
{
    int count = 0;
    for (size_t i = 0; i < page; i++)
        count += session_page_is_asked(s->session, i);
    return count;
}

enum { LEAST_FOR_NAMES = 900 };

void scene_steps(struct scene *s, int current)
{
    const struct session_view *v = s->view;
    bool is_form = v->screen == SCREEN_FORM;
    bool has_names = s->room.h >= LEAST_FOR_NAMES;
    int pad = s->is_short ? 14 : 28, height = has_names ? 18 + scene_line(s, TYPE_SMALL) : 10;
    page_add(s->page, (struct widget){
                          .kind = &widget_steps,
                          .box = { s->x, s->y + pad, s->w, height },
                          .label = page_format(s->page, "%s\n%s\n%s\n%s", tr("Guide"),
                                               tr("Fill in"), tr("Check, sign"), tr("Slip")),
                          .number = { current, asked_before(s, is_form ? v->page : 0),
                                      is_form ? asked_before(s, v->service->page_count) : 0 } });
    s->y += pad + height + pad;
}

/* ---- which screen -------------------------------------------------------------------- */

/* Why a thing that was touched does nothing: over the page, for a moment. */
static void add_why(struct scene *s)
{
    const char *why = page_text(s->page, s->around->why);
    if (!*why)
        return;
    scene_column(s);
    int height = text_block_height(s->text, s->theme->types[TYPE_SMALL], why,
                                   widget_notice_room(s->theme, s->w), 3) +
                 40;
    int bottom = rect_is_empty(s->sheet) ? scene_actions_top(s) : scene_bottom(s) - 24;
    page_add(s->page, (struct widget){ .id = "why",
                                       .kind = &widget_notice,
                                       .box = { s->x, bottom - height - 16, s->w, height },
                                       .style = STYLE_WARNING,
                                       .icon = "info",
                                       .label = why });
}

static const char *locale(const struct session_view *v)
{
    if (v->tongues && v->preferences.tongue)
        return v->tongues->list[v->preferences.tongue - 1].code;
    return v->language == LANGUAGE_ZH ? "zh_CN" : "en";
}

void scene_build(struct scene *s)
{
    static void (*const build[SCREEN_COUNT])(struct scene *) = {
        [SCREEN_ATTRACT] = screen_attract,
        [SCREEN_READING] = screen_reading,
        [SCREEN_CARD_TROUBLE] = screen_card_trouble,
        [SCREEN_HOME] = screen_home,
        [SCREEN_POINT] = screen_point,
        [SCREEN_TICKET] = screen_ticket,
        [SCREEN_CALENDAR] = screen_calendar,
        [SCREEN_PLACES] = screen_places,
        [SCREEN_FIGURES] = screen_figures,
        [SCREEN_CANCEL] = screen_cancel,
        [SCREEN_WITHDRAW] = screen_withdraw,
        [SCREEN_OWN] = screen_own,
        [SCREEN_THEME] = screen_theme,
        [SCREEN_SEARCH] = screen_search,
        [SCREEN_GUIDE] = screen_guide,
        [SCREEN_CONDITION] = screen_condition,
        [SCREEN_NEED_CARD] = screen_need_card,
        [SCREEN_FETCHING] = screen_fetching,
        [SCREEN_FETCHED] = screen_fetched,
        [SCREEN_FORM] = screen_form,
        [SCREEN_REVIEW] = screen_review,
        [SCREEN_PAPERS] = screen_papers,
        [SCREEN_WAIVE] = screen_waive,
        [SCREEN_WAIVE_TEXT] = screen_waive_text,
        [SCREEN_NOTICE] = screen_notice,
        [SCREEN_SUBMITTING] = screen_submitting,
        [SCREEN_DONE] = screen_done,
        [SCREEN_NOT_SAVED] = screen_not_saved,
        [SCREEN_PROGRESS] = screen_progress,
        [SCREEN_HELP] = screen_help,
        [SCREEN_ASIDE] = screen_aside,
        [SCREEN_ASIDE_TEXT] = screen_aside_text,
        [SCREEN_ASIDE_KEPT] = screen_aside_kept,
        [SCREEN_LEAVE] = screen_question,
        [SCREEN_STILL_THERE] = screen_question,
        [SCREEN_CARD_REMOVED] = screen_question,
        [SCREEN_RATING] = screen_rating,
        [SCREEN_COVERED] = screen_covered,
        [SCREEN_OUT_OF_SERVICE] = screen_out_of_service,
        [SCREEN_COURSE] = screen_course,
        [SCREEN_TASK] = screen_task,
        [SCREEN_SCORE] = screen_score,
        [SCREEN_ENROL] = screen_enrol,
        [SCREEN_STAFF] = screen_staff,
        [SCREEN_AGENT_CARD] = screen_agent_card,
        [SCREEN_AGENT_HOME] = screen_agent_home,
        [SCREEN_AGENT_RESIDENT] = screen_agent_resident,
        [SCREEN_AGENT_CONSENT] = screen_agent_consent,
        [SCREEN_AGENT_WRONG] = screen_agent_wrong,
        [SCREEN_TO_PHONE] = screen_to_phone,
        [SCREEN_FROM_PHONE] = screen_from_phone,
        [SCREEN_HELPER] = screen_helper,
        [SCREEN_HELPER_BACK] = screen_helper_back,
    };
    tr_set_language(locale(s->view));
    frame_begin(s);
    (s->view->rest ? screen_rest : build[s->view->screen])(s);
    band_add(s);
    add_why(s);
}
