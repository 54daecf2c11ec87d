#include "drivers/usb/usbip_device.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"

enum { UNLINK_MS = 1000, HALT_MS = 1000 };

static struct usbip_device *device_of(struct usb_device *base)
{
    return (struct usbip_device *)base;
}

void usbip_device_end(struct usbip_device *d)
{
    usbip_link_close(&d->link);
    memset(d->urbs, 0, sizeof(d->urbs));
}

int usbip_import(struct usbip_device *d, const struct sockaddr_in *server, const char *busid,
                 int64_t deadline_ms)
{
    struct usbip_record record;
    int r = usbip_link_open(&d->link, server, deadline_ms);
    if (!r)
        r = usbip_put_import(&d->link.out, busid);
    while (!r) {
        r = usbip_parse_import(&record, d->link.in.data, d->link.in.length);
        if (r != USBIP_E_MORE)
            break;
        if (!usb_left_ms(deadline_ms))
            return fault_raise(-ETIMEDOUT);
        r = usbip_link_turn(&d->link, usb_left_ms(deadline_ms));
        if (r == USB_E_TIMEOUT)
            r = 0;
    }
    if (r == USBIP_E_TAKEN)
        return USB_E_BUSY;
    if (r > 0)
        return USB_E_GONE;
    if (r)
        return fault_raise(r);
    bytes_consume(&d->link.in, USBIP_IMPORT_BYTES);
    d->device_id = record.device_id;
    return 0;
}

/* ---- replies ------------------------------------------------------------------------- */

static int submit(struct usb_device *base, struct usb_listened *l);

static int outcome_of(int status)
{
    switch (status) {
    case 0:
        return 0;
    case -EPIPE:
        return USB_E_STALL;
    case -EOVERFLOW:
        return USB_E_OVERFLOW;
    case -ECONNRESET:
    case -ENOENT:
        return USB_E_TIMEOUT; /* cancelled, which is only done when time is over */
    case -ENODEV:
    case -ESHUTDOWN:
        return USB_E_GONE;
    default:
        return fault_raise(-EIO);
    }
}

/* Takes in what came for a listened endpoint and asks for the next. 0, USB_E_GONE or a fault. */
static int end_listened(struct usbip_device *d, struct usbip_urb *urb, const uint8_t *data,
                        int status, size_t actual)
{
    struct usb_listened *l = urb->owner;
    *urb = (struct usbip_urb){ 0 };
    if (data)
        gather_put(&l->gather, data, actual);
    int outcome = outcome_of(status);
    if (!outcome)
        return submit(&d->base, l);
    if (outcome == USB_E_GONE)
        return USB_E_GONE;
    l->ended =
        outcome == USB_E_TIMEOUT ? fault_raise(-EIO) : outcome; /* nobody here cancels these */
    return 0;
}

static int take_reply(struct usbip_device *d, const struct usbip_reply *reply)
{
    uint32_t sequence = reply->sequence;
    int status = reply->status;
    if (reply->kind == USBIP_RET_UNLINK) {
        if (!d->unlink_sequence || sequence != d->unlink_sequence)
            return -EBADMSG;
        d->unlink_sequence = 0;
        sequence = d->victim;
        status = -ECONNRESET;
    }
    struct usbip_urb *urb = usbip_find(d->urbs, USBIP_URBS, sequence);
    if (!urb || urb->is_done)
        return 0; /* it had been answered before the unlink arrived */
    if (urb->owner)
        return end_listened(d, urb, reply->data, status, reply->actual);
    urb->is_done = true;
    urb->status = status;
    urb->actual = reply->actual;
    if (reply->data && d->into)
        memcpy(d->into, reply->data, reply->actual);
    return 0;
}

static int take_replies(struct usbip_device *d)
{
    struct usbip_reply reply;
    for (;;) {
        int r = usbip_parse_reply(&reply, d->urbs, USBIP_URBS, d->link.in.data, d->link.in.length);
        if (r == USBIP_E_MORE)
            return 0;
        if (!r)
            r = take_reply(d, &reply);
        if (r)
            return r;
        bytes_consume(&d->link.in, reply.size);
    }
}

/* 0 (something moved, or the time is over), USB_E_GONE, or a fault. After a broken message the connection is closed:
 * nothing behind it could be trusted. */
static int turn(struct usb_device *base, int wait_ms)
{
    struct usbip_device *d = device_of(base);
    if (base->is_gone)
        return USB_E_GONE;
    int linked = usbip_link_turn(&d->link, wait_ms);
    int r = take_replies(d);
    if (!r)
        r = linked == USB_E_TIMEOUT ? 0 : linked;
    if (r == -EBADMSG) {
        log_line(LOG_WARNING, "usb", "%s: the USB/IP server sent a malformed message",
                 base->info.path);
        r = USB_E_GONE;
    }
    if (r == USB_E_GONE) {
        base->is_gone = true;
        usbip_link_close(&d->link);
    }
    return r;
}

/* ---- transfers ----------------------------------------------------------------------- */

/* Hands a transfer to the connection. NULL in *out: a fault came back. */
static int start(struct usbip_urb **out, struct usbip_device *d, const struct usbip_urb *what,
                 uint8_t endpoint, const uint8_t setup[8], const uint8_t *data)
{
    struct usbip_urb *urb = NULL;
    for (size_t i = 0; i < USBIP_URBS && !urb; i++)
        urb = d->urbs[i].sequence ? NULL : &d->urbs[i];
    if (!urb)
        return fault_raise(-ENOBUFS);
    *urb = *what;
    urb->sequence = ++d->last_sequence ? d->last_sequence : ++d->last_sequence; /* never 0 */
    int r = usbip_put_submit(&d->link.out, d->device_id, urb, endpoint & 0x7f, setup, data);
    if (r)
        urb->sequence = 0;
    *out = r ? NULL : urb;
    return r;
}

static int submit(struct usb_device *base, struct usb_listened *l)
{
    struct usbip_urb what = { .is_in = true, .asked = l->max_packet, .owner = l };
    struct usbip_urb *urb;
    return start(&urb, device_of(base), &what, l->endpoint, NULL, NULL);
}

/* Take a transfer back. Waits for the server's word: only then is it known how much was moved. */
static int cancel(struct usbip_device *d, struct usbip_urb *urb)
{
    int64_t deadline = usb_now_ms() + UNLINK_MS;
    d->victim = urb->sequence;
    d->unlink_sequence = ++d->last_sequence ? d->last_sequence : ++d->last_sequence;
    int r = usbip_put_unlink(&d->link.out, d->device_id, d->unlink_sequence, d->victim);
    while (!r && d->unlink_sequence && usb_left_ms(deadline))
        r = turn(&d->base, usb_left_ms(deadline));
    if (!r && d->unlink_sequence) {
        log_line(LOG_WARNING, "usb", "%s: the USB/IP server does not answer", d->base.info.path);
        d->base.is_gone = true;
        r = USB_E_GONE;
    }
    return r;
}

/* Wait for the end of a transfer, cancel it when the time is over, and free its place. */
static int finish(struct usbip_device *d, struct usbip_urb *urb, int wait_ms, size_t *moved)
{
    int64_t deadline = usb_now_ms() + wait_ms;
    int r = 0;
    while (!r && !urb->is_done && usb_left_ms(deadline))
        r = turn(&d->base, usb_left_ms(deadline));
    if (!r && !urb->is_done)
        r = cancel(d, urb);
    *moved = urb->is_done ? urb->actual : 0;
    if (urb->is_done)
        r = outcome_of(urb->status); /* also when the connection ended just behind it */
    *urb = (struct usbip_urb){ 0 };
    return r;
}

static int write_piece(struct usb_device *base, uint8_t endpoint, const uint8_t *data,
                       size_t length, int wait_ms, size_t *accepted)
{
    struct usbip_device *d = device_of(base);
    struct usbip_urb what = { .asked = (uint32_t)length };
    struct usbip_urb *urb;
    int r = start(&urb, d, &what, endpoint, NULL, data);
    if (r)
        return r;
    r = finish(d, urb, wait_ms, accepted);
    return r == USB_E_TIMEOUT && *accepted == length ? 0 : r;
}

static int control(struct usb_device *base, const uint8_t setup[8], void *data, int wait_ms,
                   size_t *done)
{
    struct usbip_device *d = device_of(base);
    struct usbip_urb what = { .is_in = setup[0] & 0x80, .asked = get_le16(setup + 6) };
    struct usbip_urb *urb;
    int r = start(&urb, d, &what, 0, setup, what.is_in ? NULL : data);
    if (r)
        return r;
    d->into = what.is_in ? data : NULL;
    r = finish(d, urb, wait_ms, done);
    d->into = NULL;
    return r;
}

static int clear_halt(struct usb_device *base, uint8_t endpoint)
{
    uint8_t setup[8] = { 0x02, USB_CLEAR_FEATURE, 0, 0, endpoint, 0, 0, 0 };
    size_t done;
    return control(base, setup, NULL, HALT_MS, &done);
}

/* The server takes the end of the connection for the end of all transfers. */
static void stop(struct usb_device *base)
{
    usbip_device_end(device_of(base));
}

static void free_device(struct usb_device *base)
{
    free(device_of(base));
}

const struct usb_device_operations usbip_device_operations = {
    .stop = stop,
    .free = free_device,
    .submit = submit,
    .turn = turn,
    .write = write_piece,
    .control = control,
    .clear_halt = clear_halt,
};
