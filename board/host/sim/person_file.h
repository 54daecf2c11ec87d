/* A synthetic card as a JSON object: what the plate gets to read. Members as in struct person (card/person.h): layout (C,
 * J, I or Y), name, english_name, sex, nation, birth, address, number, authority, valid_from, valid_to ("长期": no end),
 * permit_number, issue_count, nationality, renewals, old_number_link, layout_version; absent or "": blank on the card.
 * Or raw_hex alone: the 256 text bytes, for cards that no table describes. */
#pragma once

#include <jansson.h>

#include "firmware/base/json.h"
#include "firmware/card/person.h"

/* 0, or -EINVAL and one sentence that names the member. The caller wipes `text`. */
NODISCARD int person_file_parse(uint8_t text[CARD_TEXT_BYTES], const json_t *person,
                                char complaint[JSON_COMPLAINT]);
/* The same from a file; the sentence begins with its name. */
NODISCARD int person_file_load(uint8_t text[CARD_TEXT_BYTES], const char *path,
                               char complaint[JSON_COMPLAINT]);
