#include "tests/support/carry_world.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"

static struct stick_keys keys;
static struct trust *trust;

static unsigned chance(struct world *w, unsigned below)
{
    w->chance ^= w->chance >> 12;
    w->chance ^= w->chance << 25;
    w->chance ^= w->chance >> 27;
    return (unsigned)((w->chance * UINT64_C(2685821657736338717) >> 33) % below);
}

static void folder_of(char out[512], const char *name, unsigned n)
{
    static unsigned serial;
    snprintf(out, 512, "%s/%s-%u-%u", test_folder(), name, n, serial++);
}

void world_build(struct world *w, uint64_t seed)
{
    static const char *const ids[KIOSKS] = { "K0012", "K0077", "K0099" };
    const struct bytes *key[KIOSKS] = { &keys.kiosk_key, &keys.second_key, &keys.third_key };
    const struct bytes *pem[KIOSKS] = { &keys.kiosk_pem, &keys.second_pem, &keys.third_pem };
    char path[512];
    memset(w, 0, sizeof(*w));
    w->chance = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    folder_of(path, "county", (unsigned)seed);
    w->county = stick_county_new(path, &keys);
    for (unsigned i = 0; i < KIOSKS; i++) {
        folder_of(path, ids[i], (unsigned)seed);
        carry_kiosk_open(&w->kiosks[i], ids[i], path, key[i], pem[i], trust);
    }
    for (unsigned i = 0; i < STICKS; i++) {
        char name[64];
        snprintf(name, sizeof(name), "stick-%u-%u", (unsigned)seed, i);
        carry_stick_new(w->sticks[i], name);
    }
}

void world_tear_down(struct world *w)
{
    for (unsigned i = 0; i < KIOSKS; i++)
        carry_kiosk_close(&w->kiosks[i]);
    stick_county_free(w->county);
}

/* ---- what may happen ----------------------------------------------------------------- */

void world_apply(struct world *w)
{
    unsigned count = 1 + chance(w, 25);
    if (count > ITEMS - w->made)
        count = ITEMS - w->made;
    carry_kiosk_submit(&w->kiosks[chance(w, KIOSKS)], w->made, count, 300);
    w->made += count;
}

void world_errand(struct world *w, unsigned kiosk, unsigned stick)
{
    struct errand_report report;
    enum saying s = carry_kiosk_errand(&w->kiosks[kiosk], &report, w->sticks[stick], NULL);
    if (s != SAY_WELL && s != SAY_SYNCD)
        fail_msg("an errand ended with: %s", saying_en(s));
}

/* kiosk-syncd stops answering in the middle. */
static void errand_broken_off(struct world *w)
{
    struct carry_kiosk *k = &w->kiosks[chance(w, KIOSKS)];
    k->asked = 0;
    k->dies_at = 1 + chance(w, 3);
    world_errand(w, (unsigned)(k - w->kiosks), chance(w, STICKS));
    k->dies_at = 0;
    w->broken_off++;
}

/* cp -a, and rm -r before it. */
void world_copy_stick(const char *to, const char *from)
{
    char command[2000];
    snprintf(command, sizeof(command), "rm -rf '%s' && cp -a '%s' '%s'", to, from, to);
    /* NOLINTNEXTLINE(cert-env33-c): both folders are of this test */
    CHECK_EQ(system(command), 0);
}

/* A stick is copied in a drawer, or what is in the drawer comes back as it was. */
static void drawer(struct world *w)
{
    char copy[600];
    unsigned stick = chance(w, STICKS);
    struct stat st;
    snprintf(copy, sizeof(copy), "%s.drawer", w->sticks[stick]);
    if (chance(w, 2) && !stat(copy, &st)) {
        world_copy_stick(w->sticks[chance(w, STICKS)], copy);
        w->replayed++;
    } else {
        world_copy_stick(copy, w->sticks[stick]);
    }
}

/* One file of a stick loses its end, or gets a wrong byte. */
static void damage(struct world *w)
{
    char path[1200], victim[1200] = "";
    unsigned seen = 0;
    snprintf(path, sizeof(path), "%s/ONETRIP", w->sticks[chance(w, STICKS)]);
    DIR *d = opendir(path);
    if (!d)
        return;
    for (const struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.' && chance(w, ++seen) == 0)
            snprintf(victim, sizeof(victim), "%.500s/%s", path, e->d_name);
    closedir(d);
    struct stat st;
    int fd = *victim ? open(victim, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0 || fstat(fd, &st) || !st.st_size)
        return;
    if (chance(w, 2))
        CHECK_EQ(ftruncate(fd, chance(w, (unsigned)st.st_size)), 0);
    else
        CHECK_EQ(pwrite(fd, "\xff", 1, chance(w, (unsigned)st.st_size)), 1);
    close(fd);
    w->cut++;
}

/* An item goes by network after all, and half of the time the answer is lost. */
static void network(struct world *w)
{
    struct carry_kiosk *k = &w->kiosks[chance(w, KIOSKS)];
    struct claim c;
    char id[UUID_TEXT];
    int r = outbox_next_open(k->store, &c, 0);
    if (r)
        return;
    uuid_format(id, c.item.id);
    CHECK(stick_county_network(w->county, k->id, c.item.seq, id, c.body.data, c.body.length));
    struct verdict v = { .seq = c.item.seq, .kind = VERDICT_ACCEPTED };
    if (chance(w, 2))
        CHECK_EQ(outbox_judge(k->store, &v, 1, 1795680000000), 0);
    claim_clear(&c);
    w->by_network++;
}

/* The kiosk is switched off and on. */
static void restart(struct world *w)
{
    struct carry_kiosk *k = &w->kiosks[chance(w, KIOSKS)], before = *k;
    carry_kiosk_close(k);
    carry_kiosk_open(k, before.id, before.folder, before.key, before.pem, before.trust);
}

void world_happens(struct world *w)
{
    switch (chance(w, 12)) {
    case 0:
    case 1:
        world_apply(w);
        return;
    case 2:
    case 3:
    case 4:
        world_errand(w, chance(w, KIOSKS), chance(w, STICKS));
        return;
    case 5:
    case 6:
        CHECK(stick_county_visit(w->county, w->sticks[chance(w, STICKS)], chance(w, 2)) >= 0);
        return;
    case 7:
        errand_broken_off(w);
        return;
    case 8:
        drawer(w);
        return;
    case 9:
        damage(w);
        return;
    case 10:
        network(w);
        return;
    default:
        restart(w);
    }
}

/* ---- how it ends --------------------------------------------------------------------- */

static int64_t open_items(struct world *w)
{
    int64_t open = 0;
    for (unsigned i = 0; i < KIOSKS; i++)
        open += carry_kiosk_count(&w->kiosks[i], ITEM_QUEUED) +
                carry_kiosk_count(&w->kiosks[i], ITEM_HELD);
    return open;
}

/* Ordinary rounds with one stick. */
unsigned world_go_round(struct world *w)
{
    unsigned rounds = 0;
    for (; open_items(w) && rounds < 5; rounds++) {
        for (unsigned i = 0; i < KIOSKS; i++)
            world_errand(w, i, 0);
        CHECK(stick_county_visit(w->county, w->sticks[0], false) >= 0);
    }
    return rounds;
}

void world_check_end(struct world *w)
{
    int64_t accepted = 0;
    for (unsigned i = 0; i < KIOSKS; i++) {
        accepted += carry_kiosk_count(&w->kiosks[i], ITEM_ACCEPTED);
        CHECK_EQ(carry_kiosk_count(&w->kiosks[i], ITEM_DEAD), 0);
    }
    CHECK_EQ(accepted, ITEMS);
    CHECK_EQ(open_items(w), 0);
    CHECK_EQ(stick_county_ask(w->county, "SELECT count(*) FROM item"), ITEMS);
    CHECK_EQ(stick_county_ask(w->county, "SELECT count(DISTINCT id) FROM item"), ITEMS);
    CHECK_EQ(stick_county_ask(w->county, "SELECT count(DISTINCT kiosk||'-'||seq) FROM item"),
             ITEMS);
    CHECK_EQ(stick_county_ask(w->county, "SELECT count(*) FROM feed WHERE state='received'"),
             ITEMS);
}

int world_start(void **state)
{
    (void)state;
    stick_keys_make(&keys);
    stick_keys_write(&keys, test_folder());
    return trust_load(&trust, test_folder());
}

int world_stop(void **state)
{
    (void)state;
    trust_free(trust);
    stick_keys_clear(&keys);
    return 0;
}
