/* The kiosk's private key as a file of the data folder. On a board with a TPM this device has a secret that only its TPM unseals
 * (docs/board.md): then the file is encrypted with it, and is of no use to whoever takes the medium along. Without a secret it
 * lies in clear, mode 0600. The key in clear is otherwise in memory alone. */
#pragma once

#include <stdint.h>

#include "firmware/base/bytes.h"

#define KEY_FILE "key.pem"

struct key_file {
    const char *folder;
    uint8_t *secret; /* KEY_SECRET_BYTES in locked memory; NULL: this device has none */
};

enum {
    KEY_FILE_E_CLOSED = 1, /* another secret's, or no key: nobody can use it here */
};

/* `folder` is borrowed. `secret_file` holds the secret and nothing else; NULL, absent or of another size: there is none. */
NODISCARD int key_file_open(struct key_file *k, const char *folder, const char *secret_file);
void key_file_close(struct key_file *k); /* wipes the secret */
/* A key that lies in clear though there is a secret is replaced by itself encrypted, and its old bytes are written over. Whenever power
 * fails, one of the two is there whole. 0 also when there is nothing to do. */
NODISCARD int key_file_settle(const struct key_file *k);
/* Appends the key in clear, as PEM. 0, -ENOENT, KEY_FILE_E_CLOSED or a fault. */
NODISCARD int key_file_read(struct bytes *pem, const struct key_file *k);
/* Durably, in the form that is right here. */
NODISCARD int key_file_write(const struct key_file *k, const struct bytes *pem);
