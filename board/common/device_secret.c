#include "board/common/device_secret.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board/common/small_file.h"
#include "board/common/tpm.h"
#include "firmware/base/ident.h"
#include "firmware/base/log.h"

enum { PATH = 512, SEALED_MOST = 8 * 1024, TRIES = 3 };

static const char sealed_file[] = "secret.cred", lost_file[] = "secret.cred.lost";

/* ---- handing it over -------------------------------------------------------------------------- */

static int hand_over(const struct device_secret *d, const struct bytes *secret)
{
    char path[PATH];
    snprintf(path, sizeof(path), "%s/secret", d->handing);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400);
    bool is_whole = fd >= 0 && write(fd, secret->data, secret->length) == (ssize_t)secret->length;
    int r = is_whole ? 0 : -EIO;
    if (fd >= 0)
        close(fd);
    return r ? fault_raise(r) : 0;
}

/* ---- with the TPM ----------------------------------------------------------------------------- */

/* A TPM is one for all, and may be busy. */
static int unseal(struct bytes *secret, const struct device_secret *d, const struct bytes *sealed)
{
    int r = -EIO;
    for (int i = 0; r && i < TRIES; i++) {
        bytes_clear(secret);
        r = creds_unseal(secret, &d->creds, sealed);
    }
    return !r && secret->length != DEVICE_SECRET_BYTES ? -EBADMSG : r;
}

static int set_aside(const struct device_secret *d)
{
    char from[PATH], to[PATH];
    snprintf(from, sizeof(from), "%s/%s", d->folder, sealed_file);
    snprintf(to, sizeof(to), "%s/%s", d->folder, lost_file);
    return rename(from, to) && errno != ENOENT ? -errno : 0;
}

/* Only what came back out of the TPM counts, and only what is durable is handed over. */
static int make(struct bytes *secret, const struct device_secret *d)
{
    struct bytes sealed AUTO_BYTES = { 0 };
    uint8_t fresh[DEVICE_SECRET_BYTES];
    random_bytes(fresh, sizeof(fresh));
    int r = creds_seal(&sealed, &d->creds, fresh, sizeof(fresh));
    if (!r)
        r = unseal(secret, d, &sealed);
    if (!r && memcmp(secret->data, fresh, sizeof(fresh)) != 0)
        r = -EBADMSG;
    explicit_bzero(fresh, sizeof(fresh));
    if (r || bytes_append_byte(&sealed, 0))
        return DEVICE_SECRET_E_SICK;
    r = set_aside(d);
    return r ? r : small_file_put(d->folder, sealed_file, (const char *)sealed.data);
}

int device_secret_bring(const struct device_secret *d)
{
    struct bytes sealed AUTO_BYTES = { 0 }, secret AUTO_BYTES = { 0 };
    int r = small_file_drop(d->handing, "secret"); /* of an earlier run */
    if (r)
        return fault_raise(r);
    r = small_file_read(&sealed, d->folder, sealed_file, SEALED_MOST);
    if (r && r != -ENOENT)
        return fault_raise(r); /* it may be read the next time */
    bool is_expected = r != -ENOENT || tpm_is_described(d->tree);
    if (!tpm_wait(d->creds.tpm, is_expected ? d->limit_s : 0))
        return is_expected ? DEVICE_SECRET_E_ABSENT : DEVICE_SECRET_E_NONE;
    bool was_sealed = !r;
    if (was_sealed && !unseal(&secret, d, &sealed))
        return hand_over(d, &secret);
    bytes_clear(&secret);
    r = make(&secret, d);
    if (!r)
        log_line(
            was_sealed ? LOG_ERROR : LOG_NOTICE, "device-secret", "%s",
            was_sealed
                ? "the TPM does not unseal this device's secret any more: there is a new one, and "
                  "what lay under the old one is lost"
                : "the TPM has sealed a new secret of this device");
    return r ? r : hand_over(d, &secret);
}
