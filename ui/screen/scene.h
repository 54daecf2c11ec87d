/* What a screen builds from and with. Screens are functions from the session's view to widgets:
 * they hold no state and draw nothing. One file each; this header is inside ui/screen only, except
 * scene_build(). */
#pragma once

#include "firmware/service/shift.h"
#include "firmware/session/event.h"
#include "firmware/session/view.h"
#include "ui/screen/keyboard.h"
#include "ui/text/tr.h"
#include "ui/widget/page.h"

/* Verbs of widgets that never leave the user interface. */
enum ui_verb {
    UI_UP = EV_COUNT + 1,
    UI_DOWN,
    UI_MORE,
    UI_LESS,
    UI_LETTERS, /* from here on the keyboard's own */
    UI_SIGNS,
    UI_SHIFT,
    UI_CANDIDATES,
    UI_STROKES,
    UI_RADICAL,
    UI_NEXT_PAGE,
    UI_DECADE,
    UI_PICK_PAGE
};

/* State of the user interface that is not the session's. */
struct surroundings {
    int64_t wall_ms, boot_ms; /* now */
    int utc_offset_minutes;
    bool is_clock_set;
    struct keyboard keyboard;
    const struct rare *rare; /* NULL: the table of rare characters is missing */
    bool is_more;            /* the elder home shows every theme instead of four tasks */
    int64_t since_ms;        /* boot clock: since when this page waits */
    const char *preview;     /* of an item that is being written: what the checker says; "" none */
    const char *why;         /* sentence about a disabled thing that was touched, or "" */
};

struct scene {
    struct page *page;
    const struct session *session;
    const struct session_view *view;
    struct text *text;
    const struct theme_tokens *theme;
    const struct shift_view *shift; /* SCREEN_STAFF */
    const struct surroundings *around;
    struct panel panel;
    /* Taken from the panel and the visitor's wishes by scene_build(). */
    struct rect room;  /* what the screen may use: all of the panel, its lower part, beside a bar */
    bool is_wide;      /* landscape: things stand side by side */
    bool is_short;     /* little height: the header is one row */
    bool is_lowered;   /* the room is the lower part of an upright panel */
    struct rect head;  /* x and w of the header */
    struct rect sheet; /* where keys go; empty: none */
    struct rect actions; /* the row of buttons at the bottom */
    bool has_scrollers;  /* up and down stand in that row */
    int band_h;  /* of the line above the room that says in whose name, or that it is practice */
    int x, w, y; /* the column in use, and where the next thing goes in it */
    bool is_in_scroll;
    bool is_waiting; /* there is a sign of waiting: set by scene_spinner() */
};

/* Build the widgets of the view's screen into the page, between page_begin() and page_end(). */
void scene_build(struct scene *s);

/* ---- places -------------------------------------------------------------------------- */
static inline int scene_bottom(const struct scene *s)
{
    return s->room.y + s->room.h;
}
/* Where content ends above a row of actions. */
int scene_actions_top(const struct scene *s);
/* Height of the header that scene_header() makes. */
int scene_header_h(const struct scene *s);
/* Height of one line of a type. */
static inline int scene_line(const struct scene *s, enum type_token type)
{
    return s->theme->types[type].line_px;
}
/* One column of readable width in the middle of the room. */
void scene_column(struct scene *s);
/* The room's width cut in two with a gap; `percent` of it is the left part. */
struct halves {
    struct rect left, right; /* x and w */
};
struct halves scene_halves(const struct scene *s, int percent);
void scene_use(struct scene *s, struct rect column);
/* This page has a sheet of keys: below the content, or at its right on a wide panel. Call before
 * scene_header(). */
void scene_expect_sheet(struct scene *s);
/* Put the sheet there. */
void scene_add_sheet(struct scene *s, const struct sheet *sheet);
/* What its keys may use: all but the row of actions. */
struct rect scene_keys_area(const struct scene *s);
/* This page waits. Long enough to need a sign? Then the phase of the spinner, else 0. */
enum { SPINNER_AFTER_MS = 400, SPINNER_STEP_MS = 80 };
int scene_spinner(struct scene *s);

/* ---- parts that screens share -------------------------------------------------------- */

/* Text of the catalogue in the session's language. */
const char *scene_words(const struct scene *s, const struct words *w);
struct button_spec {
    const char *id, *label, *icon;
    int verb;
    const char *name, *value;
};
/* Blue band with the point's name, date and time; `bottom` is where it ends on the page. */
void scene_brand(struct scene *s, int bottom);
/* The same with a title, "back" (verb 0: none) and "exit". s->y is set below it. */
void scene_header(struct scene *s, const char *title, int back_verb);
/* The same with buttons of one's own; NULL: none. */
void scene_header_with(struct scene *s, const char *title, const struct button_spec *back,
                       const struct button_spec *end);
/* Bar of tools at the bottom, at the right on a wide panel: letters, contrast, height, language,
 * help. The room ends at it, so it comes before everything else. */
void scene_bar(struct scene *s);
/* The same tools as buttons in `columns` at s->y. */
void scene_tools(struct scene *s, int columns);
/* Buttons at the bottom: primary at the right, the other at the left (NULL: none, verb may be 0),
 * help between them unless the page offers it elsewhere. */
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
int flow_row_height(const struct scene *s, const struct widget *row);
struct widget *flow_fact(struct scene *s, const char *label, const char *value, bool is_last);
/* Widgets from here to flow_end() move together in the area between s->y and `bottom`; up and down
 * buttons appear when they do not fit. */
void flow_begin(struct scene *s, int bottom);
void flow_end(struct scene *s, int bottom);

/* A full-page message: icon, one sentence, one explanation, from `y`. */
void scene_message(struct scene *s, enum widget_style style, const char *icon, const char *title,
                   const char *text);
/* The same in the middle between s->y and `bottom`, with room for `extra` px below it. */
void scene_message_between(struct scene *s, int bottom, int extra, enum widget_style style,
                           const char *icon, const char *title, const char *text);
/* A ring that turns, in the column's middle, once the wait is long enough to need it. */
void flow_spinner(struct scene *s);
/* A card around what is added from here on; give the result to flow_card_end(). */
struct widget *flow_card(struct scene *s);
void flow_card_end(struct scene *s, struct widget *card);

/* Row of a service as lists show it, and its height with the gap below. */
int flow_service_height(struct scene *s, const struct service *service, bool with_office);
void flow_service(struct scene *s, const struct service *service, bool with_office);
/* A paper: what it is, and where it comes from or by when it follows. */
void flow_material(struct scene *s, const struct material *m, enum widget_style style,
                   const char *icon);
/* The same of anything: a mark, what it is, and a smaller line ("": none). */
void flow_mark(struct scene *s, enum widget_style style, const char *icon, const char *name,
               const char *detail);
/* The way for whoever was not helped (SS-13), under `label`; nothing when the county has none. */
void scene_add_unsettled(struct scene *s, const char *label);
/* What does not work, in words; nothing when all is well. */
void flow_impairments(struct scene *s);

struct action scene_action(int verb, const char *name, const char *value);

/* What the county's word for a state means, as a title. */
const char *scene_case_title(const char *state);
/* The way in for whoever helps somebody: a row, nothing where this point has no agents. */
bool scene_has_agents(const struct scene *s);

/* A calendar day, and the time of day with it, as the language writes them. */
void scene_date(char out[48], const struct scene *s, int64_t wall_ms, bool with_time);

/* ---- screens ------------------------------------------------------------------------- */
void screen_attract(struct scene *s);
void screen_rest(struct scene *s);
void screen_reading(struct scene *s);
void screen_card_trouble(struct scene *s);
void screen_home(struct scene *s);
void screen_point(struct scene *s);
void screen_ticket(struct scene *s);
void screen_calendar(struct scene *s);
void screen_places(struct scene *s);
void screen_figures(struct scene *s);
void screen_cancel(struct scene *s);
void screen_withdraw(struct scene *s);
void screen_own(struct scene *s);
void screen_theme(struct scene *s);
void screen_search(struct scene *s);
void screen_guide(struct scene *s);
void screen_condition(struct scene *s);
void screen_need_card(struct scene *s);
void screen_fetching(struct scene *s);
void screen_fetched(struct scene *s);
void screen_form(struct scene *s);
void screen_review(struct scene *s);
void screen_papers(struct scene *s);
void screen_waive(struct scene *s);
void screen_waive_text(struct scene *s);
void screen_notice(struct scene *s);
void screen_submitting(struct scene *s);
void screen_done(struct scene *s);
void screen_not_saved(struct scene *s);
void screen_progress(struct scene *s);
void screen_help(struct scene *s);
void screen_aside(struct scene *s);
void screen_aside_text(struct scene *s);
void screen_aside_kept(struct scene *s);
void screen_question(struct scene *s); /* leave, still there, card removed */
void screen_rating(struct scene *s);
void screen_covered(struct scene *s);
void screen_out_of_service(struct scene *s);
void screen_enrol(struct scene *s);
void screen_staff(struct scene *s);
void screen_agent_card(struct scene *s);
void screen_agent_home(struct scene *s);
void screen_agent_resident(struct scene *s);
void screen_agent_consent(struct scene *s);
void screen_agent_wrong(struct scene *s);
void screen_to_phone(struct scene *s);
void screen_from_phone(struct scene *s);
void screen_course(struct scene *s);
void screen_task(struct scene *s);
void screen_score(struct scene *s);
void screen_helper(struct scene *s);
void screen_helper_back(struct scene *s);
