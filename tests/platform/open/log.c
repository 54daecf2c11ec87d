#include "tests/platform/open/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"

enum { LOG_MAX = 16 * 1024 * 1024 };

static int complain(const char *path, const char *why)
{
    log_line(LOG_ERROR, "open", "%s: %s", path, why);
    return 1;
}

static int write_beside(const char *folder, const char *name, const char *end, const void *data,
                        size_t length)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s.%s", folder, name, end);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool is_done = fd >= 0 && write(fd, data, length) == (ssize_t)length && !fsync(fd);
    if (fd >= 0)
        close(fd);
    return is_done ? 0 : complain(path, "it cannot be written, or is there already");
}

/* What was inside: the document as it was signed, and the signature. */
static int write_out(const struct bytes *plain, const char *path, const char *folder)
{
    char complaint[JSON_COMPLAINT], name[256];
    struct bytes signature AUTO_BYTES = { 0 };
    const char *slash = strrchr(path, '/');
    AUTO(json_release) json_t *o = json_parse(plain->data, plain->length, complaint);
    const char *document = json_string_value(json_object_get(o, "document"));
    const char *text = json_string_value(json_object_get(o, "signature"));
    if (!document || !text || base64_decode(&signature, text, strlen(text)))
        return complain(path, "what is in it is no log");
    snprintf(name, sizeof(name), "%s", slash ? slash + 1 : path);
    name[strlen(name) - strlen(".json")] = 0;
    int r = write_beside(folder, name, "sig", signature.data, signature.length);
    return r ? r : write_beside(folder, name, "json", document, strlen(document));
}

int open_log(const struct seal_opener *opener, const char *path, const char *folder)
{
    char complaint[JSON_COMPLAINT];
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    size_t length = strlen(path);
    if (length < 6 || strcmp(path + length - 5, ".json") != 0)
        return complain(path, "a log's name ends in .json");
    AUTO(json_release) json_t *o = json_parse_file(path, LOG_MAX, complaint);
    const char *type = json_string_value(json_object_get(o, "type"));
    const char *text = json_string_value(json_object_get(o, "sealed"));
    if (!type || strcmp(type, "events-sealed") != 0 || !text)
        return complain(path, "it is no sealed log of a kiosk");
    if (base64_decode(&sealed, text, strlen(text)) ||
        seal_open(&plain, opener, sealed.data, sealed.length))
        return complain(path, "it cannot be opened with this key");
    return write_out(&plain, path, folder);
}
