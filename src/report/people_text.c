/* src/report/people_text.c - who is who, for a terminal. */
#include "report/people.h"

#include "base/error.h"
#include "report/resolution.h"
#include "report/sections.h"

/* "Jane Roe of Acme, jroe@acme.com" */
static void say_person(gr_page *page, gr_ink ink, const gr_person *person)
{
    gr_phrase_person(gr_page_voice(page), (gr_tone)ink, person->name, person->id);
    if (person->employer.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" of "));
        gr_say(page, GR_PLAIN, person->employer);
    }
    if (person->email.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", "));
        gr_say(page, GR_PLAIN, person->email);
    }
}

static void say_name(gr_page *page, gr_ink ink, const gr_whois_name *name)
{
    gr_say(page, GR_PLAIN, name->mark);
    gr_say(page, GR_PLAIN, GR_TEXT("  "));
    say_person(page, ink, &name->person);
}

static void line(gr_page *page, const gr_whois_name *name)
{
    gr_paragraph_start(page, 4, 6);
    say_name(page, GR_BOLD, name);
    gr_paragraph_end(page);
}

static gr_status end(gr_page *page, bool opened, gr_error *err)
{
    bool failed = !opened || page->failed;

    gr_page_close(page);
    return failed ? gr_fail_memory(err) : GR_OK;
}

/* ---- candidates ---- */

static void pair(gr_page *page, const gr_whois_pair *p)
{
    gr_blank(page);
    gr_paragraph_start(page, 0, 2);
    gr_say_print(page, GR_BOLD, "%d points", p->score);
    gr_say(page, GR_PLAIN,
           p->is_linked ? GR_TEXT(", possibly one person: gifts to one may count "
                                  "for the other")
                        : GR_TEXT(", a candidate only: nothing is added up"));
    gr_paragraph_end(page);
    line(page, &p->a);
    line(page, &p->b);
    gr_paragraph(page, 4, NULL, p->why);
}

static void candidates(gr_page *page, const gr_candidates *told)
{
    gr_heading_start(page);
    if (told->pair_count == 0)
        gr_say(page, GR_BOLD, GR_TEXT("Nobody may be somebody else"));
    else
        gr_say_count(page, GR_BOLD, told->pair_count, "pair may be one person",
                     "pairs may be one person each");
    gr_heading_end(page);
    for (size_t i = 0; i < told->pair_count; i++)
        pair(page, &told->pair[i]);
}

gr_status gr_candidates_text(const gr_candidates *told, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool opened = gr_page_open(&page, writer, width, colour);

    if (opened)
        candidates(&page, told);
    return end(&page, opened, err);
}

/* ---- who somebody is ---- */

/* "3 gifts, 2026-01-05 to 2026-05-04" */
static void say_days(gr_page *page, const gr_whois_days *days)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_say_count(page, GR_PLAIN, days->gifts, "gift", "gifts");
    if (days->gifts == 0)
        return;
    gr_say_print(page, GR_PLAIN, ", %s", gr_day_print(days->first, from));
    if (days->first != days->last)
        gr_say_print(page, GR_PLAIN, " to %s", gr_day_print(days->last, to));
}

static void spellings(gr_page *page, const gr_whois *w)
{
    gr_blank(page);
    gr_paragraph(page, 2, NULL, GR_TEXT("Called:"));
    for (size_t i = 0; i < w->spelling_count; i++) {
        const gr_whois_spelling *s = &w->spelling[i];

        gr_paragraph_start(page, 4, 6);
        say_name(page, GR_PLAIN, &s->name);
        gr_say(page, GR_PLAIN, GR_TEXT("; "));
        say_days(page, &s->days);
        if (s->why.len > 0) {
            gr_say(page, GR_PLAIN, GR_TEXT("; "));
            gr_say(page, GR_PLAIN, s->why);
        }
        gr_paragraph_end(page);
    }
}

static void employers(gr_page *page, const gr_whois *w)
{
    if (w->employer_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, NULL, GR_TEXT("Employers:"));
    for (size_t i = 0; i < w->employer_count; i++) {
        gr_paragraph_start(page, 4, 6);
        gr_say(page, GR_PLAIN, w->employer[i].employer);
        gr_say(page, GR_PLAIN, GR_TEXT("; "));
        say_days(page, &w->employer[i].days);
        gr_paragraph_end(page);
    }
}

static void links(gr_page *page, const gr_whois *w)
{
    if (w->link_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, NULL, GR_TEXT("Gifts to these may count too:"));
    for (size_t i = 0; i < w->link_count; i++) {
        const gr_whois_link *l = &w->link[i];

        gr_paragraph_start(page, 4, 6);
        say_name(page, GR_PLAIN, &l->name);
        gr_say(page, GR_PLAIN, GR_TEXT("; "));
        gr_say(page, GR_PLAIN,
               l->through ? gr_text_of(l->through) : GR_TEXT("possibly the same person"));
        if (l->why.len > 0) {
            gr_say(page, GR_PLAIN, GR_TEXT(": "));
            gr_say(page, GR_PLAIN, l->why);
        }
        gr_paragraph_end(page);
    }
}

static gr_text words_of(const gr_identity *said)
{
    return said->says == GR_IDENTITY_SAME    ? GR_TEXT("one person")
           : said->says == GR_IDENTITY_APART ? GR_TEXT("two persons")
                                             : GR_TEXT("nothing is decided any more");
}

static void decision(gr_page *page, const gr_identity *said)
{
    gr_paragraph_start(page, 4, 6);
    say_person(page, GR_PLAIN, &said->a);
    gr_say(page, GR_PLAIN, GR_TEXT(" and "));
    say_person(page, GR_PLAIN, &said->b);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_BOLD, words_of(said));
    gr_say(page, GR_PLAIN,
           said->kind == GR_IDENTITY_MERGE ? GR_TEXT(", merged by ") : GR_TEXT(", split by "));
    gr_phrase_signature(gr_page_voice(page), said->author, said->moment);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, said->reason);
    if (said->is_past)
        gr_say(page, GR_PLAIN, GR_TEXT(" (taken back since)"));
    gr_paragraph_end(page);
}

static void whois(gr_page *page, const gr_whois *w)
{
    gr_heading_start(page);
    say_name(page, GR_BOLD, &w->name);
    gr_heading_end(page);
    gr_paragraph_start(page, 2, 4);
    say_days(page, &w->days);
    gr_paragraph_end(page);
    spellings(page, w);
    employers(page, w);
    links(page, w);
    if (w->decision_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, NULL, GR_TEXT("Decided:"));
    for (size_t i = 0; i < w->decision_count; i++)
        decision(page, &w->decision[i]);
}

gr_status gr_whois_text(const gr_whois *list, size_t count, unsigned width, bool colour,
                        gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool opened = gr_page_open(&page, writer, width, colour);

    for (size_t i = 0; opened && i < count; i++) {
        if (i > 0)
            gr_blank(&page);
        whois(&page, &list[i]);
    }
    return end(&page, opened, err);
}

/* ---- what came of a decision ---- */

gr_status gr_identity_text(const gr_identity_told *told, unsigned width, bool colour,
                           gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool opened = gr_page_open(&page, writer, width, colour);

    if (opened) {
        gr_heading_start(&page);
        gr_say(&page, GR_BOLD,
               told->said.says == GR_IDENTITY_NOTHING ? GR_TEXT("As if nothing had been said: ")
                                                      : GR_TEXT("From now on: "));
        gr_say(&page, GR_BOLD, words_of(&told->said));
        gr_heading_end(&page);
        line(&page, &told->a);
        line(&page, &told->b);
        gr_paragraph_start(&page, 0, 2);
        gr_say(&page, GR_PLAIN, GR_TEXT("Decided by "));
        gr_phrase_signature(gr_page_voice(&page), told->said.author, told->said.moment);
        gr_say(&page, GR_PLAIN, GR_TEXT(": "));
        gr_say(&page, GR_PLAIN, told->said.reason);
        gr_paragraph_end(&page);
        gr_section_changes(&page, told->change, told->change_count, "finding changed",
                           "findings changed", told->has_new_rules);
    }
    return end(&page, opened, err);
}
