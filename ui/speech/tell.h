/* Building an utterance part by part. Inside ui/speech only. */
#pragma once

#include "ui/speech/narrate.h"

struct tell {
    struct utterance *out;
    const struct narrate_place *place;
    const struct page *page; /* may be NULL */
};

struct tell tell_begin(struct utterance *out, const struct narrate_place *place,
                       const struct page *page);
/* Add a part behind a comma; private also when the page knows it as somebody's. */
void tell_add(const struct tell *t, const char *text);
void tell_private(const struct tell *t, const char *text);
/* The same, with other words for the room than the neutral sentence; "" for none. */
void tell_hidden(const struct tell *t, const char *text, const char *open);
void tell_if(const struct tell *t, bool is_private, const char *text);
void tell_format(const struct tell *t, const char *format, ...) PRINTF_LIKE(2, 3);
/* The next part begins a sentence. */
void tell_full_stop(const struct tell *t);
/* Use these words for everyone instead of the neutral sentence. */
void tell_end(const struct tell *t);
void tell_end_open(const struct tell *t, const char *open);

/* ---- what a stop says ---------------------------------------------------------------- */
void describe_stop(const struct tell *t, const struct focus_map *m, int at, bool with_question);
/* "A" -> "capital A", " " -> "space"; at most the characters from byte `from` on. */
void describe_typed(const struct tell *t, const char *value, size_t from);
/* A choice or a tick box: its state in words. */
const char *describe_choice(const struct widget *w);
/* Are the words of this stop somebody's own? */
bool describe_is_private(const struct tell *t, const struct widget *w);
/* The field that the keys type into; NULL: none. */
const struct widget *describe_typed_field(const struct page *p);
/* Are the keys those of a date, and what they ask next ("Which month?"). */
bool tell_is_picking(const struct tell *t);
void tell_picking(const struct tell *t);
/* What the places are that may be chosen instead of typing one. False: none are offered. */
bool tell_offer(const struct tell *t);
