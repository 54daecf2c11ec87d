/* USB/IP messages, version 1.1.1 (Linux, Documentation/usb/usbip_protocol.rst), the client's side. Pure functions over
 * bytes; all numbers big endian. */
#pragma once

#include "drivers/usb/usb.h"

enum {
    USBIP_BUSID = 32,
    USBIP_RECORD_BYTES = 312, /* one device in a list or an import reply */
    USBIP_LIST_HEAD_BYTES = 12,
    USBIP_IMPORT_BYTES = 8 + USBIP_RECORD_BYTES,
    USBIP_HEADER_BYTES = 48,
    USBIP_LIST_BYTES_MAX = 64 * 1024,
    USBIP_URBS = 8,
    USBIP_DATA_MAX = 64 * 1024, /* longest transfer we ask for */
};

enum usbip_outcome {
    USBIP_E_MORE = 1, /* well formed so far: more bytes are needed */
    USBIP_E_REFUSED,  /* no such device, or it is gone */
    USBIP_E_TAKEN,    /* another client has it */
};

struct usbip_record {
    char busid[USBIP_BUSID];
    uint32_t device_id; /* bus << 16 | device: names it in every message */
    uint16_t vendor, product, release;
    uint8_t interface_count;
};

/* A transfer that has been submitted. */
struct usbip_urb {
    uint32_t sequence; /* 0: this place is free */
    bool is_in, is_done;
    uint32_t asked; /* bytes of room, or bytes sent */
    int status;     /* when done: 0 or a negative errno of Linux */
    uint32_t actual;
    void *owner;
};

enum usbip_reply_kind { USBIP_RET_SUBMIT = 3, USBIP_RET_UNLINK = 4 };
struct usbip_reply {
    enum usbip_reply_kind kind;
    uint32_t sequence;
    int status;
    uint32_t actual;
    const uint8_t *data; /* of an IN transfer: `actual` bytes inside the input, otherwise NULL */
    size_t size;         /* of the whole message */
};

/* The request for a list, 8 bytes, and for one device, 40 bytes. */
NODISCARD int usbip_put_list(struct bytes *out);
NODISCARD int usbip_put_import(struct bytes *out, const char *busid);
/* A reply to the first: 0, USBIP_E_MORE, or -EBADMSG. Devices beyond `max` are left out. */
NODISCARD int usbip_parse_list(struct usbip_record *out, size_t max, size_t *count,
                               const uint8_t *data, size_t length);
/* 0, USBIP_E_MORE, USBIP_E_REFUSED, USBIP_E_TAKEN or -EBADMSG. */
NODISCARD int usbip_parse_import(struct usbip_record *out, const uint8_t *data, size_t length);

/* `endpoint` without its direction bit; `data` of an OUT transfer, otherwise NULL. */
NODISCARD int usbip_put_submit(struct bytes *out, uint32_t device_id, const struct usbip_urb *urb,
                               uint8_t endpoint, const uint8_t setup[8], const uint8_t *data);
NODISCARD int usbip_put_unlink(struct bytes *out, uint32_t device_id, uint32_t sequence,
                               uint32_t victim);
/* The first reply in `data`, held against what was submitted: it must answer a transfer of the table (or, for an unlink,
 * anything), and must not have moved more than was asked. 0, USBIP_E_MORE or -EBADMSG. */
NODISCARD int usbip_parse_reply(struct usbip_reply *out, const struct usbip_urb *urbs, size_t count,
                                const uint8_t *data, size_t length);
struct usbip_urb *usbip_find(struct usbip_urb *urbs, size_t count, uint32_t sequence);
