# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tangle: five papers on the geometry of representations, retold in C.
#
# One Makefile, no recursion. The parts, in this order: settings, packages,
# programs, data, experiments, tests, and what people type.

# ---- Settings ---------------------------------------------------------------

PROFILE ?= quick
JOBS    ?= 1
PAPER   ?= $(notdir $(patsubst %/,%,$(dir $(wildcard papers/*/paper.mk))))
DEPS    ?= yes

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
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
CORES   := $(shell nproc)
THREADS ?= $(shell echo $$(( $(CORES) / $(JOBS) > 0 ? $(CORES) / $(JOBS) : 1 )))
RUN     := env -u OPENBLAS_CORETYPE $(if $(CORETYPE),OPENBLAS_CORETYPE=$(CORETYPE))

# ---- Packages ---------------------------------------------------------------

# The one list of what the suite needs, as Debian 12 names it.
PACKAGES := gcc libc6-dev make libgsl-dev libopenblas-dev libpng-dev zlib1g-dev \
            gnuplot-nox fonts-dejavu-core bats curl ca-certificates xz-utils npm \
            pandoc chromium

.PHONY: setup
setup:
	$(Q)DEPS=$(DEPS) sh common/run/packages.sh $(PACKAGES)

# ---- Programs ---------------------------------------------------------------

# A flavour is a directory under build/ and the flags that make it:
#   float        what runs           double        gradient checks
#   asan         float, sanitized    asan-double   double, sanitized
CC       := gcc
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes
CFLAGS   := -std=gnu11 -O3 -g -ffp-contract=off -fno-math-errno -fno-trapping-math \
            -fopenmp $(WARNINGS) -ffile-prefix-map=$(CURDIR)=. -D_GNU_SOURCE -Icommon -MMD -MP
LDLIBS   := -lpng -lz -lgsl -lopenblas -lm
SANITIZE := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -DSANITIZED
FLAGS.float       :=
FLAGS.double      := -DREAL_IS_DOUBLE
FLAGS.asan        := $(SANITIZE)
FLAGS.asan-double := $(SANITIZE) -DREAL_IS_DOUBLE
FLAVOURS := float double asan asan-double

# What has a main is a program; the rest of common/ is the library.
sources  := $(wildcard common/*/*.c papers/*/*.c tests/*.c)
programs := $(shell grep -l '^int main' $(sources))
library  := $(filter-out $(programs),$(wildcard common/*/*.c))

define flavour
build/$(1)/%.o: %.c | setup
	$$(call say,CC,$(1)/$$*.o)
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(CFLAGS) $$(FLAGS.$(1)) -c $$< -o $$@

build/$(1)/libtangle.a: $$(library:%.c=build/$(1)/%.o)
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@ && ar rcsD $$@ $$^

$$(programs:%.c=build/$(1)/%): build/$(1)/%: build/$(1)/%.o build/$(1)/libtangle.a
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(CFLAGS) $$(FLAGS.$(1)) $$(filter %.o,$$^) $$(filter %.a,$$^) $$(LDLIBS) -o $$@
endef
$(foreach f,$(FLAVOURS),$(eval $(call flavour,$(f))))
-include $(foreach f,$(FLAVOURS),$(patsubst %.c,build/$(f)/%.d,$(library) $(programs)))

# A paper's files without a main (an autoencoder that its programs share) are
# linked into its programs.
define paper
shared.$(1) := $$(filter-out $$(programs),$$(wildcard papers/$(1)/*.c))
$$(foreach f,$$(FLAVOURS),$$(eval $$(patsubst %.c,build/$$(f)/%,$$(filter papers/$(1)/%,$$(programs))): \
    $$(patsubst %.c,build/$$(f)/%.o,$$(shared.$(1)))))
endef
$(foreach p,$(notdir $(wildcard papers/*)),$(eval $(call paper,$(p))))

# ---- Data -------------------------------------------------------------------

# `make data/mnist` gets one set, `make data` those that the experiments read. A
# set that cannot be had is reported and stops nothing: its experiments are then
# listed as not run.
sets := $(shell awk -F'\t' '!/^#/ && $$1 != "set" { print $$1 }' data/SOURCES.tsv | sort -u)
.PHONY: data $(sets:%=data/%)
$(sets:%=data/%): data/%: | setup
	$(Q)sh common/data/fetch.sh $* || test $$? = 2

# ---- Experiments ------------------------------------------------------------

# papers/NAME/paper.mk says what an experiment needs beyond its program and its
# plot: data sets, other seeds, its cost.
seeds.smoke := 1
seeds.quick := 1 2
seeds.desk  := 1 2 3 4
seeds.paper := 1 2 3 4

include $(wildcard papers/*/paper.mk)

experiments := $(foreach p,$(PAPER),$(patsubst papers/%.c,%,$(filter papers/$(p)/%,$(programs))))
papers      := $(sort $(patsubst papers/%/paper.mk,%,$(wildcard papers/*/paper.mk)))
COMMIT       = $(shell git describe --always --dirty --abbrev=12 2>/dev/null)

# A result, once there, is never made again: delete it to repeat it. So it does
# not depend on the age of its program.
define experiment
results.$(1) := $$(foreach s,$$(or $$(SEEDS),$$(seeds.$$(PROFILE).$(1)),$$(seeds.$$(PROFILE))),results/$$(PROFILE)/$(1).seed$$(s).tsv)

$$(results.$(1)): results/$$(PROFILE)/$(1).seed%.tsv: | build/float/papers/$(1) $$(data.$(1):%=data/%)
	@printf '  %-8s %s\n' RUN '$(1), seed $$*, $$(PROFILE) ($$(or $$(cost.$$(PROFILE).$(1)),seconds))'
	$$(Q)TANGLE_COMMIT=$$(COMMIT) $$(RUN) build/float/papers/$(1) --profile $$(PROFILE) --seed $$* \
	    --threads $$(THREADS) --output $$@ || test $$$$? = 2

build/summary/$$(PROFILE)/$(1).tsv: $$(results.$(1)) | build/float/common/claims/summarise
	$$(Q)mkdir -p $$(@D); found=$$$$(ls results/$$(PROFILE)/$(1).seed*.tsv 2>/dev/null) || exit 0; \
	    build/float/common/claims/summarise -o $$@ $$$$found

figures/$$(PROFILE)/$(1).svg figures/$$(PROFILE)/$(1).png &: papers/$(1).gp common/run/figure.gp \
    build/summary/$$(PROFILE)/$(1).tsv build/verdicts/$(firstword $(subst /, ,$(1))).tsv
	$$(call say,PLOT,$(1))
	$$(Q)sh common/run/figure.sh $$(PROFILE) $(1)

figures/$$(PROFILE)/$(1).md: $$(results.$(1)) papers/$(dir $(1))claims.tsv | build/float/common/claims/table
	$$(call say,TABLE,$(1))
	$$(Q)mkdir -p $$(@D) && build/float/common/claims/table -P $$(PROFILE) -o $$@ -t $$(@:.md=.tsv) \
	    $(subst /, ,$(1))
endef
$(foreach e,$(experiments),$(eval $(call experiment,$(e))))

define verdicts
build/verdicts/$(1).tsv: papers/$(1)/claims.tsv $$(foreach e,$$(filter $(1)/%,$$(experiments)),$$(results.$$(e))) \
    $$(wildcard results/*/$(1)/*.tsv) | build/float/common/claims/verdicts
	$$(Q)mkdir -p $$(@D) && build/float/common/claims/verdicts -o $$@ $(1)
endef
$(foreach p,$(papers),$(eval $(call verdicts,$(p))))

data: $(addprefix data/,$(sort $(foreach e,$(experiments),$(data.$(e)))))

tabulated := $(foreach e,$(experiments),$(if $(filter table%,$(notdir $(e))),$(e)))
.PHONY: figures tables reproduce
figures: $(experiments:%=figures/$(PROFILE)/%.svg) tables  ## every figure of PROFILE (quick): 4 minutes on 2 cores
	@printf '  %s\n' 'figures/$(PROFILE) is complete.'
tables: $(tabulated:%=figures/$(PROFILE)/%.md)  ## every table, as Markdown and TSV
reproduce: $(papers:%=build/verdicts/%.tsv) | build/float/common/claims/reproduce  ## the verdicts in REPRODUCE.md
	$(Q)build/float/common/claims/reproduce -f REPRODUCE.md $(papers)
	$(Q)build/float/common/claims/verdicts $(papers)

.PHONY: help
help:  ## this list
	@echo help
