/* A device node of usbfs as a program's libusb sees it through umockdev: its ioctls decoded, its transfers held as the kernel
 * would (Linux, include/uapi/linux/usbdevice_fs.h). Where the transfers go is the owner's business. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <umockdev.h>

#include <linux/usbdevice_fs.h>

enum { UMOCK_LATER = -1, UMOCK_TEXT = 512, UMOCK_SETUP = 8 };

/* A transfer: one that waits for its device, or one to be fetched. */
struct umock_urb {
    UMockdevIoctlData *data, *buffer; /* buffer NULL: no bytes */
    UMockdevIoctlClient *client;
    gulong address;
    struct umock_urb *next;
};

struct umock_node;
/* Called with the node's lock held. */
struct umock_node_operations {
    /* `u` is among those that wait; umock_finish() ends it, now or later. 0, or the errno that the ioctl says: then it is
     * forgotten. */
    int (*submit)(struct umock_node *n, struct umock_urb *u);
    void (*discard)(struct umock_node *n, struct umock_urb *u);
    /* A request that the kernel itself makes (USB 2.0, 9.4). 0, an errno, or UMOCK_LATER: the owner completes the client. */
    int (*request)(struct umock_node *n, UMockdevIoctlClient *client,
                   const uint8_t setup[UMOCK_SETUP]);
};

struct umock_node {
    const struct umock_node_operations *ops;
    void *owner;
    pthread_mutex_t *lock; /* NULL: only umockdev's thread is here */
    struct umock_urb *waiting, *done;
    bool is_gone;
    /* A program that asks in vain waits a little for its answer: its poll() finds the node always ready, so it would ask
     * without end. */
    bool is_patient;
    UMockdevIoctlClient *reaper;
    gint64 reaper_since_us;
};

struct usbdevfs_urb *umock_urb_of(const struct umock_urb *u);
/* It is done: `status` 0 or a negative errno, `actual` bytes moved. */
void umock_finish(struct umock_node *n, struct umock_urb *u, int status, int actual);
/* Whoever waits for an answer hears that there is none yet. */
void umock_relieve(struct umock_node *n);
/* The cable is out: what waits comes back as shut down, and may still be fetched. */
void umock_pull(struct umock_node *n);
void umock_forget(struct umock_node *n); /* everything that is held */
/* For umockdev_testbed_attach_ioctl(); the caller's reference. `n` must outlive it. */
UMockdevIoctlBase *umock_handler(struct umock_node *n);

/* A device as umockdev_testbed_add_from_string() wants it; g_free() it. `port` as in "1-1"; `number` makes its node
 * /dev/bus/usb/001/<number>. Descriptors of USB 2.0, 9.6.1 and 9.6.3. */
char *umock_describe(const char *port, unsigned number, const uint8_t device[18],
                     const uint8_t *configuration, size_t length);
void umock_syspath(char out[UMOCK_TEXT], const char *port);
void umock_device_node(char out[UMOCK_TEXT], unsigned number);
