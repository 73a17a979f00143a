/* src/engine/trace.c - conditions, one by one. Each is asked by itself, also those that judging did not come to because
 * the answer was clear before; their words come from the rule file's tree, which has the same shape. */
#include "engine/trace.h"

#include <string.h>

void *gr_trace_take(gr_trace *t, size_t size)
{
    void *piece = gr_arena_zero(t->arena, size ? size : 1);

    t->no_memory = t->no_memory || !piece;
    return piece;
}

gr_text gr_trace_print(gr_trace *t, gr_text text)
{
    if (text.ptr)
        return text;
    t->no_memory = true;
    return GR_TEXT("");
}

const gr_node *gr_trace_node(const gr_trace *t, const char *name, size_t i)
{
    const gr_node *node = gr_node_child(t->root, name);

    while (i-- > 0)
        node = gr_node_again(node);
    return node;
}

/* ---- values ---- */

gr_text gr_trace_value(gr_trace *t, gr_fact fact, const gr_value *value)
{
    char text[GR_EXACT_TEXT], day[GR_DAY_TEXT];

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_DAY:
        return gr_trace_print(
            t, gr_arena_print(t->arena, "%s", gr_day_print((gr_day)value->number, day)));
    case GR_FACT_MONEY:
        gr_exact_print(value->amount.num, value->amount.den, text);
        return gr_trace_print(t, gr_arena_print(t->arena, "%s", text));
    case GR_FACT_NUMBER:
        return gr_trace_print(t, gr_arena_print(t->arena, "%lld", (long long)value->number));
    case GR_FACT_WORD:
        return gr_fact_word_get(fact, value->number);
    default:
        return gr_trace_print(t, gr_arena_copy(t->arena, value->text));
    }
}

static gr_text span_text(gr_trace *t, gr_span span)
{
    char low[GR_EXACT_TEXT], high[GR_EXACT_TEXT];

    gr_exact_print(span.low, span.den, low);
    if (span.high == GR_UNBOUNDED)
        return gr_trace_print(t, gr_arena_print(t->arena, "%s or more", low));
    if (span.low == span.high)
        return gr_trace_print(t, gr_arena_print(t->arena, "%s", low));
    return gr_trace_print(
        t, gr_arena_print(t->arena, "%s to %s", low, gr_exact_print(span.high, span.den, high)));
}

/* ---- one condition ---- */

typedef struct walk {
    gr_trace *t;
    gr_facts *facts;
    gr_asked *asked;
    size_t count;
} walk;

static size_t size_of(const gr_condition *c)
{
    size_t size = 1;

    for (const gr_condition *child = c->first; child; child = child->next)
        size += size_of(child);
    return size;
}

/* "ticket", "ticket or meal", "ticket, meal or travel" */
static gr_text either(gr_trace *t, gr_text words)
{
    gr_text all = GR_TEXT(""), rest = words, word;

    while (gr_text_word(&rest, &word)) {
        bool is_last = gr_text_trim(rest).len == 0;

        all = gr_trace_print(t, gr_arena_print(t->arena, "%.*s%s%.*s", GR_ALL(all),
                                               all.len == 0 ? ""
                                               : is_last    ? " or "
                                                            : ", ",
                                               GR_ALL(word)));
    }
    return all;
}

static gr_text name_of(gr_trace *t, gr_text fact, const char *test, gr_text value)
{
    return gr_trace_print(
        t, gr_arena_print(t->arena, "%.*s %s %.*s", GR_ALL(fact), test, GR_ALL(value)));
}

/* "policy:nominal-value" is told with the amount that the policy has. */
static gr_text bound_of(walk *w, const gr_condition *c, gr_text value, bool is_spared)
{
    gr_text prefix = GR_TEXT("policy:"), name = gr_text_slice(value, prefix.len, value.len);
    char amount[GR_EXACT_TEXT];

    if (!gr_text_starts(value, prefix))
        return value;
    if (!is_spared)
        w->t->policy_amounts |= 1u << gr_policy_amount_find(name);
    gr_exact_print(c->amount.num, c->amount.den, amount);
    return gr_trace_print(
        w->t, gr_arena_print(w->t->arena, "%s, the policy's %.*s", amount, GR_ALL(name)));
}

static gr_text words_of_field(walk *w, const gr_condition *c, const gr_node *node, bool is_spared)
{
    static const struct {
        const char *attribute, *test;
    } tests[] = { { "under", "is under" },
                  { "at-most", "is at most" },
                  { "at-least", "is at least" },
                  { "above", "is above" } };
    gr_text fact = gr_node_attribute(node, "fact"), before = gr_node_attribute(node, "before");
    gr_text colon = GR_TEXT("fact:");

    if (gr_node_has(node, "is"))
        return name_of(w->t, fact, "is", either(w->t, gr_node_attribute(node, "is")));
    if (gr_node_has(node, "known"))
        return name_of(w->t, fact, c->kind == GR_CONDITION_KNOWN ? "is" : "is not",
                       GR_TEXT("stated"));
    if (gr_node_has(node, "matches"))
        return name_of(w->t, fact, "has the pattern", gr_node_attribute(node, "matches"));
    if (gr_text_starts(before, colon))
        before = gr_text_slice(before, colon.len, before.len);
    if (before.len > 0)
        return name_of(w->t, fact, "is before", before);
    for (size_t i = 0; i < GR_COUNT(tests); i++)
        if (gr_node_has(node, tests[i].attribute))
            return name_of(w->t, fact, tests[i].test,
                           bound_of(w, c, gr_node_attribute(node, tests[i].attribute), is_spared));
    return fact;
}

static gr_text with_other_day(walk *w, const gr_condition *c, gr_text value)
{
    gr_fact other = (gr_fact)c->other_fact;
    const gr_value *day = gr_record_find(w->facts->record, w->facts->recipient, other);

    if (!day || value.len == 0)
        return value;
    return gr_trace_print(w->t, gr_arena_print(w->t->arena, "%.*s; %s is %.*s", GR_ALL(value),
                                               gr_fact_get(other)->name,
                                               GR_ALL(gr_trace_value(w->t, other, day))));
}

/* What a leaf was compared with. facts->leaned has the presumption that it leaned on, if it did. */
static void note_value(walk *w, const gr_condition *c, gr_asked *asked)
{
    const gr_facts *facts = w->facts;
    const gr_value *value = NULL;

    asked->is_computed = c->fact > GR_FACT_COUNT;
    if (c->fact < GR_FACT_COUNT)
        value = gr_record_find(facts->record, facts->recipient, (gr_fact)c->fact);
    if (c->kind == GR_CONDITION_FIRM) {
        asked->value = w->t->set->policy.firm_kinds;
    } else if (asked->is_computed && facts->has_worth) {
        asked->value =
            span_text(w->t, c->fact == GR_COMPUTED_WORTH ? facts->worth : facts->unit_worth);
    } else if (value) {
        asked->value = gr_trace_value(w->t, (gr_fact)c->fact, value);
        if (c->kind == GR_CONDITION_BEFORE && c->other_fact != GR_FACT_NONE)
            asked->value = with_other_day(w, c, asked->value);
    } else if (facts->leaned) {
        const gr_presumption *p = &facts->presumption[__builtin_ctz(facts->leaned)];

        asked->value = gr_fact_word_get(p->fact, p->word);
        asked->is_presumed = true;
    }
}

static gr_asked_kind kind_of(const gr_condition *c)
{
    switch (c->kind) {
    case GR_CONDITION_ALL:
        return GR_ASKED_ALL;
    case GR_CONDITION_ANY:
        return GR_ASKED_ANY;
    case GR_CONDITION_NOT:
        return GR_ASKED_NOT;
    case GR_CONDITION_JUDGMENT:
        return GR_ASKED_JUDGMENT;
    default:
        return GR_ASKED_FIELD;
    }
}

/* The reader of rule files has bounded the depth. */
static void ask(walk *w, const gr_condition *c, const gr_node *node, unsigned depth, bool is_spared)
{
    gr_asked *asked = &w->asked[w->count++];
    const gr_node *inside = node->first;
    gr_answer enough = c->kind == GR_CONDITION_ALL ? GR_ANSWER_FALSE : GR_ANSWER_TRUE;

    w->facts->leaned = 0;
    *asked = (gr_asked){ .kind = kind_of(c),
                         .depth = depth,
                         .answer = (gr_answer)gr_condition_evaluate(c, w->facts, NULL),
                         .line = node->at.line,
                         .is_spared = is_spared };
    if (asked->kind == GR_ASKED_JUDGMENT)
        asked->words = gr_condition_question(c);
    if (asked->kind == GR_ASKED_FIELD) {
        asked->words = words_of_field(w, c, node, is_spared);
        note_value(w, c, asked);
    }
    for (const gr_condition *child = c->first; child; child = child->next, inside = inside->next) {
        const gr_asked *one = &w->asked[w->count];

        ask(w, child, inside, depth + 1, is_spared);
        is_spared = is_spared || (c->kind != GR_CONDITION_NOT && one->answer == enough);
    }
}

gr_inquiry gr_trace_condition(gr_trace *t, const gr_condition *c, const gr_node *node,
                              gr_facts *facts)
{
    walk w = { t, facts, NULL, 0 };

    if (!c)
        return (gr_inquiry){ NULL, 0 };
    w.asked = gr_trace_take(t, sizeof *w.asked * size_of(c));
    if (!w.asked)
        return (gr_inquiry){ NULL, 0 };
    ask(&w, c, node, 0, false);
    return (gr_inquiry){ w.asked, w.count };
}

gr_inquiry gr_trace_inside(gr_trace *t, const gr_condition *c, const gr_node *node,
                           const char *name, gr_facts *facts)
{
    return c ? gr_trace_condition(t, c, gr_node_child(node, name)->first, facts)
             : (gr_inquiry){ NULL, 0 };
}

/* ---- where it stands ---- */

gr_text gr_trace_title(const gr_trace *t, const char *element, gr_text id)
{
    for (const gr_node *n = gr_node_child(t->root, element); n; n = gr_node_again(n))
        if (gr_text_equal(gr_node_attribute(n, "id"), id))
            return gr_node_attribute(n, "title");
    return GR_TEXT("");
}

static gr_text add_title(gr_trace *t, gr_text all, gr_text title)
{
    if (title.len == 0)
        return all;
    return gr_trace_print(t, gr_arena_print(t->arena, "%.*s%s%.*s", GR_ALL(all),
                                            all.len > 0 ? "; " : "", GR_ALL(title)));
}

static void cite(gr_trace *t, gr_text source)
{
    for (size_t i = 0; i < t->cited.count; i++)
        if (gr_text_equal(*GR_AT(t->cited, gr_text, i), source))
            return;
    t->no_memory = !gr_list_push(&t->cited, &source) || t->no_memory;
}

/* "3220.08; 3110" are two clauses, "HOPK FAQ" two sources. */
gr_backing gr_trace_backing(gr_trace *t, gr_text clause, gr_text source, gr_text sure)
{
    gr_backing b = { .clause = clause,
                     .clause_title = GR_TEXT(""),
                     .source = source,
                     .sure = sure,
                     .from = GR_DAY_FIRST,
                     .to = GR_DAY_LAST };
    gr_text rest = clause, word;

    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;

        b.clause_title =
            add_title(t, b.clause_title,
                      gr_trace_title(t, "clause", gr_text_trim(gr_text_slice(rest, 0, len))));
        rest = gr_text_slice(rest, end ? len + 1 : len, rest.len);
    }
    rest = source;
    while (gr_text_word(&rest, &word))
        cite(t, word);
    return b;
}
