/* What lies in the tray, read aloud: who cannot see the paper knows what it says. */
#include <stdio.h>
#include <string.h>

#include "ui/speech/tell.h"
#include "ui/text/tr.h"

static void tell_columns(const struct tell *t, const struct slip_line *line)
{
    const char *label, *value;
    size_t label_bytes, value_bytes;
    char text[256];
    for (size_t i = 0; slip_column(line, i, &label, &label_bytes, &value, &value_bytes); i++) {
        snprintf(text, sizeof(text), "%.*s", (int)(label_bytes < 200 ? label_bytes : 200), label);
        tell_private(t, text);
        snprintf(text, sizeof(text), "%.*s", (int)(value_bytes < 200 ? value_bytes : 200), value);
        tell_private(t, text);
        tell_full_stop(t);
    }
    explicit_bzero(text, sizeof(text));
}

/* What the form of a line tells those who see it; "": nothing. */
static const char *form_of(enum slip_kind kind)
{
    switch (kind) {
    case SLIP_QR:
        return tr("Here is a code to photograph");
    case SLIP_BOX:
        return tr("To be done");
    case SLIP_TICKED:
    case SLIP_STEP_DONE:
        return tr("Settled");
    case SLIP_STEP:
        return tr("To come");
    case SLIP_BLOCK:
        return tr("Important");
    default:
        return "";
    }
}

static void tell_line(const struct tell *t, const struct slip_line *line)
{
    bool is_label_first = line->kind == SLIP_PAIR || line->kind == SLIP_NAME ||
                          line->kind == SLIP_NUMBER || line->kind == SLIP_BLOCK ||
                          line->kind == SLIP_STEP || line->kind == SLIP_STEP_DONE;
    /* The label of a title, a mark or a heading says the same in the other language. */
    bool has_other =
        line->kind == SLIP_TITLE || line->kind == SLIP_MARK || line->kind == SLIP_HEADING;
    const char *label = line->label && !has_other ? line->label : "";
    const char *text = line->text && line->kind != SLIP_QR ? line->text : "";
    tell_private(t, form_of(line->kind));
    if (is_label_first)
        tell_private(t, label);
    tell_private(t, text);
    if (!is_label_first)
        tell_private(t, label);
    tell_full_stop(t);
}

void narrate_slip(const struct slip *slip, enum say_language language, struct utterance *out)
{
    const struct narrate_place place = { .language = language };
    struct tell t = tell_begin(out, &place, NULL);
    for (size_t i = 0; i < slip->count; i++) {
        const struct slip_line *line = &slip->lines[i];
        if (line->kind == SLIP_RULE || line->kind == SLIP_SPACE)
            continue;
        if (line->kind == SLIP_COLUMNS)
            tell_columns(&t, line);
        else
            tell_line(&t, line);
    }
    tell_end_open(&t, tr("The slip holds private things; plug in headphones to hear it."));
}
