#include "ui/screen/elsewhere.h"

#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/county.h"

static void join(char *out, size_t size, const char *between, const char *part)
{
    size_t used = strlen(out);
    snprintf(out + used, size - used, "%s%s", used ? between : "", part);
}

static void add_taken(struct scene *s, const struct service_elsewhere *e)
{
    const char *comma = s->view->language == LANGUAGE_ZH ? "、" : ", ";
    char names[512] = "";
    for (size_t i = 0; i < catalogue_county_count(s->view->catalogue); i++)
        if (e->takes & UINT32_C(1) << i)
            join(names, sizeof(names), comma,
                 scene_words(s, &catalogue_county(s->view->catalogue, i)->name));
    flow_notice(s, STYLE_SUCCESS, "check",
                page_format(s->page,
                            tr("Also handed in here for: %s. They decide, in %d working days more; "
                               "the answer comes here."),
                            names, e->days));
    flow_gap(s, 16);
}

/* Where else to go, so that nobody fills in a form in vain. */
static void add_not_taken(struct scene *s, const struct county *county)
{
    flow_notice(s, STYLE_QUIET, "location_on",
                page_format(s->page, tr("Not taken here for %s. Please go to: %s, %s, %s"),
                            scene_words(s, &county->name), scene_words(s, &county->office),
                            scene_words(s, &county->address), county->phone));
    flow_gap(s, 16);
}

void elsewhere_add_guide(struct scene *s)
{
    const struct service_elsewhere *e = s->view->service->elsewhere;
    if (!e)
        return;
    flow_gap(s, 28);
    flow_heading(s, TYPE_H3, tr("If it belongs to another county"));
    flow_gap(s, 14);
    add_taken(s, e);
    for (size_t i = 0; i < catalogue_county_count(s->view->catalogue); i++)
        if (!(e->takes & UINT32_C(1) << i))
            add_not_taken(s, catalogue_county(s->view->catalogue, i));
}
