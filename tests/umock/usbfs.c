#include "tests/umock/usbfs.h"

#if __has_include(<umockdev.h>)
#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <umockdev.h>

#define NODE "/dev/bus/usb/001/002"
#define SYSPATH "/sys/devices/pci0000:00/0000:00:01.0/usb1/1-1"

enum { ENDPOINT_IN = 0x80, IDLE_US = 50 };

/* A transfer that the kernel would hold: one that waits for data, or one to be fetched. */
struct held {
    UMockdevIoctlData *urb;
    gulong address;
    struct held *next;
};

static struct server {
    UMockdevTestbed *bed;
    struct sim_device *device;
    const struct umock_script *script;
    struct held *waiting, *done;
    unsigned outs;
    bool is_gone;
} server;

/* ---- transfers ----------------------------------------------------------------------- */

static void append(struct held **list, struct held *h)
{
    h->next = NULL;
    while (*list)
        list = &(*list)->next;
    *list = h;
}

static struct held *hold(UMockdevIoctlData *urb)
{
    struct held *h = g_new0(struct held, 1);
    h->urb = g_object_ref(urb);
    h->address = urb->client_addr;
    return h;
}

static struct usbdevfs_urb *urb_of(UMockdevIoctlData *data)
{
    return (void *)data->data;
}

static UMockdevIoctlData *buffer_of(UMockdevIoctlData *data)
{
    return umockdev_ioctl_data_resolve(data, offsetof(struct usbdevfs_urb, buffer),
                                       (gsize)urb_of(data)->buffer_length, NULL);
}

static void finish(struct held *h, int status, int actual)
{
    urb_of(h->urb)->status = status;
    urb_of(h->urb)->actual_length = actual;
    append(&server.done, h);
}

/* Offer every waiting IN transfer to the device. */
static void feed(void)
{
    for (struct held **at = &server.waiting; *at;) {
        struct held *h = *at;
        UMockdevIoctlData *buffer = buffer_of(h->urb);
        int n = server.device->in(server.device, urb_of(h->urb)->endpoint, buffer->data,
                                  (size_t)urb_of(h->urb)->buffer_length, 0);
        g_object_unref(buffer);
        if (n == SIM_NAK) {
            at = &h->next;
            continue;
        }
        *at = h->next;
        finish(h, n == SIM_STALL ? -EPIPE : 0, n == SIM_STALL ? 0 : n);
    }
}

/* As the kernel does: what waited comes back as shut down, and may still be fetched. */
static void pull(void)
{
    server.is_gone = true;
    while (server.waiting) {
        struct held *h = server.waiting;
        server.waiting = h->next;
        finish(h, -ESHUTDOWN, 0);
    }
    umockdev_testbed_uevent(server.bed, SYSPATH, "remove");
    umockdev_testbed_remove_device(server.bed, SYSPATH);
}

/* A request on endpoint 0: eight bytes of set-up, then its data (USB 2.0, 9.3). */
static void request(UMockdevIoctlData *urb)
{
    enum { SETUP = 8 };
    UMockdevIoctlData *buffer = buffer_of(urb);
    uint8_t room[SETUP + UINT16_MAX] = { 0 };
    size_t length = (size_t)urb_of(urb)->buffer_length;
    memcpy(room, buffer->data, length < sizeof(room) ? length : sizeof(room));
    int n = server.device->control(server.device, room, room + SETUP, 0);
    if (n > 0 && room[0] & ENDPOINT_IN) {
        n = (size_t)n < length - SETUP ? n : (int)(length - SETUP);
        memcpy(buffer->data + SETUP, room + SETUP, (size_t)n);
    }
    g_object_unref(buffer);
    finish(hold(urb), n < 0 ? -EPIPE : 0, n < 0 ? 0 : n);
}

/* 0, or the errno that the ioctl says. */
static int submit(UMockdevIoctlData *urb)
{
    if (urb_of(urb)->type == USBDEVFS_URB_TYPE_CONTROL) {
        request(urb);
        return 0;
    }
    if (urb_of(urb)->endpoint & ENDPOINT_IN) {
        append(&server.waiting, hold(urb));
        feed();
        return 0;
    }
    if (++server.outs == server.script->pull_at) {
        pull();
        return ENODEV;
    }
    UMockdevIoctlData *buffer = buffer_of(urb);
    int n = server.device->out(server.device, urb_of(urb)->endpoint, buffer->data,
                               (size_t)urb_of(urb)->buffer_length, 0);
    g_object_unref(buffer);
    finish(hold(urb), n == SIM_STALL ? -EPIPE : 0, n == SIM_STALL ? 0 : n);
    if (server.script->moved)
        server.script->moved(server.script->context, server.outs);
    feed();
    return 0;
}

static int reap(UMockdevIoctlData *arg)
{
    struct held *h = server.done;
    if (!h)
        return EAGAIN;
    UMockdevIoctlData *slot = umockdev_ioctl_data_resolve(arg, 0, sizeof(void *), NULL);
    umockdev_ioctl_data_set_ptr(slot, 0, h->urb);
    server.done = h->next;
    g_object_unref(slot);
    g_object_unref(h->urb);
    g_free(h);
    return 0;
}

static int discard(UMockdevIoctlData *arg)
{
    gulong address = *(gulong *)(void *)arg->data;
    for (struct held **at = &server.waiting; *at; at = &(*at)->next)
        if ((*at)->address == address) {
            struct held *h = *at;
            *at = h->next;
            finish(h, -ENOENT, 0);
            return 0;
        }
    return EINVAL;
}

/* ---- ioctls -------------------------------------------------------------------------- */

static int answer(UMockdevIoctlData *arg, gulong request)
{
    UMockdevIoctlData *inner;
    int r = 0;
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
        inner = umockdev_ioctl_data_resolve(arg, 0, sizeof(guint32), NULL);
        *(guint32 *)(void *)inner->data = USBDEVFS_CAP_BULK_CONTINUATION;
        g_object_unref(inner);
        return 0;
    case USBDEVFS_CLEAR_HALT:
        inner = umockdev_ioctl_data_resolve(arg, 0, sizeof(guint32), NULL);
        server.device->clear_halt(server.device, (uint8_t) * (guint32 *)(void *)inner->data);
        g_object_unref(inner);
        return 0;
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_RELEASEINTERFACE:
    case USBDEVFS_SETCONFIGURATION:
        return 0;
    case USBDEVFS_GETDRIVER: /* no driver of the kernel is bound */
    case USBDEVFS_IOCTL:
        return ENODATA;
    case USBDEVFS_SUBMITURB:
        inner = umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_urb), NULL);
        r = submit(inner);
        g_object_unref(inner);
        return r;
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
        return reap(arg);
    case USBDEVFS_DISCARDURB:
        return discard(arg);
    default:
        return ENOTTY;
    }
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer context)
{
    (void)base, (void)context;
    UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
    gulong request = umockdev_ioctl_client_get_request(client);
    bool is_reap = request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY;
    int error = server.is_gone && !(is_reap && server.done) ? ENODEV : answer(arg, request);
    umockdev_ioctl_client_complete(client, error ? -1 : 0, error);
    return TRUE;
}

/* ---- the device ---------------------------------------------------------------------- */

static char *describe(const struct sim_device *d)
{
    GString *s = g_string_new(NULL);
    const uint8_t *w = d->device_descriptor;
    g_string_append_printf(s,
                           "P: /devices/pci0000:00/0000:00:01.0/usb1/1-1\n"
                           "N: bus/usb/001/002\n"
                           "E: DEVNAME=/dev/bus/usb/001/002\nE: DEVTYPE=usb_device\n"
                           "E: MAJOR=189\nE: MINOR=1\nE: SUBSYSTEM=usb\nE: BUSNUM=001\n"
                           "E: DEVNUM=002\nA: busnum=1\nA: devnum=2\nA: speed=12\n"
                           "A: bConfigurationValue=1\nA: idVendor=%02x%02x\n"
                           "A: idProduct=%02x%02x\nH: descriptors=",
                           w[9], w[8], w[11], w[10]);
    for (size_t i = 0; i < 18; i++)
        g_string_append_printf(s, "%02x", w[i]);
    for (size_t i = 0; i < d->configuration_length; i++)
        g_string_append_printf(s, "%02x", d->configuration[i]);
    g_string_append_c(s, '\n');
    return g_string_free(s, FALSE);
}

static void forget(struct held *h)
{
    while (h) {
        struct held *next = h->next;
        g_object_unref(h->urb);
        g_free(h);
        h = next;
    }
}

static int run_program(char *const program[])
{
    GPid pid;
    int status = -1;
    GError *error = NULL;
    if (!g_spawn_async(NULL, (gchar **)program, NULL,
                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL, &pid, &error)) {
        fprintf(stderr, "%s\n", error->message);
        g_error_free(error);
        return -1;
    }
    while (waitpid(pid, &status, WNOHANG) == 0)
        if (!g_main_context_iteration(NULL, FALSE))
            g_usleep(IDLE_US);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int umock_serve(struct sim_device *device, const struct umock_script *script, char *const program[])
{
    UMockdevIoctlBase *handler = umockdev_ioctl_base_new();
    char *text = describe(device);
    int r = -1;
    server = (struct server){ .bed = umockdev_testbed_new(), .device = device, .script = script };
    g_signal_connect(handler, "handle-ioctl", G_CALLBACK(on_ioctl), NULL);
    if (umockdev_testbed_add_from_string(server.bed, text, NULL) &&
        umockdev_testbed_attach_ioctl(server.bed, NODE, handler, NULL)) {
        r = run_program(program);
        if (!server.is_gone)
            umockdev_testbed_detach_ioctl(server.bed, NODE, NULL);
    }
    forget(server.waiting);
    forget(server.done);
    g_object_unref(handler);
    g_object_unref(server.bed);
    g_free(text);
    return r;
}

bool umock_is_there(void)
{
    return true;
}

#else

bool umock_is_there(void)
{
    return false;
}

int umock_serve(struct sim_device *device, const struct umock_script *script, char *const program[])
{
    (void)device, (void)script, (void)program;
    return -1;
}

#endif
