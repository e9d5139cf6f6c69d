# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers' side of `make bench-peers`: the autoencoder's step, the soft nearest neighbour loss, k-means, PCA,
silhouette, nearest neighbours and t-SNE of training.c, learners.c and maps.c in PyTorch and scikit-learn, on the same number of
threads, median of several repeats.

The peers are Python, so this file is; nothing else in the suite is built, fetched, tested or
drawn with it. A peer that is not installed is named and passed over. On Debian:
apt-get install python3-torch python3-sklearn.
"""
import os
import statistics
import time


def report(name, work, repeats):
    work()
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    print(f"{name:52s} {1e3 * statistics.median(seconds):10.3f} ms", flush=True)


def snnl(torch, x, labels, temperature, cosine):
    """As the authors' code has it: a b x b matrix, autograd for the gradient."""
    if cosine:
        u = torch.nn.functional.normalize(x)
        d = 1 - u @ u.T
    else:
        d = torch.cdist(x, x) ** 2
    f = torch.exp(-d / temperature) - torch.eye(len(x))
    p = f / (1e-5 + f.sum(1, keepdim=True))
    same = (labels[:, None] == labels[None, :]).float()
    return -torch.log(1e-5 + (p * same).sum(1)).mean()


def pytorch(threads):
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    nn = torch.nn
    print(f"PyTorch {torch.__version__}, {threads} threads")
    units = [784, 500, 500, 2000, 70, 2000, 500, 500, 784]
    layers = [nn.Linear(a, b) for a, b in zip(units, units[1:])]
    adam = torch.optim.Adam([p for layer in layers for p in layer.parameters()], lr=1e-3)
    x = torch.rand(256, 784)
    labels = torch.arange(256) % 10

    def step(neighbours):
        h, loss = x, 0
        for i, layer in enumerate(layers):
            h = layer(h)
            h = torch.sigmoid(h) if i == 3 else h if i == 7 else torch.relu(h)
            if neighbours and i <= 4:
                loss = loss + 100 * snnl(torch, h, labels, 1.0, True)
        loss = loss + nn.functional.binary_cross_entropy_with_logits(h, x)
        adam.zero_grad()
        loss.backward()
        adam.step()

    report("autoencoder step, batch 256", lambda: step(False), 31)
    report("the same with SNNL on 4 layers and the code", lambda: step(True), 31)
    for b, d, repeats in ((128, 64, 101), (256, 2000, 31), (1024, 64, 31), (4096, 64, 5)):
        points = torch.randn(b, d, requires_grad=True)
        classes = torch.arange(b) % 10

        def alone():
            points.grad = None
            snnl(torch, points, classes, 20.0, False).backward()

        report(f"SNNL forward and backward, b={b} d={d}", alone, repeats)


def scikit_learn():
    import numpy
    import sklearn
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    from sklearn.metrics import silhouette_score
    from sklearn.neighbors import NearestNeighbors

    print(f"scikit-learn {sklearn.__version__}")
    rng = numpy.random.default_rng(1)
    x = rng.random((60000, 784), dtype=numpy.float32)
    for k, iterations in ((10, 71), (47, 90)):
        learner = KMeans(k, init=x[:k], n_init=1, max_iter=iterations, tol=0, algorithm="lloyd")
        report(f"k-means 60,000 x 784, k={k}, {iterations} iterations", lambda: learner.fit(x), 3)
    report("PCA 60,000 x 784 to 70", lambda: PCA(70, svd_solver="full").fit(x[:60000]), 1)
    z, y = x[:10000, :70].copy(), numpy.arange(10000) % 10
    report("silhouette 10,000 x 70", lambda: silhouette_score(z, y), 5)
    points = rng.random((50000, 512), dtype=numpy.float32)
    queries = rng.random((10000, 512), dtype=numpy.float32)
    search = NearestNeighbors(n_neighbors=10, algorithm="brute").fit(points)
    report("10-NN of 10,000 in 50,000 x 512", lambda: search.kneighbors(queries), 3)

    points = rng.standard_normal((10000, 70), dtype=numpy.float32)
    points += rng.standard_normal((10, 70), dtype=numpy.float32)[numpy.arange(10000) % 10]
    for n in (5000, 10000):
        began = time.perf_counter()
        tsne = TSNE(2, init="pca", learning_rate="auto", n_iter=1000, n_jobs=-1).fit(points[:n])
        print(f"{f't-SNE 2-D, {n:,} x 70, 1000 iterations':52s} {1e3 * (time.perf_counter() - began):10.3f} ms")
        print(f"{'':52s} {tsne.kl_divergence_:10.4f} KL divergence", flush=True)


def main():
    threads = int(os.environ.get("OMP_NUM_THREADS", len(os.sched_getaffinity(0))))
    for name, peer in (("PyTorch", lambda: pytorch(threads)), ("scikit-learn", scikit_learn)):
        print()
        try:
            peer()
        except ImportError:
            print(f"{name} is not installed.")


if __name__ == "__main__":
    main()
