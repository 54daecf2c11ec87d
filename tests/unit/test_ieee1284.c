/* links: drivers/printer firmware/base */
#include <stdlib.h>

#include "drivers/printer/ieee1284.h"
#include "tests/support/check.h"

#define TEXT "MFG:XPrinter;CMD:ESC/POS;MDL:XP-80;CLS:PRINTER;"

static int parse(struct ieee1284 *id, uint8_t high, uint8_t low, const char *text, size_t length)
{
    uint8_t answer[IEEE1284_MAX] = { high, low };
    memcpy(answer + 2, text, length);
    return ieee1284_parse(id, answer, length + 2);
}

static void check_xprinter(const struct ieee1284 *id)
{
    CHECK_STR(id->maker, "XPrinter");
    CHECK_STR(id->commands, "ESC/POS");
    CHECK_STR(id->model, "XP-80");
    CHECK_STR(id->class, "PRINTER");
    CHECK_STR(id->serial, "");
}

static void test_ieee1284_reads_the_pairs(void **state)
{
    (void)state;
    struct ieee1284 id;
    CHECK_EQ(sizeof(TEXT) - 1 + 2, 0x31);
    CHECK_EQ(parse(&id, 0x00, 0x31, TEXT, sizeof(TEXT) - 1), 0);
    check_xprinter(&id);
}

static void test_ieee1284_accepts_a_swapped_length(void **state)
{
    (void)state;
    struct ieee1284 id;
    CHECK_EQ(parse(&id, 0x31, 0x00, TEXT, sizeof(TEXT) - 1), 0);
    check_xprinter(&id);
}

static void test_ieee1284_knows_when_there_is_none(void **state)
{
    (void)state;
    struct ieee1284 id;
    CHECK_EQ(parse(&id, 0x00, 0x02, "", 0), IEEE1284_E_NONE);
    CHECK_EQ(parse(&id, 0xFF, 0xFF, TEXT, sizeof(TEXT) - 1), IEEE1284_E_NONE);
    CHECK_EQ(ieee1284_parse(&id, (const uint8_t *)"", 0), IEEE1284_E_NONE);
    CHECK_EQ(ieee1284_parse(&id, (const uint8_t *)"\x31", 1), IEEE1284_E_NONE);
    CHECK_STR(id.maker, "");
}

static void test_ieee1284_is_cut_at_what_arrived(void **state)
{
    (void)state;
    struct ieee1284 id;
    CHECK_EQ(parse(&id, 0x00, 0x31, TEXT, 8), 0);
    CHECK_STR(id.maker, "XPri");
    CHECK_STR(id.model, "");
}

static void test_ieee1284_long_names_of_keys_and_blanks(void **state)
{
    (void)state;
    static const char text[] =
        " MANUFACTURER : Some One ;MODEL:\tT 1\r\n;SERN:42;;:;no colon;mfg:wrong case;MFG:second;";
    struct ieee1284 id;
    CHECK_EQ(parse(&id, 0x00, sizeof(text) + 1, text, sizeof(text) - 1), 0);
    CHECK_STR(id.maker, "Some One");
    CHECK_STR(id.model, "T 1");
    CHECK_STR(id.serial, "42");
}

static void test_ieee1284_shows_nothing_hostile(void **state)
{
    (void)state;
    char text[IEEE1284_MAX - 2];
    struct ieee1284 id;
    memset(text, 'A', sizeof(text));
    static const uint8_t hostile[] = { 'M', 'F', 'G', ':', 0x00, 0xFF, 0x1B,
                                       '[', ';', 'M', 'D', 'L',  ':' };
    memcpy(text, hostile, sizeof(hostile));
    CHECK_EQ(parse(&id, IEEE1284_MAX >> 8, IEEE1284_MAX & 0xFF, text, sizeof(text)), 0);
    CHECK_STR(id.maker, "???[");
    CHECK_EQ(strlen(id.model), IEEE1284_TEXT - 1);
}

static void test_port_status_words(void **state)
{
    (void)state;
    CHECK_STR(port_status_word(port_status_of(0x18)), "fine");
    CHECK_STR(port_status_word(port_status_of(0x38)), "paper empty");
    CHECK_STR(port_status_word(port_status_of(0x10)), "error");
    CHECK_STR(port_status_word(port_status_of(0x08)), "not selected");
    CHECK_STR(port_status_word(port_status_of(0x30)), "paper empty");
    CHECK_STR(port_status_word(port_status_of(0x28)), "not selected");
}

RUN(T(test_ieee1284_reads_the_pairs), T(test_ieee1284_accepts_a_swapped_length),
    T(test_ieee1284_knows_when_there_is_none), T(test_ieee1284_is_cut_at_what_arrived),
    T(test_ieee1284_long_names_of_keys_and_blanks), T(test_ieee1284_shows_nothing_hostile),
    T(test_port_status_words))
