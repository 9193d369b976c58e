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
	@echo '  check        everything; K=6.12 one kernel, T=fdb some selftests'
	@echo '  check-static the static gates alone'
	@echo '  check-unit   the unit tests alone'
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
# environment.
check check-static check-unit demo shell: export MAKEFLAGS =
check: deps
	@K='$(K)' T='$(T)' tests/check.sh all

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
	check-static check-unit demo shell clean
