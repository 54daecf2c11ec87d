#include "board/host/robot.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/tongue.h"
#include "firmware/worker/post.h"
#include "ui/present/present.h"

enum { LINE_MAX_BYTES = 256 * 1024, BETWEEN_TAPS_MS = 600, STROKE_STEP_MS = 8 };

struct robot {
    struct robot_hands hands;
    struct queue *to;
    pthread_t thread;
    int listener;
    _Atomic int client;
    char path[108];
    int64_t touch_ms; /* a robot's own time: taps never count as a tremor */

    /* one request at a time: filled by the thread, answered by the main thread */
    pthread_mutex_t lock;
    pthread_cond_t answered;
    json_t *request, *reply;
    bool is_stopping;

    /* when the first picture and the present screen's first picture were finished, for the bench */
    int64_t started_us, screen_us, visit_us;
    enum screen screen;

    /* a request that waits for something to appear */
    json_t *awaited;
    int64_t awaited_until;
};

/* CLOCK_MONOTONIC, which a script on the same machine reads too. */
static int64_t real_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t real_ms(void)
{
    return real_us() / 1000;
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static json_t *refused(const char *why)
{
    return json_pack("{s:b, s:s}", "ok", 0, "error", why);
}

static const struct session_view *view_of(struct robot *r)
{
    return r->hands.view(r->hands.context);
}

static const struct page *page_of(struct robot *r)
{
    return stage_page(r->hands.stage(r->hands.context));
}

static json_t *done(struct robot *r)
{
    return json_pack("{s:b, s:s}", "ok", 1, "screen", robot_screen_word(view_of(r)->screen));
}

/* ---- looking ------------------------------------------------------------------------- */

static json_t *rect_json(struct rect b)
{
    return json_pack("[i, i, i, i]", b.x, b.y, b.w, b.h);
}

static json_t *widget_json(const struct page *p, const struct widget *w)
{
    json_t *o =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:{s:b, s:b, s:b, s:b, s:b}}", "id", w->id, "role",
                  w->kind->role, "label", w->label, "rect", rect_json(page_box(p, w)), "touch",
                  rect_json(page_touch_box(p, w)), "state", "enabled", !w->is_disabled, "selected",
                  w->is_selected, "focused", w->is_focused, "ringed", w->is_ringed, "touchable",
                  w->action.verb != 0 || w->kind->is_pad);
    if (*w->detail)
        json_object_set_new(o, "detail", json_string(w->detail));
    if (w->field) {
        json_object_set_new(o, "kind", json_string(w->field->kind));
        json_object_set_new(o, "required", json_boolean(w->field->is_required));
        json_object_set_new(o, "value", json_string(w->field->value));
        json_object_set_new(o, "error", json_string(w->field->error));
    } else if (*w->value) {
        json_object_set_new(o, "value", json_string(w->value));
    }
    return o;
}

/* What does not work now, by name. */
static json_t *impaired_json(unsigned bits)
{
    static const struct {
        unsigned bit;
        const char *name;
    } parts[] = { { IMPAIRED_READER, "reader" },
                  { IMPAIRED_PRINTER, "printer" },
                  { IMPAIRED_NETWORK, "network" },
                  { IMPAIRED_SUBMIT, "submit" } };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (bits & parts[i].bit)
            json_array_append_new(list, json_string(parts[i].name));
    return list;
}

static json_t *tree(struct robot *r)
{
    const struct page *p = page_of(r);
    json_t *list = json_array(), *o = done(r);
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        bool is_seen = !rect_is_empty(page_box(p, w)) || w->field;
        if (is_seen && (*w->id || *w->label))
            json_array_append_new(list, widget_json(p, w));
    }
    const struct session_view *v = view_of(r);
    json_object_set_new(o, "language",
                        json_string(v->preferences.tongue
                                        ? v->tongues->list[v->preferences.tongue - 1].code
                                    : v->language == LANGUAGE_ZH ? "zh"
                                                                 : "en"));
    json_object_set_new(o, "widgets", list);
    return o;
}

static json_t *state(struct robot *r)
{
    static const char *const papers[] = { "off", "printing", "done", "ask", "failed" };
    static const char *const cases[] = { "unasked", "asking",    "here",       "sent",
                                         "county",  "not-found", "bad-number", "unavailable" };
    struct stage *stage = r->hands.stage(r->hands.context);
    struct text_usage usage = text_usage(stage_text(stage));
    json_t *o = done(r);
    json_object_set_new(o, "under", json_string(robot_screen_word(view_of(r)->under)));
    json_object_set_new(o, "frames", json_integer((json_int_t)stage_frames(stage)));
    json_object_set_new(o, "started_us", json_integer(r->started_us));
    json_object_set_new(o, "screen_us", json_integer(r->screen_us));
    json_object_set_new(o, "visit_us", json_integer(r->visit_us));
    json_object_set_new(o, "impaired", impaired_json(view_of(r)->impaired));
    json_object_set_new(o, "paper", json_string(papers[view_of(r)->paper]));
    json_object_set_new(o, "case", json_string(cases[view_of(r)->asked.where]));
    json_object_set_new(o, "case_state", json_string(view_of(r)->asked.state));
    json_object_set_new(o, "text_cache", json_integer((json_int_t)usage.cache_bytes));
    return o;
}

/* Before somebody is known to be here: a card on the plate may be anybody's. */
static bool is_nobody(enum screen s)
{
    return s == SCREEN_ATTRACT || s == SCREEN_OUT_OF_SERVICE || s == SCREEN_ENROL ||
           s == SCREEN_READING || s == SCREEN_CARD_TROUBLE;
}

/* A screen that was not there at the turn before: its picture is finished now. */
static void note_screen(struct robot *r)
{
    enum screen now = view_of(r)->screen;
    if (now != r->screen)
        r->screen_us = real_us();
    if (is_nobody(r->screen) && !is_nobody(now))
        r->visit_us = r->screen_us;
    r->screen = now;
}

static json_t *screenshot(struct robot *r, const json_t *request)
{
    int failed =
        present_png(stage_canvas(r->hands.stage(r->hands.context)), text_of(request, "file"));
    return failed ? refused(strerror(-failed)) : done(r);
}

/* ---- touching ------------------------------------------------------------------------ */

static const struct widget *find(struct robot *r, const json_t *request)
{
    const struct page *p = page_of(r);
    const char *id = text_of(request, "id"), *label = text_of(request, "label");
    const struct widget *part = NULL;
    if (*id)
        return page_find(p, id);
    for (size_t i = 0; *label && i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        if (!*w->id || !w->action.verb)
            continue;
        if (!strcmp(w->label, label))
            return w;
        if (!part && strstr(w->label, label))
            part = w;
    }
    return part;
}

static void touch(struct robot *r, enum touch_phase phase, int x, int y)
{
    r->hands.touch(r->hands.context, (struct touch){ phase, x, y, r->touch_ms });
}

static struct rect bring_into_sight(struct robot *r, const json_t *request)
{
    const struct widget *w = find(r, request);
    if (!w)
        return (struct rect){ 0 };
    if (rect_is_empty(page_touch_box(page_of(r), w)) || w->is_in_scroll) {
        stage_show(r->hands.stage(r->hands.context), w);
        r->hands.settle(r->hands.context);
        w = find(r, request);
    }
    return w ? page_touch_box(page_of(r), w) : (struct rect){ 0 };
}

static json_t *tap(struct robot *r, const json_t *request)
{
    int x = (int)json_integer_value(json_object_get(request, "x")),
        y = (int)json_integer_value(json_object_get(request, "y"));
    if (!json_object_get(request, "x")) {
        struct rect box = bring_into_sight(r, request);
        const struct widget *w = find(r, request);
        if (!w || rect_is_empty(box))
            return refused("no such widget on this screen");
        if (w->is_disabled)
            return refused(*w->detail ? w->detail : "the widget is disabled");
        x = box.x + box.w / 2;
        y = box.y + box.h / 2;
    }
    int64_t now = real_ms();
    r->touch_ms = r->touch_ms + BETWEEN_TAPS_MS > now ? r->touch_ms + BETWEEN_TAPS_MS : now;
    touch(r, TOUCH_DOWN, x, y);
    r->hands.settle(r->hands.context); /* the pressed look is drawn, as for a finger */
    int64_t released = real_us();
    touch(r, TOUCH_UP, x, y);
    r->hands.settle(r->hands.context);
    note_screen(r);
    json_t *o = done(r);
    json_object_set_new(o, "released_us", json_integer(released));
    json_object_set_new(o, "took_us", json_integer(real_us() - released));
    return o;
}

/* Points are px of the pad when an id is given, else of the screen. */
static json_t *stroke(struct robot *r, const json_t *request)
{
    const json_t *points = json_object_get(request, "points");
    struct rect box = bring_into_sight(r, request);
    const struct widget *w = find(r, request);
    if (*text_of(request, "id") && (!w || rect_is_empty(box)))
        return refused("no such widget on this screen");
    size_t count = json_array_size(points);
    for (size_t i = 0; i < count; i++) {
        const json_t *point = json_array_get(points, i);
        int x = box.x + (int)json_number_value(json_array_get(point, 0));
        int y = box.y + (int)json_number_value(json_array_get(point, 1));
        r->touch_ms += STROKE_STEP_MS;
        touch(r, i ? TOUCH_MOVE : TOUCH_DOWN, x, y);
        if (i + 1 == count)
            touch(r, TOUCH_UP, x, y);
    }
    r->hands.settle(r->hands.context);
    return count ? done(r) : refused("a stroke needs points");
}

static json_t *type(struct robot *r, const json_t *request)
{
    r->hands.type(r->hands.context, text_of(request, "text"));
    r->hands.settle(r->hands.context);
    return done(r);
}

static json_t *advance(struct robot *r, const json_t *request)
{
    r->hands.advance(r->hands.context, json_integer_value(json_object_get(request, "advance_ms")));
    r->hands.settle(r->hands.context);
    return done(r);
}

static json_t *quit(struct robot *r, const json_t *request)
{
    (void)request;
    r->hands.quit(r->hands.context);
    return done(r);
}

/* What staff do to show the kiosk, or to learn it. */
static json_t *practise(struct robot *r, const json_t *request)
{
    (void)request;
    if (!r->hands.practise(r->hands.context))
        return refused("practice begins only while nobody is here");
    r->hands.settle(r->hands.context);
    return done(r);
}

static json_t *tree_request(struct robot *r, const json_t *request)
{
    (void)request;
    return tree(r);
}

static json_t *state_request(struct robot *r, const json_t *request)
{
    (void)request;
    return state(r);
}

/* What was said, the newest first: all that a person who cannot see the screen has. */
static json_t *speech(struct robot *r, const json_t *request)
{
    const struct voice *voice = r->hands.voice(r->hands.context);
    const struct voice_line *line;
    json_t *o = done(r), *said = json_array();
    (void)request;
    for (size_t i = 0; voice && (line = voice_transcript(voice, i)); i++)
        json_array_append_new(said, json_pack("{s:s, s:s, s:b, s:b}", "language",
                                              line->language == SAY_ZH ? "zh" : "en", "words",
                                              line->words, "private", line->is_private, "held_back",
                                              line->was_held_back));
    json_object_set_new(o, "said", said);
    json_object_set_new(o, "count",
                        json_integer(voice ? (json_int_t)voice_transcript_count(voice) : 0));
    return o;
}

/* ---- waiting ------------------------------------------------------------------------- */

static bool has_come(struct robot *r, const json_t *request)
{
    const char *screen = text_of(request, "screen"), *id = text_of(request, "id"),
               *text = text_of(request, "text");
    const struct page *p = page_of(r);
    if (*screen && strcmp(screen, robot_screen_word(view_of(r)->screen)))
        return false;
    if (*id && !page_find(p, id))
        return false;
    if (!*text)
        return true;
    for (size_t i = 0; i < page_count(p); i++)
        if (strstr(page_at(p, i)->label, text) || strstr(page_at(p, i)->value, text))
            return true;
    return false;
}

static void answer(struct robot *r, json_t *reply)
{
    pthread_mutex_lock(&r->lock);
    json_decref(r->reply);
    r->reply = reply ? reply : refused("no memory");
    pthread_cond_signal(&r->answered);
    pthread_mutex_unlock(&r->lock);
}

void robot_tick(struct robot *r)
{
    if (r)
        note_screen(r);
    if (!r || !r->awaited)
        return;
    bool is_there = has_come(r, r->awaited);
    if (!is_there && real_ms() < r->awaited_until)
        return;
    json_t *reply = done(r);
    if (!is_there) {
        json_object_set_new(reply, "ok", json_false());
        json_object_set_new(reply, "error", json_string("it did not come in time"));
    }
    json_decref(r->awaited);
    r->awaited = NULL;
    answer(r, reply);
}

int robot_patience_ms(const struct robot *r)
{
    if (!r || !r->awaited)
        return -1;
    int64_t left = r->awaited_until - real_ms();
    return left > 0 ? (int)left : 0;
}

/* ---- requests ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    json_t *(*carry_out)(struct robot *r, const json_t *request);
} commands[] = {
    { "tree", tree_request }, { "state", state_request },   { "tap", tap },       { "type", type },
    { "stroke", stroke },     { "screenshot", screenshot }, { "clock", advance }, { "quit", quit },
    { "speech", speech },     { "practise", practise },
};

/* On the main thread. */
static void carry_out(void *context)
{
    struct robot *r = context;
    pthread_mutex_lock(&r->lock);
    json_t *request = r->request;
    r->request = NULL;
    pthread_mutex_unlock(&r->lock);
    const char *name = text_of(request, "do");
    /* Whatever happened in the same turn before is on the screen first: a robot looks as a person does. */
    r->hands.settle(r->hands.context);
    if (!strcmp(name, "wait")) {
        json_t *limit = json_object_get(request, "ms");
        r->awaited_until = real_ms() + (limit ? json_integer_value(limit) : 5000);
        r->awaited = request;
        robot_tick(r);
        return;
    }
    json_t *reply = NULL;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(commands[i].name, name))
            reply = commands[i].carry_out(r, request);
    answer(r, reply ? reply : refused("unknown command"));
    json_decref(request);
}

/* On the robot's thread: one line, answered by one line. */
static bool serve_line(struct robot *r, FILE *f, const char *line)
{
    char complaint[JSON_COMPLAINT];
    json_t *request = json_parse(line, strlen(line), complaint), *reply;
    if (!json_is_object(request)) {
        json_decref(request);
        reply = refused(*complaint ? complaint : "not a JSON object");
    } else {
        struct post *p = post_new(POST_CALL);
        if (!p)
            return false;
        p->call = carry_out;
        p->context = r;
        pthread_mutex_lock(&r->lock);
        r->request = request;
        post_send(r->to, p);
        while (!r->reply && !r->is_stopping)
            pthread_cond_wait(&r->answered, &r->lock);
        reply = r->reply;
        r->reply = NULL;
        pthread_mutex_unlock(&r->lock);
    }
    char *text = reply ? json_canonical(reply) : NULL;
    json_decref(reply);
    bool is_written = text && fprintf(f, "%s\n", text) > 0 && !fflush(f);
    json_text_free(text);
    return is_written;
}

static void serve_client(struct robot *r, int fd)
{
    FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
    char *line = NULL;
    size_t capacity = 0;
    while (in && out && getline(&line, &capacity, in) > 0 && capacity <= LINE_MAX_BYTES)
        if (!serve_line(r, out, line))
            break;
    if (line)
        explicit_bzero(line, capacity);
    free(line);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
}

static void *run(void *context)
{
    struct robot *r = context;
    int fd;
    while ((fd = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        atomic_store(&r->client, fd);
        serve_client(r, fd);
        atomic_store(&r->client, -1);
    }
    return NULL;
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof(address.sun_path))
        return fault_raise(-ENAMETOOLONG);
    memcpy(address.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fault_raise(-errno);
    unlink(path);
    mode_t before = umask(0177);
    int failed = bind(fd, (const struct sockaddr *)&address, sizeof(address)) || listen(fd, 2);
    umask(before);
    if (failed) {
        int r = fault_raise(-errno);
        close(fd);
        return r;
    }
    return fd;
}

int robot_start(struct robot **out, const char *path, const struct robot_hands *hands,
                struct queue *to)
{
    struct robot *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    r->hands = *hands;
    r->to = to;
    r->started_us = real_us();
    r->screen = hands->view(hands->context)->screen;
    atomic_store(&r->client, -1);
    snprintf(r->path, sizeof(r->path), "%s", path);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->answered, NULL);
    r->listener = listen_at(path);
    int failed = r->listener < 0 ? r->listener : -pthread_create(&r->thread, NULL, run, r);
    if (failed) {
        if (r->listener >= 0)
            close(r->listener);
        free(r);
        return failed;
    }
    *out = r;
    return 0;
}

void robot_stop(struct robot *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->is_stopping = true;
    pthread_cond_broadcast(&r->answered);
    pthread_mutex_unlock(&r->lock);
    int client = atomic_load(&r->client);
    if (client >= 0)
        shutdown(client, SHUT_RDWR);
    shutdown(r->listener, SHUT_RDWR);
    pthread_join(r->thread, NULL);
    close(r->listener);
    unlink(r->path);
    json_decref(r->request);
    json_decref(r->reply);
    json_decref(r->awaited);
    pthread_cond_destroy(&r->answered);
    pthread_mutex_destroy(&r->lock);
    free(r);
}
