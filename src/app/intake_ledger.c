/* src/app/intake_ledger.c - what the ledger holds comes before all exports: everything in force, or only who got something,
 * and then single records when they are asked for. */
#include "app/intake_inside.h"

#include "ledger/roster_read.h"

static gr_status take_source(void *context, int64_t row, const gr_source *source, gr_error *err)
{
    gr_intake *intake = context;

    if (!gr_intake_add_source(intake, source))
        *err = intake->error;
    else if (!gr_list_push(&intake->source_row, &row))
        gr_intake_fail(intake, gr_fail_memory(err));
    return intake->status;
}

static uint32_t number_of_source(const gr_intake *intake, int64_t row)
{
    size_t low = 0, high = intake->source_row.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (*GR_AT(intake->source_row, int64_t, middle) < row)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

gr_status gr_intake_take_kept(void *context, const gr_source *source, const gr_record *record,
                              const gr_kept_record *kept, gr_error *err)
{
    gr_intake *intake = context;
    gr_record copy = *record;

    gr_intake_add_record(intake, number_of_source(intake, kept->source), source->format, &copy,
                         kept, GR_NONE);
    if (intake->status != GR_OK)
        *err = intake->error;
    return intake->status;
}

/* An account executive is shown by the fullest name that the ledger has met. */
static gr_status take_giver(void *context, const gr_standing *standing, gr_error *err)
{
    gr_intake *intake = context;

    return gr_people_giver(intake->people, standing->id, standing->name) == GR_NONE
               ? gr_fail_memory(err)
               : GR_OK;
}

/* What does not hang on single records comes first. */
static gr_status load_sources(gr_intake *intake, gr_error *err)
{
    gr_status status = gr_supplement_load(&intake->supplement, intake->ledger, intake->arena, err);

    if (status == GR_OK)
        status = gr_identities_load(intake->ledger, intake->people, intake->arena,
                                    &intake->identity, err);
    if (status == GR_OK)
        status = gr_ledger_each_source(intake->ledger, take_source, intake, err);
    intake->first_new = intake->source.count;
    return status == GR_OK ? gr_ledger_each_standing(intake->ledger, take_giver, intake, err)
                           : status;
}

gr_status gr_intake_load_ledger(gr_intake *intake, gr_error *err)
{
    gr_status status = load_sources(intake, err);

    return status == GR_OK ? gr_ledger_each_record(intake->ledger, gr_intake_take_kept, intake, err)
                           : status;
}

/* Rows of recipients rise without gaps, but for those that were disposed of. */
static gr_status take_party(void *context, int64_t row, const gr_person *person, gr_error *err)
{
    static const uint32_t nobody = GR_NONE;
    gr_intake *intake = context;
    bool is_known = person->id.len + person->name.len > 0; /* others are somebody else each time */
    uint32_t number = is_known ? gr_people_recipient(intake->people, person) : GR_NONE;
    bool fits = !is_known || number != GR_NONE;

    while (fits && (int64_t)intake->party.count < row)
        fits = gr_list_push(&intake->party, &nobody);
    if (!fits || !gr_list_push(&intake->party, &number))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_intake_load_people(gr_intake *intake, gr_error *err)
{
    gr_status status = load_sources(intake, err);

    if (status == GR_OK)
        status = gr_ledger_each_party(intake->ledger, take_party, intake, err);
    if (status == GR_OK)
        status = gr_ledger_each_roster_line(intake->ledger, GR_RUN_LAST, gr_intake_take_kept,
                                            intake, err);
    return status == GR_OK ? gr_fetcher_open(intake->ledger, &intake->fetcher, err) : status;
}

/* With a ledger, everything it holds in quarantine is told, whenever it came. */
static gr_status take_kept_quarantined(void *context, const gr_quarantined *quarantined,
                                       gr_error *err)
{
    gr_intake *intake = context;
    gr_quarantined copy = *quarantined;

    copy.raw = GR_TEXT("");
    if (!gr_intake_keep(intake, quarantined->record, &copy.record) ||
        !gr_list_push(&intake->quarantined, &copy))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_intake_end(gr_intake *intake, gr_error *err)
{
    gr_table_free(&intake->known); /* nothing more comes in; people and verdicts need the memory */
    if (intake->status != GR_OK) {
        *err = intake->error;
        return intake->status;
    }
    if (!intake->ledger || intake->fetcher)
        return GR_OK; /* a report from the ledger tells its quarantine */
    gr_list_cut(&intake->quarantined, 0);
    return gr_ledger_each_quarantined(intake->ledger, GR_RUN_LAST, 0, take_kept_quarantined, intake,
                                      err);
}
