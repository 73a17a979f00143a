/* src/report/simulate.h - writes a simulation in one of its formats. It decides nothing. */
#ifndef GR_REPORT_SIMULATE_H
#define GR_REPORT_SIMULATE_H

#include "base/writer.h"
#include "model/simulation.h"

gr_status gr_simulation_text(const gr_simulation *simulation, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err);
gr_status gr_simulation_json(const gr_simulation *simulation, gr_writer *writer, gr_error *err);

#endif
