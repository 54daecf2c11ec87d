#include "firmware/session/case_more.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/internal.h"
#include "firmware/session/timeline_inside.h"

#define N_(msgid) msgid

/* ---- from the county ----------------------------------------------------------------- */

static void take_pair(char out[2][CASE_MORE_NAME], const json_t *words)
{
    text_copy(out[0], CASE_MORE_NAME, timeline_text(words, "zh"));
    text_copy(out[1], CASE_MORE_NAME, timeline_text(words, "en"));
    if (!*out[1])
        text_copy(out[1], CASE_MORE_NAME, out[0]);
    if (!*out[0])
        text_copy(out[0], CASE_MORE_NAME, out[1]);
}

static void take_phone(char out[CASE_MORE_PHONE], const json_t *o)
{
    const char *phone = timeline_text(o, "phone");
    bool is_one =
        strlen(phone) < CASE_MORE_PHONE && strspn(phone, "0123456789-+ ") == strlen(phone);
    text_copy(out, CASE_MORE_PHONE, is_one ? phone : "");
}

void case_owner_read(struct case_owner *out, const json_t *o)
{
    *out = (struct case_owner){ .name = "" };
    text_copy(out->name, sizeof(out->name), timeline_text(o, "name"));
    take_phone(out->phone, o);
    take_pair(out->office, json_object_get(o, "office"));
}

void case_check_read(struct case_check *out, const json_t *o)
{
    static const char *const words[CHECK_STATES] = { "", "open", "demanded", "kept", "broken" };
    const char *state = timeline_text(o, "state");
    *out = (struct case_check){ .state = CHECK_NONE };
    take_pair(out->what, json_object_get(o, "what"));
    timeline_take_day(out->by, o, "by");
    for (int i = CHECK_OPEN; *out->what[0] && i < CHECK_STATES; i++)
        if (!strcmp(words[i], state))
            out->state = (enum check_state)i;
    /* A demand without its day could not be met. */
    if (out->state == CHECK_DEMANDED && !*out->by)
        out->state = CHECK_NONE;
}

void case_elsewhere_read(struct case_elsewhere *out, const json_t *o)
{
    *out = (struct case_elsewhere){ .phone = "" };
    take_pair(out->name, json_object_get(o, "name"));
    take_pair(out->address, json_object_get(o, "address"));
    take_phone(out->phone, o);
    text_copy(out->ref, sizeof(out->ref), timeline_text(o, "ref"));
}

/* ---- in words ------------------------------------------------------------------------ */

static void join(char *out, size_t size, const char *between, const char *part)
{
    size_t used = strlen(out);
    if (*part)
        snprintf(out + used, size - used, "%s%s", used ? between : "", part);
}

bool case_owner_is_elsewhere(const struct case_owner *owner, const struct case_elsewhere *e)
{
    return *e->name[0] && !strcmp(owner->name, e->name[0]);
}

void session_case_owner(const struct case_owner *owner, int language, char out[CASE_OWNER_TEXT])
{
    out[0] = 0;
    if (!*owner->name)
        return;
    join(out, CASE_OWNER_TEXT, "", owner->office[language ? 1 : 0]);
    join(out, CASE_OWNER_TEXT, " · ", owner->name);
    join(out, CASE_OWNER_TEXT, " ", owner->phone);
}

static void long_day(char out[24], enum language language, const char *day)
{
    if (language == LANGUAGE_ZH)
        snprintf(out, 24, "%.4s年%d月%d日", day, (day[4] - '0') * 10 + day[5] - '0',
                 (day[6] - '0') * 10 + day[7] - '0');
    else
        snprintf(out, 24, "%.4s-%.2s-%.2s", day, day + 4, day + 6);
}

void session_case_check(const struct session *s, const struct case_check *check, const char *reason,
                        int language, char out[CASE_CHECK_TEXT])
{
    enum language l = language ? LANGUAGE_EN : LANGUAGE_ZH;
    const char *what = check->what[language ? 1 : 0];
    char by[24] = "";
    out[0] = 0;
    if (*check->by)
        long_day(by, l, check->by);
    if (check->state == CHECK_OPEN)
        snprintf(out, CASE_CHECK_TEXT,
                 session_tr(s, l,
                            N_("You promised: %s. The office checks it by %s. You need not do "
                               "anything.")),
                 what, by);
    else if (check->state == CHECK_DEMANDED)
        snprintf(out, CASE_CHECK_TEXT,
                 session_tr(s, l,
                            N_("The office found that your promise does not hold: %s. Put it right "
                               "by %s and tell the office, or the decision is revoked.")),
                 what, by);
    else if (check->state == CHECK_KEPT)
        snprintf(out, CASE_CHECK_TEXT,
                 session_tr(s, l, N_("The office has checked your promise: all is well.")));
    else if (check->state == CHECK_BROKEN)
        snprintf(out, CASE_CHECK_TEXT,
                 session_tr(s, l,
                            N_("The decision was revoked: what you promised did not hold (%s). You "
                               "can apply again with the proof on paper.")),
                 what);
    if (*reason && (check->state == CHECK_DEMANDED || check->state == CHECK_BROKEN)) {
        char why[CASE_CHECK_TEXT];
        snprintf(why, sizeof(why), session_tr(s, l, N_("The reason: %s")), reason);
        join(out, CASE_CHECK_TEXT, l == LANGUAGE_ZH ? "" : " ", why);
    }
}

void session_case_elsewhere(const struct session *s, const struct case_elsewhere *e, int language,
                            char out[CASE_CHECK_TEXT])
{
    enum language l = language ? LANGUAGE_EN : LANGUAGE_ZH;
    const char *comma = l == LANGUAGE_ZH ? "，" : ", ";
    char number[96];
    out[0] = 0;
    if (!*e->name[0])
        return;
    snprintf(out, CASE_CHECK_TEXT, session_tr(s, l, N_("It lies with: %s")),
             e->name[language ? 1 : 0]);
    join(out, CASE_CHECK_TEXT, comma, e->address[language ? 1 : 0]);
    join(out, CASE_CHECK_TEXT, comma, e->phone);
    if (*e->ref) {
        snprintf(number, sizeof(number), session_tr(s, l, N_("number there %s")), e->ref);
        join(out, CASE_CHECK_TEXT, comma, number);
    }
}
