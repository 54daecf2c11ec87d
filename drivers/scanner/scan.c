#include "drivers/scanner/scan.h"

#include <string.h>

#include "firmware/base/handoff.h"
#include "firmware/base/ident.h"
#include "firmware/base/text.h"

enum { FLOOD_BYTES = 64 * 1024 };

const char *scan_refusal_words(enum scan_refusal refusal)
{
    switch (refusal) {
    case SCAN_TOO_LONG:
        return "the code is too long";
    case SCAN_BINARY:
        return "the code holds no text";
    case SCAN_HALF:
        return "the code broke off";
    case SCAN_FLOOD:
        return "the scanner never ends";
    }
    return "";
}

/* ---- kinds --------------------------------------------------------------------------- */

/* Of "https://HOST/case/NUMBER?x#y": NUMBER. Of anything else: all of it. */
static void last_part(char out[SCAN_TEXT], const char *text)
{
    size_t length = strcspn(text, "?#"), from = 0;
    bool is_address = !strncmp(text, "https://", 8) || !strncmp(text, "http://", 7);
    for (size_t i = 0; is_address && i < length; i++)
        if (text[i] == '/')
            from = i + 1;
    if (!is_address)
        length = strlen(text);
    memcpy(out, text + from, length - from);
    out[length - from] = 0;
}

enum scan_kind scan_classify(char out[SCAN_TEXT], const char *text)
{
    char part[SCAN_TEXT], receipt[RECEIPT_TEXT], code[HANDOFF_CODE];
    enum scan_kind kind = SCAN_OTHER;
    last_part(part, text);
    if (!handoff_parse(code, text)) {
        kind = SCAN_HAND_OFF;
        (void)text_copy(out, SCAN_TEXT, code);
    } else if (!receipt_parse(receipt, part)) {
        kind = SCAN_RECEIPT;
        (void)text_copy(out, SCAN_TEXT, receipt);
    } else {
        (void)text_copy(out, SCAN_TEXT, text);
    }
    explicit_bzero(part, sizeof(part));
    explicit_bzero(receipt, sizeof(receipt));
    explicit_bzero(code, sizeof(code));
    return kind;
}

/* ---- gathering ----------------------------------------------------------------------- */

void scan_line_start(struct scan_line *l)
{
    explicit_bzero(l, sizeof(*l));
}

bool scan_line_is_begun(const struct scan_line *l)
{
    return l->length || l->refusal;
}

bool scan_line_is_late(const struct scan_line *l, int64_t now_ms)
{
    return scan_line_is_begun(l) && now_ms - l->last_ms >= SCAN_GAP_MS;
}

void scan_line_spoil(struct scan_line *l, enum scan_refusal refusal, int64_t now_ms)
{
    l->last_ms = now_ms;
    if (l->refusal)
        return;
    explicit_bzero(l->text, sizeof(l->text));
    l->length = 0;
    l->refusal = refusal;
}

bool scan_line_put(struct scan_line *l, uint8_t byte, int64_t now_ms)
{
    l->last_ms = now_ms;
    if (l->refusal)
        return ++l->thrown < FLOOD_BYTES;
    if (!byte)
        scan_line_spoil(l, SCAN_BINARY, now_ms);
    else if (l->length == SCAN_TEXT_MAX)
        scan_line_spoil(l, SCAN_TOO_LONG, now_ms);
    else
        l->text[l->length++] = (char)byte;
    return true;
}

static bool is_text(const char *text, size_t length)
{
    if (!text_is_valid(text, length))
        return false;
    for (size_t at = 0; at < length;) {
        uint32_t cp;
        at += text_decode(&cp, text + at, length - at);
        if (text_is_control(cp))
            return false;
    }
    return true;
}

enum scan_event scan_line_end(struct scan_line *l, char out[SCAN_TEXT], enum scan_refusal *why)
{
    enum scan_event event = SCAN_READ;
    *why = l->refusal;
    out[0] = 0;
    if (!l->refusal && l->length && !is_text(l->text, l->length))
        *why = SCAN_BINARY;
    if (*why)
        event = SCAN_REFUSED;
    else if (!l->length)
        event = SCAN_NOTHING;
    else
        memcpy(out, l->text, l->length + 1);
    scan_line_start(l);
    return event;
}
