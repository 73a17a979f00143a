# giftrule - `make help` lists the targets. Build output goes to build/ only.
CFLAGS   ?= -O2 -g
CC       ?= cc
PREFIX   ?= /usr/local
PACKAGES := libxml-2.0 sqlite3 libpcre2-8 jansson libutf8proc libsodium nettle zlib
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla
HARDEN   := -fvisibility=hidden -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIC
BUILD    ?= build

ALL_CFLAGS  = -std=c17 -D_POSIX_C_SOURCE=200809L $(WARN) $(HARDEN) $(CFLAGS) -Iinclude -Isrc \
              $$(pkg-config --cflags $(PACKAGES))
ALL_LIBS    = $$(pkg-config --libs $(PACKAGES)) -lpthread

SOURCES := $(filter-out src/cli/%,$(wildcard src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
PROGRAM := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))

.PHONY: all clean
all: $(BUILD)/giftrule

$(BUILD)/giftrule: $(PROGRAM) $(BUILD)/libgiftrule.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/libgiftrule.a: $(OBJECTS)
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(PROGRAM:.o=.d)
