/* The stage: canvas, fonts, page and keyboard state together. A view goes in, pixels and the
 * session's events come out. Main thread only. */
#pragma once

#include "firmware/base/clock.h"
#include "firmware/session/session.h"
#include "ui/screen/walk.h"
#include "ui/widget/page.h"

struct rare;
struct shift_view; /* firmware/service/shift_view.h */
struct stage;      /* body in stage.c */

/* The theme follows the visitor's wishes; `theme` is what is drawn with before the first view. */
struct stage_config {
    const struct font_files *fonts;
    const struct theme_tokens *theme;
    const struct clock *clock;
    int utc_offset_minutes;
    struct panel panel;      /* all zero: the reference panel */
    const struct rare *rare; /* NULL: no rare characters by radical */
};

NODISCARD int stage_new(struct stage **out, const struct stage_config *config);
void stage_free(struct stage *s);
AUTO_DEFINE(struct stage, stage_free)

/* Build the page again if the session's view or the minute has changed, and draw what differs.
 * Returns the damage drawn; count 0 when nothing was. */
struct damage stage_update(struct stage *s, const struct session *session);
/* What SCREEN_STAFF shows from the next update on; borrowed. NULL: nothing, and there is no such screen. */
/* What the checker says of the item that is being written, in the band of every page; "" ends it. Copied. */
enum { STAGE_PREVIEW = 256 };
void stage_show_preview(struct stage *s, const char *words);
void stage_show_shift(struct stage *s, const struct shift_view *shift);
/* A finger. Fills `out` and returns true when the session must hear of it. */
bool stage_touch(struct stage *s, struct touch touch, struct event *out);
/* A key of the tactile keypad, as stage_touch(). */
bool stage_key(struct stage *s, enum stage_key key, struct event *out);
/* The stop a keypad is at, in a map of stage_page(); FOCUS_NONE while nobody walks. */
int stage_focus(const struct stage *s, const struct focus_map *m);
/* Another number, another page. */
int stage_page_key(const struct stage *s);
/* Everything must be drawn again (the window was uncovered). */
void stage_damage_all(struct stage *s);
/* Boot clock: when the page changes by itself (clock line, count-down, a sentence that goes);
 * INT64_MAX never. */
int64_t stage_deadline_ms(const struct stage *s);
/* The visit is over: forget every trace. The next page must have been drawn before (screen first,
 * then caches). */
void stage_forget(struct stage *s);

const struct canvas *stage_canvas(const struct stage *s);
const struct page *stage_page(const struct stage *s);
struct text *stage_text(struct stage *s);
/* What the page is drawn with now. */
const struct theme_tokens *stage_theme(const struct stage *s);
struct panel stage_panel(const struct stage *s);
/* Frames drawn since the start, for the bench. */
uint64_t stage_frames(const struct stage *s);
/* Scroll until the widget can be seen (robot). */
void stage_show(struct stage *s, const struct widget *w);
