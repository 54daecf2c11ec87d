/* links: board/common firmware/update firmware/seal firmware/base */
#include "board/common/settings.h"

#include <stdio.h>
#include <unistd.h>

#include "board/common/small_file.h"
#include "firmware/base/json.h"
#include "firmware/base/touch_map.h"
#include "firmware/base/wired.h"
#include "tests/support/check.h"

static json_t *ask(const char *folder, const char *text)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *request = json_parse(text, strlen(text), complaint);
    CHECK(request != NULL);
    json_t *reply = settings_answer(folder, request);
    CHECK(reply != NULL);
    CHECK_EQ(json_integer_value(json_object_get(reply, "re")), 7);
    return reply;
}

static bool is_done(const char *folder, const char *text)
{
    AUTO(json_release) json_t *reply = ask(folder, text);
    return json_is_true(json_object_get(reply, "ok"));
}

static struct wired wired_now(const char *folder)
{
    struct wired w;
    AUTO(json_release) json_t *reply = ask(folder, "{\"op\":\"settings\",\"n\":7}");
    CHECK(wired_read(&w, json_object_get(reply, "wired")));
    return w;
}

static const char fixed[] =
    "{\"op\":\"wired-set\",\"n\":7,\"wired\":{\"mode\":\"fixed\",\"address\":\"10.3.0.20\","
    "\"mask\":\"24\",\"gateway\":\"10.3.0.1\",\"names\":\"10.3.0.1\"}}";

static void test_settings_are_dhcp_and_no_calibration_until_somebody_sets_them(void **state)
{
    (void)state;
    const char *folder = test_folder();
    AUTO(json_release) json_t *reply = ask(folder, "{\"op\":\"settings\",\"n\":7}");
    struct wired w = wired_now(folder);
    CHECK(!w.is_fixed);
    CHECK_EQ(json_array_size(json_object_get(reply, "touch")), 0);
}

static void test_settings_of_the_cable_are_a_file_for_networkd_and_go_with_dhcp(void **state)
{
    (void)state;
    const char *folder = test_folder();
    struct bytes text AUTO_BYTES = { 0 };
    CHECK(is_done(folder, fixed));
    CHECK_STR(wired_now(folder).text[WIRED_ADDRESS], "10.3.0.20");
    CHECK_EQ(small_file_read(&text, folder, "wired.network", 4096), 0);
    CHECK_EQ(bytes_append_byte(&text, 0), 0);
    CHECK(strstr((const char *)text.data, "\n[Network]\nAddress=10.3.0.20/24\n"));
    CHECK(is_done(folder, "{\"op\":\"wired-set\",\"n\":7,\"wired\":{\"mode\":\"dhcp\"}}"));
    CHECK(!small_file_is_there(folder, "wired.network"));
}

static void test_settings_that_are_refused_change_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{\"op\":\"wired-set\",\"n\":7}",
        "{\"op\":\"wired-set\",\"n\":7,\"wired\":{\"mode\":\"fixed\",\"address\":\"10.3.0.20\","
        "\"mask\":\"24\",\"gateway\":\"10.4.0.1\",\"names\":\"10.3.0.1\"}}",
        "{\"op\":\"touch-set\",\"n\":7,\"panel\":\"../p\",\"map\":[1,0,0,0,1,0]}",
        "{\"op\":\"touch-set\",\"n\":7,\"panel\":\"p\",\"map\":[0,0,0,0,0,0]}",
        "{\"op\":\"format\",\"n\":7}",
        "{\"n\":7}",
    };
    const char *folder = test_folder();
    CHECK(is_done(folder, fixed));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!is_done(folder, bad[i]));
    CHECK_STR(wired_now(folder).text[WIRED_GATEWAY], "10.3.0.1");
    CHECK(!small_file_is_there(folder, "touch.json"));
}

static void test_settings_keep_the_calibration_of_each_panel(void **state)
{
    (void)state;
    const char *folder = test_folder();
    struct touch_maps all;
    CHECK(is_done(folder,
                  "{\"op\":\"touch-set\",\"n\":7,\"panel\":\"Goodix\",\"map\":[1,0,4,0,1,0]}"));
    CHECK(is_done(folder,
                  "{\"op\":\"touch-set\",\"n\":7,\"panel\":\"other\",\"map\":[1,0,0,0,1,9]}"));
    AUTO(json_release) json_t *reply = ask(folder, "{\"op\":\"settings\",\"n\":7}");
    touch_maps_read(&all, json_object_get(reply, "touch"));
    CHECK_EQ(touch_maps_find(&all, "Goodix").m[2], 4);
    CHECK_EQ(touch_maps_find(&all, "other").m[5], 9);
}

static void test_settings_say_so_when_they_cannot_be_kept(void **state)
{
    (void)state;
    AUTO(json_release) json_t *reply = ask("/nonexistent/folder", fixed);
    CHECK_STR(json_string_value(json_object_get(reply, "error")), "storage");
}

RUN(T(test_settings_are_dhcp_and_no_calibration_until_somebody_sets_them),
    T(test_settings_of_the_cable_are_a_file_for_networkd_and_go_with_dhcp),
    T(test_settings_that_are_refused_change_nothing),
    T(test_settings_keep_the_calibration_of_each_panel),
    T(test_settings_say_so_when_they_cannot_be_kept))
