#include "ui/input/handwriting/model.h"

#include <math.h>
#include <string.h>

#include "ui/input/handwriting/feature.h"

static const char MAGIC[8] = "OTINK\0\1";

struct header {
    char magic[8];
    uint64_t checksum; /* of all that follows it */
    uint32_t version, class_count, feature_count, reduced_count, axis_count;
    float scale;
    uint8_t zero[MODEL_HEADER_BYTES - 40];
};
enum { UNCHECKED_BYTES = 16 };
_Static_assert(sizeof(struct header) == MODEL_HEADER_BYTES, "no holes in the header");

enum part {
    PART_CODES,
    PART_PENALTY,
    PART_OFFSET,
    PART_PROJECTION,
    PART_BASE,
    PART_GAIN,
    PART_REST,
    PART_MEANS,
    PART_AXES,
    PART_COUNT
};

static size_t size_of(enum part part, size_t classes, size_t reduced, size_t axes)
{
    switch (part) {
    case PART_CODES:
    case PART_PENALTY:
    case PART_BASE:
    case PART_REST:
        return classes * 4;
    case PART_OFFSET:
        return reduced * 4;
    case PART_PROJECTION:
        return reduced * FEATURE_COUNT * 4;
    case PART_GAIN:
        return classes * axes * 4;
    case PART_MEANS:
        return classes * reduced;
    default:
        return classes * axes * reduced;
    }
}

/* Where a part begins; PART_COUNT gives the end of the file. */
static size_t start_of(enum part part, size_t classes, size_t reduced, size_t axes)
{
    size_t at = MODEL_HEADER_BYTES;
    for (enum part p = 0; p < part; p++)
        at += (size_of(p, classes, reduced, axes) + MODEL_ALIGN - 1) / MODEL_ALIGN * MODEL_ALIGN;
    return at;
}

size_t model_bytes(uint32_t classes, uint32_t reduced, uint32_t axes)
{
    if (!classes || classes > MODEL_CLASSES_MAX || !reduced || reduced % 16 ||
        reduced > MODEL_REDUCED_MAX || axes > MODEL_AXES_MAX)
        return 0;
    return start_of(PART_COUNT, classes, reduced, axes);
}

uint64_t model_checksum(const void *bytes, size_t length)
{
    const uint8_t *p = bytes;
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ p[i]) * 0x100000001b3u;
    return sum;
}

static bool are_bounded(const float *numbers, size_t count, float least, float most)
{
    for (size_t i = 0; i < count; i++)
        if (!(numbers[i] >= least && numbers[i] <= most)) /* also refuses what is no number */
            return false;
    return true;
}

static const char *complaint_about(const struct model *m)
{
    size_t n = m->class_count;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = m->codes[i];
        if (c < 0x80 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) || (i && c <= m->codes[i - 1]))
            return "its characters are not in order";
    }
    if (!(m->scale > 1e-6f && m->scale < 1e6f) || !are_bounded(m->penalty, n, -1e6f, 1e6f) ||
        !are_bounded(m->base, n, -1e6f, 1e6f) || !are_bounded(m->rest, n, 0, 1e6f) ||
        !are_bounded(m->gain, n * m->axis_count, -1e6f, 1e6f) ||
        !are_bounded(m->offset, m->reduced_count, -1e6f, 1e6f) ||
        !are_bounded(m->projection, (size_t)m->reduced_count * FEATURE_COUNT, -1e6f, 1e6f))
        return "a number is out of bounds";
    return NULL;
}

static void point_into(struct model *m, const uint8_t *bytes)
{
    const void *at[PART_COUNT];
    for (enum part p = 0; p < PART_COUNT; p++)
        at[p] = bytes + start_of(p, m->class_count, m->reduced_count, m->axis_count);
    m->codes = at[PART_CODES];
    m->penalty = at[PART_PENALTY];
    m->offset = at[PART_OFFSET];
    m->projection = at[PART_PROJECTION];
    m->base = at[PART_BASE];
    m->gain = at[PART_GAIN];
    m->rest = at[PART_REST];
    m->means = at[PART_MEANS];
    m->axes = at[PART_AXES];
}

void model_begin(struct model *model, void *bytes)
{
    struct header h = { .version = MODEL_VERSION,
                        .class_count = model->class_count,
                        .feature_count = FEATURE_COUNT,
                        .reduced_count = model->reduced_count,
                        .axis_count = model->axis_count,
                        .scale = model->scale };
    memcpy(h.magic, MAGIC, sizeof(MAGIC));
    memcpy(bytes, &h, sizeof(h));
    point_into(model, bytes);
}

void model_seal(void *bytes, size_t length)
{
    struct header h;
    memcpy(&h, bytes, sizeof(h));
    h.checksum = model_checksum((uint8_t *)bytes + UNCHECKED_BYTES, length - UNCHECKED_BYTES);
    memcpy(bytes, &h, sizeof(h));
}

int model_read(struct model *model, const void *bytes, size_t length, const char **why)
{
    struct header h;
    *model = (struct model){ 0 };
    *why = "it is no handwriting model";
    if (length < sizeof(h))
        return MODEL_E_REFUSED;
    memcpy(&h, bytes, sizeof(h));
    if (memcmp(h.magic, MAGIC, sizeof(MAGIC)))
        return MODEL_E_REFUSED;
    *why = "it is of another version";
    if (h.version != MODEL_VERSION || h.feature_count != FEATURE_COUNT)
        return MODEL_E_REFUSED;
    *why = "its length is not what its header says";
    if (model_bytes(h.class_count, h.reduced_count, h.axis_count) != length)
        return MODEL_E_REFUSED;
    *why = "its checksum is wrong";
    if (model_checksum((const uint8_t *)bytes + UNCHECKED_BYTES, length - UNCHECKED_BYTES) !=
        h.checksum)
        return MODEL_E_REFUSED;
    model->class_count = h.class_count;
    model->reduced_count = h.reduced_count;
    model->axis_count = h.axis_count;
    model->scale = h.scale;
    point_into(model, bytes);
    *why = complaint_about(model);
    return *why ? MODEL_E_REFUSED : 0;
}
