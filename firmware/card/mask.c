/* Masks as the province's platform has them: what may be seen on a list, a slip, a confirm page. */
#include "firmware/card/person.h"

#include <string.h>

#include "firmware/base/text.h"

/* Characters that stay: `head` at the start, `tail` at the end, and positions `from` to `to` (from
 * 1; 0 = none). */
struct rule {
    size_t head, from, to, tail;
};

static bool stays(const struct rule *rule, size_t position, size_t count)
{
    return position <= rule->head || position + rule->tail > count ||
           (position >= rule->from && position <= rule->to);
}

/* A mask that would not fit ends early, between two characters. */
static void apply(char out[MASKED_TEXT], const char *text, const struct rule *rule)
{
    size_t left = strlen(text), count = text_count(text), length = 0;
    for (size_t position = 1; left; position++) {
        uint32_t cp;
        char encoded[4];
        size_t n = text_decode(&cp, text, left);
        size_t width = text_encode(encoded, stays(rule, position, count) ? cp : '*');
        if (length + width >= MASKED_TEXT)
            break;
        memcpy(out + length, encoded, width);
        length += width;
        text += n;
        left -= n;
    }
    out[length] = 0;
}

void mask_name(char out[MASKED_TEXT], const char *name)
{
    size_t count = text_count(name);
    apply(out, name, &(struct rule){ .tail = count ? count - 1 : 0 });
}

/* Of one or two characters the ends would be everything. */
void mask_number_strong(char out[MASKED_TEXT], const char *number)
{
    size_t ends = text_count(number) > 2;
    apply(out, number, &(struct rule){ .head = ends, .tail = ends });
}

/* Made for 18 characters; it still hides something of the 15 on a 2017 card, but not of anything
 * shorter. */
void mask_number_ordinary(char out[MASKED_TEXT], const char *number)
{
    if (text_count(number) < 15)
        mask_number_strong(out, number);
    else
        apply(out, number, &(struct rule){ .head = 1, .from = 5, .to = 12, .tail = 1 });
}

/* Two-digit area codes are Beijing's 010 and the 02x; all others have three digits behind the 0. */
static size_t area_code_length(const char *phone)
{
    return phone[1] == '1' || phone[1] == '2' ? 3 : 4;
}

void mask_phone(char out[MASKED_TEXT], const char *phone)
{
    size_t count = text_count(phone);
    const char *dash = strchr(phone, '-');
    size_t head = dash ? (size_t)(dash - phone) + 1 : *phone == '0' ? area_code_length(phone) : 3;
    if (head + 4 < count)
        apply(out, phone, &(struct rule){ .head = head, .tail = 4 });
    else
        mask_other(out, phone);
}

void mask_account(char out[MASKED_TEXT], const char *account)
{
    if (text_count(account) > 10)
        apply(out, account, &(struct rule){ .head = 6, .tail = 4 });
    else
        mask_other(out, account);
}

void mask_other(char out[MASKED_TEXT], const char *text)
{
    size_t third = text_count(text) / 3;
    apply(out, text, &(struct rule){ .head = third, .tail = third });
}
