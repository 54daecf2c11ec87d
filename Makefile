# OneTrip. `make run` and `make check` do their own set-up; `make help` lists the rest.

SHELL := /bin/bash
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:

# ---- variants --------------------------------------------------------------------------------------
# O is where things are built: build (hardened), build/asan (SAN=1), build/fuzz (FUZZ=1, clang), build/cov (COV=1).
# V=1 shows whole commands.
# BOARD is whose table is linked in; all but the desktop are built by `make image` (mk/image.mk).
O ?= build
BOARD ?= host
CC := gcc
Q := $(if $(V),,@)
PY ?= /usr/bin/python3

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wpointer-arith -Wwrite-strings -Wformat=2 -Werror
HARDEN := -fstack-protector-strong -fstack-clash-protection -fPIE -ftrivial-auto-var-init=zero
BASE_CFLAGS = -std=c17 -D_GNU_SOURCE -I. -g $(WARN) $(HARDEN)
BASE_LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed

ifdef SAN
  # The sanitizers' own code confuses the truncation warning; the plain build has it.
  CFLAGS := $(BASE_CFLAGS) -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
            -fno-sanitize-recover=all -DONETRIP_SANITIZED -Wno-format-truncation
  LDFLAGS := $(BASE_LDFLAGS) -fsanitize=address,undefined
else ifdef FUZZ
  CC := clang
  HARDEN := -fstack-protector-strong -fPIE
  CFLAGS := $(BASE_CFLAGS) -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
            -fno-sanitize-recover=all -DONETRIP_SANITIZED
  LDFLAGS := $(BASE_LDFLAGS) -fsanitize=fuzzer,address,undefined
else ifdef COV
  CFLAGS := $(BASE_CFLAGS) -O0 --coverage -fprofile-update=atomic
  LDFLAGS := $(BASE_LDFLAGS) --coverage
else
  CFLAGS := $(BASE_CFLAGS) -O2 -D_FORTIFY_SOURCE=2
  ifneq ($(filter x86_64-%,$(shell $(CC) -dumpmachine)),)
    CFLAGS += -fcf-protection
  else ifneq ($(filter aarch64-%,$(shell $(CC) -dumpmachine)),)
    CFLAGS += -mbranch-protection=standard
  endif
  ifneq ($(BOARD),host)
    CFLAGS += -ffile-prefix-map=$(CURDIR)=. # an image is the same wherever it is built
  endif
  LDFLAGS := $(BASE_LDFLAGS)
endif

# ---- what a folder needs from outside ---------------------------------------------------------------
# One archive for each folder; a program names its folders and gets their libraries.
PKG_firmware/base := jansson
PKG_firmware/seal := libcrypto libzstd
PKG_firmware/slip := libqrencode
PKG_ui/text := sdl2 SDL2_ttf libqrencode
PKG_ui/present := sdl2 libpng libdrm
PKG_drivers/usb := libusb-1.0
PKG_sync/queue := sqlite3
PKG_sync/uplink := libcurl libzstd
PKG_tests/platform := libmicrohttpd libcurl gnutls sqlite3 libzstd libcrypto
PKG_board/host/sim := libpng
PKG_county-open := sqlite3
# Optional: other smart cards (WITH_PCSC=0 leaves PC/SC out), and a mocked /dev for tests.
has_package = $(shell pkg-config --exists $(1) 2>/dev/null && echo $(1))
WITH_PCSC ?= $(if $(call has_package,libpcsclite),1,0)
ifeq ($(WITH_PCSC),1)
  PKG_drivers/smartcard := libpcsclite
  CFLAGS_drivers/smartcard := -DWITH_PCSC $(shell pkg-config --cflags libpcsclite)
  CFLAGS_tests/pcsc := $(CFLAGS_drivers/smartcard)
endif
PKG_tests/umock := $(call has_package,umockdev-1.0)
CFLAGS_tests/umock := $(shell pkg-config --cflags umockdev-1.0 2>/dev/null)
PKG_tests/support := cmocka libcrypto sqlite3
ALL_PKGS := jansson libcrypto libzstd libqrencode sdl2 SDL2_ttf libpng libdrm libusb-1.0 sqlite3 libcurl \
            libmicrohttpd
LIB_ui/canvas := -lm

pkg_cflags = $(shell pkg-config --cflags $(ALL_PKGS) 2>/dev/null)
PKG_CFLAGS = $(eval PKG_CFLAGS := $(pkg_cflags))$(PKG_CFLAGS)

# The folders a program is made of. Its main file is <program>.c, kept out of the archives.
FIRMWARE_ALL := firmware/loop firmware/worker firmware/session firmware/practice firmware/slip firmware/seal firmware/catalogue firmware/case firmware/point \
                firmware/calendar firmware/card \
                firmware/base
UI_ALL := ui/screen ui/speech ui/input ui/input/handwriting ui/input/pinyin ui/input/rare ui/widget ui/text ui/canvas ui/present
DRIVERS_ALL := drivers/idcard drivers/printer drivers/keypad drivers/scanner drivers/hid drivers/usb

PROGRAMS := kiosk kiosk-syncd kioskctl kiosk-sim county-platform county-open seal-tool
MAIN_kiosk := firmware/kiosk.c
BOARD_DIRS := $(if $(filter host,$(BOARD)),board/host,board/$(BOARD) board/common)
DIRS_kiosk := $(BOARD_DIRS) $(UI_ALL) $(DRIVERS_ALL) $(FIRMWARE_ALL)
MAIN_kiosk-syncd := sync/syncd.c
DIRS_kiosk-syncd := sync/local sync/feed sync/uplink sync/queue firmware/seal firmware/base
MAIN_kioskctl := firmware/kioskctl.c
DIRS_kioskctl := firmware/ctl $(BOARD_DIRS) $(DRIVERS_ALL) drivers/smartcard firmware/practice firmware/catalogue firmware/calendar firmware/slip firmware/card ui/text ui/canvas firmware/base
MAIN_kiosk-sim := board/host/sim/kiosk-sim.c
DIRS_kiosk-sim := board/host/sim ui/widget ui/text ui/canvas ui/present firmware/card firmware/base
MAIN_county-platform := tests/platform/county-platform.c
DIRS_county-platform := tests/platform firmware/catalogue firmware/case firmware/calendar firmware/card firmware/seal firmware/base
MAIN_county-open := tests/platform/county-open.c
DIRS_county-open := tests/platform/open firmware/seal firmware/base
MAIN_seal-tool := tests/platform/seal-tool.c
DIRS_seal-tool := firmware/seal firmware/base
# The simulated devices behind the machine's own libusb, for tests (umockdev).
ifneq ($(and $(PKG_tests/umock),$(filter host,$(BOARD))),)
  PROGRAMS += usbfs-bridge
  MAIN_usbfs-bridge := tests/umock/bridge/usbfs-bridge.c
  DIRS_usbfs-bridge := tests/umock drivers/usb firmware/base
  CFLAGS_tests/umock/bridge := $(CFLAGS_tests/umock)
endif
MAINS := $(foreach p,$(PROGRAMS),$(MAIN_$(p)))
# What only a test links is a folder too.
$(foreach w,$(shell awk -f mk/links.awk tests/unit/*.c tests/fault/*.c tests/fuzz/*.c tests/bench/*_bench.c),\
    $(eval LINKS_$(firstword $(subst =, ,$(w))) := $(subst |, ,$(lastword $(subst =, ,$(w))))))
links_of = $(LINKS_$(1))
TEST_DIRS := $(sort $(foreach v,$(filter LINKS_%,$(.VARIABLES)),$($(v))))
LIB_DIRS := $(sort $(foreach p,$(PROGRAMS),$(DIRS_$(p))) tests/support $(TEST_DIRS))

# Not in a board's programs: windows, simulated devices.
HOST_ONLY := $(if $(filter host,$(BOARD)),,ui/present/window.c $(wildcard drivers/usb/usbip*.c))
sources = $(filter-out $(MAINS) $(HOST_ONLY),$(wildcard $(1)/*.c))
objects = $(patsubst %.c,$(O)/obj/%.o,$(1))
archive = $(O)/lib/$(subst /,_,$(1)).a
pkg_libs = $(shell pkg-config --libs $(sort $(foreach d,$(1),$(PKG_$(d)))) 2>/dev/null) \
           $(sort $(foreach d,$(1),$(LIB_$(d)))) -pthread

.PHONY: all
all: $(addprefix $(O)/,$(PROGRAMS))

$(O)/obj/%.o: %.c | deps-check
	@mkdir -p $(@D)
	@echo "  CC   $@"
	$(Q)$(CC) $(CFLAGS) $(CFLAGS_$(patsubst %/,%,$(dir $<))) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

# Pixels: the inner loops earn the optimiser's best (design: fill rate decides the frame time).
ifndef SAN
ifndef FUZZ
CFLAGS_ui/canvas := -O3 -fno-math-errno
endif
endif

define archive_rule
$(call archive,$(1)): $(call objects,$(call sources,$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(Q)ar rcsD $$@ $$^
endef
$(foreach d,$(LIB_DIRS),$(eval $(call archive_rule,$(d))))

define program_rule
$(O)/$(1): $(call objects,$(MAIN_$(1))) $(foreach d,$(DIRS_$(1)),$(call archive,$(d)))
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(call pkg_libs,$$(DIRS_$(1)) $(1))
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rule,$(p))))

# ---- unit tests: tests/unit/test_*.c; a line "/* links: dir dir ... */" names what a test is made of ----
UNIT_SOURCES := $(wildcard tests/unit/test_*.c tests/fault/test_*.c)
UNIT_TESTS := $(patsubst tests/%.c,$(O)/tests/%,$(UNIT_SOURCES))

define unit_rule
DIRS_$(1) := $(call links_of,$(1)) tests/support
$(patsubst tests/%.c,$(O)/tests/%,$(1)): $(call objects,$(1)) $(foreach d,$(call links_of,$(1)) tests/support,$(call archive,$(d)))
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(call pkg_libs,$$(DIRS_$(1))) -lcmocka
endef
$(foreach t,$(UNIT_SOURCES),$(eval $(call unit_rule,$(t))))

.PHONY: unit unit-tests
unit-tests: $(UNIT_TESTS)
unit: $(UNIT_TESTS)
	@printf '%s\n' $^ | xargs -P $(JOBS) -n 1 mk/run-test

# ---- benchmarks in C: tests/bench/*_bench.c, with a line of links like a test ------------------------------
BENCH_SOURCES := $(foreach f,$(wildcard tests/bench/*_bench.c),$(if $(call links_of,$(f)),$(f)))
BENCHES := $(patsubst tests/%.c,$(O)/tests/%,$(BENCH_SOURCES))
$(foreach t,$(BENCH_SOURCES),$(eval $(call unit_rule,$(t))))
.PHONY: benches
benches: $(BENCHES)

# ---- fuzz targets: tests/fuzz/fuzz_*.c with a corpus in tests/fuzz/corpus/<name>/ ---------------------
FUZZ_SOURCES := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_TARGETS := $(patsubst tests/fuzz/fuzz_%.c,$(O)/tests/fuzz/fuzz_%,$(FUZZ_SOURCES))
define fuzz_rule
DIRS_$(1) := $(call links_of,$(1))
$(patsubst tests/%.c,$(O)/tests/%,$(1)): $(call objects,$(1)) $(foreach d,$(call links_of,$(1)),$(call archive,$(d)))
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(call pkg_libs,$$(DIRS_$(1)))
endef
ifdef FUZZ
$(foreach t,$(FUZZ_SOURCES),$(eval $(call fuzz_rule,$(t))))
endif

FUZZ_SECONDS ?= 10
.PHONY: fuzz fuzz-run fuzz-targets
fuzz: deps
	@$(MAKE) --no-print-directory -j$(JOBS) O=build/fuzz FUZZ=1 fuzz-targets
	@$(MAKE) --no-print-directory O=build/fuzz FUZZ=1 fuzz-run
fuzz-targets: $(FUZZ_TARGETS)
fuzz-run: $(FUZZ_TARGETS)
	@printf '%s\n' $^ | xargs -P $(JOBS) -n 1 mk/run-fuzz $(O) $(FUZZ_SECONDS)

include mk/project.mk $(filter-out mk/project.mk,$(wildcard mk/*.mk))

-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)
