#include "firmware/worker/settings.h"

#include <unistd.h>

#include "firmware/base/message.h"

enum { ANSWER_MS = 3000 };

/* One question on a line of its own: they are rare. Takes `request`. */
static int ask(struct message *reply, const char *socket, json_t *request)
{
    struct bytes pending AUTO_BYTES = { 0 };
    int fd = request && socket ? message_connect(socket) : -ENOENT;
    int r = fd < 0 ? fd : message_send(fd, request, NULL, 0, ANSWER_MS);
    if (!r)
        r = message_receive(reply, fd, &pending, ANSWER_MS);
    if (fd >= 0)
        close(fd);
    json_decref(request);
    if (!r && !json_is_true(json_object_get(reply->head, "ok")))
        r = -EIO;
    return r;
}

int settings_read(struct settings *out, const char *socket)
{
    struct message reply AUTO_MESSAGE = { 0 };
    int r = ask(&reply, socket, json_pack("{ss}", "op", "settings"));
    *out = (struct settings){ 0 };
    if (r)
        return r;
    touch_maps_read(&out->touch, json_object_get(reply.head, "touch"));
    return wired_read(&out->wired, json_object_get(reply.head, "wired")) ? 0 : -EBADMSG;
}

int settings_set_wired(const char *socket, const struct wired *w)
{
    struct message reply AUTO_MESSAGE = { 0 };
    return ask(&reply, socket, json_pack("{ss, so}", "op", "wired-set", "wired", wired_json(w)));
}

int settings_set_touch(const char *socket, const char *panel, const struct touch_map *m)
{
    struct message reply AUTO_MESSAGE = { 0 };
    return ask(
        &reply, socket,
        json_pack("{ss, ss, so}", "op", "touch-set", "panel", panel, "map", touch_map_json(m)));
}
