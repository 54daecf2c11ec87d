#include "board/common/settings.h"

#include <string.h>

#include "board/common/small_file.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/touch_map.h"
#include "firmware/base/wired.h"

enum { FILE_MAX = 4096 };
static const char wired_file[] = "wired.network", touch_file[] = "touch.json";

/* ---- what is kept ------------------------------------------------------------------------- */

/* What is not there, or is no file of ours, is as it was delivered. */
static void read_wired(struct wired *out, const char *folder)
{
    struct bytes text AUTO_BYTES = { 0 };
    *out = (struct wired){ 0 };
    if (!small_file_read(&text, folder, wired_file, FILE_MAX))
        wired_from_unit(out, text.data, text.length);
}

static void read_touch(struct touch_maps *out, const char *folder)
{
    struct bytes text AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    *out = (struct touch_maps){ 0 };
    if (small_file_read(&text, folder, touch_file, FILE_MAX))
        return;
    AUTO(json_release) json_t *list = json_parse(text.data, text.length, complaint);
    touch_maps_read(out, list);
}

static int keep_wired(const char *folder, const struct wired *w)
{
    struct bytes unit AUTO_BYTES = { 0 };
    if (!w->is_fixed)
        return small_file_drop(folder, wired_file);
    int r = wired_unit(&unit, w);
    if (!r)
        r = bytes_append_byte(&unit, 0);
    return r ? r : small_file_put(folder, wired_file, (const char *)unit.data);
}

/* ---- requests ------------------------------------------------------------------------------ */

static json_t *fail(const char *error)
{
    return json_pack("{sb, ss}", "ok", false, "error", error);
}

static json_t *done(int r, const char *what)
{
    if (!r)
        return json_pack("{sb}", "ok", true);
    log_line(LOG_ERROR, "settings", "%s: %s", what, strerrorname_np(-r));
    return fail("storage");
}

static json_t *tell(const char *folder, const json_t *request)
{
    struct wired wired;
    struct touch_maps touch;
    (void)request;
    read_wired(&wired, folder);
    read_touch(&touch, folder);
    return json_pack("{sb, so, so}", "ok", true, "wired", wired_json(&wired), "touch",
                     touch_maps_json(&touch));
}

static json_t *set_wired(const char *folder, const json_t *request)
{
    struct wired w;
    if (!wired_read(&w, json_object_get(request, "wired")))
        return fail("bad-request");
    log_line(LOG_NOTICE, "settings", "the cable: %s",
             w.is_fixed ? w.text[WIRED_ADDRESS] : "as the network says");
    return done(keep_wired(folder, &w), wired_file);
}

static json_t *set_touch(const char *folder, const json_t *request)
{
    const char *panel = json_string_value(json_object_get(request, "panel"));
    struct touch_maps all;
    struct touch_map map;
    if (!panel || !touch_panel_is_name(panel) ||
        !touch_map_read(&map, json_object_get(request, "map")))
        return fail("bad-request");
    read_touch(&all, folder);
    touch_maps_put(&all, panel, &map);
    log_line(LOG_NOTICE, "settings", "touch panel %s is calibrated", panel);
    return done(small_file_write(folder, touch_file, touch_maps_json(&all)), touch_file);
}

json_t *settings_answer(const char *folder, const json_t *request)
{
    static const struct {
        const char *op;
        json_t *(*run)(const char *folder, const json_t *request);
    } rows[] = { { "settings", tell }, { "wired-set", set_wired }, { "touch-set", set_touch } };
    const char *op = json_string_value(json_object_get(request, "op"));
    json_t *reply = NULL;
    for (size_t i = 0; op && i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].op, op))
            reply = rows[i].run(folder, request);
    if (!reply)
        reply = fail("unknown-op");
    if (reply)
        json_object_set_new(reply, "re",
                            json_integer(json_integer_value(json_object_get(request, "n"))));
    return reply;
}
