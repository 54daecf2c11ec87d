/* kioskctl audit verify: readiness certificates and logs of one kiosk, held against each other (firmware/seal/chain.h). For the
 * county's desk: it needs the kiosk CA and the files as they came from the stick, each beside its signature. */
#include "firmware/ctl/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/ctl/stick_inside.h"
#include "firmware/seal/chain.h"

enum { FILE_MAX_BYTES = 16 * 1024 * 1024, FILES_MAX = 500 };

static const char usage[] = "audit verify ca=FILE FILE.json...";

/* What is known of one record: its hash, from whichever file had it first. */
struct link_known {
    int64_t n;
    uint8_t hash[SHA256_BYTES];
    const char *from;
};

struct audit {
    const struct ctl *c;
    struct link_known *known;
    size_t count, capacity;
    struct link_known heads[FILES_MAX];
    size_t head_count;
    char kiosk[SIGNER_TEXT];
    const char *file; /* that is being read */
    json_t *findings;
};

static void find_fault(struct audit *a, const char *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void find_fault(struct audit *a, const char *file, const char *format, ...)
{
    char says[300];
    va_list args;
    va_start(args, format);
    vsnprintf(says, sizeof(says), format, args);
    va_end(args);
    json_array_append_new(a->findings, json_pack("{ss, ss}", "file", file, "says", says));
    if (!a->c->is_json)
        printf("mend    %s: %s\n", file, says);
}

/* ---- collecting ---------------------------------------------------------------------- */

static int keep(void *context, const struct audit_record *record, const uint8_t hash[SHA256_BYTES])
{
    struct audit *a = context;
    if (a->count == a->capacity) {
        size_t more = a->capacity ? a->capacity * 2 : 1024;
        struct link_known *longer = realloc(a->known, more * sizeof(*longer));
        if (!longer)
            return fault_raise(-ENOMEM);
        a->known = longer;
        a->capacity = more;
    }
    struct link_known *k = &a->known[a->count++];
    *k = (struct link_known){ .n = record->n, .from = a->file };
    memcpy(k->hash, hash, sizeof(k->hash));
    return 0;
}

static int read_file(struct bytes *out, const char *path)
{
    FILE *f = fopen(path, "re");
    uint8_t piece[4096];
    size_t n;
    int r = f ? 0 : -errno;
    while (!r && (n = fread(piece, 1, sizeof(piece), f)) > 0)
        r = out->length + n > FILE_MAX_BYTES ? -EFBIG : bytes_append(out, piece, n);
    if (f)
        fclose(f);
    return r;
}

static int read_both(struct bytes *document, struct bytes *signature, const char *path)
{
    char beside[1024];
    size_t length = strlen(path);
    if (length < 5 || length >= sizeof(beside) || strcmp(path + length - 5, ".json") != 0)
        return -EINVAL;
    snprintf(beside, sizeof(beside), "%.*s.sig", (int)(length - 5), path);
    int r = read_file(document, path);
    return r ? r : read_file(signature, beside);
}

static void take(struct audit *a, const struct bytes *ca, const char *path)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct audit_part part;
    int64_t broken_at;
    a->file = path;
    if (read_both(&document, &signature, path)) {
        find_fault(a, path, "it cannot be read, or its .sig is not beside it");
        return;
    }
    int r = audit_read(&part, &broken_at, ca, &document, &signature, keep, a);
    if (r == AUDIT_E_SIGNATURE)
        find_fault(a, path, "it is not signed by a kiosk of this county");
    else if (r == AUDIT_E_BROKEN)
        find_fault(a, path, "record %lld does not fit the one before it", (long long)broken_at);
    else if (r)
        find_fault(a, path, "there is no chain of records in it");
    else if (*a->kiosk && strcmp(a->kiosk, part.kiosk) != 0)
        find_fault(a, path, "it is of kiosk %s, the others are of %s", part.kiosk, a->kiosk);
    if (r || (*a->kiosk && strcmp(a->kiosk, part.kiosk) != 0))
        return;
    memcpy(a->kiosk, part.kiosk, sizeof(a->kiosk));
    if (part.head_n && a->head_count < FILES_MAX) {
        struct link_known *h = &a->heads[a->head_count++];
        *h = (struct link_known){ .n = part.head_n, .from = path };
        memcpy(h->hash, part.head, sizeof(h->hash));
    }
}

/* ---- holding against each other ------------------------------------------------------ */

static int by_number(const void *a, const void *b)
{
    const struct link_known *x = a, *y = b;
    return x->n < y->n ? -1 : x->n > y->n;
}

static void look_for_gaps(struct audit *a)
{
    qsort(a->known, a->count, sizeof(*a->known), by_number);
    for (size_t i = 1; i < a->count; i++) {
        const struct link_known *before = &a->known[i - 1], *k = &a->known[i];
        if (k->n == before->n && memcmp(k->hash, before->hash, SHA256_BYTES) != 0)
            find_fault(a, k->from, "its record %lld is another than that of %s", (long long)k->n,
                       before->from);
        else if (k->n > before->n + 1)
            find_fault(a, k->from, "records %lld to %lld are in none of the files",
                       (long long)before->n + 1, (long long)k->n - 1);
    }
}

static void look_at_head(struct audit *a, const struct link_known *head)
{
    const struct link_known *found =
        a->count ? bsearch(head, a->known, a->count, sizeof(*a->known), by_number) : NULL;
    if (!found && a->count && head->n > a->known[a->count - 1].n)
        find_fault(a, head->from,
                   "it knows %lld records, the logs have %lld: some are missing at the end",
                   (long long)head->n, (long long)a->known[a->count - 1].n);
    else if (found && memcmp(found->hash, head->hash, SHA256_BYTES) != 0)
        find_fault(a, head->from,
                   "its record %lld is another than that of %s: one of them was changed",
                   (long long)head->n, found->from);
}

static int tell(struct audit *a)
{
    size_t faults = json_array_size(a->findings);
    int64_t first = a->count ? a->known[0].n : 0, last = a->count ? a->known[a->count - 1].n : 0;
    if (a->c->is_json)
        ctl_print_json(json_pack("{ss, sI, sI, sI, sO}", "kiosk", a->kiosk, "first",
                                 (json_int_t)first, "last", (json_int_t)last, "heads",
                                 (json_int_t)a->head_count, "findings", a->findings));
    else if (!faults)
        printf("well    %s: records %lld to %lld, %zu signed heads, one history\n", a->kiosk,
               (long long)first, (long long)last, a->head_count);
    return faults ? 1 : 0;
}

static int verify(const struct ctl *c, int argc, char **argv)
{
    struct bytes ca AUTO_BYTES = { 0 };
    const char *ca_file = ctl_value(argc, argv, "ca");
    if (argc < 2 || !ca_file || strncmp(argv[0], "ca=", 3) != 0) {
        ctl_fail("%s", usage);
        return 2;
    }
    if (read_file(&ca, ca_file))
        return ctl_fail("%s cannot be read", ca_file);
    struct audit *a = calloc(1, sizeof(*a));
    if (!a)
        return ctl_fail("no memory");
    a->c = c;
    a->findings = json_array();
    for (int i = 1; i < argc; i++)
        take(a, &ca, argv[i]);
    look_for_gaps(a);
    for (size_t i = 0; i < a->head_count; i++)
        look_at_head(a, &a->heads[i]);
    int r = tell(a);
    json_decref(a->findings);
    free(a->known);
    free(a);
    return r;
}

int ctl_audit(const struct ctl *c, int argc, char **argv)
{
    if (argc >= 1 && !strcmp(argv[0], "verify"))
        return verify(c, argc - 1, argv + 1);
    ctl_fail("%s", usage);
    return 2;
}
