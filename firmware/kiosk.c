/* kiosk: the touch application. Builds its objects, wires them, runs the one loop. No network, no
 * disk. */
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board/board.h"
#include "board/host/robot.h"
#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/worker/link.h"
#include "firmware/worker/paper.h"
#include "firmware/worker/post.h"
#include "firmware/worker/printing.h"
#include "firmware/worker/reader.h"
#include "ui/present/present.h"
#include "ui/screen/stage.h"
#include "ui/text/slip_page.h"
#include "ui/text/tr.h"

/* The system's clocks, which a robot may put forward. Read by every thread. */
struct kiosk_clock {
    struct clock base;
    _Atomic int64_t offset_ms;
};

struct options {
    const char *socket, *assets, *catalogue, *trust, *locale, *usbip, *robot, *case_url;
    bool is_headless;
    int scale_percent;
};

struct kiosk {
    struct options options;
    struct kiosk_clock clock;
    struct queue *inbox;
    struct presenter *presenter;
    struct stage *stage;
    struct session *session;
    struct trust *trust;
    struct catalogue *catalogue, *next_catalogue;
    struct link *link;
    struct reader *reader;
    struct paper *paper;
    struct printing *printing;
    struct robot *robot;
    pthread_t signal_thread;
    bool is_forgetting, has_signal_thread;
    _Atomic bool is_ending;
};

/* SIGTERM and SIGINT are blocked everywhere and taken by one thread, so that no handler interrupts
 * anything. */
static void *await_signal(void *context)
{
    struct kiosk *k = context;
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGUSR1); /* from take_down(): nothing more to wait for */
    sigwait(&set, &number);
    atomic_store(&k->is_ending, true);
    if (number != SIGUSR1)
        present_wake(k->presenter);
    return NULL;
}

static void block_signals(void)
{
    sigset_t set;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* ---- clock --------------------------------------------------------------------------- */

static int64_t clock_offset(const struct clock *clock)
{
    return atomic_load(&((struct kiosk_clock *)(uintptr_t)clock)->offset_ms);
}

static int64_t kiosk_boot_ms(const struct clock *clock)
{
    return system_clock.boot_ms(&system_clock) + clock_offset(clock);
}

static int64_t kiosk_wall_ms(const struct clock *clock)
{
    return system_clock.wall_ms(&system_clock) + clock_offset(clock);
}

/* ---- what the session asks for ------------------------------------------------------- */

static void port_reserve(void *context, const char *token)
{
    link_reserve(((struct kiosk *)context)->link, token);
}

static void port_submit(void *context, const struct submission *submission)
{
    link_submit(((struct kiosk *)context)->link, submission);
}

static void port_ask_case(void *context, const char *receipt)
{
    link_ask_case(((struct kiosk *)context)->link, receipt);
}

/* The page as the printer's thread takes it. NULL when the slip cannot be drawn. */
static struct paper_page *draw_slip(struct kiosk *k, const struct slip *slip, const char *job)
{
    struct slip_page drawn;
    struct paper_page *page = calloc(1, sizeof(*page));
    int r = page ? slip_page_draw(&drawn, stage_text(k->stage), slip, paper_width_dots(k->paper))
                 : -ENOMEM;
    if (r) {
        log_line(LOG_ERROR, "kiosk", "a slip could not be drawn: %d", r);
        free(page);
        return NULL;
    }
    snprintf(page->job, sizeof(page->job), "%s", job);
    page->width_dots = drawn.width_dots;
    page->rows = drawn.rows;
    page->bits = drawn.bits;
    return page;
}

static void port_print(void *context, struct slip *slip, const char *job, const char *receipt,
                       bool is_reprint)
{
    struct kiosk *k = context;
    struct paper_page *page = draw_slip(k, slip, job);
    slip_free(slip);
    if (page)
        printing_start(k->printing, page, receipt, is_reprint);
    else
        post_send(k->inbox, post_event(EV_PRINT_STATE, job, "", PAPER_FAILED));
}

static void port_spell(void *context, const char *letters, bool is_name, bool is_first)
{
    struct kiosk *k = context;
    (void)is_name;
    (void)is_first;
    post_send(k->inbox, post_event(EV_CANDIDATES, letters, "", 0));
}

static size_t port_recognise(void *context, const struct ink *ink, struct candidate *out,
                             size_t most)
{
    (void)context;
    (void)ink;
    (void)out;
    (void)most;
    return 0;
}

/* The next page is drawn before caches are wiped: the screen forgets first. */
static void port_forgotten(void *context)
{
    ((struct kiosk *)context)->is_forgetting = true;
}

static const char *port_translate(void *context, enum language language, const char *msgid)
{
    (void)context;
    tr_set_language(language == LANGUAGE_ZH ? "zh_CN" : "en");
    return tr(msgid);
}

static const struct session_ports ports = { .reserve = port_reserve,
                                            .submit = port_submit,
                                            .ask_case = port_ask_case,
                                            .print = port_print,
                                            .spell = port_spell,
                                            .recognise = port_recognise,
                                            .forgotten = port_forgotten,
                                            .translate = port_translate };

/* ---- documents of the county --------------------------------------------------------- */

static void take_keys(struct kiosk *k, const struct post *p)
{
    char complaint[320];
    struct seal_keys *keys = NULL;
    int r = seal_keys_parse(&keys, k->trust, p->document.data, p->document.length, complaint);
    if (r)
        log_line(LOG_ERROR, "kiosk", "the county's keys are refused: %s",
                 r == SEAL_E_FORMAT ? complaint : "chain");
    else
        session_set_keys(k->session, keys);
}

static void take_catalogue(struct kiosk *k, const struct post *p)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct catalogue *c = NULL;
    if (catalogue_load(&c, p->document.data, p->document.length, complaint)) {
        log_line(LOG_ERROR, "kiosk", "the county's catalogue is refused: %s", complaint);
        return;
    }
    catalogue_free(k->next_catalogue);
    k->next_catalogue = c;
}

static void take_document(struct kiosk *k, const struct post *p)
{
    int64_t now = k->clock.base.wall_ms(&k->clock.base);
    int r = k->trust ? document_verify(k->trust, p->document.data, p->document.length,
                                       p->signature.data, p->signature.length, now)
                     : SEAL_E_SIGNATURE;
    if (r)
        log_line(LOG_ERROR, "kiosk", "document %s is refused: its signature does not hold (%d)",
                 p->name, r);
    else if (!strcmp(p->name, "keys"))
        take_keys(k, p);
    else if (!strcmp(p->name, "catalogue"))
        take_catalogue(k, p);
}

/* A new catalogue waits until nobody is in the middle of the old one. */
static void change_catalogue(struct kiosk *k)
{
    if (!k->next_catalogue || session_is_busy(k->session))
        return;
    session_set_catalogue(k->session, k->next_catalogue);
    catalogue_free(k->catalogue);
    k->catalogue = k->next_catalogue;
    k->next_catalogue = NULL;
}

/* ---- the loop ------------------------------------------------------------------------ */

static void take_post(struct kiosk *k, struct post *p)
{
    char job[POST_NAME];
    struct event event;
    switch (p->kind) {
    case POST_EVENT:
        session_handle(k->session, &p->event);
        break;
    case POST_DOC:
        take_document(k, p);
        break;
    case POST_ATTEMPT:
    case POST_PRINT:
        event = printing_take(k->printing, p, job);
        if (event.kind)
            session_handle(k->session, &event);
        break;
    case POST_CALL:
        p->call(p->context);
        break;
    }
}

static void take_touch(struct kiosk *k, struct touch touch)
{
    struct event event;
    if (stage_touch(k->stage, touch, &event))
        session_handle(k->session, &event);
}

static void take_input(struct kiosk *k, const struct input *input)
{
    static const enum touch_phase phases[] = { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };
    struct event event = { .kind = EV_TYPE, .name = "", .value = input->text };
    switch (input->kind) {
    case INPUT_TEXT:
        session_handle(k->session, &event);
        break;
    case INPUT_ERASE:
        event.kind = EV_ERASE;
        session_handle(k->session, &event);
        break;
    case INPUT_QUIT:
        k->is_ending = true;
        break;
    case INPUT_REDRAW:
        stage_damage_all(k->stage);
        break;
    default:
        take_touch(k, (struct touch){ phases[input->kind], input->x, input->y,
                                      k->clock.base.boot_ms(&k->clock.base) });
    }
}

static void show(struct kiosk *k)
{
    struct damage damage = stage_update(k->stage, k->session);
    if (damage.count)
        present_show(k->presenter, stage_canvas(k->stage), &damage);
}

static void settle(struct kiosk *k)
{
    struct event time = { .kind = EV_TIME };
    session_handle(k->session, &time);
    change_catalogue(k);
    show(k);
    if (k->is_forgetting) {
        k->is_forgetting = false;
        stage_forget(k->stage);
        show(k);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int patience_ms(const struct kiosk *k)
{
    int64_t due = earlier(session_deadline_ms(k->session), stage_deadline_ms(k->stage));
    int64_t left = due - k->clock.base.boot_ms(&k->clock.base);
    int robot = robot_patience_ms(k->robot);
    if (robot >= 0)
        left = earlier(left, robot);
    return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
}

static void run(struct kiosk *k)
{
    while (!k->is_ending) {
        struct post *p;
        struct input input;
        while ((p = queue_receive(k->inbox, 0))) {
            take_post(k, p);
            post_free(p);
        }
        while (present_next(k->presenter, &input))
            take_input(k, &input);
        settle(k);
        robot_tick(k->robot);
        if (!k->is_ending)
            present_wait(k->presenter, patience_ms(k));
    }
}

/* ---- the robot's hands --------------------------------------------------------------- */

static void hand_touch(void *context, struct touch touch)
{
    take_touch(context, touch);
}

static void hand_type(void *context, const char *utf8)
{
    struct event event = { .kind = EV_TYPE, .name = "", .value = utf8 };
    session_handle(((struct kiosk *)context)->session, &event);
}

static void hand_settle(void *context)
{
    settle(context);
}

static void hand_advance(void *context, int64_t ms)
{
    atomic_fetch_add(&((struct kiosk *)context)->clock.offset_ms, ms);
}

static void hand_quit(void *context)
{
    ((struct kiosk *)context)->is_ending = true;
}

static const struct session_view *hand_view(void *context)
{
    return session_view(((struct kiosk *)context)->session);
}

static struct stage *hand_stage(void *context)
{
    return ((struct kiosk *)context)->stage;
}

/* ---- building ------------------------------------------------------------------------ */

static void wake(void *presenter)
{
    present_wake(presenter);
}

static void drop_post(void *post)
{
    post_free(post);
}

/* Shipped with the firmware; the county's newer one replaces it later. Without any the kiosk says
 * "out of service". */
static void load_catalogue(struct kiosk *k)
{
    char complaint[CATALOGUE_COMPLAINT], path[512];
    snprintf(path, sizeof(path), "%s/catalogue/catalogue.json", k->options.assets);
    const char *file = k->options.catalogue ? k->options.catalogue : path;
    if (catalogue_load_file(&k->catalogue, file, complaint))
        log_line(LOG_ERROR, "kiosk", "no catalogue: %s", complaint);
    session_set_catalogue(k->session, k->catalogue);
}

static int build_screen(struct kiosk *k)
{
    struct stage_config stage = { &this_board.fonts, &theme_light, &k->clock.base,
                                  this_board.utc_offset_minutes };
    int r = k->options.is_headless ? present_nowhere(&k->presenter)
                                   : present_window(&k->presenter, "OneTrip", PAGE_W, PAGE_H,
                                                    k->options.scale_percent);
    if (!r)
        r = stage_new(&k->stage, &stage);
    if (!r)
        k->has_signal_thread = !pthread_create(&k->signal_thread, NULL, await_signal, k);
    return r;
}

static int build_session(struct kiosk *k)
{
    struct session_config config = { .clock = &k->clock.base,
                                     .ports = &ports,
                                     .context = k,
                                     .utc_offset_minutes = this_board.utc_offset_minutes,
                                     .case_url = k->options.case_url };
    int r = session_new(&k->session, &config);
    if (r)
        return r;
    if (trust_load(&k->trust, k->options.trust))
        log_line(LOG_ERROR, "kiosk", "no CA certificates in %s: nothing can be accepted",
                 k->options.trust);
    load_catalogue(k);
    return 0;
}

static int start_workers(struct kiosk *k)
{
    const struct robot_hands hands = { k,         hand_touch, hand_type, hand_settle, hand_advance,
                                       hand_quit, hand_view,  hand_stage };
    int r = link_start(&k->link, k->options.socket, k->inbox);
    if (!r)
        r = reader_start(&k->reader, k->options.usbip, &k->clock.base, k->inbox);
    if (!r)
        r = paper_start(&k->paper, k->options.usbip, &k->clock.base, k->inbox);
    if (!r)
        r = printing_new(&k->printing, k->link, k->paper);
    if (!r && k->options.robot)
        r = robot_start(&k->robot, k->options.robot, &hands, k->inbox);
    return r;
}

static int build(struct kiosk *k)
{
    k->clock.base = (struct clock){ kiosk_boot_ms, kiosk_wall_ms };
    int r = tr_open(k->options.locale);
    if (!r)
        r = queue_new(&k->inbox, 1024, drop_post);
    if (!r)
        r = build_screen(k);
    if (!r)
        r = build_session(k);
    if (r)
        return r;
    queue_set_wake(k->inbox, wake, k->presenter);
    settle(k); /* the first picture, before any device is looked for */
    return start_workers(k);
}

static void take_down(struct kiosk *k)
{
    if (k->inbox)
        queue_close(k->inbox);
    if (k->has_signal_thread) {
        pthread_kill(k->signal_thread, SIGUSR1);
        pthread_join(k->signal_thread, NULL);
    }
    robot_stop(k->robot);
    link_stop(k->link);
    reader_stop(k->reader);
    paper_stop(k->paper);
    printing_free(k->printing);
    session_free(k->session);
    catalogue_free(k->catalogue);
    catalogue_free(k->next_catalogue);
    trust_free(k->trust);
    stage_free(k->stage);
    queue_free(k->inbox);
    present_free(k->presenter);
}

static void usage(FILE *to)
{
    fputs("usage: kiosk [options]\n"
          "  --syncd SOCKET     local socket of kiosk-syncd\n"
          "  --assets DIR       catalogue/ and translations\n"
          "  --catalogue FILE   another catalogue\n"
          "  --trust DIR        CA certificates of the county\n"
          "  --locale DIR       compiled translations\n"
          "  --usbip HOST:PORT  simulated devices instead of USB\n"
          "  --robot SOCKET     take commands there, kiosk-robot(7)\n"
          "  --case-url URL     prefix of the number in the slip's code\n"
          "  --scale PERCENT    size of the window; 0 fits the display\n"
          "  --headless         no window\n",
          to);
}

enum option_id {
    OPT_SYNCD = 1,
    OPT_ASSETS,
    OPT_CATALOGUE,
    OPT_TRUST,
    OPT_LOCALE,
    OPT_USBIP,
    OPT_ROBOT,
    OPT_CASE_URL,
    OPT_SCALE,
    OPT_HEADLESS,
    OPT_HELP
};

static const struct option long_options[] = { { "syncd", required_argument, NULL, OPT_SYNCD },
                                              { "assets", required_argument, NULL, OPT_ASSETS },
                                              { "catalogue", required_argument, NULL,
                                                OPT_CATALOGUE },
                                              { "trust", required_argument, NULL, OPT_TRUST },
                                              { "locale", required_argument, NULL, OPT_LOCALE },
                                              { "usbip", required_argument, NULL, OPT_USBIP },
                                              { "robot", required_argument, NULL, OPT_ROBOT },
                                              { "case-url", required_argument, NULL, OPT_CASE_URL },
                                              { "scale", required_argument, NULL, OPT_SCALE },
                                              { "headless", no_argument, NULL, OPT_HEADLESS },
                                              { "help", no_argument, NULL, OPT_HELP },
                                              { NULL, 0, NULL, 0 } };

/* 0 go on, 1 end well, 2 wrong usage. */
static int read_options(struct options *o, int argc, char **argv)
{
    const char **texts[] = {
        [OPT_SYNCD] = &o->socket, [OPT_ASSETS] = &o->assets,    [OPT_CATALOGUE] = &o->catalogue,
        [OPT_TRUST] = &o->trust,  [OPT_LOCALE] = &o->locale,    [OPT_USBIP] = &o->usbip,
        [OPT_ROBOT] = &o->robot,  [OPT_CASE_URL] = &o->case_url
    };
    int id;
    while ((id = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (id >= OPT_SYNCD && id <= OPT_CASE_URL)
            *texts[id] = optarg;
        else if (id == OPT_SCALE && text_to_int(&o->scale_percent, optarg))
            continue;
        else if (id == OPT_HEADLESS)
            o->is_headless = true;
        else {
            usage(id == OPT_HELP ? stdout : stderr);
            return id == OPT_HELP ? 1 : 2;
        }
    }
    return optind < argc ? (usage(stderr), 2) : 0;
}

int main(int argc, char **argv)
{
    struct kiosk kiosk = { .options = { .socket = this_board.socket,
                                        .assets = this_board.assets,
                                        .trust = this_board.trust,
                                        .locale = "build/locale",
                                        .case_url = "",
                                        .scale_percent = 0 } };
    int usage_code = read_options(&kiosk.options, argc, argv);
    if (usage_code)
        return usage_code == 1 ? 0 : 2;
    locked_process();
    locked_json();
    block_signals();
    int r = build(&kiosk);
    if (r)
        log_line(LOG_ERROR, "kiosk", "cannot start: %s", strerrorname_np(-r));
    else
        run(&kiosk);
    take_down(&kiosk);
    return r ? 1 : 0;
}
