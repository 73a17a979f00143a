/* src/ledger/rules_store.c - by which rules was judged, and their files as they stood: kept when a run is judged by other
 * rules than the one before. Files are kept once, however many sets have them; a set is some 200 KB. */
#include "ledger/rules_store.h"

#include "ledger/store.h"

#include <string.h>

/* Rules that version 3 kept have no files: they are kept once more, with them. */
static gr_status find_rules(gr_ledger *ledger, const gr_rules_used *rules, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT rules FROM rules WHERE sha256 = ?1 AND rules = (SELECT max(rules) FROM rules) AND "
        "(?2 = 0 OR EXISTS (SELECT 1 FROM rules_file AS f WHERE f.rules = rules.rules))");

    gr_bind_text(&s, rules->sha256);
    gr_bind_number(&s, (int64_t)rules->file_count);
    if (gr_statement_step(&s))
        ledger->rules = sqlite3_column_int64(s.handle, 0);
    return gr_statement_close(&s, err);
}

typedef struct line {
    const char *part;
    gr_text name, text, mark;
} line;

static gr_status write_line(gr_ledger *ledger, int64_t position, const line *l, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_RULES_LINE,
                                       "INSERT INTO rules_line (rules, position, part, name, text, "
                                       "mark) VALUES (?, ?, ?, ?, ?, ?)");

    gr_bind_number(&s, ledger->rules);
    gr_bind_number(&s, position);
    gr_bind_word(&s, l->part);
    gr_bind_text(&s, l->name);
    gr_bind_text(&s, l->text);
    gr_bind_text(&s, l->mark);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static gr_status write_lines(gr_ledger *ledger, const gr_rules_used *rules, gr_error *err)
{
    gr_status status = GR_OK;
    int64_t position = 0;

    for (size_t i = 0; status == GR_OK && i < rules->rulebook_count; i++) {
        const gr_rulebook_used *book = &rules->rulebook[i];

        status = write_line(ledger, ++position,
                            &(line){ "rulebook", book->id, book->title, book->sha256 }, err);
    }
    for (size_t i = 0; status == GR_OK && i < rules->choice_count; i++) {
        const gr_choice *choice = &rules->choice[i];
        gr_text mark = choice->set_for_run ? GR_TEXT("set") : GR_TEXT("");

        status = write_line(ledger, ++position,
                            &(line){ "choice", choice->name, choice->value, mark }, err);
    }
    for (size_t i = 0; status == GR_OK && i < rules->assumption_count; i++)
        status = write_line(ledger, ++position,
                            &(line){ "assumption", GR_TEXT(""), rules->assumption[i], GR_TEXT("") },
                            err);
    return status;
}

/* ---- files ---- */

static gr_status find_file(gr_ledger *ledger, gr_text sha256, int64_t *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_FIND_FILE,
                                       "SELECT kept_file FROM kept_file WHERE sha256 = ?");

    gr_bind_text(&s, sha256);
    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

static gr_status write_bytes(gr_ledger *ledger, const gr_rule_file *file, int64_t *out,
                             gr_error *err)
{
    gr_status status = gr_ledger_next_key(ledger, GR_CHAINED_KEPT_FILE, out, err);
    gr_statement s;

    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_FILE,
                          "INSERT INTO kept_file (kept_file, run, sha256, bytes) VALUES "
                          "(?, ?, ?, ?)");
    gr_bind_number(&s, *out);
    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, file->sha256);
    gr_bind_bytes(&s, file->bytes);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static gr_status write_file(gr_ledger *ledger, const gr_rule_file *file, gr_error *err)
{
    int64_t kept = 0, key = 0;
    gr_status status = find_file(ledger, file->sha256, &kept, err);
    gr_statement s;

    if (status == GR_OK && kept == 0)
        status = write_bytes(ledger, file, &kept, err);
    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_RULES_FILE, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_RULES_FILE,
                          "INSERT INTO rules_file (rules_file, rules, name, kept_file) VALUES "
                          "(?, ?, ?, ?)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->rules);
    gr_bind_text(&s, file->name);
    gr_bind_number(&s, kept);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static gr_status write_files(gr_ledger *ledger, const gr_rules_used *rules, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < rules->file_count; i++)
        status = write_file(ledger, &rules->file[i], err);
    return status;
}

/* ---- a set ---- */

/* Rules that are known: the run counts even if nothing else is new, where the one before was by other rules, or disposed
 * of records: then nothing has been judged since, and reports wait for this one. */
static gr_status use_rules(gr_ledger *ledger, gr_error *err)
{
    int64_t before = 0;
    gr_status status = gr_ledger_number(
        ledger,
        "SELECT coalesce((SELECT rules FROM run WHERE hash IS NOT NULL ORDER BY run DESC LIMIT 1), "
        "0)",
        &before, err);

    if (status != GR_OK || before == ledger->rules)
        return status;
    ledger->written++;
    return gr_run_row(ledger, err);
}

static gr_status keep_rules(gr_ledger *ledger, const gr_rules_used *rules, gr_error *err)
{
    gr_status status = find_rules(ledger, rules, err);
    gr_statement s;

    if (status == GR_OK && ledger->rules > 0)
        return use_rules(ledger, err);
    if (status != GR_OK)
        return status;
    status = gr_run_row(ledger, err);
    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_RULES, &ledger->rules, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO rules (rules, run, sha256) VALUES (?, ?, ?)");
    gr_bind_number(&s, ledger->rules);
    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, rules->sha256);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    ledger->written++;
    if (status == GR_OK)
        status = write_lines(ledger, rules, err);
    return status == GR_OK ? write_files(ledger, rules, err) : status;
}

gr_status gr_ledger_rules_add(gr_ledger *ledger, const gr_rules_used *rules, gr_error *err)
{
    return gr_ledger_note(ledger, keep_rules(ledger, rules, err));
}

/* ---- reading ---- */

static gr_status read_file(sqlite3_stmt *row, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_rule_file file = { gr_arena_copy(arena, gr_column_text(row, 0)),
                          gr_arena_copy(arena, gr_column_bytes(row, 2)),
                          gr_arena_copy(arena, gr_column_text(row, 1)) };

    return file.name.ptr && file.bytes.ptr && file.sha256.ptr && gr_list_push(out, &file)
               ? GR_OK
               : gr_fail_memory(err);
}

gr_status gr_ledger_rules_files(gr_ledger *ledger, int64_t rules, gr_arena *arena, gr_list *out,
                                gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT f.name, k.sha256, k.bytes FROM rules_file AS f JOIN kept_file AS k "
        "ON k.kept_file = f.kept_file WHERE f.rules = ? ORDER BY f.name");
    gr_status status = GR_OK;

    gr_bind_number(&s, rules);
    while (status == GR_OK && gr_statement_step(&s))
        status = read_file(s.handle, arena, out, err);
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_rules_files_of(gr_ledger *ledger, gr_text sha256, gr_arena *arena, gr_list *out,
                                   gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT rules FROM rules AS r WHERE sha256 = ? AND EXISTS (SELECT 1 FROM rules_file AS f "
        "WHERE f.rules = r.rules) ORDER BY rules DESC LIMIT 1");
    int64_t rules = 0;
    gr_status status;

    gr_bind_text(&s, sha256);
    if (gr_statement_step(&s))
        rules = sqlite3_column_int64(s.handle, 0);
    status = gr_statement_close(&s, err);
    return status == GR_OK ? gr_ledger_rules_files(ledger, rules, arena, out, err) : status;
}

static gr_status read_choices(gr_ledger *ledger, int64_t rules, gr_arena *arena, gr_list *out,
                              gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT name, text, mark FROM rules_line WHERE rules = ? AND part = "
                          "'choice' ORDER BY position");
    gr_status status = GR_OK;

    gr_bind_number(&s, rules);
    while (status == GR_OK && gr_statement_step(&s)) {
        gr_choice choice = { gr_arena_copy(arena, gr_column_text(s.handle, 0)),
                             gr_arena_copy(arena, gr_column_text(s.handle, 1)),
                             gr_text_is(gr_column_text(s.handle, 2), "set") };

        if (!choice.name.ptr || !choice.value.ptr || !gr_list_push(out, &choice))
            status = gr_fail_memory(err);
    }
    return gr_statement_end(&s, status, err);
}

/* Lists become arrays of the arena. */
static const void *settle(gr_list *list, gr_arena *arena)
{
    void *array = gr_arena_alloc(arena, list->count * list->size + 1);

    if (array && list->count > 0)
        memcpy(array, list->items, list->count * list->size);
    return array;
}

static gr_status read_set(gr_ledger *ledger, sqlite3_stmt *row, gr_arena *arena, gr_list *out,
                          gr_error *err)
{
    gr_list choices = GR_LIST(gr_choice);
    gr_rules_kept kept = { .rules = sqlite3_column_int64(row, 0),
                           .run = sqlite3_column_int64(row, 1),
                           .last_run = sqlite3_column_int64(row, 2),
                           .sha256 = gr_arena_copy(arena, gr_column_text(row, 3)),
                           .file_count = (uint64_t)sqlite3_column_int64(row, 4),
                           .program = gr_arena_copy(arena, gr_column_text(row, 5)),
                           .started = gr_arena_copy(arena, gr_column_text(row, 6)) };
    gr_status status = read_choices(ledger, kept.rules, arena, &choices, err);

    kept.choice = settle(&choices, arena);
    kept.choice_count = choices.count;
    gr_list_free(&choices);
    if (status != GR_OK)
        return status;
    return kept.sha256.ptr && kept.program.ptr && kept.started.ptr && kept.choice &&
                   gr_list_push(out, &kept)
               ? GR_OK
               : gr_fail_memory(err);
}

gr_status gr_ledger_rules_between(gr_ledger *ledger, int64_t from, int64_t to, gr_arena *arena,
                                  gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT r.rules, u.first, u.last, r.sha256, (SELECT count(*) FROM rules_file AS f WHERE "
        "f.rules = r.rules), b.program, b.started FROM (SELECT rules, min(run) AS first, max(run) "
        "AS last FROM run WHERE run BETWEEN ? AND ? GROUP BY rules) AS u JOIN rules AS r ON "
        "r.rules "
        "= u.rules JOIN run AS b ON b.run = u.first ORDER BY r.rules");
    gr_status status = GR_OK;

    gr_bind_number(&s, from);
    gr_bind_number(&s, to);
    while (status == GR_OK && gr_statement_step(&s))
        status = read_set(ledger, s.handle, arena, out, err);
    return gr_statement_end(&s, status, err);
}

/* Records stand in the order in which they came. */
gr_status gr_ledger_first_run_of_days(gr_ledger *ledger, gr_day from, gr_day to, int64_t *out,
                                      gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT run FROM source WHERE source = (SELECT source FROM record WHERE date BETWEEN ? AND "
        "? ORDER BY record LIMIT 1)");

    gr_bind_day(&s, from);
    gr_bind_day(&s, to);
    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_rules_digests(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT k.sha256 FROM rules_file AS f JOIN kept_file AS k ON k.kept_file = f.kept_file "
        "WHERE f.rules = (SELECT max(rules) FROM rules)");
    gr_status status = GR_OK;

    while (status == GR_OK && gr_statement_step(&s)) {
        gr_text sha256 = gr_arena_copy(arena, gr_column_text(s.handle, 0));

        if (!sha256.ptr || !gr_list_push(out, &sha256))
            status = gr_fail_memory(err);
    }
    return gr_statement_end(&s, status, err);
}
