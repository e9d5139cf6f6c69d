# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tangle: five papers on the geometry of representations, retold in C.
#
# One Makefile, no recursion. The parts, in this order: settings, packages,
# programs, data, experiments, tests, and what people type.

# ---- Settings ---------------------------------------------------------------

PROFILE ?= quick
CORES   := $(shell nproc)
# Two experiments with a thread each are through sooner than one after the other with two; a single one is not.
JOBS    ?= $(if $(filter figures tables check,$(MAKECMDGOALS)),$(shell echo $$(( $(CORES) < 4 ? $(CORES) : 4 ))),1)
PYTHON  ?= /usr/bin/python3
papers  := $(sort $(patsubst papers/%/paper.mk,%,$(wildcard papers/*/paper.mk)))
# In the order of README.md, then by name.
named   := $(filter $(papers),$(shell sed -n 's/^| `papers\/\([^`]*\)`.*/\1/p' $(wildcard README.md) /dev/null))
papers  := $(strip $(named) $(filter-out $(named),$(papers)))
PAPER   ?= $(papers)
DEPS    ?= yes

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PRECIOUS: %.o
.SECONDEXPANSION:
MAKEFLAGS += --no-builtin-rules
ifneq ($(JOBS),1)
MAKEFLAGS += -j$(JOBS)
endif
SHELL := /bin/sh
export LC_ALL := C
export TZ := UTC

Q := $(if $(V),,@)
say = @printf '  %-8s %s\n' '$(1)' '$(2)'

# A program uses its share of the cores, and OpenBLAS the kernels of this CPU
# unless CORETYPE= names others.
THREADS ?= $(shell echo $$(( $(CORES) / $(JOBS) > 0 ? $(CORES) / $(JOBS) : 1 )))
KERNELS := env -u OPENBLAS_CORETYPE$(if $(CORETYPE), OPENBLAS_CORETYPE=$(CORETYPE))
RUN     := $(KERNELS) $(if $(filter-out 1,$(JOBS)),OMP_WAIT_POLICY=passive)

# ---- Packages ---------------------------------------------------------------

# The one list of what the suite needs, as Debian 12 names it.
PACKAGES := gcc libc6-dev make libgsl-dev libopenblas-dev libfftw3-dev libdnnl-dev zlib1g-dev \
            liblzma-dev libzip-dev libpng-dev libjpeg-dev libmatio-dev libsvm-dev gnuplot-nox fonts-dejavu-core curl ca-certificates
# And what tests and pages need beyond it: a browser is large.
MORE_PACKAGES := bats pandoc chromium

# And what fuzz, races, memcheck and lint need.
DOUBT_PACKAGES := clang clang-tidy libomp-14-dev libclang-rt-14-dev shellcheck valgrind

.PHONY: setup setup-more setup-doubt
setup:
	$(Q)DEPS=$(DEPS) sh common/run/packages.sh $(PACKAGES)
setup-more:
	$(Q)DEPS=$(DEPS) sh common/run/packages.sh $(PACKAGES) $(MORE_PACKAGES)
setup-doubt:
	$(Q)DEPS=$(DEPS) sh common/run/packages.sh $(PACKAGES) $(DOUBT_PACKAGES)

# ---- Programs ---------------------------------------------------------------

# A flavour is a directory under build/ and the flags that make it:
#   float        what runs           double        gradient checks
#   asan         float, sanitized    asan-double   double, sanitized
#   fuzz         asan, by clang for libFuzzer (tests/fuzz.c)
#   tsan         float, with ThreadSanitizer, by clang, whose OpenMP it understands
CC       := gcc
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes
CFLAGS   := -std=gnu11 -O3 -g -ffp-contract=off -fno-math-errno -fno-trapping-math \
            -fopenmp $(WARNINGS) -ffile-prefix-map="$(CURDIR)"=. -D_GNU_SOURCE -Icommon -MMD -MP
# oneDNN convolves faster than we do, and MPI (libopenmpi-dev) lets several processes train one network; without them
# everything else works all the same.
LDLIBS    = -lpng -ljpeg -lmatio -lsvm -lzip -llzma -lz -lgsl -lopenblas -lfftw3 -lfftw3f \
            $(if $(wildcard /usr/include/oneapi/dnnl/dnnl.h),-ldnnl) $(if $(mpi),-lmpi) -lm
mpi       = $(wildcard /usr/include/*/mpi/mpi.h)
SANITIZE := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -DSANITIZED
FLAGS.float       :=
FLAGS.double      := -DREAL_IS_DOUBLE
FLAGS.asan        := $(SANITIZE)
FLAGS.asan-double := $(SANITIZE) -DREAL_IS_DOUBLE
FLAGS.fuzz        := $(SANITIZE) -fsanitize=fuzzer -DFUZZING
CC.fuzz           := clang
setup.fuzz        := setup-doubt
FLAGS.tsan        := -O1 -fsanitize=thread -DSANITIZED
CC.tsan           := clang
setup.tsan        := setup-doubt
FLAVOURS := float double asan asan-double fuzz tsan

# What has a main is a program; the rest of common/ is the library.
sources  := $(wildcard common/*/*.c papers/*/*.c tests/*.c)
programs := $(shell grep -l '^int main' $(sources))
library  := $(filter-out $(programs),$(wildcard common/*/*.c))

# What is built gets its name when it is whole: two makes may work here at once. A program is told the commit that it is
# linked from (common/run/provenance.h); no later commit links it again unless its sources changed.
define flavour
build/$(1)/%.o: %.c | $(or $(setup.$(1)),setup)
	$$(call say,CC,$(1)/$$*.o)
	$$(Q)mkdir -p $$(@D) && new=$$@.$$$$$$$$ && $$(or $$(CC.$(1)),$$(CC)) $$(CFLAGS) $$(FLAGS.$(1)) \
	    -MF $$$$new.d -MT $$@ -c $$< -o $$$$new && mv $$$$new.d $$(@:.o=.d) && mv $$$$new $$@

build/$(1)/libtangle.a: $$(library:%.c=build/$(1)/%.o)
	$$(call say,AR,$$@)
	$$(Q)new=$$@.$$$$$$$$ && rm -f $$$$new && ar rcsD $$$$new $$^ && mv $$$$new $$@

$$(programs:%.c=build/$(1)/%): build/$(1)/%: build/$(1)/%.o build/$(1)/libtangle.a
	$$(call say,LD,$$@)
	$$(Q)new=$$@.$$$$$$$$ && echo 'const char linked_from[] = "$$(COMMIT)";' | $$(or $$(CC.$(1)),$$(CC)) $$(filter-out -M%,$$(CFLAGS)) $$(FLAGS.$(1)) \
	    -x c - -x none $$(filter %.o,$$^) $$(filter %.a,$$^) $$(LDLIBS) -o $$$$new && mv $$$$new $$@
endef
$(foreach f,$(FLAVOURS),$(eval $(call flavour,$(f))))
-include $(foreach f,$(FLAVOURS),$(sources:%.c=build/$(f)/%.d))

# A paper's files without a main (an autoencoder that its programs share) are
# linked into its programs, and into the tests of its name.
define paper
shared.$(1) := $$(filter-out $$(programs),$$(wildcard papers/$(1)/*.c))
$$(foreach f,$$(FLAVOURS),$$(eval $$(patsubst %.c,build/$$(f)/%,$$(filter papers/$(1)/% tests/$(1).c tests/$(1)_%.c,$$(programs))): \
    $$(patsubst %.c,build/$$(f)/%.o,$$(shared.$(1)))))
endef
$(foreach p,$(notdir $(wildcard papers/*)),$(eval $(call paper,$(p))))

# ---- Data -------------------------------------------------------------------

# `make data/mnist` gets one set, `make data` those that the experiments read. A
# set that cannot be had is reported and stops nothing, its experiments are then
# listed as not run; but it is an error where it was asked for by its name.
sets := $(shell awk -F'\t' '!/^#/ && $$1 != "set" { print $$1 }' data/SOURCES.tsv | sort -u)
.PHONY: data $(sets:%=data/%)
$(sets:%=data/%): data/%: | setup
	$(Q)DEPS=$(DEPS) sh common/data/fetch.sh $* $(if $(filter $@,$(MAKECMDGOALS)),,|| test $$? = 2)

# ---- Experiments ------------------------------------------------------------

# papers/NAME/paper.mk says what an experiment needs beyond its program and its
# plot: other seeds, or with
#   $(eval $(call needs,PAPER/EXPERIMENT,DATA SETS,QUICK,DESK,PAPER))
# what it reads, and how long a seed takes in each profile; PAPER is left out where it is
# as long as DESK.
define needs
data.$(1)       := $(2)
cost.quick.$(1) := $(3) on 2 cores
cost.desk.$(1)  := $(4) on 2 cores
cost.paper.$(1) := $(or $(5),$(4)) on 2 cores
endef
seeds.smoke := 1
seeds.quick := 1
seeds.desk  := 1 2 3 4
seeds.paper := 1 2 3 4

include $(wildcard papers/*/paper.mk)

# A program with a plot of its name is an experiment, one without a tool; a plot without
# a program is shared by its paper's. A program for the user's own data is no experiment:
# its plot, if it has one, is drawn by hand (common/run/figure.sh).
own         := $(shell grep -l 'own_data = true' $(programs))
plots       := $(filter-out $(own:.c=.gp),$(wildcard papers/*/*.gp))
plotted     := $(filter $(plots:.gp=.c),$(programs))
$(if $(filter smoke quick desk paper,$(PROFILE)),,$(error PROFILE=$(PROFILE) is none: expected smoke, quick, desk or paper))
$(foreach p,$(PAPER),$(if $(filter $(p),$(papers)),,$(error PAPER=$(p) is not here: expected some of $(papers))))
experiments := $(foreach p,$(PAPER),$(patsubst papers/%.c,%,$(filter papers/$(p)/%,$(plotted))))

# `make redraw` takes the results that there are, and runs nothing.
redrawing := $(filter redraw,$(MAKECMDGOALS))
made = $(wildcard results/$(PROFILE)/$(1).seed*.tsv)
ifneq ($(redrawing),)
experiments := $(foreach e,$(experiments),$(if $(call made,$(e)),$(e)))
seeds_of     = $(patsubst results/$(PROFILE)/$(1).seed%.tsv,%,$(call made,$(1)))
else
seeds_of     = $(or $(SEEDS),$(seeds.$(PROFILE).$(1)),$(seeds.$(PROFILE)))
endif

# Some programs leave trained networks beside their result (networks.E names them) that others
# read: those of their own seed (after.E says whose), and of the next as well (and-next.E).
networks_of = $(foreach m,$(networks.$(basename $(1))),results/$(PROFILE)/$(1).$(m).network)
before      = $(after.$(1):%=%.seed$(2)) $(and-next.$(1):%=%.seed$(shell expr $(2) + 1))
read_by     = $(foreach b,$(call before,$(1),$(2)),$(call networks_of,$(b)))
# A commit is "-dirty" where what makes a program is not as committed; a result that was deleted changes none.
COMMIT       = $(shell commit=$$(git describe --always --abbrev=12 2>/dev/null) && \
                   { git diff --quiet HEAD -- Makefile 'common/*.[ch]' 'papers/*.[ch]' || commit=$$commit-dirty; echo $$commit; })

# What has no results for want of data stops no other figure, but is an error where it was asked for by its name.
# A result, once there, is never made again: delete it to repeat it. So it does
# not depend on the age of its program, and what it was made from is not missed. READY=yes
# is for jobs elsewhere: they find everything in its place, and run nothing but the program.
define experiment
results.$(1) := $$(foreach s,$$(call seeds_of,$(1)),results/$$(PROFILE)/$(1).seed$$(s).tsv)

.PRECIOUS: results/$$(PROFILE)/$(1).seed%.tsv $$(call networks_of,$(1).seed%)
results/$$(PROFILE)/$(1).seed%.tsv $$(call networks_of,$(1).seed%): | $$(if $$(redrawing)$$(READY),,build/float/papers/$(1) \
        $$(data.$(1):%=data/%) $$$$(if $$$$(wildcard results/$$(PROFILE)/$(1).seed$$$$*.tsv),,$$$$(call read_by,$(1),$$$$*)))
	@left=$$$$($$(if $$(planned),sh common/run/left.sh build/jobs/$$(PROFILE).tsv)); \
	    printf '  %-8s %s\n' RUN "$(1), seed $$*, $$(PROFILE) ($$(or $$(cost.$$(PROFILE).$(1)),seconds))$$$${left:+; $$$$left}"
	$$(Q)rm -f results/$$(PROFILE)/$(1).seed$$*.failed; trap : INT TERM HUP; \
	    TANGLE_COMMIT=$$(COMMIT) $$(RUN) build/float/papers/$(1) --profile $$(PROFILE) --seed $$* --threads $$(THREADS) \
	    --output results/$$(PROFILE)/$(1).seed$$*.tsv || sh common/run/outcome.sh $$$$? \
	    results/$$(PROFILE)/$(1).seed$$*.tsv $$(if $$(filter results/% figures/%,$$(MAKECMDGOALS)),asked)

build/summary/$$(PROFILE)/$(1).tsv: $$(results.$(1)) | build/float/common/claims/summarise
	$$(Q)mkdir -p $$(@D); found=$$$$(ls results/$$(PROFILE)/$(1).seed*.tsv 2>/dev/null) || exit 0; \
	    build/float/common/claims/summarise -o $$@ $$$$found

figures/$$(PROFILE)/$(1).svg figures/$$(PROFILE)/$(1).png &: papers/$(1).gp common/run/figure.gp common/run/points.awk \
    $$(filter papers/$(dir $(1))%,$$(filter-out $$(plotted:.c=.gp),$$(plots))) \
    papers/$(dir $(1))claims.tsv build/summary/$$(PROFILE)/$(1).tsv
	$$(call say,PLOT,$(1))
	$$(Q)sh common/run/figure.sh $$(PROFILE) $(1) $$(if $$(filter $$@,$$(MAKECMDGOALS)),,|| test $$$$? = 2)

figures/$$(PROFILE)/$(1).md: $$(results.$(1)) papers/$(dir $(1))claims.tsv | build/float/common/claims/table
	$$(call say,TABLE,$(1))
	$$(Q)mkdir -p $$(@D) && build/float/common/claims/table -P $$(PROFILE) -o $$@ -t $$(@:.md=.tsv) \
	    $(subst /, ,$(1))$$(if $$(filter $$@,$$(MAKECMDGOALS)), && { ! grep 'Not run: ' $$@ >&2; })
endef
$(foreach e,$(experiments),$(eval $(call experiment,$(e))))

data: $(addprefix data/,$(sort $(foreach e,$(experiments),$(data.$(e)))))  ## the data sets of all experiments; make data/NAME gets one

# Tables, and readings: of those, what has numbers to stand beside each other.
numbers   := $(shell awk -F'\t' '$$7 ~ /^(value|best|literature|reading)$$/ { split(FILENAME, p, "/"); print p[2] "/" $$3 }' \
                 papers/*/claims.tsv | sort -u)
tabulated := $(foreach e,$(filter $(experiments),$(numbers)),$(if $(filter table% readings,$(notdir $(e))),$(e)))
# A plan is announced, and at each program how much of it is left.
planned   := $(if $(redrawing),,$(filter figures tables,$(MAKECMDGOALS)))
# At the end it is said what has become of each result that was asked for, or awaited by one.
asked     = $(sort $(foreach e,$(1),$(foreach s,$(call seeds_of,$(e)),$(e).seed$(s) \
                $(if $(wildcard results/$(PROFILE)/$(e).seed$(s).tsv),,$(call awaited_by,$(e).seed$(s))))))
summary   = @$(if $(dry),,$(shell mkdir -p build/jobs)$(file >$(list),$(patsubst %,results/$(PROFILE)/%.tsv,$(call asked,$(2)))))exec < $(list) \
                && rm $(list) && sh common/run/summary.sh '$(1)' $(PAPER)
comma    := ,
# A list may be longer than a command, so it is written to a file of this make's own, but not by make -n.
list      = build/jobs/$(@F).$(pid)
pid      := $(shell echo $$PPID)
dry       = $(findstring n,$(firstword -$(MAKEFLAGS)))
.PHONY: figures redraw tables reproduce own plan experiments
plan: build/jobs/$(PROFILE).tsv
	@left=$$(sh common/run/left.sh $<); printf '  %-8s %s\n' PLAN "$(PROFILE), results: $${left:-all there}"
# What waits for another comes first, or at the end one core would be busy alone.
waiting  := $(foreach e,$(experiments),$(if $(after.$(e)),$(e)))
figures: $(if $(planned),plan) $(patsubst %,figures/$(PROFILE)/%.svg,$(waiting) $(experiments)) $(tabulated:%=figures/$(PROFILE)/%.md)  ## every figure and table of PROFILE: quick takes 20 minutes on 2 cores
	$(call summary,figures/$(PROFILE),$(experiments))
redraw: figures  ## figures and tables of PROFILE from the results that there are: a minute
tables: $(if $(planned),plan) $(tabulated:%=figures/$(PROFILE)/%.md)  ## every table, as Markdown and TSV; trains what has no results yet, as figures does
	$(call summary,figures/$(PROFILE)$(comma) tables,$(tabulated))
figures tables: | build/float/common/claims/verdicts
reproduce: | build/float/common/claims/verdicts build/float/common/claims/reproduce  ## judge all results there are; rewrites the verdicts in REPRODUCE.md
	$(Q)build/float/common/claims/verdicts $(papers)
	$(Q)build/float/common/claims/reproduce -f REPRODUCE.md $(papers)
	@printf '  %s\n' 'REPRODUCE.md says so too.'

experiments:
	@printf '%s\n' $(experiments)

own: $(own:%.c=build/float/%)  ## the programs for your own data, under build/float/papers

# ---- Other machines ---------------------------------------------------------

# What is still to be run, one job a line, behind those that it waits for: what to make, what it costs,
# what has to be made before. A network that is awaited and not there is made, even if its result is there.
absent     = $(filter-out $(wildcard $(1)),$(1))
targets_of = $(foreach j,$(1),$(firstword $(call absent,results/$(PROFILE)/$(j).tsv $(call networks_of,$(j)))))
awaited_by = $(foreach b,$(call before,$(basename $(1)),$(patsubst .seed%,%,$(suffix $(1)))), \
                 $(if $(call absent,$(call networks_of,$(b))),$(b)))
line_of    = $(call targets_of,$(1))$(tab)$(or $(cost.$(PROFILE).$(basename $(1))),seconds)$(tab)$(call \
                 targets_of,$(call awaited_by,$(1)))
list_job   = $(if $(listed.$(1)),,$(eval listed.$(1) := yes)$(foreach b,$(call awaited_by,$(1)),$(call list_job,$(b))) \
                 $(file >>$(list),$(call line_of,$(1))))
list_jobs  = $(foreach e,$(experiments),$(foreach s,$(call seeds_of,$(e)), \
                 $(if $(wildcard results/$(PROFILE)/$(e).seed$(s).tsv),,$(call list_job,$(e).seed$(s)))))
tab       := $(shell printf '\t')

build/jobs/$(PROFILE).tsv: FORCE
	@$(if $(dry),,$(shell mkdir -p $(@D))$(file >$(list))$(list_jobs))mv $(list) $@

.PHONY: jobs ready slurm
jobs: build/jobs/$(PROFILE).tsv  ## what is still to be run, one job a line, for other machines (REPRODUCE.md)
	@cat $<
ready: data $(experiments:%=build/float/papers/%)  ## all programs and data for jobs, and nothing is run
slurm: build/jobs/$(PROFILE).tsv ready  ## submits these jobs to Slurm
	$(Q)sh common/run/slurm.sh $(PROFILE) $(if $(filter file,$(origin THREADS)),2,$(THREADS)) < $<

# ---- Tests, speed, pages ----------------------------------------------------

# SAN=1 runs the same tests with AddressSanitizer and UBSan.
tested     := $(if $(SAN),asan,float)
twin       := $(if $(SAN),asan-double,double)
under_test := $(patsubst %.c,build/$(tested)/%,$(filter-out common/bench/%,$(programs))) \
              $(patsubst %.c,build/$(twin)/%,$(filter tests/%,$(programs)))
.PHONY: check bench bench-peers
check: $(under_test) data/fashion-mnist | setup-more  ## every test: 10 minutes on 2 cores (SAN=1: sanitized, 20 minutes)
	$(Q)BUILD="$(CURDIR)/build/$(tested)" DOUBLE="$(CURDIR)/build/$(twin)" sh tests/check.sh

# Readers of files, and files that nobody meant: SECONDS for each of READER, which is all unless named.
.PHONY: fuzz
fuzz: build/fuzz/tests/fuzz $(addprefix build/float/tests/,fuzz graphs images npz photograph)  ## the readers of files against damaged ones, with clang: 10 minutes a READER
	$(Q)nice sh tests/fuzz.sh $(or $(SECONDS),600) $(READER)

# Races. clang's OpenMP tells ThreadSanitizer who waits for whom (libarcher, in Debian's libomp-14-dev); gcc's does not, and
# every loop would look like a race. What was not compiled for it (OpenBLAS, oneDNN) is passed over.
threaded := base snnl kmeans layers
.PHONY: races
races: $(threaded:%=build/tsan/tests/%)  ## looks for races in what runs on several threads, with clang: a minute
	$(Q)set -e; cd build/tsan; for t in $(threaded); do echo "  RACES    $$t"; \
	    TSAN_OPTIONS=ignore_noninstrumented_modules=1 OMP_NUM_THREADS=3 \
	    OMP_TOOL_LIBRARIES=/usr/lib/llvm-14/lib/libarcher.so tests/$$t; done

# Numbers that were never set, which no sanitizer here sees: the unit tests that valgrind is through with in a minute.
watched := attack augment base bontonou2019 claims clustering corruption_filters data dknn elementary frosst2019 graphs hugger2024 \
           hugger2024_networks images kmeans layers nn npz photograph soft_targets svc tape transformer tsne_affinity vectors
.PHONY: memcheck
memcheck: $(watched:%=build/float/tests/%) | setup-doubt  ## looks for decisions on numbers that were never set, with valgrind: 4 minutes
	$(Q)set -e; cd build/float; for t in $(watched); do echo "  MEMCHECK $$t"; \
	    OMP_WAIT_POLICY=passive OMP_NUM_THREADS=1 valgrind -q --error-exitcode=1 tests/$$t; done

# clang has its own omp.h, in Debian's libomp-14-dev. Of what shellcheck says of style we mean to do: words split where a
# list is one (2086, 2046, 2035), awk in single quotes (2016), names without blanks (2012, 2013), `a && b || die` (2015), ASCII (2018,
# 2019); in tests, formats that are arguments (2059, 2001, 2094), a process for each (2030, 2031) and
# variables that the helper sets (2153, 2154).
.PHONY: lint
lint: | setup-doubt  ## clang-tidy over all sources but the tests', shellcheck over all scripts: 4 minutes
	$(Q)clang-tidy --quiet $(filter-out tests/%,$(sources)) -- -std=gnu11 -D_GNU_SOURCE -Icommon \
	    $(patsubst %,-I%,$(wildcard papers/*)) -fopenmp
	$(Q)shellcheck -e 2012,2013,2015,2016,2018,2019,2086 $(wildcard common/*/*.sh tests/*.sh)
	$(Q)shellcheck -s bash -e 2001,2012,2013,2015,2016,2030,2031,2035,2046,2059,2086,2094,2153,2154 tests/*.bats tests/helper.bash

# Ranks on one machine have a core each; root, in a container say, is no reason to refuse.
MPIRUN := env OMP_NUM_THREADS=1 OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe -n

# A paper times what is its own by a program of the same name.
benches := $(patsubst %.c,build/float/%,common/bench/bench.c $(wildcard papers/*/bench.c))
bench: $(benches) build/float/common/bench/ranks | setup  ## how fast, beside the targets: 3 minutes, on an idle machine
	$(Q)set -e; for b in $(benches); do $(KERNELS) $$b; done; \
	    $(if $(mpi),if command -v mpirun >/dev/null; then $(MPIRUN) 2 build/float/common/bench/ranks; fi)

bench-peers: bench  ## also PyTorch and scikit-learn at what they share with it, where they are installed
	$(Q)$(KERNELS) $(PYTHON) common/bench/peers.py

# ---- The book ---------------------------------------------------------------

# A page is made anew when its sources change, or what its experiments have left
# behind, in the profiles that the book shows: in PROFILE if one was asked for,
# or else in any, the fullest first. A book shows what is there and runs nothing,
# so figures come in by names with two slashes, for which there is no rule.
book_modules  := $(sort $(basename $(wildcard common/*/*.[ch] papers/*/*.[ch])))
book_pages    := index.html search.html $(if $(wildcard README.md),readme.html) $(if $(wildcard REPRODUCE.md),reproduce.html) \
                 $(patsubst %/,%/index.html,$(wildcard papers/*/)) $(book_modules:%=%.html)
book_sources  := $(wildcard $(addsuffix .[ch],$(book_modules)) papers/*/README.md README.md REPRODUCE.md)
book_tools    := $(wildcard common/book/*)
book_weave    := build/float/common/book/weave
book_profiles := $(if $(filter file,$(origin PROFILE)),paper desk quick,$(PROFILE))
book_verdicts := $(papers:%=build/verdicts/%.tsv)
book_pictures := $(shell sed -n 's/^.picture \([^:]*\):.*/\1/p' common/book/front.md)
book_shows     = $(if $(filter index,$(1)),$(book_pictures),$(patsubst papers/%,%,$(filter papers/%,$(1))))
book_script   := PROFILES="$(book_profiles)" WEAVE=$(book_weave) sh common/book/book.sh

.PHONY: book check-book FORCE
book: $(book_pages:%=build/book/%)  ## the annotated sources as a web site, with what was drawn and judged: a minute
	@printf '  %s\n' 'build/book/index.html is complete.'
check-book: book  ## is every page of it fit to be read: links, formulas, and what a browser says
	$(Q)sh common/book/check-pages.sh build/book

# Judging is quick, so it is done again each time; a file changes only if a
# verdict did.
keep_if_same = if cmp -s $@.$$$$ $@; then rm $@.$$$$; else mv $@.$$$$ $@; fi
$(book_verdicts): build/verdicts/%.tsv: FORCE | build/float/common/claims/verdicts
	$(Q)mkdir -p $(@D) && build/float/common/claims/verdicts -o $@.$$$$ $* && \
	    $(keep_if_same)

# The order of the pages and the names they link. Each changes rarely, and only
# then is every page made anew.
build/book/order.tsv: FORCE | $(book_weave)
	$(Q)mkdir -p $(@D) && $(book_script) order > $@.$$$$ && \
	    $(keep_if_same)
build/book/names.tsv: build/book/order.tsv $(book_sources)
	$(Q)$(book_script) names > $@.$$$$ && \
	    $(keep_if_same)

build/book/search.html: $(filter-out %/search.html,$(book_pages:%=build/book/%))
build/book/%.html: build/book/order.tsv build/book/names.tsv $(book_tools) \
        $$(wildcard $$*.h $$*.c $$(patsubst %,papers/%.gp,$$(call book_shows,$$*)) $$(*D)/README.md $$(if $$(filter reproduce,$$*),REPRODUCE.md)) \
        $$(wildcard $$(foreach p,$(book_profiles),$$(foreach e,$$(call book_shows,$$*), \
            $$(addprefix figures//$$(p)/$$(e),.svg .md) $$(addprefix results//$$(p)/$$(e).seed*,.json .missing)))) \
        $$(if $$(filter index,$$*),$(book_verdicts) $(wildcard papers/*/README.md),$$(filter build/verdicts/$$(notdir $$(*D)).tsv,$(book_verdicts))) \
        | $(book_weave) setup-more
	$(call say,PAGE,$@)
	$(Q)$(book_script) page $@

# ---- What people type -------------------------------------------------------

.PHONY: help clean distclean
help:  ## this list
	@printf '%s\n\n' 'Tangle: five papers on the geometry of representations, retold in C.'
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@printf '\n%s\n' 'Settings: PROFILE=quick|desk|paper  PAPER="$(papers)"  SEEDS="1 2"' \
	    '          JOBS=n runs n experiments at once  DEPS=no installs nothing  V=1 shows commands'

clean:  ## removes what was built; results, figures and data stay
	rm -rf build

distclean: clean  ## removes data too, and the results and figures of the quick profile
	rm -rf $(wildcard data/*/) results/quick results/smoke figures/quick figures/smoke
