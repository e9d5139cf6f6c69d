/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# From a source to a page of the book

A source of the suite is already a lecture: its prose stands in comments, in
the order in which a lecturer would speak. To weave it is to turn it inside
out. Prose becomes the text of the page and code becomes listings in it, with
the line numbers that they have in the file. The order stays as it is, so there
is no second source, and nothing that a compiler or a debugger sees differs
from what the reader sees.

    weave common/base/mat.h common/base/mat.c | pandoc -o mat.html

The page's title is the first heading of the first file, or the `title` of a
YAML header in front of it. Prose and the code that follows it are set in a
*pair*, which the style sheet puts side by side where the window is wide
enough. A Markdown file is prose from beginning to end.

*Reads:* sources, and what `evidence.h` names. *Writes:* Markdown for pandoc.
*Checked by:* `tests/book.bats`.
*/
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "book/cut.h"
#include "book/evidence.h"
#include "claims/lines.h"

/*
# The state of a page

Prose asks for evidence by a line `[figure]`, `[figure: caption]` or
`[verdicts]`. Figures go beside it, above the listing; a figure's table and the verdicts are wide and
go below both. What no prose asks for goes with the introduction. In a Markdown
file, which has no pairs, evidence goes where the line is.
*/
typedef struct page {
    FILE *out;
    arena *memory;
    evidence evidence;
    bool asks_figure, asks_verdicts;         /* somewhere on the page */
    bool in_pair, wants_figure, wants_table, wants_verdicts;     /* in this pair */
    char *caption;                           /* of the figure it wants */
} page;

static bool is_markdown(const char *file)
{
    size_t length = strlen(file);
    return length > 3 && strcmp(file + length - 3, ".md") == 0;
}

static void say_figure(page *pg)
{
    if (pg->wants_figure
        && evidence_figure(pg->out, pg->memory, &pg->evidence, pg->caption) != 0)
        die(STATUS_FAILED, "%s", error_text());
    pg->wants_table = pg->wants_figure;
    pg->wants_figure = false;
    pg->caption = NULL;
}

static void say_tables(page *pg)
{
    if (pg->wants_table && evidence_table(pg->out, pg->memory, &pg->evidence) != 0)
        die(STATUS_FAILED, "%s", error_text());
    pg->wants_table = false;
    if (pg->wants_verdicts && evidence_verdicts(pg->out, pg->memory, &pg->evidence) != 0)
        die(STATUS_FAILED, "%s", error_text());
    pg->wants_verdicts = false;
}

static void say_evidence(page *pg)
{
    say_figure(pg);
    say_tables(pg);
}

/*
# Prose

A comment that begins beside its opener, as those in our headers do, continues
three columns to the right. Markdown would read four columns as code, and an
example inside such a comment has seven; so the three go. What a Markdown file hides from its
readers, as a line `<!-- a mark -->`, is hidden here too.
*/
static bool is_hidden(const char *line, size_t length)
{
    return cut_starts(line, "<!--") && length > 6 && strcmp(line + length - 3, "-->") == 0;
}

static void say_line(page *pg, char *line)
{
    size_t length = strlen(line);
    if (strcmp(line, "[verdicts]") == 0) {
        pg->wants_verdicts = true;
    } else if (strcmp(line, "[figure]") == 0) {
        pg->wants_figure = true;
    } else if (cut_starts(line, "[figure: ") && line[length - 1] == ']') {
        line[length - 1] = 0;
        pg->wants_figure = true;
        pg->caption = line + strlen("[figure: ");
    } else if (pg->in_pair || !is_hidden(line, length)) {
        fprintf(pg->out, "%s\n", line);
    }
    if (!pg->in_pair) say_evidence(pg);
}

static void say_prose(page *pg, const char *prose, size_t length)
{
    char *text = arena_take(pg->memory, length + 2, 1);
    memcpy(text, prose, length);
    memcpy(text + length, "\n", 2);
    bool is_beside = pg->in_pair && *text == ' ';
    for (char *line; (line = line_next(&text)); ) {
        for (int i = 0; is_beside && i < 3 && *line == ' '; i++) line++;
        say_line(pg, line);
    }
}

/*
# Code

The fence is longer than any run of backticks inside. Each listing bears the
name of its file and its first line; the page's links to lines are made of the
two.
*/
static void say_code(page *pg, const passage *p, const char *file)
{
    size_t run = 0, longest = 2;
    for (size_t i = 0; i < p->length; i++) {
        run = p->at[i] == '`' ? run + 1 : 0;
        if (run > longest) longest = run;
    }
    char *fence = arena_take(pg->memory, longest + 2, 1);
    memset(fence, '`', longest + 1);
    fence[longest + 1] = 0;
    fprintf(pg->out, "\n%s{#%s_L%zu .c .numberLines startFrom=\"%zu\"}\n%.*s\n%s\n",
            fence, file, p->line, p->line, (int)p->length, p->at, fence);
}

/*
# Pairs

Each part may be empty. The first pair of a file names it; if the file opens
with its includes, they are the `opening`, which waits for the first prose
rather than stand alone. Prose that fits a window stays in view beside a longer
listing; the style sheet does that for what is called short here.
*/
enum { SHORT = 26 };

static void say_pair(page *pg, const passage *prose, const passage *opening,
                     const passage *code, const char *file, bool is_first)
{
    size_t lines = 0;
    for (size_t i = 0; i < prose->length; i++) lines += prose->at[i] == '\n';
    fprintf(pg->out, "\n::::::: {.pair%s}\n", lines < SHORT ? " .short" : "");
    if (prose->length || is_first) fputs("\n:::::: prose\n", pg->out);
    if (is_first) fprintf(pg->out, "\n::: {#%s .file}\n`%s`\n:::\n", file, file);
    if (prose->length) {
        fputc('\n', pg->out);
        say_prose(pg, prose->at, prose->length);
    }
    if (prose->length || is_first) fputs("\n::::::\n", pg->out);
    fputs("\n:::::: code\n", pg->out);
    say_figure(pg);
    if (opening->length) say_code(pg, opening, file);
    if (code->length) say_code(pg, code, file);
    fputs("\n::::::\n\n:::::::\n", pg->out);
    say_tables(pg);
}

static bool is_only_includes(const passage *p)
{
    const char *end = p->at + p->length;
    for (const char *at = p->at; at < end; at += strcspn(at, "\n") + 1)
        if (*at != '\n' && !cut_starts(at, "#include")) return false;
    return true;
}

static void weave(page *pg, const char *text, const char *file)
{
    const passage nothing = { 0 };
    passage prose = nothing, opening = nothing;
    bool is_first = true;
    cut c = cut_begin(text);
    for (passage p; cut_next(&c, &p); ) {
        if (!p.is_prose && !prose.length && is_first && is_only_includes(&p)) {
            opening = p;
            continue;
        }
        if (!p.is_prose || prose.length) {
            say_pair(pg, &prose, &opening, p.is_prose ? &nothing : &p, file, is_first);
            opening = nothing;
            is_first = false;
        }
        prose = p.is_prose ? p : nothing;
    }
    if (prose.length || opening.length)
        say_pair(pg, &prose, &opening, &nothing, file, is_first);
}

/*
# The title

It is taken out of the text, which is ours to cut: a YAML header goes
entirely, and so does a heading that the first prose begins with. Without
either, the file's name has to do.
*/
static void blank_out(char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != '\n') *from = ' ';
}

static char *copy_line(arena *memory, const char *line)
{
    size_t length = strcspn(line, "\n");
    char *copy = arena_take(memory, length + 1, 1);
    memcpy(copy, line, length);
    copy[length] = 0;
    return copy;
}

static char *first_prose(char *text)
{
    cut c = cut_begin(text);
    for (passage p; cut_next(&c, &p); )
        if (p.is_prose) return text + (p.at - text) + strspn(p.at, " ");
    return text + strlen(text);
}

static char *take_title(arena *memory, char *at, char *otherwise)
{
    char *title = otherwise;
    if (cut_starts(at, "---\n")) {
        char *end = strstr(at, "\n---\n"), *key = strstr(at, "\ntitle:");
        if (end && key && key < end) {
            key += strlen("\ntitle:");
            title = copy_line(memory, key + strspn(key, " "));
        }
        if (end) blank_out(at, end + strlen("\n---"));
    } else if (cut_starts(at, "# ")) {
        title = copy_line(memory, at + 2);
        blank_out(at, strchr(at, '\n'));
    }
    return title;
}

/* In single quotes, YAML reads a backslash of TeX as itself. */
static void say_title(FILE *out, const char *title)
{
    fputs("---\ntitle: '", out);
    for (; *title; title++) fprintf(out, *title == '\'' ? "''" : "%c", *title);
    fputs("'\n---\n", out);
}

/*
# The command line
*/
static struct {
    const char **file;
    size_t files;
    bool title_only;
    evidence evidence;
} opt = { .evidence = { .paper = "NAME", .profile = "quick" } };

static void add_run(evidence *e, const char *file)
{
    if (e->runs == MOST_RUNS) die(STATUS_USAGE, "%s: more than %d runs", file, MOST_RUNS);
    e->provenance[e->runs++] = file;
}

enum { OPTION_TITLE = 256, OPTION_PAPER, OPTION_PROFILE, OPTION_EXPERIMENT, OPTION_FIGURE,
       OPTION_ALT, OPTION_PROVENANCE, OPTION_MISSING, OPTION_VERDICTS };

static const struct argp_option options[] = {
    { "title", OPTION_TITLE, NULL, 0, "print the page's title and nothing else", 0 },
    { "paper", OPTION_PAPER, "NAME", 0, "for the commands named in sentences", 0 },
    { "profile", OPTION_PROFILE, "NAME", 0, "the figure's, and in commands (default: quick)", 0 },
    { "figure", OPTION_FIGURE, "SVG", 0, "a figure to show", 0 },
    { "alt", OPTION_ALT, "TEXT", 0, "the figure in words (default: the title)", 0 },
    { "caption-from", OPTION_PROVENANCE, "JSON", 0, "a run behind the figure, of which there may be several", 0 },
    { "missing", OPTION_MISSING, "FILE", 0, "holds the reason why there is no figure", 0 },
    { "verdicts", OPTION_VERDICTS, "TSV", 0, "the judged claims", 0 },
    { "experiment", OPTION_EXPERIMENT, "NAME", 0,
      "show the claims on this experiment (default: all)", 0 },
    { 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    evidence *e = &opt.evidence;
    switch (key) {
    case OPTION_TITLE:      opt.title_only = true; return 0;
    case OPTION_PAPER:      e->paper = arg; return 0;
    case OPTION_PROFILE:    e->profile = arg; return 0;
    case OPTION_VERDICTS:   e->verdicts = arg; return 0;
    case OPTION_FIGURE:     e->figure = arg; return 0;
    case OPTION_ALT:        e->alt = arg; return 0;
    case OPTION_PROVENANCE: add_run(e, arg); return 0;
    case OPTION_MISSING:    e->missing = arg; return 0;
    case OPTION_EXPERIMENT: e->experiment = arg; return 0;
    case ARGP_KEY_ARGS:
        opt.file = (const char **)state->argv + state->next;
        opt.files = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:  argp_usage(state); return 0;
    default:                return ARGP_ERR_UNKNOWN;
    }
}

/*
# A page

All files are read first, because evidence that the last of them asks for must
not appear in the first.
*/
static void say_page(page *pg, char **text)
{
    for (size_t i = 0; i < opt.files; i++) {
        pg->asks_figure = pg->asks_figure || strstr(text[i], "\n[figure");
        pg->asks_verdicts = pg->asks_verdicts || strstr(text[i], "\n[verdicts]\n");
    }
    for (size_t i = 0; i < opt.files; i++) {
        const char *file = basename(opt.file[i]);
        pg->in_pair = !is_markdown(file);
        if (!pg->in_pair) say_prose(pg, text[i], strlen(text[i]));
        if (i == 0) {
            pg->wants_figure = !pg->asks_figure;
            pg->wants_verdicts = !pg->asks_verdicts;
        }
        if (pg->in_pair) weave(pg, text[i], file);
        else say_evidence(pg);
    }
}

int main(int argc, char **argv)
{
    const struct argp spec = { options, parse, "SOURCE...",
        "Turn sources into the Markdown of one page: comments in the first column "
        "become its prose, everything else its listings.", 0, 0, 0 };
    argp_parse(&spec, argc, argv, 0, NULL, NULL);

    REQUIRE(opt.files > 0, "argp let no source pass");
    output to;
    page pg = { .memory = arena_new(), .evidence = opt.evidence };
    char **text = arena_take(pg.memory, opt.files, sizeof *text);
    for (size_t i = 0; i < opt.files; i++)
        if (lines_read(&text[i], pg.memory, opt.file[i]) != 0)
            die(STATUS_FAILED, "%s", error_text());
    if (cut_starts(text[0], "<!--") && strstr(text[0], "-->"))
        blank_out(text[0], strstr(text[0], "-->") + strlen("-->"));

    char *at = is_markdown(opt.file[0]) ? text[0] + strspn(text[0], " \n") : first_prose(text[0]);
    char *title = take_title(pg.memory, at, basename(opt.file[0]));
    if (!pg.evidence.alt) pg.evidence.alt = title;
    if (output_open(&to, NULL) != 0)
        die(STATUS_FAILED, "%s", error_text());
    pg.out = to.to;
    if (opt.title_only) {
        fprintf(pg.out, "%s\n", title);
    } else {
        say_title(pg.out, title);
        say_page(&pg, text);
    }
    if (output_close(&to) != 0) die(STATUS_FAILED, "%s", error_text());
    arena_free(pg.memory);
    return STATUS_DONE;
}
