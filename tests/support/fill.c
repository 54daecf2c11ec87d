#include "tests/support/fill.h"

#include <string.h>

static void send(struct session *s, enum event_kind kind, const char *name, const char *value)
{
    session_handle(s, &(struct event){ .kind = kind, .name = name, .value = value });
}

static const char *wish(const struct fill_answer *wishes, const char *field)
{
    for (; wishes && wishes->field; wishes++)
        if (!strcmp(wishes->field, field))
            return wishes->value;
    return NULL;
}

/* Something that the field takes. */
static const char *sample(const struct field *f)
{
    static const char *const samples[] = { "测试",        "测试路一号", "339999199001010021",
                                           "13800000000", "20261201",   "20261101",
                                           "20251201",    "20000101",   "20270110",
                                           "100",         "12345678",   "12" };
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
        if (!answer_check(f, samples[i], "20261124"))
            return samples[i];
    return "";
}

static bool is_chosen(const struct field *f)
{
    return f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO;
}

static void answer(struct session *s, const struct field *f, const struct fill_answer *wishes)
{
    const char *wished = wish(wishes, f->name);
    if (!session_field_is_visible(s, f) || session_field_is_locked(s, f))
        return;
    if (is_chosen(f)) {
        const char *first = f->kind == FIELD_YES_NO ? "no" : f->choices[0].value;
        if (wished || !*session_answer(s, f))
            send(s, EV_CHOOSE, f->name, wished ? wished : first);
        return;
    }
    if (*session_answer(s, f) && !wished)
        return;
    send(s, EV_FOCUS, f->name, "");
    send(s, EV_CLEAR, "", "");
    send(s, EV_TYPE, "", wished ? wished : sample(f));
    send(s, EV_FOCUS, "", "");
}

bool fill_form(struct session *s, const struct fill_answer *wishes)
{
    for (int step = 0; step < 80 && session_view(s)->screen == SCREEN_FORM; step++) {
        const struct session_view *v = session_view(s);
        const struct service *service = v->service;
        const struct form_page *page = &service->pages[v->page];
        for (size_t i = 0; i < page->field_count; i++)
            answer(s, &service->fields[page->first_field + i], wishes);
        send(s, EV_NEXT, "", "");
    }
    return session_view(s)->screen != SCREEN_FORM;
}

void fill_papers(struct session *s, const char *word)
{
    const struct service *service = session_view(s)->service;
    for (size_t i = 0; service && i < service->material_count; i++) {
        send(s, EV_ANSWER_PAPER, service->materials[i].id, "here");
        send(s, EV_ANSWER_PAPER, service->materials[i].id, word);
    }
}
