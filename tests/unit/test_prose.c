/* tests/unit/test_prose.c - the sentences: every fact has its words, every condition its clause, every pattern its
 * texts. */
#include "prose_desk.h"

#include "model/fact_prose.h"

/* ---- facts ---- */

static size_t count_phrases(const char *list)
{
    size_t count = 1;

    for (; *list; list++)
        count += *list == '|';
    return count;
}

/* A fact or a word that is new in fact.h needs its words in fact_prose.c. */
static void test_facts(void **state)
{
    (void)state;
    for (gr_fact fact = 0; fact < GR_FACT_COUNT; fact++) {
        const gr_fact_info *info = gr_fact_get(fact);
        gr_text rest = gr_text_of(info->words), word;
        gr_fact_prose prose;
        gr_fact_phrase phrase;
        size_t count = 0;

        if (!gr_fact_prose_find(gr_text_of(info->name), &prose))
            fail_msg("'%s' has no words", info->name);
        assert_true(prose.noun[0]);
        assert_int_equal(prose.type, info->type);
        for (; gr_text_word(&rest, &word); count++) {
            if (!gr_fact_prose_word(&prose, word, &phrase))
                fail_msg("'%.*s' of '%s' has no phrase", GR_ALL(word), info->name);
            assert_true(phrase.text.len > 0);
            assert_true(phrase.is_clause ? phrase.contrary.len > 0 : prose.is && prose.is_not);
        }
        if (info->words)
            assert_int_equal(count, count_phrases(prose.words));
        else
            assert_null(prose.words);
    }
}

static void test_computed_facts(void **state)
{
    gr_fact_prose prose;
    gr_fact_phrase phrase;

    (void)state;
    assert_true(gr_fact_prose_find(GR_TEXT("worth"), &prose));
    assert_true(gr_fact_prose_find(GR_TEXT("unit-worth"), &prose));
    assert_true(gr_fact_prose_find(GR_TEXT("firm-kind"), &prose));
    assert_true(gr_fact_prose_word(&prose, GR_TEXT("futures-firm"), &phrase));
    assert_true(gr_text_is(phrase.text, "a futures firm"));
    assert_false(gr_fact_prose_word(&prose, GR_TEXT("circus"), &phrase));
    assert_false(gr_fact_prose_find(GR_TEXT("circus"), &prose));
}

/* No two words of a fact read alike: else an exclusion could be changed and read as before. */
static void test_words_differ(void **state)
{
    (void)state;
    for (gr_fact fact = 0; fact < GR_FACT_COUNT; fact++) {
        gr_text a_rest = gr_text_of(gr_fact_get(fact)->words), a, b;
        gr_fact_prose prose;
        gr_fact_phrase first, second;

        assert_true(gr_fact_prose_find(gr_text_of(gr_fact_get(fact)->name), &prose));
        while (gr_text_word(&a_rest, &a))
            for (gr_text b_rest = a_rest; gr_text_word(&b_rest, &b);) {
                assert_true(gr_fact_prose_word(&prose, a, &first));
                assert_true(gr_fact_prose_word(&prose, b, &second));
                assert_false(gr_text_equal(first.text, second.text));
            }
    }
}

/* ---- conditions ---- */

static void in_paragraph(const gr_prose *prose, const gr_node *condition)
{
    gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
    gr_tell_condition(prose, condition);
}

#define QUESTION "<judgment ask='Is it proper?'/>"

static void test_conditions(void **state)
{
    static const struct {
        const char *xml, *sentence;
    } cases[] = {
        { "<field fact='kind' is='ticket'/>", "the kind of thing is a ticket." },
        { "<field fact='kind' is='ticket meal'/>", "the kind of thing is a ticket or a meal." },
        { "<field fact='kind' is='ticket meal cash'/>",
          "the kind of thing is a ticket, a meal or cash." },
        { "<not><field fact='kind' is='ticket meal'/></not>",
          "the kind of thing is not a ticket or a meal." },
        { "<not><not><field fact='kind' is='ticket'/></not></not>",
          "the kind of thing is a ticket." },
        { "<field fact='recorded' is='no'/>", "it does not stand in the firm's gift record." },
        { "<not><field fact='recorded' is='no'/></not>", "it stands in the firm's gift record." },
        { "<field fact='host-present' is='yes partly'/>",
          "a host of the firm was there from beginning to end or a host of the firm was there for "
          "a "
          "part only." },
        { "<not><field fact='employer-kind' is='bank retail'/></not>",
          "the recipient does not work for a bank, and the recipient is not an individual retail "
          "customer." },
        { "<field fact='employer-kind' is='bank retail'/>",
          "the recipient works for a bank, or the recipient is an individual retail customer." },
        { "<field fact='kind' known='no'/>", "the kind of thing is not stated." },
        { "<not><field fact='kind' known='no'/></not>", "the kind of thing is stated." },
        { "<field fact='payer' known='yes'/>", "it is stated who paid." },
        { "<field fact='recorded' known='no'/>",
          "it is not stated whether it stands in the firm's gift record." },
        { "<field fact='worth' under='10.00'/>", "its worth is less than 10.00 USD." },
        { "<field fact='worth' at-most='10.00'/>", "its worth is at most 10.00 USD." },
        { "<field fact='worth' at-least='10.00'/>", "its worth is at least 10.00 USD." },
        { "<not><field fact='worth' above='10.00'/></not>",
          "its worth is not more than 10.00 USD." },
        { "<field fact='quantity' above='10'/>", "the number of pieces is more than 10." },
        { "<field fact='worth' under='policy:nominal-value'/>",
          "its worth is less than the firm's nominal value (50.00 USD)." },
        { "<field fact='worth' under='policy:other'/>",
          "its worth is less than the firm's choice other (not chosen)." },
        { "<field fact='contract-signed' before='fact:date'/>",
          "the day on which the contract was signed is before the day of the gift." },
        { "<not><field fact='date' before='2026-03-30'/></not>",
          "the day of the gift is not before 2026-03-30." },
        { "<field fact='kind' is='ticket' because='no ticket'/>",
          "the kind of thing is a ticket; otherwise the report says \"no ticket\"." },
        { "<field fact='kind' is='ticket' ask='Is it?'/>",
          "the kind of thing is a ticket; where that is not stated, the report asks \"Is it?\"" },
        { QUESTION, "a person decides so when asked: \"Is it proper?\"" },
        { "<not>" QUESTION "</not>", "a person denies this when asked: \"Is it proper?\"" },
        { "<any><field fact='kind' is='ticket'/>" QUESTION "</any>",
          "the kind of thing is a ticket, or a person decides so when asked: \"Is it proper?\"" },
        { "<not><any><field fact='kind' is='ticket'/><field fact='logo' is='no'/></any></not>",
          "the kind of thing is not a ticket, and it bears a logo." },
        { "<not><all><field fact='kind' is='ticket'/><field fact='logo' is='no'/></all></not>",
          "the kind of thing is not a ticket, or it bears a logo." },
        { "<all><field fact='kind' is='ticket' because='x'/><field fact='logo' is='no'/></all>",
          "both of these hold: - the kind of thing is a ticket; otherwise the report says \"x\" - "
          "it "
          "bears no logo" },
        { "<all><field fact='kind' is='ticket'/><any>" QUESTION "<not><any><field fact='logo' "
          "is='no' because='x'/>" QUESTION "</any></not></any></all>",
          "both of these hold: - the kind of thing is a ticket - at least one of these holds: - a "
          "person decides so when asked: \"Is it proper?\" - both of these hold: - it bears a "
          "logo; "
          "otherwise the report says \"x\" - a person denies this when asked: \"Is it proper?\"" },
        { "<any>" QUESTION QUESTION QUESTION "<field fact='logo' is='no'/></any>",
          "at least one of these holds: - a person decides so when asked: \"Is it proper?\" - a "
          "person decides so when asked: \"Is it proper?\" - a person decides so when asked: \"Is "
          "it "
          "proper?\" - it bears no logo" },
        { "<field fact='circus' is='clown'/>", "the fact circus is clown." },
        { "<field fact='kind' is='clown ticket'/>", "the kind of thing is clown or a ticket." },
        { "<field fact='circus' known='no'/>", "the fact circus is not stated." },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++)
        assert_string_equal(told_flat(d, in_paragraph, load_text(d, cases[i].xml)),
                            cases[i].sentence);
}

/* ---- patterns ---- */

static void test_patterns(void **state)
{
    static const struct {
        const char *pattern, *words;
    } cases[] = {
        { "(?i)\\b(lucite|plaque)\\b",
          "has one of the words \"lucite\" or \"plaque\" (in capital or small letters" },
        { "(?i)\\bgift\\b", "has the word \"gift\" (in capital or small letters" },
        { "gift", "contains \"gift\" (in just these letters" },
        { "(?i)^(ENTER|EVENT)", "begins with \"ENTER\" or \"EVENT\" (in capital" },
        { "(?i)\\btheat(er|re)\\b", "has one of the words \"theater\" or \"theatre\" (in" },
        { "(?i)\\bair(fare| ?line)?\\b",
          "has one of the words \"air\", \"airfare\", \"airline\" or \"air line\" (in" },
        { "(?i)\\bjewell?ers?\\b",
          "has one of the words \"jeweler\", \"jewelers\", \"jeweller\" or "
          "\"jewellers\" (in" },
        { "(?:a|b)c", "contains \"ac\" or \"bc\" (in just" },
        { "thank.you", "contains \"thank.you\" (in just these letters, a point for any sign;" },
        /* what is no short list of texts stands as it is */
        { "(?i)\\bgift", "matches the pattern (?i)\\bgift" },
        { "gift\\b", "matches the pattern gift\\b" },
        { "^\\bgift\\b", "matches the pattern ^\\bgift\\b" },
        { "gifts*", "matches the pattern gifts*" },
        { "[gG]ift", "matches the pattern [gG]ift" },
        { "gift$", "matches the pattern gift$" },
        { "a|b)", "matches the pattern a|b)" },
        { "(a|b", "matches the pattern (a|b" },
        { "(((((a)))))", "matches the pattern (((((a)))))" },
        { "a?b?c?d?e?f?", "matches the pattern a?b?c?d?e?f?" },
        { "a text that is longer than forty letters is", "matches the pattern a text that is" },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char xml[256];

        snprintf(xml, sizeof xml, "<field fact='description' matches='%s'/>", cases[i].pattern);
        told_flat(d, in_paragraph, load_text(d, xml));
        if (!strstr(d->page, cases[i].words) || !strstr(d->page, cases[i].pattern))
            fail_msg("%s: %s", cases[i].pattern, d->page);
    }
}

/* "^(a|b)c" begins with it; "^a|b" does not: there the sign is of the first alternative only. */
static void test_pattern_at_start(void **state)
{
    desk *d = *state;

    assert_non_null(
        strstr(told_flat(d, in_paragraph, load_text(d, "<field fact='title' matches='^a|b'/>")),
               "matches the pattern ^a|b"));
    assert_non_null(strstr(
        told_flat(d, in_paragraph, load_text(d, "<field fact='title' matches='\\ba|b\\b'/>")),
        "matches the pattern \\ba|b\\b"));
    assert_non_null(
        strstr(told_flat(d, in_paragraph,
                         load_text(d, "<not><field fact='title' matches='^(a|b)'/></not>")),
               "the recipient's title does not begin with \"a\" or \"b\""));
}

/* ---- what depends on the policy ---- */

static void test_policy_period(void **state)
{
    static const struct {
        const char *chosen, *words;
    } cases[] = {
        { "calendar", "chooses: the calendar year, from 1 January" },
        { "fiscal", "chooses: the fiscal year of the firm, which begins on 07-01" },
        { "anniversary", "chooses: each recipient's own year" },
        { "trailing", "chooses: the 12 months that end with" },
        { "unstated", "chooses: it has chosen none, so each kind of year is tried" },
    };
    desk *d = *state;
    const gr_node *root = load_file(d, "tests/golden/rules-show/everything.xml", NULL);

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        d->choice[1].value = gr_text_of(cases[i].chosen);
        if (!strstr(told_flat(d, as_rulebook, root), cases[i].words))
            fail_msg("%s: not told", cases[i].chosen);
    }
}

static void test_binds(void **state)
{
    static const struct {
        const char *kinds, *own;
        bool binds;
    } cases[] = {
        { "broker-dealer", "broker-dealer", true },
        { "bank-dealer broker-dealer", "broker-dealer", true },
        { "bank-dealer", "municipal-advisor bank-dealer", true },
        { "any", "futures-firm", true },
        { "bank-dealer", "broker-dealer", false },
        { "broker", "broker-dealer", false },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char xml[128];

        snprintf(xml, sizeof xml, "<rulebook><firm kinds='%s'/></rulebook>", cases[i].kinds);
        d->choice[0].value = gr_text_of(cases[i].own);
        assert_int_equal(gr_binds_firm(&d->prose, load_text(d, xml)), cases[i].binds);
    }
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_computed_facts),
        cmocka_unit_test(test_words_differ),
        WITH_DESK(test_conditions),
        WITH_DESK(test_patterns),
        WITH_DESK(test_pattern_at_start),
        WITH_DESK(test_policy_period),
        WITH_DESK(test_binds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
