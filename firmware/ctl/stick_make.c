/* kioskctl stick make: the county's desk writes a token onto a stick. Its signing key is read from a file and forgotten. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "firmware/base/clock.h"
#include "firmware/base/text.h"
#include "firmware/ctl/stick_inside.h"
#include "firmware/service/errand.h"
#include "firmware/service/token.h"

enum { PEM_MAX = 64 * 1024, DAYS_USUAL = 365, DAYS_MOST = 1100 };
static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

static int read_file(struct bytes *out, const char *path)
{
    uint8_t text[PEM_MAX];
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof(text), f) : 0;
    if (f)
        fclose(f);
    int r = n ? bytes_append(out, text, n) : -ENOENT;
    explicit_bzero(text, sizeof(text));
    return r ? ctl_fail("%s cannot be read", path) : 0;
}

/* ---- the PIN ------------------------------------------------------------------------- */

/* One line without echo. A command line would show it to every process. */
static bool read_line(char pin[PIN_TEXT + 2], FILE *f)
{
    struct termios before, silent;
    bool is_terminal = !tcgetattr(fileno(f), &before);
    if (is_terminal) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        fputs("PIN of the stick, 6 to 12 digits: ", stderr);
        tcsetattr(fileno(f), TCSAFLUSH, &silent);
    }
    bool is_read = fgets(pin, PIN_TEXT + 2, f) != NULL;
    if (is_terminal) {
        tcsetattr(fileno(f), TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    pin[strcspn(pin, "\r\n")] = 0;
    return is_read;
}

static int take_pin(struct token *t, const char *file)
{
    char pin[PIN_TEXT + 2] = "";
    FILE *f = file ? fopen(file, "re") : stdin;
    bool is_read = f && read_line(pin, f);
    if (f && f != stdin)
        fclose(f);
    enum saying s = is_read ? pin_judge(pin) : SAY_PIN_SHAPE;
    int r = s != SAY_WELL ? ctl_say("PIN", s) : pin_set(t, pin) ? ctl_fail("no memory") : 0;
    explicit_bzero(pin, sizeof(pin));
    return r;
}

/* ---- the token ----------------------------------------------------------------------- */

/* "K0012,K01*" */
static bool take_kiosks(struct token *t, const char *list)
{
    while (*list && t->kiosk_count < TOKEN_KIOSKS) {
        size_t length = strcspn(list, ",");
        if (!length || length >= KIOSKS_TEXT)
            return false;
        snprintf(t->kiosks[t->kiosk_count++], KIOSKS_TEXT, "%.*s", (int)length, list);
        list += length + (list[length] == ',');
    }
    return !*list && t->kiosk_count;
}

static int fill_token(struct token *t, int argc, char **argv)
{
    const char *serial = ctl_value(argc, argv, "serial"), *role = ctl_value(argc, argv, "role"),
               *kiosks = ctl_value(argc, argv, "kiosks"), *days = ctl_value(argc, argv, "days");
    int count = DAYS_USUAL;
    /* Whole seconds, as the document has them. */
    int64_t now = system_clock.wall_ms(&system_clock) / 1000 * 1000;
    if (!serial || !role || !kiosks)
        return ctl_fail("serial=, role= and kiosks= are needed");
    if (days && (!text_to_int(&count, days) || count < 1 || count > DAYS_MOST))
        return ctl_fail("days= is 1 to %d", DAYS_MOST);
    if (!text_copy(t->serial, sizeof(t->serial), serial))
        return ctl_fail("serial= is too long");
    if (!take_kiosks(t, kiosks))
        return ctl_fail("kiosks= is a list like K0012,K01*");
    t->role = role_parse(role);
    t->issued_ms = t->from_ms = now;
    t->to_ms = now + count * day_ms;
    return 0;
}

/* By the same rules as a kiosk: what it would refuse is not written. */
static int write_token(struct bytes *document, const struct token *t)
{
    char complaint[320];
    struct token again;
    if (token_write(document, t))
        return ctl_fail("no memory");
    return token_parse(&again, document->data, document->length, complaint) == SAY_WELL
               ? 0
               : ctl_fail("%s", complaint);
}

int ctl_stick_sign(struct bytes *signature, const struct bytes *document, int argc, char **argv)
{
    const char *key_file = ctl_value(argc, argv, "key"),
               *certificate_file = ctl_value(argc, argv, "certificate");
    struct bytes key AUTO_BYTES = { 0 }, certificate AUTO_BYTES = { 0 };
    if (!key_file || !certificate_file)
        return ctl_fail("key= and certificate= of the county's signer of documents are needed");
    if (read_file(&key, key_file) || read_file(&certificate, certificate_file))
        return 1;
    int r = document_sign(signature, document->data, document->length, &key, &certificate);
    return r ? ctl_fail("%s and %s do not belong together", key_file, certificate_file) : 0;
}

static int put_onto(const char *mount, const struct bytes *document, const struct bytes *signature)
{
    AUTO(stick_free) struct stick *s = NULL;
    int r = stick_prepare(mount);
    if (r)
        return ctl_say(mount, saying_of_stick(r));
    if (ctl_open_stick(&s, mount))
        return 1;
    r = stick_write(s, "stick.sig", signature->data, signature->length);
    if (!r)
        r = stick_write(s, "stick.json", document->data, document->length);
    return r ? ctl_say(mount, saying_of_stick(r)) : 0;
}

int ctl_stick_make(const struct ctl *c, const char *mount, int argc, char **argv)
{
    static const char *const names[] = { "serial", "role",        "kiosks",   "days",
                                         "key",    "certificate", "pin-file", NULL };
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct token t = { 0 };
    char until[21];
    if (!ctl_values_are_known(argc, argv, names))
        return 2;
    if (fill_token(&t, argc, argv))
        return 2;
    if (take_pin(&t, ctl_value(argc, argv, "pin-file")) || write_token(&document, &t) ||
        ctl_stick_sign(&signature, &document, argc, argv) || put_onto(mount, &document, &signature))
        return 1;
    clock_format_utc(until, t.to_ms);
    if (c->is_json)
        ctl_print_json(json_pack("{ss, ss, ss}", "serial", t.serial, "role", role_word(t.role),
                                 "not_after", until));
    else
        printf("%s: a stick for %s, good until %s\n", t.serial, role_word(t.role), until);
    return 0;
}
