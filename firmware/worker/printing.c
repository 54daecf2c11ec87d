#include "firmware/worker/printing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"

enum { JOBS_MAX = 8, AUTOMATIC_ATTEMPTS = 2 };

struct job {
    char name[POST_NAME], receipt[RECEIPT_TEXT];
    int64_t attempt;
    uint64_t bytes_sent;
    unsigned attempts;
    bool is_reprint, is_on_its_way; /* the paper's thread has it, and will say what became of it */
    int64_t late_ms;         /* its visit is over: not begun after this; 0: somebody waits for it */
    struct paper_page *page; /* until the printer has it; kept as a copy for a clean retry */
};

struct printing {
    struct link *link;
    struct paper *paper;
    struct job jobs[JOBS_MAX];
};

int printing_new(struct printing **out, struct link *link, struct paper *paper)
{
    struct printing *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    p->link = link;
    p->paper = paper;
    *out = p;
    return 0;
}

static void end_job(struct job *j)
{
    paper_page_free(j->page);
    explicit_bzero(j, sizeof(*j));
}

void printing_free(struct printing *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < JOBS_MAX; i++)
        end_job(&p->jobs[i]);
    free(p);
}

static struct job *find(struct printing *p, const char *name)
{
    for (size_t i = 0; i < JOBS_MAX; i++)
        if (!strcmp(p->jobs[i].name, name))
            return &p->jobs[i];
    return NULL;
}

static struct paper_page *copy_of(const struct paper_page *page)
{
    size_t size = (size_t)page->rows * page->width_dots / 8;
    struct paper_page *copy = calloc(1, sizeof(*copy));
    if (!copy)
        return NULL;
    *copy = *page;
    copy->bits = malloc(size);
    if (!copy->bits) {
        free(copy);
        return NULL;
    }
    memcpy(copy->bits, page->bits, size);
    return copy;
}

void printing_start(struct printing *p, struct paper_page *page, const char *receipt,
                    bool is_reprint)
{
    struct job *j = find(p, "");
    if (!j) {
        /* Eight jobs without an answer: the oldest has no screen any more. */
        j = &p->jobs[0];
        end_job(j);
    }
    snprintf(j->name, sizeof(j->name), "%s", page->job);
    snprintf(j->receipt, sizeof(j->receipt), "%s", receipt);
    j->is_reprint = is_reprint;
    j->page = page;
    link_print_begin(p->link, j->name, j->receipt, is_reprint);
}

/* ---- when the visit is over ------------------------------------------------------------ */

void printing_end_visit(struct printing *p, int64_t now_ms)
{
    for (size_t i = 0; i < JOBS_MAX; i++)
        if (*p->jobs[i].name && !p->jobs[i].late_ms)
            p->jobs[i].late_ms = now_ms + PAPER_GRACE_MS;
    paper_end_visit(p->paper);
}

bool printing_is_busy(const struct printing *p)
{
    for (size_t i = 0; p && i < JOBS_MAX; i++)
        if (*p->jobs[i].name)
            return true;
    return false;
}

int64_t printing_tick(struct printing *p, int64_t now_ms)
{
    int64_t due = INT64_MAX;
    for (size_t i = 0; p && i < JOBS_MAX; i++) {
        struct job *j = &p->jobs[i];
        if (!*j->name || !j->late_ms || j->is_on_its_way)
            continue;
        if (now_ms >= j->late_ms)
            end_job(j);
        else if (j->late_ms < due)
            due = j->late_ms;
    }
    return due;
}

/* ---- from attempt to paper ------------------------------------------------------------- */

static struct event paper_event(const char *job, enum paper_state state)
{
    return (struct event){ .kind = EV_PRINT_STATE, .name = job, .number = (int)state };
}

static struct event attempt_stored(struct printing *p, const struct post *post,
                                   char name[POST_NAME])
{
    struct job *j = find(p, post->name);
    if (!j || !*j->name) { /* nobody waits any more: it was never begun */
        if (post->number >= 0)
            link_print_state(p->link, post->number, "failed-clean", "", 0);
        return (struct event){ .kind = EV_NONE };
    }
    struct paper_page *copy = post->number >= 0 ? copy_of(j->page) : NULL;
    if (!copy) {
        log_line(LOG_WARNING, "printing", "no slip: the attempt could not be recorded");
        end_job(j);
        return paper_event(name, PAPER_FAILED);
    }
    j->attempt = post->number;
    j->attempts++;
    j->is_on_its_way = true;
    copy->late_ms = j->late_ms;
    link_print_state(p->link, j->attempt, "sending", "", 0);
    paper_print(p->paper, copy);
    return (struct event){ .kind = EV_NONE };
}

/* Nothing left the kiosk: the same slip may go again without a mark, twice. */
static struct event failed_clean(struct printing *p, struct job *j, const char *name)
{
    j->is_on_its_way = false;
    if (j->attempts < AUTOMATIC_ATTEMPTS && !j->late_ms) {
        link_print_begin(p->link, j->name, j->receipt, j->is_reprint);
        return (struct event){ .kind = EV_NONE };
    }
    end_job(j);
    return paper_event(name, PAPER_FAILED);
}

/* Presenter models: printed is not delivered (section 5, rule 6). The row stays "sent" until the slip is taken; one that
 * was taken back ends as uncertain with level V: voided, nobody has it. */
static struct event presented(struct printing *p, struct job *j, const struct post *post,
                              const char *name)
{
    switch ((enum paper_progress)post->number) {
    case PAPER_PROGRESS_HELD:
        j->bytes_sent = post->bytes_sent;
        paper_page_free(j->page); /* it is on paper: nothing may be left of it here */
        j->page = NULL;
        return paper_event(name, PAPER_DONE);
    case PAPER_PROGRESS_TAKEN:
        link_print_state(p->link, j->attempt, "confirmed", post->value, j->bytes_sent);
        break;
    case PAPER_PROGRESS_VOIDED:
        link_print_state(p->link, j->attempt, "uncertain", "V", j->bytes_sent);
        break;
    }
    end_job(j);
    return (struct event){ .kind = EV_NONE };
}

static struct event printed(struct printing *p, const struct post *post, char name[POST_NAME])
{
    static const char *const words[] = { "sending", "sent", "confirmed", "uncertain",
                                         "failed-clean" };
    struct job *j = find(p, post->name);
    if (!j || !*j->name || post->number < 0 || post->number > PAPER_PROGRESS_VOIDED)
        return (struct event){ .kind = EV_NONE };
    if (post->number > PRINT_FAILED_CLEAN)
        return presented(p, j, post, name);
    link_print_state(p->link, j->attempt, words[post->number], post->value, post->bytes_sent);
    switch ((enum print_progress)post->number) {
    case PRINT_CONFIRMED:
        end_job(j);
        return paper_event(name, PAPER_DONE);
    case PRINT_UNCERTAIN:
        end_job(j);
        return paper_event(name, PAPER_ASK);
    case PRINT_SENT:
        /* A printer that says nothing: its bytes are all there is, so the resident is asked. */
        if (strcmp(post->value, "N"))
            break;
        end_job(j);
        return paper_event(name, PAPER_ASK);
    case PRINT_FAILED_CLEAN:
        return failed_clean(p, j, name);
    case PRINT_SENDING:
        break;
    }
    return (struct event){ .kind = EV_NONE };
}

struct event printing_take(struct printing *p, const struct post *post, char job[POST_NAME])
{
    snprintf(job, POST_NAME, "%s", post->name);
    return post->kind == POST_ATTEMPT ? attempt_stored(p, post, job) : printed(p, post, job);
}
