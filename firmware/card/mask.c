/* Masks as the province's platform has them: what may be seen on a list, a slip, a confirm page. */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person.h"

/* Characters before `head` and from `tail` on stay, the rest become stars. */
static void mask(char out[MASKED_TEXT], const char *text, size_t head, size_t tail)
{
    size_t used = 0, left = strlen(text);
    uint32_t cp;
    for (size_t i = 0; left; i++) {
        size_t n = text_decode(&cp, text, left);
        bool stays = i < head || i >= tail;
        size_t size = stays ? n : 1;
        if (used + size >= MASKED_TEXT)
            break;
        memcpy(out + used, stays ? text : "*", size);
        used += size;
        text += n;
        left -= n;
    }
    out[used] = 0;
}

void mask_name(char out[MASKED_TEXT], const char *name)
{
    mask(out, name, 0, 1);
}

void mask_number_strong(char out[MASKED_TEXT], const char *number)
{
    size_t count = text_count(number);
    mask(out, number, 1, count > 1 ? count - 1 : 1);
}

void mask_number_ordinary(char out[MASKED_TEXT], const char *number)
{
    if (strlen(number) != 18) {
        mask_number_strong(out, number);
        return;
    }
    memset(out, '*', 18);
    out[0] = number[0];
    memcpy(out + 4, number + 4, 8);
    out[17] = number[17];
    out[18] = 0;
}

/* A mobile number keeps 3 and 4; a landline its area code and the last 4. */
void mask_phone(char out[MASKED_TEXT], const char *phone)
{
    size_t count = text_count(phone);
    const char *dash = strchr(phone, '-');
    size_t head = dash ? (size_t)(dash - phone) + 1 : 3;
    mask(out, phone, head, count > head + 4 ? count - 4 : head);
}

void mask_account(char out[MASKED_TEXT], const char *account)
{
    size_t count = text_count(account);
    if (count <= 10)
        mask_other(out, account);
    else
        mask(out, account, 6, count - 4);
}

void mask_other(char out[MASKED_TEXT], const char *text)
{
    size_t count = text_count(text), third = count / 3;
    mask(out, text, third, count - third);
}
