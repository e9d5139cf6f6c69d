/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_INTERRUPT_H
#define RUN_INTERRUPT_H

#include <stdbool.h>

/*
# When someone stops a run

Ctrl-C, a batch system's SIGTERM or a terminal that closes would end a run between two
steps of its own, with nothing saved since the last checkpoint. From `interrupt_watch` on they
are only noted. The run looks after each step, saves, and dies of the signal after all. The
same signal once more ends it at once.
*/

/* Signals that are ignored (by nohup) stay so. */
void interrupt_watch(void);

/* Did one come? */
bool interrupt_came(void);

/* Ends the program as that signal would have. */
_Noreturn void interrupt_obey(void);

#endif
