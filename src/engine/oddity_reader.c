/* src/engine/oddity_reader.c - from the elements of detection.xml to checks and patterns. The schema has checked the
 * shape; here the meaning is checked, and that what is asked for can come about at all. */
#include "engine/oddity.h"

#include "engine/satisfy.h"

#include <string.h>

typedef struct reader {
    const gr_policy *policy;
    gr_arena *arena;
    gr_conditions *conditions;
    gr_problems *problems;
} reader;

/* ---- amounts, limits, shares ---- */

/* "limit:finra-3220/annual" */
static void read_limit_name(gr_text value, gr_bound *out)
{
    gr_text name = gr_text_slice(value, strlen("limit:"), value.len);
    const char *slash = memchr(name.ptr, '/', name.len); /* the schema has seen to it */
    size_t at = slash ? (size_t)(slash - name.ptr) : name.len;

    out->rule = gr_text_slice(name, 0, at);
    out->limit = gr_text_slice(name, at + (slash != NULL), name.len);
}

static void read_bound(reader *r, const gr_node *node, const char *attribute, gr_bound *out)
{
    gr_text value = gr_node_attribute(node, attribute);
    gr_error error;
    int amount;

    *out = (gr_bound){ .at = node->at, .amount = { 0, 1 } };
    if (gr_text_starts(value, GR_TEXT("limit:"))) {
        read_limit_name(value, out);
        return;
    }
    if (gr_text_starts(value, GR_TEXT("policy:"))) {
        gr_text name = gr_text_slice(value, strlen("policy:"), value.len);

        amount = gr_policy_amount_find(name);
        if (amount < 0)
            gr_problem(r->problems, node->at, "see the amounts in policy.xml",
                       "the policy has no amount '%.*s'", GR_SHOW(name));
        else
            out->amount = r->policy->amount[amount];
        return;
    }
    if (gr_money_parse(value, node->at, &out->amount, &error) != GR_OK)
        gr_problems_add(r->problems, &error);
}

/* Above nothing and below the whole. "0.05" reads as 5 cents: of a whole of 100. */
static void read_share(reader *r, const gr_node *node, const char *attribute, gr_amount *out)
{
    gr_text value = gr_node_attribute(node, attribute);
    gr_amount share, one = { 100, 1 };
    gr_error ignored;

    *out = (gr_amount){ 1, 2 };
    if (gr_money_parse(value, node->at, &share, &ignored) != GR_OK || share.num == 0 ||
        gr_amount_compare(share, one) >= 0 || !gr_amount_multiply(share, 1, 100, out))
        gr_problem(r->problems, node->at, "a share above 0.00 and below 1.00, like 0.05",
                   "'%.*s' can never be", GR_SHOW(value));
}

static const struct {
    const char *attribute;
    gr_condition_kind kind;
} tests[] = {
    { "under", GR_CONDITION_UNDER },        { "at-most", GR_CONDITION_AT_MOST },
    { "at-least", GR_CONDITION_AT_LEAST },  { "above", GR_CONDITION_ABOVE },
    { "just-under", GR_CONDITION_AT_MOST },
};

static gr_worth_of read_worth_of(const gr_node *node)
{
    gr_text of = gr_node_attribute(node, "of");

    return gr_text_is(of, "gift")         ? GR_WORTH_OF_GIFT
           : gr_text_is(of, "head")       ? GR_WORTH_OF_HEAD
           : gr_text_is(of, "named-head") ? GR_WORTH_OF_NAMED_HEAD
                                          : GR_WORTH_OF_SHARE;
}

static void read_worth(reader *r, const gr_node *node, gr_worth_test *out)
{
    size_t count = 0;

    out->of = read_worth_of(node);
    for (size_t i = 0; i < GR_COUNT(tests); i++) {
        if (!gr_node_has(node, tests[i].attribute))
            continue;
        count++;
        out->kind = tests[i].kind;
        out->is_just_under = strcmp(tests[i].attribute, "just-under") == 0;
        read_bound(r, node, tests[i].attribute, &out->bound);
    }
    if (count != 1)
        gr_problem(r->problems, node->at, "one of under, at-most, at-least, above, just-under",
                   count ? "this worth makes more than one test" : "this worth makes no test");
    else if (out->is_just_under != gr_node_has(node, "by"))
        gr_problem(r->problems, node->at, "'just-under' is said with 'by', like 0.05",
                   out->is_just_under ? "it is not said by which share it is under it"
                                      : "'by' is only for 'just-under'");
    else if (out->is_just_under)
        read_share(r, node, "by", &out->by);
}

/* Of two amounts; a limit is another one on another day. */
static bool contradict(const gr_worth_test *low, const gr_worth_test *high)
{
    int order = gr_amount_compare(low->bound.amount, high->bound.amount);
    bool is_strict = low->kind == GR_CONDITION_ABOVE || high->kind == GR_CONDITION_UNDER;

    return low->kind >= GR_CONDITION_AT_LEAST && high->kind < GR_CONDITION_AT_LEAST &&
           low->of == high->of && low->bound.rule.len + high->bound.rule.len == 0 &&
           (order > 0 || (order == 0 && is_strict));
}

static void read_worths(reader *r, const gr_node *node, gr_oddity *odd)
{
    for (const gr_node *n = gr_node_child(node, "worth");
         n && odd->worth_count < GR_MAX_WORTH_TESTS; n = gr_node_again(n))
        read_worth(r, n, &odd->worth[odd->worth_count++]);
    for (size_t i = 0; i < odd->worth_count; i++)
        for (size_t k = 0; k < odd->worth_count; k++)
            if (contradict(&odd->worth[i], &odd->worth[k]))
                gr_problem(r->problems, odd->worth[k].bound.at, "leave room between the amounts",
                           "nothing can be worth so much and so little");
}

/* ---- words ---- */

static void read_keys(reader *r, const gr_node *node, uint32_t *out)
{
    gr_text rest = gr_node_attribute(node, "keys"), key;

    while (gr_text_word(&rest, &key)) {
        gr_text words = GR_TEXT(GR_KEY_WORDS), word = { "", 0 };
        unsigned place = 0;

        while (gr_text_word(&words, &word) && !gr_text_equal(word, key))
            place++;
        if (place < GR_KEY_COUNT)
            *out |= GR_KEY_BIT(place);
        else
            gr_problem(r->problems, node->at,
                       "one or more of recipient, employer, giver, merchant, description, report, "
                       "day, amount",
                       "'%.*s' is not a key", GR_SHOW(key));
    }
}

static void read_shown(reader *r, const gr_node *reason, gr_oddity *odd)
{
    gr_text rest = gr_node_attribute(reason, "show"), name;

    while (gr_text_word(&rest, &name)) {
        gr_fact fact = gr_fact_find(name);
        uint8_t computed = gr_computed_find(name, true);

        if ((fact == GR_FACT_NONE && !computed) || computed == GR_COMPUTED_FIRM_KIND)
            gr_problem(r->problems, reason->at, "a fact of the gift log, or a number of heads",
                       "'%.*s' is not a fact", GR_SHOW(name));
        else if (odd->shown_count == GR_MAX_SHOWN)
            gr_problem(r->problems, reason->at, "leave some out", "more than %d facts are shown",
                       GR_MAX_SHOWN);
        else
            odd->shown[odd->shown_count++] = computed ? computed : (uint8_t)fact;
    }
}

static void read_near(reader *r, const gr_node *node, gr_oddity *odd)
{
    gr_text rest = gr_node_attribute(node, "event"), word;
    uint64_t days[2] = { 0, 0 };
    char hint[GR_FACT_HINT];

    while (gr_text_word(&rest, &word)) {
        int place = gr_fact_word_find(GR_F_EVENT, word);

        if (place < 0)
            gr_problem(r->problems, node->at, gr_fact_hint(GR_F_EVENT, hint),
                       "'%.*s' is not a word of the fact 'event'", GR_SHOW(word));
        else
            odd->event |= UINT32_C(1) << place;
    }
    for (int i = 0; i < 2; i++)
        if (!gr_text_number(gr_node_attribute(node, i ? "after" : "before"), 3660, &days[i]))
            gr_problem(r->problems, node->at, "ten years at most",
                       "these are too many days around an event");
    odd->before = (int)days[0];
    odd->after = (int)days[1];
}

/* ---- patterns ---- */

static void read_window(reader *r, const gr_node *node, gr_oddity *odd)
{
    uint64_t days = 1;

    if (gr_node_has(node, "days") == gr_node_has(node, "period"))
        gr_problem(r->problems, node->at, "either days=\"3\" or period=\"quarter\"",
                   "a pattern lies within a number of days, or within a period");
    else if (gr_node_has(node, "days") &&
             !gr_text_number(gr_node_attribute(node, "days"), 3660, &days))
        gr_problem(r->problems, node->at, "3660 days at most, or period=\"year\"",
                   "these are too many days of a pattern");
    odd->days = (int)days;
    odd->window = gr_node_has(node, "days")                                  ? GR_WINDOW_DAYS
                  : gr_text_is(gr_node_attribute(node, "period"), "quarter") ? GR_WINDOW_QUARTER
                                                                             : GR_WINDOW_YEAR;
}

static void read_threshold(reader *r, const gr_node *node, gr_oddity *odd)
{
    if (!gr_text_number(gr_node_attribute(node, "gifts"), 1000000, &odd->gifts) || odd->gifts < 2)
        gr_problem(r->problems, node->at, "gifts=\"2\" at least; of one gift a check speaks",
                   "'%.*s' gifts are no pattern", GR_SHOW(gr_node_attribute(node, "gifts")));
    odd->has_total = gr_node_has(node, "total-above");
    if (odd->has_total)
        read_bound(r, node, "total-above", &odd->total);
    odd->has_share = gr_node_has(node, "share-above");
    if (odd->has_share)
        read_share(r, node, "share-above", &odd->share);
}

static void check_pattern(reader *r, const gr_node *node, const gr_oddity *odd)
{
    const gr_node *within = gr_node_child(node, "within");

    if (odd->same & odd->differ)
        gr_problem(r->problems, gr_node_child(node, "differ")->at, "name it in one of the two",
                   "a key of '%.*s' is to be the same, and to differ", GR_SHOW(odd->id));
    if (odd->window == GR_WINDOW_DAYS && odd->days == 1 && odd->differ & GR_KEY_BIT(GR_KEY_DAY))
        gr_problem(r->problems, within->at, "give it two days at least",
                   "days cannot differ within one day");
    if (odd->has_share && !(odd->same & GR_KEY_BIT(GR_KEY_GIVER)))
        gr_problem(r->problems, gr_node_child(node, "threshold")->at, "add giver to its same keys",
                   "'share-above' is of the gifts of one giver");
    if (odd->has_share && odd->window == GR_WINDOW_DAYS)
        gr_problem(r->problems, within->at, "period=\"quarter\" or period=\"year\"",
                   "'share-above' needs a period");
    if (odd->has_share && !((odd->same | odd->differ) & ~GR_KEY_BIT(GR_KEY_GIVER)))
        gr_problem(r->problems, gr_node_child(node, "same")->at, "add recipient, or employer",
                   "all that a giver gave is always the whole of it");
}

static void read_pattern(reader *r, const gr_node *node, gr_oddity *odd)
{
    odd->is_pattern = true;
    read_keys(r, gr_node_child(node, "same"), &odd->same);
    if (gr_node_child(node, "differ"))
        read_keys(r, gr_node_child(node, "differ"), &odd->differ);
    read_window(r, gr_node_child(node, "within"), odd);
    read_threshold(r, gr_node_child(node, "threshold"), odd);
    check_pattern(r, node, odd);
}

/* ---- both ---- */

static bool asks_for_recipient(const gr_condition *c)
{
    for (const gr_condition *child = c->first; child; child = child->next)
        if (asks_for_recipient(child))
            return true;
    return c->fact >= GR_FACT_FIRST_OF_RECIPIENT && c->fact < GR_FACT_COUNT;
}

static bool is_of_recipient(const gr_oddity *odd)
{
    const uint32_t keys = GR_KEY_BIT(GR_KEY_RECIPIENT) | GR_KEY_BIT(GR_KEY_EMPLOYER);

    for (size_t i = 0; i < odd->worth_count; i++)
        if (odd->worth[i].of == GR_WORTH_OF_SHARE)
            return true;
    return odd->event || (odd->same | odd->differ) & keys || asks_for_recipient(odd->when);
}

/* What a record with such a kind is spared to be looked at for. */
static uint32_t find_kinds(const gr_condition *when)
{
    uint32_t kinds = 0, all = 0;
    gr_text rest = gr_text_of(gr_fact_get(GR_F_KIND)->words), word;
    gr_world world;

    while (gr_text_word(&rest, &word))
        all = all << 1 | 1;
    for (unsigned i = 0; all >> i; i++) {
        gr_world_start(&world, 0);
        world.stated = GR_FACT_BIT(GR_F_KIND);
        world.not_word[GR_F_KIND] = all & ~(UINT32_C(1) << i);
        kinds |= (uint32_t)gr_world_narrow(&world, when) << i;
    }
    gr_world_start(&world, 0);
    world.unstated = GR_FACT_BIT(GR_F_KIND);
    return kinds | (uint32_t)gr_world_narrow(&world, when) << GR_NO_KIND;
}

static bool asks_for_name_only(const gr_condition *c)
{
    for (const gr_condition *child = c->first; child; child = child->next)
        if (!asks_for_name_only(child))
            return false;
    return c->first || c->fact == GR_F_NAME || c->fact == GR_F_EMPLOYER ||
           c->fact == GR_F_RECIPIENT_ID;
}

static bool is_hurdle(const gr_condition *c)
{
    return c->kind >= GR_CONDITION_UNDER && c->kind <= GR_CONDITION_ABOVE &&
           (c->fact < GR_FACT_FIRST_OF_RECIPIENT || c->fact >= GR_COMPUTED_HEADS);
}

/* All of them must hold for the condition to hold. */
static void find_hurdles(gr_oddity *odd)
{
    const gr_condition *c = odd->when->kind == GR_CONDITION_ALL ? odd->when->first : odd->when;

    for (; c && odd->hurdle_count < GR_MAX_HURDLES; c = c == odd->when ? NULL : c->next)
        if (is_hurdle(c))
            odd->hurdle[odd->hurdle_count++] = c;
}

static void read_condition(reader *r, const gr_node *node, gr_oddity *odd)
{
    const gr_node *of = gr_node_child(node, "of");
    gr_world world;

    odd->when = gr_condition_read_odd(of ? of->first : node->first, r->policy, r->arena,
                                      r->conditions, r->problems);
    if (!odd->when)
        return;
    gr_world_start(&world, 0);
    if (!gr_world_narrow(&world, odd->when))
        gr_problem(r->problems, node->at, "look for parts that exclude each other",
                   "the condition of '%.*s' can never hold", GR_SHOW(odd->id));
    odd->gate = gr_gate_of(odd->when);
    odd->kinds = find_kinds(odd->when);
    find_hurdles(odd);
    odd->of_recipient = is_of_recipient(odd);
    odd->of_name = odd->worth_count == 0 && asks_for_name_only(odd->when);
}

/* What the policy says goes before what the file says. */
static void choose_verdict(const reader *r, const gr_node *node, gr_oddity *odd)
{
    gr_verdict_find(gr_node_attribute(node, "verdict"), &odd->verdict);
    odd->is_on = !gr_text_is(gr_node_attribute(node, "on"), "no");
    for (size_t i = 0; i < r->policy->detect_count; i++) {
        const gr_detect_choice *choice = &r->policy->detect[i];

        if (!gr_text_equal(choice->id, odd->id))
            continue;
        odd->is_on = choice->verdict != GR_COMPLIANT;
        if (odd->is_on)
            odd->verdict = choice->verdict;
    }
}

static void read_one(reader *r, const gr_node *node, gr_oddity *odd)
{
    const gr_node *reason = gr_node_child(node, "reason"),
                  *question = gr_node_child(node, "question"), *near = gr_node_child(node, "near");
    gr_text records = gr_node_attribute(node, "records");

    *odd = (gr_oddity){ .id = gr_node_attribute(node, "id"),
                        .title = gr_node_attribute(node, "title"),
                        .kind = gr_node_attribute(node, "kind"),
                        .clause = gr_node_attribute(node, "clause"),
                        .reason = reason->text,
                        .question = question ? question->text : GR_TEXT(""),
                        .at = node->at,
                        .with_gifts = !gr_text_is(records, "expenses"),
                        .with_expenses =
                            gr_text_is(records, "expenses") || gr_text_is(records, "all") };
    choose_verdict(r, node, odd);
    read_worths(r, node, odd);
    read_shown(r, reason, odd);
    if (near)
        read_near(r, near, odd);
    if (gr_node_is(node, "pattern"))
        read_pattern(r, node, odd);
    read_condition(r, node, odd);
}

static bool is_odd(const gr_node *node)
{
    return gr_node_is(node, "check") || gr_node_is(node, "pattern");
}

static void check_id(reader *r, const gr_oddity *odd, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (gr_text_equal(odd[k].id, odd[i].id))
            gr_problem(r->problems, odd[i].at, "give each check and pattern an id of its own",
                       "there is already a check or pattern '%.*s'", GR_SHOW(odd[i].id));
}

void gr_oddities_read(const gr_node *root, const gr_policy *policy, gr_arena *arena,
                      gr_conditions *conditions, gr_problems *problems, gr_oddity **out,
                      size_t *count)
{
    reader r = { policy, arena, conditions, problems };
    size_t n = gr_node_count(root, "check") + gr_node_count(root, "pattern"), i = 0;
    gr_oddity *odd;

    if (n > GR_MAX_ODDITIES) {
        gr_problem(problems, root->at, "leave some out",
                   "there are more than %d checks and patterns", GR_MAX_ODDITIES);
        n = 0;
    }
    odd = gr_arena_zero(arena, sizeof *odd * (n + 1));
    for (const gr_node *node = root->first; odd && node && i < n; node = node->next) {
        if (!is_odd(node))
            continue;
        read_one(&r, node, &odd[i]);
        check_id(&r, odd, i++);
    }
    *out = odd;
    *count = i;
}

/* ---- limits ---- */

static const gr_limit *find_limit(const gr_rulebook *book, size_t count, const gr_bound *bound)
{
    for (size_t b = 0; b < count; b++)
        for (size_t i = 0; gr_text_equal(book[b].id, bound->rule) && i < book[b].limit_count; i++)
            if (gr_text_equal(book[b].limit[i].id, bound->limit) && !book[b].limit[i].is_count)
                return &book[b].limit[i];
    return NULL;
}

void gr_oddities_bind(gr_oddity *odd, size_t count, const gr_rulebook *book, size_t book_count,
                      const gr_rulebook *told, size_t told_count, gr_problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k <= odd[i].worth_count; k++) {
            gr_bound *bound = k < odd[i].worth_count ? &odd[i].worth[k].bound : &odd[i].total;

            if (bound->rule.len == 0)
                continue;
            bound->found = find_limit(book, book_count, bound);
            if (!find_limit(told, told_count, bound))
                gr_problem(problems, bound->at,
                           "limit:RULEBOOK/LIMIT, like limit:finra-3220/annual",
                           "there is no limit '%.*s' on amounts in a rulebook '%.*s'",
                           GR_SHOW(bound->limit), GR_SHOW(bound->rule));
        }
    }
}
