/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "claims/asked.h"

static error_t take_place(int key, char *text, struct argp_state *state)
{
    places *where = state->input;
    switch (key) {
    case 'p': where->papers = text; return 0;
    case 'r': where->results = text; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static error_t take_papers(int key, char *text, struct argp_state *state)
{
    asked *a = state->input;
    (void)text;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &a->where;
        return 0;
    case ARGP_KEY_ARGS:
        a->papers = state->argv + state->next;
        a->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which papers?");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "papers",  'p', "DIRECTORY", 0, "where the claims are (default: papers)", 0 },
    { "results", 'r', "DIRECTORY", 0, "where the results are (default: results)", 0 },
    { 0 }
};

const struct argp asked_places = { options, take_place, NULL, NULL, NULL, NULL, NULL };

static const struct argp_child children[] = { { &asked_places, 0, NULL, 0 }, { 0 } };
const struct argp asked_papers = { NULL, take_papers, "PAPER...", NULL, children, NULL, NULL };
