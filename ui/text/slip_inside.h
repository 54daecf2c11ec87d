/* What the files that draw slips share. Nothing outside ui/text includes this. All lengths in dots. */
#pragma once

#include "ui/text/slip_page.h"

/* What a text is on a slip; its size follows from the paper and from who reads it. */
enum slip_role {
    ROLE_TITLE,
    ROLE_TITLE_SECOND,
    ROLE_NUMBER,
    ROLE_HUGE,
    ROLE_HEADING,
    ROLE_TEXT,
    ROLE_STRONG,
    ROLE_SMALL,
    ROLE_SECOND,
    ROLE_NAME,
    ROLE_FIGURE,
    ROLE_MARK,
    ROLE_COUNT,
};

struct slip_drawing {
    struct slip_page *page;
    struct text *text;
    struct type types[ROLE_COUNT];
    uint32_t capacity;
    int dpi, y;       /* y: where the next line begins */
    int inset, width; /* left edge and width of what is set */
    bool is_double;
    /* how the line before was set, for the same in the other language below it */
    int indent, after, frame_top; /* frame_top: of the frame around it, -1: none */
    enum align align;
    int thread; /* middle of the time line's point above, -1: this one begins it */
    int r;      /* first failure */
};

/* ---- slip_page.c: dots */
/* `tenths` of a millimetre in dots, at least 1. */
int slip_mm(const struct slip_drawing *d, int tenths);
/* Make rows exist down to `bottom`; false after a failure. */
bool slip_reach(struct slip_drawing *d, int bottom);
void slip_fill(struct slip_drawing *d, int x, int y, int w, int h, bool is_black);
void slip_frame(struct slip_drawing *d, int x, int y, int w, int h, int thick);
void slip_disc(struct slip_drawing *d, int x, int y, int radius, bool is_black);
void slip_stroke(struct slip_drawing *d, int x0, int y0, int x1, int y1, int thick);
void slip_run(struct slip_drawing *d, struct type type, const char *text, size_t length, int x,
              int y, bool is_black);

/* ---- slip_set.c: setting text */
enum { SET_LINES_MAX = 192 };
struct slip_set {
    size_t count;
    struct wrap_line lines[SET_LINES_MAX];
};
/* Break into lines; `is_balanced` makes them about equally long (centred texts), otherwise only a last line of one or
 * two characters is avoided. */
void slip_break(struct slip_set *out, struct slip_drawing *d, struct type type, const char *text,
                int width, bool is_balanced);
/* Is a word, a number or a date cut between two lines? */
bool slip_cuts_word(const struct slip_set *s, const char *text);
/* Draw at (x, y) into `width`; returns the height used. */
int slip_block(struct slip_drawing *d, struct type type, const char *text, int x, int y, int width,
               enum align align);
/* The largest size down to `least` per cent at which the text takes one line. */
struct type slip_fit(struct slip_drawing *d, struct type type, const char *text, int width,
                     int least);
/* Types of every role for this paper. */
void slip_choose_types(struct slip_drawing *d);

/* ---- slip_line.c, slip_figure.c: one line each, from d->y, which moves on */
void slip_draw_title(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_heading(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_pair(struct slip_drawing *d, const struct slip_line *line, struct type value);
void slip_draw_footer(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_paragraph(struct slip_drawing *d, enum slip_role role, const char *text,
                         enum align align);
void slip_draw_second(struct slip_drawing *d, const char *text);
void slip_draw_rule(struct slip_drawing *d);
/* The line has been drawn down to d->y: `after` more dots of air. */
void slip_end_line(struct slip_drawing *d, int indent, enum align align, int after);
void slip_draw_item(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_check(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_step(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_number(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_huge(struct slip_drawing *d, const char *text);
void slip_draw_qr(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_mark(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_frame(struct slip_drawing *d, const struct slip_line *line);
void slip_draw_columns(struct slip_drawing *d, const struct slip_line *line);
