#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the programs of hugger2024 share. tests/hugger2024.c and hugger2024_networks.c say what each case compares.

setup_file() {
    load helper
    export OMP_WAIT_POLICY=passive DATA_DIR="$BATS_FILE_TMPDIR/data"
    drawn_cifar_100 "$DATA_DIR"
    small_graphs "$DATA_DIR"
}

setup() {
    load helper
    scratch
}

@test "hugger2024: the losses are equations 3, 5 and 11, word for word" {
    both hugger2024 equations
}

@test "hugger2024: their gradients are those of central differences" {
    both hugger2024 gradients
}

@test "hugger2024: in a balanced batch InfoNCE is NLL, in an unbalanced one eta makes it so" {
    both hugger2024 balanced
}

@test "hugger2024: with one-hot targets the soft losses are the hard ones, and a constant in log eta is nothing" {
    both hugger2024 one_hot
}

@test "hugger2024: labels are counted, all or some, and one that is none is refused" {
    both hugger2024 frequencies
    for label in large drawn negative; do
        run -1 "$BUILD/tests/hugger2024" refuse $label
        says "broken contract: label >= 0"
        says "of 5 classes"
    done
}

@test "hugger2024: the gradients for embeddings are equations 22 and 24" {
    both hugger2024 equation_22
}

@test "hugger2024: modes have length 1 and the angles that they should" {
    both hugger2024 modes
}

@test "hugger2024: probabilities, divergence and entropy by hand" {
    both hugger2024 posterior
}

@test "hugger2024: the toy's labels come from its distribution" {
    both hugger2024 toy
}

@test "hugger2024: how far an estimate is from the truth, where it is known" {
    both hugger2024 estimate
}

@test "hugger2024: the loss of equation 18, against all tuples; its left side is an information" {
    both hugger2024 bound
}

@test "hugger2024: a graph's network does not care how nodes are called, and its gradients are those of central differences" {
    both hugger2024_networks names_of_nodes
    "$DOUBLE/tests/hugger2024_networks" graph_gradients
}

@test "hugger2024: a graph's network is what plain loops give" {
    both hugger2024_networks graph_twice
}

@test "hugger2024: a layer's rate is smaller the further it is from the head, and what decays are its matrices" {
    both hugger2024_networks groups
}

@test "hugger2024: toys and readings that were killed go on to the same bytes" {
    goes_on hugger2024/fig1-toy --epochs 40
    goes_on hugger2024/fig5-datasets --tsne-iterations 1000
    goes_on hugger2024/readings --epochs 8
}

# goes_on_after MODEL PROGRAM OPTION ...: killed once that network is kept, it ends with the same bytes, too
goes_on_after() {
    local model=$1 program="$BUILD/papers/hugger2024/$2"
    shift 2
    rm -f a.*
    "$program" --profile smoke --quiet --threads 1 "$@" --output whole.tsv
    checkpointed "a.$model.network" "$program" --profile smoke --quiet --threads 1 "$@" --checkpoint-every 0 --output a.tsv
    [ ! -e a.tsv ]
    "$program" --profile smoke --quiet --threads 1 "$@" --output a.tsv
    cmp whole.tsv a.tsv
}

@test "hugger2024: trainings on images that were killed go on to the same bytes" {
    goes_on hugger2024/table1-2-cifar100 --epochs 6
    goes_on hugger2024/table1-2-cifar100-cnn --epochs 6
    goes_on hugger2024/fig3-noise-smoothing --epochs 3
}

@test "hugger2024: trainings on graphs that were killed go on to the same bytes, and learn what is there to be learned" {
    goes_on hugger2024/table1-2-graphs --batch 20 --hard-epochs 30 --soft-epochs 30
    local loss
    for loss in NLL InfoNCE "soft target cross-entropy" "soft distribution InfoNCE" "soft target InfoNCE"; do
        within "$(value a.tsv "Cora, $loss" . accuracy)" 1 .1
    done
}

# equal FILE SERIES X METRIC FILE SERIES X METRIC: two rows have one value; status 1 if they have two, 2 if one is not there
equal() {
    local one other
    one=$(value "$1" "$2" "$3" "$4") || return 2
    other=$(value "$5" "$6" "$7" "$8") || return 2
    [ "$one" = "$other" ]
}

# of_loss FILE SERIES: all that a result says of a loss, which is something
of_loss() { awk -F'\t' -v s="$2" -v OFS='\t' '$1 == s { print $2, $3, $4; n++ } END { exit !n }' "$1"; }

# alike FILE SERIES FILE SERIES: two results say the same of two losses; status 1 if they do not, 2 if one says nothing
alike() {
    of_loss "$1" "$2" > one || return 2
    of_loss "$3" "$4" > other || return 2
    cmp -s one other
}

# After three epochs a third of the nodes is still taken for others, so losses that differ are seen to: the control.
@test "hugger2024: with all labels in one batch InfoNCE is NLL, and in smaller batches it is not" {
    local of
    for of in "a 45" "control 20"; do
        "$BUILD/papers/hugger2024/table1-2-graphs" --profile smoke --quiet --folds 2 --batch "${of#* }" --hard-epochs 3 \
            --output "${of% *}.tsv"
    done
    for graph in Cora Citeseer; do
        for metric in accuracy class_average; do
            equal a.tsv "$graph, InfoNCE" . $metric a.tsv "$graph, NLL" . $metric
        done
    done
    run -1 equal control.tsv "Cora, InfoNCE" . accuracy control.tsv "Cora, NLL" . accuracy
}

@test "hugger2024: soft targets are for the soft losses alone" {
    "$BUILD/papers/hugger2024/table1-2-cifar100-cnn" --profile smoke --quiet --output a.tsv
    "$BUILD/papers/hugger2024/table1-2-cifar100-cnn" --profile smoke --quiet --smoothing .4 --mixed 0 --output b.tsv
    for loss in NLL InfoNCE; do alike a.tsv $loss b.tsv $loss; done
    for loss in "soft target cross-entropy" "soft distribution InfoNCE" "soft target InfoNCE"; do
        run -1 alike a.tsv "$loss" b.tsv "$loss"
    done
}

@test "hugger2024: the rate of soft target InfoNCE is its own, and no other loss's" {
    "$BUILD/papers/hugger2024/table1-2-cifar100-cnn" --profile smoke --quiet --output a.tsv
    "$BUILD/papers/hugger2024/table1-2-cifar100-cnn" --profile smoke --quiet --soft-target-rate 1.83 --output b.tsv
    for loss in NLL InfoNCE "soft target cross-entropy" "soft distribution InfoNCE"; do
        alike a.tsv "$loss" b.tsv "$loss"
    done
    run -1 alike a.tsv "soft target InfoNCE" b.tsv "soft target InfoNCE"
}

@test "hugger2024: a bin of confidences has a share, and shares sum to one" {
    "$BUILD/papers/hugger2024/table1-2-cifar100-cnn" --profile smoke --quiet --output a.tsv
    within "$(awk -F'\t' '$1 == "NLL" && $3 == "bin_share" { n++; sum += $4 } END { print n + sum }' a.tsv)" 16 1e-6
    [ "$(value a.tsv NLL 0.966666667 bin_share)" = 0 ]
    run -1 value a.tsv NLL 0.966666667 bin_accuracy
}

@test "hugger2024: what is drawn for a loss shifts no other draw: without softness, soft distribution InfoNCE is InfoNCE" {
    "$BUILD/papers/hugger2024/table1-2-cifar100-cnn" --profile smoke --quiet --smoothing 0 --mixup 0 --cutmix 0 --output a.tsv
    alike a.tsv InfoNCE a.tsv "soft distribution InfoNCE"
    "$BUILD/papers/hugger2024/table1-2-graphs" --profile smoke --quiet --smoothing 0 --hard-epochs 3 --soft-epochs 3 --output b.tsv
    alike b.tsv "Cora, InfoNCE" b.tsv "Cora, soft distribution InfoNCE"
}

@test "hugger2024: and so they do when they were killed between two networks" {
    goes_on_after infonce table1-2-cifar100-cnn --epochs 12
    goes_on_after soft-target fig3-noise-smoothing --epochs 12
}

@test "hugger2024: one thread and two give the same bytes" {
    for program in fig1-toy fig5-datasets readings table1-2-cifar100 table1-2-cifar100-cnn table1-2-graphs fig3-noise-smoothing; do
        same_at_two_threads "hugger2024/$program"
    done
}

# trained PROGRAM OPTION ...: what it finds, and its networks, as if Make had asked
trained() {
    local program=$1
    shift
    "$BUILD/papers/hugger2024/$program" --profile smoke --quiet "$@" --output "$program.seed1.tsv"
}

@test "hugger2024: who looks into a network of the tables finds what its own program found" {
    local e
    for e in table1-2-cifar100 table1-2-cifar100-cnn fig3-noise-smoothing; do trained $e; done
    trained fig4-6-calibration
    grep -q '"./table1-2-cifar100.seed1.soft-target.network": ' fig4-6-calibration.seed1.json
    for loss in InfoNCE cross-entropy; do
        for e in "transformer table1-2-cifar100" "convolutions table1-2-cifar100-cnn"; do
            for metric in accuracy ECE; do
                equal fig4-6-calibration.seed1.tsv "${e% *}, soft target $loss" . $metric \
                    "${e#* }.seed1.tsv" "soft target $loss" . $metric
            done
        done
        equal fig4-6-calibration.seed1.tsv "smoothed, soft target $loss" . accuracy \
            fig3-noise-smoothing.seed1.tsv "soft target $loss" 0.1 smoothing_accuracy
    done
    rm table1-2-cifar100.seed1.soft-target.network
    run -2 trained fig4-6-calibration
    says "expected the network that table1-2-cifar100 trains with seed 1"
}

@test "hugger2024: the amount of smoothing is an epsilon, the size of a batch is a number of images" {
    "$BUILD/papers/hugger2024/fig3-noise-smoothing" --profile smoke --quiet --smallest 20 --sizes 3 --amounts 5 --epochs 2 \
        --train 160 --output a.tsv
    [ "$(awk -F'\t' '$3 == "batch_accuracy" && $1 ~ /InfoNCE/ { printf "%s ", $2 }' a.tsv)" = "20 40 80 " ]
    [ "$(awk -F'\t' '$3 == "smoothing_accuracy" && $1 ~ /InfoNCE/ { printf "%s ", $2 }' a.tsv)" = "0.05 0.1 0.2 0.4 0.8 " ]
}

@test "hugger2024: both losses come near a distribution that is there to be found" {
    "$BUILD/papers/hugger2024/fig1-toy" --profile smoke --quiet --classes 4 --examples 20000 --epochs 60 --output a.tsv
    for loss in NLL InfoNCE; do
        within "$(value a.tsv $loss 40 KL)" 0 .003
    done
    within "$(value a.tsv "maximum likelihood" . expected)" "$(awk 'BEGIN { print 3 * 4 / (2 * 18000) }')" 1e-8
}

@test "hugger2024: settings that do not go together are wrong usage" {
    run -64 "$BUILD/papers/hugger2024/fig1-toy" --profile smoke --quiet --batch 1900 --output a.tsv
    says "--batch 1900 of 2000 examples"
    for program in fig1-toy readings; do
        for count in 1 82; do
            run -64 "$BUILD/papers/hugger2024/$program" --profile smoke --quiet --alignments $count --output a.tsv
            says "--alignments $count: expected 2 to 81"
        done
    done
    run -64 "$BUILD/papers/hugger2024/fig3-noise-smoothing" --profile smoke --quiet --smallest 200 --output a.tsv
    says "--smallest 200, doubled 1 times, of 300 images"
    run -64 "$BUILD/papers/hugger2024/fig3-noise-smoothing" --profile smoke --quiet --smallest 1 --output a.tsv
    says "--smallest 1, doubled 1 times, of 300 images"
    for batch in 1 301; do
        run -64 "$BUILD/papers/hugger2024/fig3-noise-smoothing" --profile smoke --quiet --batch $batch --output a.tsv
        says "--batch $batch of 300 images"
    done
    run -64 "$BUILD/papers/hugger2024/fig3-noise-smoothing" --profile smoke --quiet --amounts 6 --output a.tsv
    says "--amounts 6: expected 2 to 5"
    run -64 "$BUILD/papers/hugger2024/table1-2-graphs" --profile smoke --quiet --batch 46 --output a.tsv
    says "--batch 46 of 45 labels"
    run -64 "$BUILD/papers/hugger2024/table1-2-graphs" --profile smoke --quiet --batch 20 --mask-nodes 1 --output a.tsv
    says "--mask-nodes 1, --dropout 0.1: expected shares below 1"
}
