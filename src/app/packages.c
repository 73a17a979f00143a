/* src/app/packages.c - a folder for each account executive, ready to be sent: what he or she gave, and what was found about
 * it. All of them are put in their place together, with one list of digests.
 *
 * A folder is called after the id, in letters that every file system takes; where that says less than the id, or is what
 * another one is called too, some digits of a digest stand behind. */
#include "app/packages.h"

#include "app/audience.h"
#include "app/key.h"
#include "base/digest.h"
#include "report/evidence.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

enum { SLUG = 40, DIGITS = 8 };

/* ---- names of folders ---- */

/* Devices, to some systems. */
static bool is_reserved(const char *slug)
{
    static const char *const names[] = { "con", "prn", "aux", "nul" };

    for (size_t i = 0; i < GR_COUNT(names); i++)
        if (strcmp(slug, names[i]) == 0)
            return true;
    return (strncmp(slug, "com", 3) == 0 || strncmp(slug, "lpt", 3) == 0) && strlen(slug) == 4;
}

/* As the folders do that get digits of a digest: nobody may be called like one of those. */
static bool ends_in_digits(gr_text slug)
{
    gr_text end = gr_text_slice(slug, slug.len > DIGITS ? slug.len - DIGITS : 0, slug.len);

    for (size_t i = 0; i < end.len; i++)
        if (!strchr("0123456789abcdef", end.ptr[i]))
            return false;
    return slug.len > DIGITS && slug.ptr[slug.len - DIGITS - 1] == '-';
}

/* Small letters, digits, single hyphens. False: something of the id is lost, beside the size of letters. */
static bool print_slug(gr_text id, char out[SLUG + 1])
{
    bool is_whole = id.len > 0 && id.len <= SLUG;
    size_t n = 0;

    for (size_t i = 0; i < id.len && n < SLUG; i++) {
        char c = id.ptr[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            is_whole = false;
            c = '-';
        }
        if (c == '-' && (n == 0 || out[n - 1] == '-'))
            is_whole = false;
        else
            out[n++] = c;
    }
    while (n > 0 && out[n - 1] == '-') {
        is_whole = false;
        n--;
    }
    out[n] = '\0';
    return is_whole && !is_reserved(out) && !ends_in_digits(gr_text_of(out));
}

typedef struct named {
    size_t executive;
    char slug[SLUG + 1];
    bool is_whole;
} named;

static int by_slug(const void *a, const void *b)
{
    return strcmp(((const named *)a)->slug, ((const named *)b)->slug);
}

static int by_executive(const void *a, const void *b)
{
    const named *x = a, *y = b;

    return (x->executive > y->executive) - (x->executive < y->executive);
}

static gr_text print_folder(const gr_executive *who, const named *name, gr_arena *arena)
{
    char hex[GR_DIGEST_HEX];
    gr_digest digest;

    if (name->is_whole)
        return gr_arena_print(arena, "%s", name->slug);
    gr_digest_start(&digest);
    gr_digest_add(&digest, who->id.ptr, who->id.len);
    gr_digest_add(&digest, "", 1);
    if (who->id.len == 0)
        gr_digest_add(&digest, who->name.ptr, who->name.len);
    gr_digest_end(&digest, hex);
    return gr_arena_print(arena, "%s%s%.*s", name->slug, name->slug[0] ? "-" : "unnamed-", DIGITS,
                          hex);
}

static bool has_something(const gr_executive *who)
{
    return who->summary.gifts > 0 || who->finding_count > 0 || who->reference_count > 0;
}

gr_status gr_packages_name(const gr_report *report, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_list names = GR_LIST(named);
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < report->executive_count; i++) {
        named one = { .executive = i };
        const gr_executive *who = &report->executive[i];

        one.is_whole =
            print_slug(who->id.len > 0 ? who->id : who->name, one.slug) && who->id.len > 0;
        if (has_something(who) && !gr_list_push(&names, &one))
            status = gr_fail_memory(err);
    }
    if (names.count > 1)
        qsort(names.items, names.count, sizeof(named), by_slug);
    for (size_t i = 1; i < names.count; i++)
        if (by_slug(GR_AT(names, named, i - 1), GR_AT(names, named, i)) == 0)
            GR_AT(names, named, i - 1)->is_whole = GR_AT(names, named, i)->is_whole = false;
    if (names.count > 1)
        qsort(names.items, names.count, sizeof(named), by_executive);
    for (size_t i = 0; status == GR_OK && i < names.count; i++) {
        const named *name = GR_AT(names, named, i);
        const gr_executive *who = &report->executive[name->executive];
        gr_package_of one = { { who->id, who->name, print_folder(who, name, arena), who->summary },
                              name->executive };

        if (!one.told.folder.ptr || !gr_list_push(out, &one))
            status = gr_fail_memory(err);
    }
    gr_list_free(&names);
    return status;
}

/* ---- one package ---- */

typedef enum piece {
    PIECE_PAGE,
    PIECE_JSON,
    PIECE_FINDINGS,
    PIECE_COUNTED,
    PIECE_GIFTS,
    PIECE_SUBJECT
} piece;

static gr_status write_piece(const gr_report *report, piece what, gr_writer *writer, gr_error *err)
{
    switch (what) {
    case PIECE_PAGE:
        return gr_report_html(report, writer, err);
    case PIECE_JSON:
        return gr_report_json(report, writer, err);
    case PIECE_FINDINGS:
        return gr_report_csv(report, "findings", writer, err);
    case PIECE_COUNTED:
        return gr_report_csv(report, "counted", writer, err);
    case PIECE_GIFTS:
        return gr_report_csv(report, "gifts", writer, err);
    case PIECE_SUBJECT:
        break;
    }
    return gr_report_subject(report, writer, err);
}

static gr_status write_spreadsheet(gr_folder *folder, const gr_report *report, gr_text in,
                                   gr_arena *arena, gr_error *err)
{
    gr_text name = gr_arena_print(arena, "%s/report.xlsx", in.ptr);
    const char *path;
    gr_status status =
        name.ptr ? gr_folder_path_of(folder, name.ptr, &path, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_report_xlsx(report, path, err);
    return status == GR_OK ? gr_folder_add_file(folder, name.ptr, err) : status;
}

static gr_status write_package(gr_folder *folder, const gr_report *report, gr_text in,
                               gr_arena *arena, gr_error *err)
{
    static const char *const names[] = {
        [PIECE_PAGE] = "report.html",      [PIECE_JSON] = "report.json",
        [PIECE_FINDINGS] = "findings.csv", [PIECE_COUNTED] = "counted.csv",
        [PIECE_GIFTS] = "gifts.csv",       [PIECE_SUBJECT] = "subject.txt"
    };
    gr_status status = GR_OK;

    for (size_t i = 0; i < GR_COUNT(names) && status == GR_OK; i++) {
        gr_text name = gr_arena_print(arena, "%s/%s", in.ptr, names[i]);
        gr_writer *writer;

        status =
            name.ptr ? gr_folder_start_file(folder, name.ptr, &writer, err) : gr_fail_memory(err);
        if (status == GR_OK)
            status = write_piece(report, (piece)i, writer, err);
        if (status == GR_OK)
            status = gr_folder_end_file(folder, err);
    }
    return status == GR_OK ? write_spreadsheet(folder, report, in, arena, err) : status;
}

static gr_status add_package(gr_folder *folder, gr_mask *mask, const gr_package_of *one,
                             gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_report own;
    gr_text in =
        arena ? gr_arena_print(arena, "executives/%s", one->told.folder.ptr) : (gr_text){ NULL, 0 };
    gr_status status = in.ptr ? gr_mask_view(mask, (uint32_t)one->executive, arena, &own, err)
                              : gr_fail_memory(err);

    if (status == GR_OK)
        status = write_package(folder, &own, in, arena, err);
    gr_arena_free(arena);
    return status;
}

/* ---- all of them ---- */

static gr_status write_index(gr_folder *folder, const gr_list *packages, gr_arena *arena,
                             gr_error *err)
{
    gr_package *told = gr_arena_alloc(arena, sizeof *told * (packages->count + 1));
    gr_writer *writer;
    gr_status status =
        told ? gr_folder_start_file(folder, "index.csv", &writer, err) : gr_fail_memory(err);

    if (status != GR_OK)
        return status;
    for (size_t i = 0; i < packages->count; i++)
        told[i] = GR_AT(*packages, gr_package_of, i)->told;
    gr_packages_csv(told, packages->count, writer);
    return gr_folder_end_file(folder, err);
}

static gr_status fill(gr_folder *folder, const gr_report *report, gr_list *packages,
                      gr_arena *arena, gr_error *err)
{
    gr_mask *mask = NULL;
    gr_status status = gr_packages_name(report, arena, packages, err);

    if (status == GR_OK)
        status = gr_mask_make(GR_FOR_EXECUTIVE, report, NULL, &mask, err);
    for (size_t i = 0; i < packages->count && status == GR_OK; i++)
        status = add_package(folder, mask, GR_AT(*packages, gr_package_of, i), err);
    gr_mask_free(mask);
    return status == GR_OK ? write_index(folder, packages, arena, err) : status;
}

static gr_status save(const gr_report *report, const uint8_t *seed, const char *path, size_t *count,
                      gr_arena *arena, gr_error *err)
{
    gr_list packages = GR_LIST(gr_package_of);
    gr_folder *folder = NULL;
    gr_status status = gr_folder_create(path, &folder, err);

    if (status == GR_OK)
        status = fill(folder, report, &packages, arena, err);
    if (status == GR_OK)
        status = gr_folder_finish(folder, seed, err);
    if (status == GR_OK)
        *count = packages.count;
    gr_folder_free(folder);
    gr_list_free(&packages);
    return status;
}

gr_status gr_packages_save(const gr_report *report, const char *key, const char *path,
                           size_t *count, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    uint8_t seed[GR_KEY_SEED];
    gr_status status = arena ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK && !report->book)
        status = gr_fail(err, GR_EUSAGE, GR_NOWHERE, "make the report with its gifts",
                         "packages list gifts, and the report has none");
    if (status == GR_OK && key)
        status = gr_key_read(key, arena, seed, err);
    if (status == GR_OK)
        status = save(report, key ? seed : NULL, path, count, arena, err);
    gr_secret_forget(seed, GR_KEY_SEED);
    gr_arena_free(arena);
    return status;
}
