/* src/ledger/verify_sums.c - arithmetic: a finding's total is the sum of what it counts, and what is over the limit is
 * the rest; a source and the last entry say how much there is.
 *
 * What is counted stands as fractions of cents of its own, the total as one over a common denominator (engine/group.c).
 * The engine sums up to denominators of a billion; beyond, it takes the billionths around each value, low ends down and
 * high ends up, and so do we. A denominator that does not go into the total's otherwise is a fault. */
#include "ledger/amounts.h"
#include "ledger/verifying.h"

#include <string.h>

enum { FINEST = 1000000000 }; /* of engine/group.c */

/* ---- findings ---- */

enum {
    AT_FINDING,
    AT_RUN,
    AT_ID,
    AT_LIMIT,
    AT_CERTAIN,
    AT_POSSIBLE,
    AT_OVER,
    AT_POSITION, /* NULL: it counts nothing */
    AT_LOW,
    AT_HIGH
};

typedef struct sum {
    int64_t finding, run; /* 0: none yet */
    char id[64];
    gr_fraction limit, certain, possible, over;
    gr_wide low, high;
    bool is_unknown, is_readable, is_exact;
} sum;

static void start_sum(sum *s, sqlite3_stmt *row)
{
    gr_text id = gr_column_text(row, AT_ID);
    size_t n = gr_text_cut(id, sizeof s->id - 1);

    *s = (sum){ .finding = sqlite3_column_int64(row, AT_FINDING),
                .run = sqlite3_column_int64(row, AT_RUN),
                .is_exact = true };
    memcpy(s->id, id.ptr, n);
    s->is_readable = gr_fraction_read(row, AT_LIMIT, &s->limit) &&
                     gr_fraction_read(row, AT_CERTAIN, &s->certain) &&
                     gr_fraction_read(row, AT_POSSIBLE, &s->possible) &&
                     gr_fraction_read(row, AT_OVER, &s->over) && !s->limit.is_unknown &&
                     !s->certain.is_unknown && !s->over.is_unknown;
}

/* Numbers of a hundred thousand gifts of the largest amount fit; what a foreign hand may write there may not. */
static bool is_small(gr_wide num)
{
    const gr_wide most = (gr_wide)INT64_MAX * 16;

    return num <= most && num >= -most;
}

static bool add_share(sum *s, const gr_fraction *share, bool up, gr_wide *to)
{
    int64_t den = s->certain.den;
    gr_wide scaled;

    if (!is_small(share->num))
        return false;
    scaled = share->num * den;
    if (scaled % share->den != 0) {
        s->is_exact = s->is_exact && den == FINEST;
        scaled = scaled / share->den + (up ? 1 : 0);
    } else {
        scaled = scaled / share->den;
    }
    *to += scaled;
    return true;
}

static void add_counted(sum *s, sqlite3_stmt *row)
{
    gr_fraction low, high;

    if (!s->is_readable || sqlite3_column_type(row, AT_POSITION) == SQLITE_NULL)
        return;
    s->is_readable = gr_fraction_read(row, AT_LOW, &low) && gr_fraction_read(row, AT_HIGH, &high) &&
                     !low.is_unknown && s->certain.den <= FINEST &&
                     add_share(s, &low, false, &s->low) &&
                     (high.is_unknown || add_share(s, &high, true, &s->high));
    s->is_unknown = s->is_unknown || high.is_unknown;
}

/* over = total - limit, and nothing where that is below zero. */
static bool is_rest(const sum *s)
{
    gr_wide rest = s->certain.num * s->limit.den - s->limit.num * s->certain.den;
    gr_wide den = (gr_wide)s->certain.den * s->limit.den;

    if (rest >= GR_UNBOUNDED) /* more than can be told is told as the most that can */
        return s->over.num == GR_UNBOUNDED - 1;
    if (rest < 0)
        rest = 0;
    return s->over.num * den == rest * s->over.den;
}

static void end_sum(gr_verifying *v, const sum *s)
{
    const char *what = NULL;

    if (s->finding == 0)
        return;
    v->out->findings++;
    if (!s->is_readable || !is_small(s->certain.num) || !is_small(s->limit.num) ||
        !is_small(s->over.num))
        what = "an amount cannot be read";
    else if (s->low != s->certain.num || !s->is_exact)
        what = "its certain total is not the sum of what it counts";
    else if (s->possible.is_unknown != s->is_unknown ||
             (!s->is_unknown && (s->possible.den != s->certain.den || s->high != s->possible.num)))
        what = "its possible total is not the sum of what it counts";
    else if (!is_rest(s))
        what = "what is over the limit is not its total without the limit";
    if (what)
        gr_fault_add(v, s->run, "finding", "%s: %s", s->id, what);
}

static gr_status check_findings(gr_verifying *v, gr_error *err)
{
    gr_statement s = gr_statement_open(
        v->ledger, GR_KEPT_NOT,
        "SELECT f.finding, f.run, f.id, f.\"limit\", f.total_certain, f.total_possible, f.over, "
        "c.position, c.value_certain, c.value_possible FROM finding AS f LEFT JOIN counted AS c "
        "ON c.finding = f.finding WHERE f.period IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM finding AS n WHERE n.replaces = f.finding) ORDER BY f.finding");
    sum one = { 0 };

    while (gr_statement_step(&s)) {
        if (sqlite3_column_int64(s.handle, AT_FINDING) != one.finding) {
            end_sum(v, &one);
            start_sum(&one, s.handle);
        }
        add_counted(&one, s.handle);
    }
    end_sum(v, &one);
    return gr_fault_soften(v, 0, "finding", gr_statement_close(&s, err), err);
}

/* ---- sources ---- */

/* Of the records that a file held, some were known before; one whose id stood there already with other content went to
 * quarantine. A row in quarantine stands for a place and a message, once. */
static gr_status check_sources(gr_verifying *v, gr_error *err)
{
    gr_statement s = gr_statement_open(
        v->ledger, GR_KEPT_NOT,
        "SELECT s.run, s.file, s.records, s.quarantined, s.duplicates, coalesce(r.n, 0), "
        "coalesce(q.n, 0) FROM source AS s "
        "LEFT JOIN (SELECT source, count(*) AS n FROM record GROUP BY source) AS r "
        "ON r.source = s.source "
        "LEFT JOIN (SELECT source, count(*) AS n FROM quarantined GROUP BY source) AS q "
        "ON q.source = s.source "
        "WHERE NOT EXISTS (SELECT 1 FROM disposed WHERE name IN ('record', 'quarantined')) "
        "ORDER BY s.source");

    while (gr_statement_step(&s)) {
        int64_t run = sqlite3_column_int64(s.handle, 0),
                records = sqlite3_column_int64(s.handle, 2);
        int64_t quarantined = sqlite3_column_int64(s.handle, 3);
        int64_t known = sqlite3_column_int64(s.handle, 4),
                there = sqlite3_column_int64(s.handle, 5);
        int64_t set_aside = sqlite3_column_int64(s.handle, 6);
        gr_text file = gr_column_text(s.handle, 1);

        if (there + known > records || there + known + quarantined < records)
            gr_fault_add(v, run, "source",
                         "%.*s: of %lld records %lld were known, and %lld are there", GR_SHOW(file),
                         (long long)records, (long long)known, (long long)there);
        if (set_aside != quarantined)
            gr_fault_add(v, run, "source",
                         "%.*s: %lld records went to quarantine, and %lld are there", GR_SHOW(file),
                         (long long)quarantined, (long long)set_aside);
    }
    return gr_fault_soften(v, 0, "source", gr_statement_close(&s, err), err);
}

/* ---- the last entry ---- */

/* Gift log and expenses may have seen one gift each time: it was counted once. */
static bool is_sum(int64_t counted, int64_t gifts, int64_t expenses)
{
    int64_t twice = gifts + expenses - counted;

    return twice >= 0 && twice <= gifts && twice <= expenses;
}

/* Which expenses are gifts, detection has decided by the rules of then: only the sum of both can be counted here. It
 * stands as of the last time that all was judged, before anything was disposed of. Approvals and rosters count for
 * nothing. */
static gr_status check_totals(gr_verifying *v, gr_error *err)
{
    gr_statement s = gr_statement_open(
        v->ledger, GR_KEPT_NOT,
        "WITH l AS (SELECT * FROM run ORDER BY run DESC LIMIT 1), "
        "a AS (SELECT total(record_kind IN ('gift', 'expense')) AS n, "
        "total(record_kind = 'gift') AS g "
        "FROM record), " /* all, then those that a later version stands for */
        "b AS (SELECT total(r.record_kind IN ('gift', 'expense')) AS n, "
        "total(r.record_kind = 'gift') AS g "
        "FROM record AS n JOIN record AS r ON r.record = n.replaces WHERE n.replaces IS NOT NULL) "
        "SELECT l.run, l.gifts, l.expenses, a.n - b.n, a.g - b.g, (SELECT total(gifts) "
        "FROM standing AS t WHERE NOT EXISTS (SELECT 1 FROM standing AS n "
        "WHERE n.replaces = t.standing)) FROM l, a, b WHERE l.gifts IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM disposed WHERE name = 'record' AND run > coalesce((SELECT max(run) FROM "
        "run WHERE action = 'audit'), 0))");

    if (gr_statement_step(&s)) {
        int64_t run = sqlite3_column_int64(s.handle, 0), gifts = sqlite3_column_int64(s.handle, 1);
        int64_t all = gifts + sqlite3_column_int64(s.handle, 2);
        int64_t there = sqlite3_column_int64(s.handle, 3), sure = sqlite3_column_int64(s.handle, 4);
        int64_t given = sqlite3_column_int64(s.handle, 5);

        v->out->totals_known = true;
        if (!is_sum(all, sure, there - sure) || gifts < sure)
            gr_fault_add(v, run, NULL,
                         "it says that %lld records are in force, %lld of them gifts; "
                         "there are %lld, and %lld gifts",
                         (long long)all, (long long)gifts, (long long)there, (long long)sure);
        if (given != gifts)
            gr_fault_add(v, run, "standing",
                         "%lld gifts are in force, and everybody together gave %lld",
                         (long long)gifts, (long long)given);
    }
    return gr_fault_soften(v, 0, "run", gr_statement_close(&s, err), err);
}

gr_status gr_verify_sums(gr_verifying *v, gr_error *err)
{
    gr_status status = check_findings(v, err);

    if (status == GR_OK)
        status = check_sources(v, err);
    return status == GR_OK ? check_totals(v, err) : status;
}
