#include "sync/local/health.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/uplink/cable.h"

/* kiosk tells every minute; what is this old comes from a kiosk that no longer runs. */
enum { HEALTH_OLD_MS = 5 * 60 * 1000, CAUSE_MAX = 40, PAPER_MOST_MM = 10 * 1000 * 1000 };

static const char *const devices[] = { "reader", "printer", "keypad", "scanner",
                                       "sound",  "screen",  NULL };
static const char *const states[] = { "ok", "warning", "failed", "absent", "not-fitted", NULL };

static int64_t now_ms(const struct service *s)
{
    return s->clock->base.boot_ms(&s->clock->base);
}

static bool is_among(const char *const *words, const char *word)
{
    while (word && *words && strcmp(*words, word) != 0)
        words++;
    return word && *words;
}

static bool is_cause(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-._";
    return text && strlen(text) <= CAUSE_MAX && strspn(text, letters) == strlen(text);
}

/* Words of the interface alone: what kiosk says goes to the county as it is. */
static bool copy_words(json_t *out, const json_t *from, bool is_state)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)from, name, value)
    {
        const char *word = json_string_value(value);
        if (!is_among(devices, name) || !(is_state ? is_among(states, word) : is_cause(word)))
            return false;
        if (*word)
            json_object_set(out, name, value);
    }
    return true;
}

static json_t *op_health(struct service *s, const json_t *q, struct bytes *body, const char **error,
                         char *reason)
{
    const json_t *paper = json_object_get(q, "paper_mm");
    json_int_t left = json_is_integer(paper) ? json_integer_value(paper) : -1;
    json_t *o = json_pack("{so, so, sI, sb}", "devices", json_object(), "causes", json_object(),
                          "paper_mm", (json_int_t)(left < 0 || left > PAPER_MOST_MM ? -1 : left),
                          "closed", json_is_true(json_object_get(q, "closed")));
    (void)body;
    if (!o || !copy_words(json_object_get(o, "devices"), json_object_get(q, "devices"), true) ||
        !copy_words(json_object_get(o, "causes"), json_object_get(q, "causes"), false)) {
        json_decref(o);
        *error = "bad-request";
        snprintf(reason, FEED_REASON_TEXT, "devices and causes are words of the interface");
        return NULL;
    }
    json_decref(s->health);
    s->health = o;
    s->health_ms = now_ms(s);
    return json_object();
}

operation health_find(const char *op)
{
    return !strcmp(op, "health") ? op_health : NULL;
}

static void add(json_t *o, const char *key, json_t *value)
{
    if (value)
        json_object_set_new(o, key, value);
}

static bool is_fresh(const struct service *s)
{
    return s->health && now_ms(s) - s->health_ms < HEALTH_OLD_MS;
}

static json_t *kiosk_json(const struct service *s)
{
    return json_string(is_fresh(s) ? "running" : "silent");
}

void service_add_health(const struct service *s, json_t *heartbeat)
{
    add(heartbeat, "kiosk", kiosk_json(s));
    if (is_fresh(s))
        json_object_update(heartbeat, s->health);
    add(heartbeat, "update", s->updater ? updater_json(s->updater) : NULL);
}

/* The county's address as it is set up, without what staff need not see of it. */
static void add_county(const struct service *s, json_t *status)
{
    const char *at = s->platform ? strstr(s->platform, "://") : NULL, *from = at ? at + 3 : "";
    add(status, "county", json_stringn(from, strcspn(from, "/?#")));
}

static void add_network(const struct service *s, json_t *status)
{
    char address[CABLE_ADDRESS];
    cable_address(address);
    add(status, "cable", json_string(cable_word(cable_look("/sys/class/net"))));
    add(status, "address", json_string(address));
    add_county(s, status);
    add(status, "trouble", json_string(link_trouble_word(s->link)));
    add(status, "tries", json_integer(s->link->tries));
}

void service_add_state(const struct service *s, json_t *status)
{
    if (!status)
        return;
    add(status, "kiosk", kiosk_json(s));
    for (int i = 0; is_fresh(s) && i < 2; i++) {
        static const char *const parts[] = { "devices", "causes" };
        json_object_set(status, parts[i], json_object_get(s->health, parts[i]));
    }
    add_network(s, status);
    add(status, "update", s->updater ? updater_json(s->updater) : NULL);
}
