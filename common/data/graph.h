/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_GRAPH_H
#define DATA_GRAPH_H

#include "base/csr.h"

/*
# Graphs whose nodes have classes

Each node is a paper with its words and a subject, each edge a citation; the task is to predict the subject of papers whose label is
hidden, from words and neighbours.

| name | nodes | edges | words | subjects |
|------|-------|-------|-------|----------|
| `cora`     | 2,708 | 5,278 | 1,433 | 7 |
| `citeseer` | 3,312 | 4,536 | 3,703 | 6 |

They are the files of Shchur et al. 2018 ("Pitfalls of graph neural network evaluation"), of the set `graphs`. Who cites whom is
forgotten: an edge has no direction, and no node is its own neighbour.

    graph g;
    int status = graph_load(&g, "cora", memory);
    if (status != 0) die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());
*/
typedef struct graph {
    const char *title;
    char file[4096];                        /* what was read */
    size_t nodes, classes, edges;
    csr_pair *edge;                         /* each once */
    csr words;                              /* nodes x words */
    int *y;                                 /* nodes */
} graph;

/* Returns 0, `DATA_MISSING` or -1 as `dataset_load` does (`data/dataset.h`). */
int graph_load(graph *g, const char *name, arena *a);

#endif
