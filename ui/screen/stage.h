/* The stage: canvas, fonts, page and keyboard state together. A view goes in, pixels and the
 * session's events come out. Main thread only. */
#pragma once

#include "firmware/base/clock.h"
#include "firmware/session/session.h"
#include "ui/widget/page.h"

struct stage; /* body in stage.c */

struct stage_config {
    const struct font_files *fonts;
    const struct theme_tokens *theme;
    const struct clock *clock;
    int utc_offset_minutes;
};

NODISCARD int stage_new(struct stage **out, const struct stage_config *config);
void stage_free(struct stage *s);
AUTO_DEFINE(struct stage, stage_free)

/* Build the page again if the session's view or the minute has changed, and draw what differs.
 * Returns the damage drawn; count 0 when nothing was. */
struct damage stage_update(struct stage *s, const struct session *session);
/* A finger. Fills `out` and returns true when the session must hear of it. */
bool stage_touch(struct stage *s, struct touch touch, struct event *out);
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
/* Frames drawn since the start, for the bench. */
uint64_t stage_frames(const struct stage *s);
/* Scroll until the widget can be seen (robot). */
void stage_show(struct stage *s, const struct widget *w);
