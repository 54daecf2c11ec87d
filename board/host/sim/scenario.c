#include "board/host/sim/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/host/sim/expect.h"
#include "board/host/sim/words.h"

enum { STEPS_MAX = 1000, LINE_MAX_BYTES = 2000, LOOK_MS = 10 };

struct step {
    unsigned line;
    int64_t after_ms; /* the step before */
    json_t *request;  /* NULL: an expectation */
    struct expectation expect;
};

struct scenario {
    struct scenario_ports ports;
    char file[128], says[JSON_COMPLAINT + 160];
    size_t count, at;
    json_t *before;      /* state at the beginning */
    int64_t last_ms;     /* when the step before was done; -1: not begun */
    int64_t expected_ms; /* since when the present expectation does not hold; -1 */
    enum scenario_state state;
    struct step steps[STEPS_MAX];
};

/* ---- reading ------------------------------------------------------------------------- */

/* A '#' begins a comment at the start of a line or behind white space. */
static void cut_comment(char *line)
{
    for (char *p = line; *p; p++)
        if (*p == '\r' || *p == '\n' ||
            (*p == '#' && (p == line || p[-1] == ' ' || p[-1] == '\t'))) {
            *p = 0;
            return;
        }
}

/* NULL, or what is wrong; *line moves behind the offset. */
static const char *read_offset(int64_t *out_ms, char **line)
{
    char word[32];
    *line += strspn(*line, " \t");
    if (**line != '+')
        return NULL;
    size_t length = strcspn(*line, " \t");
    snprintf(word, sizeof(word), "%.*s", (int)(length < 31 ? length : 31), *line);
    if (!expect_duration(out_ms, word + 1))
        return "an offset is +TIME, as +250ms, +3s or +2m";
    *line += length;
    *line += strspn(*line, " \t");
    return **line ? NULL : "behind the offset stands a command";
}

static const char *read_step(struct step *s, char *line, char complaint[JSON_COMPLAINT])
{
    const char *wrong = read_offset(&s->after_ms, &line);
    if (wrong)
        return wrong;
    if (!strncmp(line, "expect", 6) && (line[6] == ' ' || line[6] == '\t' || !line[6]))
        return expect_parse(&s->expect, line + 6);
    s->request = sim_words_request(line, complaint);
    return s->request ? NULL : complaint;
}

static int read_lines(struct scenario *s, FILE *file, char complaint[JSON_COMPLAINT])
{
    char line[LINE_MAX_BYTES], words[JSON_COMPLAINT];
    for (unsigned number = 1; fgets(line, sizeof(line), file); number++) {
        const char *wrong = NULL;
        if (!strchr(line, '\n') && !feof(file))
            wrong = "the line is too long";
        cut_comment(line);
        if (!wrong && line[strspn(line, " \t")] == 0)
            continue;
        if (!wrong && s->count == STEPS_MAX)
            wrong = "there are too many lines";
        struct step *step = wrong ? NULL : &s->steps[s->count++];
        if (step) {
            step->line = number;
            wrong = read_step(step, line, words);
        }
        if (wrong) {
            snprintf(complaint, JSON_COMPLAINT, "%s:%u: %.160s", s->file, number, wrong);
            return -EINVAL;
        }
    }
    return 0;
}

int scenario_load(struct scenario **out, const char *path, const struct scenario_ports *ports,
                  char complaint[JSON_COMPLAINT])
{
    const char *name = strrchr(path, '/');
    AUTO(scenario_free) struct scenario *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->ports = *ports;
    s->last_ms = s->expected_ms = -1;
    snprintf(s->file, sizeof(s->file), "%.127s", name ? name + 1 : path);
    FILE *file = fopen(path, "re");
    if (!file) {
        snprintf(complaint, JSON_COMPLAINT, "%.200s: %s", path, strerror(errno));
        return -EINVAL;
    }
    int r = read_lines(s, file, complaint);
    fclose(file);
    if (!r)
        *out = TAKE(s);
    return r;
}

void scenario_free(struct scenario *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->count; i++)
        json_decref(s->steps[i].request);
    json_decref(s->before);
    free(s);
}

/* ---- doing --------------------------------------------------------------------------- */

static void fail(struct scenario *s, const char *why)
{
    s->state = SCENARIO_FAILED;
    snprintf(s->says, sizeof(s->says), "%s:%u: %s", s->file, s->steps[s->at].line, why);
}

static json_t *look(struct scenario *s)
{
    AUTO(json_release) json_t *request = json_pack("{ss}", "do", "state");
    return s->ports.command(s->ports.context, request);
}

static bool do_request(struct scenario *s, const struct step *step)
{
    AUTO(json_release) json_t *reply = s->ports.command(s->ports.context, step->request);
    if (json_is_true(json_object_get(reply, "ok")))
        return true;
    const char *error = json_string_value(json_object_get(reply, "error"));
    fail(s, error ? error : "no memory");
    return false;
}

/* False: not yet, or never. */
static bool do_expect(struct scenario *s, const struct step *step, int64_t now_ms)
{
    char why[JSON_COMPLAINT];
    AUTO(json_release) json_t *state = look(s);
    if (expect_holds(&step->expect, state, s->before, why)) {
        s->expected_ms = -1;
        return true;
    }
    if (s->expected_ms < 0)
        s->expected_ms = now_ms;
    if (now_ms - s->expected_ms >= step->expect.within_ms)
        fail(s, why);
    return false;
}

/* False: it is not time yet. */
static bool has_come(struct scenario *s, const struct step *step, int64_t now_ms)
{
    int64_t left = s->last_ms + step->after_ms - now_ms;
    if (left > 0 && s->ports.jump && s->expected_ms < 0) {
        s->ports.jump(s->ports.context, left);
        s->last_ms -= left;
        left = 0;
    }
    return left <= 0;
}

enum scenario_state scenario_tick(struct scenario *s, int64_t now_ms)
{
    if (s->last_ms < 0) {
        s->last_ms = now_ms;
        s->before = look(s);
    }
    while (s->state == SCENARIO_RUNNING && s->at < s->count) {
        const struct step *step = &s->steps[s->at];
        if (!has_come(s, step, now_ms))
            break;
        if (!(step->request ? do_request(s, step) : do_expect(s, step, now_ms)))
            break;
        s->last_ms = now_ms;
        s->at++;
    }
    if (s->state == SCENARIO_RUNNING && s->at == s->count)
        s->state = SCENARIO_DONE;
    return s->state;
}

int64_t scenario_due_ms(const struct scenario *s, int64_t now_ms)
{
    if (s->state != SCENARIO_RUNNING)
        return -1;
    if (s->last_ms < 0 || s->at == s->count)
        return now_ms;
    if (s->expected_ms >= 0)
        return now_ms + LOOK_MS;
    int64_t due = s->last_ms + s->steps[s->at].after_ms;
    return due > now_ms ? due : now_ms;
}

enum scenario_state scenario_state(const struct scenario *s)
{
    return s->state;
}

const char *scenario_says(const struct scenario *s)
{
    return s->says;
}

unsigned scenario_line(const struct scenario *s)
{
    return s->at < s->count ? s->steps[s->at].line : 0;
}
