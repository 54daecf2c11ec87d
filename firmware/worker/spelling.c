#include "firmware/worker/spelling.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "ui/input/pinyin/speller.h"

struct question {
    char letters[LETTERS_MAX + 1]; /* "" : none waits */
    unsigned flags;
};

struct spelling_worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct queue *to;
    char *program;
    const struct clock *clock;
    struct question next; /* guarded, as the next two */
    bool must_forget, is_ending;
};

static void post_answer(struct spelling_worker *w, const char *letters,
                        const struct speller_answer *answer, bool is_away)
{
    struct post *p = post_event(EV_CANDIDATES, letters, "", !is_away);
    if (!p)
        return;
    struct candidates *found = &p->data.candidates;
    for (size_t i = 0; i < answer->count && found->count < CANDIDATES_MAX; i++) {
        struct candidate *c = &found->list[found->count++];
        snprintf(c->text, sizeof(c->text), "%s", answer->list[i].text);
        c->letters = answer->list[i].letters;
    }
    post_send(w->to, p);
}

static void ask(struct spelling_worker *w, struct speller *speller, const struct question *q)
{
    struct speller_answer answer = { 0 };
    int r = speller ? speller_ask(speller, &answer, q->letters, q->flags, CANDIDATES_MAX)
                    : SPELLER_E_GONE;
    post_answer(w, q->letters, &answer, r != 0);
    explicit_bzero(&answer, sizeof(answer));
}

/* Waits for something to do. False: the end. */
static bool take(struct spelling_worker *w, struct question *q, bool *must_forget)
{
    pthread_mutex_lock(&w->lock);
    while (!w->is_ending && !w->must_forget && !*w->next.letters)
        pthread_cond_wait(&w->changed, &w->lock);
    *q = w->next;
    *must_forget = w->must_forget;
    explicit_bzero(&w->next, sizeof(w->next));
    w->must_forget = false;
    bool goes_on = !w->is_ending;
    pthread_mutex_unlock(&w->lock);
    return goes_on;
}

static void *run(void *context)
{
    struct spelling_worker *w = context;
    struct speller_config config = { .program = w->program, .clock = w->clock };
    struct speller *speller = NULL;
    struct question q;
    bool must_forget;
    if (speller_new(&speller, &config))
        log_line(LOG_WARNING, "kiosk", "the pinyin helper cannot be started: %s", w->program);
    while (take(w, &q, &must_forget)) {
        if (must_forget && speller)
            speller_end(speller);
        if (*q.letters)
            ask(w, speller, &q);
        explicit_bzero(&q, sizeof(q));
    }
    speller_free(speller);
    return NULL;
}

int spelling_start(struct spelling_worker **out, const char *program, const struct clock *clock,
                   struct queue *to)
{
    struct spelling_worker *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    w->to = to;
    w->clock = clock;
    w->program = strdup(program);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->changed, NULL);
    int r = w->program ? -pthread_create(&w->thread, NULL, run, w) : -ENOMEM;
    if (r) {
        free(w->program);
        free(w);
        return fault_raise(r);
    }
    *out = w;
    return 0;
}

void spelling_stop(struct spelling_worker *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->is_ending = true;
    pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->changed);
    explicit_bzero(&w->next, sizeof(w->next));
    free(w->program);
    free(w);
}

void spelling_ask(struct spelling_worker *w, const char *letters, bool is_name, bool is_first)
{
    pthread_mutex_lock(&w->lock);
    snprintf(w->next.letters, sizeof(w->next.letters), "%s", letters);
    w->next.flags =
        (is_name ? (unsigned)SPELLER_NAME : 0) | (is_first ? (unsigned)SPELLER_FIRST : 0);
    pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->lock);
}

void spelling_forget(struct spelling_worker *w)
{
    pthread_mutex_lock(&w->lock);
    explicit_bzero(&w->next, sizeof(w->next));
    w->must_forget = true;
    pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->lock);
}
