#include "firmware/worker/stick.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/worker/stick_inside.h"

enum { LOOK_MS = 500, ORDERS = 64, ANSWER_MS = 30000 };

/* ---- telling and asking ------------------------------------------------------------------- */

void stick_post(struct stick_worker *w, const struct shift_news *news)
{
    struct post *p = post_new(POST_STAFF);
    struct shift_news *copy = p ? malloc(sizeof(*copy)) : NULL;
    if (!copy) {
        post_free(p);
        return;
    }
    *copy = *news;
    p->staff = copy;
    post_send(w->config.to, p);
}

static void hang_up(struct stick_worker *w)
{
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
}

/* kiosk-syncd may have been started again since the last question: then nothing of this one has got there, and it is
 * asked on a new line. */
static int send_on(struct stick_worker *w, const json_t *request, const void *body, size_t length)
{
    int r = -ENOTCONN;
    for (int i = 0; r && i < 2; i++) {
        if (w->fd < 0)
            w->fd = message_connect(w->config.socket);
        if (w->fd < 0)
            return w->fd;
        r = message_send(w->fd, request, body, length, ANSWER_MS);
        if (r)
            hang_up(w);
    }
    return r;
}

int stick_ask_with(struct stick_worker *w, json_t *request, const void *body, size_t length,
                   struct message *reply)
{
    struct bytes pending AUTO_BYTES = { 0 };
    int r = request ? json_object_set_new(request, "n", json_integer(++w->n)) : -ENOMEM;
    if (!r)
        r = send_on(w, request, body, length);
    json_decref(request);
    if (!r)
        r = message_receive(reply, w->fd, &pending, ANSWER_MS);
    if (r)
        hang_up(w); /* whatever comes late is not the answer to the next question */
    return r;
}

int stick_ask(struct stick_worker *w, json_t *request, struct message *reply)
{
    return stick_ask_with(w, request, NULL, 0, reply);
}

/* ---- is it there? -------------------------------------------------------------------------- */

static bool look_at_folder(struct stat *out, const char *mount)
{
    char path[STICK_PATH + 16];
    snprintf(path, sizeof(path), "%s/%s", mount, STICK_FOLDER);
    return !lstat(path, out) && S_ISDIR(out->st_mode);
}

/* A descriptor outlives the mount; the name does not. */
bool stick_is_there(const struct stick_worker *w)
{
    struct stat now;
    return w->stick && (w->door.line < 0 || stick_door_is_held(&w->door)) &&
           look_at_folder(&now, w->mount) && now.st_dev == w->folder.st_dev &&
           now.st_ino == w->folder.st_ino;
}

static void let_go(struct stick_worker *w)
{
    stick_free(w->stick);
    w->stick = NULL;
    stick_door_close(&w->door);
}

static void lose(struct stick_worker *w)
{
    let_go(w);
    if (w->told != SAY_NO_STICK)
        stick_post(w, &(struct shift_news){ .kind = SHIFT_GONE });
    w->told = SAY_NO_STICK;
    w->firmware = (struct firmware_offer){ 0 };
    w->was_cut = false;
}

/* ---- looking -------------------------------------------------------------------------------- */

/* What there is now: folders that the system mounted, and sockets where a mount is handed over. */
static size_t list_places(const struct stick_worker *w, char out[STICK_MOUNTS][STICK_PATH])
{
    size_t count = 0;
    const struct dirent *e;
    DIR *d = w->config.mounts ? opendir(w->config.mounts) : NULL;
    while (d && count < STICK_MOUNTS && (e = readdir(d)))
        if (e->d_name[0] != '.' && strlen(w->config.mounts) + strlen(e->d_name) + 2 < STICK_PATH)
            snprintf(out[count++], STICK_PATH, "%.255s/%.255s", w->config.mounts, e->d_name);
    if (d)
        closedir(d);
    return count;
}

/* Each place that is a socket becomes the path of what was handed over there. */
static void open_doors(struct stick_door doors[STICK_MOUNTS], char paths[STICK_MOUNTS][STICK_PATH],
                       size_t count)
{
    struct stat st;
    for (size_t i = 0; i < count; i++) {
        doors[i] = (struct stick_door){ -1, -1, "" };
        if (lstat(paths[i], &st) || !S_ISSOCK(st.st_mode))
            continue;
        int r = stick_door_open(&doors[i], paths[i]);
        if (r)
            log_line(LOG_WARNING, "stick", "%s: %s", paths[i], strerrorname_np(-r));
        else
            memcpy(paths[i], doors[i].path, sizeof(doors[i].path));
    }
}

static int find(struct stick_worker *w, struct stick **out)
{
    char paths[STICK_MOUNTS][STICK_PATH];
    struct stick_door doors[STICK_MOUNTS];
    const char *mounts[STICK_MOUNTS];
    size_t count = list_places(w, paths), index = 0;
    open_doors(doors, paths, count);
    for (size_t i = 0; i < count; i++)
        mounts[i] = paths[i];
    int r = stick_find(out, &index, mounts, count, NULL);
    if (!r) {
        memcpy(w->mount, paths[index], sizeof(w->mount));
        w->door = doors[index];
        doors[index] = (struct stick_door){ -1, -1, "" };
        r = look_at_folder(&w->folder, w->mount) ? 0 : STICK_E_NONE;
    }
    if (r)
        stick_door_close(&w->door);
    for (size_t i = 0; i < count; i++)
        stick_door_close(&doors[i]);
    return r;
}

static void say(struct stick_worker *w, enum saying said, const struct token *token)
{
    struct shift_news news = { .kind = SHIFT_STICK, .said = said };
    if (said == w->told)
        return;
    if (token)
        news.token = w->token = *token;
    news.has_joined = w->has_joined;
    log_line(LOG_NOTICE, "stick", "%s %s", saying_word(said), token ? token->serial : "");
    w->told = said;
    stick_post(w, &news);
}

/* A stick that nobody asked for, or one with holiday pictures, is nobody's business. One whose token cannot be judged,
 * since kiosk-syncd does not answer, is looked at again and again. */
static void look(struct stick_worker *w)
{
    AUTO(stick_free) struct stick *found = NULL;
    struct token token = { 0 };
    if (stick_is_there(w))
        return;
    if (w->stick)
        lose(w);
    int r = find(w, &found);
    if (r == STICK_E_NONE || r == STICK_E_NOT_OURS || r < 0) {
        if (w->told != SAY_NO_STICK)
            lose(w);
        return;
    }
    if (r) {
        say(w, saying_of_stick(r), NULL);
        return;
    }
    w->stick = TAKE(found);
    w->was_cut = false;
    enum saying said = stick_admit(w, &token);
    bool is_good = token_is_admitted(said);
    if (said == SAY_SYNCD || said == SAY_PULLED)
        let_go(w);
    if (said != SAY_PULLED)
        say(w, said, is_good ? &token : NULL);
}

/* ---- the thread ----------------------------------------------------------------------------- */

static void drop_order(void *order)
{
    struct shift_order *o = order;
    json_decref(o->report);
    explicit_bzero(o, sizeof(*o));
    free(o);
}

static void *run(void *context)
{
    struct stick_worker *w = context;
    while (!queue_is_closed(w->orders)) {
        look(w);
        /* On a board they lie on a partition that may come late. */
        if (w->config.settings && !w->has_settings)
            w->has_settings = stick_tell_settings(w);
        bool is_waiting = w->config.mounts || (w->config.settings && !w->has_settings);
        struct shift_order *order = queue_receive(w->orders, is_waiting ? LOOK_MS : -1);
        if (!order)
            continue;
        stick_carry_out(w, order);
        drop_order(order);
    }
    return NULL;
}

void stick_order(struct stick_worker *w, const struct shift_order *order)
{
    struct shift_order *copy = malloc(sizeof(*copy));
    if (!copy) {
        json_decref(order->report);
        return;
    }
    *copy = *order;
    if (queue_send(w->orders, copy)) {
        log_line(LOG_ERROR, "stick", "too many orders wait");
        drop_order(copy);
    }
}

int stick_start(struct stick_worker **out, const struct stick_config *config)
{
    struct stick_worker *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    w->config = *config;
    w->fd = -1;
    w->door = (struct stick_door){ -1, -1, "" };
    w->told = SAY_NO_STICK;
    release_read(&w->runs, "/etc/os-release");
    /* Without the county's CA no signature holds, and every stick is refused with that sentence. */
    (void)!trust_load(&w->trust, config->trust);
    int r = queue_new(&w->orders, ORDERS, drop_order);
    if (!r)
        r = -pthread_create(&w->thread, NULL, run, w);
    if (r) {
        queue_free(w->orders);
        trust_free(w->trust);
        free(w);
        return r;
    }
    *out = w;
    return 0;
}

void stick_stop(struct stick_worker *w)
{
    if (!w)
        return;
    queue_close(w->orders);
    pthread_join(w->thread, NULL);
    let_go(w);
    if (w->fd >= 0)
        close(w->fd);
    trust_free(w->trust);
    queue_free(w->orders);
    free(w);
}
