/* Real devices, by libusb's asynchronous interface: an IN transfer is always pending, and a cancelled OUT transfer says
 * what it has moved. libusb calls back only from libusb_handle_events...(), so everything is on one thread. */
#include "drivers/usb/libusb_device.h"

#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum { STOP_MS = 1000 };

/* An IN transfer. It outlives its device when the kernel does not give it back in time: `device` is NULL then. */
struct pending {
    struct host_device *device;
    struct usb_listened *listened;
    struct libusb_transfer *transfer;
    bool is_flying;
    uint8_t packet[];
};

static struct host_device *device_of(struct usb_device *base)
{
    return (struct host_device *)base;
}

int host_outcome(int code)
{
    switch (code) {
    case LIBUSB_SUCCESS:
        return 0;
    case LIBUSB_ERROR_TIMEOUT:
        return USB_E_TIMEOUT;
    case LIBUSB_ERROR_PIPE:
        return USB_E_STALL;
    case LIBUSB_ERROR_NO_DEVICE:
        return USB_E_GONE;
    case LIBUSB_ERROR_BUSY:
        return USB_E_BUSY;
    case LIBUSB_ERROR_OVERFLOW:
        return USB_E_OVERFLOW;
    case LIBUSB_ERROR_ACCESS:
        return fault_raise(-EACCES);
    case LIBUSB_ERROR_NO_MEM:
        return fault_raise(-ENOMEM);
    default:
        return fault_raise(-EIO);
    }
}

static int outcome_of_transfer(enum libusb_transfer_status status)
{
    switch (status) {
    case LIBUSB_TRANSFER_COMPLETED:
        return 0;
    case LIBUSB_TRANSFER_TIMED_OUT:
    case LIBUSB_TRANSFER_CANCELLED:
        return USB_E_TIMEOUT;
    case LIBUSB_TRANSFER_STALL:
        return USB_E_STALL;
    case LIBUSB_TRANSFER_NO_DEVICE:
        return USB_E_GONE;
    case LIBUSB_TRANSFER_OVERFLOW:
        return USB_E_OVERFLOW;
    default:
        return fault_raise(-EIO);
    }
}

/* ---- listening ----------------------------------------------------------------------- */

static void free_pending(struct pending *p)
{
    explicit_bzero(p->packet, (size_t)p->transfer->length);
    libusb_free_transfer(p->transfer);
    free(p);
}

static int send_off(struct pending *p)
{
    int r = host_outcome(libusb_submit_transfer(p->transfer));
    p->is_flying = !r;
    if (r == USB_E_GONE)
        p->device->base.is_gone = true;
    return r;
}

static void LIBUSB_CALL on_input(struct libusb_transfer *t)
{
    struct pending *p = t->user_data;
    p->is_flying = false;
    if (!p->device) {
        free_pending(p);
        return;
    }
    gather_put(&p->listened->gather, p->packet, (size_t)t->actual_length);
    explicit_bzero(p->packet, (size_t)t->actual_length);
    if (t->status == LIBUSB_TRANSFER_CANCELLED)
        return; /* the device is being closed */
    int r = outcome_of_transfer(t->status);
    if (r == USB_E_GONE)
        p->device->base.is_gone = true;
    else if (!r || r == USB_E_TIMEOUT)
        r = send_off(p);
    if (r != USB_E_GONE)
        p->listened->ended = r;
}

static int submit(struct usb_device *base, struct usb_listened *l)
{
    struct host_device *d = device_of(base);
    struct pending *p = l->transfer;
    if (!p) {
        p = calloc(1, sizeof(*p) + l->max_packet);
        struct libusb_transfer *t = libusb_alloc_transfer(0);
        if (!p || !t) {
            free(p);
            libusb_free_transfer(t);
            return fault_raise(-ENOMEM);
        }
        *p = (struct pending){ .device = d, .listened = l, .transfer = t };
        /* Bulk and interrupt are the same for the kernel; it looks at the endpoint. No time limit. */
        libusb_fill_bulk_transfer(t, d->handle, l->endpoint, p->packet, l->max_packet, on_input, p,
                                  0);
        l->transfer = p;
    }
    int r = p->is_flying ? 0 : send_off(p);
    if (r) {
        free_pending(p);
        l->transfer = NULL;
    }
    return r;
}

static void handle_events(libusb_context *context, int wait_ms)
{
    struct timeval wait = { wait_ms / 1000, wait_ms % 1000 * 1000L };
    (void)libusb_handle_events_timeout_completed(context, &wait, NULL);
}

static int turn(struct usb_device *base, int wait_ms)
{
    struct host_device *d = device_of(base);
    handle_events(d->context, wait_ms);
    return base->is_gone ? USB_E_GONE : 0;
}

/* ---- speaking ------------------------------------------------------------------------ */

static void LIBUSB_CALL on_output(struct libusb_transfer *t)
{
    *(bool *)t->user_data = true;
}

/* By a transfer of our own, and not libusb_bulk_transfer(): input is taken in meanwhile, and what was moved is exact when
 * the time is over. The kernel gives a cancelled transfer back always, so that waiting for it ends. */
static int write_piece(struct usb_device *base, uint8_t endpoint, const uint8_t *data,
                       size_t length, int wait_ms, size_t *accepted)
{
    struct host_device *d = device_of(base);
    int64_t deadline = usb_now_ms() + wait_ms;
    bool is_done = false, is_cancelled = false;
    if (!d->out)
        d->out = libusb_alloc_transfer(0);
    struct libusb_transfer *t = d->out;
    if (!t)
        return fault_raise(-ENOMEM);
    libusb_fill_bulk_transfer(t, d->handle, endpoint, (unsigned char *)data, (int)length, on_output,
                              &is_done, 0);
    int r = host_outcome(libusb_submit_transfer(t));
    while (!r && !is_done) {
        handle_events(d->context, is_cancelled ? STOP_MS : usb_left_ms(deadline));
        if (!is_done && !is_cancelled && !usb_left_ms(deadline)) {
            is_cancelled = true;
            (void)libusb_cancel_transfer(t);
        }
    }
    if (is_done) {
        *accepted = (size_t)t->actual_length;
        r = *accepted == length ? 0 : outcome_of_transfer(t->status);
    }
    if (r == USB_E_GONE)
        base->is_gone = true;
    return r;
}

static int control(struct usb_device *base, const uint8_t setup[8], void *data, int wait_ms,
                   size_t *done)
{
    int n = libusb_control_transfer(
        device_of(base)->handle, setup[0], setup[1], get_le16(setup + 2), get_le16(setup + 4), data,
        get_le16(setup + 6), wait_ms > 0 ? (unsigned)wait_ms : 1 /* 0 would be for ever */);
    if (n >= 0) {
        *done = (size_t)n;
        return 0;
    }
    int r = host_outcome(n);
    if (r == USB_E_GONE)
        base->is_gone = true;
    return r;
}

static int clear_halt(struct usb_device *base, uint8_t endpoint)
{
    int r = host_outcome(libusb_clear_halt(device_of(base)->handle, endpoint));
    if (r == USB_E_GONE)
        base->is_gone = true;
    return r;
}

/* ---- the end ------------------------------------------------------------------------- */

static bool is_anything_flying(const struct usb_device *base)
{
    for (size_t i = 0; i < base->listened_count; i++) {
        const struct pending *p = base->listened[i].transfer;
        if (p && p->is_flying)
            return true;
    }
    return false;
}

static void stop(struct usb_device *base)
{
    struct host_device *d = device_of(base);
    int64_t deadline = usb_now_ms() + STOP_MS;
    for (size_t i = 0; i < base->listened_count; i++) {
        struct pending *p = base->listened[i].transfer;
        if (p && p->is_flying)
            (void)libusb_cancel_transfer(p->transfer);
    }
    while (is_anything_flying(base) && usb_left_ms(deadline))
        handle_events(d->context, usb_left_ms(deadline));
    for (size_t i = 0; i < base->listened_count; i++) {
        struct pending *p = base->listened[i].transfer;
        if (p && p->is_flying)
            p->device = NULL; /* freed by its callback, whenever that comes */
        else if (p)
            free_pending(p);
        base->listened[i].transfer = NULL;
    }
}

static void free_device(struct usb_device *base)
{
    struct host_device *d = device_of(base);
    if (d->handle) {
        (void)libusb_release_interface(d->handle, base->interface);
        libusb_close(d->handle);
    }
    libusb_free_transfer(d->out);
    host_context_drop(d->held);
    free(d);
}

const struct usb_device_operations host_device_operations = {
    .stop = stop,
    .free = free_device,
    .submit = submit,
    .turn = turn,
    .write = write_piece,
    .control = control,
    .clear_halt = clear_halt,
};
