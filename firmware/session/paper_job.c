#include <string.h>

#include "firmware/session/internal.h"

unsigned paper_job_copy(const struct paper_job *job)
{
    return job->may_be_printed ? job->prints : 0;
}

void paper_job_send(struct session *s, struct paper_job *job, int failed, struct slip *slip,
                    const char *receipt)
{
    bool is_reprint = paper_job_copy(job) != 0;
    job->state = failed ? PAPER_FAILED : PAPER_PRINTING;
    if (failed)
        return;
    token_make(job->id);
    job->prints++;
    s->config.ports->print(s->config.context, slip, job->id, receipt, is_reprint);
}

bool paper_job_heard(struct paper_job *job, const struct event *e)
{
    if (!*job->id || !e->name || strcmp(e->name, job->id) != 0)
        return false;
    job->state = (enum paper_state)e->number;
    job->may_be_printed |= job->state == PAPER_ASK || job->state == PAPER_DONE;
    return true;
}

bool paper_job_can_print(const struct session *s, const struct paper_job *job)
{
    return s->has_printer && job->prints < PAPER_PRINTS_MAX;
}
