/* Checking a catalogue as its editors need it: every finding, each in one sentence, with the item and the
 * member it is about; and what has changed between two of them.
 *
 * The loader (catalogue.h) refuses what a kiosk could not work with and stops at the first mistake. This
 * goes on behind a mistake, and adds the rules of a good catalogue. Pure but for reading a file; any thread;
 * no person data. A catalogue of 5,000 services takes well under a second. */
#pragma once

#include "firmware/base/bytes.h"
#include "firmware/catalogue/catalogue.h"

enum finding_weight {
    FINDING_MISTAKE, /* must be mended before it is published */
    FINDING_NOTE,    /* worth a look: a guide not reviewed for long, for example */
};

struct finding {
    enum finding_weight weight;
    char item[8];   /* "E01"; "" when it is about the whole document */
    char field[96]; /* "pages[0].fields[1].kind"; "" when it is about the whole item */
    char sentence[CATALOGUE_COMPLAINT];
};

struct finding_count {
    size_t mistakes, notes;
};

/* Check `length` bytes. `take` gets every finding in the order of the document. `today` is YYYYMMDD, or
 * NULL: ages of guides are then not judged. 0 when it could be checked, whatever was found; -EINVAL when it
 * is no catalogue document at all (one finding says why); -ENOMEM. */
NODISCARD int catalogue_check(const void *json, size_t length, const char *today,
                              void (*take)(void *context, const struct finding *f), void *context,
                              struct finding_count *count);

/* Read a whole file of at most CATALOGUE_BYTES_MAX. On anything but 0 `complaint` says why. */
NODISCARD int catalogue_read_file(struct bytes *out, const char *path,
                                  char complaint[CATALOGUE_COMPLAINT]);

/* May `fresh` follow `old` on a kiosk? Versions only rise. NULL: yes; else why not. */
const char *catalogue_succession_fault(const struct catalogue *old, const struct catalogue *fresh);

/* What changed: `take` gets one line for each service that came, went or changed, and for each changed part
 * of it ("E02 promised_days: 10 -> 8"). Returns the number of lines. */
size_t catalogue_diff(const struct catalogue *old, const struct catalogue *fresh,
                      void (*take)(void *context, const char *line), void *context);
