#include "drivers/printer/status.h"

#include <stdio.h>
#include <string.h>

static bool has(uint8_t byte, unsigned bit)
{
    return (byte >> bit & 1) != 0;
}

static void apply_errors(struct printer_status *s, uint8_t byte)
{
    s->is_mechanical_error = has(byte, 2);
    s->is_cutter_error = has(byte, 3);
    s->is_unrecoverable = has(byte, 5);
    s->is_hot = has(byte, 6);
}

void status_apply(struct printer_status *s, uint8_t n, uint8_t byte)
{
    switch (n) {
    case 1:
        s->is_offline = has(byte, 3);
        break;
    case 2:
        s->is_cover_open = has(byte, 2);
        s->is_feeding = has(byte, 3);
        s->is_stopped_by_paper = has(byte, 5);
        s->has_stopped_by_error = has(byte, 6);
        break;
    case 3:
        apply_errors(s, byte);
        break;
    case 4:
        /* Pairs on Epson; elsewhere either bit counts. */
        s->is_near_end = has(byte, 2) || has(byte, 3);
        s->is_paper_end = has(byte, 5) || has(byte, 6);
        break;
    default:
        return;
    }
    s->is_known = true;
}

void status_apply_four(struct printer_status *s, const uint8_t bytes[4])
{
    *s = (struct printer_status){ .is_known = true };
    s->is_offline = has(bytes[0], 3);
    s->is_cover_open = has(bytes[0], 5);
    s->is_feeding = has(bytes[0], 6);
    apply_errors(s, bytes[1]);
    s->is_near_end = has(bytes[2], 0) || has(bytes[2], 1);
    s->is_paper_end = has(bytes[2], 2) || has(bytes[2], 3);
}

void status_apply_full(struct printer_status *s, const uint8_t bytes[4])
{
    *s = (struct printer_status){ .is_known = true };
    s->is_paper_end = has(bytes[0], 0);
    s->is_near_end = has(bytes[0], 2) || has(bytes[0], 6);
    s->is_ticket_out = has(bytes[0], 5);
    s->is_cover_open = has(bytes[1], 0) || has(bytes[1], 1);
    s->is_feeding = has(bytes[1], 5) || has(bytes[1], 6);
    s->is_hot = has(bytes[2], 0);
    s->is_mechanical_error = has(bytes[2], 3);
    s->is_cutter_error = has(bytes[3], 0) || has(bytes[3], 1);
    s->is_unrecoverable = has(bytes[3], 2) || has(bytes[3], 3);
    s->is_offline = s->is_paper_end || s->is_cover_open || bytes[2] || bytes[3];
}

enum printer_trouble status_trouble(const struct printer_status *s)
{
    if (!s->is_known)
        return PRINTER_UNKNOWN;
    if (s->is_unrecoverable)
        return PRINTER_UNRECOVERABLE;
    if (s->is_cutter_error)
        return PRINTER_CUTTER;
    if (s->is_cover_open)
        return PRINTER_COVER_OPEN;
    if (s->is_paper_end || s->is_stopped_by_paper)
        return PRINTER_PAPER_END;
    /* The bit is undefined on some models, so it counts only beside "offline". */
    return s->is_mechanical_error && s->is_offline ? PRINTER_MECHANICAL : PRINTER_NO_TROUBLE;
}

const char *printer_trouble_word(enum printer_trouble t)
{
    static const char *const words[] = { "",           "unrecoverable error", "cutter error",
                                         "cover open", "paper end",           "mechanical error",
                                         "no answer",  "too little paper" };
    return words[t];
}

static void add(char out[PRINTER_STATUS_WORDS], bool is_so, const char *word)
{
    size_t used = strlen(out);
    if (is_so)
        snprintf(out + used, PRINTER_STATUS_WORDS - used, "%s%s", used ? ", " : "", word);
}

/* All words together are shorter than PRINTER_STATUS_WORDS (a test sets every bit). */
void printer_status_words(char out[PRINTER_STATUS_WORDS], const struct printer_status *s)
{
    bool is_paper_end = s->is_paper_end || s->is_stopped_by_paper;
    *out = 0;
    add(out, !s->is_known, "no answer");
    if (!s->is_known)
        return;
    add(out, status_trouble(s) == PRINTER_NO_TROUBLE, "ready");
    add(out, s->is_unrecoverable, "unrecoverable error");
    add(out, s->is_cutter_error, "cutter error");
    add(out, s->is_mechanical_error, "mechanical error");
    add(out, s->is_cover_open, "cover open");
    add(out, is_paper_end, "paper end");
    add(out, s->is_near_end && !is_paper_end, "paper near end");
    add(out, s->is_hot, "print head hot");
    add(out, s->is_ticket_out, "a slip waits to be taken");
    add(out, s->is_feeding, "feeding by button");
    add(out, s->is_offline, "offline");
}
