/* kioskctl stick update: a firmware bundle onto a stick, with a list of its own that the county signs. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "board/common/bundle.h"
#include "firmware/base/json.h"
#include "firmware/ctl/stick_inside.h"
#include "firmware/service/errand.h"

struct source {
    void *data; /* mapped */
    size_t length;
    struct bundle head;
    uint8_t sha256[SHA256_BYTES];
};

static int open_source(struct source *out, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_file = fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > BUNDLE_HEAD &&
                   st.st_size <= STICK_BUNDLE_MAX;
    *out = (struct source){ .length = is_file ? (size_t)st.st_size : 0 };
    void *data = is_file ? mmap(NULL, out->length, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    if (data == MAP_FAILED)
        return ctl_fail("%s cannot be read, or is no bundle", path);
    out->data = data;
    if (bundle_read(&out->head, data, (int64_t)out->length))
        return ctl_fail("%s is no bundle, or is cut short", path);
    sha256(out->sha256, out->data, out->length);
    return 0;
}

static json_t *versions(const char *list)
{
    json_t *o = json_array();
    while (list && *list) {
        size_t length = strcspn(list, ",");
        json_array_append_new(o, json_stringn(list, length));
        list += length + (list[length] == ',');
    }
    return o;
}

/* At any hour and for every kiosk: whoever holds the stick says where and when. */
static int write_list(struct bytes *out, const struct source *s, const char *replaces)
{
    char sum[2 * SHA256_BYTES + 1], complaint[UPDATE_COMPLAINT];
    static struct update_manifest again; /* large */
    hex_encode(sum, s->sha256, SHA256_BYTES);
    AUTO(json_release)
    json_t *o = json_pack("{sI, s[{ss, ss, ss, sI, ss, si, si, si, so}]}", "version",
                          (json_int_t)(system_clock.wall_ms(&system_clock) / 1000), "updates",
                          "kind", "firmware", "version", s->head.release, "board", s->head.board,
                          "size", (json_int_t)s->length, "sha256", sum, "percent", 100, "from_hour",
                          0, "to_hour", 0, "replaces", versions(replaces));
    char *text = o ? json_canonical(o) : NULL;
    int r = text ? bytes_append_text(out, text) : -ENOMEM;
    json_text_free(text);
    if (r)
        return ctl_fail("no memory");
    return update_manifest_read(&again, out->data, out->length, complaint)
               ? ctl_fail("%s", complaint)
               : 0;
}

/* The list last: a stick that was pulled before has none, and brings nothing. */
static int put_onto(const char *mount, const struct source *s, const struct bytes *document,
                    const struct bytes *signature)
{
    AUTO(stick_free) struct stick *stick = NULL;
    int r = stick_prepare(mount);
    if (r)
        return ctl_say(mount, saying_of_stick(r));
    if (ctl_open_stick(&stick, mount))
        return 1;
    r = stick_remove(stick, "updates.json");
    if (!r)
        r = stick_write(stick, STICK_BUNDLE_NAME, s->data, s->length);
    if (!r)
        r = stick_write(stick, "updates.sig", signature->data, signature->length);
    if (!r)
        r = stick_write(stick, "updates.json", document->data, document->length);
    return r ? ctl_say(mount, saying_of_stick(r)) : 0;
}

int ctl_stick_update(const struct ctl *c, const char *mount, int argc, char **argv)
{
    static const char *const names[] = { "bundle", "key", "certificate", "replaces", NULL };
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct source s;
    if (!ctl_values_are_known(argc, argv, names))
        return 2;
    const char *file = ctl_value(argc, argv, "bundle");
    if (!file) {
        ctl_fail("bundle= is needed: the firmware");
        return 2;
    }
    int r = open_source(&s, file);
    if (!r)
        r = write_list(&document, &s, ctl_value(argc, argv, "replaces"));
    if (!r)
        r = ctl_stick_sign(&signature, &document, argc, argv);
    if (!r)
        r = put_onto(mount, &s, &document, &signature);
    if (!r && c->is_json)
        ctl_print_json(json_pack("{ss, ss, sI}", "version", s.head.release, "board", s.head.board,
                                 "size", (json_int_t)s.length));
    else if (!r)
        printf("%s for %s, %lld MB\n", s.head.release, s.head.board, (long long)s.length / 1000000);
    if (s.data)
        munmap(s.data, s.length);
    return r;
}
