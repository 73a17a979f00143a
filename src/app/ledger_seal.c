/* src/app/ledger_seal.c - keys and seals. A key is a text file that only its owner can read. A seal is an entry of the
 * trail, so that it is in the chain, and then a signature over that entry's hash, to be kept where nobody who can write
 * the ledger can write. Should the program be stopped between the two, the entry stands there without a signature, and
 * the next seal covers it. */
#include "app/key.h"
#include "app/seal.h"
#include "app/small_file.h"
#include "base/digest.h"
#include "base/os.h"
#include "base/signature.h"
#include "ledger/seal.h"
#include "report/ledger.h"

#include <string.h>

#define KEY_HEAD "giftrule key 1\n"

/* ---- keys ---- */

static gr_text print_key(const uint8_t seed[GR_KEY_SEED], const char *public_key, gr_arena *arena)
{
    char secret[GR_KEY_HEX];
    gr_text text;

    gr_hex_print(seed, GR_KEY_SEED, secret);
    text = gr_arena_print(arena, KEY_HEAD "secret %s\npublic %s\n", secret, public_key);
    gr_secret_forget(secret, sizeof secret);
    return text;
}

gr_status gr_key_create(const char *path, char *public_key, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    uint8_t seed[GR_KEY_SEED], key[GR_KEY_PUBLIC];
    char hex[GR_KEY_HEX];
    gr_text text = { NULL, 0 };
    gr_status status = GR_OK;

    if (!gr_key_make(seed)) {
        gr_arena_free(arena);
        return gr_fail(err, GR_EIO, GR_NOWHERE, "try again", "the system gives no random numbers");
    }
    gr_key_public(seed, key);
    gr_hex_print(key, sizeof key, hex);
    if (arena)
        text = print_key(seed, hex, arena);
    gr_secret_forget(seed, GR_KEY_SEED);
    status = text.ptr ? gr_secret_file_write(path, text, err) : gr_fail_memory(err);
    if (text.ptr)
        gr_secret_forget((char *)(uintptr_t)text.ptr, text.len);
    gr_arena_free(arena);
    if (status == GR_OK)
        memcpy(public_key, hex, sizeof hex);
    return status;
}

/* The public half that stands there is a note to people; the real one follows from the secret. */
gr_status gr_key_read(const char *path, gr_arena *arena, uint8_t seed[GR_KEY_SEED], gr_error *err)
{
    const gr_text head = GR_TEXT(KEY_HEAD "secret ");
    size_t digits = 2 * GR_KEY_SEED;
    gr_text bytes;
    gr_status status = gr_small_file_read(path, arena, &bytes, err);

    if (status != GR_OK)
        return status;
    if (bytes.len < head.len + digits || !gr_text_starts(bytes, head) ||
        !gr_hex_read(gr_text_slice(bytes, head.len, head.len + digits), seed, GR_KEY_SEED))
        return gr_fail(err, GR_EINPUT, (gr_place){ path, 0, 0 },
                       "make one with: giftrule ledger key -o FILE", "this file is no key");
    return GR_OK;
}

/* ---- seals ---- */

static gr_status add_entry(const char *path, const char *author, gr_arena *arena,
                           gr_seal_said *said, gr_error *err)
{
    gr_deed deed = { gr_os_now(), gr_text_of(author), "seal" };
    gr_text note = gr_arena_print(arena, "key %.16s", said->public_key.ptr);
    gr_seal_said head = { .run = 0 };
    gr_ledger *ledger = NULL;
    gr_status status = note.ptr ? gr_ledger_open_present(path, &ledger, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_begin(ledger, &deed, err);
    if (status == GR_OK)
        status = gr_ledger_seal_add(ledger, said->public_key, err);
    if (status == GR_OK)
        status = gr_ledger_commit(ledger, note, err);
    if (status == GR_OK)
        status = gr_ledger_head(ledger, arena, &head, err);
    gr_ledger_close(ledger);
    if (status != GR_OK)
        return status;
    said->run = head.run;
    said->moment = head.moment;
    said->hash = head.hash;
    said->ledger = gr_text_of(path);
    return GR_OK;
}

static gr_status sign(gr_seal_said *said, const uint8_t seed[GR_KEY_SEED], gr_arena *arena,
                      gr_error *err)
{
    gr_text words = gr_seal_words(said, arena);
    uint8_t signature[GR_SIGNATURE];
    char hex[GR_SIGNATURE_HEX];

    if (!words.ptr)
        return gr_fail_memory(err);
    gr_signature_make(words, seed, signature);
    gr_hex_print(signature, sizeof signature, hex);
    said->signature = gr_arena_copy(arena, gr_text_of(hex));
    return said->signature.ptr ? GR_OK : gr_fail_memory(err);
}

typedef struct collected {
    gr_arena *arena;
    gr_text text;
} collected;

static bool collect(void *context, const char *bytes, size_t length)
{
    collected *c = context;

    c->text = gr_arena_print(c->arena, "%.*s%.*s", GR_ALL(c->text), (int)length, bytes);
    return c->text.ptr != NULL;
}

static gr_status write_seal(const gr_seal_said *said, const char *path, gr_arena *arena,
                            gr_on_output output, void *context, gr_error *err)
{
    collected c = { arena, GR_TEXT("") };
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, collect, &c);
    status = gr_seal_print(said, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail_memory(err);
    if (status != GR_OK)
        return status;
    if (path)
        return gr_small_file_write(path, c.text, err);
    if (!output(context, c.text.ptr, c.text.len))
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the seal cannot be written");
    return GR_OK;
}

static gr_status seal(const gr_seal_options *o, gr_arena *arena, uint8_t seed[GR_KEY_SEED],
                      gr_on_output output, void *context, gr_error *err)
{
    gr_seal_said said = { .run = 0 };
    uint8_t key[GR_KEY_PUBLIC];
    char hex[GR_KEY_HEX];
    gr_status status = gr_key_read(o->key, arena, seed, err);

    if (status != GR_OK)
        return status;
    gr_key_public(seed, key);
    gr_hex_print(key, sizeof key, hex);
    said.public_key = gr_text_of(hex);
    status = add_entry(o->ledger, o->author, arena, &said, err);
    if (status == GR_OK)
        status = sign(&said, seed, arena, err);
    return status == GR_OK ? write_seal(&said, o->output, arena, output, context, err) : status;
}

gr_status gr_seal(const gr_seal_options *options, gr_on_output output, void *context, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    uint8_t seed[GR_KEY_SEED];
    gr_status status =
        arena ? seal(options, arena, seed, output, context, err) : gr_fail_memory(err);

    gr_secret_forget(seed, GR_KEY_SEED);
    gr_arena_free(arena);
    return status;
}
