#include "tests/umock/usbfs.h"

#if __has_include(<umockdev.h>)
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/umock/node.h"

enum { ENDPOINT_IN = 0x80, IDLE_US = 50, NUMBER = 2 };

static const char port[] = "1-1";

static struct server {
    UMockdevTestbed *bed;
    struct sim_device *device;
    const struct umock_script *script;
    struct umock_node node;
    unsigned outs;
} server;

/* ---- transfers ----------------------------------------------------------------------- */

static void end(struct umock_urb *u, int moved)
{
    umock_finish(&server.node, u, moved < 0 ? -EPIPE : 0, moved < 0 ? 0 : moved);
}

/* Offer every waiting IN transfer to the device. */
static void feed(void)
{
    struct umock_urb *next;
    for (struct umock_urb *u = server.node.waiting; u; u = next) {
        next = u->next;
        int n = server.device->in(server.device, umock_urb_of(u)->endpoint, u->buffer->data,
                                  (size_t)umock_urb_of(u)->buffer_length, 0);
        if (n != SIM_NAK)
            end(u, n);
    }
}

static void pull(void)
{
    char syspath[UMOCK_TEXT];
    umock_syspath(syspath, port);
    umock_pull(&server.node);
    umockdev_testbed_uevent(server.bed, syspath, "remove");
    umockdev_testbed_remove_device(server.bed, syspath);
}

/* A request on endpoint 0: eight bytes of set-up, then its data (USB 2.0, 9.3). */
static void control(struct umock_urb *u)
{
    uint8_t room[UMOCK_SETUP + UINT16_MAX] = { 0 };
    size_t length = (size_t)umock_urb_of(u)->buffer_length;
    memcpy(room, u->buffer->data, length < sizeof(room) ? length : sizeof(room));
    int n = server.device->control(server.device, room, room + UMOCK_SETUP, 0);
    if (n > 0 && room[0] & ENDPOINT_IN) {
        n = (size_t)n < length - UMOCK_SETUP ? n : (int)(length - UMOCK_SETUP);
        memcpy(u->buffer->data + UMOCK_SETUP, room + UMOCK_SETUP, (size_t)n);
    }
    end(u, n);
}

static int submit(struct umock_node *node, struct umock_urb *u)
{
    (void)node;
    if (umock_urb_of(u)->type == USBDEVFS_URB_TYPE_CONTROL) {
        control(u);
        return 0;
    }
    if (umock_urb_of(u)->endpoint & ENDPOINT_IN) {
        feed();
        return 0;
    }
    if (++server.outs == server.script->pull_at) {
        pull();
        return 0;
    }
    end(u, server.device->out(server.device, umock_urb_of(u)->endpoint, u->buffer->data,
                              (size_t)umock_urb_of(u)->buffer_length, 0));
    if (server.script->moved)
        server.script->moved(server.script->context, server.outs);
    feed();
    return 0;
}

static void discard(struct umock_node *node, struct umock_urb *u)
{
    umock_finish(node, u, -ENOENT, 0);
}

static int request(struct umock_node *node, UMockdevIoctlClient *client,
                   const uint8_t setup[UMOCK_SETUP])
{
    enum { TO_ENDPOINT = 2 };
    (void)node, (void)client;
    if (setup[0] == TO_ENDPOINT)
        server.device->clear_halt(server.device, setup[4]);
    return 0;
}

static const struct umock_node_operations operations = { submit, discard, request };

/* ---- the device ---------------------------------------------------------------------- */

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
    char node[UMOCK_TEXT];
    char *text = umock_describe(port, NUMBER, device->device_descriptor, device->configuration,
                                device->configuration_length);
    int r = -1;
    server = (struct server){ .bed = umockdev_testbed_new(),
                              .device = device,
                              .script = script,
                              .node = { .ops = &operations } };
    UMockdevIoctlBase *handler = umock_handler(&server.node);
    umock_device_node(node, NUMBER);
    if (umockdev_testbed_add_from_string(server.bed, text, NULL) &&
        umockdev_testbed_attach_ioctl(server.bed, node, handler, NULL)) {
        r = run_program(program);
        if (!server.node.is_gone)
            umockdev_testbed_detach_ioctl(server.bed, node, NULL);
    }
    umock_forget(&server.node);
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
