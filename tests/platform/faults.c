/* The fault switch: what goes wrong on the way, by chance that a seed repeats. */
#include <microhttpd.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/platform/platform.h"

/* xorshift64*: for tests, not for secrets. Inside the lock. */
static double chance(struct faults *f)
{
    f->state ^= f->state >> 12;
    f->state ^= f->state << 25;
    f->state ^= f->state >> 27;
    return (double)((f->state * UINT64_C(2685821657736338717)) >> 11) / 9007199254740992.0;
}

static double share(const json_t *wish, const char *name)
{
    double value = json_number_value(json_object_get(wish, name));
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

void faults_set(struct platform *p, const json_t *wish)
{
    json_int_t seed = json_integer_value(json_object_get(wish, "seed"));
    pthread_mutex_lock(&p->lock);
    p->faults = (struct faults){
        .drop_answers = share(wish, "drop_answers"),
        .cut = share(wish, "cut"),
        .status_5xx = share(wish, "status_5xx"),
        .garbage = share(wish, "garbage"),
        .delay_ms = (int)json_integer_value(json_object_get(wish, "delay_ms")),
        .crash_after_commit = (int)json_integer_value(json_object_get(wish, "crash_after_commit")),
        .state = seed ? (uint64_t)seed : 88172645463325252u,
    };
    pthread_mutex_unlock(&p->lock);
}

enum fault_move faults_before(struct platform *p, struct reply *r)
{
    pthread_mutex_lock(&p->lock);
    struct faults *f = &p->faults;
    int delay_ms = f->delay_ms;
    bool is_cut =
        f->cut > 0 && chance(f)<f->cut, is_busy = f->status_5xx> 0 && chance(f) < f->status_5xx;
    pthread_mutex_unlock(&p->lock);
    struct timespec pause = { delay_ms / 1000, (long)(delay_ms % 1000) * 1000000 };
    if (delay_ms > 0)
        nanosleep(&pause, NULL);
    r->is_cut = is_cut;
    if (!is_cut && is_busy)
        reply_problem(r, 503, "busy", "try later");
    return is_cut || is_busy ? FAULT_DONE : FAULT_PASS;
}

void faults_after(struct platform *p, struct reply *r)
{
    pthread_mutex_lock(&p->lock);
    struct faults *f = &p->faults;
    r->is_cut |= f->drop_answers > 0 && chance(f) < f->drop_answers;
    bool is_garbage = f->garbage > 0 && chance(f) < f->garbage;
    pthread_mutex_unlock(&p->lock);
    if (!is_garbage)
        return;
    r->status = 200;
    r->body.length = 0;
    r->type = "application/json";
    if (bytes_append_text(&r->body, "{\"results\": [{\"id\": \"0"))
        r->is_cut = true;
}

/* Inside the lock, right behind COMMIT. */
void faults_committed(struct platform *p)
{
    if (p->faults.crash_after_commit > 0 && --p->faults.crash_after_commit == 0)
        _exit(70);
}
