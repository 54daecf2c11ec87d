/* Orders about firmware on the stick. */
#include "firmware/worker/stick_inside.h"

struct errand_place {
    struct stick_worker *worker;
    enum shift_event news;
};

static int ask(void *context, json_t *request, const void *body, size_t length,
               struct message *reply)
{
    return stick_ask_with(((struct errand_place *)context)->worker, request, body, length, reply);
}

/* A descriptor outlives a stick that is pulled; a kiosk that ends does not read on to the end of a large file. */
static bool is_wanted(void *context)
{
    struct stick_worker *w = ((struct errand_place *)context)->worker;
    return stick_is_there(w) && !queue_is_closed(w->orders);
}

static void tell(void *context, int percent)
{
    const struct errand_place *p = context;
    stick_post(p->worker, &(struct shift_news){ .kind = p->news, .percent = percent });
}

static enum saying said_of(const struct stick_worker *w, enum saying said)
{
    return said != SAY_WELL && !stick_is_there(w) ? SAY_PULLED : said;
}

void stick_look_at_firmware(struct stick_worker *w)
{
    struct errand_place place = { w, SHIFT_FIRMWARE_SEEN };
    const struct firmware_ports ports = { ask, is_wanted, tell, &place };
    const struct update_self self = { w->runs.board, w->runs.version, w->kiosk };
    struct shift_news news = { .kind = SHIFT_FIRMWARE_SEEN, .is_over = true, .said = SAY_PULLED };
    if (stick_is_there(w))
        news.said = firmware_look(&news.firmware, w->stick, w->trust, &self, &ports);
    news.said = said_of(w, news.said);
    news.percent = 100;
    w->firmware = news.said == SAY_WELL ? news.firmware : (struct firmware_offer){ 0 };
    stick_post(w, &news);
}

void stick_bring_firmware(struct stick_worker *w)
{
    struct errand_place place = { w, SHIFT_FIRMWARE_COPIED };
    const struct firmware_ports ports = { ask, is_wanted, tell, &place };
    struct shift_news news = { .kind = SHIFT_FIRMWARE_COPIED, .is_over = true, .said = SAY_PULLED };
    if (stick_is_there(w) && w->firmware.size)
        news.said = firmware_bring(w->stick, &w->firmware, &ports);
    news.said = said_of(w, news.said);
    news.percent = 100;
    stick_post(w, &news);
}
