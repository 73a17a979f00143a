/* tests/fuzz/fuzz_export.c - any bytes may be given as an export: a refusal names the file and
 * says why; and what comes out is the same however the bytes come in. must() aborts in release
 * builds too, unlike assert(). The formats are those of rules/, so it is run from the root of the
 * repository. */
#include <stdarg.h>

#include "../unit/ingest_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void must_refuse_well(const gr_ingest *ingest)
{
    for (size_t i = 0; i < ingest->refused.count; i++) {
        const gr_error *err = GR_AT(ingest->refused, gr_error, i);

        must(err->status != GR_OK && err->file[0] && err->message[0] && err->hint[0]);
    }
}

static char *read_in_pieces(const gr_formats *formats, gr_text bytes, size_t piece, bool *refused)
{
    gr_ingest ingest;
    gr_error err = { 0 };
    dump d;

    dump_start(&d, &ingest, formats);
    must(gr_ingest_pieces(&ingest, GR_TEXT("export.xml"), bytes, 0, piece, &err) == GR_OK);
    must_refuse_well(&ingest);
    *refused = ingest.refused.count > 0;
    return dump_end(&d, &ingest);
}

/* Loaded once: it is the exports that are tried here. */
static const gr_formats *formats_of_rules(void)
{
    static const gr_formats *formats;
    static gr_arena *volatile arena; /* kept in sight, so that it is no leak */
    gr_problems problems = { 0 };
    gr_error err = { 0 };

    if (!formats) {
        arena = gr_arena_create();
        must(arena != NULL);
        must(gr_formats_load("rules/formats", "rules/schema/format.xsd", arena, &problems, &formats,
                             &err) == GR_OK);
    }
    return formats;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gr_text bytes = { (const char *)data, size };
    const gr_formats *formats = formats_of_rules();
    bool whole_refused, pieces_refused;
    char *whole = read_in_pieces(formats, bytes, GR_PIECE, &whole_refused);
    char *pieces = read_in_pieces(formats, bytes, 1 + size % 13, &pieces_refused);

    must(whole_refused == pieces_refused);
    must(whole_refused || strcmp(whole, pieces) == 0);
    free(whole);
    free(pieces);
    return 0;
}
