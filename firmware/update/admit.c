#include "firmware/update/admit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *admit_sentence(int outcome)
{
    static const char *const sentences[ADMIT_END] = {
        [ADMIT_E_SIGNATURE] = "the list of updates is not signed by the county",
        [ADMIT_E_FORMAT] = "what the county has signed there is no list of updates",
        [ADMIT_E_OTHER] = "the county does not list this file for this board",
        [ADMIT_E_SIZE] = "the file has another size than the county's list says",
        [ADMIT_E_SAME] = "this version runs here already",
        [ADMIT_E_OLDER] = "it is older than what runs here, and not signed as a way back",
    };
    return outcome > 0 && outcome < ADMIT_END ? sentences[outcome] : "it cannot be looked at";
}

static const struct update *find(const struct update_manifest *m, const struct admit_file *file,
                                 const char *board)
{
    for (size_t i = 0; i < m->count; i++)
        if (!memcmp(m->updates[i].sha256, file->sha256, SHA256_BYTES) &&
            !strcmp(m->updates[i].board, board))
            return &m->updates[i];
    return NULL;
}

static int judge(struct update *out, bool *is_downgrade, const struct update_manifest *m,
                 const struct admit_file *file, const struct update_self *self)
{
    const struct update *u = find(m, file, self->board);
    if (!u || !update_version_is(self->version))
        return ADMIT_E_OTHER;
    if (u->size != file->size)
        return ADMIT_E_SIZE;
    int order = update_version_compare(u->version, self->version);
    if (!order)
        return ADMIT_E_SAME;
    if (order < 0 && !update_is_way_back(u, self->version))
        return ADMIT_E_OLDER;
    *out = *u;
    *is_downgrade = order < 0;
    return 0;
}

int update_admit(struct update *out, bool *is_downgrade, const struct trust *trust,
                 const struct bytes *manifest, const struct bytes *signature,
                 const struct admit_file *file, const struct update_self *self)
{
    char complaint[UPDATE_COMPLAINT];
    *out = (struct update){ 0 };
    *is_downgrade = false;
    if (document_verify(trust, manifest->data, manifest->length, signature->data, signature->length,
                        0))
        return ADMIT_E_SIGNATURE;
    struct update_manifest *m = calloc(1, sizeof(*m));
    if (!m)
        return fault_raise(-ENOMEM);
    int r = update_manifest_read(m, manifest->data, manifest->length, complaint)
                ? ADMIT_E_FORMAT
                : judge(out, is_downgrade, m, file, self);
    free(m);
    return r;
}
