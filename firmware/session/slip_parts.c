/* Papers, promises and parts on the receipt. */
#include "firmware/session/own.h"
#include "firmware/session/slip_both.h"
#include "firmware/session/slip_parts.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

#define N_(msgid) msgid

/* A text of the kiosk's own; it stays what it is however many more are asked for. */
static struct slip_words own(const struct session *s, const char *msgid,
                             char out[LANGUAGE_COUNT][COVERS_BYTES])
{
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        snprintf(out[l], COVERS_BYTES, "%s", session_own(s, (enum language)l, msgid));
    return (struct slip_words){ out[LANGUAGE_ZH], out[LANGUAGE_EN] };
}

static void join(char *out, size_t size, const char *between, const char *part)
{
    size_t used = strlen(out);
    if (*part)
        snprintf(out + used, size - used, "%s%s", used ? between : "", part);
}

/* ---- papers -------------------------------------------------------------------------- */

static void add(struct slip_list *list, struct slip_item *items, struct slip_item item)
{
    items[list->count++] = item;
    list->items = items;
}

/* The last day itself still counts, and holidays may put it off. */
void slip_set_due(struct slip_item *item, struct slip_papers *p, size_t i, const struct session *s,
                  const struct paper_row *row)
{
    char day[12];
    snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", row->due, row->due + 4, row->due + 6);
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        char *note = p->notes[i][l];
        enum language language = (enum language)l;
        if (!*row->due)
            snprintf(note, PAPER_NOTE_BYTES,
                     session_own(s, language, N_("(within %d working days)")),
                     row->material->late_days);
        else if (row->is_provisional)
            snprintf(note, PAPER_NOTE_BYTES,
                     session_own(s, language, N_("by %s, or later by any public holidays")), day);
        else
            snprintf(note, PAPER_NOTE_BYTES, session_own(s, language, N_("by %s at the latest")),
                     day);
    }
    item->note = (struct slip_words){ p->notes[i][LANGUAGE_ZH], p->notes[i][LANGUAGE_EN] };
}

static void add_version(struct slip_words *out, char notes[LANGUAGE_COUNT][PAPER_NOTE_BYTES],
                        const struct session *s, const char *version)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        snprintf(notes[l], PAPER_NOTE_BYTES, session_own(s, (enum language)l, N_("Wording %s")),
                 version);
    *out = (struct slip_words){ notes[LANGUAGE_ZH], notes[LANGUAGE_EN] };
}

/* Behind the day, which part it is for. */
static void add_parts_of(struct slip_item *item, struct slip_papers *p, size_t i,
                         const struct session *s, const struct paper_row *row)
{
    struct parts_view parts;
    char names[PART_PAPERS_BYTES];
    parts_look(&parts, s);
    for (int l = 0; parts.count && l < LANGUAGE_COUNT; l++) {
        session_paper_parts(s, &parts, row->material, (enum language)l, names);
        join(p->notes[i][l], PAPER_NOTE_BYTES, " · ", names);
        if (*names)
            item->note = (struct slip_words){ p->notes[i][LANGUAGE_ZH], p->notes[i][LANGUAGE_EN] };
    }
}

/* A copy of what stood above the signature. */
static void add_statement(struct slip_receipt_text *t, struct slip_papers *p,
                          const struct session *s)
{
    const struct words *promise = &s->visit.service->promise;
    char version[PROMISE_VERSION];
    struct slip_item item = { .what = slip_both(promise) };
    promise_version(version, promise->in[LANGUAGE_ZH], promise->in[LANGUAGE_EN]);
    add_version(&item.note, p->versions[0], s, version);
    add(&t->promises, p->promises, item);
    gap_promise_version(s, version);
    add_version(&(struct slip_words){ 0 }, p->versions[1], s, version);
}

static void add_gap_promise(struct slip_receipt_text *t, struct slip_papers *p, size_t i,
                            const struct session *s, const struct paper_row *row)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        session_gap_promise(s, row, (enum language)l, p->texts[i][l]);
    struct slip_item item = {
        .what = { p->texts[i][LANGUAGE_ZH], p->texts[i][LANGUAGE_EN] },
        .note = { p->versions[1][LANGUAGE_ZH], p->versions[1][LANGUAGE_EN] },
    };
    add(&t->promises, p->promises, item);
}

/* Nobody knows yet whether the county has it: it is looked up without the resident (待调取). */
static void set_to_fetch(struct slip_item *item, struct slip_papers *p, size_t i,
                         const struct session *s)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        snprintf(p->notes[i][l], PAPER_NOTE_BYTES, "%s",
                 session_own(s, (enum language)l, N_("the county will look it up")));
    item->note = (struct slip_words){ p->notes[i][LANGUAGE_ZH], p->notes[i][LANGUAGE_EN] };
}

static void set_waived(struct slip_item *item, struct slip_papers *p, size_t i,
                       const struct session *s, const struct waived *w)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        waive_note(p->notes[i][l], s, (enum language)l, w);
    item->note = (struct slip_words){ p->notes[i][LANGUAGE_ZH], p->notes[i][LANGUAGE_EN] };
}

static void add_paper(struct slip_receipt_text *t, struct slip_papers *p, size_t i,
                      const struct session *s, const struct paper_row *row)
{
    struct slip_item item = { .what = slip_both(&row->material->name) };
    if (row->material->how == MATERIAL_FETCHED && row->proof != PROOF_DISPUTED) {
        if (row->proof == PROOF_TO_FETCH)
            set_to_fetch(&item, p, i, s);
        add(&t->not_needed, p->not_needed, item);
    } else if (row->held == HELD_HERE) {
        add_parts_of(&item, p, i, s, row);
        add(&t->here, p->here, item);
    } else if (row->held == HELD_NOT) {
        add_parts_of(&item, p, i, s, row);
        add(&t->missing, p->missing, item);
    } else if (row->waived) {
        set_waived(&item, p, i, s, row->waived);
        add(&t->waived, p->waived, item);
    } else if (row->held == HELD_LATER) {
        slip_set_due(&item, p, i, s, row);
        add_parts_of(&item, p, i, s, row);
        add(&t->owed, p->owed, item);
        add_gap_promise(t, p, i, s, row);
    }
}

void slip_add_papers(struct slip_receipt_text *t, struct slip_papers *p, const struct session *s)
{
    struct checklist_view papers;
    checklist_look(&papers, s);
    if (!session_is_anonymous(s))
        add_statement(t, p, s);
    for (size_t i = 0; i < papers.count; i++)
        add_paper(t, p, i, s, &papers.rows[i]);
    t->hand_in = own(s,
                     N_("Bring it to this service point with the number above; anybody may bring "
                        "it for you."),
                     p->hand_in);
    t->if_late = own(s,
                     N_("The acceptance is revoked, and you are told why in writing. You may "
                        "apply again."),
                     p->if_late);
}

/* ---- parts --------------------------------------------------------------------------- */

/* Behind the line about the part. */
static void add_papers_of(struct slip_parts *p, size_t i, const struct session *s,
                          const struct part_row *row, enum language language)
{
    char papers[PART_PAPERS_BYTES];
    session_part_papers(s, row->part, language, papers);
    join(p->notes[i][language], PART_SAID_BYTES, " · ", papers);
}

static void add_part(struct slip_receipt_text *t, struct slip_parts *p, size_t i,
                     const struct session *s, const struct parts_view *parts)
{
    const struct part_row *row = &parts->rows[i];
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        snprintf(p->names[i][l], PART_NAME_BYTES, "%u  %s", row->no, row->part->name.in[l]);
        session_part_note(s, parts, row, (enum language)l, p->notes[i][l]);
        add_papers_of(p, i, s, row, (enum language)l);
    }
    struct slip_item item = { .what = { p->names[i][LANGUAGE_ZH], p->names[i][LANGUAGE_EN] },
                              .note = { p->notes[i][LANGUAGE_ZH], p->notes[i][LANGUAGE_EN] } };
    add(&t->parts, p->items, item);
}

void slip_add_parts(struct slip_receipt_text *t, struct slip_parts *p, const struct session *s)
{
    const struct service *service = s->visit.service;
    struct parts_view parts;
    parts_look(&parts, s);
    for (size_t i = 0; i < parts.count; i++)
        if (parts.rows[i].is_wanted)
            add_part(t, p, i, s, &parts);
    for (size_t i = 0; i < service->replaces_count; i++)
        for (int l = 0; l < LANGUAGE_COUNT; l++)
            join(p->covers[l], COVERS_BYTES, l == LANGUAGE_ZH ? "、" : ", ",
                 service->replaces[i].in[l]);
    t->covers = (struct slip_words){ p->covers[LANGUAGE_ZH], p->covers[LANGUAGE_EN] };
}
