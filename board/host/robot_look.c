/* What the robot sees and hears: the page as widgets, the state of things, pictures, words. */
#include <string.h>

#include "board/host/robot_inside.h"
#include "firmware/base/tongue.h"
#include "ui/present/present.h"

static json_t *rect_json(struct rect b)
{
    return json_pack("[i, i, i, i]", b.x, b.y, b.w, b.h);
}

static json_t *widget_json(const struct page *p, const struct widget *w)
{
    json_t *o =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:{s:b, s:b, s:b, s:b, s:b}}", "id", w->id, "role",
                  w->kind->role, "label", w->label, "rect", rect_json(page_box(p, w)), "touch",
                  rect_json(page_touch_box(p, w)), "state", "enabled", !w->is_disabled, "selected",
                  w->is_selected, "focused", w->is_focused, "ringed", w->is_ringed, "touchable",
                  w->action.verb != 0 || w->kind->is_pad);
    if (*w->detail)
        json_object_set_new(o, "detail", json_string(w->detail));
    if (w->field) {
        json_object_set_new(o, "kind", json_string(w->field->kind));
        json_object_set_new(o, "required", json_boolean(w->field->is_required));
        json_object_set_new(o, "value", json_string(w->field->value));
        json_object_set_new(o, "error", json_string(w->field->error));
    } else if (*w->value) {
        json_object_set_new(o, "value", json_string(w->value));
    }
    return o;
}

/* What does not work now, by name. */
static json_t *impaired_json(unsigned bits)
{
    static const struct {
        unsigned bit;
        const char *name;
    } parts[] = { { IMPAIRED_READER, "reader" },
                  { IMPAIRED_PRINTER, "printer" },
                  { IMPAIRED_NETWORK, "network" },
                  { IMPAIRED_SUBMIT, "submit" } };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (bits & parts[i].bit)
            json_array_append_new(list, json_string(parts[i].name));
    return list;
}

json_t *robot_tree(struct robot *r, const json_t *request)
{
    (void)request;
    const struct page *p = robot_page(r);
    json_t *list = json_array(), *o = robot_done(r);
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        bool is_seen = !rect_is_empty(page_box(p, w)) || w->field;
        if (is_seen && (*w->id || *w->label))
            json_array_append_new(list, widget_json(p, w));
    }
    const struct session_view *v = robot_view(r);
    json_object_set_new(o, "language",
                        json_string(v->preferences.tongue
                                        ? v->tongues->list[v->preferences.tongue - 1].code
                                    : v->language == LANGUAGE_ZH ? "zh"
                                                                 : "en"));
    json_object_set_new(o, "widgets", list);
    return o;
}

json_t *robot_state(struct robot *r, const json_t *request)
{
    (void)request;
    static const char *const papers[] = { "off", "printing", "done", "ask", "failed" };
    static const char *const cases[] = { "unasked", "asking",    "here",       "sent",
                                         "county",  "not-found", "bad-number", "unavailable" };
    struct stage *stage = r->hands.stage(r->hands.context);
    struct text_usage usage = text_usage(stage_text(stage));
    json_t *o = robot_done(r);
    json_object_set_new(o, "under", json_string(robot_screen_word(robot_view(r)->under)));
    json_object_set_new(o, "frames", json_integer((json_int_t)stage_frames(stage)));
    json_object_set_new(o, "started_us", json_integer(r->started_us));
    json_object_set_new(o, "screen_us", json_integer(r->screen_us));
    json_object_set_new(o, "visit_us", json_integer(r->visit_us));
    json_object_set_new(o, "impaired", impaired_json(robot_view(r)->impaired));
    json_object_set_new(o, "paper", json_string(papers[robot_view(r)->paper]));
    json_object_set_new(o, "case", json_string(cases[robot_view(r)->asked.where]));
    json_object_set_new(o, "case_state", json_string(robot_view(r)->asked.state));
    json_object_set_new(o, "text_cache", json_integer((json_int_t)usage.cache_bytes));
    return o;
}

/* Before somebody is known to be here: a card on the plate may be anybody's. */
static bool is_nobody(enum screen s)
{
    return s == SCREEN_ATTRACT || s == SCREEN_OUT_OF_SERVICE || s == SCREEN_ENROL ||
           s == SCREEN_READING || s == SCREEN_CARD_TROUBLE;
}

void robot_note_screen(struct robot *r)
{
    enum screen now = robot_view(r)->screen;
    if (now != r->screen)
        r->screen_us = robot_us();
    if (is_nobody(r->screen) && !is_nobody(now))
        r->visit_us = r->screen_us;
    r->screen = now;
}

json_t *robot_screenshot(struct robot *r, const json_t *request)
{
    int failed =
        present_png(stage_canvas(r->hands.stage(r->hands.context)), json_text_at(request, "file"));
    return failed ? robot_refused(strerror(-failed)) : robot_done(r);
}

/* What was said, the newest first: all that a person who cannot see the screen has. */
json_t *robot_speech(struct robot *r, const json_t *request)
{
    const struct voice *voice = r->hands.voice(r->hands.context);
    const struct voice_line *line;
    json_t *o = robot_done(r), *said = json_array();
    (void)request;
    for (size_t i = 0; voice && (line = voice_transcript(voice, i)); i++)
        json_array_append_new(said, json_pack("{s:s, s:s, s:b, s:b}", "language",
                                              line->language == SAY_ZH ? "zh" : "en", "words",
                                              line->words, "private", line->is_private, "held_back",
                                              line->was_held_back));
    json_object_set_new(o, "said", said);
    json_object_set_new(o, "count",
                        json_integer(voice ? (json_int_t)voice_transcript_count(voice) : 0));
    return o;
}
