#include "sync/local/figures.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/figures.h"

enum { SUMS_MOST = 200 };

static json_t *op_figure_add(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    (void)body;
    int r = figures_add(s->store, json_text_at(q, "what"), json_text_at(q, "about"),
                        json_text_at(q, "detail"), json_integer_value(json_object_get(q, "count")));
    if (r == FIGURES_E_WORD)
        return service_fail(
            error, reason, "bad-request",
            "what, about and detail are words of letters, digits and dashes; count is 1 to "
            "1000");
    return r ? service_fail_storage(error, reason) : json_object();
}

static json_t *op_figures(struct service *s, const json_t *q, struct bytes *body,
                          const char **error, char *reason)
{
    struct figure sums[SUMS_MOST];
    char month[FIGURE_MONTH];
    size_t count;
    (void)q;
    (void)body;
    figures_month(month, s->store);
    if (figures_sums(s->store, month, sums, SUMS_MOST, &count))
        return service_fail_storage(error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{ss, ss, sI}", "what", sums[i].what, "detail",
                                              sums[i].detail, "count", (json_int_t)sums[i].count));
    return json_pack("{ss, so}", "month", month, "figures", list);
}

operation figures_find(const char *op)
{
    if (!strcmp(op, "figure-add"))
        return op_figure_add;
    return !strcmp(op, "figures") ? op_figures : NULL;
}
