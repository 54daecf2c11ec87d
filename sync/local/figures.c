#include "sync/local/figures.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/figures.h"

enum { SUMS_MOST = 200 };

static json_t *fail(const char **error, char *reason, const char *word, const char *sentence)
{
    *error = word;
    snprintf(reason, FEED_REASON_TEXT, "%s", sentence);
    return NULL;
}

static json_t *fail_storage(const char **error, char *reason)
{
    return fail(error, reason, "storage", "the store does not work at the moment");
}

static json_t *op_figure_add(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    (void)body;
    int r = figures_add(s->store, json_text_at(q, "what"), json_text_at(q, "about"),
                        json_text_at(q, "detail"), json_integer_value(json_object_get(q, "count")));
    if (r == FIGURES_E_WORD)
        return fail(error, reason, "bad-request",
                    "what, about and detail are words of letters, digits and dashes; count is 1 to "
                    "1000");
    return r ? fail_storage(error, reason) : json_object();
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
        return fail_storage(error, reason);
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
