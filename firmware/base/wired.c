#include "firmware/base/wired.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

static const char *const keys[WIRED_FIELDS] = { "address", "mask", "gateway", "names" };
static const char head[] = "# ";

/* ---- numbers --------------------------------------------------------------------------- */

/* One number of an address: no sign, no blank, no leading zero (which some read as octal). */
static bool take_number(uint32_t *out, const char **at)
{
    const char *from = *at;
    uint32_t n = 0;
    while (**at >= '0' && **at <= '9' && *at - from < 3)
        n = n * 10 + (uint32_t)(*(*at)++ - '0');
    *out = n;
    return *at > from && n < 256 && (*from != '0' || *at - from == 1);
}

static bool parse_address(uint32_t *out, const char *text)
{
    uint32_t n;
    *out = 0;
    for (int i = 0; i < 4; i++) {
        if ((i && *text++ != '.') || !take_number(&n, &text))
            return false;
        *out = *out << 8 | n;
    }
    return !*text;
}

static uint32_t mask_of(int prefix)
{
    return prefix ? ~UINT32_C(0) << (32 - prefix) : 0;
}

/* 8 to 30: a smaller net has no room for a gateway, and nobody's is larger. */
static bool parse_mask(int *prefix, const char *text)
{
    uint32_t mask;
    int bits;
    if (!strchr(text, '.') && text_to_int(&bits, text) && *text != '+' && *text != '-') {
        *prefix = bits;
        return bits >= 8 && bits <= 30;
    }
    if (!parse_address(&mask, text))
        return false;
    for (*prefix = 8; *prefix <= 30; ++*prefix)
        if (mask_of(*prefix) == mask)
            return true;
    return false;
}

/* RFC 1122, 3.2.1.3: this network, loopback; RFC 5771: multicast, and what is reserved behind it. */
static bool is_host(uint32_t address)
{
    uint32_t first = address >> 24;
    return first != 0 && first != 127 && first < 224;
}

static bool is_host_in(uint32_t address, uint32_t mask)
{
    return is_host(address) && (address & ~mask) != 0 && (address & ~mask) != ~mask;
}

/* ---- judging --------------------------------------------------------------------------- */

static enum wired_trouble judge_address(const struct wired *w, enum wired_field field,
                                        uint32_t *out)
{
    if (!parse_address(out, w->text[field]))
        return WIRED_NO_ADDRESS;
    return is_host(*out) ? WIRED_FINE : WIRED_NOT_A_HOST;
}

static enum wired_trouble judge(const struct wired *w, enum wired_field *field)
{
    uint32_t address, gateway, names;
    int prefix = 0;
    *field = WIRED_ADDRESS;
    enum wired_trouble trouble = judge_address(w, *field, &address);
    if (trouble)
        return trouble;
    *field = WIRED_MASK;
    if (!parse_mask(&prefix, w->text[WIRED_MASK]))
        return WIRED_NO_MASK;
    *field = WIRED_ADDRESS;
    if (!is_host_in(address, mask_of(prefix)))
        return WIRED_NOT_A_HOST;
    *field = WIRED_GATEWAY;
    trouble = judge_address(w, *field, &gateway);
    if (trouble)
        return trouble;
    bool is_near = ((gateway ^ address) & mask_of(prefix)) == 0;
    if (gateway == address || !is_near || !is_host_in(gateway, mask_of(prefix)))
        return WIRED_GATEWAY_AWAY;
    *field = WIRED_NAMES;
    return judge_address(w, *field, &names);
}

enum wired_trouble wired_judge(const struct wired *w, enum wired_field *field)
{
    enum wired_field where = WIRED_FIELDS;
    enum wired_trouble trouble = w->is_fixed ? judge(w, &where) : WIRED_FINE;
    if (field)
        *field = trouble ? where : WIRED_FIELDS;
    return trouble;
}

int wired_prefix(const struct wired *w)
{
    int prefix = 0;
    return parse_mask(&prefix, w->text[WIRED_MASK]) ? prefix : 0;
}

/* ---- as JSON --------------------------------------------------------------------------- */

json_t *wired_json(const struct wired *w)
{
    json_t *o = json_pack("{ss}", "mode", w->is_fixed ? "fixed" : "dhcp");
    for (int i = 0; o && w->is_fixed && i < WIRED_FIELDS; i++)
        json_object_set_new(o, keys[i], json_string(w->text[i]));
    return o;
}

bool wired_read(struct wired *out, const json_t *o)
{
    struct json_reader r = { 0 };
    struct wired w = { 0 };
    static const char *const all[] = { "mode", "address", "mask", "gateway", "names", NULL };
    const char *mode = json_need_string(&r, o, "mode", sizeof("fixed") - 1);
    *out = (struct wired){ 0 };
    json_no_others(&r, o, all);
    w.is_fixed = !strcmp(mode, "fixed");
    for (int i = 0; w.is_fixed && i < WIRED_FIELDS; i++)
        text_copy(w.text[i], WIRED_TEXT, json_need_string(&r, o, keys[i], WIRED_TEXT - 1));
    if (!json_is_clean(&r) || (!w.is_fixed && strcmp(mode, "dhcp") != 0) || wired_judge(&w, NULL))
        return false;
    *out = w;
    return true;
}

/* ---- as a file of systemd-networkd ------------------------------------------------------- */

int wired_unit(struct bytes *out, const struct wired *w)
{
    char unit[512];
    AUTO(json_release) json_t *o = wired_json(w);
    char *text = o ? json_canonical(o) : NULL;
    if (!text)
        return -ENOMEM;
    snprintf(unit, sizeof(unit),
             "%s%s\n[Match]\nType=ether\n\n[Network]\nAddress=%s/%d\nGateway=%s\nDNS=%s\n"
             "DHCP=no\nIPv6AcceptRA=no\nLinkLocalAddressing=no\nLLMNR=no\nMulticastDNS=no\n",
             head, text, w->text[WIRED_ADDRESS], wired_prefix(w), w->text[WIRED_GATEWAY],
             w->text[WIRED_NAMES]);
    json_text_free(text);
    return bytes_append_text(out, unit);
}

void wired_from_unit(struct wired *out, const void *text, size_t length)
{
    char complaint[JSON_COMPLAINT];
    size_t skip = strlen(head);
    *out = (struct wired){ 0 };
    if (length <= skip || memcmp(text, head, skip) != 0)
        return;
    const char *line = (const char *)text + skip, *end = memchr(line, '\n', length - skip);
    AUTO(json_release)
    json_t *o = end ? json_parse(line, (size_t)(end - line), complaint) : NULL;
    if (o && !wired_read(out, o))
        *out = (struct wired){ 0 };
}
