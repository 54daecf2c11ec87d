/* What a screen builds from and with. Screens are functions from the session's view to widgets:
 * they hold no state and draw nothing. One file each; this header is inside ui/screen only, except
 * scene_build(). */
#pragma once

#include "firmware/session/event.h"
#include "firmware/session/view.h"
#include "ui/input/sheet.h"
#include "ui/text/tr.h"
#include "ui/widget/page.h"

/* Verbs of widgets that never leave the user interface. */
enum ui_verb { UI_UP = EV_COUNT + 1, UI_DOWN, UI_LETTERS, UI_SIGNS, UI_SHIFT };

/* State of the user interface that is not the session's. */
struct surroundings {
    int64_t wall_ms, boot_ms; /* now */
    int utc_offset_minutes;
    bool is_clock_set;
    enum keys keys;
    bool is_shifted;
    const char *why; /* sentence about a disabled thing that was touched, or "" */
};

struct scene {
    struct page *page;
    const struct session *session;
    const struct session_view *view;
    struct text *text;
    const struct theme_tokens *theme;
    const struct surroundings *around;
    int y; /* where the next thing goes, for the flow functions */
    bool is_in_scroll;
};

/* Build the widgets of the view's screen into the page, between page_begin() and page_end(). */
void scene_build(struct scene *s);

/* ---- parts that screens share -------------------------------------------------------- */
enum { MARGIN = 48, INNER_W = PAGE_W - 2 * MARGIN, CONTENT_TOP = 212, SCROLLER_H = 96 };

/* Text of the catalogue in the session's language. */
const char *scene_words(const struct scene *s, const struct words *w);
/* Blue band with the point's name, date and time; `bottom` is where it ends. */
void scene_brand(struct scene *s, int bottom);
/* The same with a title, "back" (verb 0: none) and "exit". s->y is set below it. */
void scene_header(struct scene *s, const char *title, int back_verb);
/* Bar of small tools at the bottom: language and help. */
void scene_bar(struct scene *s);
/* One or two buttons at the bottom: primary at the right, the other at the left (NULL: none, verb
 * may be 0). */
struct button_spec {
    const char *id, *label, *icon;
    int verb;
    const char *name, *value;
};
void scene_actions(struct scene *s, const struct button_spec *primary,
                   const struct button_spec *other);
/* The way: guide, form, review, slip. */
void scene_steps(struct scene *s, int current);

/* Flow: put something at s->y and move below it. Return the widget. */
struct widget *flow_text(struct scene *s, enum type_token type, enum color color, const char *text,
                         size_t max_lines);
struct widget *flow_heading(struct scene *s, enum type_token type, const char *text);
void flow_gap(struct scene *s, int px);
struct widget *flow_notice(struct scene *s, enum widget_style style, const char *icon,
                           const char *text);
struct widget *flow_row(struct scene *s, struct widget row);
struct widget *flow_fact(struct scene *s, const char *label, const char *value, bool is_last);
/* Widgets from here to flow_end() move together in the area between s->y and `bottom`; up and down
 * buttons appear when they do not fit. */
void flow_begin(struct scene *s, int bottom);
void flow_end(struct scene *s, int bottom);

/* A full-page message: icon, one sentence, one explanation, from `y`. */
void scene_message(struct scene *s, enum widget_style style, const char *icon, const char *title,
                   const char *text);

/* Row of a service as lists show it. */
void flow_service(struct scene *s, const struct service *service, bool with_office);
/* What does not work, in words; nothing when all is well. */
void flow_impairments(struct scene *s);

struct action scene_action(int verb, const char *name, const char *value);

/* A calendar day, and the time of day with it, as the language writes them. */
void scene_date(char out[48], const struct scene *s, int64_t wall_ms, bool with_time);

/* The sheet of keys with its verbs set to this session's events. */
struct sheet scene_sheet(const struct scene *s, enum sheet_kind kind);

/* ---- screens ------------------------------------------------------------------------- */
void screen_attract(struct scene *s);
void screen_reading(struct scene *s);
void screen_card_trouble(struct scene *s);
void screen_home(struct scene *s);
void screen_theme(struct scene *s);
void screen_search(struct scene *s);
void screen_guide(struct scene *s);
void screen_need_card(struct scene *s);
void screen_form(struct scene *s);
void screen_review(struct scene *s);
void screen_submitting(struct scene *s);
void screen_done(struct scene *s);
void screen_not_saved(struct scene *s);
void screen_progress(struct scene *s);
void screen_help(struct scene *s);
void screen_question(struct scene *s); /* leave, still there, card removed */
void screen_out_of_service(struct scene *s);
