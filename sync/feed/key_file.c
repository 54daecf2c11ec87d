#include "sync/feed/key_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/seal/seal.h"
#include "sync/feed/files.h"

enum { SECRET_ROOM = KEY_SECRET_BYTES + 1 }; /* one more, to see that there is no more */

int key_file_open(struct key_file *k, const char *folder, const char *secret_file)
{
    *k = (struct key_file){ .folder = folder };
    int fd = secret_file ? open(secret_file, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return 0;
    k->secret = locked_new(SECRET_ROOM);
    ssize_t n = k->secret ? read(fd, k->secret, SECRET_ROOM) : -1;
    close(fd);
    if (!k->secret)
        return -ENOMEM;
    if (n != KEY_SECRET_BYTES)
        key_file_close(k);
    return 0;
}

void key_file_close(struct key_file *k)
{
    locked_free(k->secret, SECRET_ROOM);
    k->secret = NULL;
}

int key_file_settle(const struct key_file *k)
{
    struct bytes found AUTO_BYTES = { 0 }, locked AUTO_BYTES = { 0 };
    if (!k->secret)
        return 0;
    int r = file_read(&found, k->folder, KEY_FILE);
    if (r || identity_is_locked(found.data, found.length))
        return r == -ENOENT ? 0 : r;
    r = identity_lock(&locked, found.data, found.length, k->secret);
    if (r == SEAL_E_FORMAT)
        return 0; /* no key: identity_load() says so */
    if (!r)
        r = file_replace(k->folder, KEY_FILE, locked.data, locked.length);
    if (!r)
        log_line(LOG_NOTICE, "identity", "%s/%s is kept under this device's secret now", k->folder,
                 KEY_FILE);
    return r;
}

int key_file_read(struct bytes *pem, const struct key_file *k)
{
    struct bytes found AUTO_BYTES = { 0 };
    int r = file_read(&found, k->folder, KEY_FILE);
    if (!r)
        r = identity_unlock(pem, found.data, found.length, k->secret);
    return r == SEAL_E_TAMPERED ? KEY_FILE_E_CLOSED : r;
}

int key_file_write(const struct key_file *k, const struct bytes *pem)
{
    struct bytes locked AUTO_BYTES = { 0 };
    if (!k->secret)
        return file_write(k->folder, KEY_FILE, pem->data, pem->length);
    int r = identity_lock(&locked, pem->data, pem->length, k->secret);
    return r ? fault_fold(r) : file_write(k->folder, KEY_FILE, locked.data, locked.length);
}
