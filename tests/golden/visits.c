#include "tests/golden/visits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/support/test_keys.h"
#include "tests/support/check.h"

static const int64_t wall = INT64_C(1795592800000); /* 2026-11-25, a Wednesday, 15:46 in China */

/* ---- building ------------------------------------------------------------------------ */

static void must(int r, const char *what)
{
    if (!r)
        return;
    fprintf(stderr, "gallery: %s: %d\n", what, r);
    exit(2);
}

static void copy_member(char *out, size_t size, const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    text_copy(out, size, text ? text : "");
}

static void load_person(struct person *p, const char *root, const char *file)
{
    char path[512];
    json_error_t error;
    snprintf(path, sizeof(path), "%s/tests/data/persons/%s", root, file);
    json_t *o = json_load_file(path, 0, &error);
    must(o ? 0 : -1, path);
    *p = (struct person){ .layout = CARD_RESIDENT, .is_long_term = true };
    copy_member(p->name, sizeof(p->name), o, "name");
    copy_member(p->nation, sizeof(p->nation), o, "nation");
    copy_member(p->birth, sizeof(p->birth), o, "birth");
    copy_member(p->address, sizeof(p->address), o, "address");
    copy_member(p->number, sizeof(p->number), o, "number");
    copy_member(p->authority, sizeof(p->authority), o, "authority");
    copy_member(p->valid_from, sizeof(p->valid_from), o, "valid_from");
    const char *sex = json_string_value(json_object_get(o, "sex"));
    p->sex = sex ? *sex : '1';
    json_decref(o);
}

void visits_open(struct visits *v, const char *root)
{
    char path[512], complaint[CATALOGUE_COMPLAINT];
    memset(v, 0, sizeof(*v));
    load_person(&v->person, root, "lin-xiuying.json");
    load_person(&v->other, root, "wang-yan.json");
    snprintf(path, sizeof(path), "%s/assets/catalogue/catalogue.json", root);
    must(catalogue_load_file(&v->catalogue, path, complaint), path);
    snprintf(path, sizeof(path), "%s/assets/practice/exercises.json", root);
    must(exercises_load_file(&v->exercises, path, complaint), path);
    snprintf(path, sizeof(path), "%s/assets/input/rare.bin", root);
    must(rare_open(&v->rare, path), path);
    struct test_county *county =
        test_county_new(test_folder(), wall - 86400000, wall + INT64_C(86400000) * 365);
    must(trust_load(&v->trust, test_folder()), "trust");
    v->keys = test_county_keys(county, 1, 1);
    test_county_free(county);
}

void visits_close(struct visits *v)
{
    session_free(v->session);
    shift_free(v->shift);
    catalogue_free(v->catalogue);
    exercises_free(v->exercises);
    trust_free(v->trust);
    rare_free(v->rare);
    free(v->keys);
}

void visits_event(struct visits *v, enum event_kind kind, const char *name, const char *value)
{
    int number = 0;
    (void)text_to_int(&number, name);
    struct event e = { .kind = kind, .name = name, .value = value, .number = number };
    session_handle(v->session, &e);
}

void visits_number(struct visits *v, enum event_kind kind, int number)
{
    struct event e = { .kind = kind, .name = v->job, .value = "", .number = number };
    session_handle(v->session, &e);
}

void visits_card(struct visits *v, const struct person *p)
{
    struct event e = { .kind = EV_CARD_READ, .person = p };
    session_handle(v->session, &e);
}

void visits_link(struct visits *v, bool is_there, bool is_up)
{
    struct link_facts facts = { .is_there = is_there,
                                .is_up = is_up,
                                .is_accepting = is_there,
                                .kiosk_id = "K0012",
                                .clock_quality = CLOCK_NTP };
    struct event e = { .kind = EV_LINK, .link = &facts };
    session_handle(v->session, &e);
}

void visits_begin(struct visits *v, struct wishes wishes)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct seal_keys *keys = NULL;
    session_free(v->session);
    shift_free(v->shift);
    v->shift = NULL;
    v->is_new_kiosk = v->is_lost = false;
    v->clock = fake_clock_at(1000000, wall);
    v->wishes = wishes;
    v->job[0] = v->token[0] = 0;
    v->asked = 0;
    struct session_config config = { .clock = &v->clock.base,
                                     .ports = visits_ports_begin(),
                                     .context = v,
                                     .utc_offset_minutes = 480,
                                     .case_url = "https://case.example/",
                                     .phone_url = "https://county.example/phone" };
    must(session_new(&v->session, &config), "session");
    must(seal_keys_parse(&keys, v->trust, v->keys, strlen(v->keys), complaint), "keys");
    session_set_catalogue(v->session, v->catalogue);
    session_set_exercises(v->session, v->exercises);
    session_set_keys(v->session, keys);
    visits_link(v, true, true);
    visits_number(v, EV_READER, 1);
    visits_number(v, EV_PRINTER, 1);
    visits_event(v, EV_LANGUAGE, "", wishes.language == LANGUAGE_ZH ? "zh" : "en");
    if (wishes.is_contrast)
        visits_event(v, EV_CONTRAST, "", "");
    if (wishes.is_elder)
        visits_event(v, EV_ELDER, "", "");
    if (wishes.is_lowered)
        visits_event(v, EV_LOWER, "", "");
}
