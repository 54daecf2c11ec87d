/* Acts that find a matter. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

/* ---- finding a matter ------------------------------------------------------------------------ */

enum screen act_go_home(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.theme = NULL;
    return SCREEN_HOME;
}

enum screen act_open_theme(struct session *s, const struct event *e)
{
    s->visit.theme = e->name ? catalogue_find_theme(s->catalogue, e->name) : NULL;
    return s->visit.theme ? SCREEN_THEME : stay();
}

enum screen act_open_own(struct session *s, const struct event *e)
{
    (void)e;
    return point_own(desk_news(s)) ? SCREEN_OWN : stay();
}

static void search(struct session *s)
{
    struct visit *v = &s->visit;
    size_t most = sizeof(v->found) / sizeof(v->found[0]);
    v->is_near = false;
    v->found_count =
        *v->typed ? catalogue_search(s->catalogue, v->typed, v->found, most, &v->is_near) : 0;
}

enum screen act_open_search(struct session *s, const struct event *e)
{
    (void)e;
    explicit_bzero(s->visit.typed, sizeof(s->visit.typed));
    search(s);
    spelling_begin(s, NULL);
    return SCREEN_SEARCH;
}

enum screen act_clear_search(struct session *s, const struct event *e)
{
    (void)e;
    explicit_bzero(s->visit.typed, sizeof(s->visit.typed));
    search(s);
    spelling_clear(s);
    return stay();
}

void find_type(struct session *s, const char *text)
{
    size_t used = strlen(s->visit.typed);
    text_copy(s->visit.typed + used, TYPED_MAX - used, text);
    search(s);
}

enum screen act_type_search(struct session *s, const struct event *e)
{
    find_type(s, e->value ? e->value : "");
    return stay();
}

void typed_erase(struct session *s)
{
    char *typed = s->visit.typed;
    size_t length = strlen(typed), count = text_count(typed);
    size_t keep = count ? text_offset(typed, count - 1) : 0;
    explicit_bzero(typed + keep, length - keep);
}

enum screen act_erase_search(struct session *s, const struct event *e)
{
    (void)e;
    if (!spelling_erase(s))
        typed_erase(s);
    search(s);
    return stay();
}

enum screen act_open_service(struct session *s, const struct event *e)
{
    const struct service *service = e->name ? catalogue_find(s->catalogue, e->name) : NULL;
    if (!service)
        return stay();
    s->visit.list = s->visit.screen;
    s->visit.service = service;
    precheck_begin(s);
    return SCREEN_GUIDE;
}

enum screen act_leave_guide(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.service = NULL;
    return s->visit.list == SCREEN_GUIDE ? SCREEN_HOME : s->visit.list;
}

enum screen act_start_form(struct session *s, const struct event *e)
{
    (void)e;
    const struct service *service = s->visit.service;
    enum screen instead;
    if (!agency_may_start(s, &instead))
        return instead;
    if (service->reach == REACH_INFO || desk_is_elsewhere(s, service))
        return stay();
    if (service->needs_card && !s->visit.has_person)
        return SCREEN_NEED_CARD;
    return form_open(s);
}
