# SPDX-License-Identifier: GPL-2.0
# What kselftest's lib.mk does, as far as these tests need it, for a machine
# without a kernel tree: all, run_tests, clean.

OUTPUT ?= $(CURDIR)
TEST_GEN_FILES := $(addprefix $(OUTPUT)/,$(TEST_GEN_FILES))

all: $(TEST_GEN_FILES)

$(OUTPUT)/%: %.c $(LOCAL_HDRS)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) \
		$(filter-out $(LOCAL_HDRS),$^) $(LDLIBS) -o $@

# TAP as kselftest prints it: each test's own lines as comments.
run_tests: all
	@. ./settings; set -- $(TEST_PROGS); \
	echo "TAP version 13"; echo "1..$$#"; n=0; failed=0; \
	for t; do \
		n=$$((n + 1)); \
		echo "# selftests: vswitch: $$t"; \
		{ timeout -k 5 "$$timeout" "./$$t" 2>&1; echo "rc $$?"; } | { \
			while IFS= read -r line; do \
				case $$line in \
				"rc "*) rc=$${line#rc } ;; \
				*) printf '# %s\n' "$$line" ;; \
				esac; \
			done; \
			exit "$$rc"; \
		}; \
		case $$? in \
		0) echo "ok $$n selftests: vswitch: $$t" ;; \
		4) echo "ok $$n selftests: vswitch: $$t # SKIP" ;; \
		124) failed=1; \
		     echo "not ok $$n selftests: vswitch: $$t # TIMEOUT" ;; \
		*) failed=1; echo "not ok $$n selftests: vswitch: $$t" ;; \
		esac; \
	done; \
	exit $$failed

clean:
	$(RM) $(TEST_GEN_FILES)

.DEFAULT_GOAL := all
.PHONY: all run_tests clean
