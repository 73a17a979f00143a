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
    memcpy(d.sha256, file.sha256, sizeof d.sha256);
    if (!d.booking || !d.gift)
        status = gr_fail_memory(err);
    else if (problems->count > before)
        status = gr_problems_end(problems, err);
    if (status == GR_OK)
        *out = d;
    else
        gr_detection_free(&d);
    return status;
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
