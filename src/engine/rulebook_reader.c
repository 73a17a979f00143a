/* src/engine/rulebook_reader.c - from a rule file to a rulebook. The schema has checked the shape; here days,
 * amounts, sources and the order of dated rows are checked, and every error is told in one run. */
#include "engine/rulebook.h"

typedef struct reader {
    const gr_policy *policy;
    gr_arena *arena;
    gr_problems *problems;
    gr_rulebook *book;
    const gr_node *root;
    gr_list unsure; /* of gr_text */
    bool no_memory;
} reader;

static void *take(reader *r, size_t size)
{
    void *piece = gr_arena_zero(r->arena, size);

    r->no_memory = r->no_memory || !piece;
    return piece;
}

/* ---- dates and backing ---- */

static gr_day read_day(reader *r, const gr_node *node, const char *name, gr_day silent)
{
    gr_error error;
    gr_day day = silent;

    if (gr_node_has(node, name) &&
        gr_day_parse(gr_node_attribute(node, name), node->at, &day, &error) != GR_OK)
        gr_problems_add(r->problems, &error);
    return day;
}

/* Dated rows follow each other without overlap; gapless ones leave no day out between them. */
static void check_dates(reader *r, const gr_node *node, gr_day from, gr_day to,
                        const gr_day *before, bool gapless)
{
    char text[GR_DAY_TEXT];

    if (to < from)
        gr_problem(r->problems, node->at, "exchange the two days",
                   "this row ends on %s, before it begins", gr_day_print(to, text));
    if (before && from <= *before)
        gr_problem(r->problems, node->at, "begin it on the day after the row before it ends",
                   "this row begins on %s, when the row before it is still in force",
                   gr_day_print(from, text));
    if (before && gapless && from > *before + 1)
        gr_problem(r->problems, node->at, "begin it on the day after the row before it ends",
                   "no row is in force from %s on", gr_day_print(*before + 1, text));
}

static bool is_source(reader *r, gr_text id)
{
    for (const gr_node *s = gr_node_child(r->root, "source"); s; s = gr_node_again(s))
        if (gr_text_equal(gr_node_attribute(s, "id"), id))
            return true;
    return false;
}

/* Checks the sources of a statement, and notes it when its text was not seen. */
static void read_backing(reader *r, const gr_node *node, gr_text what, gr_text clause)
{
    gr_text rest = gr_node_attribute(node, "source"), id;
    gr_text sure = gr_node_attribute(node, "sure"), line;

    while (gr_text_word(&rest, &id))
        if (!is_source(r, id))
            gr_problem(r->problems, node->at, "declare it by a source element at the top",
                       "the source '%.*s' is not declared", GR_SHOW(id));
    if (gr_text_is(sure, "text"))
        return;
    line = gr_arena_print(r->arena, "%.*s (%.*s): %s", GR_ALL(what), GR_ALL(clause),
                          gr_text_is(sure, "summary") ? "known from summaries of the text"
                                                      : "derived; no source states it");
    r->no_memory = r->no_memory || !line.ptr || !gr_list_push(&r->unsure, &line);
}

/* ---- limit and period ---- */

static void read_limit(reader *r, const gr_node *node)
{
    size_t count = gr_node_count(node, "row"), i = 0;
    gr_limit_row *rows = take(r, sizeof *rows * count);
    gr_error error;

    r->book->limit_kind = gr_node_attribute(node, "kind");
    r->book->limit_clause = gr_node_attribute(node, "clause");
    r->book->currency = gr_node_attribute(node, "currency");
    r->book->reached_is_over = gr_text_is(gr_node_attribute(node, "test"), "at-least");
    for (const gr_node *row = gr_node_child(node, "row"); rows && row;
         row = gr_node_again(row), i++) {
        gr_text amount = gr_node_attribute(row, "amount");

        rows[i].from = read_day(r, row, "from", GR_DAY_FIRST);
        rows[i].to = read_day(r, row, "to", GR_DAY_LAST);
        rows[i].source = gr_node_attribute(row, "source");
        rows[i].sure = gr_node_attribute(row, "sure");
        check_dates(r, row, rows[i].from, rows[i].to, i ? &rows[i - 1].to : NULL, true);
        if (gr_money_parse(amount, row->at, &rows[i].amount, &error) != GR_OK)
            gr_problems_add(r->problems, &error);
        read_backing(r, row, gr_arena_print(r->arena, "limit of %.*s", GR_SHOW(amount)),
                     r->book->limit_clause);
    }
    r->book->limit = rows;
    r->book->limit_count = count;
}

static void read_period(reader *r, const gr_node *node)
{
    gr_text basis = gr_node_attribute(node, "basis");

    r->book->period_of_policy = gr_text_is(basis, "policy");
    for (int i = 0; i < GR_BASIS_COUNT; i++)
        if (gr_text_is(basis, gr_basis_text((gr_basis)i)))
            r->book->period = (gr_basis)i;
    r->book->period_clause = gr_node_attribute(node, "clause");
    read_backing(r, node, GR_TEXT("which year is meant"), r->book->period_clause);
}

/* ---- conditions ---- */

static const gr_condition *read_condition(reader *r, const gr_node *node)
{
    return node ? gr_condition_read(node, r->policy, r->arena, &r->book->conditions, r->problems)
                : NULL;
}

/* The condition inside the child of this name; NULL when there is no such child. */
static const gr_condition *read_inside(reader *r, const gr_node *node, const char *name)
{
    const gr_node *child = gr_node_child(node, name);

    return child ? read_condition(r, child->first) : NULL;
}

static void read_presumption(reader *r, const gr_node *node, gr_presumption *p)
{
    gr_text name = gr_node_attribute(node, "fact"), word = gr_node_attribute(node, "is");

    p->fact = gr_fact_find(name);
    p->word = p->fact != GR_FACT_NONE && gr_fact_get(p->fact)->type == GR_FACT_WORD
                  ? gr_fact_word_find(p->fact, word)
                  : -1;
    p->text = gr_node_attribute(node, "text");
    p->source = gr_node_attribute(node, "source");
    p->sure = gr_node_attribute(node, "sure");
    if (p->word < 0)
        gr_problem(r->problems, node->at,
                   "name a fact that is one of a list of words, and one of them",
                   "the fact '%.*s' has no word '%.*s'", GR_SHOW(name), GR_SHOW(word));
    p->when = read_condition(r, node->first);
    read_backing(r, node, p->text, GR_TEXT("presumption"));
}

static void read_presumptions(reader *r)
{
    size_t count = gr_node_count(r->root, "presumption"), i = 0;
    gr_presumption *p = take(r, sizeof *p * count);
    const gr_node *node = gr_node_child(r->root, "presumption");

    if (count > GR_MAX_PRESUMPTIONS)
        gr_problem(r->problems, node->at, "make them fewer",
                   "a rulebook has at most %d presumptions", GR_MAX_PRESUMPTIONS);
    for (; p && node; node = gr_node_again(node), i++) {
        read_presumption(r, node, &p[i]);
        r->book->presumable |= p[i].fact < GR_FACT_COUNT ? UINT64_C(1) << p[i].fact : 0;
    }
    r->book->presumption = p;
    r->book->presumption_count = count < GR_MAX_PRESUMPTIONS ? count : GR_MAX_PRESUMPTIONS;
}

/* ---- valuation ---- */

static void read_amount(reader *r, const gr_node *node, gr_worth_amount *amount)
{
    gr_text name = gr_node_attribute(node, "fact");

    amount->fact = gr_fact_find(name);
    amount->absent = gr_node_attribute(node, "absent");
    if (amount->fact == GR_FACT_NONE || gr_fact_get(amount->fact)->type != GR_FACT_MONEY)
        gr_problem(r->problems, node->at, "name cost, face-value or market-value",
                   "'%.*s' is not an amount", GR_SHOW(name));
}

static void read_worth(reader *r, const gr_node *node, gr_worth *worth)
{
    const gr_node *between = gr_node_child(node, "between");
    const gr_node *list = between ? between : gr_node_child(node, "higher-of");

    worth->title = gr_node_attribute(node, "title");
    worth->between = between != NULL;
    worth->when = read_inside(r, node, "when");
    for (const gr_node *a = gr_node_child(list, "amount");
         a && worth->amount_count < GR_MAX_WORTH_AMOUNTS; a = gr_node_again(a))
        read_amount(r, a, &worth->amount[worth->amount_count++]);
}

static void read_cost_without(reader *r, const gr_node *node, gr_valuation *valuation)
{
    gr_text rest = gr_node_attribute(node, "cost-without"), word;

    while (gr_text_word(&rest, &word)) {
        if (gr_text_is(word, "tax"))
            valuation->without_tax = true;
        else if (gr_text_is(word, "delivery"))
            valuation->without_delivery = true;
        else if (!gr_text_is(word, "nothing"))
            gr_problem(r->problems, node->at, "tax, delivery, both, or nothing",
                       "'%.*s' cannot be taken off the cost", GR_SHOW(word));
    }
}

static void read_valuation(reader *r, const gr_node *node, gr_valuation *v)
{
    size_t count = gr_node_count(node, "worth");
    gr_worth *worth = take(r, sizeof *worth * count);

    v->from = read_day(r, node, "from", GR_DAY_FIRST);
    v->to = read_day(r, node, "to", GR_DAY_LAST);
    v->clause = gr_node_attribute(node, "clause");
    v->source = gr_node_attribute(node, "source");
    v->sure = gr_node_attribute(node, "sure");
    read_cost_without(r, node, v);
    read_backing(r, node, GR_TEXT("valuation"), v->clause);
    v->worth = worth;
    for (const gr_node *w = gr_node_child(node, "worth"); worth && w; w = gr_node_again(w))
        read_worth(r, w, &worth[v->worth_count++]);
    if (worth && worth[v->worth_count - 1].when)
        gr_problem(r->problems, node->at, "give the last worth no condition",
                   "a gift for which no condition holds would have no worth");
}

static void read_valuations(reader *r)
{
    size_t count = gr_node_count(r->root, "valuation"), i = 0;
    gr_valuation *v = take(r, sizeof *v * count);

    for (const gr_node *n = gr_node_child(r->root, "valuation"); v && n;
         n = gr_node_again(n), i++) {
        read_valuation(r, n, &v[i]);
        check_dates(r, n, v[i].from, v[i].to, i ? &v[i - 1].to : NULL, true);
    }
    r->book->valuation = v;
    r->book->valuation_count = count;
}

/* ---- exclusions and duties ---- */

static gr_truth read_truth(gr_text value)
{
    return gr_text_is(value, "yes")       ? GR_TRUE
           : gr_text_is(value, "unclear") ? GR_UNKNOWN
                                          : GR_FALSE;
}

static const gr_law *read_laws(reader *r, const gr_node *node, gr_text what, size_t *count)
{
    size_t i = 0;
    gr_law *law;

    *count = gr_node_count(node, "law");
    law = take(r, sizeof *law * *count);
    for (const gr_node *n = gr_node_child(node, "law"); law && n; n = gr_node_again(n), i++) {
        law[i].from = read_day(r, n, "from", GR_DAY_FIRST);
        law[i].to = read_day(r, n, "to", GR_DAY_LAST);
        law[i].clause = gr_node_attribute(n, "clause");
        law[i].source = gr_node_attribute(n, "source");
        law[i].sure = gr_node_attribute(n, "sure");
        law[i].frees_record = read_truth(gr_node_attribute(n, "frees-record"));
        check_dates(r, n, law[i].from, law[i].to, i ? &law[i - 1].to : NULL, false);
        read_backing(r, n, what, law[i].clause);
    }
    return law;
}

/* An exclusion or a duty of the same id would make findings that cannot be told apart. */
static void check_id(reader *r, const gr_node *node)
{
    gr_text id = gr_node_attribute(node, "id");

    for (const gr_node *other = gr_node_child(r->root, node->name); other != node;
         other = gr_node_again(other))
        if (gr_text_equal(gr_node_attribute(other, "id"), id))
            gr_problem(r->problems, node->at, "give it another id", "the id '%.*s' is taken",
                       GR_SHOW(id));
}

static void read_claim(reader *r, const gr_node *node, gr_text what, gr_claim *claim)
{
    claim->law = read_laws(r, node, what, &claim->law_count);
    claim->claimed = read_inside(r, node, "claimed");
    claim->provided = read_inside(r, node, "provided");
    claim->needs = claim->claimed ? gr_condition_needs(claim->claimed) : 0;
}

static void read_exclusions(reader *r)
{
    size_t count = gr_node_count(r->root, "exclusion"), i = 0;
    gr_exclusion *list = take(r, sizeof *list * count);

    for (const gr_node *n = gr_node_child(r->root, "exclusion"); list && n; n = gr_node_again(n)) {
        gr_exclusion *e = &list[i++];

        check_id(r, n);
        e->id = gr_node_attribute(n, "id");
        e->title = gr_node_attribute(n, "title");
        e->refused_kind = gr_node_attribute(n, "refused-kind");
        read_claim(r, n, e->title, &e->claim);
    }
    r->book->exclusion = list;
    r->book->exclusion_count = count;
}

static void read_duties(reader *r)
{
    size_t count = gr_node_count(r->root, "duty"), i = 0;
    gr_duty *list = take(r, sizeof *list * count);

    for (const gr_node *n = gr_node_child(r->root, "duty"); list && n; n = gr_node_again(n)) {
        gr_duty *d = &list[i++];

        check_id(r, n);
        d->id = gr_node_attribute(n, "id");
        d->kind = gr_node_attribute(n, "kind");
        d->text = gr_node_attribute(n, "text");
        d->ask = gr_node_attribute(n, "ask");
        gr_verdict_find(gr_node_attribute(n, "verdict"),
                        &d->verdict); /* the schema has checked it */
        d->freed_by_exclusion = gr_text_is(gr_node_attribute(n, "freed-by-exclusion"), "yes");
        read_claim(r, n, d->text, &d->claim);
    }
    r->book->duty = list;
    r->book->duty_count = count;
}

/* ---- the whole file ---- */

static void read_book(reader *r)
{
    r->book->id = gr_node_attribute(r->root, "id");
    r->book->title = gr_node_attribute(r->root, "title");
    r->book->authority = gr_node_attribute(r->root, "authority");
    r->book->summary = gr_node_child(r->root, "summary")->text;
    r->book->firm_kinds = gr_node_attribute(gr_node_child(r->root, "firm"), "kinds");
    read_limit(r, gr_node_child(r->root, "limit"));
    read_period(r, gr_node_child(r->root, "period"));
    read_presumptions(r);
    read_valuations(r);
    read_exclusions(r);
    read_duties(r);
}

static gr_status keep_unsure(reader *r, gr_error *err)
{
    gr_text *lines = take(r, sizeof *lines * (r->unsure.count + 1));

    for (size_t i = 0; lines && i < r->unsure.count; i++)
        lines[i] = *GR_AT(r->unsure, gr_text, i);
    r->book->unsure = lines;
    r->book->unsure_count = r->unsure.count;
    return r->no_memory ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_rulebook_load(const char *path, const char *schema, const gr_policy *policy,
                           gr_arena *arena, gr_problems *problems, gr_rulebook *out, gr_error *err)
{
    gr_rulebook book = { .conditions = { GR_LIST(const gr_condition *) } };
    reader r = { policy, arena, problems, &book, NULL, GR_LIST(gr_text), false };
    gr_rulefile file;
    size_t before = problems->count;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    r.root = file.root;
    for (size_t i = 0; i < sizeof book.sha256; i++)
        book.sha256[i] = file.sha256[i];
    read_book(&r);
    status = keep_unsure(&r, err);
    gr_list_free(&r.unsure);
    if (status == GR_OK && problems->count > before)
        status = gr_problems_end(problems, err);
    if (status == GR_OK)
        *out = book;
    else
        gr_rulebook_free(&book);
    return status;
}
