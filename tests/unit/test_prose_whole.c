/* tests/unit/test_prose_whole.c - nothing of a rule file is missing in what is told of it. Each attribute and each
 * text of every rulebook is changed in turn, and each element that may go is taken away: what is told must change, and
 * free text must stand there word for word. So the test knows no sentence, and a new attribute of the language fails it
 * until it is told. */
#include "prose_desk.h"

static const char marker[] = "Zq7marker";

/* Attributes with a few words, which are told by sentences: another word must be told otherwise. */
static const struct {
    const char *element, *attribute, *words;
} closed[] = {
    { NULL, "sure", "text summary derived" },
    { NULL, "verdict", "violation needs_review warning" },
    { NULL, "frees-record", "yes no unclear" },
    { NULL, "freed-by-exclusion", "no record any" },
    { "limit", "test", "more-than at-least" },
    { "limit", "per", "recipient giver client" },
    { "limit", "of", "amount count" },
    { "period", "basis", "policy calendar fiscal anniversary trailing quarter day gift" },
    { "field", "known", "yes no" },
    { NULL, "on", "yes no" },
    { NULL, "records", "gifts expenses all" },
    { "worth", "of", "share gift head named-head" },
};

typedef struct trial {
    desk *desk;
    telling tell;
    const gr_node *root;
    char *baseline;
    size_t tried;
} trial;

/* A mutable view: the tree is the test's own copy in its arena. */
static gr_attribute *own_attribute(const gr_attribute *a)
{
    return (gr_attribute *)(uintptr_t)a;
}

static gr_node *own_node(const gr_node *node)
{
    return (gr_node *)(uintptr_t)node;
}

static const char *tell_again(trial *t)
{
    t->tried++;
    return told_flat(t->desk, t->tell, t->root);
}

static const char *words_of(const gr_node *node, const char *attribute)
{
    for (size_t i = 0; i < GR_COUNT(closed); i++)
        if (strcmp(attribute, closed[i].attribute) == 0 &&
            (!closed[i].element || gr_node_is(node, closed[i].element)))
            return closed[i].words;
    return NULL;
}

static void fail_at(const gr_node *node, const char *name, const char *value, const char *what)
{
    fail_msg("%s:%u: %s of %s, as '%s': %s", node->at.file, node->at.line, name, node->name, value,
             what);
}

static void try_words(trial *t, const gr_node *node, gr_attribute *a, const char *words)
{
    gr_text kept = a->value, rest = gr_text_of(words), word;

    while (gr_text_word(&rest, &word)) {
        if (gr_text_equal(word, kept))
            continue;
        a->value = word;
        if (strcmp(tell_again(t), t->baseline) == 0)
            fail_at(node, a->name, word.ptr, "nothing changes");
    }
    a->value = kept;
}

static void try_marker(trial *t, const gr_node *node, gr_attribute *a)
{
    gr_text kept = a->value;
    bool is_day = strcmp(a->name, "from") == 0 || strcmp(a->name, "to") == 0;

    a->value = is_day ? GR_TEXT("1871-02-03") : gr_text_of(marker);
    if (!strstr(tell_again(t), a->value.ptr))
        fail_at(node, a->name, a->value.ptr, "it is not told");
    a->value = kept;
}

static void try_attributes(trial *t, const gr_node *node)
{
    for (const gr_attribute *a = node->attribute; a; a = a->next) {
        const char *words = words_of(node, a->name);

        if (words)
            try_words(t, node, own_attribute(a), words);
        else
            try_marker(t, node, own_attribute(a));
    }
}

static void try_text(trial *t, const gr_node *node)
{
    gr_text kept = node->text;

    if (node->first || kept.len == 0)
        return;
    own_node(node)->text = gr_text_of(marker);
    if (!strstr(tell_again(t), marker))
        fail_at(node, "the text", marker, "it is not told");
    own_node(node)->text = kept;
}

/* Another element in its place that takes the same children. */
static const char *twin_of(const gr_node *node)
{
    static const char *const twins[][2] = {
        { "all", "any" },
        { "any", "all" },
        { "higher-of", "between" },
        { "between", "first-of" },
        { "first-of", "higher-of" },
    };

    for (size_t i = 0; i < GR_COUNT(twins); i++)
        if (gr_node_is(node, twins[i][0]) && node->first && node->first->next)
            return twins[i][1];
    return NULL;
}

static void try_twin(trial *t, const gr_node *node)
{
    const char *kept = node->name, *twin = twin_of(node);

    if (!twin)
        return;
    own_node(node)->name = twin;
    if (strcmp(tell_again(t), t->baseline) == 0)
        fail_at(node, "the name", twin, "nothing changes");
    own_node(node)->name = kept;
}

/* What the schema wants once, and what would leave nothing behind. */
static bool is_needed(const gr_node *parent, const gr_node *child)
{
    static const char *const needed[] = { "summary", "firm", "period", "claimed",  "of",
                                          "reason",  "same", "within", "threshold" };

    for (size_t i = 0; i < GR_COUNT(needed); i++)
        if (gr_node_is(child, needed[i]) && !gr_node_is(parent, "duty"))
            return true;
    return !parent->first->next && !gr_node_is(parent, "presumption");
}

static void try_without(trial *t, const gr_node *parent, const gr_node *child, const gr_node **link)
{
    if (is_needed(parent, child))
        return;
    *link = child->next;
    if (strcmp(tell_again(t), t->baseline) == 0)
        fail_at(child, "the element", child->name, "nothing changes without it");
    *link = child;
}

static void try_node(trial *t, const gr_node *node)
{
    const gr_node **link = &own_node(node)->first;

    try_attributes(t, node);
    try_text(t, node);
    try_twin(t, node);
    for (const gr_node *child = node->first; child; child = child->next) {
        try_without(t, node, child, link);
        try_node(t, child);
        link = &own_node(child)->next;
    }
}

static size_t try_file(desk *d, const char *path, const char *schema, telling tell)
{
    trial t = { d, tell, load_file(d, path, schema), NULL, 0 };

    t.baseline = strdup(told_flat(d, tell, t.root));
    assert_non_null(t.baseline);
    try_node(&t, t.root);
    assert_string_equal(tell_again(&t), t.baseline); /* the tree is again as it was */
    free(t.baseline);
    return t.tried;
}

static void test_everything(void **state)
{
    assert_true(try_file(*state, "tests/golden/rules-show/everything.xml",
                         "rules/schema/rulebook.xsd", as_rulebook) > 400);
}

static void test_detection(void **state)
{
    assert_true(
        try_file(*state, "rules/detection.xml", "rules/schema/detection.xsd", as_detection) > 40);
}

/* ---- every rulebook that is shipped ---- */

static void each_rulebook(desk *d, void (*look)(desk *d, const char *path))
{
    gr_list paths = GR_LIST(gr_text);
    gr_error err = { 0 };

    assert_int_equal(gr_rulefile_list("rules/rulebooks", ".xml", d->arena, &paths, &err), GR_OK);
    assert_int_equal(gr_rulefile_list("rules/examples", ".xml", d->arena, &paths, &err), GR_OK);
    assert_true(paths.count > 1);
    for (size_t i = 0; i < paths.count; i++)
        look(d, GR_AT(paths, gr_text, i)->ptr);
    gr_list_free(&paths);
}

static void look_at_all(desk *d, const char *path)
{
    try_file(d, path, "rules/schema/rulebook.xsd", as_rulebook);
}

static void test_rulebooks(void **state)
{
    each_rulebook(*state, look_at_all);
}

/* ---- only what is in force ---- */

static void must_not_say(const char *page, const gr_node *node, const char *name, gr_text day)
{
    gr_text value = gr_node_attribute(node, name);

    if (strstr(page, value.ptr))
        fail_msg("%s:%u: %s=\"%s\" is told of %s", node->at.file, node->at.line, name, value.ptr,
                 day.ptr);
}

/* No row that begins later or has ended is told, and each row in force is. */
static void check_day(const gr_node *node, const char *page, gr_text day)
{
    gr_text from = gr_node_attribute(node, "from"), to = gr_node_attribute(node, "to");

    if (from.len > 0) {
        if (gr_text_compare(from, day) > 0)
            must_not_say(page, node, "from", day);
        else if (to.len > 0 && gr_text_compare(to, day) < 0)
            must_not_say(page, node, "to", day);
        else
            assert_non_null(strstr(page, from.ptr));
    }
    for (const gr_node *child = node->first; child; child = child->next)
        check_day(child, page, day);
}

static void try_days(desk *d, const gr_node *root, const gr_node *node)
{
    static const char *const names[] = { "from", "to" };

    for (size_t i = 0; i < GR_COUNT(names); i++) {
        if (!gr_node_has(node, names[i]))
            continue;
        d->prose.day = gr_node_attribute(node, names[i]);
        check_day(root, told_flat(d, as_rulebook, root), d->prose.day);
    }
    for (const gr_node *child = node->first; child; child = child->next)
        try_days(d, root, child);
}

static void look_at_days(desk *d, const char *path)
{
    const gr_node *root = load_file(d, path, NULL);

    try_days(d, root, root);
    d->prose.day = GR_TEXT("");
}

static void test_days(void **state)
{
    each_rulebook(*state, look_at_days);
    look_at_days(*state, "tests/golden/rules-show/everything.xml");
}

static void test_before_everything(void **state)
{
    desk *d = *state;
    const gr_node *root = load_file(d, "tests/golden/rules-show/everything.xml", NULL);

    d->prose.day = GR_TEXT("1900-01-01");
    told_flat(d, as_rulebook, root);
    assert_non_null(strstr(d->page, "as it stood on 1900-01-01"));
    assert_null(strstr(d->page, "The limits"));
    assert_null(strstr(d->page, "What does not count"));
    assert_null(strstr(d->page, "What else is owed"));
    assert_null(strstr(d->page, "1990"));
}

/* On a day only the clauses and sources that are cited then are listed. */
static void test_cited_on_day(void **state)
{
    desk *d = *state;
    const gr_node *root = load_file(d, "tests/golden/rules-show/everything.xml", NULL);

    d->prose.day = GR_TEXT("1995-01-01");
    assert_non_null(strstr(told_flat(d, as_rulebook, root), "TWO The second source"));
    own_attribute(gr_node_child(root, "scope")->attribute->next->next)->value = GR_TEXT("ONE");
    own_node(root)->name = "rulebook";
    for (const gr_node *p = gr_node_child(root, "presumption"); p; p = gr_node_again(p))
        for (const gr_attribute *a = p->attribute; a; a = a->next)
            if (strcmp(a->name, "source") == 0)
                own_attribute(a)->value = GR_TEXT("ONE");
    told_flat(d, as_rulebook, root);
    assert_null(strstr(d->page, "The second source"));
    assert_non_null(strstr(d->page, "ONE The first source"));
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DESK(test_everything), WITH_DESK(test_detection),         WITH_DESK(test_rulebooks),
        WITH_DESK(test_days),       WITH_DESK(test_before_everything), WITH_DESK(test_cited_on_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
