/* src/engine/rulebook_reader.c - from a rule file to a rulebook. The schema has checked the shape; here days,
 * amounts, sources and the order of dated rows are checked, and every error is told in one run. */
#include "engine/rulebook.h"

#include "engine/rulebook_check.h"

#include <string.h>

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
    void *piece = gr_arena_zero(r->arena, size ? size : 1);

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

static bool is_clause(reader *r, gr_text id)
{
    for (const gr_node *c = gr_node_child(r->root, "clause"); c; c = gr_node_again(c))
        if (gr_text_equal(gr_node_attribute(c, "id"), id))
            return true;
    return false;
}

/* "3220.08; 3110" cites two clauses; each is declared at the top. */
static gr_text read_clause(reader *r, const gr_node *node)
{
    gr_text all = gr_node_attribute(node, "clause"), rest = all;

    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        gr_text one = gr_text_trim(gr_text_slice(rest, 0, len));

        if (!is_clause(r, one))
            gr_problem(r->problems, node->at, "declare it by a clause element at the top",
                       "the clause '%.*s' is not declared", GR_SHOW(one));
        rest = gr_text_slice(rest, end ? len + 1 : len, rest.len);
    }
    return all;
}

/* A place that the scenarios should exercise. */
static gr_point add_point(reader *r, const gr_node *node, gr_text what, unsigned wanted)
{
    gr_list *list = &r->book->conditions.point;
    gr_point_info info = { node->at, what, (uint8_t)wanted };

    r->no_memory = r->no_memory || !what.ptr || !gr_list_push(list, &info);
    return (gr_point)(list->count - 1);
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

static bool is_provision(const gr_node *node)
{
    return gr_node_is(node, "limit") || gr_node_is(node, "exclusion") || gr_node_is(node, "duty");
}

/* Findings name limits and duties by their ids, and so does who speaks of an exclusion. */
static void check_id(reader *r, const gr_node *node)
{
    gr_text id = gr_node_attribute(node, "id");

    for (const gr_node *other = r->root->first; other != node; other = other->next)
        if (is_provision(other) && gr_text_equal(gr_node_attribute(other, "id"), id))
            gr_problem(r->problems, node->at, "give it another id", "the id '%.*s' is taken",
                       GR_SHOW(id));
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
    p->point = add_point(r, node, p->text, GR_SEEN_TRUE);
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

/* ---- limits ---- */

static void read_amount_of_row(reader *r, const gr_node *node, bool is_count, gr_amount *out)
{
    gr_text amount = gr_node_attribute(node, "amount");
    gr_error error;
    uint64_t count;

    if (!is_count) {
        if (gr_money_parse(amount, node->at, out, &error) != GR_OK)
            gr_problems_add(r->problems, &error);
    } else if (gr_text_number(amount, 1000000, &count)) {
        *out = (gr_amount){ (int64_t)count * 100, 1 }; /* 3 gifts compare as 3.00 does */
    } else {
        gr_problem(r->problems, node->at, "this limit counts gifts: write a number, like 4",
                   "'%.*s' is not a number of gifts", GR_SHOW(amount));
    }
}

static void read_row(reader *r, const gr_node *node, const gr_limit *limit, gr_limit_row *row,
                     const gr_limit_row *before)
{
    gr_text amount = gr_node_attribute(node, "amount");

    row->from = read_day(r, node, "from", GR_DAY_FIRST);
    row->to = read_day(r, node, "to", GR_DAY_LAST);
    row->source = gr_node_attribute(node, "source");
    row->sure = gr_node_attribute(node, "sure");
    check_dates(r, node, row->from, row->to, before ? &before->to : NULL, true);
    read_amount_of_row(r, node, limit->is_count, &row->amount);
    read_backing(r, node, gr_arena_print(r->arena, "limit of %.*s", GR_SHOW(amount)),
                 limit->clause);
    row->point = add_point(
        r, node,
        gr_arena_print(r->arena, "limit %.*s of %.*s", GR_SHOW(limit->id), GR_SHOW(amount)),
        GR_SEEN_TRUE | GR_SEEN_OTHER);
}

static void read_rows(reader *r, const gr_node *node, gr_limit *limit)
{
    size_t count = gr_node_count(node, "row"), i = 0;
    gr_limit_row *rows = take(r, sizeof *rows * count);

    for (const gr_node *n = gr_node_child(node, "row"); rows && n; n = gr_node_again(n), i++)
        read_row(r, n, limit, &rows[i], i ? &rows[i - 1] : NULL);
    limit->row = rows;
    limit->row_count = count;
}

static void read_period(reader *r, const gr_node *node, gr_limit *limit)
{
    gr_text basis = gr_node_attribute(node, "basis");

    limit->period_of_policy = gr_text_is(basis, "policy");
    if (!limit->period_of_policy)
        gr_basis_find(basis, &limit->period); /* the schema has checked it */
    limit->period_clause = read_clause(r, node);
    read_backing(r, node, GR_TEXT("which year is meant"), limit->period_clause);
}

static void read_limit(reader *r, const gr_node *node, gr_limit *limit)
{
    gr_text per = gr_node_attribute(node, "per");

    check_id(r, node);
    limit->id = gr_node_attribute(node, "id");
    limit->kind = gr_node_attribute(node, "kind");
    limit->clause = read_clause(r, node);
    limit->text = gr_node_attribute(node, "text");
    limit->ask = gr_node_attribute(node, "ask");
    limit->reached_is_over = gr_text_is(gr_node_attribute(node, "test"), "at-least");
    limit->is_count = gr_text_is(gr_node_attribute(node, "of"), "count");
    limit->per = gr_text_is(per, "giver")    ? GR_PER_GIVER
                 : gr_text_is(per, "client") ? GR_PER_CLIENT
                                             : GR_PER_RECIPIENT;
    gr_verdict_find(gr_node_attribute(node, "verdict"), &limit->verdict);
    if (limit->verdict == GR_NEEDS_REVIEW && limit->ask.len == 0)
        gr_problem(r->problems, node->at, "add ask with the question that a person must answer",
                   "the limit '%.*s' needs review and asks nothing", GR_SHOW(limit->id));
    limit->when = read_inside(r, node, "when");
    read_period(r, gr_node_child(node, "period"), limit);
    read_rows(r, node, limit);
}

static void read_limits(reader *r)
{
    size_t count = gr_node_count(r->root, "limit"), i = 0;
    gr_limit *limits = take(r, sizeof *limits * (count + 1));
    const gr_node *node = gr_node_child(r->root, "limit");

    if (count > GR_MAX_LIMITS) {
        gr_problem(r->problems, node->at, "split the rulebook", "a rulebook has at most %d limits",
                   GR_MAX_LIMITS);
        return;
    }
    for (; limits && node; node = gr_node_again(node))
        read_limit(r, node, &limits[i++]);
    r->book->limit = limits;
    r->book->limit_count = i;
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
    const gr_node *list = gr_node_child(node, "higher-of");

    if (!list && (list = gr_node_child(node, "between")))
        worth->how = GR_BETWEEN;
    if (!list && (list = gr_node_child(node, "first-of")))
        worth->how = GR_FIRST_OF;
    worth->title = gr_node_attribute(node, "title");
    worth->when = read_inside(r, node, "when");
    worth->point = add_point(r, node, worth->title, GR_SEEN_TRUE);
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
    v->clause = read_clause(r, node);
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
        law[i].clause = read_clause(r, n);
        law[i].point = add_point(r, n, what, GR_SEEN_TRUE);
        law[i].source = gr_node_attribute(n, "source");
        law[i].sure = gr_node_attribute(n, "sure");
        law[i].frees_record = read_truth(gr_node_attribute(n, "frees-record"));
        check_dates(r, n, law[i].from, law[i].to, i ? &law[i - 1].to : NULL, false);
        read_backing(r, n, what, law[i].clause);
    }
    return law;
}

static void read_claim(reader *r, const gr_node *node, gr_text what, gr_claim *claim)
{
    claim->law = read_laws(r, node, what, &claim->law_count);
    claim->claimed = read_inside(r, node, "claimed");
    claim->provided = read_inside(r, node, "provided");
    claim->gate = claim->claimed ? gr_gate_of(claim->claimed) : (gr_gate){ .open = true };
    claim->point =
        add_point(r, node, what, claim->provided ? GR_SEEN_TRUE | GR_SEEN_OTHER : GR_SEEN_TRUE);
}

/* The scope is law as long as the rulebook has anything to say. */
static void read_scope(reader *r, const gr_node *node)
{
    gr_scope *scope = node ? take(r, sizeof *scope) : NULL;
    gr_law *law = node ? take(r, sizeof *law) : NULL;

    if (!scope || !law)
        return;
    scope->title = gr_node_attribute(node, "title");
    *law = (gr_law){ .from = GR_DAY_FIRST,
                     .to = GR_DAY_LAST,
                     .clause = read_clause(r, node),
                     .source = gr_node_attribute(node, "source"),
                     .sure = gr_node_attribute(node, "sure"),
                     .point = add_point(r, node, scope->title, GR_SEEN_TRUE) };
    read_backing(r, node, scope->title, law->clause);
    read_claim(r, node, scope->title, &scope->claim);
    scope->claim.law = law;
    scope->claim.law_count = 1;
    r->book->scope = scope;
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
        d->freed =
            gr_text_is(gr_node_attribute(n, "freed-by-exclusion"), "record") ? GR_FREED_OF_RECORD
            : gr_text_is(gr_node_attribute(n, "freed-by-exclusion"), "any")  ? GR_FREED_BY_ANY
                                                                             : GR_FREED_BY_NONE;
        read_claim(r, n, d->text, &d->claim);
    }
    r->book->duty = list;
    r->book->duty_count = count;
}

/* ---- the whole file ---- */

static void read_firm_kinds(reader *r)
{
    const gr_node *node = gr_node_child(r->root, "firm");
    gr_text rest = r->book->firm_kinds, kind;

    while (gr_text_word(&rest, &kind))
        if (!gr_policy_is_firm_kind(kind) && !gr_text_is(kind, "any"))
            gr_problem(r->problems, node->at, "any, or " GR_FIRM_KINDS_HINT,
                       "'%.*s' is not a kind of firm", GR_SHOW(kind));
}

static bool cites(const gr_node *node, const char *attribute, const char *separators, gr_text id)
{
    gr_text rest = gr_node_attribute(node, attribute);

    while (rest.len > 0) {
        size_t len = strcspn(rest.ptr, separators);

        if (gr_text_equal(gr_text_trim(gr_text_slice(rest, 0, len)), id))
            return true;
        rest = gr_text_slice(rest, len < rest.len ? len + 1 : len, rest.len);
    }
    for (const gr_node *child = node->first; child; child = child->next)
        if (cites(child, attribute, separators, id))
            return true;
    return false;
}

/* What is declared and never cited is a slip of the pen in one of the two places. */
static void check_declared(reader *r, const char *name, const char *separators)
{
    for (const gr_node *d = gr_node_child(r->root, name); d; d = gr_node_again(d)) {
        gr_text id = gr_node_attribute(d, "id");

        if (!cites(r->root, name, separators, id))
            gr_problem(r->problems, d->at, "cite it where it belongs, or leave it out",
                       "the %s '%.*s' is declared and never cited", name, GR_SHOW(id));
    }
}

/* Sums need the worth of every gift that a limit may add up. */
static void check_valued(reader *r)
{
    const gr_node *node = gr_node_child(r->root, "limit");

    if (node && r->book->valuation_count == 0)
        gr_problem(r->problems, node->at, "add a valuation", "there is a limit and no valuation");
}

static void read_book(reader *r)
{
    r->book->id = gr_node_attribute(r->root, "id");
    r->book->title = gr_node_attribute(r->root, "title");
    r->book->authority = gr_node_attribute(r->root, "authority");
    r->book->summary = gr_node_child(r->root, "summary")->text;
    r->book->firm_kinds = gr_node_attribute(gr_node_child(r->root, "firm"), "kinds");
    r->book->currency = gr_node_attribute(r->root, "currency");
    read_firm_kinds(r);
    read_scope(r, gr_node_child(r->root, "scope"));
    read_presumptions(r);
    read_limits(r);
    read_valuations(r);
    check_valued(r);
    check_declared(r, "source", " ");
    check_declared(r, "clause", ";");
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

gr_status gr_rulebook_load(const char *path, gr_schema *schema, const gr_policy *policy,
                           gr_arena *arena, gr_problems *problems, gr_rulebook *out, gr_error *err)
{
    gr_rulebook book = { .conditions = GR_NO_CONDITIONS };
    reader r = { policy, arena, problems, &book, NULL, GR_LIST(gr_text), false };
    gr_rulefile file;
    size_t before = problems->count;
    gr_status status = gr_rulefile_load_by(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    r.root = file.root;
    for (size_t i = 0; i < sizeof book.sha256; i++)
        book.sha256[i] = file.sha256[i];
    read_book(&r);
    status = keep_unsure(&r, err);
    gr_list_free(&r.unsure);
    if (status == GR_OK && problems->count == before)
        gr_rulebook_check(&book, problems);
    if (status == GR_OK && problems->count > before)
        status = gr_problems_end(problems, err);
    if (status == GR_OK)
        *out = book;
    else
        gr_rulebook_free(&book);
    return status;
}
