/* Keys for what travels by stick, made when they are needed: a kiosk CA with two kiosks, the county's signer of documents,
 * and somebody else's CA. All PEM. */
#pragma once

#include "firmware/base/bytes.h"

struct stick_keys {
    struct bytes kiosk_ca, other_ca;
    struct bytes kiosk_key, kiosk_pem;   /* K0012 under kiosk_ca */
    struct bytes second_key, second_pem; /* K0077 */
    struct bytes third_key, third_pem;   /* K0099 */
    struct bytes other_key, other_pem;   /* K0012 again, under other_ca */
    /* Documents: the CA's certificate is document-ca.pem of a trust folder. */
    struct bytes document_ca, signer_key, signer_pem;
};
/* Fails the test when it cannot. */
void stick_keys_make(struct stick_keys *k);
/* document-ca.pem and sealing-ca.pem (the same: nothing is sealed here), signer.key, signer.pem, kiosk-ca.pem,
 * kiosk.key and kiosk.pem in `folder`. */
void stick_keys_write(const struct stick_keys *k, const char *folder);
void stick_keys_clear(struct stick_keys *k);
