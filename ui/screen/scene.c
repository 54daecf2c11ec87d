#include "ui/screen/scene.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct action scene_action(int verb, const char *name, const char *value)
{
    return (struct action){ verb, name, value };
}

const char *scene_words(const struct scene *s, const struct words *w)
{
    return w->in[s->view->language];
}

/* ---- time for people ----------------------------------------------------------------- */

static struct tm local_parts(const struct scene *s, int64_t wall_ms)
{
    struct tm parts = { 0 };
    time_t seconds = (time_t)(wall_ms / 1000) + (time_t)s->around->utc_offset_minutes * 60;
    gmtime_r(&seconds, &parts);
    return parts;
}

void scene_date(char out[48], const struct scene *s, int64_t wall_ms, bool with_time)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct tm t = local_parts(s, wall_ms);
    int n = s->view->language == LANGUAGE_ZH
                ? snprintf(out, 48, "%d年%d月%d日", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday)
                : snprintf(out, 48, "%d %s %d", t.tm_mday, months[t.tm_mon], t.tm_year + 1900);
    if (with_time)
        snprintf(out + n, (size_t)(48 - n), " %02d:%02d", t.tm_hour, t.tm_min);
}

static const char *clock_line(struct scene *s)
{
    static const char *const days_zh[] = { "日", "一", "二", "三", "四", "五", "六" };
    static const char *const days_en[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    struct tm t = local_parts(s, s->around->wall_ms);
    if (!s->around->is_clock_set)
        return "";
    if (s->view->language == LANGUAGE_ZH)
        return page_format(s->page, "%d月%d日 星期%s  %02d:%02d", t.tm_mon + 1, t.tm_mday,
                           days_zh[t.tm_wday], t.tm_hour, t.tm_min);
    char date[48];
    scene_date(date, s, s->around->wall_ms, false);
    date[strlen(date) - 5] = 0; /* without the year */
    return page_format(s->page, "%s %s  %02d:%02d", days_en[t.tm_wday], date, t.tm_hour, t.tm_min);
}

/* ---- frame --------------------------------------------------------------------------- */

void scene_brand(struct scene *s, int bottom)
{
    struct page *p = s->page;
    page_add(p, (struct widget){
                    .kind = &widget_band, .box = { 0, 0, PAGE_W, bottom }, .color = COLOR_BRAND });
    page_add(p, (struct widget){ .kind = &widget_icon,
                                 .box = { MARGIN - 4, 18, 40, 44 },
                                 .icon = "account_balance",
                                 .type = TYPE_ICON_S,
                                 .color = COLOR_ON_BRAND_2 });
    if (s->view->catalogue)
        page_add(
            p, (struct widget){ .kind = &widget_label,
                                .box = { MARGIN + 44, 19, 400, 42 },
                                .label = scene_words(s, &catalogue_point(s->view->catalogue)->name),
                                .type = TYPE_SMALL,
                                .color = COLOR_ON_BRAND_2 });
    page_add(p, (struct widget){ .kind = &widget_label,
                                 .box = { PAGE_W - MARGIN - 380, 19, 380, 42 },
                                 .label = clock_line(s),
                                 .type = TYPE_SMALL,
                                 .align = ALIGN_RIGHT,
                                 .color = COLOR_ON_BRAND_2 });
}

static void add_exit(struct scene *s)
{
    page_add(s->page, (struct widget){ .id = "exit",
                                       .kind = &widget_button,
                                       .box = { PAGE_W - MARGIN - 186, 98, 186, 96 },
                                       .style = STYLE_ON_BRAND,
                                       .icon = "logout",
                                       .label = tr("Exit"),
                                       .action = scene_action(EV_EXIT, "", "") });
}

void scene_header(struct scene *s, const char *title, int back_verb)
{
    scene_brand(s, CONTENT_TOP);
    int left = MARGIN;
    if (back_verb) {
        page_add(s->page, (struct widget){ .id = "back",
                                           .kind = &widget_button,
                                           .box = { MARGIN, 98, 210, 96 },
                                           .style = STYLE_ON_BRAND,
                                           .icon = "arrow_back",
                                           .label = tr("Back"),
                                           .action = scene_action(back_verb, "", "") });
        left += 210;
    }
    add_exit(s);
    /* Centred on the page where it fits between the buttons, in the larger of two sizes; else
     * between them in two small lines. */
    int room = PAGE_W - 2 * (back_verb ? MARGIN + 210 + 16 : MARGIN + 186 + 16);
    bool is_short = text_width(s->text, s->theme->types[TYPE_H2], title) <= room;
    bool fits = is_short || text_width(s->text, s->theme->types[TYPE_H3], title) <= room;
    struct rect box =
        fits ? (struct rect){ (PAGE_W - room) / 2, 117, room, 58 }
             : (struct rect){ left + 16, 104, PAGE_W - MARGIN - 186 - 16 - left - 16, 84 };
    page_add(s->page, (struct widget){ .id = "title",
                                       .kind = &widget_heading,
                                       .box = box,
                                       .label = title,
                                       .type = is_short ? TYPE_H2
                                               : fits   ? TYPE_H3
                                                        : TYPE_SMALL_STRONG,
                                       .align = ALIGN_CENTER,
                                       .color = COLOR_ON_BRAND,
                                       .max_lines = fits ? 1 : 2 });
    s->y = CONTENT_TOP;
}

void scene_bar(struct scene *s)
{
    struct page *p = s->page;
    bool is_zh = s->view->language == LANGUAGE_ZH;
    page_add(p, (struct widget){ .kind = &widget_band,
                                 .box = { 0, BAR_TOP, PAGE_W, PAGE_H - BAR_TOP },
                                 .color = COLOR_SURFACE });
    page_add(p, (struct widget){
                    .kind = &widget_band, .box = { 0, BAR_TOP, PAGE_W, 2 }, .color = COLOR_LINE });
    page_add(p, (struct widget){ .id = "language",
                                 .kind = &widget_bar_item,
                                 .box = { MARGIN, BAR_TOP + 2, INNER_W / 2, PAGE_H - BAR_TOP - 2 },
                                 .icon = "translate",
                                 .label = is_zh ? "English" : "中文",
                                 .action = scene_action(EV_LANGUAGE, "", is_zh ? "en" : "zh") });
    page_add(p, (struct widget){
                    .id = "help",
                    .kind = &widget_bar_item,
                    .box = { MARGIN + INNER_W / 2, BAR_TOP + 2, INNER_W / 2, PAGE_H - BAR_TOP - 2 },
                    .icon = "support_agent",
                    .label = tr("Help from a person"),
                    .action = scene_action(EV_OPEN_HELP, "", "") });
}

static void add_action(struct scene *s, const struct button_spec *b, struct rect box,
                       enum widget_style style)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = style,
                        .label = b->label,
                        .icon = b->icon,
                        .action = { b->verb, b->name, b->value } };
    snprintf(w.id, sizeof(w.id), "%s", b->id);
    page_add(s->page, w);
}

/* A person can be asked for on every page: where no bar and no keyboard offers it, the top line
 * does. */
static void add_help(struct scene *s)
{
    if (page_find(s->page, "help") || s->view->screen == SCREEN_HELP)
        return;
    page_add(s->page, (struct widget){ .id = "help",
                                       .kind = &widget_button,
                                       .box = { 504, 6, 176, 68 },
                                       .touch_grow = 6,
                                       .style = STYLE_ON_BRAND,
                                       .type = TYPE_SMALL_STRONG,
                                       .icon = "support_agent",
                                       .label = tr("Help"),
                                       .action = scene_action(EV_OPEN_HELP, "", "") });
}

void scene_actions(struct scene *s, const struct button_spec *primary,
                   const struct button_spec *other)
{
    add_help(s);
    int y = PAGE_H - 24 - 112, split = other ? 324 : 0, gap = other ? 20 : 0;
    if (other)
        add_action(s, other, (struct rect){ 24, y, split, 112 }, STYLE_SECONDARY);
    if (primary)
        add_action(s, primary, (struct rect){ 24 + split + gap, y, PAGE_W - 48 - split - gap, 112 },
                   STYLE_PRIMARY);
}

/* Pages of the form before this one on which anything is asked. */
static int asked_before(const struct scene *s, size_t page)
{
    int count = 0;
    for (size_t i = 0; i < page; i++)
        count += session_page_is_asked(s->session, i);
    return count;
}

void scene_steps(struct scene *s, int current)
{
    const struct session_view *v = s->view;
    bool is_form = v->screen == SCREEN_FORM;
    page_add(s->page, (struct widget){
                          .kind = &widget_steps,
                          .box = { MARGIN, s->y + 28, INNER_W, 62 },
                          .label = page_format(s->page, "%s\n%s\n%s\n%s", tr("Guide"),
                                               tr("Fill in"), tr("Check, sign"), tr("Slip")),
                          .number = { current, asked_before(s, is_form ? v->page : 0),
                                      is_form ? asked_before(s, v->service->page_count) : 0 } });
    s->y += 28 + 62 + 28;
}

/* ---- flow ---------------------------------------------------------------------------- */

static struct widget *place(struct scene *s, struct widget w, int height)
{
    w.box = (struct rect){ w.box.w ? w.box.x : MARGIN, s->y, w.box.w ? w.box.w : INNER_W, height };
    w.is_in_scroll = s->is_in_scroll;
    s->y += height;
    return page_add(s->page, w);
}

void flow_gap(struct scene *s, int px)
{
    s->y += px;
}

struct widget *flow_text(struct scene *s, enum type_token type, enum color color, const char *text,
                         size_t max_lines)
{
    int height = text_block_height(s->text, s->theme->types[type], text, INNER_W, max_lines);
    return place(s,
                 (struct widget){ .kind = &widget_label,
                                  .label = text,
                                  .type = type,
                                  .color = color,
                                  .max_lines = (uint8_t)max_lines },
                 height);
}

struct widget *flow_heading(struct scene *s, enum type_token type, const char *text)
{
    struct widget *w = flow_text(s, type, COLOR_TEXT, text, 3);
    w->kind = &widget_heading;
    return w;
}

struct widget *flow_notice(struct scene *s, enum widget_style style, const char *icon,
                           const char *text)
{
    int height =
        text_block_height(s->text, s->theme->types[TYPE_SMALL], text, INNER_W - 120, 4) + 40;
    return place(
        s,
        (struct widget){
            .kind = &widget_notice, .label = text, .icon = icon, .style = style, .max_lines = 4 },
        height < 88 ? 88 : height);
}

struct widget *flow_row(struct scene *s, struct widget row)
{
    int left = *row.icon ? 116 : 0, room = INNER_W - 32 - left - (row.action.verb ? 92 : 32);
    int title = text_block_height(s->text, s->theme->types[TYPE_H3], row.label, room, 2);
    int detail = text_block_height(s->text, s->theme->types[TYPE_SMALL],
                                   row.detail ? row.detail : "", room, 2);
    int height = title + detail + 56;
    row.kind = &widget_row;
    return place(s, row, height < s->theme->row_h ? s->theme->row_h : height);
}

struct widget *flow_fact(struct scene *s, const char *label, const char *value, bool is_last)
{
    struct type type = s->theme->types[TYPE_BODY];
    int inside = INNER_W - 64, label_w = inside * FACT_LABEL_PERCENT / 100,
        value_w = inside - label_w - FACT_GAP;
    int label_h = text_block_height(s->text, type, label, label_w, 3);
    int value_h = text_block_height(s->text, type, value, value_w, FACT_LINES);
    return place(s,
                 (struct widget){ .kind = &widget_fact,
                                  .box = { MARGIN + 32, 0, inside, 0 },
                                  .label = label,
                                  .value = value,
                                  .number = { is_last } },
                 (label_h > value_h ? label_h : value_h) + 26);
}

void flow_begin(struct scene *s, int bottom)
{
    s->is_in_scroll = true;
    page_set_scroll(s->page, (struct rect){ 0, s->y, PAGE_W, bottom - s->y }, 0);
}

static void add_scroller(struct scene *s, const char *id, const char *icon, const char *label,
                         int verb, struct rect box, bool can_move)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .icon = icon,
                        .label = label,
                        .is_disabled = !can_move,
                        .action = { can_move ? verb : 0, "", "" } };
    snprintf(w.id, sizeof(w.id), "%s", id);
    page_add(s->page, w);
}

/* What does not fit is reached by two buttons with words as well as by dragging: a drag is no
 * gesture everyone knows. */
void flow_end(struct scene *s, int bottom)
{
    int top = page_scroll_area(s->page).y, content = s->y + 24 - top, half = (INNER_W - 20) / 2;
    bool overflows = content > bottom - top;
    int end = overflows ? bottom - SCROLLER_H - 32 : bottom;
    s->is_in_scroll = false;
    page_set_scroll(s->page, (struct rect){ 0, top, PAGE_W, end - top }, content);
    s->y = bottom;
    if (!overflows)
        return;
    page_add(
        s->page,
        (struct widget){ .kind = &widget_band, .box = { 0, end, PAGE_W, 2 }, .color = COLOR_LINE });
    add_scroller(s, "up", "expand_less", tr("Up"), UI_UP,
                 (struct rect){ MARGIN, end + 16, half, SCROLLER_H },
                 page_can_scroll(s->page, false));
    add_scroller(s, "down", "expand_more", tr("More below"), UI_DOWN,
                 (struct rect){ MARGIN + half + 20, end + 16, half, SCROLLER_H },
                 page_can_scroll(s->page, true));
}

/* ---- larger parts -------------------------------------------------------------------- */

void scene_message(struct scene *s, enum widget_style style, const char *icon, const char *title,
                   const char *text)
{
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { (PAGE_W - 240) / 2, s->y, 240, 240 },
                                       .style = style,
                                       .icon = icon,
                                       .type = TYPE_ICON_XL });
    s->y += 240 + 56;
    struct widget *w = flow_heading(s, TYPE_H1, title);
    w->align = ALIGN_CENTER;
    flow_gap(s, 24);
    w = flow_text(s, TYPE_BODY, COLOR_TEXT_2, text, 8);
    w->align = ALIGN_CENTER;
    flow_gap(s, 48);
}

struct sheet scene_sheet(const struct scene *s, enum sheet_kind kind)
{
    return (struct sheet){ .kind = kind,
                           .keys = s->around->keys,
                           .is_shifted = s->around->is_shifted,
                           .words = { .clear = tr("Clear"),
                                      .erase = tr("Erase"),
                                      .space = tr("Space"),
                                      .shift = tr("Capitals"),
                                      .letters = "ABC",
                                      .signs = ",.?",
                                      .by_hand = tr("Write by hand"),
                                      .by_keys = tr("Type"),
                                      .undo = tr("Undo stroke"),
                                      .restart = tr("Start again"),
                                      .pad_hint = tr("Write here with your finger"),
                                      .help = tr("Help") },
                           .verbs = { .type = EV_TYPE,
                                      .erase = EV_ERASE,
                                      .clear = EV_CLEAR,
                                      .letters = UI_LETTERS,
                                      .signs = UI_SIGNS,
                                      .shift = UI_SHIFT,
                                      .by_hand = EV_USE_WAY,
                                      .by_keys = EV_USE_WAY,
                                      .undo = EV_INK_UNDO,
                                      .restart = EV_INK_CLEAR,
                                      .draw = EV_INK_MOVE,
                                      .help = EV_OPEN_HELP } };
}

static const char *badge_of(const struct service *service)
{
    switch (service->reach) {
    case REACH_KIOSK:
        return tr("Apply here");
    case REACH_AGENT:
        return tr("Start here");
    case REACH_BOOK:
        return tr("Book here");
    default:
        return tr("Information");
    }
}

static void join(char *out, size_t size, const char *part)
{
    size_t used = strlen(out);
    if (*part)
        snprintf(out + used, size - used, "%s%s", used ? " · " : "", part);
}

void flow_service(struct scene *s, const struct service *service, bool with_office)
{
    char detail[320] = "", minutes[48];
    snprintf(minutes, sizeof(minutes), tr("about %d min"), service->minutes);
    join(detail, sizeof(detail), minutes);
    join(detail, sizeof(detail),
         service->needs_card ? tr("ID card needed") : tr("no ID card needed"));
    if (with_office)
        join(detail, sizeof(detail), scene_words(s, &service->department));
    struct widget row = { .icon = service->icon,
                          .label = scene_words(s, &service->name),
                          .detail = page_text(s->page, detail),
                          .value = badge_of(service),
                          .style = service->reach == REACH_KIOSK ? STYLE_SUCCESS : STYLE_WARNING,
                          .action = { EV_OPEN_SERVICE, service->code, "" } };
    snprintf(row.id, sizeof(row.id), "service:%s", service->code);
    flow_row(s, row);
    flow_gap(s, 20);
}

void flow_impairments(struct scene *s)
{
    static const struct {
        unsigned bit;
        enum widget_style style;
        const char *icon, *text;
    } rows[] = {
        { IMPAIRED_SUBMIT, STYLE_WARNING, "warning",
          N_("Applications cannot be accepted here at the moment. Guides and answers still "
             "work.") },
        { IMPAIRED_READER, STYLE_WARNING, "credit_card",
          N_("The card reader does not work at the moment. Guides and answers still work.") },
        { IMPAIRED_PRINTER, STYLE_WARNING, "print_disabled",
          N_("No slips can be printed at the moment. You get your number on the screen.") },
        { IMPAIRED_NETWORK, STYLE_QUIET, "wifi_off",
          N_("The network is down. Applications are stored safely here and sent later.") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        /* What cannot be accepted at all need not be explained by the network too. */
        bool is_covered = rows[i].bit == IMPAIRED_NETWORK && s->view->impaired & IMPAIRED_SUBMIT;
        if (!(s->view->impaired & rows[i].bit) || is_covered)
            continue;
        flow_notice(s, rows[i].style, rows[i].icon, tr(rows[i].text));
        flow_gap(s, 16);
    }
}

/* ---- which screen -------------------------------------------------------------------- */

void scene_build(struct scene *s)
{
    static void (*const build[SCREEN_COUNT])(struct scene *) = {
        [SCREEN_ATTRACT] = screen_attract,
        [SCREEN_READING] = screen_reading,
        [SCREEN_CARD_TROUBLE] = screen_card_trouble,
        [SCREEN_HOME] = screen_home,
        [SCREEN_THEME] = screen_theme,
        [SCREEN_SEARCH] = screen_search,
        [SCREEN_GUIDE] = screen_guide,
        [SCREEN_NEED_CARD] = screen_need_card,
        [SCREEN_FORM] = screen_form,
        [SCREEN_REVIEW] = screen_review,
        [SCREEN_SUBMITTING] = screen_submitting,
        [SCREEN_DONE] = screen_done,
        [SCREEN_NOT_SAVED] = screen_not_saved,
        [SCREEN_PROGRESS] = screen_progress,
        [SCREEN_HELP] = screen_help,
        [SCREEN_LEAVE] = screen_question,
        [SCREEN_STILL_THERE] = screen_question,
        [SCREEN_CARD_REMOVED] = screen_question,
        [SCREEN_OUT_OF_SERVICE] = screen_out_of_service,
    };
    tr_set_language(s->view->language == LANGUAGE_ZH ? "zh_CN" : "en");
    s->y = 0;
    s->is_in_scroll = false;
    build[s->view->screen](s);
    if (*s->around->why)
        page_add(s->page, (struct widget){ .id = "why",
                                           .kind = &widget_notice,
                                           .box = { MARGIN, PAGE_H - 320, INNER_W, 120 },
                                           .style = STYLE_WARNING,
                                           .icon = "info",
                                           .label = page_text(s->page, s->around->why) });
}
