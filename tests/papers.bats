# What the committed results say about the papers: one test a statement, judged by
# papers/NAME/claims.tsv and nothing else. A statement that is known to differ is here too:
# if it came to hold, the prose about it would be wrong.
# bats file_tags=papers

setup_file() {
    load helper
    export VERDICTS="$BATS_FILE_TMPDIR"
    cd "$VERDICTS" || return
    (cd "$SUITE" && git ls-files results 2>/dev/null || find results/desk -type f) |
        while read -r file; do
            mkdir -p "$(dirname "$file")" && cp "$SUITE/$file" "$file"
        done
    for paper in "$SUITE"/papers/*/claims.tsv; do
        paper=$(basename "$(dirname "$paper")")
        "$BUILD/common/claims/verdicts" --papers="$SUITE/papers" --results=results \
            -o "$paper.tsv" "$paper"
    done
}

setup() {
    load helper
}

# all_are VERDICT PAPER PATTERN: every claim whose id matches has this verdict, and there is one
all_are() {
    awk -F'\t' -v verdict="$1" -v pattern="$3" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == "verdict") column = i; next }
        $1 ~ pattern { n++; if ($column != verdict) { print $1 " is " $column; wrong = 1 } }
        END { if (!n) print "no claim matches " pattern; exit wrong || !n }' "$VERDICTS/$2.tsv" >&2
}

@test "frosst2019, Figure 1: minimising the loss isolates randomly labelled classes" {
    all_are reproduced frosst2019 '^F1[.]'
}

@test "frosst2019, Figure 13: both modes of each class survive" {
    all_are reproduced frosst2019 '^F13[.]'
}

@test "frosst2019, Figure 2: minimised, either loss separates the classes" {
    all_are reproduced frosst2019 '^F2[.](triplet|snnl)$'
}

@test "frosst2019, Figure 2: maximised, the neighbour loss spreads the points more than the triplet loss" {
    all_are reproduced frosst2019 '^F2[.]spread$'
}

@test "frosst2019, Figure 2: no circle where the paper draws one" {
    all_are differs frosst2019 '^F2[.]circle$'
}

@test "frosst2019, Figure 3: layers of the last stage disentangle, and do not entangle again in a tenth of the training" {
    all_are 'direction reproduced' frosst2019 '^F3[.](falls[.]1[2345]|output)$'
    all_are differs frosst2019 '^F3[.]rises[.]'
}

@test "frosst2019, Figure 16: the first two stages stay as they are, the third does not, the last disentangles all along" {
    all_are 'direction reproduced' frosst2019 '^F16[.](stays[.][12]|last)$'
    all_are differs frosst2019 '^F16[.]stays[.]3$'
}

@test "frosst2019, Figure 15: every layer of a classifier of MNIST is less entangled at the end" {
    all_are reproduced frosst2019 '^F15[.](convolution|dense[12]|scores)$'
}

@test "frosst2019, Table 1: on Fashion-MNIST the entangled network overfits more" {
    all_are differs frosst2019 '^A3[.]fashion$'
}

@test "frosst2019, Table 2: attacked in training, the dense layer and the logits are the more entangled ones" {
    all_are differs frosst2019 '^A2[.]dense$'
    all_are 'direction reproduced' frosst2019 '^A2[.]logits$'
}

@test "frosst2019, Figures 18 and 14: on MNIST credibility follows accuracy more closely in the entangled network, and not after triplets" {
    all_are 'direction reproduced' frosst2019 '^F18[.](fgsm|bim|source|zero)[.]correlation$'
    all_are 'direction reproduced' frosst2019 '^F14[.](snnl|triplet|both)$'
}

@test "frosst2019, Figures 18 and 19: who does not know of the entanglement does more harm to it, not less; who knows, on MNIST, less" {
    all_are differs frosst2019 '^F1[89][.]zero[.]accuracy$'
    all_are 'direction reproduced' frosst2019 '^F18[.]source[.]accuracy$'
}

@test "frosst2019, Figure 19: on Fashion-MNIST credibility follows accuracy more closely under one attack" {
    all_are 'direction reproduced' frosst2019 '^F19[.]bim[.]correlation$'
    all_are undecided frosst2019 '^F19[.](fgsm|source|zero)[.]correlation$'
}

@test "frosst2019, Figure 20: attacks made on an entangled network deceive a baseline less" {
    all_are 'direction reproduced' frosst2019 '^F20[.](mnist|fashion-mnist)[.]'
}

@test "frosst2019, Figures 10 and 11: directions are less alike image by image, and their clusters no more a network's own" {
    all_are reproduced frosst2019 '^F10[.](mixed[.])?cosine$'
    all_are differs frosst2019 '^F10[.](clusters|mixed)$'
}

@test "frosst2019, Figures 21 and 22: distance tells strangers apart a little better in the entangled network" {
    all_are reproduced frosst2019 '^F2[12][.]auroc$'
}

@test "frosst2019, Figure 17: real and synthetic digits are more entangled after each of three games" {
    all_are reproduced frosst2019 '^F17[.](vanilla|squares|wasserstein)$'
}

@test "frosst2019, Figures 4 and 5: on CIFAR-10 real and synthetic images are less entangled in the end, and have more neighbours of the other kind" {
    all_are differs frosst2019 '^F5[.]'
    all_are 'direction reproduced' frosst2019 '^F4[.]separable$'
}

@test "frosst2019, Figures 6 and 23: by the paper's rule for the temperature no digits appear, by ours they do" {
    all_are differs frosst2019 '^(F6[.](learned|kept)|F23[.]learned)[.]classes$'
    all_are reproduced frosst2019 '^(F6[.]cooled|F23[.]followed)[.]classes$'
}

@test "agarap2020: as many verdicts are of rows without labels as its page says" {
    counts=$(awk -F"\t" '!/^#/ && $17 == "reproduced" { n++; if ($4 " " $9 ~ /SNNL-[2468]/) m++ } END { print m " of the " n }' "$VERDICTS/agarap2020.tsv")
    tr -s "\n " " " < "$SUITE/papers/agarap2020/README.md" | grep "Yet $counts verdicts"
}

@test "agarap2020, Table III: SNNL-5 has the published accuracy, NMI, ARI, silhouette and DBI" {
    all_are reproduced agarap2020 '^T3[.]SNNL-5[.](ACC|NMI|ARI|SIL|DBI)[.]mean$'
}

@test "agarap2020, Table III: SNNL-3 and SNNL-7, read as the least loss of a layer, miss the published accuracy" {
    all_are differs agarap2020 '^T3[.]SNNL-[37][.]ACC[.]mean$'
}

@test "agarap2020, Table III: SNNL-5 beats the baseline and the pixels by more than .3" {
    all_are reproduced agarap2020 '^A1[.]mnist[.]SNNL-5[.]'
}

@test "agarap2020, Table IV: SNNL-5 has the published accuracy, NMI and ARI" {
    all_are reproduced agarap2020 '^T4[.]SNNL-5[.](ACC|NMI|ARI)[.]mean$'
}

@test "agarap2020, Table IV: SNNL-5 and SNNL-7 beat the baseline and the pixels by more than .1" {
    all_are reproduced agarap2020 '^A1[.]fashion[.]'
}

@test "agarap2020, Table IV: SNNL-7, read as the least loss of a layer, misses the published accuracy" {
    all_are differs agarap2020 '^T4[.]SNNL-7[.]ACC[.]mean$'
}

@test "agarap2020, Figure 1: a falling temperature disentangles earlier than a fixed one" {
    all_are reproduced agarap2020 '^F1[.]'
}

@test "agarap2020, Figures 3 and 4: SNNL-5 has the published accuracy with 1,000, 3,000 and 6,000 labels" {
    all_are reproduced agarap2020 '^F3[.](mnist|fashion)[.]value[.]'
}

@test "agarap2020, Figures 3 and 4: more labels help SNNL-5, and any beat baseline and pixels" {
    all_are reproduced agarap2020 '^F3[.](mnist|fashion)[.]more[.]'
    all_are reproduced agarap2020 '^F3[.](mnist|fashion)[.]SNNL-5[.]'
}

@test "agarap2020, Figure 2: the codes draw the classes of MNIST and Fashion-MNIST apart, in the map and before it" {
    all_are reproduced agarap2020 '^F2[.](mnist|fashion)[.](map|space)$'
}

@test "agarap2020, Figure 2: a nearest neighbour is of the same class less often in the codes than in pixels" {
    all_are differs agarap2020 '^F2[.](mnist|fashion)[.]neighbours$'
}

@test "bontonou2019, Table 1: after a short training the loss is far behind cross-entropy, and which classifier answers matters more than published" {
    all_are differs bontonou2019 '^T1[.]cifar100?[.]close$'
    all_are differs bontonou2019 '^T1[.](cifar10[.]1-NN|cifar100[.]SVC)-alike$'
}

@test "bontonou2019, Figure 1: in the plane its clusters are less of one class than the bottleneck's" {
    all_are differs bontonou2019 '^F1[.](neighbours|clustered)$'
}

@test "bontonou2019, Figures 2 and 3: more neighbours are better, also beyond as many as classes; outputs are best as many" {
    all_are 'direction reproduced' bontonou2019 '^F2[.]cifar10[.](rises[.][0-9]+|more)$'
    all_are differs bontonou2019 '^F2[.]cifar10[.]flat$'
    all_are 'direction reproduced' bontonou2019 '^F3[.]cifar10[.](rises|drops)$'
}

@test "bontonou2019, Figure 4: a large alpha is harmful, a tenth is not" {
    all_are 'direction reproduced' bontonou2019 '^F4[.]cifar10[.](drops|same[.]0[.]1)$'
}

@test "bontonou2019, Table 2: a network that errs more on clean images errs more on damaged ones" {
    all_are differs bontonou2019 '^T2[.](price|robust)$'
}

@test "hugger2024, Figure 1: orthogonal modes are found equally well, and InfoNCE is nearer in the middle" {
    all_are reproduced hugger2024 '^F1[.](angle|orthogonal|middle)$'
}

@test "hugger2024, Figure 1: errors do not rise with the alignment, and NLL does not fall behind" {
    all_are differs hugger2024 '^F1[.](apart|rises[.](NLL|InfoNCE)|ratio)$'
}

@test "hugger2024, Figure 5 and equation 18: the data sets are as drawn, and the bound holds" {
    all_are reproduced hugger2024 '^(F5|E18)[.]'
}

@test "hugger2024, Tables 1 and 2: losses of the same targets agree, drawn labels are behind, and soft targets underfit" {
    all_are 'direction reproduced' hugger2024 '^T1[.](vit|cnn)[.](draws|hard|soft)$'
    all_are 'direction reproduced' hugger2024 '^T1[.](cora|citeseer)[.](hard|soft)$'
    all_are differs hugger2024 '^(T1[.](vit|cnn)[.]nll|T2[.]vit[.]draws)$'
}

@test "hugger2024, Figure 3: InfoNCE is not behind in small batches" {
    all_are differs hugger2024 '^F3[.](small|closing)$'
    all_are 'direction reproduced' hugger2024 '^F3[.]large$'
}

@test "hugger2024, Figures 4 and 6: InfoNCE is the better calibrated with smoothed labels, and with the whole recipe too" {
    all_are 'direction reproduced' hugger2024 '^F4[.]smoothed$'
    all_are differs hugger2024 '^F6[.]whole$'
}

@test "jacobsen2019, Example 6: perfect, and at chance once the inner points are moved" {
    all_are reproduced jacobsen2019 '^E6[.]'
}

@test "jacobsen2019, Figure 3: both classifiers are perfect, and D says inner on the way to every metamer" {
    all_are reproduced jacobsen2019 '^F3[.](D|nuisance[.](train|validation)|inverse|metamer|path)'
}

@test "jacobsen2019, Figure 3: where the way to a metamer meets the outer sphere, its nuisances say inner too" {
    all_are differs jacobsen2019 '^F3[.]nuisance[.]star$'
}

@test "jacobsen2019, Figure 2: the way by invariance is the longer one" {
    all_are reproduced jacobsen2019 '^F2[.]'
}

@test "jacobsen2019, Figure 5: bits before and after the shift, and the chain rule" {
    all_are reproduced jacobsen2019 '^F5[.](ce|ice|chain|factorial)$'
}

@test "jacobsen2019, Theorem 8: not as it is printed" {
    all_are differs jacobsen2019 '^F5[.](theorem|shift)$'
}

@test "jacobsen2019, Table 2: after cross-entropy nuisances tell the class, after independence cross-entropy less so, at a price" {
    all_are 'direction reproduced' jacobsen2019 '^T2[.](predictive|gap)$'
    all_are undecided jacobsen2019 '^T2[.]removed$'
    all_are differs jacobsen2019 '^T2[.]cost$'
}

@test "jacobsen2019, Figures 4 and 6: the classifier does not tell metamers apart, and what they show is neither digit" {
    all_are 'direction reproduced' jacobsen2019 '^F4[.](kept|inverse)'
    all_are differs jacobsen2019 '^(F4[.]nuisance|F6[.](ce[.]target|ice))$'
}
