/* links: firmware/base */
#include "firmware/base/wired.h"

#include <stdio.h>

#include "firmware/base/json.h"
#include "tests/support/check.h"

static struct wired fixed(const char *address, const char *mask, const char *gateway,
                          const char *names)
{
    struct wired w = { .is_fixed = true };
    const char *texts[WIRED_FIELDS] = { address, mask, gateway, names };
    for (int i = 0; i < WIRED_FIELDS; i++)
        snprintf(w.text[i], WIRED_TEXT, "%s", texts[i]);
    return w;
}

static void test_wired_tells_what_is_wrong_and_in_which_field(void **state)
{
    (void)state;
    static const struct {
        const char *address, *mask, *gateway, *names;
        enum wired_trouble trouble;
        enum wired_field field;
    } rows[] = {
        { "192.168.1.20", "255.255.255.0", "192.168.1.1", "192.168.1.1", WIRED_FINE, WIRED_FIELDS },
        { "10.7.0.9", "8", "10.200.1.1", "223.5.5.5", WIRED_FINE, WIRED_FIELDS },
        { "192.168.1.20", "255.255.255.252", "192.168.1.21", "1.1.1.1", WIRED_NOT_A_HOST,
          WIRED_ADDRESS }, /* .20 is the net itself */
        { "", "24", "192.168.1.1", "192.168.1.1", WIRED_NO_ADDRESS, WIRED_ADDRESS },
        { "192.168.1", "24", "192.168.1.1", "192.168.1.1", WIRED_NO_ADDRESS, WIRED_ADDRESS },
        { "192.168.1.256", "24", "192.168.1.1", "1.1.1.1", WIRED_NO_ADDRESS, WIRED_ADDRESS },
        { "192.168.01.20", "24", "192.168.1.1", "1.1.1.1", WIRED_NO_ADDRESS, WIRED_ADDRESS },
        { "192.168.1.20.", "24", "192.168.1.1", "1.1.1.1", WIRED_NO_ADDRESS, WIRED_ADDRESS },
        { "192..1.20", "24", "192.168.1.1", "1.1.1.1", WIRED_NO_ADDRESS, WIRED_ADDRESS },
        { "127.0.0.1", "24", "127.0.0.2", "1.1.1.1", WIRED_NOT_A_HOST, WIRED_ADDRESS },
        { "224.0.0.9", "24", "224.0.0.1", "1.1.1.1", WIRED_NOT_A_HOST, WIRED_ADDRESS },
        { "192.168.1.255", "24", "192.168.1.1", "1.1.1.1", WIRED_NOT_A_HOST, WIRED_ADDRESS },
        { "192.168.1.20", "", "192.168.1.1", "1.1.1.1", WIRED_NO_MASK, WIRED_MASK },
        { "192.168.1.20", "31", "192.168.1.1", "1.1.1.1", WIRED_NO_MASK, WIRED_MASK },
        { "192.168.1.20", "-8", "192.168.1.1", "1.1.1.1", WIRED_NO_MASK, WIRED_MASK },
        { "192.168.1.20", "255.0.255.0", "192.168.1.1", "1.1.1.1", WIRED_NO_MASK, WIRED_MASK },
        { "192.168.1.20", "24", "192.168.2.1", "1.1.1.1", WIRED_GATEWAY_AWAY, WIRED_GATEWAY },
        { "192.168.1.20", "24", "192.168.1.20", "1.1.1.1", WIRED_GATEWAY_AWAY, WIRED_GATEWAY },
        { "192.168.1.20", "24", "192.168.1.0", "1.1.1.1", WIRED_GATEWAY_AWAY, WIRED_GATEWAY },
        { "192.168.1.20", "24", "gateway", "1.1.1.1", WIRED_NO_ADDRESS, WIRED_GATEWAY },
        { "192.168.1.20", "24", "192.168.1.1", "0.0.0.0", WIRED_NOT_A_HOST, WIRED_NAMES },
        { "192.168.1.20", "24", "192.168.1.1", "", WIRED_NO_ADDRESS, WIRED_NAMES },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wired w = fixed(rows[i].address, rows[i].mask, rows[i].gateway, rows[i].names);
        enum wired_field field = WIRED_ADDRESS;
        enum wired_trouble trouble = wired_judge(&w, &field);
        if (trouble != rows[i].trouble || field != rows[i].field)
            fail_msg("row %zu: trouble %d in field %d", i, (int)trouble, (int)field);
    }
}

static void test_wired_dhcp_needs_nothing_typed(void **state)
{
    (void)state;
    struct wired w = fixed("x", "x", "x", "x");
    w.is_fixed = false;
    CHECK_EQ(wired_judge(&w, NULL), WIRED_FINE);
}

static void test_wired_comes_back_from_the_file_it_was_written_into(void **state)
{
    (void)state;
    struct bytes unit AUTO_BYTES = { 0 };
    struct wired w = fixed("192.168.1.20", "255.255.254.0", "192.168.0.1", "223.5.5.5"), back;
    CHECK_EQ(wired_unit(&unit, &w), 0);
    CHECK_EQ(bytes_append_byte(&unit, 0), 0);
    CHECK(strstr((char *)unit.data, "\nAddress=192.168.1.20/23\nGateway=192.168.0.1\n"));
    CHECK(strstr((char *)unit.data, "\nDHCP=no\n"));
    wired_from_unit(&back, unit.data, unit.length - 1);
    CHECK(back.is_fixed);
    CHECK_STR(back.text[WIRED_ADDRESS], "192.168.1.20");
    CHECK_STR(back.text[WIRED_NAMES], "223.5.5.5");
}

static void test_wired_believes_no_file_of_somebody_else(void **state)
{
    (void)state;
    static const char *const files[] = {
        "",
        "# ",
        "# {",
        "[Match]\nType=ether\n",
        "# {\"mode\":\"fixed\"}\n",
        "# {\"mode\":\"dhcp\"}\n",
        "# {\"mode\":\"fixed\",\"address\":\"192.168.1.20\\nDHCP=yes\",\"mask\":\"24\","
        "\"gateway\":\"192.168.1.1\",\"names\":\"1.1.1.1\"}\n",
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct wired w = { .is_fixed = true };
        wired_from_unit(&w, files[i], strlen(files[i]));
        CHECK(!w.is_fixed);
    }
}

static void test_wired_reads_no_request_with_a_member_too_many_or_a_line_too_many(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"mode\":\"dhcp\",\"more\":1}",
        "{\"mode\":\"both\"}",
        "{}",
        "{\"mode\":\"fixed\",\"address\":\"10.0.0.5\",\"mask\":\"24\",\"gateway\":\"10.0.0.1\"}",
        "{\"mode\":\"fixed\",\"address\":\"10.0.0.5\",\"mask\":\"24\",\"gateway\":\"10.0.0.1\","
        "\"names\":\"1.1.1.1\\n[Route]\"}",
    };
    char complaint[JSON_COMPLAINT];
    struct wired w;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        AUTO(json_release) json_t *o = json_parse(texts[i], strlen(texts[i]), complaint);
        CHECK(o != NULL);
        CHECK(!wired_read(&w, o));
        CHECK(!w.is_fixed);
    }
}

RUN(T(test_wired_tells_what_is_wrong_and_in_which_field), T(test_wired_dhcp_needs_nothing_typed),
    T(test_wired_comes_back_from_the_file_it_was_written_into),
    T(test_wired_believes_no_file_of_somebody_else),
    T(test_wired_reads_no_request_with_a_member_too_many_or_a_line_too_many))
