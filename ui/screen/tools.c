/* Tools that every visitor has: large letters, contrast, a lower page, speech, language, help. A bar
 * at the bottom or at the right, and buttons on the attract screen. */
#include <stdio.h>

#include "firmware/base/tongue.h"
#include "ui/screen/frame.h"

struct tool {
    const char *id, *icon, *label;
    int verb;
    const char *value;
    bool is_on;
};

enum { TOOLS_MAX = 6, RAIL_W = 152, RAIL_ELDER_W = 196 };

/* The next language by its own name, and after the last one Chinese again. */
static struct tool language_tool(const struct session_view *v)
{
    struct tool next = { "language", "translate", "English", EV_LANGUAGE, "en", false };
    size_t after = (size_t)v->preferences.tongue;
    if (v->language == LANGUAGE_ZH)
        return next;
    bool is_last = !v->tongues || after == v->tongues->count;
    next.label = is_last ? "中文" : v->tongues->list[after].name;
    next.value = is_last ? "zh" : v->tongues->list[after].code;
    return next;
}

static size_t list_tools(const struct scene *s, struct tool out[TOOLS_MAX], bool with_help)
{
    const struct preferences *wish = &s->view->preferences;
    size_t n = 0;
    out[n++] = language_tool(s->view);
    out[n++] = (struct tool){ "elder", "text_increase", tr("Large"), EV_ELDER, "", wish->is_elder };
    out[n++] =
        (struct tool){ "contrast", "contrast", tr("Contrast"), EV_CONTRAST, "", wish->is_contrast };
    if (!s->is_wide)
        out[n++] =
            (struct tool){ "lower", "accessible", tr("Lower"), EV_LOWER, "", wish->is_lowered };
    out[n++] = (struct tool){ "speech",
                              wish->is_speech_on ? "volume_up" : "volume_off",
                              tr("Read out"),
                              EV_SPEECH,
                              "",
                              wish->is_speech_on };
    if (with_help)
        out[n++] = (struct tool){ "help", "support_agent", tr("Help"), EV_OPEN_HELP, "", false };
    return n;
}

static void add_tool(struct scene *s, const struct tool *t, const struct widget_kind *kind,
                     struct rect box)
{
    struct widget w = { .kind = kind,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .type = TYPE_SMALL_STRONG,
                        .icon = t->icon,
                        .label = t->label,
                        .is_selected = t->is_on,
                        .detail = t->is_on ? tr("on") : "",
                        .action = scene_action(t->verb, "", t->value) };
    snprintf(w.id, sizeof(w.id), "%s", t->id);
    page_add(s->page, w);
}

static void add_ground(struct scene *s, struct rect bar, struct rect line)
{
    page_add(s->page, (struct widget){ .kind = &widget_band, .box = bar, .color = COLOR_SURFACE });
    page_add(s->page, (struct widget){ .kind = &widget_band, .box = line, .color = COLOR_LINE });
}

void scene_bar(struct scene *s)
{
    struct tool tools[TOOLS_MAX];
    struct rect room = s->room;
    size_t count = list_tools(s, tools, true);
    int n = (int)count;
    if (s->is_wide) {
        int w = s->theme->is_elder ? RAIL_ELDER_W : RAIL_W, each = room.h / n;
        struct rect bar = { room.x + room.w - w, room.y, w, room.h };
        add_ground(s, bar, (struct rect){ bar.x, bar.y, 2, bar.h });
        for (int i = 0; i < n; i++)
            add_tool(s, &tools[i], &widget_bar_item,
                     (struct rect){ bar.x + 8, bar.y + i * each + 6, w - 14, each - 12 });
        room.w -= w;
    } else {
        int h = s->theme->bar_h, each = room.w / n;
        struct rect bar = { room.x, room.y + room.h - h, room.w, h };
        add_ground(s, bar, (struct rect){ bar.x, bar.y, bar.w, 2 });
        for (int i = 0; i < n; i++)
            add_tool(s, &tools[i], &widget_bar_item,
                     (struct rect){ bar.x + i * each + 6, bar.y + 7, each - 12, h - 12 });
        room.h -= h;
    }
    frame_take_room(s, room);
}

void scene_tools(struct scene *s, int columns)
{
    struct tool tools[TOOLS_MAX];
    size_t count = list_tools(s, tools, true);
    int gap = s->theme->gap, width = (s->w - (columns - 1) * gap) / columns, height = 120;
    for (size_t i = 0; i < count; i++)
        add_tool(s, &tools[i], &widget_button,
                 (struct rect){ s->x + (int)i % columns * (width + gap),
                                s->y + (int)i / columns * (height + gap), width, height });
    s->y += (int)(count + (size_t)columns - 1) / columns * (height + gap) - gap;
}
