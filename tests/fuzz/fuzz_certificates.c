/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/seal/reply.h"
#include "firmware/session/certificate.h"

/* The county's answer to a live question: bytes off the network that must open or not, and, once open, a text that is read
 * whole or not at all. Whatever is read must be fit to be shown. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char question[] = "00112233445566778899aabbccddeeff";
static const uint8_t key[REPLY_KEY] = { 7 };

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void demand_shown(const char *text, size_t size)
{
    size_t length = strnlen(text, size);
    demand(length && length < size && text_is_valid(text, length));
}

static void use(const struct certificate *c)
{
    static const struct field date = { .kind = FIELD_DATE };
    demand_shown(c->paper, sizeof(c->paper));
    demand_shown(c->id, sizeof(c->id));
    demand_shown(c->version, sizeof(c->version));
    demand(!answer_check(&date, c->issued, NULL));
    demand(!*c->until || !answer_check(&date, c->until, NULL));
    demand(c->value_count <= CERTIFICATE_VALUES);
    for (size_t i = 0; i < c->value_count; i++) {
        const struct certificate_value *v = &c->values[i];
        struct field f = { .kind = FIELD_TEXT, .mask = v->mask };
        char shown[ANSWER_BYTES];
        demand_shown(v->value, sizeof(v->value));
        answer_show_masked(shown, &f, v->value, LANGUAGE_ZH);
        demand(text_is_valid(shown, strlen(shown)));
        demand(certificate_find(c, v->name) == v);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes plain AUTO_BYTES = { 0 };
    static struct certificates all;
    if (!reply_open(&plain, key, question, data, size))
        demand(plain.length <= 8 * 1024 * 1024);
    else
        demand(!plain.length);
    if (certificates_read(&all, data, size, question)) {
        demand(!all.count);
        return 0;
    }
    demand(all.count <= CERTIFICATES_MAX);
    for (size_t i = 0; i < all.count; i++)
        use(&all.list[i]);
    return 0;
}
