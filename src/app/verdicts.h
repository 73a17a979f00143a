/* src/app/verdicts.h - everything that is found out about what came in, once it is known who is who: which records are one
 * gift, the verdicts, what does not fit together, what looks odd. */
#ifndef GR_APP_VERDICTS_H
#define GR_APP_VERDICTS_H

#include "app/intake.h"
#include "engine/judge.h"

/* judgement: arena, sources, days and wishes are set. */
gr_status gr_verdicts_find(gr_intake *intake, const gr_who *who, gr_judgement *judgement,
                           gr_error *err);

#endif
