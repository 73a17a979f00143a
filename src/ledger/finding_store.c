/* src/ledger/finding_store.c - findings with what they counted, each once. A finding that came out otherwise
 * than before (a late gift, another rulebook) is a new revision that names the old one; so is one that is not found
 * any more, as withdrawn. Names of account executives are no part of it: they are told as they stand now. */
#include "base/digest.h"
#include "ledger/store.h"

/* ---- the digest: all that is kept, in one hash ---- */

static void mix_text(uint64_t *digest, gr_text text)
{
    *digest = gr_hash(text, *digest + 1);
}

static void mix_numbers(uint64_t *digest, const int64_t *numbers, size_t count)
{
    mix_text(digest, (gr_text){ (const char *)numbers, count * sizeof *numbers });
}

static void mix_place(uint64_t *digest, gr_place at)
{
    int64_t numbers[] = { at.line, at.column };

    mix_text(digest, gr_text_of(at.file));
    mix_numbers(digest, numbers, GR_COUNT(numbers));
}

static void mix_limit(uint64_t *digest, const gr_finding *f)
{
    int64_t numbers[] = { f->period.basis,
                          f->period.from,
                          f->period.to,
                          f->limit.num,
                          f->limit.den,
                          (int64_t)f->total.low,
                          (int64_t)(f->total.low >> 64),
                          f->total.unbounded ? 0 : (int64_t)f->total.high,
                          f->total.unbounded ? 0 : (int64_t)(f->total.high >> 64),
                          f->total.den,
                          f->total.unbounded,
                          f->over.num,
                          f->over.den };

    if (f->has_limit)
        mix_numbers(digest, numbers, GR_COUNT(numbers));
}

static void mix_counted(uint64_t *digest, const gr_counted *c)
{
    int64_t numbers[] = { c->day, c->value.low, c->value.high, c->value.den, c->through_other };

    mix_text(digest, c->gift);
    mix_text(digest, c->giver_id);
    if (c->giver_id.len == 0)
        mix_text(digest, c->giver_name);
    mix_text(digest, c->note);
    mix_numbers(digest, numbers, GR_COUNT(numbers));
    mix_place(digest, c->source);
}

static uint64_t digest_finding(const gr_finding *f, int64_t record, gr_text rulebook_sha256)
{
    const gr_text texts[] = { f->kind,         f->rule,           f->clause,
                              f->gift,         f->giver_id,       f->provision,
                              f->recipient_id, f->recipient_name, f->recipient_employer,
                              f->currency,     f->reason,         f->question,
                              f->answers,      f->limit_clause,   rulebook_sha256 };
    int64_t numbers[] = { f->verdict, f->day, f->has_limit, f->is_count, f->position, record };
    uint64_t digest = 0;

    for (size_t i = 0; i < GR_COUNT(texts); i++)
        mix_text(&digest, texts[i]);
    for (size_t i = 0; i < f->presumption_count; i++)
        mix_text(&digest, f->presumption[i]);
    mix_numbers(&digest, numbers, GR_COUNT(numbers));
    mix_place(&digest, f->source);
    mix_limit(&digest, f);
    for (size_t i = 0; i < f->counted_count; i++)
        mix_counted(&digest, &f->counted[i]);
    return digest;
}

/* ---- keeping ---- */

typedef struct before {
    int64_t row, revision; /* of the latest revision; 0: there is none */
    uint64_t digest;
    bool is_withdrawn;
} before;

static gr_status find_before(gr_ledger *ledger, gr_text id, before *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_FIND_FINDING,
        "SELECT finding, revision, digest, verdict = 'withdrawn' FROM finding WHERE id = ? "
        "ORDER BY revision DESC LIMIT 1");

    gr_bind_text(&s, id);
    if (gr_statement_step(&s)) {
        out->row = sqlite3_column_int64(s.handle, 0);
        out->revision = sqlite3_column_int64(s.handle, 1);
        out->digest = (uint64_t)sqlite3_column_int64(s.handle, 2);
        out->is_withdrawn = sqlite3_column_int(s.handle, 3) != 0;
    }
    return gr_statement_close(&s, err);
}

static void bind_place(gr_statement *s, gr_place at)
{
    gr_bind_word(s, at.file);
    gr_bind_number(s, at.line);
    gr_bind_number(s, at.column);
}

static void bind_limit(gr_statement *s, const gr_finding *f)
{
    gr_bind_word(s, gr_basis_text(f->period.basis));
    gr_bind_day(s, f->period.from);
    gr_bind_day(s, f->period.to);
    gr_bind_amount(s, f->limit.num, f->limit.den);
    gr_bind_amount(s, f->total.low, f->total.den);
    if (f->total.unbounded)
        gr_bind_null(s);
    else
        gr_bind_amount(s, f->total.high, f->total.den);
    gr_bind_amount(s, f->over.num, f->over.den);
}

static void bind_finding(gr_statement *s, const gr_finding *f)
{
    gr_bind_word(s, gr_verdict_text(f->verdict));
    gr_bind_text(s, f->kind);
    gr_bind_text(s, f->rule);
    gr_bind_text(s, f->clause);
    gr_bind_day(s, f->day);
    gr_bind_text(s, f->gift);
    bind_place(s, f->source);
    gr_bind_text(s, f->giver_id);
    gr_bind_text(s, f->giver_name);
    gr_bind_text(s, f->recipient_id);
    gr_bind_text(s, f->recipient_name);
    gr_bind_text(s, f->recipient_employer);
    gr_bind_text(s, f->currency);
    gr_bind_text(s, f->reason);
    gr_bind_optional(s, f->question);
    gr_bind_optional(s, f->answers);
}

static gr_text join_presumptions(const gr_finding *f, gr_sql *text)
{
    for (size_t i = 0; i < f->presumption_count; i++)
        gr_sql_add(text, "%s%.*s", i > 0 ? "\n" : "", (int)f->presumption[i].len,
                   f->presumption[i].ptr ? f->presumption[i].ptr : "");
    return (gr_text){ text->text.items, text->text.count };
}

/* One a line, parted by tabs: there are none in them. */
static gr_text join_joined(const gr_finding *f, gr_sql *text)
{
    for (size_t i = 0; i < f->joined_count; i++)
        gr_sql_add(text, "%s%.*s\t%.*s\t%.*s\t%.*s", i > 0 ? "\n" : "", GR_ALL(f->joined[i].id),
                   GR_ALL(f->joined[i].name), GR_ALL(f->joined[i].employer),
                   GR_ALL(f->joined[i].why));
    return (gr_text){ text->text.items, text->text.count };
}

static gr_status write_finding(gr_ledger *ledger, int64_t row, const gr_finding *f, int64_t record,
                               gr_text rulebook_sha256, const before *old, uint64_t digest,
                               gr_error *err)
{
    gr_sql presumptions = gr_sql_open(), joined = gr_sql_open();
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_FINDING,
        "INSERT INTO finding (finding, record, position, provision, limit_clause, is_count, run, "
        "id, revision, replaces, digest, rulebook_sha256, verdict, kind, "
        "rule, clause, date, gift, file, line, \"column\", giver_id, giver_name, recipient_id, "
        "recipient_name, employer, currency, reason, question, answers, presumptions, joined, "
        "period, "
        "period_from, period_to, \"limit\", total_certain, total_possible, over) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    gr_status status;

    gr_bind_number(&s, row);
    if (record > 0)
        gr_bind_number(&s, record);
    else
        gr_bind_null(&s);
    gr_bind_number(&s, f->position);
    gr_bind_text(&s, f->provision);
    gr_bind_text(&s, f->limit_clause);
    gr_bind_number(&s, f->is_count);
    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, f->id);
    gr_bind_number(&s, old->revision + 1);
    if (old->row > 0)
        gr_bind_number(&s, old->row);
    else
        gr_bind_null(&s);
    gr_bind_number(&s, (int64_t)digest);
    gr_bind_text(&s, rulebook_sha256);
    bind_finding(&s, f);
    gr_bind_optional(&s, join_presumptions(f, &presumptions));
    gr_bind_optional(&s, join_joined(f, &joined));
    if (f->has_limit)
        bind_limit(&s, f);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK && (presumptions.failed || joined.failed))
        status = gr_fail_memory(err);
    gr_sql_free(&presumptions);
    gr_sql_free(&joined);
    return status;
}

static gr_status write_counted(gr_ledger *ledger, int64_t finding, size_t position,
                               const gr_counted *c, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_COUNTED,
        "INSERT INTO counted (finding, position, gift, date, giver_id, giver_name, value_certain, "
        "value_possible, file, line, \"column\", note, through_other) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");

    gr_bind_number(&s, finding);
    gr_bind_number(&s, (int64_t)position);
    gr_bind_text(&s, c->gift);
    gr_bind_day(&s, c->day);
    gr_bind_text(&s, c->giver_id);
    gr_bind_text(&s, c->giver_name);
    gr_bind_amount(&s, c->value.low, c->value.den);
    if (c->value.high == GR_UNBOUNDED)
        gr_bind_null(&s);
    else
        gr_bind_amount(&s, c->value.high, c->value.den);
    bind_place(&s, c->source);
    gr_bind_optional(&s, c->note);
    gr_bind_number(&s, c->through_other);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static gr_status write_all(gr_ledger *ledger, int64_t row, const gr_finding *f, int64_t record,
                           gr_text rulebook_sha256, const before *old, uint64_t digest,
                           gr_error *err)
{
    gr_status status = gr_run_row(ledger, err);

    if (status == GR_OK)
        status = write_finding(ledger, row, f, record, rulebook_sha256, old, digest, err);
    for (size_t i = 0; status == GR_OK && i < f->counted_count; i++)
        status = write_counted(ledger, row, i + 1, &f->counted[i], err);
    if (status == GR_OK)
        ledger->written++;
    ledger->news.findings_new += old->row == 0 || old->is_withdrawn;
    ledger->news.findings_changed += old->row > 0 && !old->is_withdrawn;
    return status;
}

/* Its row is marked as found again: what is not marked at the end is withdrawn. */
static gr_status mark(gr_ledger *ledger, int64_t row, gr_error *err)
{
    size_t size = (size_t)row + 1;

    if (size > ledger->found.count && !gr_list_reserve(&ledger->found, size - ledger->found.count))
        return gr_fail_memory(err);
    while (ledger->found.count < size)
        *GR_AT(ledger->found, bool, ledger->found.count++) = false;
    *GR_AT(ledger->found, bool, row) = true;
    return GR_OK;
}

static gr_status keep_finding(gr_ledger *ledger, const gr_finding *finding, int64_t record,
                              gr_text rulebook_sha256, gr_error *err)
{
    uint64_t digest = digest_finding(finding, record, rulebook_sha256);
    before old = { 0 };
    int64_t row = 0;
    gr_status status = find_before(ledger, finding->id, &old, err);

    if (status != GR_OK)
        return status;
    if (old.row > 0 && old.digest == digest && !old.is_withdrawn)
        return mark(ledger, old.row, err);
    status = gr_ledger_next_key(ledger, GR_CHAINED_FINDING, &row, err);
    if (status == GR_OK)
        status = write_all(ledger, row, finding, record, rulebook_sha256, &old, digest, err);
    return status == GR_OK ? mark(ledger, row, err) : status;
}

gr_status gr_ledger_finding_add(gr_ledger *ledger, const gr_finding *finding, int64_t record,
                                gr_text rulebook_sha256, gr_error *err)
{
    return gr_ledger_note(ledger, keep_finding(ledger, finding, record, rulebook_sha256, err));
}

/* ---- withdrawing ---- */

void gr_ledger_findings_start(gr_ledger *ledger)
{
    if (ledger->found.size == 0)
        ledger->found = GR_LIST(bool);
    gr_list_cut(&ledger->found, 0);
    ledger->news = (gr_news){ .is_told = true };
}

/* All that identifies it stays, so that a reader of the table sees what is gone. */
static gr_status withdraw(gr_ledger *ledger, int64_t row, gr_error *err)
{
    gr_status status = gr_run_row(ledger, err);
    gr_statement s;
    int64_t key = 0;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_FINDING, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(
        ledger, GR_KEPT_WITHDRAW,
        "INSERT INTO finding (finding, run, id, revision, replaces, digest, verdict, kind, rule, "
        "clause, rulebook_sha256, date, gift, file, line, \"column\", giver_id, giver_name, "
        "recipient_id, recipient_name, employer, currency, reason, record, position, provision) "
        "SELECT ?, ?, id, revision + 1, finding, 0, 'withdrawn', kind, rule, clause, "
        "rulebook_sha256, date, gift, file, line, \"column\", giver_id, giver_name, recipient_id, "
        "recipient_name, employer, currency, '', record, position, provision "
        "FROM finding WHERE finding = ?");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    gr_bind_number(&s, row);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

/* In force and not found again. Read whole before the first is withdrawn: those are new rows. */
static gr_status find_unfound(gr_ledger *ledger, gr_list *rows, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT finding FROM finding AS f WHERE verdict <> 'withdrawn' AND NOT EXISTS "
        "(SELECT 1 FROM finding AS n WHERE n.replaces = f.finding) ORDER BY finding");
    bool fits = true;
    gr_status status;

    while (fits && gr_statement_step(&s)) {
        int64_t row = sqlite3_column_int64(s.handle, 0);

        if ((size_t)row >= ledger->found.count || !*GR_AT(ledger->found, bool, row))
            fits = gr_list_push(rows, &row);
    }
    status = gr_statement_close(&s, err);
    return status == GR_OK && !fits ? gr_fail_memory(err) : status;
}

static bool is_found(const gr_ledger *ledger, int64_t row)
{
    return (size_t)row < ledger->found.count && *GR_AT(ledger->found, bool, row);
}

/* As above, of one record. */
static gr_status find_unfound_of(gr_ledger *ledger, const gr_judged_record *judged, gr_list *rows,
                                 gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_FOUND_OF,
        "SELECT finding, position, period IS NOT NULL OR rule = 'detection' FROM finding AS f "
        "WHERE record = ? AND "
        "verdict <> 'withdrawn' AND NOT EXISTS "
        "(SELECT 1 FROM finding AS n WHERE n.replaces = f.finding) ORDER BY finding");
    bool fits = true;

    gr_bind_number(&s, judged->row);
    while (fits && gr_statement_step(&s)) {
        int64_t row = sqlite3_column_int64(s.handle, 0),
                position = sqlite3_column_int64(s.handle, 1);
        bool is_of_person = sqlite3_column_int(s.handle, 2) != 0;

        if (is_found(ledger, row) ||
            (is_of_person && ((size_t)position >= judged->count || !judged->is_judged[position])))
            continue;
        fits = gr_list_push(rows, &row);
    }
    if (!fits) {
        gr_statement_close(&s, err);
        return gr_fail_memory(err);
    }
    return gr_statement_close(&s, err);
}

static gr_status withdraw_all(gr_ledger *ledger, const gr_list *rows, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < rows->count; i++)
        status = withdraw(ledger, *GR_AT(*rows, int64_t, i), err);
    ledger->news.findings_withdrawn += rows->count;
    return status;
}

gr_status gr_ledger_findings_end_of(gr_ledger *ledger, const gr_judged_record *judged,
                                    gr_error *err)
{
    gr_list rows = GR_LIST(int64_t);
    gr_status status = find_unfound_of(ledger, judged, &rows, err);

    if (status == GR_OK)
        status = withdraw_all(ledger, &rows, err);
    gr_list_free(&rows);
    return gr_ledger_note(ledger, status);
}

gr_news gr_ledger_findings_news(const gr_ledger *ledger)
{
    return ledger->news;
}

gr_status gr_ledger_findings_end(gr_ledger *ledger, gr_news *news, gr_error *err)
{
    gr_list rows = GR_LIST(int64_t);
    gr_status status = find_unfound(ledger, &rows, err);

    if (status == GR_OK)
        status = withdraw_all(ledger, &rows, err);
    if (news)
        *news = ledger->news;
    gr_list_free(&rows);
    return gr_ledger_note(ledger, status);
}
