/* src/report/evidence_csv.c - the small tables beside reports. Their columns are a contract: names are only added. */
#include "report/evidence.h"

#include "report/sheet_csv.h"

typedef struct cells {
    gr_writer *writer;
    bool is_first;
} cells;

static void heads(gr_writer *writer, const char *names)
{
    gr_write_print(writer, "%s\r\n", names);
}

static void text(cells *row, gr_text text)
{
    if (!row->is_first)
        gr_write(row->writer, ",", 1);
    row->is_first = false;
    gr_csv_text(row->writer, text);
}

static void number(cells *row, uint64_t number)
{
    gr_write_print(row->writer, row->is_first ? "%llu" : ",%llu", (unsigned long long)number);
    row->is_first = false;
}

/* 0: there is none. */
static void number_if_any(cells *row, uint64_t n)
{
    if (n > 0)
        number(row, n);
    else
        text(row, GR_TEXT(""));
}

static void end(cells *row)
{
    gr_write(row->writer, "\r\n", 2);
    row->is_first = true;
}

void gr_packages_csv(const gr_package *package, size_t count, gr_writer *writer)
{
    cells row = { writer, true };

    heads(writer, "executive_id,executive_name,folder,open_findings,violations,needs_review,"
                  "warnings,decided,gifts");
    for (size_t i = 0; i < count; i++) {
        const gr_summary *sum = &package[i].summary;

        text(&row, package[i].id);
        text(&row, package[i].name);
        text(&row, package[i].folder);
        number(&row, sum->violations + sum->needs_review + sum->warnings);
        number(&row, sum->violations);
        number(&row, sum->needs_review);
        number(&row, sum->warnings);
        number(&row, sum->decided);
        number(&row, sum->gifts);
        end(&row);
    }
}

void gr_decisions_csv(const gr_evidence_decision *decision, size_t count, gr_writer *writer)
{
    cells row = { writer, true };

    heads(writer, "entry,moment,author,decision,finding,about,what,reason,replaced_by_entry");
    for (size_t i = 0; i < count; i++) {
        const gr_evidence_decision *d = &decision[i];

        number(&row, (uint64_t)d->run);
        text(&row, d->moment);
        text(&row, d->author);
        text(&row, d->kind);
        text(&row, d->finding);
        text(&row, d->about);
        text(&row, d->what);
        text(&row, d->reason);
        number_if_any(&row, (uint64_t)d->replaced_by);
        end(&row);
    }
}

void gr_trail_csv(const gr_trail_link *link, size_t count, gr_writer *writer)
{
    cells row = { writer, true };

    heads(writer, "entry,moment,program,author,action,note,rules_sha256,hash_before,hash");
    for (size_t i = 0; i < count; i++) {
        const gr_trail_link *l = &link[i];

        number(&row, (uint64_t)l->run);
        text(&row, l->started);
        text(&row, l->program);
        text(&row, l->author);
        text(&row, l->action);
        text(&row, l->note);
        text(&row, l->rules);
        text(&row, l->previous);
        text(&row, l->hash);
        end(&row);
    }
}

void gr_rule_sets_csv(const gr_evidence_rules *rules, size_t count, gr_writer *writer)
{
    cells row = { writer, true };

    heads(writer, "rules_sha256,folder,files,program,first_entry,last_entry,first_used");
    for (size_t i = 0; i < count; i++) {
        const gr_evidence_rules *r = &rules[i];

        text(&row, r->sha256);
        text(&row, r->folder);
        number(&row, r->file_count);
        text(&row, r->program);
        number(&row, (uint64_t)r->run);
        number(&row, (uint64_t)r->last_run);
        text(&row, r->started);
        end(&row);
    }
}

void gr_rule_choices_csv(const gr_evidence_rules *rules, gr_writer *writer)
{
    cells row = { writer, true };

    heads(writer, "choice,value,set_for_the_run");
    for (size_t i = 0; i < rules->choice_count; i++) {
        text(&row, rules->choice[i].name);
        text(&row, rules->choice[i].value);
        text(&row, rules->choice[i].set_for_run ? GR_TEXT("yes") : GR_TEXT("no"));
        end(&row);
    }
}
