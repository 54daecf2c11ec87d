/* kioskctl update check: what the installer asks before it installs (firmware/update/admit.h). Reads only. */
#include "firmware/ctl/update.h"

#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "firmware/base/version.h"
#include "firmware/ctl/stick_inside.h"
#include "firmware/update/admit.h"

enum { SMALL_MAX = 256 * 1024, PIECE = 256 * 1024 };

static const char usage[] = "update check FOLDER [trust=DIR] [board=NAME] [running=VERSION]";

static int read_small(struct bytes *out, const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "re");
    int r = f ? bytes_reserve(out, SMALL_MAX) : -errno;
    if (!r)
        out->length = fread(out->data, 1, SMALL_MAX, f);
    if (f)
        fclose(f);
    return r ? r : out->length == SMALL_MAX ? -EFBIG : 0;
}

static int sum_up(struct admit_file *out, const char *folder, const char *name)
{
    char path[1024];
    static uint8_t piece[PIECE];
    size_t n;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "re");
    if (!f)
        return -errno;
    struct sha256_sum *sum = sha256_begin();
    while ((n = fread(piece, 1, sizeof(piece), f)) > 0) {
        sha256_add(sum, piece, n);
        out->size += (int64_t)n;
    }
    int r = ferror(f) ? -EIO : 0;
    sha256_end(sum, out->sha256);
    fclose(f);
    return r;
}

static int tell(const struct ctl *c, const struct update *u, bool is_downgrade)
{
    if (c->is_json)
        ctl_print_json(json_pack("{sb, ss, ss, sI, sb}", "may", true, "version", u->version,
                                 "board", u->board, "size", (json_int_t)u->size, "downgrade",
                                 is_downgrade));
    else
        printf("%s may be installed%s\n", u->version, is_downgrade ? ", a way back" : "");
    return 0;
}

static int check(const struct ctl *c, const char *folder, int argc, char **argv)
{
    static const char *const names[] = { "trust", "board", "running", NULL };
    AUTO(trust_free) struct trust *trust = NULL;
    struct bytes manifest AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct admit_file file = { 0 };
    struct update u;
    bool is_downgrade;
    if (!ctl_values_are_known(argc, argv, names))
        return 2;
    const char *where = ctl_value(argc, argv, "trust"), *board = ctl_value(argc, argv, "board"),
               *running = ctl_value(argc, argv, "running");
    struct update_self self = { board ? board : this_board.name,
                                running ? running : FIRMWARE_VERSION, "" };
    where = where ? where : this_board.trust;
    if (trust_load(&trust, where))
        return ctl_fail("%s holds no certificates of a county", where);
    if (read_small(&manifest, folder, "manifest.json") ||
        read_small(&signature, folder, "manifest.sig") || sum_up(&file, folder, "update.raucb"))
        return ctl_fail(
            "%s holds no update: manifest.json, manifest.sig and update.raucb are needed", folder);
    int r = update_admit(&u, &is_downgrade, trust, &manifest, &signature, &file, &self);
    return r ? ctl_fail("%s", admit_sentence(r)) : tell(c, &u, is_downgrade);
}

int ctl_update(const struct ctl *c, int argc, char **argv)
{
    if (argc >= 2 && !strcmp(argv[0], "check"))
        return check(c, argv[1], argc - 2, argv + 2);
    ctl_fail("%s", usage);
    return 2;
}
