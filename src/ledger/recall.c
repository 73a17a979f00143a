/* src/ledger/recall.c - reading back what was kept. Only rows of runs up to the one asked for are looked at, and a row
 * is in force where none of them replaces it: so a moment of the past gives the same bytes for good. */
#include "ledger/recall.h"

#include "base/digest.h"
#include "ledger/amounts.h"
#include "ledger/store.h"

#include <string.h>

typedef struct recalling {
    gr_ledger *ledger;
    int64_t run, since;
    gr_arena *arena;
    gr_recalled *out;
    gr_table giver;    /* places in out->standing, by id of the giver */
    gr_text last_file; /* most places are in the file of the one before */
    gr_list counted;   /* of gr_counted: scratch of one finding */
    bool no_memory;
    gr_error *err;
} recalling;

static gr_text copy(recalling *r, gr_text text)
{
    gr_text kept = gr_arena_copy(r->arena, text);

    r->no_memory = r->no_memory || !kept.ptr;
    return kept;
}

static gr_text text_at(recalling *r, sqlite3_stmt *row, int column)
{
    return copy(r, gr_column_text(row, column));
}

static const char *file_at(recalling *r, sqlite3_stmt *row, int column)
{
    gr_text text = gr_column_text(row, column);

    if (!r->last_file.ptr || !gr_text_equal(r->last_file, text))
        r->last_file = copy(r, text);
    return r->last_file.ptr;
}

/* ---- rules, sums ---- */

static gr_status read_totals(recalling *r, int64_t *rules)
{
    gr_statement s = gr_statement_open(r->ledger, GR_KEPT_NOT,
                                       "SELECT rules, gifts, recipients, expenses FROM run WHERE "
                                       "run <= ? ORDER BY run DESC LIMIT 1");

    *rules = 0;
    gr_bind_number(&s, r->run);
    if (gr_statement_step(&s)) {
        *rules = sqlite3_column_int64(s.handle, 0);
        r->out->totals.gifts = (uint64_t)sqlite3_column_int64(s.handle, 1);
        r->out->totals.recipients = (uint64_t)sqlite3_column_int64(s.handle, 2);
        r->out->totals.expenses = (uint64_t)sqlite3_column_int64(s.handle, 3);
    }
    return gr_statement_close(&s, r->err);
}

static bool add_line(recalling *r, sqlite3_stmt *row, gr_list *books, gr_list *choices,
                     gr_list *assumptions)
{
    gr_text part = gr_column_text(row, 0);
    gr_text name = text_at(r, row, 1), text = text_at(r, row, 2), mark = text_at(r, row, 3);

    if (gr_text_is(part, "rulebook"))
        return gr_list_push(books, &(gr_rulebook_used){ name, text, mark });
    if (gr_text_is(part, "choice"))
        return gr_list_push(choices, &(gr_choice){ name, text, gr_text_is(mark, "set") });
    return gr_list_push(assumptions, &text);
}

/* Lists become arrays of the arena. */
static void *settle_list(recalling *r, gr_list *list, size_t *count)
{
    void *array = gr_arena_alloc(r->arena, list->count * list->size + 1);

    if (!array)
        r->no_memory = true;
    else if (list->count > 0)
        memcpy(array, list->items, list->count * list->size);
    *count = array ? list->count : 0;
    gr_list_free(list);
    return array;
}

static gr_status read_rules(recalling *r, int64_t rules)
{
    gr_rules_used *used = &r->out->rules;
    gr_list books = GR_LIST(gr_rulebook_used), choices = GR_LIST(gr_choice),
            assumptions = GR_LIST(gr_text);
    gr_statement s =
        gr_statement_open(r->ledger, GR_KEPT_NOT, "SELECT sha256 FROM rules WHERE rules = ?");
    gr_status status;

    gr_bind_number(&s, rules);
    if (gr_statement_step(&s))
        used->sha256 = text_at(r, s.handle, 0);
    status = gr_statement_close(&s, r->err);
    s = gr_statement_open(r->ledger, GR_KEPT_NOT,
                          "SELECT part, name, text, mark FROM rules_line WHERE rules = ? "
                          "ORDER BY position");
    gr_bind_number(&s, rules);
    while (!r->no_memory && gr_statement_step(&s))
        if (!add_line(r, s.handle, &books, &choices, &assumptions))
            r->no_memory = true;
    if (status == GR_OK)
        status = gr_statement_close(&s, r->err);
    else
        gr_statement_close(&s, &(gr_error){ 0 });
    used->rulebook = settle_list(r, &books, &used->rulebook_count);
    used->choice = settle_list(r, &choices, &used->choice_count);
    used->assumption = settle_list(r, &assumptions, &used->assumption_count);
    return status;
}

/* ---- account executives ---- */

static gr_status read_standing(recalling *r)
{
    gr_statement s = gr_statement_open(
        r->ledger, GR_KEPT_NOT,
        "SELECT giver_id, giver_name, gifts, recipients FROM standing AS s WHERE run <= ?1 AND "
        "NOT EXISTS (SELECT 1 FROM standing AS n WHERE n.replaces = s.standing AND n.run <= ?1) "
        "ORDER BY standing");

    gr_bind_number(&s, r->run);
    while (!r->no_memory && gr_statement_step(&s)) {
        gr_standing one = { text_at(r, s.handle, 0), text_at(r, s.handle, 1),
                            (uint64_t)sqlite3_column_int64(s.handle, 2),
                            (uint64_t)sqlite3_column_int64(s.handle, 3) };

        if (!gr_list_push(&r->out->standing, &one) ||
            !gr_table_put(&r->giver, gr_hash(one.id, 0), (uint32_t)r->out->standing.count - 1))
            r->no_memory = true;
    }
    return gr_statement_close(&s, r->err);
}

/* Names of account executives are told as they stand: findings keep those of their day. */
static void read_giver(recalling *r, sqlite3_stmt *row, int column, gr_text *id, gr_text *name)
{
    gr_text wanted = gr_column_text(row, column);
    size_t cursor = 0;
    uint32_t i;

    while (wanted.len > 0 &&
           (i = gr_table_find(&r->giver, gr_hash(wanted, 0), &cursor)) != GR_NONE) {
        const gr_standing *one = GR_AT(r->out->standing, gr_standing, i);

        if (gr_text_equal(one->id, wanted)) {
            *id = one->id;
            *name = one->name;
            return;
        }
    }
    *id = copy(r, wanted);
    *name = text_at(r, row, column + 1);
}

/* ---- findings ---- */

enum {
    AT_FINDING,
    AT_ID,
    AT_VERDICT,
    AT_KIND,
    AT_RULE,
    AT_CLAUSE,
    AT_DATE,
    AT_GIFT,
    AT_FILE,
    AT_LINE,
    AT_COLUMN,
    AT_GIVER_ID,
    AT_GIVER_NAME,
    AT_RECIPIENT_ID,
    AT_RECIPIENT_NAME,
    AT_EMPLOYER,
    AT_CURRENCY,
    AT_PERIOD,
    AT_FROM,
    AT_TO,
    AT_LIMIT,
    AT_CERTAIN,
    AT_POSSIBLE,
    AT_OVER,
    AT_REASON,
    AT_QUESTION,
    AT_ANSWERS,
    AT_PRESUMPTIONS,
    AT_POSITION,
    AT_PROVISION,
    AT_LIMIT_CLAUSE,
    AT_IS_COUNT,
    AT_JOINED
};

static const char finding_columns[] =
    "SELECT finding, id, verdict, kind, rule, clause, date, gift, file, line, \"column\", "
    "giver_id, "
    "giver_name, recipient_id, recipient_name, employer, currency, period, period_from, period_to, "
    "\"limit\", total_certain, total_possible, over, reason, question, answers, presumptions, "
    "position, provision, limit_clause, is_count, joined FROM finding AS f WHERE run <= ?1 AND "
    "run > ?2 AND "
    "verdict <> 'withdrawn' AND NOT EXISTS "
    "(SELECT 1 FROM finding AS n WHERE n.replaces = f.finding AND n.run <= ?1) ORDER BY finding";

static gr_status damaged(recalling *r, const char *what, gr_text value)
{
    return gr_ledger_damaged(r->ledger, what, value, r->err);
}

static gr_status read_day(recalling *r, sqlite3_stmt *row, int column, gr_day *out)
{
    gr_error ignored;
    gr_text text = gr_column_text(row, column);

    return gr_day_parse(text, GR_NOWHERE, out, &ignored) == GR_OK ? GR_OK
                                                                  : damaged(r, "a day", text);
}

static gr_status read_amount(recalling *r, sqlite3_stmt *row, int column, gr_wide *num,
                             int64_t *den)
{
    gr_fraction amount;

    if (!gr_fraction_read(row, column, &amount) || amount.is_unknown)
        return damaged(r, "an amount", gr_column_text(row, column));
    *num = amount.num;
    *den = amount.den;
    return GR_OK;
}

static gr_status read_limit(recalling *r, sqlite3_stmt *row, gr_finding *f)
{
    gr_wide limit, over;
    gr_status status = GR_OK;

    f->has_limit = true;
    if (!gr_basis_find(gr_column_text(row, AT_PERIOD), &f->period.basis))
        return damaged(r, "a period", gr_column_text(row, AT_PERIOD));
    status = read_day(r, row, AT_FROM, &f->period.from);
    if (status == GR_OK)
        status = read_day(r, row, AT_TO, &f->period.to);
    if (status == GR_OK)
        status = read_amount(r, row, AT_LIMIT, &limit, &f->limit.den);
    if (status == GR_OK)
        status = read_amount(r, row, AT_OVER, &over, &f->over.den);
    if (status == GR_OK)
        status = read_amount(r, row, AT_CERTAIN, &f->total.low, &f->total.den);
    if (status != GR_OK)
        return status;
    f->limit.num = (int64_t)limit;
    f->over.num = (int64_t)over;
    f->total.unbounded = sqlite3_column_type(row, AT_POSSIBLE) == SQLITE_NULL;
    return f->total.unbounded ? GR_OK
                              : read_amount(r, row, AT_POSSIBLE, &f->total.high, &f->total.den);
}

/* What stands before the next mark, which is left out. */
static gr_text cut_at(gr_text *rest, char mark)
{
    const char *end = rest->len > 0 ? memchr(rest->ptr, mark, rest->len) : NULL;
    size_t n = end ? (size_t)(end - rest->ptr) : rest->len;
    gr_text one = gr_text_slice(*rest, 0, n);

    *rest = gr_text_slice(*rest, n + (end != NULL), rest->len);
    return one;
}

static void read_presumptions(recalling *r, gr_text lines, gr_finding *f)
{
    gr_list list = GR_LIST(gr_text);
    gr_text rest = copy(r, lines);

    while (rest.ptr && rest.len > 0) {
        gr_text one = cut_at(&rest, '\n');

        if (!gr_list_push(&list, &one))
            r->no_memory = true;
    }
    f->presumption = settle_list(r, &list, &f->presumption_count);
}

static void read_joined(recalling *r, gr_text lines, gr_finding *f)
{
    gr_list list = GR_LIST(gr_joined);
    gr_text rest = copy(r, lines);

    while (rest.ptr && rest.len > 0) {
        gr_text line = cut_at(&rest, '\n');
        gr_joined one = { .id = cut_at(&line, '\t') };

        one.name = cut_at(&line, '\t');
        one.employer = cut_at(&line, '\t');
        one.why = line;
        if (!gr_list_push(&list, &one))
            r->no_memory = true;
    }
    f->joined = settle_list(r, &list, &f->joined_count);
}

static gr_status read_finding(recalling *r, sqlite3_stmt *row, gr_finding *f)
{
    gr_text *const texts[] = { [AT_ID] = &f->id,
                               [AT_KIND] = &f->kind,
                               [AT_RULE] = &f->rule,
                               [AT_CLAUSE] = &f->clause,
                               [AT_GIFT] = &f->gift,
                               [AT_RECIPIENT_ID] = &f->recipient_id,
                               [AT_RECIPIENT_NAME] = &f->recipient_name,
                               [AT_EMPLOYER] = &f->recipient_employer,
                               [AT_CURRENCY] = &f->currency,
                               [AT_REASON] = &f->reason,
                               [AT_QUESTION] = &f->question,
                               [AT_ANSWERS] = &f->answers,
                               [AT_PROVISION] = &f->provision,
                               [AT_LIMIT_CLAUSE] = &f->limit_clause };
    gr_status status;

    *f = (gr_finding){ .limit = { 0, 1 }, .over = { 0, 1 }, .total = { .den = 1 } };
    for (int i = 0; i < (int)GR_COUNT(texts); i++)
        if (texts[i])
            *texts[i] = text_at(r, row, i);
    if (!gr_verdict_find(gr_column_text(row, AT_VERDICT), &f->verdict))
        return damaged(r, "a verdict", gr_column_text(row, AT_VERDICT));
    f->source = (gr_place){ file_at(r, row, AT_FILE), (uint32_t)sqlite3_column_int64(row, AT_LINE),
                            (uint32_t)sqlite3_column_int64(row, AT_COLUMN) };
    f->position = (uint32_t)sqlite3_column_int64(row, AT_POSITION);
    f->is_count = sqlite3_column_int(row, AT_IS_COUNT) != 0;
    read_giver(r, row, AT_GIVER_ID, &f->giver_id, &f->giver_name);
    read_presumptions(r, gr_column_text(row, AT_PRESUMPTIONS), f);
    read_joined(r, gr_column_text(row, AT_JOINED), f);
    status = read_day(r, row, AT_DATE, &f->day);
    if (status == GR_OK && sqlite3_column_type(row, AT_PERIOD) != SQLITE_NULL)
        status = read_limit(r, row, f);
    return status;
}

/* ---- what they counted: one pass beside the findings ---- */

static const char counted_columns[] =
    "SELECT finding, gift, date, giver_id, giver_name, value_certain, value_possible, file, line, "
    "\"column\", note, through_other FROM counted WHERE finding >= ? ORDER BY finding, position";

static gr_status read_counted(recalling *r, sqlite3_stmt *row, gr_counted *c)
{
    gr_wide low, high = GR_UNBOUNDED;
    gr_status status;

    *c = (gr_counted){ .gift = text_at(r, row, 1), .note = text_at(r, row, 10) };
    c->source = (gr_place){ file_at(r, row, 7), (uint32_t)sqlite3_column_int64(row, 8),
                            (uint32_t)sqlite3_column_int64(row, 9) };
    c->through_other = sqlite3_column_int(row, 11) != 0;
    read_giver(r, row, 3, &c->giver_id, &c->giver_name);
    status = read_day(r, row, 2, &c->day);
    if (status == GR_OK)
        status = read_amount(r, row, 5, &low, &c->value.den);
    if (status == GR_OK && sqlite3_column_type(row, 6) != SQLITE_NULL)
        status = read_amount(r, row, 6, &high, &c->value.den);
    if (status != GR_OK)
        return status;
    c->value.low = (int64_t)low;
    c->value.high = (int64_t)high;
    return GR_OK;
}

/* counted stands on the first row not yet looked at; rows of findings not in force are passed over. */
static gr_status add_counted(recalling *r, gr_statement *counted, bool *has, int64_t finding,
                             gr_finding *f)
{
    gr_status status = GR_OK;

    gr_list_cut(&r->counted, 0);
    while (status == GR_OK && *has && sqlite3_column_int64(counted->handle, 0) <= finding) {
        gr_counted one;

        if (sqlite3_column_int64(counted->handle, 0) == finding) {
            status = read_counted(r, counted->handle, &one);
            if (status == GR_OK && !gr_list_push(&r->counted, &one))
                r->no_memory = true;
        }
        *has = gr_statement_step(counted);
    }
    if (r->counted.count > 0) {
        gr_counted *all = gr_arena_alloc(r->arena, r->counted.count * sizeof *all);

        r->no_memory = r->no_memory || !all;
        if (all)
            memcpy(all, r->counted.items, r->counted.count * sizeof *all);
        f->counted = all;
        f->counted_count = all ? r->counted.count : 0;
    }
    return status;
}

static gr_status read_findings(recalling *r)
{
    gr_statement s = gr_statement_open(r->ledger, GR_KEPT_NOT, finding_columns);
    gr_statement counted = gr_statement_open(r->ledger, GR_KEPT_NOT, counted_columns);
    bool has_counted = false;
    gr_status status = GR_OK, closed[2];
    gr_error later[2] = { 0 };

    gr_bind_number(&s, r->run);
    gr_bind_number(&s, r->since);
    while (status == GR_OK && !r->no_memory && gr_statement_step(&s)) {
        gr_finding f;

        if (counted.bound == 0) { /* what came before the first one is not asked for */
            gr_bind_number(&counted, sqlite3_column_int64(s.handle, AT_FINDING));
            has_counted = gr_statement_step(&counted);
        }
        status = read_finding(r, s.handle, &f);
        if (status == GR_OK)
            status = add_counted(r, &counted, &has_counted,
                                 sqlite3_column_int64(s.handle, AT_FINDING), &f);
        if (status == GR_OK && !gr_list_push(&r->out->finding, &f))
            r->no_memory = true;
    }
    closed[0] = gr_statement_close(&s, &later[0]);
    closed[1] = gr_statement_close(&counted, &later[1]);
    for (int i = 0; status == GR_OK && i < 2; i++) {
        status = closed[i];
        if (status != GR_OK)
            *r->err = later[i];
    }
    return status;
}

/* ---- quarantine ---- */

static gr_status take_quarantined(void *context, const gr_quarantined *quarantined, gr_error *err)
{
    recalling *r = context;
    gr_quarantined one = *quarantined;

    one.raw = GR_TEXT("");
    one.record = copy(r, quarantined->record);
    if (r->no_memory || !gr_list_push(&r->out->quarantined, &one))
        return gr_fail_memory(err);
    return GR_OK;
}

/* ---- all ---- */

gr_status gr_ledger_recall(gr_ledger *ledger, int64_t run, int64_t since, gr_arena *arena,
                           gr_recalled *out, gr_error *err)
{
    recalling r = {
        .ledger = ledger, .run = run, .since = since, .arena = arena, .out = out, .err = err
    };
    gr_status status;
    int64_t rules;

    *out = (gr_recalled){ .finding = GR_LIST(gr_finding),
                          .standing = GR_LIST(gr_standing),
                          .quarantined = GR_LIST(gr_quarantined) };
    r.counted = GR_LIST(gr_counted);
    status = read_totals(&r, &rules);
    if (status == GR_OK)
        status = read_rules(&r, rules);
    if (status == GR_OK)
        status = read_standing(&r);
    if (status == GR_OK)
        status = read_findings(&r);
    if (status == GR_OK && !r.no_memory)
        status = gr_ledger_each_quarantined(ledger, run, since, take_quarantined, &r, err);
    gr_list_free(&r.counted);
    gr_table_free(&r.giver);
    return status == GR_OK && r.no_memory ? gr_fail_memory(err) : status;
}

gr_status gr_ledger_list_recipients(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT, "SELECT DISTINCT recipient_id, name, employer FROM recipient");
    gr_status status = GR_OK;

    *out = GR_LIST(gr_person);
    while (status == GR_OK && gr_statement_step(&s)) {
        gr_person person = { .id = gr_arena_copy(arena, gr_column_text(s.handle, 0)),
                             .name = gr_arena_copy(arena, gr_column_text(s.handle, 1)),
                             .employer = gr_arena_copy(arena, gr_column_text(s.handle, 2)) };

        if (!person.id.ptr || !person.name.ptr || !person.employer.ptr ||
            !gr_list_push(out, &person))
            status = gr_fail_memory(err);
    }
    return gr_statement_end(&s, status, err);
}

void gr_recalled_free(gr_recalled *recalled)
{
    gr_list_free(&recalled->finding);
    gr_list_free(&recalled->standing);
    gr_list_free(&recalled->quarantined);
}
