/* src/ledger/finding_find.c - see finding_find.h. The beginning of an id is compared as it is: a sign that means
 * something to a pattern means nothing here. */
#include "ledger/finding_find.h"

#include "ledger/store.h"

gr_status gr_ledger_finding_find(gr_ledger *ledger, gr_text beginning, gr_arena *arena,
                                 gr_finding_kept *out, bool *is_there, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT f.id, f.rule, f.rulebook_sha256, r.started FROM finding AS f "
                          "JOIN run AS r ON r.run = f.run WHERE substr(f.id, 1, length(?1)) = ?1 "
                          "ORDER BY f.finding DESC LIMIT 1");
    gr_finding_kept kept = { GR_TEXT(""), GR_TEXT(""), GR_TEXT(""), GR_TEXT("") };
    gr_text *texts[] = { &kept.id, &kept.rule, &kept.rulebook_sha256, &kept.started };
    bool fits = true, found;
    gr_status status;

    gr_bind_text(&s, beginning);
    found = gr_statement_step(&s);
    for (int i = 0; found && i < (int)GR_COUNT(texts); i++) {
        *texts[i] = gr_arena_copy(arena, gr_column_text(s.handle, i));
        fits = fits && texts[i]->ptr;
    }
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !fits)
        return gr_fail_memory(err);
    if (status == GR_OK) {
        *out = kept;
        *is_there = found;
    }
    return status;
}

/* ---- a revision ---- */

enum {
    AT_ID,
    AT_VERDICT,
    AT_KIND,
    AT_RULE,
    AT_CLAUSE,
    AT_GIFT,
    AT_GIVER_ID,
    AT_GIVER_NAME,
    AT_RECIPIENT_ID,
    AT_RECIPIENT_NAME,
    AT_EMPLOYER,
    AT_CURRENCY,
    AT_TEXTS, /* those before are texts */
    AT_DATE = AT_TEXTS,
    AT_REVISION,
    AT_RECORD,
    AT_POSITION,
    AT_IS_COUNT,
    AT_LIMIT,
    AT_OVER,
    AT_CERTAIN,
    AT_POSSIBLE
};

#define COLUMNS                                                                                    \
    "f.id, f.verdict, f.kind, f.rule, f.clause, f.gift, f.giver_id, f.giver_name, "                \
    "f.recipient_id, f.recipient_name, f.employer, f.currency, f.date, f.revision, f.record, "     \
    "f.position, f.is_count, f.\"limit\", f.over, f.total_certain, f.total_possible"

static bool read_wide(gr_text text, gr_wide *out)
{
    gr_wide number = 0;

    if (text.len == 0 || text.len > 36)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        number = number * 10 + (text.ptr[i] - '0');
    }
    *out = number;
    return true;
}

/* As gr_bind_amount() writes it. False: not so. */
static bool read_amount(sqlite3_stmt *row, int column, gr_wide *num, int64_t *den)
{
    gr_text text = gr_column_text(row, column);
    size_t slash = 0;
    uint64_t below;

    *den = 1;
    if (sqlite3_column_type(row, column) == SQLITE_INTEGER) {
        *num = sqlite3_column_int64(row, column);
        return true;
    }
    while (slash < text.len && text.ptr[slash] != '/')
        slash++;
    if (slash == text.len ||
        !gr_text_number(gr_text_slice(text, slash + 1, text.len), INT64_MAX, &below) || below == 0)
        return false;
    *den = (int64_t)below;
    return read_wide(gr_text_slice(text, 0, slash), num);
}

static bool read_one(sqlite3_stmt *row, int column, gr_amount *out)
{
    gr_wide num = 0;

    if (!read_amount(row, column, &num, &out->den) || num > INT64_MAX)
        return false;
    out->num = (int64_t)num;
    return true;
}

static bool read_total(sqlite3_stmt *row, gr_total *out)
{
    int64_t den = 1;

    out->unbounded = sqlite3_column_type(row, AT_POSSIBLE) == SQLITE_NULL;
    return read_amount(row, AT_CERTAIN, &out->low, &out->den) &&
           (out->unbounded || (read_amount(row, AT_POSSIBLE, &out->high, &den) && den == out->den));
}

static bool read_numbers(sqlite3_stmt *row, gr_finding_known *out)
{
    gr_finding *f = &out->finding;
    gr_error ignored;

    out->revision = sqlite3_column_int64(row, AT_REVISION);
    out->record = sqlite3_column_int64(row, AT_RECORD);
    f->position = (uint32_t)sqlite3_column_int64(row, AT_POSITION);
    f->is_count = sqlite3_column_int(row, AT_IS_COUNT) != 0;
    f->has_limit = sqlite3_column_type(row, AT_LIMIT) != SQLITE_NULL;
    return gr_day_parse(gr_column_text(row, AT_DATE), GR_NOWHERE, &f->day, &ignored) == GR_OK &&
           (!f->has_limit || (read_one(row, AT_LIMIT, &f->limit) &&
                              read_one(row, AT_OVER, &f->over) && read_total(row, &f->total)));
}

/* verdict gets a text of its own: there may be none of the model's. */
static bool read_texts(sqlite3_stmt *row, gr_arena *arena, gr_finding *f, gr_text *verdict)
{
    gr_text *texts[AT_TEXTS] = {
        [AT_ID] = &f->id,
        [AT_VERDICT] = verdict,
        [AT_KIND] = &f->kind,
        [AT_RULE] = &f->rule,
        [AT_CLAUSE] = &f->clause,
        [AT_GIFT] = &f->gift,
        [AT_GIVER_ID] = &f->giver_id,
        [AT_GIVER_NAME] = &f->giver_name,
        [AT_RECIPIENT_ID] = &f->recipient_id,
        [AT_RECIPIENT_NAME] = &f->recipient_name,
        [AT_EMPLOYER] = &f->recipient_employer,
        [AT_CURRENCY] = &f->currency,
    };
    bool fits = true;

    for (int i = 0; i < AT_TEXTS; i++) {
        *texts[i] = gr_arena_copy(arena, gr_column_text(row, i));
        fits = fits && texts[i]->ptr;
    }
    return fits;
}

static gr_status read_revision(gr_ledger *ledger, sqlite3_stmt *row, gr_arena *arena,
                               gr_finding_known *out, gr_error *err)
{
    gr_text verdict;

    *out = (gr_finding_known){ .revision = 0 };
    if (!read_texts(row, arena, &out->finding, &verdict))
        return gr_fail_memory(err);
    out->is_withdrawn = gr_text_is(verdict, "withdrawn");
    if ((!out->is_withdrawn && !gr_verdict_find(verdict, &out->finding.verdict)) ||
        !read_numbers(row, out))
        return gr_ledger_damaged(ledger, "a finding", out->finding.id, err);
    return GR_OK;
}

/* ---- the one that is meant ---- */

enum { MOST_NAMED = 5 };

static gr_status fail_gone(gr_ledger *ledger, gr_text beginning, gr_arena *arena, gr_error *err)
{
    gr_place at = { ledger->path, 0, 0 };
    gr_finding_kept kept;
    bool is_there = false;
    gr_status status = gr_ledger_finding_find(ledger, beginning, arena, &kept, &is_there, err);

    if (status != GR_OK)
        return status;
    if (is_there)
        return gr_fail(err, GR_EINPUT, at, "there is nothing to decide on",
                       "the finding '%.*s' is not made any more since %.*s", GR_SHOW(kept.id),
                       GR_SHOW(kept.started));
    return gr_fail(err, GR_EINPUT, at, "name it as the report does, such as F-0123456789ab",
                   "the ledger has no finding '%.*s'", GR_SHOW(beginning));
}

/* The first one, how many there are, and the names of some. */
static gr_status choose(gr_ledger *ledger, gr_statement *s, gr_arena *arena, gr_finding_known *out,
                        size_t *found, gr_text *ids, gr_error *err)
{
    gr_status status = GR_OK;

    while (status == GR_OK && gr_statement_step(s)) {
        gr_text id = gr_column_text(s->handle, AT_ID);

        if (++*found == 1)
            status = read_revision(ledger, s->handle, arena, out, err);
        if (status == GR_OK && *found <= MOST_NAMED)
            *ids = gr_arena_print(arena, "%.*s%s%.*s", GR_ALL(*ids), *found == 1 ? "" : ", ",
                                  GR_ALL(id));
        else if (status == GR_OK && *found == MOST_NAMED + 1)
            *ids = gr_arena_print(arena, "%.*s, ...", GR_ALL(*ids));
        if (status == GR_OK && !ids->ptr)
            status = gr_fail_memory(err);
    }
    return status;
}

gr_status gr_ledger_finding_pick(gr_ledger *ledger, gr_text beginning, gr_arena *arena,
                                 gr_finding_known *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT " COLUMNS " FROM finding AS f WHERE substr(f.id, 1, length(?1)) = ?1 AND NOT "
        "EXISTS (SELECT 1 FROM finding AS n WHERE n.replaces = f.finding) AND "
        "(f.verdict <> 'withdrawn' OR EXISTS (SELECT 1 FROM decision AS d WHERE d.finding = f.id "
        "AND d.kind = 'fact')) ORDER BY f.id");
    gr_finding_known known;
    gr_text ids = GR_TEXT("one of ");
    size_t found = 0;
    gr_status status;

    gr_bind_text(&s, beginning);
    status = gr_statement_end(&s, choose(ledger, &s, arena, &known, &found, &ids, err), err);
    if (status == GR_OK && found == 0)
        return fail_gone(ledger, beginning, arena, err);
    if (status == GR_OK && found > 1)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, ids.ptr,
                       "'%.*s' is the beginning of %zu findings", GR_SHOW(beginning), found);
    if (status == GR_OK)
        *out = known;
    return status;
}

/* ---- what has changed ---- */

static gr_status read_row(gr_ledger *ledger, int64_t row, gr_arena *arena, gr_finding_known *out,
                          gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT " COLUMNS " FROM finding AS f WHERE finding = ?");
    gr_status status = GR_OK;

    gr_bind_number(&s, row);
    if (gr_statement_step(&s))
        status = read_revision(ledger, s.handle, arena, out, err);
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_each_change(gr_ledger *ledger, gr_arena *arena, gr_on_change take,
                                void *context, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT " COLUMNS ", f.replaces FROM finding AS f WHERE f.run = ? "
                          "ORDER BY f.date, f.gift, f.id");
    gr_status status = GR_OK;

    gr_bind_number(&s, ledger->run);
    while (status == GR_OK && gr_statement_step(&s)) {
        int64_t replaces = sqlite3_column_int64(s.handle, AT_POSSIBLE + 1);
        gr_finding_known was = { .revision = 0 }, is;

        status = read_revision(ledger, s.handle, arena, &is, err);
        if (status == GR_OK && replaces > 0)
            status = read_row(ledger, replaces, arena, &was, err);
        if (status == GR_OK)
            status = take(context, replaces > 0 ? &was : NULL, &is, err);
    }
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_has_new_rules(gr_ledger *ledger, bool *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT 1 FROM rules WHERE run = ?1 AND sha256 <> (SELECT sha256 FROM "
                          "rules WHERE run < ?1 ORDER BY rules DESC LIMIT 1)");
    bool is_new;
    gr_status status;

    gr_bind_number(&s, ledger->run);
    is_new = gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK)
        *out = is_new;
    return status;
}
