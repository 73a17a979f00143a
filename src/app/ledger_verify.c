/* src/app/ledger_verify.c - the ledger against its own trail, and against a seal that was kept elsewhere. */
#include "app/seal.h"
#include "app/small_file.h"
#include "base/digest.h"
#include "base/signature.h"
#include "ledger/verify.h"
#include "report/ledger.h"

#include <strings.h>

typedef struct verifying {
    gr_arena *arena;
    gr_ledger *ledger;
    gr_verification v;
    const char *seal, *public_key;
} verifying;

static gr_status read_seal(verifying *w, gr_error *err)
{
    uint8_t key[GR_KEY_PUBLIC];
    gr_text bytes;
    gr_status status;

    if (w->public_key && !gr_hex_read(gr_text_of(w->public_key), key, sizeof key))
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--public-key", 0, 0 },
                       "give the 64 digits that giftrule ledger key has printed",
                       "'%.80s' is no public key", w->public_key);
    if (!w->seal)
        return w->public_key ? gr_fail(err, GR_EUSAGE, (gr_place){ "--public-key", 0, 0 },
                                       "name the seal by --seal FILE",
                                       "there is no seal to be checked with it")
                             : GR_OK;
    status = gr_small_file_read(w->seal, w->arena, &bytes, err);
    return status == GR_OK ? gr_seal_parse(bytes, w->seal, w->arena, &w->v.sealed, err) : status;
}

static bool is_signed(verifying *w, gr_text words)
{
    uint8_t key[GR_KEY_PUBLIC], signature[GR_SIGNATURE];

    return gr_hex_read(w->v.sealed.public_key, key, sizeof key) &&
           gr_hex_read(w->v.sealed.signature, signature, sizeof signature) &&
           gr_signature_fits(words, signature, key);
}

/* The hash is computed anew: what the entry says of itself proves nothing. */
static gr_status check_seal(verifying *w, gr_error *err)
{
    const gr_seal_said *said = &w->v.sealed;
    gr_text words = gr_seal_words(said, w->arena);
    char hex[GR_DIGEST_HEX];
    gr_status status;

    if (!words.ptr)
        return gr_fail_memory(err);
    if (!is_signed(w, words))
        w->v.seal = GR_SEAL_FORGED;
    else if (w->public_key && strcasecmp(w->public_key, said->public_key.ptr) != 0)
        w->v.seal = GR_SEAL_OTHER;
    if (w->v.seal != GR_SEAL_NONE)
        return GR_OK;
    status = gr_ledger_hash_of(w->ledger, said->run, hex, err);
    if (status == GR_OK && hex[0] == '\0')
        w->v.seal = GR_SEAL_NEWER;
    else
        w->v.seal = status == GR_OK && gr_text_is(said->hash, hex) ? GR_SEAL_FITS : GR_SEAL_CHANGED;
    return status == GR_EIO ? GR_OK : status; /* an entry that cannot be read is told as a fault */
}

static gr_status verify(verifying *w, const char *path, gr_error *err)
{
    gr_verification found;
    gr_status status = read_seal(w, err);

    if (status == GR_OK)
        status = gr_ledger_open_verifying(path, &w->ledger, err);
    if (status == GR_OK)
        status = gr_ledger_verify(w->ledger, w->arena, &found, err);
    if (status != GR_OK)
        return status;
    found.ledger = gr_text_of(path);
    found.sealed = w->v.sealed;
    w->v = found;
    return w->seal ? check_seal(w, err) : GR_OK;
}

static gr_status write(const verifying *w, const gr_report_style *style, gr_on_output output,
                       void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_verification_json(&w->v, &writer, err);
    else
        status = gr_verification_text(&w->v, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the result cannot be written");
    return status;
}

gr_status gr_verify(const char *ledger, const char *seal, const char *public_key,
                    const gr_report_style *style, gr_on_output output, void *context,
                    bool *is_whole, gr_error *err)
{
    verifying w = { .arena = gr_arena_create(), .seal = seal, .public_key = public_key };
    gr_status status = w.arena ? verify(&w, ledger, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = write(&w, style, output, context, err);
    if (status == GR_OK)
        *is_whole = w.v.faults == 0 && w.v.seal <= GR_SEAL_FITS;
    gr_ledger_close(w.ledger);
    gr_arena_free(w.arena);
    return status;
}
