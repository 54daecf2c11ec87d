/* What an ID card says about its holder: the result of reading layouts C, J, I and Y, in UTF-8.
 *
 * This is person data. Exactly one copy lives in the session; whoever holds another (the reader's
 * worker, a test) wipes it with person_wipe() as soon as it has been handed on. Plain struct, no
 * pointers: copying and wiping are single operations. Absent fields are empty strings. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum card_layout {
    CARD_NONE = 0,
    CARD_RESIDENT = 'C', /* mainland resident ID card */
    CARD_HMT = 'J',      /* residence permit for Hong Kong, Macau and Taiwan residents */
    CARD_FPR2017 = 'I',  /* foreign permanent residence card, 2017 */
    CARD_FPR2023 = 'Y',  /* the same, 2023 */
};

struct person {
    enum card_layout layout;
    char name[64];          /* 15 units */
    char english_name[144]; /* 60 units at most */
    char sex;       /* GB/T 2261.1: '0' unknown, '1' male, '2' female, '9' not stated; 0 absent */
    char nation[8]; /* GB 3304 digits as on the card, "" where the layout has none */
    char birth[9];  /* YYYYMMDD */
    char address[144];       /* 35 units */
    char number[19];         /* 18 characters (15 on layout I) */
    char authority[64];      /* name; a four-digit code on layout I */
    char valid_from[9];      /* YYYYMMDD */
    char valid_to[9];        /* YYYYMMDD, or "" together with is_long_term */
    bool is_long_term;       /* 长期 */
    char permit_number[16];  /* J: travel permit */
    char issue_count[8];     /* J */
    char nationality[8];     /* I, Y: three letters */
    char renewals[8];        /* Y */
    char old_number_link[8]; /* Y: three characters that lead to the 2017 number */
    char layout_version[8];  /* I */
    uint8_t chip
        [32]; /* SHA-256 of the picture in the chip, zeros when the reader did not give it: what only the card itself
                         has. Never leaves this process */
    bool has_number_doubt; /* check digit or birth date disagree: flag for staff, never refuse
                                (id-reader 3) */
};

void person_wipe(struct person *p);

enum { CARD_TEXT_BYTES = 256, CARD_PHOTO_BYTES = 1024 };

enum card_outcome {
    CARD_E_TYPE =
        1, /* the unit at byte 248 names no layout we know: refuse with a sentence, never guess */
    CARD_E_PAYLOAD, /* letter and number disagree, a date is not a date, nobody is named, or a field
                       overflows */
};

/* The 256 text bytes of a card -> person. Pure. On anything but 0 *out is wiped. */
NODISCARD int card_parse(struct person *out, const uint8_t text[CARD_TEXT_BYTES]);
/* The reverse, for simulated cards: fields in their layout, space padded. -EINVAL if one does not
 * fit. */
NODISCARD int card_encode(uint8_t text[CARD_TEXT_BYTES], const struct person *p);

/* ---- numbers (GB 11643-1999; ISO 7064 MOD 11-2), nations, sexes ---------------------- */
enum number_outcome {
    NUMBER_E_LENGTH = 1, /* not 18 characters */
    NUMBER_E_CHARACTER,  /* something that is no digit (or X at the end) */
    NUMBER_E_DATE,       /* the birth date does not exist or lies in the future */
    NUMBER_E_CHECK,      /* the check character does not fit: usually one digit mistyped */
};
/* Check an 18-character number. `today` is YYYYMMDD, or NULL when the clock is not to be trusted.
 * `typed` accepts a lower-case x. 0 or NUMBER_E_... */
NODISCARD int number_check(const char *number, const char *today, bool typed);
char number_check_character(const char first17[17]);
/* Check digit of the 15-character number of a 2017 permanent residence card: weights 7 3 1 over the
 * first 14. */
char old_number_check_digit(const char first14[14]);
/* The 2017 number that a 2023 card replaces. False and "" for any other card. `out` holds 15
 * characters. */
bool person_old_number(char out[16], const struct person *p);
/* "01" -> "汉" / "Han"; unknown codes come back as they are. Static storage or `code` itself. */
const char *nation_name(const char *code, bool english);
/* '1' -> "男" / "Male". */
const char *sex_name(char code, bool english);
bool date_is_real(const char *yyyymmdd);
/* Full years from birth to today, both YYYYMMDD; -1 if either is no date. */
int age_in_years(const char *birth, const char *today);

/* ---- masks (province's rules; design: strong on slips and lists, ordinary on confirm pages) ---- */
enum { MASKED_TEXT = 160 };
/* First character hidden: 王小明 -> *小明. */
void mask_name(char out[MASKED_TEXT], const char *name);
/* Characters 1 and last stay: 3****************3. */
void mask_number_strong(char out[MASKED_TEXT], const char *number);
/* Characters 1, 5 to 12 and 18 stay. */
void mask_number_ordinary(char out[MASKED_TEXT], const char *number);
/* 138****5678 */
void mask_phone(char out[MASKED_TEXT], const char *phone);
/* First 6 and last 4 stay. */
void mask_account(char out[MASKED_TEXT], const char *account);
/* First third and last third stay (any other number, addresses). */
void mask_other(char out[MASKED_TEXT], const char *text);
