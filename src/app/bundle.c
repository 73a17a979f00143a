/* src/app/bundle.c - what an examiner asks for, in one folder: the register and the findings of some days, who decided what,
 * the rules as they stood, the trail, and a page that says how to check all of it.
 *
 * It is made by reading alone. An entry in the trail that says so would make a writer of everybody who may read, a ledger
 * kept as a copy would part from its original, and the second of two bundles would never equal the first. Who wants one
 * seals the ledger before: giftrule ledger seal. */
#include "app/key.h"
#include "app/output.h"
#include "app/seal.h"
#include "base/digest.h"
#include "ledger/evidence.h"
#include "ledger/moment.h"
#include "ledger/rules_store.h"
#include "report/evidence.h"
#include "report/ledger.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 5, SHORT_DIGEST = 16 };

typedef struct bundling {
    const gr_bundle_options *options;
    gr_arena *arena;
    gr_report *report;
    gr_ledger *ledger; /* at the moment of the report */
    gr_folder *folder;
    gr_list link, decision, set;
    gr_bundle told;
    const uint8_t *seed; /* NULL: it is not signed */
    char public_key[GR_KEY_HEX];
} bundling;

/* ---- one moment ---- */

static gr_status open_at(bundling *b, gr_ledger **out, gr_moment *moment, gr_error *err)
{
    const gr_recall_options *o = &b->options->recall;
    gr_ledger *ledger;
    gr_status status = gr_ledger_open_reading(o->ledger, &ledger, err);

    if (status != GR_OK)
        return status;
    status = gr_ledger_moment_find(ledger, "--as-known-on", o->as_known_on, moment, err);
    if (status == GR_OK)
        status = gr_ledger_look_back(ledger, moment->run, err);
    if (status == GR_OK)
        *out = ledger;
    else
        gr_ledger_close(ledger);
    return status;
}

/* The report opens the ledger by itself: if nobody has written before it and after it, both saw the same. */
static gr_status try_once(bundling *b, bool *is_same, gr_error *err)
{
    gr_moment before = { 0, 0 }, after = { 0, 0 };
    gr_ledger *later = NULL;
    gr_status status = open_at(b, &b->ledger, &before, err);

    if (status == GR_OK)
        status = gr_report_recall(&b->options->recall, &b->report, err);
    if (status == GR_OK)
        status = open_at(b, &later, &after, err);
    *is_same = status == GR_OK && before.run == after.run;
    gr_ledger_close(later);
    return status;
}

static gr_status read_both(bundling *b, gr_error *err)
{
    for (int i = 0; i < TRIES; i++) {
        bool is_same = false;
        gr_status status = try_once(b, &is_same, err);

        if (status != GR_OK || is_same)
            return status;
        gr_report_free(b->report);
        gr_ledger_close(b->ledger);
        b->report = NULL;
        b->ledger = NULL;
    }
    return gr_fail(err, GR_EBUSY, (gr_place){ b->options->recall.ledger, 0, 0 },
                   "try again when they have finished", "others keep writing to the ledger");
}

/* ---- what it tells ---- */

static gr_status add_set(bundling *b, const gr_rules_kept *kept, gr_error *err)
{
    gr_evidence_rules set = { .sha256 = kept->sha256,
                              .program = kept->program,
                              .started = kept->started,
                              .run = kept->run,
                              .last_run = kept->last_run,
                              .choice = kept->choice,
                              .choice_count = kept->choice_count,
                              .file_count = kept->file_count };

    if (kept->file_count > 0)
        set.folder = gr_arena_print(b->arena, "rules/%.*s", SHORT_DIGEST, kept->sha256.ptr);
    return (kept->file_count == 0 || set.folder.ptr) && gr_list_push(&b->set, &set)
               ? GR_OK
               : gr_fail_memory(err);
}

/* Those by which gifts of these days were judged: from the first run that brought one. */
static gr_status read_sets(bundling *b, gr_list *kept, gr_error *err)
{
    gr_day from = b->told.has_from ? b->told.from : GR_DAY_FIRST;
    gr_day to = b->told.has_to ? b->told.to : GR_DAY_LAST;
    int64_t first = 0;
    gr_status status = gr_ledger_first_run_of_days(b->ledger, from, to, &first, err);

    if (first == 0 && b->report->book->gifts > 0)
        first = 1; /* the firm counts gifts by another of their days */
    if (status == GR_OK && first > 0)
        status = gr_ledger_rules_between(b->ledger, first,
                                         GR_AT(b->link, gr_trail_link, b->link.count - 1)->run,
                                         b->arena, kept, err);
    for (size_t i = 0; i < kept->count && status == GR_OK; i++)
        status = add_set(b, GR_AT(*kept, gr_rules_kept, i), err);
    if (status == GR_OK)
        status = gr_ledger_decisions_of_days(b->ledger, from, to, b->arena, &b->decision, err);
    return status;
}

/* An auditor works with pseudonyms: no words in which people may be named. */
static void leave_out_words(bundling *b)
{
    const char *role = b->options->recall.role;

    b->told.leaves_out = role && (strcmp(role, "auditor") == 0 || strcmp(role, "executive") == 0);
    for (size_t i = 0; b->told.leaves_out && i < b->link.count; i++)
        GR_AT(b->link, gr_trail_link, i)->note = GR_TEXT("");
    for (size_t i = 0; b->told.leaves_out && i < b->decision.count; i++) {
        gr_evidence_decision *d = GR_AT(b->decision, gr_evidence_decision, i);

        d->reason = GR_TEXT("");
        if (d->finding.len == 0)
            d->about = GR_TEXT("");
        if (strcmp(d->kind.ptr, "fact") == 0)
            d->what = GR_TEXT("");
    }
}

/* The filter of the report has found it good, if it is there. */
static bool read_day(const char *text, gr_day *out)
{
    gr_error ignored;

    return text && gr_day_parse(gr_text_of(text), GR_NOWHERE, out, &ignored) == GR_OK;
}

static gr_status gather(bundling *b, gr_list *kept, gr_error *err)
{
    const gr_report *report = b->report;
    gr_status status = gr_ledger_links(b->ledger, b->arena, &b->link, err);

    if (status == GR_OK && b->link.count == 0)
        return gr_fail(err, GR_EINPUT, (gr_place){ b->options->recall.ledger, 0, 0 },
                       "name a later moment by --as-known-on", "nothing was in this ledger then");
    b->told = (gr_bundle){ .ledger = report->ledger,
                           .generated = report->generated,
                           .program = GR_TEXT("giftrule " GR_VERSION),
                           .role = gr_text_of(b->options->recall.role),
                           .is_signed = b->seed != NULL,
                           .public_key = gr_text_of(b->public_key),
                           .summary = report->summary,
                           .gifts = report->book->gifts };
    b->told.has_from = read_day(b->options->recall.filter.from, &b->told.from);
    b->told.has_to = read_day(b->options->recall.filter.to, &b->told.to);
    if (status == GR_OK)
        status = read_sets(b, kept, err);
    if (status != GR_OK)
        return status;
    leave_out_words(b);
    b->told.decisions = b->decision.count;
    b->told.link = b->link.items;
    b->told.link_count = b->link.count;
    b->told.rules = b->set.items;
    b->told.rules_count = b->set.count;
    return GR_OK;
}

/* ---- reports ---- */

static bool to_writer(void *context, const char *bytes, size_t length)
{
    gr_writer *writer = context;

    gr_write(writer, bytes, length);
    return !writer->failed;
}

static gr_status put_style(bundling *b, const char *name, gr_report_part part, gr_format format,
                           const char *table, gr_error *err)
{
    const gr_report_style style = { .format = format, .part = part, .table = table };
    gr_writer *writer;
    const char *path;
    gr_status status;

    if (format == GR_FORMAT_XLSX) {
        status = gr_folder_path_of(b->folder, name, &path, err);
        if (status == GR_OK)
            status = gr_spreadsheet_save(b->report, part, path, err);
        return status == GR_OK ? gr_folder_add_file(b->folder, name, err) : status;
    }
    status = gr_folder_start_file(b->folder, name, &writer, err);
    if (status == GR_OK)
        status = gr_report_write(b->report, &style, to_writer, writer, err);
    return status == GR_OK ? gr_folder_end_file(b->folder, err) : status;
}

static gr_status put_reports(bundling *b, gr_error *err)
{
    static const struct {
        const char *name;
        gr_report_part part;
        gr_format format;
        const char *table;
    } files[] = {
        { "register/register.html", GR_REPORT_REGISTER, GR_FORMAT_HTML, NULL },
        { "register/register.csv", GR_REPORT_REGISTER, GR_FORMAT_CSV, NULL },
        { "register/register.xlsx", GR_REPORT_REGISTER, GR_FORMAT_XLSX, NULL },
        { "findings/report.html", GR_REPORT_WHOLE, GR_FORMAT_HTML, NULL },
        { "findings/report.json", GR_REPORT_WHOLE, GR_FORMAT_JSON, NULL },
        { "findings/findings.csv", GR_REPORT_WHOLE, GR_FORMAT_CSV, "findings" },
        { "findings/counted.csv", GR_REPORT_WHOLE, GR_FORMAT_CSV, "counted" },
    };
    gr_status status = GR_OK;

    for (size_t i = 0; i < GR_COUNT(files) && status == GR_OK; i++)
        status = put_style(b, files[i].name, files[i].part, files[i].format, files[i].table, err);
    return status;
}

/* ---- rules ---- */

static gr_status put_bytes(bundling *b, const char *folder, gr_text name, gr_text bytes,
                           gr_error *err)
{
    gr_text path = gr_arena_print(b->arena, "%s/%.*s", folder, GR_ALL(name));
    gr_writer *writer;
    gr_status status =
        path.ptr ? gr_folder_start_file(b->folder, path.ptr, &writer, err) : gr_fail_memory(err);

    if (status != GR_OK)
        return status;
    gr_write_text(writer, bytes);
    return gr_folder_end_file(b->folder, err);
}

static gr_status put_choices(bundling *b, const gr_evidence_rules *set, gr_error *err)
{
    gr_text path = gr_arena_print(b->arena, "%s/choices.csv", set->folder.ptr);
    gr_writer *writer;
    gr_status status =
        path.ptr ? gr_folder_start_file(b->folder, path.ptr, &writer, err) : gr_fail_memory(err);

    if (status != GR_OK)
        return status;
    gr_rule_choices_csv(set, writer);
    return gr_folder_end_file(b->folder, err);
}

static gr_status put_files(bundling *b, const gr_evidence_rules *set, int64_t rules, gr_error *err)
{
    gr_list files = GR_LIST(gr_rule_file);
    gr_arena *arena = gr_arena_create();
    gr_status status =
        arena ? gr_ledger_rules_files(b->ledger, rules, arena, &files, err) : gr_fail_memory(err);

    for (size_t i = 0; i < files.count && status == GR_OK; i++) {
        const gr_rule_file *file = GR_AT(files, gr_rule_file, i);

        status = put_bytes(b, set->folder.ptr, file->name, file->bytes, err);
    }
    if (status == GR_OK)
        status = put_choices(b, set, err);
    gr_list_free(&files);
    gr_arena_free(arena);
    return status;
}

/* Rules that come back have another row and the same files. */
static bool is_put(const bundling *b, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (gr_text_equal(GR_AT(b->set, gr_evidence_rules, k)->folder,
                          GR_AT(b->set, gr_evidence_rules, i)->folder))
            return true;
    return false;
}

static gr_status put_rules(bundling *b, const gr_list *kept, gr_error *err)
{
    gr_writer *writer;
    gr_status status = GR_OK;

    for (size_t i = 0; i < b->set.count && status == GR_OK; i++) {
        const gr_evidence_rules *set = GR_AT(b->set, gr_evidence_rules, i);

        if (set->file_count > 0 && !is_put(b, i))
            status = put_files(b, set, GR_AT(*kept, gr_rules_kept, i)->rules, err);
    }
    if (status == GR_OK)
        status = gr_folder_start_file(b->folder, "rules/index.csv", &writer, err);
    if (status != GR_OK)
        return status;
    gr_rule_sets_csv(b->told.rules, b->told.rules_count, writer);
    return gr_folder_end_file(b->folder, err);
}

/* ---- the trail ---- */

static gr_status put_trail(bundling *b, gr_error *err)
{
    gr_writer *writer;
    gr_status status = gr_folder_start_file(b->folder, "decisions.csv", &writer, err);

    if (status != GR_OK)
        return status;
    gr_decisions_csv(b->decision.items, b->decision.count, writer);
    status = gr_folder_end_file(b->folder, err);
    if (status == GR_OK)
        status = gr_folder_start_file(b->folder, "trail.csv", &writer, err);
    if (status != GR_OK)
        return status;
    gr_trail_csv(b->told.link, b->told.link_count, writer);
    status = gr_folder_end_file(b->folder, err);
    if (status == GR_OK)
        status = gr_folder_start_file(b->folder, "trail.json", &writer, err);
    if (status == GR_OK)
        status = gr_trail_json(&b->told, writer, err);
    return status == GR_OK ? gr_folder_end_file(b->folder, err) : status;
}

static gr_status put_head(bundling *b, gr_error *err)
{
    const gr_trail_link *head = &b->told.link[b->told.link_count - 1];
    gr_writer *writer;
    gr_status status = gr_folder_start_file(b->folder, "head.txt", &writer, err);

    if (status != GR_OK)
        return status;
    gr_write_print(writer, "run %lld\nmoment %.*s\nhash %.*s\n", (long long)head->run,
                   GR_ALL(head->started), GR_ALL(head->hash));
    return gr_folder_end_file(b->folder, err);
}

/* As giftrule ledger seal makes it, but that the ledger does not note it: the hash is in the chain all the same. */
static gr_status put_seal(bundling *b, gr_error *err)
{
    const gr_trail_link *head = &b->told.link[b->told.link_count - 1];
    gr_seal_said said = { .run = head->run,
                          .ledger = b->told.ledger,
                          .hash = head->hash,
                          .moment = head->started,
                          .public_key = b->told.public_key };
    uint8_t signature[GR_SIGNATURE];
    char hex[GR_SIGNATURE_HEX];
    gr_text words = gr_seal_words(&said, b->arena);
    gr_writer *writer;
    gr_status status = words.ptr ? gr_folder_start_file(b->folder, "seal.json", &writer, err)
                                 : gr_fail_memory(err);

    if (status != GR_OK)
        return status;
    gr_signature_make(words, b->seed, signature);
    gr_hex_print(signature, sizeof signature, hex);
    said.signature = gr_text_of(hex);
    status = gr_seal_print(&said, writer, err);
    return status == GR_OK ? gr_folder_end_file(b->folder, err) : status;
}

static gr_status put_page(bundling *b, gr_error *err)
{
    gr_writer *writer;
    gr_status status = gr_folder_start_file(b->folder, "README.html", &writer, err);

    b->told.files = gr_folder_count(b->folder);
    if (status == GR_OK)
        status = gr_bundle_page(&b->told, writer, err);
    return status == GR_OK ? gr_folder_end_file(b->folder, err) : status;
}

/* ---- all of it ---- */

static gr_status put_all(bundling *b, gr_error *err)
{
    gr_list kept = GR_LIST(gr_rules_kept);
    gr_status status = gather(b, &kept, err);

    if (status == GR_OK)
        status = put_reports(b, err);
    if (status == GR_OK)
        status = put_trail(b, err);
    if (status == GR_OK)
        status = put_rules(b, &kept, err);
    if (status == GR_OK)
        status = put_head(b, err);
    if (status == GR_OK && b->seed)
        status = put_seal(b, err);
    if (status == GR_OK)
        status = put_page(b, err);
    gr_list_free(&kept);
    return status == GR_OK ? gr_folder_finish(b->folder, b->seed, err) : status;
}

static gr_status make(bundling *b, uint8_t seed[GR_KEY_SEED], gr_error *err)
{
    uint8_t key[GR_KEY_PUBLIC];
    gr_status status = GR_OK;

    if (b->options->key) {
        status = gr_key_read(b->options->key, b->arena, seed, err);
        if (status != GR_OK)
            return status;
        gr_key_public(seed, key);
        gr_hex_print(key, sizeof key, b->public_key);
        b->seed = seed;
    }
    status = gr_folder_create(b->options->path, &b->folder, err);
    if (status == GR_OK)
        status = read_both(b, err);
    return status == GR_OK ? put_all(b, err) : status;
}

gr_status gr_bundle_save(const gr_bundle_options *options, gr_error *err)
{
    gr_bundle_options with_gifts = *options;
    bundling b = { .options = &with_gifts,
                   .arena = gr_arena_create(),
                   .link = GR_LIST(gr_trail_link),
                   .decision = GR_LIST(gr_evidence_decision),
                   .set = GR_LIST(gr_evidence_rules) };
    uint8_t seed[GR_KEY_SEED];
    gr_status status;

    with_gifts.recall.gifts = true;
    status = b.arena ? make(&b, seed, err) : gr_fail_memory(err);
    gr_secret_forget(seed, GR_KEY_SEED);
    gr_folder_free(b.folder);
    gr_report_free(b.report);
    gr_ledger_close(b.ledger);
    gr_list_free(&b.link);
    gr_list_free(&b.decision);
    gr_list_free(&b.set);
    gr_arena_free(b.arena);
    return status;
}
