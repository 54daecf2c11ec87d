#include "ui/input/handwriting/handwriting.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/input/handwriting/feature.h"
#include "ui/input/handwriting/model.h"

enum { SHORTLIST = 128, MODEL_FILE_BYTES_MAX = 64 << 20 };

struct handwriting {
    void *bytes; /* the mapped file */
    size_t length;
    struct model model;
};

/* All that a call needs; on its stack, wiped at its end. */
struct work {
    struct trace trace;
    float feature[FEATURE_COUNT];
    float reduced[MODEL_REDUCED_MAX];
    int16_t steps[MODEL_REDUCED_MAX]; /* reduced, in the steps of the means */
    struct choice {
        float distance;
        uint32_t class;
    } list[SHORTLIST];
    size_t listed;
};

/* ---- opening --------------------------------------------------------------------------- */
static int map_file(struct handwriting *hw, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? HANDWRITING_E_ABSENT : fault_raise(-errno);
    int r = 0;
    if (fstat(fd, &st)) {
        r = fault_raise(-errno);
    } else if (!S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > MODEL_FILE_BYTES_MAX) {
        log_line(LOG_WARNING, "handwriting", "the model is no file of a fitting size");
        r = HANDWRITING_E_REFUSED;
    } else {
        hw->length = (size_t)st.st_size;
        hw->bytes = mmap(NULL, hw->length, PROT_READ, MAP_PRIVATE, fd, 0);
        if (hw->bytes == MAP_FAILED) {
            hw->bytes = NULL;
            r = fault_raise(-errno);
        }
    }
    close(fd);
    return r;
}

int handwriting_open(struct handwriting **out, const char *path)
{
    AUTO(handwriting_free) struct handwriting *hw = calloc(1, sizeof(*hw));
    const char *why = NULL;
    if (!hw)
        return fault_raise(-ENOMEM);
    int r = map_file(hw, path);
    if (r)
        return r;
    if (model_read(&hw->model, hw->bytes, hw->length, &why)) {
        log_line(LOG_WARNING, "handwriting", "the model is refused: %s", why);
        return HANDWRITING_E_REFUSED;
    }
    handwriting_rest(hw); /* checking touched every page */
    *out = TAKE(hw);
    return 0;
}

void handwriting_free(struct handwriting *hw)
{
    if (!hw)
        return;
    if (hw->bytes)
        munmap(hw->bytes, hw->length);
    free(hw);
}

void handwriting_rest(const struct handwriting *hw)
{
    /* Clean pages of a file: at worst the advice is not taken. */
    (void)madvise(hw->bytes, hw->length, MADV_DONTNEED);
}

size_t handwriting_class_count(const struct handwriting *hw)
{
    return hw->model.class_count;
}

/* ---- recognising ----------------------------------------------------------------------- */
static void reduce(struct work *w, const struct model *m)
{
    for (size_t i = 0; i < m->reduced_count; i++) {
        const float *row = m->projection + i * FEATURE_COUNT;
        float sum[4] = { 0 };
        for (size_t k = 0; k < FEATURE_COUNT; k += 4)
            for (size_t j = 0; j < 4; j++)
                sum[j] += row[k + j] * w->feature[k + j];
        w->reduced[i] = sum[0] + sum[1] + sum[2] + sum[3] - m->offset[i];
        float step = w->reduced[i] * m->scale;
        step += step < 0 ? -0.5f : 0.5f;
        w->steps[i] = (int16_t)(step > 254 ? 254 : step < -254 ? -254 : step);
    }
}

static void keep(struct work *w, size_t most, float distance, uint32_t class)
{
    size_t i = w->listed;
    if (i == most) {
        if (distance >= w->list[i - 1].distance)
            return;
        i--;
    } else {
        w->listed++;
    }
    for (; i && w->list[i - 1].distance > distance; i--)
        w->list[i] = w->list[i - 1];
    w->list[i] = (struct choice){ distance, class };
}

/* Every character by its mean alone, in whole numbers: the nearest make the short list. */
static void shortlist(struct work *w, const struct model *m)
{
    float unit = 1 / (m->scale * m->scale);
    for (uint32_t c = 0; c < m->class_count; c++) {
        const int8_t *mean = m->means + (size_t)c * m->reduced_count;
        int32_t sum = 0;
        for (size_t i = 0; i < m->reduced_count; i++) {
            int16_t d = (int16_t)(w->steps[i] - mean[i]);
            sum += d * d;
        }
        keep(w, SHORTLIST, (float)sum * unit + m->penalty[c], c);
    }
}

/* The short list again, each character with its own variation: what lies along its axes is mostly
 * forgiven (a quadratic discriminant with few axes). */
static float fine_distance(const struct work *w, const struct model *m, uint32_t class)
{
    const int8_t *mean = m->means + (size_t) class * m->reduced_count;
    float off[MODEL_REDUCED_MAX], all = 0, forgiven = 0;
    for (size_t i = 0; i < m->reduced_count; i++) {
        off[i] = w->reduced[i] - (float)mean[i] / m->scale;
        all += off[i] * off[i];
    }
    for (size_t a = 0; a < m->axis_count; a++) {
        size_t at = (size_t) class * m->axis_count + a;
        const int8_t *axis = m->axes + at * m->reduced_count;
        float along = 0;
        for (size_t i = 0; i < m->reduced_count; i++)
            along += off[i] * (float)axis[i];
        along /= 127;
        forgiven += m->gain[at] * along * along;
    }
    return m->rest[class] * (all - forgiven) + m->base[class] + m->penalty[class];
}

static void refine(struct work *w, const struct model *m, size_t most)
{
    struct choice coarse[SHORTLIST];
    size_t count = w->listed;
    memcpy(coarse, w->list, sizeof(coarse));
    w->listed = 0;
    for (size_t i = 0; i < count; i++)
        keep(w, most, fine_distance(w, m, coarse[i].class), coarse[i].class);
}

size_t handwriting_recognise(const struct handwriting *hw, const struct handwriting_point *points,
                             size_t count, struct handwriting_candidate *out, size_t max)
{
    struct work w;
    size_t found = 0;
    w.listed = 0;
    if (max && trace_make(&w.trace, points, count)) {
        feature_make(w.feature, &w.trace);
        reduce(&w, &hw->model);
        shortlist(&w, &hw->model);
        refine(&w, &hw->model, max < HANDWRITING_CANDIDATES_MAX ? max : HANDWRITING_CANDIDATES_MAX);
        found = w.listed;
    }
    for (size_t i = 0; i < found; i++) {
        size_t length = text_encode(out[i].text, hw->model.codes[w.list[i].class]);
        memset(out[i].text + length, 0, sizeof(out[i].text) - length);
        out[i].distance = w.list[i].distance;
    }
    explicit_bzero(&w, sizeof(w));
    return found;
}
