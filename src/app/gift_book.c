/* src/app/gift_book.c - see gift_book.h. Sums are followed for everything that the ledger holds; lines are of the gifts
 * that the report is about. */
#include "app/gift_book_inside.h"

#include "base/digest.h"
#include "base/os.h"
#include "model/total.h"

#include <stdlib.h>
#include <string.h>

const gr_limit *gr_book_limit(const gr_bookkeeper *k)
{
    return &k->rules->set->book[k->followed_book].limit[k->followed_limit];
}

uint32_t gr_book_recipient(const gr_bookkeeper *k, const gr_book_line *line)
{
    size_t count;

    return gr_tally_recipients(k->intake->tally, line->gift, &count)[line->place];
}

/* ---- reading ---- */

static gr_status fail_rule(const gr_book_wanted *wanted, gr_error *err)
{
    if (wanted->rule)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--rule", 0, 0 },
                       "name a rulebook with a limit per recipient and year",
                       "gifts cannot be listed by '%.100s'", wanted->rule);
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "see: giftrule rules show",
                   "no rulebook has a limit per recipient and year to list gifts by");
}

static gr_status read_ledger(gr_bookkeeper *k, gr_error *err)
{
    gr_status status = gr_intake_open(k->rules, k->ledger, k->arena, &k->own, err);

    k->intake = &k->own;
    k->own.only_lists = true;
    if (status == GR_OK)
        status = gr_intake_load_ledger(k->intake, err);
    if (status == GR_OK)
        status = gr_intake_settle(k->intake, &k->who, err);
    if (status == GR_OK) /* what was seen twice counts once */
        status = gr_reconcile(k->intake->reconciliation, k->intake->tally, &k->who, err);
    return status;
}

static gr_status read_gifts(gr_bookkeeper *k, const gr_book_wanted *wanted, gr_error *err)
{
    gr_status status = gr_ledger_look_back(k->ledger, wanted->run, err);

    if (status == GR_OK && wanted->intake) {
        k->intake = wanted->intake;
        k->who = *wanted->who;
    } else if (status == GR_OK) {
        status = read_ledger(k, err);
    }
    if (status == GR_OK && !k->who.client)
        status = gr_people_clients(k->intake->people, &k->who, err);
    return status;
}

gr_status gr_bookkeeper_open(const gr_book_wanted *wanted, gr_ledger *ledger, gr_arena *arena,
                             gr_bookkeeper **out, gr_error *err)
{
    gr_bookkeeper *k = gr_os_alloc(sizeof *k);
    gr_status status;

    if (!k) {
        gr_ledger_close(ledger);
        return gr_fail_memory(err);
    }
    *k = (gr_bookkeeper){ .arena = arena,
                          .rules = wanted->rules,
                          .ledger = ledger,
                          .filtering = wanted->filtering && gr_filtering_is_on(wanted->filtering)
                                           ? wanted->filtering
                                           : NULL,
                          .finding = GR_LIST(const gr_finding *),
                          .told = GR_LIST(const gr_finding *),
                          .scratch = gr_arena_create() };
    if (!gr_followed_find(wanted->rules->set, wanted->rule, &k->followed_book, &k->followed_limit))
        status = fail_rule(wanted, err);
    else
        status = k->scratch ? read_gifts(k, wanted, err) : gr_fail_memory(err);
    if (status == GR_OK)
        *out = k;
    else
        gr_bookkeeper_free(k);
    return status;
}

const gr_intake *gr_bookkeeper_gifts(const gr_bookkeeper *k, const gr_who **who)
{
    *who = &k->who;
    return k->intake;
}

void gr_bookkeeper_free(gr_bookkeeper *k)
{
    if (!k)
        return;
    gr_fetcher_close(k->fetcher);
    gr_os_free(k->stand);
    gr_os_free(k->stand_of_person);
    gr_os_free(k->line);
    gr_os_free(k->person);
    gr_os_free(k->executive);
    gr_os_free(k->of_person.first);
    gr_os_free(k->of_person.line);
    gr_os_free(k->of_executive.first);
    gr_os_free(k->of_executive.line);
    gr_list_free(&k->finding);
    gr_list_free(&k->told);
    gr_table_free(&k->found);
    gr_arena_free(k->scratch);
    gr_intake_close(&k->own);
    gr_ledger_close(k->ledger);
    gr_os_free(k);
}

/* ---- sums ---- */

static int64_t fit(gr_wide sum)
{
    return sum >= GR_UNBOUNDED ? GR_UNBOUNDED : (int64_t)sum;
}

static void set_stand(gr_book_stand *stand, const gr_view *view, gr_verdict verdict)
{
    if (!view)
        return;
    stand->row = view->row;
    stand->period = view->period;
    stand->low = fit(view->total.low);
    stand->high = view->total.unbounded ? GR_UNBOUNDED : fit(view->total.high);
    stand->den = view->total.den;
    stand->verdict = verdict;
}

static void take_share(void *context, size_t entry, const gr_view *view, gr_verdict verdict)
{
    gr_bookkeeper *k = context;

    set_stand(&k->stand[entry], view, verdict);
}

static void take_person(void *context, uint32_t person, const gr_view *view)
{
    gr_bookkeeper *k = context;

    set_stand(&k->stand_of_person[person], view, GR_COMPLIANT);
}

gr_line_sum gr_book_sum(const gr_book_stand *stand)
{
    gr_line_sum sum = { .total = { .den = 1 }, .limit = { 0, 1 } };

    if (!stand->row)
        return sum;
    sum.period = stand->period;
    sum.limit = stand->row->amount;
    sum.verdict = stand->verdict;
    sum.total = (gr_total){ stand->low, stand->high, stand->den, stand->high == GR_UNBOUNDED };
    return sum;
}

static gr_book_stand *create_stands(size_t count)
{
    gr_book_stand *stand = gr_os_alloc(sizeof *stand * (count + 1));

    return stand ? memset(stand, 0, sizeof *stand * (count + 1)) : NULL;
}

static gr_status follow(gr_bookkeeper *k, gr_error *err)
{
    const gr_following following = { take_share, take_person, k->report->as_of, NULL, k };

    k->stand = create_stands(k->intake->tally->entry[k->followed_book].count);
    k->stand_of_person = create_stands(k->who.recipient_count);
    if (!k->stand || !k->stand_of_person)
        return gr_fail_memory(err);
    return gr_follow(k->intake->tally, &k->who, k->followed_book, k->followed_limit, &following,
                     err);
}

/* ---- lines ---- */

typedef struct ranked {
    const char *id;
    gr_day day;
    uint32_t gift;
} ranked;

static int by_day(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);

    if (order == 0)
        order = strcmp(x->id, y->id);
    return order ? order : (x->gift > y->gift) - (x->gift < y->gift);
}

static bool is_listed(const gr_bookkeeper *k, const gr_gift *gift)
{
    return gr_gift_counts(gift) && gift->day >= k->book.from && gift->day <= k->book.to;
}

/* Gifts in the order of their lines; *lines is how many there are of all of them. */
static ranked *rank_gifts(gr_bookkeeper *k, size_t *count, size_t *lines)
{
    const gr_tally *tally = k->intake->tally;
    ranked *all = gr_os_alloc(sizeof *all * (tally->gift.count + 1));
    size_t n = 0, parts;

    *lines = 0;
    for (uint32_t i = 0; all && i < tally->gift.count; i++) {
        const gr_gift *gift = gr_book_gift(k, i);

        if (!is_listed(k, gift))
            continue;
        all[n++] = (ranked){ gr_tally_id(tally, i).ptr, gift->day, i };
        gr_tally_recipients(tally, i, &parts);
        *lines += parts;
    }
    if (n > 0)
        qsort(all, n, sizeof *all, by_day);
    *count = n;
    return all;
}

static gr_status list_lines(gr_bookkeeper *k, gr_error *err)
{
    size_t count, lines, parts;
    ranked *all = rank_gifts(k, &count, &lines);

    k->line = gr_os_alloc(sizeof *k->line * (lines + 1));
    for (size_t i = 0; all && k->line && i < count; i++) {
        gr_tally_recipients(k->intake->tally, all[i].gift, &parts);
        for (uint32_t place = 0; place < parts; place++)
            k->line[k->line_count++] = (gr_book_line){ all[i].gift, place };
    }
    k->book.gifts = count;
    k->book.lines = k->line_count;
    gr_os_free(all);
    return all && k->line ? GR_OK : gr_fail_memory(err);
}

/* How many earlier places of the gift name the same recipient. */
static uint32_t times_before(const gr_bookkeeper *k, const gr_book_line *line, uint32_t *all)
{
    uint32_t mine = gr_book_recipient(k, line), before = 0;
    size_t count;
    const uint32_t *recipient = gr_tally_recipients(k->intake->tally, line->gift, &count);

    *all = 0;
    for (uint32_t i = 0; i < count; i++) {
        before += i < line->place && recipient[i] == mine;
        *all += recipient[i] == mine;
    }
    return before;
}

/* Where a gift names one recipient twice, and only one part counts, nothing tells which: the first is taken. */
uint32_t gr_book_entry(const gr_bookkeeper *k, const gr_book_line *line)
{
    const gr_list *entries = &k->intake->tally->entry[k->followed_book];
    uint32_t mine = gr_book_recipient(k, line), all, before = times_before(k, line, &all);
    size_t count;
    const gr_entry *entry =
        gr_tally_entries(k->intake->tally, k->followed_book, line->gift, &count);

    for (size_t i = 0; i < count; i++)
        if (entry[i].recipient == mine && before-- == 0)
            return (uint32_t)(&entry[i] - GR_AT(*entries, gr_entry, 0));
    return GR_NONE;
}

gr_line_standing gr_book_value(const gr_bookkeeper *k, uint32_t entry, gr_span *value)
{
    const gr_entry *e = GR_AT(k->intake->tally->entry[k->followed_book], gr_entry, entry);
    const gr_ruling *r = GR_AT(k->intake->tally->ruling, gr_ruling, e->ruling);
    uint16_t bit = (uint16_t)(1u << k->followed_limit);
    bool is_sure = r->limits_in & bit && gr_ruling_is_certain(r);

    *value = (gr_span){ is_sure ? e->low : 0, e->high, e->den };
    if ((r->limits_in | r->limits_open) & bit)
        return is_sure ? GR_LINE_COUNTS : GR_LINE_MAY_COUNT;
    *value = (gr_span){ 0, 0, 1 };
    return GR_LINE_OUTSIDE;
}

/* ---- findings ---- */

static uint64_t hash_place(gr_text id, uint32_t line)
{
    return gr_hash(id, line);
}

static gr_status index_findings(gr_bookkeeper *k, gr_error *err)
{
    for (size_t e = 0; e < k->report->executive_count; e++) {
        const gr_executive *who = &k->report->executive[e];

        for (size_t i = 0; i < who->finding_count; i++) {
            const gr_finding *f = who->finding[i];

            if (!gr_table_put(&k->found, hash_place(f->gift, f->source.line),
                              (uint32_t)k->finding.count) ||
                !gr_list_push(&k->finding, &f))
                return gr_fail_memory(err);
        }
    }
    return GR_OK;
}

const gr_finding *gr_book_finding(const gr_bookkeeper *k, const gr_book_line *line, size_t *cursor)
{
    const gr_gift *gift = gr_book_gift(k, line->gift);
    gr_text id = gr_tally_id(k->intake->tally, line->gift);
    const char *file = GR_AT(k->intake->source, gr_source, gift->source)->file.ptr;
    uint32_t i;

    while ((i = gr_table_find(&k->found, hash_place(id, gift->line), cursor)) != GR_NONE) {
        const gr_finding *f = *GR_AT(k->finding, const gr_finding *, i);

        if (f->position == line->place && f->source.line == gift->line &&
            gr_text_equal(f->gift, id) && f->source.file && strcmp(f->source.file, file) == 0)
            return f;
    }
    return NULL;
}

gr_status gr_book_tell_findings(gr_bookkeeper *k, const gr_book_line *at, gr_gift_line *line,
                                gr_error *err)
{
    const gr_finding *f;
    size_t cursor = 0;

    gr_list_cut(&k->told, 0);
    while ((f = gr_book_finding(k, at, &cursor)))
        if (!gr_list_push(&k->told, &f))
            return gr_fail_memory(err);
    line->finding = k->told.items;
    line->finding_count = k->told.count;
    return GR_OK;
}

/* ---- account executives ---- */

static bool is_giver(const gr_executive *executive, const gr_person *giver)
{
    return executive->id.len + giver->id.len > 0 ? gr_text_equal(executive->id, giver->id)
                                                 : gr_text_equal(executive->name, giver->name);
}

/* They are sorted by id, then by name. */
static uint32_t find_executive(const gr_report *report, const gr_person *giver)
{
    size_t low = 0, high = report->executive_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const gr_executive *one = &report->executive[middle];
        int order = gr_text_compare(one->id, giver->id);

        if (order == 0 && giver->id.len == 0)
            order = gr_text_compare(one->name, giver->name);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < report->executive_count && is_giver(&report->executive[low], giver) ? (uint32_t)low
                                                                                     : GR_NONE;
}

static gr_status number_executives(gr_bookkeeper *k, gr_error *err)
{
    k->executive = gr_os_alloc(sizeof *k->executive * (k->who.giver_count + 1));
    if (!k->executive)
        return gr_fail_memory(err);
    for (size_t g = 0; g < k->who.giver_count; g++)
        k->executive[g] = find_executive(k->report, &k->who.giver[g]);
    return GR_OK;
}

static uint32_t executive_of(const gr_bookkeeper *k, const gr_book_line *line)
{
    return k->executive[gr_book_gift(k, line->gift)->giver];
}

static uint32_t person_of(const gr_bookkeeper *k, const gr_book_line *line)
{
    return k->person[k->who.same[gr_book_recipient(k, line)]];
}

/* A counting sort. Lines of no group are in none. */
static gr_status group_lines(gr_bookkeeper *k, size_t groups,
                             uint32_t (*of)(const gr_bookkeeper *, const gr_book_line *),
                             gr_book_groups *out, gr_error *err)
{
    uint32_t *first = gr_os_alloc(sizeof *first * (groups + 2)), group;

    out->first = first;
    out->line = gr_os_alloc(sizeof *out->line * (k->line_count + 1));
    if (!first || !out->line)
        return gr_fail_memory(err);
    memset(first, 0, sizeof *first * (groups + 2));
    for (size_t i = 0; i < k->line_count; i++)
        if ((group = of(k, &k->line[i])) != GR_NONE)
            first[group + 2]++;
    for (size_t g = 0; g < groups; g++)
        first[g + 2] += first[g + 1];
    for (size_t i = 0; i < k->line_count; i++)
        if ((group = of(k, &k->line[i])) != GR_NONE)
            out->line[first[group + 1]++] = (uint32_t)i;
    return GR_OK;
}

/* ---- all of it together ---- */

static void add_up(gr_bookkeeper *k)
{
    for (size_t i = 0; i < k->line_count; i++) {
        uint32_t entry = gr_book_entry(k, &k->line[i]);
        gr_span value;

        if (entry != GR_NONE && gr_book_value(k, entry, &value) != GR_LINE_OUTSIDE)
            gr_total_add(&k->book.counted, value);
    }
}

/* ---- the book ---- */

static void describe_rule(gr_bookkeeper *k, const gr_report *report)
{
    const gr_rulebook *book = &k->rules->set->book[k->followed_book];
    const gr_limit *limit = gr_book_limit(k);
    gr_limit_step *step = gr_arena_zero(k->arena, sizeof *step * (limit->row_count + 1));

    k->book = (gr_gift_book){ .rule = book->id,
                              .title = book->title,
                              .clause = limit->clause,
                              .currency = book->currency,
                              .step = step,
                              .step_count = step ? limit->row_count : 0,
                              .from = report->has_from ? report->from : GR_DAY_FIRST,
                              .to = report->has_to ? report->to : GR_DAY_LAST,
                              .counted = { .den = 1 },
                              .owned = k,
                              .each = gr_book_each,
                              .each_sum = gr_book_each_sum };
    for (size_t i = 0; i < k->book.step_count; i++)
        step[i] = (gr_limit_step){ limit->row[i].from, limit->row[i].to, limit->row[i].amount };
}

/* What a report of a ledger tells only where its gifts are at hand: from which exports they came, and what was matched. */
static void add_origins(const gr_bookkeeper *k, gr_report *report)
{
    if (report->input_count == 0) {
        report->input = k->intake->source.items;
        report->input_count = k->intake->source.count;
    }
    if (!report->reconciled.is_told)
        report->reconciled = gr_reconciliation_count(k->intake->reconciliation);
}

gr_status gr_bookkeeper_give(gr_bookkeeper *k, gr_report *report, gr_error *err)
{
    gr_status status;

    k->report = report;
    describe_rule(k, report);
    status = k->book.step ? follow(k, err) : gr_fail_memory(err);
    if (status == GR_OK)
        status = index_findings(k, err);
    if (status == GR_OK)
        status = number_executives(k, err);
    if (status == GR_OK)
        status = list_lines(k, err);
    if (status == GR_OK && k->filtering)
        status = gr_book_filter(k, k->filtering, err);
    if (status == GR_OK)
        status = gr_book_add_people(k, err);
    if (status == GR_OK)
        status = group_lines(k, k->book.person_count, person_of, &k->of_person, err);
    if (status == GR_OK)
        status = group_lines(k, report->executive_count, executive_of, &k->of_executive, err);
    if (status == GR_OK)
        add_up(k);
    if (status == GR_OK)
        status = gr_fetcher_open(k->ledger, &k->fetcher, err);
    if (status == GR_OK) {
        report->book = &k->book;
        add_origins(k, report);
    }
    return status;
}
