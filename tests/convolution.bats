#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Convolution by either backend, and the layers that go with it, against plain loops.
# tests/convolution.c and tests/layers.c say what each case compares.

setup() {
    load helper
    scratch
    export OMP_WAIT_POLICY=passive
}

@test "convolution: patches and matrix products equal seven plain loops" {
    both convolution gemm
}

@test "convolution: oneDNN equals seven plain loops" {
    [ -e /usr/include/oneapi/dnnl/dnnl.h ] || skip "libdnnl-dev is not installed"
    "$BUILD/tests/convolution" onednn | grep -q '^Completed \[[1-9]'
}

@test "convolution: the operation, with its bias and its activation" {
    both convolution operation
}

@test "convolution: read backwards it is a layer too, with its bias and its activation" {
    both convolution transposed
}

@test "convolution: the same bytes at 1, 2 and 3 threads, by either backend" {
    both convolution threads
}

@test "pooling: maxima and means equal their definitions, and the first of equals wins" {
    both layers pools
    both layers ties
}

@test "batch norm: values, gradients and running means of channels far from zero" {
    both layers norm
}

@test "batch norm: in inference an image does not depend on its batch" {
    both layers inference
}

@test "dropout: as many survive as should, scaled, and so do their gradients" {
    both layers dropout
}

@test "layers: pooling and batch norm give the same bytes at 1, 2 and 3 threads" {
    both layers threads
}

@test "residual networks: PreActResNet-18 has its 11,171,146 weights, each layer its place" {
    both residual size
    both residual layers
    both residual end
}

@test "residual networks: what all layers give is what plain loops give" {
    both residual twice
}

@test "residual networks: the gradient of a whole network equals central differences" {
    "$DOUBLE/tests/residual" gradient | grep -q '^Completed \[[1-9]'
}

@test "residual networks: the same gradients at 1, 2 and 3 threads" {
    both residual threads
}

@test "convolution: shapes that do not fit are refused with file, line and numbers" {
    refuses layers convolve "rows of 24 numbers for images of 4 x 5 x 1"
    refuses layers weights "weights of 5 x 9, expected 9 x 5"
    refuses layers bias "a bias of 2 x 24 for 5 filters"
    refuses layers kernel "a kernel of 7 on 4 pixels, padded by 1"
    refuses layers stride "a kernel of 3, a stride of 0"
}

@test "convolution: so are those of a transposed one" {
    refuses layers transposed "rows of 24 numbers for images of 2 x 4 x 5"
    refuses layers transposed_bias "a bias of 1 x 5 for 1 channels"
}

@test "layers: so are those of pools and norms, and a dropout of everything" {
    refuses layers pool "windows of 5, 1 apart, on 4 x 6 pixels"
    refuses layers pool_image "rows of 24 numbers for images of 4 x 6 x 2"
    refuses layers norm "24 columns are not pixels of 7 channels"
    refuses layers dropout "dropout at a rate of 1"
}
