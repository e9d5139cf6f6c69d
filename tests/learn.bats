# SPDX-License-Identifier: GPL-3.0-or-later
# k-means, principal components, nearest neighbours, shallow and deep, and clustering metrics,
# against plain double loops. tests/learn.c, dknn.c, kmeans.c and clustering.c say what each
# case compares.
load helper

@test "knn: the neighbours are those of a double loop, ties and duplicates included" {
    "$BUILD/tests/learn" knn
    "$DOUBLE/tests/learn" knn
}

@test "dknn: votes and p-values by hand, and against the definition in plain loops" {
    both dknn votes
    both dknn answers
    both dknn twin
}

@test "dknn: a label that is none is refused" {
    refuses dknn votes "label 3 of 3 classes"
    refuses dknn calibration "label 3 of 3 classes"
}

@test "dknn: votes do not depend on the number of threads" {
    "$BUILD/tests/dknn" threads
}

@test "knn: the agreement of neighbours is that of a double loop, and whole where labels are apart" {
    both learn agreement
}

@test "knn: the most votes win, and among equals the nearest" {
    both learn vote
}

@test "svc: points on a line by hand, and a disc inside a ring" {
    both svc answers
    both svc ring
}

@test "svc: as many threads as one likes" {
    "$BUILD/tests/svc" threads
}

@test "triplets: partners are drawn from all points of the right class" {
    "$BUILD/tests/learn" triplets
}

@test "auroc: the share of pairs in the right order, ties counted as half" {
    both learn auroc
}

@test "learn: correlation, and that of ranks" {
    both learn correlation
}

@test "assignment: no permutation of up to six has a larger weight" {
    "$BUILD/tests/clustering" assignment
}

@test "k-means: it goes the way of a plain Lloyd iteration and never uphill" {
    "$BUILD/tests/kmeans" kmeans
    "$DOUBLE/tests/kmeans" kmeans
}

@test "k-means: a cluster that lost everything takes over the farthest example" {
    "$BUILD/tests/kmeans" empty
    "$DOUBLE/tests/kmeans" empty
}

@test "k-means: a tolerance is of the mean variance of a feature" {
    both kmeans tolerance
}

@test "means: every row is counted once" {
    "$BUILD/tests/learn" means
    "$DOUBLE/tests/learn" means
}

@test "pca: components are orthonormal eigenvectors of the covariance and rebuild the data" {
    "$BUILD/tests/learn" pca
    "$DOUBLE/tests/learn" pca
}

@test "pca: more features than LAPACK can count is refused" {
    refuses learn pca "a covariance of 32767 x 32767, of which LAPACK takes at most 32766"
}

@test "clustering: accuracy, NMI and ARI equal what counting says" {
    "$BUILD/tests/clustering" external
}

@test "clustering: silhouette, Calinski-Harabasz and Davies-Bouldin equal their definitions" {
    "$BUILD/tests/clustering" internal
    "$DOUBLE/tests/clustering" internal
}

@test "attacks: the worst corner of a linear classifier, a step by hand, and a plain twin on the way" {
    "$BUILD/tests/attack"
    "$DOUBLE/tests/attack"
}

@test "learn: one, two and three threads give the same bytes" {
    "$BUILD/tests/learn" threads
}

@test "learn: what is not there is refused by name" {
    run "$BUILD/tests/kmeans" refuse
    [ "$status" -eq 1 ]
    says "5 clusters of 4 x 2"
}
