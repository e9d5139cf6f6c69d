/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glob.h>
#include <string.h>

#include "base/error.h"
#include "claims/lines.h"
#include "claims/review.h"

const char *const profiles[] = { "paper", "desk", "quick", NULL };
enum { PROFILES = sizeof profiles / sizeof *profiles - 1 };

/* What is known of one experiment: its results by profile, or why not. */
typedef struct evidence {
    const char *experiment, *missing;
    bool found[PROFILES];
    results by[PROFILES];
} evidence;

/*
# Finding files

The seeds of an experiment are whatever lies there, in the order of their
names; nobody keeps a list that could disagree.
*/
static int pattern_find(glob_t *files, arena *a, const places *p, const char *paper,
                        const char *experiment, const char *profile, const char *ending)
{
    size_t size = strlen(p->results) + strlen(profile) + strlen(paper) + strlen(experiment)
                + strlen(ending) + sizeof "///.seed[0-9]*.";
    char *pattern = arena_take(a, size, 1);
    snprintf(pattern, size, "%s/%s/%s/%s.seed[0-9]*.%s", p->results, profile, paper,
             experiment, ending);
    int status = glob(pattern, 0, NULL, files);
    if (status != 0 && status != GLOB_NOMATCH)
        return fail("%s: cannot be searched", pattern);
    return 0;
}

static int reason_read(const char **reason, arena *a, const char *path)
{
    char *text;
    if (lines_read(&text, a, path) != 0) return -1;
    *reason = line_next(&text);
    return 0;
}

/* A file that was copied to another place would be judged as another one. */
static int belongs(const results *r, const char *path, const char *paper,
                   const char *experiment, const char *profile)
{
    if (strcmp(r->paper, paper) == 0 && strcmp(r->experiment, experiment) == 0
        && strcmp(r->profile, profile) == 0)
        return 0;
    return fail("%s:1: paper=%s experiment=%s profile=%s: expected %s, %s and %s, as its "
                "name says", path, r->paper, r->experiment, r->profile, paper, experiment,
                profile);
}

int results_find_files(results *r, bool *found, const char **missing, arena *a,
                       const places *p, const char *paper, const char *experiment,
                       const char *profile)
{
    glob_t files = { 0 };
    *missing = NULL;
    int status = pattern_find(&files, a, p, paper, experiment, profile, "tsv");
    *found = status == 0 && files.gl_pathc > 0;
    if (*found) {
        status = results_read(r, a, files.gl_pathv, files.gl_pathc);
        if (status == 0) status = belongs(r, files.gl_pathv[0], paper, experiment, profile);
    } else if (status == 0) {
        globfree(&files);
        files = (glob_t){ 0 };
        status = pattern_find(&files, a, p, paper, experiment, profile, "missing");
        if (status == 0 && files.gl_pathc > 0)
            status = reason_read(missing, a, files.gl_pathv[0]);
    }
    globfree(&files);
    return status;
}

static int evidence_gather(evidence *e, arena *a, const places *p, const char *paper,
                           const char *experiment)
{
    *e = (evidence){ .experiment = experiment };
    for (size_t i = 0; i < PROFILES; i++) {
        const char *missing;
        if (results_find_files(&e->by[i], &e->found[i], &missing, a, p, paper, experiment,
                               profiles[i]) != 0)
            return -1;
        if (!e->missing) e->missing = missing;
    }
    return 0;
}

/*
# The best profile that can answer

A profile whose results lack the row that a claim asks for (a scaled-down run
may leave out a series) hands the question on. If none can answer, the
judgement of the best one says what is not there.
*/
static judgement evidence_judge(const evidence *e, const evidence *versus, const claim *c)
{
    judgement j = claim_judge(c, NULL, NULL);
    bool asked = false;
    for (size_t i = 0; i < PROFILES; i++) {
        if (!e->found[i]) continue;
        judgement now = claim_judge(c, &e->by[i], versus->found[i] ? &versus->by[i] : NULL);
        if (now.n > 0) return now;
        if (!asked) j = now;
        asked = true;
    }
    if (!asked && e->missing) snprintf(j.why, sizeof j.why, "%s", e->missing);
    return j;
}

/* The evidence gathered so far: the files of an experiment are read when first asked for. */
typedef struct library {
    arena *memory;
    const places *where;
    const char *paper;
    size_t known;
    evidence *of;
} library;

static const evidence *evidence_of(library *l, const char *experiment)
{
    for (size_t i = 0; i < l->known; i++)
        if (strcmp(l->of[i].experiment, experiment) == 0) return &l->of[i];
    evidence *e = &l->of[l->known++];
    int status = evidence_gather(e, l->memory, l->where, l->paper, experiment);
    return status == 0 ? e : NULL;
}

int claims_of(claims *all, arena *a, const places *p, const char *paper)
{
    size_t size = strlen(p->papers) + strlen(paper) + sizeof "//claims.tsv";
    char *path = arena_take(a, size, 1);
    snprintf(path, size, "%s/%s/claims.tsv", p->papers, paper);
    return claims_read(all, a, path);
}

int review_read(review *all, arena *a, const places *p, const char *paper)
{
    *all = (review){ .paper = paper };
    if (claims_of(&all->claims, a, p, paper) != 0) return -1;
    all->of = arena_take(a, all->claims.count, sizeof *all->of);
    library l = { .memory = a, .where = p, .paper = paper,
                  .of = arena_take(a, 2 * all->claims.count, sizeof *l.of) };
    for (size_t i = 0; i < all->claims.count; i++) {
        const claim *c = &all->claims.at[i];
        const evidence *e = evidence_of(&l, c->experiment);
        const evidence *versus = evidence_of(&l, c->versus_experiment);
        if (!e || !versus) return -1;
        if (!claim_is_judged(c)) {
            all->of[i] = (judgement){ .verdict = NOT_RUN };
            continue;
        }
        all->of[i] = evidence_judge(e, versus, c);
        all->count[all->of[i].verdict]++;
        all->judged++;
    }
    return 0;
}
