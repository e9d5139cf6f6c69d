/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>

#include "run/interrupt.h"

static volatile sig_atomic_t came;

static void note(int which)
{
    came = which;
}

void interrupt_watch(void)
{
    static const int all[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct sigaction now;
        if (sigaction(all[i], NULL, &now) != 0 || now.sa_handler == SIG_IGN) continue;
        now = (struct sigaction){ .sa_handler = note, .sa_flags = SA_RESTART | (int)SA_RESETHAND };
        sigaction(all[i], &now, NULL);
    }
}

bool interrupt_came(void)
{
    return came != 0;
}

_Noreturn void interrupt_obey(void)
{
    signal(came, SIG_DFL);
    raise(came);
    abort();
}
