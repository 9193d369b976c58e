# SPDX-License-Identifier: GPL-2.0
#
# A shim: kbuild builds the module (Kbuild), tools/vsctl/Makefile the CLI, and
# the scripts in tests/ do the rest.

KDIR ?= /lib/modules/$(shell uname -r)/build
PREFIX ?= /usr/local
DESTDIR ?=
VM := tests/vm

all: modules vsctl

help:
	@echo 'Try and test, with nothing else installed or set up before:'
	@echo '  demo         a lab in a virtual machine (HOST=1: on this kernel)'
	@echo '  shell        a prompt in that virtual machine'
	@echo '  check        gates, unit tests, selftests; K=6.12 on one kernel,'
	@echo '               ARCH=s390x on another architecture, T=fdb some'
	@echo '  check-static the static gates alone'
	@echo '  check-unit   the unit tests alone'
	@echo '  check-debug  selftests and fuzzers on a kernel with detectors;'
	@echo '               FUZZ=frame one, FUZZ_SECONDS=900 longer, FUZZ_SEED=7'
	@echo '  check-smp    on two CPUs, data races too: takes an hour'
	@echo '  check-bench  no frame costs more instructions than it did'
	@echo '  bench        what a frame costs here, in bridges and elsewhere;'
	@echo '               S=l2-vlan some scenarios'
	@echo 'Use:'
	@echo '  all          modules and vsctl (the default)'
	@echo '  modules      vswitch.ko, for the kernel with headers in KDIR='
	@echo '  vsctl        the command line tool'
	@echo '  install      both, manual pages, completion (DESTDIR=, PREFIX=)'
	@echo '  clean        remove all that was built'

modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) $@

vsctl:
	$(MAKE) -C tools/vsctl

install:
	$(MAKE) -C $(KDIR) M=$(CURDIR) INSTALL_MOD_PATH=$(DESTDIR) \
		modules_install
	$(MAKE) -C tools/vsctl install DESTDIR=$(DESTDIR) PREFIX=$(PREFIX)

deps:
	@$(VM)/deps.sh

# These call make again where they need it, and find their settings in the
# environment, where make puts what it was given as arguments.
check check-static check-unit check-debug check-smp check-bench bench demo \
shell: \
	export MAKEFLAGS =

check: deps
	@tests/check.sh all

check-debug:
	@$(VM)/deps.sh 6.1-uml
	@tests/check.sh debug

check-smp:
	@$(VM)/deps.sh 6.1-kasan
	@tests/check.sh smp

check-bench:
	@$(VM)/deps.sh 6.1
	@tests/bench/run.sh --check

bench:
	@$(VM)/deps.sh 6.1-umlbench
	@tests/bench/run.sh

check-static: deps
	@tests/check.sh static

check-unit: deps
	@tests/check.sh unit

demo: deps
	@K='$(K)' HOST='$(HOST)' $(VM)/demo.sh

shell: deps
	@$(VM)/run.sh -k '$(or $(K),6.12)' --shell

clean:
	rm -rf build
	$(MAKE) -C tools/vsctl clean
	$(MAKE) -C tests/selftests clean
	$(MAKE) -C tests/unit clean
	[ ! -d $(KDIR) ] || $(MAKE) -C $(KDIR) M=$(CURDIR) clean

.PHONY: all help modules vsctl install deps check \
	check-static check-unit check-debug check-smp check-bench bench demo \
	shell clean
