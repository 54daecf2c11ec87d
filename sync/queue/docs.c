#include "sync/queue/docs.h"

#include <string.h>

#include "sync/queue/inside.h"

int docs_put(struct store *s, const char *name, const struct doc_facts *facts,
             const struct bytes *body, const struct bytes *signature)
{
    int r = store_need(s);
    return r ? r
             : store_result(s, DB_CHANGE(s->db, Q_DOC_PUT, DB_T(name), DB_I(facts->version),
                                         DB_T(facts->etag), DB_B(body->data, body->length),
                                         DB_B(signature->data, signature->length)));
}

int docs_facts(struct store *s, const char *name, struct doc_facts *out)
{
    *out = (struct doc_facts){ 0 };
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_DOC_FACTS];
    r = DB_QUERY(s->db, q, DB_T(name));
    if (!r) {
        out->version = db_i64(q, 0);
        db_text(out->etag, sizeof(out->etag), q, 1);
    }
    return store_result(s, r);
}

int docs_get(struct store *s, const char *name, struct bytes *body, struct bytes *signature)
{
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_DOC_GET];
    r = DB_QUERY(s->db, q, DB_T(name));
    if (r)
        return store_result(s, r);
    r = bytes_append(signature, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0));
    return r ? r
             : bytes_append(body, sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1));
}
