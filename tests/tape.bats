#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Reverse-mode differentiation: every gradient against a central difference
# (tests/gradients.c, in double), and how a tape treats its nodes (tests/tape.c).

setup() {
    load helper
    scratch
    export OMP_WAIT_POLICY=passive
}

gradients() {
    local case
    for case; do "$DOUBLE/tests/gradients" "$case" || return; done
}

# broken WHAT TEXT: status 1, one line that names a file, a line and the values
broken() {
    run -1 "$BUILD/tests/tape" refuse "$1"
    [ "${#lines[@]}" = 1 ]
    [[ $output =~ ^tape:\ common/[a-z]+/[a-z]+\.c:[0-9]+:\ broken\ contract:\  ]] || { echo "$output" >&2; return 1; }
    says "$2"
}

@test "tape: the gradients of sums, pieces and means equal central differences" {
    gradients add add_itself scale concat_rows concat_cols take_cols take_one_column mean_all smallest
}

@test "tape: so do those of rows brought to length one, and of distances row by row" {
    gradients normalise_rows normalise_one_row normalise_one_column row_distances
}

@test "tape: so do those of dense layers under every activation" {
    gradients dense dense_unbiased dense_one_row dense_one_column dense_relu dense_leaky_relu dense_sigmoid dense_tanh activate
}

@test "tape: so do those of what a transformer is made of" {
    gradients gelu layer_norm layer_norm_three_columns attention attention_one_token patches tokens drop_path
}

@test "tape: the gradients of a graph network's operations equal central differences" {
    gradients gather_rows sparse_dense softmax_aggregate
}

@test "tape: so do those of convolutions, pools, batch norm and dropout" {
    gradients convolve convolve_strided convolve_pixels max_pool global_average_pool \
              batch_norm batch_norm_relu batch_norm_vectors batch_norm_inference dropout
}

@test "tape: so do those of both cross-entropies" {
    gradients cross_entropy cross_entropy_one_row binary_cross_entropy binary_cross_entropy_one
}

@test "tape: so do those of the soft nearest neighbour loss, points and temperature" {
    gradients snnl_two_points snnl_small snnl_one_column snnl_partnerless snnl_two_blocks \
              snnl_five_blocks snnl_cosine snnl_cosine_two_points
}

@test "tape: so do those of the triplet loss" {
    gradients triplet triplet_one_column
}

@test "tape: so do those of operations on inputs so large that they are cut into pieces" {
    gradients layer_norm_large gelu_large normalise_rows_large softmax_aggregate_large cross_entropy_large binary_cross_entropy_large
}

@test "tape: gradients that meet in one node add up" {
    gradients fan_out
}

@test "tape: an operand used twice by one operation and again by a later one adds up" {
    gradients itself_and_more
}

@test "tape: every operation that a header declares has a case, and all cases pass" {
    for operation in $(cat "$SUITE"/common/{tape,nn,learn}/*.h | sed -n 's/^node \*\([a-z_]*\)(.*/\1/p' | grep -v '^tape_'); do
        case $operation in *_apply|snnl_learning_temperature) continue ;; esac
        grep -q "[^a-z_]$operation(t" "$SUITE/tests/gradients.c" ||
            { echo "no case for $operation" >&2; return 1; }
    done
    "$DOUBLE/tests/gradients"
}

@test "tape: gradient checks refuse to run in single precision, and a case nobody knows" {
    run -64 "$DOUBLE/tests/gradients" nonsense
    says 'no case is called "nonsense"'
    run -1 "$BUILD/tests/gradients"
    says "gradient checks run in the double build"
}

@test "tape: a parameter used twice is one node, a row gathered twice has both gradients, an unused one gets 0, a NaN is named where it is born" {
    "$BUILD/tests/tape"
    "$DOUBLE/tests/tape"
}

@test "tape: shapes that do not fit are refused with file, line and numbers" {
    broken add "3 x 4 plus 5 x 2"
    broken concat_rows "4 columns above 2"
    broken concat_cols "3 rows beside 5"
    broken take_cols "columns 4 + 1 of 3 x 4"
    broken row_distances "3 x 4 against 5 x 2"
}

@test "tape: layers and losses refuse what does not fit, and labels out of range" {
    broken dense "a bias of 3 x 4 for 2 outputs"
    broken dense_inner "a product of 3 x 4 by 5 x 2"
    broken cross_entropy "label 4 of 4 classes"
    broken binary_cross_entropy "scores 3 x 4, targets 5 x 2"
}

@test "tape: only a scalar that depends on something can be a loss" {
    broken scalar '"variable" is 3 x 4, not a scalar'
    broken loss 'the loss "variable" is 3 x 4, not a scalar'
    broken constant 'the loss "mean_all" depends on nothing that is trained'
}

@test "tape: a second backward pass is refused, of the same loss and of another" {
    broken twice "the gradients of this tape are already filled"
    broken other_loss "the gradients of this tape are already filled"
}
