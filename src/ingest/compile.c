/* src/ingest/compile.c - compiles one <set> of a format: its fact, its words, its places. */
#include "ingest/compile.h"

#include <string.h>

void *gr_compile_add(gr_compiler *c, gr_list *list, size_t most, const gr_node *node)
{
    void *item = list->count < most ? gr_list_add(list) : NULL;

    if (!item && list->count >= most)
        gr_problem(c->problems, node->at, "split the format", "more than %zu of '%s'", most,
                   node->name);
    else if (!item)
        c->no_memory = true;
    return item;
}

/* ---- planting ---- */

static void plant_one(gr_compiler *c, const gr_node *node, gr_sprout *from, gr_text path,
                      gr_capture what)
{
    bool wrong = false;
    gr_sprout *s = gr_sprout_grow(&c->sprouts, from, path, &wrong);

    if (wrong)
        gr_problem(c->problems, node->at, "write it like List/Item, Cell[3] or Item/@id",
                   "'%.*s' is not a path", GR_SHOW(path));
    else if (!s || !gr_list_push(&s->capture, &what))
        c->no_memory = true;
    else
        s->deep |= gr_text_is(gr_node_attribute(node, "text"), "all");
}

/* A path that begins with a slash starts below the root, whatever the root's name. */
static void plant_outside(gr_compiler *c, const gr_node *node, gr_text path, gr_capture what)
{
    what.inherited = true;
    for (gr_sprout *root = c->sprouts.root->first; root; root = root->next)
        plant_one(c, node, root, gr_text_slice(path, 1, path.len), what);
}

/* Plants every path of a list in every place where this record, or its recipient, can stand. */
bool gr_compile_plant(gr_compiler *c, const gr_node *node, const gr_list *from, gr_text paths,
                      gr_capture what)
{
    bool outside = false;

    for (gr_text path; gr_text_word(&paths, &path);) {
        if (path.ptr[0] != '/') {
            for (size_t i = 0; i < from->count; i++)
                plant_one(c, node, *GR_AT(*from, gr_sprout *, i), path, what);
        } else if (from == &c->recipients ||
                   (what.kind != GR_CAPTURE_SET && what.kind != GR_CAPTURE_CONTROL)) {
            gr_problem(c->problems, node->at, "a path that starts where the record does",
                       "'%.*s' starts outside the record", GR_SHOW(path));
        } else {
            plant_outside(c, node, path, what);
            outside = true;
        }
    }
    return outside;
}

/* ---- a fact ---- */

static bool read_value(gr_compiler *c, const gr_node *node, const gr_set *set, gr_text text,
                       gr_value *out)
{
    char hint[GR_FACT_HINT];
    int place;

    if (set->type == GR_FACT_TEXT) {
        out->text = text;
        return true;
    }
    if (set->type != GR_FACT_WORD) {
        gr_problem(c->problems, node->at, "name a path instead", "'%s' cannot have a fixed value",
                   gr_fact_get(set->fact)->name);
        return false;
    }
    place = gr_fact_word_find(set->fact, text);
    if (place < 0)
        gr_problem(c->problems, node->at, gr_fact_hint(set->fact, hint),
                   "'%.*s' is no word for '%s'", GR_SHOW(text), gr_fact_get(set->fact)->name);
    out->number = place;
    return place >= 0;
}

/* A fact of words that no <word> translates is read by its own words. */
static size_t own_words(gr_compiler *c, const gr_set *set, gr_word *word)
{
    gr_text rest = gr_text_of(gr_fact_get(set->fact)->words), one;
    size_t n = 0;

    (void)c;
    for (; gr_text_word(&rest, &one); n++)
        if (word)
            word[n] = (gr_word){ one, { .number = (int64_t)n } };
    return n;
}

static void read_words(gr_compiler *c, const gr_node *node, gr_set *set)
{
    bool own = set->type == GR_FACT_WORD && !gr_node_child(node, "word");
    size_t n = own ? own_words(c, set, NULL) : gr_node_count(node, "word");
    gr_word *word = gr_arena_alloc(c->arena, (n + 1) * sizeof *word);

    set->word = word;
    if (!word)
        c->no_memory = true;
    else if (own)
        set->word_count = own_words(c, set, word);
    for (const gr_node *w = gr_node_child(node, "word"); w && word; w = gr_node_again(w)) {
        word[set->word_count].from = gr_node_attribute(w, "from");
        if (read_value(c, w, set, gr_node_attribute(w, "to"), &word[set->word_count].to))
            set->word_count++;
    }
}

static void read_manner(gr_compiler *c, const gr_node *node, gr_set *set)
{
    static const char *const names[] = { "plain", "last-first", "after-hash",   "before-hash",
                                         "cents", "minor",      "decimal-comma" };
    gr_text as = gr_node_attribute(node, "as"), other = gr_node_attribute(node, "other");
    bool of_money;

    for (size_t i = 0; i < GR_COUNT(names); i++)
        if (gr_text_is(as, names[i]))
            set->as = (gr_as)i;
    of_money = set->as >= GR_AS_CENTS;
    if (set->as != GR_AS_PLAIN && set->type != (of_money ? GR_FACT_MONEY : GR_FACT_TEXT))
        gr_problem(
            c->problems, node->at,
            "last-first and the hashes are for texts; cents, minor and decimal-comma for amounts",
            "'%s' cannot be read as '%.*s'", gr_fact_get(set->fact)->name, GR_SHOW(as));
    set->pattern = gr_node_attribute(node, "pattern");
    set->prefix = gr_node_attribute(node, "prefix");
    if (set->prefix.len > 0 && (set->type != GR_FACT_TEXT || set->as != GR_AS_PLAIN))
        gr_problem(c->problems, node->at, "only a plain text can have one",
                   "'%s' cannot have a prefix", gr_fact_get(set->fact)->name);
    set->same = gr_text_is(gr_node_attribute(node, "same"), "yes");
    if (other.len == 0 || gr_text_is(other, "error"))
        set->other = GR_OTHER_ERROR;
    else if (gr_text_is(other, "ignore"))
        set->other = GR_OTHER_IGNORE;
    else if (gr_text_is(other, "keep") && set->type == GR_FACT_TEXT)
        set->other = GR_OTHER_KEEP;
    else if (read_value(c, node, set, other, &set->other_word))
        set->other = GR_OTHER_WORD;
    if (gr_node_has(node, "value") || gr_node_has(node, "present"))
        set->has_value = read_value(
            c, node, set, gr_node_attribute(node, gr_node_has(node, "value") ? "value" : "present"),
            &set->value);
}

gr_fact gr_compile_fact(gr_compiler *c, const gr_node *node, const char *attribute)
{
    gr_text name = gr_node_attribute(node, attribute);
    gr_fact fact = gr_fact_find(name);

    if (fact == GR_FACT_NONE)
        gr_problem(c->problems, node->at, "see the list of facts in schema/format.xsd",
                   "'%.*s' is not a fact", GR_SHOW(name));
    return fact;
}

static void plant_choice(gr_compiler *c, const gr_node *node, const gr_list *from, gr_text paths,
                         uint16_t index, uint8_t *rank)
{
    gr_capture what = { GR_CAPTURE_SET, *rank, false, index };
    gr_set *set = GR_AT(c->set, gr_set, index);

    if (gr_node_has(node, "present"))
        what.kind = GR_CAPTURE_PRESENCE;
    if (*rank >= GR_MAX_CHOICES) {
        gr_problem(c->problems, node->at, "put them into one path", "more than %d choices",
                   GR_MAX_CHOICES);
        return;
    }
    if (gr_compile_plant(c, node, from, paths, what) && set->inherited == GR_NO_CHOICE)
        set->inherited = *rank;
    ++*rank;
}

static void plant_parts(gr_compiler *c, const gr_node *node, const gr_list *from, uint16_t index)
{
    gr_set *set = GR_AT(c->set, gr_set, index);

    for (const gr_node *p = gr_node_child(node, "part"); p; p = gr_node_again(p)) {
        gr_capture what = { GR_CAPTURE_PART, set->parts, false, index };

        if (set->parts == GR_MAX_PARTS) {
            gr_problem(c->problems, p->at, "leave out the others", "more than %d parts",
                       GR_MAX_PARTS);
            return;
        }
        gr_compile_plant(c, p, from, gr_node_attribute(p, "path"), what);
        set->parts++;
    }
    if (set->parts > 0 && set->type != GR_FACT_TEXT &&
        !(set->type == GR_FACT_DAY && set->parts == 3))
        gr_problem(c->problems, node->at, "year, month and day make a day; words make a text",
                   "'%s' cannot be made of %u parts", gr_fact_get(set->fact)->name,
                   (unsigned)set->parts);
}

/* The attribute with the number of decimals stands in the element of the amount. */
static void plant_exponent(gr_compiler *c, const gr_node *node, const gr_list *from, uint16_t index)
{
    gr_text paths = gr_node_attribute(node, "path"), path, at;

    if (!gr_node_has(node, "exponent"))
        return;
    while (gr_text_word(&paths, &path)) {
        at = gr_arena_print(c->arena, "%.*s/@%.*s", (int)path.len, path.ptr,
                            GR_SHOW(gr_node_attribute(node, "exponent")));
        if (!at.ptr)
            c->no_memory = true;
        else
            gr_compile_plant(c, node, from, at,
                             (gr_capture){ GR_CAPTURE_EXPONENT, 0, false, index });
    }
}

void gr_compile_set(gr_compiler *c, const gr_node *node, const gr_list *from)
{
    uint16_t index = (uint16_t)c->set.count;
    gr_set *set = gr_compile_add(c, &c->set, GR_MAX_SETS, node);
    uint8_t rank = 0;

    if (!set)
        return;
    set->fact = gr_compile_fact(c, node, "fact");
    set->unless = gr_node_has(node, "unless") ? gr_compile_fact(c, node, "unless") : GR_FACT_NONE;
    set->inherited = GR_NO_CHOICE;
    set->of_recipient = from == &c->recipients;
    set->at = node->at;
    if (set->fact == GR_FACT_NONE)
        return;
    if (set->fact >= GR_FACT_FIRST_OF_RECIPIENT && !set->of_recipient)
        gr_problem(c->problems, node->at, "move it into <each of=\"recipient\">",
                   "'%s' is a fact of a recipient", gr_fact_get(set->fact)->name);
    set->type = gr_fact_get(set->fact)->type;
    read_manner(c, node, set);
    read_words(c, node, set);
    if (gr_node_has(node, "path"))
        plant_choice(c, node, from, gr_node_attribute(node, "path"), index, &rank);
    for (const gr_node *f = gr_node_child(node, "from"); f; f = gr_node_again(f))
        plant_choice(c, f, from, gr_node_attribute(f, "path"), index, &rank);
    plant_parts(c, node, from, index);
    plant_exponent(c, node, from, index);
    set = GR_AT(c->set, gr_set, index);
    set->choices = rank;
    if (set->has_value && !gr_node_has(node, "present"))
        c->now->constant |= UINT64_C(1) << index;
    if (set->of_recipient)
        c->now->recipient_sets |= UINT64_C(1) << index;
    if (set->inherited != GR_NO_CHOICE)
        c->now->inherited |= UINT64_C(1) << index;
    if (rank == 0 && set->parts == 0 && !set->has_value)
        gr_problem(c->problems, node->at, "give it a path or a value", "'%s' comes from nowhere",
                   gr_fact_get(set->fact)->name);
}
