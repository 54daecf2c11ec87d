#include "drivers/printer/proof.h"

#include <string.h>

/* Three digits for the page, one for the place in it. Letters and numerals only: a printer that does not know the command
 * and takes them for text has nothing to act on. */
static void make_id(char id[ESCPOS_ID], uint32_t serial, enum proof_mark mark)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    enum { BASE = sizeof(digits) - 1 };
    id[0] = digits[serial / (BASE * BASE) % BASE];
    id[1] = digits[serial / BASE % BASE];
    id[2] = digits[serial % BASE];
    id[3] = mark == PROOF_LAST_ROW ? 'R' : 'C';
}

void proof_begin(struct proof *p, uint32_t serial)
{
    memset(p, 0, sizeof(*p));
    make_id(p->ids[PROOF_LAST_ROW], serial, PROOF_LAST_ROW);
    make_id(p->ids[PROOF_CUT], serial, PROOF_CUT);
}

void proof_take(struct proof *p, const uint8_t id[ESCPOS_ID])
{
    for (size_t i = 0; i < PROOF_IDS; i++)
        if (!memcmp(p->ids[i], id, ESCPOS_ID)) {
            for (size_t j = 0; j <= i; j++)
                p->is_proven[j] = true;
            return;
        }
    p->foreign++;
}
