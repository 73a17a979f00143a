/* tests/unit/test_fold.c - which spellings are one name, and which of them is shown. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people/fold.h"

typedef struct folder {
    gr_arena *arena;
    gr_names names;
} folder;

static int set_up(void **state)
{
    static folder f;
    gr_problems problems = { 0 };
    gr_error err = { 0 };

    f.arena = gr_arena_create();
    assert_non_null(f.arena);
    assert_int_equal(gr_names_load("rules/names.xml", "rules/schema/names.xsd", f.arena, &problems,
                                   &f.names, &err),
                     GR_OK);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    folder *f = *state;

    gr_names_free(&f->names);
    gr_arena_free(f->arena);
    return 0;
}

static void test_names(void **state)
{
    static const struct {
        const char *name, *folded;
    } cases[] = {
        { "Jane Roe", "jane roe" },
        { "ROE, Jane", "jane roe" },
        { "Roe,Jane", "jane roe" },
        { "  Jane \t Roe ", "jane roe" },
        { "Jan\xC3\xA9 Roe", "jane roe" },  /* e with acute */
        { "Jane\xCC\x81 Roe", "jane roe" }, /* e, then the accent */
        { "\xEF\xBC\xAA"
          "ane Roe",
          "jane roe" },                    /* a full-width J */
        { "JANE\xC2\xA0ROE", "jane roe" }, /* a space that does not break */
        { "Stra\xC3\x9F"
          "e, Max",
          "max strasse" },
        { "\xC5\x81ukasz W\xC3\xB3jcik", "lukasz wojcik" },      /* an L with a stroke */
        { "S\xC3\xB8ren KJ\xC3\x86RGAARD", "soren kjaergaard" }, /* AE in one letter */
        { "O'Brien, Pat", "pat obrien" },
        { "Pat O\xE2\x80\x99"
          "Brien",
          "pat obrien" }, /* the curly one of word processors */
        { "Mary-Ann Roe", "mary ann roe" },
        { "J. Roe", "j roe" },
        { "Dr. Jane Roe", "jane roe" },
        { "Jane Roe, CFA", "jane roe" },
        { "Prof. Dr. ROE, Jane, PhD, CFA", "jane roe" },
        { "Roe, Dr. Jane", "jane roe" },
        { "J.Roe", "j roe" },
        { "J.R. Roe", "j r roe" },
        { "Jane Roe, Ph.D.", "jane roe" },
        { "Jane Roe M.B.A., C.F.A.", "jane roe" },
        { "Roe, Jane, J.D.", "jane roe" },
        { "Roe, J.D.", "j d roe" }, /* initials */
        { "Roe, JD", "roe" },
        { "Roe, Ph.D.", "roe" },
        { "Roe, Jane, Dr.", "jane roe" },
        { "Robert Smith Jr.", "robert smith jr" },
        { "Robert Smith, Jr.", "robert smith jr" },
        { "Smith Jr., Robert", "robert smith jr" },
        { "SMITH, JR., ROBERT", "robert smith jr" },
        { "Smith, Robert III, CFA", "robert smith iii" },
        { "Robert Smith CFA, Jr", "robert smith jr" },
        { "Smith, Jr.", "smith jr" },
        { "Jr.", "jr" },
        { "Jane & John Roe", "jane and john roe" },
        { "Ja\xE2\x80\x8B"
          "ne Roe\xEF\xBB\xBF",
          "jane roe" }, /* signs without width */
        { "Roe", "roe" },
        { "Roe,", "roe" },
        { ", Jane", "jane" },
        { ",", "" },
        { "", "" },
        { "...", "" },
        { "Dr.", "dr" }, /* the last word stays */
        { "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD", "\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD" }, /* Ivan */
    };
    folder *f = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_text got = gr_fold_name(&f->names, gr_text_of(cases[i].name), f->arena);

        assert_string_equal(gr_arena_copy(f->arena, got).ptr, cases[i].folded);
    }
}

static void test_firms(void **state)
{
    static const struct {
        const char *firm, *folded;
    } cases[] = {
        { "Acme Pension Fund", "acme pension fund" },
        { "ACME PENSION FUND, INC.", "acme pension fund" },
        { "Acme Pension Fund Co., Ltd", "acme pension fund" },
        { "Soci\xC3\xA9t\xC3\xA9 G\xC3\xA9n\xC3\xA9rale SA", "societe generale" },
        { "Smith, Barney", "smith barney" }, /* a comma does not turn a firm round */
        { "AT&T", "at and t" },
        { "&&&", "and and and" },
        { "Acme L.L.C.", "acme" },
        { "Acme, L.L.P.", "acme" },
        { "Acme Bank, N.A.", "acme bank" },
        { "Vitamin E S.A.", "vitamin e" },
        { "J.P. Morgan", "jp morgan" },
        { "J. P. Morgan & Co. LLC", "jp morgan" },
        { "JP Morgan", "jp morgan" },
        { "Smith & Sons", "smith and sons" },
        { "Smith\xEF\xBC\x86Sons", "smith and sons" }, /* a full-width "&" */
        { "The Acme Group", "acme group" },
        { "The", "the" },
        { "N.A.", "na" },
        { "Acme\xE2\x80\x8B Fund", "acme fund" },
        { "Inc.", "inc" },
        { "", "" },
    };
    folder *f = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_text got = gr_fold_firm(&f->names, gr_text_of(cases[i].firm), f->arena);

        assert_true(gr_text_is(got, cases[i].folded));
    }
}

static void test_split(void **state)
{
    static const struct {
        const char *name, *first, *last;
    } cases[] = {
        { "jane roe", "jane", "roe" },
        { "jane q roe", "jane", "roe" },
        { "roe", "", "roe" },
        { "robert smith jr", "robert", "smith" },
        { "smith iii", "", "smith" },
        { "jr", "", "jr" },
        { "", "", "" },
    };
    folder *f = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_text first, last;

        gr_fold_split(&f->names, gr_text_of(cases[i].name), &first, &last);
        assert_true(gr_text_is(first, cases[i].first));
        assert_true(gr_text_is(last, cases[i].last));
    }
    assert_true(gr_text_is(gr_fold_initial(GR_TEXT("\xD0\x98van")), "\xD0\x98"));
    assert_true(gr_text_is(gr_fold_initial(GR_TEXT("")), ""));
}

/* Bytes that are no UTF-8 are kept, and told apart. */
static void test_broken(void **state)
{
    folder *f = *state;
    gr_text a = gr_fold_name(&f->names, GR_TEXT("Ren\xE9 Roe"), f->arena);
    gr_text b = gr_fold_name(&f->names, GR_TEXT("Ren\xE8 Roe"), f->arena);

    assert_non_null(a.ptr);
    assert_true(a.len > 0);
    assert_false(gr_text_equal(a, b));
}

static void test_better(void **state)
{
    static const char *const rising[] = { "",         "ROE, JANE", "ROE, JANE-ANN", "Roe, Jane",
                                          "JANE ROE", "Jane Roe",  "Jane Ann Roe" };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(rising); i++)
        for (size_t k = 0; k < GR_COUNT(rising); k++)
            assert_int_equal(gr_fold_is_better(gr_text_of(rising[i]), gr_text_of(rising[k])),
                             k > i);
    assert_true(gr_fold_is_better(GR_TEXT("Jane Rof"), GR_TEXT("Jane Roe"))); /* by bytes */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),  cmocka_unit_test(test_firms),  cmocka_unit_test(test_split),
        cmocka_unit_test(test_broken), cmocka_unit_test(test_better),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
