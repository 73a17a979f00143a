# giftrule - `make help` lists the targets. Everything built goes below $(BUILD). V=1 shows commands.
# the program is optimised as a whole, a tenth fewer instructions; tests link the plain objects
CFLAGS       ?= -O2 -g -flto=auto -ffat-lto-objects
PREFIX       ?= /usr/local
BUILD        ?= build
FUZZ_SECONDS ?= 60
DEMO          = audit --set rates=samples/rules/rates.xml samples/*.xml

PACKAGES := libxml-2.0 sqlite3 libpcre2-8 jansson libutf8proc libxxhash nettle libsodium zlib xlsxwriter
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla
HARDEN   := -fvisibility=hidden -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIC
# pkg-config runs in recipes only, into files that the compiler reads: a machine without it can
# still read this Makefile, and so get as far as `make deps`.
COMPILE   = $(CC) -std=c17 -D_POSIX_C_SOURCE=200809L $(WARN) $(HARDEN) $(CFLAGS) \
            -DGR_PREFIX='"$(PREFIX)"' -Iinclude -Isrc @$(BUILD)/cflags
LINK      = $(CC) $(CFLAGS) $(LDFLAGS) -Wl,-z,relro,-z,now
NO_LTO    = -fno-lto
LIBS      = @$(BUILD)/libs -lpthread
SAY       = @$(if $(V),set -x;,echo '  $(1)' $(subst $(BUILD)/,,$@);)
VERSION   = $(shell sed -n 's/^.define GR_VERSION "\(.*\)"/\1/p' include/giftrule.h)

PROGRAMS := $(wildcard src/cli/*.c)
SERVER   := $(wildcard src/web/*.c)
SOURCES  := $(filter-out $(PROGRAMS) $(SERVER),$(wildcard src/*/*.c))
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/openapi.o
# What of the server needs no connections, for its tests.
PARTS    := $(patsubst %,$(BUILD)/src/web/%.o,memory parse secret sessions throttle)
TESTS    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c tests/property/test_*.c))
FAULTS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fault/test_*.c))
FAULTY   := $(patsubst %,$(BUILD)/tests/fault/%.o,os memory disk power firm golden crash)
FUZZ     := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCH    := $(BUILD)/tests/bench/generate $(BUILD)/tests/bench/measure
SETTLING := $(BUILD)/tests/bench/identity

MAKEFLAGS += --no-print-directory
.PHONY: all libs tests demo test golden-update lint strict asan tsan fault fuzz bench coverage \
        install uninstall dist clean help deps
.SECONDARY:

.DELETE_ON_ERROR:

all: $(BUILD)/giftrule $(BUILD)/giftrule-serve ## build the program (the default)
	@:
libs: $(BUILD)/libgiftrule.a $(BUILD)/libgiftrule.so
	@:
tests: $(TESTS) $(FAULTS) $(FUZZ)
	@:

$(BUILD)/cflags $(BUILD)/libs: Makefile
	@mkdir -p $(@D)
	@pkg-config --$(@F) $(PACKAGES) > $@.new || { echo "run 'make deps' first" >&2; exit 1; }
	@mv $@.new $@

$(BUILD)/libs-web: Makefile
	@mkdir -p $(@D)
	@pkg-config --libs libmicrohttpd > $@.new || { echo "run 'make deps' first" >&2; exit 1; }
	@mv $@.new $@

$(BUILD)/giftrule: $(PROGRAMS:%.c=$(BUILD)/%.o) $(BUILD)/libgiftrule.a | $(BUILD)/libs
	$(call SAY,link) $(LINK) -o $@ $^ $(LIBS)

# A program of its own, since TLS is much to load for one question.
$(BUILD)/giftrule-serve: $(SERVER:%.c=$(BUILD)/%.o) $(BUILD)/libgiftrule.a | $(BUILD)/libs $(BUILD)/libs-web
	$(call SAY,link) $(LINK) -o $@ $^ $(LIBS) @$(BUILD)/libs-web

$(BUILD)/libgiftrule.a: $(OBJECTS)
	$(call SAY,ar  ) rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/libparts.a: $(PARTS)
	$(call SAY,ar  ) rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/libgiftrule.so: $(OBJECTS) | $(BUILD)/libs
	$(call SAY,link) $(LINK) -shared -Wl,-soname,libgiftrule.so.0 -Wl,--no-undefined -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c | $(BUILD)/cflags
	@mkdir -p $(@D)
	$(call SAY,cc  ) $(COMPILE) -MMD -MP -c -o $@ $<

# The server tells what it can do by the same file that is published.
$(BUILD)/openapi.c: include/openapi.json
	@mkdir -p $(@D)
	@{ echo '#include "desk/openapi.h"'; echo 'const char *const gr_openapi_line[] = {'; \
	   sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/    "&\\n",/' $<; echo '    0 };'; } > $@
$(BUILD)/openapi.o: $(BUILD)/openapi.c | $(BUILD)/cflags
	$(call SAY,cc  ) $(COMPILE) -MMD -MP -c -o $@ $<

# An object named before the library takes the place of the library's own: so the faulty os.c.
$(TESTS): %: %.o $(BUILD)/libparts.a $(BUILD)/libgiftrule.a | $(BUILD)/libs
	$(call SAY,link) $(LINK) $(NO_LTO) -o $@ $^ $(LIBS) -lcmocka
$(FAULTS): %: %.o $(FAULTY) $(BUILD)/libgiftrule.a | $(BUILD)/libs
	$(call SAY,link) $(LINK) $(NO_LTO) -o $@ $^ $(LIBS) -lcmocka
$(FUZZ): %: %.o $(BUILD)/tests/fuzz/standalone.o $(BUILD)/libparts.a $(BUILD)/libgiftrule.a | $(BUILD)/libs
	$(call SAY,link) $(LINK) $(NO_LTO) -o $@ $^ $(LIBS)
$(BENCH): %: %.o
	$(call SAY,link) $(LINK) -o $@ $^
$(SETTLING): %: %.o $(BUILD)/libgiftrule.a | $(BUILD)/libs
	$(call SAY,link) $(LINK) -o $@ $^ $(LIBS)

deps: ## install what is missing (Debian: apt-get; elsewhere it prints the list)
	@.ci/deps build test

demo: ## install what is missing, build, audit the samples; findings are no failure here
	@.ci/deps build
	@$(MAKE) all
	$(BUILD)/giftrule $(DEMO) || [ $$? -eq 1 ]

test: ## install what is missing, build, run every test
	@.ci/deps build test
	@$(MAKE) all tests
	@tests/run.sh $(BUILD)

golden-update: all ## show how the golden reports differ, and take the new ones
	@tests/golden.sh --update $(BUILD)

lint: ## layers, headers, symbols, banned functions, format, cppcheck, a build with -Werror
	@.ci/deps build test lint
	@$(MAKE) BUILD=build/strict CFLAGS="-O2 -Werror" all libs tests
	@tests/lint/run.sh build/strict

asan: ## every test under the address and undefined-behaviour sanitizers
	@$(MAKE) BUILD=build/asan test \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"

tsan: ## scenarios, golden reports and the server under the thread sanitizer
	@.ci/deps build test
	@$(MAKE) BUILD=build/tsan CFLAGS="-O1 -g -fsanitize=thread" all
	@tests/run.sh build/tsan scenario golden serve

# `make test` tries a sample of the points; GR_SEED=N chooses other losses of power.
fault: ## fail every allocation, read, write and sync in turn, kill and cut the power at each (GR_FAULT=all)
	@$(MAKE) $(FAULTS)
	@GR_FAULT=all tests/run.sh $(BUILD) fault

fuzz: ## each fuzz target for FUZZ_SECONDS=60, by libFuzzer
	@.ci/deps build fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) MAKE="$(MAKE)" tests/fuzz.sh build/fuzz

bench: all $(BENCH) $(SETTLING) ## speed and memory beside their targets
	@tests/bench/run.sh $(BUILD)

coverage: ## which lines the tests reach, file by file
	@$(MAKE) BUILD=build/coverage CFLAGS="-O0 -g --coverage -fprofile-update=atomic" test
	@tests/coverage.sh build/coverage

$(BUILD)/giftrule.1: $(BUILD)/giftrule
	$< help --man > $@
$(BUILD)/giftrule.bash: $(BUILD)/giftrule
	$< help --completion > $@
$(BUILD)/giftrule.pc: Makefile include/giftrule.h
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: giftrule' 'Version: $(VERSION)' \
	    'Description: judges gifts against the gift rules of securities firms' \
	    'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lgiftrule' \
	    'Requires.private: $(PACKAGES)' 'Libs.private: -lpthread' > $@

D = $(DESTDIR)$(PREFIX)
install: all libs $(BUILD)/giftrule.1 $(BUILD)/giftrule.bash $(BUILD)/giftrule.pc ## honours DESTDIR and PREFIX
	install -D -m 755 $(BUILD)/giftrule $(D)/bin/giftrule
	install -D -m 755 $(BUILD)/giftrule-serve $(D)/bin/giftrule-serve
	install -D -m 644 include/giftrule.h $(D)/include/giftrule.h
	install -D -m 644 $(BUILD)/libgiftrule.a $(D)/lib/libgiftrule.a
	install -D -m 755 $(BUILD)/libgiftrule.so $(D)/lib/libgiftrule.so.0
	ln -sf libgiftrule.so.0 $(D)/lib/libgiftrule.so
	install -D -m 644 $(BUILD)/giftrule.pc $(D)/lib/pkgconfig/giftrule.pc
	install -D -m 644 $(BUILD)/giftrule.1 $(D)/share/man/man1/giftrule.1
	install -D -m 644 $(BUILD)/giftrule.bash $(D)/share/bash-completion/completions/giftrule
	install -D -m 644 include/report.schema.json $(D)/share/giftrule/report.schema.json
	cd rules && find . -type f -exec install -D -m 644 {} $(abspath $(D))/share/giftrule/rules/{} \;

uninstall: ## removes what install put there
	rm -f $(D)/bin/giftrule $(D)/bin/giftrule-serve $(D)/include/giftrule.h $(D)/lib/libgiftrule.a $(D)/lib/libgiftrule.so* \
	    $(D)/lib/pkgconfig/giftrule.pc $(D)/share/man/man1/giftrule.1 \
	    $(D)/share/bash-completion/completions/giftrule
	rm -rf $(D)/share/giftrule

dist: ## the committed tree as build/giftrule-VERSION.tar.gz
	@mkdir -p build
	git archive --prefix=giftrule-$(VERSION)/ -o build/giftrule-$(VERSION).tar.gz HEAD

clean: ## forget everything built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

-include $(OBJECTS:.o=.d) $(PROGRAMS:%.c=$(BUILD)/%.d) $(SERVER:%.c=$(BUILD)/%.d) $(FAULTY:.o=.d) \
         $(addsuffix .d,$(TESTS) $(FAULTS) $(FUZZ) $(BENCH) $(SETTLING))
