#include "firmware/service/token.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"

static const char upper[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const int64_t tolerance_ms = 10 * 60 * 1000;

/* ---- reading ------------------------------------------------------------------------- */

static void read_time(struct json_reader *r, int64_t *out, const json_t *o, const char *key)
{
    const char *text = json_need_string(r, o, key, 20);
    if (json_is_clean(r) && clock_parse_utc(out, text))
        json_complain(r, "%s must be a time like 2026-11-24T08:30:00Z", key);
}

static void read_hex(struct json_reader *r, uint8_t *out, size_t length, const json_t *o,
                     const char *key)
{
    const char *text = json_need_string(r, o, key, 2 * length);
    if (json_is_clean(r) && (strlen(text) != 2 * length || hex_decode(out, length, text)))
        json_complain(r, "%s must be %zu hexadecimal digits", key, 2 * length);
}

/* An id, or the beginning of one and '*'. */
static bool is_kiosk_pattern(const char *text)
{
    size_t plain = strspn(text, upper), length = strlen(text);
    bool is_open = length && text[length - 1] == '*';
    return plain == length - is_open && plain <= KIOSK_ID_MAX && (is_open || plain >= 4);
}

static bool is_serial(const char *text)
{
    size_t length = strlen(text);
    char allowed[sizeof(upper) + 1];
    snprintf(allowed, sizeof(allowed), "%s-", upper);
    return length >= 4 && length < SERIAL_TEXT && strspn(text, allowed) == length;
}

static void read_kiosks(struct json_reader *r, struct token *t, const json_t *o)
{
    const json_t *list = json_need_array(r, o, "kiosks", 1, TOKEN_KIOSKS);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (!text || !is_kiosk_pattern(text)) {
            json_complain(r, "kiosks[%zu] must be a kiosk's id, or the beginning of one and *", i);
            return;
        }
        snprintf(t->kiosks[t->kiosk_count++], KIOSKS_TEXT, "%s", text);
    }
}

static void read_pin(struct json_reader *r, struct token *t, const json_t *o)
{
    static const char *const members[] = { "kdf", "n", "r", "p", "salt", "hash", NULL };
    const json_t *pin = json_need_object(r, o, "pin");
    json_enter(r, "pin");
    if (strcmp(json_need_string(r, pin, "kdf", 16), "scrypt") != 0)
        json_complain(r, "kdf must be scrypt");
    json_need_integer(r, pin, "n", PIN_SCRYPT_N, PIN_SCRYPT_N);
    json_need_integer(r, pin, "r", PIN_SCRYPT_R, PIN_SCRYPT_R);
    json_need_integer(r, pin, "p", PIN_SCRYPT_P, PIN_SCRYPT_P);
    read_hex(r, t->pin_salt, PIN_SALT_BYTES, pin, "salt");
    read_hex(r, t->pin_hash, PIN_HASH_BYTES, pin, "hash");
    json_no_others(r, pin, members);
    json_leave(r);
}

static void read_token(struct json_reader *r, struct token *t, const json_t *o)
{
    static const char *const members[] = { "type",   "version",    "serial",    "role", "kiosks",
                                           "issued", "not_before", "not_after", "pin",  NULL };
    const char *type = json_need_string(r, o, "type", 32);
    if (json_is_clean(r) && strcmp(type, "service-stick") != 0)
        json_complain(r, "type must be service-stick");
    json_need_integer(r, o, "version", 1, 1);
    const char *serial = json_need_string(r, o, "serial", SERIAL_TEXT - 1);
    if (json_is_clean(r) && !is_serial(serial))
        json_complain(r, "serial must be 4 to 24 of 0-9, A-Z and -");
    snprintf(t->serial, sizeof(t->serial), "%s", serial);
    t->role = role_parse(json_need_string(r, o, "role", 16));
    if (json_is_clean(r) && t->role == ROLE_NONE)
        json_complain(r, "role must be paper, clerk, technician or inspector");
    read_kiosks(r, t, o);
    read_time(r, &t->issued_ms, o, "issued");
    read_time(r, &t->from_ms, o, "not_before");
    read_time(r, &t->to_ms, o, "not_after");
    if (json_is_clean(r) && t->to_ms <= t->from_ms)
        json_complain(r, "not_after must be later than not_before");
    read_pin(r, t, o);
    json_no_others(r, o, members);
}

enum saying token_parse(struct token *out, const void *json, size_t length, char complaint[320])
{
    struct json_reader r = { 0 };
    struct token t = { 0 };
    complaint[0] = 0;
    if (!length || length > TOKEN_MAX) {
        snprintf(complaint, 320, "a token has 1 to %d bytes", TOKEN_MAX);
        return SAY_FORMAT;
    }
    AUTO(json_release) json_t *o = json_parse(json, length, complaint);
    if (!o)
        return SAY_FORMAT;
    if (!json_is_object(o))
        json_complain(&r, "a token is an object");
    else
        read_token(&r, &t, o);
    if (!json_is_clean(&r)) {
        snprintf(complaint, 320, "%s", r.complaint);
        return SAY_FORMAT;
    }
    *out = t;
    return SAY_WELL;
}

/* ---- writing ------------------------------------------------------------------------- */

static json_t *pin_json(const struct token *t)
{
    char salt[2 * PIN_SALT_BYTES + 1], hash[2 * PIN_HASH_BYTES + 1];
    hex_encode(salt, t->pin_salt, PIN_SALT_BYTES);
    hex_encode(hash, t->pin_hash, PIN_HASH_BYTES);
    return json_pack("{ss, si, si, si, ss, ss}", "kdf", "scrypt", "n", PIN_SCRYPT_N, "r",
                     PIN_SCRYPT_R, "p", PIN_SCRYPT_P, "salt", salt, "hash", hash);
}

int token_write(struct bytes *out, const struct token *t)
{
    char issued[21], from[21], to[21];
    json_t *kiosks = json_array();
    clock_format_utc(issued, t->issued_ms);
    clock_format_utc(from, t->from_ms);
    clock_format_utc(to, t->to_ms);
    for (size_t i = 0; i < t->kiosk_count; i++)
        json_array_append_new(kiosks, json_string(t->kiosks[i]));
    AUTO(json_release)
    json_t *o =
        json_pack("{ss, si, ss, ss, so, ss, ss, ss, so}", "type", "service-stick", "version", 1,
                  "serial", t->serial, "role", role_word(t->role), "kiosks", kiosks, "issued",
                  issued, "not_before", from, "not_after", to, "pin", pin_json(t));
    char *text = o ? json_canonical(o) : NULL;
    int r = text ? bytes_append_text(out, text) : fault_raise(-ENOMEM);
    json_text_free(text);
    return r;
}

/* ---- judging ------------------------------------------------------------------------- */

bool token_names_kiosk(const struct token *t, const char *kiosk)
{
    for (size_t i = 0; i < t->kiosk_count; i++) {
        size_t length = strlen(t->kiosks[i]);
        bool is_open = t->kiosks[i][length - 1] == '*';
        if (is_open ? !strncmp(t->kiosks[i], kiosk, length - 1) : !strcmp(t->kiosks[i], kiosk))
            return true;
    }
    return false;
}

static bool is_revoked(const struct token *t, const struct bytes *config)
{
    char complaint[JSON_COMPLAINT];
    if (!config || !config->length)
        return false;
    AUTO(json_release) json_t *o = json_parse(config->data, config->length, complaint);
    const json_t *list = json_object_get(o, "revoked_sticks");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *serial = json_string_value(json_array_get(list, i));
        if (serial && !strcmp(serial, t->serial))
            return true;
    }
    return false;
}

static enum saying judge_time(const struct token *t, const struct token_scene *scene)
{
    bool is_told = scene->quality >= CLOCK_HTTP_DATE; /* by the county or a time service */
    bool is_behind = scene->wall_ms < t->issued_ms - tolerance_ms;
    if (scene->quality == CLOCK_UNSET || (is_behind && !is_told))
        return SAY_CLOCK;
    if (scene->wall_ms < t->from_ms - tolerance_ms)
        return SAY_NOT_YET;
    return scene->wall_ms > t->to_ms + tolerance_ms ? SAY_EXPIRED : SAY_WELL;
}

enum saying token_judge(const struct token *t, const struct token_scene *scene)
{
    if (is_revoked(t, scene->config))
        return SAY_REVOKED;
    /* One that has joined no county has no id yet: any stick of the county may set it up, and that alone. */
    if (*scene->kiosk && !token_names_kiosk(t, scene->kiosk))
        return SAY_OTHER_KIOSK;
    enum saying s = judge_time(t, scene);
    return s == SAY_WELL && scene->is_list_unread ? SAY_LIST : s;
}

bool token_is_in_doubt(enum saying said)
{
    return said == SAY_CLOCK || said == SAY_LIST;
}

bool token_is_admitted(enum saying said)
{
    return said == SAY_WELL || token_is_in_doubt(said);
}

int token_list_open(struct bytes *out, const struct trust *trust, const struct bytes *kept)
{
    if (!kept->length)
        return 0;
    uint32_t cut = kept->length > 4 ? get_be32(kept->data) : 0;
    if (!trust || !cut || cut >= kept->length - 4)
        return -EBADMSG;
    const uint8_t *signature = kept->data + 4, *document = signature + cut;
    size_t length = kept->length - 4 - cut;
    if (document_verify(trust, document, length, signature, cut, 0))
        return -EBADMSG;
    return bytes_append(out, document, length);
}

enum saying token_admit(struct token *out, const struct trust *trust, const struct bytes *document,
                        const struct bytes *signature, const struct token_scene *scene)
{
    struct token t;
    char complaint[320];
    /* The dates of the signer's certificate say no more than those of the token, which are judged below by rules that
     * know how good the clock is. */
    if (!trust || !document->length ||
        document_verify(trust, document->data, document->length, signature->data, signature->length,
                        0))
        return SAY_SIGNATURE;
    enum saying s = token_parse(&t, document->data, document->length, complaint);
    if (s == SAY_WELL)
        s = token_judge(&t, scene);
    if (token_is_admitted(s))
        *out = t;
    return s;
}

/* ---- the PIN ------------------------------------------------------------------------- */

static bool has_pin_shape(const char *pin)
{
    size_t length = strlen(pin);
    return length >= 6 && length < PIN_TEXT && strspn(pin, "0123456789") == length;
}

/* How many different digits, and do they go up or down by one all the way? */
static bool is_weak(const char *pin)
{
    bool seen[10] = { false }, is_up = true, is_down = true;
    int kinds = 0;
    for (const char *p = pin; *p; p++) {
        kinds += !seen[*p - '0'];
        seen[*p - '0'] = true;
        if (p > pin) {
            is_up &= *p == p[-1] + 1;
            is_down &= *p == p[-1] - 1;
        }
    }
    return kinds < 3 || is_up || is_down;
}

enum saying pin_judge(const char *pin)
{
    return !has_pin_shape(pin) ? SAY_PIN_SHAPE : is_weak(pin) ? SAY_PIN_WEAK : SAY_WELL;
}

enum saying pin_check(const struct token *t, const char *pin)
{
    uint8_t hash[PIN_HASH_BYTES];
    if (!has_pin_shape(pin))
        return SAY_PIN_SHAPE;
    if (pin_hash(hash, pin, t->pin_salt, t->serial))
        return SAY_NOT_NOW;
    bool is_right = is_equal_slowly(hash, t->pin_hash, sizeof(hash));
    explicit_bzero(hash, sizeof(hash));
    return is_right ? SAY_WELL : SAY_PIN_WRONG;
}

int pin_set(struct token *t, const char *pin)
{
    random_bytes(t->pin_salt, PIN_SALT_BYTES);
    return pin_hash(t->pin_hash, pin, t->pin_salt, t->serial);
}
