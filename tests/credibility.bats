#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# frosst2019, Figures 9, 14, 18, 19 and 20: networks that others have trained are attacked, and asked how sure they are.

setup_file() {
    load helper
    export OMP_WAIT_POLICY=passive DATA_DIR="$BATS_FILE_TMPDIR/data" TRAINED="$BATS_FILE_TMPDIR/trained"
    "$BUILD/tests/run" sets "$DATA_DIR"
    small_colour_sets "$DATA_DIR"
    mkdir "$TRAINED"
    local set seed
    for set in mnist fashion svhn; do
        for seed in 1 2; do
            "$BUILD/papers/frosst2019/table1-$set" --profile smoke --quiet --steps 20 --looks 1 --tested 50 --seed $seed \
                --output "$TRAINED/table1-$set.seed$seed.tsv" 3>&-
        done
    done
}

setup() {
    load helper
    scratch
    cp "$TRAINED"/*.network .
}

@test "credibility: what is said of a curve is what its points say" {
    "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --epsilons 6 --output a.tsv
    [ "$(cut -f 1 a.tsv | sort -u | grep -c 'FGSM\|BIM\|knowledge\|black box')" -eq 7 ]
    awk -F'\t' '
        function close_to(what, got, want) {
            if (!(got ~ /^-?[0-9]/) || (got - want) ^ 2 > 1e-14) { print s, what, got, want; failed = 1 }
        }
        NR < 3 || $1 ~ /clean/ { next }
        $2 != "." { v[$1, $3, ++count[$1, $3]] = $4; next }
        { summary[$1, $3] = $4; series[$1] = 1 }
        END {
            for (s in series) {
                seen++
                n = count[s, "accuracy"]; a = c = gap = aa = cc = ac = 0
                if (n != 6 || count[s, "credibility"] != 6) { print s, n; failed = 1 }
                for (i = 1; i <= n; i++) {
                    x = v[s, "accuracy", i]; y = v[s, "credibility", i]
                    a += x / n; c += y / n; gap += (x > y ? x - y : y - x) / n
                }
                for (i = 1; i <= n; i++) {
                    x = v[s, "accuracy", i] - a; y = v[s, "credibility", i] - c
                    aa += x * x; cc += y * y; ac += x * y
                }
                close_to("mean_accuracy", summary[s, "mean_accuracy"], a)
                close_to("gap", summary[s, "gap"], gap)
                close_to("correlation", summary[s, "correlation"], aa * cc > 0 ? ac / sqrt(aa * cc) : 0)
            }
            exit failed || seen != 7
        }' a.tsv
}

# points SERIES FILE: what the points of a curve say
points() { awk -F'\t' -v s="$1" '$1 == s { print $2, $3, $4 }' "$2"; }

@test "credibility: black boxes are the networks of the next seed, with the loss that the attacker knows" {
    "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --output a.tsv
    "$BUILD/papers/frosst2019/fig20-transfer" --profile smoke --quiet --output t.tsv
    diff <(points "baseline black box" a.tsv) <(points "mnist baseline source" t.tsv)
    [ -n "$(points "baseline black box" a.tsv)" ]
    "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --steps 8 --looks 1 --tested 50 --seed 2 --output b/table1-mnist.seed2.tsv
    cp b/table1-mnist.seed2.entangled.network .
    "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --output b.tsv
    run ! diff <(points "entangled source knowledge" a.tsv) <(points "entangled source knowledge" b.tsv)
    for same in "entangled zero knowledge" "entangled BIM" "baseline black box"; do
        diff <(points "$same" a.tsv) <(points "$same" b.tsv)
    done
    cp b/table1-mnist.seed2.baseline.network .
    "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --output c.tsv
    for other in "entangled zero knowledge" "baseline black box"; do
        run ! diff <(points "$other" b.tsv) <(points "$other" c.tsv)
    done
    diff <(points "entangled source knowledge" b.tsv) <(points "entangled source knowledge" c.tsv)
}

@test "credibility: two networks that are one push images the same way" {
    for model in baseline entangled; do cp table1-mnist.seed1.$model.network keep.$model; done
    "$BUILD/papers/frosst2019/fig10-11-gradients" --profile smoke --quiet --output a.tsv
    awk -v c="$(value a.tsv baseline . cosine)" 'BEGIN { exit !(c > -1 && c < .99) }'
    "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --steps 20 --looks 1 --tested 50 --seed 2 --entanglement 0 --output b/table1-mnist.seed2.tsv
    cp b/table1-mnist.seed2.*.network .
    "$BUILD/papers/frosst2019/fig10-11-gradients" --profile smoke --quiet --output b.tsv
    [ "$(value b.tsv baseline . cosine)" = "$(value a.tsv baseline . cosine)" ]
    "$BUILD/papers/frosst2019/table1-mnist" --profile smoke --quiet --steps 20 --looks 1 --tested 50 --seed 1 --entanglement 0 --output b/table1-mnist.seed1.tsv
    cp b/table1-mnist.seed1.*.network .
    "$BUILD/papers/frosst2019/fig10-11-gradients" --profile smoke --quiet --output c.tsv
    [ "$(value c.tsv entangled . cosine)" = "$(value c.tsv baseline . cosine)" ]
    [ "$(value c.tsv entangled . same_model)" = "$(value c.tsv baseline . same_model)" ]
}

@test "credibility: attacked images lie somewhere in the first layer" {
    "$BUILD/papers/frosst2019/fig22-activations" --profile smoke --quiet --output a.tsv
    for model in baseline entangled; do
        for metric in auroc apart; do
            awk -v v="$(value a.tsv $model . $metric)" 'BEGIN { exit !(v ~ /^[0-9]/ && v > .5 && v <= 1) }'
        done
    done
}

# A constant does not correlate: with one epsilon there is nothing that varies.
@test "credibility: one point has no correlation" {
    "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --epsilons 1 --output a.tsv
    [ "$(value a.tsv "baseline FGSM" . correlation)" = 0 ]
    [ "$(value a.tsv "baseline FGSM" . mean_accuracy)" = "$(value a.tsv "baseline FGSM" 0.01 accuracy)" ]
}

@test "credibility: an attack on the victim itself costs more accuracy than one on another network" {
    "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --attack-steps 60 --output a.tsv
    awk -v own="$(value a.tsv "baseline BIM" 0.5 accuracy)" -v other="$(value a.tsv "baseline black box" 0.5 accuracy)" \
        -v clean="$(value a.tsv "baseline clean" . accuracy)" 'BEGIN { exit !(own + 0 < other + 0 && own + 0 < clean - .1) }'
}

@test "credibility: curves that were killed go on to the same bytes" {
    goes_on frosst2019/fig18-mnist --attack-steps 30
}

@test "credibility: a network that was killed while it learned triplets goes on to the same bytes" {
    goes_on frosst2019/fig14-triplet
}

@test "credibility: a run that is stopped again and again goes on to the same bytes" {
    local program="$BUILD/papers/frosst2019/fig20-transfer" tries=0
    "$program" --profile smoke --quiet --threads 1 --output whole.tsv
    until [ -e a.tsv ]; do
        tries=$((tries + 1))
        [ $tries -lt 60 ]
        timeout -s TERM "$(awk "BEGIN { print .05 + .05 * $tries }")" "$program" --profile smoke --quiet --threads 1 \
            --output a.tsv || true
    done
    cmp whole.tsv a.tsv
}

@test "credibility: one thread and two give the same bytes" {
    for threads in 1 2; do
        "$BUILD/papers/frosst2019/fig19-fashion" --profile smoke --quiet --threads $threads --output $threads.tsv
        "$BUILD/papers/frosst2019/fig14-triplet" --profile smoke --quiet --threads $threads --output t$threads.tsv
    done
    cmp 1.tsv 2.tsv
    cmp t1.tsv t2.tsv
}

@test "credibility: a network that nobody trained is asked for, with status 2" {
    rm table1-mnist.seed2.entangled.network
    run -2 "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --output a.tsv
    says "table1-mnist.seed2.entangled.network"
    [ ! -e a.tsv ]
}

@test "credibility: without SVHN Figure 9 has status 2, and Figure 20 two data sets" {
    local others="$SCRATCH/others"
    mkdir "$others" && cp -r "$DATA_DIR/mnist" "$DATA_DIR/fashion-mnist" "$others/"
    export DATA_DIR=$others
    run -2 "$BUILD/papers/frosst2019/fig09-svhn" --profile smoke --quiet --output a.tsv
    says "make data/svhn"
    "$BUILD/papers/frosst2019/fig20-transfer" --profile smoke --output b.tsv 2> err
    grep -q "without svhn" err
    grep -q "fashion-mnist entangled source" b.tsv
    run ! grep -q svhn b.tsv
}

@test "credibility: more images than there are is wrong usage" {
    run -64 "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --calibrating 9000 --output a.tsv
    says "--calibrating 9000 and --attacked 40 of"
    run -64 "$BUILD/papers/frosst2019/fig18-mnist" --profile smoke --quiet --neighbours 9000 --searched 9000 --output a.tsv
    says "--neighbours 9000 among 1200 examples"
}
