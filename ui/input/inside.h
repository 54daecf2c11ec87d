/* What the files of the sheet share. Inside ui/input only. */
#pragma once

#include "ui/input/sheet.h"

enum { SHEET_SIDE = 24, SHEET_TOP_GAP = 18, SHEET_GAP = 10, COLUMNS = 10 };

/* The part of the sheet below the row of ways. */
struct rect sheet_keys_area(const struct sheet *s);
/* Box `row` of `rows` equal ones in an area, from `x` (px from its left) `width` wide. */
struct rect sheet_cell(struct rect area, int row, int rows, int x, int width);

/* The usual type, or the small one where a label does not fit the width of its key. */
enum type_token sheet_type(const struct sheet *s, const char *label, int width);
/* A key that types itself. */
struct widget *sheet_key(struct page *p, const char *types, const char *shown, struct rect box,
                         struct action action);
/* A key that does something instead; drawn darker. Its word, or its icon with the word as its name. */
struct widget *sheet_command(struct page *p, const char *id, const char *icon, const char *label,
                             struct rect box, struct action action);

void sheet_add_latin(struct page *p, const struct sheet *s, struct rect area);
void sheet_add_digits(struct page *p, const struct sheet *s, struct rect area);
void sheet_add_pinyin(struct page *p, const struct sheet *s, struct rect area);
void sheet_add_hand(struct page *p, const struct sheet *s, struct rect area);
void sheet_add_picture(struct page *p, const struct sheet *s, struct rect area);
void sheet_add_pick(struct page *p, const struct sheet *s, struct rect area);
void sheet_add_rare(struct page *p, const struct sheet *s, struct rect area);

/* One line of candidates and a key for all of them; or the note. Returns how many it shows. */
size_t sheet_add_strip(struct page *p, const struct sheet *s, struct rect box);
/* Candidates `from` on in rows of their own widths, as many as fit. */
void sheet_add_grid(struct page *p, const struct sheet *s, size_t from, struct rect area);
