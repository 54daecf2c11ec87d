/* The canvas in an SDL window. Rectangles are copied into the window's surface and only they are
 * pushed. */
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "ui/present/driver.h"

struct window {
    struct presenter base;
    SDL_Window *window;
    SDL_Renderer *renderer; /* only when the picture is scaled */
    SDL_Texture *texture;
    int width, height;
    Uint32 wake_event;
};

static void show_scaled(struct window *w, const struct canvas *c)
{
    SDL_UpdateTexture(w->texture, NULL, c->pixels, c->width * 4);
    SDL_RenderCopy(w->renderer, w->texture, NULL, NULL);
    SDL_RenderPresent(w->renderer);
}

static void window_show(struct presenter *p, const struct canvas *c, const struct damage *damage)
{
    struct window *w = (struct window *)p;
    if (w->renderer) {
        show_scaled(w, c);
        return;
    }
    SDL_Surface *surface = SDL_GetWindowSurface(w->window);
    SDL_Rect rects[DAMAGE_RECTS];
    if (!surface || surface->format->BytesPerPixel != 4)
        return;
    struct rect whole = { 0, 0, surface->w < c->width ? surface->w : c->width,
                          surface->h < c->height ? surface->h : c->height };
    int count = 0;
    for (int i = 0; i < damage->count; i++) {
        struct rect r = rect_intersect(damage->rects[i], whole);
        if (rect_is_empty(r))
            continue;
        for (int y = r.y; y < r.y + r.h; y++)
            memcpy((char *)surface->pixels + (size_t)y * (size_t)surface->pitch + (size_t)r.x * 4,
                   c->pixels + (size_t)y * (size_t)c->width + r.x, (size_t)r.w * 4);
        rects[count++] = (SDL_Rect){ r.x, r.y, r.w, r.h };
    }
    if (count)
        SDL_UpdateWindowSurfaceRects(w->window, rects, count);
}

static void window_wait(struct presenter *p, int limit_ms)
{
    (void)p;
    if (limit_ms < 0)
        SDL_WaitEvent(NULL);
    else
        SDL_WaitEventTimeout(NULL, limit_ms);
}

static struct input at(const struct window *w, enum input_kind kind, float x, float y)
{
    return (struct input){ .kind = kind,
                           .x = (int)(x * (float)w->width),
                           .y = (int)(y * (float)w->height) };
}

static struct input from_mouse(const struct window *w, enum input_kind kind, int x, int y)
{
    int width, height;
    SDL_GetWindowSize(w->window, &width, &height);
    return at(w, kind, (float)x / (float)(width ? width : 1),
              (float)y / (float)(height ? height : 1));
}

/* Both hints that make mice of fingers and fingers of mice are off, so nothing comes twice. */
static bool translate(const struct window *w, const SDL_Event *e, struct input *out)
{
    switch (e->type) {
    case SDL_QUIT:
        *out = (struct input){ .kind = INPUT_QUIT };
        return true;
    case SDL_FINGERDOWN:
        *out = at(w, INPUT_DOWN, e->tfinger.x, e->tfinger.y);
        return true;
    case SDL_FINGERMOTION:
        *out = at(w, INPUT_MOVE, e->tfinger.x, e->tfinger.y);
        return true;
    case SDL_FINGERUP:
        *out = at(w, INPUT_UP, e->tfinger.x, e->tfinger.y);
        return true;
    case SDL_MOUSEBUTTONDOWN:
        *out = from_mouse(w, INPUT_DOWN, e->button.x, e->button.y);
        return e->button.button == SDL_BUTTON_LEFT;
    case SDL_MOUSEBUTTONUP:
        *out = from_mouse(w, INPUT_UP, e->button.x, e->button.y);
        return e->button.button == SDL_BUTTON_LEFT;
    case SDL_MOUSEMOTION:
        *out = from_mouse(w, INPUT_MOVE, e->motion.x, e->motion.y);
        return e->motion.state & SDL_BUTTON_LMASK;
    case SDL_TEXTINPUT:
        *out = (struct input){ .kind = INPUT_TEXT };
        SDL_strlcpy(out->text, e->text.text, sizeof(out->text));
        return true;
    case SDL_KEYDOWN:
        *out = (struct input){ .kind = INPUT_ERASE };
        return e->key.keysym.sym == SDLK_BACKSPACE;
    case SDL_WINDOWEVENT:
        *out = (struct input){ .kind = INPUT_REDRAW };
        return e->window.event == SDL_WINDOWEVENT_EXPOSED;
    default:
        return false;
    }
}

static bool window_next(struct presenter *p, struct input *out)
{
    struct window *w = (struct window *)p;
    SDL_Event e;
    while (SDL_PollEvent(&e))
        if (translate(w, &e, out))
            return true;
    return false;
}

static void window_wake(struct presenter *p)
{
    SDL_Event e = { .type = ((struct window *)p)->wake_event };
    SDL_PushEvent(&e);
}

static void window_free(struct presenter *p)
{
    struct window *w = (struct window *)p;
    if (w->texture)
        SDL_DestroyTexture(w->texture);
    if (w->renderer)
        SDL_DestroyRenderer(w->renderer);
    if (w->window)
        SDL_DestroyWindow(w->window);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(w);
}

static const char *window_panel(const struct presenter *p)
{
    (void)p;
    return "window";
}

static const struct present_driver window_driver = { window_show, window_wait,  window_next,
                                                     window_wake, window_panel, window_free };

/* Largest percentage that fits the display, at most 100. */
static int fitting_scale(int width, int height)
{
    SDL_Rect usable;
    if (SDL_GetDisplayUsableBounds(0, &usable))
        return 100;
    int by_width = usable.w * 100 / width, by_height = usable.h * 100 / height;
    int scale = by_width < by_height ? by_width : by_height;
    return scale > 100 ? 100 : scale < 20 ? 20 : scale;
}

static int open_window(struct window *w, const char *title, int scale)
{
    int width = w->width * scale / 100, height = w->height * scale / 100;
    w->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                 height, scale == 100 ? SDL_WINDOW_BORDERLESS : 0);
    if (!w->window)
        return fault_raise(-ENODEV);
    if (scale != 100) {
        SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
        w->renderer = SDL_CreateRenderer(w->window, -1, 0);
        w->texture = w->renderer
                         ? SDL_CreateTexture(w->renderer, SDL_PIXELFORMAT_XRGB8888,
                                             SDL_TEXTUREACCESS_STREAMING, w->width, w->height)
                         : NULL;
        if (!w->texture)
            return fault_raise(-ENODEV);
    }
    return 0;
}

int present_window(struct presenter **out, const char *title, int width, int height,
                   int scale_percent)
{
    struct window *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    w->base.driver = &window_driver;
    w->width = width;
    w->height = height;
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION,
                "0"); /* else a dirty rectangle goes through a GPU texture */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO)) {
        log_line(LOG_WARNING, "present", "no display: %s", SDL_GetError());
        free(w);
        return -ENODEV;
    }
    w->wake_event = SDL_RegisterEvents(1);
    int r = open_window(w, title, scale_percent ? scale_percent : fitting_scale(width, height));
    if (r) {
        present_free(&w->base);
        return r;
    }
    SDL_StartTextInput();
    *out = &w->base;
    return 0;
}
