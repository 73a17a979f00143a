/* src/ingest/format.c - reads format files and compiles them. The schema has checked the words and
 * the nesting; here every path is planted and every fact looked up. All errors of all files are
 * told. */
#include "ingest/compile.h"

#include "base/bounds.h"

#include <string.h>

bool gr_is_one_of(gr_text text, gr_text list)
{
    while (list.len > 0) {
        const char *bar = memchr(list.ptr, '|', list.len);
        size_t n = bar ? (size_t)(bar - list.ptr) : list.len;

        if (gr_text_equal(text, gr_text_slice(list, 0, n)))
            return true;
        list = gr_text_slice(list, n + (bar != NULL), list.len);
    }
    return false;
}

/* ---- tests ---- */

static void read_test(gr_compiler *c, const gr_node *node, const gr_list *from, gr_test_kind kind)
{
    uint16_t index = (uint16_t)c->test.count;
    gr_test *test = gr_compile_add(c, &c->test, GR_MAX_TESTS, node);

    if (!test)
        return;
    *test = (gr_test){ kind, gr_node_attribute(node, "is"), gr_node_attribute(node, "not") };
    gr_compile_plant(c, node, from, gr_node_attribute(node, "path"),
                     (gr_capture){ GR_CAPTURE_TEST, 0, false, index });
}

/* ---- a record ---- */

static void open_places(gr_compiler *c, const gr_node *node, const gr_list *from, gr_list *places,
                        gr_role role)
{
    gr_text paths = gr_node_attribute(node, "path"), path;

    while (gr_text_word(&paths, &path))
        for (size_t i = 0; i < from->count; i++) {
            bool wrong = path.ptr[0] == '/' || memchr(path.ptr, '@', path.len);
            gr_sprout *start = *GR_AT(*from, gr_sprout *, i);
            gr_sprout *s = gr_sprout_grow(&c->sprouts, start, path, &wrong);

            if (wrong)
                gr_problem(c->problems, node->at, "write it like List/Item", "'%.*s' is not a path",
                           GR_SHOW(path));
            else if (!s || !gr_list_push(places, &s))
                c->no_memory = true;
            else if (s != start)
                s->role = role;
            else
                c->now->self_recipient = true;
        }
}

static void read_each(gr_compiler *c, const gr_node *node)
{
    gr_list_cut(&c->recipients, 0);
    open_places(c, node, &c->records, &c->recipients, GR_ROLE_RECIPIENT);
    if (gr_node_has(node, "unique"))
        c->now->unique = gr_compile_fact(c, node, "unique");
    for (const gr_node *child = node->first; child; child = child->next) {
        if (gr_node_is(child, "set"))
            gr_compile_set(c, child, &c->recipients);
        else if (gr_node_is(child, "skip"))
            read_test(c, child, &c->recipients, GR_TEST_SKIP_RECIPIENT);
    }
}

static void read_need(gr_compiler *c, const gr_node *node, gr_need *need)
{
    gr_text facts = gr_node_attribute(node, "fact"), name;

    need->what = gr_node_attribute(node, "what").ptr;
    while (gr_text_word(&facts, &name)) {
        gr_fact fact = gr_fact_find(name);

        if (gr_text_is(name, "recipient"))
            need->recipient = true;
        else if (fact < GR_FACT_FIRST_OF_RECIPIENT)
            need->gift |= UINT64_C(1) << fact;
        else
            gr_problem(c->problems, node->at, "a fact of the gift, or the word recipient",
                       "'%.*s' is not a fact of a gift", GR_SHOW(name));
    }
}

static void read_needs(gr_compiler *c, const gr_node *node)
{
    gr_need *need = gr_arena_zero(c->arena, (gr_node_count(node, "need") + 1) * sizeof *need);

    c->now->need = need;
    if (!need)
        c->no_memory = true;
    for (const gr_node *n = gr_node_child(node, "need"); n && need; n = gr_node_again(n))
        read_need(c, n, &need[c->now->need_count++]);
}

/* Every element above a record is a scope: values that stand in it hold for the records inside. */
static void open_record(gr_compiler *c, const gr_node *node, uint8_t number)
{
    gr_list roots = GR_LIST(gr_sprout *);

    for (gr_sprout *root = c->sprouts.root->first; root; root = root->next)
        c->no_memory |= !gr_list_push(&roots, &root);
    gr_list_cut(&c->records, 0);
    open_places(c, node, &roots, &c->records, GR_ROLE_RECORD);
    for (size_t i = 0; i < c->records.count; i++) {
        gr_sprout *s = *GR_AT(c->records, gr_sprout *, i);

        s->rule = number;
        s->inside = true;
        for (s = s->above; s; s = s->above) {
            if (s->inside)
                gr_problem(c->problems, node->at,
                           "read what is inside by paths of the outer record",
                           "a record cannot stand inside another");
            s->is_scope = true;
        }
    }
    gr_list_free(&roots);
}

static void read_record(gr_compiler *c, const gr_node *node)
{
    uint8_t number = (uint8_t)c->rule.count;

    c->now = gr_compile_add(c, &c->rule, 16, node);
    if (!c->now)
        return;
    c->now->is_addition = !gr_record_kind_find(gr_node_attribute(node, "kind"), &c->now->kind);
    c->now->label = gr_node_attribute(node, "label").ptr;
    c->now->shares_computed = gr_text_is(gr_node_attribute(node, "shares"), "computed");
    c->now->join = gr_node_attribute(node, "join");
    c->now->unique = GR_FACT_NONE;
    open_record(c, node, number);
    read_needs(c, node);
    for (const gr_node *child = node->first; child; child = child->next) {
        if (gr_node_is(child, "set"))
            gr_compile_set(c, child, &c->records);
        else if (gr_node_is(child, "each"))
            read_each(c, child);
        else if (gr_node_is(child, "skip"))
            read_test(c, child, &c->records, GR_TEST_SKIP_RECORD);
        else if (gr_node_is(child, "retract"))
            read_test(c, child, &c->records, GR_TEST_RETRACT);
        else if (gr_node_is(child, "minus")) {
            c->now->minus = gr_node_attribute(child, "is");
            gr_compile_plant(c, child, &c->records, gr_node_attribute(child, "path"),
                             (gr_capture){ GR_CAPTURE_MINUS, 0, false, number });
        }
    }
}

/* ---- a file ---- */

static const gr_text *read_texts(gr_compiler *c, const gr_node *root, const char *name,
                                 size_t *count)
{
    gr_text *text = gr_arena_alloc(c->arena, (gr_node_count(root, name) + 1) * sizeof *text);

    *count = 0;
    if (!text)
        c->no_memory = true;
    for (const gr_node *n = gr_node_child(root, name); n && text; n = gr_node_again(n))
        text[(*count)++] = n->text;
    return text;
}

static void read_detect(gr_compiler *c, const gr_node *node)
{
    gr_text roots = c->file->root = gr_node_attribute(node, "root"), root;
    bool wrong = false;

    c->file->space = gr_node_attribute(node, "namespace");
    while (gr_text_word(&roots, &root))
        if (!gr_sprout_grow(&c->sprouts, c->sprouts.root, root, &wrong))
            c->no_memory = true;
    for (const gr_node *h = gr_node_child(node, "has"); h; h = gr_node_again(h))
        if (c->file->has_count < GR_MAX_HAS)
            c->file->has[c->file->has_count++] = gr_node_attribute(h, "path");
}

static void read_control(gr_compiler *c, const gr_node *node)
{
    uint16_t index = (uint16_t)c->control.count;
    gr_control *control = gr_compile_add(c, &c->control, GR_MAX_CONTROLS, node);

    if (!control)
        return;
    gr_list_cut(&c->records, 0); /* it stands outside of them */
    control->sums = gr_text_is(gr_node_attribute(node, "of"), "cost");
    gr_compile_plant(c, node, &c->records, gr_node_attribute(node, "path"),
                     (gr_capture){ GR_CAPTURE_CONTROL, 0, false, index });
}

/* True when the fact comes from one place only, by no other set, and under no condition: most
 * facts do. A recipient that may yet be skipped must not spoil the record by a value of its own. */
static bool is_direct(const gr_compiler *c, size_t index, const gr_record_rule *rule, bool skips)
{
    const gr_set *set = GR_AT(c->set, gr_set, index);
    bool is_bare = set->inherited == GR_NO_CHOICE && set->parts == 0 && !set->same &&
                   !set->has_value && set->unless == GR_FACT_NONE && set->as != GR_AS_MINOR &&
                   !(skips && set->of_recipient);

    for (size_t i = 0; i < c->set.count && is_bare; i++)
        is_bare = i == index || GR_AT(c->set, gr_set, i)->fact != set->fact;
    return is_bare && set->choices == 1 && !(rule->constant >> index & 1) &&
           set->of_recipient == (set->fact >= GR_FACT_FIRST_OF_RECIPIENT);
}

static void find_direct(gr_compiler *c)
{
    bool skips = false;

    for (size_t i = 0; i < c->test.count; i++)
        skips |= GR_AT(c->test, gr_test, i)->kind == GR_TEST_SKIP_RECIPIENT;
    for (const gr_sprout *s = c->sprouts.all; s && c->rule.count == 1; s = s->all)
        for (size_t i = 0; i < s->capture.count; i++) {
            gr_capture *capture = GR_AT(s->capture, gr_capture, i);

            if (capture->kind == GR_CAPTURE_SET &&
                is_direct(c, capture->index, GR_AT(c->rule, gr_record_rule, 0), skips))
                capture->kind = GR_CAPTURE_DIRECT;
        }
}

static void finish(gr_compiler *c, gr_error *err, gr_status *status)
{
    gr_format_file *file = c->file;
    const struct {
        gr_list *from;
        const void **to;
        size_t *count;
    } lists[] = {
        { &c->set, (const void **)&file->set, &file->set_count },
        { &c->test, (const void **)&file->test, &file->test_count },
        { &c->control, (const void **)&file->control, &file->control_count },
        { &c->rule, (const void **)&file->rule, &file->rule_count },
    };

    for (size_t i = 0; i < GR_COUNT(lists); i++) {
        gr_list *from = lists[i].from;
        void *copy = gr_arena_alloc(c->arena, (from->count + 1) * from->size);

        if (!copy) {
            *status = gr_fail_memory(err);
            return;
        }
        if (from->count)
            memcpy(copy, from->items, from->count * from->size);
        *lists[i].to = copy;
        *lists[i].count = from->count;
    }
    find_direct(c);
    *status = gr_sprouts_flatten(&c->sprouts, file, err);
}

static void compile(gr_compiler *c, const gr_node *root)
{
    gr_format_file *file = c->file;

    file->id = gr_node_attribute(root, "id");
    file->title = gr_node_attribute(root, "title");
    file->strict = gr_text_is(gr_node_attribute(root, "unknown"), "error");
    file->index = gr_node_has(root, "index") ? gr_node_attribute(root, "index").ptr : NULL;
    read_detect(c, gr_node_child(root, "detect"));
    file->null = read_texts(c, root, "null", &file->null_count);
    file->mask = read_texts(c, root, "mask", &file->mask_count);
    for (const gr_node *n = gr_node_child(root, "record"); n; n = gr_node_again(n))
        read_record(c, n);
    for (const gr_node *n = gr_node_child(root, "control"); n; n = gr_node_again(n))
        read_control(c, n);
}

static gr_status compile_file(const gr_node *root, gr_arena *arena, gr_problems *problems,
                              gr_format_file *file, gr_error *err)
{
    gr_compiler c = { .arena = arena, .problems = problems, .file = file };
    gr_status status = GR_OK;

    c.set = GR_LIST(gr_set);
    c.test = GR_LIST(gr_test);
    c.control = GR_LIST(gr_control);
    c.rule = GR_LIST(gr_record_rule);
    c.records = c.recipients = GR_LIST(gr_sprout *);
    if (gr_sprouts_open(&c.sprouts, arena)) {
        compile(&c, root);
        finish(&c, err, &status);
    } else {
        c.no_memory = true;
    }
    gr_sprouts_free(&c.sprouts);
    gr_list_free(&c.set);
    gr_list_free(&c.test);
    gr_list_free(&c.control);
    gr_list_free(&c.rule);
    gr_list_free(&c.records);
    gr_list_free(&c.recipients);
    return c.no_memory ? gr_fail_memory(err) : status;
}

static gr_status load_file(const char *path, gr_schema *schema, gr_arena *arena,
                           gr_problems *problems, struct gr_formats *formats, gr_error *err)
{
    gr_format_file *file = (gr_format_file *)(uintptr_t)&formats->file[formats->count];
    size_t before = problems->count;
    gr_rulefile source;
    gr_status status = gr_rulefile_load_by(path, schema, arena, problems, &source, err);

    if (status == GR_EINPUT && problems->count > before)
        return GR_OK; /* told already; the other files may have errors too */
    if (status != GR_OK)
        return status;
    status = compile_file(source.root, arena, problems, file, err);
    for (size_t i = 0; i < formats->count && status == GR_OK; i++)
        if (gr_text_equal(formats->file[i].id, file->id))
            gr_problem(problems, source.root->at, "give each format an id of its own",
                       "there is already a format '%.*s'", GR_SHOW(file->id));
    formats->count++;
    return status;
}

gr_status gr_formats_load(const char *dir, const char *schema, gr_arena *arena,
                          gr_problems *problems, const gr_formats **out, gr_error *err)
{
    gr_list paths = GR_LIST(gr_text);
    gr_schema kept = { .path = schema };
    gr_formats *formats = gr_arena_zero(arena, sizeof *formats);
    size_t before = problems->count;
    gr_status status =
        formats ? gr_rulefile_list(dir, ".xml", arena, &paths, err) : gr_fail_memory(err);

    if (status == GR_OK) {
        formats->file = gr_arena_zero(arena, (paths.count + 1) * sizeof *formats->file);
        status = formats->file ? GR_OK : gr_fail_memory(err);
    }
    for (size_t i = 0; i < paths.count && status == GR_OK; i++)
        status = load_file(GR_AT(paths, gr_text, i)->ptr, &kept, arena, problems, formats, err);
    gr_schema_close(&kept);
    gr_list_free(&paths);
    if (status == GR_OK && problems->count > before)
        status = gr_problems_end(problems, err);
    if (status == GR_OK)
        *out = formats;
    return status;
}

bool gr_formats_stand_alone(const gr_formats *formats, gr_text format)
{
    const gr_format_file *file = NULL;

    for (size_t i = 0; i < formats->count && !file; i++)
        if (gr_text_equal(formats->file[i].id, format))
            file = &formats->file[i];
    for (size_t i = 0; file && i < file->rule_count; i++)
        if (file->rule[i].is_addition || file->rule[i].kind == GR_RECORD_EXPENSE ||
            file->rule[i].kind == GR_RECORD_APPROVAL)
            return false;
    return file != NULL;
}
