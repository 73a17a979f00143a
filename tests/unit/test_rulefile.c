/* tests/unit/test_rulefile.c - rule files read from a folder of their own: trees, places, and all errors
 * of a file in one run. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rulefile/rulefile.h"

static const char schema[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='limits'>"
    "<xs:complexType><xs:sequence><xs:element name='limit' maxOccurs='unbounded'><xs:complexType>"
    "<xs:simpleContent><xs:extension base='xs:string'><xs:attribute name='period' use='required'>"
    "<xs:simpleType><xs:restriction base='xs:string'><xs:enumeration value='calendar'/>"
    "<xs:enumeration value='fiscal'/></xs:restriction></xs:simpleType></xs:attribute>"
    "</xs:extension></xs:simpleContent></xs:complexType></xs:element></xs:sequence>"
    "</xs:complexType></xs:element></xs:schema>";

typedef struct folder {
    char dir[32], file[64], schema[64];
    gr_arena *arena;
    gr_problems problems;
    gr_error seen[8];
} folder;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_not_equal(fputs(text, file), EOF);
    assert_int_equal(fclose(file), 0);
}

static void remember(void *context, const gr_error *error)
{
    folder *f = context;

    if (f->problems.count <= GR_COUNT(f->seen))
        f->seen[f->problems.count - 1] = *error;
}

static int set_up(void **state)
{
    folder *f = calloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->dir, sizeof f->dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->file, sizeof f->file, "%s/limits.xml", f->dir);
    snprintf(f->schema, sizeof f->schema, "%s/limits.xsd", f->dir);
    write_file(f->schema, schema);
    f->arena = gr_arena_create();
    f->problems = (gr_problems){ .on_error = remember, .context = f };
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    folder *f = *state;

    gr_arena_free(f->arena);
    unlink(f->file);
    unlink(f->schema);
    rmdir(f->dir);
    free(f);
    return 0;
}

static gr_status load(folder *f, const char *text, gr_rulefile *out)
{
    gr_error err = { 0 };

    write_file(f->file, text);
    return gr_rulefile_load(f->file, f->schema, f->arena, &f->problems, out, &err);
}

static void test_rulefile_tree(void **state)
{
    folder *f = *state;
    gr_rulefile file = { 0 };
    const gr_node *limit;

    assert_int_equal(
        load(f,
             "<limits>\n  <limit period='calendar'>  300.00\n\t USD </limit>\n"
             "  <!-- no --><limit period='fiscal'><![CDATA[a < b]]></limit>\n</limits>\n",
             &file),
        GR_OK);
    assert_true(gr_node_is(file.root, "limits"));
    assert_int_equal(gr_node_count(file.root, "limit"), 2);
    limit = gr_node_child(file.root, "limit");
    assert_true(gr_text_is(limit->text, "300.00 USD"));
    assert_true(gr_text_is(gr_node_attribute(limit, "period"), "calendar"));
    assert_false(gr_node_has(limit, "source"));
    assert_int_equal(gr_node_attribute(limit, "source").len, 0);
    assert_int_equal(limit->at.line, 2);
    assert_int_equal(limit->at.column, 3);
    assert_string_equal(limit->at.file, f->file);
    limit = gr_node_again(limit);
    assert_true(gr_text_is(limit->text, "a < b"));
    assert_int_equal(limit->at.column, 14);
    assert_null(gr_node_again(limit));
    assert_null(gr_node_child(limit, "limit"));
    assert_int_equal(strlen(file.sha256), 64);
}

/* Both errors of one file are told, each with its line. */
static void test_rulefile_all_errors(void **state)
{
    folder *f = *state;
    gr_rulefile file = { 0 };

    assert_int_equal(
        load(f, "<limits>\n<limit period='fiscall'>1</limit>\n<limits/>\n</limits>", &file),
        GR_EINPUT);
    assert_null(file.root);
    assert_true(f->problems.count >= 2);
    assert_int_equal(f->seen[0].line, 2);
    assert_string_equal(f->seen[0].message, "'fiscall' is not a word for 'period' of 'limit'");
    assert_string_equal(f->seen[0].hint, "one of calendar, fiscal");
    assert_int_equal(f->seen[f->problems.count - 1].line, 3);
}

static void test_rulefile_refusals(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
        const char *says;
    } cases[] = {
        { "<limits>\n<limit period='fiscal'>1</limt>\n</limits>", 2, "limt" },
        { "<!DOCTYPE limits [<!ENTITY a 'b'>]>\n<limits><limit period='fiscal'>1</limit></limits>",
          1, "DOCTYPE" },
        { "", 1, "empty" },
        { "<limits>", 1, "" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        folder *f = *state;
        gr_rulefile file = { 0 };

        f->problems.count = 0;
        assert_int_equal(load(f, cases[i].text, &file), GR_EINPUT);
        assert_null(file.root);
        assert_int_equal(f->problems.first.line, cases[i].line);
        assert_non_null(strstr(f->problems.first.message, cases[i].says));
        assert_string_equal(f->problems.first.file, f->file);
    }
}

static void test_rulefile_no_file(void **state)
{
    folder *f = *state;
    gr_rulefile file = { 0 };
    gr_error err = { 0 };

    assert_int_equal(gr_rulefile_load("no/such.xml", NULL, f->arena, &f->problems, &file, &err),
                     GR_EIO);
    assert_string_equal(err.file, "no/such.xml");
    assert_true(err.hint[0]);
}

static void test_rulefile_list(void **state)
{
    folder *f = *state;
    gr_list paths = GR_LIST(gr_text);
    gr_error err = { 0 };

    write_file(f->file, "");
    assert_int_equal(gr_rulefile_list(f->dir, ".xml", f->arena, &paths, &err), GR_OK);
    assert_int_equal(paths.count, 1);
    assert_true(gr_text_is(*GR_AT(paths, gr_text, 0), f->file));
    assert_int_equal(gr_rulefile_list("no/such", ".xml", f->arena, &paths, &err), GR_EIO);
    gr_list_free(&paths);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_rulefile_tree),    TEST(test_rulefile_all_errors), TEST(test_rulefile_refusals),
        TEST(test_rulefile_no_file), TEST(test_rulefile_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
