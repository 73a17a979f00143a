/* src/engine/condition_reader.c - from the elements of a rule file to conditions. One row of the table for each
 * test that a field can make. The schema has checked the shape; here the meaning is checked. */
#include "engine/condition.h"

#include "base/bounds.h"

typedef struct reader {
    const gr_policy *policy;
    gr_arena *arena;
    gr_conditions *conditions;
    gr_problems *problems;
    bool for_detection;
} reader;

typedef bool (*read_test)(reader *r, const gr_node *node, gr_text value, gr_condition *c);

static gr_fact_type type_of(const gr_condition *c)
{
    if (c->fact == GR_COMPUTED_FIRM_KIND)
        return GR_FACT_WORD;
    if (c->fact >= GR_COMPUTED_HEADS)
        return GR_FACT_NUMBER;
    return c->fact < GR_FACT_COUNT ? gr_fact_get((gr_fact)c->fact)->type : GR_FACT_MONEY;
}

static bool wrong_type(reader *r, const gr_node *node, const char *test, const char *wants)
{
    gr_text fact = gr_node_attribute(node, "fact");

    gr_problem(r->problems, node->at, wants, "the fact '%.*s' cannot be tested with '%s'",
               GR_SHOW(fact), test);
    return false;
}

/* The kinds of the firm are the same for the whole run: the answer is known here. */
static bool read_firm_kind(reader *r, const gr_node *node, gr_text value, gr_condition *c)
{
    gr_text rest = value, word;

    c->kind = GR_CONDITION_FIRM;
    while (gr_text_word(&rest, &word)) {
        if (!gr_policy_is_firm_kind(word)) {
            gr_problem(r->problems, node->at, GR_FIRM_KINDS_HINT, "'%.*s' is not a kind of firm",
                       GR_SHOW(word));
            return false;
        }
        c->words |= gr_policy_has_firm_kind(r->policy, word);
    }
    return true;
}

static bool read_is(reader *r, const gr_node *node, gr_text value, gr_condition *c)
{
    gr_text rest = value, word;

    if (c->fact == GR_COMPUTED_FIRM_KIND)
        return read_firm_kind(r, node, value, c);
    if (type_of(c) != GR_FACT_WORD)
        return wrong_type(r, node, "is", "'is' is for facts that are one of a list of words");
    while (gr_text_word(&rest, &word)) {
        int place = gr_fact_word_find((gr_fact)c->fact, word);

        if (place < 0) {
            char hint[GR_FACT_HINT];

            gr_problem(r->problems, node->at, gr_fact_hint((gr_fact)c->fact, hint),
                       "'%.*s' is not a word of the fact '%s'", GR_SHOW(word),
                       gr_fact_get((gr_fact)c->fact)->name);
            return false;
        }
        c->words |= UINT32_C(1) << place;
    }
    return true;
}

static bool read_known(reader *r, const gr_node *node, gr_text value, gr_condition *c)
{
    if (c->fact >= GR_FACT_COUNT)
        return wrong_type(r, node, "known", "what the engine computes is always known");
    c->kind = gr_text_is(value, "yes") ? GR_CONDITION_KNOWN : GR_CONDITION_UNKNOWN;
    return true;
}

static bool read_bound(reader *r, const gr_node *node, gr_text value, gr_condition *c)
{
    static const char prefix[] = "policy:";
    gr_error error;

    if (type_of(c) != GR_FACT_MONEY && type_of(c) != GR_FACT_NUMBER)
        return wrong_type(r, node, "under, at-most, at-least or above",
                          "these are for amounts and numbers");
    if (gr_text_starts(value, GR_TEXT("policy:"))) {
        gr_text name = gr_text_slice(value, sizeof prefix - 1, value.len);
        int amount = gr_policy_amount_find(name);

        if (amount < 0) {
            gr_problem(r->problems, node->at, "see the amounts in policy.xml",
                       "the policy has no amount '%.*s'", GR_SHOW(name));
            return false;
        }
        c->amount = r->policy->amount[amount];
        return true;
    }
    if (gr_money_parse(value, node->at, &c->amount, &error) == GR_OK)
        return true;
    gr_problems_add(r->problems, &error);
    return false;
}

static bool read_before(reader *r, const gr_node *node, gr_text value, gr_condition *c)
{
    gr_error error;

    c->other_fact = GR_FACT_NONE;
    if (type_of(c) != GR_FACT_DAY)
        return wrong_type(r, node, "before", "'before' is for days");
    if (gr_text_starts(value, GR_TEXT("fact:"))) {
        gr_fact other = gr_fact_find(gr_text_slice(value, 5, value.len));

        if (other == GR_FACT_NONE || gr_fact_get(other)->type != GR_FACT_DAY) {
            gr_problem(r->problems, node->at, "name a fact that is a day, like fact:date",
                       "'%.*s' names no day", GR_SHOW(value));
            return false;
        }
        c->other_fact = (uint8_t)other;
        return true;
    }
    if (gr_day_parse(value, node->at, &c->day, &error) == GR_OK)
        return true;
    gr_problems_add(r->problems, &error);
    return false;
}

static bool read_pattern(reader *r, const gr_node *node, gr_text value, gr_condition *c)
{
    gr_error error;

    if (type_of(c) != GR_FACT_TEXT)
        return wrong_type(r, node, "matches", "'matches' is for texts");
    if (gr_pattern_create(value, node->at, r->problems->trusts, &c->pattern, &error) == GR_OK)
        return true;
    gr_problems_add(r->problems, &error);
    return false;
}

static const struct {
    const char *attribute;
    gr_condition_kind kind;
    read_test read;
} tests[] = {
    { "is", GR_CONDITION_IS, read_is },
    { "known", GR_CONDITION_KNOWN, read_known },
    { "under", GR_CONDITION_UNDER, read_bound },
    { "at-most", GR_CONDITION_AT_MOST, read_bound },
    { "at-least", GR_CONDITION_AT_LEAST, read_bound },
    { "above", GR_CONDITION_ABOVE, read_bound },
    { "before", GR_CONDITION_BEFORE, read_before },
    { "matches", GR_CONDITION_MATCHES, read_pattern },
};

/* Detection asks for a worth by an element of its own. */
uint8_t gr_computed_find(gr_text name, bool for_detection)
{
    static const struct {
        const char *name;
        uint8_t fact;
        bool of_rulebooks, of_detection;
    } rows[] = {
        { "worth", GR_COMPUTED_WORTH, true, false },
        { "unit-worth", GR_COMPUTED_UNIT_WORTH, true, false },
        { "firm-kind", GR_COMPUTED_FIRM_KIND, true, true },
        { "heads", GR_COMPUTED_HEADS, false, true },
        { "named-heads", GR_COMPUTED_NAMED_HEADS, false, true },
        { "unnamed-heads", GR_COMPUTED_UNNAMED_HEADS, false, true },
        { "outside-heads", GR_COMPUTED_OUTSIDE_HEADS, false, true },
        { "own-heads", GR_COMPUTED_OWN_HEADS, false, true },
        { "days-late", GR_COMPUTED_DAYS_LATE, false, true },
    };

    for (size_t i = 0; i < GR_COUNT(rows); i++)
        if (gr_text_is(name, rows[i].name) &&
            (for_detection ? rows[i].of_detection : rows[i].of_rulebooks))
            return rows[i].fact;
    return 0;
}

static bool read_fact(reader *r, const gr_node *node, gr_condition *c)
{
    gr_text name = gr_node_attribute(node, "fact");
    gr_fact fact = gr_fact_find(name);

    c->fact = (uint8_t)fact;
    if (fact != GR_FACT_NONE)
        return true;
    if (gr_computed_find(name, r->for_detection)) {
        c->fact = gr_computed_find(name, r->for_detection);
        return true;
    }
    gr_problem(r->problems, node->at,
               r->for_detection
                   ? "the facts are those of the gift log, and heads, named-heads, unnamed-heads, "
                     "outside-heads, own-heads, days-late, firm-kind"
                   : "the facts are those of the gift log, and worth, unit-worth, firm-kind",
               "'%.*s' is not a fact", GR_SHOW(name));
    return false;
}

static bool read_field(reader *r, const gr_node *node, gr_condition *c)
{
    size_t count = 0;
    bool good = read_fact(r, node, c);

    for (size_t i = 0; i < GR_COUNT(tests); i++)
        count += gr_node_has(node, tests[i].attribute);
    if (count != 1) {
        gr_problem(r->problems, node->at,
                   "one of is, known, under, at-most, at-least, above, before, matches",
                   count ? "this field makes more than one test" : "this field makes no test");
        return false;
    }
    for (size_t i = 0; good && i < GR_COUNT(tests); i++) {
        if (gr_node_has(node, tests[i].attribute)) {
            c->kind = tests[i].kind;
            good = tests[i].read(r, node, gr_node_attribute(node, tests[i].attribute), c);
        }
    }
    return good;
}

static const gr_condition *read_node(reader *r, const gr_node *node, int depth);

static bool read_children(reader *r, const gr_node *node, gr_condition *c, int depth)
{
    const gr_condition **last = &c->first;
    bool good = true;

    for (const gr_node *child = node->first; child; child = child->next) {
        *last = read_node(r, child, depth + 1);
        good = good && *last;
        if (*last)
            last = (const gr_condition **)(uintptr_t) & (*last)->next;
    }
    return good;
}

static bool read_kind(reader *r, const gr_node *node, gr_condition *c, int depth)
{
    if (gr_node_is(node, "field"))
        return read_field(r, node, c);
    if (gr_node_is(node, "judgment")) {
        c->kind = GR_CONDITION_JUDGMENT;
        return true;
    }
    c->kind = gr_node_is(node, "all")   ? GR_CONDITION_ALL
              : gr_node_is(node, "any") ? GR_CONDITION_ANY
                                        : GR_CONDITION_NOT;
    return read_children(r, node, c, depth);
}

/* A leaf is to be seen both ways, but for a judgment, which is always unknown. */
static bool add_point(reader *r, const gr_node *node, gr_condition *c)
{
    gr_point_info info = { node->at, gr_node_attribute(node, "fact"),
                           GR_SEEN_TRUE | GR_SEEN_OTHER };

    if (!gr_node_is(node, "field") && !gr_node_is(node, "judgment"))
        return true;
    if (gr_node_is(node, "judgment"))
        info = (gr_point_info){ node->at, GR_TEXT("judgment"), GR_SEEN_OTHER };
    c->point = (gr_point)r->conditions->point.count;
    return gr_list_push(&r->conditions->point, &info);
}

static const gr_condition *read_node(reader *r, const gr_node *node, int depth)
{
    gr_condition *c = gr_arena_zero(r->arena, sizeof *c);
    gr_list *all = &r->conditions->all;

    if (depth > GR_MAX_CONDITION_DEPTH) {
        gr_problem(r->problems, node->at, "make it simpler",
                   "conditions stand more than %d deep inside each other", GR_MAX_CONDITION_DEPTH);
        return NULL;
    }
    if (all->count >= GR_MAX_CONDITIONS) {
        gr_problem(r->problems, node->at, "split the file", "there are more than %d conditions",
                   GR_MAX_CONDITIONS);
        return NULL;
    }
    if (!c || !gr_list_push(all, &c) || !add_point(r, node, c)) {
        gr_error error;

        gr_fail_memory(&error);
        gr_problems_add(r->problems, &error);
        return NULL;
    }
    c->fact = GR_FACT_NONE;
    c->because = gr_node_attribute(node, "because");
    c->ask = gr_node_attribute(node, "ask");
    return read_kind(r, node, c, depth) ? c : NULL;
}

const gr_condition *gr_condition_read(const gr_node *node, const gr_policy *policy, gr_arena *arena,
                                      gr_conditions *conditions, gr_problems *problems)
{
    reader r = { policy, arena, conditions, problems, false };

    return read_node(&r, node, 0);
}

const gr_condition *gr_condition_read_odd(const gr_node *node, const gr_policy *policy,
                                          gr_arena *arena, gr_conditions *conditions,
                                          gr_problems *problems)
{
    reader r = { policy, arena, conditions, problems, true };

    return read_node(&r, node, 0);
}

void gr_conditions_free(gr_conditions *conditions)
{
    for (size_t i = 0; i < conditions->all.count; i++)
        gr_pattern_free((*GR_AT(conditions->all, const gr_condition *, i))->pattern);
    gr_list_free(&conditions->all);
    gr_list_free(&conditions->point);
}
