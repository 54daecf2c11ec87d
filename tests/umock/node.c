#if __has_include(<umockdev.h>)
#include "tests/umock/node.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "firmware/base/bytes.h"

enum { ENDPOINT_IN = 0x80, CLEAR_FEATURE = 1, SET_CONFIGURATION = 9, SET_INTERFACE = 11 };
enum { TO_DEVICE = 0, TO_INTERFACE = 1, TO_ENDPOINT = 2 };

static const char bus_path[] = "/devices/pci0000:00/0000:00:01.0/usb1";

/* ---- transfers ----------------------------------------------------------------------- */

struct usbdevfs_urb *umock_urb_of(const struct umock_urb *u)
{
    return (void *)u->data->data;
}

static void append(struct umock_urb **list, struct umock_urb *u)
{
    u->next = NULL;
    while (*list)
        list = &(*list)->next;
    *list = u;
}

static void take_out(struct umock_urb **list, const struct umock_urb *u)
{
    while (*list && *list != u)
        list = &(*list)->next;
    if (*list)
        *list = u->next;
}

static void free_urb(struct umock_urb *u)
{
    g_clear_object(&u->buffer);
    g_object_unref(u->data);
    g_object_unref(u->client);
    g_free(u);
}

void umock_relieve(struct umock_node *n)
{
    UMockdevIoctlClient *client = n->reaper;
    n->reaper = NULL;
    if (client) {
        umockdev_ioctl_client_complete(client, -1, EAGAIN);
        g_object_unref(client);
    }
}

void umock_finish(struct umock_node *n, struct umock_urb *u, int status, int actual)
{
    umock_urb_of(u)->status = status;
    umock_urb_of(u)->actual_length = actual;
    take_out(&n->waiting, u);
    append(&n->done, u);
    umock_relieve(n); /* it asks again, and is given this one */
}

void umock_pull(struct umock_node *n)
{
    n->is_gone = true;
    while (n->waiting)
        umock_finish(n, n->waiting, -ESHUTDOWN, 0);
}

void umock_forget(struct umock_node *n)
{
    struct umock_urb **lists[] = { &n->waiting, &n->done };
    for (size_t i = 0; i < 2; i++)
        while (*lists[i]) {
            struct umock_urb *u = *lists[i];
            *lists[i] = u->next;
            free_urb(u);
        }
}

static int submit(struct umock_node *n, UMockdevIoctlClient *client, UMockdevIoctlData *data)
{
    struct umock_urb *u = g_new0(struct umock_urb, 1);
    u->data = g_object_ref(data);
    u->client = g_object_ref(client);
    u->address = data->client_addr;
    u->buffer = umockdev_ioctl_data_resolve(data, offsetof(struct usbdevfs_urb, buffer),
                                            (gsize)umock_urb_of(u)->buffer_length, NULL);
    append(&n->waiting, u);
    int r = n->ops->submit(n, u);
    if (r) {
        take_out(&n->waiting, u);
        free_urb(u);
    }
    return r;
}

static int reap(struct umock_node *n, UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
    struct umock_urb *u = n->done;
    while (u && u->client != client)
        u = u->next;
    if (u) {
        UMockdevIoctlData *slot = umockdev_ioctl_data_resolve(arg, 0, sizeof(void *), NULL);
        umockdev_ioctl_data_set_ptr(slot, 0, u->data);
        take_out(&n->done, u);
        g_object_unref(slot);
        free_urb(u);
        return 0;
    }
    if (n->is_gone)
        return ENODEV;
    if (!n->is_patient)
        return EAGAIN;
    umock_relieve(n);
    n->reaper = g_object_ref(client);
    n->reaper_since_us = g_get_monotonic_time();
    return UMOCK_LATER;
}

static int discard(struct umock_node *n, const UMockdevIoctlData *arg)
{
    gulong address = *(gulong *)(void *)arg->data;
    for (struct umock_urb *u = n->waiting; u; u = u->next)
        if (u->address == address) {
            n->ops->discard(n, u);
            return 0;
        }
    return EINVAL;
}

/* ---- ioctls -------------------------------------------------------------------------- */

static int request(struct umock_node *n, UMockdevIoctlClient *client, uint8_t to, uint8_t what,
                   unsigned value, unsigned index)
{
    uint8_t setup[UMOCK_SETUP] = { to, what };
    put_le16(setup + 2, (uint16_t)value);
    put_le16(setup + 4, (uint16_t)index);
    return n->ops->request(n, client, setup);
}

static int answer_with(struct umock_node *n, UMockdevIoctlClient *client, gulong what,
                       UMockdevIoctlData *in)
{
    unsigned *words = (void *)in->data;
    switch (what) {
    case USBDEVFS_GET_CAPABILITIES:
        *words = USBDEVFS_CAP_BULK_CONTINUATION;
        return 0;
    case USBDEVFS_CLEAR_HALT:
        return request(n, client, TO_ENDPOINT, CLEAR_FEATURE, 0, *words);
    case USBDEVFS_SETCONFIGURATION:
        return request(n, client, TO_DEVICE, SET_CONFIGURATION, *words, 0);
    case USBDEVFS_SETINTERFACE: /* interface, setting */
        return request(n, client, TO_INTERFACE, SET_INTERFACE, words[1], words[0]);
    default:
        return submit(n, client, in);
    }
}

static size_t size_of(gulong what)
{
    return what == USBDEVFS_SUBMITURB      ? sizeof(struct usbdevfs_urb)
           : what == USBDEVFS_SETINTERFACE ? sizeof(struct usbdevfs_setinterface)
                                           : sizeof(guint32);
}

static int answer(struct umock_node *n, UMockdevIoctlClient *client, gulong what,
                  UMockdevIoctlData *arg)
{
    UMockdevIoctlData *in;
    int r;
    switch (what) {
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
        return reap(n, client, arg);
    case USBDEVFS_DISCARDURB:
        return n->is_gone ? ENODEV : discard(n, arg);
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_RELEASEINTERFACE:
        return n->is_gone ? ENODEV : 0;
    case USBDEVFS_GETDRIVER: /* no driver of the kernel is bound */
    case USBDEVFS_IOCTL:
        return ENODATA;
    case USBDEVFS_GET_CAPABILITIES:
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_SETCONFIGURATION:
    case USBDEVFS_SETINTERFACE:
    case USBDEVFS_SUBMITURB:
        if (n->is_gone)
            return ENODEV;
        in = umockdev_ioctl_data_resolve(arg, 0, size_of(what), NULL);
        r = in ? answer_with(n, client, what, in) : EFAULT;
        g_clear_object(&in);
        return r;
    default:
        return ENOTTY;
    }
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer node)
{
    (void)base;
    struct umock_node *n = node;
    if (n->lock)
        pthread_mutex_lock(n->lock);
    int error = answer(n, client, umockdev_ioctl_client_get_request(client),
                       umockdev_ioctl_client_get_arg(client));
    if (error != UMOCK_LATER)
        umockdev_ioctl_client_complete(client, error ? -1 : 0, error);
    if (n->lock)
        pthread_mutex_unlock(n->lock);
    return TRUE;
}

UMockdevIoctlBase *umock_handler(struct umock_node *n)
{
    UMockdevIoctlBase *handler = umockdev_ioctl_base_new();
    g_signal_connect(handler, "handle-ioctl", G_CALLBACK(on_ioctl), n);
    return handler;
}

/* ---- names --------------------------------------------------------------------------- */

void umock_syspath(char out[UMOCK_TEXT], const char *port)
{
    snprintf(out, UMOCK_TEXT, "/sys%s/%s", bus_path, port);
}

void umock_device_node(char out[UMOCK_TEXT], unsigned number)
{
    snprintf(out, UMOCK_TEXT, "/dev/bus/usb/001/%03u", number);
}

char *umock_describe(const char *port, unsigned number, const uint8_t w[18],
                     const uint8_t *configuration, size_t length)
{
    GString *s = g_string_new(NULL);
    char node[UMOCK_TEXT];
    umock_device_node(node, number);
    g_string_append_printf(s,
                           "P: %s/%s\nN: %s\n"
                           "E: DEVNAME=%s\nE: DEVTYPE=usb_device\n"
                           "E: MAJOR=189\nE: MINOR=%u\nE: SUBSYSTEM=usb\nE: BUSNUM=001\n"
                           "E: DEVNUM=%03u\nA: busnum=1\nA: devnum=%u\nA: speed=12\n"
                           "A: bConfigurationValue=%u\nA: idVendor=%02x%02x\n"
                           "A: idProduct=%02x%02x\nH: descriptors=",
                           bus_path, port, node + strlen("/dev/"), node, number - 1, number, number,
                           configuration[5], w[9], w[8], w[11], w[10]);
    for (size_t i = 0; i < 18; i++)
        g_string_append_printf(s, "%02x", w[i]);
    for (size_t i = 0; i < length; i++)
        g_string_append_printf(s, "%02x", configuration[i]);
    g_string_append_c(s, '\n');
    return g_string_free(s, FALSE);
}

#else
/* Built without umockdev: see usbfs.c. */
typedef int umock_node_is_left_out;
#endif
