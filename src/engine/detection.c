/* src/engine/detection.c - the first rule that surely holds decides; what is unknown is not a gift by itself. */
#include "engine/detection.h"

#include <string.h>

static const gr_detection_rule *read_rules(const gr_node *root, const char *name,
                                           const char *attribute, gr_fact fact,
                                           const gr_policy *policy, gr_arena *arena,
                                           gr_conditions *conditions, gr_problems *problems,
                                           size_t *count)
{
    gr_detection_rule *rule;
    char hint[GR_FACT_HINT];
    size_t i = 0;

    *count = gr_node_count(root, name);
    rule = gr_arena_zero(arena, sizeof *rule * (*count + 1));
    for (const gr_node *n = gr_node_child(root, name); rule && n; n = gr_node_again(n), i++) {
        gr_text word = gr_node_attribute(n, attribute);

        rule[i].id = gr_node_attribute(n, "id");
        rule[i].word = gr_fact_word_find(fact, word);
        rule[i].when = gr_condition_read(n->first, policy, arena, conditions, problems);
        if (rule[i].word < 0)
            gr_problem(problems, n->at, gr_fact_hint(fact, hint),
                       "'%.*s' is not a word of the fact '%s'", GR_SHOW(word),
                       gr_fact_get(fact)->name);
    }
    return rule;
}

static bool has_odd(const gr_detection *d, gr_text id)
{
    for (size_t i = 0; i < d->odd_count; i++)
        if (gr_text_equal(d->odd[i].id, id))
            return true;
    return false;
}

/* A choice of the policy that changes nothing is mistyped: in its file, or in the words that the run was called with. */
static gr_status check_choices(const gr_detection *d, const gr_policy *policy,
                               gr_problems *problems, gr_error *err)
{
    for (size_t i = 0; i < policy->detect_count; i++) {
        const gr_detect_choice *choice = &policy->detect[i];
        gr_error error;

        if (has_odd(d, choice->id))
            continue;
        gr_fail(&error, GR_EINPUT, choice->at, "giftrule rules show detection tells their ids",
                "'%.*s' is not a check or pattern of detection", GR_SHOW(choice->id));
        if (choice->at.line > 0) {
            gr_problems_add(problems, &error);
            continue;
        }
        *err = error;
        return err->status = GR_EUSAGE;
    }
    return GR_OK;
}

gr_status gr_detection_load(const char *path, const char *schema, const gr_policy *policy,
                            gr_arena *arena, gr_problems *problems, gr_detection *out,
                            gr_error *err)
{
    gr_detection d = { .conditions = GR_NO_CONDITIONS };
    gr_rulefile file;
    size_t before = problems->count;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    d.booking = read_rules(file.root, "booking", "as", GR_F_BOOKED_AS, policy, arena, &d.conditions,
                           problems, &d.booking_count);
    d.gift = read_rules(file.root, "gift", "kind", GR_F_KIND, policy, arena, &d.conditions,
                        problems, &d.gift_count);
    gr_oddities_read(file.root, policy, arena, &d.conditions, problems, &d.odd, &d.odd_count);
    d.valued_by = gr_node_attribute(file.root, "valued-by");
    d.at = file.root->at;
    memcpy(d.sha256, file.sha256, sizeof d.sha256);
    if (!d.booking || !d.gift || !d.odd)
        status = gr_fail_memory(err);
    else
        status = check_choices(&d, policy, problems, err);
    if (status == GR_OK && problems->count > before)
        status = gr_problems_end(problems, err);
    if (status == GR_OK)
        *out = d;
    else
        gr_detection_free(&d);
    return status;
}

static const gr_rulebook *find_book(const gr_rulebook *book, size_t count, gr_text id)
{
    for (size_t i = 0; i < count; i++)
        if (gr_text_equal(book[i].id, id))
            return &book[i];
    return NULL;
}

static bool asks_for_worth(const gr_oddity *odd)
{
    return odd->worth_count > 0 || odd->has_total || odd->has_share;
}

void gr_detection_bind(gr_detection *detection, const gr_rulebook *book, size_t book_count,
                       const gr_rulebook *told, size_t told_count, gr_problems *problems)
{
    gr_text by = detection->valued_by;

    gr_oddities_bind(detection->odd, detection->odd_count, book, book_count, told, told_count,
                     problems);
    detection->valuing = find_book(book, book_count, by);
    if (by.len > 0 && !find_book(told, told_count, by))
        gr_problem(problems, detection->at, "name one of the files in rulebooks by its id",
                   "there is no rulebook '%.*s'", GR_SHOW(by));
    for (size_t i = 0; by.len == 0 && i < detection->odd_count; i++)
        if (asks_for_worth(&detection->odd[i]))
            gr_problem(problems, detection->odd[i].at,
                       "name a rulebook on the first element, like valued-by=\"finra-3220\"",
                       "it is not said what a gift is worth");
}

void gr_detection_free(gr_detection *detection)
{
    gr_conditions_free(&detection->conditions);
}

static const gr_detection_rule *find_rule(const gr_detection_rule *rule, size_t count,
                                          gr_facts *facts)
{
    for (size_t i = 0; i < count; i++)
        if (gr_condition_evaluate(rule[i].when, facts, NULL) == GR_TRUE)
            return &rule[i];
    return NULL;
}

void gr_detection_apply(const gr_detection *detection, gr_record *record)
{
    gr_facts facts = { .record = record };
    const gr_detection_rule *rule = find_rule(detection->booking, detection->booking_count, &facts);

    if (rule && !gr_record_knows(record, GR_F_BOOKED_AS))
        gr_record_set(record, NULL, GR_F_BOOKED_AS, (gr_value){ .number = rule->word });
    rule = find_rule(detection->gift, detection->gift_count, &facts);
    if (!rule)
        return;
    record->kind = GR_RECORD_GIFT;
    if (!gr_record_knows(record, GR_F_KIND))
        gr_record_set(record, NULL, GR_F_KIND, (gr_value){ .number = rule->word });
}
