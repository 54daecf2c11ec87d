/* usbfs-bridge: what a USB/IP server exports, as devices of a mocked /dev/bus/usb. A program started with the environment that
 * is printed reaches them by the machine's own libusb, hot-plug and all: what `usbip attach` and the kernel's vhci_hcd do on a
 * machine where one may load modules. Ends on SIGTERM or SIGINT. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "drivers/usb/usbip_device.h"
#include "tests/umock/node.h"

enum { PATIENCE_MS = 3, LIST_MS = 40, ASK_MS = 1000, RECORDS = 16, DESCRIPTORS = 1024 };
enum { PORTS_AT_ONCE = 16, FIXED_POLLS = 2, IN = 0x80, REQUEST_FROM_DEVICE = 0x80 };

/* What a place in usbip_device.urbs is about: a program's transfer, or an ioctl that is a request of the kernel's own. */
struct flight {
    struct umock_urb *urb;
    UMockdevIoctlClient *client;
    uint32_t unlink; /* sequence; 0: it has not been taken back */
};

struct port {
    struct port *next;
    struct umock_node node;
    struct usbip_device device;
    struct usbip_record record;
    struct flight flights[USBIP_URBS];
    UMockdevIoctlBase *handler;
};

static struct bridge {
    struct sockaddr_in server;
    UMockdevTestbed *bed;
    pthread_mutex_t lock; /* ports, between this thread and umockdev's */
    int wake;             /* eventfd: there is something to send */
    unsigned last_number;
    struct port
        *ports; /* newest first; those that are gone stay: a program may still hold them open */
} bridge = { .lock = PTHREAD_MUTEX_INITIALIZER, .last_number = 1 /* the hub */ };

static struct port *port_of(struct umock_node *n)
{
    return n->owner;
}

/* ---- from the program to the device -------------------------------------------------- */

static uint32_t next_sequence(struct port *p)
{
    return ++p->device.last_sequence ? p->device.last_sequence : ++p->device.last_sequence;
}

static void wake(void)
{
    uint64_t one = 1;
    (void)!write(bridge.wake, &one, sizeof(one));
}

/* 0 or an errno. */
static int start(struct port *p, const struct flight *what, uint8_t endpoint, const uint8_t *setup,
                 uint32_t asked, const uint8_t *data)
{
    struct usbip_urb *urbs = p->device.urbs;
    size_t i = 0;
    while (i < USBIP_URBS && urbs[i].sequence)
        i++;
    if (i == USBIP_URBS)
        return ENOMEM;
    urbs[i] =
        (struct usbip_urb){ .sequence = next_sequence(p), .is_in = endpoint & IN, .asked = asked };
    p->flights[i] = *what;
    if (usbip_put_submit(&p->device.link.out, p->device.device_id, &urbs[i], endpoint & 0x7f, setup,
                         data)) {
        urbs[i].sequence = 0;
        return ENOMEM;
    }
    wake();
    return 0;
}

static int submit(struct umock_node *n, struct umock_urb *u)
{
    const struct usbdevfs_urb *urb = umock_urb_of(u);
    const uint8_t *data = u->buffer ? u->buffer->data : NULL;
    uint32_t length = (uint32_t)urb->buffer_length;
    struct flight what = { .urb = u };
    if (urb->type != USBDEVFS_URB_TYPE_CONTROL)
        return start(port_of(n), &what, urb->endpoint, NULL, length, data);
    if (!data || length < UMOCK_SETUP)
        return EINVAL;
    return start(port_of(n), &what, data[0] & REQUEST_FROM_DEVICE, data, get_le16(data + 6),
                 data + UMOCK_SETUP);
}

static void discard(struct umock_node *n, struct umock_urb *u)
{
    struct port *p = port_of(n);
    for (size_t i = 0; i < USBIP_URBS; i++) {
        struct flight *f = &p->flights[i];
        if (!p->device.urbs[i].sequence || f->urb != u || f->unlink)
            continue;
        f->unlink = next_sequence(p);
        if (usbip_put_unlink(&p->device.link.out, p->device.device_id, f->unlink,
                             p->device.urbs[i].sequence))
            f->unlink = 0;
        wake();
    }
}

static int request(struct umock_node *n, UMockdevIoctlClient *client,
                   const uint8_t setup[UMOCK_SETUP])
{
    struct flight what = { .client = client };
    int r = start(port_of(n), &what, 0, setup, 0, NULL);
    if (r)
        return r;
    g_object_ref(client);
    return UMOCK_LATER;
}

static const struct umock_node_operations operations = { submit, discard, request };

/* ---- from the device to the program -------------------------------------------------- */

static void complete(struct port *p, size_t i, int status, uint32_t actual, const uint8_t *data)
{
    struct flight f = p->flights[i];
    p->device.urbs[i].sequence = 0;
    if (f.client) {
        umockdev_ioctl_client_complete(f.client, status ? -1 : 0, -status);
        g_object_unref(f.client);
        return;
    }
    size_t skipped = umock_urb_of(f.urb)->type == USBDEVFS_URB_TYPE_CONTROL ? UMOCK_SETUP : 0;
    if (data)
        memcpy(f.urb->buffer->data + skipped, data, actual);
    umock_finish(&p->node, f.urb, status == -ECONNRESET ? -ENOENT : status, (int)actual);
}

static void take_reply(struct port *p, const struct usbip_reply *reply)
{
    for (size_t i = 0; i < USBIP_URBS; i++) {
        bool is_answer =
                 reply->kind == USBIP_RET_SUBMIT && p->device.urbs[i].sequence == reply->sequence,
             is_unlinked = reply->kind == USBIP_RET_UNLINK && reply->sequence &&
                           p->flights[i].unlink == reply->sequence;
        if (!p->device.urbs[i].sequence || !(is_answer || is_unlinked))
            continue;
        complete(p, i, is_unlinked ? -ECONNRESET : reply->status, reply->actual, reply->data);
        return;
    }
}

/* The other end has hung up: the cable is out. */
static void pull(struct port *p)
{
    char syspath[UMOCK_TEXT];
    umock_syspath(syspath, p->record.busid);
    for (size_t i = 0; i < USBIP_URBS; i++)
        if (p->device.urbs[i].sequence)
            complete(p, i, p->flights[i].client ? -ENODEV : -ESHUTDOWN, 0, NULL);
    umock_pull(&p->node);
    umock_relieve(&p->node);
    usbip_device_end(&p->device);
    umockdev_testbed_uevent(bridge.bed, syspath, "remove");
    umockdev_testbed_remove_device(bridge.bed, syspath);
}

static void turn(struct port *p)
{
    struct usbip_link *link = &p->device.link;
    struct usbip_reply reply;
    int r = usbip_link_turn(link, 0), parsed;
    while (!(parsed = usbip_parse_reply(&reply, p->device.urbs, USBIP_URBS, link->in.data,
                                        link->in.length))) {
        take_reply(p, &reply);
        bytes_consume(&link->in, reply.size);
    }
    if (parsed < 0 || (r && r != USB_E_TIMEOUT))
        pull(p);
}

/* ---- devices that come --------------------------------------------------------------- */

static int ask(struct port *p, uint8_t descriptor, uint8_t *data, uint16_t size, size_t *got)
{
    enum { GET_DESCRIPTOR = 6 };
    return usb_control(&p->device.base, REQUEST_FROM_DEVICE, GET_DESCRIPTOR,
                       (uint16_t)(descriptor << 8), 0, data, size, ASK_MS, got);
}

static bool show(struct port *p, const uint8_t device[18], const uint8_t *configuration,
                 size_t length)
{
    char node[UMOCK_TEXT], syspath[UMOCK_TEXT];
    unsigned number = ++bridge.last_number;
    char *text = umock_describe(p->record.busid, number, device, configuration, length);
    umock_device_node(node, number);
    umock_syspath(syspath, p->record.busid);
    p->handler = umock_handler(&p->node);
    bool is_there = umockdev_testbed_add_from_string(bridge.bed, text, NULL) &&
                    umockdev_testbed_attach_ioctl(bridge.bed, node, p->handler, NULL);
    g_free(text);
    if (is_there)
        umockdev_testbed_uevent(bridge.bed, syspath, "add");
    return is_there;
}

static void plug(const struct usbip_record *record)
{
    uint8_t device[18], configuration[DESCRIPTORS];
    size_t got = 0, length = 0;
    struct port *p = calloc(1, sizeof(*p));
    if (!p)
        return;
    p->record = *record;
    p->device.base.ops = &usbip_device_operations;
    p->node = (struct umock_node){
        .ops = &operations, .owner = p, .lock = &bridge.lock, .is_patient = true
    };
    int r = usbip_import(&p->device, &bridge.server, record->busid, usb_now_ms() + ASK_MS);
    if (!r)
        r = ask(p, USB_DESCRIPTOR_DEVICE, device, sizeof(device), &got);
    if (!r && got == sizeof(device))
        r = ask(p, USB_DESCRIPTOR_CONFIGURATION, configuration, sizeof(configuration), &length);
    memset(p->device.urbs, 0, sizeof(p->device.urbs));
    if (r || length < 9 || !show(p, device, configuration, length)) {
        usbip_device_end(&p->device);
        free(p);
        return;
    }
    p->next = bridge.ports;
    bridge.ports = p;
}

static bool is_known(const struct usbip_record *record)
{
    for (const struct port *p = bridge.ports; p; p = p->next)
        if (!p->node.is_gone && !strcmp(p->record.busid, record->busid))
            return true;
    return false;
}

static void look(void)
{
    struct usbip_record records[RECORDS];
    struct usbip_link link;
    size_t count = 0;
    int64_t deadline = usb_now_ms() + ASK_MS;
    int r = usbip_link_open(&link, &bridge.server, deadline);
    if (!r)
        r = usbip_put_list(&link.out);
    while (!r && usb_left_ms(deadline)) {
        r = usbip_link_turn(&link, usb_left_ms(deadline));
        int parsed = usbip_parse_list(records, RECORDS, &count, link.in.data, link.in.length);
        if (parsed != USBIP_E_MORE)
            r = parsed ? parsed : USBIP_E_MORE; /* done */
    }
    usbip_link_close(&link);
    for (size_t i = 0; i < count; i++)
        if (!is_known(&records[i]))
            plug(&records[i]);
}

/* ---- the loop ------------------------------------------------------------------------ */

/* A program that is gone has left its transfers behind; one that waits for an answer has waited long enough. */
static void sweep(struct port *p)
{
    struct umock_urb *next;
    if (p->node.reaper && g_get_monotonic_time() - p->node.reaper_since_us >= PATIENCE_MS * 1000)
        umock_relieve(&p->node);
    for (struct umock_urb *u = p->node.waiting; u; u = next) {
        next = u->next;
        if (!umockdev_ioctl_client_get_connected(u->client))
            discard(&p->node, u);
    }
}

static size_t await(struct pollfd polls[FIXED_POLLS + PORTS_AT_ONCE], int signals, int64_t look_at)
{
    size_t count = FIXED_POLLS;
    int wait = usb_left_ms(look_at);
    polls[0] = (struct pollfd){ signals, POLLIN, 0 };
    polls[1] = (struct pollfd){ bridge.wake, POLLIN, 0 };
    pthread_mutex_lock(&bridge.lock);
    for (struct port *p = bridge.ports; p && count < FIXED_POLLS + PORTS_AT_ONCE; p = p->next) {
        if (p->node.is_gone)
            continue;
        short out = p->device.link.out.length ? POLLOUT : 0;
        polls[count++] = (struct pollfd){ p->device.link.fd, (short)(POLLIN | out), 0 };
        if (p->node.reaper && wait > 1)
            wait = 1;
    }
    pthread_mutex_unlock(&bridge.lock);
    (void)poll(polls, count, wait);
    return count;
}

static void run(int signals)
{
    struct pollfd polls[FIXED_POLLS + PORTS_AT_ONCE];
    uint64_t count;
    int64_t look_at = usb_now_ms();
    for (;;) {
        (void)await(polls, signals, look_at);
        if (polls[0].revents)
            return;
        if (polls[1].revents)
            (void)!read(bridge.wake, &count, sizeof(count));
        pthread_mutex_lock(&bridge.lock);
        for (struct port *p = bridge.ports; p; p = p->next) {
            if (!p->node.is_gone)
                turn(p);
            if (!p->node.is_gone)
                sweep(p);
        }
        if (!usb_left_ms(look_at)) {
            look();
            look_at = usb_now_ms() + LIST_MS;
        }
        pthread_mutex_unlock(&bridge.lock);
    }
}

static void free_ports(void)
{
    while (bridge.ports) {
        struct port *p = bridge.ports;
        bridge.ports = p->next;
        usbip_device_end(&p->device);
        umock_forget(&p->node);
        g_object_unref(p->handler);
        free(p);
    }
}

/* Once more, with the mocked /sys before its eyes. */
static int begin_mocked(const char *address)
{
    char self[PATH_MAX];
    if (realpath("/proc/self/exe", self))
        execlp("umockdev-wrapper", "umockdev-wrapper", self, address, (char *)NULL);
    perror("usbfs-bridge: umockdev-wrapper");
    return 1;
}

int main(int argc, char **argv)
{
    sigset_t ends;
    if (argc != 2 || usbip_address(&bridge.server, argv[1])) {
        fputs("usage: usbfs-bridge HOST:PORT\n", stderr);
        return 2;
    }
    const char *preloaded = getenv("LD_PRELOAD");
    if (!preloaded || !strstr(preloaded, "libumockdev-preload"))
        return begin_mocked(argv[1]);
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL); /* before umockdev has its thread */
    int signals = signalfd(-1, &ends, SFD_CLOEXEC);
    bridge.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (signals < 0 || bridge.wake < 0)
        return 1;
    bridge.bed = umockdev_testbed_new();
    look();
    char *root = umockdev_testbed_get_root_dir(bridge.bed);
    printf("{\"env\": {\"LD_PRELOAD\": \"libumockdev-preload.so.0\", \"UMOCKDEV_DIR\": \"%s\"}}\n",
           root);
    fflush(stdout);
    g_free(root);
    run(signals);
    g_object_unref(bridge.bed);
    free_ports();
    return 0;
}
