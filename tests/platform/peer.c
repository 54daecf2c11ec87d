/* The kiosk at the other end: the common name of a certificate of the kiosk CA. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <string.h>
#include <time.h>

#include "tests/platform/server.h"

/* A kiosk that was offline for long may still ask for a new certificate. */
enum { GRACE_DAYS = 60 };

static bool is_recent(gnutls_x509_crt_t certificate)
{
    time_t end = gnutls_x509_crt_get_expiration_time(certificate);
    return end > 0 && time(NULL) - end < (time_t)GRACE_DAYS * 24 * 3600;
}

static void read_name(struct request_in *q, gnutls_x509_crt_t certificate)
{
    size_t size = sizeof(q->kiosk);
    if (gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, q->kiosk,
                                      &size) ||
        strlen(q->kiosk) != size)
        q->kiosk[0] = 0;
}

static void read_serial(struct request_in *q, gnutls_x509_crt_t certificate)
{
    uint8_t serial[SERIAL_HEX / 2];
    size_t size = sizeof(serial);
    if (gnutls_x509_crt_get_serial(certificate, serial, &size))
        q->kiosk[0] = 0; /* one that could not be revoked is none of ours */
    else
        hex_encode(q->serial, serial, size);
}

void peer_read(struct request_in *q)
{
    unsigned count = 0, status = 0;
    gnutls_x509_crt_t certificate;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(q->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    q->kiosk[0] = 0;
    if (!info)
        return;
    gnutls_session_t session = info->tls_session;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    if (!chain || !count || gnutls_certificate_verify_peers2(session, &status))
        return;
    q->is_expired = status == (GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED);
    if ((status && !q->is_expired) || gnutls_x509_crt_init(&certificate))
        return;
    if (!gnutls_x509_crt_import(certificate, &chain[0], GNUTLS_X509_FMT_DER) &&
        (!q->is_expired || is_recent(certificate)))
        read_name(q, certificate);
    if (*q->kiosk)
        read_serial(q, certificate);
    gnutls_x509_crt_deinit(certificate);
}
