/* src/engine/rulebook_reader.c - from a rule file to a rulebook. The schema has checked the shape; here the meaning is
 * checked, and every error is told in one run. */
#include "engine/reading.h"
#include "engine/rulebook_check.h"

#include <string.h>

/* ---- presumptions ---- */

static void read_presumption(gr_reading *r, const gr_node *node, gr_presumption *p)
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
    p->when = gr_read_condition(r, node->first);
    p->point = gr_add_point(r, node, p->text, GR_SEEN_TRUE);
    gr_read_backing(r, node, p->text, GR_TEXT("presumption"));
}

static void read_presumptions(gr_reading *r)
{
    size_t count = gr_node_count(r->root, "presumption"), i = 0;
    gr_presumption *p = gr_reading_take(r, sizeof *p * count);
    const gr_node *node = gr_node_child(r->root, "presumption");

    if (count > GR_MAX_PRESUMPTIONS)
        gr_problem(r->problems, node->at, "make them fewer",
                   "a rulebook has at most %d presumptions", GR_MAX_PRESUMPTIONS);
    for (; p && node; node = gr_node_again(node), i++) {
        read_presumption(r, node, &p[i]);
        r->book->presumable |= p[i].fact < GR_FACT_COUNT ? GR_FACT_BIT(p[i].fact) : 0;
    }
    r->book->presumption = p;
    r->book->presumption_count = count < GR_MAX_PRESUMPTIONS ? count : GR_MAX_PRESUMPTIONS;
}

/* ---- exclusions and duties ---- */

static gr_truth read_truth(gr_text value)
{
    return gr_text_is(value, "yes")       ? GR_TRUE
           : gr_text_is(value, "unclear") ? GR_UNKNOWN
                                          : GR_FALSE;
}

static const gr_law *read_laws(gr_reading *r, const gr_node *node, gr_text what, size_t *count)
{
    size_t i = 0;
    gr_law *law;

    *count = gr_node_count(node, "law");
    law = gr_reading_take(r, sizeof *law * *count);
    for (const gr_node *n = gr_node_child(node, "law"); law && n; n = gr_node_again(n), i++) {
        law[i].from = gr_read_day(r, n, "from", GR_DAY_FIRST);
        law[i].to = gr_read_day(r, n, "to", GR_DAY_LAST);
        law[i].clause = gr_read_clause(r, n);
        law[i].point = gr_add_point(r, n, what, GR_SEEN_TRUE);
        law[i].source = gr_node_attribute(n, "source");
        law[i].sure = gr_node_attribute(n, "sure");
        law[i].frees_record = read_truth(gr_node_attribute(n, "frees-record"));
        gr_check_dates(r, n, law[i].from, law[i].to, i ? &law[i - 1].to : NULL, false);
        gr_read_backing(r, n, what, law[i].clause);
    }
    return law;
}

/* Can it be surely true? What a person must judge never is. */
static bool can_be(const gr_condition *c, bool truth)
{
    bool all = c->kind == (truth ? GR_CONDITION_ALL : GR_CONDITION_ANY);

    switch (c->kind) {
    case GR_CONDITION_JUDGMENT:
        return false;
    case GR_CONDITION_NOT:
        return can_be(c->first, !truth);
    case GR_CONDITION_ALL:
    case GR_CONDITION_ANY:
        for (const gr_condition *child = c->first; child; child = child->next)
            if (can_be(child, truth) != all)
                return !all;
        return all;
    default:
        return true;
    }
}

static unsigned wanted_of(const gr_condition *provided)
{
    if (!provided)
        return GR_SEEN_TRUE;
    return can_be(provided, true) ? GR_SEEN_TRUE | GR_SEEN_OTHER : GR_SEEN_OTHER;
}

static void read_claim(gr_reading *r, const gr_node *node, gr_text what, gr_claim *claim)
{
    claim->law = read_laws(r, node, what, &claim->law_count);
    claim->claimed = gr_read_inside(r, node, "claimed");
    claim->provided = gr_read_inside(r, node, "provided");
    claim->gate = claim->claimed ? gr_gate_of(claim->claimed) : (gr_gate){ .open = true };
    claim->point = gr_add_point(r, node, what, wanted_of(claim->provided));
}

/* The scope is law as long as the rulebook has anything to say. */
static void read_scope(gr_reading *r, const gr_node *node)
{
    gr_scope *scope = node ? gr_reading_take(r, sizeof *scope) : NULL;
    gr_law *law = node ? gr_reading_take(r, sizeof *law) : NULL;

    if (!scope || !law)
        return;
    scope->title = gr_node_attribute(node, "title");
    *law = (gr_law){ .from = GR_DAY_FIRST,
                     .to = GR_DAY_LAST,
                     .clause = gr_read_clause(r, node),
                     .source = gr_node_attribute(node, "source"),
                     .sure = gr_node_attribute(node, "sure"),
                     .point = gr_add_point(r, node, scope->title, GR_SEEN_TRUE) };
    gr_read_backing(r, node, scope->title, law->clause);
    read_claim(r, node, scope->title, &scope->claim);
    scope->claim.law = law;
    scope->claim.law_count = 1;
    r->book->scope = scope;
}

static void read_exclusions(gr_reading *r)
{
    size_t count = gr_node_count(r->root, "exclusion"), i = 0;
    gr_exclusion *list = gr_reading_take(r, sizeof *list * count);

    for (const gr_node *n = gr_node_child(r->root, "exclusion"); list && n; n = gr_node_again(n)) {
        gr_exclusion *e = &list[i++];

        gr_check_id(r, n);
        e->id = gr_node_attribute(n, "id");
        e->title = gr_node_attribute(n, "title");
        e->refused_kind = gr_node_attribute(n, "refused-kind");
        read_claim(r, n, e->title, &e->claim);
    }
    r->book->exclusion = list;
    r->book->exclusion_count = count;
}

static void read_duties(gr_reading *r)
{
    size_t count = gr_node_count(r->root, "duty"), i = 0;
    gr_duty *list = gr_reading_take(r, sizeof *list * count);

    for (const gr_node *n = gr_node_child(r->root, "duty"); list && n; n = gr_node_again(n)) {
        gr_duty *d = &list[i++];

        gr_check_id(r, n);
        d->id = gr_node_attribute(n, "id");
        d->kind = gr_node_attribute(n, "kind");
        d->about_gift = gr_text_is(d->kind, "record") || gr_text_is(d->kind, "approval");
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

/* ---- exemption ---- */

static void read_exemption(gr_reading *r, const gr_node *node)
{
    gr_exemption *e = node ? gr_reading_take(r, sizeof *e) : NULL;

    if (!e)
        return;
    e->title = gr_node_attribute(node, "title");
    e->from = gr_read_day(r, node, "from", GR_DAY_FIRST);
    e->to = gr_read_day(r, node, "to", GR_DAY_LAST);
    e->clause = gr_read_clause(r, node);
    gr_check_dates(r, node, e->from, e->to, NULL, false);
    gr_read_backing(r, node, e->title, e->clause);
    r->book->exemption = e;
}

/* ---- the whole file ---- */

static void read_firm_kinds(gr_reading *r)
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
static void check_declared(gr_reading *r, const char *name, const char *separators)
{
    for (const gr_node *d = gr_node_child(r->root, name); d; d = gr_node_again(d)) {
        gr_text id = gr_node_attribute(d, "id");

        if (!cites(r->root, name, separators, id))
            gr_problem(r->problems, d->at, "cite it where it belongs, or leave it out",
                       "the %s '%.*s' is declared and never cited", name, GR_SHOW(id));
    }
}

/* Sums need the worth of every gift that a limit may add up. */
static void check_valued(gr_reading *r)
{
    const gr_node *node = gr_node_child(r->root, "limit");

    if (node && r->book->valuation_count == 0)
        gr_problem(r->problems, node->at, "add a valuation", "there is a limit and no valuation");
}

static void read_book(gr_reading *r)
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
    gr_read_limits(r);
    gr_read_valuations(r);
    check_valued(r);
    check_declared(r, "source", " ");
    check_declared(r, "clause", ";");
    read_exclusions(r);
    read_duties(r);
    read_exemption(r, gr_node_child(r->root, "exemption"));
}

static gr_status keep_unsure(gr_reading *r, gr_error *err)
{
    gr_text *lines = gr_reading_take(r, sizeof *lines * (r->unsure.count + 1));

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
    gr_reading r = { policy, arena, problems, &book, NULL, GR_LIST(gr_text), false };
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
