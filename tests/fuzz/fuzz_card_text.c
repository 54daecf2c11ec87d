/* links: firmware/card firmware/base */
#include <stdlib.h>
#include <string.h>

#include "firmware/card/person.h"

/* The 256 text bytes of a card that may say anything. What is accepted is a person that keeps its promises, and writing it
 * and reading it again gives the same one. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_wiped(const struct person *p)
{
    static const struct person nobody;
    return !memcmp(p, &nobody, sizeof(nobody));
}

static bool ends(const char *text, size_t size)
{
    return memchr(text, 0, size) != NULL;
}
#define ENDS(member) ends(member, sizeof(member))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t text[CARD_TEXT_BYTES] = { 0 }, again[CARD_TEXT_BYTES];
    struct person p, second;
    char old[16], masked[MASKED_TEXT];
    memcpy(text, data, size < sizeof(text) ? size : sizeof(text));
    if (card_parse(&p, text)) {
        if (!is_wiped(&p))
            abort();
        return 0;
    }
    if (!ENDS(p.name) || !ENDS(p.english_name) || !ENDS(p.address) || !ENDS(p.number) ||
        !ENDS(p.authority) || !ENDS(p.nation) || !ENDS(p.nationality))
        abort();
    if (!date_is_real(p.birth) || !date_is_real(p.valid_from) ||
        (!p.is_long_term && !date_is_real(p.valid_to)) || (!*p.name && !*p.english_name))
        abort();
    if (card_encode(again, &p) || card_parse(&second, again) || memcmp(&p, &second, sizeof(p)))
        abort();
    (void)person_old_number(old, &p);
    (void)nation_name(p.nation, true);
    (void)sex_name(p.sex, false);
    mask_name(masked, p.name);
    mask_number_ordinary(masked, p.number);
    mask_other(masked, p.address);
    return 0;
}
